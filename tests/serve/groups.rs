//! The group chat of a branch: bound with a code, asked aloud, tapped by its members, lost.

use crate::house::{House, user};
use crate::room::Room;
use crate::{each, on_both_engines};

const GROUP: i64 = -4_001;
const SECRETARY: &str = "NS-010";
const MEMBER: &str = "NS-013";
const MEMBER_ELSEWHERE: &str = "NS-030";

/// The code in the answer to `/nhom`.
fn code_in(text: &str) -> &str {
    let (_, after) = text.split_once("Mã gắn nhóm của Chi bộ Phòng 1: ").expect("a code");
    after.split_once('.').expect("a sentence").0
}

#[tokio::test]
async fn a_branch_binds_its_group_and_loses_it() {
    on_both_engines(async |house| {
        let house = house.open(&[SECRETARY, MEMBER]).await;
        let secretary = user(SECRETARY);
        let told = house.asks(secretary, "/nhom").await.text;
        let code = code_in(&told);

        // In private it is not taken.
        let refused = house.asks(user(MEMBER), &format!("/start {code}")).await;
        assert!(refused.text.contains("trong nhóm của chi bộ"), "{}", refused.text);
        house.fake.add_bot_to_group(GROUP, secretary);
        house.sees(GROUP, "Nhóm này chưa gắn").await;
        let bound = house.says_in(secretary, GROUP, &format!("/start@DiuDatThuBot {code}")).await;
        assert!(bound.text.contains("đã được gắn với Chi bộ Phòng 1"), "{}", bound.text);

        // What is not for the bot, or must not be answered in a group, is passed over.
        let before = house.fake.sent_count();
        for text in ["/khongco", "/start", "/baocao", "/thongke@NguoiKhacBot", "@DiuDatThuBot ơi"]
        {
            house.fake.group_says(secretary, GROUP, text);
        }
        house.fake.group_says(600, GROUP, "/lichhop");
        let answer = house.says_in(user(MEMBER), GROUP, "/lichhop").await;
        assert!(answer.text.contains("Lịch sinh hoạt – Chi bộ Phòng 1"), "{}", answer.text);
        assert_eq!(house.fake.sent_count(), before + 1, "nothing else was said, to nobody");

        house.fake.remove_bot_from_group(GROUP, 600);
        let lost = house.sees(secretary, "không còn gửi được tin vào nhóm").await;
        assert!(lost.text.contains("Chi bộ Phòng 1"), "{}", lost.text);
        names_nobody_in(&house).await;
    })
    .await;
}

async fn names_nobody_in(house: &House) {
    let names = house.candidates().await;
    for message in house.fake.sent_to(GROUP) {
        assert!(names.iter().all(|name| !message.text.contains(name.as_str())));
        assert!(!message.text.contains("QC-"), "{}", message.text);
    }
}

#[tokio::test]
async fn in_a_group_only_members_of_the_branch_can_tap_and_others_get_a_short_notice() {
    each(async |engine| {
        let room = Room::open(engine, "2018-11-26T08:00").await;
        room.bind(&[SECRETARY, MEMBER, MEMBER_ELSEWHERE]).await;
        let told = room.asks(user(SECRETARY), "/nhom").await.text;
        room.fake.add_bot_to_group(GROUP, user(SECRETARY));
        let start = format!("/start {}", code_in(&told));
        room.fake.group_says(user(MEMBER), GROUP, &start);
        room.settle().await;
        assert!(room.texts(GROUP).pop().unwrap().contains("Chỉ bí thư hoặc phó bí thư"));
        room.fake.group_says(user(SECRETARY), GROUP, &start);
        room.settle().await;
        assert!(room.texts(GROUP).pop().unwrap().contains("đã được gắn với Chi bộ Phòng 1"));

        // Three days before the meeting the group is asked.
        room.wait_until("2018-12-02T08:00").await;
        let asked = room.fake.sent_to(GROUP).pop().unwrap();
        assert!(asked.text.contains("14:00, thứ Tư ngày 05/12/2018"), "{}", asked.text);
        assert_eq!(asked.labels(), ["Có mặt", "Vắng có lý do"]);

        let before = room.fake.sent_count();
        let taps = [
            (700, "Có mặt", "Tài khoản này chưa được xác nhận"),
            (user(MEMBER_ELSEWHERE), "Có mặt", "Nút này dành cho người khác"),
            (user(MEMBER), "Có mặt", "Đã ghi nhận đồng chí có mặt"),
            (user(SECRETARY), "Vắng có lý do", "Đã ghi nhận đồng chí vắng có lý do"),
        ];
        for (who, label, notice) in taps {
            let callback = room.fake.user_taps(who, asked.message_id, label);
            room.settle().await;
            let answers = room.fake.answers();
            let answer = answers.iter().find(|answer| answer.callback == callback).unwrap();
            let said = answer.text.as_deref().unwrap_or_default();
            assert!(said.contains(notice), "{said}");
        }
        assert_eq!(room.fake.sent_count(), before, "a tap in a group makes no message");

        // The day before, only those are asked who have not answered.
        room.wait_until("2018-12-04T08:00").await;
        let asked =
            |code| room.texts(user(code)).iter().any(|text| text.contains("có mặt hay vắng"));
        assert!(!asked(MEMBER) && !asked(SECRETARY));
        room.close().await;
    })
    .await;
}
