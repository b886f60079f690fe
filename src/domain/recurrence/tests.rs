use proptest::prelude::*;
use rstest::rstest;

use super::*;
use crate::domain::calendar::HolidayKind;
use crate::domain::calendar::fixture::{day, shipped};

fn month(year: i32, number: u32) -> Month {
    Month::new(year, number).unwrap()
}

fn cron(expression: &str) -> Result<CronRule, RuleError> {
    CronRule::new(expression, month(2026, 12))
}

#[rstest]
#[case("day 3", 2018, 12, 3)]
#[case("day 31", 2026, 2, 28)]
#[case("day 30", 2028, 2, 29)]
#[case("weekday 1 mon", 2018, 12, 3)]
#[case("weekday 1 sat", 2018, 12, 1)]
#[case("weekday 4 fri", 2018, 12, 28)]
#[case("weekday last mon", 2018, 12, 31)]
#[case("weekday last tue", 2018, 12, 25)]
#[case("first working day", 2018, 12, 3)]
#[case("first working day", 2027, 1, 4)]
#[case("last working day", 2018, 12, 28)]
#[case("last working day", 2018, 11, 30)]
#[case("cron 0 0 14 1-7 * Mon", 2018, 12, 3)]
#[case("cron 0 30 8 15 * ?", 2018, 12, 15)]
#[case("cron @monthly", 2018, 12, 1)]
fn a_rule_gives_its_date(#[case] rule: &str, #[case] y: i32, #[case] m: u32, #[case] d: u32) {
    let parsed: Rule = rule.parse().unwrap();
    assert_eq!(parsed.nominal(month(y, m), &shipped()), day(y, m, d));
    assert_eq!(parsed.to_string(), rule);
}

#[rstest]
#[case(Policy::Next, day(2018, 9, 4))]
#[case(Policy::Previous, day(2018, 8, 31))]
fn a_meeting_on_national_day_is_moved_and_says_why(
    #[case] policy: Policy,
    #[case] expected: NaiveDate,
) {
    let rule: Rule = "day 2".parse().unwrap();
    let scheduled = date_in(month(2018, 9), &rule, policy, &shipped());
    assert_eq!((scheduled.nominal, scheduled.date), (day(2018, 9, 2), expected));
    let reason = DayOff::Holiday { name: "Quốc khánh".into(), kind: HolidayKind::Holiday };
    assert_eq!(scheduled.moved, Some(reason));
}

#[test]
fn a_meeting_stays_on_a_working_day_or_by_policy() {
    let rule: Rule = "day 3".parse().unwrap();
    let calendar = shipped();
    let stays = |month, policy| {
        let scheduled = date_in(month, &rule, policy, &calendar);
        assert_eq!((scheduled.date, scheduled.moved), (scheduled.nominal, None));
    };
    stays(month(2018, 12), Policy::Next);
    stays(month(2018, 9), Policy::Keep); // 3/9/2018 is off
}

#[test]
fn a_moved_meeting_may_leave_its_month() {
    let rule: Rule = "day 31".parse().unwrap();
    let scheduled = date_in(month(2018, 12), &rule, Policy::Next, &shipped());
    assert_eq!((scheduled.nominal, scheduled.date), (day(2018, 12, 31), day(2019, 1, 2)));
}

#[rstest]
#[case("ngày 3 hằng tháng", "day 3")]
#[case("Ngay 3 hang thang", "day 3")]
#[case("ngày mùng 5", "day 5")]
#[case("mồng ba", "day 3")]
#[case("vào ngày 25 mỗi tháng", "day 25")]
#[case("ngày cuối tháng", "day 31")]
#[case("ngày cuối", "day 31")]
#[case("ngày đầu tiên của mỗi tháng", "day 1")]
#[case("the last day", "day 31")]
#[case("ngày cuối cùng của tháng", "day 31")]
#[case("thứ Hai đầu tiên", "weekday 1 mon")]
#[case("thứ 2 đầu tháng", "weekday 1 mon")]
#[case("thứ sáu cuối cùng", "weekday last fri")]
#[case("ngày thứ tư thứ ba trong tháng", "weekday 3 wed")]
#[case("chủ nhật thứ hai", "weekday 2 sun")]
#[case("CN cuoi", "weekday last sun")]
#[case("thứ bảy tuần thứ 2", "weekday 2 sat")]
#[case("thứ năm tuần cuối", "weekday last thu")]
#[case("ngày làm việc đầu tiên", "first working day")]
#[case("ngay lam viec cuoi cung", "last working day")]
#[case("ngày làm việc đầu tháng", "first working day")]
#[case("first Monday of the month", "weekday 1 mon")]
#[case("Last Friday", "weekday last fri")]
#[case("the 3rd of every month", "day 3")]
#[case("Last working day", "last working day")]
fn people_type_a_rule(#[case] typed: &str, #[case] rule: &str) {
    let expected: Rule = rule.parse().unwrap();
    assert_eq!(Rule::from_words(typed), Ok(expected.clone()));
    assert_eq!(Rule::parse(typed, month(2026, 12)), Ok(expected));
}

