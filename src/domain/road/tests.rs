//! That no sequence of steps gets anywhere without what its guards demand, that votes are counted
//! right in a branch of any size, and what each limit is.

mod any_order;

use std::collections::BTreeMap;

use chrono::{Days, Months, NaiveDate};
use rstest::rstest;

use super::*;
use crate::domain::calendar::Calendar;
use crate::domain::calendar::fixture::{day, shipped as calendar};
use crate::domain::ids::{PersonId, UnitId};
use crate::domain::regulations::Regulations;
use crate::domain::regulations::fixture::shipped as rules;

const VOTE_PAPERS: [Paper; 8] = [
    Paper::Application,
    Paper::Cv,
    Paper::Verification,
    Paper::Introduction,
    Paper::Opinions,
    Paper::Education,
    Paper::Certificate,
    Paper::YouthResolution,
];

/// The branch of every walk.
const HERE: UnitId = UnitId(1);

/// A walk along the road in a branch of nine, by the shipped rules.
struct Walk {
    history: Vec<Taken>,
    facts: Facts,
    rules: Regulations,
    calendar: Calendar,
}

impl Walk {
    fn new(born: NaiveDate) -> Self {
        let facts = Facts { born: Some(born), mentors: 1, papers: BTreeMap::new(), official: 9 };
        Self { history: Vec::new(), facts, rules: rules(), calendar: calendar() }
    }

    /// As far as a step, everything in order, the newest on the given day.
    fn until(last: CaseStep, on: NaiveDate) -> Self {
        use CaseStep::*;
        let mut walk = Self::new(on - Months::new(25 * 12));
        let road = [
            Introduced,
            Mentored,
            Sourced,
            SourceApproved,
            AwarenessClass,
            Dossier,
            BranchVote,
            CommitteeDecision,
            Admitted,
            NewMemberClass,
            RecognitionVote,
        ];
        let length = road.iter().position(|step| *step == last).expect("a step of the road") + 1;
        for (n, step) in road[..length].iter().enumerate() {
            // A year apart on the way, so that a probation is over in time.
            let back = Months::new(12 * u32::try_from(length - 1 - n).unwrap());
            let day = on - back;
            let evidence = answers(*step, day);
            walk.history.push(Taken { step: *step, on: day, evidence, elsewhere: false });
        }
        walk
    }

    fn with_papers(mut self, papers: &[Paper]) -> Self {
        self.facts.papers.extend(papers.iter().map(|paper| (*paper, Place::Branch)));
        self
    }

    fn road(&self) -> Road<'_> {
        Road {
            history: &self.history,
            facts: &self.facts,
            rules: &self.rules,
            calendar: &self.calendar,
        }
    }

    fn lacks(&self, step: CaseStep, evidence: &Evidence) -> Vec<Lack> {
        let today = day(2099, 1, 1);
        let verdict = self.road().judge(step, evidence, today);
        verdict.0.into_iter().map(|missing| missing.lack).collect()
    }

    /// Takes a step if it is possible.
    fn takes(&mut self, step: CaseStep, evidence: Evidence, today: NaiveDate) -> bool {
        let possible = self.road().judge(step, &evidence, today).is_possible();
        if let (true, Some(on)) = (possible, evidence.on) {
            self.history.push(Taken { step, on, evidence, elsewhere: false });
        }
        possible
    }

    fn deadlines(&self) -> Vec<(DeadlineKind, NaiveDate)> {
        deadlines(&self.history, &self.facts.papers, &self.rules, &self.calendar)
            .into_iter()
            .map(|deadline| (deadline.kind, deadline.on))
            .collect()
    }
}

fn fellow(id: i64) -> Fellow {
    Fellow { id: PersonId(id), official: true, months: 30 }
}

/// Answers nobody could object to.
fn answers(step: CaseStep, on: NaiveDate) -> Evidence {
    let mut evidence = Evidence { on: Some(on), ..Evidence::default() };
    for ask in step.asks() {
        match ask {
            Ask::Number => evidence.number = Some("05-NQ/CB".into()),
            Ask::Branch => evidence.branch = Some(UnitId(2)),
            Ask::Mentors | Ask::Introducers => {
                evidence.people = Some(vec![fellow(1), fellow(2)]);
            }
            Ask::BranchVotes | Ask::CommitteeVotes => {
                evidence.votes = Some(Votes { members: 9, excused: 0, in_favour: 9 });
            }
            Ask::Received => evidence.received = Some(on),
            Ask::Reason => evidence.reason = step.reasons().first().copied(),
            Ask::On | Ask::Consent => {}
        }
    }
    evidence
}

