//! What stands between a case and its next step.
//!
//! [`Road::possible`] asks of every step that could come next what is lacking today;
//! [`Road::judge`] asks the same of one step with its evidence, and is what is asked again before
//! anything is written. Each lack says which rule it follows from and who can mend it.

use std::collections::BTreeMap;

use chrono::{Days, Months, NaiveDate};

use super::deadlines::{ceremony, probation};
use super::verdict::{Lack, Missing, Tally, Verdict};
use super::{
    Ask, CaseStep, Deadline, DeadlineKind, Evidence, Fellow, Paper, PaperSet, Place, Stage, Taken,
    stage,
};
use crate::domain::calendar::Calendar;
use crate::domain::people::Status;
use crate::domain::regulations::{ListApproval, Regulations, Source, Version};

/// What is known of a candidate and their branch on a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    pub born: Option<NaiveDate>,
    /// How many guide the candidate.
    pub mentors: u32,
    /// The papers that are there.
    pub papers: BTreeMap<Paper, Place>,
    /// Official members of the branch.
    pub official: u32,
}

/// A case with everything that decides about its next step. The facts are those of the day asked
/// about.
#[derive(Clone, Copy, Debug)]
pub struct Road<'a> {
    /// Oldest first, without what was reversed.
    pub history: &'a [Taken],
    pub facts: &'a Facts,
    pub rules: &'a Regulations,
    pub calendar: &'a Calendar,
}

/// The newest step of a kind since the case was opened or taken up again.
pub(super) fn current(history: &[Taken], step: CaseStep) -> Option<&Taken> {
    history
        .iter()
        .rev()
        .take_while(|taken| taken.step != CaseStep::Dropped)
        .find(|taken| taken.step == step)
}

/// The newest certificate of the awareness class with its last day, if there is one. It outlives a
/// pause, and being sent again.
pub(super) fn certificate(history: &[Taken], rules: &Regulations) -> Option<Deadline> {
    let mut classes = history.iter().rev().filter(|taken| taken.step == CaseStep::AwarenessClass);
    let certified = classes.find_map(Taken::certified_on)?;
    let rule = rules.certificate_valid.on(certified);
    Some(Deadline {
        kind: DeadlineKind::Certificate,
        on: certified + Months::new(rule.value.0),
        source: rule.source.clone(),
    })
}

/// Whether somebody was sent to the awareness class and it is not known yet what became of it.
fn is_studying(history: &[Taken]) -> bool {
    let class = history.iter().rev().find(|taken| taken.step == CaseStep::AwarenessClass);
    class.is_some_and(|taken| taken.certified_on().is_none())
}

/// How long before its last day a certificate may be studied for again, in days: from when on the
/// earliest of the usual alerts speaks of it. No document says so.
const RENEWED_WITHIN: u64 = 90;

/// Since when a case has been on the list that its branch made, and whether the committee has
/// approved it since.
fn listed(history: &[Taken]) -> Option<(NaiveDate, bool)> {
    let at = history.iter().rposition(|taken| taken.step == CaseStep::Sourced)?;
    let approved = history[at..].iter().any(|taken| taken.step == CaseStep::SourceApproved);
    Some((history[at].on, approved))
}

fn years(n: u32) -> Months {
    Months::new(n.saturating_mul(12))
}

/// What speaks against a candidate being guided by these from a day on, and by nobody else, whichever
/// deed assigns them.
pub fn guided_by(mentors: &[Fellow], rules: &Regulations, on: NaiveDate) -> Verdict {
    let mut verdict = Verdict::default();
    if mentors.is_empty() {
        verdict.lacks(Lack::NoMentor);
    }
    verdict.0.extend(too_many_mentors(mentors.len(), rules, on));
    verdict
}

/// That more guide a candidate than the rule in force on a day allows.
pub fn too_many_mentors(count: usize, rules: &Regulations, on: NaiveDate) -> Option<Missing> {
    let rule = rules.mentors_at_most.on(on);
    let most = rule.value.0;
    (count > most as usize)
        .then(|| Missing { lack: Lack::TooManyMentors { most }, source: Some(rule.source.clone()) })
}

