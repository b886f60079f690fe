//! Who guides a candidate and who holds an office pass from one person to another.

use rstest_reuse::apply;

use crate::support::{Engine, both_engines};
use crate::world::{TAPPING, TYPING, World};

const LINE: &str = "qc-014 tốt khá tốt tốt tốt, tiếp tục";

async fn on_monday(engine: Engine) -> World {
    let w = World::peopled(engine, "2018-12-03 09:00").await;
    w.everyone_reads();
    w
}

#[apply(both_engines)]
#[tokio::test]
async fn a_mentor_is_replaced_and_the_duty_moves_at_once(engine: Engine) {
    let mut w = on_monday(engine).await;
    w.as_("NS-013").says("/viec").await.reads(&["QC-014", "hạn 17:00 ngày 04/12/2018"]);
    let list = w.as_("NS-010").says("phan cong giup do").await.reads(&["QC-014, T.V.B.: 2 người"]);
    assert!(list.contains("QC-009, V.T.L.: 1 người"), "{list}");
    let one = w.as_("NS-010").taps("QC-014").await.reads(&["[Thay đồng chí Đỗ Thị Kim Oanh]"]);
    assert!(!one.contains("[Phân công]"), "two mentors are enough: {one}");
    let asked = w.as_("NS-010").taps("Thay đồng chí Đỗ Thị Kim Oanh").await.reads(&["tiếp nhận"]);
    assert!(asked.contains("[Nguyễn Thị Thanh Mai]"), "{asked}");
    assert!(!asked.contains("[Phạm Quang Hợp]"), "guides already: {asked}");

    // A probationary member is refused with the reason, and the question stays open.
    w.as_("NS-010").says("vu tien lam").await.reads(&["QC-009, V.T.L. là đảng viên dự bị"]);
    w.as_("NS-010").says("Phạm Quang Hợp").await.reads(&["đang theo dõi, giúp đỡ người này"]);
    w.as_("NS-010").says("Trần Văn Bình").await.reads(&["Chỉ đảng viên chính thức"]);
    w.as_("NS-010").says("Nguyễn Văn Không").await.reads(&["không có ai tên"]);
    w.as_("NS-010").says("NGUYEN THI THANH MAI").await.reads(&["nghị quyết, quyết định nào"]);
    w.as_("NS-010").says("nghị quyết chi bộ").await.reads(&["ghi số của nghị quyết"]);
    w.restart().await;
    w.as_("NS-010").says("06-NQ/CB ngày 03/12/2018").await.reads(&["Kể từ ngày nào"]);
    w.as_("NS-010").says("31/2").await.reads(&["Không có ngày 31/2"]);
    w.as_("NS-010").says("5/3/2018").await.reads(&["quá xa"]);
    w.as_("NS-010").says("hôm qua").await.reads(&["06-NQ/CB", "Kể từ ngày 02/12/2018"]);
    w.as_("NS-010").taps("Sửa").await.reads(&["tiếp nhận"]);
    w.as_("NS-010").taps("Nguyễn Thị Thanh Mai").await.reads(&["nghị quyết"]);
    w.as_("NS-010").says("06-NQ/CB ngày 03/12/2018").await.reads(&["Kể từ ngày nào"]);
    w.as_("NS-010").taps("Hôm nay").await.reads(&["Người tiếp nhận: đồng chí Nguyễn Thị Thanh"]);
    w.as_("NS-010").taps("Xác nhận").await.reads(&["Đã phân công đồng chí Nguyễn Thị Thanh Mai"]);

    // Both are told, the duty has moved, and the former mentor's buttons are refused.
    w.as_("NS-011").reads(&["06-NQ/CB", "được phân công theo dõi, giúp đỡ QC-014"]);
    w.as_("NS-013").reads(&["thôi theo dõi, giúp đỡ QC-014"]);
    let tasks = w.as_("NS-013").says("/viec").await.reads(&[]);
    assert!(!tasks.contains("QC-014"), "{tasks}");
    w.as_("NS-013").says(LINE).await.reads(&["không có báo cáo nào phải gửi về QC-014"]);
    w.as_("NS-011").says("/viec").await.reads(&["[Báo cáo QC-014"]);
    w.as_("NS-011").says(LINE).await.reads(&["[Gửi báo cáo]"]);
    w.as_("NS-011").taps("Gửi báo cáo").await.reads(&["Đã gửi báo cáo"]);
    w.as_("NS-010").reads(&["Nguyễn Thị Thanh Mai", "[Duyệt]"]);
    let audit = w.audited("mentor.change").await;
    assert_eq!(audit.len(), 1, "{audit:?}");
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn what_a_former_mentor_sent_can_be_accepted_but_not_returned(engine: Engine) {
    let mut w = on_monday(engine).await;
    w.as_("NS-013").says(LINE).await.reads(&["[Gửi báo cáo]"]);
    w.as_("NS-013").taps("Gửi báo cáo").await.reads(&["Đã gửi"]);
    w.as_("NS-010").reads(&["[Trả lại]"]);
    w.as_("NS-010").says("/phancong qc-014").await.reads(&["[Thôi giúp đỡ: Đỗ Thị Kim Oanh]"]);
    w.as_("NS-010").taps("Thôi giúp đỡ: Đỗ Thị Kim Oanh").await.reads(&["nghị quyết"]);
    w.as_("NS-010").says("06-NQ/CB").await.reads(&["Kể từ ngày nào"]);
    w.as_("NS-010").taps("Hôm nay").await.reads(&["[Xác nhận]"]);
    w.as_("NS-010").taps("Xác nhận").await.reads(&["Đã ghi nhận việc thôi theo dõi"]);
    w.as_("NS-013").reads(&["thôi theo dõi"]);

    w.as_("NS-010").taps("Trả lại").await.reads(&["không còn theo dõi, giúp đỡ QC-014"]);
    w.as_("NS-010").says("/viec").await.reads(&["Chờ duyệt", "Đỗ Thị Kim Oanh"]);
    let shown = w.as_("NS-010").taps("Xem QC-014").await.reads(&["[Duyệt]"]);
    assert!(!shown.contains("[Trả lại]"), "{shown}");
    w.as_("NS-010").taps("Duyệt").await.reads(&["Đã duyệt báo cáo"]);
    w.as_("NS-013").reads(&["đã được chi bộ duyệt"]);
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn a_secretary_hands_over_and_is_one_no_longer(engine: Engine) {
    let mut w = on_monday(engine).await;
    w.as_("NS-013").says(LINE).await.reads(&["[Gửi báo cáo]"]);
    w.as_("NS-013").taps("Gửi báo cáo").await.reads(&["Đã gửi"]);
    w.as_("NS-010").reads(&["[Duyệt]"]);
    let own = w.as_("NS-010").says("ban giao").await.reads(&["[Bí thư: Lê Đức Thuận]"]);
    assert!(own.contains("[Phó bí thư: Nguyễn Thị Thanh Mai]"), "{own}");
    w.as_("NS-010").taps("Bí thư: Lê Đức Thuận").await.reads(&["[Nguyễn Thị Thanh Mai]"]);
    w.as_("NS-010").taps("Nguyễn Thị Thanh Mai").await.reads(&["quyết định nào"]);
    w.as_("NS-010").says("Quyết định 41-QĐ/ĐU ngày 30/11/2018").await.reads(&["Kể từ"]);
    w.as_("NS-010").taps("Hôm nay").await.reads(&["đồng thời thôi giữ nhiệm vụ Phó bí thư"]);
    w.as_("NS-010").taps("Xác nhận").await.reads(&["Nguyễn Thị Thanh Mai giữ nhiệm vụ Bí thư"]);
    w.as_("NS-011").reads(&["giữ nhiệm vụ Bí thư", "[Việc cần làm]"]);

    // What waits moves with the office; the former holder's buttons are refused.
    w.as_("NS-010").taps("Duyệt").await.reads(&["Chỉ bí thư hoặc phó bí thư"]);
    w.as_("NS-010").says("/phancong").await.reads(&["bí thư"]);
    w.as_("NS-011").taps("Việc cần làm").await.reads(&["Chờ duyệt", "QC-014"]);
    w.as_("NS-011").taps("Xem QC-014").await.reads(&["[Duyệt]"]);
    w.as_("NS-011").taps("Duyệt").await.reads(&["Đã duyệt"]);
    w.as_("NS-013").reads(&["đã được chi bộ duyệt"]);
    w.as_("NS-011").says("/toi").await.reads(&["Bí thư – Chi bộ Phòng 1"]);
    let former = w.as_("NS-010").says("/toi").await.reads(&["NS-010"]);
    assert!(!former.contains("Bí thư"), "{former}");

    // Reminders, too: the list of who owes goes to whoever is secretary when it falls due.
    w.advance_to("2018-12-04 16:59").await;
    w.everyone_reads();
    w.advance_to("2018-12-04 17:00").await;
    w.as_("NS-011").reads(&["Đã hết hạn báo cáo", "Phạm Quang Hợp"]);
    let last = w.sent_to("NS-010").last().unwrap().whole();
    assert!(!last.contains("Đã hết hạn báo cáo"), "{last}");
    w.everyone_reads();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn the_committee_hands_over_for_a_branch_and_two_at_once_do_it_once(engine: Engine) {
    let mut w = on_monday(engine).await;
    for office in ["NS-027", "NS-010"] {
        if office == "NS-027" {
            w.as_(office).says("/bangiao").await.reads(&["[Chi bộ Phòng 1]"]);
            w.as_(office).taps("Chi bộ Phòng 1").await.reads(&["[Phó bí thư: Nguyễn Thị Thanh"]);
        } else {
            w.as_(office).says("/bangiao").await.reads(&["[Phó bí thư: Nguyễn Thị Thanh Mai]"]);
        }
        w.as_(office).taps("Phó bí thư: Nguyễn Thị Thanh Mai").await.reads(&["tiếp nhận"]);
        let chosen = if office == "NS-027" { "NS-012" } else { "NS-013" };
        w.as_(office).says(chosen).await.reads(&["quyết định nào"]);
        w.as_(office).says("41-QĐ/ĐU").await.reads(&["Kể từ"]);
        w.as_(office).taps("Hôm nay").await.reads(&["[Xác nhận]"]);
    }
    w.as_("NS-027").taps("Xác nhận").await.reads(&["Phạm Quang Hợp giữ nhiệm vụ Phó bí thư"]);
    w.as_("NS-012").reads(&["giữ nhiệm vụ Phó bí thư"]);
    w.as_("NS-011").reads(&["thôi giữ nhiệm vụ Phó bí thư"]);
    w.as_("NS-010").taps("Xác nhận").await.reads(&["vừa được thay đổi ở nơi khác"]);
    w.as_("NS-011").says("/bangiao").await.reads(&["không có nhiệm vụ nào"]);

    // What was handed over today ends tomorrow at the earliest.
    w.as_("NS-012").says("/bangiao").await.reads(&["[Phó bí thư: Phạm Quang Hợp]"]);
    w.as_("NS-012").taps("Phó bí thư: Phạm Quang Hợp").await.reads(&["tiếp nhận"]);
    w.as_("NS-012").says("hoa").await.reads(&["không có ai tên"]);
    w.as_("NS-012").says("oanh").await.reads(&["quyết định"]);
    w.as_("NS-012").says("42-QĐ/ĐU").await.reads(&["Kể từ"]);
    w.as_("NS-012").says("hôm qua").await.reads(&["không thể kết thúc từ ngày 02/12/2018"]);
    w.as_("NS-012").says("/huy").await.reads(&["Đã dừng"]);
    w.as_("NS-012").says("/toi").await.reads(&["Phó bí thư – Chi bộ Phòng 1"]);
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn without_buttons_the_numbers_do(engine: Engine) {
    let mut w = on_monday(engine).await;
    w.join(TYPING, "NS-010").await;
    w.typing_as("NS-010").says("/phancong qc-009").await.reads(&["3. Phân công"]);
    w.typing_as("NS-010").says("3").await.reads(&["1. ", "tiếp nhận"]);
    w.typing_as("NS-010").says("NS-013").await.reads(&["nghị quyết"]);
    w.typing_as("NS-010").says("07-NQ/CB").await.reads(&["1. Hôm nay"]);
    w.typing_as("NS-010").says("1").await.reads(&["1. Xác nhận"]);
    w.typing_as("NS-010").says("1").await.reads(&["Đã phân công đồng chí Đỗ Thị Kim Oanh"]);
    w.as_("NS-013").reads(&["được phân công theo dõi, giúp đỡ QC-009"]);
    assert!(w.sent_to("NS-013").last().unwrap().chat == "NS-013", "on {TAPPING}");
    w.finish().await;
}
