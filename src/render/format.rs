//! How each type of argument is written in each language: numbers, percentages, dates, people.
//! Words come from `locales/*/format.ftl`; this file only computes digits.

use chrono::{Datelike, NaiveDate, NaiveTime};
use fluent_bundle::FluentValue;

use super::Face;
use super::locales::Voice;
use crate::domain::ids::PersonId;
use crate::domain::language::Language;
use crate::domain::text;
use crate::message::{Arg, Disclosure};

/// Stands, until the sentence is whole, where somebody is not named at all: nothing, and no blank
/// before it. Like the two below it is a noncharacter of Unicode, which nothing typed has
/// ([`crate::domain::fit::meant`]).
const UNNAMED: char = '\u{fdd0}';
/// Stands there behind the last dot of initials, which ends the sentence as well if it ends there.
pub(super) const ABBREVIATED: char = '\u{fdd1}';
/// Stands there behind the stop of what was typed, which is the sentence's own if it ends there, and too
/// much if it goes on.
const STOPPED: char = '\u{fdd2}';

/// A whole sentence without the marks of its arguments.
pub(super) fn tidied(sentence: String) -> String {
    if !sentence.contains([UNNAMED, ABBREVIATED, STOPPED]) {
        return sentence;
    }
    let mut text = sentence.replace(&format!(" {UNNAMED}"), "");
    if let Some(rest) = text.strip_prefix(&format!("{UNNAMED} ")) {
        text = rest.to_owned();
    }
    text = text.replace(&format!("{ABBREVIATED}."), "").replace(&format!("{STOPPED}."), "");
    for next in GOES_ON {
        text = text.replace(&format!(".{STOPPED}{next}"), next);
    }
    text.replace([UNNAMED, ABBREVIATED, STOPPED], "")
}

/// With which a sentence goes on.
const GOES_ON: [&str; 7] = [",", ";", ":", ")", "”", " –", " ("];

/// Stands where a ratio has no whole.
const NO_RATIO: &str = "–";

/// Largest magnitude an `f64`, and so a Fluent number, holds exactly.
const EXACT: u64 = 1 << 53;

