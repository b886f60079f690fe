//! Buttons, the sending half of the channel, and the event stream that carries both to open pages.

use std::time::Duration;

use crate::stage::{Events, PATIENCE, Stage, headers, part, with_buttons};
use diudat::message::{Channel, Event, SendError};
use reqwest::StatusCode;
use reqwest::header::{COOKIE, HeaderMap};
use rstest::rstest;

#[tokio::test]
async fn buttons_are_forms_and_a_tap_is_accepted_once_and_answered_on_the_page() {
    let stage = Stage::open().await;
    let mut browser = stage.visitor().await;
    let chat = browser.chat(&stage).await;
    let line = stage.channel.send(&chat, &with_buttons(), "1").await.unwrap().external_id.unwrap();
    let html = browser.open("/").await;
    assert!(html.contains("<strong>Báo cáo</strong>"));
    assert!(
        html.contains("<button name=\"button\" value=\"b&#34;1\">Tốt &#38; khá</button>"),
        "{html}"
    );
    assert!(html.contains("<button formaction=\"/say\" name=\"text\" value=\"/start AB01\">Mở"));

    let mut events = browser.follow().await;
    let form =
        [("form", &*browser.form), ("key", "key-000009"), ("line", &line), ("button", "b\"1")];
    for _ in 0..2 {
        let json = headers(&[("accept", "application/json")]);
        assert_eq!(browser.post("/tap", &form, json).await.status(), StatusCode::NO_CONTENT);
    }
    let inbox = stage.memory.inbox();
    assert_eq!(inbox.len(), 2, "the greeting and one tap");
    let Event::Tap { button, message, callback } = &inbox[1].event else { panic!("{inbox:?}") };
    assert_eq!((button.as_str(), message.as_ref()), ("b\"1", Some(&line)));
    stage.channel.answer_tap(callback, Some("Đã ghi")).await;
    let answer = events.expect("tap").await;
    assert_eq!(
        (&answer.data["key"], &answer.data["notice"]),
        (&"key-000009".into(), &"Đã ghi".into())
    );
}

#[rstest]
#[case("", "1")]
#[case("b\n1", "1")]
#[case("b1", "x")]
#[tokio::test]
async fn a_malformed_tap_is_refused(#[case] button: &str, #[case] line: &str) {
    let stage = Stage::open().await;
    let browser = stage.visitor().await;
    let form =
        [("form", &*browser.form), ("key", "key-000001"), ("line", line), ("button", button)];
    let answer = browser.post("/tap", &form, HeaderMap::new()).await;
    assert!(answer.status().is_client_error(), "{}", answer.status());
    assert!(stage.memory.inbox().is_empty());
}

#[tokio::test]
async fn a_send_is_taken_once_and_an_edit_needs_its_line() {
    let stage = Stage::open().await;
    let first = stage.channel.send("a", &part("một"), "k").await.unwrap();
    assert_eq!(stage.channel.send("a", &part("một"), "k").await.unwrap(), first);
    assert_eq!(stage.memory.texts_of("a"), ["một"]);
    let line = first.external_id.unwrap();
    stage.channel.edit("a", &line, &part("hai")).await.unwrap();
    assert_eq!(stage.memory.texts_of("a"), ["hai"]);
    for (chat, line) in [("b", line.as_str()), ("a", "77"), ("a", "x")] {
        let refused = stage.channel.edit(chat, line, &part("ba")).await;
        assert_eq!(refused, Err(SendError::CannotEdit), "{chat} {line}");
    }
}

#[tokio::test]
async fn the_stream_brings_lines_and_edits_and_resumes_where_it_was() {
    let stage = Stage::open().await;
    let browser = stage.visitor().await;
    let chat = browser.chat(&stage).await;
    let mut events = browser.follow().await;
    assert_eq!(events.expect("line").await.data["id"], 1000, "said after the page was made");

    let sent = stage.channel.send(&chat, &part("<i>\nhai"), "1").await.unwrap();
    stage.channel.send("another chat", &part("not here"), "2").await.unwrap();
    let line = events.expect("line").await;
    let html = line.data["html"].as_str().unwrap();
    assert!(html.starts_with("<article id=\"l1001\" class=\"line\""), "{html}");
    assert!(html.contains("<p>&#60;i&#62;</p><p>hai</p>"), "{html}");
    drop(events);

    // While nobody listens: an edit and a line.
    stage.channel.edit(&chat, &sent.external_id.unwrap(), &with_buttons()).await.unwrap();
    stage.channel.send(&chat, &part("ba"), "3").await.unwrap();
    let mut events = browser.follow_from(&line.id).await;
    let edit = events.expect("edit").await;
    assert_eq!(edit.data["id"], 1001);
    assert!(edit.data["html"].as_str().unwrap().contains("name=\"button\""));
    assert!(events.expect("line").await.data["html"].as_str().unwrap().contains("ba"));
}

#[tokio::test]
async fn the_browsers_own_bookmark_wins_over_the_address() {
    let stage = Stage::open().await;
    let browser = stage.visitor().await;
    let chat = browser.chat(&stage).await;
    let mut events = browser.follow().await;
    let seen = events.expect("line").await.id;
    stage.channel.send(&chat, &part("hai"), "1").await.unwrap();
    let response = browser
        .client
        .get(stage.url(&format!("/events?after={}", browser.after)))
        .header(COOKIE, browser.cookie.as_ref().unwrap())
        .header("last-event-id", &seen)
        .send()
        .await
        .unwrap();
    let first = Events::of(response).next().await;
    assert_eq!(first.data["id"], 1001, "the first event is the one not seen yet");
}

#[tokio::test]
async fn a_page_from_before_a_restart_gets_everything_again() {
    let stage = Stage::open().await;
    let browser = stage.visitor().await;
    let chat = browser.chat(&stage).await;
    stage.channel.send(&chat, &part("hai"), "1").await.unwrap();
    let mut events = browser.follow_from("0a0b0c0d0e0f-7").await;
    assert_eq!(events.expect("line").await.data["id"], 1000);
    assert_eq!(events.expect("line").await.data["id"], 1001);
    let end = events.expect("synced").await;
    stage.channel.send(&chat, &part("ba"), "2").await.unwrap();
    assert_eq!(events.expect("line").await.data["id"], 1002);
    let mut resumed = browser.follow_from(&end.id).await;
    assert_eq!(resumed.expect("line").await.data["id"], 1002, "its bookmark is of this run");
}

#[tokio::test]
async fn one_visitor_has_a_few_streams_and_a_closed_one_makes_room() {
    let stage = Stage::open().await;
    let browser = stage.visitor().await;
    let mut open = Vec::new();
    for _ in 0..4 {
        open.push(browser.follow().await);
    }
    let fifth = browser.ask_to_follow(&browser.after).await;
    assert_eq!(fifth.status(), StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(stage.visitor().await.ask_to_follow("").await.status(), StatusCode::OK);
    open.pop();
    tokio::time::timeout(PATIENCE, async {
        while browser.ask_to_follow(&browser.after).await.status() != StatusCode::OK {}
    })
    .await
    .expect("the place of a closed stream is free again");
}

#[tokio::test]
async fn stopping_ends_open_streams_and_does_not_wait_for_them() {
    let stage = Stage::open().await;
    let mut events = stage.visitor().await.follow().await;
    stage.shutdown.cancel();
    assert!(events.maybe_next().await.is_none());
    let stopped = tokio::time::timeout(Duration::from_secs(8), stage.server).await;
    stopped.expect("before the grace period is over").unwrap().unwrap();
}
