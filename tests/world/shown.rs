//! What was shown is what is done: something changes between the preview and the tap that confirms it, by another
//! device of the same person or by somebody else, and is shown again instead.

use rstest_reuse::apply;

use crate::sheet::{called, on_the_day};
use crate::support::{Engine, both_engines};
use crate::world::{TYPING, World};

const SECRETARY: &str = "NS-010";
const DEPUTY: &str = "NS-011";
const MENTOR: &str = "NS-013";
const OFFICE: &str = "NS-027";
const CHANGED: &str = "Nội dung đã thay đổi";
const DONE: &str = "Việc này đã được thực hiện lúc";

impl World {
    /// All that is unread in somebody's chat.
    fn reads_all(&mut self, who: &str) -> String {
        let unread = self.sent_to(who).into_iter().filter(|seen| seen.unread);
        let all = unread.map(|seen| seen.whole()).collect::<Vec<_>>().join("\n");
        self.everyone_reads();
        all
    }

    /// Taps a button again that was tapped before.
    async fn taps_once_more(&mut self, who: &str, (button, message): (String, String)) -> String {
        self.as_(who).taps_id(&button, &message).await;
        let answer = self.as_(who).reads(&[]);
        self.everyone_reads();
        answer
    }
}

#[apply(both_engines)]
#[tokio::test]
async fn a_report_that_was_changed_elsewhere_is_shown_before_it_is_sent(engine: Engine) {
    let mut w = World::peopled(engine, "2018-11-27 09:00").await;
    w.join(TYPING, MENTOR).await;
    w.everyone_reads();
    w.as_(MENTOR).says("qc-014 tốt tốt tốt tốt tốt, tiếp tục").await.reads(&["[Gửi báo cáo]"]);
    w.typing_as(MENTOR).says("qc-014 khá khá khá khá khá, tiếp tục").await.reads(&["Gửi báo cáo"]);
    w.as_(MENTOR).taps("Gửi báo cáo").await;
    assert!(w.audited("report.send").await.is_empty(), "nothing is sent unseen");
    let all = w.reads_all(MENTOR);
    assert!(all.contains(CHANGED) && all.contains("Khá"), "{all}");
    w.everyone_reads();
    let button = w.as_(MENTOR).button("Gửi báo cáo");
    w.as_(MENTOR).taps("Gửi báo cáo").await.reads(&["Đã gửi"]);
    w.as_(SECRETARY).reads(&["Khá"]);
    // The second of two taps.
    let again = w.taps_once_more(MENTOR, button).await;
    assert!(again.contains(DONE) && again.contains("Đã gửi báo cáo"), "{again}");
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn a_notice_goes_as_it_was_shown_and_to_whom_it_was_shown(engine: Engine) {
    let mut w = World::peopled(engine, "2018-11-26 09:00").await;
    w.join(TYPING, OFFICE).await;
    w.as_(OFFICE).says("/thongbao Mời dự hội nghị").await.reads(&["Đã chọn 0/6"]);
    w.as_(OFFICE).taps("Chi bộ Phòng 1").await.reads(&["Đã chọn 1/6"]);
    w.as_(OFFICE).taps("Tiếp tục").await.reads(&["Xem lại thông báo"]);
    let others = [
        (&["Sửa nội dung", "Hoãn hội nghị"][..], "Hoãn hội nghị"),
        (&["Sửa nơi nhận", "Chi bộ Phòng 2", "Tiếp tục"][..], "Chi bộ Phòng 2"),
    ];
    for (words, piece) in others {
        w.typing_as(OFFICE).says("/thongbao").await;
        for word in words {
            w.typing_as(OFFICE).says(word).await;
        }
        w.everyone_reads();
        w.as_(OFFICE).taps("Gửi thông báo").await;
        assert!(w.audited("notice.send").await.is_empty(), "{piece}");
        let told = w.reads_all(OFFICE);
        assert!(told.contains(CHANGED) && told.contains(piece), "{told}");
    }
    w.as_(OFFICE).taps("Gửi thông báo").await.reads(&["Đã gửi thông báo"]);
    w.everyone_reads();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn a_sheet_is_closed_as_who_closes_it_has_seen_it(engine: Engine) {
    let mut w = called(engine).await;
    w.as_(SECRETARY).says("/hop").await;
    w.as_(SECRETARY).taps("Người ghi biên bản").await;
    w.as_(SECRETARY).taps("Đỗ Thị Kim Oanh").await;
    w.as_(SECRETARY).taps("Kết thúc kỳ họp").await;
    w.everyone_reads();
    // The deputy notes a vote that makes a resolution.
    w.as_(DEPUTY).says("/hop").await;
    for button in ["Kết luận về QC-014", "Kiến nghị: Đưa vào nguồn", "Biểu quyết", "Cả 3"]
    {
        w.as_(DEPUTY).taps(button).await;
    }
    w.everyone_reads();
    w.as_(SECRETARY).taps("Xác nhận kết thúc").await;
    assert_eq!(w.count("SELECT COUNT(*) FROM meeting_sheet WHERE closed_at IS NOT NULL").await, 0);
    let told = w.reads_all(SECRETARY);
    assert!(told.contains(CHANGED) && told.contains("Được thông qua"), "{told}");
    w.everyone_reads();
    w.as_(SECRETARY).taps("Xác nhận kết thúc").await.reads(&["kết thúc lúc", "Nghị quyết"]);
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn a_report_is_accepted_as_it_was_read(engine: Engine) {
    let mut w = World::peopled(engine, "2018-11-27 09:00").await;
    w.everyone_reads();
    w.as_(MENTOR).says("qc-014 tốt tốt tốt tốt tốt, tiếp tục").await;
    w.as_(MENTOR).taps("Gửi báo cáo").await;
    let (accept, message) = w.as_(SECRETARY).button("Duyệt");
    w.as_(MENTOR).says("qc-014 khá khá khá khá khá, tiếp tục").await;
    w.as_(MENTOR).taps("Gửi báo cáo").await;
    w.everyone_reads();
    w.as_(SECRETARY).taps_id(&accept, &message).await.reads(&[CHANGED]);
    w.as_(SECRETARY).reads(&["Khá", "[Duyệt]"]);
    assert!(w.audited("report.accept").await.is_empty(), "nothing is accepted unread");
    let button = w.as_(SECRETARY).button("Duyệt");
    w.as_(SECRETARY).taps("Duyệt").await.reads(&["Đã duyệt"]);
    w.as_(MENTOR).reads(&["đã được chi bộ duyệt"]);
    let again = w.taps_once_more(SECRETARY, button).await;
    assert!(again.contains(DONE) && again.contains("Đã duyệt"), "{again}");
    w.finish().await;
}

/// Moves the meeting of Phòng 1 that is ahead by an hour.
async fn moves(w: &mut World, when: &str) -> String {
    w.as_(SECRETARY).says("/lichhop").await;
    w.as_(SECRETARY).taps("Đổi, hủy một kỳ").await;
    w.as_(SECRETARY).taps("Đổi kỳ 05/12").await;
    w.as_(SECRETARY).says(when).await;
    w.as_(SECRETARY).taps("Giữ nguyên").await;
    w.as_(SECRETARY).says("trùng hội nghị").await;
    w.everyone_reads();
    w.as_(SECRETARY).taps("Xác nhận").await.reads(&["Đã chuyển"])
}

#[apply(both_engines)]
#[tokio::test]
async fn a_roll_noted_before_the_meeting_moved_is_void(engine: Engine) {
    let mut w = on_the_day(engine).await;
    w.as_(SECRETARY).says("/hop").await;
    w.as_(SECRETARY).taps("Lưu điểm danh").await;
    for button in ["Kết luận về QC-014", "Kiến nghị: Đưa vào nguồn", "Biểu quyết", "Cả 3"]
    {
        w.as_(SECRETARY).taps(button).await;
    }
    w.as_(SECRETARY).taps("Ghi kết luận").await;
    w.as_(SECRETARY).says("Nhất trí bồi dưỡng tiếp").await;
    let done = moves(&mut w, "5/12 16h").await;
    assert!(done.contains("đề nghị điểm danh, biểu quyết lại"), "{done}");
    w.advance_to("2018-12-05 16:05").await;
    w.everyone_reads();
    w.as_(SECRETARY).says("/hop").await.reads(&["Chưa điểm danh"]);
    assert_eq!(w.count("SELECT COUNT(*) FROM roll_mark").await, 0);
    assert_eq!(
        w.count(
            "SELECT COUNT(*) FROM case_conclusion WHERE conclusion IS NOT NULL
            AND recommendation IS NOT NULL AND in_favour IS NULL"
        )
        .await,
        1,
        "what was concluded stays",
    );
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn who_answers_for_the_time_before_is_asked_anew(engine: Engine) {
    let mut w = World::peopled(engine, "2018-12-03 09:00").await;
    w.advance_to("2018-12-04 09:00").await;
    let (coming, message) = w.as_("NS-012").button("Có mặt");
    moves(&mut w, "6/12 9h").await;
    w.everyone_reads();
    let noted = "SELECT COUNT(*) FROM attendance_answer";
    w.as_("NS-012").taps_id(&coming, &message).await.reads(&["đã chuyển sang", "09:00"]);
    assert_eq!(w.count(noted).await, 0, "the answer was meant for the time before");
    w.as_("NS-012").taps("Có mặt").await.reads(&["Đã ghi nhận đồng chí có mặt"]);
    assert_eq!(w.count(noted).await, 1);
    w.finish().await;
}
