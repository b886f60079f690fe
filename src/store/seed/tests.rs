//! That the demo organisation is one that could exist, and that the figures its source article
//! gives come out of it.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{Datelike, Months, NaiveDate};

use super::organisation::Mentor;
use super::*;
use crate::clock::from_millis;
use crate::domain::calendar::{Calendar, Month};
use crate::domain::people::{OfficeKind, UnitKind};
use crate::domain::recurrence::{Policy, Rule, date_in};
use crate::domain::regulations::{RegulationList, Regulations};
use crate::domain::road::{CaseStep, Road};
use crate::domain::text::initials;
use crate::domain::units::UnitTree;
use crate::store::figures::figures;
use crate::store::{Db, people, road};

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// The day of the article.
fn today() -> NaiveDate {
    day(2018, 11, 26)
}

struct Demo {
    organisation: Organisation,
    calendar: Calendar,
}

/// What a list in the folder `config` holds.
fn listed<T: serde::de::DeserializeOwned>(toml: &str) -> T {
    config::Config::builder()
        .add_source(config::File::from_str(toml, config::FileFormat::Toml))
        .build()
        .and_then(config::Config::try_deserialize)
        .unwrap()
}

fn calendar() -> Calendar {
    Calendar::new(listed(include_str!("../../../config/holidays.toml"))).unwrap()
}

impl Demo {
    fn read() -> Self {
        Self { organisation: Organisation::read(DEMO).unwrap(), calendar: calendar() }
    }

    fn person(&self, code: &str) -> &Person {
        self.organisation.people.iter().find(|person| person.code == code).unwrap()
    }

    fn branches(&self) -> impl Iterator<Item = &Unit> {
        self.organisation.units.iter().filter(|unit| unit.kind == UnitKind::Branch)
    }

    /// Case and mentorship, of all that hold on `date`.
    fn guided(&self, date: NaiveDate) -> Vec<(&Case, &Mentor)> {
        let cases = self.organisation.cases.iter();
        cases
            .flat_map(|case| case.mentors.iter().map(move |mentor| (case, mentor)))
            .filter(|(_, mentor)| holds(mentor.from, mentor.to, date))
            .collect()
    }
}

fn holds(from: NaiveDate, to: Option<NaiveDate>, date: NaiveDate) -> bool {
    from <= date && to.is_none_or(|to| date < to)
}

fn status_on(person: &Person, date: NaiveDate) -> Option<Status> {
    let mut on = standings(person).into_iter().filter(|(_, from, to)| holds(*from, *to, date));
    let status = on.next().map(|(status, ..)| status);
    assert!(on.next().is_none(), "{} is two things on {date}", person.code);
    status
}

fn unit_on(person: &Person, date: NaiveDate) -> Option<&str> {
    let mut on = person.places.iter().filter(|place| holds(place.from, place.to, date));
    let unit = on.next().map(|place| place.unit.as_str());
    assert!(on.next().is_none(), "{} is in two places on {date}", person.code);
    unit
}

fn step_on(case: &Case, step: CaseStep) -> Option<NaiveDate> {
    case.steps.iter().find(|s| s.step == step).map(|s| s.on)
}

async fn loaded() -> (tempfile::TempDir, Db) {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("demo.db").display());
    let db = Db::open(&url, 2).await.unwrap();
    let mut tx = db.begin().await.unwrap();
    demo(&mut tx, from_millis(0)).await.unwrap();
    tx.commit().await.unwrap();
    (folder, db)
}

