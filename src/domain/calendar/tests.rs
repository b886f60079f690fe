use super::fixture::{day, list, shipped};
use super::*;
use proptest::prelude::*;
use rstest::rstest;

fn error_of(entries: &str) -> HolidayError {
    let text = format!("[[year]]\nyear = 2030\ncite = 'x'\nconfirmed = false\n{entries}");
    Calendar::new(list(&text).unwrap()).unwrap_err()
}

#[test]
fn thirty_working_days_around_tet_2027() {
    let calendar = shipped();
    let end = calendar.add_working_days(day(2027, 1, 15), 30);
    assert_eq!((end, end.weekday()), (day(2027, 3, 5), Weekday::Fri));
    assert_eq!(calendar.working_days_before(end, 30), day(2027, 1, 15));
}

#[test]
fn a_limit_on_a_day_off_moves_to_the_next_working_day() {
    let calendar = shipped();
    assert_eq!(calendar.working_day_from(day(2018, 9, 1)), day(2018, 9, 4));
    assert_eq!(calendar.add_working_days(day(2018, 9, 1), 0), day(2018, 9, 4));
    assert_eq!(calendar.add_working_days(day(2018, 9, 4), 0), day(2018, 9, 4));
}

#[test]
fn a_make_up_saturday_is_worked_and_the_day_it_pays_for_is_not() {
    let calendar = shipped();
    for (off, worked) in [
        (day(2018, 12, 31), day(2019, 1, 5)),
        (day(2019, 4, 29), day(2019, 5, 4)),
        (day(2026, 1, 2), day(2026, 1, 10)),
    ] {
        assert!(!calendar.is_working_day(off), "{off}");
        assert_eq!(worked.weekday(), Weekday::Sat);
        assert!(calendar.is_working_day(worked), "{worked}");
        assert_eq!(calendar.day_off(worked), None);
    }
}

#[test]
fn a_day_off_says_why() {
    let calendar = shipped();
    let named = |date| match calendar.day_off(date) {
        Some(DayOff::Holiday { name, kind }) => (name, kind),
        other => panic!("{date}: {other:?}"),
    };
    assert_eq!(named(day(2018, 9, 2)), ("Quốc khánh".into(), HolidayKind::Holiday));
    assert_eq!(named(day(2018, 9, 3)), ("Nghỉ bù Quốc khánh".into(), HolidayKind::Compensation));
    assert_eq!(named(day(2026, 11, 24)).0, "Ngày Văn hóa Việt Nam");
    assert_eq!(calendar.day_off(day(2018, 12, 1)), Some(DayOff::Saturday));
    assert_eq!(calendar.day_off(day(2018, 12, 2)), Some(DayOff::Sunday));
    assert_eq!(calendar.day_off(day(2018, 12, 3)), None);
}

/// The weekdays each shipped year does not work, counted by hand from the yearly plans.
#[rstest]
#[case(2018, &["01-01", "02-14", "02-15", "02-16", "02-19", "02-20", "04-25", "04-30", "05-01", "09-03", "12-31"])]
#[case(2019, &["01-01", "02-04", "02-05", "02-06", "02-07", "02-08", "04-15", "04-29", "04-30", "05-01", "09-02"])]
#[case(2026, &["01-01", "01-02", "02-16", "02-17", "02-18", "02-19", "02-20", "04-27", "04-30", "05-01", "09-01", "09-02", "11-24"])]
#[case(2027, &["01-01", "02-05", "02-08", "02-09", "02-10", "02-11", "04-16", "04-30", "05-03", "09-02", "09-03", "11-24"])]
fn the_shipped_years(#[case] year: i32, #[case] expected: &[&str]) {
    let calendar = shipped();
    let off: Vec<String> = day(year, 1, 1)
        .iter_days()
        .take_while(|date| date.year() == year)
        .filter(|date| weekend(*date).is_none() && !calendar.is_working_day(*date))
        .map(|date| date.format("%m-%d").to_string())
        .collect();
    assert_eq!(off, expected);
    let source = calendar.source(year).unwrap();
    assert!(!source.confirmed && !source.cite.is_empty());
}

#[test]
fn a_year_without_a_list_knows_weekends_only() {
    let calendar = shipped();
    assert!(calendar.has_year(2027));
    assert!(!calendar.has_year(2028));
    assert_eq!(calendar.source(2028), None);
    assert!(calendar.is_working_day(day(2030, 9, 2)));
    assert!(!calendar.is_working_day(day(2030, 9, 1)));
}

#[test]
fn days_off_between_leaves_both_ends_out() {
    let calendar = shipped();
    let between = calendar.days_off_between(day(2018, 9, 1), day(2018, 9, 4));
    assert_eq!(
        between.iter().map(|(date, _)| *date).collect::<Vec<_>>(),
        [day(2018, 9, 2), day(2018, 9, 3)]
    );
    assert!(calendar.days_off_between(day(2018, 9, 4), day(2018, 9, 1)).is_empty());
}

