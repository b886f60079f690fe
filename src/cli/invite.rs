//! One-time codes: for each person a code, the link that carries it, and the link as a picture to
//! scan.

use std::collections::HashSet;

use chrono::{NaiveDateTime, SecondsFormat};
use qrcode::QrCode;
use qrcode::render::unicode;
use serde::Serialize;

use super::{Failed, open, say as print_line};
use crate::app::{self, generator};
use crate::channels::MESSENGERS;
use crate::config::Config;
use crate::domain::code::InvitationCode;
use crate::domain::fit::for_terminal;
use crate::operations::{Doer, administration};
use crate::store::{leaving, people};

#[derive(Serialize)]
struct Invited {
    person: String,
    code: String,
    /// Leads to the bot with the code filled in; `null` if no address of it is known.
    link: Option<String>,
    expires: String,
    #[serde(skip)]
    until: NaiveDateTime,
}

pub(super) async fn invite(settings: Config, codes: &[String], json: bool) -> Result<(), Failed> {
    let invited = issue(&settings, codes).await?;
    if json {
        print_line!("{}", serde_json::to_string_pretty(&invited).map_err(std::io::Error::from)?);
        return Ok(());
    }
    invited.iter().try_for_each(print)
}

/// Issues the code of one person, and shows it.
pub(super) async fn show(settings: &Config, code: String) -> Result<(), Failed> {
    issue(settings, &[code]).await?.iter().try_for_each(print)
}

async fn issue(settings: &Config, codes: &[String]) -> Result<Vec<Invited>, Failed> {
    let opened = open(settings, None).await?;
    let practice = opened.practice.clone();
    let key = app::invite_key(settings, &opened.db).await?;
    let base = link_base(settings).await?;
    let expires = opened.clock.now() + practice.invitations.life;
    let mut invited = Vec::new();
    let mut deed = opened.deed(Doer::Administrator).await?;
    let mut work = deed.work();
    let mut asked = HashSet::new();
    for person in codes {
        let person = person.to_uppercase();
        if !asked.insert(person.clone()) {
            continue;
        }
        let Some(id) = people::by_code(work.tx, &person).await? else {
            // All or nothing: the codes issued so far are rolled back.
            return Err(Failed::Refused(format!(
                "nobody has the code {person}; no code was issued; see: diudat people"
            )));
        };
        if leaving::has_left(work.tx, id, work.today()).await? {
            return Err(Failed::Refused(format!(
                "{person} died or went elsewhere, and an account of theirs would open nothing; \
                 no code was issued"
            )));
        }
        let code = InvitationCode::draw(&mut generator());
        administration::invite(&mut work, (id, &person), &code, &key, expires).await?;
        invited.push(Invited {
            link: base.as_ref().map(|base| format!("{base}{code}")),
            person,
            code: code.to_string(),
            expires: expires
                .with_timezone(&practice.zone)
                .to_rfc3339_opts(SecondsFormat::Secs, false),
            until: practice.local(expires),
        });
    }
    deed.end().await?;
    opened.db.close().await;
    Ok(invited)
}

/// What a link begins with: that of the first messenger that has links, else our own page's.
async fn link_base(settings: &Config) -> Result<Option<String>, Failed> {
    for messenger in MESSENGERS {
        let Some(bot) = app::bot(messenger, settings)? else { continue };
        match bot.code_link().await {
            Ok(Some(link)) => return Ok(Some(link)),
            Ok(None) => {}
            Err(error) => {
                let name = messenger.name;
                let why = error.to_string();
                let why = for_terminal(&why);
                eprintln!("diudat: {name} does not answer, so it gives no links: {why}");
            }
        }
    }
    let public = settings.http.public_url.as_ref();
    Ok(public.map(|url| format!("{}/?code=", url.as_str().trim_end_matches('/'))))
}

fn print(invited: &Invited) -> Result<(), Failed> {
    print_line!("{}  {}", invited.person, invited.code);
    print_line!("  valid until {}", invited.until.format("%d/%m/%Y %H:%M"));
    let Some(link) = &invited.link else { return Ok(()) };
    print_line!("  {link}");
    if let Ok(picture) = QrCode::new(link) {
        print_line!("{}", picture.render::<unicode::Dense1x2>().quiet_zone(true).build());
    }
    Ok(())
}