impl Voice<'_> {
    /// The argument as Fluent takes it: a number where a sentence may want to select on it, ready
    /// text otherwise.
    pub(super) fn argument(&self, arg: &Arg) -> FluentValue<'static> {
        match arg {
            Arg::Int(n) if n.unsigned_abs() <= EXACT => FluentValue::from(*n),
            arg => FluentValue::from(self.write(arg)),
        }
    }

    fn write(&self, arg: &Arg) -> String {
        match arg {
            Arg::Text(text) => self.unsaid_code(text).unwrap_or_else(|| text.clone()),
            Arg::Typed(text) => match self.withheld(text.as_written()) {
                Some(withheld) => withheld,
                None => ended(self.masked(text.as_written())),
            },
            Arg::Excerpt { text, length } => match self.withheld(text.as_written()) {
                Some(withheld) => withheld,
                None => ended(cut(&self.masked(text.as_written()), *length)),
            },
            Arg::StoredPerson(name) if self.unsaid(self.face_of(name)).is_some() => {
                self.unsaid(None).unwrap_or_default()
            }
            // An old message named candidates so only where it spoke to them.
            Arg::StoredPerson(name) if self.unnamed(name) => UNNAMED.into(),
            Arg::StoredPerson(name) => name.clone(),
            Arg::Int(n) => grouped(&n.to_string(), self.lang),
            Arg::Percent { part, whole } => percent(*part, *whole, self.lang),
            Arg::Date(date) => self.date(*date),
            Arg::Time(time) => hours_and_minutes(*time),
            Arg::DateTime(at) => self.fixed(
                "format-datetime",
                [
                    ("date", self.date(at.date()).into()),
                    ("time", hours_and_minutes(at.time()).into()),
                ],
            ),
            Arg::Near(_) => String::new(),
            Arg::Weekday(date) => self
                .fixed("format-weekday", [("number", date.weekday().number_from_monday().into())]),
            Arg::Month(day) => self.fixed(
                "format-month",
                [("number", day.month().into()), ("year", day.year().to_string().into())],
            ),
            Arg::Who(id) => self.who(*id),
            Arg::StoredCandidate { code, name } => {
                self.unsaid(None).unwrap_or_else(|| self.candidate(code, name))
            }
            Arg::Phrase(phrase) => self.sentence(phrase),
            Arg::List(args) => {
                let items: Vec<String> = args.iter().map(|arg| self.write(arg)).collect();
                // "QC-014, T.V.B." is one person.
                let commas = items.iter().any(|item| item.contains(", "));
                let parted = if commas && args.iter().any(names_a_person) { "; " } else { ", " };
                items.join(parted)
            }
        }
    }

    fn date(&self, date: NaiveDate) -> String {
        self.fixed(
            "format-date",
            [
                ("day", format!("{:02}", date.day()).into()),
                ("month", format!("{:02}", date.month()).into()),
                ("year", date.year().to_string().into()),
            ],
        )
    }

    /// A person as the reader may know them. On a channel set to codes: official members by name;
    /// everybody else by code and initials for whoever may see the case or introduce the person, by
    /// initials for others. On one set to names: by name, with the code of whoever is not an
    /// official member, but for the readers themselves; a candidate is told neither their name nor
    /// their code there, where the telephone may be in other hands.
    fn who(&self, id: PersonId) -> String {
        if let Some(unsaid) = self.unsaid(self.reader.faces.get(&id)) {
            return unsaid;
        }
        let Some(face) = self.reader.faces.get(&id) else {
            tracing::error!(person = id.0, "a message names somebody who was not looked up");
            return self.fixed("format-nobody", []);
        };
        let Some(name) = &face.name else { return face.code.clone() };
        let name = name.in_full();
        match self.disclosure {
            _ if face.official => self.apart(id, name),
            Disclosure::Names if self.reader.person == Some(id) => name.to_owned(),
            Disclosure::Names if self.reader.apart.contains_key(&id) => self.apart(id, name),
            Disclosure::Names => self.candidate(&face.code, name),
            // Whoever is no official member, so that the telephone does not tell who has a case.
            Disclosure::Codes if self.reader.person == Some(id) => UNNAMED.into(),
            Disclosure::Codes => match self.reader.codes.get(&id) {
                Some(code) => self.candidate(code, name),
                None => self.initials(name),
            },
        }
    }

    /// The name, with what tells them from a namesake in the same message.
    fn apart(&self, id: PersonId, name: &str) -> String {
        let Some(apart) = self.reader.apart.get(&id) else { return name.to_owned() };
        let by = apart.by.as_str();
        match (&apart.born, self.disclosure) {
            (Some(born), Disclosure::Names) => self.fixed(
                "format-namesake-born",
                [("name", name.into()), ("by", by.into()), ("born", born.as_str().into())],
            ),
            _ => self.fixed("format-namesake", [("name", name.into()), ("by", by.into())]),
        }
    }

    /// What was typed, without the names that may not stand there.
    fn masked(&self, text: &str) -> String {
        match self.disclosure {
            Disclosure::Codes => self.reader.names.hide(text),
            Disclosure::Names => text.to_owned(),
        }
    }

    /// Who bears a name.
    fn face_of(&self, name: &str) -> Option<&Face> {
        let named = |face: &&Face| face.name.as_ref().is_some_and(|of| of.in_full() == name);
        self.reader.faces.values().find(named)
    }

    /// Whether this is the name of somebody who is not named here.
    fn unnamed(&self, name: &str) -> bool {
        let named = |face: &Face| face.name.as_ref().is_some_and(|of| of.in_full() == name);
        let hidden = |face: &Face| named(face) && !face.official;
        self.disclosure == Disclosure::Codes && self.reader.faces.values().any(hidden)
    }

    fn initials(&self, name: &str) -> String {
        format!("{}{ABBREVIATED}", text::initials(name))
    }

    fn candidate(&self, code: &str, name: &str) -> String {
        match self.disclosure {
            Disclosure::Codes => self.fixed(
                "format-candidate-code",
                [("code", code.into()), ("initials", self.initials(name).into())],
            ),
            Disclosure::Names => {
                self.fixed("format-candidate-name", [("code", code.into()), ("name", name.into())])
            }
        }
    }
}

