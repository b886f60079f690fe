//! When branches meet, and who comes.

use std::sync::Arc;

use diudat::domain::meeting::MeetingAnswer;
use diudat::domain::practice::MeetingHabit;
use diudat::domain::recurrence::{Policy, Rule};
use diudat::domain::typed::Typed;
use diudat::operations::attendance::{self, Answered, Coming};
use diudat::operations::meetings::{self, Changed, rule};
use diudat::operations::timetable::Appointment;
use diudat::operations::{Refused, Work};
use diudat::store::meetings::{Meeting, MeetingRule, next_regular};
use rstest_reuse::apply;

use super::{finish, refusal};
use crate::meeting::{OTHERS, reminded};
use crate::support::{Engine, both_engines};
use crate::world::{World, local};

const SECRETARY: &str = "NS-010";
const MEMBER: &str = "NS-014";
const NO_NAME: &str = "deed-needs-a-person";
const TELLING: &str = "SELECT COUNT(*) FROM planned_step WHERE kind = 'change'";

/// The next regular meeting of Phòng 1.
async fn next(work: &mut Work<'_>) -> Result<Meeting, Refused> {
    let (unit, now) = (work.units.by_code("CB-02").unwrap().id, work.now);
    Ok(next_regular(work.tx, unit, now).await?.unwrap())
}

/// Moves the next meeting, seen in a revision, and keeps its place.
async fn moved(
    work: &mut Work<'_>,
    seen: i64,
    starts: &str,
    reason: &str,
) -> Result<Changed, Refused> {
    let meeting = next(work).await?;
    let at = Appointment { starts: local(starts), place: meeting.place };
    meetings::move_to(work, meeting.id, seen, &at, &reason.into()).await
}

async fn added(work: &mut Work<'_>, starts: &str, topic: &str) -> Result<Changed, Refused> {
    let unit = work.units.by_code("CB-02").unwrap().id;
    let at = Appointment { starts: local(starts), place: "Phòng họp tầng 3".into() };
    meetings::add(work, unit, &at, &topic.into()).await
}

/// The last working day of the month at 9, at another place or the old one.
async fn ruled(work: &mut Work<'_>, place: Option<&str>) -> Result<rule::Set, Refused> {
    let unit = work.units.by_code("CB-02").unwrap().id;
    let before = rule::of(work, unit).await?.habit;
    let habit = MeetingHabit {
        rule: Rule::LastWorkingDay,
        time: local("2018-12-01 09:00").time(),
        place: place.map_or(before.place.clone(), Typed::new),
        policy: Policy::Keep,
    };
    rule::set(work, &MeetingRule { unit, habit }, &before).await
}

async fn answered(work: &mut Work<'_>, coming: Coming<'_>) -> Result<Answered, Refused> {
    let meeting = next(work).await?.id;
    attendance::answer(work, meeting, coming, None).await
}

impl World {
    /// Says or taps, one after the other, and reads what comes of it.
    async fn talks(&mut self, who: &str, deeds: &[&str]) {
        for deed in deeds {
            match deed.strip_prefix('[') {
                Some(label) => self.as_(who).taps(label).await.reads(&[]),
                None => self.as_(who).says(deed).await.reads(&[]),
            };
        }
    }

    /// Nothing of a change was written.
    async fn is_as_before(&self) {
        assert_eq!(self.count("SELECT COUNT(*) FROM meeting WHERE revision > 1").await, 0);
        assert_eq!(self.count("SELECT COUNT(*) FROM meeting WHERE kind = 'thematic'").await, 0);
        assert_eq!(self.count(TELLING).await, 0);
    }
}

/// What everybody but the secretary reads next is the same.
fn read_alike(a: &mut World, b: &mut World, piece: &str) {
    for code in OTHERS {
        let read = a.as_(code).reads(&[piece]);
        assert_eq!(b.as_(code).reads(&[]), read);
    }
}

