//! Notices of a committee to its branches: the draft and its file, sending it to every member placed
//! there, that they have read it, and the one reminder of those who have not.

use std::collections::HashMap;

use chrono::{NaiveDate, TimeDelta};

use super::rights::{self, Right};
use super::work::{Refused, Work, refuse};
use crate::clock::Instant;
use crate::domain::attachment::{FileKind, clean_name, kib};
use crate::domain::audit::{Act, Field};
use crate::domain::due::{Fate, Timeliness};
use crate::domain::ids::{NoticeId, PersonId, UnitId};
use crate::domain::people::Person;
use crate::domain::practice::Practice;
use crate::domain::typed::Typed;
use crate::domain::units::{UnitName, UnitTree};
use crate::message::{Arg, Block, Button, Message, OfferedFile, Phrase};
use crate::outbound::{Addressee, Notification, Posted};
use crate::phrasing;
use crate::store::audit::Entry;
use crate::store::notice_files::{self, Described};
use crate::store::notices::{self, Draft, Recipient, Sent};
use crate::store::outbox::Lane;
use crate::store::{StoreError, Tx, people};
use crate::taps::{NoticeTap, Tap};

/// Longest text, in characters.
pub const TEXT_LIMIT: usize = 1_500;

/// What somebody who may write notices has before them; [`desk`] gives it.
#[derive(Debug)]
pub struct Desk {
    /// The branches they may write to, in order.
    pub branches: Vec<UnitId>,
    /// Those chosen are among these branches.
    pub draft: Option<Draft>,
    /// What goes with it.
    pub file: Option<Described>,
    writer: PersonId,
}

/// A notice that was sent just now.
#[derive(Debug)]
pub struct Dispatch {
    pub notice: NoticeId,
    /// To how many it goes.
    pub recipients: usize,
    /// How many of them have no account that can be written to.
    pub unreachable: usize,
}

/// What lies before the person, if they may write to any branch today.
pub async fn desk(work: &mut Work<'_>) -> Result<Desk, Refused> {
    let me = work.me()?;
    let branches = rights::branches(me, Right::WriteNotices, &work.units);
    let branches: Vec<UnitId> = branches.iter().map(|branch| branch.id).collect();
    if branches.is_empty() {
        return refuse("notice-not-allowed");
    }
    let mut draft = notices::draft(work.tx, me.id).await?;
    if let Some(draft) = &mut draft {
        // An office may have ended since they were chosen.
        draft.units.retain(|unit| branches.contains(unit));
    }
    let file = notice_files::of_draft(work.tx, me.id).await?;
    Ok(Desk { branches, draft, file, writer: me.id })
}

impl Desk {
    /// The draft, which may have been sent by another way meanwhile.
    pub fn drafted(&self) -> Result<&Draft, Refused> {
        match &self.draft {
            Some(draft) => Ok(draft),
            None => refuse("notice-draft-gone"),
        }
    }
}

/// Keeps the text of the draft; without one it begins a draft.
pub async fn write(work: &mut Work<'_>, desk: &mut Desk, text: Typed) -> Result<(), Refused> {
    let length = text.length();
    if !(1..=TEXT_LIMIT).contains(&length) {
        return refuse(
            Phrase::new("notice-text-length").with("limit", TEXT_LIMIT).with("length", length),
        );
    }
    let draft = desk.draft.clone().unwrap_or_default();
    keep(work, desk, Draft { body: text, ..draft }).await
}

/// Chooses the branches that the draft goes to: those that the person may write to, in their order,
/// each once.
pub async fn choose(
    work: &mut Work<'_>,
    desk: &mut Desk,
    chosen: &[UnitId],
) -> Result<(), Refused> {
    let draft = desk.drafted()?.clone();
    let units = desk.branches.iter().copied().filter(|unit| chosen.contains(unit)).collect();
    if draft.units == units {
        return Ok(());
    }
    keep(work, desk, Draft { units, ..draft }).await
}

