//! Each way a send can fail, and what delivery is told about it.

use std::time::Duration;

use diudat::channels::telegram::Telegram;
use diudat::message::{Channel, SendError};
use rstest::rstest;
use tokio::net::TcpListener;

use crate::fake_telegram::Fault;
use crate::{GROUP, HOA, channel, fake_with_hoa, part, settings};

const AGAIN: SendError = SendError::Transient { after: None };

fn refuse(code: u16, description: &str) -> Fault {
    Fault::Refuse { code, description: description.to_owned() }
}

fn rejected(reason: &str) -> SendError {
    SendError::Rejected { reason: reason.to_owned() }
}

#[rstest]
#[case::busy(Fault::TooMany(17), SendError::Transient { after: Some(Duration::from_secs(17)) })]
#[case::server(Fault::Server, AGAIN)]
#[case::bad_gateway(Fault::Gateway(502), AGAIN)]
#[case::busy_gateway(Fault::Gateway(429), AGAIN)]
#[case::not_telegrams_403(Fault::Gateway(403), AGAIN)]
#[case::not_telegrams_400(Fault::Gateway(400), AGAIN)]
#[case::redirect(Fault::Gateway(302), AGAIN)]
#[case::token(refuse(401, "Unauthorized"), AGAIN)]
#[case::token_shape(refuse(404, "Not Found"), AGAIN)]
#[case::cut_before(Fault::DropBefore, SendError::Ambiguous)]
#[case::cut_after(Fault::DropAfter, SendError::Ambiguous)]
#[case::garbage(Fault::Garbage, SendError::Ambiguous)]
#[case::truncated(Fault::Truncated, SendError::Ambiguous)]
#[case::moved(Fault::Migrated(-1009), SendError::Moved { to: "-1009".to_owned() })]
#[case::forbidden(
    refuse(403, "Forbidden: bots can't send messages to bots"),
    SendError::Unreachable
)]
#[case::forbidden_by_text(refuse(400, "Forbidden: something new"), SendError::Unreachable)]
#[case::chat(refuse(400, "Bad Request: chat not found"), SendError::Unreachable)]
#[case::peer(refuse(400, "Bad Request: PEER_ID_INVALID"), SendError::Unreachable)]
#[case::deactivated(refuse(400, "Bad Request: user is deactivated"), SendError::Unreachable)]
#[case::muted(
    refuse(400, "Bad Request: not enough rights to send text messages to the chat"),
    SendError::Unreachable
)]
#[case::ours(
    refuse(400, "Bad Request: message is too long"),
    rejected("Bad Request: message is too long")
)]
#[case::quotes_are_not_logged(
    refuse(400, "Bad Request: can't parse entities: Unsupported start tag \"Nguyễn Thị B\" at 5"),
    rejected("Bad Request: can't parse entities: Unsupported start tag \"…\" at 5")
)]
#[tokio::test]
async fn a_failed_send_is_told_apart(#[case] fault: Fault, #[case] expected: SendError) {
    let fake = fake_with_hoa().await;
    let telegram = channel(&fake);
    fake.fail_next("sendMessage", fault);
    let (chat, part_x) = (HOA.to_string(), part("x"));
    let send = telegram.send(&chat, &part_x, "k");
    // Well below the 10 seconds that the library's own client sleeps after a fault.
    let outcome = tokio::time::timeout(Duration::from_secs(8), send).await.expect("at once");
    assert_eq!(outcome, Err(expected));
    telegram.send(&HOA.to_string(), &part("y"), "k").await.expect("the fault was only once");
}

#[tokio::test]
async fn a_long_description_is_cut() {
    let fake = fake_with_hoa().await;
    let long = format!("Bad Request: \n{}", "ắ".repeat(5000));
    fake.fail_next("sendMessage", refuse(400, &long));
    let outcome = channel(&fake).send(&HOA.to_string(), &part("x"), "k").await;
    let Err(SendError::Rejected { reason }) = outcome else { panic!("{outcome:?}") };
    assert_eq!(reason.chars().count(), 200);
    assert!(!reason.contains('\n'));
}

#[tokio::test]
async fn an_answer_that_does_not_come_is_ambiguous() {
    let fake = fake_with_hoa().await;
    fake.fail_next("sendMessage", Fault::Hang);
    let mut settings = settings(fake.url(), fake.token());
    settings.request_timeout = Duration::from_millis(200);
    let telegram = Telegram::new(settings).unwrap();
    let outcome = telegram.send(&HOA.to_string(), &part("x"), "k").await;
    assert_eq!(outcome, Err(SendError::Ambiguous));
}

#[tokio::test]
async fn a_lost_answer_may_hide_a_message_that_arrived() {
    let fake = fake_with_hoa().await;
    for (fault, arrived) in [(Fault::DropBefore, 0), (Fault::DropAfter, 1), (Fault::Garbage, 2)] {
        fake.fail_next("sendMessage", fault);
        let outcome = channel(&fake).send(&HOA.to_string(), &part("x"), "k").await;
        assert_eq!(outcome, Err(SendError::Ambiguous));
        assert_eq!(fake.sent_count(), arrived);
    }
}

