//! Which feature answers an update.
//!
//! In a private chat, text is tried in this order: a command with a slash; an option of the open
//! question, by number (unless the question wants one) or label; a word and code under a prompt; the open dialogue; a report or an
//! absence in one line; when to be reminded again; a command in plain words; and then a helpful
//! "I did not understand". In a group only commands are answered, and what is not one is passed
//! over in silence.

use std::sync::LazyLock;

use super::command::{Command, LEAVE};
use super::confirming::{self, Word};
use super::context::{Aside, Cx};
use super::failure::{Failure, Outcome, refuse};
use super::feature::{Claim, Feature};
use crate::assistant::typed::is_number;
use crate::assistant::{
    approval, attendance, audit, classes, courtesy, doubt, figures, groups, handover, help,
    introduction, names, notices, nudges, personnel, regulations, report, review, road, schedule,
    settings, sheet, snooze, start, targets, tasks, typed,
};
use crate::domain::ids::ButtonId;
use crate::domain::text::{as_seen, fold};
use crate::domain::typed::Typed;
use crate::message::{Arg, ChatKind, Event, Message, OfferedFile, Phrase};
use crate::operations::{self, accounts, notice_files};
use crate::store::sessions::{self, TappedButton};
use crate::taps::{DoubtTap, Tap};

/// Every feature, in the order help shows their commands.
static FEATURES: &[&dyn Feature] = &[
    &report::Reports,
    &review::Reviews,
    &tasks::Tasks,
    &nudges::Nudges,
    &snooze::Snooze,
    &schedule::Schedule,
    &sheet::Sheets,
    &figures::FiguresFeature,
    &targets::Targets,
    &classes::Classes,
    &notices::Notices,
    &approval::Approvals,
    &road::Roads,
    &introduction::Introductions,
    &regulations::RegulationsFeature,
    &attendance::Attendance,
    &handover::Handover,
    &personnel::Personnel,
    &audit::Audit,
    &groups::Groups,
    &settings::Settings,
    &help::Help,
    &start::Start,
];

/// Every command, in the order help shows them.
pub fn commands() -> &'static [&'static Command] {
    static COMMANDS: LazyLock<Vec<&Command>> =
        LazyLock::new(|| FEATURES.iter().flat_map(|feature| feature.commands()).collect());
    &COMMANDS
}

/// Hands the update to its feature, and goes on with what was put aside for it.
pub(super) async fn route(cx: &mut Cx<'_>) -> Outcome {
    hand_on(cx).await?;
    if let Event::Text { text } = cx.incoming.event.clone() {
        names::advise(cx, &as_seen(&text)).await?;
    }
    while std::mem::take(&mut cx.out.resumed) {
        let Some((name, _)) = cx.session.dialogue.clone() else { break };
        ask_again(cx, &name).await?;
    }
    Ok(())
}

async fn hand_on(cx: &mut Cx<'_>) -> Outcome {
    match cx.incoming.event.clone() {
        Event::Text { text } => {
            let text = as_seen(&text);
            match cx.incoming.kind {
                ChatKind::Private => private_text(cx, &text).await,
                ChatKind::Group => group_text(cx, &text).await,
            }
        }
        Event::Tap { button, .. } => tapped(cx, &button).await,
        Event::Upload { file, .. } => uploaded(cx, file).await,
        Event::Reachable { reachable } => {
            let chat = cx.incoming.address();
            let told = match reachable {
                true => accounts::reachable(cx.tx, &chat).await,
                false => accounts::unreachable(cx.tx, &chat).await,
            };
            Ok(told?)
        }
        Event::Present { present } => {
            cx.taken_up_by(groups::Groups.name());
            groups::presence(cx, present).await
        }
        Event::Moved { to } => {
            let chat = cx.incoming.address();
            Ok(accounts::rename(&mut cx.work().await?, &chat, &to).await?)
        }
    }
}

/// A command as typed: its feature, its row, and what follows it.
struct Spoken<'t> {
    feature: &'static dyn Feature,
    command: &'static Command,
    rest: &'t str,
}

fn all_commands() -> impl Iterator<Item = (&'static dyn Feature, &'static Command)> {
    FEATURES.iter().flat_map(|f| f.commands().iter().map(move |c| (*f, c)))
}

