//! The papers of a closed meeting: what they say, their numbers, and who gets them.

use diudat::domain::ids::MeetingId;
use diudat::domain::language::Language;
use diudat::domain::minutes::PaperKind;
use diudat::domain::units::UnitTree;
use diudat::operations::{Doer, Refused, documents};
use diudat::papers;
use diudat::store::{accounts, people, records};
use rstest_reuse::apply;

use crate::support::{Engine, both_engines};
use crate::world::{TYPING, World};

/// The paragraphs of a Word file, which keeps its parts as they are.
pub fn text(docx: &[u8]) -> String {
    let whole = String::from_utf8_lossy(docx);
    let body = whole.split_once("<w:body>").expect("a body").1;
    let body = body.split_once("</w:body>").expect("its end").0;
    let paragraph = |xml: &str| -> String {
        let texts = xml.split("<w:t ").chain(xml.split("<w:t>").skip(1));
        let inner = |part: &str| {
            let text = part.split_once("</w:t>")?.0;
            Some(text.split_once('>').map_or(text, |(_, text)| text).to_owned())
        };
        texts.filter_map(inner).collect()
    };
    let paragraphs = body.split("</w:p>").map(paragraph).collect::<Vec<_>>();
    let text = paragraphs.join("\n").replace("&lt;", "<").replace("&gt;", ">");
    text.replace("&amp;", "&").trim_end().to_owned()
}

impl World {
    pub async fn meeting(&self, unit: &str, month: &str) -> MeetingId {
        let mut tx = self.db.read().await.unwrap();
        let units = UnitTree::load(&mut tx).await.unwrap();
        let unit = units.by_code(unit).unwrap().id;
        records::regular(&mut tx, unit, month.parse().unwrap()).await.unwrap().expect("a meeting")
    }

    pub async fn paper(&self, meeting: MeetingId, kind: PaperKind) -> Option<Vec<u8>> {
        let mut tx = self.db.read().await.unwrap();
        let record = records::of(&mut tx, &self.practice, meeting).await.unwrap()?;
        papers::docx(&record, kind, Language::Vi).unwrap()
    }

    /// The name of a paper that somebody fetches on the page; `None`: there is none for them.
    pub async fn fetched(
        &self,
        account: &str,
        meeting: MeetingId,
        kind: PaperKind,
    ) -> Option<String> {
        let doer = Doer::Account { bot: "web", account };
        let door = self.door();
        let fetch = async || {
            let mut inquiry = door.inquiry(doer).await?;
            let record = documents::read(&mut inquiry.work(), meeting, kind).await?;
            drop(inquiry);
            if record.is_some() {
                let mut deed = door.deed(doer).await?;
                documents::note_fetched(&mut deed.work(), meeting, kind).await?;
                deed.end().await?;
            }
            Ok(record.map(|record| papers::file_name(&record, kind)))
        };
        match fetch().await {
            Ok(name) => name,
            Err(Refused::Because(_)) => None,
            Err(Refused::Fault(error)) => panic!("{error}"),
        }
    }

    /// Calls the roll of the meeting that is at hand.
    pub async fn calls(&mut self, secretary: &str) {
        self.as_(secretary).says("/hop").await;
        self.as_(secretary).taps("Lưu điểm danh").await;
    }

    /// Closes it.
    pub async fn closes(&mut self, secretary: &str, taker: &str) -> String {
        self.as_(secretary).taps("Người ghi biên bản").await;
        self.as_(secretary).taps(taker).await;
        self.as_(secretary).taps("Kết thúc kỳ họp").await;
        self.everyone_reads();
        self.as_(secretary).taps("Xác nhận kết thúc").await.reads(&["kết thúc lúc"])
    }
}

