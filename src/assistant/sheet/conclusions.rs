//! What the meeting says of a candidate: a conclusion in words, what is proposed, and the votes on it.

use super::{
    CaseId, Claim, Cx, Failure, MeetingId, NAME, OpenSheet, Outcome, Phrase, Position, Typed,
    button, open, or_leave, refuse, rows, sheets,
};
use crate::domain::minutes::{NotVotes, Votes};
use crate::domain::report::{Recommendation, ReportState, Slot};
use crate::message::{Arg, Message};
use crate::operations::sheets::Ballot;
use crate::phrasing;
use crate::store::cases::Guided;
use crate::store::reports;
use crate::store::sheets::Conclusion;
use crate::taps::SheetTap;

/// A candidate of the branch, once for each mentor. Where the meeting says nothing of them there is nothing
/// to go on with: a button, or the question it asked, can be from before candidates were the regular
/// meetings' business alone.
async fn guided(cx: &mut Cx<'_>, sheet: &OpenSheet, case: CaseId) -> Result<Vec<Guided>, Failure> {
    let guided = sheets::guided(&mut cx.work().await?, sheet, case).await;
    or_leave(cx, guided)
}

/// The mentors' reports, what is concluded so far, and what can be done.
pub(super) async fn show(cx: &mut Cx<'_>, id: MeetingId, case: CaseId) -> Outcome {
    let sheet = open(cx, id).await?;
    let pairs = guided(cx, &sheet, case).await?;
    let candidate = pairs[0].person;
    let mut message =
        Message::new().title(Phrase::new("sheet-case-title").with("candidate", candidate));
    let mut proposed: Vec<Recommendation> = Vec::new();
    for pair in &pairs {
        let slot = Slot { meeting: id, case, mentor: pair.mentor_id };
        let mentor = pair.mentor_id;
        let filed = reports::get(cx.tx, slot).await?;
        message = message.item(match filed.filter(|f| f.state != ReportState::Returned) {
            None => Phrase::new("sheet-case-no-report").with("mentor", mentor),
            Some(filed) => {
                let proposal = filed.content.recommendation;
                if !proposed.contains(&proposal) {
                    proposed.push(proposal);
                }
                let ratings = filed.content.ratings.map(|r| Arg::from(phrasing::rating(r)));
                Phrase::new("sheet-case-report")
                    .with("mentor", mentor)
                    .with("ratings", ratings.to_vec())
                    .with("recommendation", phrasing::recommendation(proposal))
            }
        });
    }
    let all = rows::conclusions(cx.tx, id).await?;
    let known = all.into_iter().find(|one| one.case == case);
    if let Some(known) = &known {
        message = lines(cx, &sheet, known, message.gap());
    }
    // What the mentors propose comes first; the branch may vote on anything that fits.
    let fitting = sheets::proposals(&mut cx.work().await?, &sheet, case).await?;
    proposed.retain(|one| fitting.contains(one));
    proposed.extend(fitting.iter().filter(|one| !proposed.contains(one)).collect::<Vec<_>>());
    message = message.row(vec![button("sheet-conclude", SheetTap::Conclude { meeting: id, case })]);
    let chosen = known.and_then(|known| known.recommendation);
    for recommendation in proposed.into_iter().filter(|one| Some(*one) != chosen) {
        let label = Phrase::new("sheet-propose")
            .with("recommendation", phrasing::recommendation(recommendation));
        let tap = SheetTap::Propose { meeting: id, case, recommendation };
        message = message.row(vec![button(label, tap)]);
    }
    if chosen.is_some() {
        message = message.row(vec![button("sheet-vote", SheetTap::Vote { meeting: id, case })]);
    }
    cx.reply(message.row(vec![button("sheet-back", SheetTap::Show(id))])).await
}

/// What was concluded, as it stands on the sheet.
pub(super) fn lines(
    cx: &Cx<'_>,
    sheet: &OpenSheet,
    one: &Conclusion,
    mut message: Message,
) -> Message {
    if let Some(text) = &one.conclusion {
        message = message
            .item(Phrase::new("sheet-conclusion").with("candidate", one.person).with("text", text));
    }
    let Some(recommendation) = one.recommendation else { return message };
    let recommendation = phrasing::recommendation(recommendation);
    let Some(votes) = one.votes else {
        return message.item(
            Phrase::new("sheet-proposed")
                .with("candidate", one.person)
                .with("recommendation", recommendation),
        );
    };
    let officials = sheet.officials();
    let carried = votes.carried(officials, cx.practice.majority_percent);
    let key = if carried { "sheet-voted-carried" } else { "sheet-voted-lost" };
    message.item(
        counted(key, votes)
            .with("candidate", one.person)
            .with("recommendation", recommendation)
            .with("officials", officials)
            .with("percent", cx.practice.majority_percent),
    )
}

