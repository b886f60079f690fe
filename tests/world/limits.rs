//! The limits of a candidate's case: told when they have passed unmet, moved by a list of holidays,
//! and honest about a year that has none.

use std::sync::Arc;

use diudat::domain::calendar::{Calendar, HolidayList};
use rstest_reuse::apply;

use crate::support::{Engine, both_engines};
use crate::world::World;

const SECRETARY: &str = "NS-010";
const OFFICE: &str = "NS-027";
const HOLIDAYS: &str = include_str!("../../config/holidays.toml");

impl World {
    /// Another list of holidays counts from the next start on.
    fn lists(&mut self, holidays: &str) {
        let list = config::File::from_str(holidays, config::FileFormat::Toml);
        let list = config::Config::builder().add_source(list).build().unwrap();
        let list: HolidayList = list.try_deserialize().unwrap();
        let mut practice = (*self.practice).clone();
        practice.calendar = Calendar::new(list).unwrap();
        self.practice = Arc::new(practice);
    }

    /// What somebody was told of QC-009's recognition, with the time of it.
    fn told_of_recognition(&self, who: &str) -> Vec<String> {
        let seen = self.sent_to(who).into_iter();
        seen.flat_map(|seen| {
            let at = self.practice.local(seen.at).format("%d/%m %H:%M").to_string();
            let whole = seen.whole();
            let lines: Vec<String> = whole
                .lines()
                .filter(|line| line.contains("QC-009") && line.contains("xét công nhận"))
                .filter(|line| line.contains("(còn ") || line.contains("(đã quá "))
                .map(|line| format!("{at} {line}"))
                .collect();
            lines
        })
        .collect()
    }
}

async fn at(engine: Engine, time: &str) -> World {
    let w = World::peopled(engine, time).await;
    w.everyone_reads();
    w
}

/// The probation of QC-009 ends on 18/05/2019, the branch has 30 working days from then.
#[apply(both_engines)]
#[tokio::test]
async fn a_limit_that_has_passed_climbs_to_the_committee(engine: Engine) {
    let mut w = at(engine, "2019-06-25 09:00").await;
    w.advance_to("2019-06-29 09:00").await;
    let told = w.told_of_recognition(SECRETARY);
    let [first] = &told[..] else { panic!("{told:?}") };
    assert!(first.starts_with("29/06 08:00") && first.contains("28/06/2019 (đã quá 1 ngày)"));
    w.as_(SECRETARY).reads(&["đã quá mà chưa được thực hiện", "[QC-009]"]);
    assert!(w.told_of_recognition(OFFICE).is_empty());

    w.restart().await;
    w.advance_to("2019-07-06 09:00").await;
    let told = w.told_of_recognition(SECRETARY);
    assert!(told[1].starts_with("05/07 08:00") && told[1].contains("(đã quá 7 ngày)"), "{told:?}");
    let above = w.told_of_recognition(OFFICE);
    let [climbed] = &above[..] else { panic!("{above:?}") };
    assert!(climbed.starts_with("05/07 08:00") && climbed.contains("(đã quá 7 ngày)"));

    w.everyone_reads();
    w.as_(SECRETARY).says("/viec").await.reads(&["QC-009", "28/06/2019, đã quá 8 ngày"]);

    // The duty is done, late as it is: nobody is told any more.
    w.papers_of("qc-009", &crate::road::FOR_THE_RECOGNITION).await;
    w.walks_of("qc-009", SECRETARY, "Chi bộ xét công nhận chính thức", &["07-NQ/CB", "4/4"]).await;
    w.advance_to("2019-07-29 09:00").await;
    assert_eq!(w.told_of_recognition(SECRETARY).len(), 2);
    assert_eq!(w.told_of_recognition(OFFICE).len(), 1);
    w.everyone_reads();
    w.finish().await;
}

/// A day off that is declared late moves the limit by a day.
#[apply(both_engines)]
#[tokio::test]
async fn a_limit_follows_the_list_of_holidays(engine: Engine) {
    let mut w = at(engine, "2019-05-25 09:00").await;
    w.advance_to("2019-05-30 09:00").await;
    let told = w.told_of_recognition(SECRETARY);
    let [first] = &told[..] else { panic!("{told:?}") };
    assert!(first.starts_with("29/05 08:00") && first.contains("28/06/2019 (còn 30 ngày)"));

    let national = r#"    { date = "2019-09-02", name = "Quốc khánh", kind = "holiday" },"#;
    let declared = r#"    { date = "2019-06-03", name = "Nghỉ đột xuất", kind = "holiday" },"#;
    w.lists(&HOLIDAYS.replacen(national, &format!("{declared}\n{national}"), 1));
    w.down_until("2019-06-10 09:00").await;
    w.everyone_reads();
    w.as_(SECRETARY).says("/hoso qc-009").await.reads(&["01/07/2019 (còn 21 ngày)"]);
    w.advance_to("2019-06-30 09:00").await;
    let told = w.told_of_recognition(SECRETARY);
    let moved = "16/06 08:00";
    assert_eq!(told.iter().filter(|line| line.starts_with("13/06")).count(), 0, "{told:?}");
    let line = told.iter().find(|line| line.starts_with(moved)).expect("an alert");
    assert!(line.contains("01/07/2019 (còn 15 ngày); trước đây báo là ngày 28/06/2019"), "{line}");
    // Told once; the next alert speaks of the new day alone.
    let last = told.last().expect("an alert");
    assert!(last.starts_with("24/06") && last.contains("(còn 7 ngày)"), "{last}");
    assert!(!last.contains("trước đây"), "{last}");
    w.everyone_reads();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn a_year_without_a_list_is_said(engine: Engine) {
    let mut w = at(engine, "2019-05-25 09:00").await;
    let (before, _) = HOLIDAYS.split_once("[[year]]\nyear = 2019").expect("the list of 2019");
    w.lists(before);
    w.down_until("2019-05-28 09:00").await;
    w.everyone_reads();
    let unlisted = "Chưa có danh sách ngày nghỉ lễ, Tết của năm 2019";
    w.as_(SECRETARY).says("/hoso qc-009").await.reads(&[unlisted]);
    w.advance_to("2019-05-29 09:00").await;
    w.as_(SECRETARY).reads(&["(còn 30 ngày)", unlisted]);
    w.everyone_reads();
    w.finish().await;
}
