//! A deed that changes nothing notes nothing and tells nobody: each is done twice, and what it left after
//! the first time is all there is.

use diudat::domain::ids::CaseId;
use diudat::domain::language::Language;
use diudat::domain::meeting::MeetingAnswer;
use diudat::domain::minutes::{PaperKind, Presence, Votes};
use diudat::domain::practice::MeetingHabit;
use diudat::domain::quiet::{Quiet, Rest};
use diudat::domain::recurrence::{Policy, Rule};
use diudat::domain::report::{Draft, Rating, Recommendation, Slot};
use diudat::domain::road::{Paper, Place};
use diudat::domain::target::TargetKind;
use diudat::operations::attendance::{self, Coming};
use diudat::operations::meetings::rule;
use diudat::operations::sheets::{self, MeetingRole, OpenSheet};
use diudat::operations::{Refused, Work, cases, reports, reviews, settings, targets};
use diudat::store::meetings::{self as rows, MeetingRule};
use diudat::store::{people, road};
use rstest_reuse::apply;

use super::refusal;
use crate::sheet::on_the_day;
use crate::support::{Engine, both_engines};
use crate::world::{World, local};

/// Of Chi bộ Phòng 1.
const SECRETARY: &str = "NS-010";
const MENTOR: &str = "NS-013";
const OFFICE: &str = "NS-027";

/// What deeds leave for others: what is written down of them, and who is told.
const LEFT: [&str; 2] = ["SELECT COUNT(*) FROM audit", "SELECT COUNT(*) FROM outbox"];

impl World {
    /// Does it twice: the second time nothing more is left, whether it was refused or not; why.
    async fn twice<T: std::fmt::Debug>(
        &mut self,
        what: &str,
        who: &str,
        deed: impl AsyncFn(&mut Work<'_>) -> Result<T, Refused>,
    ) -> Option<String> {
        let before = self.counts(&LEFT).await;
        let first = refusal(self.on_the_page(who, async |work| deed(work).await).await);
        assert_eq!(first, None, "{what}");
        let after = self.counts(&LEFT).await;
        assert!(after[0] > before[0], "{what} is written down");
        let again = refusal(self.on_the_page(who, async |work| deed(work).await).await);
        assert_eq!(self.counts(&LEFT).await, after, "{what} twice");
        self.everyone_reads();
        again
    }

    /// The same on the sheet of Phòng 1.
    async fn twice_on_the_sheet<T: std::fmt::Debug>(
        &mut self,
        what: &str,
        deed: impl AsyncFn(&mut Work<'_>, &OpenSheet) -> Result<T, Refused>,
    ) -> Option<String> {
        let meeting = self.meeting("CB-02", "2018-12").await;
        let on_sheet = async |work: &mut Work<'_>| {
            let sheet = sheets::open(work, meeting).await?;
            deed(work, &sheet).await
        };
        self.twice(what, SECRETARY, on_sheet).await
    }
}

async fn case(work: &mut Work<'_>) -> CaseId {
    road::by_code(work.tx, "QC-014").await.unwrap().unwrap().id
}

#[apply(both_engines)]
#[tokio::test]
async fn what_stands_on_a_sheet_is_not_written_down_again(engine: Engine) {
    let mut w = on_the_day(engine).await;
    w.advance_to("2018-12-05 14:05").await;
    w.everyone_reads();
    let mut again = vec![
        w.twice_on_the_sheet("a roll", async |work, sheet| sheets::save_roll(work, sheet).await)
            .await,
        // On a roll that was saved a mark counts at once.
        w.twice_on_the_sheet("a mark", async |work, sheet| {
            let taker = people::by_code(work.tx, MENTOR).await?.unwrap();
            sheets::mark(work, sheet, taker, Presence::Unexcused).await
        })
        .await,
        w.twice_on_the_sheet("all present", async |work, sheet| {
            sheets::save_all_present(work, sheet).await
        })
        .await,
    ];
    for (what, role, who) in
        [("a chair", MeetingRole::Chair, "NS-011"), ("a taker", MeetingRole::Taker, SECRETARY)]
    {
        let appoint = async |work: &mut Work<'_>, sheet: &OpenSheet| {
            let who = people::by_code(work.tx, who).await?.unwrap();
            sheets::appoint(work, sheet, role, who).await
        };
        again.push(w.twice_on_the_sheet(what, appoint).await);
    }
    let noted = [
        w.twice_on_the_sheet("a score", async |work, sheet| sheets::score(work, sheet, 92).await)
            .await,
        w.twice_on_the_sheet("a task", async |work, sheet| {
            let who = people::by_code(work.tx, SECRETARY).await?.unwrap();
            let until = local("2018-12-20 00:00").date();
            sheets::give(work, sheet, who, &"Nộp đảng phí".into(), until).await
        })
        .await,
        w.twice_on_the_sheet("a conclusion", async |work, sheet| {
            let case = case(work).await;
            sheets::conclude(work, sheet, case, &"Nhất trí bồi dưỡng tiếp".into()).await
        })
        .await,
        w.twice_on_the_sheet("a proposal", async |work, sheet| {
            let case = case(work).await;
            sheets::propose(work, sheet, case, Recommendation::Source).await
        })
        .await,
    ];
    again.extend(noted);
    again.push(
        w.twice_on_the_sheet("a vote", async |work, sheet| {
            let case = case(work).await;
            let ballot = sheets::ballot(work, sheet, case).await?;
            let votes = Votes::unanimous(ballot.voters);
            sheets::vote(work, sheet, &ballot, votes).await
        })
        .await,
    );
    again.push(
        w.twice_on_the_sheet("a number", async |work, sheet| {
            sheets::go_on_from(work, sheet, PaperKind::Minutes, 7).await
        })
        .await,
    );
    assert!(again.iter().all(Option::is_none), "{again:?}");
    let closed = w
        .twice_on_the_sheet("a closing", async |work, sheet| sheets::close(work, sheet).await)
        .await;
    assert_eq!(closed.as_deref(), Some("sheet-was-closed"));
    w.finish().await;
}

