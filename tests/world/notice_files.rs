//! The file that goes with a notice: handed over on the page, put to the draft or refused, fetched
//! by whom the notice went to.

use chrono::TimeDelta;
use diudat::domain::ids::NoticeId;
use diudat::domain::typed::Typed;
use diudat::message::{Event, OfferedFile};
use diudat::operations::notice_files::{self, NoticeFile};
use diudat::operations::{Doer, Door, Refused};
use diudat::store::{accounts, people};
use rstest_reuse::apply;

use crate::support::{Engine, both_engines};
use crate::world::{TYPING, World};

const OFFICE: &str = "NS-027";
const TEXT: &str = "Mời các đồng chí dự hội nghị";
const PDF: &[u8] = b"%PDF-1.7 ke hoach";

/// The organisation's page, as far as files come and go there; what is refused looks as if it were not there.
struct Page(Door);

impl Page {
    async fn limit(&self, account: &str) -> Option<usize> {
        match self.0.inquiry(on_the_page(account)).await {
            Ok(mut inquiry) => allowed(notice_files::limit(&mut inquiry.work()).await),
            Err(refused) => allowed(Err(refused)),
        }
    }

    async fn keep(&self, account: &str, form: &str, name: &str, bytes: &[u8]) -> Option<i64> {
        allowed(notice_files::keep(&self.0, on_the_page(account), form, name, bytes).await)
    }

    async fn fetch(&self, account: &str, notice: i64) -> Option<NoticeFile> {
        let (doer, notice) = (on_the_page(account), NoticeId(notice));
        let fetch = async || {
            let mut inquiry = self.0.inquiry(doer).await?;
            let file = notice_files::read(&mut inquiry.work(), notice).await?;
            drop(inquiry);
            if file.is_some() {
                let mut deed = self.0.deed(doer).await?;
                notice_files::note_fetched(&mut deed.work(), notice).await?;
                deed.end().await?;
            }
            Ok(file)
        };
        allowed(fetch().await)
    }
}

fn on_the_page(account: &str) -> Doer<'_> {
    Doer::Account { bot: "web", account }
}

fn allowed<T>(done: Result<Option<T>, Refused>) -> Option<T> {
    match done {
        Ok(done) => done,
        Err(Refused::Because(_)) => None,
        Err(Refused::Fault(error)) => panic!("{error}"),
    }
}

impl World {
    /// Everybody confirmed the organisation's page, with their code as account, before they came to
    /// the messenger.
    async fn all_on_the_page(&self) -> Page {
        let today = self.practice.today(self.clock.now());
        let mut tx = self.db.begin().await.unwrap();
        for person in people::all(&mut tx, today).await.unwrap() {
            let (code, before) = (&person.code, self.clock.now() - TimeDelta::days(1));
            accounts::bind(&mut tx, "web", code, person.id, code, before).await.unwrap();
        }
        tx.commit().await.unwrap();
        Page(self.door())
    }

    /// How many files are stored at all.
    async fn files(&self) -> i64 {
        self.count("SELECT COUNT(*) FROM notice_file").await
    }

    /// Hands a file over as the page does.
    async fn hands(&mut self, page: &Page, who: &str, name: &str, bytes: &[u8]) {
        let form = format!("{name}:{}", bytes.len());
        let kept = match page.limit(who).await {
            Some(limit) if bytes.len() <= limit => page.keep(who, &form, name, bytes).await,
            _ => None,
        };
        let size = i64::try_from(bytes.len()).unwrap();
        let file = OfferedFile { name: name.to_owned(), size, kept };
        self.as_(who).happens(Event::Upload { caption: None, file: Some(file) }).await;
    }

    /// The office has the draft of a notice to Chi bộ Phòng 1 before it.
    async fn drafts(&mut self) {
        self.as_(OFFICE).says(&format!("/thongbao {TEXT}")).await.reads(&["Đã chọn 0/6"]);
        self.as_(OFFICE).taps("Chi bộ Phòng 1").await.reads(&["Đã chọn 1/6"]);
        self.as_(OFFICE).taps("Tiếp tục").await.reads(&[TEXT, "Đính kèm tệp: thực hiện trên"]);
    }

