//! Texts as people and telephones produce them: marked up, decomposed, without letters, far too
//! long. Each is answered, and stands on the screen as it was typed.

use unicode_normalization::UnicodeNormalization;

use crate::house::user;
use crate::on_both_engines;

#[tokio::test]
async fn every_text_is_answered_and_markup_is_only_text() {
    on_both_engines(async |house| {
        let people = ["NS-010", "NS-037", "NS-016", "NS-049", "NS-001", "NS-025", "NS-012"];
        house.sql("UPDATE person SET name = 'Lê <b>Đức</i> & Thuận' WHERE code = 'NS-010'").await;
        let house = house.open(&people).await;
        let name = house.asks(user("NS-010"), "/toi").await.text;
        assert!(name.contains("Đồng chí Lê <b>Đức</i> & Thuận (NS-010)"), "{name}");

        let markup = house.asks(user("NS-037"), "/thongke <b>&amp;</i> \"x\"").await.text;
        assert!(markup.contains("không có đơn vị nào ứng với"), "{markup}");
        assert!(markup.contains("amp"), "{markup}");
        for (who, text) in [
            ("NS-016", "🙂👩‍👩‍👧🇻🇳"),
            ("NS-049", "\u{202e}\u{200b}\u{feff}"),
            ("NS-001", "<a href=\"tg://user?id=1\">&#0;</a>"),
        ] {
            let answer = house.asks(user(who), text).await.text;
            assert!(answer.contains("Tôi chưa hiểu"), "{text:?}: {answer}");
        }
        let long = "Đề nghị chi bộ xem xét. ".repeat(5_000 / 24 + 1);
        assert!(long.chars().count() >= 5_000);
        let answer = house.asks(user("NS-025"), &long).await.text;
        assert!(answer.contains("Tôi chưa hiểu"), "{answer}");
        let long = house.asks(user("NS-012"), &format!("/thongke {long}")).await.text;
        assert!(long.contains("Chỉ bí thư"), "{long}");
    })
    .await;
}

#[tokio::test]
async fn what_a_mentor_writes_stands_as_typed_but_for_the_candidates_name() {
    on_both_engines(async |house| {
        let house = house.open(&["NS-020", "NS-016"]).await;
        let mentor = user("NS-020");
        let mut shown = house.asks(mentor, "/baocao").await;
        for _ in 0..5 {
            shown = house.taps(mentor, &shown, "Khá").await;
        }
        let long = house.asks(mentor, &"ă".repeat(5_000)).await.text;
        assert!(long.contains("Nội dung dài 5.000 ký tự"), "{long}");
        let typed: String = "Anh Đinh Thế Vinh <b>chăm</b> & “tốt” 🙂".nfd().collect();
        let asked = house.asks(mentor, &typed).await;
        assert!(asked.text.contains("Hạn chế (không bắt buộc)"), "{}", asked.text);
        let asked = house.taps(mentor, &asked, "Bỏ qua nhận xét").await;
        let preview = house.taps(mentor, &asked, "Tiếp tục theo dõi").await;
        let expected = "Ưu điểm: Anh QC-015 <b>chăm</b> & “tốt” 🙂";
        assert!(preview.text.contains(expected), "{}", preview.text);
        house.taps(mentor, &preview, "Gửi báo cáo").await;
        let notice = house.sees(user("NS-016"), "đã gửi báo cáo").await.text;
        assert!(notice.contains(expected) && notice.contains("QC-015, Đ.T.V"), "{notice}");
        assert!(
            house
                .everything_said()
                .iter()
                .all(|text| { !text.nfc().collect::<String>().contains("Đinh Thế Vinh") })
        );
    })
    .await;
}
