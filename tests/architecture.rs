//! Holds the source to its architecture. The tables below are its documentation: who may import
//! whom, which crate is named where (`architecture/doors.rs`), and what no file does. `docs/architecture.md` says why.
//!
//! The tests read `src/` as text (`architecture/source.rs`); `#[cfg(test)]` items and files named
//! `tests.rs` may do as they like.

#[path = "architecture/doors.rs"]
mod doors;
#[path = "architecture/flags.rs"]
mod flags;
#[path = "architecture/proofs.rs"]
mod proofs;
#[path = "architecture/source.rs"]
mod source;
#[path = "architecture/writes.rs"]
mod writes;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use diudat::channels::MESSENGERS;
use doors::{BONDS, NAMED_ONLY_IN};
use source::{Source, files, sources};

/// A module of the crate's root and the ones it may import. Imports point one way: a row names
/// only rows above it.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    // Leaves. Everybody may know what time it is; they know nobody.
    ("clock", &[]),
    ("backoff", &[]),
    // A span around each piece of work, and how long it took.
    ("spans", &["clock"]),
    ("config", &[]),
    ("meters", &[]),
    // The rules: no database, no channel, no sentence.
    ("domain", &[]),
    // What the files of an office tell, before anybody knows what comes of it.
    ("lists", &["domain"]),
    // What is said: ids of people, and text as it was typed.
    ("message", &["domain"]),
    // What a button means.
    ("taps", &["domain"]),
    // Every statement of SQL.
    ("store", &["taps", "domain", "message", "clock"]),
    // What several parts say in the same words.
    ("phrasing", &["store", "taps", "domain", "message", "lists"]),
    // Whom a message reaches, when, and by which account.
    ("outbound", &["phrasing", "store", "domain", "message", "clock"]),
    // A message becomes text in a language.
    ("render", &["domain", "message"]),
    // The papers of a closed meeting.
    ("papers", &["render", "domain", "message"]),
    // The wire: what a platform sends and takes, and nothing of what it means.
    ("channels", &["config", "domain", "message", "backoff"]),
    // What can be done and asked, by whom, without talk.
    (
        "operations",
        // What is erased is found in texts as messages hide it.
        &["render", "outbound", "phrasing", "store", "taps", "domain", "message", "clock", "lists"],
    ),
    // Who reads a message, and so how the people in it are named.
    ("disclosure", &["operations", "render", "store", "domain", "message"]),
    // What people get an answer to.
    (
        "assistant",
        &[
            "operations",
            "outbound",
            "phrasing",
            "disclosure",
            "render",
            "store",
            "taps",
            "domain",
            "message",
            "clock",
            "spans",
        ],
    ),
    // What time brings.
    (
        "reminders",
        &[
            "operations",
            "outbound",
            "phrasing",
            "store",
            "taps",
            "domain",
            "message",
            "clock",
            "spans",
        ],
    ),
    // What leaves.
    (
        "delivery",
        &[
            "outbound",
            "disclosure",
            "render",
            "store",
            "domain",
            "meters",
            "message",
            "clock",
            "backoff",
            "spans",
        ],
    ),
    // Pages and webhooks; what a page shows or does is asked of an operation.
    (
        "http",
        &[
            "channels",
            "papers",
            "operations",
            "phrasing",
            "disclosure",
            "render",
            "store",
            "domain",
            "lists",
            "message",
            "clock",
        ],
    ),
    // Puts the parts together.
    ("app", EVERYTHING_ABOVE),
    // The commands. Those that list and count ask the parts directly.
    ("cli", EVERYTHING_ABOVE),
    ("main", &["cli"]),
    ("lib", &[]),
];

/// Stands for all rows above a row.
const EVERYTHING_ABOVE: &[&str] = &["everything above"];

