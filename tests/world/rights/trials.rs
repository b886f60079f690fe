//! What is tried: every command, and every button in the order in which one makes sense after the
//! other.

use chrono::NaiveDate;
use diudat::domain::audit::{Cursor, Toward};
use diudat::domain::ids::OutboxId;
use diudat::domain::language::Language;
use diudat::domain::minutes::{PaperKind, Presence};
use diudat::domain::month::StepKind;
use diudat::domain::quiet::Rest;
use diudat::domain::report::{Rating, Recommendation};
use diudat::domain::road::{Ask, CaseStep, Paper, Place, Reason};
use diudat::taps::{
    ApprovalTap, Asked, AttendanceTap, AuditTap, AuditView, Confirms, DoubtTap, FiguresTap, Given,
    IntroductionTap, NoticeTap, NudgeTap, ReportTap, ReviewTap, RoadTap, ScheduleTap, SettingsTap,
    SheetTap, SnoozeTap, Tap,
};

use super::charges::{handover_tried, personnel_tried};
use super::{Deed, Here, MENTOR, Role, Trial};
use crate::road::SOMEBODY_NEW;

fn says(words: &'static str, shows: &'static str, may: fn(&Role) -> bool) -> Trial {
    Trial { about: words, deed: Deed::Says(words), shows, may }
}

pub(super) fn commands_tried() -> Vec<Trial> {
    vec![
        says("/start", "Kính chào", |r| r.known),
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
        says("/nguon", "Nguồn phát triển đảng", |r| r.leads || r.oversees),
        says("/hoso", "QC-0", |r| r.leads || r.oversees),
        says("/hoso qc-014", "Hồ sơ QC-014", |r| r.leads_here || r.oversees),
        says("/quydinh", "Quy định đang áp dụng", |r| r.known),
        says("/phancong", "Phân công theo dõi", |r| r.leads),
        says("/bangiao", "Bàn giao nhiệm vụ", |r| r.leads || r.oversees),
        says("/nhansu", "[Thêm người]", |r| r.leads || r.oversees),
        says("/thongbao", "Thông báo đã gửi", |r| r.oversees),
        says("/nhatky", "Nhật ký – ", |r| r.oversees),
        says("/nhatky phong 1", "Nhật ký – Chi bộ Phòng 1", |r| r.oversees),
        says("/duyet", "Việc chờ Đảng ủy duyệt", |r| r.oversees),
        says("/baocao", "QC-0", |r| r.guides),
        says("/baocao qc-014", "QC-014, T.V.B.", |r| r.guides_here),
        says("qc-014 tốt khá tốt tốt tốt, tiếp tục", "QC-014, T.V.B.", |r| {
            r.guides_here
        }),
    ]
}

