//! A candidate's road as it follows from what a list tells.

use chrono::NaiveDate;

use super::super::road::CaseStep;
use super::super::road::Paper;
use super::{CandidateTold, Certificate, ClassRef, PersonRef};

/// A case to open: what happened, oldest first, and who guides.
pub struct Road {
    pub steps: Vec<RoadStep>,
    pub mentors: Vec<PersonRef>,
    /// Since when they guide.
    pub guided_since: NaiveDate,
    pub resolution: Option<String>,
    /// The papers that are there.
    pub papers: Vec<Paper>,
}

pub struct RoadStep {
    pub step: CaseStep,
    pub on: NaiveDate,
    pub number: Option<String>,
    /// Whether figures of the work here leave it out: it happened elsewhere, or on paper alone.
    pub elsewhere: bool,
    /// The class that the step is to have been sent to.
    pub seat: Option<Seat>,
}

/// A seat in a class, and what it ended with.
pub struct Seat {
    pub class: ClassRef,
    pub certificate: Option<Certificate>,
}

/// When somebody became a member, and whether that was in another organisation.
#[derive(Clone, Copy, Default)]
pub(super) struct Admission {
    pub admitted: Option<NaiveDate>,
    pub official: Option<NaiveDate>,
    pub elsewhere: bool,
}

impl Road {
    /// The road of somebody with these mentors; `None`: nothing is told of one.
    pub(super) fn of(
        told: Option<&CandidateTold>,
        mentors: Vec<PersonRef>,
        admission: Admission,
        class: Option<(ClassRef, NaiveDate)>,
        today: NaiveDate,
    ) -> Option<Self> {
        let none = CandidateTold::default();
        let told = told.unwrap_or(&none);
        let Admission { admitted, official, elsewhere } = admission;
        let on_paper =
            |step, on, number| RoadStep { step, on, number, elsewhere: true, seat: None };
        let mut steps: Vec<RoadStep> = told
            .steps
            .iter()
            .map(|step| on_paper(step.step, step.on, step.number.clone()))
            .collect();
        let certificate = told.certificate.clone();
        let days = told.class_days.map(|(first, _)| first);
        let began = class.map(|(_, first)| first).or(days);
        if let Some(on) = began.or(certificate.as_ref().map(|paper| paper.on)) {
            let number = certificate.as_ref().and_then(|paper| paper.number.clone());
            let seat = class.map(|(class, _)| Seat { class, certificate: certificate.clone() });
            // It counts among those who were sent, as the office's own books do.
            let step =
                RoadStep { seat, elsewhere, ..on_paper(CaseStep::AwarenessClass, on, number) };
            steps.push(step);
        }
        // Whoever is recognised is guided no more.
        let mentors = if official.is_some() { Vec::new() } else { mentors };
        if admitted.is_none() && official.is_none() {
            let first = steps.iter().map(|step| step.on).min();
            if !mentors.is_empty() {
                let since = told.mentors_since.or(first).unwrap_or(today);
                // Guided before whatever followed: a mentor who was found later takes nothing back.
                let on = first.map_or(since, |first| first.min(since));
                steps.insert(0, on_paper(CaseStep::Mentored, on, told.resolution.clone()));
            }
            // Whoever is listed with a mentor is on the road, also where that is nobody here.
            let first = steps.iter().map(|step| step.on).min();
            let listed = || told.mentors_since.unwrap_or(today);
            let first = first.or_else(|| (!told.mentors.is_empty()).then(listed));
            if let Some(first) = first {
                steps.insert(0, on_paper(CaseStep::Introduced, first, None));
            }
        }
        let becomes = [(CaseStep::Admitted, admitted), (CaseStep::Recognised, official)];
        // Of whose admission nothing is told, no road is: they came as they are.
        for (step, on) in becomes.into_iter().filter(|_| admitted.is_some()) {
            let of = |on| RoadStep { step, on, number: None, elsewhere, seat: None };
            steps.extend(on.map(of));
        }
        if steps.is_empty() || admitted.is_none() && official.is_some() {
            return None;
        }
        // Of one day, in the order of the road.
        steps.sort_by_key(|step| (step.on, step.step));
        let mut papers = told.papers.clone();
        if certificate.is_some() && !papers.contains(&Paper::Certificate) {
            papers.push(Paper::Certificate);
        }
        let guided_since = told.mentors_since.or(admitted).unwrap_or(today);
        let resolution = told.resolution.clone();
        Some(Self { steps, mentors, guided_since, resolution, papers })
    }

    /// Whether it tells of an admission here.
    pub fn admits(&self) -> bool {
        self.steps.iter().any(|step| step.step == CaseStep::Admitted && !step.elsewhere)
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::ids::PersonId;
    use super::super::StepTold;
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn steps(road: Option<Road>) -> Vec<String> {
        let road = road.into_iter().flat_map(|road| road.steps);
        road.map(|step| format!("{} {}", step.step, step.on)).collect()
    }

    #[test]
    fn a_road_is_in_its_order_whatever_days_are_told() {
        let today = day("2026-11-30");
        let sourced = StepTold { step: CaseStep::Sourced, on: day("2026-03-05"), number: None };
        let told = CandidateTold { steps: vec![sourced], ..CandidateTold::default() };
        let guide = || vec![PersonRef::Known(PersonId(1))];
        let none = Admission::default();
        // A mentor whose day is not told, or who was found later, leads nobody back.
        for since in [None, Some(day("2026-06-01"))] {
            let told = CandidateTold { mentors_since: since, ..told.clone() };
            let road = Road::of(Some(&told), guide(), none, None, today);
            let order = ["introduced 2026-03-05", "mentored 2026-03-05", "sourced 2026-03-05"];
            assert_eq!(steps(road), order);
        }
        // A member's introducers are no mentors of now.
        let admission = Admission {
            admitted: Some(day("2010-05-19")),
            official: Some(day("2011-05-19")),
            elsewhere: false,
        };
        let road = Road::of(Some(&CandidateTold::default()), guide(), admission, None, today);
        assert!(road.as_ref().is_some_and(|road| road.mentors.is_empty() && road.admits()));
        assert_eq!(steps(road), ["admitted 2010-05-19", "recognised 2011-05-19"]);
        // Came as an official member.
        let came = Admission { official: Some(day("2011-05-19")), ..none };
        assert!(Road::of(None, guide(), came, None, today).is_none());
        assert!(Road::of(None, Vec::new(), none, None, today).is_none());
    }
}
