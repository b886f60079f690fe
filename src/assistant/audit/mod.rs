//! `/nhatky`: what was done, by whom, when, where, and how it was before and after.
//!
//! Grammar: `/nhatky [code of a person or candidate | unit] [day or period]`, with or without
//! accents: `/nhatky qc-014`, `nhat ky phong 1 thang 12`, `/nhatky hôm qua`. Newest first, a page at
//! a time; buttons lead to older and newer ones and choose a kind of deed. The committee and its
//! office read what concerns the units below them, and that they read it is written down as well.

mod told;

use async_trait::async_trait;
use chrono::{Days, NaiveDate, NaiveTime};

use super::engine::command::Command;
use super::engine::context::Cx;
use super::engine::failure::{Failure, Outcome, a_date, refuse};
use super::engine::feature::Feature;
use crate::clock::{Instant, from_millis};
use crate::domain::audit::{Act, ActKind, Cursor, Toward};
use crate::domain::ids::UnitId;
use crate::domain::report::leading_case_code;
use crate::domain::text::fold;
use crate::domain::typed::Typed;
use crate::domain::units::{Unit, UnitTree, called};
use crate::domain::when::{self, take_period};
use crate::message::{Arg, Button, Message, Phrase};
use crate::operations::rights::{self, Right};
use crate::store::audit::{self, Entry, Row, Wanted};
use crate::taps::{AuditTap, AuditView, Tap};

pub struct Audit;

/// Deeds on a page.
const PAGE: usize = 8;
/// The year 9999, in epoch milliseconds.
const END_OF_TIME: i64 = 253_402_300_799_000;
const KINDS_IN_A_ROW: usize = 2;
/// Units offered when several have the words that were typed.
const UNIT_BUTTONS: usize = 12;

#[async_trait]
impl Feature for Audit {
    fn name(&self) -> &'static str {
        "audit"
    }

    fn commands(&self) -> &'static [Command] {
        &[Command {
            name: "nhatky",
            words: &["nhat ky", "xem nhat ky", "audit"],
            needs: &[Right::ReadAudit],
            about: "audit-about",
            in_groups: false,
            answer: |cx, rest| Box::pin(command(cx, rest)),
        }]
    }

    async fn tap(&self, cx: &mut Cx<'_>, tap: Tap) -> Outcome {
        match tap {
            Tap::Audit(AuditTap::Show(view)) => show(cx, view).await,
            Tap::Audit(AuditTap::Kinds(view)) => kinds(cx, view).await,
            _ => cx.stale().await,
        }
    }
}

async fn command(cx: &mut Cx<'_>, rest: &str) -> Outcome {
    watched(cx)?;
    let units = cx.units().await?;
    let me = cx.me()?;
    // Whether there is a unit elsewhere is not theirs to hear: what it would be called means nothing.
    let may = |unit: &&Unit| rights::may(me, Right::ReadAudit, unit.id, &units);
    let theirs: Vec<&Unit> = units.all().iter().filter(may).collect();
    let Some(asked) = read(rest, cx.today(), &theirs) else {
        for typed in rest.split_whitespace() {
            a_date(typed, when::date(typed, cx.today(), when::Toward::Past))?;
        }
        return refuse(Phrase::new("audit-unclear").with("typed", Arg::Typed(Typed::new(rest))));
    };
    let mut view = AuditView {
        unit: None,
        code: asked.code,
        days: asked.days,
        kind: None,
        place: Cursor::NEWEST,
        toward: Toward::Older,
    };
    if asked.unit.is_empty() {
        return show(cx, view).await;
    }
    match &called(theirs, &asked.unit)[..] {
        [one] => {
            view.unit = Some(one.id);
            show(cx, view).await
        }
        several => {
            let mut message = Message::of("audit-which-unit");
            for unit in several.iter().take(UNIT_BUTTONS) {
                let label = Phrase::new("audit-unit-button").with("unit", &unit.name);
                let there = AuditView { unit: Some(unit.id), ..view.clone() };
                message = message.row(vec![Button::new(label, shown(there))]);
            }
            cx.reply(message).await
        }
    }
}

/// What was typed after the command.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Asked {
    code: Option<String>,
    days: Option<(NaiveDate, NaiveDate)>,
    /// Folded words of a unit's name, or its code; empty: none.
    unit: String,
}

/// What the words after the command mean; `None` if no unit and no time can be made of them. In
/// "phong 2 thang 12" the two is the unit's: of all readings the one counts whose unit there is.
fn read(typed: &str, today: NaiveDate, units: &[&Unit]) -> Option<Asked> {
    let readings = readings(typed, today);
    let fit = |asked: &&Asked| called(units.iter().copied(), &asked.unit).len();
    let one = readings.iter().find(|asked| asked.unit.is_empty() || fit(asked) == 1);
    one.or_else(|| readings.iter().find(|asked| fit(asked) > 1)).cloned()
}

