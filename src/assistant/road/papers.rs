//! The checklist of a dossier: each paper there or not, and where it is kept. Never its content.

use super::{Cx, Outcome};
use crate::domain::ids::CaseId;
use crate::domain::road::{Paper, PaperSet, Place};
use crate::message::{Button, Message, Phrase};
use crate::operations::cases::{self, Dossier, look_button};
use crate::phrasing::road as say;
use crate::taps::{RoadTap, Tap};

pub(super) async fn show(cx: &mut Cx<'_>, case: CaseId, set: PaperSet) -> Outcome {
    let dossier = cases::today(&mut cx.work().await?, case).await?;
    let message = list(cx, &dossier, set, Message::new());
    cx.reply(message).await
}

/// The papers of one half of the road, a button for each, below what was said already.
fn list(cx: &Cx<'_>, dossier: &Dossier, set: PaperSet, message: Message) -> Message {
    let needed = dossier.road(cx.practice).needed(set, cx.today());
    let of_set = || Paper::ALL.iter().copied().filter(move |paper| paper.set() == set);
    let have = of_set().filter(|paper| dossier.facts.papers.contains_key(paper)).count();
    let title = Phrase::new(format!("papers-{set}")).with("candidate", dossier.candidate());
    let mut message = message
        .title(title)
        .line(Phrase::new("papers-count").with("have", have).with("all", of_set().count()))
        .line("papers-hint");
    for paper in of_set() {
        let key = match dossier.facts.papers.contains_key(&paper) {
            true => "papers-there",
            false if needed.contains(&paper) => "papers-needed",
            false => "papers-other",
        };
        let label = Phrase::new(key).with("paper", say::paper(paper));
        let tap = RoadTap::Paper { case: dossier.case.id, paper };
        message = message.row(vec![Button::new(label, Tap::Road(tap))]);
    }
    let other = match set {
        PaperSet::Admission => PaperSet::Recognition,
        PaperSet::Recognition => PaperSet::Admission,
    };
    let turn = RoadTap::Papers { case: dossier.case.id, set: other };
    let turn = Button::new(Phrase::new(format!("papers-button-{other}")), Tap::Road(turn));
    message.row(vec![turn, look_button(dossier.case.id)])
}

/// Asks whether a paper is there, and where it is kept.
pub(super) async fn ask(cx: &mut Cx<'_>, case: CaseId, paper: Paper) -> Outcome {
    let dossier = cases::today(&mut cx.work().await?, case).await?;
    let title = Phrase::new("papers-which")
        .with("paper", say::paper(paper))
        .with("candidate", dossier.candidate());
    let mut message = Message::new().title(title);
    message = match dossier.facts.papers.get(&paper) {
        Some(place) => {
            message.line(Phrase::new("papers-kept-at").with("place", say::place(*place)))
        }
        None => message.line("papers-not-there"),
    };
    let answer =
        |label: Phrase, at| vec![Button::new(label, Tap::Road(RoadTap::Keep { case, paper, at }))];
    for place in Place::ALL {
        let label = Phrase::new("papers-at-button").with("place", say::place(*place));
        message = message.row(answer(label, Some(*place)));
    }
    message = message.row(answer(Phrase::new("papers-none-button"), None));
    let list = RoadTap::Papers { case, set: paper.set() };
    cx.reply(message.row(vec![Button::new("papers-back-button", Tap::Road(list))])).await
}

/// Notes where a paper is kept, or that it is not there, and shows the list again.
pub(super) async fn keep(
    cx: &mut Cx<'_>,
    case: CaseId,
    paper: Paper,
    at: Option<Place>,
) -> Outcome {
    let dossier = cases::keep_paper(&mut cx.work().await?, case, paper, at).await?;
    let noted = match at {
        Some(place) => Phrase::new("papers-noted")
            .with("paper", say::paper(paper))
            .with("place", say::place(place)),
        None => Phrase::new("papers-noted-none").with("paper", say::paper(paper)),
    };
    let message = list(cx, &dossier, paper.set(), Message::new().line(noted).gap());
    cx.reply(message).await
}
