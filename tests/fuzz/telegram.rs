//! What Telegram brings, and what it is sent.

use std::cell::Cell;
use std::sync::Arc;

use diudat::channels::telegram::{self, Telegram};
use diudat::config::Config;
use diudat::message::{Channel, Part, Run};

use crate::fake_telegram::FakeTelegram;
use crate::mangle::{bytes, draws, fuzz, text};

const ANNA: i64 = 7_001;

async fn channel(fake: &FakeTelegram) -> Arc<Telegram> {
    let settings = [
        ("DIUDAT__TELEGRAM__TOKEN", fake.token()),
        ("DIUDAT__TELEGRAM__API_URL", fake.url()),
        ("DIUDAT__TELEGRAM__WEBHOOK_SECRET", "bi-mat_2026".to_owned()),
    ];
    let settings = Config::load(None, settings.map(|(name, value)| (name.to_owned(), value)));
    let settings = settings.expect("settings").telegram;
    let telegram =
        telegram::from_settings(&settings, None, || 0.0).expect("settings").expect("a token");
    telegram.identity().await.expect("the fake knows the bot");
    telegram
}

const UPDATES: &[&str] = &[
    r#"{"update_id":1,"message":{"message_id":1,"date":1796000000,"text":"/toi","from":{"id":7,"is_bot":false,"first_name":"N","language_code":"vi"},"chat":{"id":7,"type":"private","first_name":"N"}}}"#,
    r#"{"update_id":2,"message":{"message_id":2,"date":1796000000,"text":"/lichhop@DiuDatThuBot","entities":[{"type":"bot_command","offset":0,"length":21}],"from":{"id":7,"is_bot":false,"first_name":"N"},"chat":{"id":-4,"type":"supergroup","title":"Chi bộ"}}}"#,
    r#"{"update_id":3,"callback_query":{"id":"9","from":{"id":7,"is_bot":false,"first_name":"N"},"message":{"message_id":3,"date":1796000000,"text":"?","chat":{"id":7,"type":"private","first_name":"N"}},"chat_instance":"1","data":"b12"}}"#,
    r#"{"update_id":4,"my_chat_member":{"chat":{"id":7,"type":"private","first_name":"N"},"from":{"id":7,"is_bot":false,"first_name":"N"},"date":1796000000,"old_chat_member":{"user":{"id":1,"is_bot":true,"first_name":"B"},"status":"member"},"new_chat_member":{"user":{"id":1,"is_bot":true,"first_name":"B"},"status":"kicked","until_date":0}}}"#,
    r#"{"update_id":5,"message":{"message_id":5,"date":1796000000,"migrate_to_chat_id":-1009,"from":{"id":7,"is_bot":false,"first_name":"N"},"chat":{"id":-4,"type":"group","title":"Chi bộ"}}}"#,
];

#[tokio::test]
async fn an_update_is_read_or_refused() {
    let fake = FakeTelegram::start().await;
    let telegram = channel(&fake).await;
    let read = Cell::new(0);
    fuzz(4_000, bytes(UPDATES), |body| {
        for incoming in telegram.webhook_body(&body).unwrap_or_default() {
            assert_eq!(incoming.bot, "telegram");
            assert!(!incoming.chat.is_empty() && !incoming.external_id.is_empty());
            read.set(read.get() + 1);
        }
    });
    assert!(read.get() > 0, "nothing that was tried is an update");
    // The examples are what they are said to be.
    for update in UPDATES {
        assert_eq!(telegram.webhook_body(update.as_bytes()).unwrap().len(), 1, "{update}");
    }
}

#[tokio::test]
async fn a_secret_is_the_secret_and_nothing_like_it() {
    let fake = FakeTelegram::start().await;
    let telegram = channel(&fake).await;
    fuzz(1_000, bytes(&["bi-mat_2026"]), |value| {
        assert_eq!(telegram.verify_secret(Some(&value)), value == b"bi-mat_2026");
    });
}

/// The fake refuses markup that Telegram would refuse.
#[tokio::test]
async fn every_text_can_be_sent_and_arrives_as_it_is() {
    const TEXTS: &[&str] = &["<b>Đạo đức</b> & lối sống: \"tốt\" < khá", "Ưu điểm: ệ &amp; </b>"];
    let fake = FakeTelegram::start().await;
    fake.add_user(ANNA, Some("vi"));
    fake.user_unblocks_bot(ANNA);
    let telegram = channel(&fake).await;
    for (n, said) in draws(150, text(TEXTS)).into_iter().enumerate() {
        // Rendering hands on nothing that is empty or too long.
        let said = said.trim().to_owned();
        if said.is_empty() || said.encode_utf16().count() > 4_000 {
            continue;
        }
        let run = |strong| Run { text: said.clone(), strong };
        let part = Part { runs: vec![run(n % 2 == 0)], keyboard: Vec::new() };
        let sent = telegram.send(&ANNA.to_string(), &part, &n.to_string()).await;
        assert!(sent.is_ok(), "{said:?}: {sent:?}");
        let arrived = fake.sent_to(ANNA).pop().expect("it arrived").text;
        assert_eq!(arrived.trim(), said.trim(), "{said:?}");
    }
}
