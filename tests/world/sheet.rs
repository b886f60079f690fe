//! The meeting itself: summarised on its eve, held on its sheet by secretary and deputy in turn,
//! closed once, and followed up.

use rstest_reuse::apply;

use crate::support::{Engine, both_engines};
use crate::world::{TYPING, World};

/// Phòng 1 on the day of its meeting, two hours before it: four official members and a
/// probationary one; one has excused themself.
pub async fn on_the_day(engine: Engine) -> World {
    let mut w = World::peopled(engine, "2018-12-03 09:00").await;
    w.as_("NS-013").says("qc-014 tốt khá tốt tốt tốt, đưa vào nguồn").await;
    w.as_("NS-013").taps("Gửi báo cáo").await;
    w.advance_to("2018-12-04 09:00").await;
    w.as_("NS-012").taps("Vắng có lý do").await;
    w.as_("NS-012").says("đi công tác").await;
    w.advance_to("2018-12-05 13:30").await;
    w.everyone_reads();
    w
}

/// The same, the meeting begun and its roll called: three official members vote.
pub async fn called(engine: Engine) -> World {
    let mut w = on_the_day(engine).await;
    w.advance_to("2018-12-05 14:05").await;
    w.as_("NS-010").says("/hop").await;
    w.as_("NS-010").taps("Lưu điểm danh").await;
    w.everyone_reads();
    w
}

