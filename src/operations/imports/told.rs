//! What the rows of lists tell, in the terms of the organisation.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use crate::domain::listed::{
    Arrival, At, Came, CandidateTold, Certificate, ClassTold, Departure, FactKind, NumberTold,
    PersonTold, PostTold, RuleTold, StepTold, Told, UnitTold,
};
use crate::domain::minutes::PaperKind;
use crate::domain::people::{OfficeKind, Status, UnitKind};
use crate::domain::practice::MeetingHabit;
use crate::domain::recurrence::{MonthDay, Nth, Rule};
use crate::domain::road::CaseStep;
use crate::domain::text::fold;
use crate::domain::typed::Typed;
use crate::lists::headings::Column;
use crate::lists::records::{
    self, CandidateRow, ClassRow, InUnit, Lists, Moved, NumberRow, PaperTold, PersonRow, RuleRow,
    Secret, UnitRow,
};
use crate::lists::table::{NotUsed, Proposal};
use crate::lists::values::{
    self, Body, Day, MeetingDay, PartyKind, PartyPost, Sex, Span, State, Turn, UnionKind,
    UnionPost, papers, unit_kind,
};

/// Columns that nothing is made of here: they are read by nobody, and keep nobody from taking in the rest.
const NOT_READ: &[Column] = &[
    Column::UnitOfResidence,
    Column::CardDay,
    Column::CardPlace,
    Column::ClassDecided,
    Column::CertificateBy,
    Column::Founded,
    Column::Ended,
    Column::LastDecision,
    Column::LastConclusion,
    Column::LastNotice,
    Column::LastReport,
    Column::LastPlan,
    Column::LastProgramme,
    Column::LastScheme,
    Column::LastOption,
    Column::LastSubmission,
    Column::LastLetter,
];

/// Leaves out of proposals what nothing is made of here: it is told as not used.
pub(super) fn only_used<'p>(proposals: impl Iterator<Item = &'p mut Proposal>) {
    for proposal in proposals {
        let (used, left): (Vec<_>, Vec<_>) = std::mem::take(&mut proposal.columns)
            .into_iter()
            .partition(|one| !NOT_READ.contains(&one.means));
        proposal.columns = used;
        let left = left.into_iter().map(|one| NotUsed { column: one.column, heading: one.heading });
        proposal.not_used.extend(left);
    }
}

/// Whom a list of posts of the office makes an officer of the committee's office: what ends so, and is not of
/// former times.
const COMMITTEES_OFFICE: &str = "van phong dang uy";
/// How lists write that somebody came from, or went to, another organisation, and another branch of this one.
const OUTSIDE: [&str; 6] =
    ["ngoai tinh", "ngoai dang bo", "ngoai dang uy", "tinh khac", "dang bo khac", "dang uy khac"];
const WITHIN: [&str; 3] = ["trong tinh", "trong dang bo", "noi bo"];
/// How posts of a union begin whose holder speaks for it.
const LEADS_A_UNION: [&str; 3] = ["bi thu", "pho bi thu", "chu tich"];

/// Everything that lists tell; what they leave open of a branch's meetings is as `usual`.
pub(super) fn told(lists: &Lists, usual: &MeetingHabit) -> Told {
    let mut numbers = Numbers::default();
    let of_candidates = lists.people.iter().filter_map(class_of);
    Told {
        units: lists.units.iter().map(unit).collect(),
        people: lists.people.iter().map(|row| person(row, &mut numbers)).collect(),
        rules: lists.rules.iter().map(|row| rule(row, usual)).collect(),
        numbers: lists.numbers.iter().map(number).collect(),
        classes: lists.classes.iter().map(class).chain(of_candidates).collect(),
    }
}

fn rule(row: &RuleRow, usual: &MeetingHabit) -> RuleTold {
    let day = row.day.as_ref().and_then(|day| rule_of(day.value));
    let mut habit = usual.clone();
    habit.rule = day.unwrap_or(habit.rule);
    habit.time = row.hour.as_ref().map_or(habit.time, |hour| hour.value);
    habit.place = text(row.place.as_ref()).map_or(habit.place, Typed::new);
    RuleTold { at: at(&row.at), unit: in_unit(row.unit.as_ref()), habit }
}

