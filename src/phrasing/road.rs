//! Sentences about a candidate's road and the rules it is held to.

use chrono::NaiveDate;

use crate::domain::calendar::Calendar;
use crate::domain::ids::PersonId;
use crate::domain::regulations::{Measure, Source};
use crate::domain::road::{
    Ask, CaseStep, Deadline, DeadlineKind, Evidence, Guidance, Lack, Missing, Paper, Place, Reason,
    Stage, Studied, Taken, Tally, Who,
};
use crate::domain::units::UnitTree;
use crate::message::{Arg, Phrase};

/// What a rule says: "60 tháng".
pub fn measure(measure: &Measure) -> Phrase {
    match measure {
        Measure::Years(n) => Phrase::new("measure-years").with("count", *n),
        Measure::Months(n) => Phrase::new("measure-months").with("count", *n),
        Measure::WorkingDays(n) => Phrase::new("measure-working-days").with("count", *n),
        Measure::Persons(n) => Phrase::new("measure-persons").with("count", *n),
        Measure::Share(share) => {
            Phrase::new("measure-share").with("part", share.part()).with("whole", share.whole())
        }
        Measure::CountedFrom(day) => Phrase::new(format!("counted-from-{day}")),
        Measure::ListApproval(by) => Phrase::new(format!("approved-by-{by}")),
        Measure::Papers(list) => Phrase::new("measure-papers").with("papers", papers(list)),
    }
}

/// The document a rule comes from, and that it is unconfirmed if it is.
pub fn source(source: &Source) -> Phrase {
    let key = if source.confirmed { "source-confirmed" } else { "source-unconfirmed" };
    Phrase::new(key).with("cite", Arg::unmasked(source.cite.as_str())).with("from", source.from)
}

pub fn stage(stage: Stage) -> Phrase {
    Phrase::new(format!("stage-{stage}"))
}

pub fn step(step: CaseStep) -> Phrase {
    Phrase::new(format!("step-{step}"))
}

pub fn paper(paper: Paper) -> Phrase {
    Phrase::new(format!("paper-{paper}"))
}

pub fn papers(list: &[Paper]) -> Arg {
    Arg::List(list.iter().map(|one| paper(*one).into()).collect())
}

pub fn place(place: Place) -> Phrase {
    Phrase::new(format!("place-{place}"))
}

pub fn dropped_for(reason: Reason) -> Phrase {
    Phrase::new(format!("reason-{reason}"))
}

pub fn deadline(kind: DeadlineKind) -> Phrase {
    Phrase::new(format!("deadline-{kind}"))
}

/// That limits among these may still move, because the holidays of a year before they end are not
/// listed.
pub fn unlisted(
    calendar: &Calendar,
    today: NaiveDate,
    limits: impl IntoIterator<Item = (DeadlineKind, NaiveDate)>,
) -> Option<Phrase> {
    let counted = limits.into_iter().filter(|(kind, _)| kind.counts_working_days());
    let years = calendar.unlisted(today, counted.map(|(_, on)| on).max()?);
    // As text: a year is no amount.
    let years: Vec<Arg> = years.iter().map(Arg::figures).collect();
    (!years.is_empty()).then(|| Phrase::new("limit-unlisted").with("years", Arg::List(years)))
}

pub fn who(who: Who) -> Phrase {
    Phrase::new(format!("who-{who}"))
}

/// All that a step was told beside its day, in the order it was asked.
pub fn told(step: CaseStep, told: &Evidence, units: &UnitTree) -> Vec<Phrase> {
    let mut said = Vec::new();
    if let Some(branch) = told.branch {
        said.push(Phrase::new("told-branch").with("unit", units.name(branch)));
    }
    if let Some(number) = &told.number {
        said.push(
            Phrase::new("told-number")
                .with("number", Arg::Typed(number.clone()))
                .with("place", place(step.kept())),
        );
    }
    if let Some(fellows) = &told.people {
        let key =
            if step.guidance() == Guidance::Begins { "told-mentors" } else { "told-introducers" };
        let ids: Vec<PersonId> = fellows.iter().map(|fellow| fellow.id).collect();
        said.push(Phrase::new(key).with("people", names(&ids)));
    }
    if let Some(votes) = told.votes {
        let key = if votes.excused == 0 { "told-votes" } else { "told-votes-excused" };
        said.push(
            Phrase::new(key)
                .with("favour", votes.in_favour)
                .with("members", votes.members)
                .with("excused", votes.excused),
        );
    }
    if let Some(received) = told.received {
        said.push(Phrase::new("told-received").with("on", received));
    }
    if let Some(reason) = told.reason {
        said.push(Phrase::new("told-reason").with("reason", dropped_for(reason)));
    }
    if let Some(consent) = &told.consent {
        said.push(Phrase::new("told-consent").with("number", Arg::Typed(consent.clone())));
    }
    match &told.studied {
        Some(Studied::Certified { number, on }) => said.push(
            Phrase::new("told-certificate")
                .with("number", Arg::Typed(number.clone()))
                .with("on", *on),
        ),
        Some(Studied::Sent) => said.push(Phrase::new("told-no-certificate")),
        None => {}
    }
    said
}