/// What the files of `src/assistant/engine/` may import of one another and of the assistant. What
/// stands beside the engine is a feature and may import [`OPEN_TO_FEATURES`].
const INSIDE_THE_ENGINE: &[(&str, &[&str])] = &[
    // A command is answered in a context, which knows every command.
    ("command", &["context", "failure"]),
    ("confirming", &["context", "failure", "feature"]),
    ("effects", &[]),
    ("failure", &[]),
    ("pages", &[]),
    ("strangers", &[]),
    ("context", &["command", "effects", "failure"]),
    ("feature", &["command", "context", "failure"]),
    ("handling", &["context", "effects", "failure", "router", "strangers"]),
];

/// What a feature stands on. Features do not import each other.
const OPEN_TO_FEATURES: &[&str] = &["command", "context", "failure", "feature", "pages"];

/// The one file of the engine that lists all features.
const KNOWS_EVERY_FEATURE: &str = "router";

/// Messengers that are not there yet and named nowhere for all that.
const PLANNED: &[&str] = &["zalo"];

/// Where a messenger may be named, with its name for NAME: in its folder, in the list of messengers,
/// and where its section of the settings is.
const NAMES_A_MESSENGER: &[&str] =
    &["src/channels/NAME/", "src/channels/mod.rs", "src/config.rs", "src/config/NAME.rs"];

/// What rules do without: they compute from what they are handed.
const NOT_IN_DOMAIN: &[&str] = &["async", "await", "tokio", "std::fs", "std::net", "std::process"];

/// A longer file has more than one reason to be.
const LINES: usize = 600;

/// The program's name is no sentence.
const NAME: &str = "Dìu Dắt";

#[test]
fn imports_point_one_way() {
    let mut wrong = Findings::default();
    for source in sources() {
        let part = source.part();
        let Some(allowed) = may_import(part) else {
            wrong.push(format!("{}: `{part}` is not in MAY_IMPORT", source.file));
            continue;
        };
        for named in source.paths() {
            let Some(other) = named.path.first() else { continue };
            if other != part && !allowed.contains(&other.as_str()) {
                wrong.push(format!(
                    "{}:{}: `{part}` may not import `crate::{}`; it may import {}",
                    source.file,
                    named.line,
                    named.path.join("::"),
                    listed(&allowed),
                ));
            }
        }
    }
    wrong.none("Imports point one way; see MAY_IMPORT in tests/architecture.rs.");
}

#[test]
fn the_table_of_imports_itself_points_one_way() {
    let mut wrong = Findings::default();
    let parts: BTreeSet<String> = sources().iter().map(|source| source.part().to_owned()).collect();
    for (row, (part, _)) in MAY_IMPORT.iter().enumerate() {
        if !parts.contains(*part) {
            wrong.push(format!("`{part}` is not in src/"));
        }
        let above: Vec<&str> = MAY_IMPORT[..row].iter().map(|(part, _)| *part).collect();
        for other in may_import(part).unwrap_or_default() {
            if !above.contains(&other) {
                wrong.push(format!("`{part}` may import `{other}`, which does not stand above it"));
            }
        }
    }
    wrong.none("A row of MAY_IMPORT names a module of src/ and imports only rows above it.");
}

/// `docs/architecture.md` shows the same table to whoever reads before they build.
#[test]
fn the_map_in_the_docs_is_this_table() {
    let docs = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/architecture.md");
    let docs = std::fs::read_to_string(docs).expect("the map is text");
    let (_, table) = docs.split_once("| may import |\n").expect("the map has the table");
    let shown: Vec<&str> = table.lines().skip(1).take_while(|line| line.starts_with('|')).collect();
    let row = |(part, allowed): &(&str, &[&str])| match *allowed {
        [] => format!("| `{part}` | – |"),
        EVERYTHING_ABOVE => format!("| `{part}` | {} |", EVERYTHING_ABOVE.join("")),
        allowed => format!("| `{part}` | `{}` |", allowed.join("`, `")),
    };
    assert_eq!(shown, MAY_IMPORT.iter().map(row).collect::<Vec<_>>());
}

