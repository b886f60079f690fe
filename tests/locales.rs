//! The sentences in `locales/` and the code that says them agree: every key used exists, every key
//! that exists is used, a sentence is told what it asks for, and both languages say the same with
//! the same arguments.
//!
//! Whether a sentence is good Vietnamese is for its readers; here only its form is checked.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use diudat::channels::{MESSENGERS, console, web};
use diudat::domain::audit::{Act, ActKind, Field, State};
use diudat::domain::class::{ClassKind, Outcome};
use diudat::domain::language::Language;
use diudat::domain::listed::{Counted, Departure};
use diudat::domain::minutes::{AgendaItem, Band, PaperKind, Presence};
use diudat::domain::people::{OfficeKind, Status};
use diudat::domain::regulations::{CountedFrom, ListApproval, Regulations};
use diudat::domain::report::{Aspect, Rating, Recommendation};
use diudat::domain::road::{
    Ask, CaseStep, DeadlineKind, Paper, PaperSet, Place, Reason, Stage, Who,
};
use diudat::domain::target::TargetKind;
use diudat::message::{Disclosure, Phrase};
use diudat::phrasing::channel_name;
use diudat::render::{Reader, say};
use diudat::store::audit::COMMAND_LINE;
use fluent_syntax::ast::{
    CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement,
};
use fluent_syntax::parser;

/// Where a key may stand alone: the sentence is told nothing.
const PLAIN: [&str; 13] = [
    "Phrase::from(",
    "Message::of(",
    "Button::new(",
    "Button::link(",
    "Failure::refusal(",
    "refuse(",
    ".title(",
    ".line(",
    ".item(",
    ".toast(",
    ".say_aside(",
    "wrong(cx,",
    // Under a command: the line that says what it does, in help and on a button.
    "about:",
];

/// Calls that make a sentence, and what they tell it beside the `.with("…", …)` that follow.
const TELLING: [(&str, &[&str]); 10] = [
    ("notice_file(", &["name", "size"]),
    ("Phrase::new(", &[]),
    ("on_target(", &["unit", "year", "kind"]),
    ("fared(", &["sent", "certified", "open"]),
    ("headed(", &["candidate", "month", "due"]),
    ("on_step(", &["candidate", "step"]),
    ("on_sheet(", &["mentor", "candidate", "month"]),
    ("confirm(", &["at"]),
    ("tell_secretary(", &["name", "unit", "count", "people"]),
    ("counts(", &["recipients", "arrived", "read", "unread", "unreachable"]),
];

/// Calls that take a key and its arguments in a form that is not looked into.
const OTHER: [&str; 1] = [".fixed("];

/// Keys that the code puts together from the beginning of a literal and a value, with that
/// beginning as it stands in the code.
fn composed() -> Vec<(&'static str, String)> {
    fn family<T: ToString>(
        start: &'static str,
        values: &[T],
    ) -> impl Iterator<Item = (&'static str, String)> {
        values.iter().map(move |value| (start, format!("{start}{}", value.to_string())))
    }
    family("office-", OfficeKind::ALL)
        .chain(family("rating-", Rating::ALL))
        .chain(family("aspect-", Aspect::ALL))
        .chain(family("recommendation-", Recommendation::ALL))
        .chain(family("agenda-", AgendaItem::ALL))
        .chain(family("band-", Band::ALL))
        .chain(family("paper-", PaperKind::ALL))
        .chain(family("presence-", Presence::ALL))
        .chain(family("docs-proposal-", Recommendation::ALL))
        .chain(family("status-", Status::ALL))
        .chain(family("departure-", Departure::ALL))
        .chain(family("lists-count-", Counted::ALL))
        .chain(family("stage-", Stage::ALL))
        .chain(family("step-", CaseStep::ALL))
        .chain(family("who-", Who::ALL))
        .chain(family("paper-", Paper::ALL))
        .chain(family("papers-", PaperSet::ALL))
        .chain(family("papers-button-", PaperSet::ALL))
        .chain(family("place-", Place::ALL))
        .chain(family("reason-", Reason::ALL))
        .chain(family("deadline-", DeadlineKind::ALL))
        .chain(family("asked-", Ask::ALL))
        .chain(family("counted-from-", CountedFrom::ALL))
        .chain(family("class-kind-", ClassKind::ALL))
        .chain(family("class-short-", ClassKind::ALL))
        .chain(family("class-outcome-", Outcome::ALL))
        .chain(family("target-kind-", TargetKind::ALL))
        .chain(family("approved-by-", ListApproval::ALL))
        .chain(family("regulation-", Regulations::KEYS))
        .chain(family("audit-kind-", ActKind::ALL))
        .chain(family("audit-act-", &Act::ALL.iter().map(|act| act.key()).collect::<Vec<_>>()))
        .chain(family("audit-field-", Field::ALL))
        .chain(family("audit-state-", State::ALL))
        .collect()
}