async fn keep(work: &mut Work<'_>, desk: &mut Desk, mut draft: Draft) -> Result<(), Refused> {
    draft.changed_at = work.now;
    notices::keep_draft(work.tx, desk.writer, &draft, work.now).await?;
    desk.draft = Some(draft);
    Ok(())
}

/// Puts a file to the draft, in place of the one there is. One that is refused changes nothing.
pub async fn attach(
    work: &mut Work<'_>,
    desk: &mut Desk,
    offered: &OfferedFile,
) -> Result<(), Refused> {
    desk.drafted()?;
    let name = clean_name(&offered.name);
    let about = |key| Phrase::new(key).with("name", Arg::Typed(Typed::new(&name)));
    let Some(kind) = FileKind::of_name(&name) else { return refuse(about("notice-file-kind")) };
    let limit = work.practice.notice_file_max;
    if offered.size > limit {
        let size = Phrase::new("notice-file-size").with("kib", kib(offered.size));
        return refuse(
            Phrase::new("notice-file-too-large").with("size", size).with("limit", kib(limit)),
        );
    }
    let arrived = match offered.kept {
        Some(id) => notice_files::at_hand(work.tx, id, desk.writer).await?.map(|head| (id, head)),
        None => None,
    };
    let Some((id, head)) = arrived else { return refuse("notice-file-elsewhere") };
    if !kind.begins(&head) {
        return refuse(about("notice-file-content"));
    }
    notice_files::attach(work.tx, id, desk.writer, &name).await?;
    desk.file = notice_files::of_draft(work.tx, desk.writer).await?;
    Ok(())
}

/// Takes the file away from the draft.
pub async fn detach(work: &mut Work<'_>, desk: &mut Desk) -> Result<(), StoreError> {
    desk.file = None;
    notice_files::detach(work.tx, desk.writer).await
}

/// Throws the draft away, with its file.
pub async fn discard(work: &mut Work<'_>, desk: &mut Desk) -> Result<(), StoreError> {
    desk.draft = None;
    notices::take_draft(work.tx, desk.writer).await?;
    detach(work, desk).await
}

/// The members whom the draft would reach today, each with their branch; refuses one that reaches nobody.
pub async fn reached(
    work: &mut Work<'_>,
    desk: &Desk,
) -> Result<HashMap<PersonId, UnitId>, Refused> {
    let draft = desk.drafted()?;
    if draft.units.is_empty() {
        return refuse("notice-no-branch");
    }
    let today = work.today();
    let placed = people::members_of(work.tx, &draft.units, today).await?;
    if placed.is_empty() {
        return refuse("notice-nobody");
    }
    Ok(placed.into_iter().collect())
}

/// Queues the notice for every member of the chosen branches, in a few statements however many they
/// are.
pub async fn send(work: &mut Work<'_>, desk: &Desk) -> Result<Dispatch, Refused> {
    let draft = desk.drafted()?;
    let placed = reached(work, desk).await?;
    let Some(speaks) = committee(work.me()?, &work.units, draft) else {
        return refuse("notice-not-allowed");
    };
    notices::take_draft(work.tx, desk.writer).await?;
    let remind_at = remind_at(work.practice, work.now);
    let sent = notices::add(work.tx, desk.writer, speaks, draft, work.now, remind_at).await?;
    notice_files::send(work.tx, desk.writer, sent.id).await?;

    let (ids, today): (Vec<PersonId>, _) = (placed.keys().copied().collect(), work.today());
    let mut persons = people::load(work.tx, &ids, today).await?;
    persons.sort_by(|a, b| a.code.cmp(&b.code));
    let units = work.units.clone();
    let compose = |person: &Person| Notification {
        message: letter((speaks, units.name(speaks)), &sent, desk.file.as_ref(), greeting(person)),
        unit: placed.get(&person.id).copied(),
        dedupe_key: format!("notice:{}:{}", sent.id.0, person.code),
        expires_at: None,
        lane: Lane::Broadcast,
    };
    let posted = work.broadcast(&persons, compose).await?;
    let recipients = recipients(&persons, &placed, &posted);
    notices::add_recipients(work.tx, sent.id, &recipients).await?;
    let codes: Vec<&str> = draft.units.iter().map(|unit| work.units.code(*unit)).collect();
    let entry = Entry::new(Act::NoticeSent, sent.id.0.to_string())
        .within(speaks)
        .became(Field::Branches, codes)
        .became(Field::Recipients, recipients.len())
        .became(Field::FileBytes, desk.file.as_ref().map(|file| file.size));
    work.note(entry).await?;
    let unreachable = posted.iter().filter(|p| matches!(p, Posted::Unreachable(_))).count();
    Ok(Dispatch { notice: sent.id, recipients: recipients.len(), unreachable })
}

