//! What the program writes to standard error holds neither secrets nor people's words, however
//! closely it is watched and whatever goes wrong.

use serde_json::{Value, json};

use crate::fake_telegram::Fault;
use crate::house::user;
use crate::on_both_engines;

const WORDS: &str = "xin nghỉ vì việc gia đình";

#[tokio::test]
async fn at_level_debug_no_token_code_name_or_word_is_logged() {
    on_both_engines(async |mut house| {
        house.set("LOG__LEVEL", "debug");
        let mut house = house.open(&["NS-010", "NS-020"]).await;
        let code = house.invite(&["NS-016"]).await.remove(0);
        let mentor = user("NS-020");
        let mut shown = house.asks(mentor, "/baocao").await;
        for _ in 0..5 {
            shown = house.taps(mentor, &shown, "Tốt").await;
        }
        for fault in [Fault::Server, Fault::TooMany(1), Fault::DropAfter, Fault::Garbage] {
            house.fake.fail_next("answerCallbackQuery", fault);
        }
        for fault in [Fault::Server, Fault::Garbage] {
            house.fake.fail_next("getUpdates", fault);
        }
        house.fake.user_says(mentor, mentor, WORDS);
        house.sees(mentor, "Hạn chế").await;
        house.fake.fail_next("sendMessage", Fault::TooMany(1));
        house.asks(user("NS-016"), &format!("/start {code}")).await;
        house.fake.fail_next(
            "sendMessage",
            Fault::Refuse { code: 400, description: format!("Bad Request: \"{WORDS}\"") },
        );
        let refused = house.fake.calls("sendMessage");
        house.fake.user_says(user("NS-010"), user("NS-010"), &format!("/thongke {WORDS}"));
        house.fake.wait_for_calls("sendMessage", refused + 1).await;

        let token = house.fake.token();
        let people = house.json(&["people", "--json"]).await;
        let (status, log) = house.terminate().await;
        assert!(status.success());
        assert!(log.contains("DEBUG") && log.contains("refuses a message"), "{log}");
        let folded = diudat::domain::text::fold(&log);
        let key = token.split_once(':').expect("a token").1;
        let secrets = [&token, key, &code, &code.replace('-', ""), WORDS, "/baocao", "/thongke"];
        for secret in secrets {
            assert!(!log.contains(secret), "{secret:?} is logged:\n{log}");
        }
        assert!(!folded.contains(&diudat::domain::text::fold(WORDS)));
        for person in people.as_array().expect("a list") {
            let name = person["name"].as_str().expect("a name");
            assert!(!log.contains(name), "{name:?} is logged:\n{log}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_took_too_long_is_told_with_what_it_was() {
    on_both_engines(async |mut house| {
        house.set("LOG__SLOW_MS", "0"); // so each is slow
        let mut house = house.open(&["NS-012"]).await;
        house.asks(user("NS-012"), "/viec").await;
        let (_, log) = house.terminate().await;
        for span in [
            r#"handle{bot="telegram" kind="text" feature="tasks"}"#,
            r#"send{lane="reply" bot="telegram"}"#,
            "tick{queued=0 dropped=0}",
        ] {
            let told = |line: &str| line.contains(" WARN ") && line.contains(" slow ");
            assert!(log.lines().any(|l| told(l) && l.contains(span)), "no {span} in\n{log}");
        }
    })
    .await;
}

#[tokio::test]
async fn for_a_machine_the_log_says_how_long_everything_took() {
    on_both_engines(async |mut house| {
        house.set("LOG__FORMAT", "json");
        house.set("LOG__LEVEL", "info,diudat::spans=debug");
        let mut house = house.open(&["NS-012"]).await;
        house.asks(user("NS-012"), "/viec").await;
        let (_, log) = house.terminate().await;
        let lines = log.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
        let done: Vec<Value> = lines.filter(|l| l["fields"]["elapsed_ms"].is_u64()).collect();
        for span in [
            json!({"name": "handle", "bot": "telegram", "kind": "text", "feature": "tasks"}),
            json!({"name": "send", "bot": "telegram", "lane": "reply"}),
            json!({"name": "tick", "queued": 0, "dropped": 0}),
        ] {
            assert!(done.iter().any(|line| line["span"] == span), "no {span} in\n{log}");
        }
    })
    .await;
}
