//! Words that could be something else than they are taken for: a command or a reply typed where a
//! reason is asked for, courtesy, "đã đọc" and "gửi"; dates, hours and deadlines that cannot be.

use rstest_reuse::apply;

use crate::support::{Engine, both_engines};
use crate::world::{TYPING, World};

const LINE: &str = "qc-014 tốt khá tốt tốt tốt, tiếp tục";

async fn on_monday(engine: Engine) -> World {
    let w = World::peopled(engine, "2018-12-03 09:00").await;
    w.everyone_reads();
    w
}

/// The secretary is asked why a report goes back.
async fn returning(engine: Engine) -> World {
    let mut w = on_monday(engine).await;
    w.as_("NS-013").says(LINE).await.reads(&["[Gửi báo cáo]"]);
    w.as_("NS-013").says("gửi").await.reads(&["Đã gửi báo cáo"]);
    w.as_("NS-010").reads(&["[Trả lại]"]);
    w.as_("NS-010").taps("Trả lại").await.reads(&["lý do"]);
    w
}

/// Neither a reason in silence nor a command in silence.
#[apply(both_engines)]
#[tokio::test]
async fn a_command_or_a_reply_is_no_reason_unless_it_is_said_to_be(engine: Engine) {
    let mut w = returning(engine).await;
    for typed in ["Lịch họp", "viec", "có mặt", "vắng", "đã đọc", "cảm ơn", "Vâng"]
    {
        let doubt = w.as_("NS-010").says(typed).await.reads(&["[Ghi làm nội dung]", "việc khác"]);
        assert!(doubt.contains(&format!("muốn ghi “{typed}” làm nội dung")), "{doubt}");
    }
    // The other meaning leaves the question open, and it is asked once more.
    w.as_("NS-010").says("lịch họp").await.reads(&["[Làm việc khác: "]);
    w.as_("NS-010").taps("Làm việc khác").await.reads(&["Lịch sinh hoạt"]);
    w.as_("NS-010").reads(&["lý do"]);
    // What was asked about an earlier question means nothing any more.
    w.as_("NS-010").says("tro giup").await.reads(&["[Ghi làm nội dung]"]);
    let (button, message) = w.as_("NS-010").button("Ghi làm nội dung");
    w.restart().await;
    w.as_("NS-010").taps_id(&button, &message).await.reads(&["Hạn gửi lại ("]);
    w.as_("NS-010").taps_id(&button, &message).await.reads(&["không còn hiệu lực"]);
    w.as_("NS-010").says("huỷ").await.reads(&["Đã dừng"]);

    // Words in a sentence are content, and what leaves a dialogue still does.
    w.as_("NS-010").taps("Trả lại").await.reads(&["lý do"]);
    w.as_("NS-010").says("lịch họp ghi sai ngày").await.reads(&["Hạn gửi lại ("]);
    w.as_("NS-010").says("/huy").await.reads(&["Đã dừng"]);
    w.finish().await;
}

/// Where there are no buttons the two meanings are words with a code, so that what the question
/// itself offers keeps its numbers.
#[apply(both_engines)]
#[tokio::test]
async fn without_buttons_the_two_meanings_have_words(engine: Engine) {
    let mut w = on_monday(engine).await;
    w.join(TYPING, "NS-013").await;
    w.typing_as("NS-013").says("vắng").await.reads(&["lý do", "1. Bỏ qua"]);
    let doubt = w.typing_as("NS-013").says("việc").await.reads(&["GHI ", "KHÁC "]);
    let code: String = doubt
        .split_once("GHI ")
        .map(|(_, rest)| rest.chars().take_while(char::is_ascii_digit).collect())
        .unwrap();
    w.typing_as("NS-013").says(&format!("khac {code}")).await.reads(&["Đồng chí đã chọn"]);
    w.typing_as("NS-013").reads(&["iệc cần làm"]);
    w.typing_as("NS-013").reads(&["lý do"]);
    w.typing_as("NS-013").says("việc").await.reads(&["GHI "]);
    w.typing_as("NS-013").says("1").await.reads(&["Đã ghi nhận"]);
    w.finish().await;
}

