//! `/thongbao`: a notice of the committee to its branches, and who has read it.
//!
//! Grammar: `/thongbao [text]`. Without a text it lists the last notices with how they fare, or
//! asks for the text at once where there are none. The dialogue: text → branches → preview → send.
//! Everything is kept in the draft at once, so `/huy` loses nothing; a person has one draft. Every
//! member placed in the chosen branches on the day gets it once, with a button that says that they
//! have read it. One file may go with it. It is for the members of a committee and its office; they see the notices that
//! went to none but branches below them.

mod file;
mod questions;

use std::collections::HashMap;
use std::sync::Arc;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use super::command::Command;
use super::context::Cx;
use super::failure::{Failure, Outcome, refuse};
use super::feature::{Claim, Feature};
use crate::clock::Instant;
use crate::domain::audit::{Act, Field};
use crate::domain::ids::{NoticeId, PersonId, UnitId};
use crate::domain::people::Person;
use crate::domain::text::{fold, nfc};
use crate::domain::typed::Typed;
use crate::domain::units::UnitTree;
use crate::message::{Button, Message, OfferedFile, Phrase};
use crate::operations::rights::{self, Right};
use crate::outbound::{self, Notification, Posted};
use crate::phrasing;
use crate::store::audit::Entry;
use crate::store::notice_files::{self, Described};
use crate::store::notices::{self, Draft, Recipient, Sent};
use crate::store::outbox::Lane;
use crate::store::people;
use crate::taps::{NoticeTap, Tap};

pub struct Notices;

const NAME: &str = "notices";

/// Longest text, in characters.
const TEXT_LIMIT: usize = 1_500;
/// Notices listed.
const LISTED: u32 = 8;
/// Unread notices offered at a time, the newest.
const READ_BUTTONS: usize = 8;
/// Branches shown at a time.
const PAGE: usize = 10;

/// Where the dialogue stands; everything else is in the draft.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(tag = "v")]
enum Position {
    #[serde(rename = "1")]
    At { step: Step },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Step {
    Text,
    /// This page of the branches.
    Units(usize),
    Preview,
}

/// What somebody who may write notices has before them.
struct Desk {
    units: Arc<UnitTree>,
    /// The branches they may write to, in order.
    branches: Vec<UnitId>,
    /// Those chosen are among these branches.
    draft: Option<Draft>,
    /// What goes with it.
    file: Option<Described>,
}

/// Whom a draft would reach today.
struct Reach {
    /// Each with their branch.
    members: Vec<(PersonId, UnitId)>,
    /// How many of them have no account that can be written to.
    unreachable: usize,
}

#[async_trait]
impl Feature for Notices {
    fn name(&self) -> &'static str {
        NAME
    }