/// What one sentence consists of, apart from its words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Shape {
    /// Arguments of the sentence itself and of each attribute (`.word`), by attribute.
    arguments: BTreeMap<String, BTreeSet<String>>,
    /// Other sentences it quotes.
    quotes: BTreeSet<String>,
}

type Locale = BTreeMap<String, Shape>;

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("the folder can be read").path();
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|e| e == extension) {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The sentences of one language; a key that stands twice or cannot be read fails.
fn locale(lang: &str) -> Locale {
    let mut all = Locale::new();
    for path in files(&root("locales").join(lang), "ftl") {
        for (key, shape) in
            shapes(&read(&path)).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
        {
            assert!(all.insert(key.clone(), shape).is_none(), "{key} stands twice in {lang}");
        }
    }
    all
}

fn shapes(source: &str) -> Result<Vec<(String, Shape)>, String> {
    let resource = parser::parse(source).map_err(|(_, errors)| format!("{errors:?}"))?;
    let mut found = Vec::new();
    for entry in resource.body {
        let (key, value, attributes) = match entry {
            Entry::Message(message) => {
                (message.id.name.to_owned(), message.value, message.attributes)
            }
            Entry::Term(term) => (format!("-{}", term.id.name), Some(term.value), term.attributes),
            Entry::Junk { content } => return Err(format!("cannot be read: {content}")),
            _ => continue,
        };
        let mut shape = Shape::default();
        let parts = value
            .iter()
            .map(|value| ("", value))
            .chain(attributes.iter().map(|attribute| (attribute.id.name, &attribute.value)));
        for (name, pattern) in parts {
            let mut arguments = BTreeSet::new();
            in_pattern(pattern, &mut arguments, &mut shape.quotes);
            shape.arguments.insert(name.to_owned(), arguments);
        }
        found.push((key, shape));
    }
    Ok(found)
}

type Names = BTreeSet<String>;

fn in_pattern(pattern: &Pattern<&str>, arguments: &mut Names, quotes: &mut Names) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            in_expression(expression, arguments, quotes);
        }
    }
}

fn in_expression(expression: &Expression<&str>, arguments: &mut Names, quotes: &mut Names) {
    match expression {
        Expression::Inline(inline) => in_inline(inline, arguments, quotes),
        Expression::Select { selector, variants } => {
            in_inline(selector, arguments, quotes);
            for variant in variants {
                in_pattern(&variant.value, arguments, quotes);
            }
        }
    }
}

fn in_inline(inline: &InlineExpression<&str>, arguments: &mut Names, quotes: &mut Names) {
    let mut in_call = |call: &CallArguments<&str>| {
        for positional in &call.positional {
            in_inline(positional, arguments, quotes);
        }
        for named in &call.named {
            in_inline(&named.value, arguments, quotes);
        }
    };
    match inline {
        InlineExpression::VariableReference { id } => {
            arguments.insert(id.name.to_owned());
        }
        InlineExpression::MessageReference { id, .. } => {
            quotes.insert(id.name.to_owned());
        }
        InlineExpression::TermReference { id, arguments: call, .. } => {
            if let Some(call) = call {
                in_call(call);
            }
            quotes.insert(format!("-{}", id.name));
        }
        InlineExpression::FunctionReference { arguments: call, .. } => in_call(call),
        InlineExpression::Placeable { expression } => in_expression(expression, arguments, quotes),
        InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
    }
}

