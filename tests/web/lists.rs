//! The page on which lists are taken in: who finds it, what it shows, that what was shown is done, once.

use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use crate::files::{form, post, writer};
use crate::stage::{Browser, Stage, attribute};

const LIST: &str =
    "Họ tên,Chi bộ,Mốc 1,Ngày sinh\nNgô Thị Lụa,Chi bộ Phòng Bào,3/2/2010,1/1/1980\n";

impl Browser {
    /// What the page says to these fields, after those that every form has.
    async fn lists(&self, stage: &Stage, more: &[(&str, Option<&str>, &[u8])]) -> String {
        let mut fields: Vec<(&str, Option<&str>, &[u8])> =
            vec![("form", None, self.form.as_bytes()), ("key", None, b"key-000001")];
        fields.extend_from_slice(more);
        let answer = post(self, &stage.url("/danh-sach"), form(&fields), HeaderMap::new()).await;
        assert_eq!(answer.status(), StatusCode::OK);
        answer.text().await.unwrap()
    }
}

#[tokio::test]
async fn what_was_looked_at_is_taken_in_once() {
    let stage = Stage::open().await;
    let (browser, _) = writer(&stage).await;
    let page = browser.get("/danh-sach").await.text().await.unwrap();
    assert!(page.contains("Nhập danh sách") && !page.contains("<script"), "{page}");
    let file = ("file", Some("a.csv"), LIST.as_bytes());
    let look = browser.lists(&stage, &[("do", None, b"look"), file]).await;
    assert!(look.contains("Mốc 1") && look.contains("Chi bộ Phòng Bào") || look.contains("Thêm"));
    let kept = attribute(&look, "name=\"kept:a.csv\" value");
    let shown = attribute(&look, "name=\"shown\" value");
    let kept: (&str, Option<&str>, &[u8]) = ("kept:a.csv", None, kept.as_bytes());
    let take: (&str, Option<&str>, &[u8]) = ("do", None, b"take");

    // What was not shown is shown first: a column taken for something else, or another decision.
    let column: (&str, Option<&str>, &[u8]) = ("col:0:C", None, b"admitted");
    let before = ("shown", None, shown.as_bytes());
    let again = browser.lists(&stage, &[before, kept, take, column]).await;
    assert!(again.contains("Có thay đổi kể từ lúc"), "{again}");
    let shown = attribute(&again, "name=\"shown\" value");
    let done =
        browser.lists(&stage, &[("shown", None, shown.as_bytes()), kept, take, column]).await;
    assert!(done.contains("Đã nhập danh sách"), "{done}");
    // The form once more, and the file once more.
    let twice = browser.lists(&stage, &[("do", None, b"look"), file]).await;
    assert!(!twice.contains("value=\"take\""), "nothing is new: {twice}");
    assert!(twice.contains("<option value=\"admitted\" selected>"), "it is remembered: {twice}");

    // It is taken back where nobody went on from it.
    let page = browser.get("/danh-sach").await.text().await.unwrap();
    assert!(page.contains("Các lần nhập gần đây") && page.contains("Rút lại"), "{page}");
    let import = attribute(&page, "name=\"undo\" value");
    let undo = [("undo", None, import.as_bytes()), ("key", None, &b"key-000002"[..])];
    let gone = browser.lists(&stage, &undo).await;
    assert!(gone.contains("Đã rút lại lần nhập") && !gone.contains("name=\"undo\""), "{gone}");
    let again = browser.lists(&stage, &[("do", None, b"look"), file]).await;
    assert!(again.contains("value=\"take\""), "all of it is new again: {again}");
}

#[tokio::test]
async fn a_file_that_is_none_is_said_so_and_nothing_is_done() {
    let stage = Stage::open().await;
    let (browser, _) = writer(&stage).await;
    for (name, bytes, why) in [
        ("a.xlsx", &b"%PDF-1.7"[..], "đây không phải là bảng"),
        ("b.csv", b"a;b\n1;2\n", "không thấy dòng tiêu đề"),
        ("c.csv", b"", "tệp không có gì"),
    ] {
        let said =
            browser.lists(&stage, &[("do", None, b"look"), ("file", Some(name), bytes)]).await;
        assert!(said.contains(why), "{name}: {said}");
    }
    let wrong =
        "Họ tên;Chi bộ;Ngày sinh\nNgô Thị Lụa;Chi bộ Một;31/02/1980\n<b>x</b> y;Chi bộ Một;1980\n";
    let file = ("file", Some("d.csv"), wrong.as_bytes());
    let said = browser.lists(&stage, &[("do", None, b"look"), file]).await;
    assert!(said.contains("ô C2") && said.contains("ngày có trong lịch"), "{said}");
    assert!(!said.contains("value=\"take\"") && !said.contains("<b>x</b>"), "{said}");
}

#[tokio::test]
async fn nobody_else_finds_the_page() {
    let stage = Stage::open().await;
    let stranger = stage.visitor().await;
    assert_eq!(stranger.get("/danh-sach").await.status(), StatusCode::NOT_FOUND);
    assert_eq!(stranger.get("/danh-sach/mau").await.status(), StatusCode::NOT_FOUND);
    let (browser, _) = writer(&stage).await;
    assert_eq!(browser.get("/danh-sach").await.status(), StatusCode::OK);
    assert_eq!(browser.get("/danh-sach/mau").await.status(), StatusCode::OK);
    let fields = [("form", None, &b"of another"[..]), ("key", None, b"key-000001")];
    let answer = post(&browser, &stage.url("/danh-sach"), form(&fields), HeaderMap::new()).await;
    assert_eq!(answer.status(), StatusCode::FORBIDDEN);
    let fields =
        [("form", None, stranger.form.as_bytes()), ("file", Some("a.csv"), LIST.as_bytes())];
    let answer = post(&stranger, &stage.url("/danh-sach"), form(&fields), HeaderMap::new()).await;
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
}