#[apply(both_engines)]
#[tokio::test]
async fn a_meeting_is_moved_and_cancelled_alike_in_a_chat_and_on_a_page(engine: Engine) {
    let mut chat = reminded(engine).await;
    let mut page = reminded(engine).await;
    for (who, seen, starts, reason, why) in [
        ("NS-012", 1, "2018-12-07 15:00", "Trùng hội nghị", "schedule-not-leader"),
        ("NS-016", 1, "2018-12-07 15:00", "Trùng hội nghị", "schedule-not-leader"),
        (SECRETARY, 2, "2018-12-07 15:00", "Trùng hội nghị", "schedule-overtaken"),
        (SECRETARY, 1, "2018-12-01 15:00", "Trùng hội nghị", "schedule-past"),
        (SECRETARY, 1, "2019-02-20 15:00", "Trùng hội nghị", "schedule-out-of-range"),
        (SECRETARY, 1, "2018-12-05 14:00", "Trùng hội nghị", "schedule-nothing-new"),
        (SECRETARY, 1, "2018-12-07 15:00", " ", "schedule-text-length"),
    ] {
        let done = page.on_the_page(who, async |work| moved(work, seen, starts, reason).await);
        assert_eq!(refusal(done.await).as_deref(), Some(why));
    }
    let to = "2018-12-07 15:00";
    let nobody = page.at_the_command_line(async |work| moved(work, 1, to, "Bận").await).await;
    assert_eq!(refusal(nobody).as_deref(), Some(NO_NAME));
    page.is_as_before().await;

    let asked = ["/lichhop", "[Đổi, hủy một kỳ", "[Đổi kỳ 05/12/2018", "7/12 15h", "[Giữ nguyên"];
    chat.talks(SECRETARY, &asked).await;
    chat.talks(SECRETARY, &["Trùng hội nghị", "[Xác nhận"]).await;
    let done =
        page.on_the_page(SECRETARY, async |work| moved(work, 1, to, "Trùng hội nghị").await).await;
    assert_eq!(done.unwrap().informed, OTHERS.len());
    read_alike(&mut chat, &mut page, "Lý do: Trùng hội nghị");

    chat.talks(SECRETARY, &["/lichhop", "[Đổi, hủy một kỳ", "[Hủy kỳ 07/12/2018"]).await;
    chat.talks(SECRETARY, &["Mất điện", "[Xác nhận"]).await;
    let done = page.on_the_page("NS-011", async |work| {
        let meeting = next(work).await?.id;
        meetings::cancel(work, meeting, 2, &"Mất điện".into()).await
    });
    assert_eq!(done.await.unwrap().informed, OTHERS.len());
    page.as_(SECRETARY).reads(&["Lý do: Mất điện"]);
    for code in ["NS-012", "NS-013", MEMBER] {
        let read = chat.as_(code).reads(&["Lý do: Mất điện"]);
        assert_eq!(page.as_(code).reads(&[]), read);
    }
    for act in ["meeting.move", "meeting.cancel"] {
        assert_eq!(chat.audited(act).await, ["CB-02"]);
        assert_eq!(page.audited(act).await, ["CB-02"]);
    }
    for rows in [TELLING, "SELECT COUNT(*) FROM meeting_change"] {
        assert_eq!((chat.count(rows).await, page.count(rows).await), (2, 2), "{rows}");
    }
    finish(chat, page).await;
}