#[test]
fn thirty_working_days_around_tet_2027() {
    // Decided on a Friday under QĐ 208, which counts from the issue.
    let walk = Walk::until(CaseStep::CommitteeDecision, day(2027, 1, 15));
    assert_eq!(walk.deadlines(), [(DeadlineKind::Ceremony, day(2027, 3, 5))]);
    assert_eq!(walk.lacks(CaseStep::Admitted, &answers(CaseStep::Admitted, day(2027, 3, 5))), []);
    let mut late = answers(CaseStep::Admitted, day(2027, 3, 8));
    let limit = day(2027, 3, 5);
    assert_eq!(walk.lacks(CaseStep::Admitted, &late), [Lack::CeremonyLate { limit }]);
    late.consent = Some("12-CV/TU".into());
    assert_eq!(walk.lacks(CaseStep::Admitted, &late), []);
}

#[test]
fn a_case_keeps_the_rule_it_began_under() {
    // Decided the day before QĐ 208: counted from the receipt, whatever holds at the ceremony.
    let decided = day(2026, 7, 24);
    let mut walk = Walk::until(CaseStep::CommitteeDecision, decided);
    walk.history.last_mut().unwrap().evidence.received = Some(day(2026, 8, 3));
    assert_eq!(walk.deadlines(), [(DeadlineKind::Ceremony, day(2026, 9, 16))]);
    let mut walk = Walk::until(CaseStep::CommitteeDecision, day(2026, 7, 27));
    walk.history.last_mut().unwrap().evidence.received = Some(day(2026, 8, 3));
    assert_eq!(walk.deadlines(), [(DeadlineKind::Ceremony, day(2026, 9, 9))]);
}

#[rstest]
#[case(9, 0, 6, true)]
#[case(9, 0, 5, false)]
#[case(9, 1, 6, true)] // 2/3 of eight are six
#[case(9, 2, 5, true)]
#[case(9, 2, 4, false)]
fn a_vote_is_counted_over_all_less_the_excused(
    #[case] members: u32,
    #[case] excused: u32,
    #[case] in_favour: u32,
    #[case] enough: bool,
) {
    let walk = Walk::until(CaseStep::Dossier, day(2026, 8, 3)).with_papers(&VOTE_PAPERS);
    let mut evidence = answers(CaseStep::BranchVote, day(2026, 10, 5));
    evidence.votes = Some(Votes { members, excused, in_favour });
    let lacks = walk.lacks(CaseStep::BranchVote, &evidence);
    assert_eq!(lacks.is_empty(), enough, "{lacks:?}");
    assert!(enough || matches!(lacks[..], [Lack::TooFewVotes(_)]));
}

#[test]
fn a_vote_of_more_than_there_are_is_none() {
    let walk = Walk::until(CaseStep::Dossier, day(2026, 8, 3)).with_papers(&VOTE_PAPERS);
    let mut evidence = answers(CaseStep::BranchVote, day(2026, 10, 5));
    for (members, excused, in_favour) in [(9, 0, 10), (9, 1, 9), (9, 9, 0), (9, u32::MAX, u32::MAX)]
    {
        evidence.votes = Some(Votes { members, excused, in_favour });
        assert_eq!(walk.lacks(CaseStep::BranchVote, &evidence), [Lack::OddVotes]);
    }
    evidence.votes = Some(Votes { members: 8, excused: 0, in_favour: 8 });
    let known = Lack::OtherMembers { known: 9 };
    assert_eq!(walk.lacks(CaseStep::BranchVote, &evidence), [known]);
}

