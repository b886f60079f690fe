//! What the report's dialogue says: its questions, its preview, and the notice to the secretary.

use chrono::NaiveDateTime;

use super::{Case, Step};
use crate::domain::people::{Person, Status};
use crate::domain::practice::Practice;
use crate::domain::report::{
    Aspect, Draft, Rating, Recommendation, ReportState, Standing, standing,
};
use crate::domain::typed::Typed;
use crate::message::{Arg, Button, Message, Phrase};
use crate::phrasing;
use crate::taps::{ReportTap, ReviewTap, Tap};

fn button(key: impl Into<Phrase>, tap: ReportTap) -> Button {
    Button::new(key, Tap::Report(tap))
}

/// A sentence about a case: candidate, month of the meeting, due time.
pub(super) fn headed(key: &str, practice: &Practice, case: &Case) -> Phrase {
    Phrase::new(key)
        .with("candidate", case.candidate())
        .with("month", Arg::Month(case.meeting.month()))
        .with("due", practice.local(case.due))
}

/// What the mentor owes, a button for each.
pub(super) fn list(practice: &Practice, cases: &[Case], now: NaiveDateTime) -> Message {
    choices(Message::new().title("report-list"), practice, cases, now)
}

fn choices(
    mut message: Message,
    practice: &Practice,
    cases: &[Case],
    now: NaiveDateTime,
) -> Message {
    for case in cases {
        let state = standing(case.state(), case.draft.is_some(), practice.local(case.due), now);
        let choose = ReportTap::Choose { meeting: case.slot.meeting, case: case.slot.case };
        let label = Phrase::new("report-choose")
            .with("candidate", case.candidate())
            .with("state", standing_phrase(state));
        message = message.row(vec![button(label, choose)]);
    }
    message
}

fn standing_phrase(standing: Standing) -> Phrase {
    Phrase::new(match standing {
        Standing::Owed => "report-state-owed",
        Standing::Draft => "report-state-draft",
        Standing::Overdue => "report-state-overdue",
        Standing::Filed(ReportState::Submitted) => "report-state-submitted",
        Standing::Filed(ReportState::Returned) => "report-state-returned",
        Standing::Filed(ReportState::Accepted) => "report-state-accepted",
    })
}

/// The question of a step.
pub(super) fn question(
    practice: &Practice,
    case: &Case,
    step: Step,
    with_last_month: bool,
    late: bool,
) -> Message {
    let draft = case.working();
    let mut message = match step {
        Step::Preview => return preview(practice, case, true),
        Step::Menu => return menu(practice, case),
        _ => Message::new().title(headed("report-head", practice, case)),
    };
    message = returned(message, case);
    if late && step == Step::Rate(0) {
        message = message.line(headed("report-late", practice, case));
    }
    message = match step {
        Step::Rate(index) => rate(message, &draft, index, with_last_month),
        Step::Strengths => text(message, "report-ask-strengths", draft.strengths.as_ref()),
        Step::Weaknesses => text(message, "report-ask-weaknesses", draft.weaknesses.as_ref()),
        _ => recommend(message, &draft, case.status),
    };
    message.row(vec![
        button("button-back", ReportTap::Back),
        button("button-save-draft", ReportTap::SaveDraft),
    ])
}

/// Why the report came back, above what is being changed.
fn returned(message: Message, case: &Case) -> Message {
    match &case.returned {
        Some(reason) => {
            message.line(Phrase::new("report-returned").with("reason", Arg::Typed(reason.clone())))
        }
        None => message,
    }
}

fn rate(message: Message, draft: &Draft, index: usize, with_last_month: bool) -> Message {
    // Only a damaged position lies beyond the last aspect; its answer is refused.
    let asked = Aspect::ALL[index.min(Aspect::ALL.len() - 1)];
    let mut message = message.line(
        Phrase::new("report-ask-rating")
            .with("number", index + 1)
            .with("aspect", phrasing::aspect(asked)),
    );
    if let Some(chosen) = draft.ratings.get(index).copied().flatten() {
        message =
            message.line(Phrase::new("report-chosen").with("choice", phrasing::rating(chosen)));
    }
    let ratings: Vec<Button> =
        Rating::ALL.iter().map(|r| button(phrasing::rating(*r), ReportTap::Rate(*r))).collect();
    let (upper, lower) = ratings.split_at(2);
    message = message.row(upper.to_vec()).row(lower.to_vec());
    if with_last_month {
        message = message.row(vec![button("button-as-last-month", ReportTap::AsLastMonth)]);
    }
    message
}

