//! What was shown is what is done: something changes between the preview and the tap that confirms it, by another
//! device of the same person or by somebody else, and is shown again instead.

use diudat::operations::{Work, sheets};
use diudat::store::road;
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
    assert!(done.contains("không còn giá trị: điểm danh, kết quả biểu quyết"), "{done}");
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

/// What a chat's button means no more once the very same was confirmed elsewhere and something else stands.
#[apply(both_engines)]
#[tokio::test]
async fn a_report_sent_anew_is_not_judged_by_the_button_of_the_one_before(engine: Engine) {
    let mut w = World::peopled(engine, "2018-11-27 09:00").await;
    w.everyone_reads();
    w.as_(MENTOR).says("qc-014 tốt tốt tốt tốt tốt, tiếp tục").await;
    w.as_(MENTOR).taps("Gửi báo cáo").await;
    let (accept, message) = w.as_(SECRETARY).button("Duyệt");
    w.as_(DEPUTY).says("/viec").await;
    for button in ["Xem QC-014", "Trả lại"] {
        w.as_(DEPUTY).taps(button).await;
    }
    w.as_(DEPUTY).says("Cần nêu rõ hơn").await;
    w.as_(DEPUTY).taps("17:00").await;
    w.as_(MENTOR).says("qc-014 khá khá khá khá khá, tiếp tục").await;
    w.as_(MENTOR).taps("Gửi báo cáo").await;
    w.everyone_reads();
    w.as_(SECRETARY).taps_id(&accept, &message).await;
    assert!(w.audited("report.accept").await.is_empty(), "nothing is accepted unread");
    let told = w.reads_all(SECRETARY);
    assert!(told.contains(CHANGED) && told.contains("Khá"), "{told}");
    w.finish().await;
}

/// Opens the vote on QC-014 at the meeting of Phòng 1.
async fn votes(w: &mut World, who: &str, buttons: &[&str]) {
    w.as_(who).says("/hop").await;
    for button in ["Kết luận về QC-014"].iter().chain(buttons) {
        w.as_(who).taps(button).await;
    }
    w.everyone_reads();
}

#[apply(both_engines)]
#[tokio::test]
async fn votes_are_on_what_was_asked_and_on_what_stands(engine: Engine) {
    let in_favour = "SELECT COALESCE(MAX(CAST(in_favour AS BIGINT)), -1) FROM case_conclusion";
    let mut w = called(engine).await;
    votes(&mut w, SECRETARY, &["Kiến nghị: Đưa vào nguồn", "Biểu quyết"]).await;
    let (all, question) = w.as_(SECRETARY).button("Cả 3");
    // The deputy notes other votes on the same.
    votes(&mut w, DEPUTY, &["Biểu quyết"]).await;
    w.as_(DEPUTY).says("2 1 0").await.reads(&["tán thành 2"]);
    w.everyone_reads();
    w.as_(SECRETARY).taps_id(&all, &question).await;
    let told = w.reads_all(SECRETARY);
    assert!(told.contains(CHANGED) && told.contains("Đã ghi: tán thành 2"), "{told}");
    assert_eq!(w.count(in_favour).await, 2, "the deputy's votes stand");
    let (all, question) = w.as_(SECRETARY).button("Cả 3");
    // What is typed is held to the same.
    votes(&mut w, DEPUTY, &["Biểu quyết", "Cả 3"]).await;
    w.as_(SECRETARY).says("1 2 0").await;
    let told = w.reads_all(SECRETARY);
    assert!(told.contains(CHANGED) && told.contains("Đã ghi: tán thành 3"), "{told}");
    assert_eq!(w.count(in_favour).await, 3, "the deputy's votes stand");
    // Another proposal makes them void: nobody was asked about that.
    votes(&mut w, DEPUTY, &["Kiến nghị: Tiếp tục theo dõi"]).await;
    w.as_(SECRETARY).taps_id(&all, &question).await;
    let told = w.reads_all(SECRETARY);
    assert!(told.contains(CHANGED) && told.contains("Tiếp tục theo dõi"), "{told}");
    assert_eq!(w.count(in_favour).await, -1, "nothing is voted unseen");
    w.as_(SECRETARY).taps("Cả 3").await.reads(&["tán thành 3"]);
    w.finish().await;
}

