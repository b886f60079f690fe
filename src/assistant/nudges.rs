//! `/nhac`: the proof of a meeting's reminders, and reminding by hand those who still owe a report.
//!
//! Grammar: `/nhac [chi bộ]`. A secretary or deputy sees the branch, who watches over several first
//! the branches. Shown is the meeting that people are being reminded of; between two months, the
//! last one.

use std::collections::BTreeMap;

use async_trait::async_trait;
use chrono::TimeDelta;

use super::engine::command::Command;
use super::engine::context::Cx;
use super::engine::failure::{Failure, Outcome, refuse};
use super::engine::feature::Feature;
use crate::clock::Instant;
use crate::domain::ids::{MeetingId, PersonId};
use crate::domain::month::{Step, StepKind};
use crate::domain::name::Name;
use crate::domain::text::fold;
use crate::domain::typed::Typed;
use crate::domain::units::{Unit, called};
use crate::message::{Arg, Button, Message, Phrase};
use crate::operations::nudges::{self as operation, Nudged};
use crate::operations::rights::{self, Right};
use crate::operations::timetable;
use crate::phrasing;
use crate::store::cases::{self, Guided};
use crate::store::delivery_status::{self, DeliveryStatus, Fate};
use crate::store::meetings::Meeting;
use crate::store::{people, reports};
use crate::taps::{NudgeTap, Tap};

pub struct Nudges;

#[async_trait]
impl Feature for Nudges {
    fn name(&self) -> &'static str {
        "nudges"
    }

    fn commands(&self) -> &'static [Command] {
        &[Command {
            name: "nhac",
            words: &["nhac nho", "nhac bao cao", "don doc"],
            needs: &[Right::FollowUp],
            about: "nudge-about",
            in_groups: false,
            answer: |cx, rest| Box::pin(command(cx, rest)),
        }]
    }

    async fn tap(&self, cx: &mut Cx<'_>, tap: Tap) -> Outcome {
        match tap {
            Tap::Nudge(NudgeTap::Proof(meeting)) => {
                let meeting = watched(cx, meeting).await?;
                prove(cx, &meeting).await
            }
            Tap::Nudge(NudgeTap::Owing(meeting)) => {
                let meeting = watched(cx, meeting).await?;
                match reminded_lately(cx, &meeting).await? {
                    Some(question) => cx.reply(question).await,
                    None => nudge(cx, meeting.id).await,
                }
            }
            Tap::Nudge(NudgeTap::Anyway(meeting)) => nudge(cx, meeting).await,
            _ => cx.stale().await,
        }
    }
}

async fn command(cx: &mut Cx<'_>, rest: &str) -> Outcome {
    let units = cx.units().await?;
    let watched = rights::branches(cx.me()?, Right::FollowUp, &units);
    if watched.is_empty() {
        return refuse("nudge-not-allowed");
    }
    let words = fold(rest);
    let meant = if words.is_empty() { watched } else { called(watched, &words) };
    match meant.as_slice() {
        [] => refuse(Phrase::new("nudge-no-unit").with("words", Arg::Typed(Typed::new(rest)))),
        [one] => match current_meeting(cx, one).await? {
            Some(meeting) => prove(cx, &meeting).await,
            None => refuse(Phrase::new("nudge-no-meeting").with("unit", &one.name)),
        },
        many => overview(cx, many).await,
    }
}

/// The meeting that a branch is reminded of now.
async fn current_meeting(cx: &mut Cx<'_>, branch: &Unit) -> Result<Option<Meeting>, Failure> {
    let judged = cx.judged_now();
    Ok(delivery_status::current_meeting(cx.tx, branch.id, judged).await?)
}

/// The meeting, if it is this person's to watch.
async fn watched(cx: &mut Cx<'_>, id: MeetingId) -> Result<Meeting, Failure> {
    Ok(operation::watched(&mut cx.work().await?, id).await?)
}

