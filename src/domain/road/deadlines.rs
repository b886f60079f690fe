//! The limits that run while a case stands where it stands, each measured by the version of the rule
//! that was in force when it began.

use std::collections::BTreeMap;

use chrono::{Months, NaiveDate};

use super::guards::{certificate, current};
use super::{CaseStep, Paper, Place, Stage, Taken, stage};
use crate::domain::calendar::Calendar;
use crate::domain::regulations::{CountedFrom, Regulations, Source};
use crate::domain::words;

words! {
    /// What ends on a day.
    DeadlineKind {
        /// giấy chứng nhận học lớp nhận thức về Đảng hết giá trị
        Certificate = "certificate",
        /// hạn tổ chức lễ kết nạp
        Ceremony = "ceremony",
        /// hạn khai lý lịch đảng viên
        MemberCv = "member_cv",
        /// hết thời gian dự bị
        Probation = "probation",
        /// hạn chi bộ xét công nhận
        Recognition = "recognition",
        /// hạn chuyển sinh hoạt
        Transfer = "transfer",
    }
}

impl DeadlineKind {
    /// Whether it is counted in working days, so that a list of holidays can move it.
    pub const fn counts_working_days(self) -> bool {
        !matches!(self, Self::Certificate | Self::Probation)
    }

    /// Whether something was left undone when it has passed. The end of the probation is only the
    /// beginning of the limit for recognition.
    pub const fn can_be_missed(self) -> bool {
        !matches!(self, Self::Probation)
    }
}

/// A limit and its last day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    pub kind: DeadlineKind,
    pub on: NaiveDate,
    pub source: Source,
}

/// The last day for the ceremony, if the committee has decided.
pub(super) fn ceremony(
    history: &[Taken],
    rules: &Regulations,
    calendar: &Calendar,
) -> Option<Deadline> {
    let decided = current(history, CaseStep::CommitteeDecision)?;
    let rule = rules.ceremony_within.on(decided.on);
    let start = match rules.ceremony_counted_from.on(decided.on).value {
        CountedFrom::Issue => decided.on,
        CountedFrom::Receipt => decided.evidence.received.unwrap_or(decided.on),
    };
    Some(Deadline {
        kind: DeadlineKind::Ceremony,
        on: calendar.add_working_days(start, rule.value.0),
        source: rule.source.clone(),
    })
}

/// The last day of the probation, if there was a ceremony. The branch considers recognition from
/// this day on.
pub(super) fn probation(history: &[Taken], rules: &Regulations) -> Option<Deadline> {
    let admitted = current(history, CaseStep::Admitted)?;
    let rule = rules.probation.on(admitted.on);
    Some(Deadline {
        kind: DeadlineKind::Probation,
        on: admitted.on + Months::new(rule.value.0),
        source: rule.source.clone(),
    })
}

/// The limits that are running, the earliest first.
pub fn deadlines(
    history: &[Taken],
    papers: &BTreeMap<Paper, Place>,
    rules: &Regulations,
    calendar: &Calendar,
) -> Vec<Deadline> {
    let Some(stage) = stage(history) else { return Vec::new() };
    let mut found = Vec::new();
    if stage.needs_certificate() {
        found.extend(certificate(history, rules));
    }
    if stage == Stage::Decided {
        found.extend(ceremony(history, rules, calendar));
    }
    if stage == Stage::Probationary {
        found.extend(member_cv(history, papers, rules, calendar));
        if let Some(probation) = probation(history, rules) {
            let rule = rules.recognition_within.on(probation.on);
            found.push(Deadline {
                kind: DeadlineKind::Recognition,
                on: calendar.add_working_days(probation.on, rule.value.0),
                source: rule.source.clone(),
            });
            found.push(probation);
        }
    }
    if stage == Stage::Transferred {
        found.extend(history.last().map(|left| {
            let rule = rules.transfer_within.on(left.on);
            Deadline {
                kind: DeadlineKind::Transfer,
                on: calendar.add_working_days(left.on, rule.value.0),
                source: rule.source.clone(),
            }
        }));
    }
    found.sort_by_key(|deadline| deadline.on);
    found
}

/// The limit for the member's CV, until it is there.
fn member_cv(
    history: &[Taken],
    papers: &BTreeMap<Paper, Place>,
    rules: &Regulations,
    calendar: &Calendar,
) -> Option<Deadline> {
    let admitted = current(history, CaseStep::Admitted)?;
    let rule = rules.cv_within.on(admitted.on);
    (!papers.contains_key(&Paper::MemberCv)).then(|| Deadline {
        kind: DeadlineKind::MemberCv,
        on: calendar.add_working_days(admitted.on, rule.value.0),
        source: rule.source.clone(),
    })
}
