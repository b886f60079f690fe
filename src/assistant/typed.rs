//! Which button a text means: an option of the last question by its number or label, or one under a
//! reminder by a word and a code.

use super::engine::context::Cx;
use super::engine::failure::{Failure, refuse};
use crate::disclosure::{self, Reading};
use crate::domain::language::Language;
use crate::domain::text::fold;
use crate::domain::written::spelt;
use crate::message::{Button, Disclosure, Message};
use crate::render::{Reader, as_marked, typed_answers};
use crate::store::outbox;
use crate::store::sessions::{self, TappedButton};
use crate::taps::{AttendanceTap, Tap};

/// Whether a folded text is a bare number. Signs and emoji fold to nothing, which is none.
pub(super) fn is_number(folded: &str) -> bool {
    !folded.is_empty() && folded.bytes().all(|b| b.is_ascii_digit())
}

/// The option of the last question that a text means: its number or its whole label. Only of a
/// question that was really shown.
pub(super) async fn option(cx: &mut Cx<'_>, text: &str) -> Result<Option<TappedButton>, Failure> {
    let (Some(question), false) = (cx.session.question, cx.session.options.is_empty()) else {
        return Ok(None);
    };
    let folded = fold(text);
    if folded.is_empty() || folded.len() > LONGEST_LABEL {
        return Ok(None);
    }
    let buttons = sessions::buttons(cx.tx, &cx.session.options).await?;
    let labels = Labels::of(cx, &buttons).await?;
    let found = labels.meant(&buttons, None, text);
    match found.or_else(|| labels.begun(&buttons, &folded)) {
        Some(button) if outbox::was_shown(cx.tx, question).await? => Ok(Some(button)),
        None if is_number(&folded) => refuse("typed-number-unknown"),
        _ => Ok(None),
    }
}

/// A word and code under a message nobody asked for: `vắng 472`, or `472-1` for an option without
/// a word of its own.
pub(super) async fn prompt(cx: &mut Cx<'_>, text: &str) -> Result<Option<TappedButton>, Failure> {
    let folded = fold(text);
    let last = folded.rsplit(' ').next().unwrap_or_default();
    let code = last.split('-').next().unwrap_or_default().parse::<u32>();
    let (Ok(code), Some(person)) = (code, cx.person.as_ref()) else { return Ok(None) };
    let (person, now) = (person.id, cx.judged_now());
    let buttons = sessions::prompted(cx.tx, person, code.into(), now).await?;
    // Newest first: should two live prompts share a code, the later one is meant.
    let labels = Labels::of(cx, &buttons).await?;
    let found = buttons
        .chunk_by(|a, b| a.outbox == b.outbox)
        .find_map(|prompt| labels.meant(prompt, Some(code), text));
    Ok(found)
}

/// The same with a reason behind it: `vắng 472 đi công tác`. Only an absence takes one.
pub(super) async fn prompt_with_remark(
    cx: &mut Cx<'_>,
    text: &str,
) -> Result<Option<(TappedButton, String)>, Failure> {
    let mut words = text.split_whitespace().skip(1);
    let Some(code) = words.find(|word| is_number(&fold(word))) else { return Ok(None) };
    let end = code.as_ptr() as usize - text.as_ptr() as usize + code.len();
    let (head, remark) = text.split_at(end);
    let remark = remark.trim_start_matches(|c: char| !c.is_alphanumeric()).trim_end();
    if remark.is_empty() {
        return Ok(None);
    }
    let button = prompt(cx, head).await?;
    let takes_one =
        |button: &TappedButton| matches!(button.tap, Tap::Attendance(AttendanceTap::Excused(_)));
    Ok(button.filter(takes_one).map(|button| (button, remark.to_owned())))
}

/// Longest folded text that can be a label, in bytes.
const LONGEST_LABEL: usize = 120;

/// Words that stand for the whole label they begin, if they begin one alone: "gửi" for "Gửi báo cáo".
const BEGINNINGS: [&str; 2] = ["gui", "send"];

/// Labels as whoever types them has read them.
struct Labels {
    lang: Language,
    reader: Reader,
}

impl Labels {
    async fn of(cx: &mut Cx<'_>, buttons: &[TappedButton]) -> Result<Self, Failure> {
        let reading = Reading {
            reader: cx.person.as_ref().map(|person| person.id),
            group: None,
            // The looser of the two, so that a person may be meant by either.
            disclosure: Disclosure::Codes,
            phrases: buttons.iter().map(|button| &button.label).collect(),
        };
        let reader = match disclosure::names_somebody(std::slice::from_ref(&reading)) {
            true => disclosure::reader(cx.tx, reading, cx.practice.today(cx.now)).await?,
            false => Reader::of_no_names(),
        };
        Ok(Self { lang: cx.language(), reader })
    }

    /// The one button whose label a word of [`BEGINNINGS`] begins.
    fn begun(&self, buttons: &[TappedButton], folded: &str) -> Option<TappedButton> {
        if !BEGINNINGS.contains(&folded) {
            return None;
        }
        let (in_order, typed) = self.typed(buttons, None);
        let begins = |label: &str| label.strip_prefix(folded).is_some_and(|r| r.starts_with(' '));
        let mut ids: Vec<&String> =
            typed.iter().filter(|(label, _)| begins(label)).map(|(_, id)| id).collect();
        ids.dedup();
        let [id] = ids[..] else { return None };
        in_order.into_iter().find(|button| button.id.on_wire() == *id).cloned()
    }

    /// The button of one message that a text means: with its marks before without.
    fn meant(
        &self,
        buttons: &[TappedButton],
        prompt_code: Option<u32>,
        text: &str,
    ) -> Option<TappedButton> {
        let (in_order, typed) = self.typed(buttons, prompt_code);
        // Who types no mark and no capital may well mean any.
        let exact = spelt(text).is_as_meant();
        let meant = [exact.then(|| as_marked(text)), Some(fold(text))];
        let mut found =
            meant.iter().flatten().filter_map(|meant| typed.iter().find(|(t, _)| t == meant));
        let (_, id) = found.next()?;
        in_order.into_iter().find(|button| button.id.on_wire() == *id).cloned()
    }

    /// The buttons of one message in their order, and what may be typed for each by its id.
    fn typed<'b>(
        &self,
        buttons: &'b [TappedButton],
        prompt_code: Option<u32>,
    ) -> (Vec<&'b TappedButton>, Vec<(String, String)>) {
        let mut shown = Message::new();
        shown.prompt_code = prompt_code;
        let mut in_order: Vec<&TappedButton> = buttons.iter().collect();
        in_order.sort_by_key(|button| button.id);
        for button in &in_order {
            let mut label = Button::new(button.label.clone(), ());
            label.id = button.id.on_wire();
            shown = shown.row(vec![label]);
        }
        let typed = typed_answers(&shown, self.lang, &self.reader);
        (in_order, typed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_digits_are_a_number() {
        for (typed, number) in
            [("2", true), (" 12. ", true), ("🎉", false), ("?", false), ("2a", false)]
        {
            assert_eq!(is_number(&fold(typed)), number, "{typed}");
        }
    }
}
