//! What the audit (nhật ký) can say: which deeds are written down, of which kind they are, and in
//! which words their circumstances stand before and after. Codes, dates, numbers and states: never
//! free text, a name or a secret.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::words;

words! {
    /// What somebody did. The text before the dot is the part of the program it belongs to.
    Act {
        /// gửi báo cáo
        ReportSent = "report.send",
        ReportAccepted = "report.accept",
        ReportReturned = "report.return",
        /// nhắc người chưa báo cáo
        Nudged = "report.nudge",
        /// điểm danh
        RollSaved = "sheet.roll",
        /// ghi chủ trì, thư ký, điểm tự chấm của kỳ họp
        SheetFilled = "sheet.fill",
        /// ghi ý kiến kết luận
        Concluded = "sheet.conclude",
        /// ghi nội dung đưa ra biểu quyết
        ProposalSet = "sheet.propose",
        /// ghi kết quả biểu quyết
        VotesNoted = "sheet.vote",
        MeetingClosed = "meeting.close",
        RuleSet = "meeting.rule",
        MeetingMoved = "meeting.move",
        MeetingCancelled = "meeting.cancel",
        /// thêm kỳ sinh hoạt chuyên đề
        MeetingAdded = "meeting.thematic",
        DutyGiven = "duty.give",
        /// bỏ việc vừa giao
        DutyTakenBack = "duty.drop",
        DutyDone = "duty.done",
        /// đặt số tiếp theo của biên bản, nghị quyết
        NumberSet = "meeting.number",
        /// ghi một bước trên lộ trình
        StepTaken = "case.step",
        /// một bước ghi nhầm được rút lại
        StepTakenBack = "case.back",
        /// ghi giấy tờ có hay chưa
        PaperNoted = "case.paper",
        /// mở lớp bồi dưỡng
        ClassOpened = "class.open",
        /// cử đi học
        ClassSent = "class.send",
        /// ghi kết quả lớp
        ClassSettled = "class.settle",
        ClassCancelled = "class.cancel",
        TargetSet = "target.set",
        /// phân công, thay, thôi người giúp đỡ
        MentorChanged = "mentor.change",
        /// bàn giao chức vụ
        OfficePassed = "office.handover",
        /// lập tổ chức
        UnitFounded = "unit.found",
        UnitRenamed = "unit.rename",
        /// chuyển về đảng bộ khác
        UnitHung = "unit.move",
        UnitDissolved = "unit.dissolve",
        UnitMerged = "unit.merge",
        Invited = "account.invite",
        AccountBound = "account.bind",
        ConsoleOpened = "console.open",
        /// xác nhận đồng hồ của máy chủ là đúng
        ClockTrusted = "clock.trust",
        GroupInvited = "group.code",
        GroupBound = "group.bind",
        /// The bot was removed from a branch's group.
        GroupLost = "group.unbind",
        LanguageChosen = "settings.language",
        RestChosen = "settings.rest",
        AccountPreferred = "settings.account",
        NoticeSent = "notice.send",
        /// thêm người vào danh sách
        PersonAdded = "person.add",
        /// nhập danh sách của văn phòng
        ListsTakenIn = "import.lists",
        /// xuất danh sách
        ListsGivenOut = "read.lists",
        /// rút lại danh sách đã nhập
        ListsTakenBack = "import.undo",
        /// thông tin, nơi sinh hoạt, chức vụ của người có trong danh sách
        PersonChanged = "person.change",
        /// đề nghị của chi bộ về người của mình
        PersonProposed = "person.propose",
        /// không đồng ý đề nghị
        ProposalDeclined = "person.decline",
        /// đổi, sửa họ tên
        PersonRenamed = "person.rename",
        /// chuyển chi bộ
        PersonMoved = "person.move",
        /// thôi sinh hoạt: chuyển đi, ra khỏi Đảng, từ trần
        PersonLeft = "person.leave",
        /// trở lại
        PersonReturned = "person.return",
        /// xoá dữ liệu cá nhân theo Luật 91/2025/QH15
        PersonErased = "person.erase",
        DossierRead = "read.dossier",
        PersonRead = "read.person",
        ReportRead = "read.report",
        /// Minutes or a resolution were fetched.
        DocumentRead = "read.paper",
        NoticeFileRead = "read.file",
        /// The list of everybody at the command line.
        PeopleRead = "read.people",
        AuditRead = "read.audit",
    }
}

words! {
    /// The kinds of deed that the audit is filtered by.
    ActKind {
        Reports = "reports",
        Meetings = "meetings",
        Cases = "cases",
        /// Classes and targets.
        Classes = "classes",
        /// Mentors and offices.
        Charges = "charges",
        /// Units and people.
        Staff = "staff",
        Accounts = "accounts",
        Notices = "notices",
        /// Who read personal details.
        Readings = "readings",
    }
}

impl Act {
    pub fn kind(self) -> ActKind {
        let part = self.as_str().split('.').next().unwrap_or_default();
        match part {
            "report" => ActKind::Reports,
            "sheet" | "meeting" | "duty" => ActKind::Meetings,
            "case" => ActKind::Cases,
            "class" | "target" => ActKind::Classes,
            "mentor" | "office" => ActKind::Charges,
            "unit" | "person" | "import" => ActKind::Staff,
            "notice" => ActKind::Notices,
            "read" => ActKind::Readings,
            _ => ActKind::Accounts,
        }
    }

