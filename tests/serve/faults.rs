//! Accidents between the program and its database, and what it does about rows it cannot read:
//! nothing is lost, nothing is said twice, nobody waits because of somebody else.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use chrono::TimeDelta;
use diudat::app;
use diudat::channels::telegram;
use diudat::clock::Clock;
use diudat::delivery::{Authority, Delivery};
use diudat::message::{
    Accept, Address, Capabilities, Channel, ChatKind, Disclosure, Event, Files, Incoming, Papers,
    Part, SendError, Sent,
};
use diudat::store::lease::{Fence, Licence};
use diudat::store::{Bots, accounts, people};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::each;
use crate::fake_telegram::{FakeTelegram, Fault};
use crate::house::{PATIENCE, user};
use crate::room::{self, Room};
use crate::support::Engine;

const MORNING: &str = "2018-11-26T08:00";
const MENTOR: &str = "NS-012";
const MENTOR_IS: &str = "Đồng chí Phạm Quang Hợp (NS-012)";

fn count(room: &Room, chat: i64, words: &str) -> usize {
    room.texts(chat).iter().filter(|text| text.contains(words)).count()
}

/// SQL that makes a change of the outbox fail.
fn refuse_to_resume(engine: Engine) -> (&'static str, &'static str) {
    match engine {
        Engine::Sqlite => (
            "CREATE TRIGGER refuse BEFORE UPDATE ON outbox
             WHEN OLD.state = 'retry' AND NEW.state = 'sending'
             BEGIN SELECT RAISE(ABORT, 'refused'); END",
            "DROP TRIGGER refuse",
        ),
        Engine::Postgres => (
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
             $$ BEGIN RAISE EXCEPTION 'refused'; END $$;
             CREATE TRIGGER refuse BEFORE UPDATE ON outbox FOR EACH ROW
             WHEN (OLD.state = 'retry' AND NEW.state = 'sending') EXECUTE FUNCTION refuse()",
            "DROP TRIGGER refuse ON outbox",
        ),
    }
}

#[tokio::test]
async fn what_was_handled_before_the_database_went_away_is_answered() {
    let room = Room::open(Engine::Postgres, MORNING).await;
    room.bind(&[MENTOR, "NS-013", "NS-014"]).await;
    let question = room.asks(user("NS-013"), "/baocao qc-014").await;
    let damage = "UPDATE button SET tap = 'damaged'";
    // The first answer to the third of them finds the disk full; the second does not.
    let hiccup = format!(
        "CREATE SEQUENCE hiccup;
         CREATE FUNCTION hiccup() RETURNS trigger LANGUAGE plpgsql AS
         $$ BEGIN
            IF nextval('hiccup') = 1 THEN RAISE EXCEPTION 'full' USING ERRCODE = '53100'; END IF;
            RETURN NEW;
         END $$;
         CREATE TRIGGER hiccup BEFORE INSERT ON outbox FOR EACH ROW
         WHEN (NEW.chat = '{}') EXECUTE FUNCTION hiccup()",
        user("NS-014")
    );
    room.sql(&format!("{damage}; {hiccup}")).await;
    // One after the other, in one batch: answered, damaged, and the one with the hiccup.
    room.fake.user_says(user(MENTOR), user(MENTOR), "/toi");
    room.fake.user_taps(user("NS-013"), question.message_id, "Tốt");
    room.fake.user_says(user("NS-014"), user("NS-014"), "/toi");
    room.fake.wait_until_confirmed().await;
    // It may say that the database is away; then it is asked again, as the loop does.
    let _ = room.app.settle().await;
    room.work().await;
    assert_eq!(count(&room, user(MENTOR), MENTOR_IS), 1);
    assert_eq!(count(&room, user("NS-013"), "hệ thống gặp lỗi"), 1);
    assert_eq!(count(&room, user("NS-014"), "NS-014"), 1);
    room.close().await;
}

