//! What the meeting says of a candidate: a conclusion in words, what is proposed, and the votes on
//! it. Only official members who are there vote, so the voices must add up to them.

use super::roll::{self, Roll};
use super::{Claim, Cx, Failure, NAME, Open, Outcome, Position, button, open, refuse, step_out};
use crate::domain::audit::{Act, Field};
use crate::domain::ids::{CaseId, MeetingId};
use crate::domain::minutes::{NotVotes, Votes};
use crate::domain::report::{Recommendation, ReportState, Slot};
use crate::domain::text::nfc;
use crate::message::{Arg, Message, Phrase};
use crate::phrasing;
use crate::store::audit::Entry;
use crate::store::cases::{self, Guided};
use crate::store::reports;
use crate::store::sheets::{self, Conclusion};
use crate::taps::SheetTap;

/// Longest conclusion, in characters.
const CONCLUSION_LIMIT: usize = 1000;

/// A candidate of the branch, once for each mentor.
async fn pairs(cx: &mut Cx<'_>, open: &Open, case: CaseId) -> Result<Vec<Guided>, Failure> {
    if !open.meeting.is_regular() {
        // The button, or the question it asked, is from before candidates were the regular
        // meetings' business alone.
        step_out(cx);
        return refuse("sheet-thematic-no-case");
    }
    let day = cx.practice.local(open.meeting.starts_at).date();
    let mut pairs = cases::guided_in(cx.tx, open.meeting.unit, day).await?;
    pairs.retain(|pair| pair.id == case);
    if pairs.is_empty() { refuse("sheet-no-case") } else { Ok(pairs) }
}

async fn conclusion(
    cx: &mut Cx<'_>,
    id: MeetingId,
    case: CaseId,
) -> Result<Option<Conclusion>, Failure> {
    let all = sheets::conclusions(cx.tx, id).await?;
    Ok(all.into_iter().find(|one| one.case == case))
}

/// The mentors' reports, what is concluded so far, and what can be done.
pub(super) async fn show(cx: &mut Cx<'_>, id: MeetingId, case: CaseId) -> Outcome {
    let open = open(cx, id).await?;
    let pairs = pairs(cx, &open, case).await?;
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
    let roll = roll::read(cx, &open).await?;
    let known = conclusion(cx, id, case).await?;
    if let Some(known) = &known {
        message = lines(cx, &roll, known, message.gap());
    }
    // What the mentors propose comes first; the branch may vote on anything that fits.
    let all = proposals(cx, &open, case).await?;
    proposed.retain(|one| all.contains(one));
    proposed.extend(all.iter().filter(|one| !proposed.contains(one)).collect::<Vec<_>>());
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

/// What can be proposed of a candidate as they were on the day of the meeting.
async fn proposals(
    cx: &mut Cx<'_>,
    open: &Open,
    case: CaseId,
) -> Result<&'static [Recommendation], Failure> {
    let day = cx.practice.local(open.meeting.starts_at).date();
    Ok(Recommendation::of(cases::status(cx.tx, case, day).await?))
}

/// What was concluded, as it stands on the sheet.
pub(super) fn lines(cx: &Cx<'_>, roll: &Roll, one: &Conclusion, mut message: Message) -> Message {
    let candidate = || Arg::Who(one.person);
    if let Some(text) = &one.conclusion {
        message = message.item(
            Phrase::new("sheet-conclusion")
                .with("candidate", candidate())
                .with("text", Arg::Typed(text.clone())),
        );
    }
    let Some(recommendation) = one.recommendation else { return message };
    let recommendation = phrasing::recommendation(recommendation);
    let Some(votes) = one.votes else {
        return message.item(
            Phrase::new("sheet-proposed")
                .with("candidate", candidate())
                .with("recommendation", recommendation),
        );
    };
    let officials = roll.officials();
    let carried = votes.carried(officials, cx.practice.majority_percent);
    let key = if carried { "sheet-voted-carried" } else { "sheet-voted-lost" };
    message.item(
        Phrase::new(key)
            .with("candidate", candidate())
            .with("recommendation", recommendation)
            .with("in-favour", votes.in_favour)
            .with("against", votes.against)
            .with("other", votes.other)
            .with("officials", officials)
            .with("percent", cx.practice.majority_percent),
    )
}

pub(super) async fn ask(cx: &mut Cx<'_>, id: MeetingId, case: CaseId) -> Outcome {
    let open = open(cx, id).await?;
    let pairs = pairs(cx, &open, case).await?;
    let question = Phrase::new("sheet-ask-conclusion").with("candidate", pairs[0].person);
    let message =
        Message::of(question).row(vec![button("sheet-back", SheetTap::Case { meeting: id, case })]);
    cx.ask(NAME, &Position::Conclude { meeting: id, case }, message).await
}

