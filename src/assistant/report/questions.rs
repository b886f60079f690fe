//! What the report's dialogue says: its questions and its preview.

use chrono::NaiveDateTime;

use super::Step;
use crate::domain::people::Status;
use crate::domain::practice::Practice;
use crate::domain::report::{
    Aspect, Draft, Rating, Recommendation, ReportState, Standing, standing,
};
use crate::domain::typed::Typed;
use crate::message::{Arg, Button, Message, Phrase};
use crate::operations::reports::{Report, about};
use crate::phrasing;
use crate::taps::{ReportTap, Tap};

fn button(key: impl Into<Phrase>, tap: ReportTap) -> Button {
    Button::new(key, Tap::Report(tap))
}

/// What the mentor owes, a button for each.
pub(super) fn list(practice: &Practice, reports: &[Report], now: NaiveDateTime) -> Message {
    choices(Message::new().title("report-list"), practice, reports, now)
}

fn choices(
    mut message: Message,
    practice: &Practice,
    reports: &[Report],
    now: NaiveDateTime,
) -> Message {
    for report in reports {
        let state = standing(report.state(), report.has_draft(), practice.local(report.due()), now);
        let choose = ReportTap::Choose { meeting: report.slot().meeting, case: report.slot().case };
        let label = Phrase::new("report-choose")
            .with("candidate", report.candidate())
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
    report: &Report,
    step: Step,
    with_last_month: bool,
    late: bool,
) -> Message {
    let draft = report.working();
    let mut message = match step {
        Step::Preview => return preview(practice, report),
        Step::Menu => return menu(practice, report),
        _ => Message::new().title(about("report-head", practice, report)),
    };
    message = returned(message, report);
    if late && step == Step::Rate(0) {
        message = message.line(about("report-late", practice, report));
    }
    message = match step {
        Step::Rate(index) => rate(message, &draft, index, with_last_month),
        Step::Strengths => text(message, "report-ask-strengths", draft.strengths.as_ref()),
        Step::Weaknesses => text(message, "report-ask-weaknesses", draft.weaknesses.as_ref()),
        _ => recommend(message, &draft, report.status()),
    };
    message.row(vec![
        button("button-back", ReportTap::Back),
        button("button-save-draft", ReportTap::SaveDraft),
    ])
}

/// Why the report came back, above what is being changed.
fn returned(message: Message, report: &Report) -> Message {
    match report.returned() {
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
pub(super) fn shown(practice: &Practice, report: &Report) -> Message {
    let message = Message::new().title(about("report-preview", practice, report));
    phrasing::report(returned(message, report), &report.working())
}

/// The same, to be sent or changed.
fn preview(practice: &Practice, report: &Report) -> Message {
    shown(practice, report).row(vec![button("button-send-report", ReportTap::Send)]).row(vec![
        button("button-edit", ReportTap::Edit),
        button("button-save-draft", ReportTap::SaveDraft),
    ])
}

/// Which answer to change.
fn menu(practice: &Practice, report: &Report) -> Message {
    let mut message =
        Message::new().title(about("report-head", practice, report)).line("report-ask-edit");
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

pub(super) fn saved(practice: &Practice, report: &Report) -> Message {
    let choose = ReportTap::Choose { meeting: report.slot().meeting, case: report.slot().case };
    Message::of(about("report-saved", practice, report))
        .row(vec![button("button-continue", choose)])
}

/// Thanks, and what the mentor still owes, to go on with at once.
pub(super) fn sent(
    practice: &Practice,
    report: &Report,
    owed: &[Report],
    now: NaiveDateTime,
) -> Message {
    let late = report.is_overdue();
    let key = if late { "report-sent-late" } else { "report-sent" };
    let mut message = Message::of(about(key, practice, report));
    if !owed.is_empty() {
        message = message.line(Phrase::new("report-more").with("count", owed.len()));
        message = choices(message, practice, owed, now);
    }
    if late {
        return message;
    }
    let choose = ReportTap::Choose { meeting: report.slot().meeting, case: report.slot().case };
    message.row(vec![button("button-edit", choose)])
}