/// Each way to take what was typed apart: a code first, then a unit, then a day or a period.
fn readings(typed: &str, today: NaiveDate) -> Vec<Asked> {
    let folded = fold(typed);
    let (code, rest) = match leading_case_code(&folded).or_else(|| leading_person_code(&folded)) {
        Some((code, rest)) => (Some(code), rest),
        None => (None, folded.as_str()),
    };
    let words: Vec<&str> = rest.split(' ').filter(|word| !word.is_empty()).collect();
    let mut readings: Vec<Asked> = (0..words.len())
        .filter_map(|at| {
            let day = when::date(&words[at..].join(" "), today, when::Toward::Past).ok()?;
            let days = Some((day, day + Days::new(1)));
            Some(Asked { code: code.clone(), days, unit: words[..at].join(" ") })
        })
        .collect();
    if let Ok((unit, period)) = take_period(rest, today) {
        let days = period.map(|period| (period.from, period.to));
        // After a day that is all there is, before one that needs a unit.
        let at = readings.iter().take_while(|asked| asked.unit.is_empty()).count();
        readings.insert(at, Asked { code, days, unit });
    }
    readings
}

/// Whether a folded text begins like a person's code: `ns-013`, `ns013`, `ns 13`.
fn leading_person_code(folded: &str) -> Option<(String, &str)> {
    let rest = folded.strip_prefix("ns")?;
    let rest = rest.strip_prefix(['-', ' ']).unwrap_or(rest);
    let (number, rest) = rest.split_once(' ').unwrap_or((rest, ""));
    let number: u32 = number.parse().ok()?;
    Some((format!("NS-{number:03}"), rest))
}

/// The units whose audit the person asking reads today, each with everything below it.
fn watched(cx: &Cx<'_>) -> Result<Vec<UnitId>, Failure> {
    let roots = rights::roots(cx.me()?, Right::ReadAudit);
    if roots.is_empty() { refuse("audit-not-allowed") } else { Ok(roots) }
}

/// The units a view is about, and whether it takes in what concerns none.
fn scope(
    units: &UnitTree,
    roots: &[UnitId],
    unit: Option<UnitId>,
) -> Result<(Vec<UnitId>, bool), Failure> {
    let tops = match unit {
        Some(unit) if roots.iter().any(|root| units.is_within(unit, *root)) => vec![unit],
        Some(_) => return refuse("tap-stale"),
        None => roots.to_vec(),
    };
    let mut below: Vec<UnitId> =
        tops.iter().flat_map(|top| units.subtree(*top)).map(|unit| unit.id).collect();
    below.sort();
    below.dedup();
    let whole = unit.is_none() && units.root().is_some_and(|root| roots.contains(&root.id));
    Ok((below, whole))
}

fn shown(view: AuditView) -> Tap {
    Tap::Audit(AuditTap::Show(view))
}

fn button(key: &str, view: AuditView) -> Button {
    Button::new(key, shown(view))
}

/// One page.
async fn show(cx: &mut Cx<'_>, view: AuditView) -> Outcome {
    let roots = watched(cx)?;
    let units = cx.units().await?;
    let (below, whole) = scope(&units, &roots, view.unit)?;
    let top = view.unit.or(roots.first().copied());
    let wanted = Wanted {
        units: &below,
        whole,
        between: between(cx, view.days),
        code: view.code.as_deref(),
        acts: view.kind.map(|kind| kind.acts().collect()),
    };
    let mut rows = audit::beyond(cx.tx, &wanted, view.place, view.toward, PAGE + 1).await?;
    let more = rows.len() > PAGE;
    if let Some(code) = &view.code
        && rows.is_empty()
        && !is_theirs(cx, code, scope(&units, &roots, None)?).await?
    {
        return refuse(Phrase::new("audit-no-code").with("code", Arg::code(code)));
    }
    // One more was read than is shown, at the far end.
    match view.toward {
        Toward::Older => rows.truncate(PAGE),
        Toward::Newer if more => drop(rows.remove(0)),
        Toward::Newer => {}
    }
    let name = top.map(|top| units.name(top).clone()).unwrap_or_default();
    let mut message = Message::new().title(Phrase::new("audit-title").with("unit", &name));
    for filter in told::filters(cx, &view).await? {
        message = message.line(filter);
    }
    if rows.is_empty() {
        message = message.line("audit-none");
    }
    for line in told::lines(cx, &rows).await? {
        message = message.item(line);
    }
    message = message.row(pager(&view, &rows, more));
    let filter = Tap::Audit(AuditTap::Kinds(view.clone()));
    message = message.row(vec![Button::new("audit-kinds-button", filter)]);
    let code = top.map(|top| units.code(top)).unwrap_or_default();
    let subject = view.code.as_deref().unwrap_or(code);
    cx.work().await?.note_reading(Entry::new(Act::AuditRead, subject).within(top)).await?;
    cx.reply(message).await
}