    fn commands(&self) -> &'static [Command] {
        &[Command {
            name: "thongbao",
            words: &["thong bao", "notice"],
            needs: &[Right::WriteNotices],
            about: "notice-about",
            in_groups: false,
        }]
    }

    async fn command(&self, cx: &mut Cx<'_>, _: &str, rest: &str) -> Outcome {
        let desk = desk(cx).await?;
        if rest.is_empty() {
            return open(cx, desk).await;
        }
        if desk.draft.is_some() {
            // The new text must not take the place of one that was never sent.
            cx.say_aside("notice-draft-first").await?;
            return resume(cx, &desk).await;
        }
        match checked(rest) {
            Ok(text) => take_text(cx, desk, text).await,
            Err(refusal) => {
                cx.say_aside(refusal).await?;
                ask(cx, &desk, Step::Text).await
            }
        }
    }

    async fn tap(&self, cx: &mut Cx<'_>, tap: Tap) -> Outcome {
        let Tap::Notice(tap) = tap else { return cx.stale().await };
        match tap {
            NoticeTap::Read(notice) => read(cx, notice).await,
            NoticeTap::Look { notice, page } => look(cx, notice, page).await,
            NoticeTap::Compose => {
                let desk = desk(cx).await?;
                resume(cx, &desk).await
            }
            _ => answer(cx, tap).await,
        }
    }

    async fn text(&self, cx: &mut Cx<'_>, text: &str) -> Result<Claim, Failure> {
        let Position::At { step } = cx.position()?;
        let desk = desk(cx).await?;
        if step != Step::Text {
            return Ok(Claim::NotMine);
        }
        let text = checked(text).map_err(Failure::Refusal)?;
        take_text(cx, desk, text).await?;
        Ok(Claim::Done)
    }

    async fn upload(&self, cx: &mut Cx<'_>, offered: &OfferedFile) -> Result<Claim, Failure> {
        let Position::At { step } = cx.position()?;
        if cx.practice.notice_file_max == 0 {
            return Ok(Claim::NotMine);
        }
        let mut desk = desk(cx).await?;
        file::take(cx, &mut desk, offered, step).await?;
        ask(cx, &desk, step).await?;
        Ok(Claim::Done)
    }

    fn takes_prose(&self, cx: &Cx<'_>) -> bool {
        cx.position().is_ok_and(|Position::At { step }| step == Step::Text)
    }

    async fn repeat(&self, cx: &mut Cx<'_>) -> Outcome {
        let Position::At { step } = cx.position()?;
        let desk = desk(cx).await?;
        ask(cx, &desk, step).await
    }
}

/// What lies before the person, if they may write to any branch today.
async fn desk(cx: &mut Cx<'_>) -> Result<Desk, Failure> {
    let units = cx.units().await?;
    let me = cx.me()?.clone();
    let branches = rights::branches(&me, Right::WriteNotices, &units);
    let branches: Vec<UnitId> = branches.iter().map(|branch| branch.id).collect();
    if branches.is_empty() {
        if is_open(cx) {
            cx.leave();
        }
        return refuse("notice-not-allowed");
    }
    let mut draft = notices::draft(cx.tx, me.id).await?;
    if let Some(draft) = &mut draft {
        // An office may have ended since they were chosen.
        draft.units.retain(|unit| branches.contains(unit));
    }
    let file = notice_files::of_draft(cx.tx, me.id).await?;
    Ok(Desk { units, branches, draft, file })
}

fn is_open(cx: &Cx<'_>) -> bool {
    cx.session.dialogue.as_ref().is_some_and(|(feature, _)| feature == NAME)
}

/// A text that can be sent, as it is kept.
fn checked(text: &str) -> Result<Typed, Phrase> {
    let text = nfc(text);
    let length = text.chars().count();
    if (1..=TEXT_LIMIT).contains(&length) {
        return Ok(Typed::new(text));
    }
    Err(Phrase::new("notice-text-length").with("limit", TEXT_LIMIT).with("length", length))
}

/// The last notices, with a way to write one; without any, writing begins.
async fn open(cx: &mut Cx<'_>, desk: Desk) -> Outcome {
    let recent = notices::recent(cx.tx, &desk.branches, LISTED).await?;
    if recent.is_empty() {
        return resume(cx, &desk).await;
    }
    let _today = cx.today();
    let ids: Vec<NoticeId> = recent.iter().map(|notice| notice.id).collect();
    let tallies = notices::tallies(cx.tx, &ids).await?;
    let message = questions::list(cx.practice, &desk, &recent, &tallies);
    cx.leave();
    cx.reply(message).await
}

/// Goes on where the draft stopped.
async fn resume(cx: &mut Cx<'_>, desk: &Desk) -> Outcome {
    let step = match &desk.draft {
        Some(draft) => after_text(draft),
        None => Step::Text,
    };
    ask(cx, desk, step).await
}

fn after_text(draft: &Draft) -> Step {
    if draft.units.is_empty() { Step::Units(0) } else { Step::Preview }
}

