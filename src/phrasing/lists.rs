//! What is said of lists, at the command line and on the page: a sentence for each kind of error, doubt and question.

use crate::domain::listed::{Question, Wrong};
use crate::domain::typed::Typed;
use crate::domain::units::UnitName;
use crate::lists::file::Unreadable;
use crate::lists::sources::NotOpened;
use crate::lists::values::{Allowed, Doubt};
use crate::message::{Arg, Phrase};

/// What a cell would have to hold.
pub fn allowed(allowed: Allowed) -> Phrase {
    Phrase::new(match allowed {
        Allowed::Day => "lists-allowed-day",
        Allowed::DayFirst => "lists-allowed-day-first",
        Allowed::DayInCalendar => "lists-allowed-day-in-calendar",
        Allowed::Year => "lists-allowed-year",
        Allowed::Sex => "lists-allowed-sex",
        Allowed::Mark => "lists-allowed-mark",
        Allowed::State => "lists-allowed-state",
        Allowed::Card => "lists-allowed-card",
        Allowed::Personal => "lists-allowed-personal",
        Allowed::Phone => "lists-allowed-phone",
        Allowed::Email => "lists-allowed-email",
        Allowed::Name => "lists-allowed-name",
        Allowed::Education => "lists-allowed-education",
        Allowed::Theory => "lists-allowed-theory",
        Allowed::Title => "lists-allowed-title",
        Allowed::Count => "lists-allowed-count",
        Allowed::MeetingDay => "lists-allowed-meeting-day",
        Allowed::Hour => "lists-allowed-hour",
        Allowed::PaperKind => "lists-allowed-paper-kind",
        Allowed::Text => "lists-allowed-text",
        Allowed::Calculated => "lists-allowed-calculated",
        Allowed::Faultless => "lists-allowed-faultless",
        Allowed::Shorter => "lists-allowed-shorter",
        Allowed::Something => "lists-allowed-something",
        Allowed::Letters => "lists-allowed-letters",
    })
}

/// What may be meant otherwise in a cell.
pub fn doubt(doubt: Doubt) -> Phrase {
    Phrase::new(match doubt {
        Doubt::Century => "lists-doubt-century",
        Doubt::LostZeros => "lists-doubt-lost-zeros",
        Doubt::FirstOfSeveral => "lists-doubt-first-of-several",
        Doubt::MoreThanName => "lists-doubt-more-than-name",
        Doubt::Former => "lists-doubt-former",
        Doubt::HiddenRow => "lists-doubt-hidden-row",
        Doubt::Contradiction => "lists-doubt-contradiction",
        Doubt::AfterEnd => "lists-doubt-after-end",
        Doubt::Twice => "lists-doubt-twice",
        Doubt::HeadsOthers => "lists-doubt-heads-others",
        Doubt::NoDay => "lists-doubt-no-day",
        Doubt::StateByTitle => "lists-doubt-state-by-title",
        Doubt::BranchByTitle => "lists-doubt-branch-by-title",
    })
}

/// What keeps a row from being taken in.
pub fn wrong(wrong: Wrong) -> Phrase {
    Phrase::new(match wrong {
        Wrong::UnknownParent => "lists-wrong-unknown-parent",
        Wrong::Circle => "lists-wrong-circle",
        Wrong::NoUnit => "lists-wrong-no-unit",
        Wrong::Order => "lists-wrong-order",
        Wrong::Ahead => "lists-wrong-ahead",
        Wrong::SeveralUnits => "lists-wrong-several-units",
        Wrong::CodeOfAnother => "lists-wrong-code-of-another",
        Wrong::BelowBranch => "lists-wrong-below-branch",
        Wrong::UnknownUnit => "lists-wrong-unknown-unit",
        Wrong::NoBranch => "lists-wrong-no-branch",
    })
}

