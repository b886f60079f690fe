//! After a class: who got a certificate, of which day and number, and who did not attend or did not
//! pass. Everybody gets one but those who are marked otherwise. A certificate is kept by the office
//! and its limit runs from its day; who got none has the step taken back and can be sent again.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    Claim, ClassTap, Cx, Desk, Failure, NAME, Outcome, PAGE, Phrase, Position, button, class, held,
    named, page, pages, refuse, seated, seats, told, typed_date,
};
use crate::domain::audit::{Act, Field};
use crate::domain::class::{self as rules, NUMBER_LIMIT, is_number};
use crate::domain::ids::{CaseId, ClassId};
use crate::domain::report::leading_case_code;
use crate::domain::road::Place;
use crate::domain::text::fold;
use crate::domain::typed::Typed;
use crate::message::{Arg, Message};
use crate::store::audit::Entry;
use crate::store::classes::{self, Class, Seat};
use crate::store::road;

type Result_ = Option<rules::Outcome>;

/// What is told so far.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Plan {
    class: ClassId,
    /// `None`: not known yet.
    marks: Vec<(CaseId, Result_)>,
    at: Step,
    on: Option<NaiveDate>,
    /// Of those who got one.
    numbers: Vec<(CaseId, String)>,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Step {
    /// This page of those who were sent.
    Marks(usize),
    Day,
    Number,
    Preview,
}

impl Plan {
    fn mark(&self, case: CaseId) -> Result_ {
        self.marks.iter().find(|(marked, _)| *marked == case).and_then(|(_, result)| *result)
    }

    fn set(&mut self, case: CaseId, result: Result_) {
        if let Some(mark) = self.marks.iter_mut().find(|(marked, _)| *marked == case) {
            mark.1 = result;
        }
    }

    fn certified(&self) -> impl Iterator<Item = CaseId> + '_ {
        let got = |(_, result): &&(CaseId, Result_)| *result == Some(rules::Outcome::Certified);
        self.marks.iter().filter(got).map(|(case, _)| *case)
    }

    fn number(&self, case: CaseId) -> Option<&str> {
        self.numbers.iter().find(|(of, _)| *of == case).map(|(_, number)| number.as_str())
    }
}

/// What a tap on somebody's result turns it into.
fn turned(result: Result_) -> Result_ {
    use rules::Outcome::*;
    match result {
        Some(Certified) => Some(Absent),
        Some(Absent) => Some(Failed),
        Some(Failed) => None,
        None => Some(Certified),
    }
}

pub(super) async fn begin(cx: &mut Cx<'_>, class: &Class) -> Outcome {
    if class.cancelled.is_some() {
        return refuse("class-is-cancelled");
    }
    if cx.today() < class.what.last {
        return refuse(Phrase::new("class-not-over").with("last", class.what.last));
    }
    let open = open_seats(cx, class).await?;
    let certified = Some(rules::Outcome::Certified);
    let plan = Plan {
        class: class.id,
        marks: open.iter().map(|seat| (seat.case, certified)).collect(),
        at: Step::Marks(0),
        on: None,
        numbers: Vec::new(),
    };
    put(cx, class, plan, &open).await
}

/// Whose result is not known yet; without any there is nothing to ask.
async fn open_seats(cx: &mut Cx<'_>, class: &Class) -> Result<Vec<Seat>, Failure> {
    let mut open = seats(cx, class).await?;
    open.retain(Seat::is_open);
    if open.is_empty() {
        cx.leave();
        return refuse("class-all-settled");
    }
    Ok(open)
}

pub(super) async fn ask(cx: &mut Cx<'_>, desk: &Desk, plan: Plan) -> Outcome {
    let class = held(cx, desk, plan.class).await?;
    let open = open_seats(cx, &class).await?;
    put(cx, &class, plan, &open).await
}

