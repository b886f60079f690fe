//! `/lop`: classes are opened, people are sent and come back with a certificate, or do not.

use rstest_reuse::apply;

use crate::support::{Engine, both_engines};
use crate::world::{TYPING, World};

const OFFICE: &str = "NS-027";
const COMMITTEE: &str = "NS-001";
/// Of Chi bộ Phòng 7, where QC-021 waits for the awareness class.
const SECRETARY: &str = "NS-049";
const MENTOR: &str = "NS-055";
const CANDIDATE: &str = "NS-060";

/// Everybody on a source list is approved, so that QC-021 may be sent to the awareness class.
async fn at(engine: Engine, time: &str) -> World {
    let mut w = World::peopled(engine, time).await;
    w.everyone_reads();
    w.walks_of("qc-021", OFFICE, "Duyệt danh sách nguồn", &["06-TB/ĐU"]).await;
    w
}

impl World {
    /// Opens a class from one day to another, and reads its page.
    async fn opens(&mut self, who: &str, kind: &str, first: &str, last: &str) {
        self.as_(who).says("/lop").await.reads(&["[Mở lớp]"]);
        self.as_(who).taps("Mở lớp").await.reads(&["Mở lớp nào?"]);
        self.as_(who).taps(kind).await.reads(&["bắt đầu ngày nào"]);
        self.as_(who).says(first).await.reads(&["Ngày cuối của lớp"]);
        self.as_(who).says(last).await.reads(&["tổ chức ở đâu"]);
        self.as_(who).says("Trung tâm chính trị").await.reads(&["Số, ký hiệu"]);
        self.as_(who).says("95-CV/ĐU").await.reads(&["Xem lại trước khi mở lớp", "95-CV/ĐU"]);
        self.as_(who).taps("Mở lớp này").await.reads(&["Đã mở lớp", "Chưa cử ai", "[Thêm người]"]);
    }

    /// Sends everybody who may go to the class that is shown.
    async fn sends_all(&mut self, who: &str, pieces: &[&str]) {
        self.as_(who).taps("Thêm người").await.reads(&["Cử ai đi học"]);
        self.as_(who).taps("Chọn tất cả").await.reads(&["[Bỏ chọn tất cả]"]);
        self.as_(who).taps("Tiếp tục").await.reads(&["Xem lại trước khi cử đi học"]);
        self.as_(who).taps("Cử đi học").await.reads(pieces);
    }

    /// What somebody was sent that holds a piece.
    fn told(&self, who: &str, piece: &str) -> Vec<String> {
        let seen = self.sent_to(who).into_iter().map(|seen| seen.whole());
        seen.filter(|text| text.contains(piece)).collect()
    }
}