#[tokio::test]
async fn the_figures_of_the_article_come_out() {
    let (_folder, db) = loaded().await;
    let mut tx = db.read().await.unwrap();
    let units = UnitTree::load(&mut tx).await.unwrap();
    let root = units.root().unwrap().id;
    let all = figures(&mut tx, &units, root, day(2015, 1, 1), day(2019, 1, 1), today())
        .await
        .unwrap()
        .unwrap();

    assert_eq!((all.members, all.staff), (50, 60));
    assert_eq!(all.admitted, BTreeMap::from([(2015, 2), (2016, 2), (2017, 3), (2018, 5)]));
    assert_eq!(all.admitted_total, 12);
    assert_eq!((all.branches_with_admissions, all.branches), (6, 6));
    assert_eq!((all.new_member_class, all.awareness_class), (10, 8));
    let by_branch: Vec<_> = all
        .by_branch
        .iter()
        .map(|b| (b.unit.as_str(), b.name.as_str(), b.members, b.staff, b.admitted))
        .collect();
    assert_eq!(
        by_branch,
        [
            ("CB-01", "Chi bộ Phòng Tổ chức, Thống kê, Khiếu tố", 9, 9, 1),
            ("CB-02", "Chi bộ Phòng 1", 5, 6, 1),
            ("CB-03", "Chi bộ Phòng 3 – Thanh tra", 6, 7, 1),
            ("CB-04", "Chi bộ Văn phòng", 11, 14, 3),
            ("CB-05", "Chi bộ Phòng 2", 10, 12, 2),
            ("CB-06", "Chi bộ Phòng 7", 9, 12, 4),
        ]
    );
}

/// Each step of each case is one that its guards let through on its day, with what was known then.
#[tokio::test]
async fn every_road_can_be_walked_by_the_rules() {
    let (_folder, db) = loaded().await;
    let mut tx = db.read().await.unwrap();
    let units = UnitTree::load(&mut tx).await.unwrap();
    let branches: Vec<_> = units.branches().map(|unit| unit.id).collect();
    let cases = road::in_units(&mut tx, &branches).await.unwrap();
    let ids: Vec<_> = cases.iter().map(|case| case.id).collect();
    let histories = road::histories(&mut tx, &ids).await.unwrap();
    let regulations = include_str!("../../../config/regulations.toml");
    let rules = Regulations::new(listed::<RegulationList>(regulations)).unwrap();
    let calendar = calendar();

    let (mut refused, mut admitted) = (Vec::new(), 0);
    for case in &cases {
        let history = &histories[&case.id];
        for (n, taken) in history.iter().enumerate() {
            let facts = road::facts(&mut tx, std::slice::from_ref(case), taken.on).await.unwrap();
            let (history, facts) = (&history[..n], &facts[&case.id]);
            let road = Road { history, facts, rules: &rules, calendar: &calendar };
            let verdict = road.judge(taken.step, &taken.evidence, today());
            if !verdict.is_possible() {
                refused.push(format!("{} {} on {}: {verdict:?}", case.code, taken.step, taken.on));
            }
            let named: Vec<_> = taken.evidence.people.iter().flatten().copied().collect();
            let people: Vec<_> = named.iter().map(|fellow| fellow.id).collect();
            let looked_up = road::fellows(&mut tx, case, &people, taken.on).await.unwrap();
            assert_eq!(named, looked_up, "{} {}", case.code, taken.step);
        }
        admitted += usize::from(history.iter().any(|taken| taken.step == CaseStep::Admitted));
    }
    assert!(refused.is_empty(), "{}", refused.join("\n"));
    assert_eq!((cases.len(), admitted), (22, 12));
}

#[tokio::test]
async fn it_is_loaded_once_and_marked_as_a_demo() {
    let (_folder, db) = loaded().await;
    let mut tx = db.begin().await.unwrap();
    assert!(installation::is_demo(&mut tx).await.unwrap());
    let again = demo(&mut tx, from_millis(0)).await;
    assert!(matches!(again, Err(SeedError::NotEmpty)), "{again:?}");
    assert_eq!(people::all(&mut tx, today()).await.unwrap().len(), 60);
}

#[test]
fn codes_count_up_without_gaps() {
    let Organisation { people, cases, .. } = Demo::read().organisation;
    for (n, person) in (1..).zip(&people) {
        assert_eq!(person.code, format!("NS-{n:03}"));
    }
    for (n, case) in (1..).zip(&cases) {
        assert_eq!(case.code, format!("QC-{n:03}"));
    }
    assert!(cases.is_sorted_by_key(|case| case.steps[0].on), "cases are numbered as they open");
}