async fn put(cx: &mut Cx<'_>, class: &Class, plan: Plan, open: &[Seat]) -> Outcome {
    let title = Phrase::new("class-settle-title").with("class", named(class));
    let message = Message::new().title(title);
    let message = match plan.at {
        Step::Marks(page) => marks(message, &plan, open, page),
        Step::Day => {
            let day = |on: NaiveDate| {
                button(Phrase::new("class-day-button").with("on", on), ClassTap::Day(on))
            };
            let mut days = vec![day(class.what.last)];
            if class.what.last != cx.today() {
                days.push(day(cx.today()));
            }
            message.line("class-ask-certified-on").row(days)
        }
        Step::Number => {
            let first = open.iter().find(|seat| plan.certified().any(|case| case == seat.case));
            let example = first.map(|seat| seat.code.clone()).unwrap_or_default();
            message
                .line(Phrase::new("class-ask-certificate").with("example", Arg::figures(example)))
        }
        Step::Preview => preview(message, &plan, open),
    };
    cx.ask(NAME, &Position::Settling { plan }, message).await
}

fn marks(message: Message, plan: &Plan, open: &[Seat], page: usize) -> Message {
    let page = page.min(open.len().saturating_sub(1) / PAGE);
    let counts = Phrase::new("class-marks-count")
        .with("certified", plan.certified().count())
        .with("all", open.len());
    let mut message = message.line("class-ask-marks").line(counts);
    for seat in open.iter().skip(page * PAGE).take(PAGE) {
        let result = plan.mark(seat.case);
        let label = Phrase::new("class-mark")
            .with("candidate", seated(seat))
            .with("result", outcome(result));
        let tap = ClassTap::Mark { case: seat.case, outcome: turned(result) };
        message = message.row(vec![button(label, tap)]);
    }
    message.row(pages(page, open.len())).row(vec![button("button-continue", ClassTap::Continue)])
}

fn outcome(result: Result_) -> Phrase {
    match result {
        Some(outcome) => Phrase::new(format!("class-outcome-{outcome}")),
        None => Phrase::new("class-result-open"),
    }
}

fn preview(message: Message, plan: &Plan, open: &[Seat]) -> Message {
    let mut message = message.line("class-settle-preview");
    for seat in open {
        let said = match (plan.number(seat.case), plan.on) {
            (Some(number), Some(on)) => Phrase::new("class-result-certified")
                .with("number", Arg::Typed(Typed::new(number)))
                .with("on", on),
            _ => outcome(plan.mark(seat.case)),
        };
        let line = Phrase::new("class-seat").with("candidate", seated(seat)).with("result", said);
        message = message.item(line);
    }
    message.line("class-settle-hint").row(vec![
        button("button-class-record", ClassTap::Confirm),
        button("button-class-anew", ClassTap::Anew),
    ])
}

pub(super) async fn tap(cx: &mut Cx<'_>, desk: &Desk, mut plan: Plan, tap: ClassTap) -> Outcome {
    match (tap, plan.at) {
        (ClassTap::Mark { case, outcome }, Step::Marks(_)) => plan.set(case, outcome),
        (ClassTap::Page(page), Step::Marks(_)) => plan.at = Step::Marks(page),
        (ClassTap::Continue, Step::Marks(_)) => plan.at = after_marks(&plan)?,
        (ClassTap::Day(on), Step::Day) => take_day(cx, desk, &mut plan, on).await?,
        (ClassTap::Anew, Step::Preview) => {
            plan.numbers.clear();
            plan.on = None;
            plan.at = Step::Marks(0);
        }
        (ClassTap::Confirm, Step::Preview) => return record(cx, desk, plan).await,
        _ => return cx.stale().await,
    }
    ask(cx, desk, plan).await
}

/// Day and number are asked for where anybody got a certificate.
fn after_marks(plan: &Plan) -> Result<Step, Failure> {
    if plan.certified().next().is_some() {
        return Ok(Step::Day);
    }
    match plan.marks.iter().all(|(_, result)| result.is_none()) {
        true => refuse("class-nothing-marked"),
        false => Ok(Step::Preview),
    }
}

async fn take_day(cx: &mut Cx<'_>, desk: &Desk, plan: &mut Plan, on: NaiveDate) -> Outcome {
    let class = held(cx, desk, plan.class).await?;
    if on < class.what.first || on > cx.today() {
        let when = Phrase::new("class-certified-when")
            .with("first", class.what.first)
            .with("today", cx.today());
        return refuse(when);
    }
    plan.on = Some(on);
    plan.at = Step::Number;
    Ok(())
}