async fn take_text(cx: &mut Cx<'_>, mut desk: Desk, text: Typed) -> Outcome {
    let mut draft = desk.draft.take().unwrap_or_default();
    draft.body = text;
    keep(cx, &mut desk, draft).await?;
    resume(cx, &desk).await
}

async fn keep(cx: &mut Cx<'_>, desk: &mut Desk, mut draft: Draft) -> Outcome {
    let me = cx.me()?.id;
    draft.changed_at = cx.now;
    notices::keep_draft(cx.tx, me, &draft, cx.now).await?;
    desk.draft = Some(draft);
    Ok(())
}

/// The draft, which another chat of the same person may have sent meanwhile.
fn drafted<'d>(cx: &mut Cx<'_>, desk: &'d Desk) -> Result<&'d Draft, Failure> {
    match &desk.draft {
        Some(draft) => Ok(draft),
        None => {
            cx.leave();
            refuse("notice-draft-gone")
        }
    }
}

async fn reach(cx: &mut Cx<'_>, draft: &Draft) -> Result<Reach, Failure> {
    let today = cx.today();
    let members = people::members_of(cx.tx, &draft.units, today).await?;
    let ids: Vec<PersonId> = members.iter().map(|(person, _)| *person).collect();
    let reachable = outbound::reachable(cx.tx, &ids).await?;
    Ok(Reach { unreachable: members.len() - reachable.len(), members })
}

async fn ask(cx: &mut Cx<'_>, desk: &Desk, step: Step) -> Outcome {
    let message = match step {
        Step::Text => questions::text(desk.draft.as_ref()),
        Step::Units(page) => questions::units(desk, drafted(cx, desk)?, page),
        Step::Preview => {
            let draft = drafted(cx, desk)?;
            let reach = reach(cx, draft).await?;
            questions::preview(cx.practice, desk, draft, &reach)
        }
    };
    cx.ask(NAME, &Position::At { step }, message).await
}

/// Answers a button of the dialogue. Choosing a branch says the same whenever it is tapped, so
/// those who tap faster than the question changes are understood; the other buttons mean something
/// under the open question alone.
async fn answer(cx: &mut Cx<'_>, tap: NoticeTap) -> Outcome {
    let mut desk = desk(cx).await?;
    let chooses = matches!(tap, NoticeTap::Pick(_) | NoticeTap::Drop(_));
    if !is_open(cx) {
        return cx.stale().await;
    }
    let Position::At { step } = cx.position()?;
    if !chooses && !cx.on_open_question() {
        cx.stale().await?;
        return ask(cx, &desk, step).await;
    }
    let mut draft = drafted(cx, &desk)?.clone();
    let next = match (tap, step) {
        (NoticeTap::Pick(unit), Step::Units(_)) if desk.branches.contains(&unit) => {
            draft.units.push(unit);
            step
        }
        (NoticeTap::Drop(unit), Step::Units(_)) => {
            draft.units.retain(|chosen| *chosen != unit);
            step
        }
        (NoticeTap::PickAll, Step::Units(_)) => {
            draft.units.clone_from(&desk.branches);
            step
        }
        (NoticeTap::DropAll, Step::Units(_)) => {
            draft.units.clear();
            step
        }
        (NoticeTap::Page(page), Step::Units(_)) => Step::Units(page),
        (NoticeTap::Continue, Step::Units(_)) => return go_on(cx, &desk, &draft).await,
        (NoticeTap::EditText, Step::Preview) => Step::Text,
        (NoticeTap::EditUnits, Step::Preview) => Step::Units(0),
        (NoticeTap::DropFile, Step::Preview) => {
            file::drop(cx, &mut desk).await?;
            step
        }
        (NoticeTap::Back, Step::Text) => after_text(&draft),
        (NoticeTap::Discard, _) => return discard(cx).await,
        (NoticeTap::Send, Step::Preview) => return send(cx, &desk, &draft).await,
        _ => return cx.stale().await,
    };
    // In the order of the branches, each once.
    draft.units = desk.branches.iter().copied().filter(|id| draft.units.contains(id)).collect();
    if desk.draft.as_ref() != Some(&draft) {
        keep(cx, &mut desk, draft).await?;
    }
    ask(cx, &desk, next).await
}

