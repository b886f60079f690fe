//! What the channel sends, as people see it, and what it never sends.

use diudat::channels::telegram::{SetupError, Telegram};
use diudat::message::{
    Channel, Key, KeyAction, Menu, MenuAudience, Pace, Part, Run, SendError, Sent,
};
use rstest::rstest;
use serde_json::json;

use crate::fake_telegram::{FakeTelegram, Fault};
use crate::{GROUP, HOA, channel, fake_with_hoa, part, settings, tap};

#[tokio::test]
async fn a_text_arrives_as_written_with_its_bold_stretches() {
    let fake = fake_with_hoa().await;
    let part = Part {
        runs: vec![
            Run { text: "Chi bộ A & B <họp>\n".to_owned(), strong: true },
            Run { text: "Lúc 14:00 &lt; 15:00 \"đúng giờ\"".to_owned(), strong: false },
        ],
        keyboard: Vec::new(),
    };
    let sent = channel(&fake).send(&HOA.to_string(), &part, "k1").await.unwrap();

    let [message] = &fake.sent()[..] else { panic!("one message") };
    assert_eq!(sent, Sent { external_id: Some(message.message_id.to_string()) });
    assert_eq!(message.chat, HOA);
    assert_eq!(message.text, part.plain());
    assert_eq!(message.strong, ["Chi bộ A & B <họp>\n"]);
    let call = fake.last_call("sendMessage").unwrap();
    assert_eq!(call["link_preview_options"], json!({ "is_disabled": true }));
    assert_eq!(call.get("reply_markup"), None);
}

#[tokio::test]
async fn buttons_tap_or_open_the_private_chat() {
    let fake = fake_with_hoa().await;
    fake.add_bot_to_group(GROUP, HOA);
    let open = Key {
        label: "Mở riêng".to_owned(),
        action: KeyAction::PrivateChat("bc_47-x".to_owned()),
    };
    let keyboard = vec![vec![tap("Có mặt", "b1"), tap("Vắng", "b2")], Vec::new(), vec![open]];
    let part = Part { keyboard, ..part("Họp chi bộ") };
    channel(&fake).send(&GROUP.to_string(), &part, "k1").await.unwrap();

    let message = &fake.sent()[0];
    assert_eq!(message.labels(), ["Có mặt", "Vắng", "Mở riêng"]);
    assert_eq!(message.keyboard.len(), 2, "the empty row is left out");
    assert_eq!(message.keyboard[0][1].data.as_deref(), Some("b2"));
    let url = format!("https://t.me/{}?start=bc_47-x", fake.username());
    assert_eq!(message.keyboard[1][0].url, Some(url));
}

#[tokio::test]
async fn a_link_waits_until_the_bot_knows_its_name() {
    let fake = fake_with_hoa().await;
    let open = Key { label: "Mở".to_owned(), action: KeyAction::PrivateChat("a".to_owned()) };
    let part = Part { keyboard: vec![vec![open]], ..part("x") };
    let telegram = channel(&fake);
    for fault in [Fault::DropAfter, Fault::Garbage, Fault::Server] {
        fake.fail_next("getMe", fault);
        let outcome = telegram.send(&HOA.to_string(), &part, "k").await;
        assert_eq!(outcome, Err(SendError::Transient { after: None }), "nothing was sent");
    }
    assert_eq!(fake.calls("sendMessage"), 0);
    telegram.send(&HOA.to_string(), &part, "k").await.unwrap();
    telegram.send(&HOA.to_string(), &part, "k").await.unwrap();
    assert_eq!(fake.calls("getMe"), 4, "the name is asked for once");
}

#[rstest]
#[case::plain("a".repeat(4096))]
#[case::pairs("😀".repeat(2048))]
#[case::escaped("<".repeat(4096))]
#[tokio::test]
async fn the_longest_text_is_sent(#[case] text: String) {
    let fake = fake_with_hoa().await;
    channel(&fake).send(&HOA.to_string(), &part(&text), "k").await.unwrap();
    assert_eq!(fake.sent()[0].text, text);
}

#[rstest]
#[case::empty(part(""))]
#[case::blank(part(" \n\t"))]
#[case::no_runs(Part::default())]
#[case::too_long(part(&"a".repeat(4097)))]
#[case::too_long_in_pairs(part(&format!("{}a", "😀".repeat(2048))))]
#[case::long_id(Part { keyboard: vec![vec![tap("x", &"i".repeat(65))]], ..part("x") })]
#[case::long_id_in_bytes(Part { keyboard: vec![vec![tap("x", &"ắ".repeat(22))]], ..part("x") })]
#[case::no_id(Part { keyboard: vec![vec![tap("x", "")]], ..part("x") })]
#[case::no_label(Part { keyboard: vec![vec![tap(" ", "i")]], ..part("x") })]
#[case::too_many_buttons(Part { keyboard: vec![vec![tap("x", "i"); 8]; 13], ..part("x") })]
#[case::bad_payload(Part {
    keyboard: vec![vec![Key {
        label: "x".to_owned(),
        action: KeyAction::PrivateChat("a b".to_owned()),
    }]],
    ..part("x")
})]
#[tokio::test]
async fn what_telegram_would_refuse_costs_no_call(#[case] part: Part) {
    let fake = fake_with_hoa().await;
    let telegram = channel(&fake);
    let sent = telegram.send(&HOA.to_string(), &part, "k").await;
    assert!(matches!(sent, Err(SendError::Rejected { .. })), "{sent:?}");
    let edited = telegram.edit(&HOA.to_string(), "1", &part).await;
    assert!(matches!(edited, Err(SendError::Rejected { .. })), "{edited:?}");
    assert_eq!(fake.calls("sendMessage") + fake.calls("editMessageText"), 0);
}

