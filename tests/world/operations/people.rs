//! People who are introduced, and who arrive with a file.

use chrono::NaiveDate;
use diudat::domain::ids::PersonId;
use diudat::domain::road::{Arrival, ArrivesAs, Ask};
use diudat::operations::people::{self, Added, Whom};
use diudat::operations::{Refused, Work};
use diudat::store::road::Case;
use rstest_reuse::apply;

use super::{finish, refusal};
use crate::support::{Engine, both_engines};
use crate::world::{TAPPING, World};

/// The union's contact of the whole organisation.
const UNION: &str = "NS-021";
/// Of Chi bộ Phòng 1.
const SECRETARY: &str = "NS-010";
const OFFICE: &str = "NS-027";

/// What newcomers leave beside the audit.
const ROWS: [&str; 5] = [
    "SELECT COUNT(*) FROM person",
    "SELECT COUNT(*) FROM placement",
    "SELECT COUNT(*) FROM standing WHERE status = 'non_member'",
    "SELECT COUNT(*) FROM candidate_case",
    "SELECT COUNT(*) FROM case_step",
];

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// A newcomer of Phòng 1 since December.
fn newcomer(work: &Work<'_>) -> Added {
    let unit = work.units.by_code("CB-02").unwrap().id;
    let (born, since) = (day(1990, 9, 2), day(2018, 12, 1));
    Added { name: "hoàng văn dũng".into(), born, unit, since }
}

/// Their file: on a source list since a day, received on the tenth.
fn file(sourced: NaiveDate) -> Arrival {
    let mut file = Arrival::new(ArrivesAs::Source);
    for (on, number) in [(sourced, "03-NQ/CB"), (day(2018, 12, 10), "45-CV/ĐU")] {
        assert!(matches!(file.asks(), Some((_, Ask::On))));
        file.tell_day(Some(on));
        file.tell_number(number.into());
    }
    file
}

async fn comes(work: &mut Work<'_>, sourced: NaiveDate) -> Result<Case, Refused> {
    let who = newcomer(work);
    people::take_in(work, who, &file(sourced)).await
}