/// A step that was taken, with its day and what it was told.
pub fn taken(taken: &Taken, units: &UnitTree) -> Phrase {
    let what = match taken.is_arrival() {
        true => Phrase::new("arrive-step"),
        false => step(taken.step),
    };
    let line = Phrase::new("page-step").with("on", taken.on).with("step", what);
    let said = match taken.elsewhere {
        true => elsewhere(&taken.evidence),
        false => told(taken.step, &taken.evidence, units),
    };
    if said.is_empty() {
        return line;
    }
    let said = said.into_iter().map(Arg::from).collect();
    Phrase::new("page-step-told").with("line", line).with("told", Arg::List(said))
}

/// What is known of a step that was taken in another organisation, whose papers are in the file.
fn elsewhere(evidence: &Evidence) -> Vec<Phrase> {
    let number = evidence.number.clone().map(Arg::Typed);
    let paper = number.map(|number| Phrase::new("told-elsewhere-number").with("number", number));
    [Phrase::new("told-elsewhere")].into_iter().chain(paper).collect()
}

/// A limit with the days that are left, or that it is over.
pub fn limit(limit: &Deadline, today: NaiveDate) -> Phrase {
    let left = (limit.on - today).num_days();
    let key = if left < 0 { "page-limit-over" } else { "page-limit" };
    Phrase::new(key)
        .with("kind", deadline(limit.kind))
        .with("on", limit.on)
        .with("days", left.abs())
        .with("source", source(&limit.source))
}

/// Members, in the order they were named.
pub fn names(ids: &[PersonId]) -> Arg {
    Arg::List(ids.iter().copied().map(Arg::Who).collect())
}

/// Who of several kinds can do something.
pub fn any_of(kinds: &[Who]) -> Arg {
    Arg::List(kinds.iter().map(|kind| who(*kind).into()).collect())
}

/// A vote with its arithmetic: how many there are, who does not count, what is needed.
pub fn tally(tally: &Tally) -> Phrase {
    Phrase::new("road-tally")
        .with("favour", tally.votes.in_favour)
        .with("members", tally.votes.members)
        .with("excused", tally.votes.excused)
        .with("counted", tally.counted)
        .with("needed", tally.needed)
        .with("part", tally.share.part())
        .with("whole", tally.share.whole())
}

/// What a step lacks, the rule it follows from, and who can mend it.
pub fn missing(missing: &Missing) -> Phrase {
    let what = lack(&missing.lack);
    let mender = who(missing.lack.mender());
    match &missing.source {
        Some(rule) => Phrase::new("road-missing-by-rule")
            .with("what", what)
            .with("mender", mender)
            .with("source", source(rule)),
        None => Phrase::new("road-missing").with("what", what).with("mender", mender),
    }
}

/// What is lacking, without the rule.
pub fn lack(lack: &Lack) -> Phrase {
    match lack {
        Lack::NotNext => Phrase::new("lack-not-next"),
        Lack::Unanswered(ask) => Phrase::new("lack-unanswered").with("ask", asked(*ask)),
        Lack::InFuture => Phrase::new("lack-in-future"),
        Lack::BeforeLast { last } => Phrase::new("lack-before-last").with("last", *last),
        Lack::OddReceipt => Phrase::new("lack-odd-receipt"),
        Lack::NoBirthday => Phrase::new("lack-no-birthday"),
        Lack::TooYoung { until } => Phrase::new("lack-too-young").with("until", *until),
        Lack::TooOld { since } => Phrase::new("lack-too-old").with("since", *since),
        Lack::NoMentor => Phrase::new("lack-no-mentor"),
        Lack::TooManyMentors { most } => Phrase::new("lack-too-many-mentors").with("most", *most),
        Lack::NotOfficial(who) => Phrase::new("lack-not-official").with("who", who.id),
        Lack::IntroducersTooFew { needed } => {
            Phrase::new("lack-introducers-too-few").with("needed", *needed)
        }
        Lack::KnownTooShort { who, needed } => Phrase::new("lack-known-too-short")
            .with("who", who.id)
            .with("months", who.months)
            .with("needed", *needed),
        Lack::NotApproved { since } => Phrase::new("lack-not-approved").with("since", *since),
        Lack::NoCertificate => Phrase::new("lack-no-certificate"),
        Lack::CertificateExpired { on } => Phrase::new("lack-certificate-expired").with("on", *on),
        Lack::Papers(list) => Phrase::new("lack-papers").with("papers", papers(list)),
        Lack::OddVotes => Phrase::new("lack-odd-votes"),
        Lack::OtherMembers { known } => Phrase::new("lack-other-members").with("known", *known),
        Lack::TooFewVotes(votes) => Phrase::new("lack-too-few-votes").with("tally", tally(votes)),
        Lack::CeremonyLate { limit } => Phrase::new("lack-ceremony-late").with("limit", *limit),
        Lack::ProbationUntil { ends } => Phrase::new("lack-probation-until").with("ends", *ends),
        Lack::NoNewMemberClass => Phrase::new("lack-no-new-member-class"),
        Lack::ReadmissionFrom { on } => Phrase::new("lack-readmission-from").with("on", *on),
        Lack::OtherReason => Phrase::new("lack-other-reason"),
    }
}

/// What a question asks for, in a word.
pub fn asked(ask: Ask) -> Phrase {
    Phrase::new(format!("asked-{ask}"))
}
