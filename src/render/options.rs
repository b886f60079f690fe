//! A message's buttons: as keys where the channel has buttons, else as lines to answer by typing,
//! and the list of what may be typed.
//!
//! Without buttons an ordinary message numbers its options ("1. Khá") and a prompt, which may
//! arrive in the middle of a dialogue that owns the bare numbers, names each by a word and its
//! code ("CM 47"). Which button a text then means is looked up by whoever asked.

use std::collections::{BTreeMap, HashMap};

use super::Reader;
use super::locales::Voice;
use crate::domain::language::Language;
use crate::domain::text;
use crate::message::{
    Button, Capabilities, Disclosure, Files, Key, KeyAction, Link, Message, Papers,
};

/// The keyboard of a channel that has buttons.
pub(super) fn keys(message: &Message, voice: &Voice, can: &Capabilities) -> Vec<Vec<Key>> {
    let key = |button: &Button| Key {
        label: voice.say(&button.label),
        action: match &button.link {
            None => KeyAction::Tap(button.id.clone()),
            Some(Link::Private(payload)) => KeyAction::PrivateChat(payload.clone()),
            Some(Link::Paper { kind, meeting }) => {
                KeyAction::Paper { kind: kind.clone(), meeting: *meeting }
            }
            Some(Link::Attach) => KeyAction::Attach,
            Some(Link::NoticeFile(notice)) => KeyAction::NoticeFile(*notice),
            Some(Link::Lists) => KeyAction::Lists,
        },
    };
    let shown = |button: &&Button| match button.link {
        // Both name people in full.
        Some(Link::Paper { .. } | Link::Lists) => can.papers == Papers::Page,
        Some(Link::Attach | Link::NoticeFile(_)) => can.files == Files::Page,
        Some(Link::Private(_)) | None => true,
    };
    let rows = message.keyboard.iter();
    let rows = rows.map(|row| row.iter().filter(shown).map(key).collect::<Vec<_>>());
    rows.filter(|row| !row.is_empty()).collect()
}

/// Where the papers and files of a message are to be had, on a channel that does not fetch them
/// itself.
pub(super) fn elsewhere(message: &Message, voice: &Voice, can: &Capabilities) -> Vec<String> {
    let line = |button: &Button| match &button.link {
        Some(Link::Paper { kind, meeting }) => paper(button, kind, *meeting, voice, can.papers),
        Some(Link::Attach | Link::NoticeFile(_)) => file(button, voice, &can.files),
        Some(Link::Private(_) | Link::Lists) | None => None,
    };
    message.buttons().filter_map(line).collect()
}

fn file(button: &Button, voice: &Voice, files: &Files) -> Option<String> {
    let Files::Elsewhere(page) = files else { return None };
    let label = voice.say(&button.label);
    let Some(Link::NoticeFile(notice)) = &button.link else {
        return Some(voice.fixed("common-attach-elsewhere", [("label", label.into())]));
    };
    let page = page.as_deref().unwrap_or_default().trim_end_matches('/');
    let address = format!("{page}/tep/{notice}");
    let told = [("label", label.into()), ("address", address.into())];
    Some(voice.fixed("common-file-elsewhere", told))
}

fn paper(
    button: &Button,
    kind: &str,
    meeting: i64,
    voice: &Voice,
    papers: Papers,
) -> Option<String> {
    let label = voice.say(&button.label);
    Some(match papers {
        Papers::Page => return None,
        Papers::Elsewhere => voice.fixed("common-paper-elsewhere", [("label", label.into())]),
        Papers::Command => {
            let command = format!("diudat paper --meeting {meeting} --kind {kind}");
            voice.fixed(
                "common-paper-command",
                [("label", label.into()), ("command", command.into())],
            )
        }
    })
}

/// The same as lines of text: options and links in their order, then how to answer.
pub(super) fn lines(message: &Message, voice: &Voice) -> Vec<String> {
    let answers = answers(message, voice);
    let mut answer = answers.iter();
    let mut lines: Vec<String> = message
        .buttons()
        .filter_map(|button| {
            let label = voice.say(&button.label);
            Some(match &button.link {
                Some(Link::Private(payload)) => voice.fixed(
                    "common-private-link",
                    [("label", label.into()), ("payload", payload.as_str().into())],
                ),
                Some(Link::Paper { .. } | Link::Attach | Link::NoticeFile(_) | Link::Lists) => {
                    return None;
                }
                None => option(message, voice, answer.next()?, label),
            })
        })
        .collect();
    if let Some(first) = answers.first() {
        lines.push(match message.prompt_code {
            Some(_) => voice.fixed("common-prompt-hint", [("example", first.as_str().into())]),
            None => voice.fixed("common-options-hint", []),
        });
    }
    lines
}

