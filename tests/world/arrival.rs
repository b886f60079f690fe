//! Somebody comes from another organisation with their file: what happened there is not lost, limits
//! run from its days, and the figures here count none of it.

use rstest_reuse::apply;

use crate::support::{Engine, both_engines};
use crate::world::{TAPPING, TYPING, World};

const SECRETARY: &str = "NS-010";
const OFFICE: &str = "NS-027";

impl World {
    /// The newcomer's part of the dialogue: of Phòng 1 since December.
    async fn somebody_comes(&mut self) {
        self.as_(OFFICE).says("/hoso").await.reads(&["[Tiếp nhận hồ sơ từ nơi khác]"]);
        self.as_(OFFICE).taps("Tiếp nhận hồ sơ").await.reads(&["Tiếp nhận người", "Họ và tên"]);
        self.as_(OFFICE).says("hoàng văn dũng").await.reads(&["Ngày sinh?"]);
    }

    /// Lines of the figures of the branch for this year.
    async fn figures_of_the_branch(&mut self) -> Vec<String> {
        let figures = self.as_(SECRETARY).says("/thongke 2018").await.reads(&["Chi bộ Phòng 1"]);
        figures.lines().map(str::to_owned).collect()
    }
}

async fn at(engine: Engine, time: &str) -> World {
    let w = World::peopled(engine, time).await;
    w.everyone_reads();
    w
}

#[apply(both_engines)]
#[tokio::test]
async fn a_probationary_member_comes_with_their_file(engine: Engine) {
    let mut w = at(engine, "2018-12-10 09:00").await;
    let before = w.figures_of_the_branch().await;
    let list = w.as_(SECRETARY).says("/hoso").await.reads(&["QC-014"]);
    assert!(!list.contains("Tiếp nhận"), "{list}");
    // Names and birth dates are not typed into a messenger of others.
    w.as_(OFFICE).says("/hoso").await.reads(&["QC-014"]);
    w.as_(OFFICE).taps("Tiếp nhận hồ sơ").await.reads(&["Ở kênh này tôi không nhận họ tên"]);
    w.names_on(&[TAPPING]).await;

    w.somebody_comes().await;
    w.as_(OFFICE).says("2/9/1990").await.reads(&["chi bộ nào?", "[Chi bộ Văn phòng]"]);
    w.as_(OFFICE).says("phong 1").await.reads(&["Công tác ở đó từ khi nào?"]);
    w.as_(OFFICE).says("1/12/2018").await.reads(&["đang ở bước nào?", "[Trong nguồn]"]);
    w.as_(OFFICE).taps("Đảng viên dự bị").await.reads(&["Ngày ra quyết định kết nạp"]);
    w.as_(OFFICE).says("11/12/2018").await.reads(&["Ngày 11/12/2018 chưa đến"]);
    w.as_(OFFICE).says("lâu rồi").await.reads(&["Chưa đọc được ngày"]);
    w.as_(OFFICE).says("1/6/2001").await.reads(&["không hợp lý với ngày sinh 02/09/1990"]);
    w.as_(OFFICE).says("1/6/2018").await.reads(&["Số, ký hiệu quyết định kết nạp?"]);
    w.as_(OFFICE).says("không có số").await.reads(&["phải có chữ số"]);
    w.restart().await;
    w.as_(OFFICE).says("03-QĐ/ĐU").await.reads(&["lễ kết nạp?"]);
    let early = w.as_(OFFICE).says("31/5/2018").await.reads(&["31/05/2018 sớm hơn"]);
    assert!(early.contains("Đảng ủy quyết định kết nạp, 01/06/2018"), "{early}");
    w.as_(OFFICE).says("15/6/2018").await.reads(&["lớp bồi dưỡng đảng viên mới", "[Chưa học]"]);
    w.as_(OFFICE).says("3/9/2018").await.reads(&["Số giấy chứng nhận lớp đảng viên mới?"]);
    w.as_(OFFICE).says("40/2018").await.reads(&["Ngày nhận được hồ sơ"]);
    w.as_(OFFICE).says("1/9/2018").await.reads(&["sớm hơn bước trước đó"]);
    w.as_(OFFICE).taps("thứ Hai, 10/12/2018").await.reads(&["giấy giới thiệu"]);
    w.as_(OFFICE).says("45-CV/ĐU").await.reads(&[
        "Xem lại trước khi ghi: tiếp nhận hồ sơ",
        "Hoàng Văn Dũng, sinh ngày 02/09/1990",
        "15/06/2018: Lễ kết nạp (ở nơi khác)",
        "Giai đoạn: đảng viên dự bị",
        "đảng viên dự bị từ ngày 15/06/2018",
        "15/06/2019",
    ]);
    w.as_(OFFICE).taps("Ghi nhận").await.reads(&["Đã tiếp nhận", "về Chi bộ Phòng 1"]);
    assert_eq!(w.audited("person.add").await, ["NS-061"]);
    assert_eq!(w.audited("case.step").await, ["QC-023"]);

    // The branch is told, and shown what happened.
    w.as_(SECRETARY).reads(&["chuyển đến Chi bộ Phòng 1 kèm hồ sơ", "[Xem hồ sơ]"]);
    w.as_(SECRETARY).taps("Phân công người giúp đỡ").await.reads(&["QC-023"]);
    w.as_(SECRETARY).says("/huy").await.reads(&[]);
    let page = w.as_(SECRETARY).says("/hoso qc-023").await.reads(&["Giai đoạn: đảng viên dự bị"]);
    for piece in [
        "01/06/2018: Đảng ủy quyết định kết nạp (ở nơi khác, văn bản số 03-QĐ/ĐU)",
        "03/09/2018: Học lớp bồi dưỡng đảng viên mới (ở nơi khác, văn bản số 40/2018)",
        "10/12/2018: Tiếp nhận hồ sơ từ nơi khác (văn bản số 45-CV/ĐU",
        "15/06/2019 (còn 187 ngày): hết thời gian dự bị",
    ] {
        assert!(page.contains(piece), "{page}\nlacks {piece}");
    }
    assert!(!page.contains("[Học lớp bồi dưỡng đảng viên mới]"), "{page}");

    // One member more, and otherwise nothing.
    let after = w.figures_of_the_branch().await;
    let changed: Vec<(&String, &String)> =
        before.iter().zip(&after).filter(|(was, is)| was != is).collect();
    assert_eq!(before.len(), after.len(), "{after:?}");
    assert!(
        changed.iter().all(|(was, is)| was.contains("5/6") && is.contains("6/7")),
        "{changed:?}"
    );
    assert!(!changed.is_empty(), "{after:?}");

    w.as_(OFFICE).says("/hoso qc-023").await.reads(&["[Ghi nhầm]"]);
    w.as_(OFFICE).taps("Ghi nhầm").await.reads(&["Không gỡ được việc tiếp nhận"]);
    // Nobody comes twice.
    w.somebody_comes().await;
    w.as_(OFFICE).says("2/9/1990").await.reads(&["đã có trong danh sách, mã NS-061"]);
    w.everyone_reads();
    w.finish().await;
}

