//! Turns a neutral message into what one channel sends: language, capabilities and disclosure are
//! decided here and nowhere else.
//!
//! It knows no platform and escapes nothing (channels do), and it reads no database: the names to
//! hide are handed to it. It never fails: what is missing from `locales/` is logged and shown as a
//! visible gap.

mod disclosure;
mod format;
mod group;
mod locales;
mod options;
mod split;

pub use disclosure::{Apart, Called, Face, KnownNames, Reader};
pub use locales::Locales;
pub use options::{as_marked, typed_answers};

use crate::domain::language::Language;
use crate::message::{Block, Capabilities, Disclosure, Message, Part, Phrase};
use locales::Voice;
use split::Styled;

/// The parts to send, in order. Each fits the channel's text limit and none is empty; the keyboard
/// is on the last one. A message that says nothing and asks nothing has no parts.
///
/// Whom the message names is written as `reader` may read it on a channel with this disclosure.
pub fn render(
    message: &Message,
    lang: Language,
    capabilities: &Capabilities,
    reader: &Reader,
) -> Vec<Part> {
    let voice = Voice::new(lang, capabilities.disclosure, reader);
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

/// One sentence by itself, for what is not a message: a menu's entry, the toast of a tap, a cell
/// of a document.
pub fn say(phrase: &Phrase, lang: Language, disclosure: Disclosure, reader: &Reader) -> String {
    Voice::new(lang, disclosure, reader).say(phrase)
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
    use crate::domain::ids::PersonId;
    use crate::domain::name::Name;
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
        Phrase::new("common-prompt-option").with("answer", Arg::unmasked(value)).with("label", "x")
    }

    fn button(label: &str, id: &str) -> Button {
        Button { id: id.into(), ..Button::new(text(label), ()) }
    }

    #[test]
    fn titles_are_strong_items_have_a_bullet_and_gaps_do_not_pile_up() {
        let message =
            Message::new().gap().title(text("a")).gap().gap().line(text("b")).item(text("c")).gap();
        let parts =
            render(&message, Language::Vi, &channel(true, Disclosure::Codes), &Reader::default());
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
        let parts = render(&message, Language::Vi, &limited, &Reader::default());
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
            render(&message, Language::En, &channel(false, Disclosure::Codes), &Reader::default());
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
            render(&alone, Language::Vi, &channel(true, Disclosure::Codes), &Reader::default());
        assert_eq!(parts.len(), 1);
        assert_eq!(parts[0].plain(), "Đề nghị chọn một mục:");
        let nothing = Message::new().gap();
        let capabilities = channel(true, Disclosure::Codes);
        assert_eq!(render(&nothing, Language::Vi, &capabilities, &Reader::default()), []);
    }

    #[test]
    fn the_channel_decides_whether_names_are_shown() {
        let names = KnownNames::new([("QC-014", "Trần Văn Bình")]);
        let candidate =
            Arg::StoredCandidate { code: "QC-014".into(), name: "Trần Văn Bình".into() };
        let free = Arg::Typed("đồng chí TRAN VAN BINH tốt".into());
        let message = Message::new().line(
            Phrase::new("common-prompt-option").with("answer", candidate).with("label", free),
        );
        let reader = Reader::hiding(names);
        let plain = |disclosure| {
            render(&message, Language::Vi, &channel(true, disclosure), &reader)[0].plain()
        };
        assert_eq!(plain(Disclosure::Codes), "QC-014, T.V.B. – đồng chí QC-014 tốt");
        assert_eq!(plain(Disclosure::Names), "Trần Văn Bình (QC-014) – đồng chí TRAN VAN BINH tốt");
    }

    /// What is masked is cut afterwards: wherever a limit falls, no part of the name is left.
    #[test]
    fn a_name_that_lies_over_a_limit_is_hidden_whole() {
        let reader = Reader::hiding(KnownNames::new([("T.V.B.", "Trần Văn Bình")]));
        let hidden = |shown: &str| !["Trần", "Văn", "Bình"].iter().any(|part| shown.contains(part));
        for limit in [40, 2000, 4096] {
            let can = Capabilities { text_limit: Some(limit), ..channel(true, Disclosure::Codes) };
            for before in limit - 20..limit + 8 {
                for filling in ["x", "x "] {
                    let typed = filling.repeat(before).chars().take(before).collect::<String>();
                    let typed = format!("{typed} Trần Văn Bình ốm");
                    let said =
                        Phrase::new("format-typed").with("text", Arg::Typed((&*typed).into()));
                    let parts = render(&Message::of(said), Language::Vi, &can, &reader);
                    assert!(parts.iter().all(|part| hidden(&part.plain())), "{typed}");
                }
            }
        }
        for length in 1..60 {
            let text = "Kèm cặp đ/c Trần Văn Bình, báo cáo đ/c Tran Van Binh trước 15/3".into();
            let label = Phrase::new("duty-done-button").with("what", Arg::Excerpt { text, length });
            let shown = say(&label, Language::Vi, Disclosure::Codes, &reader);
            assert!(hidden(&shown) && !shown.contains("Tran"), "{shown}");
        }
    }

    /// A candidate, an official member and somebody without a case, as `reader` may read them.
    fn reader(person: i64, codes: &[(i64, &str)]) -> Reader {
        let face = |name: &str, code: &str, official, has_case| Face {
            name: Some(Name::new(name)),
            code: code.to_owned(),
            official,
            has_case,
            also: Vec::new(),
        };
        let faces = [
            (PersonId(1), face("Trần Văn Bình", "QC-014", false, true)),
            (PersonId(2), face("Lê Đức Thuận", "NS-002", true, false)),
            (PersonId(3), face("Phan Duy Cảnh", "NS-060", false, false)),
            (PersonId(4), Face { name: None, ..face("", "NS-061", false, false) }),
        ];
        let codes = codes.iter().map(|(id, code)| (PersonId(*id), (*code).to_owned()));
        Reader {
            person: Some(PersonId(person)),
            group: false,
            faces: std::sync::Arc::new(faces.into()),
            codes: std::sync::Arc::new(codes.collect()),
            apart: Default::default(),
            names: KnownNames::default(),
        }
    }

    fn named(id: i64, disclosure: Disclosure, reader: &Reader) -> String {
        // "Kính chào đồng chí { $name }."
        let greeting = Phrase::new("start-known").with("name", PersonId(id));
        say(&greeting, Language::Vi, disclosure, reader)
    }

    #[test]
    fn who_somebody_is_depends_on_who_reads() {
        let knows = reader(2, &[(1, "QC-014")]);
        for (id, codes, names) in [
            (1, "Kính chào đồng chí QC-014, T.V.B.", "Kính chào đồng chí Trần Văn Bình (QC-014)."),
            (2, "Kính chào đồng chí Lê Đức Thuận.", "Kính chào đồng chí Lê Đức Thuận."),
            (3, "Kính chào đồng chí P.D.C.", "Kính chào đồng chí Phan Duy Cảnh (NS-060)."),
            (4, "Kính chào đồng chí NS-061.", "Kính chào đồng chí NS-061."),
            (9, "Kính chào đồng chí ….", "Kính chào đồng chí …."),
        ] {
            assert_eq!(named(id, Disclosure::Codes, &knows), codes);
            assert_eq!(named(id, Disclosure::Names, &knows), names);
        }
        let stranger = reader(3, &[]);
        assert_eq!(named(1, Disclosure::Codes, &stranger), "Kính chào đồng chí T.V.B.");
    }

    #[test]
    fn a_candidate_is_told_neither_their_name_nor_their_code_where_names_are_hidden() {
        let candidate = reader(1, &[]);
        assert_eq!(named(1, Disclosure::Codes, &candidate), "Kính chào đồng chí.");
        assert_eq!(named(1, Disclosure::Names, &candidate), "Kính chào đồng chí Trần Văn Bình.");
        let guest = reader(3, &[]);
        assert_eq!(named(3, Disclosure::Names, &guest), "Kính chào đồng chí Phan Duy Cảnh.");
    }
}
