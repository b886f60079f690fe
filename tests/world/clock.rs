//! A clock that leaps ends nothing: what would fall away by it waits until it is believed.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{NaiveDateTime, TimeDelta};
use diudat::app::Forgot;
use diudat::clock::{Clock, Instant};
use diudat::domain::calendar::Month;
use diudat::domain::doubt::Doubt;
use diudat::domain::practice::Practice;
use diudat::message::SendError;
use diudat::operations::{Doer, administration};
use diudat::reminders::dry_run;
use diudat::store::clock as row;
use rstest_reuse::apply;

use crate::support::{Engine, both_engines};
use crate::world::{World, local};

const FROM: &str = "2018-11-27 09:00";
const TO: &str = "2018-12-12 18:00";
const YEAR: TimeDelta = TimeDelta::days(365);
/// What has fallen away, of any kind.
const FALLEN: &str = "SELECT CAST((SELECT COUNT(*) FROM planned_step WHERE state = 'dropped')
    + (SELECT COUNT(*) FROM deferred_step WHERE state IN ('dropped', 'skipped'))
    + (SELECT COUNT(*) FROM case_alert WHERE state = 'dropped')
    + (SELECT COUNT(*) FROM digest WHERE state = 'dropped' AND due_at > 1543284000000)
    + (SELECT COUNT(*) FROM notice WHERE reminder = 'dropped')
    + (SELECT COUNT(*) FROM outbox WHERE state = 'dead') AS BIGINT)";

/// How many messages each person or group gets at each time.
type Count = BTreeMap<(NaiveDateTime, String), usize>;

/// What was sent and not planned, or planned and not sent.
fn odd(sent: &Count, plan: &Count) -> Vec<(NaiveDateTime, String)> {
    let differs = |key: &&(NaiveDateTime, String)| sent.get(*key) != plan.get(*key);
    sent.keys().chain(plan.keys()).filter(differs).cloned().collect()
}

impl World {
    /// Everybody in it, with a clock that nobody holds and that has been seen.
    async fn by_itself(engine: Engine) -> Self {
        let mut w = Self::peopled(engine, FROM).await;
        w.clock.let_go();
        w.starts_anew().await;
        w
    }

    /// Another process, which knows nothing of the one before but what is in the database.
    async fn starts_anew(&mut self) {
        self.practice = Arc::new(Practice { doubt: Doubt::default(), ..(*self.practice).clone() });
        self.restart().await;
    }

    fn leaps(&self, by: TimeDelta) {
        self.clock.leap(self.clock.now() + by);
    }

    /// Time passes as it does, a minute at a time.
    async fn minutes(&self, minutes: usize) {
        for _ in 0..minutes {
            self.clock.advance(TimeDelta::minutes(1));
            self.settle().await;
        }
    }

    fn is_in_doubt(&self) -> bool {
        self.practice.doubt.now().is_some()
    }

    async fn doubted_at(&self) -> Option<Instant> {
        row::read(&mut self.db.read().await.unwrap()).await.unwrap().doubted
    }

    async fn planned(&self) -> Count {
        let mut count = Count::new();
        for month in ["2018-11", "2018-12", "2019-01"] {
            let month: Month = month.parse().unwrap();
            let mut tx = self.db.read().await.unwrap();
            let now = self.clock.now();
            let lines = dry_run(&mut tx, &self.practice, month, None, now).await.unwrap();
            for line in lines.into_iter().filter(|l| l.at >= local(FROM) && l.at <= local(TO)) {
                *count.entry((line.at, line.to)).or_default() += 1;
            }
        }
        count
    }

    /// What was sent by the right clock.
    fn sent(&self) -> Count {
        let mut count = Count::new();
        for seen in self.all_sent() {
            let at = self.practice.local(seen.at);
            if at <= local(TO) {
                *count.entry((at, seen.chat)).or_default() += 1;
            }
        }
        count
    }
}