/// The certificate is five years old: that is said, and the class can be attended once more.
#[apply(both_engines)]
#[tokio::test]
async fn an_old_certificate_comes_without_buttons(engine: Engine) {
    let mut w = at(engine, "2018-12-10 09:00").await;
    let before = w.figures_of_the_branch().await;
    w.join(TYPING, OFFICE).await;
    w.names_on(&[TYPING]).await;
    w.typing_as(OFFICE).says("ho so").await.reads(&["Tiếp nhận hồ sơ từ nơi khác"]);
    w.typing_as(OFFICE).says("tiep nhan ho so tu noi khac").await.reads(&["Họ và tên đầy đủ"]);
    w.typing_as(OFFICE).says("Hoàng Văn Dũng").await.reads(&["Ngày sinh?"]);
    w.typing_as(OFFICE).says("2/9/1990").await.reads(&["chi bộ nào?"]);
    w.typing_as(OFFICE).says("phòng 1").await.reads(&["từ khi nào?"]);
    w.typing_as(OFFICE).says("11/2018").await.reads(&["2. Đã có giấy chứng nhận"]);
    w.typing_as(OFFICE).says("2").await.reads(&["đưa vào nguồn ở nơi cũ ngày nào?"]);
    w.typing_as(OFFICE).says("5/3/2013").await.reads(&["Số, ký hiệu văn bản đưa vào nguồn?"]);
    w.typing_as(OFFICE).says("02-NQ/CB").await.reads(&["Ngày cấp giấy chứng nhận"]);
    w.typing_as(OFFICE).says("3/6/2013").await.reads(&["Số giấy chứng nhận?"]);
    w.typing_as(OFFICE).says("12/2013").await.reads(&["Ngày nhận được hồ sơ"]);
    w.typing_as(OFFICE).says("7/12").await.reads(&["giấy giới thiệu"]);
    let shown = w.typing_as(OFFICE).says("77-GT/ĐU").await.reads(&["Xem lại"]);
    assert!(shown.contains("03/06/2018 (quá 190 ngày): giấy chứng nhận"), "{shown}");
    // The file says something else.
    w.typing_as(OFFICE).says("2").await.reads(&["đang ở bước nào?"]);
    w.typing_as(OFFICE).says("trong nguon").await.reads(&["đưa vào nguồn"]);
    w.typing_as(OFFICE).says("/huy").await.reads(&["Đã dừng"]);
    assert!(w.audited("person.add").await.is_empty());

    w.names_on(&[TAPPING]).await;
    w.somebody_comes().await;
    w.as_(OFFICE).says("2/9/1990").await.reads(&[]);
    w.as_(OFFICE).taps("Chi bộ Phòng 1").await.reads(&["từ khi nào?"]);
    w.as_(OFFICE).says("11/2018").await.reads(&["đang ở bước nào?"]);
    w.as_(OFFICE).taps("Đã có giấy chứng nhận").await.reads(&[]);
    for answer in ["5/3/2018", "02-NQ/CB", "3/6/2018", "12/2018", "7/12", "77-GT/ĐU"] {
        w.as_(OFFICE).says(answer).await.reads(&["Hoàng Văn Dũng"]);
    }
    w.as_(OFFICE).taps("Ghi nhận").await.reads(&["Đã tiếp nhận"]);
    w.as_(SECRETARY).reads(&["kèm hồ sơ"]);
    let page = w.as_(SECRETARY).says("/hoso qc-023").await.reads(&["lớp bồi dưỡng nhận thức"]);
    assert!(page.contains("03/06/2023"), "{page}");
    assert!(page.contains("[Lập hồ sơ]") && !page.contains("[Duyệt danh sách"), "{page}");
    let after = w.figures_of_the_branch().await;
    let changed: Vec<(&String, &String)> =
        before.iter().zip(&after).filter(|(was, is)| was != is).collect();
    assert!(
        changed.iter().all(|(was, is)| was.contains("5/6") && is.contains("5/7")),
        "{changed:?}"
    );
    w.everyone_reads();
    w.finish().await;
}