#[test]
fn age_is_counted_in_months() {
    let voted = day(2026, 10, 5);
    let walk = |born| {
        let mut walk = Walk::until(CaseStep::Dossier, day(2026, 8, 3)).with_papers(&VOTE_PAPERS);
        walk.facts.born = born;
        walk.lacks(CaseStep::BranchVote, &answers(CaseStep::BranchVote, voted))
    };
    assert_eq!(walk(Some(day(2008, 10, 5))), []);
    let until = day(2026, 10, 6);
    assert_eq!(walk(Some(day(2008, 10, 6))), [Lack::TooYoung { until }]);
    assert_eq!(walk(Some(day(1966, 10, 5))), []);
    assert_eq!(walk(Some(day(1966, 10, 4))), [Lack::TooOld { since: day(2026, 10, 4) }]);
    assert_eq!(walk(None), [Lack::NoBirthday]);
}

#[test]
fn a_certificate_is_good_for_its_months_and_then_studied_for_again() {
    let mut walk = Walk::until(CaseStep::AwarenessClass, day(2021, 10, 15));
    assert_eq!(walk.deadlines(), [(DeadlineKind::Certificate, day(2026, 10, 15))]);
    assert_eq!(walk.lacks(CaseStep::Dossier, &answers(CaseStep::Dossier, day(2026, 10, 15))), []);
    let late = answers(CaseStep::Dossier, day(2026, 10, 16));
    let expired = Lack::CertificateExpired { on: day(2026, 10, 15) };
    assert_eq!(walk.lacks(CaseStep::Dossier, &late), [expired]);
    let again = answers(CaseStep::AwarenessClass, day(2026, 10, 16));
    assert!(walk.takes(CaseStep::AwarenessClass, again, day(2026, 10, 16)));
    assert_eq!(walk.lacks(CaseStep::Dossier, &late), []);
}

#[test]
fn being_sent_to_a_class_is_no_certificate_until_one_is_noted() {
    let mut walk = Walk::until(CaseStep::AwarenessClass, day(2021, 10, 15));
    let dossier = answers(CaseStep::Dossier, day(2021, 11, 1));
    walk.history.last_mut().unwrap().evidence.studied = Some(Studied::Sent);
    assert_eq!(walk.deadlines(), []);
    assert_eq!(walk.lacks(CaseStep::Dossier, &dossier), [Lack::NoCertificate]);
    let again = answers(CaseStep::AwarenessClass, day(2021, 11, 1));
    assert_eq!(walk.lacks(CaseStep::AwarenessClass, &again), [Lack::NotNext], "already studying");
    let certified = Studied::Certified { number: "97/2021".into(), on: day(2021, 10, 29) };
    walk.history.last_mut().unwrap().evidence.studied = Some(certified);
    assert_eq!(walk.deadlines(), [(DeadlineKind::Certificate, day(2026, 10, 29))]);
    assert_eq!(walk.lacks(CaseStep::Dossier, &dossier), []);
}

#[test]
fn a_certificate_can_be_renewed_before_it_ends_and_counts_until_then() {
    let mut walk = Walk::until(CaseStep::AwarenessClass, day(2021, 10, 15));
    let early = answers(CaseStep::AwarenessClass, day(2026, 7, 17));
    assert_eq!(walk.lacks(CaseStep::AwarenessClass, &early), [Lack::NotNext]);
    let sent = Evidence {
        studied: Some(Studied::Sent),
        ..answers(CaseStep::AwarenessClass, day(2026, 7, 18))
    };
    assert!(walk.takes(CaseStep::AwarenessClass, sent, day(2026, 7, 18)));
    assert_eq!(walk.deadlines(), [(DeadlineKind::Certificate, day(2026, 10, 15))]);
    assert_eq!(walk.lacks(CaseStep::Dossier, &answers(CaseStep::Dossier, day(2026, 10, 1))), []);
}

#[test]
fn a_step_is_known_that_has_to_come_before_another() {
    let first = |until, step| {
        let walk = Walk::until(until, day(2026, 8, 3));
        walk.road().first_before(step, day(2026, 8, 4)).map(|(first, _)| first)
    };
    use CaseStep::*;
    assert_eq!(first(Mentored, AwarenessClass), Some(Sourced));
    assert_eq!(first(CommitteeDecision, NewMemberClass), Some(Admitted));
    assert_eq!(first(Introduced, AwarenessClass), None, "two steps away");
    assert_eq!(first(Admitted, NewMemberClass), None, "it can come now");
}