#[apply(both_engines)]
#[tokio::test]
async fn somebody_is_introduced_alike_in_a_chat_and_on_a_page(engine: Engine) {
    let mut chat = World::peopled(engine, "2018-12-10 09:00").await;
    let mut page = World::peopled(engine, "2018-12-10 09:00").await;
    for w in [&chat, &page] {
        w.has_somebody_new().await;
        w.everyone_reads();
    }
    let introduces = async |work: &mut Work<'_>| {
        people::introduce(work, Whom::Listed(PersonId(61)), day(2018, 12, 7)).await
    };
    let before = page.counts(&ROWS).await;
    for (who, why) in [("NS-003", "introduce-not-allowed"), ("NS-049", "introduce-gone")] {
        assert_eq!(refusal(page.on_the_page(who, introduces).await), Some(why.to_owned()));
    }
    let tried = page.at_the_command_line(introduces).await;
    assert_eq!(refusal(tried), Some("deed-needs-a-person".to_owned()));
    for (who, on, why) in [
        (newcomer as fn(&Work<'_>) -> Added, day(2018, 12, 11), "introduce-not-then"),
        (newcomer, day(2018, 11, 30), "introduce-before-since"),
        (
            |work| Added { name: "Dũng".into(), ..newcomer(work) },
            day(2018, 12, 7),
            "introduce-new-name-wrong",
        ),
        (
            |work| Added { born: day(2010, 1, 1), ..newcomer(work) },
            day(2018, 12, 7),
            "introduce-new-age",
        ),
        (
            |work| Added { since: day(2000, 1, 1), ..newcomer(work) },
            day(2018, 12, 7),
            "introduce-new-since-not",
        ),
        (
            |work| Added {
                name: "Lê Thị Hồng Nhung".into(),
                born: day(1994, 4, 1),
                ..newcomer(work)
            },
            day(2018, 12, 7),
            "introduce-new-listed",
        ),
    ] {
        let tried = page
            .on_the_page(UNION, async |work| {
                let who = who(work);
                people::introduce(work, Whom::New(who), on).await
            })
            .await;
        assert_eq!(refusal(tried), Some(why.to_owned()));
    }
    assert_eq!(page.counts(&ROWS).await, before, "a refusal writes nothing");

    chat.as_(UNION).says("/gioithieu ns-061").await.reads(&["Ngày giới thiệu?"]);
    chat.as_(UNION).says("7/12").await.reads(&["Xem lại"]);
    chat.as_(UNION).taps("Ghi nhận").await.reads(&["QC-023"]);
    let case = page.on_the_page(UNION, introduces).await.unwrap();
    assert_eq!(case.code, "QC-023");
    assert_eq!(chat.counts(&ROWS).await, page.counts(&ROWS).await);
    assert_eq!(chat.audited("case.step").await, page.audited("case.step").await);
    let told = chat.as_(SECRETARY).reads(&["giới thiệu quần chúng ưu tú", "[Xem hồ sơ]"]);
    assert_eq!(page.as_(SECRETARY).reads(&[]), told);
    let again = page.on_the_page(UNION, introduces).await;
    assert_eq!(refusal(again), Some("introduce-gone".to_owned()));
    finish(chat, page).await;
}

#[apply(both_engines)]
#[tokio::test]
async fn somebody_is_taken_in_alike_in_a_chat_and_on_a_page(engine: Engine) {
    let mut chat = World::peopled(engine, "2018-12-10 09:00").await;
    let mut page = World::peopled(engine, "2018-12-10 09:00").await;
    for w in [&mut chat, &mut page] {
        w.names_on(&[TAPPING]).await;
        w.everyone_reads();
    }
    let sourced = day(2018, 6, 1);
    let before = page.counts(&ROWS).await;
    let tried = page.on_the_page(SECRETARY, async |work| comes(work, sourced).await).await;
    assert_eq!(refusal(tried), Some("arrive-not-allowed".to_owned()));
    let tried = page.at_the_command_line(async |work| comes(work, sourced).await).await;
    assert_eq!(refusal(tried), Some("deed-needs-a-person".to_owned()));
    for (sourced, why) in
        [(day(2018, 12, 11), "arrive-day-ahead"), (day(2001, 6, 1), "arrive-day-too-young")]
    {
        let tried = page.on_the_page(OFFICE, async |work| comes(work, sourced).await).await;
        assert_eq!(refusal(tried), Some(why.to_owned()));
    }
    let half = page
        .on_the_page(OFFICE, async |work| {
            let who = newcomer(work);
            people::take_in(work, who, &Arrival::new(ArrivesAs::Source)).await
        })
        .await;
    assert_eq!(refusal(half), Some("arrive-day-wrong".to_owned()));
    assert_eq!(page.counts(&ROWS).await, before, "a refusal writes nothing");

    chat.as_(OFFICE).says("/hoso").await.reads(&["[Tiếp nhận hồ sơ từ nơi khác]"]);
    chat.as_(OFFICE).taps("Tiếp nhận hồ sơ").await.reads(&["Họ và tên"]);
    for answer in ["hoàng văn dũng", "2/9/1990", "phong 1", "1/12/2018"] {
        chat.as_(OFFICE).says(answer).await.reads(&[]);
    }
    chat.as_(OFFICE).taps("Trong nguồn").await.reads(&[]);
    for answer in ["1/6/2018", "03-NQ/CB", "10/12/2018", "45-CV/ĐU"] {
        chat.as_(OFFICE).says(answer).await.reads(&[]);
    }
    chat.as_(OFFICE).taps("Ghi nhận").await.reads(&["Đã tiếp nhận", "về Chi bộ Phòng 1"]);
    let case = page.on_the_page(OFFICE, async |work| comes(work, sourced).await).await.unwrap();
    assert_eq!(case.name.in_full(), "Hoàng Văn Dũng");
    assert_eq!(chat.counts(&ROWS).await, page.counts(&ROWS).await);
    for action in ["person.add", "case.step"] {
        assert_eq!(chat.audited(action).await, page.audited(action).await);
    }
    let told = chat.as_(SECRETARY).reads(&["chuyển đến Chi bộ Phòng 1", "[Xem hồ sơ]"]);
    assert_eq!(page.as_(SECRETARY).reads(&[]), told);
    let again = page.on_the_page(OFFICE, async |work| comes(work, sourced).await).await;
    assert_eq!(refusal(again), Some("arrive-listed".to_owned()));
    finish(chat, page).await;
}
