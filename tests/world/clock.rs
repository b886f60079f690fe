//! A clock that leaps ends nothing: what would fall away by it waits until it is believed.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{NaiveDateTime, TimeDelta};
use diudat::app::Forgot;
use diudat::clock::{Clock, Instant};
use diudat::domain::calendar::Month;
use diudat::domain::doubt::Doubt;
use diudat::domain::practice::Practice;
use diudat::message::SendError;
use diudat::operations::attendance::{self, Coming};
use diudat::operations::{Doer, Work, administration, meetings, nudges, reports};
use diudat::reminders::dry_run;
use diudat::store::clock as row;
use diudat::store::meetings::next_regular;
use rstest_reuse::apply;

use crate::support::{Engine, both_engines};
use crate::world::{World, local};

const FROM: &str = "2018-11-27 09:00";
const TO: &str = "2018-12-12 18:00";
const YEAR: TimeDelta = TimeDelta::days(365);
/// What has fallen away, of any kind.
const FALLEN: &str = "SELECT CAST((SELECT COUNT(*) FROM planned_step WHERE state = 'dropped')
    + (SELECT COUNT(*) FROM deferred_step WHERE state IN ('dropped', 'skipped'))
    + (SELECT COUNT(*) FROM case_alert WHERE state = 'dropped')
    + (SELECT COUNT(*) FROM digest WHERE state = 'dropped' AND due_at > 1543284000000)
    + (SELECT COUNT(*) FROM notice WHERE reminder = 'dropped')
    + (SELECT COUNT(*) FROM outbox WHERE state = 'dead') AS BIGINT)";

/// How many messages each person or group gets at each time.
type Count = BTreeMap<(NaiveDateTime, String), usize>;

/// What was sent and not planned, or planned and not sent.
fn odd(sent: &Count, plan: &Count) -> Vec<(NaiveDateTime, String)> {
    let differs = |key: &&(NaiveDateTime, String)| sent.get(*key) != plan.get(*key);
    sent.keys().chain(plan.keys()).filter(differs).cloned().collect()
}

impl World {
    /// Everybody in it, with a clock that nobody holds and that has been seen.
    async fn by_itself(engine: Engine) -> Self {
        let mut w = Self::peopled(engine, FROM).await;
        w.clock.let_go();
        w.starts_anew().await;
        w
    }

    /// Another process, which knows nothing of the one before but what is in the database.
    async fn starts_anew(&mut self) {
        self.practice = Arc::new(Practice { doubt: Doubt::default(), ..(*self.practice).clone() });
        self.restart().await;
    }

    fn leaps(&self, by: TimeDelta) {
        self.clock.leap(self.clock.now() + by);
    }

    /// Time passes as it does, a minute at a time.
    async fn minutes(&self, minutes: usize) {
        for _ in 0..minutes {
            self.clock.advance(TimeDelta::minutes(1));
            self.settle().await;
        }
    }

    fn is_in_doubt(&self) -> bool {
        self.practice.doubt.now().is_some()
    }

    async fn doubted_at(&self) -> Option<Instant> {
        row::read(&mut self.db.read().await.unwrap()).await.unwrap().doubted
    }

    async fn planned(&self) -> Count {
        let mut count = Count::new();
        for month in ["2018-11", "2018-12", "2019-01"] {
            let month: Month = month.parse().unwrap();
            let mut tx = self.db.read().await.unwrap();
            let now = self.clock.now();
            let lines = dry_run(&mut tx, &self.practice, month, None, now).await.unwrap();
            for line in lines.into_iter().filter(|l| l.at >= local(FROM) && l.at <= local(TO)) {
                *count.entry((line.at, line.to)).or_default() += 1;
            }
        }
        count
    }

    /// What was sent by the right clock.
    fn sent(&self) -> Count {
        let mut count = Count::new();
        for seen in self.all_sent() {
            let at = self.practice.local(seen.at);
            if at <= local(TO) {
                *count.entry((at, seen.chat)).or_default() += 1;
            }
        }
        count
    }
}

