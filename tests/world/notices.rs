//! What the committee lets its branches know: written, sent once, read, and reminded of once.

use chrono::TimeDelta;
use diudat::domain::units::UnitTree;
use diudat::message::SendError;
use diudat::reminders::{PlanLine, dry_run};
use rstest_reuse::apply;
use std::time::Duration;

use crate::support::{Engine, both_engines};
use crate::world::{Seen, TAPPING, TYPING, World, local};

const OFFICE: &str = "NS-027";
const TEXT: &str = "Mời các đồng chí dự hội nghị lúc 8 giờ ngày 30/11";
/// All members of Chi bộ Phòng 1, the last one probationary.
const PHONG_1: [&str; 5] = ["NS-010", "NS-011", "NS-012", "NS-013", "NS-014"];

/// The office writes to Chi bộ Phòng 1.
async fn sends(w: &mut World) {
    w.as_(OFFICE).says(&format!("/thongbao {TEXT}")).await.reads(&["Đã chọn 0/6 chi bộ"]);
    w.as_(OFFICE).taps("Chi bộ Phòng 1").await.reads(&["[✓ Chi bộ Phòng 1]"]);
    w.as_(OFFICE).taps("Tiếp tục").await.reads(&[TEXT, "Gửi đến 5 đảng viên của 1 chi bộ"]);
    w.as_(OFFICE).taps("Gửi thông báo").await.reads(&["Đã gửi thông báo đến 5 đảng viên"]);
}

/// The messages a chat got that remind of a notice.
fn reminders(w: &World, chat: &str) -> Vec<Seen> {
    let again = |seen: &Seen| seen.text.contains("chưa xác nhận đã đọc");
    w.sent_to(chat).into_iter().filter(again).collect()
}