/// The command behind a slash. `/thongke@bot`, `/THONG_KE` and a no-break space before the rest
/// are all understood.
fn with_slash(text: &str) -> Option<Result<Spoken<'_>, ()>> {
    let text = text.trim().strip_prefix('/')?;
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    let name = name.split('@').next().unwrap_or_default();
    let name = fold(&name.replace('_', " ")).replace(' ', "");
    let found = all_commands().find(|(_, command)| {
        command.name == name || command.words.iter().any(|word| word.replace(' ', "") == name)
    });
    Some(match found {
        Some((feature, command)) => Ok(Spoken { feature, command, rest: rest.trim() }),
        None => Err(()),
    })
}

/// The command meant by plain words: `thống kê phòng 1`. The rest is found in the typed text by
/// counting words, so that it keeps its accents.
fn in_words(text: &str) -> Option<Spoken<'_>> {
    let folded = fold(text);
    let (feature, command, word) = all_commands()
        .flat_map(|(f, c)| c.words.iter().copied().chain([c.name]).map(move |word| (f, c, word)))
        .filter(|(_, _, word)| {
            folded.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        })
        // A short word such as "tk" starts many sentences; alone it is a command.
        .filter(|(_, _, word)| word.contains(' ') || folded.len() == word.len())
        .max_by_key(|(_, _, word)| word.len())?;
    let words = word.split(' ').count();
    let rest = text.trim();
    let at =
        rest.split_whitespace().take(words).last().map_or(rest.len(), |last| {
            last.as_ptr() as usize - rest.as_ptr() as usize + last.len()
        });
    Some(Spoken { feature, command, rest: rest[at..].trim() })
}

async fn call(cx: &mut Cx<'_>, spoken: Spoken<'_>) -> Outcome {
    // A stranger learns what this is and whom to ask, and nothing else.
    if cx.person.is_none() && !spoken.command.is_start() {
        return start::welcome(cx).await;
    }
    cx.taken_up_by(spoken.feature.name());
    let leaves = spoken.command.name == LEAVE;
    if !leaves {
        leave_list(cx);
    }
    let open = cx.session.dialogue.clone();
    // A command given again begins anew, and is not an answer to what it asked before.
    if open.as_ref().is_some_and(|(name, _)| *name == spoken.feature.name()) {
        cx.leave();
        return (spoken.command.answer)(cx, spoken.rest).await;
    }
    let aside = put_aside(cx).filter(|_| leaves);
    (spoken.command.answer)(cx, spoken.rest).await?;
    cx.go_on_with(aside);
    match &open {
        // What was asked before is asked once more: the next text is the answer to that.
        Some((name, _)) if cx.session.dialogue == open && !leaves => ask_again(cx, name).await,
        _ => Ok(()),
    }
}

/// Asks once more what was asked before something else was done. Where that cannot be asked any more the
/// dialogue ends; what was done stands.
async fn ask_again(cx: &mut Cx<'_>, feature: &str) -> Outcome {
    let asked = match feature_called(feature) {
        Some(feature) => feature.repeat(cx).await,
        None => Err(Failure::Unreadable),
    };
    let why = match asked {
        Err(Failure::Refusal(why)) => why,
        Err(Failure::Unreadable) => Phrase::new("dialogue-reset"),
        done => return done,
    };
    cx.leave();
    cx.say_aside(why).await
}

/// What was put aside for the question that is open.
fn put_aside(cx: &Cx<'_>) -> Option<Aside> {
    let (name, _) = cx.session.dialogue.as_ref()?;
    feature_called(name)?.put_aside(cx)
}

/// Leaves a list that is open: whoever turns to something else has not chosen from it.
fn leave_list(cx: &mut Cx<'_>) {
    let open = cx.session.dialogue.as_ref().and_then(|(name, _)| feature_called(name));
    if open.is_some_and(|feature| feature.only_lists(cx)) {
        cx.leave();
    }
}

/// Words that leave an open dialogue, where nothing else is meant by them.
const LEAVING: [&str; 5] = ["huy", "huy bo", "thoi", "thoat", "cancel"];

