//! What the channel hears: each kind of update in the neutral words.

use diudat::message::{Channel, ChatKind, Event, Incoming, OfferedFile, Part};
use serde_json::json;

use crate::fake_telegram::FakeTelegram;
use crate::{GROUP, HOA, Receiver, channel, fake_with_hoa, part, tap};

/// Lets people act, then returns what was heard, in order.
async fn heard(fake: &FakeTelegram, act: impl FnOnce(&FakeTelegram)) -> Vec<Incoming> {
    let receiver = Receiver::start(fake);
    // Until the first poll the fake keeps to the default kinds of update, not to those asked for.
    fake.wait_for_calls("getUpdates", 1).await;
    act(fake);
    // A last word, so that what should be passed over has been passed over.
    fake.user_says(HOA, HOA, "hết");
    let inbox = receiver.inbox.clone();
    let mut n = 1;
    let taken = loop {
        let taken = inbox.wait_for(n).await;
        let last = Event::Text { text: "hết".to_owned() };
        if taken.last().is_some_and(|incoming| incoming.event == last) {
            break taken;
        }
        n = taken.len() + 1;
    };
    receiver.stop().await;
    taken[..taken.len() - 1].to_vec()
}

async fn group(privacy: bool) -> FakeTelegram {
    let fake = FakeTelegram::start().await;
    fake.set_privacy(privacy);
    fake.add_user(HOA, Some("vi"));
    fake.add_bot_to_group(GROUP, HOA);
    // The joining itself is told in another test.
    let mut polled = settle(&fake).await;
    polled.retain(|incoming| incoming.event != Event::Present { present: true });
    assert!(polled.is_empty());
    fake
}

async fn settle(fake: &FakeTelegram) -> Vec<Incoming> {
    let receiver = Receiver::start(fake);
    let taken = receiver.inbox.wait_for(1).await;
    fake.wait_until_confirmed().await;
    receiver.stop().await;
    taken
}

fn events(heard: &[Incoming]) -> Vec<Event> {
    heard.iter().map(|incoming| incoming.event.clone()).collect()
}

fn text(text: &str) -> Event {
    Event::Text { text: text.to_owned() }
}

#[tokio::test]
async fn a_private_text_comes_with_sender_chat_and_language() {
    let fake = FakeTelegram::start().await;
    fake.add_user(HOA, Some("vi"));
    let heard = heard(&fake, |fake| {
        fake.user_says(HOA, HOA, "thống kê  năm 2018\nhết năm");
    })
    .await;
    let [incoming] = &heard[..] else { panic!("{heard:?}") };
    let expected = Incoming {
        bot: "telegram".to_owned(),
        external_id: incoming.external_id.clone(),
        chat: HOA.to_string(),
        kind: ChatKind::Private,
        sender: HOA.to_string(),
        language: Some("vi".to_owned()),
        event: text("thống kê  năm 2018\nhết năm"),
    };
    assert_eq!(incoming, &expected);
    assert!(incoming.external_id.parse::<u64>().is_ok());
}

#[tokio::test]
async fn a_command_loses_the_name_of_the_bot() {
    let fake = FakeTelegram::start().await;
    let heard = heard(&fake, |fake| {
        fake.user_says(HOA, HOA, "/start ABCD-EFGH");
        fake.user_says(HOA, HOA, &format!("/start@{} ABCD-EFGH", fake.username()));
        fake.user_says(HOA, HOA, "/trogiup@DIUDATTHUBOT");
        fake.user_says(HOA, HOA, "/ hỏi a@b.vn");
    })
    .await;
    let expected = ["/start ABCD-EFGH", "/start ABCD-EFGH", "/trogiup", "/ hỏi a@b.vn"].map(text);
    assert_eq!(events(&heard), expected);
}

