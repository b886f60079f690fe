//! Classes.

use chrono::NaiveDate;
use diudat::domain::class::{ClassKind, Outcome};
use diudat::domain::ids::{CaseId, ClassId};
use diudat::domain::typed::Typed;
use diudat::operations::cases as dossiers;
use diudat::operations::classes::sending::{self, Sending};
use diudat::operations::classes::settling::{self, Results, Settled};
use diudat::operations::classes::{self as operation, Opened};
use diudat::operations::{Refused, Work};
use diudat::store::classes::{self as rows, Draft};
use diudat::store::road;
use rstest_reuse::apply;

use super::{finish, pair, refusal};
use crate::support::{Engine, both_engines};
use crate::world::World;

const OFFICE: &str = "NS-027";
/// Of Chi bộ Phòng 7.
const SECRETARY: &str = "NS-049";
/// Those who may be sent to a class for new members.
const READY: [&str; 2] = ["QC-011", "QC-012"];

fn december(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2018, 12, day).unwrap()
}

/// Opens a class for new members from the 4th of December to another day.
async fn opens(work: &mut Work<'_>, last: u32) -> Result<Opened, Refused> {
    let unit = work.units.root().unwrap().id;
    let what = Draft {
        unit,
        kind: ClassKind::NewMember,
        first: december(4),
        last: december(last),
        place: Typed::new("Trung tâm chính trị"),
        number: Typed::new("95-CV/ĐU"),
    };
    operation::open(work, &what).await
}

/// The class that begins on the 4th of December.
async fn class(work: &mut Work<'_>) -> ClassId {
    let found = rows::beginning(work.tx, december(4), december(5)).await.unwrap();
    found.last().unwrap().id
}

async fn cases(work: &mut Work<'_>) -> Vec<CaseId> {
    let mut cases = Vec::new();
    for code in READY {
        cases.push(road::by_code(work.tx, code).await.unwrap().unwrap().id);
    }
    cases
}

/// Each picked twice.
async fn sends(work: &mut Work<'_>) -> Result<Sending, Refused> {
    let (class, cases) = (class(work).await, cases(work).await);
    sending::send(work, class, &[cases.clone(), cases].concat()).await
}

async fn sends_whose_road_is_over(work: &mut Work<'_>) -> Result<Sending, Refused> {
    let units = work.units.clone();
    let all = dossiers::all(work, &operation::branches(&units, units.root().unwrap().id)).await?;
    let over = all.iter().find(|dossier| !dossier.stage().is_open()).unwrap().case.id;
    let class = class(work).await;
    sending::send(work, class, &[over]).await
}

/// Notes that the first got a certificate with this number, and the other did not attend.
async fn settles(work: &mut Work<'_>, number: Option<&str>) -> Result<Settled, Refused> {
    let (class, cases) = (class(work).await, cases(work).await);
    let results = Results {
        outcomes: vec![(cases[0], Outcome::Certified), (cases[1], Outcome::Absent)],
        on: Some(december(5)),
        numbers: number.map(|number| (cases[0], Typed::new(number))).into_iter().collect(),
    };
    settling::settle(work, class, &results).await
}

async fn cancels(work: &mut Work<'_>, reason: &str) -> Result<usize, Refused> {
    let class = class(work).await;
    operation::cancel(work, class, &Typed::new(reason)).await
}

impl World {
    /// Says each of these in the office's chat, or taps what begins with a bracket.
    async fn office_goes(&mut self, steps: &[&str]) {
        for step in steps {
            let mut office = self.as_(OFFICE);
            match step.strip_prefix('[') {
                Some(label) => office.taps(label).await.reads(&[]),
                None => office.says(step).await.reads(&[]),
            };
        }
    }

    /// Opens the same class in a chat, and sends everybody who may go.
    async fn opens_and_sends(&mut self) {
        self.office_goes(&["/lop", "[Mở lớp", "[Học lớp bồi dưỡng đảng", "4/12", "5/12"]).await;
        self.office_goes(&["Trung tâm chính trị", "95-CV/ĐU", "[Mở lớp này"]).await;
        self.office_goes(&["[Thêm người", "[Chọn tất cả", "[Tiếp tục"]).await;
        self.as_(OFFICE).taps("Cử đi học").await.reads(&["Đã cử 2 người", READY[0], READY[1]]);
    }
}

/// What two worlds told everybody but the office is the same.
fn alike(chat: &World, page: &World) {
    for who in ["NS-037", "NS-042", "NS-046", SECRETARY, "NS-051", "NS-057"] {
        let texts =
            |w: &World| w.sent_to(who).into_iter().map(|seen| seen.whole()).collect::<Vec<_>>();
        assert_eq!(texts(chat), texts(page), "{who}");
    }
}

/// What was written down, with a class's code but for its number, which two worlds need not share.
fn plain(subjects: Vec<String>) -> Vec<String> {
    let class = |subject: String| match subject.strip_prefix("LH-") {
        Some(_) => "LH-".to_owned(),
        None => subject,
    };
    subjects.into_iter().map(class).collect()
}

