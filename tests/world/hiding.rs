//! Hiding does not tell: a code that is not the asker's and one that nobody has get one and the same answer,
//! whatever command or line it stands in; and a group hears of nobody on the road, whatever was typed.

use diudat::assistant::commands;
use diudat::domain::ids::{MeetingId, NoticeId};
use diudat::domain::minutes::PaperKind;
use diudat::message::{Event, OfferedFile};
use diudat::operations::{Doer, Work, documents, notice_files};
use rstest_reuse::apply;

use crate::papers::held;
use crate::support::{Engine, both_engines};
use crate::world::{TAPPING, World};

const OFFICE: &str = "NS-027";
/// Of other branches than the codes below: a secretary, a member and a mentor.
const ASKING: [&str; 3] = ["NS-049", "NS-003", "NS-055"];
/// Of somebody in another branch, and the same of nobody: a candidate, a probationary member, their person, a
/// member, and a unit by code and name. None is the example of any sentence.
const CODES: [[&str; 2]; 6] = [
    ["QC-015", "QC-977"],
    ["QC-009", "QC-978"],
    ["NS-014", "NS-979"],
    ["NS-011", "NS-979"],
    ["CB-02", "CB-97"],
    ["phòng 2", "phòng 97"],
];
/// Lines in which a code stands.
const LINES: [&str; 5] =
    ["{}", "{} tốt khá tốt tốt tốt, tiếp tục", "vắng {} đi công tác", "hồ sơ {}", "{} đã đọc"];

impl World {
    /// What the answer to some words shows, with `<code>` for the code in it.
    async fn answers(&mut self, who: &str, words: &str, code: &str) -> Vec<String> {
        let before = self.sent_to(who).len();
        self.as_(who).says(words).await;
        let shown = self.sent_to(who).into_iter().skip(before).map(|seen| seen.whole());
        let told = shown.map(|text| text.replace(code, "<code>")).collect();
        self.as_(who).says("/huy").await;
        told
    }

    /// Whether somebody gets the minutes of a meeting and the file of a notice. A page says of a refusal what it
    /// says of nothing: that it is not found.
    async fn reads_papers(&mut self, who: &str, meeting: i64, notice: i64) -> (bool, bool) {
        let read = async |work: &mut Work<'_>| {
            let paper = documents::read(work, MeetingId(meeting), PaperKind::Minutes).await;
            let file = notice_files::read(work, NoticeId(notice)).await;
            Ok((matches!(paper, Ok(Some(_))), matches!(file, Ok(Some(_)))))
        };
        self.on_the_page(who, read).await.unwrap()
    }

    /// How many rows there are of whatever a deed could have left.
    async fn rows(&self) -> i64 {
        let tables = [
            "report",
            "report_draft",
            "report_review",
            "attendance_answer",
            "case_step",
            "mentorship",
            "office",
            "notice",
            "notice_draft",
            "placement",
            "standing",
            "unit_target",
        ];
        let all: Vec<String> =
            tables.iter().map(|table| format!("(SELECT COUNT(*) FROM {table})")).collect();
        self.count(format!("SELECT {}", all.join(" + ")).leak()).await
    }
}

#[apply(both_engines)]
#[tokio::test]
async fn a_code_of_others_and_one_of_nobody_get_the_same_answer(engine: Engine) {
    let mut w = World::peopled(engine, "2018-12-03 09:00").await;
    w.everyone_reads();
    let mut forms: Vec<String> = LINES.iter().map(|line| (*line).to_owned()).collect();
    // A code of an invitation is drawn anew, and wrong ones are counted: `tests/world/binding.rs`.
    for command in commands().iter().filter(|command| !["nhom", "start"].contains(&command.name)) {
        forms.push(format!("/{} {{}}", command.name));
    }
    let rows = w.rows().await;
    let mut told = Vec::new();
    for who in ASKING {
        for form in &forms {
            for [theirs, nobodys] in CODES {
                let one = w.answers(who, &form.replace("{}", theirs), theirs).await;
                let other = w.answers(who, &form.replace("{}", nobodys), nobodys).await;
                if one != other {
                    told.push(format!("{who}, {form} of {theirs}:\n{one:#?}\n{other:#?}"));
                }
            }
        }
    }
    assert!(told.is_empty(), "{}\n{}", told.len(), told.join("\n\n"));
    assert_eq!(w.rows().await, rows, "nor is anything written");
    w.everyone_reads();
    w.finish().await;
}

