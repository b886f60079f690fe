//! The demo's bar: being someone else, and moving the clock.

use crate::stage::{Stage, client, headers, part};
use diudat::http::demo_chat;
use diudat::message::Channel;
use reqwest::StatusCode;
use reqwest::header::{HeaderMap, SET_COOKIE};

#[tokio::test]
async fn outside_a_demo_nobody_can_be_someone_else() {
    let stage = Stage::open().await;
    let browser = stage.visitor().await;
    stage.channel.send(&demo_chat("NS-001"), &part("of the demo"), "1").await.unwrap();
    for path in ["/nguoi/NS-001", "/nguoi/NS-001/events"] {
        let answer = client().get(stage.url(path)).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
    }
    let form = [("form", &*browser.form), ("key", "key-000001"), ("text", "x"), ("to", "next_day")];
    for path in ["/nguoi/NS-001/say", "/demo/clock"] {
        let answer = client().post(stage.url(path)).form(&form).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
    }
    let cookie = headers(&[("cookie", "diudat=demo:NS-001")]);
    let html = client().get(stage.url("/")).headers(cookie).send().await.unwrap().text().await;
    assert!(!html.unwrap().contains("of the demo"));
}

#[tokio::test]
async fn in_the_demo_a_visitor_is_whom_they_choose() {
    let stage = Stage::demo().await;
    let start = client().get(stage.url("/")).send().await.unwrap();
    assert_eq!(start.status(), StatusCode::SEE_OTHER);
    assert_eq!(start.headers()["location"], "/nguoi/NS-001");
    assert!(!start.headers().contains_key(SET_COOKIE));

    let mut mai = stage.at("/nguoi/NS-001").await;
    let html = mai.open("/nguoi/NS-001").await;
    assert!(html.contains("Trần Thị Mai") && html.contains("Lê Văn &#60;b&#62;Hùng"), "{html}");
    assert!(html.contains("thứ Hai, 26/11/2018") && html.contains("08:00"));
    assert!(html.contains("hư cấu"), "it says that people are invented");
    assert!(!html.contains("[web-"));
    mai.say("key-000001", "xin chào").await;
    let incoming = &stage.memory.inbox()[0];
    assert_eq!((&*incoming.chat, &*incoming.sender), ("demo:NS-001", "demo:NS-001"));

    let nobody = client().get(stage.url("/nguoi/NS-999")).send().await.unwrap();
    assert_eq!(nobody.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_dot_tells_of_news_for_another_person_until_their_page_is_opened() {
    let stage = Stage::demo().await;
    let mut mai = stage.at("/nguoi/NS-001").await;
    let mut events = mai.follow().await;
    events.expect("clock").await;
    assert!(!mai.open("/nguoi/NS-001").await.contains("class=\"dot\""));
    stage.channel.send(&demo_chat("NS-002"), &part("nhắc họp"), "1").await.unwrap();
    assert_eq!(events.expect("unread").await.data["code"], "NS-002");
    assert!(mai.open("/nguoi/NS-001").await.contains("class=\"dot\""));
    let hung = stage.at("/nguoi/NS-002").await;
    assert!(!mai.open("/nguoi/NS-001").await.contains("class=\"dot\""));

    // What arrives before the eyes of its person is not news.
    let mut open = hung.follow().await;
    open.expect("clock").await;
    stage.channel.send(&demo_chat("NS-002"), &part("nhắc lại"), "2").await.unwrap();
    open.expect("line").await;
    assert!(!mai.open("/nguoi/NS-001").await.contains("class=\"dot\""));
}

#[tokio::test]
async fn the_demos_clock_moves_for_every_open_page() {
    let stage = Stage::demo().await;
    let mut mai = stage.at("/nguoi/NS-001").await;
    let hung = stage.at("/nguoi/NS-002").await;
    let mut events = hung.follow().await;
    events.expect("clock").await;
    let form = [("form", &*mai.form), ("to", "to_meeting"), ("who", "NS-001")];
    let answer = mai.post("/demo/clock", &form, headers(&[("accept", "application/json")])).await;
    let answer: serde_json::Value = answer.json().await.unwrap();
    let html = answer["html"].as_str().unwrap();
    assert!(html.contains("thứ Hai, 03/12/2018") && html.contains("14:00"), "{html}");
    assert!(html.contains("<li>Dìu Dắt</li>"), "what the move caused");
    assert_eq!(events.expect("clock").await.data["html"], html);

    let form = [("form", &*mai.form), ("to", "next_day"), ("who", "NS-001")];
    let answer = mai.post("/demo/clock", &form, HeaderMap::new()).await;
    assert_eq!(answer.headers()["location"], "/nguoi/NS-001");
    assert!(mai.open("/nguoi/NS-001").await.contains("28/11/2018"));
    for (form, status) in [
        ([("form", "x"), ("to", "next_day")], StatusCode::FORBIDDEN),
        ([("form", &*mai.form), ("to", "next_year")], StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        assert_eq!(mai.post("/demo/clock", &form, HeaderMap::new()).await.status(), status);
    }
}