#[test]
fn names_tell_people_apart_where_it_matters() {
    let Demo { organisation, .. } = Demo::read();
    let mut by_name: HashMap<&str, Vec<&Person>> = HashMap::new();
    for person in &organisation.people {
        assert_eq!(person.name, nfc(&person.name));
        by_name.entry(&person.name).or_default().push(person);
    }
    let namesakes: Vec<_> = by_name.values().filter(|people| people.len() > 1).collect();
    assert_eq!(namesakes.len(), 1, "one pair of namesakes");
    let [one, other] = namesakes[0][..] else { panic!("two of them") };
    assert_ne!(unit_on(one, today()), unit_on(other, today()));
    assert_ne!(one.born.year(), other.born.year());

    let mut seen = HashSet::new();
    for case in &organisation.cases {
        let people: Vec<_> = organisation.people.iter().filter(|p| p.code == case.person).collect();
        let name = people[0].name.as_str();
        assert_eq!(by_name[name].len(), 1, "{name} is the name of a candidate and of another");
        assert!(seen.insert((&case.unit, initials(name))), "{}: {name}", case.unit);
    }
}

#[test]
fn a_branch_is_found_by_its_short_name() {
    let demo = Demo::read();
    for (typed, code) in [("phòng 1", "CB-02"), ("Phong 3", "CB-03"), ("VĂN PHÒNG", "CB-04")] {
        let units = demo.organisation.units.iter();
        let found: Vec<_> = units
            .filter(|unit| fold(&unit.name).contains(&fold(typed)))
            .map(|unit| unit.code.as_str())
            .collect();
        assert_eq!(found, [code], "{typed}");
    }
    let illustrative: Vec<_> =
        demo.branches().filter(|unit| unit.illustrative).map(|unit| unit.code.as_str()).collect();
    assert_eq!(illustrative, ["CB-04", "CB-05", "CB-06"]);
}

#[test]
fn everyone_is_one_thing_in_one_place() {
    for person in Demo::read().organisation.people {
        let mut changes: Vec<NaiveDate> = person.places.iter().map(|p| p.from).collect();
        changes.extend(standings(&person).iter().map(|(_, from, _)| *from));
        let came = person.places[0].from;
        for date in changes.into_iter().filter(|date| *date >= came) {
            assert!(unit_on(&person, date).is_some(), "{} on {date}", person.code);
            assert!(status_on(&person, date).is_some(), "{} on {date}", person.code);
        }
        let of_age = person.born + Months::new(18 * 12);
        assert!(came > of_age && person.admitted.is_none_or(|on| on > of_age), "{}", person.code);
        assert!(person.admitted.is_some() || person.official.is_none(), "{}", person.code);
        if let Some(admitted) = person.admitted {
            let probation_ends = admitted + Months::new(12);
            let official = (probation_ends <= today()).then_some(probation_ends);
            assert_eq!(person.official, official, "{}", person.code);
        }
    }
}

#[test]
fn offices_are_held_by_official_members() {
    let demo = Demo::read();
    let mut held: HashSet<(&str, OfficeKind)> = HashSet::new();
    for person in &demo.organisation.people {
        for office in &person.offices {
            assert_eq!(
                status_on(person, today()),
                Some(Status::Official),
                "{} is {}",
                person.code,
                office.kind
            );
            if holds(office.from, office.to, today()) {
                held.insert((&office.unit, office.kind));
            }
            let own = unit_on(person, office.from) == Some(&office.unit);
            assert!(own || office.unit == "DB", "{} leads another branch", person.code);
        }
    }
    for branch in demo.branches() {
        assert!(held.contains(&(&branch.code, OfficeKind::Secretary)), "{}", branch.code);
    }
    use OfficeKind::{Committee, Deputy, Office, Secretary, Union};
    for kind in [Secretary, Deputy, Committee, Office, Union] {
        assert!(held.contains(&("DB", kind)), "{kind}");
    }
}