#[test]
fn a_wrong_list_is_refused_by_the_entry() {
    let day_off = |date: &str| format!("{{ date = '{date}', name = 'x', kind = 'holiday' }}");
    assert_eq!(
        error_of(&format!("days_off = [{}]", day_off("2031-01-01"))),
        HolidayError::OutsideYear { date: day(2031, 1, 1), year: 2030 }
    );
    assert_eq!(
        error_of(&format!("days_off = [{0}, {0}]", day_off("2030-01-01"))),
        HolidayError::DateTwice(day(2030, 1, 1))
    );
    assert_eq!(
        error_of("days_off = [{ date = '2030-01-01', name = ' ', kind = 'holiday' }]"),
        HolidayError::Nameless(day(2030, 1, 1))
    );
    assert_eq!(
        error_of(
            "days_off = []\n[[year]]\nyear = 2030\ncite = ''\nconfirmed = false\ndays_off = []"
        ),
        HolidayError::YearTwice(2030)
    );
    let make_up = |date: &str, instead_of: &str| {
        error_of(&format!(
            "days_off = [{}]\nmake_up = [{{ date = '{date}', instead_of = '{instead_of}' }}]",
            day_off("2030-01-05")
        ))
    };
    assert_eq!(make_up("2030-01-07", "2030-01-04"), HolidayError::MakeUpOnWeekday(day(2030, 1, 7)));
    assert_eq!(make_up("2030-01-05", "2029-12-31"), HolidayError::DateTwice(day(2030, 1, 5)));
    assert_eq!(
        make_up("2031-01-04", "2030-01-04"),
        HolidayError::OutsideYear { date: day(2031, 1, 4), year: 2030 }
    );
    let nothing =
        HolidayError::MakeUpForNothing { date: day(2030, 1, 12), instead_of: day(2030, 1, 4) };
    assert_eq!(make_up("2030-01-12", "2030-01-04"), nothing);
    assert!(nothing.to_string().contains("2030-01-12"));
}

#[test]
fn an_unknown_key_or_kind_in_the_list_is_refused() {
    let head = "[[year]]\nyear = 2030\ncite = 'x'\nconfirmed = false\n";
    assert!(list(&format!("{head}days_off = []")).is_ok());
    assert!(list(&format!("{head}days_off = []\nworking = []")).is_err());
    let kind = "days_off = [{ date = '2030-01-01', name = 'x', kind = 'feast' }]";
    assert!(list(&format!("{head}{kind}")).is_err());
}

#[test]
fn months_are_written_with_four_and_two_digits() {
    let month: Month = "2018-12".parse().unwrap();
    assert_eq!(month, Month::of(day(2018, 12, 31)));
    assert_eq!(month.to_string(), "2018-12");
    assert_eq!(month.next().to_string(), "2019-01");
    assert_eq!(month.previous().to_string(), "2018-11");
    assert_eq!((month.first_day(), month.last_day()), (day(2018, 12, 1), day(2018, 12, 31)));
    assert_eq!(serde_json::to_string(&month).unwrap(), "\"2018-12\"");
    assert_eq!(serde_json::from_str::<Month>("\"2018-12\"").unwrap(), month);
    for wrong in ["2018-13", "2018-00", "18-12", "2018-1", "2018/12", "+018-12", "", "2018-+1"] {
        assert_eq!(wrong.parse::<Month>(), Err(MonthError(wrong.into())));
    }
}

#[test]
fn a_day_beyond_the_end_of_a_month_is_its_last() {
    assert_eq!(Month::new(2026, 2).unwrap().day_or_last(31), day(2026, 2, 28));
    assert_eq!(Month::new(2028, 2).unwrap().day_or_last(30), day(2028, 2, 29));
    assert_eq!(Month::new(2026, 1).unwrap().day_or_last(31), day(2026, 1, 31));
}

prop_compose! {
    fn any_day()(offset in 0u64..4000) -> NaiveDate { day(2018, 1, 1) + Days::new(offset) }
}

proptest! {
    #[test]
    fn counting_forth_and_back_meets_again(from in any_day(), n in 0u32..60) {
        let calendar = shipped();
        let start = calendar.working_day_from(from);
        let end = calendar.add_working_days(start, n);
        prop_assert!(calendar.is_working_day(end));
        prop_assert_eq!(calendar.working_days_before(end, n), start);
        let worked = start.iter_days().skip(1).take_while(|date| *date <= end)
            .filter(|date| calendar.is_working_day(*date)).count();
        prop_assert_eq!(worked, n as usize);
    }

    #[test]
    fn a_day_is_worked_or_has_a_reason(date in any_day()) {
        let calendar = shipped();
        prop_assert_eq!(calendar.is_working_day(date), calendar.day_off(date).is_none());
    }

    #[test]
    fn a_month_survives_being_written(date in any_day()) {
        let month = Month::of(date);
        prop_assert_eq!(month.to_string().parse::<Month>().unwrap(), month);
        prop_assert!(month.days().any(|day| day == date));
        prop_assert_eq!(month.next().previous(), month);
    }
}