/// Where the question itself offers nothing, a number is one of the two meanings, and not the answer.
#[apply(both_engines)]
#[tokio::test]
async fn a_number_chooses_between_two_meanings(engine: Engine) {
    let mut w = World::peopled(engine, "2018-12-03 09:00").await;
    w.join(TYPING, "NS-010").await;
    w.everyone_reads();
    w.as_("NS-013").says(LINE).await;
    w.as_("NS-013").taps("Gửi báo cáo").await;
    let report = w.typing_as("NS-010").reads(&["TRẢ LẠI "]);
    let code =
        report.split("TRẢ LẠI ").nth(1).unwrap().split_whitespace().next().unwrap().to_owned();
    w.everyone_reads();
    w.typing_as("NS-010").says(&format!("trả lại {code}")).await;
    w.everyone_reads();
    w.typing_as("NS-010").says("lịch họp").await.reads(&["GHI ", "KHÁC "]);
    w.typing_as("NS-010").says("1").await.reads(&["Hạn gửi lại"]);
    w.typing_as("NS-010").says("1").await.reads(&["Đã trả lại"]);
    w.as_("NS-013").reads(&["“lịch họp”"]);
    w.everyone_reads();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn a_deadline_is_read_as_people_type_it(engine: Engine) {
    let mut w = returning(engine).await;
    w.as_("NS-010").says("Cần nêu rõ hơn").await.reads(&["Hạn gửi lại ("]);
    w.as_("NS-010").says("31/2").await.reads(&["Không có ngày 31/2"]);
    w.as_("NS-010").says("4/12 25h").await.reads(&["Không có giờ 25:00"]);
    w.as_("NS-010").says("20/12 8h").await.reads(&["08:00 ngày 20/12/2018"]);
    w.as_("NS-010").says("lúc nào cũng được").await.reads(&["chưa hiểu"]);
    w.as_("NS-010").reads(&["Hạn gửi lại ("]);
    w.as_("NS-010").says("4/12 8h").await.reads(&["08:00 ngày 04/12/2018"]);
    w.as_("NS-013").reads(&["Cần nêu rõ hơn", "08:00 ngày 04/12/2018"]);

    for (typed, due) in [
        ("chiều nay", "17:00 ngày 03/12/2018"),
        ("mai 8h", "08:00 ngày 04/12/2018"),
        ("8h sáng mai", "08:00 ngày 04/12/2018"),
        ("chiều mai", "17:00 ngày 04/12/2018"),
        ("5/12", "17:00 ngày 05/12/2018"),
        ("11h", "11:00 ngày 03/12/2018"),
    ] {
        w.as_("NS-013").says(LINE).await.reads(&["[Gửi báo cáo]"]);
        w.as_("NS-013").taps("Gửi báo cáo").await.reads(&["Đã gửi"]);
        w.as_("NS-010").reads(&["[Trả lại]"]);
        w.as_("NS-010").taps("Trả lại").await.reads(&["lý do"]);
        w.as_("NS-010").says("Cần nêu rõ hơn").await.reads(&["Hạn gửi lại ("]);
        w.as_("NS-010").says(typed).await.reads(&[due]);
        if typed == "5/12" {
            // After the meeting has begun: refused, with the time it begins.
            w.as_("NS-010").says("mai").await.reads(&["17:00 ngày 04/12/2018"]);
        }
        w.as_("NS-013").reads(&["Cần nêu rõ hơn"]);
    }
    w.finish().await;
}

/// Thanks and assent change nothing; "vâng" is no absence, although without its marks it reads so.
#[apply(both_engines)]
#[tokio::test]
async fn courtesy_is_answered_and_changes_nothing(engine: Engine) {
    let mut w = on_monday(engine).await;
    w.as_("NS-013").says("Cảm ơn đồng chí!").await.reads(&["Rất vui được giúp đồng chí"]);
    for assent in ["ok", "Vâng", "Va\u{302}ng ạ", "đã rõ"] {
        w.as_("NS-013").says(assent).await.reads(&["bấm nút đó"]);
    }
    w.as_("NS-013").says("vâng, tôi sẽ đến").await.reads(&["chưa hiểu"]);
    assert_eq!(w.count("SELECT COUNT(*) FROM attendance_answer").await, 0);
    w.as_("NS-013").says("vắng").await.reads(&["lý do"]);
    w.as_("NS-013").says("đi công tác").await.reads(&["đi công tác"]);
    assert_eq!(w.count("SELECT COUNT(*) FROM attendance_answer").await, 1);
    // Under a question thanks are answered, assent is no answer to it.
    w.as_("NS-010").says("/phancong").await.reads(&["QC-014"]);
    w.as_("NS-010").says("cảm ơn").await.reads(&["Rất vui"]);
    w.as_("NS-010").says("ok").await.reads(&["chưa hiểu câu trả lời này"]);
    w.as_("NS-010").reads(&["QC-014"]);
    w.as_("NS-010").says("/huy").await.reads(&["Đã dừng"]);
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn a_notice_is_said_to_be_read_by_typing(engine: Engine) {
    let mut w = on_monday(engine).await;
    w.join(TYPING, "NS-013").await;
    w.typing_as("NS-013").says("đã đọc").await.reads(&["không còn thông báo nào"]);
    for (day, text) in [("03", "Mời dự hội nghị"), ("04", "Nộp đảng phí"), ("05", "Góp ý")]
    {
        w.advance_to(&format!("2018-12-{day} 10:00")).await;
        w.as_("NS-027").says(&format!("/thongbao {text}")).await;
        for button in ["Chi bộ Phòng 1", "Tiếp tục", "Gửi thông báo"] {
            w.as_("NS-027").taps(button).await;
        }
        if day == "03" {
            w.everyone_reads();
            w.typing_as("NS-013").says("Da doc").await.reads(&["Đã ghi nhận", "03/12/2018"]);
            w.typing_as("NS-013").says("đã đọc").await.reads(&["không còn thông báo nào"]);
        }
    }
    w.everyone_reads();
    let read = "SELECT COUNT(*) FROM notice_recipient WHERE read_at IS NOT NULL";
    let before = w.count(read).await;
    w.typing_as("NS-013").says("đã đọc").await.reads(&["nhiều thông báo", "04/12/2018"]);
    assert_eq!(w.count(read).await, before, "which one is asked first");
    w.typing_as("NS-013").says("2").await.reads(&["Đã ghi nhận"]);
    w.typing_as("NS-013").says("đã đọc").await.reads(&["Đã ghi nhận"]);
    assert_eq!(w.count(read).await, before + 2);
    w.finish().await;
}

/// Hours and days that cannot be are refused with what is wrong, wherever they are typed.
#[apply(both_engines)]
#[tokio::test]
async fn what_cannot_be_is_refused_with_the_reason(engine: Engine) {
    let mut w = on_monday(engine).await;
    w.as_("NS-010").says("/lichhop ngay 31 hang thang 25h").await.reads(&["25:00"]);
    w.as_("NS-010").says("/lichhop ngày 40 hằng tháng").await.reads(&["40"]);
    w.as_("NS-010").says("/huy").await.reads(&["không có việc nào"]);
    w.as_("NS-013").says("/lichhop ngày 3 hằng tháng 25h").await.reads(&["bí thư"]);
    w.as_("NS-010").says("/lichhop ngày 31 hằng tháng 15h").await.reads(&["Họp ở đâu"]);
    w.as_("NS-010").says("/huy").await.reads(&["Đã dừng"]);

    w.as_("NS-010").says("/phancong qc-009").await.reads(&["[Phân công]"]);
    w.as_("NS-010").taps("Phân công").await.reads(&["tiếp nhận"]);
    w.as_("NS-010").taps("Đỗ Thị Kim Oanh").await.reads(&["nghị quyết"]);
    let paper = "06-NQ/CB ngày 31/2/2018";
    w.as_("NS-010").says(paper).await.reads(&["Không có ngày 31/2/2018"]);
    w.as_("NS-010").says("06-NQ/CB ngày 03/12/2018").await.reads(&["Kể từ ngày nào"]);
    w.as_("NS-010").says("/huy").await.reads(&["Đã dừng"]);

    w.as_("NS-010").says("/caidat").await.reads(&["Giờ yên tĩnh"]);
    w.as_("NS-010").taps("Đổi giờ yên tĩnh").await.reads(&["Hiện nay"]);
    w.as_("NS-010").says("12h-5h").await.reads(&["dài quá 16 giờ", "không kịp"]);
    w.as_("NS-010").says("6h-5h30").await.reads(&["dài quá 16 giờ"]);
    w.as_("NS-010").says("14h-6h").await.reads(&["14:00", "06:00", "Giờ yên tĩnh"]);
    w.finish().await;
}

/// Right after the program's own reminder one by hand is asked about, and done if it is meant.
#[apply(both_engines)]
#[tokio::test]
async fn a_reminder_by_hand_right_after_the_programs_own_is_asked_about(engine: Engine) {
    let mut w = World::peopled(engine, "2018-12-03 09:00").await;
    w.advance_to("2018-12-04 08:10").await;
    w.everyone_reads();
    w.as_("NS-010").says("/nhac").await.reads(&["[Nhắc đồng chí chưa báo cáo]"]);
    let asked = w.as_("NS-010").taps("Nhắc đồng chí chưa báo cáo").await.reads(&[
        "Lúc 08:00 hôm nay",
        "Đỗ Thị Kim Oanh",
        "[Vẫn nhắc]",
    ]);
    assert!(asked.contains("Phạm Quang Hợp"), "{asked}");
    w.as_("NS-013").reads_nothing();
    w.as_("NS-010").taps("Vẫn nhắc").await.reads(&["Đỗ Thị Kim Oanh: đã nhắc"]);
    w.as_("NS-013").reads(&["Lê Đức Thuận đề nghị"]);
    w.as_("NS-012").reads(&["Lê Đức Thuận đề nghị"]);
    w.as_("NS-010").says("/nhac").await.reads(&["[Nhắc đồng chí chưa báo cáo]"]);
    w.advance_to("2018-12-04 10:30").await;
    w.everyone_reads();
    w.as_("NS-010").taps("Nhắc đồng chí chưa").await.reads(&["hôm nay đã nhắc lúc 08:10"]);
    w.everyone_reads();
    w.finish().await;
}