#[apply(both_engines)]
#[tokio::test]
async fn the_secretary_gets_the_summary_and_the_agenda_on_the_eve(engine: Engine) {
    let mut w = World::peopled(engine, "2018-12-03 09:00").await;
    w.as_("NS-013").says("qc-014 tốt khá tốt tốt tốt, đưa vào nguồn").await;
    w.as_("NS-013").taps("Gửi báo cáo").await;
    w.advance_to("2018-12-04 09:00").await;
    w.as_("NS-012").taps("Vắng có lý do").await;
    w.as_("NS-012").says("đi công tác").await;
    w.advance_to("2018-12-04 17:29").await;
    w.everyone_reads();
    w.advance_to("2018-12-04 17:30").await;
    let summary = w.as_("NS-010").reads(&["tổng hợp báo cáo và chương trình dự kiến"]);
    insta::assert_snapshot!("eve", summary);
    w.as_("NS-011").reads_nothing();
    // The same on demand, also for the deputy.
    let asked = w.as_("NS-011").says("họp chi bộ").await.reads(&["chuẩn bị kỳ họp lúc 14:00"]);
    let (_, body) = summary.split_once("\n\n").unwrap();
    assert!(asked.contains(body.trim_end_matches("Trân trọng.").trim_end()), "{asked}");
    w.everyone_reads();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn a_whole_meeting_is_left_continued_by_the_deputy_and_closed(engine: Engine) {
    let mut w = on_the_day(engine).await;
    let first = w.as_("NS-010").says("/hop").await.reads(&["Chưa điểm danh", "[Tất cả có mặt]"]);
    assert!(first.contains("[Phạm Quang Hợp – vắng có lý do]"), "{first}");
    assert!(first.contains("[QC-009, V.T.L. – có mặt]"), "{first}");
    w.as_("NS-010").taps("Lưu điểm danh").await.reads(&["có mặt 4/5", "3 đảng viên chính thức"]);
    w.as_("NS-010").taps("Kết luận về QC-014").await.reads(&[
        "Đồng chí Đỗ Thị Kim Oanh: Tốt, Khá, Tốt, Tốt, Tốt; kiến nghị: Đưa vào nguồn",
        "Đồng chí Phạm Quang Hợp: chưa có báo cáo",
    ]);
    w.as_("NS-010").taps("Kiến nghị: Đưa vào nguồn").await.reads(&["chưa biểu quyết"]);

    // Left here, after a restart the deputy goes on, where there are no buttons.
    w.restart().await;
    w.join(TYPING, "NS-011").await;
    w.advance_to("2018-12-05 14:30").await;
    let sheet = w.typing_as("NS-011").says("/hop").await.reads(&["Điểm danh: có mặt 4/5"]);
    assert!(sheet.contains("“đi công tác”"), "{sheet}");
    assert!(
        sheet.contains("QC-014, T.V.B. – kiến nghị: Đưa vào nguồn (chưa biểu quyết)"),
        "{sheet}"
    );
    w.typing_as("NS-011").says("kết luận về QC-014, T.V.B.").await.reads(&["Ghi kết luận"]);
    w.typing_as("NS-011").says("ghi kết luận").await.reads(&["gõ kết luận của chi bộ"]);
    w.typing_as("NS-011").says(&"dài ".repeat(400)).await.reads(&["không dài quá 1.000 ký tự"]);
    w.restart().await;
    w.typing_as("NS-011")
        .says("Đồng chí Trần Văn Bình có nhiều tiến bộ")
        .await
        .reads(&["kết luận: Đồng chí QC-014 có nhiều tiến bộ"]);
    w.typing_as("NS-011").says("biểu quyết").await.reads(&["3 đảng viên chính thức có mặt"]);
    w.typing_as("NS-011").says("3 tan thanh 0 khac").await.reads(&[
        "tán thành 3, không tán thành 0, ý kiến khác 0. Được thông qua",
        "quá 50% trong 4 đảng viên chính thức",
    ]);
    w.typing_as("NS-011").says("quay lại").await.reads(&["Được thông qua"]);

    // Back with the secretary: the minute-taker, a task, the score.
    w.as_("NS-010").says("/hop").await.reads(&["Người ghi biên bản: chưa chọn"]);
    w.as_("NS-010").taps("Người ghi biên bản").await.reads(&["Đồng chí nào ghi biên bản"]);
    w.as_("NS-010")
        .taps("Đỗ Thị Kim Oanh")
        .await
        .reads(&["Chủ trì: đồng chí Lê Đức Thuận", "Người ghi biên bản: đồng chí Đỗ Thị Kim Oanh"]);
    w.as_("NS-010").taps("Nhiệm vụ").await.reads(&["Giao nhiệm vụ cho đồng chí nào"]);
    w.as_("NS-010").taps("Đỗ Thị Kim Oanh").await.reads(&["việc gì"]);
    w.as_("NS-010").says("Hoàn thiện hồ sơ nguồn").await.reads(&["Hạn đến ngày nào"]);
    w.as_("NS-010").says("31/2").await.reads(&["Không có ngày 31/2"]);
    w.as_("NS-010").says("1/12/2018").await.reads(&["đã qua", "05/12/2018"]);
    // Twenty-odd days ago is not next year's; a number is a day, and no option.
    w.as_("NS-010").says("1/11").await.reads(&["Ngày 01/11/2018 đã qua"]);
    w.as_("NS-010").says("20").await.reads(&["Hoàn thiện hồ sơ nguồn – hạn 20/12/2018"]);
    w.as_("NS-010").taps("Quay lại").await.reads(&["Phiếu họp"]);
    w.as_("NS-010").taps("Tự chấm điểm").await.reads(&["0 đến 100"]);
    w.as_("NS-010").says("101").await.reads(&["từ 0 đến 100"]);
    w.as_("NS-010").says("khá tốt").await.reads(&["chưa hiểu"]);
    w.as_("NS-010").reads(&["0 đến 100"]);
    w.as_("NS-010").says("92").await.reads(&["92 điểm, xếp loại tốt"]);

    let whole = w.as_("NS-010").taps("Kết thúc kỳ họp").await.reads(&["không sửa được nữa"]);
    insta::assert_snapshot!("before_the_closing", whole);
    w.as_("NS-010").taps("Xác nhận kết thúc").await.reads(&[
        "đã được đồng chí Lê Đức Thuận kết thúc lúc 14:30 ngày 05/12/2018",
        "Biên bản số 01-BB/CB",
        "Nghị quyết số 01-NQ/CB",
    ]);
    w.as_("NS-013").reads(&["đã phân công đồng chí", "Hoàn thiện hồ sơ nguồn – hạn 20/12/2018"]);

    // Afterwards: the task with the person, and at the next meeting.
    w.advance_to("2018-12-21 09:00").await;
    w.everyone_reads();
    w.as_("NS-013").says("/viec").await.reads(&[
        "Hoàn thiện hồ sơ nguồn – quá hạn 20/12/2018",
        "[Đã xong: Hoàn thiện hồ sơ nguồn]",
    ]);
    w.as_("NS-010").says("/hop").await.reads(&[
        "chuẩn bị kỳ họp lúc 14:00, thứ Bảy ngày 05/01/2019",
        "Nhiệm vụ kỳ trước chưa xong",
        "[Đã xong: Hoàn thiện hồ sơ nguồn]",
    ]);
    w.as_("NS-013").taps("Đã xong").await.reads(&["Đã ghi nhận hoàn thành"]);
    w.as_("NS-010").taps("Đã xong").await.reads(&["đã được ghi nhận là hoàn thành"]);
    let tasks = w.as_("NS-013").taps("Việc khác của tôi").await.reads(&["Việc cần làm"]);
    assert!(!tasks.contains("Hoàn thiện"), "{tasks}");
    w.finish().await;
}

/// With two absences it takes at most five taps from `/hop` to a saved roll.
#[apply(both_engines)]
#[case::as_answered(&["Lưu điểm danh"], "có mặt 4/5", "vắng có lý do 1, vắng không lý do 0")]
#[case::all_there(&["Tất cả có mặt"], "có mặt 5/5", "vắng có lý do 0, vắng không lý do 0")]
#[case::two_excused(&["Đỗ Thị Kim Oanh", "Lưu"], "có mặt 3/5", "vắng có lý do 2, vắng không lý do 0")]
#[case::two_unexcused(
    &["Đỗ Thị Kim Oanh", "Đỗ Thị Kim Oanh", "Phạm Quang Hợp", "Lưu"],
    "có mặt 3/5",
    "vắng có lý do 0, vắng không lý do 2"
)]
#[case::nobody_answered(
    &["Đỗ Thị Kim Oanh", "Đỗ Thị Kim Oanh", "QC-009", "Lưu"],
    "có mặt 2/5",
    "vắng có lý do 2, vắng không lý do 1"
)]
#[tokio::test]
async fn the_roll_is_called_in_a_few_taps(
    engine: Engine,
    #[case] taps: &[&str],
    #[case] present: &str,
    #[case] absent: &str,
) {
    let mut w = on_the_day(engine).await;
    w.as_("NS-010").says("/hop").await.reads(&["Chưa điểm danh"]);
    let (before, _) = w.effort_of("NS-010");
    for tap in taps {
        w.as_("NS-010").taps(tap).await.reads(&["iểm danh"]);
    }
    w.as_("NS-011").says("/hop").await.reads(&["Điểm danh: ", present, absent]);
    let (taps, _) = w.effort_of("NS-010");
    assert!((1..=5).contains(&(taps - before)), "from {before} to {taps}");
    w.finish().await;
}

