//! Rows of the audit as sentences: who, where, what, to whom, and how it was before and after.
//! Candidates stand as everywhere, times are local, and what a later version wrote is shown as it
//! stands.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{AuditView, Cx, Failure};
use crate::domain::attachment::kib;
use crate::domain::audit::{Act, ActKind, Field, State};
use crate::domain::class::ClassKind;
use crate::domain::ids::{ClassId, MeetingId, NoticeId};
use crate::domain::listed::Departure;
use crate::domain::minutes::PaperKind;
use crate::domain::people::{OfficeKind, Status};
use crate::domain::practice::Practice;
use crate::domain::quiet::Rest;
use crate::domain::recurrence::{Policy, Rule};
use crate::domain::report::{Rating, Recommendation};
use crate::domain::road::{CaseStep, Paper, Place, Stage};
use crate::domain::target::TargetKind;
use crate::domain::typed::Typed;
use crate::domain::units::UnitTree;
use crate::message::{Arg, Phrase};
use crate::phrasing;
use crate::phrasing::road as say;
use crate::store::audit::{COMMAND_LINE, Known, Row, known};
use crate::store::{classes, meetings, notices};

pub(super) fn kind(kind: ActKind) -> Phrase {
    Phrase::new(format!("audit-kind-{kind}"))
}

fn act(act: Act) -> Phrase {
    Phrase::new(format!("audit-act-{}", act.key()))
}

/// What a page is limited to, a line for each.
pub(super) async fn filters(cx: &mut Cx<'_>, view: &AuditView) -> Result<Vec<Phrase>, Failure> {
    let mut lines = Vec::new();
    if let Some(code) = &view.code {
        let today = cx.today();
        let people = known(cx.tx, &[code.as_str()], today).await?;
        lines.push(Phrase::new("audit-filter-code").with("about", person(code, &people)));
    }
    if let Some((from, to)) = view.days {
        let last = to.pred_opt().unwrap_or(to);
        lines.push(match from == last {
            true => Phrase::new("audit-filter-day").with("day", from),
            false => Phrase::new("audit-filter-days").with("from", from).with("to", last),
        });
    }
    if let Some(only) = view.kind {
        lines.push(Phrase::new("audit-filter-kind").with("kind", kind(only)));
    }
    Ok(lines)
}

/// Fields that hold a person's code.
const PERSONS: [Field; 4] = [Field::Mentor, Field::Holder, Field::Chair, Field::Taker];

/// What a row needs to be told, read once for all rows of a page.
struct Behind<'a> {
    practice: &'a Practice,
    units: &'a UnitTree,
    people: HashMap<String, Known>,
    meetings: HashMap<MeetingId, Phrase>,
    /// When notices were sent, by their ids as text.
    notices: HashMap<String, NaiveDateTime>,
    /// The numbers of classes, by their codes.
    classes: HashMap<String, Typed>,
}

/// A sentence for each row.
pub(super) async fn lines(cx: &mut Cx<'_>, rows: &[Row]) -> Result<Vec<Phrase>, Failure> {
    let units = cx.units().await?;
    let mut codes: Vec<&str> = Vec::new();
    for row in rows {
        codes.extend(row.actor.as_deref());
        codes.push(&row.subject);
        for facts in [&row.was, &row.became] {
            let named = PERSONS.map(|field| facts.get(field));
            codes.extend(named.into_iter().flatten().filter_map(Value::as_str));
        }
    }
    codes.sort_unstable();
    codes.dedup();
    let today = cx.today();
    let mut behind = Behind {
        practice: cx.practice,
        units: &units,
        people: known(cx.tx, &codes, today).await?,
        meetings: HashMap::new(),
        notices: HashMap::new(),
        classes: HashMap::new(),
    };
    for row in rows {
        if let Some(id) = row.meeting
            && let Some(meeting) = meetings::get(cx.tx, id).await?
        {
            behind.meetings.insert(id, phrasing::meeting_name(&meeting));
        }
        if let (Act::NoticeSent | Act::NoticeFileRead, Ok(id)) = (row.act, row.subject.parse())
            && let Some(notice) = notices::get(cx.tx, NoticeId(id)).await?
        {
            behind.notices.insert(row.subject.clone(), cx.practice.local(notice.sent_at));
        }
        if let Some(id) = ClassId::from_code(&row.subject)
            && let Some(class) = classes::get(cx.tx, id).await?
        {
            behind.classes.insert(row.subject.clone(), class.what.number);
        }
    }
    Ok(rows.iter().map(|row| line(row, &behind)).collect())
}

fn line(row: &Row, behind: &Behind<'_>) -> Phrase {
    let at = behind.practice.local(row.at);
    let who: Arg = match (&row.actor, row.channel.as_str()) {
        (Some(code), _) => person(code, &behind.people),
        (None, COMMAND_LINE | "") => Phrase::new("audit-administrator").into(),
        (None, _) => Phrase::new("audit-platform").into(),
    };
    let mut line = Phrase::new("audit-line")
        .with("weekday", Arg::Weekday(at.date()))
        .with("at", at)
        .with("who", who)
        .with("deed", act(row.act));
    if !row.channel.is_empty() {
        line = Phrase::new("audit-on")
            .with("line", line)
            .with("channel", phrasing::channel_name(&row.channel));
    }
    line = Phrase::new("audit-to").with("line", line).with("about", about(row, behind));
    if let Some(meeting) = row.meeting.and_then(|id| behind.meetings.get(&id)) {
        line = Phrase::new("audit-at").with("line", line).with("meeting", meeting.clone());
    }
    if row.erased {
        return Phrase::new("audit-erased").with("line", line);
    }
    let changes = Field::ALL.iter().filter_map(|field| change(row, *field, behind));
    // Lists stand between commas, so what is told one after the other does not.
    let changes =
        changes.reduce(|told, next| Phrase::new("audit-and").with("told", told).with("next", next));
    match changes {
        Some(changes) => Phrase::new("audit-how").with("line", line).with("changes", changes),
        None => line,
    }
}