pub(super) async fn conclude(
    cx: &mut Cx<'_>,
    id: MeetingId,
    case: CaseId,
    text: &str,
) -> Result<Claim, Failure> {
    let open = open(cx, id).await?;
    pairs(cx, &open, case).await?;
    let text = nfc(text);
    if text.is_empty() || text.chars().count() > CONCLUSION_LIMIT {
        return refuse(Phrase::new("sheet-text-length").with("limit", CONCLUSION_LIMIT));
    }
    sheets::conclude(cx.tx, id, case, &text).await?;
    cx.leave();
    show(cx, id, case).await?;
    Ok(Claim::Done)
}

pub(super) async fn propose(
    cx: &mut Cx<'_>,
    id: MeetingId,
    case: CaseId,
    recommendation: Recommendation,
) -> Outcome {
    let open = open(cx, id).await?;
    pairs(cx, &open, case).await?;
    if !proposals(cx, &open, case).await?.contains(&recommendation) {
        return refuse("sheet-no-such-proposal");
    }
    sheets::propose(cx.tx, id, case, recommendation).await?;
    show(cx, id, case).await
}

/// What a vote needs: who votes, and on what.
async fn ballot(
    cx: &mut Cx<'_>,
    id: MeetingId,
    case: CaseId,
) -> Result<(Guided, Recommendation, u32), Failure> {
    let open = open(cx, id).await?;
    let pair = pairs(cx, &open, case).await?.swap_remove(0);
    if !open.sheet.called {
        return refuse("sheet-vote-no-roll");
    }
    let known = conclusion(cx, id, case).await?;
    let fitting = proposals(cx, &open, case).await?;
    let proposed = known.and_then(|known| known.recommendation);
    let Some(recommendation) = proposed.filter(|one| fitting.contains(one)) else {
        return refuse("sheet-vote-no-proposal");
    };
    let voters = roll::read(cx, &open).await?.voters();
    Ok((pair, recommendation, voters))
}

pub(super) async fn ask_votes(cx: &mut Cx<'_>, id: MeetingId, case: CaseId) -> Outcome {
    let (pair, recommendation, voters) = ballot(cx, id, case).await?;
    let question = Phrase::new("sheet-ask-votes")
        .with("candidate", pair.person)
        .with("recommendation", phrasing::recommendation(recommendation))
        .with("voters", voters);
    let all = Phrase::new("sheet-unanimous").with("voters", voters);
    let message = Message::of(question)
        .row(vec![button(all, SheetTap::Unanimous { meeting: id, case })])
        .row(vec![button("sheet-back", SheetTap::Case { meeting: id, case })]);
    cx.ask_number(NAME, &Position::Vote { meeting: id, case }, message).await
}

pub(super) async fn vote(
    cx: &mut Cx<'_>,
    id: MeetingId,
    case: CaseId,
    text: &str,
) -> Result<Claim, Failure> {
    let (.., voters) = ballot(cx, id, case).await?;
    let votes = match Votes::parse(text) {
        Ok(votes) => votes,
        Err(NotVotes::Negative) => return refuse("sheet-vote-negative"),
        Err(NotVotes::Unclear) => return Ok(Claim::NotMine),
    };
    if votes.sum() != voters {
        return refuse(
            Phrase::new("sheet-vote-sum")
                .with("in-favour", votes.in_favour)
                .with("against", votes.against)
                .with("other", votes.other)
                .with("sum", votes.sum())
                .with("voters", voters),
        );
    }
    count(cx, id, case, votes).await?;
    Ok(Claim::Done)
}

pub(super) async fn unanimous(cx: &mut Cx<'_>, id: MeetingId, case: CaseId) -> Outcome {
    let (.., voters) = ballot(cx, id, case).await?;
    count(cx, id, case, Votes::unanimous(voters)).await
}

async fn count(cx: &mut Cx<'_>, id: MeetingId, case: CaseId, votes: Votes) -> Outcome {
    let unit = open(cx, id).await?.meeting.unit;
    let before = conclusion(cx, id, case).await?;
    if !sheets::vote(cx.tx, id, case, votes).await? {
        return refuse("sheet-vote-no-proposal");
    }
    let was = before.as_ref().and_then(|before| before.votes);
    let code = before.as_ref().map(|before| before.code.as_str()).unwrap_or_default();
    let entry = Entry::new(Act::VotesNoted, code)
        .within(unit)
        .for_meeting(id)
        .was(Field::InFavour, was.map(|was| was.in_favour))
        .was(Field::Against, was.map(|was| was.against))
        .was(Field::Otherwise, was.map(|was| was.other))
        .became(Field::InFavour, votes.in_favour)
        .became(Field::Against, votes.against)
        .became(Field::Otherwise, votes.other);
    cx.note(entry).await?;
    cx.leave();
    show(cx, id, case).await
}
