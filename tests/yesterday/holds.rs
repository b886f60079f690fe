//! What a database holds that a later program must understand, counted by kind: open questions,
//! buttons, messages and updates that wait, drafts, and what is planned. Only stored words are looked
//! at.

use std::collections::BTreeMap;
use std::path::Path;

use diudat::domain::month::StepKind;
use diudat::domain::road::DeadlineKind;
use diudat::message::{Arg, Event, Link};
use diudat::taps::Tap;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::afterwards::PLANNED;
use crate::fixture::{HOLDS, column};

pub type Counts = BTreeMap<String, usize>;

/// Kinds that no fixture holds, and why. What a version adds is listed here until its own fixture is
/// made.
const ABSENT: [(&str, &str); 19] = [
    ("argument who", "since 0.1: people are named by id"),
    ("argument excerpt", "since 0.1: what is cut is masked first"),
    ("argument near", "since 0.1: a notice is looked through for names of all its branches"),
    ("button settings.open", "no message has such a button: the settings are opened by a command"),
    ("button personnel.somebody", "new since 0.1"),
    ("button personnel.begin", "new since 0.1"),
    ("button personnel.unit", "new since 0.1"),
    ("button personnel.status", "new since 0.1"),
    ("button personnel.how", "new since 0.1"),
    ("button personnel.office", "new since 0.1"),
    ("button personnel.day", "new since 0.1"),
    ("button personnel.confirm", "new since 0.1"),
    ("button personnel.anew", "new since 0.1"),
    ("button personnel.proposal", "new since 0.1"),
    ("button personnel.accept", "new since 0.1"),
    ("button personnel.decline", "new since 0.1"),
    ("link lists", "new since 0.1"),
    ("link private", "no message has one: nothing in a group leads into the private chat"),
    ("planned step change", "it is never planned: it is taken by whoever changes the meeting"),
];

/// Counts everything.
pub async fn of(url: &str) -> Counts {
    let mut counts = Counts::new();
    let mut count = |what: String| *counts.entry(what).or_default() += 1;
    let open = "SELECT feature || ' ' || position FROM session WHERE feature IS NOT NULL";
    for row in column(url, open).await {
        let (feature, position) = row.split_once(' ').expect("a position");
        count(format!("question {feature} {}", question(&read(position))));
    }
    for tap in column(url, "SELECT tap FROM button").await {
        count(format!("button {}", tap_kind(&read(&tap))));
    }
    let waiting = "FROM outbox WHERE state IN ('ready', 'retry', 'sending')";
    let lanes = format!("SELECT 'lane ' || CAST(lane AS TEXT) || ' ' || state {waiting}");
    for lane in column(url, &lanes).await {
        count(lane);
    }
    for body in column(url, &format!("SELECT body {waiting}")).await {
        let mut kinds = Vec::new();
        inside(&read(&body), &mut kinds);
        kinds.sort();
        kinds.dedup();
        for kind in kinds {
            count(kind);
        }
    }
    for body in column(url, "SELECT body FROM inbox WHERE state = 'waiting'").await {
        count(format!("update {}", word(&read(&body)["event"]["type"])));
    }
    let planned = PLANNED.replacen('*', "'planned ' || what", 1) + " WHERE state = 'planned'";
    for one in column(url, &planned).await {
        count(one);
    }
    let drafts = "SELECT 'draft of a report' FROM report_draft
        UNION ALL SELECT 'draft of a notice' FROM notice_draft
        UNION ALL SELECT 'file of a draft' FROM notice_file WHERE state = 'draft'
        UNION ALL SELECT 'invitation' FROM invitation WHERE used_at IS NULL";
    for draft in column(url, drafts).await {
        count(draft);
    }
    counts
}

