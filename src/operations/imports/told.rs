//! What the rows of lists tell, in the terms of the organisation.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use crate::domain::listed::{
    At, Came, CandidateTold, FactKind, OfficeTold, PersonTold, StepTold, Told, UnitTold,
};
use crate::domain::people::{OfficeKind, Status, UnitKind};
use crate::domain::road::CaseStep;
use crate::domain::text::fold;
use crate::lists::records::{
    self, CandidateRow, Lists, Moved, PaperTold, PersonRow, Secret, UnitRow,
};
use crate::lists::values::{Body, Day, PartyKind, PartyPost, Sex, State};

/// Whom a list of posts of the office makes an officer of the committee's office.
const COMMITTEES_OFFICE: &str = "van phong dang uy";
/// How those write who came from another organisation, and not from another branch of this one.
const FROM_ELSEWHERE: [&str; 4] = ["chuyen den", "chuyen sinh hoat den", "tiep nhan", "ngoai tinh"];

/// Everything that lists tell.
pub(super) fn told(lists: &Lists) -> Told {
    Told {
        units: lists.units.iter().map(unit).collect(),
        people: lists.people.iter().map(person).collect(),
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

fn unit(row: &UnitRow) -> UnitTold {
    let kind = row.kind.as_ref().map(|kind| match kind.value {
        crate::lists::values::UnitKind::Branch => UnitKind::Branch,
        _ => UnitKind::Committee,
    });
    UnitTold {
        at: at(&row.at),
        key: text(row.code.as_ref()),
        name: row.name.value.trim().to_owned(),
        kind,
        parent: text(row.parent.as_ref()),
    }
}

fn person(row: &PersonRow) -> PersonTold {
    let (admitted, official) = (first_day(row.admitted.as_ref()), first_day(row.official.as_ref()));
    let candidate = row.candidate.as_ref().map(candidate);
    let ceremony = row.candidate.as_ref().and_then(|told| first_day(told.admission_day.as_ref()));
    PersonTold {
        at: at(&row.at),
        key: text(row.key.as_ref()),
        numbers: [&row.card, &row.personal]
            .into_iter()
            .flatten()
            .map(|n| digest(&n.value))
            .collect(),
        name: row.name.value.clone(),
        born: row.born.as_ref().and_then(|born| born.value.exact()),
        unit: row
            .unit
            .as_ref()
            .map(|unit| unit.text().trim().to_owned())
            .or_else(|| row.candidate.as_ref().and_then(|told| text(told.recognised_in.as_ref()))),
        posts: posts(row),
        status: row.state.as_ref().and_then(|state| status(state.value)),
        admitted: first_day(row.readmitted.as_ref()).or(admitted).or(ceremony),
        official,
        came: came(&row.came),
        left: left(row),
        facts: facts(row),
        candidate: candidate.filter(|told| *told != CandidateTold::default()),
    }
}

/// A number by which somebody is known within these files; it is kept nowhere.
fn digest(number: &Secret) -> String {
    hex::encode(Sha256::digest(number.reveal()))
}

fn status(state: State) -> Option<Status> {
    match state {
        State::Official => Some(Status::Official),
        State::Probationary => Some(Status::Probationary),
        State::Candidate | State::NonMember => Some(Status::NonMember),
        _ => None,
    }
}

fn came(moved: &Moved) -> Option<Came> {
    let how = text(moved.how.as_ref()).map(|how| fold(&how));
    let says = |how: String| FROM_ELSEWHERE.iter().any(|word| how.contains(word));
    let from_elsewhere = how.is_some_and(says) || moved.place.is_some();
    Some(Came { on: first_day(moved.on.as_ref())?, from_elsewhere })
}

fn left(row: &PersonRow) -> Option<NaiveDate> {
    first_day(row.left.on.as_ref())
}

fn posts(row: &PersonRow) -> Vec<OfficeTold> {
    let party = row.party_offices.iter().filter_map(|post| party_office(&post.value));
    let of_committee =
        row.posts.iter().filter(|post| fold(&post.value).contains(COMMITTEES_OFFICE));
    let of_committee = of_committee.map(|_| OfficeTold { kind: OfficeKind::Office, of_top: true });
    let union =
        row.union_offices.iter().map(|_| OfficeTold { kind: OfficeKind::Union, of_top: false });
    let mut posts: Vec<OfficeTold> = Vec::new();
    for office in party.chain(of_committee).chain(union) {
        if !posts.contains(&office) {
            posts.push(office);
        }
    }
    posts
}

/// What a post means here. Where it is not said of which body, it is the branch's: nobody oversees an organisation
/// by a word left out.
fn party_office(post: &PartyPost) -> Option<OfficeTold> {
    let kind = match post.kind {
        PartyKind::Secretary => OfficeKind::Secretary,
        PartyKind::Deputy => OfficeKind::Deputy,
        PartyKind::Standing | PartyKind::Committee => OfficeKind::Committee,
        PartyKind::Inspection | PartyKind::GroupLeader => return None,
    };
    Some(OfficeTold { kind, of_top: post.of == Body::Organisation })
}

fn facts(row: &PersonRow) -> BTreeMap<FactKind, String> {
    let mut facts = BTreeMap::new();
    let mut keep = |kind: FactKind, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.trim().is_empty()) {
            facts.insert(kind, value.trim().to_owned());
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
    let posts: Vec<&str> = row.posts.iter().map(|post| post.value.as_str()).collect();
    keep(FactKind::Position, Some(posts.join(", ")));
    keep(
        FactKind::Union,
        row.unions.iter().find(|union| union.value.1).map(|union| match union.value.0 {
            crate::lists::values::UnionKind::Youth => "youth".to_owned(),
            crate::lists::values::UnionKind::Trade => "trade".to_owned(),
        }),
    );
    keep(FactKind::Education, row.education.as_ref().map(|told| plain(&told.value)));
    keep(FactKind::Degree, row.degree.as_ref().map(|told| told.value.text.clone()));
    keep(FactKind::Title, row.title.as_ref().map(|told| plain(&told.value)));
    keep(FactKind::Theory, row.theory.as_ref().map(|told| plain(&told.value)));
    keep(FactKind::Telephone, row.phone.as_ref().map(|told| told.value.reveal().to_owned()));
    keep(FactKind::Email, text(row.email.as_ref()));
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
            CaseStep::AwarenessClass,
            first_day(row.certificate.on.as_ref()),
            number(&row.certificate),
        ),
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
    }
}