pub(super) fn taps_tried(here: &Here) -> Vec<Trial> {
    let day = |year| NaiveDate::from_ymd_opt(year, 1, 1).expect("a date");
    let figures = |unit| Tap::Figures(FiguresTap { unit, from: day(2015), to: day(2019) });
    let repeat = Tap::Report(ReportTap::Repeat { meeting: here.meeting, case: here.case });
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
        trial(
            "A text of two meanings: the command",
            Deed::Taps(Tap::Doubt(DoubtTap::Instead { text: "thống kê".to_owned() })),
            "Kỳ thống kê",
            |r| r.leads || r.oversees,
        ),
        trial(
            "A text of two meanings: the answer, where nothing is asked",
            Deed::Taps(Tap::Doubt(DoubtTap::Content {
                question: OutboxId(1),
                text: "thống kê".to_owned(),
            })),
            "lý do: thống kê",
            never,
        ),
        trial("Report: list", Deed::Taps(Tap::Report(ReportTap::Open)), "QC-0", |r| r.guides),
        trial("Another's button: report", Deed::TapsAnothers(choose()), candidate, |r| {
            r.code == MENTOR
        }),
        trial("Report: choose", Deed::Taps(choose()), candidate, |r| r.guides_here),
        trial("Report: the last one anew", Deed::Taps(repeat), candidate, |r| r.guides_here),
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
        trial(
            "Follow up: remind all the same",
            follow(NudgeTap::Anyway(here.meeting)),
            "hôm nay đã nhắc",
            |r| r.leads_here || r.oversees,
        ),
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
    let judge = |tap| Deed::Answers(Tap::Review(tap));
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
        // A verdict is given under the report.
        trial("", review(ReviewTap::Open(here.sent)), "Báo cáo của đồng chí", |r| {
            r.leads_here
        }),
        trial("Review: accept", judge(ReviewTap::Accept(here.sent)), "Đã duyệt", |r| {
            r.leads_here
        }),
        trial("", review(ReviewTap::Open(here.also_sent)), "Báo cáo của đồng chí", |r| {
            r.leads_here
        }),
        trial(
            "Review: return",
            judge(ReviewTap::Return(here.also_sent)),
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
    trials.extend(audit_tried(here));
    let choose = |tap| Deed::Taps(Tap::Settings(tap));
    let speak = SettingsTap::Language(Language::Vi);
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
    trials.extend(road_tried(here));
    trials.extend(approvals_tried(here));
    trials.extend(transfers_tried(here));
    trials.extend(notices_tried(here));
    trials.extend(handover_tried(here));
    trials.extend(personnel_tried(here));
    trials
}

/// Reading on in the audit of the branch here.
fn audit_tried(here: &Here) -> Vec<Trial> {
    let view = AuditView {
        unit: Some(here.branch),
        code: None,
        days: None,
        kind: None,
        place: Cursor::NEWEST,
        toward: Toward::Older,
    };
    let trial = |about, tap, shows| Trial {
        about,
        deed: Deed::Taps(Tap::Audit(tap)),
        shows,
        may: |r| r.oversees,
    };
    vec![
        trial("Audit: a page", AuditTap::Show(view.clone()), "Nhật ký – Chi bộ Phòng 1"),
        trial("Audit: the kinds of deed", AuditTap::Kinds(view), "xem loại việc nào"),
    ]
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
pub(super) fn sheet_tried(here: &Here) -> Vec<Trial> {
    let (meeting, person, case) = (here.meeting, here.member, here.case);
    let recommendation = Recommendation::Source;
    let from = Some(Presence::Present);
    let taps = [
        ("Sheet: of the branch", SheetTap::Branch(here.branch), "Phiếu họp –"),
        ("Sheet: the meeting ahead", SheetTap::Ahead(here.branch), "chuẩn bị kỳ họp"),
        ("Sheet: look", SheetTap::Show(meeting), "Phiếu họp –"),
        ("Sheet: roll call", SheetTap::Roll(meeting), "Bấm vào tên"),
        ("Sheet: mark a member", SheetTap::Mark { meeting, person, from }, "Bấm vào tên"),
        ("Sheet: save the roll", SheetTap::SaveRoll(meeting), "Điểm danh: có mặt"),
        ("", SheetTap::Roll(meeting), "Bấm vào tên"),
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
        (
            "Sheet: number of a paper",
            SheetTap::Number { meeting, kind: PaperKind::Resolution },
            "mang số mấy",
        ),
        ("", SheetTap::Close(meeting), "[Xác nhận kết thúc]"),
        ("Sheet: close", SheetTap::CloseNow(meeting), "kết thúc lúc"),
    ];
    let trial = |(about, tap, shows)| {
        let tap = Tap::Sheet(tap);
        // What is confirmed is confirmed under what shows it.
        let deed = match tap.confirms() {
            Confirms::Nothing => Deed::Taps(tap),
            Confirms::Question | Confirms::Message => Deed::Answers(tap),
        };
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
        // The same, as there is none.
        trial("Notice: without its file", tap(NoticeTap::DropFile), "Xem lại", oversees),
        trial("Notice: send", answer(NoticeTap::Send), "Đã gửi thông báo", oversees),
        trial("", Deed::Says("/thongbao Họp gấp"), "Đã chọn 0/6", oversees),
        trial("Notice: throw away", answer(NoticeTap::Discard), "Đã hủy bản nháp", oversees),
    ]
}

/// The road of the candidate here: looking, papers, a step of the branch, and one back.
fn road_tried(here: &Here) -> Vec<Trial> {
    let case = here.case;
    let taps = |tap| Deed::Taps(Tap::Road(tap));
    let answers = |tap| Deed::Answers(Tap::Road(tap));
    let trial = |about, deed, shows, may| Trial { about, deed, shows, may };
    let sees: fn(&Role) -> bool = |r| r.leads_here || r.oversees;
    let records: fn(&Role) -> bool = |r| r.leads_here;
    let day = NaiveDate::from_ymd_opt(2018, 12, 3).expect("a date");
    let paper = Paper::Application;
    let begin = |step| taps(RoadTap::Begin { case, step });
    let (preview, introducers) = ("Xem lại trước khi ghi", "Đảng viên nào giới thiệu");
    let title = "Nguồn phát triển đảng – Chi bộ Phòng 1";
    vec![
        trial("Road: the branch here", taps(RoadTap::Branch(here.branch)), title, sees),
        trial("Road: look", taps(RoadTap::Open(case)), "Hồ sơ QC-014", sees),
        trial("Road: other steps", taps(RoadTap::Others(case)), "Việc khác với QC-014", sees),
        trial(
            "Road: papers",
            taps(RoadTap::Papers { case, set: paper.set() }),
            "Giấy tờ kết nạp – QC-014",
            sees,
        ),
        trial("Road: a paper", taps(RoadTap::Paper { case, paper }), "Hiện đang ghi", sees),
        trial(
            "Road: a paper is kept",
            taps(RoadTap::Keep { case, paper, at: Some(Place::Branch) }),
            "Đã ghi:",
            sees,
        ),
        trial("Road: begin a step", begin(CaseStep::Dossier), "Ngày thực hiện", records),
        trial("Road: its day", answers(RoadTap::On(day)), introducers, records),
        trial("Road: name", answers(RoadTap::Name(here.sent.mentor)), "Đã chọn", records),
        trial("Road: all are named", answers(RoadTap::Named), preview, records),
        trial("Road: change", answers(RoadTap::Edit), "muốn sửa từ câu nào", records),
        trial(
            "Road: change one answer",
            answers(RoadTap::Change(Ask::Introducers)),
            introducers,
            records,
        ),
        trial("", answers(RoadTap::Named), preview, records),
        trial("Road: record", answers(RoadTap::Take), "Đã ghi nhận: Lập hồ sơ", records),
        trial("Road: begin a step back", begin(CaseStep::SentBack), "Ngày thực hiện", records),
        trial("", answers(RoadTap::On(day)), "Lý do?", records),
        trial("Road: why", answers(RoadTap::Because(Reason::Papers)), preview, records),
        trial("", Deed::Says("/huy"), "", |_| true),
        // What is newest here is the branch's own step if it was recorded, else the committee's.
        trial("Road: a mistake?", taps(RoadTap::Mistaken(case)), "Gỡ bước ghi nhầm", sees),
        trial(
            "Road: take back the committee's step",
            answers(RoadTap::TakeBack { case, taken: here.taken }),
            "Đã gỡ bước ghi nhầm",
            |r| r.oversees,
        ),
    ]
}

/// The source list of Phòng 7.
fn approvals_tried(here: &Here) -> Vec<Trial> {
    let answers = |tap| Deed::Answers(Tap::Approval(tap));
    let may: fn(&Role) -> bool = |r| r.oversees;
    let trial = |about, deed, shows| Trial { about, deed, shows, may };
    let day = NaiveDate::from_ymd_opt(2018, 12, 3).expect("a date");
    let list = Deed::Taps(Tap::Approval(ApprovalTap::List(here.listed)));
    let pick = ApprovalTap::Pick(here.waiting);
    let because = ApprovalTap::Because(Reason::Reconsider);
    let (when, preview) = ("Ngày thực hiện?", "Xem lại trước khi ghi");
    vec![
        trial("Approval: a branch's list", list, "Danh sách nguồn chờ duyệt"),
        trial("Approval: choose", answers(pick), "Duyệt 1 người đã chọn"),
        trial("Approval: approve", answers(ApprovalTap::Approve), when),
        trial("Approval: when", answers(ApprovalTap::On(day)), "Số, ký hiệu"),
        trial("", Deed::Says("12-TB/ĐU"), preview),
        trial("Approval: choose anew", answers(ApprovalTap::Anew), "Danh sách nguồn chờ duyệt"),
        trial("Approval: return", answers(ApprovalTap::Return), when),
        trial("", answers(ApprovalTap::On(day)), "Lý do?"),
        trial("Approval: why", answers(because), preview),
        trial("Approval: record", answers(ApprovalTap::Record), "Đã ghi nhận: Trả lại"),
    ]
}

/// A file that has left its branch goes on to another.
fn transfers_tried(here: &Here) -> Vec<Trial> {
    let answers = |tap| Deed::Answers(Tap::Road(tap));
    let may: fn(&Role) -> bool = |r| r.oversees;
    let trial = |about, deed, shows| Trial { about, deed, shows, may };
    let day = NaiveDate::from_ymd_opt(2018, 12, 3).expect("a date");
    let begin = RoadTap::Begin { case: here.left, step: CaseStep::Received };
    vec![
        trial("", Deed::Taps(Tap::Road(begin)), "Ngày thực hiện"),
        trial("", answers(RoadTap::On(day)), "về chi bộ nào?"),
        trial("Road: to another branch", answers(RoadTap::To(here.branch)), "Số, ký hiệu"),
        Trial { about: "", deed: Deed::Says("/huy"), shows: "", may: |_| true },
    ]
}

/// Somebody new is introduced. They would change the figures, so they come after these.
pub(super) fn introductions_tried(here: &Here) -> Vec<Trial> {
    let answers = |tap| Deed::Answers(Tap::Introduction(tap));
    let trial = |about, deed, shows, may| Trial { about, deed, shows, may };
    // Whose union it is: NS-021 speaks for the unions of the whole.
    let may: fn(&Role) -> bool = |r| r.leads_here || r.code == "NS-021";
    let anywhere: fn(&Role) -> bool = |r| r.leads || r.code == "NS-021";
    let day = NaiveDate::from_ymd_opt(2018, 12, 3).expect("a date");
    let choose = answers(IntroductionTap::Choose(SOMEBODY_NEW));
    vec![
        says("/gioithieu", "Đồng chí giới thiệu ai?", may),
        trial(
            "Introduction: somebody new",
            answers(IntroductionTap::New),
            "Họ và tên đầy đủ",
            anywhere,
        ),
        trial("", Deed::Says("Lê Thị Thử"), "Ngày sinh?", anywhere),
        trial("", Deed::Says("1/4/1994"), "", |_| true),
        trial(
            "Introduction: the branch of somebody new",
            answers(IntroductionTap::In(here.branch)),
            "Công tác ở đó từ khi nào",
            // Who leads one branch is not asked for it.
            |r| r.code == "NS-021",
        ),
        trial("", Deed::Says("/huy"), "", |_| true),
        trial("", Deed::Says("/gioithieu"), "Đồng chí giới thiệu ai?", may),
        trial("Introduction: who", choose, "Ngày giới thiệu?", may),
        trial(
            "Introduction: when",
            answers(IntroductionTap::On(day)),
            "Xem lại trước khi ghi",
            may,
        ),
        trial(
            "Introduction: record",
            answers(IntroductionTap::Record),
            "Đã ghi nhận giới thiệu QC-023",
            may,
        ),
    ]
}