/// What a module may import, spelled out; `None` if the table does not know it.
fn may_import(part: &str) -> Option<Vec<&'static str>> {
    let row = MAY_IMPORT.iter().position(|(name, _)| *name == part)?;
    let (_, allowed) = MAY_IMPORT[row];
    if allowed == EVERYTHING_ABOVE {
        return Some(MAY_IMPORT[..row].iter().map(|(name, _)| *name).collect());
    }
    Some(allowed.to_vec())
}

#[test]
fn features_do_not_import_each_other() {
    let mut wrong = Findings::default();
    for source in sources() {
        let (own, allowed) = match source.module.iter().map(String::as_str).collect::<Vec<_>>()[..]
        {
            ["assistant", "engine", KNOWS_EVERY_FEATURE] => continue,
            ["assistant", "engine", file] => {
                let row = INSIDE_THE_ENGINE.iter().find(|(name, _)| *name == file);
                let (_, allowed) = row.expect("a file of the engine stands in INSIDE_THE_ENGINE");
                (file, *allowed)
            }
            // The engine's own list of its files.
            ["assistant", "engine"] => continue,
            ["assistant", feature, ..] => (feature, OPEN_TO_FEATURES),
            _ => continue,
        };
        for named in source.paths() {
            let other = match named.path.iter().map(String::as_str).collect::<Vec<_>>()[..] {
                ["assistant", "engine", file, ..] if allowed.contains(&file) => continue,
                ["assistant", "engine", file, ..] => file,
                ["assistant", feature, ..] => feature,
                _ => continue,
            };
            if other != own && other.starts_with(char::is_lowercase) {
                wrong.push(format!(
                    "{}:{}: `{own}` may not import `{other}`; inside the assistant it may import \
                     {}, and what two features need belongs in `store` or `domain`",
                    source.file,
                    named.line,
                    listed(allowed),
                ));
            }
        }
    }
    wrong.none("Features do not import each other; see INSIDE_THE_ENGINE.");
}

#[test]
fn each_crate_has_its_place() {
    let mut wrong = Findings::default();
    for source in sources() {
        for (name, places) in NAMED_ONLY_IN {
            if places.iter().any(|place| source.file.starts_with(place)) {
                continue;
            }
            for line in source.lines_naming(name) {
                let allowed = if places.is_empty() { "not used" } else { "named only in" };
                let places = places.join(", ");
                wrong.push(format!("{}:{line}: `{name}` is {allowed} {places}", source.file));
            }
        }
    }
    wrong.none("Each of these has its place; see NAMED_ONLY_IN.");
}

#[test]
fn every_place_that_is_set_aside_is_used() {
    let sources = sources();
    let mut wrong = Findings::default();
    for (name, places) in NAMED_ONLY_IN {
        for place in *places {
            let inside = |source: &&Source| source.file.starts_with(place);
            if !sources.iter().filter(inside).any(|source| !source.lines_naming(name).is_empty()) {
                wrong.push(format!("{place} does not name `{name}`"));
            }
        }
    }
    wrong.none("NAMED_ONLY_IN says where something is that is not there.");
}

#[test]
fn rights_are_decided_in_one_place() {
    let mut wrong = Findings::default();
    for (member, files) in BONDS {
        let mut reading = BTreeSet::new();
        for source in sources() {
            for line in source.lines_reading(member) {
                if !files.contains(&source.file.as_str()) {
                    wrong.push(format!("{}:{line}: `{member}`", source.file));
                }
                reading.insert(source.file.clone());
            }
        }
        for file in files.iter().filter(|file| !reading.contains(**file)) {
            wrong.push(format!("{file} does not read `{member}`"));
        }
    }
    wrong.none("Who may do what is asked of operations::rights; see BONDS.");
}

