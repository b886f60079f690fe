//! What people type about a step: votes, as `5`, `5/6`, `5 trên 6`, `5/6, miễn 1`, and the numbers of
//! papers.

use super::Votes;
use crate::domain::text::{fold, nfc};
use crate::domain::typed::Typed;

/// Words that may stand beside the numbers.
const SAID: [&str; 12] =
    ["tan", "thanh", "dong", "y", "chi", "phieu", "dang", "vien", "tren", "of", "trong", "tong"];
/// Words before the number of those who do not count.
const EXCUSED: [&str; 4] = ["mien", "tru", "excused", "less"];

/// Longest number of a paper, in characters.
const NUMBER_LIMIT: usize = 40;

/// The number of a paper (số, ký hiệu), `05-NQ/CB`. `None`: it holds no figure, is one or two bare digits
/// such as answer a list of options, is a date, or is too long to be one.
pub fn paper_number(text: &str) -> Option<Typed> {
    let text = nfc(text.trim());
    let fits = text.chars().count() <= NUMBER_LIMIT;
    // One or two digits are the number of an option, and a date is no number.
    let bare = text.chars().count() <= 2 && text.chars().all(|c| c.is_ascii_digit());
    let parts: Vec<&str> = text.split(['/', '-', '.']).collect();
    let all_digits = parts.iter().all(|part| part.parse::<u32>().is_ok());
    let is_date = parts.len() == 3 && all_digits;
    let has_digit = text.contains(|c: char| c.is_ascii_digit());
    (fits && has_digit && !bare && !is_date).then(|| Typed::new(text))
}

impl Votes {
    /// Reads a vote: how many were in favour, of how many, and after `miễn` how many do not count.
    /// `members` is how many there are, where that need not be typed. `None`: it is no vote, or
    /// does not say of how many.
    pub fn read(text: &str, members: Option<u32>) -> Option<Self> {
        let folded = fold(text);
        let (mut counted, mut excused, mut excusing) = (Vec::new(), None, false);
        for word in folded.split([' ', '/']).filter(|word| !word.is_empty()) {
            if EXCUSED.contains(&word) {
                excusing = true;
            } else if let Ok(number) = word.parse::<u32>() {
                match excusing {
                    true if excused.is_none() => excused = Some(number),
                    true => return None,
                    false => counted.push(number),
                }
            } else if !SAID.contains(&word) {
                return None;
            }
        }
        if excusing && excused.is_none() {
            return None;
        }
        let (in_favour, members) = match counted[..] {
            [in_favour] => (in_favour, members?),
            [in_favour, members] => (in_favour, members),
            _ => return None,
        };
        Some(Self { members, excused: excused.unwrap_or_default(), in_favour })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn votes(in_favour: u32, members: u32, excused: u32) -> Option<Votes> {
        Some(Votes { members, excused, in_favour })
    }

    #[test]
    fn a_vote_is_read_as_it_is_said() {
        for (typed, read) in [
            ("5", votes(5, 6, 0)),
            ("5/6", votes(5, 6, 0)),
            ("5 / 6 đồng chí", votes(5, 6, 0)),
            ("5 phiếu tán thành trên tổng 6", votes(5, 6, 0)),
            ("5 đồng ý, miễn 1", votes(5, 6, 1)),
            ("4/5, TRU 1", votes(4, 5, 1)),
            ("năm", None),
            ("5/6/7", None),
            ("5, miễn", None),
            ("5 miễn 1 miễn 1", None),
            ("ngày 5/6", None),
            ("-5", None),
            ("99999999999", None),
            ("", None),
        ] {
            assert_eq!(Votes::read(typed, Some(6)), read, "{typed}");
        }
        assert_eq!(Votes::read("5", None), None, "of how many?");
        assert_eq!(Votes::read("7/7", None), votes(7, 7, 0));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(in_favour: u32, members: u32, excused: u32, noise in ".{0,40}") {
            let written = format!("{in_favour}/{members}, miễn {excused}");
            prop_assert_eq!(Votes::read(&written, None), votes(in_favour, members, excused));
            let _ = Votes::read(&noise, Some(members));
        }
    }
}
