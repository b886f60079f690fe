//! Yesterday's database: what an older version of the program left open, today's goes on with.
//!
//! A folder here is a fixture, named after the version that made it. It holds a database of each
//! engine as that version left it one night, with open dialogues, buttons, drafts, messages that wait
//! and reminders that are planned; what stood on people's screens; and, in `talks/`, what everybody
//! had done in the evening and how they go on in the morning. Nothing here looks at how the program
//! is made inside: only at what people read and what is stored.
//!
//! A fixture is never made anew after its release. At a release the talks are copied into a folder of
//! the new version, completed, and `scripts/fixture VERSION` plays their evenings. (A file that is new
//! in `talks/` is seen when this one is compiled again.)

#[path = "../support/mod.rs"]
mod support;

#[allow(dead_code)] // the part of it that is needed here
#[path = "../world/platform.rs"]
mod platform;

#[allow(dead_code)] // the part of it that is needed here
#[path = "../world/world.rs"]
mod world;

mod afterwards;
mod fixture;
mod holds;
mod making;
mod stage;
mod talk;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rstest_reuse::apply;

use crate::fixture::{column, night, rested};
use crate::stage::Screens;
use crate::support::{Engine, both_engines};
use crate::talk::{Deed, What, tales, versions};
use crate::world::World;

/// What nobody may be told: that what they had begun is lost.
const RESET: [&str; 2] = ["phần đang làm dở không mở lại được", "had begun cannot be opened again"];

fn was_reset(w: &World) -> Option<String> {
    let told = w.all_sent().into_iter().map(|seen| seen.text);
    told.into_iter().find(|text| RESET.iter().any(|lost| text.contains(lost)))
}

/// Each conversation goes on where it was, with the answers that were given.
#[apply(both_engines)]
#[tokio::test]
async fn conversations_go_on(
    engine: Engine,
    #[files("tests/yesterday/*/talks/*.txt")] talk: PathBuf,
) {
    let version = talk.parent().and_then(|talks| talks.parent()).expect("a version");
    let rested = rested(version, engine).await;
    let mut shared = rested.opened().await;
    let mut wrong = Vec::new();
    for tale in talk::read(&talk) {
        assert!(!tale.mornings.is_empty(), "{} does not go on", tale.name);
        for morning in &tale.mornings {
            let mut own = None;
            let w = match morning.alone {
                true => own.insert(rested.opened().await),
                false => &mut shared,
            };
            for told in w.plays(&morning.lines, &rested.screens).await {
                wrong.push(format!("{}, {told}", tale.name));
            }
            wrong.extend(was_reset(w).map(|text| format!("{}: {text}", tale.name)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// What waited is delivered, what was asked is asked once more, what was planned comes.
#[apply(both_engines)]
#[tokio::test]
async fn what_waits_and_what_is_planned_comes_as_it_would_have(engine: Engine) {
    for version in versions() {
        let mut w = night(&version, engine).await.opened().await;
        let said = afterwards::account(&mut w).await;
        let missing = afterwards::missing(&afterwards::read(&version), &said);
        assert!(missing.is_empty(), "{} missing\n\n{}", missing.len(), missing.join("\n\n"));
        let unfinished = "SELECT CAST(id AS TEXT) FROM outbox WHERE state IN ('retry', 'sending')
            UNION ALL SELECT CAST(id AS TEXT) FROM inbox WHERE state <> 'done'";
        assert_eq!(column(&w.guard.url, unfinished).await, Vec::<String>::new(), "unfinished");
        assert_eq!(was_reset(&w), None);
    }
}

/// The fixture is what its list says, and there is a tale for everything in it: each kind of button is
/// tapped as it hung there, each open question is answered.
#[apply(both_engines)]
#[tokio::test]
async fn everything_a_fixture_holds_is_gone_on_with(engine: Engine) {
    for version in versions() {
        let night = night(&version, engine).await;
        let guard = night.copy().await;
        assert_eq!(holds::of(&guard.url).await, holds::list(&version), "{}", version.display());
        let (tapped, answered) = gone_on_with(&version, &night.screens);

        let kind = |tap: &str| holds::tap_kind(&serde_json::from_str(tap).expect("JSON"));
        let (mut taken, mut held) = (BTreeSet::new(), BTreeSet::new());
        for row in column(&guard.url, "SELECT CAST(id AS TEXT) || ' ' || tap FROM button").await {
            let (id, tap) = row.split_once(' ').expect("a tap");
            held.insert(kind(tap));
            if tapped.contains(id) {
                taken.insert(kind(tap));
            }
        }
        let untapped: Vec<_> = held.difference(&taken).collect();
        assert!(untapped.is_empty(), "nobody taps {untapped:?}");
        let open = "SELECT chat FROM session WHERE feature IS NOT NULL ORDER BY chat";
        let mut open = column(&guard.url, open).await;
        open.retain(|chat| !answered.contains(chat));
        assert!(open.is_empty(), "nobody answers in {open:?}");
    }
}

/// The buttons of the evening that are tapped in the morning, and the chats in which somebody does
/// something.
fn gone_on_with(version: &Path, screens: &Screens) -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut tapped, mut answered) = (BTreeSet::new(), BTreeSet::new());
    for tale in tales(version) {
        for line in tale.mornings.iter().flat_map(|morning| &morning.lines) {
            let What::Does(place, deed) = &line.what else { continue };
            if !matches!(deed, Deed::Looks) {
                answered.insert(place.chat.clone());
            }
            let Deed::TapsOld(label) = deed else { continue };
            let found = stage::button(&screens[place.bot], &place.chat, label);
            let (_, button) = found.unwrap_or_else(|| panic!("{}: {label}", line.at));
            tapped.insert(button.trim_start_matches('b').to_owned());
        }
    }
    (tapped, answered)
}

/// Whatever today's program may store is in a fixture, or it is said why not.
#[test]
fn nothing_is_left_out() {
    let mut held = holds::Counts::new();
    for version in versions() {
        held.extend(holds::list(&version));
    }
    assert_eq!(holds::lacking(&held), Vec::<String>::new());
}

/// Makes a fixture first if one is asked for: see [`making`].
#[tokio::test]
async fn a_fixture_has_all_its_files() {
    if let Some(version) = making::wanted() {
        making::make(&version).await;
    }
    for version in versions() {
        for file in fixture::FILES {
            assert!(version.join(file).exists(), "{} lacks {file}", version.display());
        }
    }
}