#[test]
fn who_is_beyond_the_age_of_the_youth_union_needs_two_who_know_them() {
    let on = day(2026, 10, 5);
    let mut evidence = answers(CaseStep::Dossier, on);
    evidence.people = Some(vec![fellow(1)]);
    let mut walk = Walk::until(CaseStep::AwarenessClass, day(2026, 8, 3));
    assert_eq!(walk.lacks(CaseStep::Dossier, &evidence), []);
    walk.facts.born = Some(on - Months::new(31 * 12));
    let few = Lack::IntroducersTooFew { needed: 2 };
    assert_eq!(walk.lacks(CaseStep::Dossier, &evidence), [few]);
    let new = Fellow { months: 11, ..fellow(2) };
    let probationary = Fellow { official: false, ..fellow(3) };
    evidence.people = Some(vec![new, probationary]);
    let short = Lack::KnownTooShort { who: new, needed: 12 };
    let expected = [Lack::NotOfficial(probationary), short];
    assert_eq!(walk.lacks(CaseStep::Dossier, &evidence), expected);
}

#[test]
fn recognition_waits_for_the_end_of_the_probation_and_counts_from_it() {
    use CaseStep::{NewMemberClass, Recognised, RecognitionVote};
    let admitted = day(2026, 8, 10);
    let mut walk = Walk::until(CaseStep::Admitted, admitted);
    let kinds: Vec<_> = walk.deadlines().into_iter().map(|(kind, _)| kind).collect();
    let expected = [DeadlineKind::MemberCv, DeadlineKind::Probation, DeadlineKind::Recognition];
    assert_eq!(kinds, expected);
    assert_eq!(walk.deadlines()[1].1, day(2027, 8, 10));
    let papers = walk.rules.papers_recognition.on(admitted).value.clone();
    walk = walk.with_papers(&papers);
    let early = answers(RecognitionVote, day(2027, 8, 9));
    let ends = day(2027, 8, 10);
    let expected = [Lack::ProbationUntil { ends }, Lack::NoNewMemberClass];
    assert_eq!(walk.lacks(RecognitionVote, &early), expected);
    let class = answers(NewMemberClass, day(2026, 12, 1));
    assert!(walk.takes(NewMemberClass, class, day(2027, 12, 1)));
    let late = day(2027, 11, 29);
    assert!(walk.takes(RecognitionVote, answers(RecognitionVote, late), late));
    let standing = walk.road().standing_after(Recognised, late);
    assert_eq!(standing, Some((crate::domain::people::Status::Official, ends)));
}

#[test]
fn a_dropped_candidate_comes_back_and_a_struck_off_member_waits() {
    let on = day(2026, 8, 3);
    for (last, from) in [(CaseStep::Sourced, None), (CaseStep::Admitted, Some(day(2029, 10, 5)))] {
        let mut walk = Walk::until(last, on);
        let dropped = day(2026, 10, 5);
        assert!(walk.takes(CaseStep::Dropped, answers(CaseStep::Dropped, dropped), dropped));
        let soon = day(2027, 1, 4);
        let lacks = walk.lacks(CaseStep::Returned, &answers(CaseStep::Returned, soon));
        assert_eq!(lacks, Vec::from_iter(from.map(|on| Lack::ReadmissionFrom { on })));
        let back = from.unwrap_or(soon);
        assert!(walk.takes(CaseStep::Returned, answers(CaseStep::Returned, back), back));
        assert_eq!(stage(&walk.history), Some(Stage::Guided));
    }
}

#[test]
fn the_end_of_a_road_is_its_end() {
    let on = day(2026, 10, 5);
    for (end, next) in [
        (CaseStep::Died, vec![]),
        // Only its file can go on, to another branch.
        (CaseStep::Transferred, vec![CaseStep::Received]),
    ] {
        let mut walk = Walk::until(CaseStep::Sourced, day(2026, 8, 3));
        assert!(walk.takes(end, answers(end, on), on));
        let possible: Vec<_> = walk.road().possible(on).into_iter().map(|(step, _)| step).collect();
        assert_eq!(possible, next);
    }
}

