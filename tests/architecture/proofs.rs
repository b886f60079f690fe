//! No operation trusts its caller: each that reads or writes checks a right, or takes a value that only such
//! a check gives.

use std::collections::{BTreeMap, BTreeSet};

use crate::source::{Function, Source, sources};

/// What only a checked reading gives: nobody outside the file that makes it, and those below, can make one.
const PROOFS: &[&str] = &["Desk", "Dossier", "LedCase", "OpenSheet", "Report", "Shown", "Subject"];

/// What decides by the table of rights, by who administers, or by whom something belongs to.
const CHECKS: &[&str] = &[".must(", ".may(", ".must_administer(", "rights::"];

/// Operations that need no right, and why.
const NEEDS_NONE: &[(&str, &str)] = &[
    ("accounts::reachable", "a platform tells"),
    ("accounts::rename", "a platform tells"),
    ("accounts::unreachable", "a platform tells"),
    ("groups::lose", "a platform tells"),
    ("nudges::seen", "a platform tells"),
    ("notices::owing", "time asks whom to remind"),
    ("notices::plan_again", "time does it"),
    ("notices::remind_nearer", "time does it"),
    ("notices::remind", "time does it"),
    ("shown::under", "it notes what a message shows that was written already"),
    ("timetable::plan_ahead", "time does it"),
    ("meetings::ahead::of_group", "the chat it is asked in is the group of the branch"),
];

/// Operations on what is the doer's own: they ask `me()`, and look for nothing of others.
const OWN: &[&str] = &[
    "advice::give",
    "advice::was_given",
    "attendance::answer",
    "notice_files::discard",
    "notices::read",
    "reports::find",
    "reports::mine",
    "settings::mine",
    "settings::prefer",
    "settings::rest",
    "settings::speak",
    "snoozes::open",
    "snoozes::put_off",
];

/// The operations by module and name, `cases::taking::take`.
fn operations(sources: &[Source]) -> BTreeMap<String, (&Source, Function<'_>)> {
    let inside = sources.iter().filter(|source| source.part() == "operations");
    let each = inside.flat_map(|source| {
        let module = source.module[1..].join("::");
        source
            .functions()
            .into_iter()
            .map(move |function| (format!("{module}::{}", function.name), (source, function)))
    });
    each.collect()
}

/// The operations that check a right themselves or by another operation they call.
fn checking(all: &BTreeMap<String, (&Source, Function<'_>)>) -> BTreeSet<String> {
    let itself = all
        .iter()
        .filter(|(_, (_, function))| CHECKS.iter().any(|check| function.body.contains(check)));
    let mut found: BTreeSet<String> = itself.map(|(name, _)| name.clone()).collect();
    loop {
        let before = found.len();
        for (name, (source, function)) in all {
            let calls = source.calls_in(function);
            if calls.iter().any(|call| found.contains(&call["operations::".len()..])) {
                found.insert(name.clone());
            }
        }
        if found.len() == before {
            return found;
        }
    }
}

#[test]
fn no_operation_trusts_its_caller() {
    let sources = sources();
    let all = operations(&sources);
    assert!(all.len() > 150, "the operations were found: {}", all.len());
    let checking = checking(&all);
    let mut wrong: Vec<&String> = Vec::new();
    let mut idle: BTreeSet<&str> =
        NEEDS_NONE.iter().map(|(name, _)| *name).chain(OWN.iter().copied()).collect();
    for (name, (_, function)) in &all {
        let works = function.takes_a("Work") || function.takes_a("Tx");
        let proven = PROOFS.iter().any(|proof| function.takes_a(proof));
        if !function.open_to_all || !works || proven || checking.contains(name) {
            continue;
        }
        let says_so = !OWN.contains(&name.as_str()) || function.body.contains(".me()?");
        if !idle.remove(name.as_str()) || !says_so {
            wrong.push(name);
        }
    }
    assert!(wrong.is_empty(), "these check no right, and take no proof of one: {wrong:#?}");
    assert!(idle.is_empty(), "these are no exceptions any more: {idle:#?}");
}

/// A proof that anybody can make proves nothing.
#[test]
fn nobody_makes_a_proof_elsewhere() {
    let sources = sources();
    for proof in PROOFS {
        let declared = sources.iter().filter(|source| source.part() == "operations");
        let declared: Vec<&str> = declared.filter_map(|source| source.fields_of(proof)).collect();
        let [fields] = declared[..] else { panic!("{proof} is not one type of operations") };
        let fields = fields.split(',').map(str::trim).filter(|field| !field.is_empty());
        let mut hidden = fields.filter(|field| !field.starts_with("pub "));
        assert!(hidden.next().is_some(), "anybody can make {proof}");
    }
}
