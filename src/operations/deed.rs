//! A deed that comes by itself, not as an update of a chat: from a page or the command line. It takes
//! effect once and as a whole.

use std::sync::Arc;

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use super::work::{Actor, Refused, Work, refuse};
use crate::clock::Instant;
use crate::domain::people::Person;
use crate::domain::practice::Practice;
use crate::domain::units::UnitTree;
use crate::outbound::Post;
use crate::store::audit::COMMAND_LINE;
use crate::store::{Db, StoreError, Tx, accounts, deeds, people};

/// Who is about to do something.
#[derive(Clone, Copy, Debug)]
pub enum Doer<'d> {
    /// Whoever an account of a channel speaks for at that moment.
    Account {
        bot: &'d str,
        account: &'d str,
    },
    Administrator,
}

impl<'d> Doer<'d> {
    fn channel(self) -> &'d str {
        match self {
            Self::Account { bot, .. } => bot,
            Self::Administrator => COMMAND_LINE,
        }
    }

    /// Who that is on a day; `None`: the administrator.
    async fn person(self, tx: &mut Tx, today: NaiveDate) -> Result<Option<Person>, Refused> {
        let Self::Account { bot, account } = self else { return Ok(None) };
        if let Some(found) = accounts::find(tx, &[(bot, account)]).await?.pop()
            && let Some(person) = people::get(tx, found.person_id, today).await?
        {
            return Ok(Some(person));
        }
        refuse("start-stranger")
    }
}

/// One deed, from its beginning to its end: dropped before that it has not happened.
pub struct Deed {
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

impl Deed {
    /// Begins a deed. `key`: what its form carried, so that sending it again changes nothing; `None` if it
    /// may be done again. Gives `None` where it was done before.
    pub async fn begin(
        db: &Db,
        practice: &Arc<Practice>,
        now: Instant,
        doer: Doer<'_>,
        key: Option<&str>,
    ) -> Result<Option<Self>, Refused> {
        let mut tx = db.begin().await?;
        let key = match key {
            Some(key) if deeds::begin(&mut tx, doer.channel(), &digest(key), now).await? => {
                digest(key)
            }
            Some(_) => return Ok(None),
            None => tx.new_id().await?.to_string(),
        };
        let me = doer.person(&mut tx, practice.today(now)).await?;
        let units = Arc::new(UnitTree::load(&mut tx).await?);
        Ok(Some(Self {
            me,
            channel: doer.channel().to_owned(),
            practice: practice.clone(),
            now,
            units,
            post: Post::default(),
            key,
            tx,
        }))
    }

    /// What its operation has at hand.
    pub fn work(&mut self) -> Work<'_> {
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

    /// Ends it: everything it did stands, and what it told is on its way.
    pub async fn end(mut self) -> Result<(), StoreError> {
        self.post.flush(&mut self.tx).await?;
        self.tx.commit().await
    }
}

/// What is kept of a key: whose form it was stands in it.
fn digest(key: &str) -> String {
    hex::encode(Sha256::digest(key))
}