/// A line and a button for each branch.
async fn overview(cx: &mut Cx<'_>, branches: &[&Unit]) -> Outcome {
    let mut message = Message::new().title("nudge-overview");
    for branch in branches {
        let Some(meeting) = current_meeting(cx, branch).await? else { continue };
        let tally = reports::tally(cx.tx, &meeting, cx.today()).await?;
        let line = phrasing::reported(cx.practice, branch, &meeting, &tally);
        let label = Phrase::new("nudge-unit-button").with("unit", &branch.name);
        let open = Button::new(label, Tap::Nudge(NudgeTap::Proof(meeting.id)));
        message = message.item(line).row(vec![open]);
    }
    cx.reply(message).await
}

/// What a recipient's reminders have come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Standing {
    Unreachable(Option<PersonId>),
    Unsent,
    /// Not reminded yet.
    Waiting(Option<Instant>),
    Instead(PersonId, Instant),
    Sent(Instant),
    Acknowledged(Instant),
    /// What they were reminded of is done.
    Done,
}

/// A row of the proof.
struct Line {
    /// `None`: the branch's group.
    person: Option<PersonId>,
    standing: Standing,
}

/// Of each recipient of a kind of reminder, what the newest came to.
fn lines(proofs: &[DeliveryStatus], wanted: impl Fn(&DeliveryStatus) -> bool) -> Vec<Line> {
    let mut by_person: BTreeMap<Option<PersonId>, Standing> = BTreeMap::new();
    for proof in proofs.iter().filter(|proof| wanted(proof)) {
        let newest = match (proof.acknowledged_at, proof.fate) {
            (Some(at), _) => Standing::Acknowledged(at),
            (None, Fate::Waiting(at)) => Standing::Waiting(Some(at)),
            (None, Fate::Sent(at)) => Standing::Sent(at),
            (None, Fate::Instead(person, at)) => Standing::Instead(person, at),
            (None, Fate::Unreachable(told)) => Standing::Unreachable(told),
            (None, Fate::Unsent) => Standing::Unsent,
        };
        by_person.insert(proof.person, newest);
    }
    by_person.into_iter().map(|(person, standing)| Line { person, standing }).collect()
}

/// Everything a meeting's reminders came to: counts first, then person by person.
async fn prove(cx: &mut Cx<'_>, meeting: &Meeting) -> Outcome {
    let all = delivery_status::reminders(cx.tx, meeting.id).await?;
    let names = names(cx, meeting, &all).await?;
    let tally = reports::tally(cx.tx, meeting, cx.today()).await?;
    let units = cx.units().await?;
    let start = cx.practice.local(meeting.starts_at);
    let due = timetable::reports_due(cx.practice, meeting);
    let mut message = Message::new()
        .title(
            Phrase::new("nudge-title")
                .with("unit", units.name(meeting.unit))
                .with("month", meeting.month),
        )
        .line(
            Phrase::new("nudge-reports")
                .with("received", tally.received())
                .with("all", tally.wanted)
                .with("due", due),
        );
    let reports = of_mentors(cx, meeting, &all, &tally.owed).await?;
    message = section(cx, message, "nudge-mentors", &reports, &names).gap();
    message = message.line(Phrase::new("nudge-meeting").with("at", start));
    let invited = of_members(cx, meeting, &all).await?;
    message = section(cx, message, "nudge-members", &invited, &names);
    let above = lines(&all, |proof| proof.is_for_office());
    if !above.is_empty() {
        message = section(cx, message.gap(), "nudge-above", &above, &names);
    }
    if !tally.owed.is_empty() && meeting.is_ahead(cx.judged_now()) {
        let tap = Tap::Nudge(NudgeTap::Owing(meeting.id));
        message = message.row(vec![Button::new("nudge-owing-button", tap)]);
    }
    cx.reply(message).await
}