#[tokio::test]
async fn in_a_group_only_what_is_meant_for_the_bot_is_heard() {
    let fake = group(false).await;
    let telegram = channel(&fake);
    telegram.send(&GROUP.to_string(), &part("Họp lúc 14:00"), "k").await.unwrap();
    let question = fake.sent()[0].message_id;
    let heard = heard(&fake, |fake| {
        fake.group_says(HOA, GROUP, "chào mọi người");
        fake.group_says(HOA, GROUP, "/thongke");
        fake.group_says(HOA, GROUP, "/thongke@DiuDatThuBot 2018");
        fake.group_says(HOA, GROUP, "/thongke@OtherBot 2018");
        fake.group_says(HOA, GROUP, "@diudatthubot thống kê");
        fake.group_says(HOA, GROUP, "xem @DiuDatThuBot, giúp nhé");
        fake.group_says(HOA, GROUP, "@DiuDatThuBotKhac ơi");
        fake.group_says(HOA, GROUP, "a@DiuDatThuBot.vn");
        fake.group_says(HOA, GROUP, "@DiuDatThuBot");
        fake.user_replies(HOA, question, "tôi vắng");
        fake.user_replies(HOA, question, "/x@OtherBot");
    })
    .await;
    let expected =
        ["/thongke", "/thongke 2018", "thống kê", "xem, giúp nhé", "", "tôi vắng"].map(text);
    assert_eq!(events(&heard), expected);
    assert!(heard.iter().all(|incoming| incoming.kind == ChatKind::Group));
    assert!(heard.iter().all(|incoming| incoming.chat == GROUP.to_string()));
    assert!(heard.iter().all(|incoming| incoming.sender == HOA.to_string()));
}

#[tokio::test]
async fn privacy_mode_lets_commands_mentions_and_replies_through() {
    let fake = group(true).await;
    let heard = heard(&fake, |fake| {
        fake.group_says(HOA, GROUP, "chào");
        fake.group_says(HOA, GROUP, "/thongke");
        fake.group_says(HOA, GROUP, "@DiuDatThuBot thống kê");
    })
    .await;
    assert_eq!(events(&heard), ["/thongke", "thống kê"].map(text));
}

#[tokio::test]
async fn a_tap_brings_button_message_and_callback() {
    let fake = fake_with_hoa().await;
    let question =
        Part { keyboard: vec![vec![tap("Có", "b1"), tap("Không", "b2")]], ..part("?") };
    let sent = channel(&fake).send(&HOA.to_string(), &question, "k").await.unwrap();
    let mut callback = String::new();
    let heard = heard(&fake, |fake| {
        callback = fake.user_taps(HOA, fake.sent()[0].message_id, "Không");
    })
    .await;
    let event = Event::Tap { button: "b2".to_owned(), message: sent.external_id, callback };
    assert_eq!(heard.last().unwrap().event, event);
    assert_eq!(heard.last().unwrap().sender, HOA.to_string());
}

#[tokio::test]
async fn a_tap_under_a_message_too_old_to_be_shown_still_names_its_chat() {
    let fake = FakeTelegram::start().await;
    let person = json!({ "id": HOA, "is_bot": false, "first_name": "Hoa" });
    let heard = heard(&fake, |fake| {
        fake.push_raw_update(json!({ "callback_query": {
            "id": "9", "from": person, "chat_instance": "1", "data": "b1",
            "message": {
                "message_id": 5, "date": 0,
                "chat": { "id": HOA, "type": "private", "first_name": "Hoa" },
            },
        } }));
    })
    .await;
    let event = Event::Tap {
        button: "b1".to_owned(),
        message: Some("5".to_owned()),
        callback: "9".to_owned(),
    };
    assert_eq!(events(&heard), [event]);
    assert_eq!(heard[0].chat, HOA.to_string());
}

#[tokio::test]
async fn what_is_not_text_is_an_upload() {
    let fake = FakeTelegram::start().await;
    let heard = heard(&fake, |fake| {
        fake.user_uploads(HOA, HOA, "photo", Some("biên bản"));
        for kind in ["document", "voice", "sticker", "location"] {
            fake.user_uploads(HOA, HOA, kind, None);
        }
    })
    .await;
    let file = |name: &str| OfferedFile { name: name.to_owned(), size: 1000, kept: None };
    let upload = |file| Event::Upload { caption: None, file };
    let mut expected = vec![upload(None); 5];
    let (caption, photo) = (Some("biên bản".to_owned()), Some(file("photo.jpg")));
    expected[0] = Event::Upload { caption, file: photo };
    expected[1] = upload(Some(file("bao-cao.docx")));
    assert_eq!(events(&heard), expected);
}

