//! What a secretary needs to hold a meeting: the reports on each candidate, who will come, and the
//! draft agenda.

use chrono::NaiveDate;

use super::{agenda_item, rating, recommendation};
use crate::domain::meeting::MeetingAnswer;
use crate::domain::practice::Practice;
use crate::domain::report::{ReportState, Slot};
use crate::message::{Arg, Message, Phrase};
use crate::store::meetings::{self, Meeting};
use crate::store::{StoreError, Tx, cases, people, reports};

/// Adds the summary to a message, as things stand on a day.
pub async fn append(
    tx: &mut Tx,
    practice: &Practice,
    meeting: &Meeting,
    today: NaiveDate,
    message: Message,
) -> Result<Message, StoreError> {
    let message = reported(tx, meeting, today, message).await?;
    let message = expected(tx, meeting, today, message).await?;
    Ok(agenda(practice, message))
}

/// A line for each candidate and mentor: the ratings and what is proposed, or that it is owed.
/// Reports serve the regular meetings only.
async fn reported(
    tx: &mut Tx,
    meeting: &Meeting,
    today: NaiveDate,
    mut message: Message,
) -> Result<Message, StoreError> {
    let mut guided = cases::guided_in(tx, meeting.unit, today).await?;
    if guided.is_empty() || !meeting.is_regular() {
        return Ok(message);
    }
    guided.sort_by(|a, b| (&a.code, a.mentor_id).cmp(&(&b.code, b.mentor_id)));
    let (mut items, mut received) = (Vec::new(), 0_usize);
    for pair in &guided {
        let mentor = pair.mentor_id;
        let slot = Slot { meeting: meeting.id, case: pair.id, mentor: pair.mentor_id };
        let filed = reports::get(tx, slot).await?;
        items.push(match filed.filter(|filed| filed.state != ReportState::Returned) {
            None => {
                Phrase::new("summary-owed").with("candidate", pair.person).with("mentor", mentor)
            }
            Some(filed) => {
                received += 1;
                let ratings = filed.content.ratings.map(|given| Arg::from(rating(given)));
                Phrase::new("summary-report")
                    .with("candidate", pair.person)
                    .with("mentor", mentor)
                    .with("ratings", ratings.to_vec())
                    .with("recommendation", recommendation(filed.content.recommendation))
            }
        });
    }
    message = message
        .gap()
        .line(Phrase::new("summary-reports").with("received", received).with("all", guided.len()));
    Ok(items.into_iter().fold(message, Message::item))
}

/// Who said they come, who does not and why, and how many have not answered.
async fn expected(
    tx: &mut Tx,
    meeting: &Meeting,
    today: NaiveDate,
    message: Message,
) -> Result<Message, StoreError> {
    let members = people::members(tx, meeting.unit, today).await?;
    let mut answers = meetings::answers(tx, meeting.id).await?;
    answers.retain(|answer| members.contains(&answer.person_id));
    answers.sort_by_key(|answer| members.iter().position(|id| *id == answer.person_id));
    let coming = answers.iter().filter(|answer| answer.answer == MeetingAnswer::Coming).count();
    let mut message = message.gap().line(
        Phrase::new("summary-attendance")
            .with("coming", coming)
            .with("excused", answers.len() - coming)
            .with("silent", members.len() - answers.len()),
    );
    for answer in answers.iter().filter(|answer| answer.answer == MeetingAnswer::Excused) {
        let person = answer.person_id;
        message = message.item(match &answer.reason {
            Some(reason) => Phrase::new("summary-excused")
                .with("person", person)
                .with("reason", Arg::Typed(reason.clone())),
            None => Phrase::new("summary-excused-bare").with("person", person),
        });
    }
    Ok(message)
}

fn agenda(practice: &Practice, message: Message) -> Message {
    if practice.agenda.is_empty() {
        return message;
    }
    let lines = practice.agenda.iter().enumerate().map(|(i, item)| {
        Phrase::new("summary-agenda-line").with("n", i + 1).with("item", agenda_item(*item))
    });
    lines.fold(message.gap().line("summary-agenda"), Message::line)
}