async fn private_text(cx: &mut Cx<'_>, text: &str) -> Outcome {
    match with_slash(text) {
        Some(Ok(spoken)) => return call(cx, spoken).await,
        Some(Err(())) if cx.person.is_some() => return help::unknown(cx, "unknown-command").await,
        _ => {}
    }
    if cx.person.is_none() {
        return start::stranger_says(cx, text).await;
    }
    if is_number(&fold(text))
        && let Some(aside) = put_aside(cx)
    {
        // It was typed under the newest question, which no number answers, and what waits may be for good: it
        // is shown again before a number counts.
        cx.leave();
        cx.say_aside("typed-number-which").await?;
        cx.go_on_with(Some(aside));
        return Ok(());
    }
    let answers = is_number(&fold(text)) && wants_number(cx);
    if !answers && let Some(button) = typed::option(cx, text).await? {
        return press(cx, button).await;
    }
    if let Some(button) = typed::prompt(cx, text).await? {
        return echo_and_press(cx, button).await;
    }
    if let Some((button, remark)) = typed::prompt_with_remark(cx, text).await? {
        cx.remark = Some(remark);
        return echo_and_press(cx, button).await;
    }
    if let Some((name, _)) = cx.session.dialogue.clone() {
        if LEAVING.contains(&fold(text).as_str()) {
            let aside = put_aside(cx);
            help::leave(cx).await?;
            cx.go_on_with(aside);
            return Ok(());
        }
        let feature = feature_called(&name).ok_or(Failure::Unreadable)?;
        cx.taken_up_by(feature.name());
        if feature.takes_prose(cx)
            && let Some(instead) = meaning_alone(text)
        {
            return doubt::ask(cx, text, instead).await;
        }
        if confirming::hand_on(cx, feature, Word::Text(text)).await? == Claim::Done {
            return Ok(());
        }
    }
    if unasked(cx, text).await? == Claim::Done {
        return Ok(());
    }
    if let Some((name, _)) = cx.session.dialogue.clone() {
        cx.say_aside("typed-unclear").await?;
        return feature_called(&name).ok_or(Failure::Unreadable)?.repeat(cx).await;
    }
    if is_number(&fold(text)) {
        return refuse("typed-number-alone");
    }
    if is_greeting(text) {
        return start::welcome(cx).await;
    }
    help::unknown(cx, "unknown-text").await
}

/// Takes a text that means something whatever is asked.
async fn unasked(cx: &mut Cx<'_>, text: &str) -> Result<Claim, Failure> {
    let feature = if report::one_line(cx, text).await? == Claim::Done {
        report::Reports.name()
    } else if attendance::spoken(cx, text).await? == Claim::Done {
        attendance::Attendance.name()
    } else if snooze::typed(cx, text).await? == Claim::Done {
        snooze::Snooze.name()
    } else if notices::spoken(cx, text).await? == Claim::Done {
        notices::Notices.name()
    } else if courtesy::said(cx, text).await? == Claim::Done {
        help::Help.name()
    } else {
        let Some(spoken) = in_words(text) else { return Ok(Claim::NotMine) };
        call(cx, spoken).await?;
        return Ok(Claim::Done);
    };
    cx.taken_up_by(feature);
    Ok(Claim::Done)
}

/// What a text means that is exactly a command or a reply, and so is hardly the content of anything.
fn meaning_alone(text: &str) -> Option<Phrase> {
    if let Some(spoken) = in_words(text).filter(|spoken| spoken.rest.is_empty()) {
        return Some(Phrase::new(spoken.command.about));
    }
    let reply =
        attendance::is_answer(text) || notices::is_read(text) || courtesy::is_courtesy(text);
    reply.then(|| Phrase::new("doubt-reply").with("typed", Typed::new(text)))
}

/// Does what a text of two meanings was said to mean.
async fn resolve(cx: &mut Cx<'_>, tap: DoubtTap) -> Outcome {
    let open = cx.session.dialogue.clone();
    let feature = open.as_ref().and_then(|(name, _)| feature_called(name));
    match tap {
        DoubtTap::Content { question, text } => {
            let same = cx.session.question == Some(question);
            let Some(feature) = feature.filter(|feature| same && feature.takes_prose(cx)) else {
                return cx.stale().await;
            };
            match confirming::hand_on(cx, feature, Word::Text(&text)).await? {
                Claim::Done => Ok(()),
                Claim::NotMine => cx.stale().await,
            }
        }
        DoubtTap::Instead { text } => {
            if let Some(spoken) = in_words(&text) {
                return call(cx, spoken).await;
            }
            unasked(cx, &text).await?;
            match &open {
                Some((name, _)) if cx.session.dialogue == open => ask_again(cx, name).await,
                _ => Ok(()),
            }
        }
    }
}

