//! Who did what, as the committee reads it; and that reading is written down as well.

use diudat::domain::minutes::PaperKind;
use diudat::store::accounts;
use rstest_reuse::apply;

use crate::support::{Engine, both_engines};
use crate::world::{TYPING, World};

const LINE: &str = "qc-014 tốt khá tốt tốt tốt, tiếp tục";
/// The same but for one rating.
const OTHER_LINE: &str = "qc-014 tốt tốt tốt tốt tốt, tiếp tục";
const OFFICE: &str = "NS-027";

async fn on_monday(engine: Engine) -> World {
    let w = World::peopled(engine, "2018-12-03 09:00").await;
    w.everyone_reads();
    w
}

impl World {
    async fn mentor_sends(&mut self, line: &str) {
        self.as_("NS-013").says(line).await;
        self.as_("NS-013").taps("Gửi báo cáo").await;
        self.everyone_reads();
    }
}

#[apply(both_engines)]
#[tokio::test]
async fn the_committee_reads_who_did_what_when_where_before_and_after(engine: Engine) {
    let mut w = on_monday(engine).await;
    w.mentor_sends(LINE).await;
    w.mentor_sends("qc-014 tốt tốt tốt tốt tốt, đưa vào nguồn").await;
    w.as_("NS-010").taps("Duyệt").await;
    w.everyone_reads();

    let page = w.as_(OFFICE).says("nhat ky QC-014").await.reads(&[
        "Nhật ký – Đảng bộ",
        "Chỉ xem việc của hoặc về: QC-014, T.V.B.",
        "thứ Hai, 09:00 ngày 03/12/2018",
        "(NS-010) – duyệt báo cáo (qua tapping): QC-014, T.V.B.",
        "tình trạng: đã gửi → đã duyệt",
        "Đỗ Thị Kim Oanh (NS-013) – gửi báo cáo",
        "kỳ sinh hoạt chi bộ tháng 12/2018",
        "kiến nghị: Tiếp tục theo dõi → Đưa vào nguồn",
        "[Lọc theo loại việc]",
    ]);
    let (accepted, sent) = (page.find("duyệt báo cáo"), page.find("gửi báo cáo"));
    assert!(accepted < sent, "newest first: {page}");
    assert!(!page.contains("[Cũ hơn]"), "{page}");
    // Nothing that was written freely, and nothing but what was asked for.
    assert_eq!(page.matches('•').count(), 3, "{page}");

    // Any time, any unit, with or without accents; and what is none of these is said.
    w.as_(OFFICE).says("/nhatky phòng 1 hôm nay").await.reads(&["Phòng 1", "gửi báo cáo"]);
    w.as_(OFFICE).says("NHAT KY PHONG 2 thang 12").await.reads(&["Phòng 2", "Không có việc nào"]);
    w.as_(OFFICE).says("/nhatky ns 13 3/12").await.reads(&["NS-013", "ngày 03/12/2018", "gửi"]);
    w.as_(OFFICE).says("/nhatky hôm qua").await.reads(&["ngày 02/12/2018", "Không có việc nào"]);
    w.as_(OFFICE).says("/nhatky qc-999").await.reads(&["Không có ai mang mã QC-999"]);
    // Whom nothing concerns in that branch is somebody all the same.
    let none = &["Nhật ký – Chi bộ Phòng 7", "Không có việc nào"];
    w.as_(OFFICE).says("/nhatky qc-014 phòng 7").await.reads(none);
    w.as_(OFFICE).says("/nhatky qc-999 phòng 7").await.reads(&["Không có ai mang mã QC-999"]);
    w.as_(OFFICE).says("/nhatky hoa hồng").await.reads(&["chưa hiểu “hoa hồng”", "/nhatky QC-014"]);
    w.as_(OFFICE)
        .says("/nhatky phòng")
        .await
        .reads(&["Có nhiều đơn vị", "[Nhật ký Chi bộ Phòng 1]"]);
    w.as_(OFFICE).taps("Nhật ký Chi bộ Phòng 1").await.reads(&["Nhật ký – Chi bộ Phòng 1"]);

    // One kind of deed, and that the audit was read.
    w.as_(OFFICE).taps("Lọc theo loại việc").await.reads(&["loại việc nào", "[Báo cáo]"]);
    let kind = w.as_(OFFICE).taps("Báo cáo").await.reads(&["loại việc: Báo cáo", "gửi báo cáo"]);
    assert!(!kind.contains("xem nhật ký"), "{kind}");
    w.as_(OFFICE).taps("Lọc theo loại việc").await.reads(&["[Xem thông tin]"]);
    w.as_(OFFICE).taps("Xem thông tin").await.reads(&["(NS-027) – xem nhật ký"]);
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn who_leads_a_branch_is_refused_with_the_reason(engine: Engine) {
    let mut w = on_monday(engine).await;
    let why = "Chỉ cấp ủy viên và Văn phòng Đảng ủy được xem nhật ký";
    w.as_("NS-010").says("/nhatky").await.reads(&[why]);
    w.as_("NS-013").says("nhật ký qc-014").await.reads(&[why]);
    assert!(w.audited("read.audit").await.is_empty());
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn older_deeds_are_a_tap_away_also_where_nothing_can_be_tapped(engine: Engine) {
    let mut w = on_monday(engine).await;
    for line in [LINE, OTHER_LINE].into_iter().cycle().take(10) {
        w.clock.advance(chrono::TimeDelta::minutes(1));
        w.mentor_sends(line).await;
    }
    let first = w.as_(OFFICE).says("/nhatky qc-014").await.reads(&["09:10", "09:03", "[Cũ hơn]"]);
    assert!(!first.contains("09:02") && !first.contains("[Mới hơn]"), "{first}");
    // What happens meanwhile moves nothing on the page before.
    w.mentor_sends(LINE).await;
    let older = w.as_(OFFICE).taps("Cũ hơn").await.reads(&["09:02", "09:01", "[Mới hơn]"]);
    assert!(!older.contains("09:03") && !older.contains("[Cũ hơn]"), "{older}");
    w.as_(OFFICE).taps("Mới hơn").await.reads(&["09:10", "09:03"]);

    w.join(TYPING, OFFICE).await;
    w.typing_as(OFFICE).says("nhat ky qc 14").await.reads(&["09:10"]);
    w.typing_as(OFFICE).reads(&["1. Cũ hơn"]);
    w.typing_as(OFFICE).says("1").await.reads(&["09:02"]);
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn each_thing_that_changes_is_told_as_it_was_and_as_it_is(engine: Engine) {
    let mut w = on_monday(engine).await;
    // Another mentor.
    w.as_("NS-010").says("/phancong qc-014").await;
    w.as_("NS-010").taps("Thay đồng chí Đỗ Thị Kim Oanh").await;
    w.as_("NS-010").says("Nguyễn Thị Thanh Mai").await;
    w.as_("NS-010").says("06-NQ/CB ngày 03/12/2018").await;
    w.as_("NS-010").taps("Hôm nay").await;
    w.as_("NS-010").taps("Xác nhận").await;
    // Another time.
    w.as_("NS-010").says("/lichhop ngày 10 hằng tháng 8h30").await;
    for _ in 0..3 {
        let asked = w.sent_to("NS-010").last().unwrap().whole();
        let next = ["[Giữ nguyên]", "[Chuyển sang ngày làm việc sau]", "[Xác nhận]"];
        let next = next.into_iter().find(|label| asked.contains(label));
        let Some(next) = next else { panic!("{asked}") };
        w.as_("NS-010").taps(next.trim_matches(['[', ']'])).await;
    }
    // A paper is there; quiet hours are others.
    w.as_("NS-010").says("/hoso qc-014").await;
    w.as_("NS-011").says("/caidat").await;
    w.as_("NS-011").taps("Đổi giờ yên tĩnh").await;
    w.as_("NS-011").says("21h-6h").await;
    w.everyone_reads();
    let page = w.as_(OFFICE).says("/nhatky phòng 1").await.reads(&[
        "thay đổi người theo dõi, giúp đỡ (qua tapping): QC-014, T.V.B.",
        "người giúp đỡ: Đỗ Thị Kim Oanh (NS-013) → Nguyễn Thị Thanh Mai (NS-011)",
        "kể từ ngày: 03/12/2018",
        "đặt lịch sinh hoạt (qua tapping): Chi bộ Phòng 1",
        "ngày họp: ngày 5 hằng tháng → ngày 10 hằng tháng; giờ họp: 14:00 → 08:30",
        "chọn giờ yên tĩnh",
        "giờ yên tĩnh: theo giờ chung → 21:00-06:00",
        "(NS-010) – xem hồ sơ (qua tapping): QC-014, T.V.B.",
    ]);
    assert!(!page.contains("06-NQ/CB"), "nothing that was typed freely: {page}");
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn who_reads_personal_details_is_written_down_once_a_day(engine: Engine) {
    let mut w = on_monday(engine).await;
    w.mentor_sends(LINE).await;
    for _ in 0..3 {
        w.as_("NS-010").says("/hoso qc-014").await;
    }
    w.as_(OFFICE).says("/hoso qc-014").await;
    w.as_("NS-016").says("/hoso qc-014").await.reads(&["QC-014"]);
    assert_eq!(
        w.audited("read.dossier").await,
        ["QC-014", "QC-014"],
        "who was refused read nothing"
    );
    w.as_("NS-010").says("/viec").await;
    w.as_("NS-010").taps("Xem QC-014").await;
    w.as_("NS-010").taps("Các báo cáo trước").await;
    assert_eq!(w.audited("read.report").await, ["QC-014"]);
    w.advance_to("2018-12-04 09:00").await;
    w.as_("NS-010").says("/hoso qc-014").await;
    assert_eq!(w.audited("read.dossier").await.len(), 3, "another day, another row");

    // Who is looked at to be introduced.
    w.has_somebody_new().await;
    w.as_("NS-010").says("/gioithieu").await;
    let new = w.sent_to("NS-010").last().unwrap().whole();
    let (_, label) = new.split_once("NS-").expect("somebody to introduce");
    let code = format!("NS-{}", &label[..3]);
    w.as_("NS-010").says(&code).await;
    assert_eq!(w.audited("read.person").await, [code]);
    w.everyone_reads();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn who_fetches_the_papers_of_a_meeting_is_written_down(engine: Engine) {
    let w = crate::papers::held(engine).await;
    let meeting = w.meeting("CB-02", "2018-12").await;
    let mut tx = w.db.begin().await.unwrap();
    for code in ["NS-010", "NS-016"] {
        let person = diudat::store::people::by_code(&mut tx, code).await.unwrap().unwrap();
        accounts::bind(&mut tx, "web", code, person, code, w.clock.now()).await.unwrap();
    }
    tx.commit().await.unwrap();
    assert!(w.fetched("NS-016", meeting, PaperKind::Minutes).await.is_none());
    assert!(w.audited("read.paper").await.is_empty());
    for _ in 0..2 {
        assert!(w.fetched("NS-010", meeting, PaperKind::Minutes).await.is_some());
    }
    assert_eq!(w.audited("read.paper").await, ["CB-02"]);
    let mut w = w;
    w.everyone_reads();
    let newest = w.as_(OFFICE).says("/nhatky ns-010").await.reads(&["tải văn bản kỳ họp"]);
    let older = w.as_(OFFICE).taps("Cũ hơn").await.reads(&[]);
    let read = newest + &older;
    for told in [
        "tải văn bản kỳ họp (qua trang trò chuyện): Chi bộ Phòng 1",
        "giao việc tại kỳ họp",
        "ghi nội dung đưa ra biểu quyết",
        "ghi kết quả biểu quyết",
        "tán thành: 3",
        "điểm danh",
        "tình trạng: theo lịch → đã kết thúc",
    ] {
        assert!(read.contains(told), "{told} in {read}");
    }
    w.finish().await;
}
