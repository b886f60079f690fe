//! Whatever is tried, in whatever order: no guard is got past.

use std::cell::RefCell;

use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use super::*;

/// Where a walk begins: with nobody, or as far as a step with everything in order. From the first
/// step alone hardly any gets to the last ones.
const BEGINNINGS: [Option<CaseStep>; 7] = [
    None,
    Some(CaseStep::AwarenessClass),
    Some(CaseStep::Dossier),
    Some(CaseStep::BranchVote),
    Some(CaseStep::CommitteeDecision),
    Some(CaseStep::Admitted),
    Some(CaseStep::RecognitionVote),
];

/// An attempt at a step with evidence of any kind.
#[derive(Clone, Debug)]
struct Attempt {
    step: usize,
    days: u64,
    /// Which answers are left out, bit by bit.
    without: u8,
    votes: Votes,
    people: Vec<Fellow>,
    mentors: u32,
    papers: u32,
    consent: bool,
}

fn attempts() -> impl Strategy<Value = Vec<Attempt>> {
    let votes = (0u32..12, 0u32..3, 0u32..12);
    let votes = votes.prop_map(|(members, excused, in_favour)| Votes {
        members: if members < 9 { 9 } else { members },
        excused,
        in_favour: if in_favour < 4 { 9 } else { in_favour },
    });
    let fellow = (1i64..9, prop::bool::weighted(0.8), 6u32..30)
        .prop_map(|(id, official, months)| Fellow { id: PersonId(id), official, months });
    let one = (
        0..CaseStep::ALL.len() + 12,
        0u64..200,
        prop::sample::select(vec![0u8, 0, 0, 0, 1, 2, 4, 8]),
        votes,
        prop::collection::vec(fellow, 0..4),
        0u32..3,
        prop::sample::select(vec![u32::MAX, u32::MAX, u32::MAX, 0, 0x0f0f]),
        any::<bool>(),
    );
    let one = one.prop_map(|(step, days, without, votes, people, mentors, papers, consent)| {
        Attempt { step, days, without, votes, people, mentors, papers, consent }
    });
    prop::collection::vec(one, 1..60)
}

impl Walk {
    /// Makes an attempt; half of them at a step that could come next. The step, if it was taken.
    fn tries(&mut self, attempt: &Attempt, today: &mut NaiveDate) -> Option<CaseStep> {
        *today = *today + Days::new(attempt.days);
        self.facts.mentors = attempt.mentors;
        let papers = Paper::ALL.iter().enumerate();
        let there = papers.filter(|(n, _)| attempt.papers >> (n % 32) & 1 == 1);
        self.facts.papers = there.map(|(_, paper)| (*paper, Place::Office)).collect();
        let next: Vec<CaseStep> =
            self.road().possible(*today).into_iter().map(|(step, _)| step).collect();
        let step = match CaseStep::ALL.get(attempt.step) {
            Some(step) => *step,
            // The first of them leads on, the second may be too early.
            None => next.get(attempt.step % 2).copied().unwrap_or(CaseStep::Died),
        };
        let mut evidence = answers(step, *today);
        if evidence.votes.is_some() {
            evidence.votes = Some(attempt.votes);
        }
        if evidence.people.is_some() {
            evidence.people = Some(attempt.people.clone());
        }
        evidence.consent = attempt.consent.then(|| "1-CV/TU".into());
        if attempt.without & 1 != 0 {
            evidence.number = None;
        }
        if attempt.without & 2 != 0 {
            evidence.votes = None;
        }
        if attempt.without & 4 != 0 {
            evidence.people = None;
        }
        if attempt.without & 8 != 0 {
            evidence.on = None;
        }
        if !self.takes(step, evidence, *today) {
            return None;
        }
        self.holds(step);
        Some(step)
    }

