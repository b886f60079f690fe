//! The committee's part: source lists are approved or returned as a whole or one by one, submissions
//! wait in one place, and everybody sees what is theirs to do next.

use rstest_reuse::apply;

use crate::support::{Engine, both_engines};
use crate::world::{TYPING, World};

const SECRETARY: &str = "NS-010";
const OFFICE: &str = "NS-027";
/// Deputy of the committee.
const OTHER: &str = "NS-024";
/// Secretary of Phòng 7, whose list waits.
const LISTED: &str = "NS-049";

impl World {
    /// The list of Phòng 7 has two on it: QC-020 since July, QC-021 since October.
    async fn has_two_on_a_list(&mut self) {
        for step in ["Học lớp bồi dưỡng nhận thức", "Duyệt danh sách nguồn"] {
            self.as_(OFFICE).says("/hoso qc-020").await.reads(&["[Ghi nhầm]"]);
            self.as_(OFFICE).taps("Ghi nhầm").await.reads(&[step]);
            self.as_(OFFICE).taps("Gỡ bước này").await.reads(&["Đã gỡ"]);
        }
        self.everyone_reads();
    }

    async fn sees_the_list(&mut self, who: &str, pieces: &[&str]) {
        self.as_(who).says("/duyet").await.reads(&["[Duyệt danh sách: Chi bộ Phòng 7]"]);
        self.as_(who).taps("Duyệt danh sách").await.reads(pieces);
    }
}

async fn at(engine: Engine, time: &str) -> World {
    let w = World::peopled(engine, time).await;
    w.everyone_reads();
    w
}