#[rstest]
#[case("")]
#[case("thứ hai hằng tháng")]
#[case("ngày làm việc thứ 3")]
#[case("ngày đẹp trời")]
#[case("thứ tám đầu tiên")]
#[case("thứ hai thứ bảy")]
#[case("phòng 3")]
#[case("weekday 6 mon")]
#[case("weekday 1 monkey")]
fn what_is_no_rule_is_not_guessed(#[case] typed: &str) {
    assert_eq!(typed.parse::<Rule>(), Err(RuleError::Unknown(typed.into())));
}

#[test]
fn a_rule_that_some_months_cannot_keep_is_refused() {
    let fifth = Err(RuleError::FifthWeekday(Weekday::Fri));
    assert_eq!("weekday 5 fri".parse::<Rule>(), fifth);
    assert_eq!(Rule::from_words("thứ sáu thứ năm"), fifth);
    assert_eq!("day 0".parse::<Rule>(), Err(RuleError::DayOutOfRange(0)));
    assert_eq!(Rule::from_words("ngày 32"), Err(RuleError::DayOutOfRange(32)));
    assert_eq!("day 99999999999".parse::<Rule>(), Err(RuleError::DayOutOfRange(u32::MAX)));
}

#[rstest]
#[case("0 0 14 29 * *", 2027, 2, 0)]
#[case("0 0 14 1,15 * *", 2026, 12, 2)]
#[case("0 0 14 * * Mon", 2026, 12, 4)]
#[case("0 0 14 3 1-11 *", 2026, 12, 0)]
#[case("0 0 14 25-31 * Fri", 2027, 9, 0)] // its last Friday is the 24th
fn cron_must_give_one_date_in_every_month(
    #[case] expression: &str,
    #[case] y: i32,
    #[case] m: u32,
    #[case] dates: u32,
) {
    let misfit = RuleError::CronNotOnce { month: month(y, m), dates };
    assert_eq!(cron(expression), Err(misfit.clone()));
    assert_eq!(Rule::parse(&format!("cron {expression}"), month(2026, 12)), Err(misfit));
}

#[test]
fn cron_is_checked_beyond_the_next_two_years() {
    // From March 2030 on the last Friday is the 25th or later for thirty months in a row.
    let misfit = CronRule::new("0 0 14 25-31 * Fri", month(2030, 3));
    assert_eq!(misfit, Err(RuleError::CronNotOnce { month: month(2032, 9), dates: 0 }));
}

#[test]
fn cron_that_is_ambiguous_or_unreadable_is_refused() {
    assert_eq!(cron("0 14 1-7 * Mon"), Err(RuleError::CronFields(5)));
    assert_eq!(cron(""), Err(RuleError::CronFields(0)));
    assert_eq!(cron("0 0 14 1-7 * 1"), Err(RuleError::CronNumberedWeekday("1".into())));
    assert_eq!(cron("0 0 14 3 * * 2026-2030"), Err(RuleError::CronEnds));
    assert!(matches!(cron("0 0 14 32 * Mon"), Err(RuleError::CronSyntax(_))));
    assert!(matches!(cron("0 0 14 1-7 * Thứ2x"), Err(RuleError::CronNumberedWeekday(_))));
    assert!(matches!(cron("0 0 14 1-7 * Moon"), Err(RuleError::CronSyntax(_))));
}

#[test]
fn blanks_in_a_cron_expression_do_not_matter() {
    let rule: Rule = " cron  0 0 14  1-7 * Mon ".parse().unwrap();
    assert_eq!(rule.to_string(), "cron 0 0 14 1-7 * Mon");
    let Rule::Cron(cron) = rule else { panic!("{rule:?}") };
    assert_eq!(cron.expression(), "0 0 14 1-7 * Mon");
}