fn rule_of(day: MeetingDay) -> Option<Rule> {
    Some(match day {
        MeetingDay::OfMonth(day) => Rule::DayOfMonth(MonthDay::new(day).ok()?),
        MeetingDay::FirstWorking => Rule::FirstWorkingDay,
        MeetingDay::LastWorking => Rule::LastWorkingDay,
        MeetingDay::Last => Rule::DayOfMonth(MonthDay::new(31).ok()?),
        MeetingDay::Weekday(Turn::Last, weekday) => Rule::LastWeekday(weekday),
        MeetingDay::Weekday(Turn::Nth(nth), weekday) => {
            let nth = Nth::ALL.into_iter().find(|one| one.number() == u32::from(nth))?;
            Rule::NthWeekday { nth, weekday }
        }
    })
}

fn number(row: &NumberRow) -> NumberTold {
    let kind = match row.paper {
        records::PaperKind::Resolution => Some(PaperKind::Resolution),
        records::PaperKind::Minutes => Some(PaperKind::Minutes),
        _ => None,
    };
    NumberTold { at: at(&row.at), unit: in_unit(row.unit.as_ref()), kind, last: row.last.value }
}

fn class(row: &ClassRow) -> ClassTold {
    ClassTold {
        at: at(&row.at),
        number: text(row.decision.number.as_ref()),
        days: row.days.as_ref().and_then(|days| span(days.value)),
        place: text(row.place.as_ref()).map(Typed::new),
    }
}

/// The class that a candidate's row tells of with its days.
fn class_of(row: &PersonRow) -> Option<ClassTold> {
    let told = row.candidate.as_ref()?;
    let number = text(told.class.number.as_ref())?;
    let days = span(told.class_days.as_ref()?.value)?;
    Some(ClassTold {
        at: at(&row.at),
        number: Some(number),
        days: Some(days),
        place: text(told.class_place.as_ref()).map(Typed::new),
    })
}

fn span(days: Span) -> Option<(NaiveDate, NaiveDate)> {
    Some((days.first.exact()?, days.last.exact()?)).filter(|(first, last)| first <= last)
}

fn in_unit(unit: Option<&InUnit>) -> Option<String> {
    unit.map(|unit| unit.text().trim().to_owned())
}

/// What stands for the numbers of cards in these files, so that they are handed on nowhere.
#[derive(Default)]
struct Numbers<'l>(HashMap<&'l str, usize>);

impl<'l> Numbers<'l> {
    fn of(&mut self, number: &'l Secret) -> usize {
        let next = self.0.len();
        *self.0.entry(number.reveal()).or_insert(next)
    }
}

fn at(at: &records::At) -> At {
    At { file: at.file.to_string(), sheet: at.sheet.to_string(), row: at.row }
}

fn text(told: Option<&records::Told<String>>) -> Option<String> {
    told.map(|told| told.value.trim().to_owned()).filter(|text| !text.is_empty())
}

/// The day, or the first of the month or year that is told.
fn first_day(told: Option<&records::Told<Day>>) -> Option<NaiveDate> {
    match told?.value {
        Day::Exact(day) => Some(day),
        Day::Month(year, month) => NaiveDate::from_ymd_opt(year, month, 1),
        Day::Year(year) => NaiveDate::from_ymd_opt(year, 1, 1),
    }
}

fn kind(told: Option<values::UnitKind>) -> UnitKind {
    use values::UnitKind as Is;
    match told {
        None | Some(Is::Branch | Is::GrassrootsBranch) => UnitKind::Branch,
        Some(Is::Part | Is::GrassrootsOrganisation | Is::Organisation) => UnitKind::Committee,
    }
}

fn unit(row: &UnitRow) -> UnitTold {
    let name = row.name.value.trim().to_owned();
    let told = row.kind.as_ref().map(|kind| kind.value).or_else(|| unit_kind(&name));
    UnitTold {
        at: at(&row.at),
        key: text(row.code.as_ref()),
        kind: kind(told),
        name,
        parent: text(row.parent.as_ref()),
    }
}