/// A person or candidate by code. A code stands for itself once the name behind it was erased.
fn person(code: &str, people: &HashMap<String, Known>) -> Arg {
    match people.get(code) {
        Some(Known::Member(id)) => {
            Phrase::new("audit-person").with("name", *id).with("code", Arg::code(code)).into()
        }
        Some(Known::Candidate(id)) => Arg::Who(*id),
        Some(Known::Erased) | None => Arg::code(code),
    }
}

fn about(row: &Row, behind: &Behind<'_>) -> Arg {
    if let Some(sent) = behind.notices.get(&row.subject) {
        return Phrase::new("audit-notice").with("at", *sent).into();
    }
    if let Some(number) = behind.classes.get(&row.subject) {
        return number.into();
    }
    match behind.units.by_code(&row.subject) {
        Some(unit) => (&unit.name).into(),
        None => person(&row.subject, &behind.people),
    }
}

/// One circumstance, before and after.
fn change(row: &Row, field: Field, behind: &Behind<'_>) -> Option<Phrase> {
    let name = Phrase::new(format!("audit-field-{field}"));
    let told = |found: &Value| value(field, found, behind);
    Some(match (row.was.get(field), row.became.get(field)) {
        (None, None) => return None,
        (Some(was), Some(became)) if was != became => Phrase::new("audit-changed")
            .with("field", name)
            .with("was", told(was))
            .with("became", told(became)),
        (_, Some(became)) => {
            Phrase::new("audit-set").with("field", name).with("became", told(became))
        }
        (Some(was), None) => Phrase::new("audit-ended").with("field", name).with("was", told(was)),
    })
}

/// The words for a stored value; as it stands if it is of another kind than its field says.
fn value(field: Field, stored: &Value, behind: &Behind<'_>) -> Arg {
    let text = stored.as_str().unwrap_or_default();
    let found = match field {
        Field::State => word(text, |state: State| Phrase::new(format!("audit-state-{state}"))),
        Field::Paper => word::<Paper>(text, say::paper),
        Field::Kept => word::<Place>(text, say::place),
        Field::Step => word::<CaseStep>(text, say::step),
        Field::Stage => word::<Stage>(text, say::stage),
        Field::Recommendation => word::<Recommendation>(text, phrasing::recommendation),
        Field::Departure => word(text, |how: Departure| Phrase::new(format!("departure-{how}"))),
        Field::Status => word(text, |status: Status| Phrase::new(format!("status-{status}"))),
        Field::Office => word::<OfficeKind>(text, phrasing::office),
        Field::Document => word::<PaperKind>(text, phrasing::paper),
        Field::Class => word(text, |kind: ClassKind| Phrase::new(format!("class-kind-{kind}"))),
        Field::Target => word(text, |kind: TargetKind| Phrase::new(format!("target-kind-{kind}"))),
        Field::Rule => word(text, |rule: Rule| phrasing::rule(&rule)),
        Field::DayOff => word(text, |policy: Policy| {
            Phrase::new(match policy {
                Policy::Next => "schedule-policy-next",
                Policy::Previous => "schedule-policy-previous",
                Policy::Keep => "schedule-policy-keep",
            })
        }),
        Field::Quiet => match text.parse() {
            Ok(Rest::Usual) => Some(Phrase::new("audit-quiet-usual").into()),
            Ok(Rest::None) => Some(Phrase::new("audit-quiet-none").into()),
            _ => None,
        },
        Field::Language => word(text, phrasing::language),
        Field::Mentor | Field::Holder | Field::Chair | Field::Taker => {
            Some(person(text, &behind.people))
        }
        Field::PlaceChanged => Some(Phrase::new("audit-place-changed").into()),
        Field::Channel => Some(phrasing::channel_name(text).into()),
        Field::On | Field::Since | Field::Until => read::<NaiveDate>(stored).map(Arg::from),
        Field::Starts | Field::Due => read::<NaiveDateTime>(stored).map(Arg::from),
        Field::Time => NaiveTime::parse_from_str(text, "%H:%M").ok().map(Arg::from),
        Field::FileBytes => stored
            .as_i64()
            .map(|size| Phrase::new("notice-file-size").with("kib", kib(size)).into()),
        Field::Ratings => read::<Vec<Rating>>(stored).map(|all| {
            Arg::List(all.into_iter().map(|one| phrasing::rating(one).into()).collect())
        }),
        _ => None,
    };
    found.unwrap_or_else(|| plain(stored))
}

fn word<T: std::str::FromStr>(text: &str, phrase: impl Fn(T) -> Phrase) -> Option<Arg> {
    Some(phrase(text.parse().ok()?).into())
}

fn read<T: DeserializeOwned>(stored: &Value) -> Option<T> {
    serde_json::from_value(stored.clone()).ok()
}

fn plain(stored: &Value) -> Arg {
    match stored {
        Value::String(text) => Arg::Typed(Typed::new(text)),
        Value::Array(all) => Arg::List(all.iter().map(plain).collect()),
        other => match other.as_i64() {
            Some(number) => Arg::Int(number),
            None => Arg::Typed(Typed::new(other.to_string())),
        },
    }
}
