//! The prompts for mentors' reports: one per mentor and step, listing every candidate still owed;
//! and at the deadline the list of who owes, for the secretary.

use super::{Due, Occasion, Recipient};
use crate::domain::ids::PersonId;
use crate::domain::month::{Step, StepKind};
use crate::domain::people::Person;
use crate::message::{Button, Message, Phrase};
use crate::operations::timetable;
use crate::outbound::{self, Addressee};
use crate::store::cases::Guided;
use crate::store::{StoreError, Tx, delivery_status, people, reports};
use crate::taps::{ReportTap, Tap};

pub(super) async fn due(tx: &mut Tx, o: &Occasion<'_>) -> Result<Vec<Due>, StoreError> {
    let today = o.practice.today(o.now);
    let owed = reports::missing(tx, o.meeting, today, o.now).await?;
    if owed.is_empty() {
        return Ok(Vec::new());
    }
    if o.step == Step::Owing {
        return Ok(owing(tx, o, &owed).await?.into_iter().collect());
    }
    let mut ids: Vec<PersonId> = owed.iter().map(|guided| guided.mentor_id).collect();
    ids.dedup();
    let mut mentors = people::load(tx, &ids, today).await?;
    mentors.sort_by(|a, b| a.code.cmp(&b.code));
    let prompted = delivery_status::prompted(tx, o.meeting.id).await?;
    let mut all = Vec::with_capacity(mentors.len());
    for mentor in mentors {
        let own: Vec<&Guided> = owed.iter().filter(|g| g.mentor_id == mentor.id).collect();
        let wording = round(o, prompted.contains(&mentor.id));
        let message = prompt(tx, o, wording, &mentor, &own).await?;
        all.push(Due { to: Recipient::Person(Addressee::alone(mentor)), message });
    }
    Ok(all)
}

/// Asks for the reports of one mentor. Where there are several, each has its own button, so that
/// nobody chooses twice; beside it stands last month's, if there is one.
async fn prompt(
    tx: &mut Tx,
    o: &Occasion<'_>,
    wording: &'static str,
    mentor: &Person,
    own: &[&Guided],
) -> Result<Message, StoreError> {
    let due = timetable::reports_due(o.practice, o.meeting);
    let later = o.later(StepKind::Report, due);
    let mut message = Message::of(
        Phrase::new(wording)
            .with("name", mentor.id)
            .with("month", o.meeting.month)
            .with("due", due),
    );
    for guided in own {
        message =
            message.item(Phrase::new("reminder-prompt-item").with("candidate", guided.person));
    }
    message = message.line("reminder-regards");
    for guided in own {
        let (meeting, case) = (o.meeting.id, guided.id);
        let about = |key: &str| Phrase::new(key).with("candidate", guided.person);
        let (report, again): (Phrase, Phrase) = match own {
            [_] => ("button-report".into(), "button-report-again".into()),
            _ => (about("report-about-one"), about("report-again-one")),
        };
        let choose = match own {
            [_] => ReportTap::Open,
            _ => ReportTap::Choose { meeting, case },
        };
        message = message.row(vec![Button::new(report, Tap::Report(choose))]);
        let last = reports::latest_before(tx, case, mentor.id, o.meeting.starts_at).await?;
        if last.is_some() {
            let repeat = Tap::Report(ReportTap::Repeat { meeting, case });
            message = message.row(vec![Button::new(again, repeat)]);
        }
    }
    Ok(message.row(later))
}

/// The first prompt asks, those after it remind, and the last one says that time is running out. Who
/// was never asked, because the meeting was put nearer or they have just become a mentor, is asked
/// whichever it is.
fn round(o: &Occasion<'_>, prompted: bool) -> &'static str {
    let rounds = &o.practice.leads.report_working_days;
    match o.step {
        _ if !prompted => "reminder-prompt",
        Step::Prompt(n) if rounds.iter().all(|round| *round <= n) => "reminder-prompt",
        Step::Prompt(n) if rounds.iter().all(|round| *round >= n) => "reminder-prompt-last",
        _ => "reminder-prompt-again",
    }
}

/// The list for the secretary.
async fn owing(tx: &mut Tx, o: &Occasion<'_>, owed: &[Guided]) -> Result<Option<Due>, StoreError> {
    let today = o.practice.today(o.now);
    let Some(leader) = outbound::leader(tx, o.meeting.unit, today).await? else {
        tracing::warn!(unit = o.meeting.unit.0, "a branch has neither secretary nor deputy");
        return Ok(None);
    };
    let message = Message::of(
        Phrase::new("reminder-owing")
            .with("name", leader.person.id)
            .with("unit", o.units.name(o.meeting.unit))
            .with("month", o.meeting.month),
    );
    let message = list(tx, message, owed).await?;
    Ok(Some(Due { to: Recipient::Person(leader), message }))
}

/// Adds who owes what; a mentor without an account that can be reached is marked, so that somebody
/// talks to them.
pub(super) async fn list(
    tx: &mut Tx,
    message: Message,
    owed: &[Guided],
) -> Result<Message, StoreError> {
    let ids: Vec<PersonId> = owed.iter().map(|guided| guided.mentor_id).collect();
    let reachable = outbound::reachable(tx, &ids).await?;
    let line = |guided: &Guided| {
        let reached = reachable.contains(&guided.mentor_id);
        Phrase::new(if reached { "owing-line" } else { "owing-line-unreachable" })
            .with("mentor", guided.mentor_id)
            .with("candidate", guided.person)
    };
    Ok(owed.iter().map(line).fold(message, Message::item).line("reminder-regards"))
}
