//! Deeds leave the dialogues: where the database is still changed outside `operations`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::source::files;

/// Those who are to ask an operation, and change nothing themselves.
const OUTSIDE: [&str; 4] = ["assistant", "http", "reminders", "cli"];

/// What carries talk and messages, and is no deed.
const CARRIERS: [&str; 4] = ["sessions", "inbox", "outbox", "web"];

/// Files that still write, and by how many of the store's functions. A deed that moves makes a number
/// smaller; none grows.
const STILL_WRITE: &[(&str, usize)] = &[
    ("src/assistant/attendance.rs", 1),
    ("src/assistant/casework/taking.rs", 1),
    ("src/assistant/casework/undoing.rs", 2),
    ("src/assistant/classes/cancelling.rs", 2),
    ("src/assistant/classes/opening.rs", 1),
    ("src/assistant/classes/sending.rs", 1),
    ("src/assistant/classes/settling.rs", 3),
    ("src/assistant/context.rs", 3),
    ("src/assistant/groups.rs", 4),
    ("src/assistant/handling.rs", 1),
    ("src/assistant/handover/change.rs", 4),
    ("src/assistant/introduction/arrival.rs", 3),
    ("src/assistant/introduction/mod.rs", 3),
    ("src/assistant/notices/file.rs", 2),
    ("src/assistant/notices/mod.rs", 6),
    ("src/assistant/nudges.rs", 1),
    ("src/assistant/report/mod.rs", 3),
    ("src/assistant/road/papers.rs", 1),
    ("src/assistant/router.rs", 4),
    ("src/assistant/schedule/one.rs", 1),
    ("src/assistant/schedule/rule.rs", 2),
    ("src/assistant/schedule/told.rs", 2),
    ("src/assistant/settings.rs", 2),
    ("src/assistant/sheet/closing.rs", 2),
    ("src/assistant/sheet/conclusions.rs", 3),
    ("src/assistant/sheet/duties.rs", 3),
    ("src/assistant/sheet/mod.rs", 4),
    ("src/assistant/sheet/numbers.rs", 1),
    ("src/assistant/sheet/roll.rs", 4),
    ("src/assistant/snooze.rs", 1),
    ("src/assistant/start.rs", 3),
    ("src/reminders/deadline.rs", 2),
    ("src/reminders/deferral.rs", 1),
    ("src/reminders/digest.rs", 2),
    ("src/reminders/notice.rs", 2),
    ("src/reminders/round.rs", 2),
    ("src/reminders/steps.rs", 1),
    ("src/cli/chat.rs", 2),
    ("src/cli/invite.rs", 2),
    ("src/cli/listing.rs", 1),
];

/// The functions of the store that run a statement for its effect, as they are called: `road::take(`.
fn writing(root: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for file in files(root, "src/store", ".rs") {
        let module = file.rsplit('/').next().and_then(|name| name.strip_suffix(".rs"));
        let module = module.expect("a file of Rust");
        if CARRIERS.contains(&module) {
            continue;
        }
        let text = std::fs::read_to_string(root.join(&file)).expect("a source file is text");
        for function in text.split("\npub async fn ").skip(1) {
            let body = function.split("\n}\n").next().unwrap_or(function);
            let name = body.split(['(', '<']).next().unwrap_or_default();
            if body.contains("tx.run(") {
                found.insert(format!("{module}::{name}("));
            }
        }
    }
    assert!(found.len() > 50, "the store writes: {found:?}");
    found
}

/// Whether a call stands in a text and is not the end of a longer name.
fn calls(text: &str, call: &str) -> bool {
    text.match_indices(call)
        .any(|(at, _)| !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_'))
}

#[test]
fn what_still_writes_outside_operations_becomes_less() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let writing = writing(root);
    let mut found = BTreeMap::new();
    for folder in OUTSIDE {
        for file in files(root, &format!("src/{folder}"), ".rs") {
            let text = std::fs::read_to_string(root.join(&file)).expect("a source file is text");
            let count = writing.iter().filter(|call| calls(&text, call)).count();
            if count > 0 {
                found.insert(file, count);
            }
        }
    }
    let known: BTreeMap<String, usize> =
        STILL_WRITE.iter().map(|(file, count)| ((*file).to_owned(), *count)).collect();
    assert_eq!(found, known, "a deed belongs into operations; what has moved leaves this table");
}
