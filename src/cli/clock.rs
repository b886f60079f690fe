//! What is thought of the clock, and the administrator's word that it is right.

use chrono::TimeDelta;

use super::{Failed, open, say as print_line};
use crate::app::{STEADY, is_far_off};
use crate::clock::Instant;
use crate::config::Config;
use crate::domain::practice::Practice;
use crate::operations::{Doer, Door, administration};
use crate::store::clock::{self, Known};
use crate::store::{Db, StoreError};

/// What follows from a doubt.
const MEANWHILE: &str = "nothing is deleted, expires or is dropped until then; messages go on";

pub(super) async fn clock(settings: Config, trust: bool) -> Result<(), Failed> {
    let opened = open(&settings, None).await?;
    if trust {
        let mut deed = opened.deed(Doer::Administrator).await?;
        administration::trust_clock(&mut deed.work()).await?;
        deed.end().await?;
    }
    let Door { db, clock, practice } = opened;
    let now = clock.now();
    let known = clock::read(&mut db.read().await?).await?;
    db.close().await;
    print_line!("the clock shows     {} ({})", shown(&practice, now), practice.zone);
    let alive = known.alive.map_or("none yet".to_owned(), |at| shown(&practice, at));
    print_line!("last sign of life   {alive}");
    print_line!("{}", verdict(&practice, known, now).unwrap_or_else(|why| why));
    Ok(())
}

/// What `check` says of the clock.
pub(super) async fn checked(db: &Db, practice: &Practice, now: Instant) -> Result<String, String> {
    let read = async { clock::read(&mut db.read().await?).await };
    let known: Result<Known, StoreError> = read.await;
    verdict(practice, known.map_err(|error| error.to_string())?, now)
}

/// Whether the clock is beyond doubt: it is, or why it is not.
fn verdict(practice: &Practice, known: Known, now: Instant) -> Result<String, String> {
    if let Some(doubted) = known.doubted {
        let since = shown(practice, doubted);
        let leap = amount(TimeDelta::milliseconds(known.leap));
        return Err(format!(
            "in doubt since {since}, when it had leapt by {leap}: set it right, or say that it is with \
             `diudat clock --trust`; otherwise it is believed after {} steady minutes of a running \
             `serve`; {MEANWHILE}",
            STEADY.num_minutes()
        ));
    }
    match known.alive.map(|alive| now - alive) {
        Some(off) if is_far_off(off) => Err(format!(
            "it shows {} since the last sign of life: a `serve` that starts now doubts it, and {MEANWHILE}; \
             if it is right, say so with `diudat clock --trust`",
            amount(off)
        )),
        _ => Ok("beyond doubt".to_owned()),
    }
}

fn shown(practice: &Practice, at: Instant) -> String {
    practice.local(at).format("%Y-%m-%d %H:%M").to_string()
}

/// With a sign, in the largest unit that says something.
fn amount(of: TimeDelta) -> String {
    match of.num_minutes() {
        minutes if minutes.abs() < 120 => format!("{minutes:+} minutes"),
        minutes if minutes.abs() < 48 * 60 => format!("{:+} hours", of.num_hours()),
        _ => format!("{:+} days", of.num_days()),
    }
}
