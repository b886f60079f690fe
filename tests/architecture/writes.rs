//! Deeds leave the dialogues: where the database is still changed outside `operations`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::source::{Source, files, sources};

/// Those who are to ask an operation, and change nothing themselves.
const OUTSIDE: [&str; 4] = ["assistant", "http", "reminders", "cli"];

/// What carries talk and messages, and is no deed.
const CARRIERS: [&str; 4] = ["sessions", "inbox", "outbox", "web"];

/// What a part keeps for itself, and is no deed either: what falls due, and what became of it.
const OWN: &[(&str, &[&str])] = &[("reminders", &["alerts", "deferrals", "digests", "steps"])];

/// Files that still write, and by how many of the store's functions. A deed that moves makes a number
/// smaller; none grows.
const STILL_WRITE: &[(&str, usize)] = &[
    ("src/assistant/context.rs", 2),
    ("src/assistant/handling.rs", 1),
    ("src/assistant/router.rs", 1),
    ("src/reminders/notice.rs", 2),
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

/// How many of these functions of the store a file calls, by whatever name it has the module.
fn count(source: &Source, writing: &BTreeSet<String>) -> usize {
    let named: Vec<(String, String)> = source
        .paths()
        .into_iter()
        .filter(|named| named.path.len() == 2 && named.path[0] == "store")
        .map(|named| (named.path[1].clone(), named.local))
        .collect();
    let called = |call: &&String| {
        let (module, function) = call.split_once("::").expect("a function of a module");
        let locals = named.iter().filter(|(of, _)| of == module).map(|(_, local)| local.clone());
        locals
            .chain([format!("store::{module}")])
            .any(|local| source.calls(&format!("{local}::{function}")))
    };
    writing.iter().filter(called).count()
}

#[test]
fn what_still_writes_outside_operations_becomes_less() {
    let writing = writing(Path::new(env!("CARGO_MANIFEST_DIR")));
    let mut found = BTreeMap::new();
    for source in sources().iter().filter(|source| OUTSIDE.contains(&source.part())) {
        let own =
            OWN.iter().find(|(part, _)| *part == source.part()).map_or(&[][..], |(_, own)| own);
        let mut deeds = writing.clone();
        deeds.retain(|call| !own.iter().any(|own| call.starts_with(&format!("{own}::"))));
        let count = count(source, &deeds);
        if count > 0 {
            found.insert(source.file.clone(), count);
        }
    }
    let known: BTreeMap<String, usize> =
        STILL_WRITE.iter().map(|(file, count)| ((*file).to_owned(), *count)).collect();
    assert_eq!(found, known, "a deed belongs into operations; what has moved leaves this table");
}
