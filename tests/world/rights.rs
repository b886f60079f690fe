//! Who may do what: every kind of person tries every command and every button there is, also those
//! made for them by a forger, and gets what is theirs and nothing else.
//!
//! What each may do is said here once more, in few words and without a look at the program's own
//! checks. The table it makes is `docs/rights.md`; `DIUDAT_WRITE_DOCS=1` writes it anew.

use std::collections::BTreeSet;
use std::fmt::Write;

use chrono::NaiveDate;
use diudat::assistant::commands;
use diudat::domain::ids::{
    ButtonId, CaseId, DutyId, MeetingId, NoticeId, OutboxId, PersonId, UnitId,
};
use diudat::domain::month::StepKind;
use diudat::domain::quiet::Rest;
use diudat::domain::report::{Rating, Recommendation, Slot};
use diudat::message::Phrase;
use diudat::store::sessions::{self, NewButton, SessionKey};
use diudat::store::units::UnitTree;
use diudat::store::{accounts, cases, duties, meetings, notices, people, sheets};
use diudat::taps::{
    Asked, AttendanceTap, Charge, FiguresTap, Given, HandoverTap, NoticeTap, NudgeTap, ReportTap, ReviewTap,
    ScheduleTap, SettingsTap, SheetTap, SnoozeTap, Tap,
};
use rstest::rstest;

use crate::support::Engine;
use crate::world::{TAPPING, World, local};

const NOW: &str = "2018-12-03 09:00";
/// Before the first reminder of the meeting here.
const BEFORE: &str = "2018-12-02 07:00";
/// When the meeting here has begun, also where it was moved.
const MEETING: &str = "2018-12-07 09:30";

/// A kind of person, and what makes them one. "Here" is the branch of the meeting and of the
/// candidate that everybody tries their hand at, Phòng 1 and QC-014.
struct Role {
    code: &'static str,
    about: &'static str,
    known: bool,
    /// Party member of the branch here.
    member_here: bool,
    /// Party member of any branch.
    in_branch: bool,
    guides: bool,
    guides_here: bool,
    leads: bool,
    leads_here: bool,
    oversees: bool,
}

const NOBODY: Role = Role {
    code: "stranger",
    about: "Stranger",
    known: false,
    member_here: false,
    in_branch: false,
    guides: false,
    guides_here: false,
    leads: false,
    leads_here: false,
    oversees: false,
};

const KNOWN: Role = Role { known: true, in_branch: true, ..NOBODY };

const ROLES: &[Role] = &[
    NOBODY,
    Role { code: "NS-015", about: "Candidate here", ..KNOWN },
    Role { code: "NS-003", about: "Member elsewhere", ..KNOWN },
    Role { code: "NS-021", about: "Union elsewhere", ..KNOWN },
    Role { code: "NS-042", about: "Mentor elsewhere", guides: true, ..KNOWN },
    Role {
        code: "NS-013",
        about: "Mentor here",
        member_here: true,
        guides: true,
        guides_here: true,
        ..KNOWN
    },
    Role { code: "NS-016", about: "Secretary elsewhere", leads: true, ..KNOWN },
    Role {
        code: "NS-010",
        about: "Secretary here",
        member_here: true,
        leads: true,
        leads_here: true,
        ..KNOWN
    },
    Role {
        code: "NS-011",
        about: "Deputy here",
        member_here: true,
        leads: true,
        leads_here: true,
        ..KNOWN
    },
    Role { code: "NS-027", about: "Committee's office", oversees: true, ..KNOWN },
    Role {
        code: "NS-001",
        about: "Committee, and secretary elsewhere",
        leads: true,
        oversees: true,
        ..KNOWN
    },
];

