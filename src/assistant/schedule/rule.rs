//! Setting when a branch meets: the day by buttons or in words, the time, the place, and what
//! becomes of a day off; then the next six dates, and whether that is meant.
//!
//! What was planned under the old rule and is not held yet follows the new one.

use chrono::{NaiveTime, Weekday};
use serde::{Deserialize, Serialize};

use super::{
    NAME, Position, Stage, button, edit_menu, free_text, informed, must_set, or_leave, rule_of,
    verdict_buttons, voided,
};
use crate::assistant::engine::context::Cx;
use crate::assistant::engine::failure::{Failure, Outcome, refuse};
use crate::assistant::engine::feature::Claim;
use crate::domain::calendar::Month;
use crate::domain::ids::UnitId;
use crate::domain::practice::{MeetingHabit, Practice};
use crate::domain::recurrence::{MonthDay, Nth, Policy, Rule, RuleError, Wording, WordingError};
use crate::domain::time_of_day::{self, NoSuchTime};
use crate::domain::typed::Typed;
use crate::message::{Arg, Message, Phrase};
use crate::operations::meetings::rule::{self as operation, Foreseen, PREVIEWED, Set};
use crate::operations::meetings::{self, NAME_LIMIT};
use crate::operations::timetable::{self, Ahead};
use crate::phrasing;
use crate::store::meetings::MeetingRule;
use crate::store::revisions::Reason;
use crate::store::sheets::OfTheDay;
use crate::taps::{Asked, Given, ScheduleTap};

/// Buttons for days of the month in one row.
const DAYS_IN_ROW: usize = 5;
/// Hours that are offered.
const HOURS: [u32; 4] = [8, 14, 15, 16];
const WEEKDAYS: [Weekday; 7] = [
    Weekday::Mon,
    Weekday::Tue,
    Weekday::Wed,
    Weekday::Thu,
    Weekday::Fri,
    Weekday::Sat,
    Weekday::Sun,
];

/// The rule that is being set; rule and policy in their stored form.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Draft {
    unit: UnitId,
    stage: Stage,
    rule: Option<String>,
    time: Option<NaiveTime>,
    place: Option<Typed>,
    policy: Option<String>,
}

impl Draft {
    fn of(unit: UnitId) -> Self {
        let stage = Stage::Answer(Asked::Rule);
        Self { unit, stage, rule: None, time: None, place: None, policy: None }
    }

    /// Waits for what is still missing, or shows what will come of it.
    fn next(mut self) -> Self {
        let missing = [
            (self.rule.is_none(), Asked::Rule),
            (self.time.is_none(), Asked::Time),
            (self.place.is_none(), Asked::Place),
            (self.policy.is_none(), Asked::Policy),
        ];
        let missing = missing.into_iter().find_map(|(missing, asked)| missing.then_some(asked));
        self.stage = missing.map_or(Stage::Preview, Stage::Answer);
        self
    }

    fn take(&mut self, wording: Wording) {
        self.rule = Some(wording.rule.to_string());
        self.time = wording.time.or(self.time);
    }

    pub(super) fn stage(&self) -> Stage {
        self.stage
    }

    /// Whether it waits for the rule, which may be a bare number: the day of the month.
    pub(super) fn wants_day(&self) -> bool {
        self.stage == Stage::Answer(Asked::Rule)
    }

    /// The habit, when every answer is there.
    fn habit(&self) -> Result<MeetingHabit, Failure> {
        let (Some(rule), Some(time), Some(place), Some(policy)) =
            (&self.rule, self.time, &self.place, &self.policy)
        else {
            return Err(Failure::Unreadable);
        };
        Ok(MeetingHabit {
            rule: rule.parse().map_err(|_| Failure::Unreadable)?,
            time,
            place: place.clone(),
            policy: policy.parse().map_err(|_| Failure::Unreadable)?,
        })
    }
}

pub(super) async fn begin(cx: &mut Cx<'_>, unit: UnitId) -> Outcome {
    ask(cx, Draft::of(unit)).await
}

/// Begins with a rule that was typed behind the command.
pub(super) async fn begin_with(cx: &mut Cx<'_>, unit: UnitId, wording: Wording) -> Outcome {
    let mut draft = Draft::of(unit);
    draft.take(wording);
    ask(cx, draft.next()).await
}

