//! Moving a meeting: by a day alone, and what those hear who had not heard of it before.

use diudat::reminders::dry_run;
use rstest_reuse::apply;

use crate::meeting::reminded;
use crate::support::{Engine, both_engines};
use crate::world::{TYPING, World};

/// Opens the question to when the meeting of 05/12/2018 goes.
async fn asked(w: &mut World) {
    w.as_("NS-010").says("/lichhop").await.reads(&[]);
    w.as_("NS-010").taps("Đổi, hủy một kỳ").await.reads(&[]);
    w.as_("NS-010").taps("Đổi kỳ 05/12/2018").await.reads(&["sang ngày, giờ nào"]);
}

/// A day alone keeps the time; today is Sunday 02/12/2018.
#[apply(both_engines)]
#[case::date("10/12", "14:00, thứ Hai ngày 10/12/2018")]
#[case::weekday("thứ 6", "14:00, thứ Sáu ngày 07/12/2018")]
#[case::weekday_without_marks("thu 6", "14:00, thứ Sáu ngày 07/12/2018")]
#[case::weekday_in_a_word("Thứ Sáu", "14:00, thứ Sáu ngày 07/12/2018")]
#[case::day_of_the_month("7", "14:00, thứ Sáu ngày 07/12/2018")]
#[case::weekday_of_next_week("thứ 3 tuần sau", "14:00, thứ Ba ngày 04/12/2018")]
#[tokio::test]
async fn a_day_alone_moves_the_meeting_and_keeps_its_time(
    engine: Engine,
    #[case] typed: &str,
    #[case] when: &str,
) {
    let mut w = reminded(engine).await;
    asked(&mut w).await;
    w.as_("NS-010").says(typed).await.reads(&["Họp ở đâu"]);
    w.as_("NS-010").taps("Giữ nguyên").await.reads(&["Vì lý do gì"]);
    w.as_("NS-010").says("Trùng hội nghị ngành").await.reads(&[&format!("sang {when}")]);
    w.as_("NS-010").taps("Xác nhận").await.reads(&["Đã chuyển", when]);
    w.as_("NS-014").reads(&[when, "Lý do: Trùng hội nghị ngành"]);
    w.everyone_reads();
    w.finish().await;
}

/// Where there are no buttons a bare number is the day, and none of the options.
#[apply(both_engines)]
#[tokio::test]
async fn a_bare_number_is_the_day_where_there_are_no_buttons(engine: Engine) {
    let mut w = World::at(engine, "2018-12-02 09:00").await;
    w.join(TYPING, "NS-010").await;
    w.typing_as("NS-010").says("/lichhop").await.reads(&["2. Đổi, hủy một kỳ"]);
    w.typing_as("NS-010").says("2").await.reads(&["1. Đổi kỳ 05/12/2018"]);
    w.typing_as("NS-010").says("1").await.reads(&["sang ngày, giờ nào", "Giữ nguyên"]);
    w.typing_as("NS-010").says("10").await.reads(&["Họp ở đâu"]);
    w.typing_as("NS-010").says("1").await.reads(&["Vì lý do gì"]);
    w.typing_as("NS-010").says("Bận").await.reads(&["14:00, thứ Hai ngày 10/12/2018"]);
    w.typing_as("NS-010").says("1").await.reads(&["Đã chuyển"]);
    w.finish().await;
}

/// The meeting of 05/12/2018 put to another day, before anybody was reminded of it.
async fn moved(engine: Engine, to: &str) -> World {
    let mut w = World::peopled(engine, "2018-11-26 09:00").await;
    w.everyone_reads();
    asked(&mut w).await;
    w.as_("NS-010").says(to).await.reads(&["Họp ở đâu"]);
    w.as_("NS-010").taps("Giữ nguyên").await.reads(&["Vì lý do gì"]);
    w.as_("NS-010").says("Trùng hội nghị ngành").await.reads(&["[Xác nhận]"]);
    w.as_("NS-010").taps("Xác nhận").await.reads(&["Đã chuyển"]);
    w
}