#[apply(both_engines)]
#[tokio::test]
async fn a_start_with_the_clock_far_off_costs_nothing(
    engine: Engine,
    #[values(365, 45, -45, -365)] days: i64,
) {
    let mut w = World::by_itself(engine).await;
    let plan = w.planned().await;
    assert!(plan.len() > 100 && !w.is_in_doubt(), "{}", plan.len());
    let off = TimeDelta::days(days);
    w.leaps(off);
    w.starts_anew().await;
    assert!(w.is_in_doubt() && w.doubted_at().await.is_some());
    w.minutes(20).await;
    assert_eq!(w.app.forget().await.unwrap(), Forgot::NothingInDoubt);
    assert_eq!(w.count(FALLEN).await, 0);
    // The clock is set right, and the program started once more.
    w.leaps(-off);
    w.starts_anew().await;
    assert!(w.is_in_doubt(), "a doubt outlives a process");
    w.minutes(29).await;
    assert!(w.is_in_doubt());
    w.minutes(2).await;
    assert!(!w.is_in_doubt() && w.doubted_at().await.is_none());
    assert_eq!(w.app.forget().await.unwrap(), Forgot::WhatWasOld);
    w.advance_to(TO).await;
    assert_eq!(odd(&w.sent(), &plan), []);
    w.everyone_reads();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn a_leap_of_a_running_process_costs_nothing(
    engine: Engine,
    #[values(365 * 24 * 60, 30 * 24 * 60, -60, -365 * 24 * 60)] minutes: i64,
) {
    let w = World::by_itself(engine).await;
    let plan = w.planned().await;
    let off = TimeDelta::minutes(minutes);
    w.minutes(3).await;
    w.leaps(off);
    w.settle().await;
    assert!(w.is_in_doubt() && w.doubted_at().await.is_some());
    w.minutes(20).await;
    assert_eq!(w.count(FALLEN).await, 0);
    w.leaps(-off);
    w.minutes(31).await;
    assert!(!w.is_in_doubt());
    w.advance_to(TO).await;
    assert_eq!(odd(&w.sent(), &plan), []);
    w.everyone_reads();
    w.finish().await;
}

/// What was sure is what the clock showed last before it leapt, and no sign of life before that.
#[apply(both_engines)]
#[tokio::test]
async fn what_the_clock_showed_last_is_sure(engine: Engine) {
    let w = World::by_itself(engine).await;
    w.minutes(3).await;
    w.clock.advance(TimeDelta::seconds(40));
    w.settle().await;
    let last = w.clock.now();
    w.leaps(YEAR);
    w.settle().await;
    assert_eq!(w.practice.doubt.now().map(|doubted| doubted.sure), Some(last));
    let kept = row::read(&mut w.db.read().await.unwrap()).await.unwrap();
    assert_eq!(kept.alive, Some(last), "for whoever takes over");
    w.everyone_reads();
}

#[apply(both_engines)]
#[tokio::test]
async fn a_little_is_no_leap_and_a_long_day_is_none(engine: Engine) {
    let w = World::by_itself(engine).await;
    for seconds in [299, -299, -299, 299] {
        w.leaps(TimeDelta::seconds(seconds));
        w.settle().await;
        assert!(!w.is_in_doubt(), "{seconds}");
    }
    w.clock.advance(TimeDelta::days(3));
    w.settle().await;
    assert!(!w.is_in_doubt());
    w.leaps(TimeDelta::minutes(-5));
    w.settle().await;
    assert!(w.is_in_doubt());
    w.everyone_reads();
}

#[apply(both_engines)]
#[tokio::test]
async fn what_fell_away_by_a_wrong_clock_is_planned_again(engine: Engine) {
    let w = World::by_itself(engine).await;
    let plan = w.planned().await;
    w.leaps(YEAR);
    // Nobody sets it right in time, and it is believed.
    w.minutes(32).await;
    assert!(!w.is_in_doubt());
    assert!(w.count(FALLEN).await > 0, "it is a year later");
    w.leaps(-YEAR);
    w.minutes(31).await;
    assert!(!w.is_in_doubt());
    w.advance_to(TO).await;
    assert_eq!(odd(&w.sent(), &plan), []);
    w.everyone_reads();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn a_clock_that_is_right_after_all_goes_on_at_a_word(engine: Engine) {
    let w = World::by_itself(engine).await;
    w.leaps(YEAR);
    w.settle().await;
    assert!(w.is_in_doubt());
    let door = w.door();
    assert!(matches!(door.clock, Clock::Manual(_)));
    let mut deed = door.deed(Doer::Administrator).await.unwrap();
    administration::trust_clock(&mut deed.work()).await.unwrap();
    deed.end().await.unwrap();
    w.settle().await;
    assert!(!w.is_in_doubt());
    assert_eq!(w.audited("clock.trust").await.len(), 1);
    assert!(w.count(FALLEN).await > 0, "it is a year later");
    w.everyone_reads();
}

#[apply(both_engines)]
#[tokio::test]
async fn what_people_hold_stays_good_while_the_clock_is_in_doubt(engine: Engine) {
    let mut w = World::by_itself(engine).await;
    w.as_("NS-013").says("/baocao qc-014").await.reads(&["1/5"]);
    w.leaps(YEAR);
    w.settle().await;
    // The dialogue of a year ago is the one of a minute ago, and so are its buttons.
    w.as_("NS-013").taps("Khá").await.reads(&["2/5"]);
    w.as_("NS-013").says("tốt").await.reads(&["3/5"]);
    w.everyone_reads();
    // No meeting is over by such a clock: who may answer, change, remind and report still may.
    let meeting = async |work: &mut Work<'_>| {
        let (unit, judged) = (work.units.by_code("CB-02").unwrap().id, work.judged_now());
        Ok(next_regular(work.tx, unit, judged).await?.unwrap().id)
    };
    let meeting = w.on_the_page("NS-014", meeting).await.unwrap();
    let comes =
        async |work: &mut Work<'_>| attendance::answer(work, meeting, Coming::Yes, None).await;
    w.on_the_page("NS-014", comes).await.unwrap();
    let found = async |work: &mut Work<'_>| meetings::find(work, meeting).await;
    w.on_the_page("NS-010", found).await.unwrap();
    let owing = async |work: &mut Work<'_>| nudges::remind(work, meeting).await;
    assert!(!w.on_the_page("NS-010", owing).await.unwrap().is_empty());
    let mine = async |work: &mut Work<'_>| reports::mine(work).await;
    assert!(!w.on_the_page("NS-013", mine).await.unwrap().is_empty());
    w.everyone_reads();
    w.leaps(-YEAR);
    w.settle().await;
    w.as_("NS-013").says("tốt").await.reads(&["4/5"]);
    w.everyone_reads();
    w.finish().await;
}

/// What is sent, given back, reminded of and moved meanwhile is as it would be by the right clock.
#[apply(both_engines)]
#[tokio::test]
async fn no_deed_ends_anything_while_the_clock_is_in_doubt(engine: Engine) {
    let mut w = World::by_itself(engine).await;
    w.everyone_reads();
    w.leaps(YEAR);
    w.settle().await;
    w.everyone_reads();
    // The sheet of a meeting to come is not opened to be closed.
    let hop = w.as_("NS-010").says("/hop").await.reads(&["chuẩn bị kỳ họp"]);
    assert!(!hop.contains("[Kết thúc") && !hop.contains("[Tất cả có mặt]"), "{hop}");
    w.everyone_reads();
    // No report is late, and one that was sent may be changed.
    let line = "qc-014 tốt khá tốt tốt tốt, tiếp tục";
    w.as_("NS-013").says(line).await.reads(&["[Gửi báo cáo]"]);
    let sent = w.as_("NS-013").taps("Gửi báo cáo").await.reads(&["Đã gửi báo cáo", "[Sửa]"]);
    assert!(!sent.contains("sau hạn"), "{sent}");
    w.as_("NS-013").taps("Sửa").await.reads(&["[Gửi báo cáo]"]);
    w.as_("NS-013").taps("Sửa").await.reads(&["muốn sửa mục nào"]);
    w.as_("NS-013").taps("Kết quả công tác").await.reads(&["3/5"]);
    w.as_("NS-013").taps("Trung bình").await.reads(&["[Gửi báo cáo]"]);
    w.as_("NS-013").taps("Gửi báo cáo").await.reads(&["Đã gửi báo cáo", "[Sửa]"]);
    // It can be given back until a day before the meeting.
    w.everyone_reads();
    w.as_("NS-010").says("/viec").await.reads(&["[Xem QC-014, T.V.B.]"]);
    w.as_("NS-010").taps("Xem QC-014").await.reads(&["[Trả lại]"]);
    w.as_("NS-010").taps("Trả lại").await.reads(&["lý do trả lại"]);
    w.as_("NS-010").says("Cần nêu rõ kết quả").await.reads(&["Hạn gửi lại", "28/11/2018"]);
    w.as_("NS-010").says("mai").await.reads(&["Đã trả lại", "17:00 ngày 28/11/2018"]);
    w.as_("NS-013").reads(&["Cần nêu rõ kết quả", "[Sửa báo cáo]"]);
    w.as_("NS-013").taps("Sửa báo cáo").await.reads(&["[Gửi báo cáo]"]);
    w.as_("NS-013").taps("Gửi báo cáo").await.reads(&["Đã gửi báo cáo"]);
    // Who owes one is asked for it, and told of no time that is over.
    let meeting = w.meeting("CB-02", "2018-12").await;
    let owing = async |work: &mut Work<'_>| nudges::remind(work, meeting).await;
    assert!(!w.on_the_page("NS-010", owing).await.unwrap().is_empty());
    let asked = w.as_("NS-012").reads(&["đề nghị đồng chí gửi báo cáo"]);
    assert!(!asked.contains("quá hạn"), "{asked}");
    w.everyone_reads();
    // The meeting is there to be moved, and those who come are reminded of where it is then.
    w.as_("NS-010").says("/lichhop").await.reads(&["05/12/2018"]);
    w.as_("NS-010").taps("Đổi, hủy một kỳ").await.reads(&[]);
    w.as_("NS-010").taps("Đổi kỳ 05/12/2018").await.reads(&["sang ngày, giờ nào"]);
    w.as_("NS-010").says("20/11/2018").await.reads(&["đã qua"]);
    w.as_("NS-010").says("10/12").await.reads(&["Họp ở đâu"]);
    w.as_("NS-010").taps("Giữ nguyên").await.reads(&["Vì lý do gì"]);
    w.as_("NS-010").says("Trùng hội nghị ngành").await.reads(&["ngày 10/12/2018"]);
    w.as_("NS-010").taps("Xác nhận").await.reads(&["Đã chuyển", "10/12/2018"]);
    w.everyone_reads();
    w.leaps(-YEAR);
    w.minutes(31).await;
    assert!(!w.is_in_doubt());
    w.everyone_reads();
    let before = w.sent_to("NS-014").len();
    w.advance_to("2018-12-09 18:00").await;
    let reminders = w.sent_to("NS-014").split_off(before);
    assert!(reminders.iter().any(|seen| seen.whole().contains("10/12/2018")), "{reminders:?}");
    w.everyone_reads();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn a_reminder_on_its_way_does_not_expire_by_a_leap(engine: Engine) {
    let w = World::by_itself(engine).await;
    let plan = w.planned().await;
    w.fail_next("NS-013", &[SendError::Transient { after: None }]);
    w.advance_to("2018-11-28 08:00").await;
    let before = w.sent_to("NS-013").len();
    w.leaps(YEAR);
    w.minutes(5).await;
    assert_eq!(w.count(FALLEN).await, 0);
    w.leaps(-YEAR);
    w.minutes(3).await;
    assert!(w.sent_to("NS-013").len() > before);
    w.advance_to(TO).await;
    assert_eq!(w.sent().values().sum::<usize>(), plan.values().sum::<usize>());
    w.everyone_reads();
}

/// What was put off while the clock showed next year does not wait until then.
#[apply(both_engines)]
#[tokio::test]
async fn what_was_put_off_by_a_wrong_clock_waits_no_year(engine: Engine) {
    let mut w = World::by_itself(engine).await;
    w.advance_to("2018-11-28 08:00").await;
    w.everyone_reads();
    w.leaps(YEAR);
    w.settle().await;
    w.as_("NS-027").says("/thongbao Mời họp giao ban").await;
    for button in ["Chi bộ Phòng 1", "Tiếp tục", "Gửi thông báo"] {
        w.as_("NS-027").taps(button).await;
    }
    w.everyone_reads();
    // As quiet hours of next year would have held it, or somebody asked for it.
    w.damage(
        "UPDATE outbox SET state = 'ready', parts_sent = 0, done_at = NULL,
            not_before = not_before + 31536000000
        WHERE lane > 0 AND state = 'sent' AND created_at < 1545000000000
        AND person_id = (SELECT id FROM person WHERE code = 'NS-013')",
    )
    .await;
    w.damage(
        "INSERT INTO deferred_step (id, step_id, person_id, cause, due_at, state)
        SELECT 900001, MIN(s.id), (SELECT id FROM person WHERE code = 'NS-012'), 'snooze',
            1543366800000 + 31536000000, 'planned' FROM planned_step s WHERE s.state = 'planned'",
    )
    .await;
    let before = w.sent_to("NS-013").len();
    w.leaps(-YEAR);
    w.minutes(33).await;
    assert!(!w.is_in_doubt());
    assert!(w.sent_to("NS-013").len() > before);
    let far = "SELECT CAST((SELECT COUNT(*) FROM deferred_step WHERE due_at > 1550000000000)
        + (SELECT COUNT(*) FROM outbox WHERE state = 'ready' AND not_before > 1550000000000)
        + (SELECT COUNT(*) FROM notice WHERE remind_at > 1550000000000) AS BIGINT)";
    assert_eq!(w.count(far).await, 0);
    assert_eq!(w.count("SELECT COUNT(*) FROM notice WHERE reminder = 'planned'").await, 1);
    w.everyone_reads();
}

/// A chat to which something could not be sent while the clock showed next year is not mute until then.
#[apply(both_engines)]
#[tokio::test]
async fn no_chat_is_mute_for_a_year(engine: Engine) {
    let mut w = World::by_itself(engine).await;
    w.fail_next("NS-013", &[SendError::Transient { after: None }]);
    w.advance_to("2018-11-28 08:00").await;
    w.damage("UPDATE outbox SET not_before = not_before + 31536000000 WHERE state = 'retry'").await;
    let before = w.sent_to("NS-013").len();
    w.crash().await;
    w.settle().await;
    assert!(w.sent_to("NS-013").len() > before);
    w.everyone_reads();
}

/// What fell away by a wrong clock does not come back if it is about a meeting as it is no more.
#[apply(both_engines)]
#[tokio::test]
async fn what_expired_of_a_meeting_that_was_changed_stays_away(engine: Engine) {
    let w = World::by_itself(engine).await;
    w.advance_to("2018-11-28 08:00").await;
    w.damage(
        "UPDATE outbox SET state = 'dead', outcome = 'expired', done_at = done_at + 31536000000
        WHERE id IN (SELECT outbox_id FROM reminder) AND state = 'sent'",
    )
    .await;
    w.damage(
        "UPDATE meeting SET revision = revision + 1
        WHERE unit_id = (SELECT id FROM unit WHERE code = 'CB-02') AND state = 'planned'",
    )
    .await;
    let before = w.sent_to("NS-013").len();
    assert!(before > 0, "they were reminded");
    w.advance_to("2018-11-29 00:30").await;
    assert_eq!(w.sent_to("NS-013").len(), before);
    let left = "SELECT COUNT(*) FROM outbox o JOIN reminder r ON r.outbox_id = o.id
        JOIN planned_step s ON s.id = r.step_id JOIN meeting m ON m.id = s.meeting_id
        WHERE o.state = 'dead' AND o.outcome = 'expired' AND o.expires_at > 1543426200000
        AND m.revision = s.revision";
    assert_eq!(w.count(left).await, 0, "what stands goes");
    w.everyone_reads();
}