/// Whether a text only says hello, perhaps to a comrade.
fn is_greeting(text: &str) -> bool {
    let folded = fold(text);
    let rest = ["xin chao", "kinh chao", "chao", "hello", "alo", "hi"]
        .iter()
        .find_map(|hello| folded.strip_prefix(hello));
    matches!(rest, Some("" | " dong chi" | " ban" | " diu dat"))
}

async fn group_text(cx: &mut Cx<'_>, text: &str) -> Outcome {
    let spoken = match with_slash(text) {
        Some(Ok(spoken)) => spoken,
        Some(Err(())) => return Ok(()),
        None => match in_words(text) {
            Some(spoken) => spoken,
            None => return Ok(()),
        },
    };
    if !spoken.command.in_groups || (cx.person.is_none() && !spoken.command.is_start()) {
        return Ok(());
    }
    cx.taken_up_by(spoken.feature.name());
    (spoken.command.answer)(cx, spoken.rest).await
}

fn feature_called(name: &str) -> Option<&'static dyn Feature> {
    FEATURES.iter().copied().find(|feature| feature.name() == name)
}

/// Whether the open question is answered by a number.
fn wants_number(cx: &Cx<'_>) -> bool {
    let dialogue = cx.session.dialogue.as_ref();
    let feature = dialogue.and_then(|(name, _)| feature_called(name));
    feature.is_some_and(|feature| feature.wants_number(cx))
}

async fn tapped(cx: &mut Cx<'_>, wire: &str) -> Outcome {
    if cx.person.is_none() {
        // Whether there is such a button is not a stranger's business.
        if cx.in_group() {
            cx.toast("tap-stranger");
            return Ok(());
        }
        return start::welcome(cx).await;
    }
    let button = match ButtonId::from_wire(wire) {
        Some(id) => sessions::button(cx.tx, id).await?,
        None => None,
    };
    match button {
        Some(button) => press(cx, button).await,
        // Forged, or forgotten: the two look the same, and say the same.
        None => cx.stale().await,
    }
}

/// Says what a typed word and code meant, and does it.
async fn echo_and_press(cx: &mut Cx<'_>, button: TappedButton) -> Outcome {
    let chosen = Phrase::new("typed-chosen").with("option", Arg::from(button.label.clone()));
    cx.say_aside(chosen).await?;
    press(cx, button).await
}

/// Does what a button means, for whom it was made and while it is good.
async fn press(cx: &mut Cx<'_>, button: TappedButton) -> Outcome {
    if !may_press(cx, &button).await? {
        cx.toast("tap-not-yours");
        return if cx.in_group() { Ok(()) } else { cx.say_aside("tap-not-yours").await };
    }
    if button.expires_at <= cx.judged_now() {
        return cx.stale().await;
    }
    if button.unsolicited {
        operations::nudges::seen(cx.tx, button.shown_as, cx.now).await?;
    }
    if let Some(aside) = put_aside(cx).filter(|aside| aside.asked_in(button.outbox)) {
        // Who answers the older question has left the newer one.
        cx.reopen(aside);
    }
    let tap = button.tap.clone();
    let elsewhere = !button.unsolicited && cx.session.question != Some(button.outbox);
    cx.tapped = Some(button);
    if elsewhere && !cx.in_group() {
        leave_list(cx);
    }
    let feature: &'static dyn Feature = match tap {
        Tap::Report(_) => &report::Reports,
        Tap::Review(_) => &review::Reviews,
        Tap::Sheet(_) => &sheet::Sheets,
        Tap::Attendance(_) => &attendance::Attendance,
        Tap::Schedule(_) => &schedule::Schedule,
        Tap::Handover(_) => &handover::Handover,
        Tap::Personnel(_) => &personnel::Personnel,
        Tap::Figures(_) => &figures::FiguresFeature,
        Tap::Nudge(_) => &nudges::Nudges,
        Tap::Snooze(_) => &snooze::Snooze,
        Tap::Settings(_) => &settings::Settings,
        Tap::Notice(_) => &notices::Notices,
        Tap::Introduction(_) => &introduction::Introductions,
        Tap::Approval(_) => &approval::Approvals,
        Tap::Road(_) => &road::Roads,
        Tap::Doubt(tap) => return resolve(cx, tap).await,
        Tap::Audit(_) => &audit::Audit,
        Tap::Class(_) => &classes::Classes,
        Tap::Target(_) => &targets::Targets,
        Tap::Command(name) => match all_commands().find(|(_, command)| command.name == name) {
            Some((feature, command)) => {
                return call(cx, Spoken { feature, command, rest: "" }).await;
            }
            None => return cx.stale().await,
        },
    };
    cx.taken_up_by(feature.name());
    confirming::hand_on(cx, feature, Word::Tap(&tap)).await.map(drop)
}

