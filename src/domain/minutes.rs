//! What a branch meeting leaves behind: who was there, how it voted, how it judged itself, and the
//! numbers of its papers.
//!
//! Only official members vote (Điều lệ Đảng, Điều 3: a probationary member has no vote). What is
//! carried, and from which score a band begins, are settings, because local guidance differs.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use super::name::Name;
use super::report::Recommendation;
use super::text::fold;
use super::typed::Typed;
use super::units::UnitName;
use super::words;

words! {
    /// Điểm danh.
    Presence {
        /// có mặt
        Present = "present",
        /// vắng có lý do
        Excused = "excused",
        /// vắng không có lý do
        Unexcused = "unexcused",
    }
}

impl Presence {
    /// What one more tap makes of it.
    pub fn next(self) -> Self {
        match self {
            Self::Present => Self::Excused,
            Self::Excused => Self::Unexcused,
            Self::Unexcused => Self::Present,
        }
    }
}

words! {
    /// What a meeting goes through, in the order of the settings.
    AgendaItem {
        /// khai mạc, nêu lý do
        Opening = "opening",
        /// cử thư ký
        Taker = "taker",
        /// điểm danh
        Roll = "roll",
        /// đảng phí
        Dues = "dues",
        /// thông qua chương trình
        Programme = "programme",
        /// báo cáo tháng
        Report = "report",
        /// công tác phát triển đảng
        Development = "development",
        /// thảo luận
        Discussion = "discussion",
        /// kết luận
        Conclusion = "conclusion",
        /// phân công
        Duties = "duties",
        /// biểu quyết
        Vote = "vote",
        /// tự chấm điểm
        Score = "score",
        /// thông qua biên bản
        Minutes = "minutes",
    }
}

words! {
    /// How good a meeting was, by its own score.
    Band {
        /// tốt
        Good = "tot",
        /// khá
        Fair = "kha",
        /// trung bình
        Average = "trung_binh",
        /// kém
        Poor = "kem",
    }
}

/// The highest score a meeting gives itself.
pub const FULL_SCORE: u32 = 100;

/// From which score on each band begins; below the last it is poor. The defaults are local practice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bands {
    pub good_from: u32,
    pub fair_from: u32,
    pub average_from: u32,
}

impl Bands {
    pub fn of(self, score: u32) -> Band {
        if score >= self.good_from {
            Band::Good
        } else if score >= self.fair_from {
            Band::Fair
        } else if score >= self.average_from {
            Band::Average
        } else {
            Band::Poor
        }
    }
}

/// The voices of a vote: tán thành, không tán thành, ý kiến khác.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Votes {
    pub in_favour: u32,
    pub against: u32,
    pub other: u32,
}

impl Votes {
    pub fn unanimous(voters: u32) -> Self {
        Self { in_favour: voters, against: 0, other: 0 }
    }

    pub fn sum(self) -> u32 {
        self.in_favour + self.against + self.other
    }

    /// Whether more than `percent` of all official members of the branch, present or not, are in
    /// favour. Điều lệ Đảng, Điều 9: a resolution needs more than half of the members.
    pub fn carried(self, officials: u32, percent: u32) -> bool {
        self.in_favour * 100 > officials * percent
    }

    /// Reads votes as people type them: `6 0 1`, `6/0/1`, `6 tán thành, 1 ý kiến khác`, `tán thành
    /// 6`. Three bare numbers are in the order of the fields, and one alone is all that are in
    /// favour; a voice that is named may be left out when it is nobody's.
    pub fn parse(text: &str) -> Result<Self, NotVotes> {
        if has_minus(text) {
            return Err(NotVotes::Negative);
        }
        let folded = fold(text).replace(['/', '-', ':'], " ");
        let words: Vec<&str> = folded.split_whitespace().collect();
        let numbers: Vec<u32> = words.iter().filter_map(|word| number(word)).collect();
        if numbers.is_empty() || numbers.len() != words.len() {
            return Self::from_words(&words).ok_or(NotVotes::Unclear);
        }
        match numbers[..] {
            [in_favour, against, other] => Ok(Self { in_favour, against, other }),
            [all] => Ok(Self::unanimous(all)),
            _ => Err(NotVotes::Unclear),
        }
    }

    fn from_words(words: &[&str]) -> Option<Self> {
        let number_first = number(words.first()?).is_some();
        let mut found: [Option<u32>; 3] = [None; 3];
        let mut rest = words;
        while !rest.is_empty() {
            let split = |words: &[&str], numeric: bool| {
                words.iter().take_while(|word| number(word).is_some() == numeric).count()
            };
            let first = split(rest, number_first);
            let second = split(&rest[first..], !number_first);
            let (one, two) = (&rest[..first], &rest[first..first + second]);
            let (count, name) = if number_first { (one, two) } else { (two, one) };
            let [count] = count else { return None };
            let voice = found.get_mut(voice(&name.join(" "))?)?;
            if voice.replace(number(count)?).is_some() {
                return None;
            }
            rest = &rest[first + second..];
        }
        let [in_favour, against, other] = found.map(Option::unwrap_or_default);
        Some(Self { in_favour, against, other })
    }
}

