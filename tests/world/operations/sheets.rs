//! Sheets of meetings.

use chrono::NaiveDate;
use diudat::domain::ids::{CaseId, PersonId};
use diudat::domain::minutes::{PaperKind, Presence, Record, Votes};
use diudat::domain::report::Recommendation;
use diudat::domain::typed::Typed;
use diudat::operations::sheets::{self, MeetingRole, OpenSheet};
use diudat::operations::{Refused, Work};
use diudat::store::{duties, people, records, road};
use rstest_reuse::apply;

use super::refusal;
use crate::sheet::on_the_day;
use crate::support::{Engine, both_engines};
use crate::world::World;

const SECRETARY: &str = "NS-010";
const TAKER: &str = "NS-013";
const CANDIDATE: &str = "QC-014";

/// What was said of the candidate.
const SAID: &str = "Có nhiều tiến bộ";
/// What the taker is given to do.
const GIVEN: &str = "Hoàn thiện hồ sơ nguồn";

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2018, month, day).unwrap()
}

async fn person(work: &mut Work<'_>, code: &str) -> PersonId {
    people::by_code(work.tx, code).await.unwrap().unwrap()
}

async fn case(work: &mut Work<'_>) -> CaseId {
    road::by_code(work.tx, CANDIDATE).await.unwrap().unwrap().id
}

impl World {
    /// Something that is done to the sheet of Phòng 1, as a page or (nobody) at the command line; why not.
    async fn does<T: std::fmt::Debug>(
        &mut self,
        who: Option<&str>,
        deed: impl AsyncFnOnce(&mut Work<'_>, &OpenSheet) -> Result<T, Refused>,
    ) -> Option<String> {
        let meeting = self.meeting("CB-02", "2018-12").await;
        let deed = async |work: &mut Work<'_>| {
            let sheet = sheets::open(work, meeting).await?;
            deed(work, &sheet).await
        };
        refusal(match who {
            Some(who) => self.on_the_page(who, deed).await,
            None => self.at_the_command_line(deed).await,
        })
    }

    /// Fills the sheet, all but what goes by a name.
    async fn fills(&mut self, who: Option<&str>) {
        let steps = [
            self.does(who, async |work, sheet| sheets::save_roll(work, sheet).await.map(drop))
                .await,
            self.does(who, async |work, sheet| {
                let taker = person(work, TAKER).await;
                sheets::appoint(work, sheet, MeetingRole::Taker, taker).await
            })
            .await,
            self.does(who, async |work, sheet| {
                let case = case(work).await;
                let _ = sheets::conclude(work, sheet, case, &SAID.into()).await?;
                let _ = sheets::propose(work, sheet, case, Recommendation::Source).await?;
                let ballot = sheets::ballot(work, sheet, case).await?;
                sheets::vote(work, sheet, &ballot, Votes::unanimous(3)).await.map(drop)
            })
            .await,
            self.does(who, async |work, sheet| {
                let taker = person(work, TAKER).await;
                sheets::give(work, sheet, taker, &GIVEN.into(), day(12, 20)).await
            })
            .await,
            self.does(who, async |work, sheet| sheets::score(work, sheet, 92).await).await,
        ];
        assert_eq!(steps, [const { None }; 5]);
    }

    async fn numbers(&mut self, who: Option<&str>) -> Option<String> {
        let resolution = PaperKind::Resolution;
        self.does(who, async |work, sheet| {
            sheets::go_on_from(work, sheet, resolution, 4).await.map(drop)
        })
        .await
    }

    async fn closes_the_sheet(&mut self, who: Option<&str>) -> Option<String> {
        self.does(who, async |work, sheet| sheets::close(work, sheet).await).await
    }

    /// Says that what was given is done; why not.
    async fn settles(&mut self, who: Option<&str>) -> Option<String> {
        let deed = async |work: &mut Work<'_>| {
            let taker = person(work, TAKER).await;
            let unit = work.units.by_code("CB-02").unwrap().id;
            let meeting =
                records::regular(work.tx, unit, "2018-12".parse().unwrap()).await?.unwrap();
            let given = duties::of_meeting(work.tx, meeting).await?;
            let given = given.iter().find(|duty| duty.person == taker).unwrap();
            sheets::settle(work, given.id).await
        };
        refusal(match who {
            Some(who) => self.on_the_page(who, deed).await,
            None => self.at_the_command_line(deed).await,
        })
    }

    /// What the papers say.
    async fn record(&self) -> Record {
        let meeting = self.meeting("CB-02", "2018-12").await;
        let mut tx = self.db.read().await.unwrap();
        records::of(&mut tx, &self.practice, meeting).await.unwrap().expect("a closed meeting")
    }

    async fn sheets_begun(&self) -> i64 {
        self.count("SELECT COUNT(*) FROM meeting_sheet").await
    }
}