/// The third tap brings back who is there, and a reason that was given.
#[apply(both_engines)]
#[tokio::test]
async fn taps_on_a_name_go_round(engine: Engine) {
    let mut w = on_the_day(engine).await;
    w.as_("NS-010").says("/hop").await.reads(&["[Phạm Quang Hợp – vắng có lý do]"]);
    for now in ["vắng không lý do", "có mặt", "vắng có lý do"] {
        let label = format!("[Phạm Quang Hợp – {now}]");
        w.as_("NS-010").taps("Phạm Quang Hợp").await.reads(&[&label]);
    }
    w.as_("NS-010").taps("Lưu").await.reads(&["Phạm Quang Hợp: vắng có lý do (“đi công tác”)"]);
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn more_voices_than_voters_are_refused_with_the_arithmetic(engine: Engine) {
    let mut w = called(engine).await;
    w.as_("NS-010").says("/hop").await.reads(&["3 đảng viên chính thức"]);
    w.as_("NS-010").taps("Kết luận về QC-014").await.reads(&["[Kiến nghị: Đưa vào nguồn]"]);
    w.as_("NS-010").taps("Kiến nghị: Đưa vào nguồn").await.reads(&["[Biểu quyết]"]);
    w.as_("NS-010").taps("Biểu quyết").await.reads(&["3 đảng viên chính thức có mặt"]);
    w.as_("NS-010").says("4/0/0").await.reads(&[
        "4 tán thành + 0 không tán thành + 0 ý kiến khác = 4",
        "có 3 đảng viên chính thức có mặt",
        "Điều lệ Đảng, Điều 3",
    ]);
    w.as_("NS-010").says("1 1 0").await.reads(&["= 2, nhưng có 3"]);
    // A number alone presses nothing, and a minus is not dropped.
    w.as_("NS-010").says("1").await.reads(&["1 tán thành + 0", "= 1, nhưng có 3"]);
    w.as_("NS-010").says("2 1 -1").await.reads(&["không thể nhỏ hơn 0"]);
    for unreadable in ["nhiều lắm", "3 1"] {
        w.as_("NS-010").says(unreadable).await.reads(&["chưa hiểu"]);
        w.as_("NS-010").reads(&["Biểu quyết về QC-014, T.V.B."]);
    }
    // The dialogue has stayed open all the while.
    w.as_("NS-010").says("2 tan thanh 1 khac").await.reads(&["Không được thông qua: cần quá 50%"]);

    // Who comes later changes who votes: the vote must be taken again before the closing.
    w.as_("NS-010").taps("Quay lại").await.reads(&["Điểm danh"]);
    w.as_("NS-010").taps("Người ghi biên bản").await.reads(&["ghi biên bản"]);
    w.as_("NS-010").taps("Đỗ Thị Kim Oanh").await.reads(&["Phiếu họp"]);
    w.as_("NS-010").taps("Điểm danh").await.reads(&["Phạm Quang Hợp – vắng có lý do"]);
    w.as_("NS-010").taps("Tất cả có mặt").await.reads(&["có mặt 5/5"]);
    w.as_("NS-010").taps("Kết thúc kỳ họp").await.reads(&[
        "biểu quyết lại về QC-014, T.V.B. (đã ghi 3 phiếu, nay có 4 đảng viên chính thức có mặt)",
    ]);
    w.as_("NS-010").taps("Kết luận về QC-014").await.reads(&["Không được thông qua"]);
    w.as_("NS-010").taps("Biểu quyết").await.reads(&["4 đảng viên chính thức"]);
    w.as_("NS-010").taps("Cả 4 đồng chí tán thành").await.reads(&["tán thành 4", "Được thông qua"]);
    w.as_("NS-010").taps("Quay lại").await.reads(&["Được thông qua"]);
    w.as_("NS-010").taps("Kết thúc kỳ họp").await.reads(&["[Xác nhận kết thúc]"]);
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn a_vote_needs_the_roll_and_a_closing_needs_what_is_missing(engine: Engine) {
    let mut w = on_the_day(engine).await;
    w.as_("NS-010").says("/hop").await.reads(&["Chưa điểm danh"]);
    w.as_("NS-010").taps("Tất cả có mặt").await.reads(&["có mặt 5/5"]);
    let close = w.as_("NS-010").button("Kết thúc kỳ họp");
    w.as_("NS-010").taps_id(&close.0, &close.1).await.reads(&["bắt đầu lúc 14:00"]);
    w.advance_to("2018-12-05 14:10").await;
    w.as_("NS-010").taps_id(&close.0, &close.1).await.reads(&["Còn thiếu: người ghi biên bản."]);
    w.damage("UPDATE meeting_sheet SET called_at = NULL").await;
    w.as_("NS-010")
        .taps_id(&close.0, &close.1)
        .await
        .reads(&["Còn thiếu: điểm danh, người ghi biên bản."]);
    w.as_("NS-010").taps("Kết luận về QC-014").await.reads(&["Kiến nghị"]);
    w.as_("NS-010").taps("Kiến nghị: Đưa vào nguồn").await.reads(&["[Biểu quyết]"]);
    w.as_("NS-010").taps("Biểu quyết").await.reads(&["Đề nghị đồng chí điểm danh trước"]);
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn of_two_who_close_the_second_is_told_who_was_first(engine: Engine) {
    let mut w = called(engine).await;
    w.as_("NS-010").says("/hop").await.reads(&["Phiếu họp"]);
    w.as_("NS-010").taps("Người ghi biên bản").await.reads(&["ghi biên bản"]);
    w.as_("NS-010").taps("Đỗ Thị Kim Oanh").await.reads(&["Phiếu họp"]);
    w.as_("NS-011").says("/hop").await.reads(&["Phiếu họp"]);
    w.as_("NS-011").taps("Kết thúc kỳ họp").await.reads(&["[Xác nhận kết thúc]"]);
    w.as_("NS-010").taps("Tự chấm điểm").await.reads(&["0 đến 100"]);
    w.as_("NS-011").taps("Xác nhận kết thúc").await.reads(&["Nguyễn Thị Thanh Mai kết thúc"]);
    let by = "đã được đồng chí Nguyễn Thị Thanh Mai kết thúc lúc 14:05 ngày 05/12/2018";
    // What was being typed comes too late, and so does every button.
    w.as_("NS-010").says("95").await.reads(&[by]);
    for button in ["Điểm danh", "Chủ trì", "Nhiệm vụ", "Kết luận về QC-014", "Kết thúc kỳ họp"]
    {
        let (id, message) = w.as_("NS-010").button(button);
        w.as_("NS-010").taps_id(&id, &message).await.reads(&[by]);
    }
    // Nothing was decided, so there are minutes and no resolution.
    let after = w.as_("NS-010").says("/hop").await.reads(&["chuẩn bị kỳ họp", "[Kỳ họp trước]"]);
    assert!(!after.contains("Phiếu họp"), "{after}");
    let papers = w.as_("NS-010").taps("Kỳ họp trước").await.reads(&["Biên bản số 01-BB/CB"]);
    assert!(!papers.contains("Nghị quyết"), "{papers}");
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn only_who_leads_the_branch_today_holds_its_meeting(engine: Engine) {
    let mut w = called(engine).await;
    for code in ["NS-013", "NS-015", "NS-027"] {
        w.as_(code).says("/hop").await.reads(&["do bí thư hoặc phó bí thư của chi bộ ghi"]);
    }
    // The secretary of another branch sees their own.
    w.as_("NS-016").says("/hop").await.reads(&["Chi bộ Phòng 3 – Thanh tra"]);
    w.as_("NS-010").says("/hop").await.reads(&["Phiếu họp"]);
    w.as_("NS-010").taps("Tự chấm điểm").await.reads(&["0 đến 100"]);
    // Relieved in the middle of it: the open question and the buttons are theirs no more.
    w.damage(
        "UPDATE office SET to_on = '2018-12-05' WHERE kind = 'secretary' AND person_id =
            (SELECT id FROM person WHERE code = 'NS-010')",
    )
    .await;
    w.as_("NS-010").says("95").await.reads(&["do bí thư hoặc phó bí thư của chi bộ ghi"]);
    w.as_("NS-010").taps("Điểm danh").await.reads(&["do bí thư hoặc phó bí thư của chi bộ ghi"]);
    w.as_("NS-011").says("/hop").await.reads(&["chưa chấm"]);
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn what_was_given_can_be_taken_back_and_left_by_huy(engine: Engine) {
    let mut w = called(engine).await;
    w.as_("NS-010").says("/hop").await.reads(&["Phiếu họp"]);
    w.as_("NS-010").taps("Nhiệm vụ").await.reads(&["Giao nhiệm vụ"]);
    // A name is understood, also after one that was not.
    w.as_("NS-010").says("anh Ba").await.reads(&["chưa hiểu"]);
    w.as_("NS-010").reads(&["Giao nhiệm vụ cho đồng chí nào"]);
    w.as_("NS-010").says("oanh").await.reads(&["Giao cho Đỗ Thị Kim Oanh việc gì"]);
    w.as_("NS-010").taps("Quay lại").await.reads(&["Giao nhiệm vụ"]);
    w.as_("NS-010").taps("QC-009").await.reads(&["Giao cho QC-009, V.T.L. việc gì"]);
    w.as_("NS-010").says("Viết bài thu hoạch").await.reads(&["Hạn đến ngày nào"]);
    w.as_("NS-010").says("/huy").await.reads(&[]);
    w.as_("NS-010").says("/hop").await.reads(&["Phiếu họp"]);
    w.as_("NS-010").taps("Nhiệm vụ").await.reads(&["Giao nhiệm vụ"]);
    w.as_("NS-010").taps("QC-009").await.reads(&["việc gì"]);
    w.as_("NS-010").says("Viết bài thu hoạch").await.reads(&["Hạn đến ngày nào"]);
    w.as_("NS-010").says("thứ 6").await.reads(&["QC-009, V.T.L.: Viết bài thu hoạch – hạn 07/12"]);
    // Not before the closing does it count.
    let tasks = w.as_("NS-014").says("/viec").await.reads(&["Việc cần làm"]);
    assert!(!tasks.contains("thu hoạch"), "{tasks}");
    let without = w.as_("NS-010").taps("Bỏ: Viết bài").await.reads(&["Giao nhiệm vụ"]);
    assert!(!without.contains("thu hoạch"), "{without}");
    w.finish().await;
}

/// The chair falls to whoever leads the branch and is there; nobody absent or without a vote
/// presides, and without a chair nothing is closed.
#[apply(both_engines)]
#[tokio::test]
async fn who_is_absent_does_not_preside(engine: Engine) {
    let mut w = on_the_day(engine).await;
    w.advance_to("2018-12-05 14:05").await;
    let first = w.as_("NS-010").says("/hop").await.reads(&["Chưa điểm danh. Đã trả lời: có mặt 0"]);
    assert!(first.contains("vắng có lý do 1; chưa trả lời 4, tạm tính có mặt"), "{first}");
    let noted = w.as_("NS-010").taps("Lê Đức Thuận").await.reads(&["Đang điểm danh, chưa lưu"]);
    assert!(!noted.contains("rả lời"), "{noted}");
    w.as_("NS-010").taps("Lưu").await.reads(&["Chủ trì: đồng chí Nguyễn Thị Thanh Mai"]);
    let offered = w.as_("NS-010").taps("Chủ trì").await.reads(&["[Nguyễn Thị Thanh Mai]"]);
    for absent in ["Lê Đức Thuận", "Phạm Quang Hợp", "QC-009"] {
        assert!(!offered.contains(absent), "{offered}");
    }
    w.as_("NS-010").says("Thuận").await.reads(&["phải là đảng viên chính thức đang có mặt"]);
    w.as_("NS-010").says("kim oanh").await.reads(&["Chủ trì: đồng chí Đỗ Thị Kim Oanh"]);
    w.as_("NS-010").taps("Điểm danh").await.reads(&["Đỗ Thị Kim Oanh – có mặt"]);
    for away in ["Đỗ Thị Kim Oanh", "Nguyễn Thị Thanh Mai"] {
        w.as_("NS-010").taps(away).await.reads(&["vắng có lý do"]);
    }
    w.as_("NS-010").taps("Lưu").await.reads(&["Chủ trì: chưa chọn"]);
    w.as_("NS-010").taps("Kết thúc kỳ họp").await.reads(&["Còn thiếu: người chủ trì, người ghi"]);
    w.finish().await;
}

/// What is proposed fits what the person is; what the mentors propose comes first.
#[apply(both_engines)]
#[tokio::test]
async fn proposals_fit_the_candidate(engine: Engine) {
    let mut w = called(engine).await;
    w.as_("NS-010").says("/hop").await.reads(&["Phiếu họp"]);
    let member = w
        .as_("NS-010")
        .taps("Kết luận về QC-009")
        .await
        .reads(&["[Kiến nghị: Tiếp tục theo dõi]", "[Kiến nghị: Công nhận chính thức]"]);
    assert!(!member.contains("nguồn") && !member.contains("hồ sơ"), "{member}");
    w.as_("NS-010").taps("Quay lại").await.reads(&["Phiếu họp"]);
    let other = w.as_("NS-010").taps("Kết luận về QC-014").await.reads(&["[Kiến nghị: Lập hồ sơ]"]);
    assert!(!other.contains("Công nhận"), "{other}");
    let first = other.find("[Kiến nghị").unwrap();
    assert!(other[first..].starts_with("[Kiến nghị: Đưa vào nguồn]"), "{other}");
    w.finish().await;
}
