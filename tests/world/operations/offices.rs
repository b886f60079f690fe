//! Offices and mentors that pass from one person to another.

use chrono::{Days, NaiveDate};
use diudat::domain::people::OfficeKind;
use diudat::operations::offices::{self, Change, Passed};
use diudat::operations::{Refused, Work};
use diudat::store::{people, road};
use diudat::taps::Charge;
use rstest_reuse::apply;

use super::{finish, pair, refusal};
use crate::support::{Engine, both_engines};
use crate::world::World;

/// Of Chi bộ Phòng 1.
const SECRETARY: &str = "NS-010";
const DEPUTY: &str = "NS-011";
/// Guides QC-014, with another.
const MENTOR: &str = "NS-013";
/// Leads Phòng 7.
const ANOTHER: &str = "NS-049";

fn monday() -> NaiveDate {
    NaiveDate::from_ymd_opt(2018, 12, 3).unwrap()
}

/// An office of Phòng 1 passes to somebody of this code.
async fn passes(
    work: &mut Work<'_>,
    kind: OfficeKind,
    (from, to): (&str, &str),
    (paper, since): (&str, NaiveDate),
) -> Result<Passed, Refused> {
    let unit = work.units.by_code("CB-02").unwrap().id;
    let holder = people::by_code(work.tx, from).await?;
    let charge = Charge::Office { unit, kind, holder };
    let who = people::by_code(work.tx, to).await?;
    offices::hand_over(work, &Change { charge, who, paper: paper.into(), since }).await
}

/// The deputy's office passes to NS-012 today.
async fn deputys(work: &mut Work<'_>) -> Result<Passed, Refused> {
    passes(work, OfficeKind::Deputy, (DEPUTY, "NS-012"), ("41-QĐ/ĐU", monday())).await
}

/// Somebody guides QC-014 no more.
async fn released(work: &mut Work<'_>) -> Result<Passed, Refused> {
    let case = road::by_code(work.tx, "QC-014").await?.unwrap().id;
    let mentor = people::by_code(work.tx, MENTOR).await?.unwrap();
    let (charge, who) = (Charge::Release { case, mentor }, None);
    let change = Change { charge, who, paper: "06-NQ/CB".into(), since: monday() };
    offices::hand_over(work, &change).await
}

impl World {
    async fn tenures(&self) -> [i64; 4] {
        [
            self.count("SELECT COUNT(*) FROM office").await,
            self.count("SELECT COUNT(*) FROM office WHERE to_on IS NULL").await,
            self.count("SELECT COUNT(*) FROM mentorship").await,
            self.count("SELECT COUNT(*) FROM mentorship WHERE to_on IS NULL").await,
        ]
    }
}