#[tokio::test]
async fn a_button_id_of_64_bytes_and_100_buttons_are_taken() {
    let fake = fake_with_hoa().await;
    let keyboard = vec![vec![tap("x", &"i".repeat(64)); 5]; 20];
    let part = Part { keyboard, ..part("x") };
    channel(&fake).send(&HOA.to_string(), &part, "k").await.unwrap();
    assert_eq!(fake.sent()[0].labels().len(), 100);
}

#[tokio::test]
async fn a_chat_that_is_no_number_is_our_fault() {
    let fake = fake_with_hoa().await;
    let sent = channel(&fake).send("@kenh", &part("x"), "k").await;
    assert!(matches!(sent, Err(SendError::Rejected { .. })), "{sent:?}");
}

#[tokio::test]
async fn an_edit_replaces_text_and_buttons() {
    let fake = fake_with_hoa().await;
    let telegram = channel(&fake);
    let first = Part { keyboard: vec![vec![tap("Có", "b1")]], ..part("Hỏi") };
    let sent = telegram.send(&HOA.to_string(), &first, "k").await.unwrap();
    let id = sent.external_id.unwrap();
    telegram.edit(&HOA.to_string(), &id, &part("Đã ghi")).await.unwrap();

    let [message] = &fake.sent()[..] else { panic!("one message") };
    assert_eq!((message.text.as_str(), &message.earlier[..]), ("Đã ghi", &["Hỏi".to_owned()][..]));
    assert!(message.keyboard.is_empty(), "answered questions have no buttons");
    // The same edit again: done already.
    assert_eq!(telegram.edit(&HOA.to_string(), &id, &part("Đã ghi")).await, Ok(()));
    assert_eq!(fake.calls("editMessageText"), 2);
}

#[tokio::test]
async fn a_tap_is_answered_once_with_a_notice_cut_to_its_limit() {
    let fake = fake_with_hoa().await;
    let telegram = channel(&fake);
    let question = Part { keyboard: vec![vec![tap("Có", "b1")]], ..part("Hỏi") };
    telegram.send(&HOA.to_string(), &question, "k").await.unwrap();
    let message = fake.sent()[0].message_id;
    let taps = [1, 2].map(|_| fake.user_taps(HOA, message, "Có"));
    telegram.answer_tap(&taps[0], None).await;
    telegram.answer_tap(&taps[1], Some(&"ắ".repeat(300))).await;

    let answers = fake.answers();
    assert_eq!((&answers[0].callback, &answers[0].text), (&taps[0], &None));
    assert_eq!(answers[1].text, Some("ắ".repeat(200)));
}

#[tokio::test]
async fn an_answer_to_a_tap_that_fails_is_forgotten() {
    let fake = fake_with_hoa().await;
    let telegram = channel(&fake);
    let question = Part { keyboard: vec![vec![tap("Có", "b1")]], ..part("Hỏi") };
    telegram.send(&HOA.to_string(), &question, "k").await.unwrap();
    let stale = fake.user_taps(HOA, fake.sent()[0].message_id, "Có");
    fake.expire_callbacks();
    telegram.answer_tap(&stale, None).await;
    for fault in [Fault::Server, Fault::TooMany(30), Fault::DropBefore, Fault::Garbage] {
        fake.fail_next("answerCallbackQuery", fault);
        telegram.answer_tap("77", None).await;
    }
    assert_eq!(fake.calls("answerCallbackQuery"), 5, "one attempt each");
    assert!(fake.answers().is_empty());
}

fn menu(audience: MenuAudience, language: Option<&str>, commands: &[(&str, &str)]) -> Menu {
    let own = |(name, what): &(&str, &str)| ((*name).to_owned(), (*what).to_owned());
    Menu {
        audience,
        language: language.map(|code| code.parse().unwrap()),
        commands: commands.iter().map(own).collect(),
    }
}

