//! Whose day is over: who died, left or was struck off is not counted, invited, reminded or called from that
//! day on, anywhere; and nobody is counted twice.

use chrono::{Days, NaiveDate};
use diudat::domain::ids::{PersonId, UnitId};
use diudat::domain::people::OfficeKind;
use diudat::domain::units::UnitTree;
use diudat::store::{accounts, cases, digests, duties, faces, figures, people, road, tenures};
use rstest_reuse::apply;

use crate::support::{Engine, both_engines};
use crate::world::{TAPPING, World};

const SECRETARY: &str = "NS-010";
/// On probation in Chi bộ Phòng 1, with QC-009.
const PROBATIONARY: &str = "NS-014";
/// Who guides QC-014 there, with NS-012.
const MENTOR: &str = "NS-013";
const OFFICE: &str = "NS-027";

/// Whom the program counts, asks and calls of Chi bộ Phòng 1 on a day.
#[derive(Debug, PartialEq)]
struct Picture {
    staff: i64,
    counted: i64,
    members: Vec<PersonId>,
    official: Vec<PersonId>,
    secretaries: Vec<PersonId>,
    mentors: Vec<PersonId>,
    guided: usize,
    owed: usize,
    guides: Vec<bool>,
    offices: Vec<usize>,
    speaks: bool,
}

impl World {
    async fn today(&self) -> NaiveDate {
        self.practice.today(self.clock.now())
    }

    async fn person(&self, code: &str) -> PersonId {
        let mut tx = self.db.read().await.unwrap();
        people::by_code(&mut tx, code).await.unwrap().unwrap()
    }

    async fn picture(&self, day: NaiveDate, account: &str) -> Picture {
        let mut tx = self.db.read().await.unwrap();
        let units = UnitTree::load(&mut tx).await.unwrap();
        let unit: UnitId = units.by_code("CB-02").unwrap().id;
        let root = units.root().unwrap().id;
        let figures = figures::figures(&mut tx, &units, root, day, day + Days::new(1), day);
        let figures = figures.await.unwrap().unwrap();
        let here = figures.by_branch.iter().find(|branch| branch.unit == "CB-02").unwrap();
        let case = road::by_code(&mut tx, "QC-014").await.unwrap().unwrap();
        let mentors = road::mentors(&mut tx, &[case.id], day).await.unwrap();
        let mut asked = Vec::new();
        for code in [MENTOR, SECRETARY, PROBATIONARY] {
            asked.push(people::by_code(&mut tx, code).await.unwrap().unwrap());
        }
        let mut persons = people::load(&mut tx, &asked, day).await.unwrap();
        assert_eq!(persons.len(), asked.len(), "each once");
        persons.sort_by_key(|person| person.id);
        let owed = duties::open_in(&mut tx, unit, day).await.unwrap().len();
        Picture {
            staff: here.staff,
            counted: here.members,
            members: people::members(&mut tx, unit, day).await.unwrap(),
            official: road::official(&mut tx, unit, day).await.unwrap(),
            secretaries: people::holders(&mut tx, unit, OfficeKind::Secretary, day).await.unwrap(),
            mentors: mentors.get(&case.id).cloned().unwrap_or_default(),
            guided: cases::guided_in(&mut tx, unit, day).await.unwrap().len(),
            owed,
            guides: persons.iter().map(|person| person.guides).collect(),
            offices: persons.iter().map(|person| person.offices.len()).collect(),
            speaks: !accounts::find(&mut tx, &[(TAPPING, account)]).await.unwrap().is_empty(),
        }
    }

    /// Whether the mentor has something to do, guides the candidate, and is near to the branch.
    async fn of_the_mentor(&self, day: NaiveDate) -> (bool, bool, bool) {
        let (mentor, candidate) = (self.person(MENTOR).await, self.person("NS-015").await);
        let mut tx = self.db.read().await.unwrap();
        let branch = UnitTree::load(&mut tx).await.unwrap().by_code("CB-02").unwrap().id;
        let owes = duties::open_of(&mut tx, mentor, day).await.unwrap();
        let overdue = digests::overdue(&mut tx, day).await.unwrap();
        assert_eq!(owes.is_empty(), overdue.iter().all(|one| one.person != mentor));
        let guided = faces::guided(&mut tx, &[mentor], day).await.unwrap();
        let near = faces::near(&mut tx, &[mentor], day).await.unwrap();
        (!owes.is_empty(), guided[&(mentor, candidate)], near.contains(&(mentor, branch)))
    }

