//! A month goes by: what is planned is what is sent, once, whatever restarts.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use diudat::domain::calendar::Month;
use diudat::message::SendError;
use diudat::reminders::dry_run;
use rstest_reuse::apply;

use crate::support::{Engine, both_engines};
use crate::world::{TYPING, World, local};

/// How many messages each person or group is to get at each time.
type Count = BTreeMap<(NaiveDateTime, String), usize>;

async fn planned(w: &World, months: &[&str], from: &str, to: &str) -> Count {
    let mut count = Count::new();
    for month in months {
        let month: Month = month.parse().unwrap();
        let mut tx = w.db.read().await.unwrap();
        let lines = dry_run(&mut tx, &w.practice, month, None, w.clock.now()).await.unwrap();
        for line in lines.into_iter().filter(|l| l.at >= local(from) && l.at <= local(to)) {
            *count.entry((line.at, line.to)).or_default() += 1;
        }
    }
    count
}

fn sent(w: &World) -> Count {
    let mut count = Count::new();
    for seen in w.all_sent() {
        *count.entry((w.practice.local(seen.at), seen.chat)).or_default() += 1;
    }
    count
}

#[apply(both_engines)]
#[tokio::test]
async fn what_is_planned_is_sent_once_with_a_restart_between_any_two_steps(
    engine: Engine,
    #[values(false, true)] restarting: bool,
) {
    let (from, to) = ("2018-11-26 07:00", "2018-12-12 18:00");
    let mut w = World::peopled(engine, from).await;
    let plan = planned(&w, &["2018-11", "2018-12", "2019-01"], from, to).await;
    assert!(plan.len() > 150, "a month of six branches, got {}", plan.len());
    if restarting {
        let mut stops: Vec<NaiveDateTime> = plan.keys().map(|(at, _)| *at).collect();
        stops.dedup();
        for stop in stops {
            w.advance_to(&stop.format("%Y-%m-%d %H:%M").to_string()).await;
            w.restart().await;
        }
    }
    w.advance_to(to).await;
    assert_eq!(sent(&w), plan);
    w.everyone_reads();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn a_holiday_moves_the_meeting_and_says_so(engine: Engine) {
    let (from, to) = ("2019-01-22 07:00", "2019-02-12 18:00");
    let mut w = World::peopled(engine, from).await;
    let plan = planned(&w, &["2019-01", "2019-02", "2019-03"], from, to).await;
    w.settle().await;
    w.everyone_reads();
    let said = w.as_("NS-012").says("lịch họp").await.reads(&["11/02/2019", "05/02/2019"]);
    insta::assert_snapshot!("moved_by_tet", said);
    w.everyone_reads();
    let before = w.all_sent().len();
    w.advance_to(to).await;
    let mut reminders = sent(&w);
    // The answer to /lichhop is not a reminder.
    assert!(reminders.remove(&(local(from), "NS-012".to_owned())).is_some());
    assert!(w.all_sent().len() > before);
    assert_eq!(reminders, plan);
    let first = w.sent_to("NS-014").into_iter().next().expect("a reminder");
    assert_eq!(w.practice.local(first.at), local("2019-02-08 08:00"), "T-3 of 11/02/2019");
    w.everyone_reads();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn who_has_reported_is_not_asked_again_and_the_secretary_learns_who_owes(engine: Engine) {
    let mut w = World::peopled(engine, "2018-11-27 09:00").await;
    w.everyone_reads();
    w.advance_to("2018-11-28 08:00").await;
    let prompt = w.as_("NS-012").reads(&["QC-009", "[Báo cáo QC-014, T.V.B.]"]);
    insta::assert_snapshot!("prompt", prompt);
    w.as_("NS-013").reads(&["QC-014"]);
    w.as_("NS-013").taps("Báo cáo tháng này").await.reads(&["1/5"]);
    // A Saturday, which looks like a mistake if nothing is said.
    let meetings = w.as_("NS-013").says("/lichhop").await.reads(&["05/12/2018"]);
    assert!(
        meetings
            .contains("05/01/2019, tại Phòng họp tầng 3 – theo lệ ngày 5 hằng tháng (ngày làm bù)"),
        "{meetings}"
    );
    w.as_("NS-013").says("qc-014 t t t t t, tiếp tục").await.reads(&[]);
    w.as_("NS-013").taps("Gửi").await.reads(&["Đã gửi"]);
    // With several to report on, the prompt's buttons lead straight to each; then to the next.
    w.as_("NS-012").taps("Báo cáo QC-009").await.reads(&["QC-009", "1/5"]);
    w.as_("NS-012").says("qc-009 t t t t t, tiếp tục").await.reads(&[]);
    let sent = w.as_("NS-012").taps("Gửi").await.reads(&["Đã gửi", "còn 1 báo cáo chưa gửi"]);
    assert!(sent.contains("[QC-014, T.V.B. – chưa báo cáo]"), "{sent}");
    w.as_("NS-012").taps("QC-014").await.reads(&["QC-014", "1/5"]);
    w.everyone_reads();

    w.advance_to("2018-11-30 08:00").await;
    w.as_("NS-013").reads_nothing();
    let prompt = w.as_("NS-012").reads(&["Chi bộ chưa nhận được báo cáo của đồng chí", "QC-014"]);
    assert!(!prompt.contains("QC-009"), "{prompt}");
    w.as_("NS-012").says("/viec").await.reads(&["QC-014"]);
    w.everyone_reads();
    w.as_("NS-010").says("/viec").await.reads(&["QC-014"]);
    w.as_("NS-027").says("/viec").await.reads(&["2/3"]);
    w.everyone_reads();

    w.advance_to("2018-12-04 17:00").await;
    let list: Vec<_> =
        w.sent_to("NS-010").into_iter().filter(|m| m.text.contains("hết hạn")).collect();
    assert_eq!(list.len(), 1);
    assert!(list[0].text.contains("QC-014") && !list[0].text.contains("QC-009"), "{list:?}");
    w.everyone_reads();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn the_deputy_is_told_when_the_secretary_cannot_be_reached(engine: Engine) {
    let w = World::at(engine, "2018-11-27 09:00").await;
    w.join(crate::world::TAPPING, "NS-011").await;
    w.join(crate::world::TAPPING, "NS-012").await;
    w.advance_to("2018-12-04 17:00").await;
    let told = w.sent_to("NS-011");
    let list = told.iter().find(|m| m.text.contains("hết hạn")).expect("the list");
    assert!(list.text.contains("QC-014"), "{}", list.text);
    // NS-013 has no account, and the list says so.
    assert!(list.text.contains("nhắc trực tiếp"), "{}", list.text);
    w.everyone_reads();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn answers_to_the_invitation_can_change_until_the_meeting(engine: Engine) {
    let mut w = World::peopled(engine, "2018-11-27 09:00").await;
    w.advance_to("2018-12-02 08:00").await;
    w.everyone_reads();
    w.as_("NS-014").taps("Vắng").await.reads(&["lý do"]);
    w.as_("NS-014").says("Đi công tác ở Tam Đảo").await.reads(&[]);
    w.as_("NS-014").taps("Có mặt").await.reads(&[]);
    w.as_("NS-011").taps("Vắng").await.reads(&["lý do"]);
    w.as_("NS-011").taps("Bỏ qua").await.reads(&[]);
    w.advance_to("2018-12-05 12:00").await;
    assert!(w.sent_to("NS-014").iter().all(|m| w.practice.local(m.at) < local("2018-12-04 08:00")));
    w.everyone_reads();
    w.advance_to("2018-12-05 14:00").await;
    w.as_("NS-010").taps("Có mặt").await.reads(&[]);
    w.everyone_reads();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn a_bare_number_belongs_to_the_report_even_when_a_reminder_arrives(engine: Engine) {
    let mut w = World::at(engine, "2018-11-28 07:50").await;
    w.join(TYPING, "NS-013").await;
    let mut mentor = w.typing_as("NS-013");
    mentor.says("bao cao").await.reads(&["1/5", "1. Tốt", "2. Khá"]);
    w.advance_to("2018-11-28 08:00").await;
    let mut mentor = w.typing_as("NS-013");
    let prompt = mentor.reads(&["BC ", "QC-014"]);
    mentor.says("2").await.reads(&["2/5"]);
    let code = prompt.split("BC ").nth(1).unwrap().split_whitespace().next().unwrap().to_owned();
    mentor.says(&format!("bc {code}")).await.reads(&["Báo cáo tháng này"]);
    mentor.reads(&["2/5"]);
    w.advance_to("2018-12-02 08:00").await;
    let mut mentor = w.typing_as("NS-013");
    mentor.reads(&["BC "]);
    let reminder = mentor.reads(&["VẮNG ", "CM "]);
    mentor.says("/baocao").await.reads(&["2/5"]);
    mentor.says("1").await.reads(&["3/5"]);
    let code = reminder.split("VẮNG ").nth(1).unwrap().split_whitespace().next().unwrap();
    mentor.says(&format!("vang {code}")).await.reads(&["Vắng có lý do"]);
    mentor.reads(&["14:00"]);
    // Typed under another question, it answers none before its own is shown again.
    mentor.says("4").await.reads(&["Chưa rõ số này"]);
    mentor.reads(&["3/5"]);
    mentor.says("4").await.reads(&["4/5"]);
    w.everyone_reads();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn a_reminder_falls_back_to_the_next_account(engine: Engine) {
    let mut w = World::at(engine, "2018-11-27 09:00").await;
    w.join(TYPING, "NS-013").await;
    w.clock.advance(chrono::TimeDelta::minutes(1));
    w.join(crate::world::TAPPING, "NS-013").await;
    w.fail_next("NS-013", &[SendError::Unreachable]);
    w.advance_to("2018-11-28 08:00").await;
    w.typing_as("NS-013").reads(&["BC ", "QC-014"]);
    w.advance_to("2018-11-30 08:00").await;
    w.typing_as("NS-013").reads(&["BC "]);
    w.finish().await;
}

/// What people put off stands in the plan as it is then sent.
#[apply(both_engines)]
#[tokio::test]
async fn what_is_put_off_is_planned_as_it_is_sent(engine: Engine) {
    let mut w = World::peopled(engine, "2018-11-28 07:00").await;
    w.advance_to("2018-11-28 08:10").await;
    w.everyone_reads();
    for mentor in ["NS-012", "NS-013"] {
        w.as_(mentor).says("nhắc tôi chiều nay").await.reads(&["16:00"]);
    }
    let (from, to) = ("2018-11-28 08:11", "2018-12-03 18:00");
    let plan = planned(&w, &["2018-11", "2018-12"], from, to).await;
    for mentor in ["NS-012", "NS-013"] {
        assert!(plan.contains_key(&(local("2018-11-28 16:00"), mentor.to_owned())), "{mentor}");
    }
    w.advance_to(to).await;
    let mut sent = sent(&w);
    sent.retain(|(at, _), _| *at >= local(from));
    assert_eq!(sent, plan);
    w.everyone_reads();
    w.finish().await;
}