/// The committee that speaks: the first of those the person may write for that all chosen branches
/// stand below; else the first.
fn committee(me: &Person, units: &UnitTree, draft: &Draft) -> Option<UnitId> {
    let above = |root: &UnitId| draft.units.iter().all(|unit| units.is_within(*unit, *root));
    let roots = rights::roots(me, Right::WriteNotices);
    roots.iter().copied().find(above).or_else(|| roots.first().copied())
}

/// When those who will not have read it are reminded, at the hour of the reminders.
fn remind_at(practice: &Practice, now: Instant) -> Option<Instant> {
    let days = practice.notice_reminder;
    let on = practice.calendar.add_working_days(practice.today(now), days);
    (days > 0).then(|| practice.instant(on.and_time(practice.leads.report_time)))
}

/// Whom a notice was queued for, each in their branch.
fn recipients(
    persons: &[Person],
    placed: &HashMap<PersonId, UnitId>,
    posted: &[Posted],
) -> Vec<Recipient> {
    let queued = |(person, posted): (&Person, &Posted)| {
        let unit = placed.get(&person.id).copied()?;
        Some(Recipient { person: person.id, unit, outbox: posted.id() })
    };
    persons.iter().zip(posted).filter_map(queued).collect()
}

/// The notice as a member gets it.
fn letter(
    committee: (UnitId, &UnitName),
    notice: &Sent,
    file: Option<&Described>,
    greeting: Phrase,
) -> Message {
    let file = file.map(|file| (notice.id, file));
    phrasing::letter(committee, greeting, &notice.body, file)
        .line("notice-letter-ask")
        .row(vec![Button::new("button-notice-read", Tap::Notice(NoticeTap::Read(notice.id)))])
}

/// How a notice addresses a member.
pub fn greeting(person: &Person) -> Phrase {
    Phrase::new("notice-letter-greeting").with("name", person.id)
}

/// Notes that a recipient has read a notice, and gives when they first did; `None` if it was not sent
/// to them.
pub async fn read(work: &mut Work<'_>, notice: NoticeId) -> Result<Option<Instant>, Refused> {
    let me = work.me()?.id;
    Ok(notices::read(work.tx, notice, me, work.now).await?)
}

/// What became of the one reminder of a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reminded {
    /// So many were reminded.
    Sent(usize),
    /// It was found too late, so its sender was told that nobody was.
    Lost,
    /// It is over already.
    Before,
    /// It is found too late by a clock that is in doubt: it stays due.
    StaysDue,
}