/// Saved once more, the roll is shown as it stands.
#[apply(both_engines)]
#[tokio::test]
async fn a_roll_that_is_saved_twice_stands_as_it_is(engine: Engine) {
    let mut w = on_the_day(engine).await;
    w.as_(SECRETARY).says("/hop").await.reads(&["Chưa điểm danh"]);
    let (save, roll) = w.as_(SECRETARY).button("Lưu điểm danh");
    w.as_(SECRETARY).taps_id(&save, &roll).await.reads(&["Điểm danh: có mặt 4/5"]);
    w.as_(SECRETARY).taps_id(&save, &roll).await.reads(&["Điểm danh: có mặt 4/5"]);
    assert_eq!(w.audited("sheet.roll").await.len(), 1);
    w.finish().await;
}

fn written() -> Draft {
    let recommendation = Some(Recommendation::Continue);
    Draft { ratings: [Some(Rating::Good); 5], recommendation, ..Draft::default() }
}

/// The report of the mentor on QC-014 for the next meeting of Phòng 1.
async fn slot(work: &mut Work<'_>) -> Result<Slot, Refused> {
    let (unit, now) = (work.units.by_code("CB-02").unwrap().id, work.now);
    let meeting = rows::next_regular(work.tx, unit, now).await?.unwrap().id;
    let mentor = people::by_code(work.tx, MENTOR).await?.unwrap();
    Ok(Slot { meeting, case: case(work).await, mentor })
}

#[apply(both_engines)]
#[tokio::test]
async fn what_stands_is_neither_written_down_nor_told_again(engine: Engine) {
    let mut w = World::peopled(engine, "2018-11-28 09:00").await;
    w.everyone_reads();
    let mut again = vec![
        w.twice("a report", MENTOR, async |work| {
            let slot = slot(work).await?;
            let mut report = reports::find(work, slot).await?;
            reports::save(work, &mut report, written()).await?;
            reports::submit(work, &report).await
        })
        .await,
        w.twice("a target", OFFICE, async |work| {
            let unit = work.units.by_code("CB-06").unwrap().id;
            targets::set(work, (unit, 2019, TargetKind::Admissions), None, Some(2)).await
        })
        .await,
        w.twice("a rule", SECRETARY, async |work| {
            let unit = work.units.by_code("CB-02").unwrap().id;
            let shown = rule::of(work, unit).await?.habit;
            let place = shown.place.clone();
            let time = local("2018-12-01 09:00").time();
            let policy = Policy::Keep;
            let habit = MeetingHabit { rule: Rule::LastWorkingDay, time, place, policy };
            rule::set(work, &MeetingRule { unit, habit }, &shown).await
        })
        .await,
        w.twice("a paper", SECRETARY, async |work| {
            let case = case(work).await;
            cases::keep_paper(work, case, Paper::Application, Some(Place::Office)).await
        })
        .await,
        w.twice("a language", MENTOR, async |work| settings::speak(work, Language::En).await).await,
        w.twice("quiet hours", MENTOR, async |work| {
            settings::rest(work, Rest::Own(Quiet::typed("22h-6h").unwrap())).await
        })
        .await,
        w.twice("an account", MENTOR, async |work| {
            let (_, accounts) = settings::mine(work).await?;
            settings::prefer(work, accounts.last().unwrap().id).await
        })
        .await,
    ];
    assert!(again.iter().all(Option::is_none), "{again:?}");
    again.clear();
    again.push(
        w.twice("accepting", SECRETARY, async |work| {
            let slot = slot(work).await?;
            reviews::accept(work, slot).await
        })
        .await,
    );
    assert_eq!(again, [Some("review-was-accepted".to_owned())]);
    w.finish().await;
}

