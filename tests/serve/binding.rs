//! Getting to know each other: strangers, codes and menus.

use serde_json::Value;

use crate::house::user;
use crate::on_both_engines;

const ORGANISATION: &str = "Đảng bộ VKSND tỉnh Vĩnh Phúc";

#[tokio::test]
async fn a_stranger_gets_the_welcome_and_nothing_of_the_organisations_data() {
    on_both_engines(async |house| {
        let house = house.open(&["NS-012"]).await;
        let question = house.asks(user("NS-012"), "/baocao qc-014").await;
        let before = house.fake.sent_count();
        let texts = [
            "/start",
            "/thongke 2015-2018",
            "thống kê phòng 1",
            "/viec",
            "/baocao",
            "/lichhop",
            "/nhom",
            "/khongco",
            "QC-014 tốt khá tốt tốt tốt",
            "vắng 472",
            "1",
            "xin chào",
            "🙂",
            // Shaped like no code at all.
            "NS-010",
        ];
        for (stranger, text) in (100..).zip(texts) {
            house.fake.user_says(stranger, stranger, text);
        }
        house.fake.user_uploads(200, 200, "photo", Some("lý lịch của tôi"));
        // And taps a button of somebody else's report.
        let first = house.asks(201, "/start").await;
        let button = question.keyboard[0][0].data.clone().expect("a button of our own");
        house.fake.user_forges_tap(201, first.message_id, &button);
        house.fake.wait_for_sent(before + texts.len() + 3).await;

        let welcome = first.text;
        assert!(welcome.contains(ORGANISATION) && welcome.contains("mã mời"), "{welcome}");
        for message in &house.fake.sent()[before..] {
            assert_eq!(message.text, welcome, "in chat {}", message.chat);
            assert!(message.keyboard.is_empty());
        }
        // And in the language of a telephone that is set to English.
        house.fake.add_user(203, Some("en"));
        let welcome = house.asks(203, "hello").await.text;
        assert!(welcome.contains("invitation code") && welcome.contains(ORGANISATION), "{welcome}");
    })
    .await;
}

#[tokio::test]
async fn a_code_binds_one_account_once() {
    on_both_engines(async |house| {
        let house = house.open(&[]).await;
        let codes = house.invite(&["NS-010", "NS-011", "NS-013"]).await;
        let bound = house.asks(user("NS-010"), &format!("/start {}", codes[0])).await;
        assert!(bound.text.contains("Kính chào đồng chí Lê Đức Thuận"), "{}", bound.text);
        assert!(bound.text.contains("Chi bộ Phòng 1"), "{}", bound.text);

        // Somebody else comes with the same code.
        let used = house.asks(300, &format!("/start {}", codes[0])).await;
        assert!(used.text.contains("đã được sử dụng"), "{}", used.text);
        // A code that nobody was given, and what cannot be one.
        let unknown = house.asks(301, "/start 0000-0000").await;
        assert!(unknown.text.contains("Không có mã mời này"), "{}", unknown.text);
        let malformed = house.asks(302, "/start ABCD-EFG").await;
        assert!(malformed.text.contains("chưa đúng dạng"), "{}", malformed.text);
        // The bare code, the way people type it.
        let typed = codes[1].replace('-', " ").to_lowercase();
        let bound = house.asks(user("NS-011"), &typed).await;
        assert!(bound.text.contains("Nguyễn Thị Thanh Mai"), "{}", bound.text);
        // A link carries the code as it is printed.
        let invited = house.json(&["invite", "--json", "NS-014"]).await;
        let link = invited[0]["link"].as_str().expect("a link");
        let payload = link.strip_prefix("https://t.me/DiuDatThuBot?start=").expect("to the bot");
        let bound = house.asks(user("NS-014"), &format!("/start {payload}")).await;
        // A candidate is welcomed without their name: the telephone may be in other hands.
        assert!(bound.text.starts_with("Kính chào đồng chí. "), "{}", bound.text);
    })
    .await;
}

#[tokio::test]
async fn after_five_wrong_codes_even_the_right_one_is_refused() {
    on_both_engines(async |house| {
        let house = house.open(&[]).await;
        let code = house.invite(&["NS-013"]).await.remove(0);
        for n in 0..5 {
            house.fake.user_says(400, 400, &format!("/start 0000-000{n}"));
        }
        house.fake.user_says(400, 400, &format!("/start {code}"));
        house.sees(400, "quá nhiều lần").await;
        let unknown = |text: &str| text.contains("Không có mã mời này");
        let wrong = house.fake.sent_to(400).iter().filter(|m| unknown(&m.text)).count();
        assert_eq!(wrong, 5);
        // Only that account is stopped, and the code is still good.
        let bound = house.asks(user("NS-013"), &format!("/start {code}")).await;
        assert!(bound.text.contains("Đỗ Thị Kim Oanh"), "{}", bound.text);
    })
    .await;
}

#[tokio::test]
async fn menus_fit_the_kind_of_chat_the_language_and_the_person() {
    on_both_engines(async |mut house| {
        house.start().await;
        let fake = &house.fake;
        fake.wait_for_calls("setMyCommands", 4).await;
        let names = |scope: &str, language: Option<&str>| -> Vec<String> {
            let menu = fake.menu(scope, language).unwrap_or_default();
            menu.into_iter().map(|(name, _)| name).collect()
        };
        assert_eq!(
            names("all_private_chats", None),
            ["viec", "caidat", "toi", "huy", "trogiup", "start"]
        );
        assert_eq!(names("all_private_chats", Some("en")), names("all_private_chats", None));
        assert_eq!(names("all_group_chats", None), ["lichhop"]);
        let about = |language| fake.menu("all_group_chats", language).expect("a menu")[0].1.clone();
        assert_eq!(about(None), "Lịch sinh hoạt chi bộ");
        assert_ne!(about(None), about(Some("en")));

        // A secretary, a mentor, and a member who is neither.
        house.bind(&["NS-010", "NS-012", "NS-014"]).await;
        let scope = |code| format!("chat:{}", user(code));
        let chats = ["NS-010", "NS-012", "NS-014"].map(scope);
        house
            .fake
            .wait_until("three menus", |fake| chats.iter().all(|c| fake.menu(c, None).is_some()))
            .await;
        let [secretary, mentor, member] = chats.each_ref().map(|scope| names(scope, None));
        let has = |menu: &[String], name: &str| menu.iter().any(|shown| shown == name);
        assert!(
            has(&secretary, "thongke") && has(&secretary, "nhom") && !has(&secretary, "baocao")
        );
        assert!(has(&mentor, "baocao") && has(&mentor, "lichhop") && !has(&mentor, "thongke"));
        assert!(has(&member, "lichhop") && !has(&member, "baocao") && !has(&member, "thongke"));

        // They are shown again at the next start, to those who were bound before.
        let menus = house.fake.calls("setMyCommands");
        let (status, _) = house.terminate().await;
        assert!(status.success());
        house.start().await;
        house.fake.wait_for_calls("setMyCommands", menus + 7).await;
        let last: Value = house.fake.last_call("setMyCommands").expect("a call");
        assert_eq!(last["scope"]["type"], "chat");
    })
    .await;
}