/// Reminds those who have not said that they read a notice, once; `due_at`: when that was due.
pub async fn remind(
    work: &mut Work<'_>,
    notice: &Sent,
    due_at: Instant,
) -> Result<Reminded, StoreError> {
    let found = Timeliness::after(work.now - due_at, work.practice.grace);
    let lost = found == Timeliness::TooLate;
    if lost && work.practice.doubt.now().is_some() {
        return Ok(Reminded::StaysDue);
    }
    let fate = if lost { Fate::Dropped } else { Fate::Fired };
    if !notices::finish(work.tx, notice.id, fate, work.now).await? {
        return Ok(Reminded::Before);
    }
    if lost {
        tell_lost(work, notice).await?;
        return Ok(Reminded::Lost);
    }
    let owing = owing(work.tx, notice, work.today()).await?;
    let of: HashMap<PersonId, UnitId> =
        owing.iter().map(|(person, unit)| (person.id, *unit)).collect();
    let persons: Vec<Person> = owing.into_iter().map(|(person, _)| person).collect();
    if persons.is_empty() {
        return Ok(Reminded::Sent(0));
    }
    let file = notice_files::of_notice(work.tx, notice.id).await?;
    let (units, practice) = (work.units.clone(), work.practice);
    let compose = |person: &Person| Notification {
        message: again(practice, &units, notice, file.as_ref(), person, found),
        unit: of.get(&person.id).copied(),
        dedupe_key: format!("notice-again:{}:{}", notice.id.0, person.code),
        expires_at: None,
        lane: Lane::Broadcast,
    };
    let posted = work.broadcast(&persons, compose).await?;
    let recipients = recipients(&persons, &of, &posted);
    notices::reminded(work.tx, notice.id, &recipients).await?;
    Ok(Reminded::Sent(recipients.len()))
}

/// Reminds of what was sent by a clock that showed more as of what is sent now; how many.
pub async fn remind_nearer(
    tx: &mut Tx,
    practice: &Practice,
    now: Instant,
) -> Result<u64, StoreError> {
    let Some(at) = remind_at(practice, now) else { return Ok(0) };
    notices::bring_nearer(tx, now + TimeDelta::days(1), at).await
}

/// Plans reminders again that fell away later than it is now, so by a clock that was wrong, and are not due
/// before `from`; how many.
pub async fn plan_again(tx: &mut Tx, now: Instant, from: Instant) -> Result<u64, StoreError> {
    notices::restore(tx, now, from).await
}

/// Who has not said that they read a notice and is still a member of one of its branches on a day, with
/// the branch, by their codes.
pub async fn owing(
    tx: &mut Tx,
    notice: &Sent,
    day: NaiveDate,
) -> Result<Vec<(Person, UnitId)>, StoreError> {
    let unread = notices::unread(tx, notice.id).await?;
    let branches: Vec<UnitId> =
        notices::tallies(tx, &[notice.id]).await?.iter().map(|tally| tally.unit_id).collect();
    let placed: HashMap<PersonId, UnitId> =
        people::members_of(tx, &branches, day).await?.into_iter().collect();
    let owing: Vec<PersonId> =
        unread.into_iter().filter(|person| placed.contains_key(person)).collect();
    let mut persons = people::load(tx, &owing, day).await?;
    persons.sort_by(|a, b| a.code.cmp(&b.code));
    Ok(persons
        .into_iter()
        .filter_map(|person| placed.get(&person.id).map(|unit| (person, *unit)))
        .collect())
}

/// The notice once more.
fn again(
    practice: &Practice,
    units: &UnitTree,
    notice: &Sent,
    file: Option<&Described>,
    person: &Person,
    found: Timeliness,
) -> Message {
    let greeting = Phrase::new("notice-letter-again")
        .with("name", person.id)
        .with("at", practice.local(notice.sent_at));
    let mut message = letter((notice.unit, units.name(notice.unit)), notice, file, greeting);
    if found == Timeliness::Late {
        message.body.insert(0, Block::Line(Phrase::new("reminder-late")));
    }
    message
}

/// Tells the sender that nobody was reminded, so that they can do it themselves.
async fn tell_lost(work: &mut Work<'_>, notice: &Sent) -> Result<(), StoreError> {
    tracing::warn!(notice = notice.id.0, "the reminder of a notice came too late");
    let today = work.today();
    let Some(sender) = people::get(work.tx, notice.sender, today).await? else { return Ok(()) };
    let told = Phrase::new("notice-reminder-lost")
        .with("name", sender.id)
        .with("at", work.practice.local(notice.sent_at));
    let key = format!("notice-dropped:{}", notice.id.0);
    let (to, message) = (Addressee::alone(sender), Message::of(told));
    work.notify(&to, Notification::new(message, None, key)).await.map(drop)
}
