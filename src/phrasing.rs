//! Sentences that features and reminders share: why a meeting falls on its day, its place and time,
//! what stands in a report, and ([`road`]) what stands between a candidate and the next step.

pub mod road;

use crate::domain::calendar::DayOff;
use crate::domain::practice::Practice;
use crate::domain::recurrence::{Nth, Rule, Scheduled};
use crate::domain::report::{Aspect, Draft, Rating, Recommendation};
use crate::message::{Arg, Message, Phrase};
use crate::store::cases::Guided;
use crate::store::meetings::{Meeting, MeetingRule};

/// A rule in words: "ngày 3 hằng tháng".
pub fn rule(rule: &Rule) -> Phrase {
    match rule {
        Rule::DayOfMonth(day) => Phrase::new("rule-day-of-month").with("day", day.get()),
        Rule::NthWeekday { nth, weekday } => Phrase::new(match nth {
            Nth::First => "rule-first-weekday",
            Nth::Second => "rule-second-weekday",
            Nth::Third => "rule-third-weekday",
            Nth::Fourth => "rule-fourth-weekday",
        })
        .with("weekday", Arg::Phrase(Box::new(weekday_phrase(*weekday)))),
        Rule::LastWeekday(weekday) => Phrase::new("rule-last-weekday")
            .with("weekday", Arg::Phrase(Box::new(weekday_phrase(*weekday)))),
        Rule::FirstWorkingDay => Phrase::new("rule-first-working-day"),
        Rule::LastWorkingDay => Phrase::new("rule-last-working-day"),
        Rule::Cron(cron) => Phrase::new("rule-cron").with("expression", cron.expression()),
    }
}

fn weekday_phrase(weekday: chrono::Weekday) -> Phrase {
    Phrase::new(match weekday {
        chrono::Weekday::Mon => "weekday-mon",
        chrono::Weekday::Tue => "weekday-tue",
        chrono::Weekday::Wed => "weekday-wed",
        chrono::Weekday::Thu => "weekday-thu",
        chrono::Weekday::Fri => "weekday-fri",
        chrono::Weekday::Sat => "weekday-sat",
        chrono::Weekday::Sun => "weekday-sun",
    })
}

/// Why a date is no working day.
pub fn day_off(day_off: &DayOff) -> Phrase {
    match day_off {
        DayOff::Saturday => Phrase::new("weekday-sat"),
        DayOff::Sunday => Phrase::new("weekday-sun"),
        DayOff::Holiday { name, .. } => Phrase::new("day-off-holiday").with("name", name.as_str()),
    }
}

/// Why a meeting falls on its day: the rule, and the day off that moved it.
pub fn reason(by: &MeetingRule, scheduled: &Scheduled) -> Phrase {
    let base = rule(&by.habit.rule);
    match &scheduled.moved {
        Some(off) => Phrase::new("schedule-moved")
            .with("rule", base)
            .with("nominal", scheduled.nominal)
            .with("off", day_off(off)),
        None => Phrase::new("schedule-by-rule").with("rule", base),
    }
}

/// "14:00, thứ Tư ngày 05/12/2018, tại …"
pub fn meeting_time(practice: &Practice, meeting: &Meeting) -> Phrase {
    let at = practice.local(meeting.starts_at);
    Phrase::new("meeting-time")
        .with("time", at.time())
        .with("weekday", Arg::Weekday(at.date()))
        .with("date", at.date())
        .with("place", meeting.place.as_str())
}

/// A candidate as sentences name them.
pub fn candidate(guided: &Guided) -> Arg {
    Arg::Candidate { code: guided.code.clone(), name: guided.name.clone() }
}

pub fn rating(rating: Rating) -> Phrase {
    Phrase::new(format!("rating-{rating}"))
}

pub fn aspect(aspect: Aspect) -> Phrase {
    Phrase::new(format!("aspect-{aspect}"))
}

pub fn recommendation(recommendation: Recommendation) -> Phrase {
    Phrase::new(format!("recommendation-{recommendation}"))
}

/// What a report says, an item for each answer that was given.
pub fn report(mut message: Message, draft: &Draft) -> Message {
    for (name, given) in Aspect::ALL.iter().zip(draft.ratings) {
        if let Some(given) = given {
            message = message.item(
                Phrase::new("report-line-rating")
                    .with("aspect", aspect(*name))
                    .with("rating", rating(given)),
            );
        }
    }
    for (key, text) in
        [("report-line-strengths", &draft.strengths), ("report-line-weaknesses", &draft.weaknesses)]
    {
        if let Some(text) = text {
            message = message.item(Phrase::new(key).with("text", Arg::Free(text.clone())));
        }
    }
    if let Some(proposal) = draft.recommendation {
        message = message.item(
            Phrase::new("report-line-recommendation")
                .with("recommendation", recommendation(proposal)),
        );
    }
    message
}
