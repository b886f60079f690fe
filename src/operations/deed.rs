//! What is asked and done by itself, not by an update of a chat: from a page or the command line. An
//! inquiry changes nothing; a deed takes effect once and as a whole. What is noted in the audit, as who read
//! somebody's details, is a deed.

use std::sync::Arc;

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use super::work::{Actor, Refused, Work, refuse};
use crate::clock::{Clock, Instant};
use crate::domain::people::Person;
use crate::domain::practice::Practice;
use crate::domain::units::UnitTree;
use crate::outbound::Post;
use crate::store::audit::COMMAND_LINE;
use crate::store::{Db, StoreError, Tx, accounts, deeds, leaving, people};

/// Who is about to ask or do something.
#[derive(Clone, Copy, Debug)]
pub enum Doer<'d> {
    /// Whoever an account of a channel speaks for at that moment.
    Account {
        bot: &'d str,
        account: &'d str,
    },
    Administrator,
    /// Whoever runs the program, in the name of a person by their code, and with that person's rights.
    InName {
        code: &'d str,
    },
}

impl<'d> Doer<'d> {
    fn channel(self) -> &'d str {
        match self {
            Self::Account { bot, .. } => bot,
            Self::Administrator | Self::InName { .. } => COMMAND_LINE,
        }
    }

    /// What is kept of a form's key. Another's form may have the same.
    fn digest(self, key: &str) -> String {
        let whose = match self {
            Self::Account { account, .. } => account,
            Self::Administrator => "",
            Self::InName { code } => code,
        };
        hex::encode(Sha256::digest(format!("{whose}:{key}")))
    }

    /// Who that is on a day; `None`: the administrator.
    async fn person(self, tx: &mut Tx, today: NaiveDate) -> Result<Option<Person>, Refused> {
        let (bot, account) = match self {
            Self::Administrator => return Ok(None),
            Self::InName { code } => {
                if let Some(id) = people::by_code(tx, &code.to_uppercase()).await?
                    && !leaving::has_left(tx, id, today).await?
                    && let Some(person) = people::get(tx, id, today).await?
                {
                    return Ok(Some(person));
                }
                return refuse("deed-in-nobodys-name");
            }
            Self::Account { bot, account } => (bot, account),
        };
        if let Some(found) = accounts::find(tx, &[(bot, account)]).await?.pop()
            && let Some(person) = people::get(tx, found.person_id, today).await?
        {
            return Ok(Some(person));
        }
        refuse("start-stranger")
    }
}

/// Where whatever is no chat comes in: it begins an inquiry or a deed here, and hands its [`Work`] to
/// operations.
#[derive(Clone)]
pub struct Door {
    pub db: Db,
    pub clock: Clock,
    pub practice: Arc<Practice>,
}

impl Door {
    /// Begins an inquiry, which does not wait for whoever writes.
    pub async fn inquiry(&self, doer: Doer<'_>) -> Result<Inquiry, Refused> {
        let now = self.clock.now();
        let tx = self.db.read().await?;
        Ok(Inquiry(self.begin(tx, now, doer, "inquiry".to_owned()).await?))
    }

    /// Begins a deed that may be done again.
    pub async fn deed(&self, doer: Doer<'_>) -> Result<Deed, Refused> {
        let now = self.clock.now();
        let mut tx = self.begin_in_turn().await?;
        let key = tx.new_id().await?.to_string();
        Ok(Deed(self.begin(tx, now, doer, key).await?))
    }

    /// Begins a deed whose form carried a key, so that sending it again changes nothing. Gives `None`
    /// where it was done before.
    pub async fn deed_once(&self, doer: Doer<'_>, key: &str) -> Result<Option<Deed>, Refused> {
        let now = self.clock.now();
        let mut tx = self.begin_in_turn().await?;
        let key = doer.digest(key);
        if !deeds::begin(&mut tx, doer.channel(), &key, now).await? {
            return Ok(None);
        }
        Ok(Some(Deed(self.begin(tx, now, doer, key).await?)))
    }

    async fn begin_in_turn(&self) -> Result<Tx, StoreError> {
        let mut tx = self.db.begin().await?;
        deeds::take_turn(&mut tx).await?;
        Ok(tx)
    }

    async fn begin(
        &self,
        mut tx: Tx,
        now: Instant,
        doer: Doer<'_>,
        key: String,
    ) -> Result<Begun, Refused> {
        let me = doer.person(&mut tx, self.practice.today(now)).await?;
        let units = Arc::new(UnitTree::load(&mut tx).await?);
        let (channel, practice) = (doer.channel().to_owned(), self.practice.clone());
        Ok(Begun { tx, me, channel, practice, now, units, post: Post::default(), key })
    }
}

/// An inquiry: an operation that writes or tells through it, or notes who read what, fails, so that nothing it
/// should leave is lost.
pub struct Inquiry(Begun);

impl Inquiry {
    /// What its operation has at hand.
    pub fn work(&mut self) -> Work<'_> {
        self.0.work()
    }
}

/// One deed, from its beginning to its end: dropped before that it has not happened.
pub struct Deed(Begun);

impl Deed {
    /// What its operation has at hand.
    pub fn work(&mut self) -> Work<'_> {
        self.0.work()
    }

    /// Ends it: everything it did stands, and what it told is on its way.
    pub async fn end(self) -> Result<(), StoreError> {
        let Begun { mut tx, post, .. } = self.0;
        post.flush(&mut tx).await?;
        tx.commit().await
    }
}

/// What the [`Work`] of an inquiry or a deed is lent from.
struct Begun {
    tx: Tx,
    /// `None`: the administrator.
    me: Option<Person>,
    channel: String,
    practice: Arc<Practice>,
    now: Instant,
    units: Arc<UnitTree>,
    post: Post,
    key: String,
}

impl Begun {
    fn work(&mut self) -> Work<'_> {
        Work {
            tx: &mut self.tx,
            by: self.me.as_ref().map_or(Actor::Administrator, Actor::Person),
            channel: &self.channel,
            practice: &self.practice,
            now: self.now,
            units: self.units.clone(),
            post: &mut self.post,
            occasion: format!("{}:{}", self.channel, self.key),
        }
    }
}