#[apply(both_engines)]
#[tokio::test]
async fn a_sheet_is_filled_and_closed_alike_in_a_chat_on_a_page_and_at_the_command_line(
    engine: Engine,
) {
    let mut chat = on_the_day(engine).await;
    let mut page = on_the_day(engine).await;
    let mut line = on_the_day(engine).await;
    for w in [&chat, &page, &line] {
        w.advance_to("2018-12-05 14:05").await;
        w.everyone_reads();
    }
    chat.calls(SECRETARY).await;
    for tap in ["Kết luận về QC-014", "Ghi kết luận"] {
        chat.as_(SECRETARY).taps(tap).await;
    }
    chat.as_(SECRETARY).says(SAID).await;
    for tap in ["Kiến nghị: Đưa vào nguồn", "Biểu quyết", "Cả 3 đồng chí", "Quay lại", "Nhiệm vụ"]
    {
        chat.as_(SECRETARY).taps(tap).await;
    }
    chat.as_(SECRETARY).taps("Đỗ Thị Kim Oanh").await;
    chat.as_(SECRETARY).says(GIVEN).await;
    chat.as_(SECRETARY).says("20/12").await;
    for tap in ["Quay lại", "Tự chấm điểm"] {
        chat.as_(SECRETARY).taps(tap).await;
    }
    chat.as_(SECRETARY).says("92").await;
    for tap in ["Người ghi biên bản", "Đỗ Thị Kim Oanh", "Kết thúc", "Số Nghị quyết"]
    {
        chat.as_(SECRETARY).taps(tap).await;
    }
    chat.as_(SECRETARY).says("4").await;
    chat.everyone_reads();
    chat.as_(SECRETARY).taps("Xác nhận").await.reads(&["kết thúc lúc", "04-NQ/CB"]);

    page.fills(Some(SECRETARY)).await;
    line.fills(None).await;
    // What is kept with the name of its doer is done by somebody who has one.
    let nobody = Some("deed-needs-a-person".to_owned());
    assert_eq!(line.numbers(None).await, nobody);
    assert_eq!(line.closes_the_sheet(None).await, nobody);
    for w in [&mut page, &mut line] {
        assert_eq!(w.numbers(Some(SECRETARY)).await, None);
        assert_eq!(w.closes_the_sheet(Some(SECRETARY)).await, None);
    }
    let told = chat.as_(TAKER).reads(&["đã phân công đồng chí", GIVEN]);
    for w in [&mut page, &mut line] {
        assert_eq!(w.record().await, chat.record().await);
        assert_eq!(w.as_(TAKER).reads(&[]), told);
        w.as_(SECRETARY).reads_nothing();
    }

    // The task is settled by whom it was given to, once.
    chat.as_(TAKER).says("/viec").await;
    chat.as_(TAKER).taps("Đã xong").await.reads(&["Đã ghi nhận hoàn thành"]);
    assert_eq!(line.settles(None).await, nobody);
    for w in [&mut page, &mut line] {
        assert_eq!(w.settles(Some("NS-012")).await, Some("duty-not-yours".to_owned()));
        assert_eq!(w.settles(Some(TAKER)).await, None);
        assert_eq!(w.settles(Some(SECRETARY)).await, Some("duty-was-done".to_owned()));
    }
    for (act, times) in [
        ("sheet.roll", 1),
        // Who takes the minutes, and the score.
        ("sheet.fill", 2),
        ("sheet.conclude", 1),
        ("sheet.propose", 1),
        ("sheet.vote", 1),
        ("duty.give", 1),
        ("meeting.number", 1),
        ("meeting.close", 1),
        ("duty.done", 1),
    ] {
        let noted = chat.audited(act).await;
        assert_eq!(noted.len(), times, "{act}");
        assert_eq!(page.audited(act).await, noted, "{act}");
        assert_eq!(line.audited(act).await, noted, "{act}");
    }
    let by_page = "SELECT COUNT(*) FROM audit WHERE action = 'sheet.roll' AND channel = 'web'";
    let by_line = "SELECT COUNT(*) FROM audit WHERE action = 'sheet.roll' AND person_id IS NULL";
    assert_eq!((page.count(by_page).await, line.count(by_line).await), (1, 1));
    for w in [chat, page, line] {
        w.everyone_reads();
        w.finish().await;
    }
}