fn text(message: Message, key: &str, kept: Option<&Typed>) -> Message {
    let mut message = message.line(key);
    if let Some(kept) = kept {
        message =
            message.line(Phrase::new("report-text-kept").with("text", Arg::Typed(kept.clone())));
    }
    message.row(vec![button("button-skip-text", ReportTap::SkipText)])
}

fn recommend(message: Message, draft: &Draft, status: Status) -> Message {
    let mut message = message.line("report-ask-recommendation");
    if let Some(chosen) = draft.recommendation {
        message = message
            .line(Phrase::new("report-chosen").with("choice", phrasing::recommendation(chosen)));
    }
    for option in Recommendation::of(status) {
        message = message
            .row(vec![button(phrasing::recommendation(*option), ReportTap::Recommend(*option))]);
    }
    message
}

/// The report as it will be sent, or as it was.
pub(super) fn preview(practice: &Practice, case: &Case, changeable: bool) -> Message {
    let mut message = Message::new().title(headed("report-preview", practice, case));
    message = returned(message, case);
    message = phrasing::report(message, &case.working());
    if !changeable {
        return message;
    }
    message.row(vec![button("button-send-report", ReportTap::Send)]).row(vec![
        button("button-edit", ReportTap::Edit),
        button("button-save-draft", ReportTap::SaveDraft),
    ])
}

/// Which answer to change.
fn menu(practice: &Practice, case: &Case) -> Message {
    let mut message =
        Message::new().title(headed("report-head", practice, case)).line("report-ask-edit");
    for (index, name) in Aspect::ALL.iter().enumerate() {
        message = message.row(vec![button(phrasing::aspect(*name), ReportTap::EditRating(index))]);
    }
    message
        .row(vec![
            button("button-edit-text", ReportTap::EditText),
            button("button-edit-recommendation", ReportTap::EditRecommendation),
        ])
        .row(vec![button("button-back", ReportTap::Back)])
}

pub(super) fn saved(practice: &Practice, case: &Case) -> Message {
    let choose = ReportTap::Choose { meeting: case.slot.meeting, case: case.slot.case };
    Message::of(headed("report-saved", practice, case)).row(vec![button("button-continue", choose)])
}

/// Thanks, and what the mentor still owes, to go on with at once.
pub(super) fn sent(practice: &Practice, case: &Case, owed: &[Case], now: NaiveDateTime) -> Message {
    let late = now > practice.local(case.due);
    let key = if late { "report-sent-late" } else { "report-sent" };
    let mut message = Message::of(headed(key, practice, case));
    if !owed.is_empty() {
        message = message.line(Phrase::new("report-more").with("count", owed.len()));
        message = choices(message, practice, owed, now);
    }
    if late {
        return message;
    }
    let choose = ReportTap::Choose { meeting: case.slot.meeting, case: case.slot.case };
    message.row(vec![button("button-edit", choose)])
}

/// The notice to the secretary, with the whole report: they need not ask for it.
pub(super) fn arrived(
    practice: &Practice,
    case: &Case,
    mentor: &Person,
    secretary: &Person,
    received: usize,
    all: usize,
) -> Message {
    let again = case.filed.is_some();
    let key = if again { "report-arrived-again" } else { "report-arrived" };
    let message = Message::new()
        .line(headed(key, practice, case).with("name", secretary.id).with("mentor", mentor.id));
    phrasing::report(message, &case.working())
        .line(Phrase::new("report-received").with("received", received).with("all", all))
        .row(vec![
            Button::new("button-accept", Tap::Review(ReviewTap::Accept(case.slot))),
            Button::new("button-return", Tap::Review(ReviewTap::Return(case.slot))),
        ])
}