/// Whether somebody with this code, of whom nothing is written down, is the reader's to know of in all that
/// they read: a code of another unit and one that nobody has are the same to them.
async fn is_theirs(
    cx: &mut Cx<'_>,
    code: &str,
    (below, whole): (Vec<UnitId>, bool),
) -> Result<bool, Failure> {
    let today = cx.today();
    if whole {
        return Ok(!audit::known(cx.tx, &[code], today).await?.is_empty());
    }
    Ok(audit::unit_of(cx.tx, code, today).await?.is_some_and(|unit| below.contains(&unit)))
}

/// Buttons to what is older and newer than the rows shown.
fn pager(view: &AuditView, rows: &[Row], more: bool) -> Vec<Button> {
    let (Some(newest), Some(oldest)) = (rows.first(), rows.last()) else { return Vec::new() };
    let further =
        |key: &str, place, toward| button(key, AuditView { place, toward, ..view.clone() });
    let mut row = Vec::new();
    if more || view.toward == Toward::Newer {
        row.push(further("audit-older", oldest.place, Toward::Older));
    }
    if view.place != Cursor::NEWEST && (more || view.toward == Toward::Older) {
        row.push(further("audit-newer", newest.place, Toward::Newer));
    }
    row
}

/// The instants of some days; without any, of all time.
fn between(cx: &Cx<'_>, days: Option<(NaiveDate, NaiveDate)>) -> (Instant, Instant) {
    let at = |day: NaiveDate| cx.practice.instant(day.and_time(NaiveTime::MIN));
    match days {
        Some((from, to)) => (at(from), at(to)),
        None => (from_millis(0), from_millis(END_OF_TIME)),
    }
}

/// The kinds of deed to choose from.
async fn kinds(cx: &mut Cx<'_>, view: AuditView) -> Outcome {
    watched(cx)?;
    let begin = AuditView { place: Cursor::NEWEST, toward: Toward::Older, ..view };
    let of = |kind| AuditView { kind, ..begin.clone() };
    let mut message = Message::of("audit-which-kind");
    for pair in ActKind::ALL.chunks(KINDS_IN_A_ROW) {
        let row = pair.iter().map(|kind| Button::new(told::kind(*kind), shown(of(Some(*kind)))));
        message = message.row(row.collect());
    }
    cx.reply(message.row(vec![button("audit-all-kinds", of(None))])).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::people::UnitKind;

    fn unit(code: &str, name: &str) -> Unit {
        Unit {
            id: UnitId(1),
            code: code.to_owned(),
            parent: None,
            kind: UnitKind::Branch,
            name: crate::domain::units::UnitName::new(name.to_owned()),
            name_key: fold(name),
            ended: None,
        }
    }

    #[test]
    fn a_code_a_unit_and_a_time_are_read_however_they_are_typed() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
        let today = day(2018, 12, 5);
        let units = [("CB-02", "Chi bộ Phòng 1"), ("CB-05", "Chi bộ Phòng 2")];
        let units = units.map(|(code, name)| unit(code, name));
        let units = units.each_ref();
        let one = |day: NaiveDate| Some((day, day + Days::new(1)));
        let december = Some((day(2018, 12, 1), day(2019, 1, 1)));
        for (typed, code, days, unit) in [
            ("", None, None, ""),
            ("QC-014", Some("QC-014"), None, ""),
            ("qc 14 tháng 12", Some("QC-014"), december, ""),
            ("ns013", Some("NS-013"), None, ""),
            ("Ns-13 hôm qua", Some("NS-013"), one(day(2018, 12, 4)), ""),
            ("phòng 1", None, None, "phong 1"),
            ("PHONG 1 3/12", None, one(day(2018, 12, 3)), "phong 1"),
            ("cb-02 ngày 3 tháng 12 năm 2018", None, one(day(2018, 12, 3)), "cb-02"),
            ("thang 12/2018", None, december, ""),
            ("phong 2 thang 12", None, december, "phong 2"),
            ("2 tháng 12", None, one(day(2018, 12, 2)), ""),
            ("phong", None, None, "phong"),
        ] {
            let asked = read(typed, today, &units);
            let wanted = Asked { code: code.map(str::to_owned), days, unit: unit.to_owned() };
            assert_eq!(asked, Some(wanted), "{typed}");
        }
        for nothing in ["tháng 13", "hoa hồng", "phòng 9"] {
            assert_eq!(read(nothing, today, &units), None, "{nothing}");
        }
    }
}
