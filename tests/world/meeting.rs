//! Setting when a branch meets, and moving, cancelling or adding one meeting.

use rstest_reuse::apply;

use crate::groups::bound;
use crate::support::{Engine, both_engines};
use crate::world::{TYPING, World, local};

/// Chi bộ Phòng 1 without its secretary NS-010.
pub const OTHERS: [&str; 4] = ["NS-011", "NS-012", "NS-013", "NS-014"];

/// The branch after everybody was reminded of the meeting of 05/12/2018.
pub async fn reminded(engine: Engine) -> World {
    let w = World::peopled(engine, "2018-11-27 09:00").await;
    w.advance_to("2018-12-02 08:00").await;
    assert!(OTHERS.iter().all(|code| w.sent_to(code).iter().any(|m| m.text.contains("05/12"))));
    w.everyone_reads();
    w
}

/// What a person was sent after a local time: when, and the text.
pub fn since(w: &World, code: &str, time: &str) -> Vec<(String, String)> {
    let sent = w.sent_to(code).into_iter().map(|seen| (w.practice.local(seen.at), seen.whole()));
    sent.filter(|(at, _)| *at > local(time))
        .map(|(at, text)| (at.format("%d/%m %H:%M").to_string(), text))
        .collect()
}

#[apply(both_engines)]
#[tokio::test]
async fn a_rule_is_set_in_words_and_what_is_planned_follows_it(engine: Engine) {
    let mut w = World::peopled(engine, "2018-11-26 09:00").await;
    w.everyone_reads();
    let plan = w.as_("NS-010").says("/lichhop").await.reads(&["Kỳ tới: 14:00", "05/12/2018"]);
    assert!(plan.contains("[Đặt lịch định kỳ]\n[Đổi, hủy một kỳ]\n[Thêm chuyên đề]"), "{plan}");
    let question = w.as_("NS-010").taps("Đặt lịch định kỳ").await.reads(&["thứ Hai đầu tiên"]);
    assert!(question.contains("Hiện nay: ngày 5 hằng tháng, lúc 14:00, tại Phòng họp tầng 3"));
    w.as_("NS-010").says("ngay 1 hang thang 8h30").await.reads(&["Họp ở đâu", "[Giữ nguyên]"]);
    w.restart().await;
    w.as_("NS-010").says("Hội trường").await.reads(&["trùng ngày nghỉ"]);
    let preview = w.as_("NS-010").taps("Chuyển sang ngày làm việc sau").await.reads(&[]);
    insta::assert_snapshot!("rule_preview", preview);

    let (confirm, message) = w.as_("NS-010").button("Xác nhận");
    w.as_("NS-010").taps("Xác nhận").await.reads(&["Đã đặt lịch sinh hoạt của Chi bộ Phòng 1"]);
    w.as_("NS-010").taps_id(&confirm, &message).await.reads(&["Việc này đã được thực hiện"]);
    w.restart().await;
    w.advance_to("2018-11-27 09:00").await;
    w.everyone_reads();
    let plan = w.as_("NS-012").says("/lichhop").await.reads(&["Kỳ tới: 08:30, thứ Hai"]);
    assert!(plan.contains("03/12/2018, tại Hội trường") && !plan.contains("05/12"), "{plan}");
    w.advance_to("2018-12-06 09:00").await;
    let reminders: Vec<_> = since(&w, "NS-014", "2018-11-26 09:00");
    let times: Vec<&str> = reminders.iter().map(|(at, _)| at.as_str()).collect();
    assert_eq!(times, ["30/11 08:00", "02/12 08:00", "03/12 06:30"]);
    assert!(reminders.iter().all(|(_, text)| text.contains("08:30, thứ Hai ngày 03/12/2018")));
    w.everyone_reads();
    w.as_("NS-010").says("đặt lịch họp ngày 1 hằng tháng").await.reads(&["mấy giờ"]);
    w.as_("NS-010").says("8 giờ rưỡi").await.reads(&["Họp ở đâu"]);
    w.as_("NS-010").taps("Giữ nguyên").await.reads(&["trùng ngày nghỉ"]);
    w.as_("NS-010").taps("Chuyển sang").await.reads(&["[Xác nhận]"]);
    w.as_("NS-010").taps("Xác nhận").await.reads(&["không có gì thay đổi"]);
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn a_rule_is_set_by_numbers_where_there_are_no_buttons(engine: Engine) {
    let mut w = World::at(engine, "2018-11-26 09:00").await;
    w.join(TYPING, "NS-010").await;
    w.typing_as("NS-010").says("lich hop").await.reads(&["1. Đặt lịch định kỳ"]);
    w.typing_as("NS-010").says("1").await.reads(&["-2 – Một thứ trong tuần"]);
    w.typing_as("NS-010")
        .says("một ngày trong tháng")
        .await
        .reads(&["3. Ngày 3", "31. ngày cuối tháng"]);
    w.restart().await;
    w.typing_as("NS-010").says("32").await.reads(&["Không có mục mang số này"]);
    w.typing_as("NS-010").says("3").await.reads(&["mấy giờ", "1. 08:00"]);
    w.typing_as("NS-010").says("25h").await.reads(&["Không có giờ 25:00"]);
    w.typing_as("NS-010").says("1").await.reads(&["Họp ở đâu"]);
    w.typing_as("NS-010").says("1").await.reads(&["2. Chuyển lên ngày làm việc trước"]);
    let preview = w.typing_as("NS-010").says("2").await.reads(&[
        "1. Xác nhận",
        "2. Sửa",
        "3. Thôi, giữ như cũ",
    ]);
    assert!(preview.contains("01/02/2019") && preview.contains("ngày 03/02/2019 là Chủ nhật"));
    w.typing_as("NS-010").says("2").await.reads(&["muốn sửa mục nào", "1. Ngày họp"]);
    w.typing_as("NS-010").says("1").await.reads(&["ngày nào"]);
    w.typing_as("NS-010").says("một thứ trong tuần").await.reads(&["1. thứ Hai", "7. Chủ nhật"]);
    w.typing_as("NS-010").says("5").await.reads(&["1. thứ Sáu đầu tiên của tháng"]);
    let preview = w.typing_as("NS-010").says("5").await.reads(&["thứ Sáu cuối cùng của tháng"]);
    // The last Friday of November is still ahead, but November's meeting was held.
    assert!(preview.contains("Kỳ tới: 08:00, thứ Sáu ngày 28/12/2018"), "{preview}");
    w.typing_as("NS-010").says("1").await.reads(&["Đã đặt lịch"]);
    w.typing_as("NS-010").says("/lichhop").await.reads(&["28/12/2018", "25/01/2019"]);
    w.typing_as("NS-010").says("1").await.reads(&["Hiện nay: thứ Sáu cuối cùng"]);
    w.typing_as("NS-010").says("/huy").await.reads(&["Đã dừng"]);
    w.typing_as("NS-010").says("1").await.reads(&["không có câu hỏi nào"]);
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn what_is_no_rule_is_refused_and_the_question_stays(engine: Engine) {
    let mut w = World::peopled(engine, "2018-11-26 09:00").await;
    w.everyone_reads();
    w.as_("NS-010").says("/lichhop").await.reads(&[]);
    w.as_("NS-010").taps("Đặt lịch định kỳ").await.reads(&["ngày nào"]);
    w.as_("NS-010").says("khi nào rảnh").await.reads(&["chưa hiểu"]);
    w.as_("NS-010").reads(&["ngày nào", "thứ Năm cuối cùng 8h30"]);
    for (typed, answer) in [
        ("ngày 32 14h", "Không có ngày 32"),
        ("thứ hai thứ năm", "thứ Hai cuối cùng của tháng"),
        ("ngày 3 lúc 25h", "Không có giờ 25:00"),
        ("cron 0 14 1-7 * Mon", "này có 5 phần"),
        ("cron 0 0 14 31 * *", "tháng 11/2018 có 0 ngày"),
        ("cron 0 0 14 1-7 * 2", "thứ được viết bằng chữ"),
        ("0 0 14 3 * * 2026", "năm kết thúc"),
        ("cron 0 0 14 1-7 * Moon", "Không đọc được"),
    ] {
        w.as_("NS-010").says(typed).await.reads(&[answer]);
    }
    w.as_("NS-010").says("0 30 8 8-14 * Tue").await.reads(&["Họp ở đâu"]);
    w.as_("NS-010").says(&"xa ".repeat(80)).await.reads(&["không dài quá 200 ký tự"]);
    w.as_("NS-010").taps("Giữ nguyên").await.reads(&["trùng ngày nghỉ"]);
    w.as_("NS-010").taps("Vẫn họp").await.reads(&["lúc 08:30", "11/12/2018", "08/01/2019"]);
    w.as_("NS-010").taps("Thôi, giữ như cũ").await.reads(&["Lịch họp vẫn như cũ"]);
    w.as_("NS-010").says("/lichhop").await.reads(&["05/12/2018"]);
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn a_new_rule_is_told_to_whoever_was_reminded_of_the_old_day(engine: Engine) {
    let mut w = reminded(engine).await;
    w.as_("NS-010").says("/lichhop ngày làm việc cuối cùng 9h").await.reads(&["Họp ở đâu"]);
    w.as_("NS-010").taps("Giữ nguyên").await.reads(&[]);
    let preview = w.as_("NS-010").taps("Vẫn họp").await.reads(&["28/12/2018", "31/01/2019"]);
    assert!(preview.contains("sẽ chuyển theo lịch mới: 3"), "{preview}");
    w.as_("NS-010").taps("Xác nhận").await.reads(&["Đã đặt lịch", "nhóm): 4"]);
    for code in OTHERS {
        w.as_(code).reads(&["sang 09:00, thứ Sáu ngày 28/12/2018", "lịch sinh hoạt định kỳ mới"]);
        w.as_(code).reads_nothing();
    }
    w.advance_to("2018-12-20 08:00").await;
    assert!(w.sent_to("NS-014").iter().filter(|m| m.text.contains("05/12/2018")).count() == 2);
    w.everyone_reads();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn a_day_of_this_month_that_has_gone_by_moves_nothing(engine: Engine) {
    let mut w = reminded(engine).await;
    w.as_("NS-010").says("/lichhop ngày 1 hằng tháng 9h").await.reads(&[]);
    w.as_("NS-010").taps("Giữ nguyên").await.reads(&[]);
    let preview = w.as_("NS-010").taps("Vẫn họp").await.reads(&["01/01/2019"]);
    assert!(preview.contains("05/12/2018, tại Phòng họp tầng 3 – giữ ngày đã định"), "{preview}");
    w.as_("NS-010").taps("Xác nhận").await.reads(&["Đã đặt lịch"]);
    w.as_("NS-014").reads_nothing();
    w.as_("NS-010").says("/lichhop").await.reads(&["05/12/2018", "ấn định riêng", "01/01/2019"]);
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn a_meeting_is_moved_after_its_first_reminder_and_everyone_is_told_once(engine: Engine) {
    let mut w = reminded(engine).await;
    w.as_("NS-012").taps("Có mặt").await.reads(&["Đã ghi nhận"]);
    w.as_("NS-010").says("/lichhop").await.reads(&[]);
    w.as_("NS-010").taps("Đổi, hủy một kỳ").await.reads(&["[Hủy kỳ 05/01/2019]"]);
    w.as_("NS-010").taps("Đổi kỳ 05/12/2018").await.reads(&["sang ngày, giờ nào"]);
    for (typed, answer) in [
        ("1/12", "14:00 ngày 01/12/2018 đã qua"),
        ("31/2", "Không có ngày 31/2"),
        ("12/25", "Không có ngày 12/25"),
        ("7/12 24h", "Không có giờ 24:00"),
        ("14h", "đang định đúng lúc 14:00 ngày 05/12/2018"),
        ("5/12", "đang định đúng lúc"),
        ("5/1", "từ 02/12/2018 đến 04/01/2019"),
        ("3/12/2020", "giữa kỳ trước và kỳ sau"),
    ] {
        w.as_("NS-010").says(typed).await.reads(&[answer]);
    }
    w.as_("NS-010").says("hôm nào đó").await.reads(&["chưa hiểu"]);
    w.as_("NS-010").reads(&["sang ngày, giờ nào"]);
    w.as_("NS-010").says("8/12").await.reads(&["là thứ Bảy", "[Vẫn họp ngày này]"]);
    w.as_("NS-010").says("thứ Sáu 15h").await.reads(&["Họp ở đâu"]);
    w.as_("NS-010").taps("Giữ nguyên").await.reads(&["Vì lý do gì"]);
    w.as_("NS-010").says(&"bận ".repeat(90)).await.reads(&["không dài quá 300 ký tự"]);
    w.restart().await;
    let preview =
        w.as_("NS-010").says("Trùng hội nghị ngành").await.reads(&["[Sửa]", "[Thôi, giữ như cũ]"]);
    assert!(preview.contains("sang 15:00, thứ Sáu ngày 07/12/2018"), "{preview}");
    w.as_("NS-010").taps("Xác nhận").await.reads(&["Đã chuyển", "nhóm): 4"]);
    for code in OTHERS {
        let told = w.as_(code).reads(&["Lý do: Trùng hội nghị ngành.", "[Có mặt]"]);
        let mentor = matches!(code, "NS-012" | "NS-013");
        assert_eq!(told.contains("17:00 ngày 06/12/2018"), mentor, "{told}");
        w.as_(code).reads_nothing();
    }
    w.as_("NS-010").reads_nothing();
    w.restart().await;
    let plan = w.as_("NS-012").says("/lichhop").await.reads(&["15:00, thứ Sáu ngày 07/12/2018"]);
    assert!(plan.contains("chuyển từ 14:00 ngày 05/12/2018: Trùng hội nghị ngành"), "{plan}");

    w.advance_to("2018-12-07 15:00").await;
    let later = since(&w, "NS-014", "2018-12-02 08:00");
    let times: Vec<&str> = later.iter().map(|(at, _)| at.as_str()).collect();
    assert_eq!(times, ["04/12 08:00", "06/12 08:00", "07/12 13:00"]);
    assert!(later.iter().all(|(_, text)| text.contains("07/12/2018") && !text.contains("05/12")));
    // Who could come on the old day has not said so of the new one.
    assert!(since(&w, "NS-012", "2018-12-02 08:00").iter().any(|(at, _)| at == "07/12 13:00"));
    w.everyone_reads();
    w.as_("NS-010").says("/lichhop").await.reads(&["Kỳ tới: 14:00, thứ Bảy ngày 05/01/2019"]);
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn a_day_off_is_meant_and_the_place_alone_can_change(engine: Engine) {
    let mut w = reminded(engine).await;
    w.as_("NS-014").taps("Có mặt").await.reads(&[]);
    w.as_("NS-011").says("/lichhop").await.reads(&["[Đổi, hủy một kỳ]"]);
    w.as_("NS-011").taps("Đổi, hủy một kỳ").await.reads(&[]);
    w.as_("NS-011").taps("Đổi kỳ 05/12").await.reads(&[]);
    w.as_("NS-011").taps("Giữ nguyên").await.reads(&["Họp ở đâu"]);
    w.as_("NS-011").taps("Giữ nguyên").await.reads(&["Vì lý do gì"]);
    w.as_("NS-011").says("nhầm").await.reads(&["chưa có gì thay đổi"]);
    w.as_("NS-011").reads(&["sang ngày, giờ nào"]);
    w.as_("NS-011").taps("Giữ nguyên").await.reads(&["Họp ở đâu"]);
    w.as_("NS-011").says("Hội trường tầng 1").await.reads(&["tại Hội trường tầng 1", "nhầm"]);
    w.as_("NS-011").taps("Sửa").await.reads(&["[Lý do]"]);
    w.as_("NS-011").taps("Lý do").await.reads(&["Vì lý do gì"]);
    w.as_("NS-011").says("Phòng họp sửa điện").await.reads(&["Phòng họp sửa điện", "[Xác nhận]"]);
    w.as_("NS-011").taps("Xác nhận").await.reads(&["Đã chuyển"]);
    w.as_("NS-010").reads(&["sang 14:00, thứ Tư ngày 05/12/2018, tại Hội trường tầng 1"]);
    w.everyone_reads();
    // The time is the same, so the answer stands.
    w.advance_to("2018-12-04 08:00").await;
    assert!(since(&w, "NS-014", "2018-12-02 08:00").is_empty());
    w.everyone_reads();

    w.as_("NS-010").says("/lichhop").await.reads(&[]);
    w.as_("NS-010").taps("Đổi, hủy một kỳ").await.reads(&[]);
    w.as_("NS-010").taps("Đổi kỳ 05/12").await.reads(&[]);
    w.as_("NS-010").says("9/12 8h").await.reads(&["Ngày 09/12/2018 là Chủ nhật"]);
    w.as_("NS-010").taps("Chọn ngày khác").await.reads(&["sang ngày, giờ nào"]);
    w.as_("NS-010").says("1/1").await.reads(&["ngày nghỉ (Tết Dương lịch)"]);
    w.as_("NS-010").says("9/12 8h").await.reads(&["Chủ nhật"]);
    w.as_("NS-010").taps("Vẫn họp ngày này").await.reads(&["Họp ở đâu"]);
    w.as_("NS-010").taps("Giữ nguyên").await.reads(&[]);
    w.as_("NS-010").says("Đi thực tế về nguồn").await.reads(&["08:00, Chủ nhật ngày 09/12/2018"]);
    w.as_("NS-010").taps("Xác nhận").await.reads(&["Đã chuyển"]);
    w.as_("NS-014").reads(&["Chủ nhật ngày 09/12/2018"]);
    w.everyone_reads();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn a_cancelled_meeting_is_told_and_does_not_come_back(engine: Engine) {
    let mut w = reminded(engine).await;
    w.as_("NS-010").says("/lichhop").await.reads(&[]);
    w.as_("NS-010").taps("Đổi, hủy một kỳ").await.reads(&[]);
    w.as_("NS-010").taps("Hủy kỳ 05/12/2018").await.reads(&["Vì lý do gì"]);
    w.as_("NS-010").says("Cơ quan chống bão").await.reads(&["không tổ chức", "[Xác nhận]"]);
    w.restart().await;
    w.as_("NS-010").taps("Xác nhận").await.reads(&["Đã hủy kỳ sinh hoạt chi bộ tháng 12/2018"]);
    for code in OTHERS {
        let told = w.as_(code).reads(&["không tổ chức", "Lý do: Cơ quan chống bão"]);
        assert_eq!(told.contains("kỳ họp kế tiếp"), matches!(code, "NS-012" | "NS-013"));
    }
    w.as_("NS-012").taps("Có mặt").await.reads(&["đã hủy nên không cần trả lời"]);
    w.restart().await;
    w.advance_to("2018-12-06 09:00").await;
    for code in ["NS-010", "NS-011", "NS-014"] {
        assert!(since(&w, code, "2018-12-02 08:00").is_empty(), "{code}");
    }
    w.as_("NS-010").says("/lichhop").await.reads(&["Kỳ tới: 14:00, thứ Bảy ngày 05/01/2019"]);
    // A new rule does not bring it back either.
    w.as_("NS-010").says("/lichhop ngày 20 14h").await.reads(&[]);
    w.as_("NS-010").taps("Giữ nguyên").await.reads(&[]);
    w.as_("NS-010").taps("Vẫn họp").await.reads(&["Kỳ tới: 14:00, Chủ nhật ngày 20/01/2019"]);
    w.as_("NS-010").taps("Xác nhận").await.reads(&["Đã đặt lịch"]);
    w.advance_to("2018-12-21 09:00").await;
    w.everyone_reads();
    w.as_("NS-010").says("/lichhop").await.reads(&["Kỳ tới: 14:00, Chủ nhật ngày 20/01/2019"]);
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn the_group_that_was_reminded_is_told(engine: Engine) {
    let mut w = bound(engine).await;
    w.advance_to("2018-12-02 08:00").await;
    w.everyone_reads();
    w.in_group("group1", "NS-014").taps("Có mặt").await;
    let asked = w.in_group("group1", "NS-010").says("/lichhop").await.reads(&["05/12/2018"]);
    assert!(!asked.contains('['), "nothing is set in a group: {asked}");
    w.as_("NS-010").says("/lichhop").await.reads(&[]);
    w.as_("NS-010").taps("Đổi, hủy một kỳ").await.reads(&[]);
    w.as_("NS-010").taps("Đổi kỳ 05/12").await.reads(&[]);
    w.as_("NS-010").says("mai 16h").await.reads(&[]);
    w.as_("NS-010").taps("Giữ nguyên").await.reads(&[]);
    w.as_("NS-010").says("Họp gấp, báo Trần Văn Bình sau").await.reads(&["báo QC-014 sau"]);
    w.as_("NS-010").taps("Xác nhận").await.reads(&["Đã chuyển"]);
    w.in_group("group1", "NS-010")
        .reads(&["16:00, thứ Hai ngày 03/12/2018", "Lý do: không nêu trong nhóm"]);
    w.as_("NS-014").reads_nothing();
    w.as_("NS-011").reads_nothing();
    w.as_("NS-013").reads(&["Hạn gửi báo cáo"]);
    w.toasts();
    w.in_group("group1", "NS-014").taps("Vắng").await;
    assert!(w.toasts()[0].as_deref().is_some_and(|toast| toast.contains("vắng có lý do")));
    w.everyone_reads();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn of_two_who_change_a_meeting_the_second_is_told(engine: Engine) {
    let mut w = reminded(engine).await;
    for code in ["NS-010", "NS-011"] {
        w.as_(code).says("/lichhop").await.reads(&[]);
        w.as_(code).taps("Đổi, hủy một kỳ").await.reads(&[]);
    }
    w.as_("NS-010").taps("Đổi kỳ 05/12").await.reads(&[]);
    w.as_("NS-011").taps("Hủy kỳ 05/12").await.reads(&[]);
    w.as_("NS-010").says("6/12").await.reads(&[]);
    w.as_("NS-010").taps("Giữ nguyên").await.reads(&[]);
    w.as_("NS-010").says("Bận").await.reads(&[]);
    w.as_("NS-010").taps("Xác nhận").await.reads(&["Đã chuyển"]);
    w.as_("NS-011").reads(&["06/12/2018"]);
    w.as_("NS-011").says("Bão").await.reads(&["vừa được người khác đổi", "06/12/2018"]);
    w.as_("NS-011").says("/huy").await.reads(&["không có việc nào"]);
    w.everyone_reads();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn a_thematic_meeting_is_reminded_of_and_asks_for_no_reports(engine: Engine) {
    let mut w = reminded(engine).await;
    let told: Vec<_> =
        w.sent_to("NS-010").into_iter().filter(|m| m.text.contains("chuyên đề")).collect();
    assert_eq!(told.len(), 1, "once in the quarter");
    assert!(told[0].text.contains("Quý 4/2018 Chi bộ Phòng 1 chưa có"), "{told:?}");
    w.as_("NS-010").taps("Thêm chuyên đề").await.reads(&["chuyên đề là gì"]);
    w.as_("NS-010").says("Học tập và làm theo Bác").await.reads(&["ngày, giờ nào"]);
    w.as_("NS-010").says("1/12").await.reads(&["đã qua"]);
    w.as_("NS-010").says("20/12/2020").await.reads(&["chỉ đặt trước đến"]);
    w.as_("NS-010").says("5/12").await.reads(&["đã có một kỳ họp khác lúc 14:00"]);
    w.as_("NS-010").says("13/12 15h").await.reads(&["Họp ở đâu"]);
    w.as_("NS-010").says("Thư viện").await.reads(&["“Học tập và làm theo Bác”", "13/12/2018"]);
    w.as_("NS-010").taps("Xác nhận").await.reads(&["Đã thêm"]);
    w.as_("NS-014").reads_nothing();
    let plan = w.as_("NS-012").says("/lichhop").await.reads(&["05/12/2018"]);
    assert!(plan.contains("13/12/2018, tại Thư viện – sinh hoạt chuyên đề “Học tập"), "{plan}");
    w.advance_to("2018-12-05 14:00").await;
    w.everyone_reads();
    w.restart().await;
    w.advance_to("2018-12-13 15:00").await;
    let about: Vec<_> = since(&w, "NS-012", "2018-12-05 14:00");
    let times: Vec<&str> = about.iter().map(|(at, _)| at.as_str()).collect();
    assert_eq!(times, ["10/12 08:00", "12/12 08:00", "13/12 13:00"], "no report is asked for");
    assert!(about.iter().all(|(_, text)| text.contains("chuyên đề “Học tập và làm theo Bác”")));
    w.everyone_reads();

    // One that is near is told at once.
    w.as_("NS-010").says("/lichhop").await.reads(&[]);
    w.as_("NS-010").taps("Thêm chuyên đề").await.reads(&[]);
    w.as_("NS-010").says("Nghị quyết Trung ương 8").await.reads(&[]);
    w.as_("NS-010").says("mai 8h").await.reads(&[]);
    w.as_("NS-010").taps("Giữ nguyên").await.reads(&[]);
    w.as_("NS-010").taps("Xác nhận").await.reads(&["Đã thêm", "nhóm): 4"]);
    w.as_("NS-014").reads(&["“Nghị quyết Trung ương 8” lúc 08:00, thứ Sáu ngày 14/12/2018"]);
    w.everyone_reads();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn the_quarter_that_has_its_thematic_meeting_is_not_pointed_out(engine: Engine) {
    let mut w = World::peopled(engine, "2018-11-26 09:00").await;
    w.everyone_reads();
    w.as_("NS-010").says("/lichhop").await.reads(&[]);
    w.as_("NS-010").taps("Thêm chuyên đề").await.reads(&[]);
    w.as_("NS-010").says("Xây dựng Đảng").await.reads(&[]);
    w.as_("NS-010").says("12/12 9h").await.reads(&[]);
    w.as_("NS-010").taps("Giữ nguyên").await.reads(&[]);
    w.as_("NS-010").taps("Xác nhận").await.reads(&["Đã thêm"]);
    w.advance_to("2018-12-04 08:00").await;
    let asked = |code: &str| w.sent_to(code).iter().any(|m| m.text.contains("Quý 4/2018"));
    assert!(!asked("NS-010") && asked("NS-016"), "Phòng 1 has one, Phòng 3 has none");
    w.everyone_reads();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn only_who_leads_the_branch_today_sets_its_meetings(engine: Engine) {
    let mut w = World::peopled(engine, "2018-11-26 09:00").await;
    w.everyone_reads();
    let plan = w.as_("NS-012").says("/lichhop").await.reads(&["05/12/2018"]);
    assert!(!plan.contains('['), "{plan}");
    w.as_("NS-012").says("/lichhop ngày 3 hằng tháng").await.reads(&["Chỉ bí thư"]);
    w.as_("NS-010").says("/lichhop").await.reads(&[]);
    w.as_("NS-011").says("/lichhop").await.reads(&[]);
    w.as_("NS-011").taps("Đặt lịch định kỳ").await.reads(&["ngày nào"]);
    w.damage("UPDATE office SET to_on = '2018-11-26' WHERE from_on = '2015-05-05'").await;
    for button in ["Đặt lịch định kỳ", "Đổi, hủy một kỳ", "Thêm chuyên đề", "Ai có mặt"]
    {
        w.as_("NS-010").taps(button).await.reads(&["Chỉ bí thư hoặc phó bí thư"]);
    }
    w.as_("NS-011").says("ngày 3 hằng tháng 14h").await.reads(&["Chỉ bí thư hoặc phó bí thư"]);
    w.as_("NS-011").says("/huy").await.reads(&["không có việc nào"]);
    w.finish().await;
}
