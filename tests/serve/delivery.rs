//! Messages that do not arrive: who hears of it instead, and who does not wait because of it.

use crate::fake_telegram::Fault;
use crate::house::user;
use crate::room::Room;
use crate::{each, on_both_engines};

#[tokio::test]
async fn a_notice_to_a_secretary_who_cannot_be_reached_goes_to_the_deputy() {
    on_both_engines(async |house| {
        // Two branches: mentor, secretary, deputy.
        let phong_1 = ["NS-012", "NS-010", "NS-011"];
        let phong_2 = ["NS-042", "NS-037", "NS-038"];
        let house = house.open(&[phong_1, phong_2].concat()).await;
        // Of a block the bot is told; of a deleted account it learns when it writes.
        house.fake.user_blocks_bot(user("NS-010"));
        house.fake.user_deletes_account(user("NS-037"));
        let reports = [("NS-012", "qc-014"), ("NS-042", "qc-011")];
        for (mentor, case) in reports {
            let line = format!("{case} tốt khá tốt tốt tốt, tiếp tục");
            let preview = house.asks(user(mentor), &line).await;
            house.taps(user(mentor), &preview, "Gửi báo cáo").await;
        }
        let instead = [("NS-011", "QC-014", "Lê Đức Thuận"), ("NS-038", "QC-011", "Trần Hữu Nhân")];
        for (deputy, case, secretary) in instead {
            let notice = house.sees(user(deputy), case).await.text;
            let why = format!("không liên lạc được với đồng chí {secretary}");
            assert!(notice.contains(&why) && notice.contains("đã gửi báo cáo"), "{notice}");
        }
        for secretary in ["NS-010", "NS-037"] {
            assert!(!house.has(user(secretary), "đã gửi báo cáo"));
        }
    })
    .await;
}

#[tokio::test]
async fn the_secretary_learns_which_mentor_could_not_be_asked() {
    each(async |engine| {
        let room = Room::open(engine, "2018-11-26T08:00").await;
        room.bind(&["NS-010", "NS-012", "NS-013"]).await;
        room.settle().await;
        room.fake.user_deletes_account(user("NS-013"));
        room.wait_until("2018-11-28T08:00").await;
        let asked = room.texts(user("NS-012")).pop().unwrap();
        assert!(
            asked.contains("QC-009") && asked.contains("trước 17:00 ngày 04/12/2018"),
            "{asked}"
        );
        let told = room.texts(user("NS-010")).pop().unwrap();
        let who = "gửi đồng chí Đỗ Thị Kim Oanh, Chi bộ Phòng 1, không đến được";
        assert!(told.contains(who), "{told}");
        // And learns it from the list of who owes, too.
        room.wait_until("2018-12-04T17:00").await;
        let told = room.texts(user("NS-010"));
        let owing = told.iter().find(|text| text.contains("Đã hết hạn báo cáo")).unwrap();
        assert!(owing.contains("Đỗ Thị Kim Oanh – QC-014"), "{owing}");
        assert!(owing.contains("không nhận được tin nhắn"), "{owing}");
        room.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_chat_that_must_slow_down_delays_nobody_else() {
    on_both_engines(async |house| {
        let house = house.open(&["NS-010", "NS-012"]).await;
        let (slow, other) = (user("NS-010"), user("NS-012"));
        let calls = house.fake.calls("sendMessage");
        house.fake.fail_next("sendMessage", Fault::TooMany(2));
        house.fake.user_says(slow, slow, "/toi");
        house.fake.wait_for_calls("sendMessage", calls + 1).await;
        house.asks(other, "/toi").await;
        assert!(!house.has(slow, "NS-010"), "the slow one is still waiting");
        house.sees(slow, "NS-010").await;
        assert_eq!(house.fake.sent_to(slow).len(), 2, "the greeting and one answer");
    })
    .await;
}

#[tokio::test]
async fn a_tap_that_cannot_be_answered_delays_no_other() {
    on_both_engines(async |house| {
        let mut house = house.open(&["NS-012", "NS-042"]).await;
        let mut questions = Vec::new();
        for (mentor, case) in [("NS-012", "qc-014"), ("NS-042", "qc-011")] {
            let question = house.asks(user(mentor), &format!("/baocao {case}")).await;
            questions.push((user(mentor), question));
        }
        // Both are waiting when it starts, so that it takes them together.
        house.terminate().await;
        house.fake.fail_next("answerCallbackQuery", Fault::Hang);
        for (mentor, question) in &questions {
            house.fake.user_taps(*mentor, question.message_id, "Tốt");
        }
        house.start().await;
        house.fake.wait_until("the second tap answered", |fake| !fake.answers().is_empty()).await;
    })
    .await;
}