#[apply(both_engines)]
#[tokio::test]
async fn an_office_passes_alike_in_a_chat_on_a_page_and_at_the_command_line(engine: Engine) {
    let mut chat = World::peopled(engine, "2018-12-03 09:00").await;
    let mut page = World::peopled(engine, "2018-12-03 09:00").await;
    let mut line = World::peopled(engine, "2018-12-03 09:00").await;
    for w in [&chat, &page, &line] {
        w.everyone_reads();
    }
    let before = page.tenures().await;
    for who in [ANOTHER, "NS-012"] {
        let tried = page.on_the_page(who, deputys).await;
        assert_eq!(refusal(tried), Some("handover-no-office".to_owned()));
    }
    use OfficeKind::{Deputy, Office, Secretary};
    let today = monday();
    for (kind, between, paper, since, why) in [
        (Office, (DEPUTY, "NS-012"), "41-QĐ/ĐU", today, "handover-no-office"),
        (Deputy, (MENTOR, "NS-012"), "41-QĐ/ĐU", today, "handover-changed"),
        (Deputy, (DEPUTY, ANOTHER), "41-QĐ/ĐU", today, "handover-changed"),
        (Deputy, (DEPUTY, "nobody"), "41-QĐ/ĐU", today, "handover-changed"),
        (Deputy, (DEPUTY, "NS-012"), "quyết định", today, "handover-paper-unclear"),
        (Deputy, (DEPUTY, "NS-012"), "41-QĐ/ĐU", today + Days::new(90), "handover-since-range"),
    ] {
        let tried = page
            .on_the_page(SECRETARY, async |work| passes(work, kind, between, (paper, since)).await)
            .await;
        assert_eq!(refusal(tried), Some(why.to_owned()));
    }
    assert_eq!(page.tenures().await, before, "a refusal writes nothing");

    chat.as_(SECRETARY).says("/bangiao").await.reads(&["[Phó bí thư: Nguyễn Thị Thanh Mai]"]);
    chat.as_(SECRETARY).taps("Phó bí thư: Nguyễn Thị Thanh Mai").await.reads(&["tiếp nhận"]);
    chat.as_(SECRETARY).says("NS-012").await.reads(&["quyết định nào"]);
    chat.as_(SECRETARY).says("41-QĐ/ĐU").await.reads(&["Kể từ"]);
    chat.as_(SECRETARY).taps("Hôm nay").await.reads(&["[Xác nhận]"]);
    chat.as_(SECRETARY).taps("Xác nhận").await.reads(&["giữ nhiệm vụ Phó bí thư"]);
    assert_eq!(refusal(page.on_the_page(SECRETARY, deputys).await), None);
    assert_eq!(refusal(line.at_the_command_line(deputys).await), None);
    for other in [&mut page, &mut line] {
        assert_eq!(chat.tenures().await, other.tenures().await);
        assert_eq!(chat.audited("office.handover").await, other.audited("office.handover").await);
    }
    for (who, piece) in [("NS-012", "[Việc cần làm]"), (DEPUTY, "thôi giữ nhiệm vụ")] {
        let told = chat.as_(who).reads(&[piece]);
        assert_eq!(page.as_(who).reads(&[]), told);
        assert_eq!(line.as_(who).reads(&[]), told);
    }
    // Whoever has become deputy today becomes secretary tomorrow at the earliest: nobody is both.
    let after = page.tenures().await;
    let tried = page
        .on_the_page(SECRETARY, async |work| {
            passes(work, Secretary, (SECRETARY, "NS-012"), ("42-QĐ/ĐU", today)).await
        })
        .await;
    assert_eq!(refusal(tried), Some("handover-ends-before".to_owned()));
    let again = page.on_the_page(SECRETARY, deputys).await;
    assert_eq!(refusal(again), Some("handover-changed".to_owned()));
    assert_eq!(page.tenures().await, after);
    for w in [chat, page, line] {
        w.everyone_reads();
        w.finish().await;
    }
}

#[apply(both_engines)]
#[tokio::test]
async fn a_mentor_is_released_alike_in_a_chat_and_on_a_page(engine: Engine) {
    let (mut chat, mut page) = pair(engine, "2018-12-03 09:00").await;
    for who in [ANOTHER, MENTOR, "NS-027"] {
        let tried = page.on_the_page(who, released).await;
        assert_eq!(refusal(tried), Some("handover-not-leader".to_owned()));
    }
    chat.as_(SECRETARY).says("/phancong qc-014").await.reads(&["[Thôi giúp đỡ: Đỗ Thị Kim Oanh]"]);
    chat.as_(SECRETARY).taps("Thôi giúp đỡ: Đỗ Thị Kim Oanh").await.reads(&["nghị quyết"]);
    chat.as_(SECRETARY).says("06-NQ/CB").await.reads(&["Kể từ ngày nào"]);
    chat.as_(SECRETARY).taps("Hôm nay").await.reads(&["[Xác nhận]"]);
    chat.as_(SECRETARY).taps("Xác nhận").await.reads(&["Đã ghi nhận việc thôi theo dõi"]);
    assert_eq!(refusal(page.on_the_page(SECRETARY, released).await), None);
    assert_eq!(chat.tenures().await, page.tenures().await);
    assert_eq!(chat.audited("mentor.change").await, page.audited("mentor.change").await);
    let told = chat.as_(MENTOR).reads(&["thôi theo dõi"]);
    assert_eq!(page.as_(MENTOR).reads(&[]), told);
    let again = page.on_the_page(SECRETARY, released).await;
    assert_eq!(refusal(again), Some("handover-changed".to_owned()));
    finish(chat, page).await;
}