pub(super) async fn answer(cx: &mut Cx<'_>, mut draft: Draft, tap: ScheduleTap) -> Outcome {
    must_set(cx, draft.unit).await?;
    match tap {
        ScheduleTap::Give(given) => {
            give(cx, &mut draft, given).await?;
            draft = draft.next();
        }
        ScheduleTap::Ask(asked) => draft.stage = Stage::Answer(asked),
        ScheduleTap::Edit if draft.stage == Stage::Preview => draft.stage = Stage::Edit,
        ScheduleTap::Confirm if draft.stage == Stage::Preview => return save(cx, draft).await,
        _ => return cx.stale().await,
    }
    ask(cx, draft).await
}

async fn give(cx: &mut Cx<'_>, draft: &mut Draft, given: Given) -> Outcome {
    match given {
        Given::Rule(rule) => draft.rule = Some(rule),
        Given::Time(time) => draft.time = Some(time),
        Given::Policy(policy) => draft.policy = Some(policy),
        Given::Same if draft.stage == Stage::Answer(Asked::Place) => {
            draft.place = Some(rule_of(cx, draft.unit).await?.habit.place);
        }
        Given::Same | Given::Anyway => return refuse("tap-stale"),
    }
    Ok(())
}

pub(super) async fn text(cx: &mut Cx<'_>, mut draft: Draft, text: &str) -> Result<Claim, Failure> {
    must_set(cx, draft.unit).await?;
    match draft.stage {
        Stage::Answer(Asked::Rule | Asked::DayOfMonth | Asked::Weekday | Asked::Which(_)) => {
            // A number alone is a day of the month.
            let day = text.trim().parse::<u32>().map(|day| format!("ngay {day}"));
            match Wording::read(day.as_deref().unwrap_or(text), Month::of(cx.today())) {
                Ok(wording) => draft.take(wording),
                Err(error) => return misread(&error).map_or(Ok(Claim::NotMine), refuse),
            }
        }
        Stage::Answer(Asked::Time) => match time_of_day::alone(text) {
            Ok(Some(time)) => draft.time = Some(time),
            Ok(None) => return Ok(Claim::NotMine),
            Err(error) => return refuse(no_such_time(error)),
        },
        Stage::Answer(Asked::Place) => draft.place = Some(free_text(text, NAME_LIMIT)?),
        _ => return Ok(Claim::NotMine),
    }
    ask(cx, draft.next()).await?;
    Ok(Claim::Done)
}

/// What is wrong with a rule; `None` of words that are none, as the question itself gives examples.
pub(super) fn misread(error: &WordingError) -> Option<Phrase> {
    let rule = match error {
        WordingError::Time(time) => return Some(no_such_time(*time)),
        WordingError::Rule(rule) => rule,
    };
    Some(match rule {
        RuleError::Unknown(_) => return None,
        RuleError::DayOutOfRange(day) => Phrase::new("rule-wrong-day").with("day", i64::from(*day)),
        RuleError::FifthWeekday(weekday) => Phrase::new("rule-wrong-fifth")
            .with("rule", phrasing::rule(&Rule::LastWeekday(*weekday))),
        RuleError::CronFields(fields) => Phrase::new("rule-wrong-fields").with("count", *fields),
        RuleError::CronSyntax(_) => Phrase::new("rule-wrong-syntax"),
        RuleError::CronNumberedWeekday(_) => Phrase::new("rule-wrong-weekday"),
        RuleError::CronEnds => Phrase::new("rule-wrong-end"),
        RuleError::CronNotOnce { month, dates } => Phrase::new("rule-wrong-often")
            .with("month", Arg::Month(month.first_day()))
            .with("count", i64::from(*dates)),
    })
}

pub(super) fn no_such_time(time: NoSuchTime) -> Phrase {
    let typed = format!("{}:{:02}", time.hour, time.minute);
    Phrase::new("schedule-no-such-time").with("time", Arg::figures(typed))
}

/// Asks what the dialogue waits for.
pub(super) async fn ask(cx: &mut Cx<'_>, draft: Draft) -> Outcome {
    must_set(cx, draft.unit).await?;
    let now = rule_of(cx, draft.unit).await?.habit;
    let message = match draft.stage {
        Stage::Answer(asked) => question(cx, &draft, &now, asked).await?,
        Stage::Preview => return preview(cx, draft, &now).await,
        Stage::Edit => edit_menu(&[Asked::Rule, Asked::Time, Asked::Place, Asked::Policy]),
        Stage::DayOff(_) => return Err(Failure::Unreadable),
    };
    if draft.wants_day() {
        return cx.ask_number(NAME, &Position::Rule(draft), message).await;
    }
    cx.ask(NAME, &Position::Rule(draft), message).await
}