fn person<'l>(row: &'l PersonRow, numbers: &mut Numbers<'l>) -> PersonTold {
    let ceremony = row.candidate.as_ref().and_then(|told| first_day(told.admission_day.as_ref()));
    let admitted = first_day(row.readmitted.as_ref()).or(first_day(row.admitted.as_ref()));
    let unit = row.unit.as_ref().map(|unit| unit.text().trim().to_owned());
    let unit = unit.or_else(|| text(row.candidate.as_ref()?.recognised_in.as_ref()));
    let state = row.state.as_ref().map(|state| state.value);
    let candidate = row.candidate.as_ref().map(candidate);
    PersonTold {
        at: at(&row.at),
        key: text(row.key.as_ref()),
        numbers: [&row.card, &row.personal]
            .into_iter()
            .flatten()
            .map(|number| numbers.of(&number.value))
            .collect(),
        born: row.born.as_ref().and_then(|born| born.value.exact()),
        unit: unit.map(|name| {
            let is = kind(unit_kind(&name));
            (name, is)
        }),
        posts: posts(row),
        status: state.and_then(status),
        admitted: admitted.or(ceremony),
        official: first_day(row.official.as_ref()),
        came: came(&row.came),
        department: text(row.department.as_ref()).map(Typed::new),
        left: first_day(row.left.on.as_ref()),
        left_how: left_how(&row.left, state),
        left_to: text(row.left.place.as_ref()).map(Typed::new),
        is_gone: state.is_some_and(State::is_gone),
        facts: facts(row),
        candidate: candidate.filter(|told| *told != CandidateTold::default()),
        ..PersonTold::of_name(row.name.value.as_str())
    }
}

fn status(state: State) -> Option<Status> {
    match state {
        State::Official => Some(Status::Official),
        State::Probationary => Some(Status::Probationary),
        State::Candidate | State::NonMember => Some(Status::NonMember),
        State::Active | State::Excused => None,
        State::Moved | State::Died | State::Expelled | State::Deleted | State::Withdrew => None,
    }
}

fn came(moved: &Moved) -> Came {
    let how = text(moved.how.as_ref()).map(|how| fold(&how)).unwrap_or_default();
    Came {
        on: first_day(moved.on.as_ref()),
        from: text(moved.place.as_ref()),
        how: match () {
            () if how.contains("phuc hoi") => Some(Arrival::Restored),
            () if holds_any(&how, &OUTSIDE) => Some(Arrival::Outside),
            () if holds_any(&how, &WITHIN) => Some(Arrival::Within),
            () => None,
        },
    }
}

fn holds_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

/// How somebody left: as it is told in words, else as what they are now.
fn left_how(moved: &Moved, state: Option<State>) -> Option<Departure> {
    let how = text(moved.how.as_ref()).map(|how| fold(&how)).unwrap_or_default();
    let said = [
        (&["tu tran", "chet", "mat", "hy sinh"][..], Departure::Died),
        (&["khai tru"], Departure::Expelled),
        (&["xoa ten"], Departure::StruckOff),
        (&["xin ra"], Departure::Withdrew),
        (&OUTSIDE, Departure::Outside),
        (&WITHIN, Departure::Within),
    ];
    let said = said.into_iter().find(|(words, _)| holds_any(&how, words)).map(|(_, how)| how);
    said.or(match state {
        Some(State::Died) => Some(Departure::Died),
        Some(State::Expelled) => Some(Departure::Expelled),
        Some(State::Deleted) => Some(Departure::StruckOff),
        Some(State::Withdrew) => Some(Departure::Withdrew),
        _ => None,
    })
}

fn posts(row: &PersonRow) -> Vec<PostTold> {
    let party = row.party_offices.iter().filter_map(|post| party_post(&post.value));
    let of_office = row.posts.iter().filter(|post| is_of_committees_office(&post.value));
    let of_office = of_office.map(|_| PostTold { kind: OfficeKind::Office, of_top: true });
    let union = row.union_offices.iter().filter(|post| leads(&post.value));
    let union =
        union.map(|post| PostTold { kind: OfficeKind::Union, of_top: speaks_for_all(&post.value) });
    let mut posts: Vec<PostTold> = Vec::new();
    for post in party.chain(of_office).chain(union) {
        if !posts.contains(&post) {
            posts.push(post);
        }
    }
    posts
}

fn is_of_committees_office(post: &str) -> bool {
    let folded = fold(post);
    let former = ["nguyen ", "cuu "].iter().any(|begins| folded.starts_with(begins));
    !former && folded.ends_with(COMMITTEES_OFFICE)
}

fn leads(post: &UnionPost) -> bool {
    let folded = fold(&post.text);
    LEADS_A_UNION.iter().any(|begins| folded.starts_with(begins))
}

/// Whether a union's post is of the whole organisation.
fn speaks_for_all(post: &UnionPost) -> bool {
    let folded = fold(&post.text);
    ["co so", "dang bo", "dang uy"].iter().any(|words| folded.contains(words))
}

