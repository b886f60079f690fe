//! What people type and administrators write, as the rules read it.

use std::cell::Cell;

use chrono::NaiveDate;
use diudat::config::Config;
use diudat::domain::calendar::{Calendar, HolidayList, Month};
use diudat::domain::code::InvitationCode;
use diudat::domain::ids::ButtonId;
use diudat::domain::language::Language;
use diudat::domain::recurrence::Rule;
use diudat::domain::report::{
    leading_case_code, one_line, rating_from_words, recommendation_from_words,
};
use diudat::domain::text::{by_given_name, fold, initials, nfc};
use diudat::domain::typed::Typed;
use diudat::domain::when::{self, Toward};
use diudat::message::{Arg, Button, Capabilities, Disclosure, Files, Message, Papers, Phrase};
use diudat::render::{KnownNames, Reader, render, typed_answers};
use proptest::prelude::*;

use crate::mangle::{bytes, fuzz, text};

const TYPED: &[&str] = &[
    "/baocao qc-014 tốt khá tốt tốt tốt, đưa vào nguồn",
    "qc-014 t k tb y t, tiếp tục",
    "/start ABCD-EFGH",
    "/thongke@DiuDatBot phòng 1 2016-2018",
    "thống kê quý 3/2018",
    "từ tháng 3 đến tháng 11 năm 2018",
    "thứ sáu tuần sau",
    "ngày 29 tháng 2 năm 2019",
    "b123456789",
    "Nguyễn Thị Phương Chi",
    "AB01-CD1F",
];

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2018, 11, 26).expect("a date")
}

/// How often a check got to where it checks something.
#[derive(Default)]
struct Count(Cell<usize>);

impl Count {
    fn one(&self) {
        self.0.set(self.0.get() + 1);
    }

    fn some(&self, what: &str) {
        assert!(self.0.get() > 0, "no {what} among all that was tried");
    }
}

#[test]
fn whatever_is_typed_is_read_or_refused() {
    let (periods, codes, buttons) = (Count::default(), Count::default(), Count::default());
    fuzz(4_000, text(TYPED), |typed| {
        let folded = fold(&typed);
        assert_eq!(fold(&folded), folded, "folding twice changes nothing");
        assert_eq!(fold(&nfc(&typed)), folded, "however its accents are written");
        assert_eq!(nfc(&nfc(&typed)), nfc(&typed));
        let _ = (initials(&typed), by_given_name(&typed, &folded));
        for toward in [Toward::Past, Toward::Future] {
            let _ = when::date(&typed, today(), toward);
        }
        if let Ok((rest, Some(period))) = when::take_period(&typed, today()) {
            assert!(period.from < period.to, "{period:?}");
            assert!(rest.len() <= folded.len());
            periods.one();
        }
        let _ = (one_line(&typed), leading_case_code(&folded));
        let _ = (rating_from_words(&typed), recommendation_from_words(&typed));
        if let Some(code) = InvitationCode::parse(&typed) {
            assert_eq!(InvitationCode::parse(&code.to_string()), Some(code));
            codes.one();
        }
        if let Some(id) = ButtonId::from_wire(&typed) {
            assert_eq!(id.on_wire(), typed, "one way to write an id");
            buttons.one();
        }
    });
    periods.some("periods");
    codes.some("codes");
    buttons.some("buttons");
}

#[test]
fn a_rule_that_is_taken_gives_a_date_in_every_month() {
    const RULES: &[&str] = &[
        "day 5",
        "ngày 5 hằng tháng",
        "second tuesday",
        "thứ sáu cuối cùng của tháng",
        "first working day",
        "cron 0 0 14 1-7 * Mon",
        "cron 0 30 13 5 * ?",
        "cron @monthly",
    ];
    let from: Month = "2018-12".parse().expect("a month");
    let calendar = Calendar::default();
    for rule in RULES {
        assert!(Rule::parse(rule, from).is_ok(), "{rule}");
    }
    fuzz(800, text(RULES), |typed| {
        let Ok(rule) = Rule::parse(&typed, from) else { return };
        let mut month = from;
        for _ in 0..30 {
            let date = rule.nominal(month, &calendar);
            assert_eq!(Month::of(date), month, "{typed:?}");
            month = month.next();
        }
    });
}

