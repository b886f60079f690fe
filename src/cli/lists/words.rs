//! What is said of lists at the command line: a sentence for each kind of error and of doubt.

use crate::domain::listed::{self, Question, Wrong};
use crate::domain::people::OfficeKind;
use crate::lists::file::{Col, WhyNot};
use crate::lists::headings::Column;
use crate::lists::records;
use crate::lists::values::{Allowed, Doubt};

/// Where a cell or a row stands.
pub(super) fn cell(at: &records::At, column: Option<Col>) -> String {
    place(&at.file, &at.sheet, at.row, column)
}

/// Where a row stands, if it is about one.
pub(super) fn at(at: &listed::At) -> String {
    match at.file.is_empty() {
        true => "in no list".to_owned(),
        false => place(&at.file, &at.sheet, at.row, None),
    }
}

fn place(file: &str, sheet: &str, row: u32, column: Option<Col>) -> String {
    let column = column.map(|column| format!(", column {column}")).unwrap_or_default();
    format!("{file}, sheet \"{sheet}\", row {row}{column}")
}

/// What a column tells.
pub(super) fn column(column: Column) -> String {
    column.name().replace('_', " ")
}

pub(super) const fn why_not(why: WhyNot) -> &'static str {
    match why {
        WhyNot::Hidden => "it is hidden",
        WhyNot::VeryHidden => "it is hidden from Excel's own menu",
        WhyNot::Letters => "its letters are of an old encoding, and which one is not certain",
        WhyNot::NoCells => "it is a chart or a dialogue",
    }
}

/// What a cell would have to hold.
pub(super) const fn allowed(allowed: Allowed) -> &'static str {
    match allowed {
        Allowed::Day => "a day (31/12/2026), a month (12/2026) or a year (2026)",
        Allowed::DayFirst => "a day with the day before the month: 31/12/2026",
        Allowed::DayInCalendar => "a day that is in the calendar",
        Allowed::Year => "a year from 1900 to 2100",
        Allowed::Sex => "nam or nu",
        Allowed::Mark => "x, or nothing",
        Allowed::State => "chinh thuc, du bi, quan chung, chuyen di, tu tran …",
        Allowed::Card => "12 digits, or the 8 of an old card",
        Allowed::Personal => "12 digits, or the 9 of an old number",
        Allowed::Phone => "a telephone number of 10 or 11 digits",
        Allowed::Email => "an e-mail address",
        Allowed::Name => "a full name: one to eight words of letters",
        Allowed::Education => "a grade (12/12) or a level of school",
        Allowed::Theory => "so cap, trung cap, cao cap or cu nhan",
        Allowed::Title => "GS or PGS",
        Allowed::Count => "a whole number from 0 on",
        Allowed::MeetingDay => "a day of each month: ngay 3, thu sau tuan dau",
        Allowed::Hour => "an hour: 14:00, 14h30",
        Allowed::PaperKind => "a kind of paper: nghi quyet, bien ban …",
        Allowed::Text => "text; the sheet holds a day or a truth value",
        Allowed::Calculated => {
            "a value; the formula of the cell was never calculated: open and save the file"
        }
        Allowed::Faultless => "a value; the sheet shows an error",
        Allowed::Shorter => "no more than 4,000 characters",
        Allowed::Something => "something: the row cannot be without it",
        Allowed::Letters => "letters that can be read: convert the text to Unicode",
    }
}

/// What may be meant otherwise in a cell.
pub(super) const fn doubt(doubt: Doubt) -> &'static str {
    match doubt {
        Doubt::Century => "a year of two digits, taken for 19…",
        Doubt::LostZeros => "zeros were put before it that it seems to have lost",
        Doubt::FirstOfSeveral => "several stand there; the first was taken",
        Doubt::MoreThanName => "words beside the name say nothing known; they are left out",
        Doubt::Former => "an office of former times; it is left out",
        Doubt::HiddenRow => "the sheet hides this row; it is read all the same",
        Doubt::Contradiction => "told both ways; the first is taken",
        Doubt::AfterEnd => "below the signatures; it is left out",
        Doubt::HeadsOthers => "it heads other rows and is nobody; it is left out",
        Doubt::NoDay => "only the year or the month is told; the first day of it is taken",
        Doubt::StateByTitle => "whoever has no day of admission is what the title says",
        Doubt::BranchByTitle => {
            "whoever has no branch is of the one in the title or the sheet's name"
        }
        Doubt::Twice => "somebody of the same name and birth day stands in another row",
    }
}