/// The program's own text of a source file: without its tests and its comments.
fn program(source: &str) -> String {
    let code = source.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

fn sources() -> Vec<(PathBuf, String)> {
    files(&root("src"), "rs")
        .into_iter()
        .map(|path| (path.clone(), program(&read(&path))))
        .collect()
}

/// Every string literal of a program text with the text before and after it. Escapes are left as
/// they stand; a key has none.
fn literals(code: &str) -> Vec<(&str, &str, &str)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = code[at..].find(['"', '\'']).map(|i| at + i) {
        if code[open..].starts_with('\'') {
            // A character literal may hold a quote; a lifetime has no second apostrophe.
            let skip =
                ["'\"'", "'\\\"'", "'\\''"].into_iter().find(|c| code[open..].starts_with(c));
            at = open + skip.map_or(1, str::len);
            continue;
        }
        let hashes = code[..open].bytes().rev().take_while(|b| *b == b'#').count();
        let raw = code[..open - hashes].ends_with('r');
        let close = if raw {
            code[open + 1..].find(&format!("\"{}", "#".repeat(hashes))).map(|i| open + 1 + i)
        } else {
            let mut escaped = false;
            code[open + 1..]
                .char_indices()
                .find(|(_, c)| {
                    let end = *c == '"' && !escaped;
                    escaped = *c == '\\' && !escaped;
                    end
                })
                .map(|(i, _)| open + 1 + i)
        };
        let close = close.expect("a literal ends");
        found.push((
            code[..open].trim_end(),
            &code[open + 1..close],
            code[close + 1..].trim_start(),
        ));
        at = close + 1;
    }
    found
}

/// Words of lower case letters and digits, joined by hyphens; a value may bring an underscore.
fn looks_like_a_key(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.split('-').all(|segment| {
            !segment.is_empty()
                && segment.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        })
}

fn feature(key: &str) -> &str {
    key.split('-').next().unwrap_or_default()
}

/// The literals of a program text that must be keys: the first argument of a call that takes one,
/// and whatever begins like the keys of a feature.
fn used_keys<'c>(code: &'c str, features: &BTreeSet<&str>) -> Vec<&'c str> {
    let telling = TELLING.iter().map(|(call, _)| call);
    let calls: Vec<&str> = PLAIN.iter().chain(&OTHER).chain(telling).copied().collect();
    literals(code)
        .into_iter()
        .filter(|(before, text, _)| {
            calls.iter().any(|call| before.ends_with(call))
                || text.contains('-') && looks_like_a_key(text) && features.contains(feature(text))
        })
        .map(|(_, text, _)| text)
        .collect()
}

/// A key and the names of what it is told where it stands.
type Told<'c> = (&'c str, BTreeSet<&'c str>);

/// What is told to the keys of a program text, where that can be read off: not where a key comes
/// through a variable.
fn told(code: &str) -> Vec<Told<'_>> {
    let literals = literals(code);
    let start = |text: &str| text.as_ptr() as usize - code.as_ptr() as usize;
    let mut found: Vec<Told> = literals
        .iter()
        .filter(|(before, _, _)| PLAIN.iter().any(|call| before.ends_with(call)))
        .map(|(_, text, _)| (*text, BTreeSet::new()))
        .collect();

    // The same text with nothing inside its literals, so that brackets can be counted.
    let mut bare = code.replace("'('", "'_'").replace("')'", "'_'").into_bytes();
    for (_, text, _) in &literals {
        bare[start(text)..start(text) + text.len()].fill(b'_');
    }
    let bare = String::from_utf8_lossy(&bare);
    let within = |from: usize, to: usize| {
        let inside = move |text: &&str| (from..to).contains(&start(text));
        literals.iter().map(|(_, text, _)| *text).filter(inside).collect::<Vec<_>>()
    };
    for (call, given) in TELLING {
        for (at, _) in bare.match_indices(call) {
            let mut end = closing(&bare, at + call.len());
            let keys = within(at, end);
            let mut names: BTreeSet<&str> = given.iter().copied().collect();
            while let Some(with) = bare[end + 1..].trim_start().strip_prefix(".with(") {
                let open = bare.len() - with.len();
                end = closing(&bare, open);
                names.extend(within(open, end).first());
            }
            found.extend(keys.into_iter().map(|key| (key, names.clone())));
        }
    }
    found
}