#[apply(both_engines)]
#[tokio::test]
async fn a_list_is_approved_and_who_lacks_something_is_named(engine: Engine) {
    let mut w = at(engine, "2018-12-03 09:00").await;
    for who in ["NS-003", SECRETARY] {
        w.as_(who).says("/duyet").await.reads(&["Chỉ cấp ủy viên và Văn phòng Đảng ủy"]);
    }
    let page = w.as_(OFFICE).says("/hoso qc-021").await.reads(&["chưa đủ điều kiện"]);
    for piece in [
        "danh sách nguồn (nghị quyết chi bộ ngày 31/10/2018) chưa được Đảng ủy duyệt",
        "căn cứ: HD 09-HD/BTCTW (05/6/2017), 1.1.d",
        "xử lý: Đảng ủy",
        "[Duyệt danh sách nguồn]",
    ] {
        assert!(page.contains(piece), "{page}\nlacks {piece}");
    }
    let tasks = w.as_(OFFICE).says("/viec").await.reads(&["1 người của 1 chi bộ"]);
    assert!(tasks.contains("Học lớp bồi dưỡng đảng viên mới: QC-011"), "{tasks}");
    w.as_(OFFICE)
        .taps("Việc chờ duyệt")
        .await
        .reads(&["Chi bộ Phòng 7: 1 người (QC-021, P.D.C.)", "(căn cứ: HD 09-HD/BTCTW"]);

    w.has_two_on_a_list().await;
    w.sees_the_list(OFFICE, &["QC-020", "QC-021", "15-NQ/CB", "[Duyệt cả danh sách]"]).await;
    w.as_(OFFICE).taps("Duyệt cả danh sách").await.reads(&["(2 người)", "Ngày thực hiện?"]);
    w.as_(OFFICE).says("4/12/2018").await.reads(&["không dùng được cho ai", "ngày này chưa đến"]);
    w.as_(OFFICE).says("31/8/2018").await.reads(&["Số, ký hiệu văn bản"]);
    w.as_(OFFICE).says("không số").await.reads(&["chưa hiểu"]);
    w.as_(OFFICE).reads(&["Số, ký hiệu văn bản"]);
    w.restart().await;
    let shown = w.as_(OFFICE).says("08-TB/ĐU").await.reads(&["Ghi nhận cho: QC-020"]);
    assert!(shown.contains("Chưa ghi nhận được cho:"), "{shown}");
    assert!(shown.contains("ngày phải từ 31/10/2018"), "{shown}");
    w.as_(OFFICE).taps("Ghi nhận").await.reads(&["Duyệt danh sách nguồn – 1 người", "QC-021"]);
    let told =
        w.as_(LISTED).reads(&["Đảng ủy đã duyệt danh sách nguồn của Chi bộ Phòng 7, 1 người"]);
    assert!(told.contains("08-TB/ĐU") && told.contains("[Xem nguồn]"), "{told}");
    w.as_(LISTED).reads_nothing();
    w.as_(OFFICE).taps("Việc chờ duyệt").await.reads(&["1 người (QC-021, P.D.C.)"]);
    w.as_(OFFICE).says("/hoso qc-020").await.reads(&["[Học lớp bồi dưỡng nhận thức về Đảng]"]);
    assert_eq!(w.audited("case.step").await, ["QC-020"]);
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn some_of_a_list_are_returned_without_buttons(engine: Engine) {
    let mut w = at(engine, "2018-12-03 09:00").await;
    w.has_two_on_a_list().await;
    w.join(TYPING, OTHER).await;
    w.typing_as(OTHER).says("duyệt danh sách").await.reads(&["1. Duyệt danh sách: Chi bộ Phòng 7"]);
    w.typing_as(OTHER).says("1").await.reads(&["1. Duyệt cả danh sách", "4. ○ QC-021"]);
    w.typing_as(OTHER).says("4").await.reads(&["2. Trả lại 1 người đã chọn", "✓ QC-021"]);
    w.typing_as(OTHER).says("/huy").await.reads(&["Đã dừng"]);
    w.typing_as(OTHER).says("/duyet").await.reads(&["2 người"]);
    w.typing_as(OTHER).says("1").await.reads(&["○ QC-021"]);
    w.typing_as(OTHER).says("4").await.reads(&["✓ QC-021"]);
    w.typing_as(OTHER).says("2").await.reads(&["Trả lại bước trước", "Ngày thực hiện?"]);
    let why = w.typing_as(OTHER).says("1").await.reads(&["Lý do?"]);
    assert!(!why.contains("phiếu"), "nobody voted on it: {why}");
    w.typing_as(OTHER)
        .says("không đủ tiêu chuẩn, điều kiện")
        .await
        .reads(&["Ghi nhận cho: QC-021"]);
    w.typing_as(OTHER).says("1").await.reads(&["Đã ghi nhận: Trả lại bước trước – 1 người"]);
    w.as_(LISTED).reads(&["trả lại danh sách nguồn", "QC-021", "lý do: Không đủ tiêu chuẩn"]);
    w.as_(LISTED).taps("Xem nguồn").await.reads(&["Giai đoạn “được theo dõi, giúp đỡ” (1):"]);
    // The branch may put them on its list again.
    w.as_(LISTED).says("/viec").await.reads(&["Đưa vào nguồn: QC-021, P.D.C. đủ điều kiện"]);
    w.as_(LISTED).taps("Ghi bước của QC-021").await.reads(&["Đưa vào nguồn", "Ngày thực hiện?"]);
    w.as_(LISTED).says("/huy").await.reads(&["Đã dừng"]);
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn whoever_approves_second_is_told_so(engine: Engine) {
    let mut w = at(engine, "2018-12-03 09:00").await;
    w.has_two_on_a_list().await;
    for who in [OFFICE, OTHER] {
        w.sees_the_list(who, &["[Duyệt cả danh sách]"]).await;
        w.as_(who).taps("Duyệt cả danh sách").await.reads(&["Ngày thực hiện?"]);
        w.as_(who).taps("thứ Hai").await.reads(&["Số, ký hiệu"]);
        w.as_(who)
            .says("12-TB/ĐU")
            .await
            .reads(&["Ghi nhận cho: QC-020, H.T.T.Q.; QC-021, P.D.C."]);
    }
    w.as_(OFFICE).taps("Ghi nhận").await.reads(&["2 người"]);
    w.as_(LISTED).reads(&["đã duyệt danh sách nguồn", "2 người"]);
    w.as_(OTHER).taps("Ghi nhận").await.reads(&["Việc này đã được thực hiện lúc"]);
    let second = w.as_(OTHER).reads(&["đã được xử lý trước đó"]);
    assert!(second.contains("Khổng Minh Đạt") && second.contains("03/12/2018"), "{second}");
    w.as_(LISTED).reads_nothing();
    w.as_(OTHER).taps("Việc chờ duyệt").await.reads(&["Hiện không có việc nào chờ duyệt"]);
    assert_eq!(w.audited("case.step").await, ["QC-020", "QC-021"]);
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn submissions_wait_with_their_limits_and_what_they_lack(engine: Engine) {
    let mut w = at(engine, "2018-12-10 09:00").await;
    w.as_(SECRETARY).says("/viec").await.reads(&["Lập hồ sơ: QC-014, T.V.B. đủ điều kiện (giấy"]);
    w.is_voted_on().await;
    let waits = w.as_(OFFICE).says("/duyet").await.reads(&["Chi bộ đã xét, trình kết nạp:"]);
    for piece in [
        "QC-014, T.V.B. – Chi bộ Phòng 1, chờ từ 10/12/2018 (0 ngày)",
        "hết giá trị ngày 19/10/2023",
        "chưa có giấy tờ: Nghị quyết của chi bộ (Mẫu 6)",
        "[Xem QC-014]",
        "[Trả lại QC-014]",
    ] {
        assert!(waits.contains(piece), "{waits}\nlacks {piece}");
    }
    w.has_papers(&["Nghị quyết của chi bộ"]).await;
    w.as_(OFFICE).says("/duyet").await.reads(&["[Xét QC-014]"]);
    w.as_(OFFICE)
        .taps("Xét QC-014")
        .await
        .reads(&["Đảng ủy quyết định kết nạp", "Ngày thực hiện?"]);
    w.as_(OFFICE).says("/huy").await.reads(&["Đã dừng"]);
    w.as_(OFFICE).says("/duyet").await.reads(&["[Trả lại QC-014]"]);
    w.as_(OFFICE).taps("Trả lại QC-014").await.reads(&["Trả lại bước trước", "Ngày thực hiện?"]);
    w.as_(OFFICE).taps("thứ Hai").await.reads(&["Lý do?"]);
    w.as_(OFFICE).taps("Hồ sơ chưa đủ").await.reads(&["Xem lại"]);
    w.as_(OFFICE).taps("Ghi nhận").await.reads(&["đang lập hồ sơ"]);
    w.as_(SECRETARY).reads(&["Trả lại bước trước"]);
    let waits = w.as_(OFFICE).says("/duyet").await.reads(&["Chi bộ Phòng 7"]);
    assert!(!waits.contains("QC-014"), "{waits}");
    w.finish().await;
}