/// Phòng 1 has met in December 2018: a conclusion on two candidates, a vote, a task and a score.
pub async fn held(engine: Engine) -> World {
    let mut w = World::peopled(engine, "2018-12-03 09:00").await;
    w.as_("NS-013").says("qc-014 tốt khá tốt tốt tốt, đưa vào nguồn").await;
    w.as_("NS-013").taps("Gửi báo cáo").await;
    w.advance_to("2018-12-04 09:00").await;
    w.as_("NS-012").taps("Vắng có lý do").await;
    w.as_("NS-012").says("đi công tác tại Hà Nội").await;
    w.advance_to("2018-12-05 15:45").await;
    let secretary = "NS-010";
    w.calls(secretary).await;
    w.as_(secretary).taps("Kết luận về QC-009").await;
    w.as_(secretary).taps("Ghi kết luận").await;
    w.as_(secretary).says("Chấp hành tốt <nội quy> & kỷ luật;\nđề nghị giúp đỡ thêm").await;
    w.as_(secretary).taps("Quay lại").await;
    w.as_(secretary).taps("Kết luận về QC-014").await;
    w.as_(secretary).taps("Kiến nghị: Đưa vào nguồn").await;
    w.as_(secretary).taps("Biểu quyết").await;
    w.as_(secretary).taps("Cả 3 đồng chí tán thành").await;
    w.as_(secretary).taps("Quay lại").await;
    w.as_(secretary).taps("Nhiệm vụ").await;
    w.as_(secretary).taps("Đỗ Thị Kim Oanh").await;
    w.as_(secretary).says("Hướng dẫn đồng chí Bình học lớp nhận thức về Đảng").await;
    w.as_(secretary).says("20/12").await;
    w.as_(secretary).taps("Quay lại").await;
    w.as_(secretary).taps("Tự chấm điểm").await;
    w.as_(secretary).says("92").await;
    w.closes(secretary, "Nguyễn Thị Thanh Mai").await;
    w.as_("NS-013").reads(&["đã phân công đồng chí"]);
    w
}

#[apply(both_engines)]
#[tokio::test]
async fn the_papers_say_what_the_sheet_says(engine: Engine) {
    let w = held(engine).await;
    let meeting = w.meeting("CB-02", "2018-12").await;
    for (name, kind) in [("minutes", PaperKind::Minutes), ("resolution", PaperKind::Resolution)] {
        let paper = w.paper(meeting, kind).await.expect("the paper");
        insta::assert_snapshot!(name, text(&paper));
        assert_eq!(w.paper(meeting, kind).await, Some(paper), "the same bytes every time");
    }
    if let Some(folder) = std::env::var_os("DIUDAT_WRITE_PAPERS") {
        for kind in PaperKind::ALL {
            let paper = w.paper(meeting, *kind).await.unwrap();
            let file = std::path::Path::new(&folder).join(format!("{kind}.docx"));
            std::fs::write(file, paper).unwrap();
        }
    }
    w.finish().await;
}