    /// The end of its sentences' keys: `report-send`.
    pub fn key(self) -> String {
        self.as_str().replace('.', "-")
    }
}

impl ActKind {
    pub fn acts(self) -> impl Iterator<Item = Act> {
        Act::ALL.iter().copied().filter(move |act| act.kind() == self)
    }
}

words! {
    /// A circumstance of a deed, in the order in which they are told.
    Field {
        /// A [`State`].
        State = "state",
        /// A paper of the dossier, [`super::road::Paper`].
        Paper = "paper",
        /// Where it is kept, [`super::road::Place`].
        Kept = "kept",
        Step = "step",
        Stage = "stage",
        /// The day of a step.
        On = "on",
        /// Five ratings, in the order of [`super::report::Aspect`].
        Ratings = "ratings",
        Recommendation = "recommendation",
        /// Code of a mentor.
        Mentor = "mentor",
        Office = "office",
        /// Code of who holds an office.
        Holder = "holder",
        Since = "since",
        /// Until when a returned report is expected again; local time.
        Due = "due",
        /// When a meeting begins; local time.
        Starts = "starts",
        /// A rule of meetings in its stored form.
        Rule = "rule",
        Time = "time",
        DayOff = "day_off",
        /// Code of who presides.
        Chair = "chair",
        /// Code of who takes the minutes.
        Taker = "taker",
        /// The branch's own score of its meeting.
        Score = "score",
        /// The last day of what was given to somebody.
        Until = "until",
        /// Whether the place became another; the place itself is typed and stands in no row.
        PlaceChanged = "place_changed",
        Present = "present",
        Excused = "excused",
        Unexcused = "unexcused",
        InFavour = "in_favour",
        Against = "against",
        Otherwise = "otherwise",
        /// The name of a channel's bot.
        Channel = "channel",
        Language = "language",
        /// Quiet hours in their stored form.
        Quiet = "quiet",
        /// Codes of the branches a notice went to.
        Branches = "branches",
        Recipients = "recipients",
        /// Size of a file, in bytes.
        FileBytes = "file_bytes",
        /// Which paper of a meeting, [`super::minutes::PaperKind`].
        Document = "document",
        /// [`super::class::ClassKind`].
        Class = "class",
        /// Codes of cases.
        Cases = "cases",
        /// [`super::target::TargetKind`].
        Target = "target",
        Year = "year",
        Amount = "amount",
        /// A paper's number in its series.
        Number = "number",
        /// Code of the unit where somebody is placed.
        Unit = "unit",
        /// How somebody left, [`super::listed::Departure`].
        Departure = "departure",
        /// What somebody is to the Party, [`super::people::Status`].
        Status = "status",
        /// How many people lists added, and changed.
        Added = "added",
        Changed = "changed",
        /// How many texts an erasure blanked.
        Blanked = "blanked",
    }
}

words! {
    /// What becomes of a report or a meeting.
    State {
        Submitted = "submitted",
        Returned = "returned",
        Accepted = "accepted",
        Planned = "planned",
        Closed = "closed",
        Cancelled = "cancelled",
    }
}

/// A place between two rows of the audit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// Epoch milliseconds.
    pub at: i64,
    /// Of the row before or after it.
    pub id: i64,
}

impl Cursor {
    /// After everything there is.
    pub const NEWEST: Self = Self { at: i64::MAX, id: i64::MAX };
}

words! {
    /// Which way to read on from a place.
    Toward {
        Older = "older",
        Newer = "newer",
    }
}

/// The circumstances of a deed, before or after it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts(Map<String, Value>);

impl Facts {
    /// Adds one; what is none (`null`) is left out.
    pub fn set(&mut self, field: Field, value: impl Serialize) {
        match serde_json::to_value(value) {
            Ok(Value::Null) | Err(_) => {}
            Ok(value) => {
                self.0.insert(field.as_str().to_owned(), value);
            }
        }
    }

    pub fn get(&self, field: Field) -> Option<&Value> {
        self.0.get(field.as_str())
    }

    /// As it is stored; `None` if there are none.
    pub fn stored(&self) -> Option<String> {
        (!self.0.is_empty()).then(|| Value::Object(self.0.clone()).to_string())
    }

    /// Reads what was stored; fields of other versions are kept, and passed over when told.
    pub fn read(stored: Option<&str>) -> Self {
        let read = stored.and_then(|text| serde_json::from_str(text).ok());
        Self(read.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_act_is_of_one_kind_and_every_kind_has_acts() {
        let found: usize = ActKind::ALL.iter().map(|kind| kind.acts().count()).sum();
        assert_eq!(found, Act::ALL.len());
        assert!(ActKind::ALL.iter().all(|kind| kind.acts().next().is_some()));
        assert_eq!(Act::DutyDone.kind(), ActKind::Meetings);
        assert_eq!(Act::PersonErased.kind(), ActKind::Staff);
        assert_eq!(Act::ConsoleOpened.kind(), ActKind::Accounts);
    }

    #[test]
    fn facts_are_read_as_they_were_stored() {
        let mut facts = Facts::default();
        facts.set(Field::Recipients, 7);
        facts.set(Field::Mentor, None::<&str>);
        assert_eq!(facts.stored().as_deref(), Some(r#"{"recipients":7}"#));
        assert_eq!(Facts::read(facts.stored().as_deref()), facts);
        assert_eq!(Facts::default().stored(), None);
        assert_eq!(Facts::read(Some("null")), Facts::default());
    }
}
