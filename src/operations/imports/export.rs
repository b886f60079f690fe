//! Everything that lists can tell, in the form in which the program asks for it: taking it in again changes nothing.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;

use super::super::work::{Refused, Work};
use super::must_take_in;
use super::told::COMMITTEES_OFFICE_POST;
use crate::domain::audit::Act;
use crate::domain::ids::{CaseId, PersonId, UnitId};
use crate::domain::listed::{Arrival, Departure, FactKind, Known, KnownPerson, KnownUnit};
use crate::domain::minutes::PaperKind;
use crate::domain::people::{OfficeKind, Status, UnitKind};
use crate::domain::recurrence::Rule;
use crate::domain::road::{CaseStep, Paper};
use crate::domain::time_of_day;
use crate::lists::form::{Filled, Row};
use crate::lists::headings::Column;
use crate::store::StoreError;
use crate::store::audit::Entry;
use crate::store::exports::{self, LastPlaced};
use crate::store::imports;

/// The organisation as its lists would tell it.
pub async fn export(work: &mut Work<'_>) -> Result<Filled, Refused> {
    must_take_in(work)?;
    let known = imports::known(work.tx, work.practice, work.today()).await?;
    let placed = exports::placed(work.tx).await?;
    let placed: HashMap<PersonId, LastPlaced> =
        placed.into_iter().map(|placed| (placed.person_id, placed)).collect();
    let roads = roads(work).await?;
    let classes = exports::classes(work.tx).await?;
    let top = work.units.root().map(|top| top.id);
    let mut people: Vec<&KnownPerson> = known.people.iter().collect();
    people.sort_by(|a, b| (a.code.len(), &a.code).cmp(&(b.code.len(), &b.code)));
    let filled = Filled {
        units: known
            .units
            .iter()
            .filter(|unit| unit.parent.is_some())
            .map(|u| unit(u, &known))
            .collect(),
        people: people.iter().map(|one| person(one, placed.get(&one.id), top)).collect(),
        candidates: people.iter().filter_map(|one| candidate(one, roads.get(&one.id)?)).collect(),
        classes: classes
            .into_iter()
            .map(|class| {
                let mut row = Row::new();
                row.insert(Column::ClassNumber, class.number);
                let days = format!("{} - {}", day(class.first_on.0), day(class.last_on.0));
                row.insert(Column::ClassDays, days);
                row.insert(Column::ClassPlace, class.place);
                row
            })
            .collect(),
    };
    let top = work.units.root().map(|top| top.id);
    work.note(Entry::new(Act::ListsGivenOut, "DS").within(top)).await?;
    Ok(filled)
}

/// What is known of somebody's newest road.
#[derive(Default)]
struct RoadKnown {
    steps: Vec<(CaseStep, NaiveDate, Option<String>)>,
    class: Option<String>,
    certificate: Option<(Option<String>, NaiveDate)>,
    papers: Vec<Paper>,
    mentors: Vec<(String, NaiveDate, Option<String>)>,
}

async fn roads(work: &mut Work<'_>) -> Result<HashMap<PersonId, RoadKnown>, StoreError> {
    let mut roads: HashMap<PersonId, RoadKnown> = HashMap::new();
    let mut whose: HashMap<CaseId, PersonId> = HashMap::new();
    for step in exports::steps(work.tx).await? {
        whose.insert(step.case_id, step.person_id);
        let road = roads.entry(step.person_id).or_default();
        road.steps.push((step.step, step.happened_on.0, step.number));
        if step.step == CaseStep::AwarenessClass {
            road.class = step.class;
        }
    }
    let mut of = |case: CaseId, change: &mut dyn FnMut(&mut RoadKnown)| {
        if let Some(road) = whose.get(&case).and_then(|person| roads.get_mut(person)) {
            change(road);
        }
    };
    for (case, number, on) in exports::certificates(work.tx).await? {
        of(case, &mut |road| road.certificate = Some((number.clone(), on)));
    }
    for (case, paper) in exports::papers(work.tx).await? {
        of(case, &mut |road| road.papers.push(paper));
    }
    for mentor in exports::mentors(work.tx, work.today()).await? {
        of(mentor.case_id, &mut |road| {
            road.mentors.push((mentor.name.clone(), mentor.from_on.0, mentor.resolution.clone()));
        });
    }
    Ok(roads)
}

fn day(on: NaiveDate) -> String {
    on.format("%d/%m/%Y").to_string()
}