/// Numbers that others were told or that stand in the addresses of pages: of a reminder, a meeting, a class and
/// a notice. Whoever tries one hears no more of it than of one that there is not.
#[apply(both_engines)]
#[tokio::test]
async fn a_number_of_others_and_one_of_nothing_get_the_same_answer(engine: Engine) {
    let mut w = held(engine).await;
    w.everyone_reads();
    w.as_(OFFICE).says("/thongbao Mời họp giao ban").await;
    for button in ["Chi bộ Phòng 1", "Tiếp tục"] {
        w.as_(OFFICE).taps(button).await;
    }
    let (name, bytes) = ("Kế hoạch.pdf", b"%PDF-1.7 ke hoach");
    let office = Doer::Account { bot: TAPPING, account: OFFICE };
    let kept = notice_files::keep(&w.door(), office, "form", name, bytes).await.unwrap();
    let file = OfferedFile { name: name.to_owned(), size: 17, kept };
    w.as_(OFFICE).happens(Event::Upload { caption: None, file: Some(file) }).await;
    w.as_(OFFICE).taps("Gửi thông báo").await;
    w.everyone_reads();
    let closed = w.meeting("CB-02", "2018-12").await;
    let branch = "(SELECT id FROM unit WHERE code = 'CB-02')";
    let of_others = [
        // What is typed after a word below a reminder.
        "SELECT MAX(b.prompt_code) FROM button b JOIN person p ON p.id = b.person_id
            WHERE p.code = 'NS-013' AND b.prompt_code IS NOT NULL"
            .to_owned(),
        format!("SELECT MAX(id) FROM meeting WHERE unit_id = {branch}"),
        "SELECT MAX(id) FROM study_class".to_owned(),
        "SELECT MAX(id) FROM notice".to_owned(),
    ];
    let mut numbers = Vec::new();
    for sql in of_others {
        numbers.push(w.count(sql.leak()).await);
    }
    let taken = numbers.clone();
    let nothing = (100..1000).find(|free| !taken.contains(free) && *free % 10 != 0).unwrap();
    let mut forms: Vec<String> =
        ["cm {}", "vắng {} đi công tác", "đã đọc {}", "{}", "LH-{}"].map(str::to_owned).to_vec();
    // A bare number is a day or a year to some, whatever else it is; codes of invitations are drawn anew.
    let others = ["lichhop", "thongke", "chitieu", "nhom", "start"];
    for command in commands().iter().filter(|command| !others.contains(&command.name)) {
        forms.push(format!("/{} {{}}", command.name));
    }
    let rows = w.rows().await;
    let mut told = Vec::new();
    for who in ASKING {
        for form in &forms {
            for number in &numbers {
                let [theirs, nobodys] = [number, &nothing].map(ToString::to_string);
                let one = w.answers(who, &form.replace("{}", &theirs), &theirs).await;
                let other = w.answers(who, &form.replace("{}", &nobodys), &nobodys).await;
                if one != other {
                    told.push(format!("{who}, {form} of {theirs}:\n{one:#?}\n{other:#?}"));
                }
            }
        }
        // The addresses of papers and files.
        let [_, _, _, notice] = numbers[..] else { panic!("four numbers") };
        for (meeting, notice) in [(closed.0, notice), (nothing, nothing)] {
            assert_eq!(w.reads_papers(who, meeting, notice).await, (false, false), "{who}");
        }
    }
    // They are there, for whom they are for.
    let [_, _, _, notice] = numbers[..] else { panic!("four numbers") };
    assert_eq!(w.reads_papers("NS-010", closed.0, notice).await, (true, true));
    assert!(told.is_empty(), "{}\n{}", told.len(), told.join("\n\n"));
    assert_eq!(w.rows().await, rows, "nor is anything written");
    w.everyone_reads();
    w.finish().await;
}

/// Names and codes typed wherever a group may hear of it: place, topic and reasons.
#[apply(both_engines)]
#[tokio::test]
async fn a_group_hears_of_nobody(engine: Engine) {
    let mut w = World::peopled(engine, "2018-11-27 09:00").await;
    w.everyone_reads();
    w.has_a_group().await;
    w.damage(
        "UPDATE meeting SET place = 'nhà riêng VŨ TIẾN LÂM'
        WHERE unit_id = (SELECT id FROM unit WHERE code = 'CB-02') AND state = 'planned'",
    )
    .await;
    let asked =
        w.in_group("group1", "NS-010").says("/lichhop").await.reads(&["không nêu trong nhóm"]);
    assert!(!asked.contains("QC-009"), "whoever asks may see the case, the group may not: {asked}");
    w.advance_to("2018-12-02 08:00").await;
    w.in_group("group1", "NS-010").reads(&["Chi bộ Phòng 1", "14:00", "không nêu trong nhóm"]);
    w.everyone_reads();

    w.damage(
        "UPDATE meeting SET place = 'họp xét hồ sơ qc 14'
        WHERE unit_id = (SELECT id FROM unit WHERE code = 'CB-02') AND state = 'planned'",
    )
    .await;
    w.in_group("group1", "NS-010").says("/lichhop").await.reads(&["không nêu trong nhóm"]);
    // In private the same is said with the code, to whoever may see the case.
    let own = w.as_("NS-010").says("/lichhop").await.reads(&["qc 14"]);
    assert!(!own.contains("không nêu"), "{own}");
    for seen in w.all_sent().iter().filter(|seen| seen.chat.starts_with("group")) {
        let text = diudat::domain::text::fold(&seen.whole());
        for part in ["vu tien lam", "v.t.l", "qc-", "qc 14"] {
            assert!(!text.contains(part), "{part}: {text}");
        }
    }
    w.everyone_reads();
    w.finish().await;
}
