//! Whether the program can do its work is told by what it can write, not by what it can read.

use std::time::Instant;

use serde_json::Value;

use crate::disk::Disk;
use crate::house::{House, PATIENCE, user};
use crate::support::{Engine, path_of, sql};

const MENTOR: &str = "NS-012";

impl House {
    /// Waits until `/readyz` has this status; its body.
    async fn is_ready(&self, expected: u16) -> Value {
        let url = format!("http://{}/readyz", self.address().await);
        let begun = Instant::now();
        loop {
            let told = reqwest::get(&url).await.expect("the page answers");
            let (status, body) = (told.status().as_u16(), told.text().await.expect("a body"));
            if status == expected {
                return serde_json::from_str(&body).expect("JSON");
            }
            assert!(begun.elapsed() < PATIENCE, "{status} instead of {expected}: {body}");
            // A moment: whoever asks without a pause keeps the program from its work.
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    }

    /// What `check` says of a part.
    async fn checked(&self, part: &str) -> (bool, String) {
        let output = self.outcome(&["check", "--json"]).await;
        let parts: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let parts = parts.as_array().expect("a list");
        let found = parts.iter().find(|one| one["part"] == part);
        let found = found.unwrap_or_else(|| panic!("no {part} in {parts:?}"));
        (found["ok"] == true, found["detail"].as_str().expect("words").to_owned())
    }
}

#[tokio::test]
async fn a_server_that_only_reads_is_not_ready_and_let_go_for_one_that_writes() {
    let mut house = House::new(Engine::Postgres).await.open(&[MENTOR]).await;
    assert_eq!(house.is_ready(200).await["parts"][0]["ok"], true);
    assert!(house.checked("database").await.0);
    let (before, after) = house.database().split_once('?').expect("a socket");
    let name = before.rsplit('/').next().expect("a name").to_owned();
    let elsewhere = format!("{}?{after}", before.replace(&name, "postgres"));
    let others = format!("datname = '{name}' AND pid <> pg_backend_pid()");
    sql(&elsewhere, &format!("ALTER DATABASE {name} SET default_transaction_read_only = on")).await;
    sql(
        &elsewhere,
        &format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}"),
    )
    .await;
    let told = house.is_ready(503).await;
    assert_eq!(told["parts"][0]["name"], "database", "{told}");
    let (well, why) = house.checked("database").await;
    assert!(!well && why.contains("can only be read"), "{why}");
    // Whoever is connected stays as it is: only a new connection takes writes.
    sql(&elsewhere, &format!("ALTER DATABASE {name} RESET default_transaction_read_only")).await;
    house.is_ready(200).await;
    assert!(house.checked("database").await.0);
    house.asks(user(MENTOR), "/lichhop").await;
    let (status, log) = house.terminate().await;
    assert!(status.success(), "{log}");
}

#[tokio::test]
async fn a_full_disk_is_not_ready_until_there_is_room() {
    let Some(disk) = Disk::mount() else {
        println!("SKIPPED: this user may not mount a small disk");
        return;
    };
    let mut house = House::new(Engine::Sqlite).await;
    let file = disk.path().join("full.db");
    std::fs::copy(path_of(house.database()), &file).expect("a copy");
    house.set("DATABASE__URL", &format!("sqlite://{}", file.display()));
    let mut house = house.open(&[MENTOR]).await;
    house.is_ready(200).await;
    assert!(house.checked("database").await.0);
    disk.fill();
    let told = house.is_ready(503).await;
    assert_eq!(told["parts"][0]["name"], "database", "{told}");
    let (well, why) = house.checked("database").await;
    assert!(!well && why.contains("full"), "{why}");
    disk.clear();
    house.is_ready(200).await;
    assert!(house.checked("database").await.0);
    house.asks(user(MENTOR), "/lichhop").await;
    let (status, log) = house.terminate().await;
    assert!(status.success(), "{log}");
}
