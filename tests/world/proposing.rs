//! Whoever leads a branch proposes what is to change about its people; the committee's office decides.

use rstest_reuse::apply;

use crate::support::{Engine, both_engines};
use crate::world::{TAPPING, World};

const OFFICE: &str = "NS-001";
const SECRETARY: &str = "NS-010";

/// The secretary of Phòng 1 proposes that somebody moves to Phòng 3.
async fn proposed(engine: Engine) -> World {
    let mut w = World::peopled(engine, "2018-12-03 09:00").await;
    w.names_on(&[TAPPING]).await;
    w.everyone_reads();
    w.as_(SECRETARY).says("nhan su").await.reads(&["gõ họ tên hoặc mã"]);
    w.as_(SECRETARY).says("đỗ thị kim oanh").await.reads(&["NS-013", "[Chuyển chi bộ]"]);
    w.as_(SECRETARY).taps("Chuyển chi bộ").await.reads(&["Ở đơn vị nào", "Phòng 3"]);
    w.as_(SECRETARY).says("phong 3").await.reads(&["Từ ngày nào"]);
    let shown = w.as_(SECRETARY).taps("Hôm nay").await.reads(&["chuyển đến Chi bộ Phòng 3"]);
    assert!(shown.contains("do Văn phòng Đảng ủy quyết định"), "{shown}");
    assert!(shown.contains("Thôi giúp đỡ: QC-014"), "{shown}");
    w.as_(SECRETARY).taps("Xác nhận").await.reads(&["Đã gửi đề nghị"]);
    assert_eq!(w.audited("person.propose").await, ["NS-013"]);
    assert!(w.audited("person.move").await.is_empty(), "nothing is done yet");
    w
}