/// Two notes on the same roll do not overwrite each other.
#[apply(both_engines)]
#[tokio::test]
async fn everybody_is_there_only_on_the_roll_that_was_seen(engine: Engine) {
    let mut w = on_the_day(engine).await;
    let present = "SELECT COUNT(*) FROM roll_mark WHERE presence = 'present'";
    w.as_(SECRETARY).says("/hop").await;
    let (all, roll) = w.as_(SECRETARY).button("Tất cả có mặt");
    let (mark, _) = w.as_(SECRETARY).button("Phạm Quang Hợp – vắng có lý do");
    w.as_(DEPUTY).says("/hop").await;
    w.as_(DEPUTY).taps("Phạm Quang Hợp – vắng có lý do").await.reads(&["vắng không lý do"]);
    w.as_(DEPUTY).taps("Lưu điểm danh").await;
    w.everyone_reads();
    for (button, why) in [(mark, ""), (all, CHANGED)] {
        w.as_(SECRETARY).taps_id(&button, &roll).await;
        let told = w.reads_all(SECRETARY);
        assert!(told.contains(why) && told.contains("vắng không lý do"), "{told}");
        assert_eq!(w.count(present).await, 4, "what the deputy saved stands");
    }
    w.as_(SECRETARY).taps("Tất cả có mặt").await;
    assert_eq!(w.count(present).await, 5);
    w.everyone_reads();
    w.finish().await;
}

/// Typed or tapped, a deed is done once, and whoever taps afterwards is told so.
#[apply(both_engines)]
#[tokio::test]
async fn a_tap_after_what_was_typed_is_told_that_it_is_done(engine: Engine) {
    let mut w = World::peopled(engine, "2018-12-03 09:00").await;
    w.everyone_reads();
    w.as_(MENTOR).says("qc-014 tốt tốt tốt tốt tốt, tiếp tục").await;
    w.as_(MENTOR).taps("Gửi báo cáo").await;
    w.as_(SECRETARY).taps("Trả lại").await;
    w.as_(SECRETARY).says("Cần nêu rõ hơn").await;
    let (until, question) = w.as_(SECRETARY).button("17:00");
    w.everyone_reads();
    w.as_(SECRETARY).says("mai 8h").await.reads(&["Đã trả lại"]);
    let again = w.taps_once_more(SECRETARY, (until, question)).await;
    assert!(again.contains(DONE) && again.contains("Đã trả lại"), "{again}");
    assert_eq!(w.audited("report.return").await.len(), 1);
    w.finish().await;
}

/// Opens the preview of the meeting of Phòng 1 an hour or two later.
async fn previews_the_move(w: &mut World) -> String {
    w.as_(SECRETARY).says("/lichhop").await;
    for button in ["Đổi, hủy một kỳ", "Đổi kỳ 05/12"] {
        w.as_(SECRETARY).taps(button).await;
    }
    w.as_(SECRETARY).says("5/12 16h").await;
    w.as_(SECRETARY).taps("Giữ nguyên").await;
    w.everyone_reads();
    w.as_(SECRETARY).says("trùng hội nghị").await.reads(&["[Xác nhận]"])
}

#[apply(both_engines)]
#[tokio::test]
async fn whoever_moves_a_meeting_sees_before_what_will_be_void(engine: Engine) {
    const VOID: &str = "không còn giá trị";
    let mut w = on_the_day(engine).await;
    let meeting = w.meeting("CB-02", "2018-12").await;
    let preview = previews_the_move(&mut w).await;
    assert!(!preview.contains(VOID), "{preview}");
    // The score alone, and then what the day brings.
    let score = async |work: &mut Work<'_>| {
        let sheet = sheets::open(work, meeting).await?;
        sheets::score(work, &sheet, 90).await
    };
    let _ = w.on_the_page(DEPUTY, score).await.unwrap();
    w.everyone_reads();
    w.as_(SECRETARY).taps("Xác nhận").await;
    let told = w.reads_all(SECRETARY);
    assert!(
        told.contains(CHANGED) && told.contains("sẽ không còn giá trị: điểm tự chấm"),
        "{told}"
    );
    w.as_(DEPUTY).says("/hop").await;
    w.as_(DEPUTY).taps("Lưu điểm danh").await;
    w.as_(DEPUTY).taps("Người ghi biên bản").await;
    w.as_(DEPUTY).taps("Đỗ Thị Kim Oanh").await;
    w.everyone_reads();
    w.as_(SECRETARY).taps("Xác nhận").await;
    let told = w.reads_all(SECRETARY);
    assert!(told.contains("điểm danh, người ghi biên bản, điểm tự chấm"), "{told}");
    w.as_(SECRETARY).taps("Xác nhận").await.reads(&["Đã chuyển", VOID, "người ghi biên bản"]);
    w.everyone_reads();
    w.finish().await;
}