    /// What must be true of a step that was just taken, said once more without the guards.
    fn holds(&self, step: CaseStep) {
        let (taken, before) = self.history.split_last().expect("one was taken");
        let (on, evidence) = (taken.on, &taken.evidence);
        let last = |step| before.iter().rev().find(|t: &&Taken| t.step == step).map(|t| t.on);
        assert!(before.last().is_none_or(|last| last.on <= on));
        let has = |paper| self.facts.papers.contains_key(&paper);
        let two_thirds = |votes: Votes| 3 * votes.in_favour >= 2 * (votes.members - votes.excused);
        match step {
            CaseStep::Mentored | CaseStep::Returned => {
                let people = evidence.people.as_ref().expect("mentors");
                assert!((1..=2).contains(&people.len()) && people.iter().all(|who| who.official));
                assert!(evidence.number.is_some());
            }
            CaseStep::Sourced => assert!(self.facts.mentors > 0 && evidence.number.is_some()),
            CaseStep::AwarenessClass if stage(before) == Some(Stage::Source) => {
                assert!(last(CaseStep::SourceApproved) >= last(CaseStep::Sourced));
            }
            CaseStep::Dossier => {
                let people = evidence.people.as_ref().expect("introducers");
                assert!(people.iter().all(|who| who.official && who.months >= 12));
                let youth = on <= self.facts.born.unwrap() + Months::new(360);
                assert!(people.len() >= if youth { 1 } else { 2 });
            }
            CaseStep::BranchVote => {
                let votes = evidence.votes.expect("votes");
                assert!(two_thirds(votes) && votes.members == 9 && evidence.number.is_some());
                assert!(on >= self.facts.born.unwrap() + Months::new(216));
                assert!(VOTE_PAPERS[..7].iter().all(|paper| has(*paper)));
            }
            CaseStep::CommitteeDecision => {
                assert!(two_thirds(evidence.votes.expect("votes")) && has(Paper::BranchResolution));
                assert!(last(CaseStep::BranchVote).is_some());
            }
            CaseStep::Admitted => {
                let decided = last(CaseStep::CommitteeDecision).expect("a decision");
                let limit = self.calendar.add_working_days(decided, 30);
                assert!(on <= limit || evidence.consent.is_some());
            }
            CaseStep::RecognitionVote => {
                assert!(on >= last(CaseStep::Admitted).expect("a ceremony") + Months::new(12));
                assert!(last(CaseStep::NewMemberClass).is_some() && has(Paper::SelfReview));
                assert!(two_thirds(evidence.votes.expect("votes")));
            }
            CaseStep::Recognised => {
                assert!(last(CaseStep::RecognitionVote).is_some());
                assert!(two_thirds(evidence.votes.expect("votes")));
            }
            _ => {}
        }
        if matches!(step, CaseStep::Dossier | CaseStep::BranchVote | CaseStep::CommitteeDecision) {
            let taught = last(CaseStep::AwarenessClass).expect("a certificate");
            assert!(on <= taught + Months::new(60));
        }
    }
}

#[test]
fn no_sequence_of_steps_gets_past_a_guard() {
    let walks = (prop::sample::select(BEGINNINGS.to_vec()), attempts(), 15u32..58);
    let reached = RefCell::new(Vec::new());
    let config =
        ProptestConfig { cases: 800, failure_persistence: None, ..ProptestConfig::default() };
    let mut runner = TestRunner::new(config);
    let outcome = runner.run(&walks, |(begun, attempts, age)| {
        let mut today = day(2020, 1, 6);
        let mut walk = match begun {
            Some(step) => Walk::until(step, today),
            None => Walk::new(today - Months::new(age * 12)),
        };
        for attempt in &attempts {
            reached.borrow_mut().extend(walk.tries(attempt, &mut today));
        }
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
    for step in CaseStep::ALL {
        assert!(reached.borrow().contains(step), "{step} was never taken");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn two_thirds_of_any_branch(official in 1u32..400, excused in 0u32..20, in_favour in 0u32..400) {
        let mut walk = Walk::until(CaseStep::Dossier, day(2026, 8, 3)).with_papers(&VOTE_PAPERS);
        walk.facts.official = official;
        let mut evidence = answers(CaseStep::BranchVote, day(2026, 10, 5));
        evidence.votes = Some(Votes { members: official, excused, in_favour });
        let possible = walk.lacks(CaseStep::BranchVote, &evidence).is_empty();
        let odd = excused >= official || in_favour + excused > official;
        let enough = !odd && 3 * in_favour >= 2 * (official - excused);
        prop_assert_eq!(possible, enough);
    }

    #[test]
    fn a_possible_step_says_nothing_else_when_it_is_judged(attempts in attempts()) {
        let mut today = day(2020, 1, 6);
        let mut walk = Walk::new(today - Months::new(300));
        for attempt in &attempts {
            walk.tries(attempt, &mut today);
            for (step, verdict) in walk.road().possible(today) {
                let judged = walk.road().judge(step, &answers(step, today), today);
                for missing in &verdict.0 {
                    prop_assert!(judged.0.contains(missing), "{step} lacks {missing:?}");
                }
            }
        }
    }
}
