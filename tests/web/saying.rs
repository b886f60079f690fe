//! Who is asking, and what they say: cookies, forms, and that each message counts once.

use std::sync::atomic::Ordering;

use crate::stage::{Stage, attribute, client, headers, part};
use diudat::message::{Channel, Event};
use reqwest::StatusCode;
use reqwest::header::{ACCEPT, COOKIE, HeaderMap, ORIGIN, SET_COOKIE};
use rstest::rstest;

#[tokio::test]
async fn a_newcomer_gets_a_strict_cookie_whose_token_nobody_stores() {
    let stage = Stage::open().await;
    let response = client().get(stage.url("/")).send().await.unwrap();
    let cookie = response.headers()[SET_COOKIE].to_str().unwrap().to_owned();
    let token = cookie.split(['=', ';']).nth(1).unwrap().to_owned();
    assert_eq!(token.len(), 32);
    for attribute in ["HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=34560000"] {
        assert!(cookie.contains(attribute), "{cookie}");
    }
    assert!(!cookie.contains("Secure"), "plain HTTP would lose it: {cookie}");

    let again = client().get(stage.url("/")).header(COOKIE, &cookie).send().await.unwrap();
    assert!(!again.headers().contains_key(SET_COOKIE), "who has one keeps it");
    let html = again.text().await.unwrap();
    assert!(!html.contains(&token), "the page's own script cannot read it either");

    let chat = stage.visitor().await.chat(&stage).await;
    assert_eq!(chat.len(), 64);
    assert!(chat.bytes().all(|b| b.is_ascii_hexdigit()));
}

#[tokio::test]
async fn behind_https_the_cookie_is_secure_and_bound_to_the_host() {
    let stage = Stage::with(|site| site.public_url = Some("https://chat.example.vn".into())).await;
    let response = client().get(stage.url("/")).send().await.unwrap();
    let cookie = response.headers()[SET_COOKIE].to_str().unwrap();
    assert!(cookie.starts_with("__Host-diudat="), "{cookie}");
    assert!(cookie.split("; ").any(|attribute| attribute == "Secure"), "{cookie}");
}

#[tokio::test]
async fn two_visitors_do_not_see_each_other() {
    let stage = Stage::open().await;
    let (mut one, mut other) = (stage.visitor().await, stage.visitor().await);
    one.say("key-000001", "chỉ của tôi").await;
    assert!(one.open("/").await.contains("chỉ của tôi"));
    assert!(!other.open("/").await.contains("chỉ của tôi"));
}

/// A strict cookie stays home when a link on another site is followed, so its absence must not
/// cost the visitor their account.
#[tokio::test]
async fn a_link_on_another_site_leads_in_without_replacing_the_cookie() {
    let stage = Stage::open().await;
    let response = client()
        .get(stage.url("/?code=ab01cd1f&x=%22"))
        .headers(headers(&[("sec-fetch-site", "cross-site")]))
        .send()
        .await
        .unwrap();
    assert!(!response.headers().contains_key(SET_COOKIE));
    let html = response.text().await.unwrap();
    assert!(html.contains("content=\"0; url=/?code=AB01-CD1F\""), "{html}");
}

#[tokio::test]
async fn what_is_said_is_accepted_and_stands_on_the_page_escaped() {
    let stage = Stage::open().await;
    let mut browser = stage.visitor().await;
    let said = "<script>alert(1)</script>\r\nđồng chí & tôi";
    let language =
        headers(&[("accept", "application/json"), ("accept-language", "vi-VN,en;q=0.5")]);
    let form = [("form", browser.form.as_str()), ("key", "key-000001"), ("text", said)];
    let answer = browser.post("/say", &form, language).await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(answer.json::<serde_json::Value>().await.unwrap()["line"], 1000);

    let [incoming] = &stage.memory.inbox()[..] else { panic!("one message") };
    assert_eq!((incoming.bot.as_str(), &incoming.sender), ("web", &incoming.chat));
    assert_eq!(incoming.language.as_deref(), Some("vi"));
    assert!(incoming.external_id.starts_with(&format!("{}:key-000001", incoming.chat)));
    let text = "<script>alert(1)</script>\nđồng chí & tôi".to_owned();
    assert_eq!(incoming.event, Event::Text { text });

    let html = browser.open("/").await;
    assert!(html.contains("&#60;script&#62;alert(1)&#60;/script&#62;</p><p>đồng chí &#38; tôi"));
    assert!(!html.contains("<script>alert"));
    assert!(html.contains("Đảng bộ &#38; &#60;Cơ quan&#62;"));
    assert!(html.contains("thứ Hai, 26/11/2018") && html.contains("<time>08:30</time>"), "{html}");
}

#[tokio::test]
async fn a_repeated_form_counts_once_and_another_text_is_another_message() {
    let stage = Stage::open().await;
    let browser = stage.visitor().await;
    for _ in 0..3 {
        assert_eq!(browser.say("key-000001", "một").await.status(), StatusCode::OK);
    }
    assert_eq!(browser.say("key-000001", "hai").await.status(), StatusCode::OK);
    let inbox = stage.memory.inbox();
    assert_eq!(inbox.len(), 2);
    assert_eq!(stage.memory.texts_of(&inbox[0].chat), ["một", "hai"]);
}

