//! Deeds are apart from talk: only `operations` change the database.

use std::collections::BTreeSet;
use std::path::Path;

use diudat::store::registry;

use crate::source::{Source, files, sources};

/// Those who are to ask an operation, and change nothing themselves.
const OUTSIDE: [&str; 4] = ["assistant", "http", "reminders", "cli"];

/// What carries talk and messages, or gives deeds their turn, and is no deed.
const CARRIERS: [&str; 6] = ["sessions", "inbox", "outbox", "web", "previews", "deeds"];

/// What a part keeps for itself, and is no deed either: what falls due, and what became of it.
const OWN: &[(&str, &[&str])] =
    &[("reminders", &["alerts", "astray", "deferrals", "digests", "steps"])];

/// The functions of the store that change something, as they are called: `road::take(`.
fn writing(root: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for file in files(root, "src/store", ".rs") {
        let module = file.rsplit('/').next().and_then(|name| name.strip_suffix(".rs"));
        let module = module.expect("a file of Rust");
        if CARRIERS.contains(&module) {
            continue;
        }
        let text = std::fs::read_to_string(root.join(&file)).expect("a source file is text");
        let statements = registry().into_iter().find(|(of, _)| *of == module);
        let statements = statements.map_or(&[][..], |(_, statements)| statements);
        let changing = statements.iter().filter(|one| one.writes().is_some());
        let changing: Vec<String> = changing.map(|one| format!("(&{},", one.name)).collect();
        for function in text.split("\npub async fn ").skip(1) {
            let body = function.split("\n}\n").next().unwrap_or(function);
            let name = body.split(['(', '<']).next().unwrap_or_default();
            if body.contains("tx.run(") || changing.iter().any(|name| body.contains(name)) {
                found.insert(format!("{module}::{name}("));
            }
        }
    }
    assert!(found.len() > 50, "the store writes: {found:?}");
    found
}

/// Those of these functions of the store that a file calls, by whatever name it has the module.
fn calls<'w>(source: &Source, writing: &'w BTreeSet<String>) -> impl Iterator<Item = &'w String> {
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
    writing.iter().filter(called).collect::<Vec<_>>().into_iter()
}

#[test]
fn what_changes_the_database_is_an_operation() {
    let writing = writing(Path::new(env!("CARGO_MANIFEST_DIR")));
    let mut found = Vec::new();
    for source in sources().iter().filter(|source| OUTSIDE.contains(&source.part())) {
        let own =
            OWN.iter().find(|(part, _)| *part == source.part()).map_or(&[][..], |(_, own)| own);
        let mut deeds = writing.clone();
        deeds.retain(|call| !own.iter().any(|own| call.starts_with(&format!("{own}::"))));
        found.extend(calls(source, &deeds).map(|call| format!("{}: {call}", source.file)));
    }
    assert!(found.is_empty(), "a deed belongs into operations: {found:#?}");
}