#[apply(both_engines)]
#[tokio::test]
async fn a_notice_goes_to_two_branches_of_six_and_is_read(engine: Engine) {
    let mut w = World::peopled(engine, "2018-11-26 09:00").await;
    w.as_(OFFICE).says("Thông báo").await.reads(&["gõ nội dung thông báo", "1.500 ký tự"]);
    let text = format!("{TEXT}.\nQuần chúng TRẦN VĂN BÌNH phát biểu.");
    w.as_(OFFICE).says(&text).await.reads(&["[Chi bộ Phòng 1]", "[Chi bộ Phòng 7]"]);
    // Tapped twice, as people do who see nothing change: chosen all the same.
    let (button, message) = w.as_(OFFICE).button("Chi bộ Phòng 1");
    for _ in 0..2 {
        w.as_(OFFICE).taps_id(&button, &message).await.reads(&["Đã chọn 1/6 chi bộ"]);
    }
    w.as_(OFFICE).taps("Tất cả các chi bộ").await.reads(&["Đã chọn 6/6 chi bộ"]);
    w.as_(OFFICE).taps("Bỏ chọn tất cả").await.reads(&["Đã chọn 0/6 chi bộ"]);
    w.as_(OFFICE).taps("Chi bộ Phòng 7").await.reads(&["Đã chọn 1/6 chi bộ"]);
    w.as_(OFFICE).taps("Chi bộ Phòng 1").await.reads(&["Đã chọn 2/6 chi bộ"]);
    w.as_(OFFICE).taps("Chi bộ Phòng Tổ chức").await.reads(&["Đã chọn 3/6 chi bộ"]);
    w.as_(OFFICE).taps("✓ Chi bộ Phòng 7").await.reads(&["[Chi bộ Phòng 7]", "2/6"]);
    let preview = w.as_(OFFICE).taps("Tiếp tục").await.reads(&["Gửi đến 14 đảng viên"]);
    insta::assert_snapshot!("notice_preview", preview);
    w.as_(OFFICE).taps("Gửi thông báo").await.reads(&["14 đảng viên", "[Xem ai đã đọc]"]);

    let letter = w.as_("NS-012").reads(&["QC-014 phát biểu", "[Đã đọc]"]);
    insta::assert_snapshot!("notice_letter", letter);
    let got = |w: &World, code: &str| w.sent_to(code).len();
    for code in PHONG_1.into_iter().chain(["NS-001", "NS-009"]) {
        assert_eq!(got(&w, code), 1, "{code}");
    }
    for code in ["NS-015", "NS-016", "NS-049"] {
        assert_eq!(got(&w, code), 0, "{code} is no member of the two");
    }

    w.clock.advance(TimeDelta::minutes(5));
    let read = w.as_("NS-012").taps("Đã đọc").await.reads(&["lúc 09:05 ngày 26/11/2018", TEXT]);
    assert!(!read.contains('['), "the button is gone: {read}");
    assert_eq!(got(&w, "NS-012"), 1, "in the place of the notice");
    w.as_("NS-001").reads(&["[Đã đọc]"]);
    let (button, message) = w.as_("NS-001").button("Đã đọc");
    w.clock.advance(TimeDelta::minutes(5));
    for _ in 0..2 {
        // Counted once, and at the first time.
        w.as_("NS-001").taps_id(&button, &message).await.reads(&["lúc 09:10 ngày 26/11/2018"]);
        w.clock.advance(TimeDelta::minutes(5));
    }

    let look = w.as_(OFFICE).taps("Xem ai đã đọc").await.reads(&["đã đọc 2, chưa đọc 12"]);
    insta::assert_snapshot!("notice_look", look);
    // So does another member of the committee, from the list.
    let list = w.as_("NS-001").says("/thongbao").await.reads(&["[Soạn thông báo]"]);
    assert!(
        list.contains("09:00 ngày 26/11/2018, đồng chí Khổng Minh Đạt gửi 2 chi bộ: đã đọc 2/14"),
        "{list}"
    );
    w.as_("NS-001").taps("Xem 09:00").await.reads(&["Chi bộ Phòng 1: đã đến 5/5; đã đọc 1"]);
    w.as_("NS-001").taps("Các thông báo khác").await.reads(&["Thông báo đã gửi"]);
    w.as_("NS-001").taps("Soạn thông báo").await.reads(&["gõ nội dung"]);
    w.as_("NS-001").says("/huy").await.reads(&["Đã dừng"]);
    w.everyone_reads();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn a_draft_outlives_a_restart_and_is_not_overwritten(engine: Engine) {
    let mut w = World::peopled(engine, "2018-11-26 09:00").await;
    w.as_(OFFICE).says(&format!("/thongbao {TEXT}")).await.reads(&["Đã chọn 0/6"]);
    w.restart().await;
    w.as_(OFFICE).taps("Chi bộ Phòng 1").await.reads(&["Đã chọn 1/6"]);
    w.as_(OFFICE).says("/huy").await.reads(&["vẫn được giữ"]);
    w.as_(OFFICE).taps("Tiếp tục").await.reads(&["không còn hiệu lực"]);
    w.crash().await;

    // Days later, when the dialogue itself is long forgotten.
    w.clock.advance(TimeDelta::hours(30));
    w.as_(OFFICE).says("/thongbao Một thông báo khác").await.reads(&["còn một bản nháp chưa gửi"]);
    w.as_(OFFICE).reads(&[TEXT, "Gửi đến 5 đảng viên"]);
    w.as_(OFFICE).says("gửi đi").await.reads(&["chưa hiểu câu trả lời"]);
    w.as_(OFFICE).reads(&[TEXT]);
    w.as_(OFFICE).taps("Sửa nội dung").await.reads(&["Nội dung hiện nay", TEXT]);
    w.as_(OFFICE).taps("Quay lại").await.reads(&["Xem lại thông báo"]);
    w.as_(OFFICE).taps("Sửa nội dung").await.reads(&["Nội dung hiện nay"]);
    w.as_(OFFICE).says("Hoãn hội nghị").await.reads(&["Xem lại thông báo", "Hoãn hội nghị"]);
    w.as_(OFFICE).taps("Sửa nơi nhận").await.reads(&["[✓ Chi bộ Phòng 1]"]);
    w.as_(OFFICE).taps("Hủy bản nháp").await.reads(&["Đã hủy bản nháp"]);
    w.as_(OFFICE).says("/thongbao").await.reads(&["gõ nội dung"]);
    assert!(w.sent_to("NS-012").is_empty());
    w.everyone_reads();
    w.finish().await;
}

/// What waits in one chat was sent from another of the same person.
#[apply(both_engines)]
#[tokio::test]
async fn a_draft_is_sent_once_from_whichever_chat(engine: Engine) {
    let mut w = World::peopled(engine, "2018-11-26 09:00").await;
    w.join(TYPING, OFFICE).await;
    w.as_(OFFICE).says(&format!("/thongbao {TEXT}")).await.reads(&["Đã chọn 0/6"]);
    w.as_(OFFICE).taps("Chi bộ Phòng 1").await.reads(&["Đã chọn 1/6"]);
    w.as_(OFFICE).taps("Tiếp tục").await.reads(&["Xem lại thông báo"]);
    w.typing_as(OFFICE).says("/thongbao").await.reads(&["1. Gửi thông báo"]);
    w.typing_as(OFFICE).says("1").await.reads(&["Đã gửi thông báo đến 5"]);
    let (button, message) = w.as_(OFFICE).button("Gửi thông báo");
    w.as_(OFFICE).taps_id(&button, &message).await.reads(&["đã được gửi hoặc đã hủy"]);
    assert_eq!(w.sent_to("NS-012").len(), 1);
    w.everyone_reads();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn those_who_have_not_read_are_reminded_once(
    engine: Engine,
    #[values(false, true)] restarting: bool,
) {
    // A Thursday: two working days later it is Monday.
    let mut w = World::peopled(engine, "2018-11-29 09:00").await;
    sends(&mut w).await;
    w.as_("NS-012").taps("Đã đọc").await;
    w.as_(OFFICE).taps("Xem ai đã đọc").await.reads(&["nhắc lại một lần lúc 08:00 ngày 03/12"]);
    w.advance_to("2018-12-03 07:59").await;
    assert!(PHONG_1.iter().all(|code| reminders(&w, code).is_empty()));
    if restarting {
        w.crash().await;
    }
    w.advance_to("2018-12-03 08:00").await;
    for code in PHONG_1 {
        let got = reminders(&w, code);
        assert_eq!(got.len(), usize::from(code != "NS-012"), "{code}");
        assert!(got.iter().all(|seen| seen.text.contains(TEXT)), "{got:?}");
    }
    if restarting {
        w.crash().await;
        w.restart().await;
    }
    w.everyone_reads();
    // Under the reminder the button means the same.
    w.as_("NS-014").taps("Đã đọc").await.reads(&["Đã ghi nhận", TEXT]);
    w.advance_to("2018-12-14 18:00").await;
    let all: usize = PHONG_1.iter().map(|code| reminders(&w, code).len()).sum();
    // Three, as the one that was answered is a word of thanks now.
    assert_eq!(all, 3);
    w.everyone_reads();
    w.as_(OFFICE).says("/thongbao").await.reads(&["đã đọc 2/5"]);
    w.as_(OFFICE).taps("Xem 09:00").await.reads(&["Đã nhắc lại đồng chí chưa đọc lúc 08:00"]);
    w.as_(OFFICE).reads_nothing();
    w.everyone_reads();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn after_downtime_the_reminder_is_late_within_the_grace_and_dropped_beyond_it(
    engine: Engine,
) {
    for (back, late) in [("2018-11-28 11:00", true), ("2018-11-28 21:00", false)] {
        let mut w = World::peopled(engine, "2018-11-26 09:00").await;
        sends(&mut w).await;
        w.down_until(back).await;
        let got = reminders(&w, "NS-014");
        assert_eq!(got.len(), usize::from(late));
        assert!(got.iter().all(|seen| seen.text.starts_with("Tin này được gửi muộn")), "{got:?}");
        w.advance_to("2018-12-07 18:00").await;
        assert_eq!(reminders(&w, "NS-014").len(), usize::from(late), "no second try");
        let lost = |seen: &Seen| seen.text.contains("không gửi kịp và đã hủy");
        let told: Vec<_> = w.sent_to(OFFICE).into_iter().filter(lost).collect();
        assert_eq!(told.len(), usize::from(!late));
        w.everyone_reads();
        w.as_(OFFICE).taps("Xem ai đã đọc").await.reads(&[match late {
            true => "Đã nhắc lại đồng chí chưa đọc lúc 11:00 ngày 28/11/2018",
            false => "lời nhắc lại không gửi kịp",
        }]);
        w.finish().await;
    }
}

#[apply(both_engines)]
#[tokio::test]
async fn who_cannot_be_reached_is_named(engine: Engine) {
    let mut w = World::at(engine, "2018-11-26 09:00").await;
    // NS-012 has no account, NS-013 has blocked the assistant without its knowing.
    for code in [OFFICE, "NS-010", "NS-011", "NS-013", "NS-014"] {
        w.join(TAPPING, code).await;
    }
    w.fail_next("NS-013", &[SendError::Unreachable]);
    w.as_(OFFICE).says(&format!("/thongbao {TEXT}")).await.reads(&["Đã chọn 0/6"]);
    w.as_(OFFICE).taps("Chi bộ Phòng 1").await.reads(&["Đã chọn 1/6"]);
    let preview = w.as_(OFFICE).taps("Tiếp tục").await.reads(&["Gửi đến 5 đảng viên"]);
    assert!(preview.contains("Có 1 đồng chí không nhận được tin nhắn"), "{preview}");
    w.as_(OFFICE).taps("Gửi thông báo").await.reads(&["Có 1 đồng chí không nhận được"]);
    let look = w.as_(OFFICE).taps("Xem ai đã đọc").await.reads(&["Đã đến 3/5", "tin nhắn 2"]);
    assert!(
        look.contains("trực tiếp: đồng chí Phạm Quang Hợp, đồng chí Đỗ Thị Kim Oanh."),
        "{look}"
    );
    // The branch's secretary learns of the one whom the platform refused.
    let told = w.sent_to("NS-010");
    assert!(told.iter().any(|seen| seen.text.contains("không đến được tài khoản")), "{told:?}");

    // Whoever has an account by the time of the reminder gets it then.
    w.join(TAPPING, "NS-012").await;
    w.advance_to("2018-11-28 08:00").await;
    assert_eq!(reminders(&w, "NS-012").len(), 1);
    assert!(reminders(&w, "NS-013").is_empty());
    w.everyone_reads();
    w.as_(OFFICE).says("/thongbao").await.reads(&["0/5"]);
    w.as_(OFFICE).taps("Xem 09:00").await.reads(&["Đã đến 4/5"]);
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn only_the_committee_and_its_office_write_and_look(engine: Engine) {
    let mut w = World::peopled(engine, "2018-11-26 09:00").await;
    sends(&mut w).await;
    for code in ["NS-010", "NS-012", "NS-015"] {
        w.everyone_reads();
        w.as_(code).says("/thongbao họp gấp").await.reads(&["Chỉ cấp ủy viên và Văn phòng"]);
    }
    // Another's button, and one of somebody who was not written to.
    let (button, message) = w.as_("NS-012").button("Đã đọc");
    w.as_("NS-013").taps_id(&button, &message).await.reads(&["dành cho người khác"]);

    w.as_(OFFICE).taps("Xem ai đã đọc").await.reads(&["đã đọc 0"]);
    w.as_(OFFICE).taps("Các thông báo khác").await.reads(&["Thông báo đã gửi"]);
    w.as_(OFFICE).taps("Soạn thông báo").await.reads(&["gõ nội dung"]);
    w.as_(OFFICE).says("Một thông báo nữa").await.reads(&["Đã chọn 0/6"]);
    w.as_(OFFICE).taps("Tất cả các chi bộ").await.reads(&["Đã chọn 6/6"]);
    let preview = w.as_(OFFICE).taps("Tiếp tục").await.reads(&["Gửi đến 50 đảng viên"]);
    assert!(preview.contains("tất cả 6 chi bộ"), "{preview}");
    w.damage("UPDATE office SET to_on = '2018-11-26' WHERE kind = 'office'").await;
    let before = w.all_sent().len();
    w.as_(OFFICE).taps("Gửi thông báo").await.reads(&["Chỉ cấp ủy viên và Văn phòng"]);
    w.as_(OFFICE).taps("Gửi thông báo").await.reads(&["Chỉ cấp ủy viên và Văn phòng"]);
    w.as_(OFFICE).says("/thongbao").await.reads(&["Chỉ cấp ủy viên và Văn phòng"]);
    assert_eq!(w.all_sent().len(), before + 3, "nobody else was written to");
    w.everyone_reads();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn bad_input_is_answered_and_the_dialogue_stays_open(engine: Engine) {
    let mut w = World::peopled(engine, "2018-11-26 09:00").await;
    let long = "ạ".repeat(1_501);
    w.as_(OFFICE).says(&format!("/thongbao {long}")).await.reads(&["dài 1.501 ký tự"]);
    w.as_(OFFICE).reads(&["gõ nội dung thông báo"]);
    w.as_(OFFICE).says(&long).await.reads(&["không dài quá 1.500 ký tự"]);
    w.as_(OFFICE).says(" \n ").await.reads(&["không được để trống"]);
    w.as_(OFFICE).uploads().await.reads(&["không nhận và không lưu"]);
    // Decomposed, it is as long as composed: 1.500.
    w.as_(OFFICE).says(&"a\u{323}".repeat(1_500)).await.reads(&["Đã chọn 0/6"]);
    w.as_(OFFICE).taps("Tiếp tục").await.reads(&["chưa chọn chi bộ nào"]);
    w.as_(OFFICE).says("99").await.reads(&["Không có mục mang số này"]);
    w.as_(OFFICE).says("phòng nào cũng được").await.reads(&["chưa hiểu"]);
    w.as_(OFFICE).reads(&["Đã chọn 0/6"]);
    w.as_(OFFICE).says("chi bo phong 1").await.reads(&["Đã chọn 1/6"]);
    w.damage("UPDATE standing SET to_on = '2018-11-01' WHERE to_on IS NULL").await;
    w.as_(OFFICE).taps("Tiếp tục").await.reads(&["hiện không có đảng viên nào"]);
    w.as_(OFFICE).taps("Hủy bản nháp").await.reads(&["Đã hủy"]);
    w.everyone_reads();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn without_buttons_everything_is_typed(engine: Engine) {
    let mut w = World::at(engine, "2018-11-26 09:00").await;
    w.join(TYPING, OFFICE).await;
    w.join(TYPING, "NS-013").await;
    w.typing_as(OFFICE).says("thong bao").await.reads(&["gõ nội dung"]);
    w.typing_as(OFFICE).says(TEXT).await.reads(&["2. Chi bộ Phòng 1", "8. Tiếp tục"]);
    w.typing_as(OFFICE).says("2").await.reads(&["2. ✓ Chi bộ Phòng 1"]);
    w.typing_as(OFFICE).says("tiếp tục").await.reads(&["Có 4 đồng chí", "1. Gửi thông báo"]);
    w.typing_as(OFFICE).says("1").await.reads(&["Đã gửi thông báo", "1. Xem ai đã đọc"]);

    // A report is open: its numbers stay its own.
    w.typing_as("NS-013").reads(&[TEXT, "ĐỌC "]);
    w.typing_as("NS-013").says("/baocao").await.reads(&["1/5"]);
    let letter = w.sent_to("NS-013")[0].text.clone();
    let code = letter.split("ĐỌC ").nth(1).unwrap().split_whitespace().next().unwrap().to_owned();
    w.typing_as("NS-013").says(&format!("doc {code}")).await.reads(&["Đồng chí đã chọn: Đã đọc"]);
    let thanks = w.typing_as("NS-013").reads(&["Đã ghi nhận đồng chí đọc thông báo"]);
    assert!(!thanks.contains(TEXT), "{thanks}");
    w.typing_as("NS-013").says("1").await.reads(&["2/5"]);
    w.typing_as(OFFICE).says("1").await.reads(&["đã đọc 1, chưa đọc 0"]);
    w.finish().await;
}

/// A platform that asked to wait: what was queued later, but is more urgent, leaves first.
#[apply(both_engines)]
#[tokio::test]
async fn a_notice_goes_after_reminders(engine: Engine) {
    let mut w = World::peopled(engine, "2018-12-02 07:50").await;
    w.everyone_reads();
    let pause = SendError::Transient { after: Some(Duration::from_secs(1800)) };
    w.fail_next("NS-014", &[pause]);
    sends(&mut w).await;
    w.advance_to("2018-12-02 08:20").await;
    let got: Vec<_> = w.sent_to("NS-014");
    assert_eq!(got.len(), 2, "{got:?}");
    assert!(got[0].text.contains("sinh hoạt lúc 14:00"), "{got:?}");
    assert!(got[1].text.contains(TEXT), "{got:?}");
    assert!(got.iter().all(|seen| w.practice.local(seen.at) == local("2018-12-02 08:20")));
    w.everyone_reads();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn the_plan_shows_who_will_be_reminded_of_a_notice(engine: Engine) {
    let mut w = World::peopled(engine, "2018-11-26 09:00").await;
    sends(&mut w).await;
    w.as_("NS-012").taps("Đã đọc").await;
    let plan = planned(&w, None).await;
    let of = |unit: &str| plan.iter().filter(|line| line.unit == unit).count();
    assert!(of("CB-02") == 4 && plan.iter().all(|line| line.to != "NS-012"), "{plan:?}");
    assert!(plan.iter().all(|line| line.at == local("2018-11-28 08:00")), "{plan:?}");
    let here = planned(&w, Some("CB-02")).await;
    assert_eq!(here.len(), 4);

    // And these are reminded, when it was said.
    let before = w.all_sent().len();
    w.advance_to("2018-11-28 08:00").await;
    let reminded = w.all_sent().split_off(before);
    let again = |text: &str| text.contains("chưa xác nhận đã đọc");
    let mut told: Vec<&str> =
        reminded.iter().filter(|m| again(&m.text)).map(|m| m.chat.as_str()).collect();
    let mut foreseen: Vec<&str> = plan.iter().map(|line| line.to.as_str()).collect();
    told.sort_unstable();
    foreseen.sort_unstable();
    assert_eq!(told, foreseen);
    assert!(planned(&w, None).await.is_empty());
    w.everyone_reads();
    w.finish().await;
}

/// What the dry run of November says of notices.
async fn planned(w: &World, unit: Option<&str>) -> Vec<PlanLine> {
    let mut tx = w.db.read().await.unwrap();
    let units = UnitTree::load(&mut tx).await.unwrap();
    let only = unit.map(|code| units.by_code(code).unwrap().id);
    let month = "2018-11".parse().unwrap();
    let lines = dry_run(&mut tx, &w.practice, month, only, w.clock.now()).await.unwrap();
    lines.into_iter().filter(|line| line.kind == "notice").collect()
}

/// Where branches are chosen their names may be typed, as in other lists.
#[apply(both_engines)]
#[tokio::test]
async fn branches_are_chosen_by_their_names(engine: Engine) {
    let mut w = World::peopled(engine, "2018-11-26 09:00").await;
    w.as_("NS-027").says("/thongbao Mời dự hội nghị").await.reads(&["Đã chọn 0/6"]);
    w.as_("NS-027").says("phòng 1, chi bộ phòng 2").await.reads(&["Đã chọn 2/6"]);
    w.as_("NS-027").says("phòng").await.reads(&["Có nhiều chi bộ phù hợp"]);
    w.as_("NS-027").says("phòng 99").await.reads(&["chưa hiểu"]);
    w.as_("NS-027").reads(&["Đã chọn 2/6"]);
    w.as_("NS-027").taps("Tiếp tục").await.reads(&["Xem lại thông báo", "Chi bộ Phòng 2"]);
    w.finish().await;
}
