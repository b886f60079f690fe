//! The monthly report of a mentor on a candidate (báo cáo theo dõi, giúp đỡ): its ratings, its
//! recommendation, and the one-line form for those who type.

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use super::ids::{CaseId, MeetingId, PersonId};
use super::people::Status;
use super::text::fold;
use super::typed::Typed;
use super::words;

words! {
    Rating {
        /// tốt
        Good = "tot",
        /// khá
        Fair = "kha",
        /// trung bình
        Average = "trung_binh",
        /// yếu
        Weak = "yeu",
    }
}

words! {
    /// What is rated, in the order it is asked.
    Aspect {
        /// chính trị tư tưởng
        Politics = "politics",
        /// đạo đức, lối sống
        Ethics = "ethics",
        /// kết quả công tác
        Work = "work",
        /// ý thức tổ chức kỷ luật
        Discipline = "discipline",
        /// quan hệ quần chúng
        Masses = "masses",
    }
}

words! {
    /// What the mentor proposes (kiến nghị).
    Recommendation {
        /// tiếp tục theo dõi
        Continue = "continue",
        /// đưa vào nguồn
        Source = "source",
        /// cử đi học
        Study = "study",
        /// lập hồ sơ
        Dossier = "dossier",
        /// đưa ra khỏi nguồn
        Drop = "drop",
        /// công nhận đảng viên chính thức
        Official = "official",
    }
}

impl Recommendation {
    /// What can be proposed of somebody: the road to admission lies behind a (probationary) member,
    /// and what is left is to be recognised as an official one.
    pub fn of(status: Status) -> &'static [Self] {
        match status {
            Status::NonMember => {
                &[Self::Continue, Self::Source, Self::Study, Self::Dossier, Self::Drop]
            }
            Status::Probationary | Status::Official => &[Self::Continue, Self::Official],
        }
    }
}

words! {
    /// What is stored of a sent report.
    ReportState {
        /// đã báo cáo
        Submitted = "submitted",
        /// trả lại
        Returned = "returned",
        /// đã duyệt
        Accepted = "accepted",
    }
}

/// Which report: one per meeting, candidate and mentor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slot {
    pub meeting: MeetingId,
    pub case: CaseId,
    pub mentor: PersonId,
}

/// Longest free text of one field, in characters. More is refused, not cut.
pub const FREE_TEXT_LIMIT: usize = 2000;

/// A report in the making; every field may still be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    #[serde(default)]
    pub ratings: [Option<Rating>; 5],
    #[serde(default)]
    pub strengths: Option<Typed>,
    #[serde(default)]
    pub weaknesses: Option<Typed>,
    #[serde(default)]
    pub recommendation: Option<Recommendation>,
}

/// A report that can be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// In the order of [`Aspect::ALL`].
    pub ratings: [Rating; 5],
    pub strengths: Option<Typed>,
    pub weaknesses: Option<Typed>,
    pub recommendation: Recommendation,
}

impl Draft {
    /// The first rating still missing.
    pub fn next_aspect(&self) -> Option<usize> {
        self.ratings.iter().position(Option::is_none)
    }

    /// The content, once ratings and recommendation are there; free text may stay empty.
    pub fn complete(&self) -> Option<Content> {
        let mut ratings = [Rating::Good; 5];
        for (slot, rating) in ratings.iter_mut().zip(self.ratings) {
            *slot = rating?;
        }
        Some(Content {
            ratings,
            strengths: self.strengths.clone(),
            weaknesses: self.weaknesses.clone(),
            recommendation: self.recommendation?,
        })
    }
}

impl From<Content> for Draft {
    fn from(content: Content) -> Self {
        Self {
            ratings: content.ratings.map(Some),
            strengths: content.strengths,
            weaknesses: content.weaknesses,
            recommendation: Some(content.recommendation),
        }
    }
}

/// Where a report stands, seen from an instant. Only what was sent is stored; the rest follows
/// from the dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// chưa báo cáo
    Owed,
    /// nháp
    Draft,
    /// đã báo cáo, trả lại or đã duyệt
    Filed(ReportState),
    /// quá hạn
    Overdue,
}

/// The standing of a report due at `due` (local time, as is `now`).
pub fn standing(
    filed: Option<ReportState>,
    drafted: bool,
    due: NaiveDateTime,
    now: NaiveDateTime,
) -> Standing {
    match filed {
        Some(state) => Standing::Filed(state),
        None if now > due => Standing::Overdue,
        None if drafted => Standing::Draft,
        None => Standing::Owed,
    }
}

/// A report typed in one line: `qc-014 tốt khá tốt tốt tốt, đưa vào nguồn`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OneLine {
    /// Upper case, as stored: `QC-014`.
    pub case: String,
    pub draft: Draft,
}

/// Why a line that begins with a candidate's code is not a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OneLineError {
    /// Neither a rating nor a recommendation: what was typed instead.
    Word(String),
    /// More than five ratings.
    TooMany,
}