/// The mentors of the branch: who has reported is done, whatever reminded them.
async fn of_mentors(
    cx: &mut Cx<'_>,
    meeting: &Meeting,
    all: &[DeliveryStatus],
    owed: &[Guided],
) -> Result<Vec<Line>, Failure> {
    let mut lines = lines(all, |proof| matches!(proof.step, Step::Prompt(_)));
    let guided = cases::guided_in(cx.tx, meeting.unit, cx.today()).await?;
    // Who was reminded and does not guide anybody any more owes nothing.
    lines.retain(|line| guided.iter().any(|guided| Some(guided.mentor_id) == line.person));
    for guided in guided {
        if !lines.iter().any(|line| line.person == Some(guided.mentor_id)) {
            let standing = Standing::Waiting(None);
            lines.push(Line { person: Some(guided.mentor_id), standing });
        }
    }
    for line in &mut lines {
        if !owed.iter().any(|guided| Some(guided.mentor_id) == line.person) {
            line.standing = Standing::Done;
        }
    }
    Ok(lines)
}

/// The members: an answer counts however it was given.
async fn of_members(
    cx: &mut Cx<'_>,
    meeting: &Meeting,
    all: &[DeliveryStatus],
) -> Result<Vec<Line>, Failure> {
    let mut lines = lines(all, |proof| proof.step.kind() == StepKind::Meeting);
    for (person, at) in delivery_status::answered(cx.tx, meeting.id).await? {
        lines.retain(|line| line.person != Some(person));
        lines.push(Line { person: Some(person), standing: Standing::Acknowledged(at) });
    }
    Ok(lines)
}

/// Names of everyone a proof is about, for the order.
async fn names(
    cx: &mut Cx<'_>,
    meeting: &Meeting,
    all: &[DeliveryStatus],
) -> Result<BTreeMap<PersonId, Name>, Failure> {
    let today = cx.today();
    let mut ids = people::members(cx.tx, meeting.unit, today).await?;
    for guided in cases::guided_in(cx.tx, meeting.unit, today).await? {
        ids.push(guided.mentor_id);
    }
    for proof in all {
        ids.extend(proof.person);
        match proof.fate {
            Fate::Instead(person, _) => ids.push(person),
            Fate::Unreachable(told) => ids.extend(told),
            _ => {}
        }
    }
    ids.sort();
    ids.dedup();
    let people = people::load(cx.tx, &ids, today).await?;
    Ok(people.into_iter().map(|person| (person.id, person.name)).collect())
}

/// Counts, and then a line for each; first those with whom somebody has to talk.
fn section(
    cx: &Cx<'_>,
    mut message: Message,
    key: &str,
    lines: &[Line],
    names: &BTreeMap<PersonId, Name>,
) -> Message {
    let line = Phrase::new(key).with("all", lines.len()).with("counts", counts(lines));
    message = message.line(line);
    let name = |id: PersonId| names.contains_key(&id).then_some(Arg::Who(id));
    let mut rows: Vec<(u8, Name, Phrase)> = lines
        .iter()
        .map(|line| {
            let who = line.person.and_then(name);
            let order = line.person.and_then(|id| names.get(&id)).cloned();
            let phrase = told(cx, line.standing, &|id| name(id).unwrap_or("".into()));
            (rank(line.standing), order.unwrap_or_default(), headed_by(who, phrase))
        })
        .collect();
    rows.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    rows.into_iter().fold(message, |message, (_, _, phrase)| message.item(phrase))
}

