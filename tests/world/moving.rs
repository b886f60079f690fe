//! Moving a meeting: by a day alone, and what those hear who had not heard of it before.

use rstest::rstest;

use crate::meeting::reminded;
use crate::support::Engine;
use crate::world::{TYPING, World};

/// Opens the question to when the meeting of 05/12/2018 goes.
async fn asked(w: &mut World) {
    w.as_("NS-010").says("/lichhop").await.reads(&[]);
    w.as_("NS-010").taps("Đổi, hủy một kỳ").await.reads(&[]);
    w.as_("NS-010").taps("Đổi kỳ 05/12/2018").await.reads(&["sang ngày, giờ nào"]);
}

/// A day alone keeps the time; today is Sunday 02/12/2018.
#[rstest]
#[case::date("10/12", "14:00, thứ Hai ngày 10/12/2018")]
#[case::weekday("thứ 6", "14:00, thứ Sáu ngày 07/12/2018")]
#[case::weekday_without_marks("thu 6", "14:00, thứ Sáu ngày 07/12/2018")]
#[case::weekday_in_a_word("Thứ Sáu", "14:00, thứ Sáu ngày 07/12/2018")]
#[case::day_of_the_month("7", "14:00, thứ Sáu ngày 07/12/2018")]
#[case::weekday_of_next_week("thứ 3 tuần sau", "14:00, thứ Ba ngày 04/12/2018")]
#[tokio::test]
async fn a_day_alone_moves_the_meeting_and_keeps_its_time(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
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
#[rstest]
#[tokio::test]
async fn a_bare_number_is_the_day_where_there_are_no_buttons(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
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
