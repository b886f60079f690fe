//! Answering a meeting's reminder, with a reason or without, and who sees it.

use diudat::message::SendError;
use rstest_reuse::apply;

use crate::support::{Engine, both_engines};
use crate::world::{TYPING, World};

#[apply(both_engines)]
#[tokio::test]
async fn the_secretary_sees_who_comes_and_why_others_do_not(engine: Engine) {
    let mut w = World::peopled(engine, "2018-12-01 09:00").await;
    w.clock.advance(chrono::TimeDelta::minutes(1));
    w.join(TYPING, "NS-013").await;
    w.fail_next("NS-014", &[SendError::Unreachable]);
    w.advance_to("2018-12-02 08:00").await;
    let reminder = w.typing_as("NS-013").reads(&["CM ", "VẮNG "]);
    let code = reminder.split("VẮNG ").nth(1).unwrap().split_whitespace().next().unwrap();
    w.as_("NS-012").taps("Có mặt").await;
    let absent = format!("vắng {code}, đi công tác cùng Trần Văn Bình");
    w.typing_as("NS-013").says(&absent).await.reads(&["Đồng chí đã chọn: Vắng có lý do"]);
    w.typing_as("NS-013").reads(&["lý do: đi công tác cùng QC-014"]);
    // The secretary's own reminder leads there, and so does /lichhop.
    w.as_("NS-010").taps("Ai có mặt, ai vắng").await;
    w.everyone_reads();
    w.as_("NS-011").says("/lichhop").await.reads(&["[Ai có mặt, ai vắng]"]);
    let roll = w.as_("NS-011").taps("Ai có mặt, ai vắng").await.reads(&[]);
    insta::assert_snapshot!("roll", roll);
    w.as_("NS-012").says("/lichhop").await.reads(&[]);
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn an_answer_is_said_in_words_and_changed_until_the_meeting_begins(engine: Engine) {
    let mut w = World::peopled(engine, "2018-12-01 09:00").await;
    w.advance_to("2018-12-02 08:00").await;
    w.everyone_reads();
    w.as_("NS-012").says("vang vi di cong tac").await.reads(&["14:00", "lý do: di cong tac"]);
    w.as_("NS-012").says("có mặt").await.reads(&["có mặt", "14:00 ngày 05/12/2018"]);
    w.as_("NS-012").says("Vắng").await.reads(&["lý do vắng", "[Bỏ qua]"]);
    w.as_("NS-012").says(&"ốm ".repeat(120)).await.reads(&["tối đa 300 ký tự"]);
    w.restart().await;
    w.as_("NS-012").says("ốm").await.reads(&["lý do: ốm"]);
    w.as_("NS-013").says("Vắng").await.reads(&["[Bỏ qua]"]);
    w.as_("NS-013").taps("Bỏ qua").await.reads(&["Đã ghi nhận"]);
    w.as_("NS-014").taps("Vắng").await.reads(&["[Bỏ qua]"]);
    w.as_("NS-014").says("/huy").await.reads(&["Đã dừng"]);
    w.as_("NS-010").says("/lichhop").await.reads(&[]);
    let roll = w.as_("NS-010").taps("Ai có mặt").await.reads(&["Vắng có lý do (3):"]);
    assert!(roll.contains("• Phạm Quang Hợp: ốm"), "{roll}");
    assert!(roll.contains("• Đỗ Thị Kim Oanh (chưa nêu lý do)"), "{roll}");
    assert!(!roll.contains("Có mặt ("), "{roll}");
    // Someone of no branch's members has nothing to answer.
    w.as_("NS-015").says("vắng vì ốm").await.reads(&["đảng viên thuộc chi bộ"]);

    w.advance_to("2018-12-05 14:00").await;
    w.everyone_reads();
    w.as_("NS-012").taps("Có mặt").await.reads(&["không còn hiệu lực"]);
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn three_excused_absences_in_a_row_are_pointed_out_once(engine: Engine) {
    let mut w = World::peopled(engine, "2018-12-02 09:00").await;
    let told = |w: &World, code: &str| {
        w.sent_to(code).iter().filter(|m| m.text.contains("kỳ sinh hoạt liên tiếp")).count()
    };
    for (day, expected) in [("2018-12-04", 0), ("2019-01-04", 0), ("2019-02-08", 1)] {
        w.advance_to(&format!("{day} 09:00")).await;
        w.everyone_reads();
        w.as_("NS-013").says("vắng vì con nhỏ ốm").await.reads(&["Đã ghi nhận"]);
        assert_eq!(told(&w, "NS-010"), expected, "{day}");
        // The secretary's own absences are for the deputy.
        w.as_("NS-010").says("vắng vì họp ở Viện").await;
        assert_eq!((told(&w, "NS-011"), told(&w, "NS-010")), (expected, expected), "{day}");
        w.everyone_reads();
    }
    w.as_("NS-013").says("có mặt").await.reads(&[]);
    w.as_("NS-013").says("vắng vì con nhỏ ốm").await.reads(&[]);
    assert_eq!(told(&w, "NS-010"), 1, "who changes their mind is not told of again");
    w.advance_to("2019-03-04 09:00").await;
    w.everyone_reads();
    w.as_("NS-013").says("vắng vì con nhỏ ốm").await.reads(&["Đã ghi nhận"]);
    assert_eq!(told(&w, "NS-010"), 1, "a row that goes on is known");
    w.everyone_reads();
    w.finish().await;
}

/// Whoever comes after all is not made absent by the question about a reason that is still open.
#[apply(both_engines)]
#[tokio::test]
async fn asking_again_for_a_reason_answers_nothing(engine: Engine) {
    let mut w = World::peopled(engine, "2018-12-03 09:00").await;
    w.join(TYPING, "NS-013").await;
    w.everyone_reads();
    w.as_("NS-013").says("vắng").await.reads(&["lý do"]);
    w.typing_as("NS-013").says("có mặt").await.reads(&["có mặt"]);
    w.as_("NS-013").says("/toi").await.reads(&["NS-013"]);
    w.as_("NS-013").says("ốm").await.reads(&[]);
    let coming = "SELECT COUNT(*) FROM attendance_answer WHERE answer = 'coming'";
    let absent = "SELECT COUNT(*) FROM attendance_answer WHERE answer = 'excused'";
    assert_eq!((w.count(coming).await, w.count(absent).await), (1, 0));
    w.everyone_reads();
    w.finish().await;
}

/// The reason is asked for whatever is open, and then that is gone on with.
#[apply(both_engines)]
#[tokio::test]
async fn an_absence_in_the_middle_of_a_report_is_explained_and_the_report_goes_on(engine: Engine) {
    let mut w = World::at(engine, "2018-12-01 09:00").await;
    w.join(TYPING, "NS-013").await;
    w.advance_to("2018-12-02 08:00").await;
    let mut mentor = w.typing_as("NS-013");
    let reminder = mentor.reads(&["VẮNG "]);
    let code = reminder.split("VẮNG ").nth(1).unwrap().split_whitespace().next().unwrap();
    mentor.says("/baocao").await.reads(&["1/5"]);
    mentor.says("1").await.reads(&["2/5"]);
    let absent = format!("vắng {code}");
    // The reason, none, or what ends the question: each time the report asks on.
    for (typed, read) in [
        ("đi công tác", "lý do: đi công tác"),
        ("bỏ qua", "Đã ghi nhận"),
        ("/huy", "Đã dừng"),
        ("thôi", "Đã dừng"),
    ] {
        mentor.says(&absent).await.reads(&["Vắng có lý do"]);
        mentor.reads(&["14:00", "nhắn lý do vắng"]);
        mentor.says("/toi").await.reads(&["NS-013"]);
        mentor.reads(&["nhắn lý do vắng"]);
        mentor.says(typed).await.reads(&[read]);
        mentor.reads(&["2/5"]);
    }
    w.restart().await;
    let mut mentor = w.typing_as("NS-013");
    // In words as well. A bare number was typed under the newest question: what waits is shown before one counts.
    mentor.says("vắng").await.reads(&["nhắn lý do vắng"]);
    mentor.says("2").await.reads(&["Chưa rõ số này trả lời câu hỏi nào"]);
    mentor.reads(&["2/5"]);
    mentor.says("2").await.reads(&["3/5"]);
    mentor.says("vắng").await.reads(&["nhắn lý do vắng"]);
    mentor.says("có mặt").await.reads(&[]);
    w.everyone_reads();
    w.finish().await;
}

/// Where there are buttons, those of the question that waits are still good.
#[apply(both_engines)]
#[tokio::test]
async fn a_button_of_the_report_is_good_while_a_reason_is_asked_for(engine: Engine) {
    let mut w = World::peopled(engine, "2018-12-03 09:00").await;
    w.everyone_reads();
    w.as_("NS-013").says("/baocao").await.reads(&["1/5"]);
    let (good, question) = w.as_("NS-013").button("Tốt");
    w.as_("NS-013").says("vắng").await.reads(&["nhắn lý do vắng"]);
    w.as_("NS-013").taps_id(&good, &question).await.reads(&["2/5"]);
    w.as_("NS-013").says("vắng").await.reads(&["nhắn lý do vắng"]);
    w.as_("NS-013").says("ốm").await.reads(&["lý do: ốm"]);
    w.as_("NS-013").reads(&["2/5"]);
    w.everyone_reads();
    w.finish().await;
}
