//! Turns a neutral message into what one channel sends: language, capabilities and disclosure are
//! decided here and nowhere else.
//!
//! It knows no platform and escapes nothing (channels do), and it reads no database: the names to
//! hide are handed to it. It never fails: what is missing from `locales/` is logged and shown as a
//! visible gap.

mod disclosure;
mod format;
mod locales;
mod options;
mod split;

pub use disclosure::KnownNames;
pub use locales::{Lang, Locales, UnknownLang};
pub use options::typed_answers;

use crate::message::{Block, Capabilities, Disclosure, Message, Part, Phrase};
use locales::Voice;
use split::Styled;

/// The parts to send, in order. Each fits the channel's text limit and none is empty; the keyboard
/// is on the last one. A message that says nothing and asks nothing has no parts.
///
/// `names` are the candidates to hide in free text; they are looked for only where the channel's
/// disclosure is [`Disclosure::Codes`].
pub fn render(
    message: &Message,
    lang: Lang,
    capabilities: &Capabilities,
    names: &KnownNames,
) -> Vec<Part> {
    let voice = Voice::new(lang, capabilities.disclosure, names);
    let mut text = body(message, &voice);
    for line in options::elsewhere(message, &voice, capabilities) {
        text.line(&line);
    }
    let keyboard = match capabilities.buttons {
        true => options::keys(message, &voice, capabilities),
        false => {
            let lines = options::lines(message, &voice);
            if !lines.is_empty() {
                text.gap();
            }
            for line in &lines {
                text.line(line);
            }
            Vec::new()
        }
    };
    if text.is_blank() && !keyboard.is_empty() {
        text.line(&voice.say(&Phrase::new("common-choose")));
    }
    let mut parts: Vec<Part> = text
        .pieces(capabilities.text_limit)
        .into_iter()
        .map(|runs| Part { runs, keyboard: Vec::new() })
        .collect();
    if let Some(last) = parts.last_mut() {
        last.keyboard = keyboard;
    }
    parts
}

/// One sentence by itself, for what is not a message: a menu's entry, the notice of a tap, a cell
/// of a document.
pub fn say(phrase: &Phrase, lang: Lang, disclosure: Disclosure, names: &KnownNames) -> String {
    Voice::new(lang, disclosure, names).say(phrase)
}

fn body(message: &Message, voice: &Voice) -> Styled {
    let mut text = Styled::default();
    for block in &message.body {
        match block {
            Block::Title(phrase) => text.strong_line(&voice.say(phrase)),
            Block::Line(phrase) => text.line(&voice.say(phrase)),
            Block::Item(phrase) => text.line(&format!("• {}", voice.say(phrase))),
            Block::Gap => text.gap(),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::{Arg, Button, Files, Key, KeyAction, Link, Papers, Run};

    fn channel(buttons: bool, disclosure: Disclosure) -> Capabilities {
        Capabilities {
            buttons,
            edit: buttons,
            groups: true,
            text_limit: Some(4096),
            disclosure,
            papers: Papers::Elsewhere,
            files: Files::Elsewhere(None),
        }
    }

    fn text(value: &str) -> Phrase {
        // A sentence of the locale that shows its arguments and nothing else.
        Phrase::new("common-prompt-option").with("answer", value).with("label", "x")
    }

    fn button(label: &str, id: &str) -> Button {
        Button { id: id.into(), ..Button::new(text(label), ()) }
    }

    #[test]
    fn titles_are_strong_items_have_a_bullet_and_gaps_do_not_pile_up() {
        let message =
            Message::new().gap().title(text("a")).gap().gap().line(text("b")).item(text("c")).gap();
        let parts =
            render(&message, Lang::Vi, &channel(true, Disclosure::Codes), &KnownNames::default());
        assert_eq!(
            parts,
            [Part {
                runs: vec![
                    Run { text: "a – x".into(), strong: true },
                    Run { text: "\n\nb – x\n• c – x".into(), strong: false },
                ],
                keyboard: vec![],
            }]
        );
    }

    #[test]
    fn buttons_keep_their_rows_and_stand_on_the_last_part() {
        let mut message = Message::new()
            .row(vec![button("Có", "b1"), button("Không", "b2")])
            .row(vec![Button::link(text("Mở"), Link::Private("start-1".into()))]);
        for _ in 0..10 {
            message = message.line(text("một dòng"));
        }
        let limited = Capabilities { text_limit: Some(40), ..channel(true, Disclosure::Codes) };
        let parts = render(&message, Lang::Vi, &limited, &KnownNames::default());
        let (last, first) = parts.split_last().expect("there are parts");
        assert!(!first.is_empty() && first.iter().all(|part| part.keyboard.is_empty()));
        let key = |label: &str, action| Key { label: format!("{label} – x"), action };
        assert_eq!(
            last.keyboard,
            [
                vec![
                    key("Có", KeyAction::Tap("b1".into())),
                    key("Không", KeyAction::Tap("b2".into()))
                ],
                vec![key("Mở", KeyAction::PrivateChat("start-1".into()))],
            ]
        );
    }

    #[test]
    fn without_buttons_the_options_follow_the_text() {
        let message = Message::new().line(text("Chọn")).row(vec![button("Có", "b1")]);
        let parts =
            render(&message, Lang::En, &channel(false, Disclosure::Codes), &KnownNames::default());
        assert_eq!(parts.len(), 1);
        assert_eq!(parts[0].keyboard, [] as [Vec<Key>; 0]);
        assert_eq!(
            parts[0].plain(),
            "Chọn – x\n\n1. Có – x\nReply with the number in front of your choice."
        );
    }

    #[test]
    fn a_keyboard_alone_gets_a_sentence_and_nothing_gets_no_part() {
        let alone = Message::new().row(vec![button("Có", "b1")]);
        let parts =
            render(&alone, Lang::Vi, &channel(true, Disclosure::Codes), &KnownNames::default());
        assert_eq!(parts.len(), 1);
        assert_eq!(parts[0].plain(), "Đề nghị chọn một mục:");
        let nothing = Message::new().gap();
        let capabilities = channel(true, Disclosure::Codes);
        assert_eq!(render(&nothing, Lang::Vi, &capabilities, &KnownNames::default()), []);
    }

    #[test]
    fn the_channel_decides_whether_names_are_shown() {
        let names = KnownNames::new([("QC-014", "Trần Văn Bình")]);
        let candidate = Arg::Candidate { code: "QC-014".into(), name: "Trần Văn Bình".into() };
        let free = Arg::Free("đồng chí TRAN VAN BINH tốt".into());
        let message = Message::new().line(
            Phrase::new("common-prompt-option").with("answer", candidate).with("label", free),
        );
        let plain =
            |disclosure| render(&message, Lang::Vi, &channel(true, disclosure), &names)[0].plain();
        assert_eq!(plain(Disclosure::Codes), "QC-014, T.V.B. – đồng chí QC-014 tốt");
        assert_eq!(plain(Disclosure::Names), "Trần Văn Bình (QC-014) – đồng chí TRAN VAN BINH tốt");
    }
}