#[tokio::test]
async fn without_script_a_form_leads_back_to_the_page() {
    let stage = Stage::open().await;
    let mut browser = stage.visitor().await;
    let key = attribute(&browser.open("/").await, "name=\"key\" value");
    let form = [("form", browser.form.as_str()), ("key", &key), ("text", "xin chào")];
    let answer = browser.post("/say", &form, headers(&[("accept", "text/html")])).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    assert_eq!(answer.headers()["location"], "/#end");
    assert_eq!(stage.memory.inbox().len(), 1);
}

#[tokio::test]
async fn blank_text_is_nothing() {
    let stage = Stage::open().await;
    let answer = stage.visitor().await.say("key-000001", " \r\n\u{a0} ").await;
    assert_eq!(answer.status(), StatusCode::NO_CONTENT);
    assert!(stage.memory.inbox().is_empty());
}

#[tokio::test]
async fn five_thousand_letters_get_through_and_a_flood_does_not() {
    let stage = Stage::open().await;
    let browser = stage.visitor().await;
    let long = "ế".repeat(5000);
    assert_eq!(browser.say("key-000001", &long).await.status(), StatusCode::OK);
    assert_eq!(stage.memory.inbox()[0].event, Event::Text { text: long });
    let flood = browser.say("key-000002", &"x".repeat(70_000)).await;
    assert_eq!(flood.status(), StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(stage.memory.inbox().len(), 1);
}

#[rstest]
#[case::foreign_page(&[("sec-fetch-site", "cross-site")])]
#[case::sister_domain(&[("sec-fetch-site", "same-site")])]
#[case::foreign_origin(&[("origin", "https://evil.example")])]
#[case::hidden_origin(&[("origin", "null")])]
#[tokio::test]
async fn a_form_from_elsewhere_is_refused(#[case] from: &[(&'static str, &str)]) {
    let stage = Stage::open().await;
    let browser = stage.visitor().await;
    let form = [("form", browser.form.as_str()), ("key", "key-000001"), ("text", "x")];
    let answer = browser.post("/say", &form, headers(from)).await;
    assert_eq!(answer.status(), StatusCode::FORBIDDEN);
    let form = [("form", &*browser.form), ("key", "key-000001"), ("line", "1"), ("button", "b")];
    assert_eq!(browser.post("/tap", &form, headers(from)).await.status(), StatusCode::FORBIDDEN);
    assert!(stage.memory.inbox().is_empty());
}

#[tokio::test]
async fn a_form_needs_the_token_of_its_own_visitor() {
    let stage = Stage::open().await;
    let (mut browser, other) = (stage.visitor().await, stage.visitor().await);
    assert_ne!(browser.form, other.form);
    browser.form = other.form.clone();
    assert_eq!(browser.say("key-000001", "x").await.status(), StatusCode::FORBIDDEN);
    browser.cookie = None;
    assert_eq!(browser.say("key-000001", "x").await.status(), StatusCode::FORBIDDEN);
    assert_eq!(browser.ask_to_follow("").await.status(), StatusCode::FORBIDDEN);
    assert!(stage.memory.inbox().is_empty());
}

#[tokio::test]
async fn our_own_origin_is_welcome_directly_and_behind_a_proxy() {
    let stage = Stage::with(|site| site.public_url = Some("http://chat.example.vn/".into())).await;
    let browser = stage.visitor().await;
    for origin in [stage.url(""), "http://chat.example.vn".to_owned()] {
        let form = [("form", browser.form.as_str()), ("key", "key-000001"), ("text", "x")];
        let from = HeaderMap::from_iter([
            (ORIGIN, origin.parse().unwrap()),
            (ACCEPT, "application/json".parse().unwrap()),
        ]);
        assert_eq!(browser.post("/say", &form, from).await.status(), StatusCode::OK, "{origin}");
    }
}

#[rstest]
#[case("short")]
#[case("with blank")]
#[case("dấu-tiếng-việt")]
#[case("0123456789012345678901234567890123456789012345678901234567890123456789")]
#[tokio::test]
async fn a_malformed_key_is_refused(#[case] key: &str) {
    let stage = Stage::open().await;
    let answer = stage.visitor().await.say(key, "x").await;
    assert_eq!(answer.status(), StatusCode::BAD_REQUEST);
    assert!(stage.memory.inbox().is_empty());
}

#[tokio::test]
async fn when_the_inbox_is_down_the_same_form_works_later_and_counts_once() {
    let stage = Stage::open().await;
    let browser = stage.visitor().await;
    let mut events = browser.follow().await;
    stage.memory.inbox_is_down.store(true, Ordering::SeqCst);
    let answer = browser.say("key-000001", "một").await;
    assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(answer.headers().contains_key("retry-after"));
    stage.memory.inbox_is_down.store(false, Ordering::SeqCst);
    assert_eq!(browser.say("key-000001", "một").await.status(), StatusCode::OK);
    let inbox = stage.memory.inbox();
    assert_eq!(inbox.len(), 1);
    assert_eq!(stage.memory.texts_of(&inbox[0].chat), ["một"]);
    stage.channel.send(&inbox[0].chat, &part("trả lời"), "1").await.unwrap();
    assert_eq!(events.expect("line").await.data["id"], 1000);
    assert_eq!(events.expect("line").await.data["id"], 1001, "the message was shown once");
}
