//! The classes that a committee sends people to, and what becomes of whoever was sent. When somebody
//! may be sent is for the road's guards to say (see [`super::road`]).

use chrono::NaiveDate;

use super::road::{CaseStep, Paper, paper_number};
use super::words;

words! {
    ClassKind {
        /// lớp bồi dưỡng nhận thức về Đảng
        Awareness = "awareness",
        /// lớp bồi dưỡng đảng viên mới
        NewMember = "new_member",
    }
}

words! {
    /// What became of somebody who was sent.
    Outcome {
        /// được cấp giấy chứng nhận
        Certified = "certified",
        /// không dự học
        Absent = "absent",
        /// dự học, không đạt
        Failed = "failed",
    }
}

/// Longest number of a document, in characters.
pub const NUMBER_LIMIT: usize = 40;

impl ClassKind {
    /// The step that being sent is on the road.
    pub const fn step(self) -> CaseStep {
        match self {
            Self::Awareness => CaseStep::AwarenessClass,
            Self::NewMember => CaseStep::NewMemberClass,
        }
    }

    /// The certificate that it ends with.
    pub const fn paper(self) -> Paper {
        match self {
            Self::Awareness => Paper::Certificate,
            Self::NewMember => Paper::NewMemberCertificate,
        }
    }
}

impl Outcome {
    /// Whether having been sent still counts as a step on the road.
    pub const fn keeps_the_step(self) -> bool {
        matches!(self, Self::Certified)
    }
}

/// The day on which somebody is sent: a class that has begun is entered from its first day on, one
/// to come on the day it is decided.
pub fn sent_on(first: NaiveDate, today: NaiveDate) -> NaiveDate {
    first.min(today)
}

/// Whether a text can be the number of a document.
pub fn is_number(text: &str) -> bool {
    paper_number(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::fixture::day;

    #[test]
    fn who_is_sent_to_a_class_to_come_is_sent_today() {
        let today = day(2018, 12, 3);
        assert_eq!(sent_on(day(2018, 12, 10), today), today);
        assert_eq!(sent_on(day(2018, 11, 12), today), day(2018, 11, 12));
    }

    #[test]
    fn a_number_has_a_digit_and_is_short() {
        for (text, fits) in [
            ("88-CV/ĐU", true),
            ("105", true),
            ("5", false),
            ("24/11/2018", false),
            ("không có", false),
            ("", false),
            (&"1".repeat(41), false),
        ] {
            assert_eq!(is_number(text), fits, "{text}");
        }
    }
}