#[test]
fn a_messenger_is_named_in_its_folder_in_the_list_and_in_the_settings() {
    let there: Vec<&str> = MESSENGERS.iter().map(|messenger| messenger.name).collect();
    assert!(!there.is_empty(), "the list of messengers is empty");
    let mut wrong = Findings::default();
    for name in there.iter().chain(PLANNED) {
        let places: Vec<String> =
            NAMES_A_MESSENGER.iter().map(|place| place.replace("NAME", name)).collect();
        for source in sources() {
            if places.iter().any(|place| source.file.starts_with(place)) {
                continue;
            }
            for line in source.lines_holding(name) {
                wrong.push(format!("{}:{line}: `{name}`", source.file));
            }
        }
    }
    wrong.none(
        "Only its own folder, the list in src/channels/mod.rs and its section of the settings name a \
         messenger; elsewhere it is one of `MESSENGERS`.",
    );
}

#[test]
fn rules_compute_and_do_nothing_else() {
    let mut wrong = Findings::default();
    for source in sources().iter().filter(|source| source.part() == "domain") {
        for name in NOT_IN_DOMAIN {
            for line in source.lines_naming(name) {
                wrong.push(format!("{}:{line}: `{name}`", source.file));
            }
        }
    }
    wrong.none("The domain computes from what it is handed: no input, no output, no waiting.");
}

#[test]
fn files_are_short() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut wrong = Findings::default();
    for file in files(root, "src", ".rs").into_iter().chain(files(root, "tests", ".rs")) {
        let text = std::fs::read_to_string(root.join(&file)).expect("a source file is text");
        let lines = text.lines().count();
        if lines > LINES {
            wrong.push(format!("{file}: {lines} lines, {LINES} are allowed"));
        }
    }
    wrong.none("A file has one reason to be: split it along its second one.");
}

#[test]
fn what_people_read_stands_in_the_locales() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut wrong = Findings::default();
    // What stands in the lists of offices is read there, not said.
    for source in sources().into_iter().filter(|source| source.part() != "lists") {
        for (line, text) in source.texts() {
            if is_vietnamese(&text.replace(NAME, "")) {
                wrong.push(format!("{}:{line}: {text:?}", source.file));
            }
        }
    }
    for file in files(root, "src", ".html") {
        let text = std::fs::read_to_string(root.join(&file)).expect("a template is text");
        for (number, line) in text.lines().enumerate() {
            if is_vietnamese(&line.replace(NAME, "")) {
                wrong.push(format!("{file}:{}: {:?}", number + 1, line.trim()));
            }
        }
    }
    wrong.none("Sentences that people read stand in locales/vi and locales/en, not in src/.");
}

/// Whether a text holds a letter that Vietnamese has and English does not.
fn is_vietnamese(text: &str) -> bool {
    const LETTERS: &str = "àáâãèéêìíòóôõùúýăđĩũơư";
    text.chars()
        .flat_map(char::to_lowercase)
        .any(|c| LETTERS.contains(c) || ('\u{1ea0}'..='\u{1ef9}').contains(&c))
}

fn listed(names: &[&str]) -> String {
    match names {
        [] => "nothing".to_owned(),
        names => names.join(", "),
    }
}

/// What a test found, so that one run shows all of it.
#[derive(Default)]
struct Findings(Vec<String>);

impl Findings {
    fn push(&mut self, finding: String) {
        self.0.push(finding);
    }

    #[track_caller]
    fn none(self, rule: &str) {
        let mut told = String::new();
        for finding in &self.0 {
            let _ = write!(told, "\n  {finding}");
        }
        assert!(self.0.is_empty(), "\n{rule}{told}\n");
    }
}

/// The reader, on a file that holds what it must not be misled by.
mod reader {
    use super::{Source, is_vietnamese};