    /// A step that is not the next on the road, of today.
    async fn ends(&mut self, step: &str, answers: &[&str]) {
        self.everyone_reads();
        self.as_(SECRETARY).says("/hoso qc-009").await.reads(&["[Việc khác]"]);
        self.as_(SECRETARY).taps("Việc khác").await.reads(&[step]);
        self.as_(SECRETARY).taps(step).await.reads(&["Ngày thực hiện?"]);
        self.as_(SECRETARY).says("hôm nay").await;
        for answer in answers {
            self.as_(SECRETARY).says(answer).await;
        }
        self.everyone_reads();
        self.as_(SECRETARY).taps("Ghi nhận").await.reads(&["Đã ghi nhận"]);
        self.everyone_reads();
    }
}

#[apply(both_engines)]
#[tokio::test]
async fn who_died_or_went_is_nowhere_from_that_day_and_back_after_a_mistake(engine: Engine) {
    for (step, answers, stays, speaks) in [
        ("Ghi nhận từ trần", &[][..], 0, false),
        ("Chuyển sang đơn vị khác", &["31-CV/CB"][..], 0, true),
        ("Dừng theo dõi", &["07-NQ/CB", "1"][..], 1, true),
    ] {
        let mut w = World::peopled(engine, "2018-11-28 09:00").await;
        let gone = w.person(PROBATIONARY).await;
        let unit = "(SELECT id FROM unit WHERE code = 'CB-02')";
        let holds = format!(
            "INSERT INTO office (id, person_id, kind, unit_id, from_on)
            VALUES (900001, {}, 'deputy', {unit}, '2018-01-01')",
            gone.0
        );
        w.damage(holds.leak()).await;
        let day = w.today().await;
        let before = w.picture(day, PROBATIONARY).await;
        assert!(before.members.contains(&gone) && before.speaks);
        let asked = w.sent_to(PROBATIONARY).len();

        w.ends(step, answers).await;
        let yesterday = w.picture(day - Days::new(1), PROBATIONARY).await;
        assert!(yesterday.members.contains(&gone), "{step}: the day before stands");
        let after = w.picture(day, PROBATIONARY).await;
        assert!(!after.members.contains(&gone), "{step}");
        assert_eq!(
            (after.counted, after.staff),
            (before.counted - 1, before.staff - 1 + stays),
            "{step}"
        );
        assert_eq!(after.speaks, speaks, "{step}");
        assert_eq!(
            after.offices.iter().sum::<usize>() + 1,
            before.offices.iter().sum::<usize>(),
            "{step}"
        );

        // Nobody reminds them of the meeting that is planned, and the roll is without them.
        let already = w.sent_to(PROBATIONARY).len();
        w.advance_to("2018-12-05 14:30").await;
        assert_eq!(w.sent_to(PROBATIONARY).len(), already, "{step}");
        assert!(already >= asked);
        w.everyone_reads();
        w.as_(SECRETARY).says("/hop").await;
        let roll = w.sent_to(SECRETARY).last().unwrap().whole();
        assert!(!roll.contains("V.T.L."), "{step}: {roll}");
        w.everyone_reads();
        if !speaks {
            w.as_(PROBATIONARY).says("/viec").await.reads(&["liên hệ bí thư chi bộ"]);
        }

        w.as_(SECRETARY).says("/hoso qc-009").await.reads(&["[Ghi nhầm]"]);
        w.as_(SECRETARY).taps("Ghi nhầm").await.reads(&["[Gỡ bước này]"]);
        w.as_(SECRETARY).taps("Gỡ bước này").await;
        w.everyone_reads();
        assert_eq!(w.picture(day, PROBATIONARY).await, before, "{step}, taken back");
        w.finish().await;
    }
}