/// No row says who added it, so the administrator may.
#[apply(both_engines)]
#[tokio::test]
async fn a_meeting_is_added_alike_in_a_chat_on_a_page_and_at_the_command_line(engine: Engine) {
    let mut chat = World::peopled(engine, "2018-12-06 09:00").await;
    let mut page = World::peopled(engine, "2018-12-06 09:00").await;
    let mut line = World::peopled(engine, "2018-12-06 09:00").await;
    for w in [&chat, &page, &line] {
        w.everyone_reads();
    }
    let (to, topic) = ("2018-12-07 15:00", "Nghị quyết mới");
    for (who, starts, topic, why) in [
        ("NS-012", to, topic, "schedule-not-leader"),
        (SECRETARY, "2018-12-06 08:00", topic, "schedule-past"),
        (SECRETARY, "2019-12-07 15:00", topic, "schedule-too-far"),
        (SECRETARY, "2019-01-05 14:00", topic, "schedule-taken"),
        (SECRETARY, to, "", "schedule-text-length"),
    ] {
        let done = page.on_the_page(who, async |work| added(work, starts, topic).await).await;
        assert_eq!(refusal(done).as_deref(), Some(why));
    }
    page.is_as_before().await;

    let asked = ["/lichhop", "[Thêm chuyên đề", topic, "7/12 15h", "[Giữ nguyên", "[Xác nhận"];
    chat.talks(SECRETARY, &asked).await;
    page.on_the_page(SECRETARY, async |work| added(work, to, topic).await).await.unwrap();
    line.at_the_command_line(async |work| added(work, to, topic).await).await.unwrap();
    for code in OTHERS {
        let read = chat.as_(code).reads(&["“Nghị quyết mới”", "[Có mặt]"]);
        assert_eq!(page.as_(code).reads(&[]), read);
        assert_eq!(line.as_(code).reads(&[]), read);
    }
    line.as_(SECRETARY).reads(&["“Nghị quyết mới”", "[Ai có mặt, ai vắng]"]);
    for w in [chat, page, line] {
        assert_eq!(w.audited("meeting.thematic").await, ["CB-02"]);
        assert_eq!(w.count("SELECT COUNT(*) FROM meeting WHERE kind = 'thematic'").await, 1);
        w.finish().await;
    }
}

#[apply(both_engines)]
#[tokio::test]
async fn a_rule_is_set_alike_in_a_chat_and_on_a_page(engine: Engine) {
    let mut chat = reminded(engine).await;
    let mut page = reminded(engine).await;
    let long = "xa ".repeat(80);
    for (who, place, why) in [
        ("NS-012", None, "schedule-not-leader"),
        (SECRETARY, Some(long.as_str()), "schedule-text-length"),
    ] {
        let done = page.on_the_page(who, async |work| ruled(work, place).await).await;
        assert_eq!(refusal(done).as_deref(), Some(why));
    }
    // Each meeting that follows says who put it there.
    let nobody = page.at_the_command_line(async |work| ruled(work, None).await).await;
    assert_eq!(refusal(nobody).as_deref(), Some(NO_NAME));
    page.is_as_before().await;

    let asked = ["/lichhop ngày làm việc cuối cùng 9h", "[Giữ nguyên", "[Vẫn họp", "[Xác nhận"];
    chat.talks(SECRETARY, &asked).await;
    let done = page.on_the_page(SECRETARY, async |work| ruled(work, None).await).await;
    assert!(matches!(done, Ok(rule::Set::Done { informed: 4, .. })), "{done:?}");
    read_alike(&mut chat, &mut page, "09:00, thứ Sáu ngày 28/12/2018");
    // What holds already changes nothing, whoever sets it.
    let same = page.at_the_command_line(async |work| ruled(work, None).await).await;
    assert!(matches!(same, Ok(rule::Set::Same)), "{same:?}");
    for w in [&chat, &page] {
        assert_eq!(w.audited("meeting.rule").await, ["CB-02"]);
    }
    for rows in [TELLING, "SELECT COUNT(*) FROM meeting_change WHERE kind = 'rule'"] {
        assert_eq!(chat.count(rows).await, page.count(rows).await, "{rows}");
    }
    for w in [chat, page] {
        w.finish().await;
    }
}

/// Begins to set the last working day at 9, up to the preview.
const BEGUN: [&str; 3] = ["/lichhop ngày làm việc cuối cùng 9h", "[Giữ nguyên", "[Vẫn họp"];