async fn go_on(cx: &mut Cx<'_>, desk: &Desk, draft: &Draft) -> Outcome {
    if draft.units.is_empty() {
        return refuse("notice-no-branch");
    }
    if reach(cx, draft).await?.members.is_empty() {
        return refuse("notice-nobody");
    }
    ask(cx, desk, Step::Preview).await
}

async fn discard(cx: &mut Cx<'_>) -> Outcome {
    let me = cx.me()?.id;
    notices::take_draft(cx.tx, me).await?;
    notice_files::detach(cx.tx, me).await?;
    cx.leave();
    cx.reply(Message::of("notice-discarded")).await
}

/// Queues the notice for every member of the chosen branches, in a few statements however many
/// they are.
async fn send(cx: &mut Cx<'_>, desk: &Desk, draft: &Draft) -> Outcome {
    let (me, today) = (cx.me()?.clone(), cx.today());
    let placed: HashMap<PersonId, UnitId> =
        people::members_of(cx.tx, &draft.units, today).await?.into_iter().collect();
    if placed.is_empty() {
        // They were all placed elsewhere since the preview.
        return refuse("notice-nobody");
    }
    let Some(speaks) = committee(&me, &desk.units, draft) else {
        return refuse("notice-not-allowed");
    };
    notices::take_draft(cx.tx, me.id).await?;
    let remind_at = remind_at(cx);
    let sent = notices::add(cx.tx, me.id, speaks, draft, cx.now, remind_at).await?;
    notice_files::send(cx.tx, me.id, sent.id).await?;

    let ids: Vec<PersonId> = placed.keys().copied().collect();
    let mut persons = people::load(cx.tx, &ids, today).await?;
    persons.sort_by(|a, b| a.code.cmp(&b.code));
    let compose = |person: &Person| Notification {
        message: questions::letter(desk, &sent, person),
        unit: placed.get(&person.id).copied(),
        dedupe_key: format!("notice:{}:{}", sent.id.0, person.code),
        fallbacks: &[],
        expires_at: None,
        lane: Lane::Broadcast,
    };
    let posted = cx.broadcast(&persons, compose).await?;
    let lost = posted.iter().filter(|p| matches!(p, Posted::Unreachable(_))).count();
    let recipients: Vec<Recipient> = persons
        .iter()
        .zip(&posted)
        .filter_map(|(person, posted)| {
            let unit = placed.get(&person.id).copied()?;
            Some(Recipient { person: person.id, unit, outbox: posted.id() })
        })
        .collect();
    notices::add_recipients(cx.tx, sent.id, &recipients).await?;

    let codes: Vec<&str> =
        draft.units.iter().filter_map(|id| Some(desk.units.get(*id)?.code.as_str())).collect();
    let (count, bytes) = (recipients.len(), desk.file.as_ref().map(|file| file.size));
    let entry = Entry::new(Act::NoticeSent, sent.id.0.to_string())
        .within(speaks)
        .became(Field::Branches, codes)
        .became(Field::Recipients, count)
        .became(Field::FileBytes, bytes);
    cx.note(entry).await?;
    cx.leave();
    cx.reply(questions::sent(desk, draft, &sent, recipients.len(), lost)).await
}

/// The committee that speaks: the first of those the person may write for that all chosen branches
/// stand below; else the first.
fn committee(me: &Person, units: &UnitTree, draft: &Draft) -> Option<UnitId> {
    let above = |root: &UnitId| draft.units.iter().all(|unit| units.is_within(*unit, *root));
    let roots = rights::roots(me, Right::WriteNotices);
    roots.iter().copied().find(above).or_else(|| roots.first().copied())
}