#[test]
fn mentors_are_official_members_of_the_candidates_branch() {
    let demo = Demo::read();
    for case in &demo.organisation.cases {
        assert_eq!(step_on(case, CaseStep::Mentored), case.mentors.first().map(|m| m.from));
        for mentor in &case.mentors {
            let who = demo.person(&mentor.person);
            let last = mentor.to.map_or(today(), |to| to.pred_opt().unwrap());
            for date in [mentor.from, last] {
                assert_eq!(unit_on(who, date), Some(&*case.unit), "{} on {date}", case.code);
                assert_eq!(status_on(who, date), Some(Status::Official), "{}", case.code);
            }
            assert_ne!(mentor.person, case.person);
            let guides = |m: &&Mentor| holds(m.from, m.to, mentor.from);
            assert!(case.mentors.iter().filter(guides).count() <= 2, "{}", case.code);
        }
    }
}

#[test]
fn who_needs_a_mentor_has_one_but_for_one_gap() {
    let demo = Demo::read();
    let guided = demo.guided(today());
    let has_mentor = |case: &Case| guided.iter().any(|(guided, _)| guided.code == case.code);
    let mut gaps = Vec::new();
    for case in &demo.organisation.cases {
        let status = status_on(demo.person(&case.person), today()).unwrap();
        if status != Status::Official && !has_mentor(case) {
            gaps.push((case.code.as_str(), status));
        }
        assert!(status != Status::Official || !has_mentor(case), "{} is done", case.code);
    }
    assert_eq!(gaps, [("QC-019", Status::NonMember)]);
    let not_members =
        demo.organisation.people.iter().filter(|person| person.admitted.is_none()).count();
    let open =
        demo.organisation.cases.iter().filter(|case| {
            status_on(demo.person(&case.person), today()) == Some(Status::NonMember)
        });
    assert_eq!(open.count(), not_members, "every non-member is on the road");
}

#[test]
fn the_candidate_of_phong_1_has_two_mentors() {
    let demo = Demo::read();
    let case = demo.organisation.cases.iter().find(|case| case.code == "QC-014").unwrap();
    let candidate = demo.person(&case.person);
    assert_eq!((candidate.name.as_str(), case.unit.as_str()), ("Trần Văn Bình", "CB-02"));
    assert_eq!(initials(&candidate.name), "T.V.B.");
    let mentors: Vec<_> = case.mentors.iter().map(|m| m.person.as_str()).collect();
    assert_eq!(mentors.len(), 2);
    let guided = demo.guided(today());
    let second = guided.iter().find(|(other, mentor)| {
        other.unit == "CB-02" && other.code != "QC-014" && mentors.contains(&mentor.person.as_str())
    });
    let admitted = second.and_then(|(case, _)| demo.person(&case.person).admitted);
    assert_eq!(admitted.map(|on| on.year()), Some(2018));
}

#[test]
fn steps_follow_each_other_on_working_days() {
    use CaseStep::{Admitted, AwarenessClass, CommitteeDecision, NewMemberClass, Recognised};
    let demo = Demo::read();
    for case in &demo.organisation.cases {
        let candidate = demo.person(&case.person);
        assert!(case.steps.is_sorted_by_key(|step| step.on), "{}", case.code);
        assert!(case.steps.iter().all(|step| step.on <= today()), "{}", case.code);
        for step in &case.steps {
            assert!(demo.calendar.is_working_day(step.on), "{} on {}", case.code, step.on);
            assert_eq!(unit_on(candidate, step.on), Some(&*case.unit), "{}", case.code);
        }
        assert_eq!(step_on(case, Admitted), candidate.admitted, "{}", case.code);
        assert_eq!(step_on(case, Recognised).is_some(), candidate.official.is_some());
        assert!(step_on(case, Recognised) >= candidate.official, "{}", case.code);
        if let Some(admitted) = candidate.admitted {
            let learned = step_on(case, AwarenessClass).unwrap();
            assert!(learned < admitted && admitted < learned + Months::new(60), "{}", case.code);
            let decided = step_on(case, CommitteeDecision).unwrap();
            let limit = demo.calendar.add_working_days(decided, 30);
            assert!(admitted <= limit, "{}: the ceremony is late", case.code);
            assert!(step_on(case, NewMemberClass).is_none_or(|on| on > admitted));
        }
    }
}