/// The harness sees to it that none of them writes.
#[apply(both_engines)]
#[tokio::test]
async fn what_cannot_stand_on_a_sheet_is_refused(engine: Engine) {
    let mut w = on_the_day(engine).await;
    let who = Some(SECRETARY);
    // A look alone begins no sheet.
    w.as_(SECRETARY).says("/hop").await.reads(&["Chưa điểm danh"]);
    let mut said = vec![
        w.does(Some(TAKER), async |work, sheet| sheets::save_roll(work, sheet).await.map(drop))
            .await,
        w.does(who, async |work, sheet| {
            let stranger = person(work, "NS-049").await;
            sheets::mark(work, sheet, stranger, Presence::Excused).await
        })
        .await,
        w.does(who, async |work, sheet| {
            let absent = person(work, "NS-012").await;
            sheets::appoint(work, sheet, MeetingRole::Chair, absent).await
        })
        .await,
        w.does(who, async |work, sheet| {
            let case = case(work).await;
            sheets::conclude(work, sheet, case, &Typed::default()).await
        })
        .await,
        w.does(who, async |work, sheet| {
            let case = case(work).await;
            sheets::propose(work, sheet, case, Recommendation::Official).await
        })
        .await,
        w.does(who, async |work, sheet| {
            let case = case(work).await;
            sheets::ballot(work, sheet, case).await.map(drop)
        })
        .await,
        w.does(who, async |work, sheet| {
            let taker = person(work, TAKER).await;
            sheets::give(work, sheet, taker, &GIVEN.into(), day(12, 4)).await
        })
        .await,
        w.does(who, async |work, sheet| sheets::score(work, sheet, 101).await).await,
        w.closes_the_sheet(who).await,
    ];
    assert_eq!(w.sheets_begun().await, 0);
    w.as_(SECRETARY).taps("Lưu điểm danh").await.reads(&["Điểm danh: có mặt 4/5"]);
    let (close, sheet) = w.as_(SECRETARY).button("Kết thúc");
    w.advance_to("2018-12-05 14:05").await;
    said.push(w.closes_the_sheet(who).await);
    said.push(
        w.does(who, async |work, sheet| {
            let case = case(work).await;
            let _ = sheets::propose(work, sheet, case, Recommendation::Source).await?;
            let ballot = sheets::ballot(work, sheet, case).await?;
            sheets::vote(work, sheet, &ballot, Votes::unanimous(3)).await.map(drop)
        })
        .await,
    );
    said.push(
        w.does(who, async |work, sheet| {
            let case = case(work).await;
            let ballot = sheets::ballot(work, sheet, case).await?;
            sheets::vote(work, sheet, &ballot, Votes::unanimous(4)).await.map(drop)
        })
        .await,
    );
    w.damage("UPDATE meeting SET state = 'cancelled' WHERE period = '2018-12'").await;
    said.push(w.closes_the_sheet(who).await);
    let said: Vec<&str> = said.iter().map(|key| key.as_deref().unwrap_or("done")).collect();
    assert_eq!(
        said,
        [
            "sheet-not-leader",
            "sheet-no-member",
            "sheet-cannot-chair",
            "sheet-text-length",
            "sheet-no-such-proposal",
            "sheet-vote-no-roll",
            "sheet-date-past",
            "sheet-score-range",
            "sheet-close-early",
            "sheet-close-missing",
            "done",
            "sheet-vote-sum",
            "schedule-was-cancelled",
        ]
    );
    // A button from before it was cancelled says so, too.
    w.as_(SECRETARY).taps_id(&close, &sheet).await.reads(&["đã hủy"]);
    w.everyone_reads();
    w.finish().await;
}