/// When those who will not have read it are reminded, at the hour of the reminders.
fn remind_at(cx: &Cx<'_>) -> Option<Instant> {
    let practice = cx.practice;
    let days = practice.notice_reminder;
    let on = practice.calendar.add_working_days(cx.today(), days);
    (days > 0).then(|| practice.instant(on.and_time(practice.leads.report_time)))
}

/// How a notice fares, branch by branch, with the names of those who have not read it.
async fn look(cx: &mut Cx<'_>, id: NoticeId, page: usize) -> Outcome {
    let desk = desk(cx).await?;
    let today = cx.today();
    let mut tallies = notices::tallies(cx.tx, &[id]).await?;
    let theirs = tallies.iter().all(|tally| desk.branches.contains(&tally.unit_id));
    let Some(notice) = notices::get(cx.tx, id).await?.filter(|_| theirs) else {
        return refuse("notice-not-yours");
    };
    tallies.sort_by_key(|tally| desk.branches.iter().position(|id| *id == tally.unit_id));
    let page = page.min(tallies.len().saturating_sub(1) / PAGE);
    let shown: Vec<UnitId> =
        tallies.iter().skip(page * PAGE).take(PAGE).map(|tally| tally.unit_id).collect();
    let unread = notices::unread_in(cx.tx, id, &shown).await?;
    let mut ids: Vec<PersonId> = unread.iter().map(|one| one.person).collect();
    ids.push(notice.sender);
    let look = questions::Look {
        page,
        persons: people::load(cx.tx, &ids, today).await?,
        file: notice_files::of_notice(cx.tx, id).await?,
        notice,
        tallies,
        unread,
    };
    cx.reply(questions::look(cx.practice, &desk.units, &look)).await
}

/// Whether a text says that a notice was read.
pub(super) fn is_read(text: &str) -> bool {
    matches!(fold(text).as_str(), "da doc" | "toi da doc" | "da doc thong bao" | "i have read it")
}

/// Takes "đã đọc" for the notice that arrived and was not said to be read; of several asks which.
pub(super) async fn spoken(cx: &mut Cx<'_>, text: &str) -> Result<Claim, Failure> {
    if !is_read(text) {
        return Ok(Claim::NotMine);
    }
    let me = cx.me()?.id;
    let unread = notices::unread_of(cx.tx, me).await?;
    match &unread[..] {
        [] => return refuse("notice-none-unread"),
        [(only, _)] => read(cx, *only).await?,
        several => {
            let mut message = Message::of("notice-read-which");
            for (notice, sent_at) in several.iter().take(READ_BUTTONS) {
                let at = cx.practice.local(*sent_at);
                let label = Phrase::new("notice-read-one").with("at", at);
                let tap = Tap::Notice(NoticeTap::Read(*notice));
                message = message.row(vec![Button::new(label, tap)]);
            }
            cx.reply_beside(message).await?;
        }
    }
    Ok(Claim::Done)
}

/// Notes that a recipient has read it; the button goes, a word of thanks stays.
async fn read(cx: &mut Cx<'_>, id: NoticeId) -> Outcome {
    let me = cx.me()?.clone();
    let Some(at) = notices::read(cx.tx, id, me.id, cx.now).await? else {
        return cx.stale().await;
    };
    let thanks = Phrase::new("notice-read-noted").with("at", cx.practice.local(at));
    let units = cx.units().await?;
    let file = notice_files::of_notice(cx.tx, id).await?;
    let file = file.as_ref().map(|file| (id, file));
    let whole = notices::get(cx.tx, id).await?.filter(|notice| !notice.body.is_empty()).map(
        |notice: Sent| {
            let greeting = questions::greeting(&me);
            phrasing::letter(units.name(notice.unit), greeting, &notice.body, file)
                .line(thanks.clone())
        },
    );
    cx.amend(whole, thanks).await
}