/// What only a person can decide, and what becomes of it.
pub fn question(question: &Question) -> Phrase {
    match question {
        Question::Namesake { codes } => {
            Phrase::new("lists-asks-namesake").with("codes", Arg::code(&codes.join(", ")))
        }
        Question::Elsewhere { code, unit } => Phrase::new("lists-asks-elsewhere")
            .with("code", Arg::code(code))
            .with("unit", &UnitName::new(unit.clone())),
        Question::Returned { code } => {
            Phrase::new("lists-asks-returned").with("code", Arg::code(code))
        }
        Question::Renamed { code, was } => Phrase::new("lists-asks-renamed")
            .with("code", Arg::code(code))
            .with("was", Arg::Typed(Typed::new(was))),
        Question::BornOtherwise { code, was } => {
            Phrase::new("lists-asks-born").with("code", Arg::code(code)).with("was", *was)
        }
        Question::Oversees { office } => {
            Phrase::new("lists-asks-oversees").with("office", super::office(*office))
        }
        Question::Held { office, by } => Phrase::new("lists-asks-held")
            .with("office", super::office(*office))
            .with("by", Arg::Typed(Typed::new(by))),
        Question::DayOtherwise { code, was } => {
            Phrase::new("lists-asks-day").with("code", Arg::code(code)).with("was", *was)
        }
        Question::Stands { code } => Phrase::new("lists-asks-stands").with("code", Arg::code(code)),
        Question::Followed { code } => {
            Phrase::new("lists-asks-followed").with("code", Arg::code(code))
        }
        Question::LeftWhen => Phrase::new("lists-asks-left-when"),
        Question::LeftBefore { code } => {
            Phrase::new("lists-asks-left-before").with("code", Arg::code(code))
        }
        Question::Twice { code } => Phrase::new("lists-asks-twice").with("code", Arg::code(code)),
        Question::TooYoung => Phrase::new("lists-asks-too-young"),
        Question::NoOfficialDay => Phrase::new("lists-asks-no-official-day"),
        Question::Mentor { name } => {
            Phrase::new("lists-asks-mentor").with("name", Arg::Typed(Typed::new(name)))
        }
        Question::MeetsOtherwise => Phrase::new("lists-asks-meets"),
        Question::ClassWhen => Phrase::new("lists-asks-class-when"),
        Question::NoClass { number } => {
            Phrase::new("lists-asks-no-class").with("number", Arg::Typed(Typed::new(number)))
        }
        Question::NoNumbersOf => Phrase::new("lists-asks-no-numbers"),
        Question::NumberGiven { next } => {
            Phrase::new("lists-asks-number").with("next", i64::from(*next))
        }
        Question::Gone { code } => Phrase::new("lists-asks-gone").with("code", Arg::code(code)),
        Question::Contradicts { other } => Phrase::new("lists-asks-contradicts")
            .with("row", i64::from(other.row))
            .with("file", Arg::Typed(Typed::new(&other.file))),
    }
}

/// Why a file cannot be read.
pub fn not_opened(not: &NotOpened) -> Phrase {
    let why = Phrase::new(match not.why {
        Unreadable::Empty | Unreadable::Nothing => "lists-file-empty",
        Unreadable::NotATable(_) => "lists-file-no-table",
        Unreadable::TextNamedExcel => "lists-file-text",
        Unreadable::CutOff => "lists-file-cut-off",
        Unreadable::Damaged(_) | Unreadable::Entities => "lists-file-damaged",
        Unreadable::Locked => "lists-file-locked",
        Unreadable::Macros => "lists-file-macros",
        Unreadable::TooBig
        | Unreadable::Bomb
        | Unreadable::TooManyRows
        | Unreadable::TooManyColumns
        | Unreadable::TooManyCells => "lists-file-too-big",
        Unreadable::Letters => "lists-file-letters",
    });
    Phrase::new("lists-file").with("file", Arg::Typed(Typed::new(&not.name))).with("what", why)
}
