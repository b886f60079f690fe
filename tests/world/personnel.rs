//! People who are on no road are kept true by the committee's office: put down, corrected, moved, let go, taken
//! back, given an office; and branches are merged.

use diudat::operations::structure;
use diudat::operations::{Doer, Door};
use rstest_reuse::apply;

use crate::support::{Engine, both_engines};
use crate::world::{TAPPING, World};

const OFFICE: &str = "NS-001";

async fn on_monday(engine: Engine) -> World {
    let mut w = World::peopled(engine, "2018-12-03 09:00").await;
    w.names_on(&[TAPPING]).await;
    w.everyone_reads();
    w
}

#[apply(both_engines)]
#[tokio::test]
async fn somebody_moves_with_all_that_follows(engine: Engine) {
    let mut w = on_monday(engine).await;
    // Whoever does not look after people is told so, and shown nothing.
    w.as_("NS-013").says("/nhansu NS-013").await.reads(&["do Văn phòng Đảng ủy"]);
    w.as_(OFFICE).says("nhan su").await.reads(&["gõ họ tên hoặc mã"]);
    w.as_(OFFICE).says("ĐỖ THỊ KIM OANH").await.reads(&["NS-013", "đảng viên chính thức"]);
    w.as_(OFFICE).taps("Chuyển chi bộ").await.reads(&["Ở đơn vị nào"]);
    w.as_(OFFICE).says("phong 3").await.reads(&["Từ ngày nào"]);
    w.as_(OFFICE).says("31/2").await.reads(&["Không có ngày 31/2"]);
    let shown = w.as_(OFFICE).taps("Hôm nay").await.reads(&["chuyển đến", "từ ngày 03/12/2018"]);
    assert!(shown.contains("Thôi giúp đỡ: QC-014"), "what follows is said: {shown}");
    w.restart().await;
    w.as_(OFFICE).taps("Xác nhận").await.reads(&["Đã ghi nhận"]);
    w.as_("NS-010").reads(&["Đỗ Thị Kim Oanh chuyển đến", "QC-014"]);
    w.everyone_reads();
    assert_eq!(w.audited("person.move").await.len(), 1);
    let tasks = w.as_("NS-013").says("/viec").await.reads(&[]);
    assert!(!tasks.contains("QC-014"), "{tasks}");
    // The same once more is nothing.
    w.as_(OFFICE).says("/nhansu ns-013").await.reads(&["từ ngày 03/12/2018"]);
    w.as_(OFFICE).taps("Chuyển chi bộ").await.reads(&["Ở đơn vị nào"]);
    w.as_(OFFICE).says("phong 3").await.reads(&["Từ ngày nào"]);
    w.as_(OFFICE).taps("Hôm nay").await.reads(&["không có gì thay đổi"]);
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn whoever_leaves_can_come_back_and_a_name_is_corrected(engine: Engine) {
    let mut w = on_monday(engine).await;
    w.as_(OFFICE).says("/nhansu NS-011").await.reads(&["[Thôi sinh hoạt]"]);
    w.as_(OFFICE).taps("Sửa họ tên").await.reads(&["Họ và tên"]);
    w.as_(OFFICE).says("Mai").await.reads(&["họ"]);
    w.as_(OFFICE).says("Nguyễn Thị Thanh Mây").await.reads(&["thành Nguyễn Thị Thanh Mây"]);
    w.as_(OFFICE).taps("Xác nhận").await.reads(&["tên cũ vẫn tra cứu được"]);
    w.as_(OFFICE).says("/nhansu nguyễn thị thanh mây").await.reads(&["NS-011"]);

    w.as_(OFFICE).taps("Thôi sinh hoạt").await.reads(&["vì lý do nào"]);
    w.as_(OFFICE).says("tu tran").await.reads(&["Từ ngày nào"]);
    w.as_(OFFICE).says("20/12").await.reads(&["chưa tới"]);
    w.as_(OFFICE).says("/huy").await.reads(&[]);
    w.as_(OFFICE).says("/nhansu NS-011").await.reads(&["[Thôi sinh hoạt]"]);
    w.as_(OFFICE).taps("Thôi sinh hoạt").await.reads(&["vì lý do nào"]);
    w.as_(OFFICE).taps("chuyển đi đảng bộ khác").await.reads(&["Từ ngày nào"]);
    w.as_(OFFICE).taps("Hôm nay").await.reads(&["thôi sinh hoạt từ ngày 03/12/2018"]);
    w.as_(OFFICE).taps("Xác nhận").await.reads(&["Đã ghi nhận"]);
    w.everyone_reads();
    w.as_(OFFICE).says("/nhansu NS-011").await.reads(&["không sinh hoạt", "[Trở lại sinh hoạt]"]);
    w.as_(OFFICE).taps("Trở lại sinh hoạt").await.reads(&["Ở đơn vị nào"]);
    w.as_(OFFICE).says("phong 1").await.reads(&["Từ ngày nào"]);
    w.as_(OFFICE).taps("Hôm nay").await.reads(&["trở lại sinh hoạt"]);
    w.as_(OFFICE).taps("Xác nhận").await.reads(&["Đã ghi nhận"]);
    w.everyone_reads();
    // Whoever is on the road moves by its steps.
    let candidate = w.as_(OFFICE).says("/nhansu NS-015").await.reads(&["/hoso QC-014"]);
    assert!(!candidate.contains("[Chuyển chi bộ]"), "{candidate}");
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn somebody_new_is_put_down_and_takes_an_office(engine: Engine) {
    let mut w = on_monday(engine).await;
    w.as_(OFFICE).says("/nhansu").await.reads(&["[Thêm người]"]);
    w.as_(OFFICE).taps("Thêm người").await.reads(&["Họ và tên"]);
    w.as_(OFFICE).says("H'Mai Niê").await.reads(&["sinh"]);
    w.as_(OFFICE).says("20/11/1985").await.reads(&["Ở đơn vị nào"]);
    w.as_(OFFICE).says("phong 1").await.reads(&["Tư cách nào"]);
    w.as_(OFFICE).says("dang vien chinh thuc").await.reads(&["Từ ngày nào"]);
    w.as_(OFFICE).taps("Hôm nay").await.reads(&["H'Mai Niê, sinh ngày 20/11/1985", "[Xác nhận]"]);
    w.as_(OFFICE).taps("Xác nhận").await.reads(&["Đã thêm vào danh sách"]);
    w.as_(OFFICE).says("/nhansu h'mai nie").await.reads(&["H'Mai Niê", "[Giao chức vụ]"]);
    w.as_(OFFICE).taps("Giao chức vụ").await.reads(&["Chức vụ nào"]);
    w.as_(OFFICE).taps("Bí thư").await.reads(&["Ở đơn vị nào"]);
    w.as_(OFFICE).says("phong 1").await.reads(&["Từ ngày nào"]);
    let shown = w.as_(OFFICE).taps("Hôm nay").await.reads(&["giữ chức vụ Bí thư"]);
    assert!(shown.contains("thôi giữ chức vụ này"), "who holds it is named: {shown}");
    w.as_(OFFICE).taps("Xác nhận").await.reads(&["Đã ghi nhận"]);
    w.everyone_reads();
    w.as_("NS-010").says("/hop").await.reads(&[]);
    w.finish().await;
}

/// Two branches become one in the middle of a month, and the month goes on.
#[apply(both_engines)]
#[tokio::test]
async fn two_branches_are_merged_in_mid_month(engine: Engine) {
    let mut w = on_monday(engine).await;
    let members = |db: &diudat::store::Db| {
        let db = db.clone();
        async move {
            let mut tx = db.read().await.unwrap();
            let units = diudat::domain::units::UnitTree::load(&mut tx).await.unwrap();
            let of = |code: &str| units.by_code(code).unwrap().id;
            (of("CB-01"), of("CB-03"))
        }
    };
    let (into, from) = members(&w.db).await;
    let figures = w.as_(OFFICE).says("/thongke 2018").await.reads(&[]);
    let door: Door = w.door();
    let mut deed = door.deed(Doer::InName { code: OFFICE }).await.unwrap();
    let today = deed.work().today();
    let held = structure::merge(&mut deed.work(), (from, into), today).await.unwrap();
    deed.end().await.unwrap();
    assert!(held.people > 0 && held.meetings > 0, "{held:?}");
    w.settle().await;
    w.everyone_reads();
    let after = w.as_(OFFICE).says("/thongke 2018").await.reads(&[]);
    let total = |text: &str| text.split("\n\n").next().unwrap().to_owned();
    assert_eq!(total(&after), total(&figures).replace("5/6 chi bộ", "5/5 chi bộ"), "{after}");
    assert!(after.contains("Khiếu tố: 15/16") && !after.contains("Phòng 3"), "{after}");
    w.as_(OFFICE).says("/nhansu").await.reads(&[]);
    w.advance_to("2019-01-20 09:00").await;
    w.settle().await;
    assert_eq!(w.audited("unit.merge").await.len(), 1);
    let meetings = w
        .count(
            "SELECT COUNT(*) FROM meeting m JOIN unit u ON u.id = m.unit_id
            WHERE u.code = 'CB-03' AND m.state = 'planned'",
        )
        .await;
    assert_eq!(meetings, 0, "what has ended meets no more");
    w.everyone_reads();
    w.finish().await;
}