async fn may_press(cx: &mut Cx<'_>, button: &TappedButton) -> Result<bool, Failure> {
    let Some(me) = &cx.person else { return Ok(false) };
    if let Some(owner) = button.person {
        return Ok(owner == me.id);
    }
    // In a group any member of the branch may tap, and nobody else.
    Ok(button.unit.is_some() && me.unit == button.unit && cx.in_group())
}

async fn uploaded(cx: &mut Cx<'_>, file: Option<OfferedFile>) -> Outcome {
    if cx.in_group() {
        return Ok(());
    }
    let taken = offered(cx, file.as_ref()).await;
    if let (Some(id), Some(_)) = (file.and_then(|file| file.kept), &cx.person) {
        // Nothing to a file that was taken; any other is not kept a moment longer.
        notice_files::discard(&mut cx.work().await?, id).await?;
    }
    match taken? {
        Claim::Done => Ok(()),
        Claim::NotMine if cx.person.is_none() => start::welcome(cx).await,
        Claim::NotMine => cx.reply(Message::of("upload-refused")).await,
    }
}

/// Offers a file to the open dialogue.
async fn offered(cx: &mut Cx<'_>, file: Option<&OfferedFile>) -> Result<Claim, Failure> {
    let (Some(file), Some(_)) = (file, &cx.person) else { return Ok(Claim::NotMine) };
    let Some((name, _)) = cx.session.dialogue.clone() else { return Ok(Claim::NotMine) };
    let feature = feature_called(&name).ok_or(Failure::Unreadable)?;
    cx.taken_up_by(feature.name());
    feature.upload(cx, file).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn a_command_is_found_however_it_is_typed() {
        for typed in ["/thongke", "/ThongKe@diudat_bot phòng 1", "/thong_ke\u{a0}phòng 1", "/tk"]
        {
            let Some(Ok(spoken)) = with_slash(typed) else { panic!("{typed}") };
            assert_eq!(spoken.command.name, "thongke", "{typed}");
        }
        assert!(matches!(with_slash("/khongco"), Some(Err(()))));
        assert!(with_slash("thống kê").is_none());
    }

    #[test]
    fn plain_words_keep_the_accents_of_the_rest() {
        let spoken = in_words("Thống kê  Phòng 1 2018").unwrap();
        assert_eq!((spoken.command.name, spoken.rest), ("thongke", "Phòng 1 2018"));
        assert_eq!(in_words("thong ke").unwrap().command.name, "thongke");
        assert_eq!(in_words("tk").unwrap().command.name, "thongke");
        assert_eq!(in_words("Việc").unwrap().command.name, "viec");
        assert!(in_words("tk phong").is_none(), "too short to start a sentence");
        assert!(in_words("xin chào").is_none());
    }

    #[test]
    fn hello_is_answered_and_nothing_that_begins_like_it() {
        for typed in ["Xin chào", "chào đồng chí!", "Hello", "hi"] {
            assert!(is_greeting(typed), "{typed}");
        }
        for typed in ["hiệu quả tốt", "chào mừng Đại hội", "xin chào, tôi cần báo cáo"]
        {
            assert!(!is_greeting(typed), "{typed}");
        }
    }

    #[test]
    fn no_two_commands_share_a_word_and_all_fit_the_platforms() {
        let mut seen = HashSet::new();
        for (_, command) in all_commands() {
            let fits = command.name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
            assert!(fits && command.name.len() <= 32, "{}", command.name);
            assert!(seen.insert(command.name.to_owned()), "{}", command.name);
            for word in command.words {
                assert_eq!(fold(word), *word, "words are written folded");
                assert!(seen.insert((*word).to_owned()), "{word}");
            }
        }
    }
}