/// Whether an item of a list is a person, with a word before or behind at most.
fn names_a_person(item: &Arg) -> bool {
    match item {
        Arg::Who(_) | Arg::StoredCandidate { .. } => true,
        Arg::Phrase(phrase) => phrase.args.values().any(|arg| matches!(arg, Arg::Who(_))),
        _ => false,
    }
}

/// What was typed, so that a sentence that ends with it does not end twice.
fn ended(mut typed: String) -> String {
    if typed.ends_with(['.', '!', '?', '…']) {
        typed.push(STOPPED);
    }
    typed
}

/// At most so many characters, with a mark where some are left out.
fn cut(text: &str, length: usize) -> String {
    match text.char_indices().nth(length) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

fn hours_and_minutes(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}

/// `part` of `whole` in percent with one decimal, halves rounded up; a dash where there is no
/// whole. Computed on integers: 83,3% must not depend on the machine's floating point.
fn percent(part: i64, whole: i64, lang: Language) -> String {
    if whole <= 0 {
        return NO_RATIO.to_owned();
    }
    let (part, whole) = (i128::from(part), i128::from(whole));
    let tenths = (2 * part * 1000 + whole).div_euclid(2 * whole);
    let sign = if tenths < 0 { "-" } else { "" };
    let tenths = tenths.abs();
    let units = grouped(&(tenths / 10).to_string(), lang);
    format!("{sign}{units}{}{}%", decimal_mark(lang), tenths % 10)
}

/// Writes Fluent's numbers the language's way; other values are left to Fluent.
pub(super) fn fluent_number(value: &FluentValue<'_>, lang: Language) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    let written = number.as_string();
    let (units, decimals) = match written.split_once('.') {
        Some((units, decimals)) => (units, Some(decimals)),
        None => (written.as_ref(), None),
    };
    let mut text =
        if number.options.use_grouping { grouped(units, lang) } else { units.to_owned() };
    if let Some(decimals) = decimals {
        text.push_str(decimal_mark(lang));
        text.push_str(decimals);
    }
    Some(text)
}

fn decimal_mark(lang: Language) -> &'static str {
    match lang {
        Language::Vi => ",",
        Language::En => ".",
    }
}