#[tokio::test]
async fn uploads_in_a_group_count_only_when_meant_for_the_bot() {
    let fake = group(false).await;
    let heard = heard(&fake, |fake| {
        fake.user_uploads(HOA, GROUP, "photo", None);
        fake.user_uploads(HOA, GROUP, "photo", Some("vui quá"));
        fake.user_uploads(HOA, GROUP, "photo", Some("@DiuDatThuBot danh sách"));
    })
    .await;
    let [Event::Upload { caption, .. }] = &events(&heard)[..] else { panic!("{heard:?}") };
    assert_eq!(caption.as_deref(), Some("danh sách"));
}

#[tokio::test]
async fn blocking_and_returning_are_told() {
    let fake = fake_with_hoa().await;
    let heard = heard(&fake, |fake| {
        fake.user_blocks_bot(HOA);
        fake.user_says(HOA, HOA, "/start");
    })
    .await;
    let reachable = |reachable| Event::Reachable { reachable };
    // The first comes from the start of the chat.
    let expected = [reachable(true), reachable(false), reachable(true), text("/start")];
    assert_eq!(events(&heard), expected);
    assert!(heard.iter().all(|incoming| incoming.kind == ChatKind::Private));
}

#[tokio::test]
async fn joining_and_leaving_a_group_are_told() {
    let fake = FakeTelegram::start().await;
    let heard = heard(&fake, |fake| {
        fake.add_bot_to_group(GROUP, HOA);
        fake.promote_bot_in_group(GROUP, HOA);
        fake.remove_bot_from_group(GROUP, HOA);
    })
    .await;
    let present = |present| Event::Present { present };
    assert_eq!(events(&heard), [present(true), present(true), present(false)]);
    assert!(heard.iter().all(|incoming| incoming.kind == ChatKind::Group));
}

#[tokio::test]
async fn a_group_that_grew_is_told_once_and_by_nobody() {
    let fake = group(true).await;
    let mut new = 0;
    let heard = heard(&fake, |fake| new = fake.migrate_group(GROUP, HOA)).await;
    let [incoming] = &heard[..] else { panic!("{heard:?}") };
    assert_eq!(incoming.event, Event::Moved { to: new.to_string() });
    assert_eq!((incoming.chat.as_str(), incoming.sender.as_str()), ("-4001", ""));
}

#[tokio::test]
async fn edits_bots_channels_and_service_messages_are_passed_over() {
    let fake = FakeTelegram::start().await;
    let person = json!({ "id": HOA, "is_bot": false, "first_name": "Hoa" });
    let robot = json!({ "id": 5, "is_bot": true, "first_name": "B", "username": "b_bot" });
    let private = json!({ "id": HOA, "type": "private", "first_name": "Hoa" });
    let group = json!({ "id": GROUP, "type": "group", "title": "G" });
    let channel = json!({ "id": -1007, "type": "channel", "title": "K" });
    let member = |status| json!({ "user": robot, "status": status });
    let heard = heard(&fake, |fake| {
        for content in [
            json!({ "edited_message": { "message_id": 1, "date": 1, "edit_date": 2,
                "from": person, "chat": private, "text": "sửa" } }),
            json!({ "message": { "message_id": 2, "date": 1, "from": robot, "chat": group,
                "text": "/thongke" } }),
            json!({ "channel_post": { "message_id": 3, "date": 1, "sender_chat": channel,
                "chat": channel, "text": "tin" } }),
            json!({ "message": { "message_id": 4, "date": 1, "from": person, "chat": group,
                "new_chat_title": "Chi bộ 2" } }),
            json!({ "my_chat_member": { "date": 1, "from": person, "chat": channel,
                "old_chat_member": member("left"), "new_chat_member": member("member") } }),
        ] {
            fake.push_raw_update(content);
        }
    })
    .await;
    assert_eq!(events(&heard), []);
}
