//! The mentor's monthly report, tap by tap, and what does not belong to it.

use crate::fake_telegram::SentMessage;
use crate::house::{House, user};
use crate::on_both_engines;

const MENTOR: &str = "NS-012";
const OTHER_MENTOR: &str = "NS-013";
const SECRETARY: &str = "NS-010";

/// The whole label of the button that begins with these words.
fn label(message: &SentMessage, begins: &str) -> String {
    let labels = message.labels();
    let found = labels.iter().find(|label| label.starts_with(begins));
    (*found.unwrap_or_else(|| panic!("no {begins:?} in {labels:?}"))).to_owned()
}

/// What the button with this label carries.
fn data(message: &SentMessage, label: &str) -> String {
    let key = message.keyboard.iter().flatten().find(|key| key.label == label);
    key.and_then(|key| key.data.clone()).expect("a button that is tapped")
}

#[tokio::test]
async fn a_report_is_tapped_together_in_one_message_and_reaches_the_secretary() {
    on_both_engines(async |house| {
        let house = house.open(&[MENTOR, SECRETARY]).await;
        let mentor = user(MENTOR);
        let list = house.asks(mentor, "/baocao").await;
        assert!(list.text.contains("chọn báo cáo"), "{}", list.text);
        let mut shown = house.taps(mentor, &list, &label(&list, "QC-014")).await;
        let aspects = [
            "1/5. Chính trị tư tưởng",
            "2/5. Đạo đức, lối sống",
            "3/5. Kết quả công tác",
            "4/5. Ý thức tổ chức kỷ luật",
            "5/5. Quan hệ quần chúng",
        ];
        for (aspect, rating) in aspects.into_iter().zip(["Tốt", "Khá", "Tốt", "Trung bình", "Yếu"])
        {
            assert!(shown.text.contains(aspect), "{}", shown.text);
            shown = house.taps(mentor, &shown, rating).await;
        }
        assert!(shown.text.contains("Ưu điểm (không bắt buộc)"), "{}", shown.text);
        shown = house.taps(mentor, &shown, "Bỏ qua nhận xét").await;
        shown = house.taps(mentor, &shown, "Cử đi học").await;
        let preview = shown.text.clone();
        for line in ["tư tưởng: Tốt", "lối sống: Khá", "kỷ luật: Trung bình", "quần chúng: Yếu"]
        {
            assert!(preview.contains(line), "{line:?} is not in\n{preview}");
        }
        // Second thoughts, and out it goes.
        for tap in ["Sửa", "Kiến nghị", "Lập hồ sơ"] {
            shown = house.taps(mentor, &shown, tap).await;
        }
        assert!(shown.text.contains("Kiến nghị: Lập hồ sơ"), "{}", shown.text);
        shown = house.taps(mentor, &shown, "Gửi báo cáo").await;
        assert!(shown.text.contains("Đã gửi báo cáo về QC-014"), "{}", shown.text);

        assert_eq!(shown.message_id, list.message_id, "all of it in one message");
        assert_eq!(house.fake.sent_to(mentor).len(), 2, "that one, and the greeting");
        let notice = house.sees(user(SECRETARY), "đã gửi báo cáo").await.text;
        for words in ["Lê Đức Thuận", "Phạm Quang Hợp", "QC-014, T.V.B", "Kiến nghị: Lập hồ sơ"]
        {
            assert!(notice.contains(words), "{words:?} is not in\n{notice}");
        }
        assert!(house.everything_said().iter().all(|text| !text.contains("Trần Văn Bình")));
        // Every tap was answered, so that no button keeps its waiting sign.
        house.fake.wait_until("every tap answered", |fake| fake.answers().len() == 12).await;
    })
    .await;
}

#[tokio::test]
async fn stale_and_forged_buttons_do_nothing() {
    on_both_engines(async |house| {
        let house =
            house.open(&[MENTOR, OTHER_MENTOR, SECRETARY, "NS-037", "NS-038", "NS-016"]).await;
        let question = house.asks(user(MENTOR), "/baocao qc-014").await;
        let rating = data(&question, "Yếu");
        let next = house.taps(user(MENTOR), &question, "Tốt").await;
        assert!(next.text.contains("2/5."), "{}", next.text);

        // The button of the question before, tapped on a screen that was not yet redrawn.
        let before = house.fake.sent_to(user(MENTOR)).len();
        house.fake.user_forges_tap(user(MENTOR), question.message_id, &rating);
        let stale = house.next(user(MENTOR), before, "a tap").await;
        assert!(stale.text.contains("không còn hiệu lực"), "{}", stale.text);
        let repeated = house.next(user(MENTOR), before + 1, "a tap").await;
        assert!(repeated.text.contains("2/5."), "{}", repeated.text);
        // Somebody else's button.
        let own = house.asks(user(OTHER_MENTOR), "/baocao qc-014").await;
        house.fake.user_forges_tap(user(OTHER_MENTOR), own.message_id, &rating);
        house.sees(user(OTHER_MENTOR), "Nút này dành cho người khác").await;
        // No button of ours at all; after each, silence would look like a crash.
        let forgers = ["NS-037", "NS-038", "NS-016"];
        for (who, forged) in forgers.into_iter().zip(["b999999999", "b-1", "{\"f\":\"leave\"}"]) {
            let greeting = house.fake.sent_to(user(who)).remove(0);
            let callback = house.fake.user_forges_tap(user(who), greeting.message_id, forged);
            let answer = house.next(user(who), 1, forged).await;
            assert!(answer.text.contains("không còn hiệu lực"), "{forged:?}: {}", answer.text);
            let noticed = |house: &House| {
                let answers = house.fake.answers();
                answers.into_iter().any(|a| a.callback == callback && a.text.is_some())
            };
            house.fake.wait_until("the tap answered", |_| noticed(&house)).await;
        }
        // The report stands where it stood, and goes on.
        let next = house.taps(user(MENTOR), &repeated, "Khá").await;
        assert!(next.text.contains("3/5."), "{}", next.text);
        let draft = house.asks(user(MENTOR), "/baocao qc-014 tốt khá tốt tốt tốt, cử đi học").await;
        assert!(draft.text.contains("tư tưởng: Tốt"), "{}", draft.text);
        assert!(!house.has(user(SECRETARY), "đã gửi báo cáo"));
    })
    .await;
}
