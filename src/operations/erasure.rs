//! Erasing a person at their demand (Luật 91/2025/QH15): what stands in the way, what is blanked, and
//! that it is written down. The name stands in what others typed as well, so it is looked for there as
//! public messengers look for it: whatever its accents, case and separators.

use chrono::NaiveDate;
use serde_json::Value;

use super::work::Work;
use crate::domain::audit::{Act, Field};
use crate::domain::road::stage;
use crate::domain::text::{fold, nfc};
use crate::render::KnownNames;
use crate::store::audit::Entry;
use crate::store::erasure::{self, Subject};
use crate::store::{StoreError, Tx, road};

/// Longest reason, in characters.
const REASON_LIMIT: usize = 500;

/// Why nobody is erased.
#[derive(Debug, thiserror::Error)]
pub enum NotErased {
    #[error("nobody has the code {0}; see: diudat people")]
    Unknown(String),
    #[error("{0} was erased already")]
    Before(String),
    #[error("the reason is kept for ever; say it in 1 to {REASON_LIMIT} characters")]
    ReasonLength,
    #[error("the reason is kept for ever; say it without the name")]
    ReasonNames,
    #[error(
        "{code} has still in hand: {things}; hand it over first (/bangiao, /phancong), and take a candidate off the road (/hoso)"
    )]
    InHand { code: String, things: String },
    #[error("erasing is left to the administrator")]
    NotYours,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What was blanked.
#[derive(Debug, PartialEq, Eq)]
pub struct Erased {
    /// What, and how many rows of it.
    pub blanked: Vec<(&'static str, u64)>,
    /// Somebody else has the same name, so that it was left where people typed it.
    pub has_namesake: bool,
}

/// Erases the person with a code.
pub async fn erase(work: &mut Work<'_>, code: &str, reason: &str) -> Result<Erased, NotErased> {
    if work.must_administer().is_err() {
        return Err(NotErased::NotYours);
    }
    let code = code.trim().to_uppercase();
    let (now, today) = (work.now, work.today());
    let Some(subject) = erasure::subject(work.tx, &code, today).await? else {
        return Err(NotErased::Unknown(code));
    };
    if subject.is_erased() {
        return Err(NotErased::Before(code));
    }
    let hide = names(&subject, &code);
    let reason = nfc(reason);
    if reason.is_empty() || reason.chars().count() > REASON_LIMIT {
        return Err(NotErased::ReasonLength);
    }
    if hide.hide(&reason) != reason {
        return Err(NotErased::ReasonNames);
    }
    let things = things(work.tx, &subject, today).await?;
    if !things.is_empty() {
        return Err(NotErased::InHand { code, things: things.join(", ") });
    }
    let mut blanked = erasure::blank(work.tx, subject.id, &fold(&code), now).await?;
    if !subject.has_namesake {
        let rows = erasure::rewrite(work.tx, |text| without(text, &hide)).await?;
        blanked.push(("texts of others that name the person", rows));
    }
    erasure::note(work.tx, subject.id, &reason, now).await?;
    let rows: u64 = blanked.iter().map(|(_, rows)| rows).sum();
    let entry = Entry::new(Act::PersonErased, code).within(subject.unit);
    let entry = entry.became(Field::Blanked, rows);
    work.note(entry).await?;
    Ok(Erased { blanked, has_namesake: subject.has_namesake })
}

/// The name, and the code that takes its place in a text: a candidate is known by that of the case.
fn names(subject: &Subject, code: &str) -> KnownNames {
    let code = subject.cases.last().map_or(code, String::as_str);
    // A part of the name may be somebody else's, and what is rewritten is not to be had again; the parts that
    // mean them alone would be hidden by nothing any more.
    KnownNames::of_one(code, &subject.names, subject.own_keys.clone())
}

/// What would be left without anybody: offices, candidates, and a road that is not at its end.
async fn things(
    tx: &mut Tx,
    subject: &Subject,
    today: NaiveDate,
) -> Result<Vec<String>, StoreError> {
    let held = erasure::in_hand(tx, subject.id, today).await?;
    let mut things: Vec<String> =
        held.offices.iter().map(|(kind, unit)| format!("{kind} of {unit}")).collect();
    things.extend(held.guided.iter().map(|code| format!("mentor of {code}")));
    for code in &subject.cases {
        let Some(case) = road::by_code(tx, code).await? else { continue };
        let history = road::histories(tx, &[case.id]).await?.remove(&case.id).unwrap_or_default();
        if stage(&history).is_some_and(|stage| stage.is_open()) {
            things.push(format!("candidate {code}"));
        }
    }
    Ok(things)
}

/// A text without the name; `None` if it is not in it. Of JSON only the texts inside are looked at.
fn without(text: &str, names: &KnownNames) -> Option<String> {
    let structured = text.starts_with(['{', '[']);
    if let Some(mut value) = structured.then(|| serde_json::from_str::<Value>(text).ok()).flatten()
    {
        return blank(&mut value, names).then(|| value.to_string());
    }
    let hidden = names.hide(text);
    (hidden != text).then_some(hidden)
}

/// Whether anything in it had the name.
fn blank(value: &mut Value, names: &KnownNames) -> bool {
    match value {
        Value::String(text) => match without(text, names) {
            Some(hidden) => {
                *text = hidden;
                true
            }
            None => false,
        },
        // Each is looked at: no short cut.
        Value::Array(all) => all.iter_mut().fold(false, |any, one| blank(one, names) | any),
        Value::Object(all) => all.values_mut().fold(false, |any, one| blank(one, names) | any),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_inside_messages_and_nothing_else_is_touched() {
        let names = KnownNames::new([("QC-014", "Trần Văn Bình")]);
        let hidden = |text: &str| without(text, &names);
        assert_eq!(hidden("đồng chí TRAN VAN BINH tốt").as_deref(), Some("đồng chí QC-014 tốt"));
        assert_eq!(hidden("đồng chí Bình tốt"), None);
        let body = r#"{"a":["Trần Văn Bình",{"b":"của Trần Văn Bình"}],"n":7}"#;
        let clean = r#"{"a":["QC-014",{"b":"của QC-014"}],"n":7}"#;
        assert_eq!(hidden(body).as_deref(), Some(clean));
        // Words side by side in different texts are no name.
        assert_eq!(hidden(r#"["Trần","Văn","Bình"]"#), None);
        assert_eq!(hidden("[Trần Văn Bình").as_deref(), Some("[QC-014"));
    }
}
