//! How much and how slowly: clients that dawdle, visitors who flood.

use std::time::Duration;

use diudat::http::Limits;
use reqwest::StatusCode;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::stage::{Stage, client};
use diudat::http::Acquaintance;

/// Longer than any limit of these tests, shorter than the program's own.
const PATIENCE: Duration = Duration::from_secs(10);

fn impatient() -> Limits {
    Limits { headers: Duration::from_millis(200), ..Limits::default() }
}

/// Everything the server says until it closes the connection.
async fn until_closed(stream: &mut TcpStream) -> String {
    let mut said = Vec::new();
    let read = tokio::time::timeout(PATIENCE, stream.read_to_end(&mut said)).await;
    // A connection that is reset is closed, too.
    let _ = read.expect("the server lets go");
    String::from_utf8(said).expect("text")
}

#[tokio::test]
async fn whoever_does_not_say_what_they_want_is_let_go() {
    let stage = Stage::limited(impatient(), |_| ()).await;
    for begun in ["", "GET", "GET / HTTP/1.1\r\nHost: a\r\nX-Slow: "] {
        let mut stream = TcpStream::connect(stage.address).await.unwrap();
        stream.write_all(begun.as_bytes()).await.unwrap();
        let said = until_closed(&mut stream).await;
        assert!(!said.contains("200 OK"), "{begun:?}: {said}");
    }
    let alive = client().get(stage.url("/healthz")).send().await.unwrap();
    assert_eq!(alive.status(), StatusCode::OK);
}

#[tokio::test]
async fn those_who_dawdle_keep_nobody_out() {
    let limits = Limits { connections: 4, ..impatient() };
    let stage = Stage::limited(limits, |_| ()).await;
    let mut dawdlers = Vec::new();
    for _ in 0..12 {
        dawdlers.push(TcpStream::connect(stage.address).await.unwrap());
    }
    let alive = client().get(stage.url("/healthz")).send().await.unwrap();
    assert_eq!(alive.status(), StatusCode::OK);
}

#[tokio::test]
async fn whoever_does_not_read_is_let_go() {
    let limits = Limits { reads: Duration::from_millis(200), connections: 1, ..Limits::default() };
    let stage = Stage::limited(limits, |_| ()).await;
    let mut stream = TcpStream::connect(stage.address).await.unwrap();
    // Far more answers than fit on the way, none of them read.
    let asked = "GET /assets/chat.css HTTP/1.1\r\nHost: a\r\n\r\n".repeat(5_000);
    let asking = stream.write_all(asked.as_bytes());
    let asked = tokio::time::timeout(PATIENCE, asking).await;
    assert!(asked.is_ok(), "neither read nor let go");
    // The one place is free again.
    let alive = client().get(stage.url("/healthz")).send().await.unwrap();
    assert_eq!(alive.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_visitor_who_floods_is_asked_to_wait_and_others_are_not() {
    let stage = Stage::open().await;
    let (one, other) = (stage.visitor().await, stage.visitor().await);
    let mut refused = None;
    for n in 0..80 {
        let answer = one.say(&format!("key-{n:06}"), "xin chào").await;
        if answer.status() == StatusCode::TOO_MANY_REQUESTS {
            assert!(answer.headers().contains_key("retry-after"));
            refused = Some(n);
            break;
        }
        assert_eq!(answer.status(), StatusCode::OK);
    }
    // A minute's worth, and what came in again while it was used up.
    assert!(refused.is_some_and(|n| (60..70).contains(&n)), "{refused:?}");
    assert_eq!(stage.memory.inbox().len(), refused.unwrap(), "what is refused leaves nothing");
    assert_eq!(other.say("key-000001", "xin chào").await.status(), StatusCode::OK);
}

#[tokio::test]
async fn strangers_who_take_a_new_cookie_each_time_leave_room_for_people() {
    let stage = Stage::open().await;
    let person = stage.visitor().await;
    let chat = person.chat(&stage).await;
    let known = Acquaintance { name: "Phạm Quang Hợp".into(), lang: None };
    stage.memory.known.lock().unwrap().insert(chat, known);
    let mut refused = false;
    for n in 0..400 {
        let newcomer = stage.visitor().await;
        let status = newcomer.say(&format!("key-{n:06}"), "xin chào").await.status();
        refused = status == StatusCode::TOO_MANY_REQUESTS;
        if refused {
            break;
        }
    }
    assert!(refused, "hundreds of strangers at once");
    assert_eq!(person.say("key-900001", "/toi").await.status(), StatusCode::OK);
}
