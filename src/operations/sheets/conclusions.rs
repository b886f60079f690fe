//! What the meeting says of a candidate: a conclusion in words, what is proposed, and the votes on
//! it. Only official members who are there vote, so the voices must add up to them.

use super::{OpenSheet, begin};
use crate::domain::audit::{Act, Field};
use crate::domain::ids::{CaseId, PersonId};
use crate::domain::minutes::Votes;
use crate::domain::report::Recommendation;
use crate::domain::typed::Typed;
use crate::message::Phrase;
use crate::operations::work::{Effect, Refused, Work, refuse};
use crate::store::StoreError;
use crate::store::cases::{self, Guided};
use crate::store::sheets::{self, Conclusion};

/// Longest conclusion, in characters.
const CONCLUSION_LIMIT: usize = 1000;

/// A vote that can be taken: who votes, and on what. Only [`ballot`] makes one.
#[derive(Debug)]
pub struct Ballot {
    pub candidate: PersonId,
    pub recommendation: Recommendation,
    pub voters: u32,
    /// What is written down of the candidate before it.
    before: Conclusion,
}

impl Ballot {
    /// The votes noted so far.
    pub fn noted(&self) -> Option<Votes> {
        self.before.votes
    }
}

/// A candidate of the branch, once for each mentor; never none. Candidates are the regular meetings'
/// business.
pub async fn guided(
    work: &mut Work<'_>,
    sheet: &OpenSheet,
    case: CaseId,
) -> Result<Vec<Guided>, Refused> {
    if !sheet.meeting.is_regular() {
        return refuse("sheet-thematic-no-case");
    }
    let day = work.practice.local(sheet.meeting.starts_at).date();
    let mut pairs = cases::guided_in(work.tx, sheet.meeting.unit, day).await?;
    pairs.retain(|pair| pair.id == case);
    if pairs.is_empty() { refuse("sheet-no-case") } else { Ok(pairs) }
}

/// What can be proposed of a candidate as they were on the day of the meeting.
pub async fn proposals(
    work: &mut Work<'_>,
    sheet: &OpenSheet,
    case: CaseId,
) -> Result<&'static [Recommendation], StoreError> {
    let day = work.practice.local(sheet.meeting.starts_at).date();
    Ok(Recommendation::of(cases::status(work.tx, case, day).await?))
}

/// Writes down what the meeting says of a candidate.
pub async fn conclude(
    work: &mut Work<'_>,
    sheet: &OpenSheet,
    case: CaseId,
    text: &Typed,
) -> Result<Effect, Refused> {
    let code = guided(work, sheet, case).await?[0].code.clone();
    if text.is_empty() || text.length() > CONCLUSION_LIMIT {
        return refuse(Phrase::new("sheet-text-length").with("limit", CONCLUSION_LIMIT));
    }
    let noted = sheets::conclusions(work.tx, sheet.id()).await?;
    if noted.iter().any(|one| one.case == case && one.conclusion.as_ref() == Some(text)) {
        return Ok(Effect::Same);
    }
    begin(work, sheet).await?;
    sheets::set_conclusion(work.tx, sheet.id(), case, text).await?;
    work.note(sheet.about(Act::Concluded, &code)).await?;
    Ok(Effect::Changed)
}

/// Sets what is voted on; votes on something else are void.
pub async fn propose(
    work: &mut Work<'_>,
    sheet: &OpenSheet,
    case: CaseId,
    recommendation: Recommendation,
) -> Result<Effect, Refused> {
    let code = guided(work, sheet, case).await?[0].code.clone();
    if !proposals(work, sheet, case).await?.contains(&recommendation) {
        return refuse("sheet-no-such-proposal");
    }
    let noted = sheets::conclusions(work.tx, sheet.id()).await?;
    let was = noted.iter().find(|one| one.case == case).and_then(|one| one.recommendation);
    if was == Some(recommendation) {
        return Ok(Effect::Same);
    }
    begin(work, sheet).await?;
    sheets::set_proposal(work.tx, sheet.id(), case, recommendation).await?;
    let entry = sheet
        .about(Act::ProposalSet, &code)
        .was(Field::Recommendation, was)
        .became(Field::Recommendation, recommendation);
    work.note(entry).await?;
    Ok(Effect::Changed)
}

/// What a vote needs: a roll that was called, and a proposal that fits the candidate.
pub async fn ballot(
    work: &mut Work<'_>,
    sheet: &OpenSheet,
    case: CaseId,
) -> Result<Ballot, Refused> {
    let candidate = guided(work, sheet, case).await?[0].person;
    if !sheet.called {
        return refuse("sheet-vote-no-roll");
    }
    let fitting = proposals(work, sheet, case).await?;
    let all = sheets::conclusions(work.tx, sheet.id()).await?;
    let before = all.into_iter().find(|one| one.case == case);
    let Some((before, recommendation)) = before
        .and_then(|before| before.recommendation.map(|proposed| (before, proposed)))
        .filter(|(_, proposed)| fitting.contains(proposed))
    else {
        return refuse("sheet-vote-no-proposal");
    };
    Ok(Ballot { candidate, recommendation, voters: sheet.voters(), before })
}

/// Notes the votes, as many as there are voters.
pub async fn vote(
    work: &mut Work<'_>,
    sheet: &OpenSheet,
    ballot: &Ballot,
    votes: Votes,
) -> Result<Effect, Refused> {
    if votes.sum() != ballot.voters {
        return refuse(
            Phrase::new("sheet-vote-sum")
                .with("in-favour", votes.in_favour)
                .with("against", votes.against)
                .with("other", votes.other)
                .with("sum", votes.sum())
                .with("voters", ballot.voters),
        );
    }
    let before = &ballot.before;
    if before.votes == Some(votes) {
        return Ok(Effect::Same);
    }
    if !sheets::set_votes(work.tx, sheet.id(), before.case, votes).await? {
        return refuse("sheet-vote-no-proposal");
    }
    let was = before.votes;
    let entry = sheet
        .about(Act::VotesNoted, &before.code)
        .was(Field::InFavour, was.map(|was| was.in_favour))
        .was(Field::Against, was.map(|was| was.against))
        .was(Field::Otherwise, was.map(|was| was.other))
        .became(Field::InFavour, votes.in_favour)
        .became(Field::Against, votes.against)
        .became(Field::Otherwise, votes.other);
    work.note(entry).await?;
    Ok(Effect::Changed)
}
