//! A database without an organisation: the first page, and what other commands say.

use reqwest::{Client, StatusCode};

use crate::house::House;
use crate::on_both_empty;

/// The form with these fields, to a page of the running program.
async fn send(client: &Client, base: &str, fields: &[(&str, &str)]) -> (StatusCode, String) {
    let answer = client.post(format!("{base}/bat-dau")).form(fields).send().await.unwrap();
    (answer.status(), answer.text().await.unwrap())
}

#[tokio::test]
async fn an_organisation_begins_in_the_browser() {
    on_both_empty(async |mut house: House| {
        house.spawn();
        let address = house.says("Begin one at").await;
        let (base, code) = address.split_once("/?ma=").expect("an address with a code");
        let client = Client::new();
        let ready = client.get(format!("{base}/readyz")).send().await.unwrap();
        assert_eq!(ready.status(), StatusCode::SERVICE_UNAVAILABLE);
        let page = client.get(&address).send().await.unwrap();
        assert!(page.headers().contains_key("content-security-policy"));
        let page = page.text().await.unwrap();
        assert!(page.contains("Bắt đầu tổ chức đảng") && page.contains(code), "{page}");

        let no_form = client.post(format!("{base}/bat-dau")).body("x").send().await.unwrap();
        assert!(no_form.text().await.unwrap().contains("Bắt đầu tổ chức đảng"));
        let fields = |code, name, officer| {
            [("code", code), ("name", name), ("officer", officer), ("place", "Hà Nội")]
        };
        for (code, name, officer, zone, term, why) in [
            ("ABCD-EFGH", "Đảng bộ Công ty A", "Lê Thị Mai", "", "", "Mã chưa đúng"),
            ("", "Đảng bộ Công ty A", "Lê Thị Mai", "", "", "Mã chưa đúng"),
            (code, "A", "Lê Thị Mai", "", "", "từ 3 đến"),
            (code, "Đảng bộ Công ty A", "Mai", "", "", "Chưa đọc được họ tên"),
            (code, "Đảng bộ Công ty A", "Lê Thị Mai", "Hanoi", "", "Chưa đọc được múi giờ"),
            (code, "Đảng bộ Công ty A", "Lê Thị Mai", "", "20/6", "ngày đầu nhiệm kỳ"),
        ] {
            let mut fields = fields(code, name, officer).to_vec();
            fields.extend([("zone", zone), ("term", term)]);
            let (status, page) = send(&client, base, &fields).await;
            assert_eq!(status, StatusCode::OK);
            assert!(page.contains(why), "{why}: {page}");
            assert!(page.contains(&format!("value=\"{officer}\"")), "what was typed stays: {page}");
        }
        let typed = code.to_lowercase().replace('-', " ");
        let right = fields(&typed, "Đảng bộ <Công ty> A", "lê thị mai");
        // Two quick taps see the same.
        let ((_, page), (_, twice)) =
            tokio::join!(send(&client, base, &right), send(&client, base, &right));
        let page = if page.contains("Đã bắt đầu") { page } else { twice.clone() };
        let shows = |page: &str| page.contains("Đã bắt đầu") || page.contains("Dìu Dắt");
        assert!(shows(&page) && shows(&twice), "{twice}");
        assert!(page.contains("Đã bắt đầu") && page.contains("NS-001"), "{page}");
        assert!(page.contains("Đảng bộ &#60;Công ty&#62; A"), "{page}");
        let (_, invitation) = page.split_once("/?code=").expect("an invitation");
        let invitation = &invitation[..9];

        // The same address is the chat now, and the invitation opens it.
        house.address().await;
        let chat = client.get(format!("{base}/?code={invitation}")).send().await.unwrap();
        assert_eq!(chat.status(), StatusCode::OK);
        let chat = chat.text().await.unwrap();
        assert!(chat.contains("Xác nhận lời mời") && chat.contains("Công ty"), "{chat}");
        let people = house.json(&["people", "--json"]).await;
        assert_eq!(people[0]["name"], "Lê Thị Mai");
        // The form once more leads to the chat.
        let (status, page) = send(&client, base, &right).await;
        assert!(status == StatusCode::OK && !page.contains(invitation), "{page}");
    })
    .await;
}

#[tokio::test]
async fn one_that_began_by_command_is_served_at_once() {
    on_both_empty(async |mut house: House| {
        house.spawn();
        house.says("Begin one at").await;
        house.run(&["init", "--yes", "--name", "Đảng bộ Công ty A"]).await;
        house.address().await;
        house.kill().await;
    })
    .await;
}

#[tokio::test]
async fn whoever_stops_before_it_begins_leaves_nothing() {
    on_both_empty(async |mut house: House| {
        house.spawn();
        house.says("Begin one at").await;
        let (status, log) = house.terminate().await;
        assert_eq!(status.code(), Some(0), "{log}");
    })
    .await;
}