#[apply(both_engines)]
#[tokio::test]
async fn people_are_sent_to_a_class_and_come_back_with_a_certificate(engine: Engine) {
    let mut w = at(engine, "2018-12-03 09:00").await;
    let list = w.as_(OFFICE).says("/lop").await.reads(&["Các lớp bồi dưỡng năm 2018"]);
    insta::assert_snapshot!("classes", list);
    w.as_(OFFICE).says("Lớp bồi dưỡng 2016").await.reads(&["năm 2016", "14/11/2016"]);
    w.as_(OFFICE).says("/lop quý 3").await.reads(&["/lop 2018"]);
    w.as_(OFFICE).says("/lop abc").await.reads(&["/lop 2018"]);

    // Every answer is looked at, and a wrong one leaves the question open.
    w.as_(OFFICE).says("/lop").await.reads(&["[Mở lớp]"]);
    w.as_(OFFICE).taps("Mở lớp").await.reads(&["[Học lớp bồi dưỡng đảng viên mới]"]);
    w.as_(OFFICE).says("lớp nấu ăn").await.reads(&["chưa hiểu"]);
    w.as_(OFFICE).reads(&["Mở lớp nào?"]);
    w.as_(OFFICE).says("nhan thuc ve dang").await.reads(&["bắt đầu ngày nào"]);
    w.as_(OFFICE).says("31/2").await.reads(&["Không có ngày 31/2"]);
    w.as_(OFFICE).says("10/12/2030").await.reads(&["quá xa"]);
    w.as_(OFFICE).says("10/12").await.reads(&["Ngày cuối của lớp", "[Ngày 10/12/2018]"]);
    w.as_(OFFICE).says("7/12").await.reads(&["không thể trước ngày đầu"]);
    w.as_(OFFICE).says("10/6/2019").await.reads(&["không dài quá 60 ngày"]);
    w.restart().await;
    w.as_(OFFICE).says("14/12").await.reads(&["tổ chức ở đâu"]);
    w.as_(OFFICE).says("x").await.reads(&["từ 2 đến 120 ký tự"]);
    w.as_(OFFICE).says("Trường Chính trị tỉnh").await.reads(&["Số, ký hiệu"]);
    w.as_(OFFICE).says("không số").await.reads(&["phải có chữ số"]);
    w.as_(OFFICE).says("95-CV/ĐU").await.reads(&["Trường Chính trị tỉnh", "[Mở lớp này]"]);
    w.as_(OFFICE).taps("Sửa").await.reads(&["Mở lớp nào?"]);
    w.as_(OFFICE).says("/huy").await.reads(&["Đã dừng"]);
    w.opens(OFFICE, "Học lớp bồi dưỡng nhận thức", "10/12", "14/12").await;

    // Only those whom the road lets go; the others say why not.
    let asked = w.as_(OFFICE).taps("Thêm người").await.reads(&["Đã chọn 0/1", "QC-021, P.D.C."]);
    let waits = "QC-022, Đ.T.H.A. (Chi bộ Phòng 2): phải qua bước “Đưa vào nguồn” trước";
    assert!(asked.contains(waits), "{asked}");
    w.as_(OFFICE).taps("Tiếp tục").await.reads(&["chưa chọn ai"]);
    w.as_(OFFICE).says("QC-022").await.reads(&["QC-022", "chưa cử đi học được"]);
    w.as_(OFFICE).says("qc 21, Trần Thị Lạ").await.reads(&["không có ai", "Trần Thị Lạ"]);
    w.as_(OFFICE).says("thanh tra").await.reads(&["hiện không có ai đủ điều kiện"]);
    w.as_(OFFICE).says("phòng 7").await.reads(&["Đã chọn 1/1"]);
    w.as_(OFFICE).taps("✓ QC-021").await.reads(&["Đã chọn 0/1"]);
    w.as_(OFFICE).says("phan duy canh").await.reads(&["Đã chọn 1/1"]);
    w.restart().await;
    w.as_(OFFICE).taps("Tiếp tục").await.reads(&["Cử 1 người đi học", "QC-021"]);
    w.as_(OFFICE).taps("Cử đi học").await.reads(&["Đã cử 1 người", "QC-021", "chưa có kết quả"]);
    for who in [SECRETARY, MENTOR] {
        w.as_(who).reads(&["cử những người sau đi học", "từ ngày 10/12/2018", "QC-021, P.D.C."]);
    }
    w.as_(CANDIDATE).reads(&["Kính gửi anh/chị. ", "đi học"]);
    w.as_(OFFICE).says("/thongke").await.reads(&["lớp nhận thức về Đảng: 9"]);

    // Being sent is not yet a certificate.
    let page = w.as_(SECRETARY).says("/hoso qc-021").await.reads(&["chưa có giấy chứng nhận"]);
    let lacks = "chưa có giấy chứng nhận lớp nhận thức về Đảng – căn cứ";
    assert!(page.contains(lacks) && !page.contains("[Lập hồ sơ]"), "{page}");
    assert!(!page.contains("hết giá trị"), "{page}");
    w.as_(OFFICE).says("/lop").await.reads(&["[Lớp nhận thức 10/12/2018]"]);
    let class = w.as_(OFFICE).taps("Lớp nhận thức 10/12").await.reads(&["[Hủy lớp]"]);
    assert!(!class.contains("[Ghi giấy chứng nhận]"), "{class}");

    w.down_until("2018-12-17 09:00").await;
    w.everyone_reads();
    w.as_(OFFICE).says("/lop").await.reads(&["[Lớp nhận thức 10/12/2018]"]);
    w.as_(OFFICE).taps("Lớp nhận thức 10/12").await.reads(&["[Ghi giấy chứng nhận]"]);
    w.as_(OFFICE).taps("Ghi giấy chứng nhận").await.reads(&["1/1", "được cấp giấy chứng nhận]"]);
    w.as_(OFFICE).taps("Tiếp tục").await.reads(&["cấp ngày nào", "[Ngày 14/12/2018]"]);
    w.as_(OFFICE).says("9/12").await.reads(&["từ ngày đầu của lớp (10/12/2018)"]);
    w.as_(OFFICE).says("mai").await.reads(&["đến hôm nay (17/12/2018)"]);
    w.as_(OFFICE).taps("Ngày 14/12/2018").await.reads(&["Số giấy chứng nhận?"]);
    w.as_(OFFICE).says("QC-014 5/2018").await.reads(&["Không có ai đang chờ"]);
    w.as_(OFFICE).says("QC-021 số").await.reads(&["phải có chữ số"]);
    w.restart().await;
    w.as_(OFFICE).says("qc-021 97/2018").await.reads(&["97/2018 ngày 14/12/2018"]);
    w.as_(OFFICE).taps("Ghi nhận").await.reads(&["trong đó 1 người được cấp", "97/2018"]);
    w.as_(SECRETARY).reads(&["Kết quả lớp", "QC-021, P.D.C.: giấy chứng nhận số 97/2018"]);
    w.as_(MENTOR).reads(&["Kết quả lớp"]);

    // The paper is at the office, and its limit runs from its own day.
    let page = w.as_(SECRETARY).says("/hoso qc-021").await.reads(&["97/2018 ngày 14/12/2018"]);
    assert!(page.contains("Lưu tại Văn phòng Đảng ủy: Giấy chứng nhận lớp nhận thức"), "{page}");
    assert!(page.contains("14/12/2023 (còn"), "{page}");
    assert!(page.contains("[Lập hồ sơ]"), "{page}");
    assert_eq!(w.audited("case.paper").await, ["QC-021"]);
    for (action, times) in [("class.open", 1), ("class.send", 1), ("class.settle", 1)] {
        assert_eq!(w.audited(action).await.len(), times, "{action}");
    }
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn who_did_not_attend_keeps_no_step_and_is_sent_again(engine: Engine) {
    let mut w = at(engine, "2018-12-03 09:00").await;
    w.as_(OFFICE).says("/thongke").await.reads(&["lớp đảng viên mới: 10"]);
    w.as_(OFFICE).says("/lop").await.reads(&["đảng viên mới: 2 người"]);
    w.as_(OFFICE).taps("Lớp đảng viên mới 12/11").await.reads(&["QC-009", "QC-010"]);
    w.as_(OFFICE).taps("Ghi giấy chứng nhận").await.reads(&["2/2"]);
    w.as_(OFFICE).says("qc-010 vắng, qc-099 vắng").await.reads(&["qc-099 vắng"]);
    w.as_(OFFICE).says("linh tinh").await.reads(&["chưa hiểu"]);
    w.as_(OFFICE).reads(&["2/2"]);
    w.as_(OFFICE).says("qc-010 vắng").await.reads(&["1/2", "QC-010, T.T.T.N.: không dự học"]);
    w.as_(OFFICE).taps("QC-010").await.reads(&["QC-010, T.T.T.N.: dự học, không đạt"]);
    w.as_(OFFICE).taps("Tiếp tục").await.reads(&["cấp ngày nào"]);
    w.as_(OFFICE).taps("Ngày 16/11/2018").await.reads(&["Số giấy chứng nhận?"]);
    w.as_(OFFICE)
        .says("12-QĐ/TTCT")
        .await
        .reads(&["12-QĐ/TTCT", "QC-010, T.T.T.N.: dự học, không"]);
    w.as_(OFFICE).taps("Ghi nhận").await.reads(&["kết quả 2 người, trong đó 1 người"]);
    w.as_("NS-010").reads(&["QC-009, V.T.L.: giấy chứng nhận số 12-QĐ/TTCT"]);
    w.everyone_reads();

    w.as_(OFFICE).says("/thongke").await.reads(&["lớp đảng viên mới: 9"]);
    w.as_(OFFICE).says("/lop").await.reads(&["cử 2, được cấp giấy chứng nhận 1", "3 người"]);
    w.opens(OFFICE, "Học lớp bồi dưỡng đảng viên mới", "17/12", "21/12").await;
    w.sends_all(OFFICE, &["Đã cử 3 người", "QC-010", "QC-011", "QC-012"]).await;
    w.as_(OFFICE).says("/thongke").await.reads(&["lớp đảng viên mới: 12"]);
    let page = w.as_(OFFICE).says("/hoso qc-010").await.reads(&["03/12/2018: Học lớp"]);
    assert!(!page.contains("12/11/2018: Học lớp"), "{page}");
    w.everyone_reads();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn a_class_is_cancelled_with_a_reason_and_stays_in_the_list(engine: Engine) {
    let mut w = at(engine, "2018-12-03 09:00").await;
    w.opens(OFFICE, "Học lớp bồi dưỡng đảng viên mới", "17/12", "21/12").await;
    w.sends_all(OFFICE, &["Đã cử 2 người", "QC-011", "QC-012"]).await;
    // One message for each secretary and mentor, however many are sent.
    for who in ["NS-037", SECRETARY, "NS-042", "NS-051", "NS-046", "NS-057"] {
        assert_eq!(w.told(who, "đi học").len(), 1, "{who}");
    }
    w.everyone_reads();
    w.as_(OFFICE).says("/thongke").await.reads(&["lớp đảng viên mới: 12"]);

    // A class that somebody came back from with a certificate was held.
    w.as_(OFFICE).says("/lop").await.reads(&["17/12/2018 – 21/12/2018"]);
    let held = w.as_(OFFICE).taps("Lớp nhận thức 15/10").await.reads(&["84/2018 ngày 19/10/2018"]);
    assert!(!held.contains("[Hủy lớp]"), "{held}");
    w.as_(OFFICE).says("/lop").await.reads(&["17/12/2018"]);
    w.as_(OFFICE).taps("Lớp đảng viên mới 17/12").await.reads(&["[Hủy lớp]"]);
    w.as_(OFFICE).taps("Hủy lớp").await.reads(&["Vì lý do gì"]);
    w.as_(OFFICE).says("123").await.reads(&["viết bằng chữ"]);
    w.restart().await;
    w.as_(OFFICE).says("Giảng viên ốm").await.reads(&["2 người đã cử sẽ được rút lại"]);
    w.as_(OFFICE).taps("Xác nhận hủy lớp").await.reads(&["rút lại 2 người", "đã rút, không tính"]);
    for who in ["NS-037", SECRETARY, "NS-042", "NS-051", "NS-046", "NS-057"] {
        assert_eq!(w.told(who, "Lý do: Giảng viên ốm").len(), 1, "{who}");
    }
    w.everyone_reads();
    w.as_(OFFICE).says("/thongke").await.reads(&["lớp đảng viên mới: 10"]);
    let list = w.as_(OFFICE).says("/lop").await.reads(&["đã hủy, lý do: Giảng viên ốm"]);
    assert!(list.contains("đảng viên mới: 2 người"), "{list}");
    let class = w.as_(OFFICE).taps("Lớp đảng viên mới 17/12").await.reads(&["Đã hủy lúc 09:00"]);
    assert!(!class.contains("[Thêm người]"), "{class}");
    assert_eq!(w.audited("class.cancel").await.len(), 1);
    w.finish().await;
}

/// The certificates of 20/04/2018 have ended, those of 19/10/2018 end soon.
#[apply(both_engines)]
#[tokio::test]
async fn whose_certificate_ends_is_sent_again(engine: Engine) {
    let mut w = at(engine, "2023-09-11 09:00").await;
    let list = w.as_(OFFICE).says("/lop").await.reads(&["năm 2023", "Chưa mở lớp nào"]);
    for line in [
        "QC-013, Đ.V.C. (Chi bộ Văn phòng): đã hết giá trị từ ngày 20/04/2023",
        "QC-014, T.V.B. (Chi bộ Phòng 1): có giá trị đến ngày 19/10/2023 (còn 38 ngày)",
        "[Cử học lại]",
    ] {
        assert!(list.contains(line), "{list}");
    }
    w.as_(OFFICE).taps("Cử học lại").await.reads(&["Chưa có lớp", "chọn “Mở lớp” trước"]);
    w.advance_to("2023-09-19 09:00").await;
    let alert =
        w.told("NS-010", "QC-014, T.V.B.: giấy chứng nhận lớp nhận thức về Đảng hết giá trị");
    assert!(alert.iter().any(|text| text.contains("19/10/2023 (còn 30 ngày)")), "{alert:?}");
    w.everyone_reads();

    w.opens(OFFICE, "Học lớp bồi dưỡng nhận thức", "20/9", "20/9").await;
    w.as_(OFFICE).says("/lop").await.reads(&["[Cử học lại]"]);
    let asked = w.as_(OFFICE).taps("Cử học lại").await.reads(&["[✓ QC-014", "[✓ QC-013"]);
    assert!(asked.contains("[QC-021") && !asked.contains("✓ QC-021"), "{asked}");
    w.as_(OFFICE).taps("Tiếp tục").await.reads(&["Xem lại"]);
    w.as_(OFFICE).taps("Cử đi học").await.reads(&["Đã cử 8 người"]);
    let list = w.as_(OFFICE).says("/lop").await.reads(&["cử 8"]);
    assert!(!list.contains("Cử học lại"), "{list}");
    w.everyone_reads();

    // Until they come back the old certificate counts; then the new one.
    w.as_("NS-010").says("/hoso qc-014").await.reads(&["19/10/2023 (còn 30 ngày)"]);
    w.advance_to("2023-09-20 09:00").await;
    w.everyone_reads();
    w.as_(OFFICE).says("/lop").await.reads(&["cử 8"]);
    w.as_(OFFICE).taps("Lớp nhận thức 20/09").await.reads(&["[Ghi giấy chứng nhận]"]);
    w.as_(OFFICE).taps("Ghi giấy chứng nhận").await.reads(&["8/8"]);
    w.as_(OFFICE).taps("Tiếp tục").await.reads(&["cấp ngày nào"]);
    w.as_(OFFICE).says("hôm nay").await.reads(&["Số giấy chứng nhận?"]);
    w.as_(OFFICE).says("qc-014 1/2023").await.reads(&["Còn thiếu số", "QC-013"]);
    w.as_(OFFICE).says("15-QĐ/TTCT").await.reads(&["Xem lại"]);
    w.as_(OFFICE).taps("Ghi nhận").await.reads(&["8 người được cấp"]);
    w.everyone_reads();
    w.as_("NS-010").says("/hoso qc-014").await.reads(&["20/09/2028 (còn"]);
    w.advance_to("2023-10-13 09:00").await;
    let alerts = w.told("NS-010", "QC-014, T.V.B.: giấy chứng nhận");
    assert!(alerts.iter().all(|text| !text.contains("(còn 7 ngày)")), "{alerts:?}");
    w.everyone_reads();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn two_who_do_the_same_at_once_do_it_once(engine: Engine) {
    let mut w = at(engine, "2018-12-03 09:00").await;
    for who in [OFFICE, COMMITTEE] {
        w.as_(who).says("/lop").await.reads(&["[Mở lớp]"]);
        w.as_(who).taps("Mở lớp").await.reads(&["Mở lớp nào?"]);
        w.as_(who).taps("Học lớp bồi dưỡng nhận thức").await.reads(&["bắt đầu"]);
        w.as_(who).says("10/12").await.reads(&["Ngày cuối"]);
        w.as_(who).says("14/12").await.reads(&["ở đâu"]);
        w.as_(who).says("Hội trường").await.reads(&["Số, ký hiệu"]);
        w.as_(who).says("95-CV/ĐU").await.reads(&["[Mở lớp này]"]);
    }
    w.as_(OFFICE).taps("Mở lớp này").await.reads(&["Đã mở"]);
    w.as_(COMMITTEE).taps("Mở lớp này").await.reads(&["Nội dung đã thay đổi"]);
    w.as_(COMMITTEE).reads(&["[Mở lớp này]"]);
    w.as_(COMMITTEE).taps("Mở lớp này").await.reads(&["vừa được đồng chí", "không mở thêm"]);
    for who in [OFFICE, COMMITTEE] {
        w.as_(who).taps("Thêm người").await.reads(&["QC-021"]);
        w.as_(who).taps("QC-021").await.reads(&["1/1"]);
        w.as_(who).taps("Tiếp tục").await.reads(&["Xem lại"]);
    }
    w.as_(COMMITTEE).taps("Cử đi học").await.reads(&["Đã cử 1 người"]);
    w.as_(OFFICE).taps("Cử đi học").await.reads(&["Việc này đã được thực hiện lúc"]);
    w.as_(OFFICE).reads(&["Không cử được nữa: QC-021", "chưa có ai"]);
    assert_eq!(w.told(SECRETARY, "đi học").len(), 1);
    w.down_until("2018-12-17 09:00").await;
    w.everyone_reads();
    for who in [OFFICE, COMMITTEE] {
        w.as_(who).says("/lop").await.reads(&["10/12/2018"]);
        w.as_(who).taps("Lớp nhận thức 10/12").await.reads(&["[Ghi giấy chứng nhận]"]);
        w.as_(who).taps("Ghi giấy chứng nhận").await.reads(&["1/1"]);
        w.as_(who).says("QC-021 vắng").await.reads(&["0/1"]);
        w.as_(who).taps("Tiếp tục").await.reads(&["không dự học"]);
    }
    w.as_(OFFICE).taps("Ghi nhận").await.reads(&["kết quả 1 người"]);
    w.as_(COMMITTEE).taps("Ghi nhận").await.reads(&["không còn ai chờ kết quả"]);
    w.everyone_reads();
    w.as_(SECRETARY).says("/hoso qc-021").await.reads(&["Giai đoạn: trong nguồn"]);
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn a_class_is_held_without_buttons(engine: Engine) {
    let mut w = at(engine, "2018-12-03 09:00").await;
    w.join(TYPING, OFFICE).await;
    w.typing_as(OFFICE).says("lop hoc").await.reads(&["Mở lớp", "Lớp nhận thức 15/10/2018"]);
    w.typing_as(OFFICE).says("mở lớp").await.reads(&["2. Học lớp bồi dưỡng đảng viên mới"]);
    w.typing_as(OFFICE).says("2").await.reads(&["bắt đầu ngày nào"]);
    w.typing_as(OFFICE).says("3/12").await.reads(&["1. Ngày 03/12/2018"]);
    w.typing_as(OFFICE).says("1").await.reads(&["ở đâu"]);
    w.typing_as(OFFICE).says("Hội trường cơ quan").await.reads(&["Số, ký hiệu"]);
    w.typing_as(OFFICE).says("96-CV/ĐU").await.reads(&["1. Mở lớp này"]);
    w.typing_as(OFFICE).says("1").await.reads(&["Đã mở", "1. Thêm người"]);
    w.typing_as(OFFICE).says("1").await.reads(&["1. QC-011", "2. QC-012", "Tiếp tục"]);
    w.typing_as(OFFICE).says("2").await.reads(&["2. ✓ QC-012", "Đã chọn 1/2"]);
    w.typing_as(OFFICE).says("tiep tuc").await.reads(&["1. Cử đi học"]);
    w.typing_as(OFFICE).says("1").await.reads(&["Đã cử 1 người", "1. Ghi giấy chứng nhận"]);
    w.everyone_reads();
    w.typing_as(OFFICE).says("1").await.reads(&["1. QC-012, Đ.A.K.: được cấp"]);
    w.typing_as(OFFICE).says("1").await.reads(&["1. QC-012, Đ.A.K.: không dự học", "0/1"]);
    w.typing_as(OFFICE).says("thôi").await.reads(&["Đã dừng"]);
    w.finish().await;
}