fn unit(unit: &KnownUnit, known: &Known) -> Row {
    let mut row = Row::new();
    row.insert(Column::UnitCode, unit.code.clone());
    row.insert(Column::UnitName, unit.name.clone());
    let kind = match unit.kind {
        UnitKind::Branch => "Chi bộ",
        UnitKind::Committee => "Đảng bộ",
    };
    row.insert(Column::UnitKind, kind.to_owned());
    let parent = known.units.iter().find(|above| Some(above.id) == unit.parent);
    if let Some(parent) = parent.filter(|above| above.parent.is_some()) {
        row.insert(Column::UnitParent, parent.code.clone());
    }
    let own = known.ruled.contains(&unit.id);
    if let Some(habit) = known.habits.get(&unit.id).filter(|_| own) {
        if let Some(rule) = rule(&habit.rule) {
            row.insert(Column::MeetingDay, rule);
        }
        row.insert(Column::MeetingHour, time_of_day::stored(habit.time));
        row.insert(Column::MeetingPlace, habit.place.as_written().to_owned());
    }
    for (kind, column) in
        [(PaperKind::Resolution, Column::LastResolution), (PaperKind::Minutes, Column::LastMinutes)]
    {
        if let Some(next) = known.next_numbers.get(&(unit.id, kind)) {
            row.insert(column, next.saturating_sub(1).to_string());
        }
    }
    row
}

/// A rule as the lists write it; `None`: it cannot be told in a list.
fn rule(rule: &Rule) -> Option<String> {
    const WEEKDAYS: [&str; 7] =
        ["thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật"];
    let named = |weekday: &chrono::Weekday| {
        WEEKDAYS.get(weekday.num_days_from_monday() as usize).copied().unwrap_or_default()
    };
    match rule {
        Rule::DayOfMonth(day) => Some(format!("ngày {} hằng tháng", day.get())),
        Rule::NthWeekday { nth, weekday } => {
            Some(format!("{} tuần {}", named(weekday), nth.number()))
        }
        Rule::LastWeekday(weekday) => Some(format!("{} tuần cuối", named(weekday))),
        Rule::FirstWorkingDay | Rule::LastWorkingDay | Rule::Cron(_) => None,
    }
}

fn person(one: &KnownPerson, placed: Option<&LastPlaced>, top: Option<UnitId>) -> Row {
    let mut row = Row::new();
    row.insert(Column::Key, one.code.clone());
    row.insert(Column::Name, one.name.clone());
    if let Some(born) = one.born {
        row.insert(Column::Born, day(born));
    }
    for (kind, value) in &one.facts {
        fact(&mut row, *kind, value.as_written());
    }
    for (column, on) in [(Column::Admitted, one.admitted), (Column::Official, one.official)] {
        if let Some(on) = on {
            row.insert(column, day(on));
        }
    }
    let here = one.unit.map(|(unit, _)| unit);
    let mut party = Vec::new();
    let mut posts: Vec<String> = row.remove(&Column::Office).into_iter().collect();
    for (kind, unit) in &one.posts {
        let of_top = Some(*unit) == top;
        if !of_top && Some(*unit) != here {
            continue;
        }
        match (kind, of_top) {
            (OfficeKind::Secretary, false) => party.push("Bí thư chi bộ"),
            (OfficeKind::Deputy, false) => party.push("Phó Bí thư chi bộ"),
            (OfficeKind::Committee, false) => party.push("Chi ủy viên"),
            (OfficeKind::Secretary, true) => party.push("Bí thư Đảng ủy"),
            (OfficeKind::Deputy, true) => party.push("Phó Bí thư Đảng ủy"),
            (OfficeKind::Committee, true) => party.push("Đảng ủy viên"),
            (OfficeKind::Office, _) => posts.push(COMMITTEES_OFFICE_POST.to_owned()),
            (OfficeKind::Union, false) => posts.push("Bí thư Chi đoàn".to_owned()),
            (OfficeKind::Union, true) => posts.push("Bí thư Đoàn cơ sở".to_owned()),
        }
    }
    if !party.is_empty() {
        row.insert(Column::PartyOffice, party.join(", "));
    }
    if !posts.is_empty() {
        row.insert(Column::Office, posts.join(", "));
    }
    let mut state = one.status.map(|status| match status {
        Status::NonMember => "Quần chúng",
        Status::Probationary => "Đảng viên dự bị",
        Status::Official => "Đảng viên chính thức",
    });
    if let Some(placed) = placed {
        whereabouts(&mut row, placed);
        if placed.to_on.is_some() && here.is_none() {
            state = Some(left_as(placed.left_how));
        }
    }
    if let Some(state) = state {
        row.insert(Column::State, state.to_owned());
    }
    row
}

const fn left_as(how: Option<Departure>) -> &'static str {
    match how {
        Some(Departure::Died) => "Từ trần",
        Some(Departure::Expelled) => "Khai trừ",
        Some(Departure::StruckOff) => "Xóa tên",
        Some(Departure::Withdrew) => "Xin ra khỏi Đảng",
        Some(Departure::Within | Departure::Outside) | None => "Chuyển đi",
    }
}

fn whereabouts(row: &mut Row, placed: &LastPlaced) {
    row.insert(Column::Unit, placed.unit.clone());
    let mut tell = |column, text: Option<&str>| {
        if let Some(text) = text {
            row.insert(column, text.to_owned());
        }
    };
    tell(Column::Department, placed.label.as_deref());
    tell(Column::CameOn, Some(&day(placed.from_on.0)));
    tell(Column::CameFrom, placed.came_from.as_deref());
    tell(
        Column::CameHow,
        placed.came.map(|came| match came {
            Arrival::Within => "Trong đảng bộ",
            Arrival::Outside => "Ngoài đảng bộ",
            Arrival::Restored => "Phục hồi đảng tịch",
        }),
    );
    tell(Column::LeftOn, placed.to_on.as_ref().map(|on| day(on.0)).as_deref());
    tell(Column::LeftTo, placed.left_to.as_deref());
    tell(
        Column::LeftHow,
        placed.left_how.map(|how| match how {
            Departure::Within => "Trong đảng bộ",
            Departure::Outside => "Ngoài đảng bộ",
            how => left_as(Some(how)),
        }),
    );
}

