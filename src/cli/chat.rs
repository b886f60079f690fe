//! The console channel: a message per line of standard input, the answers on standard output. What
//! is for others on the console waits until they open theirs.

use std::sync::Arc;

use chrono::NaiveDateTime;
use tokio::io::{AsyncBufReadExt, BufReader};

use super::{Failed, open};
use crate::app::{self, App, Parts, sixteen_bytes};
use crate::channels::console::{BOT, Console};
use crate::config::Config;
use crate::message::{Accept, Address, Channel, ChatKind, Event, Incoming};
use crate::operations::{Doer, Door, administration};
use crate::store::{Bots, people};

pub(super) async fn chat(
    settings: Config,
    code: &str,
    at: Option<NaiveDateTime>,
) -> Result<(), Failed> {
    let opened = open(&settings, at).await?;
    let code = code.to_uppercase();
    let mut deed = opened.deed(Doer::Administrator).await?;
    let mut work = deed.work();
    let Some(person) = people::by_code(work.tx, &code).await? else {
        return Err(Failed::Refused(format!("nobody has the code {code}; see: diudat people")));
    };
    let console = Address { bot: BOT.to_owned(), chat: code.clone() };
    administration::open_console(&mut work, (person, &code), &console).await?;
    deed.end().await?;
    let Door { db, clock, practice } = opened;

    let console = Console::new(Box::new(std::io::stdout()), settings.console.disclosure.into());
    let app = App::new(Parts {
        invite_key: app::invite_key(&settings, &db).await?,
        limits: app::limits(&settings.delivery),
        retention: app::retention(&settings.retention),
        channels: [(BOT.to_owned(), Arc::new(console) as Arc<dyn Channel>)].into(),
        bots: Bots::in_chat(BOT, &code),
        lease: None,
        practice,
        clock,
        db,
    });
    let outcome = converse(&app, &code).await;
    app.stop().await?;
    app.db.close().await;
    outcome
}

async fn converse(app: &App, code: &str) -> Result<(), Failed> {
    // Tells this conversation's messages from every other's.
    let run = hex::encode(sixteen_bytes());
    app.rescue().await?;
    app.settle().await?;
    let mut lines = BufReader::new(tokio::io::stdin()).lines();
    let mut number = 0_u64;
    while let Some(line) = lines.next_line().await? {
        if line.trim().is_empty() {
            continue;
        }
        number += 1;
        let incoming = Incoming {
            bot: BOT.to_owned(),
            external_id: format!("{run}:{number}"),
            chat: code.to_owned(),
            kind: ChatKind::Private,
            sender: code.to_owned(),
            language: None,
            event: Event::Text { text: line },
        };
        if app.inbox.accept(vec![incoming]).await.is_err() {
            return Err(Failed::Refused("the message could not be stored".to_owned()));
        }
        app.settle().await?;
    }
    Ok(())
}