/// What a person does.
enum Deed {
    Says(&'static str),
    /// Taps a button that was made for them, by whomever.
    Taps(Tap),
    /// The same, under the question that is open in their chat, if there is one.
    Answers(Tap),
    /// Taps a button that was made for the mentor here.
    TapsAnothers(Tap),
}

struct Trial {
    /// Empty: not a row of its own.
    about: &'static str,
    deed: Deed,
    /// Stands in the answer if, and only if, the right was exercised.
    shows: &'static str,
    may: fn(&Role) -> bool,
}

/// What the trials are about.
struct Here {
    meeting: MeetingId,
    case: CaseId,
    whole: UnitId,
    branch: UnitId,
    elsewhere: UnitId,
    /// Reports of the other mentor here, on two candidates.
    sent: Slot,
    also_sent: Slot,
    /// The account of the mentor here.
    account: i64,
    /// The mentor here, and what they were given to do at an earlier meeting.
    member: PersonId,
    duty: DutyId,
    /// To the branch here.
    notice: NoticeId,
}

fn says(words: &'static str, shows: &'static str, may: fn(&Role) -> bool) -> Trial {
    Trial { about: words, deed: Deed::Says(words), shows, may }
}

fn commands_tried() -> Vec<Trial> {
    vec![
        says("/start", "Kính chào đồng chí", |r| r.known),
        says("/trogiup", "/toi", |r| r.known),
        says("/toi", "(NS-", |r| r.known),
        says("/viec", "iệc cần làm", |r| r.known),
        says("/huy", "Hiện không có việc", |r| r.known),
        says("/hop", "kỳ họp", |r| r.leads),
        says("/lichhop", "Lịch sinh hoạt – Chi bộ", |r| r.in_branch),
        says("/thongke", "Kỳ thống kê", |r| r.leads || r.oversees),
        says("/thongke phòng 1", "5/6", |r| r.leads_here || r.oversees),
        says("/thongke phòng 2", "10/12", |r| r.oversees),
        says("/nhom", "Mã gắn nhóm", |r| r.leads),
        says("/nhac", "Đôn đốc", |r| r.leads || r.oversees),
        says("/nhac phòng 1", "Đôn đốc – Chi bộ Phòng 1", |r| {
            r.leads_here || r.oversees
        }),
        says("/caidat", "Giờ yên tĩnh:", |r| r.known),
        says("/phancong", "Phân công theo dõi", |r| r.leads),
        says("/bangiao", "Bàn giao nhiệm vụ", |r| r.leads || r.oversees),
        says("/thongbao", "Thông báo đã gửi", |r| r.oversees),
        says("/baocao", "QC-0", |r| r.guides),
        says("/baocao qc-014", "QC-014, T.V.B.", |r| r.guides_here),
        says("qc-014 tốt khá tốt tốt tốt, tiếp tục", "QC-014, T.V.B.", |r| {
            r.guides_here
        }),
    ]
}

fn taps_tried(here: &Here) -> Vec<Trial> {
    let day = |year| NaiveDate::from_ymd_opt(year, 1, 1).expect("a date");
    let figures = |unit| Tap::Figures(FiguresTap { unit, from: day(2015), to: day(2019) });
    let choose = || Tap::Report(ReportTap::Choose { meeting: here.meeting, case: here.case });
    let coming = || Tap::Attendance(AttendanceTap::Coming(here.meeting));
    let excused = || Tap::Attendance(AttendanceTap::Excused(here.meeting));
    let tomorrow = NaiveDate::from_ymd_opt(2018, 12, 4).and_then(|day| day.and_hms_opt(8, 0, 0));
    let tomorrow = tomorrow.expect("a time");
    let later = |at| {
        let (meeting, duty) = (here.meeting, StepKind::Meeting);
        Tap::Snooze(match at {
            Some(at) => SnoozeTap::At { meeting, duty, at },
            None => SnoozeTap::Ask { meeting, duty },
        })
    };
    let command = |word: &str| Tap::Command(word.to_owned());
    let candidate = "QC-014, T.V.B.";
    let trial = |about, deed, shows, may| Trial { about, deed, shows, may };
    let never: fn(&Role) -> bool = |_| false;
    let mut trials = vec![
        trial("Figures of the whole", Deed::Taps(figures(here.whole)), "50/60", |r| r.oversees),
        trial("Figures of the branch here", Deed::Taps(figures(here.branch)), "5/6", |r| {
            r.leads_here || r.oversees
        }),
        trial("Figures of a branch elsewhere", Deed::Taps(figures(here.elsewhere)), "10/12", |r| {
            r.oversees
        }),
        trial("Another's button: figures", Deed::TapsAnothers(figures(here.whole)), "50/60", never),
        trial("Meeting: remind me later", Deed::Taps(later(None)), "nhắc lại khi nào", |r| {
            r.member_here
        }),
        trial(
            "Meeting: remind me tomorrow",
            Deed::Taps(later(Some(tomorrow))),
            "Tôi sẽ nhắc",
            |r| r.member_here,
        ),
        trial("Meeting: coming", Deed::Taps(coming()), "có mặt", |r| r.member_here),
        trial("Another's button: coming", Deed::TapsAnothers(coming()), "có mặt", |r| {
            r.code == MENTOR
        }),
        // No reason is asked for while something else is open.
        trial("", Deed::Says("/huy"), "", |_| true),
        trial("Meeting: excused", Deed::Taps(excused()), "lý do", |r| r.member_here),
        trial(
            "Meeting: no reason",
            Deed::Answers(Tap::Attendance(AttendanceTap::NoReason)),
            "Đã ghi nhận",
            |r| r.member_here,
        ),
        trial("A command behind a button", Deed::Taps(command("nhom")), "Mã gắn nhóm", |r| {
            r.leads
        }),
        trial("Report: list", Deed::Taps(Tap::Report(ReportTap::Open)), "QC-0", |r| r.guides),
        trial("Another's button: report", Deed::TapsAnothers(choose()), candidate, |r| {
            r.code == MENTOR
        }),
        trial("Report: choose", Deed::Taps(choose()), candidate, |r| r.guides_here),
    ];
    let follow = |tap| Deed::Taps(Tap::Nudge(tap));
    let proof = "Đôn đốc – Chi bộ Phòng 1";
    trials.extend([
        trial("Follow up: look", follow(NudgeTap::Proof(here.meeting)), proof, |r| {
            r.leads_here || r.oversees
        }),
        trial("Follow up: remind", follow(NudgeTap::Owing(here.meeting)), ": đã nhắc", |r| {
            r.leads_here || r.oversees
        }),
    ]);
    // Everything is filled in by the line that was typed. Without a name: on the way to the next.
    let steps = [
        ("Report: change", ReportTap::Edit),
        ("Report: change a rating", ReportTap::EditRating(1)),
        ("Report: rate", ReportTap::Rate(Rating::Good)),
        ("", ReportTap::Edit),
        ("Report: change the words", ReportTap::EditText),
        ("Report: skip the words", ReportTap::SkipText),
        ("", ReportTap::Edit),
        ("Report: change the recommendation", ReportTap::EditRecommendation),
        ("Report: recommend", ReportTap::Recommend(Recommendation::Continue)),
        ("", ReportTap::Edit),
        ("Report: back", ReportTap::Back),
        ("Report: as last month", ReportTap::AsLastMonth),
        ("Report: keep for later", ReportTap::SaveDraft),
    ];
    for (about, step) in steps {
        trials.push(trial(about, Deed::Answers(Tap::Report(step)), candidate, |r| r.guides_here));
    }
    trials.push(trial("Report: open what was kept", Deed::Taps(choose()), candidate, |r| {
        r.guides_here
    }));
    let send = Deed::Answers(Tap::Report(ReportTap::Send));
    trials.push(trial("Report: send", send, "Đã gửi báo cáo về QC-014", |r| r.guides_here));
    let review = |tap| Deed::Taps(Tap::Review(tap));
    trials.extend([
        trial(
            "Review: look",
            review(ReviewTap::Open(here.sent)),
            "Báo cáo của đồng chí",
            |r| r.leads_here,
        ),
        trial(
            "Review: earlier ones",
            review(ReviewTap::Earlier(here.sent)),
            "Các báo cáo",
            |r| r.leads_here,
        ),
        trial("Review: accept", review(ReviewTap::Accept(here.sent)), "Đã duyệt", |r| {
            r.leads_here
        }),
        trial(
            "Review: return",
            review(ReviewTap::Return(here.also_sent)),
            "lý do trả lại",
            |r| r.leads_here,
        ),
        trial("", Deed::Says("cần nêu rõ hơn"), "", |_| true),
    ]);
    let until = NaiveDate::from_ymd_opt(2018, 12, 5).and_then(|day| day.and_hms_opt(10, 0, 0));
    let until = Tap::Review(ReviewTap::Until(until.expect("a time")));
    trials.push(trial(
        "Review: until when",
        Deed::Answers(until),
        "Đã trả lại báo cáo",
        |r| r.leads_here,
    ));
    trials.extend(schedule_tried(here));
    let choose = |tap| Deed::Taps(Tap::Settings(tap));
    let speak = SettingsTap::Language("vi".to_owned());
    trials.extend([
        trial("Settings: look", choose(SettingsTap::Open), "Giờ yên tĩnh:", |r| r.known),
        trial("Settings: language", choose(speak), "Ngôn ngữ: Tiếng Việt", |r| r.known),
        trial("Settings: ask for hours", choose(SettingsTap::Hours), "Hiện nay:", |r| r.known),
        trial(
            "Settings: no quiet hours",
            choose(SettingsTap::Rest(Rest::None)),
            "nhận tin bất cứ lúc nào",
            |r| r.known,
        ),
        trial("Settings: accounts", choose(SettingsTap::Accounts), "đến kênh nào", |r| {
            r.known
        }),
        trial(
            "Settings: the account of the mentor here",
            choose(SettingsTap::Account(here.account)),
            "Kênh nhận tin trước tiên",
            |r| r.code == MENTOR,
        ),
    ]);
    trials.extend(notices_tried(here));
    trials.extend(handover_tried(here));
    trials
}

/// Setting the branch's meetings: nothing is confirmed that the others still need.
fn schedule_tried(here: &Here) -> Vec<Trial> {
    let leads_here: fn(&Role) -> bool = |r| r.leads_here;
    let trial = |about, tap, shows| Trial {
        about,
        deed: Deed::Taps(Tap::Schedule(tap)),
        shows,
        may: leads_here,
    };
    let answer = |about, tap, shows| Trial {
        about,
        deed: Deed::Answers(Tap::Schedule(tap)),
        shows,
        may: leads_here,
    };
    let (unit, meeting) = (here.branch, here.meeting);
    let says = |words| Trial { about: "", deed: Deed::Says(words), shows: "", may: |_| true };
    vec![
        trial("Meetings: who comes", ScheduleTap::Roll(meeting), "Trả lời dự họp"),
        trial("Meetings: list to change", ScheduleTap::Meetings(unit), "cần đổi hoặc hủy"),
        trial("Meetings: set the rule", ScheduleTap::Rule(unit), "sinh hoạt định kỳ vào ngày nào"),
        answer("Meetings: a question", ScheduleTap::Ask(Asked::DayOfMonth), "Ngày nào hằng tháng"),
        answer("Meetings: an answer", ScheduleTap::Give(Given::Rule("day 5".into())), "mấy giờ"),
        answer("Meetings: leave", ScheduleTap::Leave, "Lịch họp vẫn như cũ"),
        trial("Meetings: add a thematic one", ScheduleTap::Add(unit), "chuyên đề là gì"),
        says("/huy"),
        trial("Meetings: cancel", ScheduleTap::Cancel(meeting), "Vì lý do gì"),
        says("/huy"),
        trial("Meetings: move", ScheduleTap::Move(meeting), "Chuyển sang ngày, giờ nào"),
        says("7/12 9h"),
        answer("", ScheduleTap::Give(Given::Same), "Vì lý do gì"),
        says("trùng hội nghị"),
        answer("Meetings: change an answer", ScheduleTap::Edit, "muốn sửa mục nào"),
        answer("", ScheduleTap::Ask(Asked::Reason), "Vì lý do gì"),
        says("trùng hội nghị"),
        answer("Meetings: confirm", ScheduleTap::Confirm, "Đã chuyển kỳ sinh hoạt"),
    ]
}

/// On the day of the meeting here, after it has begun.
fn sheet_tried(here: &Here) -> Vec<Trial> {
    let (meeting, person, case) = (here.meeting, here.member, here.case);
    let recommendation = Recommendation::Source;
    let taps = [
        ("Sheet: of the branch", SheetTap::Branch(here.branch), "Phiếu họp –"),
        ("Sheet: the meeting ahead", SheetTap::Ahead(here.branch), "chuẩn bị kỳ họp"),
        ("Sheet: look", SheetTap::Show(meeting), "Phiếu họp –"),
        ("Sheet: roll call", SheetTap::Roll(meeting), "Bấm vào tên"),
        ("Sheet: mark a member", SheetTap::Mark { meeting, person }, "Bấm vào tên"),
        ("Sheet: save the roll", SheetTap::SaveRoll(meeting), "Điểm danh: có mặt"),
        ("Sheet: all present", SheetTap::AllPresent(meeting), "có mặt 5/5"),
        ("Sheet: who is in the chair", SheetTap::Chairs(meeting), "nào chủ trì"),
        ("Sheet: choose the chair", SheetTap::Chair { meeting, person }, "Chủ trì: đồng chí"),
        ("Sheet: who takes the minutes", SheetTap::Takers(meeting), "nào ghi biên bản"),
        (
            "Sheet: choose the minute-taker",
            SheetTap::Taker { meeting, person },
            "ghi biên bản: đồng chí",
        ),
        ("Sheet: a candidate", SheetTap::Case { meeting, case }, "Kết luận về QC-014"),
        ("Sheet: write a conclusion", SheetTap::Conclude { meeting, case }, "gõ kết luận"),
        ("Sheet: propose", SheetTap::Propose { meeting, case, recommendation }, "chưa biểu quyết"),
        ("Sheet: vote", SheetTap::Vote { meeting, case }, "Biểu quyết về"),
        ("Sheet: all in favour", SheetTap::Unanimous { meeting, case }, "Được thông qua"),
        ("Sheet: tasks", SheetTap::Duties(meeting), "Giao nhiệm vụ"),
        ("Sheet: give a task", SheetTap::Assign { meeting, person }, "việc gì"),
        (
            "Sheet: take a task back",
            SheetTap::TakeBack { meeting, duty: here.duty },
            "Giao nhiệm vụ",
        ),
        ("Sheet: score", SheetTap::Score(meeting), "0 đến 100"),
        ("Sheet: show before closing", SheetTap::Close(meeting), "[Xác nhận kết thúc]"),
        ("Sheet: close", SheetTap::CloseNow(meeting), "kết thúc lúc"),
    ];
    let trial = |(about, tap, shows)| {
        let deed = Deed::Taps(Tap::Sheet(tap));
        Trial { about, deed, shows, may: |r| r.leads_here }
    };
    let mut trials: Vec<Trial> = taps.into_iter().map(trial).collect();
    trials.push(Trial {
        about: "A task is done",
        deed: Deed::Taps(Tap::Sheet(SheetTap::Done(here.duty))),
        shows: "ghi nhận hoàn thành",
        may: |r| r.leads_here || r.code == MENTOR,
    });
    trials
}

/// A second mentor for the candidate who has one.
fn handover_tried(here: &Here) -> Vec<Trial> {
    let trial = |about, deed, shows, may| Trial { about, deed, shows, may };
    let leads_here: fn(&Role) -> bool = |r| r.leads_here;
    let says = |words| trial("", Deed::Says(words), "", |_| true);
    let tap = |tap| Deed::Taps(Tap::Handover(tap));
    let answer = |tap| Deed::Answers(Tap::Handover(tap));
    let beside = Charge::Mentor { case: here.also_sent.case, instead_of: None };
    let (who, since) = (HandoverTap::Who(here.member), HandoverTap::Since(local(NOW).date()));
    vec![
        trial("Hand-over: a candidate", tap(HandoverTap::Candidate(here.case)), "[Thay", leads_here),
        trial("Hand-over: a branch", tap(HandoverTap::Branch(here.branch)), "[Phó bí thư:", |r| {
            r.leads_here || r.oversees
        }),
        trial("Hand-over: begin", tap(HandoverTap::Begin(beside)), "tiếp nhận", leads_here),
        trial("Hand-over: who", answer(who.clone()), "nghị quyết", leads_here),
        says("09-NQ/CB"),
        trial("Hand-over: since when", answer(since.clone()), "[Xác nhận]", leads_here),
        trial("Hand-over: all anew", answer(HandoverTap::Anew), "tiếp nhận", leads_here),
        trial("", answer(who), "nghị quyết", leads_here),
        says("09-NQ/CB"),
        trial("", answer(since), "[Xác nhận]", leads_here),
        trial("Hand-over: confirm", answer(HandoverTap::Confirm), "Đã phân công", leads_here),
    ]
}

fn notices_tried(here: &Here) -> Vec<Trial> {
    let trial = |about, deed, shows, may| Trial { about, deed, shows, may };
    let oversees: fn(&Role) -> bool = |r| r.oversees;
    let always: fn(&Role) -> bool = |_| true;
    let tap = |tap| Deed::Taps(Tap::Notice(tap));
    let answer = |tap| Deed::Answers(Tap::Notice(tap));
    let look = NoticeTap::Look { notice: here.notice, page: 0 };
    let read = || NoticeTap::Read(here.notice);
    let others = Deed::TapsAnothers(Tap::Notice(read()));
    vec![
        trial("Notice: have read it", tap(read()), "Đã ghi nhận", |r| r.member_here),
        trial("Another's button: have read it", others, "Đã ghi nhận", |r| r.code == MENTOR),
        trial("Notice: who has read it", tap(look), "Đã đến", oversees),
        trial("", Deed::Says("/huy"), "", always),
        trial("Notice: write", tap(NoticeTap::Compose), "gõ nội dung thông báo", oversees),
        trial("", Deed::Says("Mời các đồng chí dự hội nghị"), "", always),
        trial("Notice: a branch", tap(NoticeTap::Pick(here.branch)), "Đã chọn 1/6", oversees),
        trial("Notice: not that branch", tap(NoticeTap::Drop(here.branch)), "0/6", oversees),
        trial("Notice: all branches", answer(NoticeTap::PickAll), "Đã chọn 6/6", oversees),
        trial("Notice: no branch", answer(NoticeTap::DropAll), "Đã chọn 0/6", oversees),
        // Not under the open question, whose text it would not change: the question comes anew.
        trial("Notice: other branches", tap(NoticeTap::Page(1)), "Đã chọn 0/6", oversees),
        trial("", tap(NoticeTap::Pick(here.branch)), "Đã chọn 1/6", oversees),
        trial("Notice: preview", answer(NoticeTap::Continue), "Xem lại thông báo", oversees),
        trial("Notice: change the text", answer(NoticeTap::EditText), "Nội dung", oversees),
        trial("Notice: back", answer(NoticeTap::Back), "Xem lại thông báo", oversees),
        trial("Notice: change the branches", answer(NoticeTap::EditUnits), "1/6", oversees),
        trial("", answer(NoticeTap::Continue), "Xem lại thông báo", oversees),
        trial("Notice: send", answer(NoticeTap::Send), "Đã gửi thông báo", oversees),
        trial("", Deed::Says("/thongbao Họp gấp"), "Đã chọn 0/6", oversees),
        trial("Notice: throw away", answer(NoticeTap::Discard), "Đã hủy bản nháp", oversees),
    ]
}

const MENTOR: &str = "NS-013";

/// Each kind of tap there is. A new one does not compile until it has a name here, and then is
/// missed until it is tried.
fn kind(tap: &Tap) -> &'static str {
    match tap {
        Tap::Report(tap) => match tap {
            ReportTap::Open => "open",
            ReportTap::Choose { .. } => "choose",
            ReportTap::AsLastMonth => "as last month",
            ReportTap::Rate(_) => "rate",
            ReportTap::SkipText => "skip text",
            ReportTap::Recommend(_) => "recommend",
            ReportTap::Back => "back",
            ReportTap::SaveDraft => "save",
            ReportTap::Edit => "edit",
            ReportTap::EditRating(_) => "edit rating",
            ReportTap::EditText => "edit text",
            ReportTap::EditRecommendation => "edit recommendation",
            ReportTap::Send => "send",
        },
        Tap::Review(tap) => match tap {
            ReviewTap::Open(_) => "look",
            ReviewTap::Accept(_) => "accept",
            ReviewTap::Return(_) => "return",
            ReviewTap::Until(_) => "until",
            ReviewTap::Earlier(_) => "earlier",
        },
        Tap::Attendance(tap) => match tap {
            AttendanceTap::Coming(_) => "coming",
            AttendanceTap::Excused(_) => "excused",
            AttendanceTap::NoReason => "no reason",
        },
        Tap::Schedule(tap) => match tap {
            ScheduleTap::Rule(_) => "rule",
            ScheduleTap::Meetings(_) => "meetings",
            ScheduleTap::Move(_) => "move",
            ScheduleTap::Cancel(_) => "cancel",
            ScheduleTap::Add(_) => "add",
            ScheduleTap::Roll(_) => "who comes",
            ScheduleTap::Give(_) => "give",
            ScheduleTap::Ask(_) => "ask",
            ScheduleTap::Edit => "edit answers",
            ScheduleTap::Confirm => "confirm",
            ScheduleTap::Leave => "leave",
        },
        Tap::Sheet(tap) => match tap {
            SheetTap::Branch(_) => "sheet of the branch",
            SheetTap::Ahead(_) => "meeting ahead",
            SheetTap::Show(_) => "sheet",
            SheetTap::Roll(_) => "roll",
            SheetTap::AllPresent(_) => "all present",
            SheetTap::Mark { .. } => "mark",
            SheetTap::SaveRoll(_) => "save roll",
            SheetTap::Chairs(_) => "chairs",
            SheetTap::Chair { .. } => "chair",
            SheetTap::Takers(_) => "takers",
            SheetTap::Taker { .. } => "taker",
            SheetTap::Case { .. } => "case",
            SheetTap::Conclude { .. } => "conclude",
            SheetTap::Propose { .. } => "propose",
            SheetTap::Vote { .. } => "vote",
            SheetTap::Unanimous { .. } => "unanimous",
            SheetTap::Duties(_) => "duties",
            SheetTap::Assign { .. } => "assign",
            SheetTap::TakeBack { .. } => "take back",
            SheetTap::Score(_) => "score",
            SheetTap::Close(_) => "close",
            SheetTap::CloseNow(_) => "close now",
            SheetTap::Done(_) => "done",
        },
        Tap::Figures(_) => "figures",
        Tap::Nudge(tap) => match tap {
            NudgeTap::Proof(_) => "proof",
            NudgeTap::Owing(_) => "remind",
        },
        Tap::Snooze(tap) => match tap {
            SnoozeTap::Ask { .. } => "when again",
            SnoozeTap::At { .. } => "again at",
        },
        Tap::Settings(tap) => match tap {
            SettingsTap::Open => "settings",
            SettingsTap::Language(_) => "language",
            SettingsTap::Hours => "hours",
            SettingsTap::Rest(_) => "rest",
            SettingsTap::Accounts => "accounts",
            SettingsTap::Account(_) => "account",
        },
        Tap::Notice(tap) => match tap {
            NoticeTap::Compose => "compose",
            NoticeTap::Pick(_) => "pick",
            NoticeTap::Drop(_) => "drop",
            NoticeTap::PickAll => "pick all",
            NoticeTap::DropAll => "drop all",
            NoticeTap::Page(_) => "page",
            NoticeTap::Continue => "continue",
            NoticeTap::EditText => "edit the notice",
            NoticeTap::EditUnits => "edit units",
            NoticeTap::Back => "back to the notice",
            NoticeTap::Send => "send the notice",
            NoticeTap::Discard => "discard",
            NoticeTap::Look { .. } => "look at the notice",
            NoticeTap::Read(_) => "read",
        },
        Tap::Handover(tap) => match tap {
            HandoverTap::Candidate(_) => "guided",
            HandoverTap::Branch(_) => "offices",
            HandoverTap::Begin(_) => "begin",
            HandoverTap::Who(_) => "who",
            HandoverTap::Since(_) => "since",
            HandoverTap::Confirm => "confirm the hand-over",
            HandoverTap::Anew => "anew",
        },
        Tap::Command(_) => "command",
    }
}
const KINDS: usize = 88;