fn option(message: &Message, voice: &Voice, answer: &str, label: String) -> String {
    let (key, name) = match message.prompt_code {
        Some(_) => ("common-prompt-option", "answer"),
        None => ("common-option", "number"),
    };
    voice.fixed(key, [(name, answer.into()), ("label", label.into())])
}

/// What a person can type instead of tapping, folded by [`text::fold`], with the button it means:
/// the number of the option, or under a prompt its word and code, and the whole label.
///
/// Numbers count the buttons that are taps, links are passed over. A text that would mean two
/// buttons is left out, and a number beats a label that consists of it, so buttons should say
/// more than a bare number. A person is meant by what `reader` is shown of them, on either kind of
/// channel.
pub fn typed_answers(message: &Message, lang: Language, reader: &Reader) -> Vec<(String, String)> {
    let voices = [Disclosure::Codes, Disclosure::Names]
        .map(|disclosure| Voice::new(lang, disclosure, reader));
    let short: HashMap<String, &str> = answers(message, &voices[0])
        .iter()
        .map(|answer| text::fold(answer))
        .zip(taps(message).map(|button| button.id.as_str()))
        .collect();
    // `None`: the label stands on two buttons.
    let mut labels: BTreeMap<String, Option<&str>> = BTreeMap::new();
    let mut marked: BTreeMap<String, Option<&str>> = BTreeMap::new();
    for button in taps(message) {
        for voice in &voices {
            let said = voice.say(&button.label);
            let label = text::fold(&said);
            let bare = label.chars().all(|c| c.is_ascii_digit());
            if label.is_empty()
                || short.contains_key(&label)
                || bare && message.prompt_code.is_some()
            {
                continue;
            }
            for (labels, key) in [(&mut labels, label), (&mut marked, as_marked(&said))] {
                labels
                    .entry(key)
                    .and_modify(|id| *id = id.filter(|id| *id == button.id))
                    .or_insert(Some(&button.id));
            }
        }
    }
    // Where only marks tell two buttons apart, whoever types them has chosen.
    marked.retain(|label, _| labels.get(&text::fold(label)) == Some(&None));
    let labels = labels.into_iter().chain(marked);
    let labels = labels.filter_map(|(label, id)| Some((label, id?.to_owned())));
    let mut all: Vec<(String, String)> =
        short.into_iter().map(|(answer, id)| (answer, id.to_owned())).chain(labels).collect();
    all.sort();
    all
}

/// A label with its marks, as [`typed_answers`] holds it where these tell it from another one.
pub fn as_marked(label: &str) -> String {
    format!("={}", text::fold_but_marks(label))
}

/// The short answer of each tap button, in order, as it is shown.
fn answers(message: &Message, voice: &Voice) -> Vec<String> {
    let Some(code) = message.prompt_code else {
        return (1..=taps(message).count()).map(|number| number.to_string()).collect();
    };
    let words: Vec<Option<String>> =
        taps(message).map(|button| voice.word(&button.label)).collect();
    let mut uses: HashMap<String, usize> = HashMap::new();
    for word in words.iter().flatten() {
        *uses.entry(text::fold(word)).or_default() += 1;
    }
    // A word that two buttons share names neither.
    let own = |word: &String| {
        let folded = text::fold(word);
        !folded.is_empty() && uses.get(&folded) == Some(&1)
    };
    words
        .into_iter()
        .enumerate()
        .map(|(i, word)| match word.filter(own) {
            Some(word) => format!("{word} {code}"),
            None => format!("{code}-{}", i + 1),
        })
        .collect()
}