/// Why a text is no votes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotVotes {
    Unclear,
    /// A number below nought.
    Negative,
}

/// Whether a number stands behind a minus. A dash behind a digit only parts it from the next.
fn has_minus(text: &str) -> bool {
    let minus = |c| matches!(c, '-' | '\u{2212}' | '\u{2013}' | '\u{2014}');
    let chars: Vec<char> = text.chars().collect();
    chars.iter().enumerate().any(|(i, c)| {
        let alone = i == 0 || !chars[i - 1].is_alphanumeric();
        minus(*c) && alone && chars.get(i + 1).is_some_and(char::is_ascii_digit)
    })
}

/// A number of at most four digits.
fn number(word: &str) -> Option<u32> {
    let plain = word.len() <= 4 && word.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| word.parse().ok()).flatten()
}

/// Which field of [`Votes`] folded words name.
fn voice(name: &str) -> Option<usize> {
    let name = name.trim_start_matches("phieu ").trim_start_matches("dong chi ");
    Some(match name {
        "tan thanh" | "dong y" | "thuan" | "in favour" | "yes" => 0,
        "khong tan thanh" | "khong dong y" | "khong" | "phan doi" | "against" | "no" => 1,
        "y kien khac" | "khac" | "y kien khac nhau" | "other" => 2,
        _ => return None,
    })
}

words! {
    /// A paper that a closed meeting has.
    PaperKind {
        /// biên bản
        Minutes = "minutes",
        /// nghị quyết
        Resolution = "resolution",
    }
}

impl PaperKind {
    /// Number and sign as they stand on the paper: `05-NQ/CB`.
    pub fn sign(self, number: u32) -> String {
        format!("{number:02}-{}/CB", self.letters())
    }

    fn letters(self) -> &'static str {
        match self {
            Self::Minutes => "BB",
            Self::Resolution => "NQ",
        }
    }

    /// Reads the number of a paper of this kind as people type it: `5`, `số 05`, `05-NQ/CB`. `None`
    /// if it is none, or a paper's of another kind; numbers begin with 1.
    pub fn read_number(self, text: &str) -> Option<u32> {
        let folded = fold(text);
        let typed = folded.strip_prefix("so ").unwrap_or(&folded);
        let end = typed.find(|c: char| !c.is_ascii_digit()).unwrap_or(typed.len());
        let (digits, sign) = typed.split_at(end);
        let sign: String = sign.chars().filter(|c| c.is_ascii_alphanumeric()).collect();
        let letters = self.letters().to_lowercase();
        let is_own = sign.is_empty() || sign == letters || sign == format!("{letters}cb");
        let is_bare = typed.len() == end || typed[end..].starts_with(['-', '/', ' ']);
        number(digits).filter(|number| *number > 0 && is_own && is_bare)
    }
}

/// Everything that the papers of a closed meeting say. Names stand in full: papers go only where
/// they may be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The unit above the branch.
    pub above: UnitName,
    pub unit: UnitName,
    /// What a thematic meeting was about; `None`: it was the month's regular one.
    pub topic: Option<Typed>,
    /// Town or province, for the line of place and date; empty: left open.
    pub locality: String,
    /// Where the meeting was held.
    pub place: Typed,
    /// Local time of the organisation, as is `ended`.
    pub began: NaiveDateTime,
    pub ended: NaiveDateTime,
    pub roll: Vec<Attendee>,
    pub chair: Name,
    pub taker: Name,
    /// Who signs the resolution: the secretary, or in their absence, or where there is none, a
    /// deputy who was there.
    pub signer: Name,
    pub signed_by_deputy: bool,
    pub conclusions: Vec<Concluded>,
    pub duties: Vec<Given>,
    /// The branch's own score, and the band it falls into.
    pub score: Option<(u32, Band)>,
    /// The papers there are, with their numbers.
    pub papers: Vec<(PaperKind, u32)>,
}

/// A member of the branch on the day of the meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attendee {
    pub name: Name,
    pub presence: Presence,
    pub reason: Option<Typed>,
    pub official: bool,
}

/// What was said of a candidate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Concluded {
    pub name: Name,
    /// Whether they are a (probationary) member, and so a comrade.
    pub member: bool,
    pub conclusion: Option<Typed>,
    pub recommendation: Option<Recommendation>,
    pub votes: Option<Votes>,
    pub carried: bool,
}

/// What somebody was given to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    pub name: Name,
    pub what: Typed,
    pub due: NaiveDate,
}