impl World {
    async fn here(&self) -> Here {
        let now = self.clock.now();
        let mut tx = self.db.begin().await.unwrap();
        let units = UnitTree::load(&mut tx).await.unwrap();
        let unit = |code: &str| units.0.iter().find(|unit| unit.code == code).unwrap().id;
        let branch = unit("CB-02");
        let meeting = meetings::next_regular(&mut tx, branch, now).await.unwrap().unwrap().id;
        let guided = cases::guided_in(&mut tx, branch, self.practice.today(now)).await.unwrap();
        let case = |code: &str| guided.iter().find(|guided| guided.code == code).unwrap().id;
        let mentor = people::by_code(&mut tx, "NS-012").await.unwrap().unwrap();
        let sent = Slot { meeting, case: case("QC-014"), mentor };
        let member = people::by_code(&mut tx, MENTOR).await.unwrap().unwrap();
        let accounts = accounts::of_persons(&mut tx, &[member]).await.unwrap();
        let before = sheets::latest(&mut tx, branch, now).await.unwrap().unwrap();
        let due = self.practice.today(now);
        duties::add(&mut tx, before, member, "việc kỳ trước", due, now).await.unwrap();
        let duty = duties::of_meeting(&mut tx, before).await.unwrap()[0].id;
        tx.commit().await.unwrap();
        Here {
            member,
            duty,
            meeting,
            case: sent.case,
            whole: unit("DB"),
            branch,
            elsewhere: unit("CB-05"),
            sent,
            also_sent: Slot { case: case("QC-009"), ..sent },
            account: accounts[0].id,
            notice: notices::recent(&mut tx, &[branch], 1).await.unwrap()[0].id,
        }
    }

