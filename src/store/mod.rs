//! SQL, and nothing but SQL: one text for SQLite and PostgreSQL, one file per aggregate.
//!
//! [`Db`] opens the database and hands out [`Tx`]s; a statement is a [`Statement`] declared with
//! [`statements!`], so that the registry test can run every one of them on both engines. Rules of
//! the domain are decided elsewhere; a function here reads or writes what it is told.

mod engine;
mod error;
mod server;
mod statement;
mod types;

pub mod accounts;
pub mod advice;
pub mod alerts;
pub mod arrivals;
pub mod astray;
pub mod audit;
mod bulk;
pub mod cases;
pub mod classes;
pub mod clock;
pub mod codes;
pub mod deeds;
pub mod deferrals;
pub mod delivery_status;
pub mod digests;
pub mod duties;
pub mod erasure;
pub mod exports;
pub mod faces;
pub mod figures;
pub mod imports;
pub mod inbox;
pub mod installation;
pub mod invitations;
pub mod lease;
pub mod leaving;
pub mod meetings;
pub mod menus;
pub mod name_variants;
pub mod notice_files;
pub mod notices;
pub mod numbers;
pub mod outbox;
pub mod people;
pub mod personnel;
pub mod previews;
pub mod proposals;
pub mod records;
pub mod reports;
pub mod reversals;
pub mod reviews;
pub mod revisions;
pub mod road;
pub mod seed;
pub mod sessions;
pub mod settings;
pub mod sheets;
pub mod steps;
pub mod structure;
pub mod targets;
pub mod tenures;
pub mod undoing;
pub mod units;
pub mod web;

use std::collections::BTreeSet;

pub use engine::{Db, Scrubbed, Tx, Written, file};
pub use error::StoreError;
pub use statement::{Sample, Statement};

pub(crate) use statement::{args, statements};

/// The bots a process speaks for. Two processes on one database leave each other's rows alone.
#[derive(Clone, Debug)]
pub struct Bots {
    rows: String,
    /// Of their chats only this one.
    chat: Option<String>,
}

impl Bots {
    pub fn new<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let rows: Vec<_> = names.into_iter().map(|bot| serde_json::json!({ "bot": bot })).collect();
        Self { rows: serde_json::Value::from(rows).to_string(), chat: None }
    }

    /// One chat alone of one bot: whoever else uses the bot is another process's business.
    pub fn in_chat(bot: &str, chat: &str) -> Self {
        Self { chat: Some(chat.to_owned()), ..Self::new([bot]) }
    }

    fn rows(&self) -> &str {
        &self.rows
    }

    fn chat(&self) -> Option<&str> {
        self.chat.as_deref()
    }
}

/// Every statement of the program, by module: what the registry test runs.
pub fn registry() -> Vec<(&'static str, &'static [Statement])> {
    vec![
        ("engine", engine::STATEMENTS),
        ("accounts", accounts::STATEMENTS),
        ("advice", advice::STATEMENTS),
        ("alerts", alerts::STATEMENTS),
        ("arrivals", arrivals::STATEMENTS),
        ("astray", astray::STATEMENTS),
        ("audit", audit::STATEMENTS),
        ("bulk", bulk::STATEMENTS),
        ("cases", cases::STATEMENTS),
        ("classes", classes::STATEMENTS),
        ("clock", clock::STATEMENTS),
        ("codes", codes::STATEMENTS),
        ("deeds", deeds::STATEMENTS),
        ("deferrals", deferrals::STATEMENTS),
        ("digests", digests::STATEMENTS),
        ("duties", duties::STATEMENTS),
        ("erasure", erasure::STATEMENTS),
        ("exports", exports::STATEMENTS),
        ("faces", faces::STATEMENTS),
        ("figures", figures::STATEMENTS),
        ("imports", imports::STATEMENTS),
        ("inbox", inbox::STATEMENTS),
        ("installation", installation::STATEMENTS),
        ("invitations", invitations::STATEMENTS),
        ("lease", lease::STATEMENTS),
        ("leaving", leaving::STATEMENTS),
        ("meetings", meetings::STATEMENTS),
        ("menus", menus::STATEMENTS),
        ("name_variants", name_variants::STATEMENTS),
        ("notice_files", notice_files::STATEMENTS),
        ("notices", notices::STATEMENTS),
        ("numbers", numbers::STATEMENTS),
        ("outbox", outbox::STATEMENTS),
        ("people", people::STATEMENTS),
        ("personnel", personnel::STATEMENTS),
        ("previews", previews::STATEMENTS),
        ("proposals", proposals::STATEMENTS),
        ("delivery_status", delivery_status::STATEMENTS),
        ("records", records::STATEMENTS),
        ("reports", reports::STATEMENTS),
        ("reversals", reversals::STATEMENTS),
        ("reviews", reviews::STATEMENTS),
        ("revisions", revisions::STATEMENTS),
        ("road", road::STATEMENTS),
        ("sessions", sessions::STATEMENTS),
        ("settings", settings::STATEMENTS),
        ("sheets", sheets::STATEMENTS),
        ("steps", steps::STATEMENTS),
        ("structure", structure::STATEMENTS),
        ("targets", targets::STATEMENTS),
        ("tenures", tenures::STATEMENTS),
        ("undoing", undoing::STATEMENTS),
        ("units", units::STATEMENTS),
        ("web", web::STATEMENTS),
    ]
}

/// The tables that these statements look at.
fn tables_read(statements: &[&[Statement]]) -> BTreeSet<&'static str> {
    statements.iter().flat_map(|of| of.iter()).flat_map(Statement::reads).collect()
}