#[apply(both_engines)]
#[tokio::test]
async fn a_class_is_held_alike_in_a_chat_and_on_a_page(engine: Engine) {
    let (mut chat, mut page) = pair(engine, "2018-12-03 09:00").await;
    chat.opens_and_sends().await;

    // Who may not, may not; what cannot be is refused.
    let mut said = Vec::new();
    said.push(refusal(page.on_the_page(SECRETARY, async |work| opens(work, 5).await).await));
    said.push(refusal(page.on_the_page(OFFICE, async |work| opens(work, 3).await).await));
    let opened = page.on_the_page(OFFICE, async |work| opens(work, 5).await).await;
    assert!(matches!(opened, Ok(Opened::Done(_))), "{opened:?}");
    let again = page.at_the_command_line(async |work| opens(work, 5).await).await;
    assert!(matches!(again, Ok(Opened::Already(_))), "{again:?}");
    said.push(refusal(page.on_the_page(SECRETARY, async |work| sends(work).await).await));
    said.push(refusal(page.at_the_command_line(async |work| sends(work).await).await));
    // Whose details were not opened for it is not written down as read.
    let read = page.audited("read.dossier").await;
    let over = page.on_the_page(OFFICE, async |work| sends_whose_road_is_over(work).await).await;
    assert!(matches!(&over, Ok(Sending::Stay { going, staying }) if going.is_empty()
        && staying.len() == 1));
    let sent = page.on_the_page(OFFICE, async |work| sends(work).await).await;
    assert!(matches!(sent, Ok(Sending::Done(2))), "{sent:?}");
    for w in [&mut chat, &mut page] {
        w.down_until("2018-12-04 09:00").await;
    }
    let again = page.on_the_page(OFFICE, async |work| sends(work).await).await;
    assert!(matches!(&again, Ok(Sending::Stay { staying, .. }) if staying.len() == 2), "{again:?}");
    assert_eq!(page.audited("read.dossier").await, read);
    said.push(refusal(page.on_the_page(OFFICE, async |work| settles(work, None).await).await));
    let expected = [
        "class-not-allowed",
        "class-day-backwards",
        "class-not-yours",
        "deed-needs-a-person",
        "class-not-over",
    ];
    assert_eq!(said, expected.map(|key| Some(key.to_owned())));
    alike(&chat, &page);

    for w in [&mut chat, &mut page] {
        w.down_until("2018-12-06 09:00").await;
        w.everyone_reads();
    }
    chat.office_goes(&["/lop", "[Lớp đảng viên mới 04/12", "[Ghi giấy chứng nhận"]).await;
    chat.office_goes(&["qc-012 vắng", "[Tiếp tục", "[Ngày 05/12/2018", "97/2018"]).await;
    chat.as_(OFFICE).taps("Ghi nhận").await.reads(&["kết quả 2 người, trong đó 1 người"]);
    for (number, expected) in [(None, "class-numbers-left"), (Some("số"), "class-number-wrong")] {
        let done = page.on_the_page(OFFICE, async |work| settles(work, number).await).await;
        assert_eq!(refusal(done), Some(expected.to_owned()));
    }
    let nobody = page.at_the_command_line(async |work| settles(work, Some("97/2018")).await).await;
    assert_eq!(refusal(nobody), Some("deed-needs-a-person".to_owned()));
    let done = page.on_the_page(OFFICE, async |work| settles(work, Some("97/2018")).await).await;
    assert!(matches!(done, Ok(Settled::Done { certified: 1, all: 2 })), "{done:?}");
    let late = page.on_the_page(OFFICE, async |work| cancels(work, "Hết kinh phí").await).await;
    assert_eq!(refusal(late), Some("class-was-held".to_owned()));
    alike(&chat, &page);
    for action in
        ["class.open", "class.send", "class.settle", "case.step", "case.back", "case.paper"]
    {
        assert_eq!(
            plain(chat.audited(action).await),
            plain(page.audited(action).await),
            "{action}"
        );
    }
    for sql in [
        "SELECT COUNT(*) FROM study_class WHERE opened_by IS NOT NULL",
        "SELECT COUNT(*) FROM class_seat WHERE outcome IS NOT NULL",
        "SELECT COUNT(*) FROM case_step",
    ] {
        assert_eq!(chat.count(sql).await, page.count(sql).await, "{sql}");
    }
    finish(chat, page).await;
}

#[apply(both_engines)]
#[tokio::test]
async fn a_class_is_cancelled_alike_in_a_chat_and_on_a_page(engine: Engine) {
    let mut chat = World::peopled(engine, "2018-12-03 09:00").await;
    let mut page = World::peopled(engine, "2018-12-03 09:00").await;
    for w in [&mut chat, &mut page] {
        w.opens_and_sends().await;
        w.everyone_reads();
    }
    chat.office_goes(&["[Hủy lớp", "Hết kinh phí"]).await;
    chat.as_(OFFICE).taps("Xác nhận hủy lớp").await.reads(&["Đã hủy lớp"]);
    let mut said = Vec::new();
    for (who, reason) in [(SECRETARY, "Hết kinh phí"), (OFFICE, "12")] {
        said.push(refusal(page.on_the_page(who, async |work| cancels(work, reason).await).await));
    }
    said.push(refusal(page.at_the_command_line(async |work| cancels(work, "Hết").await).await));
    let done = page.on_the_page(OFFICE, async |work| cancels(work, "Hết kinh phí").await).await;
    assert_eq!(done.unwrap(), 2);
    let again = page.on_the_page(OFFICE, async |work| cancels(work, "Hết kinh phí").await).await;
    said.push(refusal(again));
    let expected =
        ["class-not-yours", "class-reason-wrong", "deed-needs-a-person", "class-is-cancelled"];
    assert_eq!(said, expected.map(|key| Some(key.to_owned())));
    alike(&chat, &page);
    for action in ["class.cancel", "case.back"] {
        assert_eq!(
            plain(chat.audited(action).await),
            plain(page.audited(action).await),
            "{action}"
        );
    }
    // The administrator opens one, though nobody has a name there.
    let opened = page.at_the_command_line(async |work| opens(work, 5).await).await;
    assert!(matches!(opened, Ok(Opened::Done(_))), "{opened:?}");
    finish(chat, page).await;
}