fn give_button(label: Phrase, given: Given) -> crate::message::Button {
    button(label, ScheduleTap::Give(given))
}

async fn question(
    cx: &mut Cx<'_>,
    draft: &Draft,
    now: &MeetingHabit,
    asked: Asked,
) -> Result<Message, Failure> {
    Ok(match asked {
        Asked::DayOfMonth => by_day(),
        Asked::Weekday => by_weekday(),
        Asked::Which(weekday) => which(weekday)?,
        Asked::Time => times(now.time),
        Asked::Place => Message::of(Phrase::new("schedule-ask-place").with("place", &now.place))
            .row(vec![give_button("schedule-same".into(), Given::Same)]),
        Asked::Policy => policies(),
        _ => {
            let units = cx.units().await?;
            let head = Phrase::new("schedule-ask-rule")
                .with("unit", units.name(draft.unit))
                .with("rule", phrasing::rule(&now.rule))
                .with("time", now.time)
                .with("place", &now.place);
            kinds(Message::of(head).line("schedule-ask-rule-words"))
        }
    })
}

/// The kinds of rule.
fn kinds(message: Message) -> Message {
    let rule = |rule: Rule| give_button(phrasing::rule(&rule), Given::Rule(rule.to_string()));
    message
        .row(vec![
            button("button-day-of-month", ScheduleTap::Ask(Asked::DayOfMonth)),
            button("button-weekday", ScheduleTap::Ask(Asked::Weekday)),
        ])
        .row(vec![rule(Rule::FirstWorkingDay)])
        .row(vec![rule(Rule::LastWorkingDay)])
}

fn by_day() -> Message {
    let days: Vec<_> = (1..=31)
        .filter_map(|day| MonthDay::new(day).ok())
        .map(|day| {
            let rule = Rule::DayOfMonth(day);
            let label = match day {
                MonthDay::LAST => phrasing::rule(&rule),
                day => Phrase::new("schedule-day").with("day", day.get()),
            };
            give_button(label, Given::Rule(rule.to_string()))
        })
        .collect();
    days.chunks(DAYS_IN_ROW).fold(Message::of("schedule-ask-day"), |m, row| m.row(row.to_vec()))
}

fn by_weekday() -> Message {
    WEEKDAYS.into_iter().fold(Message::of("schedule-ask-weekday"), |message, weekday| {
        let asked = Asked::Which(weekday.num_days_from_monday() as u8);
        message.row(vec![button(phrasing::weekday_name(weekday), ScheduleTap::Ask(asked))])
    })
}

fn which(weekday: u8) -> Result<Message, Failure> {
    let weekday = Weekday::try_from(weekday).map_err(|_| Failure::Unreadable)?;
    let rules = Nth::ALL
        .into_iter()
        .map(|nth| Rule::NthWeekday { nth, weekday })
        .chain([Rule::LastWeekday(weekday)]);
    Ok(rules.fold(Message::of("schedule-ask-which"), |message, rule| {
        let label = phrasing::rule(&rule);
        message.row(vec![give_button(label, Given::Rule(rule.to_string()))])
    }))
}

fn times(now: NaiveTime) -> Message {
    let mut times: Vec<_> =
        HOURS.into_iter().filter_map(|hour| NaiveTime::from_hms_opt(hour, 0, 0)).collect();
    times.push(now);
    times.sort();
    times.dedup();
    let offer = |time: NaiveTime| {
        give_button(Phrase::new("schedule-time").with("time", time), Given::Time(time))
    };
    Message::of(Phrase::new("schedule-ask-time").with("time", now))
        .row(times.into_iter().map(offer).collect())
}

fn policies() -> Message {
    Policy::ALL.into_iter().fold(Message::of("schedule-ask-policy"), |message, policy| {
        let given = Given::Policy(policy.to_string());
        message.row(vec![give_button(phrasing::policy(policy), given)])
    })
}

