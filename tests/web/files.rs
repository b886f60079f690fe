//! Handing over a file and fetching it: who may, what is kept, and that bad input is only refused.

use diudat::message::{Channel, Event, Key, KeyAction, OfferedFile};
use reqwest::header::{CONTENT_TYPE, COOKIE, HeaderMap};
use reqwest::{Response, StatusCode};
use rstest::rstest;

use crate::stage::{Browser, FILE_LIMIT, Stage, attribute, client, headers, part};

const PDF: &[u8] = b"%PDF-1.7 \xFF\x00\r\n--the plan";

/// A form as browsers write it: each field with its name, its file name if it has one, and its value.
pub fn form(fields: &[(&str, Option<&str>, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, file, value) in fields {
        let file = file.map(|file| format!("; filename=\"{file}\"")).unwrap_or_default();
        let head =
            format!("--BOUNDARY\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n");
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(value);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--BOUNDARY--\r\n");
    body
}

pub async fn post(browser: &Browser, to: &str, body: Vec<u8>, from: HeaderMap) -> Response {
    let mut request = browser.client.post(to).body(body).headers(from);
    request = request.header(CONTENT_TYPE, "multipart/form-data; boundary=BOUNDARY");
    if let Some(cookie) = &browser.cookie {
        request = request.header(COOKIE, cookie);
    }
    request.send().await.expect("an answer")
}

async fn hand_over(stage: &Stage, browser: &Browser, name: &str, bytes: &[u8]) -> Response {
    let fields: [(&str, Option<&str>, &[u8]); 3] = [
        ("form", None, browser.form.as_bytes()),
        ("key", None, b"key-000001"),
        ("file", Some(name), bytes),
    ];
    post(browser, &stage.url("/tep"), form(&fields), HeaderMap::new()).await
}

/// A visitor from whom a file is waited for.
pub async fn writer(stage: &Stage) -> (Browser, String) {
    let browser = stage.visitor().await;
    let chat = browser.chat(stage).await;
    stage.is_the_office(&chat).await;
    (browser, chat)
}

fn offered(stage: &Stage) -> Vec<OfferedFile> {
    let inbox = stage.memory.inbox();
    let file = |incoming: &diudat::message::Incoming| match &incoming.event {
        Event::Upload { file, .. } => file.clone(),
        _ => None,
    };
    inbox.iter().filter_map(file).collect()
}

#[tokio::test]
async fn a_file_is_chosen_on_a_page_without_script_kept_once_and_told_of() {
    let stage = Stage::open().await;
    let (browser, chat) = writer(&stage).await;
    let page = browser.get("/tep").await.text().await.unwrap();
    assert!(page.contains("enctype=\"multipart/form-data\"") && page.contains("action=\"/tep\""));
    assert!(page.contains("không quá 1 KB") && !page.contains("<script"), "{page}");
    assert_eq!(attribute(&page, "name=\"form\" value"), browser.form);

    for _ in 0..2 {
        let answer = hand_over(&stage, &browser, "..\\thư mục\\Kế hoạch.pdf", PDF).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        assert_eq!(answer.headers()["location"], "/#end");
    }
    let size = i64::try_from(PDF.len()).unwrap();
    let files = stage.files().await;
    assert_eq!(files.len(), 1);
    assert_eq!((files[0].1.as_str(), files[0].2.as_slice()), ("Kế hoạch.pdf", PDF));
    let plan = OfferedFile { name: "Kế hoạch.pdf".into(), size, kept: Some(files[0].0) };
    assert_eq!(offered(&stage), [plan], "once");
    assert_eq!(stage.memory.texts_of(&chat).last().unwrap(), "Tệp: Kế hoạch.pdf");
}

#[tokio::test]
async fn whoever_no_file_is_waited_for_from_leaves_none_behind() {
    let stage = Stage::open().await;
    let browser = stage.visitor().await;
    let page = browser.get("/tep").await;
    assert_eq!(page.status(), StatusCode::SEE_OTHER, "back to the chat");
    assert_eq!(hand_over(&stage, &browser, "a.pdf", PDF).await.status(), StatusCode::SEE_OTHER);
    // The assistant is told, and answers.
    assert_eq!(offered(&stage)[0].kept, None);
    assert!(stage.files().await.is_empty());
    let nobody = client().get(stage.url("/tep")).send().await.unwrap();
    assert_eq!(nobody.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_file_that_is_too_long_is_told_of_and_not_kept() {
    let stage = Stage::open().await;
    let (browser, _) = writer(&stage).await;
    let fits = vec![b'x'; FILE_LIMIT];
    hand_over(&stage, &browser, "a.pdf", &fits).await;
    let long = vec![b'x'; 3_000_000];
    hand_over(&stage, &browser, "b.pdf", &long).await;
    let told: Vec<_> = offered(&stage).into_iter().map(|file| (file.size, file.kept)).collect();
    let files = stage.files().await;
    assert_eq!(files.len(), 1);
    assert_eq!(told, [(1000, Some(files[0].0)), (3_000_000, None)]);
    // Beyond any setting it is not even read to its end.
    let endless = vec![b'x'; 25 * 1024 * 1024];
    let fields: [(&str, Option<&str>, &[u8]); 3] = [
        ("form", None, browser.form.as_bytes()),
        ("key", None, b"key-000001"),
        ("file", Some("c.pdf"), &endless),
    ];
    let sent = browser.client.post(stage.url("/tep")).body(form(&fields));
    let sent = sent.header(CONTENT_TYPE, "multipart/form-data; boundary=BOUNDARY");
    // The answer may be lost, as the rest is still on its way.
    if let Ok(answer) = sent.header(COOKIE, browser.cookie.clone().unwrap()).send().await {
        assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE);
    }
    assert_eq!(offered(&stage).len(), 2);
    assert_eq!(browser.get("/tep").await.status(), StatusCode::OK, "and the place is free again");
}

#[tokio::test]
async fn a_form_without_a_choice_leads_back_to_it() {
    let stage = Stage::open().await;
    let (browser, _) = writer(&stage).await;
    let answer = hand_over(&stage, &browser, "", b"").await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    assert_eq!(answer.headers()["location"], "/tep");
    assert!(offered(&stage).is_empty());
}

#[rstest]
#[case::foreign_token(&[("form", "another's"), ("key", "key-000001"), ("file", "x")], &[], 403)]
#[case::foreign_page(&[("form", ""), ("key", "key-000001"), ("file", "x")],
    &[("sec-fetch-site", "cross-site")], 403)]
#[case::bytes_before_the_token(&[("file", "x"), ("form", ""), ("key", "key-000001")], &[], 400)]
#[case::no_key(&[("form", ""), ("file", "x")], &[], 400)]
#[case::a_bad_key(&[("form", ""), ("key", "a b"), ("file", "x")], &[], 400)]
#[case::no_file(&[("form", ""), ("key", "key-000001")], &[], 400)]
#[case::nothing(&[], &[], 400)]
#[tokio::test]
async fn a_form_that_is_not_of_our_page_is_refused(
    #[case] fields: &[(&str, &str)],
    #[case] from: &[(&'static str, &str)],
    #[case] status: u16,
) {
    let stage = Stage::open().await;
    let (browser, _) = writer(&stage).await;
    let mut written = Vec::new();
    for (name, value) in fields {
        // Where none is given the form has the visitor's own token.
        let value = if value.is_empty() { browser.form.as_str() } else { value };
        written.push((*name, (*name == "file").then_some("a.pdf"), value.as_bytes()));
    }
    let fields = written;
    let answer = post(&browser, &stage.url("/tep"), form(&fields), headers(from)).await;
    assert_eq!(answer.status().as_u16(), status);
    let words = b"form=x&key=y&file=z".to_vec();
    let plain = browser.client.post(stage.url("/tep")).body(words).send().await.unwrap();
    assert!(plain.status().is_client_error(), "not of this kind");
    assert!(offered(&stage).is_empty() && stage.files().await.is_empty());
}

/// Saved, never shown; and whoever it is not for learns nothing.
#[tokio::test]
async fn the_file_of_a_notice_is_a_link_that_only_its_readers_can_follow() {
    let stage = Stage::open().await;
    let mut browser = stage.visitor().await;
    let chat = browser.chat(&stage).await;
    let mut message = part("Thông báo");
    let key = |label: &str, action| Key { label: label.into(), action };
    message.keyboard =
        vec![vec![key("Tải tệp", KeyAction::NoticeFile(7)), key("Đính kèm", KeyAction::Attach)]];
    stage.channel.send(&chat, &message, "1").await.unwrap();
    let html = browser.open("/").await;
    assert!(html.contains("href=\"/tep/7\" download>Tải tệp</a>"), "{html}");
    assert!(html.contains("href=\"/tep\">Đính kèm</a>"), "{html}");

    assert_eq!(browser.get("/tep/7").await.status(), StatusCode::NOT_FOUND);
    stage.is_the_office(&chat).await;
    let file = browser.get("/tep/7").await;
    assert_eq!(file.status(), StatusCode::OK);
    let head = |name: &str| file.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(
        head("content-disposition"),
        "attachment; filename=\"K__ho_ch.pdf\"; filename*=UTF-8''K%E1%BA%BF%20ho%E1%BA%A1ch.pdf"
    );
    assert_eq!(head("content-type"), "application/pdf");
    assert_eq!(head("x-content-type-options"), "nosniff");
    assert_eq!(head("cache-control"), "no-store");
    assert_eq!(&*file.bytes().await.unwrap(), b"%PDF the plan");
    assert_eq!(stage.readings().await, 1);
    for other in ["/tep/8", "/tep/-7", "/tep/x", "/tep/99999999999999999999"] {
        let status = browser.get(other).await.status();
        assert!(status.is_client_error(), "{other}: {status}");
    }
    let nobody = client().get(stage.url("/tep/7")).send().await.unwrap();
    assert_eq!(nobody.status(), StatusCode::NOT_FOUND);
    // From a messenger's page the browser keeps the cookie back at first.
    let from = headers(&[("sec-fetch-site", "cross-site")]);
    let led = client().get(stage.url("/tep/7")).headers(from).send().await.unwrap();
    assert!(led.text().await.unwrap().contains("content=\"0; url=/tep/7\""));
}

#[tokio::test]
async fn in_the_demo_each_person_has_their_own_page_for_files() {
    let stage = Stage::demo().await;
    let browser = stage.at("/nguoi/NS-001").await;
    stage.is_the_office(&diudat::http::demo_chat("NS-001")).await;
    let page = browser.get("/nguoi/NS-001/tep").await.text().await.unwrap();
    assert!(page.contains("action=\"/nguoi/NS-001/tep\""), "{page}");
    assert_eq!(browser.get("/nguoi/NS-001/tep/7").await.status(), StatusCode::OK);
    assert_eq!(browser.get("/nguoi/NS-002/tep/7").await.status(), StatusCode::NOT_FOUND);
    assert_eq!(browser.get("/nguoi/NS-999/tep/7").await.status(), StatusCode::NOT_FOUND);
}