pub(super) async fn ask(cx: &mut Cx<'_>, meeting: MeetingId, case: CaseId) -> Outcome {
    let sheet = open(cx, meeting).await?;
    let candidate = guided(cx, &sheet, case).await?[0].person;
    let question = Phrase::new("sheet-ask-conclusion").with("candidate", candidate);
    let back = button("sheet-back", SheetTap::Case { meeting, case });
    let message = Message::of(question).row(vec![back]);
    cx.ask(NAME, &Position::Conclude { meeting, case }, message).await
}

pub(super) async fn conclude(
    cx: &mut Cx<'_>,
    id: MeetingId,
    case: CaseId,
    text: &str,
) -> Result<Claim, Failure> {
    let sheet = open(cx, id).await?;
    guided(cx, &sheet, case).await?;
    let noted = sheets::conclude(&mut cx.work().await?, &sheet, case, &Typed::new(text)).await?;
    cx.leave();
    cx.say_if_same(noted).await?;
    show(cx, id, case).await?;
    Ok(Claim::Done)
}

pub(super) async fn propose(
    cx: &mut Cx<'_>,
    id: MeetingId,
    case: CaseId,
    recommendation: Recommendation,
) -> Outcome {
    let sheet = open(cx, id).await?;
    let _ = sheets::propose(&mut cx.work().await?, &sheet, case, recommendation).await?;
    show(cx, id, case).await
}

fn voices(votes: Votes) -> [u32; 3] {
    [votes.in_favour, votes.against, votes.other]
}

/// A sentence with the votes in it.
fn counted(key: &str, votes: Votes) -> Phrase {
    Phrase::new(key)
        .with("in-favour", votes.in_favour)
        .with("against", votes.against)
        .with("other", votes.other)
}

/// The sheet, and the vote that can be taken.
async fn ballot(
    cx: &mut Cx<'_>,
    id: MeetingId,
    case: CaseId,
) -> Result<(OpenSheet, Ballot), Failure> {
    let sheet = open(cx, id).await?;
    let ballot = sheets::ballot(&mut cx.work().await?, &sheet, case).await;
    Ok((sheet, or_leave(cx, ballot)?))
}

pub(super) async fn ask_votes(cx: &mut Cx<'_>, meeting: MeetingId, case: CaseId) -> Outcome {
    let (_, ballot) = ballot(cx, meeting, case).await?;
    let question = Phrase::new("sheet-ask-votes")
        .with("candidate", ballot.candidate)
        .with("recommendation", phrasing::recommendation(ballot.recommendation))
        .with("voters", ballot.voters);
    let all = Phrase::new("sheet-unanimous").with("voters", ballot.voters);
    let noted = ballot.noted();
    let mut message = Message::of(question);
    if let Some(votes) = noted {
        message = message.line(counted("sheet-votes-noted", votes));
    }
    let message = message
        .row(vec![button(all, SheetTap::Unanimous { meeting, case })])
        .row(vec![button("sheet-back", SheetTap::Case { meeting, case })]);
    cx.shows(&("vote", meeting, case, ballot.recommendation, ballot.voters, noted.map(voices)))?;
    cx.ask_number(NAME, &Position::Vote { meeting, case }, message).await
}

pub(super) async fn vote(
    cx: &mut Cx<'_>,
    id: MeetingId,
    case: CaseId,
    text: &str,
) -> Result<Claim, Failure> {
    let (sheet, ballot) = ballot(cx, id, case).await?;
    let votes = match Votes::parse(text) {
        Ok(votes) => votes,
        Err(NotVotes::Negative) => return refuse("sheet-vote-negative"),
        Err(NotVotes::Unclear) => return Ok(Claim::NotMine),
    };
    let noted = sheets::vote(&mut cx.work().await?, &sheet, &ballot, votes).await?;
    cx.leave();
    cx.say_if_same(noted).await?;
    show(cx, id, case).await?;
    Ok(Claim::Done)
}

pub(super) async fn unanimous(cx: &mut Cx<'_>, id: MeetingId, case: CaseId) -> Outcome {
    let (sheet, ballot) = ballot(cx, id, case).await?;
    let votes = Votes::unanimous(ballot.voters);
    let noted = sheets::vote(&mut cx.work().await?, &sheet, &ballot, votes).await?;
    cx.leave();
    cx.say_if_same(noted).await?;
    show(cx, id, case).await
}
