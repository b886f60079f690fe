//! Receiving by webhook: only from Telegram, each update once, none lost around a start.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::fake_telegram::Fault;
use crate::house::{House, user};
use crate::on_both_engines;

const SECRET: &str = "bi-mat_2026";
const HEADER: &str = "X-Telegram-Bot-Api-Secret-Token";

/// Starts with a webhook; the proxy before it leads to wherever it listens.
async fn start(house: &mut House) {
    let registered = house.fake.calls("setWebhook");
    house.spawn();
    house.fake.put_proxy_before(house.address().await);
    house.fake.wait_for_calls("setWebhook", registered + 1).await;
}

fn by_webhook(house: &mut House) {
    house.set("TELEGRAM__MODE", "webhook");
    house.set("TELEGRAM__WEBHOOK_URL", "https://chat.example.vn/telegram/webhook");
    house.set("TELEGRAM__WEBHOOK_SECRET", SECRET);
}

fn says(id: i64, user: i64, text: &str) -> Value {
    json!({ "update_id": id, "message": {
        "message_id": id, "date": 1_796_000_000, "text": text,
        "from": { "id": user, "is_bot": false, "first_name": "N" },
        "chat": { "id": user, "type": "private", "first_name": "N" },
    } })
}

#[tokio::test]
async fn what_the_platform_brings_is_answered_once_and_what_others_bring_is_not() {
    on_both_engines(async |mut house| {
        by_webhook(&mut house);
        start(&mut house).await;
        let set = house.fake.last_call("setWebhook").expect("a call");
        assert_eq!(set["url"], "https://chat.example.vn/telegram/webhook");
        assert_eq!(set["secret_token"], SECRET);
        house.bind(&["NS-010", "NS-012"]).await;
        assert_eq!(house.fake.calls("getUpdates"), 0);

        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let url = format!("http://{}/telegram/webhook", house.address().await);
        let post = async |secret: Option<&str>, body: String| {
            let mut request = http.post(&url).body(body);
            if let Some(secret) = secret {
                request = request.header(HEADER, secret);
            }
            request.send().await.expect("the door answers").status()
        };
        let (mentor, secretary) = (user("NS-012"), user("NS-010"));
        let forged = says(7, mentor, "/toi").to_string();
        for wrong in [None, Some(""), Some("bi-mat_2027"), Some("bi-mat_2026 x")] {
            assert_eq!(post(wrong, forged.clone()).await, StatusCode::UNAUTHORIZED, "{wrong:?}");
        }
        // Brought again because our answer was lost on the way.
        for _ in 0..3 {
            let brought = post(Some(SECRET), says(8, mentor, "/viec").to_string()).await;
            assert_eq!(brought, StatusCode::OK);
        }
        // Taken, or it would be brought for ever.
        assert_eq!(post(Some(SECRET), "{".to_owned()).await, StatusCode::OK);
        assert_eq!(
            post(Some(SECRET), says(9, secretary, "/toi").to_string()).await,
            StatusCode::OK
        );
        house.sees(mentor, "Việc cần làm").await;
        house.sees(secretary, "NS-010").await;
        let (status, _) = house.terminate().await;
        assert!(status.success());
        start(&mut house).await;
        assert!(!house.asks(mentor, "/trogiup").await.text.contains("NS-012"));
        assert_eq!(house.fake.sent_to(mentor).len(), 3, "greeting, tasks, help");
    })
    .await;
}

#[tokio::test]
async fn what_comes_before_the_bot_knows_its_own_name_is_brought_again() {
    on_both_engines(async |mut house| {
        by_webhook(&mut house);
        start(&mut house).await;
        house.bind(&["NS-012"]).await;
        let (status, _) = house.terminate().await;
        assert!(status.success());

        // While it is down somebody writes, and Telegram is slow to say who the bot is.
        house.fake.user_says(user("NS-012"), user("NS-012"), "/toi");
        house.fake.fail_next("getMe", Fault::Server);
        start(&mut house).await;
        house.sees(user("NS-012"), "Đồng chí Phạm Quang Hợp (NS-012)").await;
    })
    .await;
}
