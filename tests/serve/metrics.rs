//! What a monitor reads: only with the token, and what it says is what happened.

use std::collections::BTreeMap;

use reqwest::StatusCode;

use crate::fake_telegram::Fault;
use crate::house::{House, user};
use crate::on_both_engines;

const TOKEN: &str = "theo-doi-2026-11-23";

async fn read(house: &House, token: Option<&str>) -> (StatusCode, String) {
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let mut request = http.get(format!("http://{}/metrics", house.address().await));
    if let Some(token) = token {
        request = request.bearer_auth(token);
    }
    let answer = request.send().await.expect("the server answers");
    (answer.status(), answer.text().await.expect("a text"))
}

/// Each sample under its name and labels.
fn samples(text: &str) -> BTreeMap<&str, f64> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.rsplit_once(' ')).map(|(k, v)| (k, v.parse().unwrap())).collect()
}

#[tokio::test]
async fn a_monitor_with_the_token_reads_what_happened() {
    on_both_engines(async |mut house| {
        house.set("HTTP__METRICS_TOKEN", TOKEN);
        let house = house.open(&["NS-012", "NS-010"]).await;
        let mentor = user("NS-012");
        house.fake.fail_next("sendMessage", Fault::TooMany(1));
        house.asks(mentor, "/toi").await;
        house.asks(mentor, "/viec").await;

        for wrong in [None, Some("theo-doi-2026-11-24"), Some("")] {
            let (status, text) = read(&house, wrong).await;
            assert_eq!((status, text.as_str()), (StatusCode::UNAUTHORIZED, ""), "{wrong:?}");
        }
        // Sent is what the platform took; that it is counted follows a moment later.
        let mut text = String::new();
        for _ in 0..1_000 {
            let (status, read) = read(&house, Some(TOKEN)).await;
            assert_eq!(status, StatusCode::OK);
            text = read;
            if !text.contains(r#"diudat_queue{lane="reply""#) {
                break;
            }
        }
        let samples = samples(&text);
        let sample = |name: &str| *samples.get(name).unwrap_or_else(|| panic!("{name} in\n{text}"));
        assert_eq!(sample("diudat_updates_total"), 4.0, "two codes, two questions");
        assert_eq!(sample(r#"diudat_sends_total{bot="telegram",result="sent"}"#), 4.0);
        assert_eq!(sample(r#"diudat_sends_total{bot="telegram",result="slowed"}"#), 1.0);
        assert_eq!(sample(r#"diudat_reply_seconds_count{bot="telegram"}"#), 4.0);
        let within = |bound: &str| {
            sample(&format!(r#"diudat_reply_seconds_bucket{{le="{bound}",bot="telegram"}}"#))
        };
        assert!(within("1.0") <= 3.0, "one waited for a second:\n{text}");
        assert_eq!(within("300.0"), 4.0);
        for (feature, answered) in [("start", 2.0), ("help", 1.0), ("tasks", 1.0)] {
            let count = format!(r#"diudat_handle_seconds_count{{feature="{feature}"}}"#);
            assert_eq!(sample(&count), answered, "{feature}");
        }
        assert_eq!(sample("diudat_leader"), 1.0);
        assert_eq!(sample("diudat_updates_waiting"), 0.0);
        assert_eq!(sample("diudat_oldest_due_seconds"), 0.0);
        assert_eq!(sample("diudat_reminders_missed"), 0.0);
        // Nobody is named or numbered.
        for told in ["NS-0", "QC-", "7000012", "Phạm"] {
            assert!(!text.contains(told), "{told} in\n{text}");
        }
    })
    .await;
}

#[tokio::test]
async fn without_a_token_in_the_settings_there_is_nothing_to_read() {
    on_both_engines(async |house| {
        let house = house.open(&[]).await;
        let (status, _) = read(&house, Some(TOKEN)).await;
        assert_eq!(status, StatusCode::NOT_FOUND);
    })
    .await;
}