/// How many came to what, as far as any did.
fn counts(lines: &[Line]) -> Arg {
    let mut counted: BTreeMap<u8, (&'static str, usize)> = BTreeMap::new();
    for line in lines {
        let key = match line.standing {
            Standing::Unreachable(_) => "proof-count-unreachable",
            Standing::Unsent => "proof-count-unsent",
            Standing::Instead(..) => "proof-count-instead",
            Standing::Waiting(_) => "proof-count-waiting",
            Standing::Sent(_) => "proof-count-sent",
            Standing::Acknowledged(_) => "proof-count-acknowledged",
            Standing::Done => "proof-count-done",
        };
        counted.entry(rank(line.standing)).or_insert((key, 0)).1 += 1;
    }
    let phrase = |(key, count): &(&'static str, usize)| Phrase::new(*key).with("count", *count);
    Arg::List(counted.values().map(|counted| phrase(counted).into()).collect())
}

fn rank(standing: Standing) -> u8 {
    match standing {
        Standing::Unreachable(_) => 0,
        Standing::Unsent => 1,
        Standing::Instead(..) => 2,
        Standing::Waiting(_) => 3,
        Standing::Sent(_) => 4,
        Standing::Acknowledged(_) => 5,
        Standing::Done => 6,
    }
}

fn headed_by(who: Option<Arg>, state: Phrase) -> Phrase {
    match who {
        Some(name) => Phrase::new("nudge-line").with("name", name).with("state", state),
        None => Phrase::new("nudge-line-group").with("state", state),
    }
}

/// A standing in words.
fn told(cx: &Cx<'_>, standing: Standing, name: &impl Fn(PersonId) -> Arg) -> Phrase {
    let at = |key: &str, at: Instant| Phrase::new(key).with("at", cx.practice.local(at));
    match standing {
        Standing::Done => Phrase::new("proof-done"),
        Standing::Acknowledged(when) => at("proof-acknowledged", when),
        Standing::Sent(when) => at("proof-sent", when),
        Standing::Waiting(Some(when)) => at("proof-waiting", when),
        Standing::Waiting(None) => Phrase::new("proof-not-yet"),
        Standing::Unsent => Phrase::new("proof-unsent"),
        Standing::Instead(person, when) => at("proof-instead", when).with("person", name(person)),
        Standing::Unreachable(Some(person)) => {
            Phrase::new("proof-unreachable-told").with("person", name(person))
        }
        Standing::Unreachable(None) => Phrase::new("proof-unreachable"),
    }
}

/// How long after a reminder by the program one by hand is asked about first.
const LATELY: TimeDelta = TimeDelta::hours(2);

/// The question whether those are to be reminded whom the program reminded a short while ago; `None` if
/// it reminded none of those who owe.
async fn reminded_lately(cx: &mut Cx<'_>, meeting: &Meeting) -> Result<Option<Message>, Failure> {
    if !meeting.is_ahead(cx.judged_now()) {
        return Ok(None);
    }
    let me = cx.me()?.id;
    let owed = reports::owed(cx.tx, meeting, cx.today()).await?;
    let (mut ids, mut last) = (Vec::new(), None);
    for proof in delivery_status::reminders(cx.tx, meeting.id).await? {
        let (Fate::Sent(at), Some(person)) = (proof.fate, proof.person) else { continue };
        let owes = person != me && owed.iter().any(|guided| guided.mentor_id == person);
        let report = matches!(proof.step, Step::Prompt(_));
        if owes && report && cx.now - at <= LATELY {
            ids.push(person);
            last = last.max(Some(at));
        }
    }
    let Some(last) = last else { return Ok(None) };
    let mut mentors = people::load(cx.tx, &ids, cx.today()).await?;
    mentors.sort_by(|a, b| a.name.cmp(&b.name));
    let names = mentors.into_iter().map(|mentor| Arg::Who(mentor.id)).collect();
    let question = Phrase::new("nudge-lately")
        .with("at", cx.practice.local(last).time())
        .with("people", Arg::List(names));
    let tap = Tap::Nudge(NudgeTap::Anyway(meeting.id));
    Ok(Some(Message::of(question).row(vec![Button::new("nudge-anyway-button", tap)])))
}

/// Reminds those who still owe, and says what came of each.
async fn nudge(cx: &mut Cx<'_>, meeting: MeetingId) -> Outcome {
    let nudged = operation::remind(&mut cx.work().await?, meeting).await?;
    if nudged.is_empty() {
        return cx.reply(Message::of("nudge-none-owed")).await;
    }
    let mut message = Message::new();
    for (mentor, came) in nudged {
        let line = match came {
            Nudged::Sent => Phrase::new("nudge-sent").with("name", mentor),
            Nudged::Unreachable => Phrase::new("nudge-unreachable").with("name", mentor),
            Nudged::Held(at) => {
                Phrase::new("nudge-held").with("name", mentor).with("at", cx.practice.local(at))
            }
            Nudged::Before(at) => Phrase::new("nudge-was-today")
                .with("name", mentor)
                .with("at", cx.practice.local(at).time()),
        };
        message = message.item(line);
    }
    cx.reply(message).await
}