/// Two who lead a branch set its rule at once: the later is told what stands now, and overwrites nothing.
#[apply(both_engines)]
#[tokio::test]
async fn a_rule_that_another_set_meanwhile_is_not_overwritten(engine: Engine) {
    let mut w = World::peopled(engine, "2018-11-26 09:00").await;
    w.everyone_reads();
    let unit = w.on_the_page(SECRETARY, async |work| Ok(work.units.by_code("CB-02").unwrap().id));
    let unit = unit.await.unwrap();
    let shown = w.on_the_page(SECRETARY, async |work| rule::of(work, unit).await).await.unwrap();
    w.talks(SECRETARY, &BEGUN).await;
    w.talks("NS-011", &["/lichhop ngày 10 hằng tháng 15h", "[Giữ nguyên", "[Chuyển lên"]).await;
    w.as_("NS-011").taps("Xác nhận").await.reads(&["Đã đặt lịch"]);
    w.everyone_reads();
    w.as_(SECRETARY).taps("Xác nhận").await.reads(&["Nội dung đã thay đổi"]);
    w.as_(SECRETARY).reads(&[
        "Hiện nay: ngày 10 hằng tháng, lúc 15:00",
        "Chuyển lên ngày làm việc trước",
        "[Xác nhận]",
    ]);
    let habit = MeetingHabit { rule: Rule::LastWorkingDay, ..shown.habit.clone() };
    let late = w.on_the_page(SECRETARY, async |work| {
        rule::set(work, &MeetingRule { unit, habit }, &shown.habit).await
    });
    assert_eq!(refusal(late.await).as_deref(), Some("schedule-rule-overtaken"));
    assert_eq!(w.audited("meeting.rule").await, ["CB-02"]);
    // Whoever sees what stands decides anew.
    w.as_(SECRETARY).taps("Xác nhận").await.reads(&["Đã đặt lịch"]);
    w.everyone_reads();
    w.finish().await;
}

/// What a version before asked did not say what stood then, and is shown again before it is set.
#[apply(both_engines)]
#[tokio::test]
async fn a_rule_begun_with_a_version_before_is_shown_again(engine: Engine) {
    let mut w = World::peopled(engine, "2018-11-26 09:00").await;
    w.everyone_reads();
    w.talks(SECRETARY, &BEGUN).await;
    w.damage("DELETE FROM preview").await;
    w.as_(SECRETARY).taps("Xác nhận").await.reads(&["Chương trình vừa được cập nhật"]);
    w.as_(SECRETARY).reads(&["Hiện nay", "[Xác nhận]"]);
    assert!(w.audited("meeting.rule").await.is_empty());
    w.as_(SECRETARY).taps("Xác nhận").await.reads(&["Đã đặt lịch"]);
    w.everyone_reads();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn a_member_answers_alike_in_a_chat_and_on_a_page(engine: Engine) {
    let mut chat = reminded(engine).await;
    let mut page = reminded(engine).await;
    for w in [&mut chat, &mut page] {
        let mut practice = (*w.practice).clone();
        practice.excused_in_row = 1;
        w.practice = Arc::new(practice);
        w.restart().await;
    }
    let (ill, long) = (Typed::new("Ốm"), Typed::new("ốm ".repeat(120)));
    let absent = Coming::No(Some(&ill));
    for (who, coming, why) in [
        ("NS-015", absent, "attendance-not-member"),
        ("NS-016", absent, "attendance-not-member"),
        (MEMBER, Coming::No(Some(&long)), "attendance-reason-length"),
    ] {
        let done = page.on_the_page(who, async |work| answered(work, coming).await).await;
        assert_eq!(refusal(done).as_deref(), Some(why));
    }
    let nobody = page.at_the_command_line(async |work| answered(work, absent).await).await;
    assert_eq!(refusal(nobody).as_deref(), Some(NO_NAME));
    let answers = "SELECT COUNT(*) FROM attendance_answer";
    assert_eq!(page.count(answers).await, 0);

    chat.talks(MEMBER, &["vắng vì Ốm"]).await;
    page.on_the_page(MEMBER, async |work| answered(work, absent).await).await.unwrap();
    assert_eq!((chat.count(answers).await, page.count(answers).await), (1, 1));
    let told = chat.as_(SECRETARY).reads(&["kỳ sinh hoạt liên tiếp"]);
    assert_eq!(page.as_(SECRETARY).reads(&[]), told);

    // Who leads sees it, and nobody else.
    for (who, sees) in [("NS-011", None), ("NS-012", Some("schedule-not-leader"))] {
        let roll = page.on_the_page(who, async |work| {
            let meeting = next(work).await?.id;
            let roll = attendance::roll(work, meeting).await?;
            assert_eq!(
                roll.seats.iter().filter(|seat| seat.said(MeetingAnswer::Excused)).count(),
                1
            );
            Ok(())
        });
        assert_eq!(refusal(roll.await).as_deref(), sees);
    }
    for w in [chat, page] {
        w.finish().await;
    }
}