    /// A button made for a person behind the program's back; under the question that is open in
    /// their chat, if they are to answer it.
    async fn forge(&self, owner: &str, tap: &Tap, answers: bool) -> String {
        let mut tx = self.db.begin().await.unwrap();
        let id = tx.new_id().await.unwrap();
        let key = SessionKey { bot: TAPPING.into(), chat: owner.into(), sender: owner.into() };
        let session = sessions::find(&mut tx, &[key]).await.unwrap().pop();
        let question = session.and_then(|(_, session)| session.question);
        let outbox = question.filter(|_| answers).unwrap_or(OutboxId(id));
        let button = NewButton {
            id: ButtonId(id),
            outbox,
            person: people::by_code(&mut tx, owner).await.unwrap(),
            unit: None,
            tap: serde_json::to_string(tap).unwrap(),
            label: serde_json::to_string(&Phrase::new("button-back")).unwrap(),
            prompt_code: None,
            // The year 2100.
            expires_at: 4_102_444_800_000,
        };
        sessions::add_buttons(&mut tx, &[button]).await.unwrap();
        tx.commit().await.unwrap();
        format!("b{id}")
    }

    /// Everything the person is told in answer.
    async fn tries(&mut self, who: &str, deed: &Deed) -> String {
        let before = self.sent_to(who).len();
        let edited =
            |w: &World| -> Vec<String> { w.sent_to(who).iter().map(|seen| seen.whole()).collect() };
        let was = edited(self);
        let button = match deed {
            Deed::Says(_) => None,
            Deed::Taps(tap) => Some(self.forge(who, tap, false).await),
            Deed::Answers(tap) => Some(self.forge(who, tap, true).await),
            Deed::TapsAnothers(tap) => Some(self.forge(MENTOR, tap, false).await),
        };
        match (deed, button) {
            (Deed::Says(words), _) => drop(self.as_(who).says(words).await),
            (_, Some(button)) => drop(self.as_(who).taps_id(&button, "1").await),
            (_, None) => unreachable!("every tap has its button"),
        }
        let is = edited(self);
        // What is new, and what was changed in place.
        let news = is.iter().enumerate().filter(|(i, text)| *i >= before || was[*i] != **text);
        news.map(|(_, text)| text.as_str()).collect::<Vec<_>>().join("\n")
    }
}

