//! The web chat and the other addresses, as a browser, a platform and a supervisor see them.

mod stage;

use std::sync::atomic::Ordering;
use std::time::Duration;

use diudat::channels::web::WebChannel;
use diudat::http::{Acquaintance, Directory, StoredChats, demo_chat};
use diudat::message::{
    Channel, Disclosure, Event, Key, KeyAction, Menu, MenuAudience, Part, Run, SendError,
};
use diudat::render::Lang;
use reqwest::StatusCode;
use reqwest::header::{ACCEPT, COOKIE, HeaderMap, HeaderName, ORIGIN, SET_COOKIE};
use rstest::rstest;
use stage::{Events, Stage, attribute, client, part};

fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
    pairs
        .iter()
        .map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap()))
        .collect()
}

// ---- Who is asking

#[tokio::test]
async fn a_newcomer_gets_a_strict_cookie_whose_token_nobody_stores() {
    let stage = Stage::open().await;
    let response = client().get(stage.url("/")).send().await.unwrap();
    let cookie = response.headers()[SET_COOKIE].to_str().unwrap().to_owned();
    let token = cookie.split(['=', ';']).nth(1).unwrap().to_owned();
    assert_eq!(token.len(), 32);
    for attribute in ["HttpOnly", "SameSite=Strict", "Path=/", "Max-Age="] {
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
    assert!(cookie.ends_with("; Secure"), "{cookie}");
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

// ---- Saying something

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

// ---- Buttons

fn with_buttons() -> Part {
    let key = |label: &str, action| Key { label: label.into(), action };
    Part {
        runs: vec![Run { text: "Báo cáo".into(), strong: true }],
        keyboard: vec![
            vec![key("Tốt & khá", KeyAction::Tap("b\"1".into()))],
            vec![key("Mở", KeyAction::PrivateChat("AB01".into()))],
        ],
    }
}

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

// ---- The channel and the event stream

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
    tokio::time::timeout(stage::PATIENCE, async {
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

// ---- The page

#[tokio::test]
async fn a_stranger_is_told_so_until_the_account_speaks_for_someone() {
    let stage = Stage::open().await;
    let mut browser = stage.visitor().await;
    assert!(browser.open("/").await.contains("Khách chưa xác nhận"));
    let chat = browser.chat(&stage).await;
    let mut events = browser.follow().await;
    events.expect("line").await;
    let mai = Acquaintance { name: "Trần Thị Mai".into(), lang: Some(Lang::En) };
    stage.memory.known.lock().unwrap().insert(chat.clone(), mai);
    stage.channel.send(&chat, &part("chào đồng chí"), "1").await.unwrap();
    events.expect("line").await;
    assert_eq!(events.expect("who").await.data["name"], "Trần Thị Mai");
    let html = browser.open("/").await;
    assert!(html.contains("Trần Thị Mai") && html.contains("<html lang=\"en\">"), "{html}");
    assert!(html.contains("Monday, 26/11/2018"), "in the language of the person");
}

#[tokio::test]
async fn an_invitations_link_offers_a_button_and_sends_nothing_by_itself() {
    let stage = Stage::open().await;
    let mut browser = stage.visitor().await;
    let html = browser.open("/?code=ab01cd1f").await;
    assert!(html.contains("name=\"text\" value=\"/start AB01-CD1F\""), "{html}");
    assert!(stage.memory.inbox().is_empty());
    let html = browser.open("/?code=%3Cscript%3E").await;
    assert!(html.contains("Mã mời trong đường dẫn không đúng dạng"));
    assert!(!html.contains("/start &") && !html.contains("<script>"));
}

#[tokio::test]
async fn the_menu_is_the_chats_own_or_the_languages() {
    let stage = Stage::open().await;
    let mut browser = stage.visitor().await;
    let chat = browser.chat(&stage).await;
    let menu = |audience, language: Option<&str>, command: &str| Menu {
        audience,
        language: language.map(str::to_owned),
        commands: vec![(command.into(), "Việc <này>".into())],
    };
    let general = [
        menu(MenuAudience::PrivateChats, None, "trogiup"),
        menu(MenuAudience::PrivateChats, Some("en"), "help"),
        menu(MenuAudience::Groups, None, "nhom"),
    ];
    stage.channel.set_menus(&general).await.unwrap();
    let html = browser.open("/").await;
    assert!(html.contains("value=\"/trogiup\"") && html.contains("Việc &#60;này&#62;"), "{html}");
    assert!(!html.contains("/nhom") && !html.contains("/help"));
    stage.channel.set_menus(&[menu(MenuAudience::Chat(chat), None, "thongke")]).await.unwrap();
    let html = browser.open("/").await;
    assert!(html.contains("value=\"/thongke\"") && !html.contains("/trogiup"));
}

#[tokio::test]
async fn older_lines_are_a_link_away() {
    let stage = Stage::open().await;
    let mut browser = stage.visitor().await;
    let chat = browser.chat(&stage).await;
    for n in 0..70 {
        stage.channel.send(&chat, &part("tin"), &n.to_string()).await.unwrap();
    }
    let html = browser.open("/").await;
    assert!(html.contains("href=\"/?lines=120\"") && !html.contains("id=\"l1000\""));
    let html = browser.open("/?lines=120").await;
    assert!(!html.contains("?lines=") && html.contains("id=\"l1000\""));
}

#[tokio::test]
async fn every_answer_is_guarded_and_assets_may_be_kept() {
    let stage = Stage::open().await;
    let html = stage.visitor().await.open("/").await;
    for path in ["/", "/healthz", "/nowhere"] {
        let response = client().get(stage.url(path)).send().await.unwrap();
        let has = |name: &str| response.headers()[name].to_str().unwrap().to_owned();
        assert!(has("content-security-policy").starts_with("default-src 'self';"));
        assert_eq!(has("x-content-type-options"), "nosniff");
        assert_eq!(has("x-frame-options"), "DENY");
        assert_eq!(has("referrer-policy"), "same-origin");
        assert_eq!(has("cache-control"), "no-store");
    }
    for asset in ["chat.css", "chat.js", "mark.svg"] {
        let start = html.find(&format!("/assets/{asset}?v=")).expect("it is used");
        let path = html[start..].split('"').next().unwrap();
        let response = client().get(stage.url(path)).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        assert!(response.headers()["cache-control"].to_str().unwrap().contains("immutable"));
        let old = client().get(stage.url(&format!("/assets/{asset}?v=old"))).send().await.unwrap();
        assert_eq!(old.headers()["cache-control"], "no-cache");
    }
    assert!(!html.contains("http://") && !html.contains("https://"), "nothing comes from outside");
    assert!(!html.contains("style=") && !html.contains(" onclick"), "the policy would refuse it");
}

#[tokio::test]
async fn people_get_a_readable_error_and_scripts_a_bare_one() {
    let stage = Stage::open().await;
    let request = |accept| client().get(stage.url("/nowhere")).header(ACCEPT, accept).send();
    let page = request("text/html,*/*").await.unwrap();
    assert_eq!(page.status(), StatusCode::NOT_FOUND);
    assert!(page.text().await.unwrap().contains("Không có trang này."));
    let bare = request("application/json").await.unwrap();
    assert_eq!(bare.status(), StatusCode::NOT_FOUND);
    assert_eq!(bare.text().await.unwrap(), "");
}

/// A key that no file of `locales/` knows is shown in brackets.
#[rstest]
#[case(Lang::Vi)]
#[case(Lang::En)]
#[tokio::test]
async fn no_page_has_a_gap_in_its_words(#[case] lang: Lang) {
    let stage = Stage::with(|site| site.lang = lang).await;
    for path in ["/", "/?code=AB01CD1F", "/?code=x"] {
        let html = stage.visitor().await.open(path).await;
        assert!(!html.contains("[web-") && !html.contains("{$"), "{html}");
    }
}

// ---- The demo

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

// ---- Supervisors and platforms

#[tokio::test]
async fn readiness_names_each_part_and_fails_with_any() {
    let stage = Stage::open().await;
    let alive = client().get(stage.url("/healthz")).send().await.unwrap();
    assert_eq!(alive.status(), StatusCode::OK);
    let not_yet = client().get(stage.url("/readyz")).send().await.unwrap();
    assert_eq!(not_yet.status(), StatusCode::SERVICE_UNAVAILABLE);
    let body: serde_json::Value = not_yet.json().await.unwrap();
    assert_eq!(body["ok"], false);
    assert_eq!(
        body["parts"][1],
        serde_json::json!({"name": "telegram", "ok": false, "detail": "…"})
    );
    stage.memory.is_ready.store(true, Ordering::SeqCst);
    let ready = client().get(stage.url("/readyz")).send().await.unwrap();
    assert_eq!(ready.status(), StatusCode::OK);
}

#[tokio::test]
async fn an_update_is_acknowledged_when_it_is_in_the_inbox() {
    let stage = Stage::open().await;
    let bring = |secret: Option<&'static str>, body: String| {
        let mut request = client().post(stage.url("/platform/webhook")).body(body);
        if let Some(secret) = secret {
            request = request.header("x-secret", secret);
        }
        async move { request.send().await.unwrap().status() }
    };
    assert_eq!(bring(None, "1".into()).await, StatusCode::UNAUTHORIZED);
    assert_eq!(bring(Some("wrong"), "1".into()).await, StatusCode::UNAUTHORIZED);
    assert!(stage.memory.inbox().is_empty());
    stage.memory.inbox_is_down.store(true, Ordering::SeqCst);
    assert_eq!(bring(Some("s3cret"), "1".into()).await, StatusCode::SERVICE_UNAVAILABLE);
    stage.memory.inbox_is_down.store(false, Ordering::SeqCst);
    assert_eq!(bring(Some("s3cret"), "1".into()).await, StatusCode::OK);
    assert_eq!(stage.memory.inbox().len(), 1);
    assert_eq!(bring(Some("s3cret"), "?".into()).await, StatusCode::OK, "or it comes for ever");
    assert_eq!(bring(Some("s3cret"), "x".repeat(200_000)).await, StatusCode::OK);
    let flood = bring(Some("s3cret"), "x".repeat(1_100_000)).await;
    assert_eq!(flood, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(stage.memory.inbox().len(), 2);
}

// ---- The database behind it

#[tokio::test]
async fn the_database_keeps_lines_and_knows_whom_an_account_speaks_for() {
    use diudat::clock::{Clock, ManualClock};
    use diudat::store::{Db, accounts, people};
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("web.db").display());
    let db = Db::open(&url, 2).await.unwrap();
    let now = "2018-11-26T01:00:00Z".parse().unwrap();
    let chats = StoredChats {
        db: db.clone(),
        clock: Clock::Manual(ManualClock::new(now)),
        zone: chrono_tz::Asia::Ho_Chi_Minh,
    };
    let channel = WebChannel::new(std::sync::Arc::new(chats.clone()), Disclosure::Names, [7; 16]);
    let sent = channel.send("a", &with_buttons(), "1").await.unwrap();
    assert_eq!(channel.send("a", &with_buttons(), "1").await.unwrap(), sent);
    channel.write_down("a", "1", &part("hai")).await.unwrap();
    let lines = channel.last("a", 10).await.unwrap();
    let shown: Vec<_> = lines.iter().map(|l| (l.from_person, l.part.plain())).collect();
    assert_eq!(shown, [(false, "Báo cáo".to_owned()), (true, "hai".to_owned())]);
    assert_eq!((lines[0].shown_at, &lines[0].part), (now, &with_buttons()));
    let id = sent.external_id.unwrap();
    channel.edit("a", &id, &part("ba")).await.unwrap();
    assert_eq!(channel.edit("b", &id, &part("x")).await, Err(SendError::CannotEdit));
    assert_eq!(channel.last("a", 10).await.unwrap()[0].part, part("ba"));

    assert_eq!(chats.who("a").await, Ok(None));
    let raw = sqlx::SqlitePool::connect(&url).await.unwrap();
    sqlx::query(
        "INSERT INTO person (id, code, name, name_key, language)
         VALUES (1, 'NS-001', 'Trần Thị Mai', 'tran thi mai', 'en')",
    )
    .execute(&raw)
    .await
    .unwrap();
    raw.close().await;
    let mut tx = db.begin().await.unwrap();
    let person = people::by_code(&mut tx, "NS-001").await.unwrap().unwrap();
    accounts::bind(&mut tx, "web", "a", person, "a", now).await.unwrap();
    tx.commit().await.unwrap();
    let mai = Acquaintance { name: "Trần Thị Mai".into(), lang: Some(Lang::En) };
    assert_eq!(chats.who("a").await, Ok(Some(mai)));
    db.close().await;
    assert!(chats.who("a").await.is_err());
    assert_eq!(
        channel.send("a", &part("x"), "2").await,
        Err(SendError::Transient { after: None }),
        "nothing was shown, so it is tried again"
    );
}