#[test]
fn meetings_were_held_when_the_rules_say() {
    let demo = Demo::read();
    let rule_of = |code: &str| {
        let meets = demo.branches().find(|unit| unit.code == code).unwrap().meets.as_ref().unwrap();
        let rule: Rule = meets.rule.parse().unwrap();
        assert_eq!(rule.to_string(), meets.rule);
        (rule, meets.day_off.parse::<Policy>().unwrap(), meets.at.clone())
    };
    for branch in demo.branches() {
        rule_of(&branch.code);
    }
    let mut held = HashSet::new();
    for meeting in &demo.organisation.meetings {
        let (rule, policy, at) = rule_of(&meeting.unit);
        let month: Month = meeting.period.parse().unwrap();
        let scheduled = date_in(month, &rule, policy, &demo.calendar);
        assert_eq!(meeting.starts.date(), scheduled.date, "{} {}", meeting.unit, meeting.period);
        assert_eq!(meeting.starts.format("%H:%M").to_string(), at);
        assert!(meeting.starts.date() < today());
        assert!(held.insert((&meeting.unit, &meeting.period)));
    }
    for period in ["2018-10", "2018-11"] {
        assert!(held.contains(&(&"CB-02".to_owned(), &period.to_owned())), "{period}");
    }
}

#[test]
fn the_last_meeting_had_every_report() {
    let demo = Demo::read();
    let mut latest = HashMap::new();
    for meeting in &demo.organisation.meetings {
        latest.insert(&meeting.unit, meeting);
        let date = meeting.starts.date();
        let guided = demo.guided(date);
        for report in &meeting.reports {
            let (case, mentor) = guided
                .iter()
                .find(|(case, mentor)| case.code == report.case && mentor.person == report.mentor)
                .unwrap();
            assert_eq!(case.unit, meeting.unit);
            assert!(mentor.from < report.sent.date() && report.sent < meeting.starts);
            assert!(demo.calendar.is_working_day(report.sent.date()));
        }
    }
    for meeting in latest.into_values() {
        let date = meeting.starts.date();
        let mut owed: Vec<_> = demo
            .guided(date)
            .into_iter()
            .filter(|(case, mentor)| case.unit == meeting.unit && mentor.from < date)
            .map(|(case, mentor)| (case.code.as_str(), mentor.person.as_str()))
            .collect();
        let mut filed: Vec<_> =
            meeting.reports.iter().map(|r| (r.case.as_str(), r.mentor.as_str())).collect();
        owed.sort_unstable();
        filed.sort_unstable();
        assert_eq!(filed, owed, "{} {}", meeting.unit, meeting.period);
    }
}

/// Whoever was sent to a class of the committee has a seat in one that began that day, and the other
/// way round.
#[test]
fn every_class_step_has_its_seat() {
    let organisation = Demo::read().organisation;
    let mut steps: Vec<(String, CaseStep, NaiveDate)> = Vec::new();
    for case in &organisation.cases {
        let classes = case.steps.iter().filter(|step| {
            matches!(step.step, CaseStep::AwarenessClass | CaseStep::NewMemberClass)
        });
        steps.extend(classes.map(|step| (case.code.clone(), step.step, step.on)));
    }
    let mut seats: Vec<(String, CaseStep, NaiveDate)> = Vec::new();
    for class in &organisation.classes {
        assert!(class.first <= class.last && class.certified.is_none_or(|on| class.last <= on));
        let step = class.kind.step();
        seats.extend(class.seats.iter().map(|seat| (seat.case.clone(), step, class.first)));
    }
    steps.sort();
    seats.sort();
    assert_eq!(steps, seats);
}
