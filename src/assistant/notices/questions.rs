//! What `/thongbao` says: its questions, the notice itself, and how it fares.

use super::{Page, Reach};
use crate::domain::ids::UnitId;
use crate::domain::people::Person;
use crate::domain::practice::Practice;
use crate::domain::units::UnitTree;
use crate::message::{Arg, Button, Link, Message, Phrase};
use crate::operations::notices::{Desk, Dispatch, TEXT_LIMIT};
use crate::phrasing;
use crate::store::notice_files::Described;
use crate::store::notices::{Draft, Reminder, Sent, Tally, Unread};
use crate::taps::{NoticeTap, Tap};

/// So many branches are named; more are counted.
const NAMED_UNITS: usize = 5;
/// So many persons of a branch are named; the others are counted.
const NAMED: usize = 15;
/// The buttons to the pages before and after one.
const BESIDE: [&str; 2] = ["button-notice-previous", "button-notice-next"];

/// A notice and how it fares.
pub(super) struct Look {
    pub notice: Sent,
    /// What went with it.
    pub file: Option<Described>,
    /// Of all its branches, in order.
    pub tallies: Vec<Tally>,
    /// Which of them are shown.
    pub page: Page,
    /// Of the branches shown.
    pub unread: Vec<Unread>,
    /// The sender, and those who have not read it.
    pub persons: Vec<Person>,
}

fn button(label: impl Into<Phrase>, tap: NoticeTap) -> Button {
    Button::new(label, Tap::Notice(tap))
}

/// The last notices, a button for each, and one to write another.
pub(super) fn list(
    practice: &Practice,
    desk: &Desk,
    recent: &[Sent],
    tallies: &[Tally],
) -> Message {
    let mut message = Message::new().title("notice-list-title");
    for notice in recent {
        let own: Vec<&Tally> = tallies.iter().filter(|t| t.notice_id == notice.id).collect();
        let at = practice.local(notice.sent_at);
        let line = Phrase::new("notice-list-line")
            .with("at", at)
            .with("sender", notice.sender)
            .with("units", own.len())
            .with("recipients", own.iter().map(|tally| tally.recipients).sum::<i64>())
            .with("read", own.iter().map(|tally| tally.have_read).sum::<i64>());
        let look = NoticeTap::Look { notice: notice.id, page: 0 };
        let label = Phrase::new("notice-list-look").with("at", at);
        message = message.item(line).row(vec![button(label, look)]);
    }
    let compose = match &desk.draft {
        Some(draft) => {
            let at = practice.local(draft.changed_at);
            message = message.line(Phrase::new("notice-list-draft").with("at", at));
            "button-notice-resume"
        }
        None => "button-notice-compose",
    };
    message.row(vec![button(compose, NoticeTap::Compose)])
}

/// Asks for the text; above it the one there is.
pub(super) fn text(draft: Option<&Draft>) -> Message {
    let question = Phrase::new("notice-ask-text").with("limit", TEXT_LIMIT);
    let Some(draft) = draft else { return Message::of(question) };
    Message::new()
        .line("notice-text-now")
        .line(Phrase::new("notice-text").with("text", Arg::Typed(draft.body.clone())))
        .gap()
        .line(question)
        .row(vec![button("button-back", NoticeTap::Back)])
}

/// Asks for the branches: those chosen are marked, and a tap turns each round.
pub(super) fn units(units: &UnitTree, desk: &Desk, draft: &Draft, page: usize) -> Message {
    let all = desk.branches.len();
    let chosen = draft.units.len();
    let mut message = Message::of("notice-ask-units")
        .line(Phrase::new("notice-units-chosen").with("count", chosen).with("all", all));
    let page = Page::of(page, all);
    for id in page.shown(&desk.branches) {
        let (label, tap) = match draft.units.contains(id) {
            true => ("notice-unit-picked", NoticeTap::Drop(*id)),
            false => ("notice-unit", NoticeTap::Pick(*id)),
        };
        let label = Phrase::new(label).with("unit", units.name(*id));
        message = message.row(vec![button(label, tap)]);
    }
    let pages = page.beside(BESIDE, |key, to| button(key, NoticeTap::Page(to)));
    let everything = match chosen < all {
        true => button("button-notice-all", NoticeTap::PickAll),
        false => button("button-notice-none", NoticeTap::DropAll),
    };
    message.row(pages).row(vec![everything]).row(vec![
        button("button-continue", NoticeTap::Continue),
        button("button-notice-discard", NoticeTap::Discard),
    ])
}

/// Says to how many members of which branches a draft goes: by name, if the branches are few.
fn addressed(
    message: Message,
    key: &str,
    count: usize,
    units: &UnitTree,
    desk: &Desk,
    draft: &Draft,
) -> Message {
    let chosen = draft.units.len();
    if chosen > 1 && chosen == desk.branches.len() {
        let all = Phrase::new("notice-units-all").with("count", chosen);
        return message.line(Phrase::new(key).with("count", count).with("units", all));
    }
    let many = Phrase::new("notice-units-many").with("count", chosen);
    let message = message.line(Phrase::new(key).with("count", count).with("units", many));
    let named = draft.units.iter().take(if chosen > NAMED_UNITS { 0 } else { chosen });
    named.fold(message, |message, id| {
        message.item(Phrase::new("notice-unit").with("unit", units.name(*id)))
    })
}