impl Road<'_> {
    /// Every step that could come next, with what it lacks on `today`.
    pub fn possible(&self, today: NaiveDate) -> Vec<(CaseStep, Verdict)> {
        self.next_steps(today)
            .into_iter()
            .map(|step| {
                let mut verdict = Verdict::default();
                self.before(step, today, &mut verdict);
                (step, verdict)
            })
            .collect()
    }

    /// The step that has to come first for another to come after it, with what that lacks on `today`.
    /// `None`: one step more does not lead there, or it could come now.
    pub fn first_before(&self, step: CaseStep, today: NaiveDate) -> Option<(CaseStep, Verdict)> {
        let now = self.possible(today);
        if now.iter().any(|(next, _)| *next == step) {
            return None;
        }
        now.into_iter().filter(|(next, _)| next.leads_on()).find(|(next, _)| {
            let evidence = Evidence::default();
            let taken = Taken { step: *next, on: today, evidence, elsewhere: false };
            let history: Vec<Taken> = self.history.iter().cloned().chain([taken]).collect();
            Road { history: &history, ..*self }.next_steps(today).contains(&step)
        })
    }

    /// The last day of the certificate of the awareness class, if there is one.
    pub fn certificate(&self) -> Option<Deadline> {
        certificate(self.history, self.rules)
    }

    /// Whether a step may be taken with this evidence.
    pub fn judge(&self, step: CaseStep, evidence: &Evidence, today: NaiveDate) -> Verdict {
        let mut verdict = Verdict::default();
        for ask in step.unanswered(evidence, self.rules) {
            verdict.lacks(Lack::Unanswered(ask));
        }
        let Some(on) = evidence.on else { return verdict };
        if !self.next_steps(on).contains(&step) {
            verdict.lacks(Lack::NotNext);
            return verdict;
        }
        if on > today {
            verdict.lacks(Lack::InFuture);
        }
        if let Some(last) = self.history.last().map(|taken| taken.on).filter(|last| on < *last) {
            verdict.lacks(Lack::BeforeLast { last });
        }
        self.before(step, on, &mut verdict);
        self.too_late(step, on, &mut verdict);
        self.told(step, evidence, on, today, &mut verdict);
        if evidence.consent.is_some() {
            verdict.0.retain(|missing| !missing.lack.is_mended_by_consent());
        }
        verdict
    }

    /// The votes of a step's evidence with what they need.
    pub fn tally(&self, step: CaseStep, evidence: &Evidence) -> Option<(Tally, Source)> {
        let (votes, on) = (evidence.votes?, evidence.on?);
        let rule = match step.asks() {
            asks if asks.contains(&Ask::BranchVotes) => self.rules.branch_vote.on(on),
            asks if asks.contains(&Ask::CommitteeVotes) => self.rules.committee_vote.on(on),
            _ => return None,
        };
        Some((Tally::of(votes, rule.value), rule.source.clone()))
    }

    /// The papers that the rules ask for before the admission, or after it.
    pub fn needed(&self, set: PaperSet, on: NaiveDate) -> Vec<Paper> {
        let mut papers = match set {
            PaperSet::Admission => {
                let mut papers = self.vote_papers(on);
                papers.extend(&self.rules.papers_committee.on(on).value);
                papers
            }
            PaperSet::Recognition => {
                let mut papers = self.rules.papers_recognition.on(on).value.clone();
                papers.push(Paper::MemberCv);
                papers
            }
        };
        papers.sort();
        papers
    }

    /// What a step makes of the candidate, and from when: the probation begins with the ceremony,
    /// and who is recognised late has been an official member since its end.
    pub fn standing_after(&self, step: CaseStep, on: NaiveDate) -> Option<(Status, NaiveDate)> {
        match step.makes() {
            Some(Status::Official) => {
                let end = probation(self.history, self.rules);
                Some((Status::Official, end.map_or(on, |end| end.on)))
            }
            Some(status) => Some((status, on)),
            // Struck off.
            None => stage(self.history)
                .filter(|stage| step == CaseStep::Dropped && stage.is_on_probation())
                .map(|_| (Status::NonMember, on)),
        }
    }

    /// The steps that lead on from where the case stands, whatever they lack.
    fn next_steps(&self, on: NaiveDate) -> Vec<CaseStep> {
        use CaseStep::*;
        let Some(stage) = stage(self.history) else { return vec![Introduced] };
        let certificate = certificate(self.history, self.rules);
        let expired = certificate.as_ref().is_some_and(|certificate| certificate.on < on);
        let mut steps = match stage {
            Stage::Introduced => vec![Mentored],
            Stage::Guided => vec![Sourced],
            // Who comes back may still have a certificate, or be studying.
            Stage::Source if certificate.is_some() && !expired || is_studying(self.history) => {
                vec![Dossier]
            }
            Stage::Source => vec![AwarenessClass],
            Stage::Taught => vec![Dossier],
            Stage::Dossier => vec![BranchVote],
            Stage::Voted => vec![CommitteeDecision],
            Stage::Decided => vec![Admitted],
            Stage::Probationary => vec![NewMemberClass, RecognitionVote],
            Stage::Considered => vec![Recognised],
            Stage::Dropped => vec![Returned],
            Stage::Transferred => vec![Received],
            Stage::Official | Stage::Died => vec![],
        };
        let waits_for_approval = stage == Stage::Source && self.unapproved().is_some();
        if waits_for_approval {
            steps.insert(0, SourceApproved);
        }
        let again = certificate.is_some_and(|last| last.on < on + Days::new(RENEWED_WITHIN));
        if stage.is_taught()
            && again
            && !is_studying(self.history)
            && !steps.contains(&AwarenessClass)
        {
            steps.push(AwarenessClass);
        }
        if current(self.history, NewMemberClass).is_some() {
            steps.retain(|step| *step != NewMemberClass);
        }
        let is_submitted = stage != Stage::Source || waits_for_approval;
        if stage.before().is_some() && is_submitted {
            steps.push(SentBack);
        }
        if stage.is_open() {
            steps.extend([Dropped, Transferred, Died]);
        }
        steps
    }

    /// The list that still needs the committee's approval: since when it waits, and the rule that
    /// was in force when the branch made it.
    fn unapproved(&self) -> Option<(NaiveDate, &Version<ListApproval>)> {
        let (since, approved) = listed(self.history)?;
        let rule = self.rules.source_approval.on(since);
        (!approved && rule.value == ListApproval::Committee).then_some((since, rule))
    }

    /// What a step needs before anybody is asked anything.
    fn before(&self, step: CaseStep, on: NaiveDate, verdict: &mut Verdict) {
        if matches!(step, CaseStep::AwarenessClass | CaseStep::Dossier)
            && stage(self.history) == Some(Stage::Source)
            && let Some((since, rule)) = self.unapproved()
        {
            verdict.by(rule, Lack::NotApproved { since });
        }
        match step {
            CaseStep::Sourced | CaseStep::Admitted => {
                if self.facts.mentors == 0 {
                    verdict.lacks(Lack::NoMentor);
                }
            }
            CaseStep::Dossier => self.valid_certificate(on, verdict),
            CaseStep::BranchVote => {
                self.old_enough(on, verdict);
                self.valid_certificate(on, verdict);
                self.papers(self.rules.papers_vote.on(on), &self.vote_papers(on), verdict);
            }
            CaseStep::CommitteeDecision => {
                self.valid_certificate(on, verdict);
                let rule = self.rules.papers_committee.on(on);
                self.papers(rule, &rule.value, verdict);
            }
            CaseStep::RecognitionVote => {
                if let Some(end) = probation(self.history, self.rules).filter(|end| on < end.on) {
                    let ends = end.on;
                    verdict.by_limit(end, Lack::ProbationUntil { ends });
                }
                if current(self.history, CaseStep::NewMemberClass).is_none() {
                    verdict.lacks(Lack::NoNewMemberClass);
                }
                let rule = self.rules.papers_recognition.on(on);
                self.papers(rule, &rule.value, verdict);
            }
            CaseStep::Returned => self.readmission(on, verdict),
            CaseStep::Introduced
            | CaseStep::Mentored
            | CaseStep::SourceApproved
            | CaseStep::AwarenessClass
            | CaseStep::NewMemberClass
            | CaseStep::Recognised
            | CaseStep::SentBack
            | CaseStep::Dropped
            | CaseStep::Transferred
            | CaseStep::Received
            | CaseStep::Died => {}
        }
    }

    /// What comes too late by itself. It is asked of the day a step was taken, not of today: what
    /// was done in time may be recorded later.
    fn too_late(&self, step: CaseStep, on: NaiveDate, verdict: &mut Verdict) {
        if step == CaseStep::BranchVote
            && let Some(born) = self.facts.born
        {
            let rule = self.rules.age_to.on(on);
            let since = born + years(rule.value.0);
            if on > since {
                verdict.by(rule, Lack::TooOld { since });
            }
        }
        if step == CaseStep::Admitted
            && let Some(limit) = ceremony(self.history, self.rules, self.calendar)
            && on > limit.on
        {
            let last = limit.on;
            verdict.by_limit(limit, Lack::CeremonyLate { limit: last });
        }
    }

    /// What the answers must be like.
    fn told(
        &self,
        step: CaseStep,
        evidence: &Evidence,
        on: NaiveDate,
        today: NaiveDate,
        verdict: &mut Verdict,
    ) {
        let asks = step.asks();
        if evidence.received.is_some_and(|received| received < on || received > today) {
            verdict.lacks(Lack::OddReceipt);
        }
        if evidence.reason.is_some_and(|reason| !step.reasons().contains(&reason)) {
            verdict.lacks(Lack::OtherReason);
        }
        if let Some(people) = &evidence.people {
            for fellow in people.iter().filter(|fellow| !fellow.official) {
                verdict.lacks(Lack::NotOfficial(*fellow));
            }
            if asks.contains(&Ask::Mentors) {
                verdict.0.extend(guided_by(people, self.rules, on).0);
            }
            if asks.contains(&Ask::Introducers) {
                self.introducers(people, on, verdict);
            }
        }
        if let Some((tally, source)) = self.tally(step, evidence) {
            let votes = tally.votes;
            let whole = u64::from(votes.in_favour) + u64::from(votes.excused);
            if tally.counted == 0 || whole > u64::from(votes.members) {
                verdict.lacks(Lack::OddVotes);
            } else if asks.contains(&Ask::BranchVotes) && votes.members != self.facts.official {
                verdict.lacks(Lack::OtherMembers { known: self.facts.official });
            } else if !tally.is_enough() {
                let source = Some(source);
                verdict.0.push(Missing { lack: Lack::TooFewVotes(tally), source });
            }
        }
    }

    fn introducers(&self, people: &[Fellow], on: NaiveDate, verdict: &mut Verdict) {
        let rule = match self.is_youth(on) {
            true => self.rules.introducers_youth.on(on),
            false => self.rules.introducers.on(on),
        };
        if people.len() < rule.value.0 as usize {
            verdict.by(rule, Lack::IntroducersTooFew { needed: rule.value.0 });
        }
        let known = self.rules.known_for.on(on);
        for who in people.iter().filter(|fellow| fellow.months < known.value.0) {
            verdict.by(known, Lack::KnownTooShort { who: *who, needed: known.value.0 });
        }
    }

    /// Whether the candidate is of an age that the Đoàn introduces.
    fn is_youth(&self, on: NaiveDate) -> bool {
        let until = years(self.rules.youth_to.on(on).value.0);
        self.facts.born.is_some_and(|born| on <= born + until)
    }

    fn old_enough(&self, on: NaiveDate, verdict: &mut Verdict) {
        let rule = self.rules.age_from.on(on);
        match self.facts.born {
            None => verdict.by(rule, Lack::NoBirthday),
            Some(born) if on < born + years(rule.value.0) => {
                verdict.by(rule, Lack::TooYoung { until: born + years(rule.value.0) });
            }
            Some(_) => {}
        }
    }

    fn valid_certificate(&self, on: NaiveDate, verdict: &mut Verdict) {
        match certificate(self.history, self.rules) {
            None => verdict.by(self.rules.certificate_valid.on(on), Lack::NoCertificate),
            Some(certificate) if certificate.on < on => {
                let ended = certificate.on;
                verdict.by_limit(certificate, Lack::CertificateExpired { on: ended });
            }
            Some(_) => {}
        }
    }

    /// The papers the branch needs before it votes; the Đoàn introduces those of its age.
    fn vote_papers(&self, on: NaiveDate) -> Vec<Paper> {
        let mut papers = self.rules.papers_vote.on(on).value.clone();
        if self.is_youth(on) {
            papers.push(Paper::YouthResolution);
        }
        papers
    }

    fn papers<T>(&self, rule: &Version<T>, needed: &[Paper], verdict: &mut Verdict) {
        let there = &self.facts.papers;
        let missing: Vec<Paper> =
            needed.iter().copied().filter(|paper| !there.contains_key(paper)).collect();
        if !missing.is_empty() {
            verdict.by(rule, Lack::Papers(missing));
        }
    }

    /// Who was struck off as a probationary member waits before coming back.
    fn readmission(&self, on: NaiveDate, verdict: &mut Verdict) {
        let Some((dropped, before)) = self.history.split_last() else { return };
        if current(before, CaseStep::Admitted).is_none() {
            return;
        }
        let rule = self.rules.readmission_after.on(dropped.on);
        let from = dropped.on + Months::new(rule.value.0);
        if on < from {
            verdict.by(rule, Lack::ReadmissionFrom { on: from });
        }
    }
}
