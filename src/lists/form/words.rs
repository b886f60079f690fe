//! How the lists of offices write what is known: each word is one that the reading of lists knows.

use chrono::NaiveDate;

use crate::domain::listed::{Arrival, Departure, FactKind};
use crate::domain::people::{OfficeKind, Status, UnitKind};
use crate::domain::recurrence::Rule;
use crate::domain::road::Paper;
use crate::lists::headings::Column;

pub fn day(on: NaiveDate) -> String {
    on.format("%d/%m/%Y").to_string()
}

pub const fn unit_kind(kind: UnitKind) -> &'static str {
    match kind {
        UnitKind::Branch => "Chi bộ",
        UnitKind::Committee => "Đảng bộ",
    }
}

pub const fn status(status: Status) -> &'static str {
    match status {
        Status::NonMember => "Quần chúng",
        Status::Probationary => "Đảng viên dự bị",
        Status::Official => "Đảng viên chính thức",
    }
}

/// What somebody is who left.
pub const fn left(how: Option<Departure>) -> &'static str {
    match how {
        Some(Departure::Died) => "Từ trần",
        Some(Departure::Expelled) => "Khai trừ",
        Some(Departure::StruckOff) => "Xóa tên",
        Some(Departure::Withdrew) => "Xin ra khỏi Đảng",
        Some(Departure::Within | Departure::Outside) | None => "Chuyển đi",
    }
}

/// How somebody left.
pub const fn departure(how: Departure) -> &'static str {
    match how {
        Departure::Within => "Trong đảng bộ",
        Departure::Outside => "Ngoài đảng bộ",
        how => left(Some(how)),
    }
}

pub const fn arrival(came: Arrival) -> &'static str {
    match came {
        Arrival::Within => "Trong đảng bộ",
        Arrival::Outside => "Ngoài đảng bộ",
        Arrival::Restored => "Phục hồi đảng tịch",
    }
}

/// Which office it is: of a branch, or of the organisation itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    Branch,
    Organisation,
}

/// An office, and the column it stands in.
pub const fn office(kind: OfficeKind, of: Level) -> (Column, &'static str) {
    match (kind, of) {
        (OfficeKind::Secretary, Level::Branch) => (Column::PartyOffice, "Bí thư chi bộ"),
        (OfficeKind::Deputy, Level::Branch) => (Column::PartyOffice, "Phó Bí thư chi bộ"),
        (OfficeKind::Committee, Level::Branch) => (Column::PartyOffice, "Chi ủy viên"),
        (OfficeKind::Secretary, Level::Organisation) => (Column::PartyOffice, "Bí thư Đảng ủy"),
        (OfficeKind::Deputy, Level::Organisation) => (Column::PartyOffice, "Phó Bí thư Đảng ủy"),
        (OfficeKind::Committee, Level::Organisation) => (Column::PartyOffice, "Đảng ủy viên"),
        (OfficeKind::Office, _) => (Column::Office, COMMITTEES_OFFICE),
        (OfficeKind::Union, Level::Branch) => (Column::Office, "Bí thư Chi đoàn"),
        (OfficeKind::Union, Level::Organisation) => (Column::Office, "Bí thư Đoàn cơ sở"),
    }
}

/// Somebody of the committee's office, beside what they are in the agency.
pub const COMMITTEES_OFFICE: &str = "Văn phòng Đảng ủy";

/// A fact as it is kept, in its column.
pub fn fact(kind: FactKind, value: &str) -> (Column, &str) {
    let column = match kind {
        FactKind::Sex => Column::Sex,
        FactKind::BornAbout => Column::Born,
        FactKind::Ethnicity => Column::Ethnicity,
        FactKind::Religion => Column::Religion,
        FactKind::Home => Column::Home,
        FactKind::Residence => Column::Residence,
        FactKind::Occupation => Column::Occupation,
        FactKind::Position => Column::Office,
        FactKind::Union if value == "trade" => Column::Trade,
        FactKind::Union => Column::Youth,
        FactKind::Education => Column::Education,
        FactKind::Degree => Column::Degree,
        FactKind::Title => Column::Title,
        FactKind::Theory => Column::Theory,
        FactKind::Telephone => Column::Phone,
        FactKind::Email => Column::Email,
        FactKind::OtherNames => Column::OtherName,
    };
    let shown = match (kind, value) {
        (FactKind::Sex, "male") => "Nam",
        (FactKind::Sex, _) => "Nữ",
        (FactKind::Union, _) => "x",
        (FactKind::Education, "primary") => "Tiểu học",
        (FactKind::Education, "lower_secondary") => "THCS",
        (FactKind::Education, _) => "THPT",
        (FactKind::Title, "professor") => "Giáo sư",
        (FactKind::Title, _) => "Phó giáo sư",
        (FactKind::Theory, "elementary") => "Sơ cấp",
        (FactKind::Theory, "intermediate") => "Trung cấp",
        (FactKind::Theory, "advanced") => "Cao cấp",
        (FactKind::Theory, _) => "Cử nhân",
        (_, value) => value,
    };
    (column, shown)
}