/// What stands, what will, and what comes of it.
async fn preview(cx: &mut Cx<'_>, mut draft: Draft, now: &MeetingHabit) -> Outcome {
    let rule = MeetingRule { unit: draft.unit, habit: draft.habit()? };
    let foreseen = operation::foresee(&mut cx.work().await?, &rule).await?;
    if let Some(stays) = foreseen.in_the_way() {
        let clash = Phrase::new("schedule-clash").with("at", stays.at.starts);
        cx.say_aside(clash).await?;
        draft.rule = None;
        return Box::pin(ask(cx, draft.next())).await;
    }
    let units = cx.units().await?;
    let mut message = Message::new()
        .title(Phrase::new("schedule-preview").with("unit", units.name(rule.unit)))
        .line(told("schedule-preview-habit", &rule.habit))
        .line(told("schedule-preview-now", now));
    let previewed = foreseen.ahead.iter().take(PREVIEWED);
    let told = previewed.map(|one| {
        let why = why(cx.practice, &rule, one, &foreseen.by_hand);
        one.told(cx.practice, why)
    });
    for line in phrasing::meetings_ahead(told) {
        message = message.item(line);
    }
    message = followed(cx, &foreseen, message);
    let mut voids = OfTheDay::default();
    for one in foreseen.moves(cx.practice) {
        let Some(meeting) = &one.meeting else { continue };
        let of_one = meetings::voids(&mut cx.work().await?, meeting, one.at.starts).await?;
        voids = voids.or(of_one);
    }
    message = voided(message, "schedule-preview-void", voids);
    cx.ask(NAME, &Position::Rule(draft), message.row(verdict_buttons())).await
}

fn told(key: &str, habit: &MeetingHabit) -> Phrase {
    Phrase::new(key)
        .with("rule", phrasing::rule(&habit.rule))
        .with("time", habit.time)
        .with("place", &habit.place)
        .with("policy", phrasing::policy(habit.policy))
}

/// What becomes of each meeting that is planned already: the day it had and the one it gets, or why
/// it keeps its day.
fn followed(cx: &Cx<'_>, foreseen: &Foreseen, mut message: Message) -> Message {
    let (ahead, by_hand) = (&foreseen.ahead, &foreseen.by_hand);
    let moves = foreseen.moves(cx.practice);
    if moves.is_empty() && !ahead.iter().any(|one| one.moved(cx.practice, by_hand).is_some()) {
        return message;
    }
    let follow = Phrase::new("schedule-preview-follow").with("count", moves.len());
    message = message.gap().line(follow);
    for one in ahead {
        let Some(meeting) = &one.meeting else { continue };
        if let Some(why) = one.moved(cx.practice, by_hand) {
            message = message.item(
                Phrase::new("schedule-preview-kept")
                    .with("month", meeting.month)
                    .with("at", one.at.starts)
                    .with("why", why),
            );
        } else if timetable::appointment(cx.practice, meeting) != one.at {
            message = message.item(
                Phrase::new("schedule-preview-moves")
                    .with("month", meeting.month)
                    .with("before", phrasing::meeting_time(cx.practice, meeting))
                    .with("when", phrasing::time_and_place(one.at.starts, &one.at.place)),
            );
        }
    }
    message
}

/// Why a meeting falls on its day, or keeps it.
fn why(practice: &Practice, rule: &MeetingRule, one: &Ahead, by_hand: &[Reason]) -> Phrase {
    match (&one.scheduled, one.moved(practice, by_hand)) {
        (_, Some(moved)) => Phrase::new("schedule-kept").with("why", moved),
        (Some(scheduled), None) if one.is_by_rule() => phrasing::reason(rule, scheduled),
        _ => Phrase::new("schedule-stays"),
    }
}

async fn save(cx: &mut Cx<'_>, draft: Draft) -> Outcome {
    let rule = MeetingRule { unit: draft.unit, habit: draft.habit()? };
    // What is confirmed is what was shown, with what stood then.
    let now = rule_of(cx, draft.unit).await?.habit;
    let set = operation::set(&mut cx.work().await?, &rule, &now).await;
    let (count, voids) = match or_leave(cx, set)? {
        Set::Done { informed, voids } => (informed, voids),
        Set::Same => {
            cx.leave();
            return cx.reply(Message::of("schedule-unchanged")).await;
        }
        // A meeting was moved while this was being looked at.
        Set::InTheWay(_) => return ask(cx, draft).await,
    };
    cx.leave();
    let units = cx.units().await?;
    let message = Message::of(
        Phrase::new("schedule-saved")
            .with("unit", units.name(rule.unit))
            .with("rule", phrasing::rule(&rule.habit.rule))
            .with("time", rule.habit.time),
    );
    cx.reply(informed(message, count, voids)).await
}