#[apply(both_engines)]
#[tokio::test]
async fn what_a_branch_proposes_the_office_carries_out(engine: Engine) {
    let mut w = proposed(engine).await;
    // Once is enough.
    w.as_(SECRETARY).says("/nhansu NS-013").await.reads(&["[Chuyển chi bộ]"]);
    w.as_(SECRETARY).taps("Chuyển chi bộ").await.reads(&["Ở đơn vị nào"]);
    w.as_(SECRETARY).says("phong 3").await.reads(&["Từ ngày nào"]);
    w.as_(SECRETARY).taps("Hôm nay").await.reads(&["[Xác nhận]"]);
    w.as_(SECRETARY).taps("Xác nhận").await.reads(&["đang chờ Văn phòng Đảng ủy"]);
    // Whoever is in the office is told without a name, and looks.
    let told =
        w.all_sent().into_iter().filter(|seen| seen.whole().contains("có đề nghị về nhân sự"));
    let told: Vec<String> = told.map(|seen| seen.whole()).collect();
    assert!(told.len() == 1 && !told[0].contains("Oanh"), "{told:?}");
    w.restart().await;
    let listed = w.as_(OFFICE).says("/nhansu").await.reads(&["Đề nghị đang chờ: 1"]);
    assert!(listed.contains("[Đề nghị của Chi bộ Phòng 1, ngày 03/12/2018]"), "{listed}");
    w.as_(OFFICE).taps("Đề nghị của Chi bộ Phòng 1").await.reads(&[
        "Đỗ Thị Kim Oanh chuyển đến Chi bộ Phòng 3",
        "Thôi giúp đỡ: QC-014",
        "[Đồng ý]",
        "[Không đồng ý]",
    ]);
    w.everyone_reads();
    w.as_(OFFICE).taps("Đồng ý").await.reads(&["Đã thực hiện đề nghị"]);
    assert_eq!(w.audited("person.move").await, ["NS-013"]);
    w.as_(SECRETARY).reads(&["Đỗ Thị Kim Oanh chuyển đến"]);
    w.as_(SECRETARY).reads(&["Đề nghị về nhân sự của Chi bộ Phòng 1 đã được thực hiện"]);
    w.everyone_reads();
    let listed = w.as_(OFFICE).says("/nhansu").await.reads(&["gõ họ tên hoặc mã"]);
    assert!(!listed.contains("đang chờ"), "{listed}");
    // Theirs no more.
    w.as_(SECRETARY).says("/nhansu NS-013").await.reads(&["Không tìm thấy"]);
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn a_proposal_is_declined_and_others_never_see_it(engine: Engine) {
    let mut w = proposed(engine).await;
    // Neither another branch's secretary nor a member.
    for who in ["NS-049", "NS-003"] {
        let shown = w.as_(who).says("/nhansu").await.reads(&[]);
        assert!(!shown.contains("Đề nghị của"), "{shown}");
    }
    w.as_("NS-049").says("/nhansu NS-013").await.reads(&["Không tìm thấy"]);
    w.as_("NS-003").says("/nhansu NS-013").await.reads(&["do Văn phòng Đảng ủy"]);
    w.everyone_reads();
    w.as_(OFFICE).says("/nhansu").await.reads(&["Đề nghị đang chờ: 1"]);
    w.as_(OFFICE).taps("Đề nghị của Chi bộ Phòng 1").await.reads(&["[Không đồng ý]"]);
    w.as_(OFFICE).taps("Không đồng ý").await.reads(&["không đồng ý"]);
    w.as_(SECRETARY).reads(&["không được đồng ý"]);
    assert_eq!(w.audited("person.decline").await, ["NS-013"]);
    assert!(w.audited("person.move").await.is_empty());
    w.everyone_reads();
    w.finish().await;
}

/// Where names may not stand, nobody new is proposed, nor is a proposal of somebody new shown.
#[apply(both_engines)]
#[tokio::test]
async fn a_new_name_stands_only_where_names_may(engine: Engine) {
    let mut w = World::peopled(engine, "2018-12-03 09:00").await;
    w.everyone_reads();
    w.as_(SECRETARY).says("/nhansu").await.reads(&["[Thêm người]"]);
    w.as_(SECRETARY).taps("Thêm người").await.reads(&["không gõ ở đây"]);
    w.names_on(&[TAPPING]).await;
    w.as_(SECRETARY).says("/nhansu").await.reads(&["[Thêm người]"]);
    w.as_(SECRETARY).taps("Thêm người").await.reads(&["Họ và tên"]);
    w.as_(SECRETARY).says("Vừ Mí Pó").await.reads(&["sinh"]);
    w.as_(SECRETARY).says("20/11/1985").await.reads(&["Ở đơn vị nào", "[Chi bộ Phòng 1]"]);
    w.as_(SECRETARY).says("phong 1").await.reads(&["Tư cách nào"]);
    w.as_(SECRETARY).says("quan chung").await.reads(&["Từ ngày nào"]);
    w.as_(SECRETARY).taps("Hôm nay").await.reads(&["Vừ Mí Pó", "do Văn phòng Đảng ủy quyết định"]);
    w.as_(SECRETARY).taps("Xác nhận").await.reads(&["Đã gửi đề nghị"]);
    w.everyone_reads();
    w.names_on(&[]).await;
    w.as_(OFFICE).says("/nhansu").await.reads(&["Đề nghị đang chờ: 1"]);
    let shown = w.as_(OFFICE).taps("Đề nghị của").await.reads(&["không gõ ở đây"]);
    assert!(!shown.contains("Pó"), "{shown}");
    w.names_on(&[TAPPING]).await;
    w.as_(OFFICE).says("/nhansu").await.reads(&["Đề nghị đang chờ: 1"]);
    w.as_(OFFICE).taps("Đề nghị của").await.reads(&["Thêm Vừ Mí Pó, sinh ngày 20/11/1985"]);
    w.as_(OFFICE).taps("Đồng ý").await.reads(&["Đã thực hiện"]);
    w.everyone_reads();
    w.as_(SECRETARY).says("/nhansu vu mi po").await.reads(&["NS-061", "quần chúng"]);
    w.finish().await;
}