#[tokio::test]
async fn nobody_listening_means_nothing_was_sent() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let telegram = Telegram::new(settings(url, "1:a".to_owned())).unwrap();
    let outcome = telegram.send(&HOA.to_string(), &part("x"), "k").await;
    assert_eq!(outcome, Err(AGAIN), "connection refused");

    let nowhere = settings("http://api.telegram.invalid".to_owned(), "1:a".to_owned());
    let telegram = Telegram::new(nowhere).unwrap();
    let outcome = telegram.send(&HOA.to_string(), &part("x"), "k").await;
    assert_eq!(outcome, Err(AGAIN), "no such name");
}

/// A listener whose TLS never begins: the connection is not made, so nothing was written.
#[tokio::test]
async fn a_connection_that_is_never_made_means_nothing_was_sent() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let mut settings = settings(url, "1:a".to_owned());
    settings.connect_timeout = Duration::from_millis(200);
    let telegram = Telegram::new(settings).unwrap();
    let outcome = telegram.send(&HOA.to_string(), &part("x"), "k").await;
    assert_eq!(outcome, Err(AGAIN));
    drop(listener);
}

#[tokio::test]
async fn who_cannot_be_reached_is_told_by_telegram_itself() {
    let fake = fake_with_hoa().await;
    let telegram = channel(&fake);
    let send = async |chat: i64| telegram.send(&chat.to_string(), &part("x"), "k").await;

    fake.user_blocks_bot(HOA);
    assert_eq!(send(HOA).await, Err(SendError::Unreachable), "blocked");
    fake.user_unblocks_bot(HOA);
    assert!(send(HOA).await.is_ok());
    fake.user_deletes_account(HOA);
    assert_eq!(send(HOA).await, Err(SendError::Unreachable), "deleted");

    fake.add_user(8, None);
    assert_eq!(send(8).await, Err(SendError::Unreachable), "never started the bot");
    assert_eq!(send(9).await, Err(SendError::Unreachable), "nobody");
    fake.add_bot_to_group(GROUP, 8);
    fake.remove_bot_from_group(GROUP, 8);
    assert_eq!(send(GROUP).await, Err(SendError::Unreachable), "removed from the group");
}

#[tokio::test]
async fn a_group_that_grew_tells_its_new_id() {
    let fake = fake_with_hoa().await;
    fake.add_bot_to_group(GROUP, HOA);
    let new = fake.migrate_group(GROUP, HOA);
    let telegram = channel(&fake);
    let outcome = telegram.send(&GROUP.to_string(), &part("x"), "k").await;
    assert_eq!(outcome, Err(SendError::Moved { to: new.to_string() }));
    telegram.send(&new.to_string(), &part("x"), "k").await.unwrap();
    let edit = telegram.edit(&GROUP.to_string(), "1", &part("x")).await;
    assert_eq!(edit, Err(SendError::Moved { to: new.to_string() }));
}

#[tokio::test]
async fn sending_too_fast_tells_how_long_to_wait() {
    let fake = fake_with_hoa().await;
    fake.limit_by_hand();
    let telegram = channel(&fake);
    telegram.send(&HOA.to_string(), &part("1"), "k").await.unwrap();
    let outcome = telegram.send(&HOA.to_string(), &part("2"), "k").await;
    let Err(SendError::Transient { after: Some(after) }) = outcome else { panic!("{outcome:?}") };
    fake.advance(after);
    telegram.send(&HOA.to_string(), &part("2"), "k").await.unwrap();
}

#[rstest]
#[case::gone(refuse(400, "Bad Request: message to edit not found"), SendError::CannotEdit)]
#[case::old(refuse(400, "Bad Request: message can't be edited"), SendError::CannotEdit)]
#[case::id(refuse(400, "Bad Request: MESSAGE_ID_INVALID"), SendError::CannotEdit)]
#[case::picture(
    refuse(400, "Bad Request: there is no text in the message to edit"),
    SendError::CannotEdit
)]
#[case::blocked(refuse(403, "Forbidden: bot was blocked by the user"), SendError::Unreachable)]
#[case::server(Fault::Server, AGAIN)]
#[case::cut(Fault::DropAfter, SendError::Ambiguous)]
#[case::ours(
    refuse(400, "Bad Request: message is too long"),
    rejected("Bad Request: message is too long")
)]
#[tokio::test]
async fn a_failed_edit_is_told_apart(#[case] fault: Fault, #[case] expected: SendError) {
    let fake = fake_with_hoa().await;
    let telegram = channel(&fake);
    let sent = telegram.send(&HOA.to_string(), &part("x"), "k").await.unwrap();
    fake.fail_next("editMessageText", fault);
    let edit = telegram.edit(&HOA.to_string(), &sent.external_id.unwrap(), &part("y")).await;
    assert_eq!(edit, Err(expected));
}

#[tokio::test]
async fn a_message_that_never_was_cannot_be_edited() {
    let fake = fake_with_hoa().await;
    let telegram = channel(&fake);
    for id in ["424242", "abc", ""] {
        let edit = telegram.edit(&HOA.to_string(), id, &part("y")).await;
        assert_eq!(edit, Err(SendError::CannotEdit));
    }
}

#[tokio::test]
async fn a_revoked_token_keeps_messages_waiting() {
    let fake = fake_with_hoa().await;
    let telegram = channel(&fake);
    fake.revoke_token();
    let outcome = telegram.send(&HOA.to_string(), &part("x"), "k").await;
    assert_eq!(outcome, Err(AGAIN));
}
