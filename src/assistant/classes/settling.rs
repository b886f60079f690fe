//! After a class: who got a certificate, of which day and number, and who did not attend or did not
//! pass. Everybody gets one but those who are marked otherwise.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    Claim, ClassTap, Cx, Desk, Failure, NAME, Outcome, Page, Phrase, Position, beside, button,
    class, held, named, operation, or_leave, page, refuse, typed_date,
};
use crate::domain::class as rules;
use crate::domain::ids::{CaseId, ClassId};
use crate::domain::name::{Fit, best};
use crate::domain::people::called;
use crate::domain::report::leading_case_code;
use crate::domain::text::{as_typed, fold};
use crate::domain::typed::Typed;
use crate::message::{Arg, Message};
use crate::operations::classes::settling::{self, Results, Settled};
use crate::phrasing::class::outcome;
use crate::store::classes::{Class, Seat};

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
    numbers: Vec<(CaseId, Typed)>,
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

    fn number(&self, case: CaseId) -> Option<&Typed> {
        self.numbers.iter().find(|(of, _)| *of == case).map(|(_, number)| number)
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
    settling::must_be_over(class, cx.today())?;
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

async fn open_seats(cx: &mut Cx<'_>, class: &Class) -> Result<Vec<Seat>, Failure> {
    let open = settling::open_seats(&mut cx.work().await?, class).await;
    or_leave(cx, open)
}

pub(super) async fn ask(cx: &mut Cx<'_>, plan: Plan) -> Outcome {
    let class = held(cx, plan.class).await?;
    let open = open_seats(cx, &class).await?;
    put(cx, &class, plan, &open).await
}

async fn put(cx: &mut Cx<'_>, class: &Class, plan: Plan, open: &[Seat]) -> Outcome {
    let title = Phrase::new("class-settle-title").with("class", named(&class.what));
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
    let page = Page::of(page, open.len());
    let counts = Phrase::new("class-marks-count")
        .with("certified", plan.certified().count())
        .with("all", open.len());
    let mut message = message.line("class-ask-marks").line(counts);
    for seat in page.shown(open) {
        let result = plan.mark(seat.case);
        let label = Phrase::new("class-mark")
            .with("candidate", seat.person)
            .with("result", outcome(result));
        let tap = ClassTap::Mark { case: seat.case, outcome: turned(result) };
        message = message.row(vec![button(label, tap)]);
    }
    message.row(beside(page)).row(vec![button("button-continue", ClassTap::Continue)])
}

fn preview(message: Message, plan: &Plan, open: &[Seat]) -> Message {
    let mut message = message.line("class-settle-preview");
    for seat in open {
        let said = match (plan.number(seat.case), plan.on) {
            (Some(number), Some(on)) => {
                Phrase::new("class-result-certified").with("number", number).with("on", on)
            }
            _ => outcome(plan.mark(seat.case)),
        };
        let line = Phrase::new("class-seat").with("candidate", seat.person).with("result", said);
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
        (ClassTap::Day(on), Step::Day) => take_day(cx, &mut plan, on).await?,
        (ClassTap::Anew, Step::Preview) => {
            plan.numbers.clear();
            plan.on = None;
            plan.at = Step::Marks(0);
        }
        (ClassTap::Confirm, Step::Preview) => return record(cx, desk, plan).await,
        _ => return cx.stale().await,
    }
    ask(cx, plan).await
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

async fn take_day(cx: &mut Cx<'_>, plan: &mut Plan, on: NaiveDate) -> Outcome {
    let class = held(cx, plan.class).await?;
    settling::must_be_a_day(&class, on, cx.today())?;
    plan.on = Some(on);
    plan.at = Step::Number;
    Ok(())
}

pub(super) async fn text(cx: &mut Cx<'_>, mut plan: Plan, text: &str) -> Result<Claim, Failure> {
    match plan.at {
        Step::Marks(_) => {
            let class = held(cx, plan.class).await?;
            let open = open_seats(cx, &class).await?;
            if !typed_marks(&mut plan, &open, text)? {
                return Ok(Claim::NotMine);
            }
        }
        Step::Day => {
            let Some(on) = typed_date(text, cx.today())? else { return Ok(Claim::NotMine) };
            take_day(cx, &mut plan, on).await?;
        }
        Step::Number => {
            let class = held(cx, plan.class).await?;
            let open = open_seats(cx, &class).await?;
            plan.numbers = numbers(&plan, &open, text, cx.today())?;
            plan.at = Step::Preview;
        }
        Step::Preview => return Ok(Claim::NotMine),
    }
    ask(cx, plan).await?;
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
    let fit = |seat: &Seat| match &code {
        Some(code) => (seat.code == *code).then_some(Fit::Exactly),
        None => called(&seat.name, as_typed(typed, who)),
    };
    let found: Vec<&Seat> = best(open, |seat| fit(seat));
    match found[..] {
        [one] => Ok(one.case),
        [] => refuse(Phrase::new("class-not-sent").with("typed", Arg::Typed(Typed::new(typed)))),
        _ => {
            let people = found.iter().map(|seat| Arg::Who(seat.person)).collect();
            refuse(Phrase::new("class-several").with("people", Arg::List(people)))
        }
    }
}

/// One number for all, or one for each: `QC-014 84/2018, QC-018 85/2018`.
fn numbers(
    plan: &Plan,
    open: &[Seat],
    text: &str,
    today: NaiveDate,
) -> Result<Vec<(CaseId, Typed)>, Failure> {
    if leading_case_code(&fold(text)).is_none() {
        let number = Typed::new(text);
        operation::must_be_a_number(&number, today)?;
        return Ok(plan.certified().map(|case| (case, number.clone())).collect());
    }
    let mut found: Vec<(CaseId, Typed)> = Vec::new();
    for typed in text.split([',', ';', '\n']).map(str::trim).filter(|typed| !typed.is_empty()) {
        let words: Vec<&str> = typed.split_whitespace().collect();
        let long = words.first().is_some_and(|word| fold(word) == "qc");
        let (who, number) = words.split_at(words.len().min(if long { 2 } else { 1 }));
        let case = one(open, &fold(&who.join(" ")), typed)?;
        let number = Typed::new(number.join(" "));
        operation::must_be_a_number(&number, today)?;
        found.retain(|(other, _)| *other != case);
        found.push((case, number));
    }
    let certified: Vec<CaseId> = plan.certified().collect();
    settling::must_all_be_numbered(open, &certified, &found)?;
    found.retain(|(case, _)| certified.contains(case));
    Ok(found)
}

/// Has the results written down, if nobody was quicker.
async fn record(cx: &mut Cx<'_>, desk: &Desk, plan: Plan) -> Outcome {
    let known = plan.marks.iter().filter_map(|(case, result)| Some((*case, (*result)?)));
    let results = Results { outcomes: known.collect(), on: plan.on, numbers: plan.numbers };
    let settled = settling::settle(&mut cx.work().await?, plan.class, &results).await;
    let head = match or_leave(cx, settled)? {
        Settled::Already => Phrase::new("class-settled-already"),
        Settled::Done { certified, all } => {
            Phrase::new("class-settled").with("count", certified).with("all", all)
        }
    };
    cx.leave();
    let class = class(cx, plan.class).await?;
    page::show(cx, desk, &class, Some(head)).await
}
