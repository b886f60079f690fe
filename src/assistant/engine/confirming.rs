//! What was shown is what is done. Under each message that is confirmed stands the version of what it shows
//! ([`Tap::confirms`] says which those are). When it is confirmed its feature shows the same once more, unseen:
//! if that is another version, or there is none because a version before asked, it is shown and nothing is done.
//! What was done is noted under the message, so that the second of two taps is told what stands.

use super::context::{Cx, CxOut};
use super::failure::{Failure, Outcome, WRITTEN_WITH_A_REFUSAL};
use super::feature::{Claim, Feature};
use crate::domain::ids::OutboxId;
use crate::message::{Block, Message, Phrase};
use crate::operations::shown::Version;
use crate::store::previews::{self, Done, Preview};
use crate::taps::{Confirms, Tap};

/// What is confirmed.
#[derive(Clone, Copy)]
pub(super) enum Word<'t> {
    /// By a button.
    Tap(&'t Tap),
    /// By what is typed as the answer to the open question.
    Text(&'t str),
}

/// Whether to go on with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Go {
    On,
    /// It was answered.
    Answered,
}

/// Lets a feature do what is confirmed, if that is as it was shown, and notes under the message that it was done.
pub(super) async fn hand_on(
    cx: &mut Cx<'_>,
    feature: &'static dyn Feature,
    word: Word<'_>,
) -> Result<Claim, Failure> {
    let asked = asked_by(cx, feature, word);
    if let Some(message) = asked
        && look(cx, feature, word, message).await? == Go::Answered
    {
        return Ok(Claim::Done);
    }
    let claim = match word {
        Word::Tap(tap) => feature.tap(cx, tap.clone()).await.map(|()| Claim::Done)?,
        Word::Text(text) => feature.text(cx, text).await?,
    };
    if let Some(message) = asked {
        note(cx, word, message).await?;
    }
    Ok(claim)
}

/// Says what is to be done about a confirmation: it is as it was shown, or it was answered here.
async fn look(
    cx: &mut Cx<'_>,
    feature: &'static dyn Feature,
    word: Word<'_>,
    message: OutboxId,
) -> Result<Go, Failure> {
    let preview = previews::get(cx.tx, message).await?;
    if let Some(done) = preview.as_ref().and_then(Preview::done) {
        let answer = match done.answer {
            Some(answer) => cx.said(answer).await?,
            None => None,
        };
        say_done(cx, done, answer.map(|answer| answer.body).unwrap_or_default()).await?;
        return Ok(Go::Answered);
    }
    if preview.is_none() && matches!(word, Word::Text(_)) && feature.takes_prose(cx) {
        // A version before asked: a text is not thrown away, what follows shows what it is about.
        return Ok(Go::On);
    }
    if !is_open(cx, feature, word) {
        // The feature says that it is asked no more.
        return Ok(Go::On);
    }
    let stands = as_it_stands(cx, feature, word).await;
    if let (Some(shown), Ok(Some(now))) = (&preview, &stands)
        && shown.version == now.as_str()
    {
        return Ok(Go::On);
    }
    if let Err(failure @ (Failure::Fault(_) | Failure::Unreadable)) = stands {
        return Err(failure);
    }
    let done = match &preview {
        Some(shown) => previews::done_since(cx.tx, &shown.version, shown.shown_at).await?,
        None => None,
    };
    match (&stands, done) {
        // Somebody else, or the same person elsewhere, was quicker with the very same.
        (Ok(None), Some(done)) => say_done(cx, done, Vec::new()).await?,
        (Ok(_), _) if preview.is_some() => cx.say_aside("shown-changed").await?,
        (Ok(_), _) => cx.say_aside("shown-once-more").await?,
        (Err(_), _) => {}
    }
    match (show(cx, feature, word).await, done) {
        (Err(Failure::Refusal(why)), Some(done)) => {
            say_done(cx, done, vec![Block::Line(why)]).await?;
        }
        // What cannot be shown any more says why.
        (said, _) => said?,
    }
    Ok(Go::Answered)
}

/// Notes that what was confirmed was done.
async fn note(cx: &mut Cx<'_>, word: Word<'_>, message: OutboxId) -> Outcome {
    let left = confirms(word) == Confirms::Question && cx.session.dialogue.is_none();
    if !(left || cx.has_written_beside(WRITTEN_WITH_A_REFUSAL)) {
        return Ok(());
    }
    let done = Done { at: cx.now, by: cx.me()?.id, answer: cx.out.answered };
    Ok(previews::done(cx.tx, message, done).await?)
}

fn confirms(word: Word<'_>) -> Confirms {
    match word {
        Word::Tap(tap) => tap.confirms(),
        Word::Text(_) => Confirms::Question,
    }
}

/// The message that showed what is confirmed; `None`: nothing is confirmed.
fn asked_by(cx: &Cx<'_>, feature: &dyn Feature, word: Word<'_>) -> Option<OutboxId> {
    match word {
        _ if cx.in_group() => None,
        Word::Tap(tap) if tap.confirms() == Confirms::Nothing => None,
        Word::Tap(_) => cx.tapped.as_ref().map(|button| button.outbox),
        Word::Text(_) => cx.session.question.filter(|_| feature.text_confirms(cx)),
    }
}

/// Whether it is still asked.
fn is_open(cx: &Cx<'_>, feature: &dyn Feature, word: Word<'_>) -> bool {
    let open = cx.session.dialogue.as_ref().is_some_and(|(name, _)| name == feature.name());
    match confirms(word) {
        Confirms::Question => open && (matches!(word, Word::Text(_)) || cx.on_open_question()),
        Confirms::Message | Confirms::Nothing => true,
    }
}

async fn show(cx: &mut Cx<'_>, feature: &'static dyn Feature, word: Word<'_>) -> Outcome {
    match word {
        Word::Tap(tap) if tap.confirms() == Confirms::Message => feature.show_again(cx, tap).await,
        Word::Tap(_) | Word::Text(_) => feature.repeat(cx).await,
    }
}

/// The version of what would be shown now. Nothing is said, and the dialogue stays where it is.
async fn as_it_stands(
    cx: &mut Cx<'_>,
    feature: &'static dyn Feature,
    word: Word<'_>,
) -> Result<Option<Version>, Failure> {
    let session = cx.session.clone();
    let unseen = CxOut::unseen();
    let out = std::mem::replace(&mut cx.out, unseen);
    let shown = show(cx, feature, word).await;
    let version = std::mem::replace(&mut cx.out, out).last_shown;
    cx.session = session;
    shown.map(|()| version)
}

/// Says that it is done, since when and by whom, and what stands.
async fn say_done(cx: &mut Cx<'_>, done: Done, stands: Vec<Block>) -> Outcome {
    let me = cx.me()?.id;
    let at = cx.practice.local(done.at);
    let told = match done.by == me {
        true => Phrase::new("deed-done").with("at", at),
        false => Phrase::new("deed-done-by").with("at", at).with("by", done.by),
    };
    cx.toast(told.clone());
    let mut message = Message::of(told);
    message.body.extend(stands);
    cx.say_beside(message).await
}