pub(super) async fn text(
    cx: &mut Cx<'_>,
    desk: &Desk,
    mut plan: Plan,
    text: &str,
) -> Result<Claim, Failure> {
    match plan.at {
        Step::Marks(_) => {
            let class = held(cx, desk, plan.class).await?;
            let open = open_seats(cx, &class).await?;
            if !typed_marks(&mut plan, &open, text)? {
                return Ok(Claim::NotMine);
            }
        }
        Step::Day => {
            let Some(on) = typed_date(text, cx.today())? else { return Ok(Claim::NotMine) };
            take_day(cx, desk, &mut plan, on).await?;
        }
        Step::Number => {
            let class = held(cx, desk, plan.class).await?;
            let open = open_seats(cx, &class).await?;
            plan.numbers = numbers(&plan, &open, text)?;
            plan.at = Step::Preview;
        }
        Step::Preview => return Ok(Claim::NotMine),
    }
    ask(cx, desk, plan).await?;
    Ok(Claim::Done)
}

/// What is typed after somebody's code or name; the longest first.
const SPOKEN: [(&str, Result_); 12] = [
    ("khong du hoc", Some(rules::Outcome::Absent)),
    ("khong tham gia", Some(rules::Outcome::Absent)),
    ("vang mat", Some(rules::Outcome::Absent)),
    ("vang", Some(rules::Outcome::Absent)),
    ("nghi", Some(rules::Outcome::Absent)),
    ("khong dat", Some(rules::Outcome::Failed)),
    ("chua dat", Some(rules::Outcome::Failed)),
    ("truot", Some(rules::Outcome::Failed)),
    ("chua co ket qua", None),
    ("chua co", None),
    ("dat", Some(rules::Outcome::Certified)),
    ("duoc cap", Some(rules::Outcome::Certified)),
];

/// Reads `QC-014 vắng, Bình không đạt`: all of it is taken, or nothing. `false`: it is no such thing.
fn typed_marks(plan: &mut Plan, open: &[Seat], text: &str) -> Result<bool, Failure> {
    let mut read = Vec::new();
    for typed in text.split([',', ';', '\n']).map(str::trim).filter(|typed| !typed.is_empty()) {
        let folded = fold(typed);
        let spoken = SPOKEN.iter().find_map(|(words, result)| {
            Some((folded.strip_suffix(words)?.trim_end().to_owned(), *result))
        });
        let Some((who, result)) = spoken.filter(|(who, _)| !who.is_empty()) else {
            return Ok(false);
        };
        read.push((one(open, &who, typed)?, result));
    }
    for (case, result) in &read {
        plan.set(*case, *result);
    }
    Ok(!read.is_empty())
}

/// Whom a folded code or name means among those who were sent.
fn one(open: &[Seat], who: &str, typed: &str) -> Result<CaseId, Failure> {
    let code = leading_case_code(who).filter(|(_, rest)| rest.is_empty()).map(|(code, _)| code);
    let is_meant = |seat: &&Seat| match &code {
        Some(code) => seat.code == *code,
        None => seat.name.folded() == who || seat.name.folded().ends_with(&format!(" {who}")),
    };
    let found: Vec<&Seat> = open.iter().filter(is_meant).collect();
    match found[..] {
        [one] => Ok(one.case),
        [] => refuse(Phrase::new("class-not-sent").with("typed", Arg::Typed(Typed::new(typed)))),
        _ => {
            let people = found.iter().map(|seat| seated(seat)).collect();
            refuse(Phrase::new("class-several").with("people", Arg::List(people)))
        }
    }
}

