//! Whatever is tapped about a meeting that was cancelled or closed, nothing is done about it any more.

use diudat::domain::ids::MeetingId;
use diudat::taps::Tap;
use rstest_reuse::apply;
use serde_json::Value;

use super::{Deed, Here, MEETING, MENTOR, trials_of};
use crate::support::{Engine, both_engines};
use crate::world::World;

const SECRETARY: &str = "NS-010";

/// What is written about a meeting.
const WRITTEN: [&str; 7] = [
    "SELECT COUNT(*) FROM audit WHERE action NOT LIKE 'read.%'",
    "SELECT COUNT(*) FROM attendance_answer",
    "SELECT COUNT(*) FROM roll_mark",
    "SELECT COUNT(*) FROM meeting_sheet",
    "SELECT COUNT(*) FROM case_conclusion",
    "SELECT COUNT(*) FROM paper_number",
    "SELECT COUNT(*) FROM duty",
];

/// Whether a tap carries a meeting's id.
fn carries(tap: &Tap, meeting: MeetingId) -> bool {
    fn within(value: &Value, meeting: i64) -> bool {
        let Value::Object(fields) = value else { return false };
        let is = |name: &str| fields.get(name).and_then(Value::as_i64) == Some(meeting);
        is("meeting") || is("v") || fields.values().any(|value| within(value, meeting))
    }
    within(&serde_json::to_value(tap).expect("a tap"), meeting.0)
}

/// Every button about the meeting here.
fn buttons(here: &Here) -> Vec<(&'static str, Tap)> {
    let taps = trials_of(here).into_iter().filter_map(|trial| match trial.deed {
        Deed::Taps(tap) | Deed::Answers(tap) => Some((trial.about, tap)),
        Deed::Says(_) | Deed::TapsAnothers(_) => None,
    });
    taps.filter(|(_, tap)| carries(tap, here.meeting)).collect()
}

#[apply(both_engines)]
#[tokio::test]
async fn nothing_is_done_about_a_meeting_that_was_cancelled_or_closed(
    engine: Engine,
    #[values("cancelled", "closed")] state: &str,
) {
    let (mut w, here) = World::ground(engine).await;
    let buttons = buttons(&here);
    assert!(buttons.len() > 25, "{} buttons are about a meeting", buttons.len());
    let becomes = match state {
        "cancelled" => "UPDATE meeting SET state = 'cancelled', revision = revision + 1",
        _ => "UPDATE meeting SET state = 'closed'",
    };
    w.damage(becomes).await;
    let before = w.counts(&WRITTEN).await;
    // Before it would have begun, and on its day.
    for time in [None, Some(MEETING)] {
        if let Some(time) = time {
            w.advance_to(time).await;
        }
        for who in [SECRETARY, MENTOR] {
            for (about, tap) in &buttons {
                let button = w.forge(who, tap, false).await;
                let does = async |w: &mut World| {
                    w.as_(who).taps_id(&button, "1").await;
                };
                let answer = w.answered(who, does).await;
                assert!(!answer.is_empty(), "{about} says nothing");
                assert_eq!(w.counts(&WRITTEN).await, before, "{about} ({tap:?}): {answer}");
            }
        }
    }
    w.everyone_reads();
    w.finish().await;
}