fn read(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

fn word(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// Which question of a dialogue: its tag, the steps named in it, and what is not answered yet.
fn question(position: &Value) -> String {
    let mut words = vec![word(&position["v"]).to_owned()];
    steps(position, &mut words);
    words.join(" ")
}

const STEPS: [&str; 11] =
    ["step", "stage", "ask", "at", "post", "charge", "what", "c", "duty", "comes", "file"];

fn steps(value: &Value, words: &mut Vec<String>) {
    let Value::Object(fields) = value else { return };
    for (name, value) in fields {
        match value {
            Value::Null => words.push(format!("{name}?")),
            Value::String(step) if STEPS.contains(&name.as_str()) && !step.contains(' ') => {
                words.push(step.clone());
            }
            Value::Object(inner) if STEPS.contains(&name.as_str()) && inner.len() == 1 => {
                let (step, at) = inner.iter().next().expect("one");
                let at = at.as_str().map(|at| format!(".{at}")).unwrap_or_default();
                words.push(format!("{step}{at}"));
            }
            Value::Object(_) => steps(value, words),
            _ => {}
        }
    }
}

/// `report.send`, `figures`
pub fn tap_kind(tap: &Value) -> String {
    let (feature, deed) = (word(&tap["f"]), &tap["t"]["a"]);
    match deed.as_str() {
        Some(deed) => format!("{feature}.{deed}"),
        None => feature.to_owned(),
    }
}

/// The kinds of arguments and links in a message.
fn inside(value: &Value, kinds: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            if let Some(Value::Object(args)) = fields.get("args") {
                for arg in args.values() {
                    argument(arg, kinds);
                }
            }
            if let Some(Value::String(to)) = fields.get("link").map(|link| &link["to"]) {
                kinds.push(format!("link {to}"));
            }
            fields.values().for_each(|value| inside(value, kinds));
        }
        Value::Array(list) => list.iter().for_each(|value| inside(value, kinds)),
        _ => {}
    }
}

fn argument(arg: &Value, kinds: &mut Vec<String>) {
    kinds.push(format!("argument {}", word(&arg["t"])));
    if let Value::Array(list) = &arg["v"] {
        list.iter().for_each(|arg| argument(arg, kinds));
    }
}

/// Every kind that today's program may store in the parts that have an open list of kinds.
fn known() -> Vec<String> {
    let mut known = Vec::new();
    for feature in variants::<Tap>(json!({"f": "?"})) {
        let deeds = variants::<Tap>(json!({"f": feature, "t": {"a": "?"}}));
        match deeds.is_empty() {
            true => known.push(format!("button {feature}")),
            false => known.extend(deeds.iter().map(|deed| format!("button {feature}.{deed}"))),
        }
    }
    let others = [
        ("argument", variants::<Arg>(json!({"t": "?"}))),
        ("link", variants::<Link>(json!({"to": "?"}))),
        ("update", variants::<Event>(json!({"type": "?"}))),
        ("planned step", variants::<StepKind>(json!("?"))),
        ("planned alert", DeadlineKind::ALL.iter().map(ToString::to_string).collect()),
    ];
    for (what, kinds) in others {
        known.extend(kinds.iter().map(|kind| format!("{what} {kind}")));
    }
    known
}

/// The names of a type's variants, as they are stored: reading one that there is not names those
/// that there are.
fn variants<T: DeserializeOwned>(probe: Value) -> Vec<String> {
    let Err(told) = serde_json::from_value::<T>(probe) else { return Vec::new() };
    let told = told.to_string();
    let Some((_, names)) = told.split_once("unknown variant `?`, expected") else {
        return Vec::new();
    };
    names.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// What today's program may store, is not among what is held, and no reason is given for.
pub fn lacking(counts: &Counts) -> Vec<String> {
    let mut known = known();
    assert!(known.len() > 150, "the kinds are not found: {known:?}");
    // Some kinds are counted by their steps.
    let is = |held: &str, kind: &str| {
        held.strip_prefix(kind).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    let held = |kind: &str| counts.keys().any(|held| is(held, kind));
    known.retain(|kind| !held(kind) && ABSENT.iter().all(|(absent, _)| absent != kind));
    known
}

pub fn write(version: &Path, counts: &Counts) {
    let text: String = counts.iter().map(|(kind, count)| format!("{kind}: {count}\n")).collect();
    std::fs::write(version.join(HOLDS), text).expect("a file to write");
}

pub fn list(version: &Path) -> Counts {
    let text = std::fs::read_to_string(version.join(HOLDS)).expect("a list");
    let line = |line: &str| {
        let (kind, count) = line.rsplit_once(": ").expect("a count");
        (kind.to_owned(), count.parse().expect("a number"))
    };
    text.lines().map(line).collect()
}