#[apply(both_engines)]
#[tokio::test]
async fn a_start_with_the_clock_far_off_costs_nothing(
    engine: Engine,
    #[values(365, 45, -45, -365)] days: i64,
) {
    let mut w = World::by_itself(engine).await;
    let plan = w.planned().await;
    assert!(plan.len() > 100 && !w.is_in_doubt(), "{}", plan.len());
    let off = TimeDelta::days(days);
    w.leaps(off);
    w.starts_anew().await;
    assert!(w.is_in_doubt() && w.doubted_at().await.is_some());
    w.minutes(20).await;
    assert_eq!(w.app.forget().await.unwrap(), Forgot::NothingInDoubt);
    assert_eq!(w.count(FALLEN).await, 0);
    // The clock is set right, and the program started once more.
    w.leaps(-off);
    w.starts_anew().await;
    assert!(w.is_in_doubt(), "a doubt outlives a process");
    w.minutes(29).await;
    assert!(w.is_in_doubt());
    w.minutes(2).await;
    assert!(!w.is_in_doubt() && w.doubted_at().await.is_none());
    assert_eq!(w.app.forget().await.unwrap(), Forgot::WhatWasOld);
    w.advance_to(TO).await;
    assert_eq!(odd(&w.sent(), &plan), []);
    w.everyone_reads();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn a_leap_of_a_running_process_costs_nothing(
    engine: Engine,
    #[values(365 * 24 * 60, 30 * 24 * 60, -60, -365 * 24 * 60)] minutes: i64,
) {
    let w = World::by_itself(engine).await;
    let plan = w.planned().await;
    let off = TimeDelta::minutes(minutes);
    w.minutes(3).await;
    w.leaps(off);
    w.settle().await;
    assert!(w.is_in_doubt() && w.doubted_at().await.is_some());
    w.minutes(20).await;
    assert_eq!(w.count(FALLEN).await, 0);
    w.leaps(-off);
    w.minutes(31).await;
    assert!(!w.is_in_doubt());
    w.advance_to(TO).await;
    assert_eq!(odd(&w.sent(), &plan), []);
    w.everyone_reads();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn a_little_is_no_leap_and_a_long_day_is_none(engine: Engine) {
    let w = World::by_itself(engine).await;
    for seconds in [299, -299, -299, 299] {
        w.leaps(TimeDelta::seconds(seconds));
        w.settle().await;
        assert!(!w.is_in_doubt(), "{seconds}");
    }
    w.clock.advance(TimeDelta::days(3));
    w.settle().await;
    assert!(!w.is_in_doubt());
    w.leaps(TimeDelta::minutes(-5));
    w.settle().await;
    assert!(w.is_in_doubt());
    w.everyone_reads();
}

#[apply(both_engines)]
#[tokio::test]
async fn what_fell_away_by_a_wrong_clock_is_planned_again(engine: Engine) {
    let w = World::by_itself(engine).await;
    let plan = w.planned().await;
    w.leaps(YEAR);
    // Nobody sets it right in time, and it is believed.
    w.minutes(32).await;
    assert!(!w.is_in_doubt());
    assert!(w.count(FALLEN).await > 0, "it is a year later");
    w.leaps(-YEAR);
    w.minutes(31).await;
    assert!(!w.is_in_doubt());
    w.advance_to(TO).await;
    assert_eq!(odd(&w.sent(), &plan), []);
    w.everyone_reads();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn a_clock_that_is_right_after_all_goes_on_at_a_word(engine: Engine) {
    let w = World::by_itself(engine).await;
    w.leaps(YEAR);
    w.settle().await;
    assert!(w.is_in_doubt());
    let door = w.door();
    assert!(matches!(door.clock, Clock::Manual(_)));
    let mut deed = door.deed(Doer::Administrator).await.unwrap();
    administration::trust_clock(&mut deed.work()).await.unwrap();
    deed.end().await.unwrap();
    w.settle().await;
    assert!(!w.is_in_doubt());
    assert_eq!(w.audited("clock.trust").await.len(), 1);
    assert!(w.count(FALLEN).await > 0, "it is a year later");
    w.everyone_reads();
}

#[apply(both_engines)]
#[tokio::test]
async fn what_people_hold_stays_good_while_the_clock_is_in_doubt(engine: Engine) {
    let mut w = World::by_itself(engine).await;
    w.as_("NS-013").says("/baocao qc-014").await.reads(&["1/5"]);
    w.leaps(YEAR);
    w.settle().await;
    // The dialogue of a year ago is the one of a minute ago, and so are its buttons.
    w.as_("NS-013").taps("Khá").await.reads(&["2/5"]);
    w.as_("NS-013").says("tốt").await.reads(&["3/5"]);
    w.leaps(-YEAR);
    w.settle().await;
    w.as_("NS-013").says("tốt").await.reads(&["4/5"]);
    w.everyone_reads();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn a_reminder_on_its_way_does_not_expire_by_a_leap(engine: Engine) {
    let w = World::by_itself(engine).await;
    let plan = w.planned().await;
    w.fail_next("NS-013", &[SendError::Transient { after: None }]);
    w.advance_to("2018-11-28 08:00").await;
    let before = w.sent_to("NS-013").len();
    w.leaps(YEAR);
    w.minutes(5).await;
    assert_eq!(w.count(FALLEN).await, 0);
    w.leaps(-YEAR);
    w.minutes(3).await;
    assert!(w.sent_to("NS-013").len() > before);
    w.advance_to(TO).await;
    assert_eq!(w.sent().values().sum::<usize>(), plan.values().sum::<usize>());
    w.everyone_reads();
}