#[test]
fn settings_and_holidays_are_read_or_refused() {
    const SETTINGS: &[&str] = &[
        "[http]\nlisten = \"127.0.0.1:8080\"\npublic_url = \"https://a.vn\"\n",
        "[telegram]\nmode = \"webhook\"\nwebhook_url = \"https://a.vn\"\nwebhook_secret = \"x\"\n",
        "[reminders]\nmeeting_days = [3, 1]\nhour = \"08:00\"\n",
        "[org]\ntimezone = \"Asia/Ho_Chi_Minh\"\n",
    ];
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("settings.toml");
    for sound in SETTINGS {
        std::fs::write(&file, sound).expect("it is written");
        assert!(Config::load(Some(&file), []).is_ok(), "{sound}");
    }
    let refused = Count::default();
    fuzz(600, bytes(SETTINGS), |bytes| {
        std::fs::write(&file, &bytes).expect("it is written");
        if let Err(error) = Config::load(Some(&file), []) {
            assert!(error.to_string().contains("settings.toml"), "{error}");
            refused.one();
        }
    });
    refused.some("mistakes in a file");
    const VARIABLES: &[(&str, &str)] = &[
        ("HTTP__LISTEN", "127.0.0.1:8080"),
        ("REMINDERS__MEETING_DAYS", "3, 1"),
        ("ORG__TIMEZONE", "Asia/Ho_Chi_Minh"),
        ("DELIVERY__PARALLEL", "8"),
    ];
    for (name, sound) in VARIABLES {
        let name = format!("DIUDAT__{name}");
        let set = |value: &str| Config::load(None, [(name.clone(), value.to_owned())]);
        assert!(set(sound).is_ok(), "{name}");
        let refused = Count::default();
        fuzz(150, text(std::slice::from_ref(sound)), |value| {
            if let Err(error) = set(&value) {
                assert!(error.to_string().contains(&name), "{error}");
                refused.one();
            }
        });
        refused.some(&name);
    }
    const HOLIDAYS: &[&str] = &[
        r#"{"year":[{"year":2018,"cite":"x","confirmed":true,"days_off":[{"date":"2018-12-31","name":"Nghỉ bù","kind":"compensation"}],"make_up":[{"date":"2018-12-22","instead_of":"2018-12-31"}]}]}"#,
    ];
    for sound in HOLIDAYS {
        let list = serde_json::from_str::<HolidayList>(sound).expect("a list");
        assert!(Calendar::new(list).is_ok(), "{sound}");
    }
    let calendars = Count::default();
    fuzz(600, bytes(HOLIDAYS), |bytes| {
        let Ok(list) = serde_json::from_slice::<HolidayList>(&bytes) else { return };
        if let Ok(calendar) = Calendar::new(list) {
            assert!(calendar.is_working_day(calendar.next_working_day(today())));
            calendars.one();
        }
    });
    calendars.some("calendars");
}

/// Whatever people typed stands in a message that the strictest platform takes.
#[test]
fn every_text_can_be_shown() {
    let limits = [Some(4096), Some(64), None];
    fuzz(400, (text(TYPED), 0..limits.len(), any::<bool>()), |(typed, limit, buttons)| {
        let capabilities = Capabilities {
            buttons,
            edit: buttons,
            groups: buttons,
            text_limit: limits[limit],
            disclosure: Disclosure::Codes,
            papers: Papers::Elsewhere,
            files: Files::Elsewhere(None),
        };
        let names = KnownNames::new([("QC-014", "Trần Văn Bình"), ("QC-002", "An")]);
        let reader = Reader::hiding(names);
        let phrase =
            Phrase::new("report-line-strengths").with("text", Arg::Typed(Typed::new(&typed)));
        let label = Phrase::new("report-text-kept").with("text", Arg::Typed(Typed::new(&typed)));
        let message = Message::of(phrase).row(vec![Button::new(label, "x")]);
        for part in render(&message, Language::Vi, &capabilities, &reader) {
            let length = part.plain().encode_utf16().count();
            assert!(capabilities.text_limit.is_none_or(|limit| length <= limit), "{length}");
            assert!(!part.plain().contains("Trần Văn Bình"), "{:?}", part.plain());
        }
        let _ = typed_answers(&message, Language::Vi, &reader);
    });
}