fn taps(message: &Message) -> impl Iterator<Item = &Button> {
    message.buttons().filter(|button| button.link.is_none())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::{Arg, Phrase};
    use crate::render::Locales;

    /// A button labelled `label – x`: a sentence of the locale that shows its arguments.
    fn button(label: impl Into<Arg>, id: &str) -> Button {
        let label = Phrase::new("common-prompt-option").with("answer", label).with("label", "x");
        Button { id: id.into(), ..Button::new(label, ()) }
    }

    fn link(label: &str, payload: &str) -> Button {
        let label = Phrase::new("common-prompt-option")
            .with("answer", Arg::unmasked(label))
            .with("label", "x");
        Button::link(label, Link::Private(payload.into()))
    }

    fn shown(message: &Message, lang: Language) -> Vec<String> {
        lines(message, &Voice::new(lang, Disclosure::Codes, &Reader::default()))
    }

    fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
        expected.iter().map(|(text, id)| ((*text).to_owned(), (*id).to_owned())).collect()
    }

    #[test]
    fn options_are_numbered_across_rows_and_links_are_passed_over() {
        let message = Message::new()
            .row(vec![button("Tốt", "b1"), link("Mở", "start-1")])
            .row(vec![button("Khá", "b2")]);
        assert_eq!(
            shown(&message, Language::Vi),
            [
                "1. Tốt – x",
                "Mở – x: mở cuộc trò chuyện riêng với tôi và gửi “/start start-1”.",
                "2. Khá – x",
                "Trả lời bằng số đứng trước mục cần chọn.",
            ]
        );
        assert_eq!(
            typed_answers(&message, Language::Vi, &Reader::default()),
            pairs(&[("1", "b1"), ("2", "b2"), ("kha x", "b2"), ("tot x", "b1")])
        );
    }

    #[test]
    fn a_prompt_without_words_is_answered_by_code_and_number() {
        let mut message = Message::new().row(vec![button("Có mặt", "b1"), button("Vắng", "b2")]);
        message.prompt_code = Some(1047);
        assert_eq!(
            shown(&message, Language::En),
            [
                "1047-1 – Có mặt – x",
                "1047-2 – Vắng – x",
                "Reply with the words at the start of a line, for example: 1047-1",
            ]
        );
        assert_eq!(
            typed_answers(&message, Language::En, &Reader::default()),
            pairs(&[("1047-1", "b1"), ("1047-2", "b2"), ("co mat x", "b1"), ("vang x", "b2")])
        );
    }

    #[test]
    fn a_prompt_is_answered_by_word_and_code_unless_two_share_the_word() {
        let locales = Locales::new(
            ["coming = Có mặt\n    .word = CM\nabsent = Vắng có lý do\n    .word = VẮNG\n\
                 later = Nhắc tôi sau\nlate = Đến muộn\n    .word = vang\n\
                 common-prompt-option = { $answer } – { $label }\n\
                 common-prompt-hint = Ví dụ: { $example }"],
            [],
        );
        let reader = Reader::default();
        let voice = Voice {
            locales: &locales,
            lang: Language::Vi,
            disclosure: Disclosure::Codes,
            reader: &reader,
        };
        let mut message = Message::new()
            .row(["coming", "absent", "later"].map(|label| Button::new(label, ())).to_vec());
        message.prompt_code = Some(47);
        assert_eq!(
            lines(&message, &voice),
            ["CM 47 – Có mặt", "VẮNG 47 – Vắng có lý do", "47-3 – Nhắc tôi sau", "Ví dụ: CM 47"]
        );
        let message = message.row(vec![Button::new("late", ())]);
        assert_eq!(answers(&message, &voice), ["CM 47", "47-2", "47-3", "47-4"]);
    }

    #[test]
    fn a_candidate_may_be_named_as_it_is_shown_here_or_there() {
        let candidate = Arg::StoredCandidate { code: "QC-014".into(), name: "Trần Bình".into() };
        let message = Message::new().row(vec![button(candidate, "b1")]);
        assert_eq!(
            typed_answers(&message, Language::Vi, &Reader::default()),
            pairs(&[("1", "b1"), ("qc-014 t b x", "b1"), ("tran binh qc-014 x", "b1")])
        );
    }

    #[test]
    fn an_answer_that_would_mean_two_buttons_means_none() {
        let message = Message::new().row(vec![button("Tốt", "b1"), button("tot", "b2")]);
        assert_eq!(
            typed_answers(&message, Language::Vi, &Reader::default()),
            pairs(&[("1", "b1"), ("2", "b2"), ("=tot x", "b2"), ("=tốt x", "b1")])
        );
        let message = Message::new().row(vec![button("Tốt", "b1"), button("tốt", "b2")]);
        assert_eq!(
            typed_answers(&message, Language::Vi, &Reader::default()),
            pairs(&[("1", "b1"), ("2", "b2")])
        );
    }

    #[test]
    fn marks_tell_labels_apart_that_fold_alike() {
        let message = Message::new().row(vec![button("Dung", "b1"), button("Dũng", "b2")]);
        assert_eq!(
            typed_answers(&message, Language::Vi, &Reader::default()),
            pairs(&[("1", "b1"), ("2", "b2"), ("=dung x", "b1"), ("=dũng x", "b2")])
        );
    }

    #[test]
    fn no_options_need_no_hint() {
        let message = Message::new().row(vec![link("Mở", "start-1")]);
        assert_eq!(shown(&message, Language::Vi).len(), 1);
        assert_eq!(shown(&Message::new(), Language::Vi), [""; 0]);
    }
}