#[apply(both_engines)]
#[tokio::test]
async fn who_had_only_seen_the_old_day_learns_why_with_the_first_reminder(engine: Engine) {
    let mut w = moved(engine, "7/12 15h").await;
    w.as_("NS-014").reads_nothing();
    let why = "(chuyển từ 14:00 ngày 05/12/2018: Trùng hội nghị ngành)";
    let mut tx = w.db.read().await.unwrap();
    let month = "2018-12".parse().unwrap();
    let plan = dry_run(&mut tx, &w.practice, month, None, w.clock.now()).await.unwrap();
    drop(tx);
    let of_theirs = plan.iter().find(|line| line.to == "NS-014").expect("a reminder");
    let reason = serde_json::to_string(&of_theirs.reason).unwrap();
    assert!(reason.contains("Trùng hội nghị ngành"), "{of_theirs:?}");

    w.advance_to("2018-12-04 08:00").await;
    let first =
        w.as_("NS-014").reads(&["15:00, thứ Sáu ngày 07/12/2018, tại Phòng họp tầng 3", why]);
    assert!(first.contains("Đề nghị đồng chí cho biết có mặt"), "{first}");
    w.advance_to("2018-12-06 08:00").await;
    let second = w.as_("NS-014").reads(&["ngày 07/12/2018"]);
    assert!(!second.contains("05/12"), "said once: {second}");
    w.everyone_reads();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn the_group_learns_why_with_its_first_reminder(engine: Engine) {
    let mut w = crate::groups::bound(engine).await;
    w.everyone_reads();
    asked(&mut w).await;
    w.as_("NS-010").says("7/12 15h").await.reads(&[]);
    w.as_("NS-010").taps("Giữ nguyên").await.reads(&[]);
    w.as_("NS-010").says("Đợi Trần Văn Bình về").await.reads(&[]);
    w.as_("NS-010").taps("Xác nhận").await.reads(&["Đã chuyển"]);
    w.advance_to("2018-12-04 08:00").await;
    // The reason was typed and names somebody, which a group does not hear.
    w.in_group("group1", "NS-014").reads(&["07/12/2018", "05/12/2018: không nêu trong nhóm"]);
    w.advance_to("2018-12-06 08:00").await;
    let second = w.as_("NS-014").reads(&["ngày 07/12/2018"]);
    assert!(!second.contains("05/12"), "the group has said it: {second}");
    w.everyone_reads();
    w.finish().await;
}

/// The meeting is put nearer, past the days of the first prompts.
#[apply(both_engines)]
#[tokio::test]
async fn a_mentor_who_was_never_asked_is_asked_and_not_chased(engine: Engine) {
    let w = moved(engine, "29/11 14h").await;
    w.everyone_reads();
    w.advance_to("2018-11-28 08:00").await;
    let prompts: Vec<_> = w
        .sent_to("NS-013")
        .into_iter()
        .filter(|seen| seen.buttons.iter().any(|(label, _)| label.starts_with("Báo cáo")))
        .collect();
    let last = prompts.last().expect("a prompt").text.clone();
    assert!(last.contains("Đề nghị đồng chí báo cáo kết quả theo dõi"), "{last}");
    assert!(!last.contains("chưa nhận được") && !last.contains("Sắp hết hạn"), "{last}");
    w.everyone_reads();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn the_preview_of_a_rule_names_each_planned_meeting(engine: Engine) {
    let mut w = moved(engine, "7/12 15h").await;
    w.as_("NS-010").says("/lichhop ngày làm việc cuối cùng 9h").await.reads(&["Họp ở đâu"]);
    w.as_("NS-010").taps("Giữ nguyên").await.reads(&["trùng ngày nghỉ"]);
    let preview = w.as_("NS-010").taps("Vẫn họp").await.reads(&["[Xác nhận]"]);
    insta::assert_snapshot!("rule_preview_kept", preview);
    w.as_("NS-010").taps("Xác nhận").await.reads(&["Đã đặt lịch"]);
    w.as_("NS-010").says("/lichhop").await.reads(&["15:00, thứ Sáu ngày 07/12/2018", "31/01/2019"]);
    w.finish().await;
}

/// Another room is no other day.
#[apply(both_engines)]
#[tokio::test]
async fn another_place_is_given_as_the_reason_it_is(engine: Engine) {
    let mut w = World::peopled(engine, "2018-11-26 09:00").await;
    w.everyone_reads();
    asked(&mut w).await;
    w.as_("NS-010").taps("Giữ nguyên").await.reads(&["Họp ở đâu"]);
    w.as_("NS-010").says("Hội trường").await.reads(&["Vì lý do gì"]);
    w.as_("NS-010").says("Phòng họp sửa điện").await.reads(&["[Xác nhận]"]);
    w.as_("NS-010").taps("Xác nhận").await.reads(&["Đã chuyển"]);
    let why = "đổi địa điểm: Phòng họp sửa điện";
    w.as_("NS-012").says("/lichhop").await.reads(&["tại Hội trường", why]);
    w.advance_to("2018-12-02 08:00").await;
    w.as_("NS-014").reads(&["thứ Tư ngày 05/12/2018, tại Hội trường", why]);
    w.everyone_reads();
    w.finish().await;
}