#[tokio::test]
async fn menus_are_set_per_audience_and_language() {
    let fake = fake_with_hoa().await;
    let menus = [
        menu(
            MenuAudience::PrivateChats,
            None,
            &[("viec", "Việc của tôi"), ("trogiup", "Trợ giúp")],
        ),
        menu(MenuAudience::PrivateChats, Some("en"), &[("viec", "My duties")]),
        menu(MenuAudience::Groups, None, &[("thongke", "Số liệu")]),
        menu(MenuAudience::Chat(HOA.to_string()), None, &[("hop", "Cuộc họp")]),
    ];
    let telegram = channel(&fake);
    telegram.set_menus(&menus).await.unwrap();
    telegram.set_menus(&menus).await.unwrap();
    let names = |scope: &str, language| -> Vec<String> {
        let menu = fake.menu(scope, language).expect("the menu is set");
        menu.into_iter().map(|(name, _)| name).collect()
    };
    assert_eq!(names("all_private_chats", None), ["viec", "trogiup"]);
    assert_eq!(names("all_private_chats", Some("en")), ["viec"]);
    assert_eq!(names("all_group_chats", None), ["thongke"]);
    assert_eq!(names(&format!("chat:{HOA}"), None), ["hop"]);
}

#[rstest]
#[case::capital("Viec", "x")]
#[case::dash("vi-ec", "x")]
#[case::marks("việc", "x")]
#[case::empty("", "x")]
#[case::long("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "x")]
#[case::no_description("viec", " ")]
#[tokio::test]
async fn a_wrong_command_sets_no_menu(#[case] name: &str, #[case] what: &str) {
    let fake = fake_with_hoa().await;
    let good = menu(MenuAudience::Groups, None, &[("thongke", "x")]);
    let wrong = menu(MenuAudience::PrivateChats, None, &[(name, what)]);
    let outcome = channel(&fake).set_menus(&[good, wrong]).await;
    assert!(matches!(outcome, Err(SendError::Rejected { .. })), "{outcome:?}");
    assert_eq!(fake.calls("setMyCommands"), 0);
}

#[tokio::test]
async fn a_menu_of_the_limits_is_taken_and_one_beyond_is_not() {
    let fake = fake_with_hoa().await;
    let telegram = channel(&fake);
    let names: Vec<String> = (0..101).map(|n| format!("{n:032}")).collect();
    let what = "ắ".repeat(256);
    let commands: Vec<(&str, &str)> =
        names.iter().map(|name| (name.as_str(), what.as_str())).collect();
    let full = menu(MenuAudience::Groups, None, &commands[..100]);
    telegram.set_menus(&[full]).await.unwrap();
    let long = "a".repeat(257);
    for wrong in [
        menu(MenuAudience::Groups, None, &commands),
        menu(MenuAudience::Groups, None, &[("a", &long)]),
    ] {
        let outcome = telegram.set_menus(&[wrong]).await;
        assert!(matches!(outcome, Err(SendError::Rejected { .. })), "{outcome:?}");
    }
}

#[tokio::test]
async fn a_menu_for_a_chat_that_is_gone_does_not_keep_the_others_back() {
    let fake = fake_with_hoa().await;
    let menus = [
        menu(MenuAudience::Chat("999".to_owned()), None, &[("hop", "x")]),
        menu(MenuAudience::Groups, None, &[("thongke", "x")]),
    ];
    let telegram = channel(&fake);
    assert_eq!(telegram.set_menus(&menus).await, Err(SendError::Unreachable));
    assert!(fake.menu("all_group_chats", None).is_some());
    // When Telegram is busy it is left in peace.
    fake.fail_next("setMyCommands", Fault::TooMany(3));
    let busy = telegram.set_menus(&menus[1..]).await;
    assert_eq!(busy, Err(SendError::Transient { after: Some(std::time::Duration::from_secs(3)) }));
}

#[tokio::test]
async fn the_channel_states_what_telegram_can_do() {
    let fake = FakeTelegram::start().await;
    let telegram = channel(&fake);
    let can = telegram.capabilities();
    assert!(can.buttons && can.edit && can.groups);
    assert_eq!(can.text_limit, Some(4096));
    let pace = Pace { per_second: 30, per_chat_second: 1, per_group_minute: 20 };
    assert_eq!(telegram.pace(), Some(pace));
    assert!(telegram.is_group("-1001") && !telegram.is_group("1001"));
    assert_eq!(telegram.bot(), "telegram");
}

#[test]
fn settings_that_cannot_work_are_named() {
    let wrong = |change: fn(&mut crate::TelegramSettings)| {
        let mut settings = settings("https://api.telegram.org".to_owned(), "1:a".to_owned());
        change(&mut settings);
        Telegram::new(settings).err()
    };
    assert_eq!(wrong(|_| {}), None);
    assert_eq!(wrong(|s| s.token = String::new().into()), Some(SetupError::Token));
    assert_eq!(wrong(|s| s.token = "1:a/getMe".to_owned().into()), Some(SetupError::Token));
    assert_eq!(wrong(|s| s.api_url = "api.telegram.org".to_owned()), Some(SetupError::ApiUrl));
    assert_eq!(wrong(|s| s.api_url = "ftp://host".to_owned()), Some(SetupError::ApiUrl));
    assert_eq!(wrong(|s| s.proxy = Some("::".to_owned())), Some(SetupError::Proxy));
    assert_eq!(wrong(|s| s.proxy = Some("socks5h://u:p@host:1080".to_owned())), None);
    let secret = |s: &mut crate::TelegramSettings| s.webhook_secret = Some("a b".to_owned().into());
    assert_eq!(wrong(secret), Some(SetupError::WebhookSecret));
}
