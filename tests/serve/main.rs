//! The real program as a process, with Telegram on one side and a database on the other: what
//! people see in their chats, and what survives a kill, a stop or a refusal.
//!
//! Most stories are about the program as it is started by `diudat serve`, on the machine's clock;
//! those about days and deadlines run the same [`diudat::app::App`] in this process, on a clock of
//! their own.

#[path = "../support/fake_telegram/mod.rs"]
mod fake_telegram;
#[path = "../support/mod.rs"]
mod support;

#[path = "../support/disk.rs"]
mod disk;

mod house;
mod room;

mod beginning;
mod binding;
mod crash;
mod deeds;
mod delivery;
mod faults;
mod figures;
mod groups;
mod health;
mod logs;
mod metrics;
mod report;
mod settings;
mod stopping;
mod texts;
mod webhook;

use std::panic::{AssertUnwindSafe, resume_unwind};

use futures::FutureExt;

use house::House;
use support::Engine;

/// Plays a story on both engines at once: most of its time is waiting.
async fn on_both_engines(story: impl AsyncFn(House)) {
    each(async |engine| story(House::new(engine).await).await).await;
}

/// The same on an empty database.
async fn on_both_empty(story: impl AsyncFn(House)) {
    each(async |engine| story(House::empty(engine).await).await).await;
}

/// Runs both and says which one failed.
async fn each(story: impl AsyncFn(Engine)) {
    let play = async |engine: Engine| {
        if let Err(panic) = AssertUnwindSafe(story(engine)).catch_unwind().await {
            eprintln!("the story fails on {engine:?}");
            resume_unwind(panic);
        }
    };
    tokio::join!(play(Engine::Sqlite), play(Engine::Postgres));
}