/// Decimal digits in groups of three, counted from the right; a leading minus is kept.
fn grouped(digits: &str, lang: Language) -> String {
    let mark = match lang {
        Language::Vi => '.',
        Language::En => ',',
    };
    let (sign, digits) = match digits.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", digits),
    };
    let mut text = sign.to_owned();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(mark);
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::Reader;
    use proptest::prelude::*;
    use rstest::rstest;

    fn written(arg: impl Into<Arg>, lang: Language) -> String {
        let reader = Reader::default();
        Voice::new(lang, Disclosure::Codes, &reader).write(&arg.into())
    }

    #[rstest]
    #[case("ốm.", "ốm.")]
    #[case("ốm", "ốm.")]
    #[case("ốm!", "ốm!")]
    #[case("ốm…", "ốm…")]
    #[case("đón T.V.B.", "đón T.V.B.")]
    fn what_was_typed_ends_a_sentence_once(#[case] typed: &str, #[case] said: &str) {
        let typed = written(Arg::Typed(typed.into()), Language::Vi);
        assert_eq!(tidied(format!("{typed}.")), said);
    }

    #[rstest]
    #[case("Nhà 5.", "Nhà 5, mời")]
    #[case("Nhà 5", "Nhà 5, mời")]
    #[case("Nhà 5!", "Nhà 5!, mời")]
    fn a_stop_that_was_typed_does_not_stand_inside_a_sentence(
        #[case] typed: &str,
        #[case] said: &str,
    ) {
        let typed = written(Arg::Typed(typed.into()), Language::Vi);
        assert_eq!(tidied(format!("{typed}, mời")), said);
        assert_eq!(tidied(typed.clone()), typed.replace(STOPPED, ""), "alone it stays as it is");
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[rstest]
    #[case(50, 60, "83,3%", "83.3%")]
    #[case(1, 3, "33,3%", "33.3%")]
    #[case(2, 3, "66,7%", "66.7%")]
    #[case(1, 2000, "0,1%", "0.1%")] // 0.05 is a half: up
    #[case(0, 7, "0,0%", "0.0%")]
    #[case(7, 7, "100,0%", "100.0%")]
    #[case(5000, 4, "125.000,0%", "125,000.0%")]
    #[case(-1, 4, "-25,0%", "-25.0%")]
    #[case(3, 0, "–", "–")]
    #[case(i64::MAX, i64::MAX, "100,0%", "100.0%")]
    fn ratios(#[case] part: i64, #[case] whole: i64, #[case] vi: &str, #[case] en: &str) {
        assert_eq!(written(Arg::Percent { part, whole }, Language::Vi), vi);
        assert_eq!(written(Arg::Percent { part, whole }, Language::En), en);
    }

    #[rstest]
    #[case(Arg::Date(day("2026-12-03")), "03/12/2026", "03/12/2026")]
    #[case(Arg::Month(day("2026-12-01")), "tháng 12/2026", "December 2026")]
    #[case(Arg::Month(day("2027-03-31")), "tháng 3/2027", "March 2027")]
    #[case(Arg::Weekday(day("2026-12-07")), "thứ Hai", "Monday")]
    #[case(Arg::Weekday(day("2026-12-03")), "thứ Năm", "Thursday")]
    #[case(Arg::Weekday(day("2026-12-06")), "Chủ nhật", "Sunday")]
    fn dates(#[case] arg: Arg, #[case] vi: &str, #[case] en: &str) {
        assert_eq!(written(arg.clone(), Language::Vi), vi);
        assert_eq!(written(arg, Language::En), en);
    }

    #[test]
    fn times() {
        let at = day("2026-12-03").and_hms_opt(14, 0, 0).expect("a time");
        assert_eq!(written(at.time(), Language::Vi), "14:00");
        assert_eq!(written(at, Language::Vi), "14:00 ngày 03/12/2026");
        assert_eq!(written(at, Language::En), "14:00 on 03/12/2026");
    }

    #[test]
    fn lists_write_each_entry_by_its_type() {
        let list = vec![Arg::Int(1234), Arg::Date(day("2026-12-03")), Arg::Text("x".into())];
        assert_eq!(written(list, Language::Vi), "1.234, 03/12/2026, x");
    }

    proptest! {
        #[test]
        fn grouping_only_adds_marks(n in any::<i64>()) {
            for (lang, mark) in [(Language::Vi, '.'), (Language::En, ',')] {
                let text = grouped(&n.to_string(), lang);
                prop_assert_eq!(text.replace(mark, ""), n.to_string());
                let groups: Vec<&str> = text.trim_start_matches('-').split(mark).collect();
                prop_assert!((1..=3).contains(&groups[0].len()));
                prop_assert!(groups[1..].iter().all(|group| group.len() == 3));
            }
        }

        #[test]
        fn a_percentage_is_within_half_a_tenth(whole in 1i64..1_000_000, part in 0i64..1_000_000) {
            let text = written(Arg::Percent { part, whole }, Language::En).replace([',', '%'], "");
            let (units, tenth) = text.split_once('.').expect("one decimal");
            let tenths: i64 = format!("{units}{tenth}").parse().expect("digits");
            // |part/whole * 1000 - tenths| <= 1/2, a half going up
            let off = 2 * (part * 1000 - tenths * whole);
            prop_assert!(-whole <= off && off < whole, "{part}/{whole} became {text}");
        }
    }
}