async fn tried(engine: Engine, role: &Role) -> Vec<(&'static str, bool)> {
    let mut w = World::peopled(engine, BEFORE).await;
    w.advance_to(NOW).await;
    for case in ["qc-014", "qc-009"] {
        w.as_("NS-012").says(&format!("{case} tốt khá tốt tốt tốt, tiếp tục")).await;
        w.as_("NS-012").taps("Gửi báo cáo").await;
    }
    w.as_("NS-027").says("/thongbao Mời dự hội nghị").await;
    for button in ["Chi bộ Phòng 1", "Tiếp tục", "Gửi thông báo"] {
        w.as_("NS-027").taps(button).await;
    }
    let here = w.here().await;
    let (mut rights, mut wrong) = (Vec::new(), Vec::new());
    let trials = commands_tried().into_iter().chain(taps_tried(&here));
    for (trial, on_the_day) in
        trials.map(|trial| (trial, false)).chain(sheet_tried(&here).into_iter().map(|t| (t, true)))
    {
        if on_the_day && w.clock.now() < w.practice.instant(local(MEETING)) {
            w.advance_to(MEETING).await;
        }
        // A minute for each, as a stranger is not heard for ever.
        w.clock.advance(chrono::TimeDelta::minutes(1));
        let answer = w.tries(role.code, &trial.deed).await;
        let exercised = answer.contains(trial.shows);
        if exercised != (trial.may)(role) {
            wrong.push(format!("{} ({}), {}: {answer}", role.about, role.code, trial.about));
        }
        if !trial.about.is_empty() {
            rights.push((trial.about, exercised));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    w.everyone_reads();
    w.finish().await;
    rights
}

#[rstest]
#[tokio::test]
async fn nobody_does_what_is_not_theirs(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let mut columns = Vec::new();
    for role in ROLES {
        columns.push(tried(engine, role).await);
    }
    let mut page = String::from(HEAD);
    let heads: Vec<&str> = ROLES.iter().map(|role| role.about).collect();
    writeln!(page, "| | {} |", heads.join(" | ")).unwrap();
    writeln!(page, "|---|{}", "---|".repeat(ROLES.len())).unwrap();
    for (row, (about, _)) in columns[0].iter().enumerate() {
        let cells: Vec<&str> =
            columns.iter().map(|column| if column[row].1 { "✓" } else { "–" }).collect();
        writeln!(page, "| {about} | {} |", cells.join(" | ")).unwrap();
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/rights.md");
    if std::env::var_os("DIUDAT_WRITE_DOCS").is_some() {
        std::fs::write(path, &page).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap_or_default(), page, "docs/rights.md is old");
}

const HEAD: &str = "# Who may do what

Made by `tests/world/rights.rs`, which lets each kind of person try every command and every button,
also buttons that were forged for them, and fails when one gets what is not theirs. \"Here\" is the
branch whose meeting, candidate and figures are tried. ✓: it was done; –: it was refused.

";

#[test]
fn every_command_and_every_button_is_tried() {
    let said: BTreeSet<&str> = commands_tried()
        .iter()
        .filter_map(|trial| match trial.deed {
            Deed::Says(words) => words.strip_prefix('/')?.split(' ').next(),
            _ => None,
        })
        .collect();
    let all: BTreeSet<&str> = commands().map(|command| command.name).collect();
    assert_eq!(said, all);

    let ids = (MeetingId(1), CaseId(1), UnitId(1));
    let slot = Slot { meeting: ids.0, case: ids.1, mentor: PersonId(1) };
    let here = Here {
        meeting: ids.0,
        case: ids.1,
        whole: ids.2,
        branch: ids.2,
        elsewhere: ids.2,
        sent: slot,
        also_sent: slot,
        account: 1,
        member: PersonId(1),
        duty: DutyId(1),
        notice: NoticeId(1),
    };
    let tapped: BTreeSet<&str> = taps_tried(&here)
        .iter()
        .chain(&sheet_tried(&here))
        .filter_map(|trial| match &trial.deed {
            Deed::Says(_) => None,
            Deed::Taps(tap) | Deed::Answers(tap) | Deed::TapsAnothers(tap) => Some(kind(tap)),
        })
        .collect();
    assert_eq!(tapped.len(), KINDS, "{tapped:?}");
}