pub(super) fn preview(
    practice: &Practice,
    units: &UnitTree,
    desk: &Desk,
    draft: &Draft,
    reach: &Reach,
) -> Message {
    let mut message = Message::new()
        .title("notice-preview-title")
        .line(Phrase::new("notice-text").with("text", Arg::Typed(draft.body.clone())));
    if let Some(file) = &desk.file {
        message = message.line(phrasing::notice_file("notice-file", file));
    }
    message = addressed(message.gap(), "notice-preview-to", reach.members, units, desk, draft);
    if reach.unreachable > 0 {
        let lost = Phrase::new("notice-unreachable-count").with("count", reach.unreachable);
        message = message.line(lost);
    }
    if practice.notice_reminder > 0 {
        let days = practice.notice_reminder;
        message = message.line(Phrase::new("notice-preview-reminder").with("days", days));
    }
    message
        .row(vec![button("button-notice-send", NoticeTap::Send)])
        .row(vec![
            button("button-notice-text", NoticeTap::EditText),
            button("button-notice-units", NoticeTap::EditUnits),
        ])
        .row(file_buttons(practice, desk))
        .row(vec![button("button-notice-discard", NoticeTap::Discard)])
}

/// What can be done about the file of a draft.
fn file_buttons(practice: &Practice, desk: &Desk) -> Vec<Button> {
    let label = match desk.file {
        Some(_) => "button-notice-file-other",
        None => "button-notice-file-attach",
    };
    let attach = (practice.notice_file_max > 0).then(|| Button::link(label, Link::Attach));
    let remove = desk.file.as_ref().map(|_| button("button-notice-file-drop", NoticeTap::DropFile));
    attach.into_iter().chain(remove).collect()
}

/// Says that it was sent, and to how many it cannot go.
pub(super) fn sent(units: &UnitTree, desk: &Desk, draft: &Draft, sent: &Dispatch) -> Message {
    let mut message = addressed(Message::new(), "notice-sent", sent.recipients, units, desk, draft);
    if sent.unreachable > 0 {
        message =
            message.line(Phrase::new("notice-unreachable-count").with("count", sent.unreachable));
    }
    let look = NoticeTap::Look { notice: sent.notice, page: 0 };
    message.row(vec![button("button-notice-details", look)])
}

/// A notice and how it fares in the branches of a page.
pub(super) fn look(practice: &Practice, units: &UnitTree, look: &Look) -> Message {
    let Look { notice, tallies, page, .. } = look;
    let mut message = Message::new().title(
        Phrase::new("notice-look-title")
            .with("at", practice.local(notice.sent_at))
            .with("sender", notice.sender),
    );
    message = match &notice.body {
        body if body.is_empty() => message.line("notice-text-forgotten"),
        body => message.line(Phrase::new("notice-text").with("text", body)),
    };
    let file = look.file.as_ref();
    if let Some(file) = file {
        message = message.line(phrasing::notice_file("notice-file", file));
    }
    message = message.gap().line(counts("notice-look-total", tallies.iter()));
    let reminder = match notice.reminder {
        Reminder::None => None,
        Reminder::Planned(at) => Some(("notice-reminder-planned", at)),
        Reminder::Fired(at) => Some(("notice-reminder-fired", at)),
        Reminder::Dropped => {
            message = message.line("notice-reminder-dropped");
            None
        }
    };
    if let Some((key, at)) = reminder {
        message = message.line(Phrase::new(key).with("at", practice.local(at)));
    }
    for tally in page.shown(tallies) {
        let unit = units.name(tally.unit_id);
        message =
            message.item(counts("notice-look-unit", std::iter::once(tally)).with("unit", unit));
        for (key, unreachable) in [("notice-look-unread", false), ("notice-look-unreachable", true)]
        {
            if let Some(names) = names(look, tally.unit_id, unreachable) {
                message = message.line(Phrase::new(key).with("names", names));
            }
        }
    }
    let turn = |key, page| button(key, NoticeTap::Look { notice: notice.id, page });
    let pages = page.beside(BESIDE, turn);
    let all = Button::new("button-notice-list", Tap::Command("thongbao".to_owned()));
    let fetch = file.map(|_| phrasing::fetch_file(notice.id));
    message.row(fetch.into_iter().collect()).row(pages).row(vec![all])
}

/// A sentence with the sums of some branches.
fn counts<'t>(key: &str, tallies: impl Iterator<Item = &'t Tally>) -> Phrase {
    let (mut recipients, mut arrived, mut read, mut unreachable) = (0, 0, 0, 0);
    for tally in tallies {
        recipients += tally.recipients;
        arrived += tally.arrived;
        read += tally.have_read;
        unreachable += tally.unreachable;
    }
    Phrase::new(key)
        .with("recipients", recipients)
        .with("arrived", arrived)
        .with("read", read)
        .with("unread", recipients - read - unreachable)
        .with("unreachable", unreachable)
}

/// Who of a branch has not read it, or cannot be reached; `None` if there is nobody.
fn names(look: &Look, unit: UnitId, unreachable: bool) -> Option<Arg> {
    let mut persons: Vec<&Person> = look
        .unread
        .iter()
        .filter(|one| one.unit == unit && one.unreachable == unreachable)
        .filter_map(|one| look.persons.iter().find(|person| person.id == one.person))
        .collect();
    persons.sort_by(|a, b| a.name.cmp(&b.name));
    let mut names: Vec<Arg> = persons
        .iter()
        .take(NAMED)
        .map(|person| Phrase::new("notice-look-name").with("name", person.id).into())
        .collect();
    if persons.len() > NAMED {
        let rest = persons.len() - NAMED;
        names.push(Phrase::new("notice-look-others").with("count", rest).into());
    }
    (!names.is_empty()).then_some(Arg::List(names))
}