    const SAMPLE: &str = r##"//! Nobody imports crate::app here.
use super::units::{Unit, UnitTree as Tree};
use crate::{
    clock::Instant,
    message::{self, Address, parts::{Key, Run}},
};
/* crate::http /* and */ sqlx */
const QUOTE: char = '"';
const TEXT: &str = "a \" crate::cli // đ";
const RAW: &str = r#"one " mark"#;
fn life<'a>(x: &'a str) -> crate::taps::Tap { super::super::domain::code(x, '\'', b"two") }
#[cfg(test)]
#[allow(unused)]
mod tests {
    use crate::assistant::Test;
    const WORD: &str = "đồng chí";
}
fn last() { sqlx::query(); my_sqlx(); me.offices.len(); me.leads() }
use std::{fmt, time::{Duration, Instant as Monotonic}};
fn more() { me.offices_of(); me.leads.len(); }
"##;

    fn sample() -> Source {
        Source::new("src/store/people.rs", SAMPLE)
    }

    #[test]
    fn finds_every_path_and_no_other() {
        let found: Vec<String> = sample()
            .paths()
            .into_iter()
            .map(|named| format!("{} {}", named.line, named.path.join("::")))
            .collect();
        assert_eq!(
            found,
            [
                "2 store::units::Unit",
                "2 store::units::UnitTree",
                "4 clock::Instant",
                "5 message",
                "5 message::Address",
                "5 message::parts::Key",
                "5 message::parts::Run",
                "11 taps::Tap",
                "11 domain::code",
            ]
        );
    }

    #[test]
    fn finds_texts_outside_tests() {
        let source = sample();
        let texts: Vec<_> = source.texts().collect();
        assert_eq!(texts, [(9, r#"a \" crate::cli // đ"#), (10, "one \" mark"), (11, "two")]);
        assert!(is_vietnamese(texts[0].1) && !is_vietnamese(texts[1].1));
    }

    #[test]
    fn finds_whole_words_in_code() {
        let lines = |name| sample().lines_naming(name).into_iter().collect::<Vec<_>>();
        assert_eq!(lines("sqlx"), [18]);
        assert_eq!(lines("std::time::Instant"), [19]);
        assert!(lines("std::time::SystemTime").is_empty());
    }

    #[test]
    fn finds_fields_and_calls() {
        let lines = |member| sample().lines_reading(member).into_iter().collect::<Vec<_>>();
        assert_eq!((lines(".offices"), lines(".leads(")), (vec![18], vec![18]));
        assert!(lines(".office").is_empty() && lines(".query(").is_empty());
    }

    #[test]
    fn finds_a_piece_of_a_word_in_code_and_in_texts_but_not_in_comments() {
        let lines = |text| sample().lines_holding(text).into_iter().collect::<Vec<_>>();
        assert_eq!(lines("unittree"), [2]);
        assert_eq!(lines("cli"), [9]);
        assert_eq!(lines("http"), [] as [usize; 0]);
    }

    #[test]
    fn knows_where_a_file_stands() {
        let module = |file| Source::new(file, "").module.join("::");
        assert_eq!(module("src/main.rs"), "main");
        assert_eq!(module("src/app/mod.rs"), "app");
        assert_eq!(module("src/assistant/report/questions.rs"), "assistant::report::questions");
    }
}

#[test]
fn every_test_that_the_list_of_threats_names_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let list = std::fs::read_to_string(root.join("docs/threats.md")).expect("the list");
    let mut named = 0;
    for row in list.lines().filter(|row| row.starts_with('|')) {
        let Some(shown) = row.trim_end_matches([' ', '|']).rsplit('|').next() else { continue };
        // "`file` name, name, `file` name"
        for of_file in shown.split("`tests/").skip(1) {
            let (file, names) = of_file.split_once('`').expect("a closing quote");
            let code = std::fs::read_to_string(root.join("tests").join(file));
            let code = code.unwrap_or_else(|error| panic!("{file}: {error}"));
            let names = names.split(" ([").next().unwrap_or_default();
            for name in names.split(',').map(str::trim).filter(|name| !name.is_empty()) {
                assert!(code.contains(&format!("fn {name}(")), "{file} has no {name}");
                named += 1;
            }
        }
    }
    assert!(named > 30, "only {named} tests are named");
}