/// One number for all, or one for each: `QC-014 84/2018, QC-018 85/2018`.
fn numbers(plan: &Plan, open: &[Seat], text: &str) -> Result<Vec<(CaseId, String)>, Failure> {
    let wrong = || refuse(Phrase::new("class-number-wrong").with("limit", NUMBER_LIMIT));
    if leading_case_code(&fold(text)).is_none() {
        return match is_number(text) {
            true => Ok(plan.certified().map(|case| (case, text.to_owned())).collect()),
            false => wrong(),
        };
    }
    let mut found: Vec<(CaseId, String)> = Vec::new();
    for typed in text.split([',', ';', '\n']).map(str::trim).filter(|typed| !typed.is_empty()) {
        let words: Vec<&str> = typed.split_whitespace().collect();
        let long = words.first().is_some_and(|word| fold(word) == "qc");
        let (who, number) = words.split_at(words.len().min(if long { 2 } else { 1 }));
        let case = one(open, &fold(&who.join(" ")), typed)?;
        let number = number.join(" ");
        if !is_number(&number) {
            return wrong();
        }
        found.retain(|(other, _)| *other != case);
        found.push((case, number));
    }
    let got = |case: CaseId| found.iter().any(|(of, _)| *of == case);
    let certified: Vec<CaseId> = plan.certified().collect();
    let left = open.iter().filter(|seat| certified.contains(&seat.case) && !got(seat.case));
    let left: Vec<Arg> = left.map(seated).collect();
    if !left.is_empty() {
        return refuse(Phrase::new("class-numbers-left").with("people", Arg::List(left)));
    }
    found.retain(|(case, _)| certified.contains(case));
    Ok(found)
}

/// Writes the results down, if nobody was quicker.
async fn record(cx: &mut Cx<'_>, desk: &Desk, plan: Plan) -> Outcome {
    let whole = held(cx, desk, plan.class).await?;
    let open = open_seats(cx, &whole).await?;
    let known: Vec<&Seat> = open.iter().filter(|seat| plan.mark(seat.case).is_some()).collect();
    let marked = plan.marks.iter().filter(|(_, result)| result.is_some()).count();
    if known.len() < marked {
        cx.leave();
        return page::show(cx, desk, &whole, Some("class-settled-already".into())).await;
    }
    for seat in &known {
        settle(cx, &whole, seat, &plan).await?;
    }
    let certified: Vec<&str> = known
        .iter()
        .filter(|seat| plan.mark(seat.case).is_some_and(rules::Outcome::keeps_the_step))
        .map(|seat| seat.code.as_str())
        .collect();
    let entry = Entry::new(Act::ClassSettled, whole.what.number.as_written())
        .became(Field::Class, whole.what.kind)
        .became(Field::On, plan.on)
        .became(Field::Cases, certified);
    cx.note(entry).await?;
    cx.leave();
    let class = class(cx, desk, whole.id).await?;
    let head = Phrase::new("class-settled")
        .with("count", plan.certified().count())
        .with("all", known.len());
    page::show(cx, desk, &class, Some(head)).await?;
    let after = seats(cx, &class).await?;
    let about: Vec<told::About> = after
        .iter()
        .filter(|seat| known.iter().any(|before| before.id == seat.id))
        .map(|seat| {
            let line = Phrase::new("class-seat")
                .with("candidate", seated(seat))
                .with("result", told::result(seat));
            told::About::saying(seat, line)
        })
        .collect();
    told::tell(cx, desk, &class, told::News::Settled, &about).await
}

/// A certificate is a paper at the office; without one the step is taken back.
async fn settle(cx: &mut Cx<'_>, class: &Class, seat: &Seat, plan: &Plan) -> Outcome {
    let (me, today) = (cx.me()?.id, cx.today());
    let Some(outcome) = plan.mark(seat.case) else { return Ok(()) };
    let certificate = plan.number(seat.case).zip(plan.on);
    if !classes::settle(cx.tx, seat.id, outcome, certificate, me, cx.now).await? {
        return Ok(());
    }
    if outcome.keeps_the_step() {
        let (paper, kept) = (class.what.kind.paper(), Some(Place::Office));
        road::note_paper(cx.tx, seat.case, paper, kept, today, me).await?;
        let entry = Entry::new(Act::PaperNoted, seat.code.as_str())
            .within(seat.unit)
            .became(Field::Paper, paper)
            .became(Field::Kept, kept);
        cx.note(entry).await?;
    } else {
        classes::reverse(cx.tx, seat.id, today, me, cx.now).await?;
        let entry = Entry::new(Act::StepTakenBack, seat.code.as_str())
            .within(seat.unit)
            .was(Field::Step, class.what.kind.step());
        cx.note(entry).await?;
    }
    Ok(())
}