/// What keeps a row from being taken in.
pub(super) const fn wrong(wrong: Wrong) -> &'static str {
    match wrong {
        Wrong::UnknownParent => "there is no unit of the name that is told as the one above",
        Wrong::Circle => "it would stand above itself",
        Wrong::NoUnit => "no branch is told for them; add a column with the branch",
        Wrong::Order => "the days are in no possible order: born, admitted, official; came, left",
        Wrong::Ahead => "a day to come",
        Wrong::SeveralUnits => "several units are called so; write the code",
        Wrong::CodeOfAnother => "the code is that of a unit with another name",
        Wrong::BelowBranch => "a branch has no units below it",
        Wrong::UnknownUnit => "there is no unit of this name or code",
        Wrong::NoBranch => "only a branch has meetings and papers with numbers",
    }
}

/// What only a person can decide, and what becomes of it.
pub(super) fn question(question: &Question) -> String {
    match question {
        Question::Namesake { codes } => {
            let codes = codes.join(" or ");
            format!("is it {codes}, or somebody else of that name? (accepted: somebody else)")
        }
        Question::Elsewhere { code, unit } => {
            format!("{code} is in {unit}; have they moved? (accepted: yes, today)")
        }
        Question::Returned { code } => {
            format!("{code} left; are they back? (accepted: yes, today)")
        }
        Question::Renamed { code, was } => {
            format!("{code} was {was} until now (accepted: renamed)")
        }
        Question::BornOtherwise { code, was } => {
            format!("{code} was born on {} until now (accepted: as listed)", was.format("%d/%m/%Y"))
        }
        Question::Oversees { office } => {
            let office = self::office(*office);
            format!("{office} of the whole organisation, who sees all of it? (accepted: yes)")
        }
        Question::Held { office, by } => {
            let (office, by) =
                (self::office(*office), if by.is_empty() { "another row" } else { by });
            format!("{by} is {office} there (accepted: theirs ends today)")
        }
        Question::DayOtherwise { code, was } => {
            let was = was.format("%d/%m/%Y");
            format!("{code} has another day, {was}; it stays: correct it where it was recorded")
        }
        Question::Stands { code } => {
            format!("{code} is more than the list says; it stays as it is")
        }
        Question::Followed { code } => {
            format!("{code} is on a road that is followed here; the list changes nothing of it")
        }
        Question::LeftWhen => "here no more, but not told since when; left as it is".to_owned(),
        Question::LeftBefore { code } => {
            format!("{code} would have left before they came; left as it is")
        }
        Question::Twice { code } => {
            format!("{code} is meant by an earlier row as well; this one is left out")
        }
        Question::TooYoung => "admitted before the age of 18 (taken as it is told)".to_owned(),
        Question::NoOfficialDay => {
            "official, but not told since when: taken for the end of the probation".to_owned()
        }
        Question::Mentor { name } => {
            format!(
                "{name} is no mentor of theirs: nobody or several of that name, no official member, or one too many"
            )
        }
        Question::MeetsOtherwise => {
            "the branch has set its meetings already; change that in the chat: /lichhop".to_owned()
        }
        Question::ClassWhen => {
            "a class is known by the number of its decision and its days; left out".to_owned()
        }
        Question::NoClass { number } => {
            format!("no class was opened by {number}; the step is taken without it")
        }
        Question::NoNumbersOf => "papers of this kind have no numbers here; left out".to_owned(),
        Question::NumberGiven { next } => {
            format!("the next number is {next} already; numbers never go back")
        }
        Question::Gone { code } => {
            format!("{code} is in no list any more (kept unless --gone end)")
        }
        Question::Contradicts { other } => {
            format!("row {} of {} tells otherwise of them; that is taken", other.row, other.file)
        }
    }
}

const fn office(kind: OfficeKind) -> &'static str {
    match kind {
        OfficeKind::Secretary => "secretary",
        OfficeKind::Deputy => "deputy secretary",
        OfficeKind::Committee => "committee member",
        OfficeKind::Office => "officer of the committee's office",
        OfficeKind::Union => "officer of a union",
    }
}
