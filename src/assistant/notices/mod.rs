//! `/thongbao`: a notice of the committee to its branches, and who has read it.
//!
//! Grammar: `/thongbao [text]`. Without a text it lists the last notices with how they fare, or
//! asks for the text at once where there are none. The dialogue: text → branches → preview → send.
//! Everything is kept in the draft at once, so `/huy` loses nothing; a person has one draft. Every
//! member placed in the chosen branches on the day gets it once, with a button that says that they
//! have read it. One file may go with it. It is for the members of a committee and its office; they see the notices that
//! went to none but branches below them.

mod questions;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use super::engine::command::Command;
use super::engine::context::Cx;
use super::engine::failure::{Failure, Outcome, refuse};
use super::engine::feature::{Claim, Feature};
use super::engine::pages::Page;
use crate::domain::ids::{NoticeId, PersonId, UnitId};
use crate::domain::text::fold;
use crate::domain::typed::Typed;
use crate::domain::units;
use crate::message::{Arg, Button, Message, OfferedFile, Phrase};
use crate::operations::notices::{self as operation, Desk};
use crate::operations::rights::Right;
use crate::outbound;
use crate::phrasing;
use crate::store::notices::{self, Draft, Sent};
use crate::store::{notice_files, people};
use crate::taps::{NoticeTap, Tap};

pub struct Notices;

const NAME: &str = "notices";

/// Notices listed.
const LISTED: u32 = 8;
/// Unread notices offered at a time, the newest.
const READ_BUTTONS: usize = 8;

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

