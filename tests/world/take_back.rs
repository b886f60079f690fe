//! What was recorded by mistake is taken back, by those who may, once; and a file goes from branch to
//! branch with its history.

use rstest_reuse::apply;

use crate::support::{Engine, both_engines};
use crate::world::{TYPING, World};

const SECRETARY: &str = "NS-010";
const DEPUTY: &str = "NS-011";
const OFFICE: &str = "NS-027";
/// Of the branch to which a file goes.
const THERE: &str = "NS-025";

async fn at(engine: Engine, time: &str) -> World {
    let w = World::peopled(engine, time).await;
    w.everyone_reads();
    w
}

#[apply(both_engines)]
#[tokio::test]
async fn a_mistake_is_taken_back_once(engine: Engine) {
    let mut w = at(engine, "2018-12-10 09:00").await;
    // The class is the committee's.
    let page = w.as_(SECRETARY).says("/hoso qc-014").await.reads(&["[Lập hồ sơ]"]);
    assert!(!page.contains("[Ghi nhầm]"), "{page}");
    w.makes_the_dossier().await;
    w.as_(DEPUTY).says("/hoso qc-014").await.reads(&["đang lập hồ sơ", "[Ghi nhầm]"]);
    w.as_(DEPUTY).taps("Ghi nhầm").await.reads(&["Gỡ bước ghi nhầm", "Lê Đức Thuận"]);
    w.as_(SECRETARY).says("/hoso qc-014").await.reads(&["[Ghi nhầm]"]);
    w.restart().await;
    let asked = w.as_(SECRETARY).taps("Ghi nhầm").await.reads(&["10/12/2018: Lập hồ sơ"]);
    assert!(asked.contains("trở lại giai đoạn: được cử học lớp bồi dưỡng nhận thức"), "{asked}");
    w.as_(SECRETARY).taps("Gỡ bước này").await.reads(&[
        "Đã gỡ bước ghi nhầm: Lập hồ sơ ngày 10/12/2018 – QC-014",
        "Giai đoạn hiện nay: được cử học lớp",
        "[Xem hồ sơ]",
    ]);
    w.as_(DEPUTY).taps("Gỡ bước này").await.reads(&["do người ghi nhận bước đó hoặc Đảng ủy gỡ"]);
    let page = w.as_(SECRETARY).says("/hoso qc-014").await.reads(&["[Lập hồ sơ]"]);
    assert!(!page.contains("người giới thiệu"), "{page}");
    assert_eq!(w.audited("case.back").await, ["QC-014"]);
    let kept = "SELECT COUNT(*) FROM case_step WHERE step = 'dossier' AND recorded_by IS NOT NULL";
    assert_eq!(w.count(kept).await, 2, "the step and its reversal are kept");
    w.makes_the_dossier().await;
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn an_introduction_and_its_mentors_are_taken_back_without_buttons(engine: Engine) {
    let mut w = at(engine, "2018-12-10 09:00").await;
    w.has_somebody_new().await;
    w.join(TYPING, SECRETARY).await;
    w.typing_as(SECRETARY).says("/gioithieu ns-061").await.reads(&["Ngày giới thiệu?"]);
    w.typing_as(SECRETARY).says("7/12").await.reads(&["Xem lại"]);
    w.typing_as(SECRETARY).says("1").await.reads(&["Đã ghi nhận giới thiệu QC-023"]);
    w.typing_as(SECRETARY).says("/hoso qc-023").await.reads(&["1. Phân công theo dõi"]);
    w.typing_as(SECRETARY).says("1").await.reads(&["Ngày thực hiện?"]);
    w.typing_as(SECRETARY).says("10/12").await.reads(&["Số, ký hiệu"]);
    w.typing_as(SECRETARY).says("20-NQ/CB").await.reads(&["Ai được phân công"]);
    w.typing_as(SECRETARY).says("ns-012").await.reads(&["Xem lại"]);
    w.typing_as(SECRETARY).says("ghi nhan").await.reads(&["Đã ghi nhận: Phân công"]);
    w.as_("NS-012").reads(&["được phân công theo dõi, giúp đỡ QC-023"]);

    w.typing_as(SECRETARY).says("/hoso qc-023").await.reads(&["Ghi nhầm"]);
    w.typing_as(SECRETARY).says("ghi nham").await.reads(&["1. Gỡ bước này", "giới thiệu"]);
    w.typing_as(SECRETARY).says("1").await.reads(&["Đã gỡ bước ghi nhầm: Phân công"]);
    w.as_("NS-012").reads(&["QC-023", "đã được gỡ", "không được phân công theo bước"]);
    let tasks = w.as_("NS-012").says("/viec").await.reads(&["QC-014"]);
    assert!(!tasks.contains("QC-023"), "{tasks}");

    w.typing_as(SECRETARY).says("/hoso qc-023").await.reads(&["Ghi nhầm"]);
    w.typing_as(SECRETARY).says("ghi nham").await.reads(&["việc giới thiệu coi như chưa có"]);
    w.typing_as(SECRETARY).says("1").await.reads(&["Hồ sơ đã đóng"]);
    w.typing_as(SECRETARY).says("/hoso qc-023").await.reads(&["Không có hồ sơ QC-023"]);
    let pool = w.typing_as(SECRETARY).says("/nguon").await.reads(&["QC-014"]);
    assert!(!pool.contains("QC-023"), "{pool}");
    w.typing_as(SECRETARY).says("/gioithieu ns-061").await.reads(&["Ngày giới thiệu?"]);
    w.typing_as(SECRETARY).says("7/12").await.reads(&["Xem lại"]);
    w.typing_as(SECRETARY).says("1").await.reads(&["Đã ghi nhận giới thiệu QC-023"]);
    w.finish().await;
}

/// A recognition of the demo: what it made of the member, and the figures.
#[apply(both_engines)]
#[tokio::test]
async fn what_a_step_changed_is_put_right(engine: Engine) {
    let mut w = at(engine, "2018-12-10 09:00").await;
    w.as_("NS-049").says("/thongke 2018").await.reads(&["9/12", "lớp đảng viên mới: 1"]);
    for step in ["Công nhận đảng viên chính thức", "Chi bộ xét công nhận", "Học lớp bồi dưỡng"]
    {
        w.as_(OFFICE).says("/hoso qc-007").await.reads(&["[Ghi nhầm]"]);
        w.as_(OFFICE).taps("Ghi nhầm").await.reads(&[step]);
        w.as_(OFFICE).taps("Gỡ bước này").await.reads(&["Giai đoạn hiện nay: "]);
        w.as_("NS-049").reads(&[step, "ghi nhầm và đã được gỡ"]);
    }
    let page = w.as_("NS-049").says("/hoso qc-007").await.reads(&["Giai đoạn: đảng viên dự bị"]);
    assert!(page.contains("Đảng viên theo dõi, giúp đỡ:"), "{page}");
    assert!(page.contains("01/09/2018 (quá"), "the limits run again: {page}");
    let figures = w.as_("NS-049").says("/thongke 2018").await.reads(&["9/12"]);
    assert!(!figures.contains("lớp đảng viên mới: 1"), "{figures}");
    w.everyone_reads();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn a_file_goes_to_another_branch_with_its_history(engine: Engine) {
    let mut w = at(engine, "2018-12-10 09:00").await;
    w.as_(SECRETARY).says("/hoso qc-009").await.reads(&["[Việc khác]"]);
    w.as_(SECRETARY).taps("Việc khác").await.reads(&["[Chuyển sang đơn vị khác]"]);
    w.as_(SECRETARY).taps("Chuyển sang").await.reads(&["Ngày thực hiện?"]);
    w.as_(SECRETARY).says("hôm nay").await.reads(&["Số, ký hiệu"]);
    w.as_(SECRETARY).says("31-CV/CB").await.reads(&["Xem lại"]);
    w.as_(SECRETARY).taps("Ghi nhận").await.reads(&["đã chuyển sang đơn vị khác"]);
    w.as_(OFFICE).reads(&["Bước tiếp theo: Chuyển hồ sơ về chi bộ mới", "[Xem hồ sơ]"]);

    w.as_(OFFICE).taps("Xem hồ sơ").await.reads(&["hạn chuyển sinh hoạt – QĐ 208-QĐ/TW"]);
    w.as_(OFFICE).taps("Chuyển hồ sơ về").await.reads(&["Ngày thực hiện?"]);
    w.as_(OFFICE).taps("thứ Hai").await.reads(&["về chi bộ nào?", "[Chi bộ Văn phòng]"]);
    w.as_(OFFICE).says("phòng").await.reads(&["chưa hiểu"]);
    w.as_(OFFICE).reads(&["về chi bộ nào?"]);
    w.restart().await;
    w.as_(OFFICE).says("van phong").await.reads(&["Số, ký hiệu"]);
    w.as_(OFFICE).says("45-CV/ĐU").await.reads(&["hồ sơ đã nhận tại Chi bộ Văn phòng"]);
    w.as_(OFFICE).taps("Ghi nhận").await.reads(&["Giai đoạn hiện nay: đảng viên dự bị"]);
    w.as_(THERE).reads(&["Chi bộ Văn phòng", "Chuyển hồ sơ về chi bộ mới", "[Xem hồ sơ]"]);
    let page =
        w.as_(THERE).taps("Xem hồ sơ").await.reads(&["Hồ sơ QC-009, V.T.L. – Chi bộ Văn phòng"]);
    assert!(
        page.contains("18/05/2018: Lễ kết nạp") && page.contains("Chưa có đảng viên"),
        "{page}"
    );
    assert!(page.contains("18/05/2019"), "the limits run on: {page}");
    w.as_(SECRETARY).says("/hoso qc-009").await.reads(&["Không có hồ sơ QC-009"]);
    w.as_(SECRETARY).says("/thongke 2018").await.reads(&["4/5", "80,0%"]);
    w.as_(THERE).says("/phancong qc-009").await.reads(&["QC-009"]);
    w.as_(THERE).says("/huy").await.reads(&[]);

    // It was the wrong branch.
    w.as_(OFFICE).says("/hoso qc-009").await.reads(&["[Ghi nhầm]"]);
    w.as_(OFFICE).taps("Ghi nhầm").await.reads(&["Chuyển hồ sơ về chi bộ mới"]);
    w.as_(OFFICE).taps("Gỡ bước này").await.reads(&["đã chuyển sang đơn vị khác"]);
    w.as_(THERE).reads(&["ghi nhầm và đã được gỡ"]);
    w.as_(THERE).says("/hoso qc-009").await.reads(&["Không có hồ sơ QC-009"]);
    // The transfer still stands, so the branch counts one less.
    w.as_(SECRETARY).says("/thongke 2018").await.reads(&["4/5"]);
    w.finish().await;
}

/// Who left comes back to the branch they left; nobody puts them on the list once more.
#[apply(both_engines)]
#[tokio::test]
async fn who_left_comes_back_to_the_same_branch(engine: Engine) {
    let mut w = at(engine, "2018-12-10 09:00").await;
    w.as_(SECRETARY).says("/hoso qc-009").await.reads(&["[Việc khác]"]);
    w.as_(SECRETARY).taps("Việc khác").await.reads(&["[Chuyển sang đơn vị khác]"]);
    w.as_(SECRETARY).taps("Chuyển sang").await.reads(&["Ngày thực hiện?"]);
    w.as_(SECRETARY).says("hôm nay").await.reads(&["Số, ký hiệu"]);
    w.as_(SECRETARY).says("31-CV/CB").await.reads(&["Xem lại"]);
    w.as_(SECRETARY).taps("Ghi nhận").await.reads(&["đã chuyển sang đơn vị khác"]);
    w.everyone_reads();
    w.as_(SECRETARY).says("/thongke 2018").await.reads(&["4/5"]);

    w.advance_to("2018-12-20 09:00").await;
    w.everyone_reads();
    w.names_on(&[crate::world::TAPPING]).await;
    let born = "UPDATE person SET born_on = '1990-09-02' WHERE code = 'NS-014'";
    w.damage(born).await;
    // Whoever takes them for new hears where the old dossier is, and no empty name of a unit.
    w.as_(SECRETARY).says("/gioithieu").await;
    w.as_(SECRETARY).taps("Người chưa có").await.reads(&["Họ và tên"]);
    w.as_(SECRETARY).says("Vũ Tiến Lâm").await.reads(&["Ngày sinh?"]);
    w.as_(SECRETARY).says("2/9/1990").await.reads(&[
        "mã NS-014, hiện không thuộc chi bộ nào; không ghi thêm",
        "báo Văn phòng Đảng ủy nhận lại hồ sơ cũ",
    ]);
    w.as_(SECRETARY).says("/huy").await;
    w.as_(OFFICE).says("/hoso").await;
    w.as_(OFFICE).taps("Tiếp nhận hồ sơ").await.reads(&["Họ và tên"]);
    w.as_(OFFICE).says("Vũ Tiến Lâm").await.reads(&["Ngày sinh?"]);
    w.as_(OFFICE).says("2/9/1990").await.reads(&[
        "mã NS-014, hiện không thuộc chi bộ nào",
        "/hoso, bấm “Chuyển hồ sơ về chi bộ mới” rồi chọn chi bộ, kể cả chi bộ cũ",
    ]);
    w.everyone_reads();

    w.as_(OFFICE).says("/hoso qc-009").await.reads(&["[Chuyển hồ sơ về chi bộ mới]"]);
    w.as_(OFFICE).taps("Chuyển hồ sơ về").await.reads(&["Ngày thực hiện?"]);
    w.as_(OFFICE).says("hôm nay").await.reads(&["về chi bộ nào?", "[Chi bộ Phòng 1]"]);
    w.as_(OFFICE).taps("Chi bộ Phòng 1").await.reads(&["Số, ký hiệu"]);
    w.as_(OFFICE).says("46-CV/ĐU").await.reads(&["hồ sơ đã nhận tại Chi bộ Phòng 1"]);
    w.as_(OFFICE).taps("Ghi nhận").await.reads(&["Giai đoạn hiện nay: đảng viên dự bị"]);
    w.as_(SECRETARY).reads(&["Chi bộ Phòng 1", "Chuyển hồ sơ về chi bộ mới", "[Xem hồ sơ]"]);
    w.as_(SECRETARY).says("/thongke 2018").await.reads(&["5/6"]);
    w.as_(SECRETARY).says("/phancong qc-009").await.reads(&["QC-009"]);
    w.as_(SECRETARY).says("/huy").await;
    w.everyone_reads();
    // Taken back, they are away again.
    w.as_(OFFICE).says("/hoso qc-009").await.reads(&["[Ghi nhầm]"]);
    w.as_(OFFICE).taps("Ghi nhầm").await.reads(&["Chuyển hồ sơ về chi bộ mới"]);
    w.as_(OFFICE).taps("Gỡ bước này").await.reads(&["đã chuyển sang đơn vị khác"]);
    w.as_(SECRETARY).says("/thongke 2018").await;
    let figures = w.sent_to(SECRETARY).last().unwrap().whole();
    assert!(figures.contains("4/5"), "{figures}");
    w.everyone_reads();
    w.finish().await;
}

/// What the committee returned is not the branch's to call a mistake.
#[apply(both_engines)]
#[tokio::test]
async fn what_the_committee_returned_stands_for_the_branch(engine: Engine) {
    let mut w = at(engine, "2018-12-10 09:00").await;
    w.is_voted_on().await;
    w.as_(OFFICE).says("/hoso qc-014").await.reads(&["[Việc khác]"]);
    w.as_(OFFICE).taps("Việc khác").await.reads(&["[Trả lại bước trước]"]);
    w.as_(OFFICE).taps("Trả lại bước trước").await.reads(&["Ngày thực hiện?"]);
    w.as_(OFFICE).says("hôm nay").await.reads(&["Lý do?"]);
    w.as_(OFFICE).taps("Hồ sơ chưa đủ").await.reads(&["Xem lại"]);
    w.as_(OFFICE).taps("Ghi nhận").await.reads(&["Giai đoạn hiện nay: đang lập hồ sơ"]);
    w.as_(SECRETARY).reads(&["Đồng chí Khổng Minh Đạt ghi nhận, lý do: Hồ sơ chưa đủ"]);
    w.as_(SECRETARY).says("/hoso qc-014").await.reads(&["[Ghi nhầm]"]);
    w.as_(SECRETARY).taps("Ghi nhầm").await.reads(&["chỉ Đảng ủy, Văn phòng Đảng ủy mới gỡ"]);
    w.as_(OFFICE).says("/hoso qc-014").await.reads(&["[Ghi nhầm]"]);
    w.as_(OFFICE).taps("Ghi nhầm").await.reads(&["Trả lại bước trước"]);
    w.as_(OFFICE).taps("Gỡ bước này").await.reads(&["chi bộ đã xét"]);
    w.as_(SECRETARY).reads(&["ghi nhầm và đã được gỡ"]);
    w.finish().await;
}
