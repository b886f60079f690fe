//! Two deeds at once, as of two processes: what an operation looked at before it wrote still stands when it
//! does, so that only one of them is done, and is written down once.

use std::time::Duration;

use diudat::assistant::Assistant;
use diudat::domain::practice::MeetingHabit;
use diudat::domain::recurrence::{Policy, Rule};
use diudat::domain::report::Slot;
use diudat::domain::target::TargetKind;
use diudat::message::Event;
use diudat::operations::meetings::rule;
use diudat::operations::{Doer, Refused, Work, reviews, targets};
use diudat::reminders::Planner;
use diudat::store::lease::{self, Fence};
use diudat::store::meetings::MeetingRule;
use diudat::store::{Bots, deeds, people, road};
use rstest_reuse::apply;

use crate::sheet::on_the_day;
use crate::support::{Engine, both_engines};
use crate::world::{TAPPING, World, local};

/// Of Chi bộ Phòng 1.
const SECRETARY: &str = "NS-010";
const MENTOR: &str = "NS-013";
const OFFICE: &str = "NS-027";

impl World {
    /// Two transactions of their own that are begun before either has written: how many were done. Each deed
    /// gets its number, and says whether it changed anything.
    async fn at_once(
        &self,
        who: &str,
        deed: impl AsyncFn(&mut Work<'_>, u32) -> Result<bool, Refused>,
    ) -> usize {
        let door = self.door();
        let doer = Doer::Account { bot: TAPPING, account: who };
        let one = async |number: u32| {
            let mut begun = door.deed(doer).await?;
            let done = deed(&mut begun.work(), number).await?;
            begun.end().await?;
            Ok::<_, Refused>(done)
        };
        let (first, second) = tokio::join!(one(1), one(2));
        [first, second].into_iter().filter(|done| matches!(done, Ok(true))).count()
    }

    /// How many deeds are written down.
    async fn noted(&self) -> i64 {
        self.count("SELECT COUNT(*) FROM audit").await
    }
}

#[apply(both_engines)]
#[tokio::test]
async fn of_two_deeds_at_once_one_is_done(engine: Engine) {
    let w = on_the_day(engine).await;

    let before = w.noted().await;
    let shown = {
        let mut inquiry =
            w.door().inquiry(Doer::Account { bot: TAPPING, account: SECRETARY }).await.unwrap();
        let mut work = inquiry.work();
        let unit = work.units.by_code("CB-02").unwrap().id;
        rule::of(&mut work, unit).await.unwrap()
    };
    let set = async |work: &mut Work<'_>, number: u32| {
        let time = local(&format!("2018-12-01 0{number}:00")).time() + chrono::TimeDelta::hours(7);
        let place = shown.habit.place.clone();
        let habit = MeetingHabit { rule: Rule::LastWorkingDay, time, place, policy: Policy::Keep };
        let rule = MeetingRule { unit: shown.unit, habit };
        Ok(matches!(rule::set(work, &rule, &shown.habit).await?, rule::Set::Done { .. }))
    };
    assert_eq!(w.at_once(SECRETARY, set).await, 1, "a rule");
    assert_eq!(w.noted().await, before + 1, "a rule");

    let before = w.noted().await;
    let set = async |work: &mut Work<'_>, number: u32| {
        let unit = work.units.by_code("CB-06").unwrap().id;
        let key = (unit, 2019, TargetKind::Admissions);
        let set = targets::set(work, key, None, Some(i64::from(number))).await?;
        Ok(matches!(set, targets::Set::Done { .. }))
    };
    assert_eq!(w.at_once(OFFICE, set).await, 1, "a target");
    assert_eq!(w.noted().await, before + 1, "a target");

    let before = w.noted().await;
    let meeting = w.meeting("CB-02", "2018-12").await;
    let accept = async |work: &mut Work<'_>, _: u32| {
        let case = road::by_code(work.tx, "QC-014").await?.unwrap().id;
        let mentor = people::by_code(work.tx, MENTOR).await?.unwrap();
        reviews::accept(work, Slot { meeting, case, mentor }).await.map(|_| true)
    };
    assert_eq!(w.at_once(SECRETARY, accept).await, 1, "a report");
    assert_eq!(w.noted().await, before + 1, "a report");
}

/// How many wait for the turn of a deed.
const WAITING: &str = "SELECT COUNT(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";

/// Whoever leads shows that it lives although what it handles and plans waits for another's deed. On SQLite
/// nobody has begun who waits.
#[tokio::test]
async fn who_waits_for_a_deed_does_not_hold_the_lease() {
    let mut w = on_the_day(Engine::Postgres).await;
    let mut tx = w.db.begin().await.unwrap();
    let seen = lease::read(&mut tx).await.unwrap();
    let term = lease::take(&mut tx, "this", &seen).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    let fence = Fence::standing_by();
    fence.raise(term);
    let (db, practice, now) = (w.db.clone(), w.practice.clone(), w.clock.now());
    let planner = Planner::new(db.clone(), practice.clone(), fence.clone());
    let assistant = Assistant::new(
        db.clone(),
        practice,
        b"a key".as_slice().into(),
        Bots::new([TAPPING]),
        fence,
    );
    let asked = Event::Text { text: "/toi".to_owned() };
    let asked = w.incoming(TAPPING, SECRETARY, SECRETARY, asked);
    w.accept(asked).await;

    let mut deed = db.begin().await.unwrap();
    deeds::take_turn(&mut deed).await.unwrap();
    let both_wait = async {
        while w.count(WAITING).await < 2 {
            tokio::task::yield_now().await;
        }
    };
    let beat = async {
        let both_wait = tokio::time::timeout(Duration::from_secs(20), both_wait);
        both_wait.await.expect("both wait for the deed");
        let mut tx = db.begin().await.unwrap();
        let beat = lease::beat(&mut tx, "this", term);
        let lives = tokio::time::timeout(Duration::from_secs(2), beat).await;
        drop(tx);
        deed.rollback().await.unwrap();
        lives
    };
    let (ticked, handled, lives) =
        tokio::join!(planner.tick(now), assistant.run_waiting(now), beat);
    assert!(matches!(lives, Ok(Ok(true))), "{lives:?}");
    ticked.unwrap();
    assert_eq!(handled.unwrap().handled, 1);
}