/// Where the bracket that was opened just before `from` is closed.
fn closing(bare: &str, from: usize) -> usize {
    let mut depth = 1;
    for (at, c) in bare[from..].char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return from + at;
        }
    }
    panic!("a bracket is not closed: {}", &bare[from..bare.len().min(from + 80)]);
}

#[test]
fn both_languages_have_the_same_keys_attributes_and_arguments() {
    let (vi, en) = (locale("vi"), locale("en"));
    assert!(vi.contains_key("format-date"), "the files were not read");
    for key in vi.keys().chain(en.keys()) {
        let (vi, en) = (vi.get(key), en.get(key));
        // What a sentence quotes may differ; what it is told may not.
        assert_eq!(
            vi.map(|shape| &shape.arguments),
            en.map(|shape| &shape.arguments),
            "{key} differs between vi and en"
        );
    }
}

/// A messenger that nobody named would be called by its bot's name.
#[test]
fn every_channel_has_a_name() {
    let messengers = MESSENGERS.iter().map(|messenger| messenger.name);
    for bot in messengers.chain([web::BOT, console::BOT, COMMAND_LINE]) {
        for lang in [Language::Vi, Language::En] {
            let name = say(&channel_name(bot), lang, Disclosure::Codes, &Reader::of_no_names());
            assert_ne!(name, bot, "{lang:?}");
        }
    }
}

#[test]
fn keys_are_kebab_case() {
    for lang in ["vi", "en"] {
        for key in locale(lang).keys() {
            assert!(looks_like_a_key(key.trim_start_matches('-')), "{key} is not feature-what");
        }
    }
}

#[test]
fn every_key_in_the_code_has_a_sentence() {
    let vi = locale("vi");
    let features = vi.keys().map(|key| feature(key)).collect();
    let mut seen = 0;
    for (path, code) in sources() {
        for key in used_keys(&code, &features) {
            assert!(vi.contains_key(key), "{}: no sentence for {key:?}", path.display());
            seen += 1;
        }
    }
    assert!(seen > 100, "the scan found only {seen} keys");
    for (_, key) in composed() {
        assert!(vi.contains_key(&key), "no sentence for {key:?}");
    }
}

#[test]
fn every_sentence_is_said_somewhere() {
    let vi = locale("vi");
    let code = sources();
    let mentioned: BTreeSet<&str> =
        code.iter().flat_map(|(_, code)| literals(code)).map(|(_, text, _)| text).collect();
    let quoted: BTreeSet<&String> = vi.values().flat_map(|shape| &shape.quotes).collect();
    let composed: BTreeSet<String> = composed()
        .into_iter()
        .filter(|(start, _)| mentioned.iter().any(|text| text.starts_with(&format!("{start}{{"))))
        .map(|(_, key)| key)
        .collect();
    for key in vi.keys() {
        assert!(
            mentioned.contains(key.as_str()) || composed.contains(key) || quoted.contains(key),
            "nothing in src says {key}"
        );
    }
}

#[test]
fn every_sentence_is_told_what_it_asks_for() {
    let vi = locale("vi");
    let mut seen = 0;
    for (path, code) in sources() {
        for (key, names) in told(&code) {
            let Some(shape) = vi.get(key) else { continue };
            for wanted in shape.arguments.values().flatten() {
                assert!(
                    names.contains(wanted.as_str()),
                    "{}: {key} is not told ${wanted}",
                    path.display()
                );
            }
            seen += 1;
        }
    }
    assert!(seen > 100, "the scan found only {seen} keys");
}