/// A new rule moves meetings as well; what stays is not said to be void.
#[apply(both_engines)]
#[tokio::test]
async fn a_rule_says_what_will_be_void_and_conclusions_are_not(engine: Engine) {
    const VOID: &str = "không còn giá trị";
    let mut w = on_the_day(engine).await;
    let meeting = w.meeting("CB-02", "2018-12").await;
    let concluded = async |work: &mut Work<'_>| {
        let case = road::by_code(work.tx, "QC-014").await?.unwrap().id;
        let sheet = sheets::open(work, meeting).await?;
        sheets::conclude(work, &sheet, case, &"Nhất trí".into()).await
    };
    let _ = w.on_the_page(SECRETARY, concluded).await.unwrap();
    w.everyone_reads();
    w.as_(SECRETARY).says("/lichhop ngày làm việc cuối cùng 9h").await.reads(&["Họp ở đâu"]);
    w.as_(SECRETARY).taps("Giữ nguyên").await;
    let preview = w.as_(SECRETARY).taps("Vẫn họp").await.reads(&["[Xác nhận]"]);
    assert!(!preview.contains(VOID), "{preview}");
    assert!(preview.contains("Hiện nay"), "{preview}");
    w.as_(DEPUTY).says("/hop").await;
    w.as_(DEPUTY).taps("Lưu điểm danh").await;
    w.everyone_reads();
    w.as_(SECRETARY).taps("Xác nhận").await;
    let told = w.reads_all(SECRETARY);
    assert!(told.contains(CHANGED) && told.contains("sẽ không còn giá trị: điểm danh"), "{told}");
    w.as_(SECRETARY).taps("Xác nhận").await.reads(&["Đã đặt lịch", VOID]);
    w.everyone_reads();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn who_is_no_member_any_more_is_told_nothing_of_the_new_time(engine: Engine) {
    let mut w = World::peopled(engine, "2018-12-03 09:00").await;
    w.advance_to("2018-12-04 09:00").await;
    let (coming, message) = w.as_("NS-012").button("Có mặt");
    moves(&mut w, "6/12 9h").await;
    w.damage(
        "UPDATE placement SET to_on = '2018-12-03' WHERE person_id =
            (SELECT id FROM person WHERE code = 'NS-012') AND to_on IS NULL",
    )
    .await;
    w.everyone_reads();
    w.as_("NS-012").taps_id(&coming, &message).await;
    let told = w.reads_all("NS-012");
    assert!(told.contains("thuộc chi bộ") && !told.contains("09:00"), "{told}");
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn a_reason_is_noted_for_the_absence_it_was_asked_for(engine: Engine) {
    let mut w = World::peopled(engine, "2018-12-03 09:00").await;
    w.join(TYPING, "NS-012").await;
    w.advance_to("2018-12-04 09:00").await;
    w.everyone_reads();
    w.as_("NS-012").says("vắng").await.reads(&["lý do vắng"]);
    // They come after all, as they say elsewhere: the meeting has not moved.
    w.typing_as("NS-012").says("có mặt").await;
    w.everyone_reads();
    w.as_("NS-012").says("ốm").await;
    let told = w.reads_all("NS-012");
    assert!(told.contains("đã báo có mặt") && !told.contains("đã chuyển sang"), "{told}");
    let excused = "SELECT COUNT(*) FROM attendance_answer WHERE answer = 'excused'";
    assert_eq!(w.count(excused).await, 0);
    // Now it moves, while the reason is asked for once more.
    w.as_("NS-012").taps("Vắng có lý do").await.reads(&["lý do vắng"]);
    moves(&mut w, "6/12 9h").await;
    w.everyone_reads();
    w.as_("NS-012").says("ốm").await.reads(&["đã chuyển sang", "09:00"]);
    w.everyone_reads();
    w.finish().await;
}