#[test]
fn a_policy_survives_being_written() {
    for policy in Policy::ALL {
        assert_eq!(policy.to_string().parse(), Ok(policy));
    }
    assert_eq!("skip".parse::<Policy>(), Err(PolicyError("skip".into())));
}

fn weekdays() -> impl Strategy<Value = Weekday> {
    (0u8..7).prop_map(|n| Weekday::try_from(n).unwrap())
}

fn any_rule() -> impl Strategy<Value = Rule> {
    prop_oneof![
        (1u32..=31).prop_map(|day| Rule::DayOfMonth(MonthDay::new(day).unwrap())),
        (prop::sample::select(Nth::ALL.as_slice()), weekdays())
            .prop_map(|(nth, weekday)| Rule::NthWeekday { nth, weekday }),
        weekdays().prop_map(Rule::LastWeekday),
        Just(Rule::FirstWorkingDay),
        Just(Rule::LastWorkingDay),
        ((1u32..=22), weekdays()).prop_map(|(first, weekday)| {
            let week = format!("0 0 14 {first}-{} * {weekday}", first + 6);
            Rule::Cron(cron(&week).unwrap())
        }),
    ]
}

fn any_month() -> impl Strategy<Value = Month> {
    (2017i32..2032, 1u32..=12).prop_map(|(y, m)| month(y, m))
}

proptest! {
    #[test]
    fn a_rule_survives_being_written(rule in any_rule()) {
        prop_assert_eq!(rule.to_string().parse::<Rule>(), Ok(rule));
    }

    #[test]
    fn no_text_is_too_odd_to_be_answered(text in ".{0,40}") {
        let month = month(2026, 12);
        for typed in [text.clone(), format!("cron {text}"), format!("thứ {text} đầu tiên")] {
            if let Ok(rule) = Rule::parse(&typed, month) {
                prop_assert_eq!(rule.to_string().parse::<Rule>(), Ok(rule));
            }
        }
    }

    #[test]
    fn every_month_has_one_date_of_the_rule(rule in any_rule(), month in any_month()) {
        let calendar = shipped();
        let date = rule.nominal(month, &calendar);
        prop_assert_eq!(Month::of(date), month);
        match &rule {
            Rule::DayOfMonth(day) => prop_assert_eq!(date.day(), day.get().min(month.length())),
            Rule::NthWeekday { nth, weekday } => {
                prop_assert_eq!(date.weekday(), *weekday);
                prop_assert_eq!(date.day0() / 7 + 1, nth.number());
            }
            Rule::LastWeekday(weekday) => {
                prop_assert_eq!(date.weekday(), *weekday);
                prop_assert!(date.day() + 7 > month.length());
            }
            Rule::FirstWorkingDay => prop_assert!(
                month.days().take_while(|day| *day < date).all(|day| !calendar.is_working_day(day))
            ),
            Rule::LastWorkingDay => prop_assert!(
                month.days().filter(|day| *day > date).all(|day| !calendar.is_working_day(day))
            ),
            Rule::Cron(cron) => {
                // The cron crate itself agrees about the month's only date.
                let schedule = Schedule::from_str(cron.expression()).unwrap();
                let midnight = month.first_day().and_time(chrono::NaiveTime::MIN).and_utc();
                let dates: Vec<_> = schedule.after(&midnight)
                    .map(|at| at.date_naive())
                    .take_while(|at| Month::of(*at) == month)
                    .collect();
                prop_assert_eq!(dates, vec![date]);
            }
        }
    }

    #[test]
    fn a_moved_meeting_is_on_the_nearest_working_day(
        rule in any_rule(),
        month in any_month(),
        policy in prop::sample::select(vec![Policy::Next, Policy::Previous]),
    ) {
        let calendar = shipped();
        let Scheduled { nominal, date, moved } = date_in(month, &rule, policy, &calendar);
        prop_assert!(calendar.is_working_day(date));
        prop_assert_eq!(moved, calendar.day_off(nominal));
        let passed = calendar.days_off_between(nominal.min(date), nominal.max(date)).len() as i64;
        prop_assert_eq!(passed, ((date - nominal).num_days().abs() - 1).max(0));
        prop_assert_eq!(date >= nominal, policy == Policy::Next || date == nominal);
    }
}