#[test]
fn a_list_waits_for_the_committee_where_the_rule_says_so() {
    use CaseStep::{AwarenessClass, Dossier, SentBack, SourceApproved, Sourced};
    let on = day(2026, 10, 5);
    let mut walk = Walk::until(Sourced, day(2026, 8, 3));
    let since = day(2026, 8, 3);
    assert_eq!(
        walk.lacks(AwarenessClass, &answers(AwarenessClass, on)),
        [Lack::NotApproved { since }]
    );
    let verdict = walk.road().judge(AwarenessClass, &answers(AwarenessClass, on), on);
    let source = verdict.0[0].source.as_ref().expect("a rule");
    assert_eq!(source.cite, "HD 09-HD/BTCTW (05/6/2017), 1.1.d");
    assert_eq!(verdict.0[0].lack.mender(), Who::Committee);

    // Returned, put on the list again, and approved once.
    assert!(walk.takes(SentBack, answers(SentBack, on), on));
    assert_eq!(stage(&walk.history), Some(Stage::Guided));
    assert!(walk.takes(Sourced, answers(Sourced, on), on));
    assert!(walk.takes(SourceApproved, answers(SourceApproved, on), on));
    assert_eq!(stage(&walk.history), Some(Stage::Source));
    for step in [SourceApproved, SentBack] {
        assert_eq!(walk.lacks(step, &answers(step, on)), [Lack::NotNext], "{step}");
    }
    assert!(walk.takes(AwarenessClass, answers(AwarenessClass, on), on));

    // A list made before the rule needs nobody.
    let old = Walk::until(Sourced, day(2017, 6, 4));
    assert_eq!(old.lacks(AwarenessClass, &answers(AwarenessClass, on)), []);
    assert_eq!(old.lacks(SourceApproved, &answers(SourceApproved, on)), [Lack::NotNext]);

    // Who comes back with a certificate that is still good is listed and approved anew.
    let mut back = Walk::until(AwarenessClass, day(2026, 8, 3));
    for step in [CaseStep::Dropped, CaseStep::Returned, Sourced] {
        assert!(back.takes(step, answers(step, on), on));
    }
    assert_eq!(back.lacks(Dossier, &answers(Dossier, on)), [Lack::NotApproved { since: on }]);
}

#[test]
fn a_case_goes_on_in_another_branch_where_it_stood() {
    use CaseStep::{Received, Transferred};
    let on = day(2026, 10, 5);
    for last in [CaseStep::Mentored, CaseStep::BranchVote, CaseStep::Admitted] {
        let mut walk = Walk::until(last, day(2026, 8, 3));
        let stood = stage(&walk.history);
        assert!(walk.takes(Transferred, answers(Transferred, on), on));
        let limit = walk.calendar.add_working_days(on, 60);
        assert_eq!(walk.deadlines(), [(DeadlineKind::Transfer, limit)]);
        // Also in the one it left.
        let mut told = answers(Received, on);
        told.branch = Some(HERE);
        assert_eq!(walk.lacks(Received, &told), []);
        assert!(walk.takes(Received, answers(Received, on), on));
        assert_eq!(stage(&walk.history), stood);
    }
}

#[test]
fn a_case_is_sent_back_one_stage_for_a_reason() {
    let on = day(2026, 10, 5);
    for (last, to) in [
        (CaseStep::Dossier, Stage::Taught),
        (CaseStep::BranchVote, Stage::Dossier),
        (CaseStep::CommitteeDecision, Stage::Voted),
        (CaseStep::RecognitionVote, Stage::Probationary),
    ] {
        let mut walk = Walk::until(last, day(2026, 8, 3));
        let mut evidence = answers(CaseStep::SentBack, on);
        evidence.reason = Some(Reason::Wish);
        assert_eq!(walk.lacks(CaseStep::SentBack, &evidence), [Lack::OtherReason]);
        evidence.reason = Some(Reason::Papers);
        assert!(walk.takes(CaseStep::SentBack, evidence, on));
        assert_eq!(stage(&walk.history), Some(to));
    }
}

#[test]
fn the_day_of_a_step_lies_between_the_last_one_and_today() {
    let walk = Walk::until(CaseStep::Introduced, day(2026, 8, 3));
    let early = answers(CaseStep::Mentored, day(2026, 8, 2));
    let last = day(2026, 8, 3);
    assert_eq!(walk.lacks(CaseStep::Mentored, &early), [Lack::BeforeLast { last }]);
    let ahead = answers(CaseStep::Mentored, day(2026, 8, 5));
    let verdict = walk.road().judge(CaseStep::Mentored, &ahead, day(2026, 8, 4));
    assert_eq!(verdict.0[0].lack, Lack::InFuture);
}