impl Record {
    /// The number of a paper, if the meeting has that paper.
    pub fn number(&self, kind: PaperKind) -> Option<u32> {
        self.papers.iter().find(|(known, _)| *known == kind).map(|(_, number)| *number)
    }

    /// The official members of the branch, there or not.
    pub fn officials(&self) -> usize {
        self.roll.iter().filter(|one| one.official).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn votes(in_favour: u32, against: u32, other: u32) -> Result<Votes, NotVotes> {
        Ok(Votes { in_favour, against, other })
    }

    #[test]
    fn votes_are_read_as_they_are_typed() {
        for (typed, read) in [
            ("6 0 1", votes(6, 0, 1)),
            ("6/0/1", votes(6, 0, 1)),
            ("6-0-1", votes(6, 0, 1)),
            ("6, 0, 1", votes(6, 0, 1)),
            ("6 tan thanh 1 khac", votes(6, 0, 1)),
            ("6 tán thành, 1 ý kiến khác", votes(6, 0, 1)),
            ("Tán thành: 5; không tán thành: 2", votes(5, 2, 0)),
            ("5 đồng ý 1 không đồng ý 1 khác", votes(5, 1, 1)),
            ("7 phiếu tán thành", votes(7, 0, 0)),
            ("6 - 0 - 1", votes(6, 0, 1)),
            ("6", votes(6, 0, 0)),
        ] {
            assert_eq!(Votes::parse(typed), read, "{typed}");
        }
    }

    #[test]
    fn what_is_no_vote_is_refused() {
        for typed in [
            "",
            "-",
            "6 1",
            "6 0 1 0",
            "sáu",
            "6 tán thành 1 tán thành",
            "6 tán thành khác",
            "6 1 tán thành",
            "6 tuyệt vời",
            "99999 0 0",
        ] {
            assert_eq!(Votes::parse(typed), Err(NotVotes::Unclear), "{typed:?}");
        }
        for typed in ["2 1 -1", "-1", "2,-1,1", "2 1 \u{2212}1", "-1 tán thành"] {
            assert_eq!(Votes::parse(typed), Err(NotVotes::Negative), "{typed:?}");
        }
    }

    #[test]
    fn a_resolution_needs_more_than_the_share_of_all_official_members() {
        let carried = |yes: u32, of: u32| Votes::unanimous(yes).carried(of, 50);
        assert!(carried(4, 7) && carried(3, 5) && carried(1, 1));
        assert!(!carried(3, 6) && !carried(3, 7) && !carried(0, 0));
    }

    #[test]
    fn a_band_begins_at_its_score() {
        let bands = Bands { good_from: 90, fair_from: 70, average_from: 50 };
        for (score, band) in [
            (100, Band::Good),
            (90, Band::Good),
            (89, Band::Fair),
            (70, Band::Fair),
            (69, Band::Average),
            (50, Band::Average),
            (49, Band::Poor),
            (0, Band::Poor),
        ] {
            assert_eq!(bands.of(score), band, "{score}");
        }
    }

    #[test]
    fn papers_are_numbered_with_two_digits_at_least() {
        assert_eq!(PaperKind::Resolution.sign(5), "05-NQ/CB");
        assert_eq!(PaperKind::Minutes.sign(112), "112-BB/CB");
    }

    #[test]
    fn the_number_of_a_paper_is_read_as_it_is_typed() {
        for typed in ["5", "05", "số 5", "SO 05", "05-NQ/CB", "5 nq/cb", " 05 - NQ/CB "] {
            assert_eq!(PaperKind::Resolution.read_number(typed), Some(5), "{typed}");
        }
        for typed in ["", "0", "00", "-5", "năm", "05-BB/CB", "5.5", "5 6", "99999", "5nq", "mai"]
        {
            assert_eq!(PaperKind::Resolution.read_number(typed), None, "{typed}");
        }
        assert_eq!(PaperKind::Minutes.read_number("12-BB/CB"), Some(12));
    }

    #[test]
    fn three_taps_lead_back() {
        for presence in Presence::ALL {
            assert_eq!(presence.next().next().next(), *presence);
        }
    }

    proptest! {
        #[test]
        fn any_three_numbers_are_votes(a in 0u32..9999, b in 0u32..9999, c in 0u32..9999) {
            prop_assert_eq!(Votes::parse(&format!("{a} {b} {c}")), votes(a, b, c));
            prop_assert_eq!(
                Votes::parse(&format!("{a} tán thành {b} không tán thành {c} ý kiến khác")),
                votes(a, b, c)
            );
        }

        #[test]
        fn noise_is_survived(text in "\\PC{0,60}") {
            let _ = Votes::parse(&text);
            let _ = PaperKind::Minutes.read_number(&text);
        }
    }
}
