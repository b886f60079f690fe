//! The sentences in `locales/` and the code that says them agree: every key used exists, every key
//! that exists is used, and both languages say the same with the same arguments.
//!
//! Whether a sentence is good Vietnamese is for its readers; here only its form is checked.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use fluent_syntax::ast::{
    CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement,
};
use fluent_syntax::parser;

/// Calls whose first argument, if it is a literal, is a key.
const CALLS: [&str; 10] = [
    "Phrase::new(",
    "Message::of(",
    "Button::new(",
    "Button::link(",
    "Refusal::new(",
    ".title(",
    ".line(",
    ".item(",
    ".fixed(",
    "Phrase::from(",
];

/// Beginnings of keys that the code puts together from a value, and from which one. Such keys
/// cannot be found as literals in `src/`; the feature's own tests say each value.
const DYNAMIC: [(&str, &str); 0] = [];

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

fn looks_like_a_key(text: &str) -> bool {
    let segments: Vec<&str> = text.split('-').collect();
    segments.len() > 1
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && segments.iter().all(|segment| {
            !segment.is_empty()
                && segment.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
        })
}

fn feature(key: &str) -> &str {
    key.split('-').next().unwrap_or_default()
}

/// The literals of a program text that must be keys: the first argument of a call that takes one,
/// and whatever is turned into something else while it looks like a key of a known feature.
fn used_keys<'c>(code: &'c str, features: &BTreeSet<&str>) -> Vec<&'c str> {
    literals(code)
        .into_iter()
        .filter(|(before, text, after)| {
            CALLS.iter().any(|call| before.ends_with(call))
                || after.starts_with(".into()")
                    && looks_like_a_key(text)
                    && features.contains(feature(text))
        })
        .map(|(_, text, _)| text)
        .collect()
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

#[test]
fn keys_are_kebab_case_and_begin_with_their_file() {
    for lang in ["vi", "en"] {
        for path in files(&root("locales").join(lang), "ftl") {
            let stem = path.file_stem().and_then(|stem| stem.to_str()).expect("a plain name");
            for (key, _) in shapes(&read(&path)).expect("the file can be read") {
                let key = key.trim_start_matches('-');
                assert!(looks_like_a_key(key), "{key} is not feature-what");
                assert!(key.starts_with(&format!("{stem}-")), "{key} stands in {stem}.ftl");
            }
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
    assert!(seen > 0, "the scan found no key at all");
}

#[test]
fn every_sentence_is_said_somewhere() {
    let vi = locale("vi");
    let code = sources();
    let mentioned: BTreeSet<&str> =
        code.iter().flat_map(|(_, code)| literals(code)).map(|(_, text, _)| text).collect();
    let quoted: BTreeSet<&String> = vi.values().flat_map(|shape| &shape.quotes).collect();
    for key in vi.keys() {
        let dynamic = DYNAMIC.iter().any(|(prefix, _)| key.starts_with(prefix));
        assert!(
            dynamic || mentioned.contains(key.as_str()) || quoted.contains(key),
            "nothing in src says {key}"
        );
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
        let plain = "demo-plain";
        let escaped = "a \" b"; button.row(Button::new("demo-button", ()));
#[cfg(test)]
mod tests { fn t() { Phrase::new("demo-test"); } }
        "##,
    );
    let used = used_keys(&code, &BTreeSet::from(["demo"]));
    assert_eq!(used, ["demo-title", "demo-line", "demo-into", "demo-button"]);
    let mentioned: Vec<&str> = literals(&code).into_iter().map(|(_, text, _)| text).collect();
    assert!(mentioned.contains(&"demo-plain") && mentioned.contains(&r#"a "quoted" text"#));

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