    /// The number of the notice, from where its file is fetched.
    fn notice_of(&self, chat: &str) -> i64 {
        let letters = self.sent_to(chat);
        let letter = letters.iter().find(|seen| seen.text.contains("/tep/")).expect("a letter");
        let number = letter.text.split("/tep/").nth(1).unwrap().split_whitespace().next().unwrap();
        number.parse().unwrap()
    }
}

#[apply(both_engines)]
#[tokio::test]
async fn a_file_goes_with_the_notice_and_is_fetched_by_whom_it_is_for(engine: Engine) {
    let mut w = World::peopled(engine, "2018-11-26 09:00").await;
    let page = w.all_on_the_page().await;
    assert_eq!(page.limit(OFFICE).await, None, "there is no draft yet");
    w.drafts().await;
    assert_eq!(page.limit(OFFICE).await, Some(5 * 1024 * 1024));
    w.hands(&page, OFFICE, "Danh sách Trần Văn Bình.pdf", b"%PDF-1.4").await;
    // A candidate's name stands in no messenger, not even as that of a file.
    w.as_(OFFICE).reads(&["Đã đính kèm tệp Danh sách QC-014.pdf (1 KB)"]);
    w.as_(OFFICE).reads(&["Xem lại thông báo", "Tệp đính kèm: Danh sách QC-014.pdf"]);
    w.restart().await;
    // The second takes the place of the first, and its name loses its folders.
    w.hands(&page, OFFICE, "C:\\Tài liệu\\Kế hoạch.pdf", PDF).await;
    w.as_(OFFICE).reads(&["Đã đính kèm tệp Kế hoạch.pdf"]);
    let preview = w.as_(OFFICE).reads(&["Tệp đính kèm: Kế hoạch.pdf (1 KB)", "[Bỏ tệp đính kèm]"]);
    assert!(!preview.contains("QC-014"), "{preview}");
    assert_eq!(w.files().await, 1);
    w.as_(OFFICE).taps("Gửi thông báo").await.reads(&["Đã gửi thông báo đến 5"]);

    let notice = w.notice_of("NS-012");
    let letter = w.as_("NS-012").reads(&["[Đã đọc]"]);
    insta::assert_snapshot!(
        "notice_file_letter",
        letter.replace(&format!("/tep/{notice}"), "/tep/N")
    );
    for (who, may) in [
        ("NS-012", true),  // it was sent to them
        ("NS-010", true),  // the same, the secretary
        ("NS-001", true),  // the committee
        (OFFICE, true),    // its office
        ("NS-016", false), // secretary elsewhere
        ("NS-015", false), // a candidate
        ("nobody", false),
    ] {
        let file = page.fetch(who, notice).await;
        assert_eq!(file.is_some(), may, "{who}");
        assert!(
            file.is_none_or(|f| f.name == Typed::new("Kế hoạch.pdf") && f.bytes == PDF),
            "{who}"
        );
        assert_eq!(page.fetch(who, notice + 1).await, None, "no such notice");
    }
    // Read, reminded, looked at: the file stands there each time.
    w.as_("NS-012").taps("Đã đọc").await.reads(&["Tệp đính kèm: Kế hoạch.pdf", "/tep/"]);
    w.as_(OFFICE).taps("Xem ai đã đọc").await.reads(&["Tệp đính kèm: Kế hoạch.pdf", "/tep/"]);
    w.everyone_reads();
    w.advance_to("2018-11-28 08:00").await;
    w.as_("NS-014").reads(&["chưa xác nhận đã đọc", "Tệp đính kèm: Kế hoạch.pdf", "/tep/"]);
    // Who has left the office has left the right.
    w.damage("UPDATE office SET to_on = '2018-11-26' WHERE kind = 'office'").await;
    assert_eq!(page.fetch(OFFICE, notice).await, None);
    w.everyone_reads();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn what_is_no_file_of_a_notice_is_refused_and_the_draft_stays(engine: Engine) {
    let mut w = World::peopled(engine, "2018-11-26 09:00").await;
    let page = w.all_on_the_page().await;
    w.as_(OFFICE).says("/thongbao").await.reads(&["gõ nội dung"]);
    w.hands(&page, OFFICE, "Kế hoạch.pdf", PDF).await;
    w.as_(OFFICE).reads(&["gõ nội dung thông báo trước", "chưa được lưu"]);
    w.as_(OFFICE).says("/huy").await.reads(&["Đã dừng"]);
    w.drafts().await;
    w.hands(&page, OFFICE, "Kế hoạch.pdf", PDF).await;
    w.as_(OFFICE).reads(&["Đã đính kèm"]);
    w.as_(OFFICE).reads(&["Kế hoạch.pdf"]);
    let large = vec![b'x'; 5 * 1024 * 1024 + 1];
    for (name, bytes, told) in [
        ("chuong-trinh.exe", b"MZ\x90\x00".as_slice(), "không thuộc các loại này"),
        ("khong-duoi", b"%PDF-1.7", "không thuộc các loại này"),
        ("gia-mao.pdf", b"MZ\x90\x00", "không đúng loại như tên tệp"),
        ("anh.png", b"\xFF\xD8\xFF\xE0", "không đúng loại như tên tệp"),
        ("trong.docx", b"", "không đúng loại như tên tệp"),
        ("to.pdf", &large, "không quá 5.120 KB; tệp vừa rồi 5.121 KB"),
    ] {
        w.hands(&page, OFFICE, name, bytes).await;
        w.as_(OFFICE).reads(&[told, "không được lưu"]);
        assert_eq!(w.files().await, 1, "{name}: the one of before, and nothing else");
    }
    // From a messenger a file is not fetched: it says where to bring it.
    let photo = OfferedFile { name: "photo.jpg".to_owned(), size: 90_000, kept: None };
    let sent = Event::Upload { caption: None, file: Some(photo) };
    w.as_(OFFICE).happens(sent).await.reads(&["chỉ nhận trên trang trò chuyện của đơn vị"]);

    w.as_(OFFICE).says("/thongbao").await.reads(&["Kế hoạch.pdf", "[Bỏ tệp đính kèm]"]);
    let preview = w.as_(OFFICE).taps("Bỏ tệp đính kèm").await.reads(&["Xem lại thông báo"]);
    assert!(!preview.contains("Kế hoạch.pdf"), "{preview}");
    assert_eq!(w.files().await, 0);
    // A draft that is thrown away takes its file along.
    w.hands(&page, OFFICE, "anh.JPG", b"\xFF\xD8\xFF\xE0").await;
    w.as_(OFFICE).reads(&["Đã đính kèm tệp anh.JPG"]);
    w.as_(OFFICE).taps("Hủy bản nháp").await.reads(&["Đã hủy"]);
    assert_eq!(w.files().await, 0);
    w.everyone_reads();
    w.finish().await;
}

/// A dossier must not land in the database because a draft happens to lie about.
#[apply(both_engines)]
#[tokio::test]
async fn outside_the_dialogue_of_a_notice_nothing_is_kept(engine: Engine) {
    let mut w = World::peopled(engine, "2018-11-26 09:00").await;
    let page = w.all_on_the_page().await;
    for who in ["NS-012", "NS-010", "NS-015"] {
        w.hands(&page, who, "Lý lịch.pdf", PDF).await;
        w.as_(who).reads(&["không nhận và không lưu"]);
    }
    w.drafts().await;
    w.as_(OFFICE).says("/huy").await.reads(&["vẫn được giữ"]);
    w.hands(&page, OFFICE, "Lý lịch.pdf", PDF).await;
    w.as_(OFFICE).reads(&["không nhận và không lưu"]);
    assert_eq!(w.files().await, 0);
    // An office that ended between the draft and the file.
    w.as_(OFFICE).says("/thongbao").await.reads(&["Xem lại thông báo"]);
    let kept = page.keep(OFFICE, "form", "a.pdf", PDF).await;
    assert!(kept.is_some());
    w.damage("UPDATE office SET to_on = '2018-11-26' WHERE kind = 'office'").await;
    let file = OfferedFile { name: "a.pdf".to_owned(), size: 17, kept };
    let sent = Event::Upload { caption: None, file: Some(file) };
    w.as_(OFFICE).happens(sent).await.reads(&["Chỉ cấp ủy viên và Văn phòng"]);
    assert_eq!(w.files().await, 0);
    assert_eq!(page.keep(OFFICE, "form-2", "a.pdf", PDF).await, None);
    assert_eq!(w.files().await, 0);
    w.everyone_reads();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn a_file_is_its_senders_alone_and_a_form_sent_again_brings_no_second_one(engine: Engine) {
    let mut w = World::at(engine, "2018-11-26 09:00").await;
    let page = w.all_on_the_page().await;
    w.join(TYPING, OFFICE).await;
    w.typing_as(OFFICE).says(&format!("/thongbao {TEXT}")).await.reads(&["Đã chọn 0/6"]);
    let first = page.keep(OFFICE, "form", "a.pdf", PDF).await;
    assert_eq!(page.keep(OFFICE, "form", "a.pdf", PDF).await, first);
    let file = |kept| OfferedFile { name: "a.pdf".to_owned(), size: 17, kept };
    let sent = |kept| Event::Upload { caption: None, file: Some(file(kept)) };
    // Somebody else's file is nobody's.
    w.join(TYPING, "NS-001").await;
    w.typing_as("NS-001").says(&format!("/thongbao {TEXT}")).await.reads(&["Đã chọn 0/6"]);
    let theirs = page.keep("NS-001", "form-1", "b.pdf", PDF).await;
    w.typing_as(OFFICE).happens(sent(theirs)).await.reads(&["chỉ nhận trên trang"]);
    w.typing_as(OFFICE).happens(sent(first)).await.reads(&["Đã đính kèm tệp a.pdf"]);
    w.typing_as(OFFICE).reads(&["Đã chọn 0/6"]);
    assert_eq!(w.files().await, 2, "one each");
    w.everyone_reads();
    w.finish().await;
}

/// The same form, or the same content under another form and name, is one file.
#[apply(both_engines)]
#[tokio::test]
async fn a_file_that_is_handed_over_twice_is_kept_once(engine: Engine) {
    let mut w = World::peopled(engine, "2018-12-03 09:00").await;
    w.everyone_reads();
    let page = w.all_on_the_page().await;
    w.as_(OFFICE).says("/thongbao").await.reads(&[]);
    w.as_(OFFICE).says(TEXT).await.reads(&[]);
    let first = page.keep(OFFICE, "form-1", "a.pdf", PDF).await;
    assert!(first.is_some());
    for (form, name) in [("form-1", "a.pdf"), ("form-2", "a.pdf"), ("form-3", "b.pdf")] {
        assert_eq!(page.keep(OFFICE, form, name, PDF).await, first, "{form}");
    }
    assert_eq!(w.files().await, 1);
    // Once it is with the draft, too; the draft's file bears the newest name.
    w.hands(&page, OFFICE, "a.pdf", PDF).await;
    w.hands(&page, OFFICE, "b.pdf", PDF).await;
    assert_eq!(w.files().await, 1);
    assert_eq!(w.count("SELECT COUNT(*) FROM notice_file WHERE name = 'b.pdf'").await, 1);
    w.hands(&page, OFFICE, "c.pdf", b"%PDF-1.7 khac").await;
    assert_eq!(w.files().await, 1, "another takes its place");
    w.everyone_reads();
    w.finish().await;
}
