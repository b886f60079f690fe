//! Somebody who comes from another organisation with their file (chuyển đến kèm hồ sơ): what the
//! file has to say of their road so far, in which order, and the history that this makes.
//!
//! Only what decides about the rest of the road is asked for. Nothing is recorded that was not told:
//! who introduced the candidate, or how they were voted on there, stays in the file.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::super::typed::Typed;
use super::{Ask, CaseStep, Evidence, Taken};
use crate::domain::people::Status;
use crate::domain::regulations::{ListApproval, Regulations};
use crate::domain::words;

words! {
    /// Where somebody stands who arrives.
    ArrivesAs {
        /// quần chúng trong nguồn
        Source = "source",
        /// đã có giấy chứng nhận lớp bồi dưỡng nhận thức về Đảng
        Certified = "certified",
        /// đảng viên dự bị
        Probationary = "probationary",
    }
}

impl ArrivesAs {
    /// What the file says, oldest first; at last, that it was received here.
    pub const fn steps(self) -> &'static [CaseStep] {
        use CaseStep::*;
        match self {
            Self::Source => &[Sourced, Received],
            Self::Certified => &[Sourced, AwarenessClass, Received],
            Self::Probationary => &[CommitteeDecision, Admitted, NewMemberClass, Received],
        }
    }
}

/// One of the steps, as far as it was told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Told {
    step: CaseStep,
    /// `None`: it was not taken there.
    on: Option<NaiveDate>,
    number: Option<Typed>,
}

/// What is known of a file so far.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrival {
    at: ArrivesAs,
    told: Vec<Told>,
}

impl Arrival {
    pub const fn new(at: ArrivesAs) -> Self {
        Self { at, told: Vec::new() }
    }

    /// What has to be told next: the day of a step, or the number of its paper. `None`: everything is.
    pub fn asks(&self) -> Option<(CaseStep, Ask)> {
        for step in self.at.steps() {
            match self.told.iter().find(|told| told.step == *step) {
                None => return Some((*step, Ask::On)),
                Some(Told { on: Some(_), number: None, .. })
                    if step.asks().contains(&Ask::Number) =>
                {
                    return Some((*step, Ask::Number));
                }
                Some(_) => {}
            }
        }
        None
    }

    /// The newest step that was told, which the next one does not come before.
    pub fn newest(&self) -> Option<(CaseStep, NaiveDate)> {
        self.told.iter().rev().find_map(|told| told.on.map(|on| (told.step, on)))
    }

    /// Whether the step that is asked for need not have been taken yet.
    pub fn may_be_to_come(&self) -> bool {
        self.asks() == Some((CaseStep::NewMemberClass, Ask::On))
    }

    /// Answers when the step was taken; `None`: it was not.
    pub fn tell_day(&mut self, on: Option<NaiveDate>) {
        if let Some((step, Ask::On)) = self.asks() {
            self.told.push(Told { step, on, number: None });
        }
    }

    /// Answers which number its paper has.
    pub fn tell_number(&mut self, number: Typed) {
        if let (Some((_, Ask::Number)), Some(last)) = (self.asks(), self.told.last_mut()) {
            last.number = Some(number);
        }
    }

    /// The steps that were told, oldest first. A list that the rule in force on its day let the
    /// committee approve was approved by the paper that was told.
    pub fn history(&self, rules: &Regulations) -> Vec<Taken> {
        let mut history = Vec::new();
        for Told { step, on, number } in &self.told {
            let Some(on) = *on else { continue };
            let evidence = Evidence { on: Some(on), number: number.clone(), ..Evidence::default() };
            let taken = |step| Taken {
                step,
                on,
                evidence: evidence.clone(),
                elsewhere: step != CaseStep::Received,
            };
            history.push(taken(*step));
            let approval = rules.source_approval.on(on).value;
            if *step == CaseStep::Sourced && approval == ListApproval::Committee {
                history.push(taken(CaseStep::SourceApproved));
            }
        }
        history
    }

    /// What the person is who works here since a day, and from when: a probationary member since the
    /// ceremony, wherever it was held.
    pub fn standing(&self, since: NaiveDate) -> (Status, NaiveDate) {
        let admitted = self.told.iter().find(|told| told.step == CaseStep::Admitted);
        match admitted.and_then(|told| told.on) {
            Some(on) => (Status::Probationary, on),
            None => (Status::NonMember, since),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::{DeadlineKind, Stage, deadlines, stage};
    use super::*;
    use crate::domain::calendar::fixture::{day, shipped as calendar};
    use crate::domain::regulations::fixture::shipped;

    /// Everything is told, a month later each.
    fn told(at: ArrivesAs, from: NaiveDate) -> Arrival {
        let (mut file, mut on) = (Arrival::new(at), from);
        while let Some((step, ask)) = file.asks() {
            match ask {
                Ask::On => {
                    assert!(file.newest().is_none_or(|(_, last)| last < on), "{step} comes next");
                    file.tell_day(Some(on));
                    on = on + chrono::Months::new(1);
                }
                _ => file.tell_number(format!("{step}-1").as_str().into()),
            }
        }
        file
    }

    #[test]
    fn a_file_leads_to_where_its_candidate_stood() {
        let rules = shipped();
        for (at, expected, steps) in [
            (ArrivesAs::Source, Stage::Source, 3),
            (ArrivesAs::Certified, Stage::Taught, 4),
            (ArrivesAs::Probationary, Stage::Probationary, 4),
        ] {
            let history = told(at, day(2018, 1, 8)).history(&rules);
            assert_eq!((stage(&history), history.len()), (Some(expected), steps), "{at}");
            let (received, before) = history.split_last().unwrap();
            assert!(received.is_arrival() && !received.elsewhere);
            assert!(before.iter().all(|taken| taken.elsewhere));
        }
        // Nobody approved lists then.
        assert_eq!(told(ArrivesAs::Source, day(2013, 1, 8)).history(&rules).len(), 2);
    }

    #[test]
    fn a_probation_runs_from_the_ceremony_elsewhere() {
        let (rules, since) = (shipped(), day(2018, 12, 1));
        let file = told(ArrivesAs::Probationary, day(2018, 1, 8));
        assert_eq!(file.standing(since), (Status::Probationary, day(2018, 2, 8)));
        let history = file.history(&rules);
        let limits = deadlines(&history, &BTreeMap::new(), &rules, &calendar());
        let probation = limits.iter().find(|limit| limit.kind == DeadlineKind::Probation);
        assert_eq!(probation.map(|limit| limit.on), Some(day(2019, 2, 8)));
        let file = told(ArrivesAs::Certified, day(2018, 1, 8));
        assert_eq!(file.standing(since), (Status::NonMember, since));
    }

    #[test]
    fn only_the_class_for_new_members_may_be_to_come() {
        let mut file = Arrival::new(ArrivesAs::Probationary);
        let mut open = Vec::new();
        while let Some((step, ask)) = file.asks() {
            match (file.may_be_to_come(), ask) {
                (true, _) => {
                    open.push(step);
                    file.tell_day(None);
                }
                (false, Ask::On) => file.tell_day(Some(day(2018, 1, 8))),
                _ => file.tell_number("1".into()),
            }
        }
        assert_eq!(open, [CaseStep::NewMemberClass]);
        let history = file.history(&shipped());
        assert!(history.iter().all(|taken| taken.step != CaseStep::NewMemberClass));
    }
}