fn fact(row: &mut Row, kind: FactKind, value: &str) {
    let shown = match (kind, value) {
        (FactKind::Sex, "male") => "Nam",
        (FactKind::Sex, _) => "Nữ",
        (FactKind::Union, _) => "x",
        (FactKind::Education, "primary") => "Tiểu học",
        (FactKind::Education, "lower_secondary") => "THCS",
        (FactKind::Education, _) => "THPT",
        (FactKind::Title, "professor") => "Giáo sư",
        (FactKind::Title, _) => "Phó giáo sư",
        (FactKind::Theory, "elementary") => "Sơ cấp",
        (FactKind::Theory, "intermediate") => "Trung cấp",
        (FactKind::Theory, "advanced") => "Cao cấp",
        (FactKind::Theory, _) => "Cử nhân",
        (_, value) => value,
    };
    let column = match kind {
        FactKind::Sex => Column::Sex,
        FactKind::BornAbout => Column::Born,
        FactKind::Ethnicity => Column::Ethnicity,
        FactKind::Religion => Column::Religion,
        FactKind::Home => Column::Home,
        FactKind::Residence => Column::Residence,
        FactKind::Occupation => Column::Occupation,
        FactKind::Position => Column::Office,
        FactKind::Union if value == "trade" => Column::Trade,
        FactKind::Union => Column::Youth,
        FactKind::Education => Column::Education,
        FactKind::Degree => Column::Degree,
        FactKind::Title => Column::Title,
        FactKind::Theory => Column::Theory,
        FactKind::Telephone => Column::Phone,
        FactKind::Email => Column::Email,
        FactKind::OtherNames => Column::OtherName,
    };
    row.entry(column).or_insert_with(|| shown.to_owned());
}

/// A road that a list can tell anything of.
fn candidate(one: &KnownPerson, road: &RoadKnown) -> Option<Row> {
    let mut row = Row::new();
    row.insert(Column::Key, one.code.clone());
    row.insert(Column::Name, one.name.clone());
    if let Some(born) = one.born {
        row.insert(Column::Born, day(born));
    }
    let of_person = row.len();
    let mut tell = |column, text: Option<String>| {
        if let Some(text) = text {
            row.insert(column, text);
        }
    };
    for (step, on, number) in &road.steps {
        if *step == CaseStep::Sourced {
            tell(Column::RecognisedOn, Some(day(*on)));
            tell(Column::RecognisedBy, number.clone());
        }
    }
    let mentors: Vec<&str> = road.mentors.iter().map(|(name, ..)| name.as_str()).collect();
    if let Some((_, since, resolution)) = road.mentors.first() {
        tell(Column::Mentor, Some(mentors.join(", ")));
        tell(Column::MentorsSince, Some(day(*since)));
        tell(Column::MentorsBy, resolution.clone());
    }
    tell(Column::ClassNumber, road.class.clone());
    if let Some((number, on)) = &road.certificate {
        tell(Column::CertificateDay, Some(day(*on)));
        tell(Column::CertificateNumber, number.clone());
    }
    let papers: BTreeSet<&str> = road.papers.iter().map(|paper| named(*paper)).collect();
    if !papers.is_empty() {
        tell(Column::Papers, Some(papers.into_iter().collect::<Vec<_>>().join("; ")));
    }
    (row.len() > of_person).then_some(row)
}

/// A paper by a name that the reading of lists knows it by.
const fn named(paper: Paper) -> &'static str {
    match paper {
        Paper::Application => "Đơn xin vào Đảng",
        Paper::Cv => "Lý lịch",
        Paper::Verification => "Kết luận thẩm tra",
        Paper::Introduction => "Mẫu 3",
        Paper::YouthResolution => "Mẫu 4",
        Paper::UnionResolution => "Mẫu 4A",
        Paper::Opinions => "Mẫu 5",
        Paper::Education => "Văn bằng",
        Paper::Certificate => "Giấy chứng nhận",
        Paper::BranchResolution => "Mẫu 6",
        Paper::Intermediate => "Mẫu 7",
        Paper::CommitteeResolution => "Mẫu 8",
        Paper::Decision => "Mẫu 9",
        Paper::MemberCv => "Lý lịch đảng viên",
        Paper::NewMemberCertificate => "Chứng nhận đảng viên mới",
        Paper::SelfReview => "Mẫu 10",
        Paper::MentorReview => "Mẫu 11",
        Paper::LaterOpinions => "Mẫu 12",
        Paper::RecognitionResolution => "Mẫu 13",
        Paper::CommitteeRecognition => "Mẫu 15",
    }
}