/// A rule of meetings; `None`: it cannot be told in a list.
pub fn rule(rule: &Rule) -> Option<String> {
    const WEEKDAYS: [&str; 7] =
        ["thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật"];
    let named = |weekday: &chrono::Weekday| {
        WEEKDAYS.get(weekday.num_days_from_monday() as usize).copied().unwrap_or_default()
    };
    match rule {
        Rule::DayOfMonth(day) => Some(format!("ngày {} hằng tháng", day.get())),
        Rule::NthWeekday { nth, weekday } => {
            Some(format!("{} tuần {}", named(weekday), nth.number()))
        }
        Rule::LastWeekday(weekday) => Some(format!("{} tuần cuối", named(weekday))),
        Rule::FirstWorkingDay => Some("ngày làm việc đầu tiên".to_owned()),
        Rule::LastWorkingDay => Some("ngày làm việc cuối cùng".to_owned()),
        Rule::Cron(_) => None,
    }
}

/// A paper by a name that the reading of lists knows it by.
pub const fn paper(paper: Paper) -> &'static str {
    match paper {
        Paper::Application => "Đơn xin vào Đảng",
        Paper::Cv => "Lý lịch",
        Paper::Verification => "Kết luận thẩm tra",
        Paper::Introduction => "Mẫu 3",
        Paper::YouthResolution => "Mẫu 4",
        Paper::UnionResolution => "Mẫu 4A",
        Paper::Opinions => "Mẫu 5",
        Paper::Education => "Văn bằng",
        Paper::Certificate => "Giấy chứng nhận",
        Paper::BranchResolution => "Mẫu 6",
        Paper::Intermediate => "Mẫu 7",
        Paper::CommitteeResolution => "Mẫu 8",
        Paper::Decision => "Mẫu 9",
        Paper::MemberCv => "Lý lịch đảng viên",
        Paper::NewMemberCertificate => "Chứng nhận đảng viên mới",
        Paper::SelfReview => "Mẫu 10",
        Paper::MentorReview => "Mẫu 11",
        Paper::LaterOpinions => "Mẫu 12",
        Paper::RecognitionResolution => "Mẫu 13",
        Paper::CommitteeRecognition => "Mẫu 15",
    }
}

#[cfg(test)]
mod tests {
    use chrono::Weekday;

    use super::*;
    use crate::domain::recurrence::{MonthDay, Nth};
    use crate::lists::file::Cell;
    use crate::lists::values::{
        Body, MeetingDay, PartyKind, Turn, meeting_day, offices, papers, sex, state, unit_kind,
    };

    fn cell(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }

    /// What goes out comes in: of every word that there is.
    #[test]
    fn the_reading_of_lists_knows_each_word() {
        for paper in Paper::ALL {
            assert_eq!(papers(super::paper(*paper)), [*paper]);
        }
        for status in Status::ALL {
            assert!(state(&cell(super::status(*status))).is_ok_and(|read| read.is_some()));
        }
        for how in Departure::ALL {
            assert!(state(&cell(left(Some(*how)))).is_ok_and(|read| read.is_some()), "{how}");
        }
        for kind in UnitKind::ALL {
            assert!(super::unit_kind(*kind).chars().count() > 3);
            assert!(unit_kind(super::unit_kind(*kind)).is_some(), "{kind}");
        }
        assert!(sex(&cell(fact(FactKind::Sex, "male").1)).is_ok_and(|read| read.is_some()));
        assert!(sex(&cell(fact(FactKind::Sex, "female").1)).is_ok_and(|read| read.is_some()));
    }

    #[test]
    fn offices_are_read_as_they_are_written() {
        for kind in OfficeKind::ALL {
            for level in [Level::Branch, Level::Organisation] {
                let (_, shown) = office(*kind, level);
                let read = offices(shown);
                let party = read.party.first().map(|post| (post.kind, post.of));
                let of = match level {
                    Level::Branch => Body::Branch,
                    Level::Organisation => Body::Organisation,
                };
                match kind {
                    OfficeKind::Secretary => assert_eq!(party, Some((PartyKind::Secretary, of))),
                    OfficeKind::Deputy => assert_eq!(party, Some((PartyKind::Deputy, of))),
                    OfficeKind::Committee => assert_eq!(party, Some((PartyKind::Committee, of))),
                    OfficeKind::Office => assert_eq!(read.other, [shown]),
                    OfficeKind::Union => assert_eq!(read.union.len(), 1, "{shown}"),
                }
            }
        }
    }

    #[test]
    fn rules_are_read_as_they_are_written() {
        let day = |day| Rule::DayOfMonth(MonthDay::new(day).unwrap());
        let rules = [
            (day(5), MeetingDay::OfMonth(5)),
            (Rule::FirstWorkingDay, MeetingDay::FirstWorking),
            (Rule::LastWorkingDay, MeetingDay::LastWorking),
            (Rule::LastWeekday(Weekday::Fri), MeetingDay::Weekday(Turn::Last, Weekday::Fri)),
        ];
        let nth = Nth::ALL.into_iter().map(|nth| {
            let turn = Turn::Nth(u8::try_from(nth.number()).unwrap());
            (
                Rule::NthWeekday { nth, weekday: Weekday::Mon },
                MeetingDay::Weekday(turn, Weekday::Mon),
            )
        });
        for (written, expected) in rules.into_iter().chain(nth) {
            let read = meeting_day(&cell(&rule(&written).unwrap())).unwrap().unwrap().value;
            assert_eq!(read, expected, "{written}");
        }
    }
}