/// What a post means here. Where it is not said of which body, it is the branch's: nobody oversees an organisation
/// by a word left out.
fn party_post(post: &PartyPost) -> Option<PostTold> {
    let kind = match post.kind {
        PartyKind::Secretary => OfficeKind::Secretary,
        PartyKind::Deputy => OfficeKind::Deputy,
        PartyKind::Standing | PartyKind::Committee => OfficeKind::Committee,
        PartyKind::Inspection | PartyKind::GroupLeader => return None,
    };
    match post.of {
        // Of a part between the organisation and its branches: not of the branch that they are in.
        Body::Part => None,
        Body::Organisation => Some(PostTold { kind, of_top: true }),
        Body::Branch | Body::Unsaid => Some(PostTold { kind, of_top: false }),
    }
}

fn facts(row: &PersonRow) -> BTreeMap<FactKind, Typed> {
    let mut facts = BTreeMap::new();
    let mut keep = |kind: FactKind, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.trim().is_empty()) {
            facts.insert(kind, Typed::new(value));
        }
    };
    keep(
        FactKind::Sex,
        row.sex.as_ref().map(|sex| match sex.value {
            Sex::Male => "male".to_owned(),
            Sex::Female => "female".to_owned(),
        }),
    );
    keep(
        FactKind::BornAbout,
        row.born.as_ref().and_then(|born| match born.value {
            Day::Exact(_) => None,
            Day::Month(year, month) => Some(format!("{month:02}/{year}")),
            Day::Year(year) => Some(year.to_string()),
        }),
    );
    keep(FactKind::Ethnicity, text(row.ethnicity.as_ref()));
    keep(FactKind::Religion, text(row.religion.as_ref()));
    keep(FactKind::Home, text(row.home.as_ref()));
    keep(FactKind::Residence, text(row.residence.as_ref()));
    keep(FactKind::Occupation, text(row.occupation.as_ref()));
    let posts = row.posts.iter().map(|post| post.value.as_str());
    let posts: Vec<&str> = posts.filter(|post| fold(post) != COMMITTEES_OFFICE).collect();
    keep(FactKind::Position, Some(posts.join(", ")));
    let union = row.unions.iter().find(|union| union.value.1);
    keep(
        FactKind::Union,
        union.map(|union| match union.value.0 {
            UnionKind::Youth => "youth".to_owned(),
            UnionKind::Trade => "trade".to_owned(),
        }),
    );
    keep(FactKind::Education, row.education.as_ref().map(|told| plain(&told.value)));
    keep(FactKind::Degree, row.degree.as_ref().map(|told| told.value.text.clone()));
    keep(FactKind::Title, row.title.as_ref().map(|told| plain(&told.value)));
    keep(FactKind::Theory, row.theory.as_ref().map(|told| plain(&told.value)));
    keep(FactKind::Telephone, row.phone.as_ref().map(|told| told.value.reveal().to_owned()));
    keep(FactKind::Email, text(row.email.as_ref()));
    let names: Vec<&str> = row.former_names.iter().map(|name| name.value.as_str()).collect();
    keep(FactKind::OtherNames, Some(names.join("; ")));
    facts
}

/// A value in the words in which it is stored.
fn plain(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(text)) => text,
        _ => String::new(),
    }
}

fn candidate(row: &CandidateRow) -> CandidateTold {
    let number = |paper: &PaperTold| text(paper.number.as_ref());
    let told = [
        (CaseStep::Sourced, first_day(row.recognised.on.as_ref()), number(&row.recognised)),
        (
            CaseStep::BranchVote,
            first_day(row.admission_resolution.on.as_ref()),
            number(&row.admission_resolution),
        ),
        (CaseStep::CommitteeDecision, first_day(row.admission.on.as_ref()), number(&row.admission)),
    ];
    let steps = told
        .into_iter()
        .filter_map(|(step, on, number)| Some(StepTold { step, on: on?, number }))
        .collect();
    CandidateTold {
        steps,
        mentors: row.mentors.iter().map(|mentor| mentor.value.name.clone()).collect(),
        mentors_since: first_day(row.mentors_since.as_ref()),
        resolution: text(row.mentors_by.as_ref()),
        class: text(row.class.number.as_ref()),
        class_days: row.class_days.as_ref().and_then(|days| span(days.value)),
        certificate: first_day(row.certificate.on.as_ref())
            .map(|on| Certificate { number: number(&row.certificate), on }),
        papers: row.papers.iter().flat_map(|told| papers(&told.value)).collect(),
    }
}