/// How many a draft would reach today.
struct Reach {
    members: usize,
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
            answer: |cx, rest| Box::pin(command(cx, rest)),
        }]
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
        let mut desk = desk(cx).await?;
        match step {
            Step::Text => take_text(cx, &mut desk, text).await?,
            Step::Units(page) => return take_units(cx, &mut desk, page, text).await,
            Step::Preview => return Ok(Claim::NotMine),
        }
        Ok(Claim::Done)
    }

    async fn upload(&self, cx: &mut Cx<'_>, offered: &OfferedFile) -> Result<Claim, Failure> {
        let Position::At { step } = cx.position()?;
        if cx.practice.notice_file_max == 0 {
            return Ok(Claim::NotMine);
        }
        let mut desk = desk(cx).await?;
        attach(cx, &mut desk, offered, step).await?;
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

async fn command(cx: &mut Cx<'_>, rest: &str) -> Outcome {
    let mut desk = desk(cx).await?;
    if rest.is_empty() {
        return open(cx, &desk).await;
    }
    if desk.draft.is_some() {
        // The new text must not take the place of one that was never sent.
        cx.say_aside("notice-draft-first").await?;
        return resume(cx, &desk).await;
    }
    match take_text(cx, &mut desk, rest).await {
        Err(Failure::Refusal(refusal)) => {
            cx.say_aside(refusal).await?;
            ask(cx, &desk, Step::Text).await
        }
        done => done,
    }
}

/// What lies before the person, if they may write to any branch today.
async fn desk(cx: &mut Cx<'_>) -> Result<Desk, Failure> {
    let desk = operation::desk(&mut cx.work().await?).await;
    if desk.is_err() && is_open(cx) {
        cx.leave();
    }
    Ok(desk?)
}

fn is_open(cx: &Cx<'_>) -> bool {
    cx.session.dialogue.as_ref().is_some_and(|(feature, _)| feature == NAME)
}

/// The last notices, with a way to write one; without any, writing begins.
async fn open(cx: &mut Cx<'_>, desk: &Desk) -> Outcome {
    let recent = notices::recent(cx.tx, &desk.branches, LISTED).await?;
    if recent.is_empty() {
        return resume(cx, desk).await;
    }
    let ids: Vec<NoticeId> = recent.iter().map(|notice| notice.id).collect();
    let tallies = notices::tallies(cx.tx, &ids).await?;
    let message = questions::list(cx.practice, desk, &recent, &tallies);
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

async fn take_text(cx: &mut Cx<'_>, desk: &mut Desk, text: &str) -> Outcome {
    operation::write(&mut cx.work().await?, desk, Typed::new(text)).await?;
    resume(cx, desk).await
}

/// Chooses branches by their names, with commas between them: all of them, or none.
async fn take_units(
    cx: &mut Cx<'_>,
    desk: &mut Desk,
    page: usize,
    text: &str,
) -> Result<Claim, Failure> {
    let all = cx.units().await?;
    let mut chosen = drafted(cx, desk)?.units.clone();
    for typed in text.split([',', ';', '\n']).map(fold).filter(|typed| !typed.is_empty()) {
        let offered = all.branches().filter(|unit| desk.branches.contains(&unit.id));
        match units::named(offered, &typed)[..] {
            [] => return Ok(Claim::NotMine),
            [unit] if chosen.contains(&unit.id) => {}
            [unit] => chosen.push(unit.id),
            ref several => {
                let several = several.iter().map(|unit| Arg::from(&unit.name)).collect();
                return refuse(
                    Phrase::new("notice-units-several").with("units", Arg::List(several)),
                );
            }
        }
    }
    operation::choose(&mut cx.work().await?, desk, &chosen).await?;
    ask(cx, desk, Step::Units(page)).await?;
    Ok(Claim::Done)
}

/// Puts a file to the draft, and says so.
async fn attach(cx: &mut Cx<'_>, desk: &mut Desk, offered: &OfferedFile, step: Step) -> Outcome {
    if desk.draft.is_none() && step == Step::Text {
        return refuse("notice-file-text-first");
    }
    drafted(cx, desk)?;
    operation::attach(&mut cx.work().await?, desk, offered).await?;
    match &desk.file {
        Some(file) => cx.say_aside(phrasing::notice_file("notice-file-attached", file)).await,
        None => Ok(()),
    }
}

/// The draft, which another chat of the same person may have sent meanwhile.
fn drafted<'d>(cx: &mut Cx<'_>, desk: &'d Desk) -> Result<&'d Draft, Failure> {
    Ok(desk.drafted().inspect_err(|_| cx.leave())?)
}

async fn reach(cx: &mut Cx<'_>, draft: &Draft) -> Result<Reach, Failure> {
    let today = cx.today();
    let members = people::members_of(cx.tx, &draft.units, today).await?;
    let ids: Vec<PersonId> = members.iter().map(|(person, _)| *person).collect();
    let reachable = outbound::reachable(cx.tx, &ids).await?;
    Ok(Reach { unreachable: ids.len() - reachable.len(), members: ids.len() })
}

/// What a preview stands for: the text, to whom it goes, where only how many they are is told, and the file
/// itself, of which only the name is.
async fn shows(cx: &mut Cx<'_>, draft: &Draft) -> Outcome {
    let mut members = people::members_of(cx.tx, &draft.units, cx.today()).await?;
    members.sort_unstable();
    let me = cx.me()?.id;
    let file = notice_files::id_of_draft(cx.tx, me).await?;
    cx.shows(&("notice", &draft.body, &draft.units, members, file))
}

async fn ask(cx: &mut Cx<'_>, desk: &Desk, step: Step) -> Outcome {
    let units = cx.units().await?;
    let message = match step {
        Step::Text => questions::text(desk.draft.as_ref()),
        Step::Units(page) => questions::units(&units, desk, drafted(cx, desk)?, page),
        Step::Preview => {
            let draft = drafted(cx, desk)?;
            let reach = reach(cx, draft).await?;
            shows(cx, draft).await?;
            questions::preview(cx.practice, &units, desk, draft, &reach)
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
    let mut chosen = drafted(cx, &desk)?.units.clone();
    let next = match (tap, step) {
        (NoticeTap::Pick(unit), Step::Units(_)) if desk.branches.contains(&unit) => {
            chosen.push(unit);
            step
        }
        (NoticeTap::Drop(unit), Step::Units(_)) => {
            chosen.retain(|one| *one != unit);
            step
        }
        (NoticeTap::PickAll, Step::Units(_)) => {
            chosen.clone_from(&desk.branches);
            step
        }
        (NoticeTap::DropAll, Step::Units(_)) => {
            chosen.clear();
            step
        }
        (NoticeTap::Page(page), Step::Units(_)) => Step::Units(page),
        (NoticeTap::Continue, Step::Units(_)) => {
            drafted(cx, &desk)?;
            operation::reached(&mut cx.work().await?, &desk).await?;
            Step::Preview
        }
        (NoticeTap::EditText, Step::Preview) => Step::Text,
        (NoticeTap::EditUnits, Step::Preview) => Step::Units(0),
        (NoticeTap::DropFile, Step::Preview) => {
            operation::detach(&mut cx.work().await?, &mut desk).await?;
            step
        }
        (NoticeTap::Back, Step::Text) => after_text(drafted(cx, &desk)?),
        (NoticeTap::Discard, _) => {
            operation::discard(&mut cx.work().await?, &mut desk).await?;
            cx.leave();
            return cx.reply(Message::of("notice-discarded")).await;
        }
        (NoticeTap::Send, Step::Preview) => return send(cx, &desk).await,
        _ => return cx.stale().await,
    };
    operation::choose(&mut cx.work().await?, &mut desk, &chosen).await?;
    ask(cx, &desk, next).await
}

async fn send(cx: &mut Cx<'_>, desk: &Desk) -> Outcome {
    let sent = operation::send(&mut cx.work().await?, desk).await?;
    let units = cx.units().await?;
    let message = questions::sent(&units, desk, drafted(cx, desk)?, &sent);
    cx.leave();
    cx.reply(message).await
}

/// How a notice fares, branch by branch, with the names of those who have not read it.
async fn look(cx: &mut Cx<'_>, id: NoticeId, page: usize) -> Outcome {
    let desk = desk(cx).await?;
    let (units, today) = (cx.units().await?, cx.today());
    let mut tallies = notices::tallies(cx.tx, &[id]).await?;
    let theirs = tallies.iter().all(|tally| desk.branches.contains(&tally.unit_id));
    let Some(notice) = notices::get(cx.tx, id).await?.filter(|_| theirs) else {
        return refuse("notice-not-yours");
    };
    tallies.sort_by_key(|tally| desk.branches.iter().position(|id| *id == tally.unit_id));
    let page = Page::of(page, tallies.len());
    let shown: Vec<UnitId> = page.shown(&tallies).map(|tally| tally.unit_id).collect();
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
    cx.reply(questions::look(cx.practice, &units, &look)).await
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
    let Some(at) = operation::read(&mut cx.work().await?, id).await? else {
        return cx.stale().await;
    };
    let greeting = operation::greeting(cx.me()?);
    let thanks = Phrase::new("notice-read-noted").with("at", cx.practice.local(at));
    let units = cx.units().await?;
    let file = notice_files::of_notice(cx.tx, id).await?;
    let file = file.as_ref().map(|file| (id, file));
    let whole = notices::get(cx.tx, id).await?.filter(|notice| !notice.body.is_empty()).map(
        |notice: Sent| {
            phrasing::letter((notice.unit, units.name(notice.unit)), greeting, &notice.body, file)
                .line(thanks.clone())
        },
    );
    cx.amend(whole, thanks).await
}
