//! [Ghi nhầm] on a candidate's page: offers the newest step, and takes it back when that is meant.
//! The two taps are no dialogue, so there is nothing to leave: the second names the step it is about,
//! and is refused when another one has come meanwhile.

use super::{Cx, Outcome};
use crate::domain::ids::{CaseId, CaseStepId};
use crate::domain::road::stage;
use crate::message::{Button, Message, Phrase};
use crate::operations::cases::undoing::{self, TakenBack};
use crate::operations::cases::{self, Dossier, look_button, on_step};
use crate::phrasing::road as say;
use crate::store::people;
use crate::taps::{RoadTap, Tap};

/// Whether the person asking may say that the newest step was a mistake.
pub(super) fn may_be_one(dossier: &Dossier) -> bool {
    dossier.history.last().is_some_and(|taken| undoing::may(dossier, taken.step))
}

pub(super) fn button(dossier: &Dossier) -> Button {
    Button::new("back-ask-button", Tap::Road(RoadTap::Mistaken(dossier.case.id)))
}

/// The newest step, where the case will stand without it, and the question whether it goes.
pub(super) async fn ask(cx: &mut Cx<'_>, case: CaseId) -> Outcome {
    let mut work = cx.work().await?;
    let dossier = cases::today(&mut work, case).await?;
    let newest = undoing::mistaken(&mut work, &dossier).await?;
    let today = cx.today();
    let by = match newest.by {
        Some(by) => people::get(cx.tx, by, today).await?,
        None => None,
    };
    let line = Phrase::new("page-step").with("on", newest.on).with("step", say::step(newest.step));
    let mut message = Message::new()
        .title(Phrase::new("back-title").with("candidate", dossier.candidate()))
        .item(line);
    if let Some(by) = by {
        message = message.item(
            Phrase::new("back-recorded")
                .with("by", by.id)
                .with("at", cx.practice.local(newest.recorded_at)),
        );
    }
    let before = dossier.history.split_last().map_or(&[][..], |(_, before)| before);
    message = message.line(match stage(before) {
        Some(stage) => Phrase::new("back-to").with("stage", say::stage(stage)),
        None => Phrase::new("back-to-nothing"),
    });
    let taken = RoadTap::TakeBack { case, taken: newest.id };
    let row = vec![Button::new("back-button", Tap::Road(taken)), look_button(case)];
    cx.reply(message.line("back-hint").row(row)).await
}

pub(super) async fn take_back(cx: &mut Cx<'_>, case: CaseId, taken: CaseStepId) -> Outcome {
    let TakenBack { newest, before, left } =
        undoing::take_back(&mut cx.work().await?, case, taken).await?;
    let done = on_step("back-done", &before, newest.step).with("on", newest.on);
    let message = match left {
        Some(now) => Message::of(done)
            .line(Phrase::new("back-stage").with("stage", say::stage(now.stage())))
            .row(vec![look_button(case)]),
        None => Message::of(done).line("back-nothing-left"),
    };
    cx.reply(message).await
}