#[tokio::test]
async fn an_answer_that_could_not_be_prepared_is_sent_when_it_can_be() {
    each(async |engine| {
        let room = Room::open(engine, MORNING).await;
        room.bind(&["NS-027"]).await;
        room.settle().await;
        // The names to hide cannot be read.
        room.sql("ALTER TABLE case_move RENAME TO hidden").await;
        room.fake.user_says(user("NS-027"), user("NS-027"), "/thongke Trần Văn Bình");
        room.fake.wait_until_confirmed().await;
        assert!(room.app.settle().await.is_err());
        room.sql("ALTER TABLE hidden RENAME TO case_move").await;
        room.clock.advance(TimeDelta::seconds(4));
        room.work().await;
        assert_eq!(count(&room, user("NS-027"), "QC-014"), 1);
        assert!(room.asks(user("NS-027"), "/toi").await.text.contains("NS-027"));
        room.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_second_try_that_could_not_be_noted_is_not_made_again_after_a_restart() {
    each(async |engine| {
        let room = Room::open(engine, MORNING).await;
        room.bind(&[MENTOR]).await;
        room.settle().await;
        room.fake.fail_next("sendMessage", Fault::Server);
        room.fake.user_says(user(MENTOR), user(MENTOR), "/toi");
        room.settle().await;
        assert_eq!(count(&room, user(MENTOR), MENTOR_IS), 0);
        let (refuse, allow) = refuse_to_resume(engine);
        room.sql(refuse).await;
        room.clock.advance(TimeDelta::seconds(10));
        assert!(room.app.settle().await.is_err());
        room.sql(allow).await;
        room.work().await;
        let room = room.restart().await;
        room.clock.advance(TimeDelta::hours(1));
        room.work().await;
        assert_eq!(count(&room, user(MENTOR), MENTOR_IS), 1);
        room.close().await;
    })
    .await;
}

#[tokio::test]
async fn an_older_screen_that_waited_for_another_try_does_not_come_back_after_a_restart() {
    each(async |engine| {
        let room = Room::open(engine, MORNING).await;
        room.bind(&[MENTOR]).await;
        let list = room.asks(user(MENTOR), "/baocao").await;
        let label = |begins: &str| {
            let labels = list.labels();
            labels.into_iter().find(|label| label.starts_with(begins)).unwrap().to_owned()
        };
        let screen = |room: &Room| room.fake.sent_to(user(MENTOR)).pop().unwrap().text;
        room.fake.fail_next("editMessageText", Fault::Server);
        room.fake.user_taps(user(MENTOR), list.message_id, &label("QC-014"));
        room.settle().await;
        assert_eq!(screen(&room), list.text);
        room.fake.user_taps(user(MENTOR), list.message_id, &label("QC-009"));
        room.settle().await;
        room.clock.advance(TimeDelta::seconds(10));
        room.work().await;
        assert!(screen(&room).contains("QC-009"), "{}", screen(&room));
        let room = room.restart().await;
        room.clock.advance(TimeDelta::hours(1));
        room.work().await;
        assert!(screen(&room).contains("QC-009"), "{}", screen(&room));
        room.close().await;
    })
    .await;
}

#[tokio::test]
async fn an_answer_in_flight_at_a_crash_survives_a_lost_connection_after_it() {
    each(async |engine| {
        let room = Room::open(engine, MORNING).await;
        room.bind(&[MENTOR]).await;
        room.asks(user(MENTOR), "/toi").await;
        // As if the program had died before it heard that the answer was taken.
        room.sql("UPDATE outbox SET state = 'sending', parts_sent = 0, done_at = NULL WHERE state = 'sent'").await;
        room.fake.fail_next("sendMessage", Fault::DropBefore);
        let room = room.restart().await;
        room.work().await;
        room.clock.advance(TimeDelta::seconds(10));
        room.work().await;
        assert_eq!(count(&room, user(MENTOR), MENTOR_IS), 2, "before the crash, and after it");
        room.close().await;
    })
    .await;
}

#[tokio::test]
async fn rows_that_cannot_be_read_hold_up_nobody() {
    each(async |engine| {
        let room = Room::open(engine, MORNING).await;
        room.bind(&[MENTOR, "NS-013"]).await;
        room.settle().await;
        let now = room.now().timestamp_millis();
        let update = format!(
            "INSERT INTO inbox (id, bot, external_id, body, state, attempts, received_at)
             VALUES (1, 'telegram', 'x', '{{\"from\":\"a newer version\"}}', 'waiting', 0, {})",
            now - 1000
        );
        let message = |id: i64, state: &str| {
            format!(
                "INSERT INTO outbox (id, lane, bot, chat, language, body, state, fallbacks,
                    attempts, parts_sent, repeated, created_at, not_before)
                 VALUES ({id}, 1, 'telegram', '{}', 'vi', '?', '{state}', '[]', 0, 0, 0, {now}, {now})",
                user("NS-013")
            )
        };
        let (ready, sending) = (message(2, "ready"), message(3, "sending"));
        room.sql(&format!("{update}; {ready}; {sending}")).await;
        let room = room.restart().await;
        assert!(room.asks(user(MENTOR), "/toi").await.text.contains(MENTOR_IS));
        room.wait_until("2018-11-28T08:00").await;
        assert_eq!(count(&room, user("NS-013"), "Đề nghị đồng chí báo cáo"), 1);
        room.close().await;
    })
    .await;
}

#[tokio::test]
async fn whoever_writes_to_the_bot_can_be_written_to() {
    each(async |engine| {
        let room = Room::open(engine, MORNING).await;
        room.bind(&[MENTOR, "NS-010"]).await;
        room.settle().await;
        // Telegram refused once, with words about the address; that was a while ago.
        let description = "Forbidden: bot can't initiate conversation with a user".to_owned();
        room.fake.fail_next("sendMessage", Fault::Refuse { code: 403, description });
        room.fake.user_says(user("NS-010"), user("NS-010"), "/toi");
        room.settle().await;
        assert_eq!(room.texts(user("NS-010")).len(), 0);
        assert!(room.asks(user("NS-010"), "/toi").await.text.contains("NS-010"));

        let line = "qc-014 tốt khá tốt tốt tốt, đưa vào nguồn";
        let preview = room.asks(user(MENTOR), line).await;
        room.fake.user_taps(user(MENTOR), preview.message_id, "Gửi báo cáo");
        room.settle().await;
        assert_eq!(count(&room, user("NS-010"), "đã gửi báo cáo"), 1);
        room.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_reminder_that_is_given_up_is_told_to_the_secretary() {
    each(async |engine| {
        let room = Room::open(engine, MORNING).await;
        room.bind(&["NS-010", "NS-013"]).await;
        room.settle().await;
        let settings = room::settings(&room.fake);
        let attempts = settings.delivery.attempts as usize;
        room.fake.fail_next_times("sendMessage", attempts, Fault::Gateway(502));
        room.wait_until("2018-11-28T08:00").await;
        for _ in 0..attempts {
            room.clock.advance(TimeDelta::minutes(16));
            room.work().await;
        }
        assert_eq!(count(&room, user("NS-013"), "Đề nghị đồng chí báo cáo"), 0);
        let told = "gửi đồng chí Đỗ Thị Kim Oanh, Chi bộ Phòng 1, không đến được";
        assert_eq!(count(&room, user("NS-010"), told), 1);
        room.close().await;
    })
    .await;
}

#[tokio::test]
async fn slowing_down_is_no_failed_try() {
    each(async |engine| {
        let room = Room::open(engine, MORNING).await;
        room.bind(&[MENTOR]).await;
        room.settle().await;
        let attempts = room::settings(&room.fake).delivery.attempts as usize;
        room.fake.fail_next_times("sendMessage", attempts, Fault::TooMany(1));
        room.fake.fail_next("sendMessage", Fault::Server);
        room.fake.user_says(user(MENTOR), user(MENTOR), "/toi");
        room.settle().await;
        room.clock.advance(TimeDelta::minutes(20));
        room.work().await;
        assert_eq!(count(&room, user(MENTOR), MENTOR_IS), 1);
        room.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_group_that_becomes_another_bound_group_holds_up_nobody() {
    each(async |engine| {
        let room = Room::open(engine, MORNING).await;
        room.bind(&[MENTOR]).await;
        let mut tx = room.db.begin().await.unwrap();
        let by = people::by_code(&mut tx, "NS-010").await.unwrap().unwrap();
        let units = diudat::domain::units::UnitTree::load(&mut tx).await.unwrap();
        for (unit, chat) in [("CB-02", -1), ("CB-03", -2)] {
            let unit = units.by_code(unit).unwrap().id;
            let address = Address { bot: "telegram".to_owned(), chat: chat.to_string() };
            accounts::bind_group(&mut tx, unit, &address, by, room.now()).await.unwrap();
        }
        tx.commit().await.unwrap();
        room.fake.add_bot_to_group(-1, user(MENTOR));
        room.fake.add_bot_to_group(-2, user(MENTOR));
        room.settle().await;
        // The branches share one chat from now on.
        room.wait_until("2018-12-02T07:59").await;
        room.fake.fail_next("sendMessage", Fault::Migrated(-2));
        room.wait_until("2018-12-02T08:00").await;
        assert_eq!(count(&room, -2, "Chi bộ Phòng 1. Chi bộ sinh hoạt lúc"), 1);
        assert!(room.asks(user(MENTOR), "/toi").await.text.contains(MENTOR_IS));
        room.close().await;
    })
    .await;
}

/// A channel that keeps what it is given.
struct Shelf {
    capabilities: Capabilities,
    texts: Mutex<Vec<String>>,
    changed: watch::Sender<()>,
}

#[async_trait]
impl Channel for Shelf {
    fn bot(&self) -> &str {
        "shelf"
    }

    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    async fn send(&self, _: &str, part: &Part, _: &str) -> Result<Sent, SendError> {
        self.texts.lock().unwrap().push(part.plain());
        self.changed.send_replace(());
        Ok(Sent { external_id: None })
    }
}

fn shelf() -> Arc<Shelf> {
    let capabilities = Capabilities {
        buttons: true,
        edit: false,
        groups: false,
        text_limit: None,
        disclosure: Disclosure::Codes,
        papers: Papers::Elsewhere,
        files: Files::Elsewhere(None),
    };
    Arc::new(Shelf { capabilities, texts: Mutex::default(), changed: watch::Sender::new(()) })
}

fn says(bot: &str, n: i64) -> Incoming {
    Incoming {
        bot: bot.to_owned(),
        external_id: n.to_string(),
        chat: n.to_string(),
        kind: ChatKind::Private,
        sender: n.to_string(),
        language: None,
        event: Event::Text { text: "/start".to_owned() },
    }
}

#[tokio::test]
async fn a_channel_that_hangs_does_not_hold_up_another() {
    each(async |engine| {
        let (db, _guard) = crate::support::fresh_db(engine).await;
        let fake = FakeTelegram::start().await;
        let settings = room::settings(&fake);
        let clock = Clock::System;
        let practice = app::practice(&settings, &db, clock.now()).await.unwrap();
        let telegram = telegram::from_settings(&settings.telegram, None, || 0.0).unwrap().unwrap();
        let shelf = shelf();
        let channels = [telegram as Arc<dyn Channel>, shelf.clone() as Arc<dyn Channel>];
        let app = Arc::new(room::app(&settings, &db, practice, clock, channels).await);
        let shutdown = CancellationToken::new();
        let running = tokio::spawn(app.clone().run(shutdown.clone()));

        let parallel = settings.delivery.parallel as usize;
        fake.fail_next_times("sendMessage", 2 * parallel, Fault::Hang);
        let crowd = (1..=2 * parallel as i64).map(|n| says("telegram", n)).collect();
        app.inbox.accept(crowd).await.unwrap();
        fake.wait_for_calls("sendMessage", parallel).await;
        let mut changed = shelf.changed.subscribe();
        app.inbox.accept(vec![says("shelf", 1)]).await.unwrap();
        let answered = tokio::time::timeout(PATIENCE / 3, changed.changed()).await;
        assert!(answered.is_ok(), "no answer while Telegram hangs");
        assert_eq!(shelf.texts.lock().unwrap().len(), 1);
        running.abort();
    })
    .await;
}

#[tokio::test]
async fn a_process_that_may_not_send_does_not_spin() {
    each(async |engine| {
        let room = Room::open(engine, MORNING).await;
        room.bind(&[MENTOR]).await;
        room.settle().await;
        room.fake.fail_next("sendMessage", Fault::Server);
        room.fake.user_says(user(MENTOR), user(MENTOR), "/toi");
        room.settle().await;
        room.app.stop().await.unwrap();
        // The answer is due, and whether this process still leads is not proven.
        let settings = room::settings(&room.fake);
        let telegram = telegram::from_settings(&settings.telegram, None, || 0.0).unwrap().unwrap();
        let channels = [("telegram".to_owned(), telegram as Arc<dyn Channel>)];
        let authority =
            Authority { fence: Fence::alone(), licence: Licence::for_as_long_as(PATIENCE) };
        let mut delivery = Delivery::new(
            room.db.clone(),
            room.app.practice.clone(),
            Arc::new(channels.into()),
            Bots::new(["telegram"]),
            authority,
            app::limits(&settings.delivery),
            &room.app.clock,
        );
        room.clock.advance(TimeDelta::minutes(1));
        delivery.rescue(room.now()).await.unwrap();
        let turn = delivery.turn(room.now()).await.unwrap();
        assert_eq!(turn.started, 0);
        assert!(turn.next.is_some_and(|next| next > room.now()), "{turn:?}");
        room.close().await;
    })
    .await;
}