#[test]
fn labels_and_words_fit_where_they_stand() {
    for &lang in Language::ALL {
        let mut words = BTreeSet::new();
        for (key, shape) in locale(lang.as_str()) {
            let longest = match feature(&key) {
                "button" | "rating" | "aspect" | "recommendation" => 24,
                _ if key.ends_with("-about") => 60,
                // Shown for a moment over the button that was tapped.
                "tap" => 200,
                _ => continue,
            };
            let text =
                say(&Phrase::new(key.as_str()), lang, Disclosure::Names, &Reader::of_no_names());
            assert!(text.chars().count() <= longest, "{lang}: {key} is too long: {text}");
            if shape.arguments.contains_key("word") {
                assert!(words.insert(key));
            }
        }
        let unasked = [
            "button-accept",
            "button-coming",
            "button-excused",
            "button-mend-report",
            "button-notice-read",
            "button-report",
            "button-report-again",
            "button-return",
            "button-roll",
            "button-snooze",
            "button-tasks",
            "button-thematic",
        ];
        assert!(words.iter().eq(unasked), "{lang}: {words:?}");
    }
}

#[test]
fn vietnamese_is_written_composed_and_with_its_marks() {
    use unicode_normalization::is_nfc;
    for lang in ["vi", "en"] {
        for path in files(&root("locales").join(lang), "ftl") {
            let source = read(&path);
            assert!(is_nfc(&source), "{} holds decomposed letters", path.display());
            let marked = source.chars().any(|c| c.is_alphabetic() && !c.is_ascii());
            assert!(lang == "en" || marked, "{} has no marks at all", path.display());
        }
    }
}

#[test]
fn the_scan_sees_what_it_should() {
    let code = program(
        r##"
        // Phrase::new("demo-comment")
        Message::new().title("demo-title").line(
            Phrase::new("demo-line").with("x", '"'),
        );
        let raw = r#"a "quoted" text"#;
        let kept: Phrase = "demo-into".into();
        let other: String = "image-png".into();
        let key = if plain { "demo-plain" } else { "demo_not" };
        return refuse(Phrase::new(match nth { 1 => "demo-one", _ => "demo-two" })
            .with("day", at(")"))
            .with("of", Phrase::new("demo-inner").with("x", 1)));
        headed("demo-head", practice, case).with("name", "N");
        let escaped = "a \" b"; button.row(Button::new("demo-button", ()));
#[cfg(test)]
mod tests { fn t() { Phrase::new("demo-test"); } }
        "##,
    );
    let used = used_keys(&code, &BTreeSet::from(["demo"]));
    let expected = "title line into plain one two inner head button";
    assert_eq!(used, expected.split(' ').map(|key| format!("demo-{key}")).collect::<Vec<_>>());
    let mentioned: Vec<&str> = literals(&code).into_iter().map(|(_, text, _)| text).collect();
    assert!(mentioned.contains(&"demo_not") && mentioned.contains(&r#"a "quoted" text"#));
    let mut told = told(&code);
    told.sort();
    let expected: [(&str, &[&str]); 7] = [
        ("demo-button", &[]),
        ("demo-head", &["candidate", "due", "month", "name"]),
        ("demo-inner", &["x"]),
        ("demo-line", &["x"]),
        ("demo-one", &["day", "of"]),
        ("demo-title", &[]),
        ("demo-two", &["day", "of"]),
    ];
    assert_eq!(told, expected.map(|(key, names)| (key, names.iter().copied().collect())));

    let found = shapes(
        "a-b = { $x -> \n [one] { $y }\n *[other] { NUMBER($z) } { a-c }\n }\n .word = { $w }\n",
    );
    let (key, shape) = &found.expect("it can be read")[0];
    assert_eq!(key, "a-b");
    let names = |all: &[&str]| all.iter().map(|name| (*name).to_owned()).collect::<Names>();
    assert_eq!(shape.arguments[""], names(&["x", "y", "z"]));
    assert_eq!(shape.arguments["word"], names(&["w"]));
    assert_eq!(shape.quotes, names(&["a-c"]));
    assert!(shapes("a-b = { $x").is_err());
}