/// A public messenger says where the papers are, and the console how they are made.
#[apply(both_engines)]
#[tokio::test]
async fn a_channel_without_names_says_where_the_papers_are(engine: Engine) {
    let mut w = held(engine).await;
    w.as_("NS-011").says("/hop").await.reads(&["[Kỳ họp trước]"]);
    let after = w.as_("NS-011").taps("Kỳ họp trước").await.reads(&[
        "Nghị quyết số 01-NQ/CB",
        "Tải Nghị quyết (Word): có ghi họ tên nên không gửi ở đây",
    ]);
    assert!(!after.contains("[Tải"), "{after}");
    w.join(TYPING, "NS-011").await;
    w.typing_as("NS-011").says("/hop").await.reads(&["Kỳ họp trước"]);
    w.typing_as("NS-011").says("kỳ họp trước").await.reads(&["không gửi ở đây"]);
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn numbers_run_on_in_each_branch_and_kind(engine: Engine) {
    let mut w = held(engine).await;
    // Another branch counts for itself, and what decides nothing has no resolution.
    w.advance_to("2018-12-05 16:00").await;
    w.calls("NS-037").await;
    let other = w.closes("NS-037", "Trần Hữu Nhân").await;
    assert!(other.contains("Biên bản số 01-BB/CB") && !other.contains("Nghị quyết"), "{other}");
    let meeting = w.meeting("CB-05", "2018-12").await;
    assert_eq!(w.paper(meeting, PaperKind::Resolution).await, None);
    // The next month.
    w.advance_to("2019-01-05 15:00").await;
    w.calls("NS-010").await;
    let next = w.closes("NS-010", "Nguyễn Thị Thanh Mai").await;
    assert!(next.contains("Biên bản số 02-BB/CB") && !next.contains("Nghị quyết"), "{next}");
    // One that is not closed has no papers.
    let open = w.meeting("CB-01", "2019-01").await;
    assert_eq!(w.paper(open, PaperKind::Minutes).await, None);
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn papers_go_to_who_leads_the_branch_or_watches_over_it_today(engine: Engine) {
    let w = held(engine).await;
    let meeting = w.meeting("CB-02", "2018-12").await;
    let today = w.practice.today(w.clock.now());
    let mut tx = w.db.begin().await.unwrap();
    for person in people::all(&mut tx, today).await.unwrap() {
        let (code, now) = (&person.code, w.clock.now());
        accounts::bind(&mut tx, "web", code, person.id, code, now).await.unwrap();
    }
    tx.commit().await.unwrap();
    let may = async |account: &str| w.fetched(account, meeting, PaperKind::Minutes).await;
    for (who, allowed) in [
        ("NS-010", true),  // secretary here
        ("NS-011", true),  // deputy here
        ("NS-027", true),  // the committee's office
        ("NS-001", true),  // the committee
        ("NS-013", false), // a member here
        ("NS-015", false), // the candidate
        ("NS-016", false), // secretary elsewhere
        ("nobody", false),
    ] {
        let name = may(who).await;
        assert_eq!(name.is_some(), allowed, "{who}");
        let expected = "bien-ban-2018-12-05-chi-bo-phong-1.docx";
        assert!(name.is_none_or(|name| name == expected), "{who}");
    }
    let december = w.meeting("CB-01", "2018-12").await;
    assert_eq!(w.fetched("NS-001", december, PaperKind::Minutes).await, None, "not closed");
    // A secretary who was relieved is a member like others.
    w.damage(
        "UPDATE office SET to_on = '2018-12-05' WHERE kind = 'secretary' AND person_id =
            (SELECT id FROM person WHERE code = 'NS-010')",
    )
    .await;
    assert_eq!(may("NS-010").await, None);
    w.finish().await;
}

/// What was pasted from Word or a terminal into a conclusion is kept on both engines, and the minutes
/// open.
#[apply(both_engines)]
#[tokio::test]
async fn a_pasted_conclusion_is_kept_and_the_minutes_open(engine: Engine) {
    let mut w = World::peopled(engine, "2018-12-03 09:00").await;
    w.advance_to("2018-12-05 15:45").await;
    let secretary = "NS-010";
    w.calls(secretary).await;
    w.as_(secretary).taps("Kết luận về QC-009").await;
    w.as_(secretary).taps("Ghi kết luận").await;
    w.as_(secretary)
        .says("Chấp\0 hành\ttốt\u{b}nội quy\u{1b}[1m\u{FFFE};\u{2028}giúp đỡ thêm")
        .await;
    w.as_(secretary).taps("Quay lại").await;
    w.closes(secretary, "Nguyễn Thị Thanh Mai").await;
    let meeting = w.meeting("CB-02", "2018-12").await;
    let minutes = w.paper(meeting, PaperKind::Minutes).await.expect("minutes");
    let said = text(&minutes);
    let odd = |c: char| c.is_control() && c != '\n' || c == '\u{FFFE}';
    assert!(!said.contains(odd), "{said:?}");
    for words in ["Chấp hành", "tốt", "nội quy[1m;\n", "giúp đỡ thêm"] {
        assert!(said.contains(words), "{words}: {said}");
    }
    w.everyone_reads();
    w.finish().await;
}
