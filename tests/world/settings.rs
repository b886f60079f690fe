//! What people choose for themselves, and what it does to what waits for them.

use diudat::domain::people::Person;
use diudat::message::SendError;
use diudat::operations::rights::{Right, roots};
use diudat::reminders::dry_run;
use diudat::store::people;
use rstest_reuse::apply;

use crate::support::{Engine, both_engines};
use crate::world::{TAPPING, TYPING, World, local};

const LINE: &str = "qc-014 tốt khá tốt tốt tốt, tiếp tục";

impl World {
    /// When a chat was last sent something, local time.
    fn last_at(&self, chat: &str) -> chrono::NaiveDateTime {
        self.practice.local(self.sent_to(chat).last().expect("a message").at)
    }
}

#[apply(both_engines)]
#[tokio::test]
async fn at_night_answers_come_at_once_and_notices_in_the_morning(engine: Engine) {
    let mut w = World::peopled(engine, "2018-12-03 22:15").await;
    w.everyone_reads();
    w.as_("NS-013").says(LINE).await.reads(&["[Gửi báo cáo]"]);
    w.as_("NS-013").taps("Gửi báo cáo").await.reads(&["Đã gửi báo cáo"]);
    w.as_("NS-010").reads_nothing();
    w.restart().await;
    w.advance_to("2018-12-04 06:29").await;
    w.as_("NS-010").reads_nothing();
    w.crash().await;
    w.advance_to("2018-12-04 06:30").await;
    w.as_("NS-010").reads(&["Đỗ Thị Kim Oanh", "[Duyệt]"]);
    w.as_("NS-010").reads_nothing();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn ones_own_hours_hold_a_reminder_and_whoever_is_done_by_then_is_not_reminded(
    engine: Engine,
) {
    let mut w = World::peopled(engine, "2018-11-27 15:00").await;
    w.everyone_reads();
    for code in ["NS-012", "NS-013"] {
        w.as_(code).says("/caidat").await.reads(&["từ 21:00 đến 06:30 (theo quy định chung"]);
        w.as_(code).taps("Đổi giờ yên tĩnh").await.reads(&["ví dụ: 22h-6h"]);
        w.as_(code).says("Từ 20 giờ đến 9 giờ rưỡi").await.reads(&["từ 20:00 đến 09:30"]);
    }
    // The dry run says when each will come, and why.
    let mut tx = w.db.read().await.unwrap();
    let month = "2018-12".parse().unwrap();
    let plan = dry_run(&mut tx, &w.practice, month, None, w.clock.now()).await.unwrap();
    drop(tx);
    let first = plan.iter().find(|l| l.to == "NS-012" && l.step == "prompt-5").expect("a prompt");
    assert_eq!(first.at, local("2018-11-28 09:30"));
    assert_eq!(first.held.as_ref().expect("a reason").key, "plan-held");
    let other = plan.iter().find(|l| l.to == "NS-042" && l.step == "prompt-5").expect("another");
    assert_eq!((other.at.time(), other.held.is_some()), (local("2018-11-28 08:00").time(), false));

    w.advance_to("2018-11-28 08:30").await;
    w.as_("NS-012").reads_nothing();
    w.as_("NS-013").reads_nothing();
    w.restart().await;
    w.as_("NS-013").says(LINE).await.reads(&["[Gửi báo cáo]"]);
    w.as_("NS-013").taps("Gửi báo cáo").await.reads(&["Đã gửi báo cáo"]);
    w.as_("NS-012").says("qc-009 t t t t t, tiếp tục").await.reads(&[]);
    w.as_("NS-012").taps("Gửi báo cáo").await.reads(&["Đã gửi báo cáo"]);
    w.as_("NS-010").reads(&["đã gửi báo cáo"]);
    w.as_("NS-010").reads(&["đã gửi báo cáo"]);
    w.advance_to("2018-11-28 09:30").await;
    w.as_("NS-013").reads_nothing();
    let prompt = w.as_("NS-012").reads(&["Đề nghị đồng chí báo cáo", "QC-014"]);
    assert!(!prompt.contains("QC-009") && !prompt.contains("gửi muộn"), "{prompt}");
    w.as_("NS-012").reads_nothing();
    w.everyone_reads();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn what_is_held_follows_a_change_at_once(engine: Engine) {
    let mut w = World::peopled(engine, "2018-11-27 22:00").await;
    w.everyone_reads();
    // A notice for the secretary is held for the night, a reminder of the morning for the mentor.
    w.as_("NS-013").says(LINE).await.reads(&[]);
    w.as_("NS-013").taps("Gửi báo cáo").await.reads(&["Đã gửi báo cáo"]);
    w.as_("NS-012").says("/settings").await.reads(&["Giờ yên tĩnh"]);
    w.as_("NS-012").taps("Đổi giờ yên tĩnh").await.reads(&[]);
    w.as_("NS-012").says("22:00-10:00").await.reads(&["từ 22:00 đến 10:00"]);
    w.as_("NS-010").says("cài đặt").await.reads(&["Giờ yên tĩnh"]);
    w.as_("NS-010").taps("Đổi sang English").await.reads(&["Language: English"]);
    w.as_("NS-010").taps("Change the quiet hours").await.reads(&["Now: 21:00 to 06:30"]);
    w.as_("NS-010").taps("No quiet hours").await.reads(&["Quiet hours: none"]);
    w.as_("NS-010").reads(&["has sent the report", "[Accept]"]);

    w.advance_to("2018-11-28 08:20").await;
    w.as_("NS-012").reads_nothing();
    w.as_("NS-012").says("/caidat").await.reads(&["từ 22:00 đến 10:00"]);
    w.as_("NS-012").taps("Đổi giờ yên tĩnh").await.reads(&[]);
    w.as_("NS-012").taps("Theo đơn vị").await.reads(&["theo quy định chung"]);
    w.as_("NS-012").reads(&["Đề nghị đồng chí báo cáo", "QC-009"]);
    w.advance_to("2018-11-28 10:30").await;
    w.as_("NS-012").reads_nothing();
    w.everyone_reads();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn what_would_come_after_the_meeting_began_is_told_to_the_secretary(engine: Engine) {
    // Chi bộ Văn phòng meets at 08:00; two hours before, most are asleep and get it at 06:30.
    let mut w = World::peopled(engine, "2018-12-02 15:00").await;
    w.everyone_reads();
    let mut tx = w.db.read().await.unwrap();
    let today = local("2018-12-02 15:00").date();
    let everyone = people::all(&mut tx, today).await.unwrap();
    drop(tx);
    let unit = everyone.iter().find(|p| p.code == "NS-028").expect("somebody").unit;
    let leads = |p: &&Person| roots(p, Right::RunMeetings).first().copied() == unit;
    let secretary = everyone.iter().find(leads).expect("one");
    let late = everyone
        .iter()
        .find(|p| p.unit == unit && p.code != secretary.code && p.code != "NS-027")
        .expect("a member");
    let (secretary, late) = (secretary.code.clone(), late.clone());
    w.as_(&late.code).says("/caidat").await.reads(&[]);
    w.as_(&late.code).taps("Đổi giờ yên tĩnh").await.reads(&[]);
    w.as_(&late.code).says("21h-8h30").await.reads(&["từ 21:00 đến 08:30"]);
    w.everyone_reads();
    w.advance_to("2018-12-02 20:59").await;
    w.everyone_reads();
    w.advance_to("2018-12-03 06:29").await;
    w.as_(&secretary).reads_nothing();
    w.advance_to("2018-12-03 06:30").await;
    let told = w.sent_to(&secretary);
    let told: Vec<_> = told.iter().filter(|m| m.text.contains("không gửi kịp đến")).collect();
    assert_eq!(told.len(), 1);
    assert!(told[0].text.contains(late.name.in_full()), "{told:?}");
    w.everyone_reads();
    w.advance_to("2018-12-03 10:00").await;
    w.as_(&late.code).reads_nothing();
    w.everyone_reads();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn the_chosen_channel_is_written_to_first_and_the_other_when_it_fails(engine: Engine) {
    let mut w = World::at(engine, "2018-11-27 09:00").await;
    w.join(TAPPING, "NS-013").await;
    w.clock.advance(chrono::TimeDelta::minutes(1));
    w.join(TYPING, "NS-013").await;
    w.as_("NS-013").says("/caidat").await.reads(&["Kênh nhận tin trước tiên: typing"]);
    w.as_("NS-013").taps("Đổi kênh nhận tin").await.reads(&["[typing]", "[tapping]"]);
    w.as_("NS-013").taps("tapping").await.reads(&["Kênh nhận tin trước tiên: tapping"]);
    w.advance_to("2018-11-28 08:00").await;
    w.as_("NS-013").reads(&["QC-014", "[Báo cáo tháng này]"]);
    w.typing_as("NS-013").reads_nothing();
    w.fail_next("NS-013", &[SendError::Unreachable]);
    w.advance_to("2018-11-30 08:00").await;
    w.typing_as("NS-013").reads(&["QC-014", "BC "]);
    w.typing_as("NS-013").says("/caidat").await.reads(&["trước tiên: typing"]);
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn the_language_changes_at_once_for_everything_said(engine: Engine) {
    let mut w = World::peopled(engine, "2018-11-27 09:00").await;
    w.everyone_reads();
    w.as_("NS-013").says("cai dat").await.reads(&["Ngôn ngữ: Tiếng Việt"]);
    w.as_("NS-013")
        .taps("Đổi sang English")
        .await
        .reads(&["Your settings", "[Change to Tiếng Việt]"]);
    let menu = w.menus().pop().expect("a menu for the chat");
    assert!(menu.commands.iter().any(|(name, about)| name == "viec" && about.starts_with("What")));
    w.as_("NS-013").says("/viec").await.reads(&["To do", "QC-014"]);
    w.advance_to("2018-11-28 08:00").await;
    w.as_("NS-013").reads(&["Dear comrade Đỗ Thị Kim Oanh", "[Remind me later]"]);
    w.as_("NS-013").says("/settings").await.reads(&[]);
    w.as_("NS-013").taps("Change to").await.reads(&["Cài đặt của đồng chí"]);
    w.everyone_reads();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn hours_that_cannot_be_are_refused_with_what_to_type(engine: Engine) {
    let mut w = World::at(engine, "2018-11-27 09:00").await;
    w.join(TYPING, "NS-014").await;
    w.typing_as("NS-014").says("/caidat").await.reads(&["1. Đổi sang English"]);
    w.typing_as("NS-014").says("2").await.reads(&["ví dụ: 22h-6h", "2. Không đặt"]);
    for (typed, wrong) in [
        ("25h-6h", "Không có giờ “25h”"),
        ("22h", "còn thiếu giờ kết thúc"),
        ("22h-22h", "đều là 22:00"),
        ("khi nào ngủ", "chưa hiểu “khi nào ngủ”"),
    ] {
        w.typing_as("NS-014").says(typed).await.reads(&[wrong, "22h-6h"]);
    }
    w.restart().await;
    w.typing_as("NS-014").says("9").await.reads(&["Không có mục mang số này"]);
    w.typing_as("NS-014").says("/huy").await.reads(&["Đã dừng"]);
    w.typing_as("NS-014").says("/caidat").await.reads(&["từ 21:00 đến 06:30 (theo"]);
    w.typing_as("NS-014").says("2").await.reads(&[]);
    w.typing_as("NS-014").says("KHÔNG").await.reads(&["nhận tin bất cứ lúc nào"]);
    assert_eq!(w.last_at("NS-014"), local("2018-11-27 09:00"));
    w.finish().await;
}