/// A placement that ended, however it was written down, ends offices, guidance and duties with it.
#[apply(both_engines)]
#[tokio::test]
async fn whoever_left_holds_nothing_from_the_day_itself(engine: Engine) {
    let mut w = World::peopled(engine, "2018-12-03 09:00").await;
    let (secretary, mentor) = (w.person(SECRETARY).await, w.person(MENTOR).await);
    let day = w.today().await;
    let given = format!(
        "INSERT INTO duty (id, meeting_id, person_id, what, due_on, set_at)
        SELECT 900030, MAX(id), {}, 'việc của người đi', '2018-12-01', 1541000000000 FROM meeting
        WHERE state = 'closed' AND unit_id = (SELECT id FROM unit WHERE code = 'CB-02')",
        mentor.0
    );
    w.damage(given.leak()).await;
    let before = w.picture(day, MENTOR).await;
    assert!(before.secretaries == [secretary] && before.mentors.contains(&mentor));
    assert!(w.of_the_mentor(day).await == (true, true, true));
    let left = format!(
        "UPDATE placement SET to_on = '2018-12-03' WHERE person_id IN ({}, {})",
        secretary.0, mentor.0
    );
    w.damage(left.leak()).await;
    let eve = w.picture(day - Days::new(1), MENTOR).await;
    assert_eq!((eve.secretaries.len(), eve.mentors.len()), (1, before.mentors.len()));
    for day in [day, day + Days::new(1)] {
        let after = w.picture(day, MENTOR).await;
        assert_eq!(after.secretaries, []);
        assert_eq!(after.staff, before.staff - 2);
        assert_eq!(after.guided, before.guided - 1);
        assert!(!after.mentors.contains(&mentor) && !after.official.contains(&mentor));
        assert!(!after.members.contains(&mentor) && !after.members.contains(&secretary));
        assert_eq!(after.owed, before.owed - 1);
        assert_eq!(w.of_the_mentor(day).await, (false, false, false));
    }
    // Who comes back is staff again, and holds nothing of what they had.
    let back = format!(
        "INSERT INTO placement (id, person_id, unit_id, from_on)
        SELECT 900020 + l.id, l.person_id, l.unit_id, '2018-12-10' FROM placement l
        WHERE l.person_id IN ({}, {}) AND l.to_on = '2018-12-03'",
        secretary.0, mentor.0
    );
    w.damage(back.leak()).await;
    let day_later = NaiveDate::from_ymd_opt(2018, 12, 11).unwrap();
    let later = w.picture(day_later, MENTOR).await;
    assert_eq!((later.staff, &later.secretaries[..]), (before.staff, &[][..]));
    assert!(later.members.contains(&mentor) && !later.mentors.contains(&mentor));
    assert_eq!(later.owed, before.owed - 1);
    assert_eq!(w.of_the_mentor(day_later).await, (false, false, true));
    // What they are given now is theirs.
    w.damage("UPDATE duty SET set_at = 1544400000000 WHERE id = 900030").await;
    assert!(w.of_the_mentor(day_later).await.0);
    w.damage("DELETE FROM placement WHERE from_on = '2018-12-10'").await;
    w.restart().await;
    w.everyone_reads();
    // Whom they guided can be given to another in their place: who left counts toward no limit.
    let mut tx = w.db.read().await.unwrap();
    let case = road::by_code(&mut tx, "QC-014").await.unwrap().unwrap();
    let have = tenures::mentors_from(&mut tx, case.id, day).await.unwrap();
    assert!(have.iter().all(|tenure| tenure.person != mentor) && !have.is_empty());
    drop(tx);
    w.as_(MENTOR).says("/baocao").await.reads(&["chưa được phân công"]);
    let started = w.sent_to(MENTOR).len();
    w.advance_to("2018-12-06 09:00").await;
    assert_eq!(w.sent_to(MENTOR).len(), started, "nothing reminds them");
    w.everyone_reads();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn nobody_is_counted_twice(engine: Engine) {
    let mut w = World::peopled(engine, "2018-12-03 09:00").await;
    let day = w.today().await;
    let before = w.picture(day, MENTOR).await;
    let (secretary, mentor) = (w.person(SECRETARY).await, w.person(MENTOR).await);
    for (n, (table, person)) in
        [("placement", mentor), ("standing", mentor), ("office", secretary), ("mentorship", mentor)]
            .into_iter()
            .enumerate()
    {
        let columns = match table {
            "placement" => "unit_id, label",
            "standing" => "status, NULL",
            "office" => "kind, unit_id",
            _ => "case_id, resolution",
        };
        let named = columns.replace(", NULL", "");
        let taken = if table == "standing" { "status" } else { columns };
        let again = format!(
            "INSERT INTO {table} (id, person_id, from_on, {named})
            SELECT {}, person_id, from_on, {taken} FROM {table}
            WHERE person_id = {} AND to_on IS NULL ORDER BY id LIMIT 1",
            900_010 + n,
            person.0
        );
        w.damage(again.leak()).await;
        assert_eq!(w.picture(day, MENTOR).await, before, "{table}");
    }
    w.as_(OFFICE).says("/thongke phong 1").await.reads(&["5/6"]);
    w.everyone_reads();
    w.finish().await;
}
