//! Who may do what: every kind of person tries every command and every button there is, also those
//! made for them by a forger, and gets what is theirs and nothing else.
//!
//! What each may do is said here once more, in few words and without a look at the program's own
//! checks. The table it makes is `docs/rights.md`; `DIUDAT_WRITE_DOCS=1` writes it anew.

use std::collections::BTreeSet;
use std::fmt::Write;

use chrono::NaiveDate;
use diudat::assistant::commands;
use diudat::domain::ids::{ButtonId, CaseId, MeetingId, OutboxId, PersonId, UnitId};
use diudat::domain::report::{Rating, Recommendation, Slot};
use diudat::domain::road::{Ask, CaseStep, Paper, Place, Reason};
use diudat::message::Phrase;
use diudat::store::sessions::{self, NewButton, SessionKey};
use diudat::store::units::UnitTree;
use diudat::store::{cases, meetings, people};
use diudat::taps::{
    AttendanceTap, FiguresTap, IntroductionTap, ReportTap, ReviewTap, RoadTap, Tap,
};
use rstest::rstest;

use crate::road::SOMEBODY_NEW;
use crate::support::Engine;
use crate::world::{TAPPING, World};

const NOW: &str = "2018-12-03 09:00";

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
        says("/lichhop", "Lịch sinh hoạt – Chi bộ", |r| r.in_branch),
        says("/thongke", "Kỳ thống kê", |r| r.leads || r.oversees),
        says("/thongke phòng 1", "5/6", |r| r.leads_here || r.oversees),
        says("/thongke phòng 2", "10/12", |r| r.oversees),
        says("/nguon", "Nguồn phát triển đảng", |r| r.leads || r.oversees),
        says("/hoso", "QC-0", |r| r.leads || r.oversees),
        says("/hoso qc-014", "Hồ sơ QC-014", |r| r.leads_here || r.oversees),
        says("/quydinh", "Quy định đang áp dụng", |r| r.known),
        says("/nhom", "Mã gắn nhóm", |r| r.leads),
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
    trials.extend(road_tried(here));
    trials
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
    ]
}

/// Somebody new is introduced. They would change the figures, so they come after these.
fn introductions_tried() -> Vec<Trial> {
    let answers = |tap| Deed::Answers(Tap::Introduction(tap));
    let trial = |about, deed, shows, may| Trial { about, deed, shows, may };
    // Whose union it is: NS-021 speaks for the unions of the whole.
    let may: fn(&Role) -> bool = |r| r.leads_here || r.code == "NS-021";
    let day = NaiveDate::from_ymd_opt(2018, 12, 3).expect("a date");
    let choose = answers(IntroductionTap::Choose(SOMEBODY_NEW));
    vec![
        says("/gioithieu", "Đồng chí giới thiệu ai?", may),
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
        Tap::Figures(_) => "figures",
        Tap::Road(tap) => match tap {
            RoadTap::Branch(_) => "branch",
            RoadTap::Open(_) => "dossier",
            RoadTap::Others(_) => "other steps",
            RoadTap::Papers { .. } => "papers",
            RoadTap::Paper { .. } => "paper",
            RoadTap::Keep { .. } => "keep",
            RoadTap::Begin { .. } => "begin",
            RoadTap::On(_) => "on",
            RoadTap::Name(_) => "name",
            RoadTap::Named => "named",
            RoadTap::Because(_) => "because",
            RoadTap::Edit => "edit the step",
            RoadTap::Change(_) => "change",
            RoadTap::Take => "take",
        },
        Tap::Introduction(tap) => match tap {
            IntroductionTap::Choose(_) => "introduce",
            IntroductionTap::On(_) => "introduced on",
            IntroductionTap::Record => "record the introduction",
        },
        Tap::Command(_) => "command",
    }
}
const KINDS: usize = 40;

impl World {
    async fn here(&self) -> Here {
        let now = self.clock.now();
        let mut tx = self.db.read().await.unwrap();
        let units = UnitTree::load(&mut tx).await.unwrap();
        let unit = |code: &str| units.0.iter().find(|unit| unit.code == code).unwrap().id;
        let branch = unit("CB-02");
        let meeting = meetings::next_regular(&mut tx, branch, now).await.unwrap().unwrap().id;
        let guided = cases::guided_in(&mut tx, branch, self.practice.today(now)).await.unwrap();
        let case = |code: &str| guided.iter().find(|guided| guided.code == code).unwrap().id;
        let mentor = people::by_code(&mut tx, "NS-012").await.unwrap().unwrap();
        let sent = Slot { meeting, case: case("QC-014"), mentor };
        Here {
            meeting,
            case: sent.case,
            whole: unit("DB"),
            branch,
            elsewhere: unit("CB-05"),
            sent,
            also_sent: Slot { case: case("QC-009"), ..sent },
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
    let mut w = World::peopled(engine, NOW).await;
    for case in ["qc-014", "qc-009"] {
        w.as_("NS-012").says(&format!("{case} tốt khá tốt tốt tốt, tiếp tục")).await;
        w.as_("NS-012").taps("Gửi báo cáo").await;
    }
    let here = w.here().await;
    let (mut rights, mut wrong) = (Vec::new(), Vec::new());
    let mut trials = commands_tried();
    trials.extend(taps_tried(&here));
    let known = trials.len();
    trials.extend(introductions_tried());
    for (n, trial) in trials.into_iter().enumerate() {
        if n == known {
            w.has_somebody_new().await;
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
    let introductions = introductions_tried();
    let said: BTreeSet<&str> = commands_tried()
        .iter()
        .chain(&introductions)
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
    };
    let tapped: BTreeSet<&str> = taps_tried(&here)
        .iter()
        .chain(&introductions)
        .filter_map(|trial| match &trial.deed {
            Deed::Says(_) => None,
            Deed::Taps(tap) | Deed::Answers(tap) | Deed::TapsAnothers(tap) => Some(kind(tap)),
        })
        .collect();
    assert_eq!(tapped.len(), KINDS, "{tapped:?}");
}