/// The words of each rating and recommendation, folded; longer ones first where one begins
/// another.
const WORDS: &[(&str, Word)] = &[
    ("trung binh", Word::Rating(Rating::Average)),
    ("tb", Word::Rating(Rating::Average)),
    ("tot", Word::Rating(Rating::Good)),
    ("t", Word::Rating(Rating::Good)),
    ("kha", Word::Rating(Rating::Fair)),
    ("k", Word::Rating(Rating::Fair)),
    ("yeu", Word::Rating(Rating::Weak)),
    ("y", Word::Rating(Rating::Weak)),
    ("tiep tuc theo doi", Word::Recommendation(Recommendation::Continue)),
    ("tiep tuc", Word::Recommendation(Recommendation::Continue)),
    ("dua vao nguon", Word::Recommendation(Recommendation::Source)),
    ("vao nguon", Word::Recommendation(Recommendation::Source)),
    ("cu di hoc", Word::Recommendation(Recommendation::Study)),
    ("di hoc", Word::Recommendation(Recommendation::Study)),
    ("lap ho so", Word::Recommendation(Recommendation::Dossier)),
    ("dua ra khoi nguon", Word::Recommendation(Recommendation::Drop)),
    ("ra khoi nguon", Word::Recommendation(Recommendation::Drop)),
    ("cong nhan dang vien chinh thuc", Word::Recommendation(Recommendation::Official)),
    ("cong nhan chinh thuc", Word::Recommendation(Recommendation::Official)),
    ("chuyen chinh thuc", Word::Recommendation(Recommendation::Official)),
];

#[derive(Clone, Copy)]
enum Word {
    Rating(Rating),
    Recommendation(Recommendation),
}

/// The rating a person typed, with or without accents.
pub fn rating_from_words(typed: &str) -> Option<Rating> {
    let folded = fold(typed);
    WORDS.iter().find_map(|(word, meaning)| match meaning {
        Word::Rating(rating) if *word == folded => Some(*rating),
        _ => None,
    })
}

/// The recommendation a person typed, with or without accents.
pub fn recommendation_from_words(typed: &str) -> Option<Recommendation> {
    let folded = fold(typed);
    WORDS.iter().find_map(|(word, meaning)| match meaning {
        Word::Recommendation(recommendation) if *word == folded => Some(*recommendation),
        _ => None,
    })
}

/// Whether a folded text begins like a candidate's code: `qc-014`, `qc014`, `qc 14`. Gives the
/// code as stored and the rest.
pub fn leading_case_code(folded: &str) -> Option<(String, &str)> {
    let rest = folded.strip_prefix("qc")?;
    let rest = rest.strip_prefix(['-', ' ']).unwrap_or(rest);
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, rest) = rest.split_at(digits);
    if number.is_empty() || !(rest.is_empty() || rest.starts_with([' ', ':'])) {
        return None;
    }
    let number: u32 = number.parse().ok()?;
    Some((format!("QC-{number:03}"), rest.trim_start_matches([' ', ':'])))
}

/// Reads the one-line form. `None`: the line does not begin with a candidate's code, so it is
/// something else. Missing ratings or recommendation stay missing in the draft.
pub fn one_line(typed: &str) -> Option<Result<OneLine, OneLineError>> {
    let folded = fold(typed);
    let (case, mut rest) = leading_case_code(&folded)?;
    let mut draft = Draft::default();
    let mut given = 0;
    while !rest.is_empty() {
        let found = WORDS.iter().find_map(|(word, meaning)| {
            let after = rest.strip_prefix(word)?;
            (after.is_empty() || after.starts_with(' ')).then(|| (*meaning, after.trim_start()))
        });
        match found {
            Some((Word::Rating(_), _)) if given == draft.ratings.len() => {
                return Some(Err(OneLineError::TooMany));
            }
            Some((Word::Rating(rating), after)) => {
                draft.ratings[given] = Some(rating);
                given += 1;
                rest = after;
            }
            Some((Word::Recommendation(recommendation), after)) => {
                draft.recommendation = Some(recommendation);
                rest = after;
            }
            None => {
                let word = rest.split(' ').next().unwrap_or_default().to_owned();
                return Some(Err(OneLineError::Word(word)));
            }
        }
    }
    Some(Ok(OneLine { case, draft }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("qc-014 tốt khá tốt tốt tốt, đưa vào nguồn")]
    #[case("QC014 tot kha tot tot tot dua vao nguon")]
    #[case("Qc 14: T K T T T, vào nguồn")]
    fn one_line_is_read_with_or_without_accents(#[case] typed: &str) {
        use Rating::{Fair, Good};
        let line = one_line(typed).unwrap().unwrap();
        assert_eq!(line.case, "QC-014");
        assert_eq!(line.draft.ratings, [Good, Fair, Good, Good, Good].map(Some));
        assert_eq!(line.draft.recommendation, Some(Recommendation::Source));
    }

    #[test]
    fn an_incomplete_line_keeps_what_it_says() {
        let line = one_line("qc-014 trung bình yếu").unwrap().unwrap();
        assert_eq!(line.draft.next_aspect(), Some(2));
        assert_eq!(line.draft.complete(), None);
    }

    #[test]
    fn what_is_no_rating_is_named() {
        assert_eq!(one_line("qc-014 tốt xuất sắc"), Some(Err(OneLineError::Word("xuat".into()))));
        assert_eq!(one_line("qc-014 t t t t t t"), Some(Err(OneLineError::TooMany)));
        assert_eq!(one_line("thống kê"), None);
        assert_eq!(one_line("qc-"), None);
        assert_eq!(one_line("qc-99999999999999 tot"), None);
    }
}
