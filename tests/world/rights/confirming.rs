//! What was shown is what is done, and done once: every tap that confirms, where something else stands than was
//! shown, where a version before showed it, and tapped twice.

use std::collections::BTreeSet;

use diudat::taps::{Confirms, ReviewTap, Tap};
use rstest_reuse::apply;

use super::{Deed, MENTOR, ROLES, Role, Trial, Trials, a_here, kind, trials_of};
use crate::support::{Engine, both_engines};
use crate::world::World;

/// What is written down of deeds, but not of readings.
const DEEDS: &str = "SELECT COUNT(*) FROM audit WHERE action NOT LIKE 'read.%'";
const CHANGED: &str = "Nội dung đã thay đổi so với lúc hiển thị";
const ONCE_MORE: &str = "Chương trình vừa được cập nhật";
const DONE: &str = "Việc này đã được thực hiện lúc";
const STALE: &str = "Nút này không còn hiệu lực";

/// Those who may do everything that is tried between them.
const DOERS: [&str; 3] = [MENTOR, "NS-010", "NS-027"];

fn tap(trial: &Trial) -> Option<&Tap> {
    match &trial.deed {
        Deed::Taps(tap) | Deed::Answers(tap) => Some(tap),
        Deed::Says(_) | Deed::TapsAnothers(_) => None,
    }
}

fn confirms(trial: &Trial) -> bool {
    tap(trial).is_some_and(|tap| tap.confirms() != Confirms::Nothing)
}

impl World {
    /// Confirms something other than what was shown, what a version before showed, and then what is shown.
    async fn confirms(&mut self, role: &Role, trial: &Trial) {
        let (who, about) = (role.code, trial.about);
        let before = self.count(DEEDS).await;
        self.damage("UPDATE preview SET version = 'another' WHERE done_at IS NULL").await;
        let answer = self.tries(who, &trial.deed).await;
        assert!(answer.contains(CHANGED), "{about}: {answer}");
        self.damage("DELETE FROM preview WHERE done_at IS NULL").await;
        let answer = self.tries(who, &trial.deed).await;
        assert!(answer.contains(ONCE_MORE), "{about}: {answer}");
        assert_eq!(self.count(DEEDS).await, before, "{about}: nothing was done");
    }
}

async fn tried(engine: Engine, role: &Role) -> BTreeSet<&'static str> {
    let (mut w, here) = World::ground(engine).await;
    let trials = Trials::of(&here);
    let mut met = BTreeSet::new();
    for (n, trial) in trials.all.iter().enumerate() {
        trials.before(&mut w, n).await;
        let confirmed = confirms(trial) && (trial.may)(role);
        if confirmed {
            w.confirms(role, trial).await;
            met.extend(tap(trial).map(kind));
        }
        let before = w.count(DEEDS).await;
        let (answer, button) = w.tries_by(role.code, &trial.deed).await;
        let exercised = answer.contains(trial.shows);
        assert_eq!(exercised, (trial.may)(role), "{}: {answer}", trial.about);
        let after = w.count(DEEDS).await;
        let (Some(button), Some(tap), true) = (button, tap(trial), exercised) else { continue };
        let asks = matches!(tap, Tap::Review(ReviewTap::Return(_)));
        if !confirmed && after == before || asks {
            continue;
        }
        // The second of two taps.
        let again = w.answered(role.code, async |w| {
            w.as_(role.code).taps_id(&button, "1").await;
        });
        let again = again.await;
        assert!(!again.contains(STALE), "{}: {again}", trial.about);
        if confirmed {
            assert!(again.contains(DONE), "{}: {again}", trial.about);
            assert_eq!(w.count(DEEDS).await, after, "{}: done once", trial.about);
        }
    }
    w.everyone_reads();
    w.finish().await;
    met
}

#[apply(both_engines)]
#[tokio::test]
async fn only_what_was_shown_is_done_and_once(engine: Engine) {
    let mut met = BTreeSet::new();
    for role in ROLES.iter().filter(|role| DOERS.contains(&role.code)) {
        met.extend(tried(engine, role).await);
    }
    let all = trials_of(&a_here());
    let all: BTreeSet<_> =
        all.iter().filter(|trial| confirms(trial)).filter_map(tap).map(kind).collect();
    assert_eq!(met, all);
}