/// What was changed and changed back is sent as little as what was not changed; what came back is.
#[apply(both_engines)]
#[tokio::test]
async fn a_report_is_told_again_only_where_something_is_new(engine: Engine) {
    let mut w = World::peopled(engine, "2018-11-28 09:00").await;
    w.everyone_reads();
    let line = "qc-014 tốt khá tốt tốt tốt, tiếp tục";
    w.as_(MENTOR).says(line).await.reads(&["[Gửi báo cáo]"]);
    w.as_(MENTOR).taps("Gửi báo cáo").await.reads(&["Đã gửi báo cáo"]);
    w.as_(SECRETARY).reads(&["đã gửi báo cáo"]);
    w.as_(MENTOR).says(line).await.reads(&["[Gửi báo cáo]"]);
    w.as_(MENTOR).taps("Gửi báo cáo").await.reads(&["đúng như vậy từ trước"]);
    w.as_(MENTOR).says("qc-014 khá").await.reads(&["[Gửi báo cáo]"]);
    w.as_(MENTOR).says("qc-014 tốt").await.reads(&["[Gửi báo cáo]"]);
    w.as_(MENTOR).taps("Gửi báo cáo").await.reads(&["đúng như vậy từ trước"]);
    assert_eq!(w.count("SELECT COUNT(*) FROM report_draft").await, 0);
    w.as_(SECRETARY).reads_nothing();
    w.as_(SECRETARY).taps("Trả lại").await.reads(&["lý do trả lại"]);
    w.as_(SECRETARY).says("Ghi rõ hơn").await.reads(&[]);
    w.as_(SECRETARY).says("3/12 8h").await.reads(&["Đã trả lại"]);
    w.everyone_reads();
    w.as_(MENTOR).says(line).await.reads(&["[Gửi báo cáo]"]);
    w.as_(MENTOR).taps("Gửi báo cáo").await.reads(&["Đã gửi báo cáo"]);
    w.as_(SECRETARY).reads(&["gửi lại báo cáo"]);
    assert_eq!(w.audited("report.send").await.len(), 2);
    w.finish().await;
}

/// An absence that is said once more keeps its reason until there is another.
#[apply(both_engines)]
#[tokio::test]
async fn an_absence_said_again_keeps_its_reason(engine: Engine) {
    let mut w = World::peopled(engine, "2018-12-03 09:00").await;
    w.everyone_reads();
    let meeting = w.meeting("CB-02", "2018-12").await;
    for reason in [Some("ốm"), None, Some("ốm")] {
        let said = async |work: &mut Work<'_>| {
            let reason = reason.map(Into::into);
            attendance::answer(work, meeting, Coming::No(reason.as_ref()), None).await
        };
        w.on_the_page(MENTOR, said).await.unwrap();
        let roll = async |work: &mut Work<'_>| attendance::roll(work, meeting).await;
        let roll = w.on_the_page(SECRETARY, roll).await.unwrap();
        let seat = roll.seats.iter().find(|seat| seat.person.code == MENTOR).unwrap();
        assert!(seat.said(MeetingAnswer::Excused));
        assert_eq!(seat.answer.as_ref().unwrap().reason, Some("ốm".into()));
    }
    w.everyone_reads();
    w.finish().await;
}
