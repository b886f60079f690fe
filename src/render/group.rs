//! What a group may read: nothing about anybody on the road, not even a code, and nothing typed that names
//! anybody at all. Whatever makes the sentence, it is decided here.

use super::Face;
use super::locales::Voice;
use crate::domain::text;

impl Voice<'_> {
    /// What stands in a group for what was typed, if that cannot be said there.
    pub(super) fn withheld(&self, typed: &str) -> Option<String> {
        let tells = || has_case_code(typed) || self.reader.names.hide(typed) != typed;
        (self.reader.group && tells()).then(|| self.fixed("format-withheld", []))
    }

    /// What stands in a group for a code, if it is a candidate's.
    pub(super) fn unsaid_code(&self, text: &str) -> Option<String> {
        (self.reader.group && has_case_code(text)).then(|| self.fixed("format-somebody", []))
    }

    /// What stands in a group for a person who is not named there; `None` as a face: nobody knows who.
    pub(super) fn unsaid(&self, face: Option<&Face>) -> Option<String> {
        let named = face.is_some_and(|face| face.official);
        (self.reader.group && !named).then(|| self.fixed("format-somebody", []))
    }
}

/// Whether a candidate's code stands in a text, however it is typed: `QC-014`, `qc14`, `QC 014`.
fn has_case_code(typed: &str) -> bool {
    let folded = text::fold(typed);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).collect();
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    words.iter().enumerate().any(|(at, word)| {
        let digits = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit());
        word.match_indices("qc").any(|(start, qc)| {
            let rest = &word[start + qc.len()..];
            digits(rest) || rest.is_empty() && words.get(at + 1).is_some_and(|next| digits(next))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    use crate::domain::ids::PersonId;
    use crate::domain::language::Language;
    use crate::domain::name::Name;
    use crate::message::{Arg, Disclosure, Phrase};
    use crate::render::{KnownNames, Reader, say};

    fn in_a_group(arg: Arg) -> [String; 2] {
        let face = |name: &str, official, has_case| Face {
            name: Some(Name::new(name)),
            code: "QC-014".to_owned(),
            official,
            has_case,
            also: Vec::new(),
        };
        let reader = Reader {
            group: true,
            faces: Arc::new(
                [
                    (PersonId(1), face("Trần Văn Bình", false, true)),
                    (PersonId(2), face("Lê Đức Thuận", true, false)),
                ]
                .into(),
            ),
            names: KnownNames::new([("T.V.B.", "Trần Văn Bình"), ("L.Đ.T.", "Lê Đức Thuận")]),
            ..Reader::default()
        };
        let phrase = Phrase::new("format-typed").with("text", arg);
        [Disclosure::Codes, Disclosure::Names]
            .map(|disclosure| say(&phrase, Language::Vi, disclosure, &reader))
    }

    #[test]
    fn a_group_reads_of_nobody_on_the_road_whatever_its_channel_may_show() {
        let typed = |text: &str| Arg::Typed(text.into());
        let long =
            Arg::Excerpt { text: "kèm cặp đồng chí Trần Văn Bình".into(), length: 27 };
        for (arg, said) in [
            (typed("Phòng họp 3"), "Phòng họp 3"),
            (typed("nhà riêng tran van binh"), "không nêu trong nhóm"),
            (typed("nhà LÊ ĐỨC THUẬN"), "không nêu trong nhóm"),
            (typed("xét qc 14"), "không nêu trong nhóm"),
            (long, "không nêu trong nhóm"),
            (Arg::from(PersonId(1)), "một đồng chí"),
            (Arg::from(PersonId(2)), "Lê Đức Thuận"),
            (Arg::from(PersonId(3)), "một đồng chí"),
            (Arg::code("QC-014"), "một đồng chí"),
            (Arg::code("CB-02"), "CB-02"),
            (
                Arg::StoredCandidate { code: "QC-014".into(), name: "Trần Văn Bình".into() },
                "một đồng chí",
            ),
            (Arg::StoredPerson("Trần Văn Bình".into()), "một đồng chí"),
        ] {
            assert_eq!(in_a_group(arg.clone()), [said, said], "{arg:?}");
        }
    }

    #[test]
    fn a_code_is_found_however_it_is_typed() {
        let signs = ["QC - 014", "qc -014", "QC- 14", "QC – 014", "qc_14", "qc: 014", "qc/14"];
        let codes = ["QC-014", "về qc14.", "(Qc 014)", "xét:QC-9", "hồ sơ/qc-014/2018"];
        for code in codes.into_iter().chain(signs) {
            assert!(has_case_code(code), "{code}");
        }
        for none in ["", "QCVN 12", "quảng cáo 14", "qc", "kqc đạt"] {
            assert!(!has_case_code(none), "{none}");
        }
    }
}
