//! Following up: the proof of reminders, reminding by hand, being reminded again, the ladder, and
//! what is on everybody's list.

use diudat::domain::calendar::Month;
use diudat::message::SendError;
use diudat::reminders::dry_run;
use rstest_reuse::apply;

use crate::support::{Engine, both_engines};
use crate::world::{TAPPING, TYPING, World, local};

const LINE: &str = "qc-014 tốt khá tốt tốt tốt, tiếp tục";

impl World {
    async fn reports(&mut self, who: &str, line: &str) {
        self.as_(who).says(line).await.reads(&["[Gửi báo cáo]"]);
        self.as_(who).taps("Gửi báo cáo").await.reads(&["Đã gửi báo cáo"]);
    }

    /// The messages of a chat that contain these words, with their local times.
    fn found(&self, chat: &str, words: &str) -> Vec<(String, String)> {
        let sent = self.sent_to(chat).into_iter().filter(|seen| seen.text.contains(words));
        sent.map(|seen| {
            (self.practice.local(seen.at).format("%d/%m %H:%M").to_string(), seen.whole())
        })
        .collect()
    }
}

fn times(found: &[(String, String)]) -> Vec<&str> {
    found.iter().map(|(at, _)| at.as_str()).collect()
}

#[apply(both_engines)]
#[tokio::test]
async fn a_reminder_comes_again_once_when_it_was_put_off(
    engine: Engine,
    #[values(false, true)] crashing: bool,
) {
    let mut w = World::peopled(engine, "2018-11-28 07:00").await;
    w.advance_to("2018-11-28 08:05").await;
    w.as_("NS-013").reads(&["[Báo cáo tháng này]", "[Nhắc tôi sau]"]);
    w.as_("NS-013")
        .taps("Nhắc tôi sau")
        .await
        .reads(&["[Chiều nay (16:00)]", "[Ngày mai (08:00)]"]);
    w.as_("NS-013").says("tuần sau").await.reads(&["chưa hiểu"]);
    w.as_("NS-013").reads(&["Chiều nay"]);
    w.as_("NS-013").taps("Chiều nay").await.reads(&["nhắc lại đồng chí lúc 16:00 ngày 28/11/2018"]);
    // The other one puts it off and reports all the same.
    w.as_("NS-012").reads(&["[Nhắc tôi sau]"]);
    w.as_("NS-012").taps("Nhắc tôi sau").await.reads(&[]);
    w.as_("NS-012").taps("Chiều nay").await.reads(&["16:00"]);
    w.reports("NS-012", "qc-009 t t t t t, tiếp tục").await;
    w.reports("NS-012", "qc-014 t t t t t, tiếp tục").await;
    w.everyone_reads();
    if crashing {
        w.crash().await;
    }
    w.advance_to("2018-11-28 15:59").await;
    w.as_("NS-013").reads_nothing();
    w.advance_to("2018-11-28 16:00").await;
    let again = w.as_("NS-013").reads(&["Đề nghị đồng chí báo cáo", "[Báo cáo tháng này]"]);
    assert!(!again.contains("gửi muộn"), "{again}");
    if crashing {
        w.crash().await;
    }
    w.as_("NS-012").reads_nothing();
    w.advance_to("2018-11-29 20:00").await;
    w.as_("NS-013").reads_nothing();
    // Now there is only tomorrow, and nothing to put off for who has reported.
    w.as_("NS-013").taps("Nhắc tôi sau").await.reads(&["[Ngày mai (08:00)]"]);
    w.as_("NS-013").says("/huy").await.reads(&["Đã dừng"]);
    w.as_("NS-012").says("nhắc tôi ngày mai").await.reads(&["đã làm xong"]);
    w.everyone_reads();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn being_reminded_again_is_asked_in_words_too(engine: Engine) {
    let mut w = World::at(engine, "2018-11-28 07:00").await;
    w.join(TYPING, "NS-013").await;
    w.typing_as("NS-013")
        .says("nhac toi chieu nay")
        .await
        .reads(&["không có việc nào để nhắc lại"]);
    w.typing_as("NS-013").says("ngày mai").await.reads(&["chưa hiểu nội dung này"]);
    w.advance_to("2018-11-28 08:00").await;
    w.typing_as("NS-013").reads(&["BC ", "SAU "]);
    w.typing_as("NS-013").says("Nhắc tôi chiều nay").await.reads(&["16:00 ngày 28/11"]);
    w.restart().await;
    // Asked again: the later word counts.
    w.typing_as("NS-013").says("mai").await.reads(&["08:00 ngày 29/11"]);
    w.advance_to("2018-11-28 18:00").await;
    w.typing_as("NS-013").reads_nothing();
    w.advance_to("2018-11-29 08:00").await;
    w.typing_as("NS-013").reads(&["QC-014", "SAU "]);
    w.typing_as("NS-013").says("nhắc lại").await.reads(&["khi nào", "1. Chiều nay"]);
    w.typing_as("NS-013").says("1").await.reads(&["16:00 ngày 29/11"]);
    w.advance_to("2018-11-29 16:00").await;
    w.typing_as("NS-013").reads(&["QC-014"]);
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn nothing_is_put_off_past_its_deadline(engine: Engine) {
    let mut w = World::peopled(engine, "2018-12-03 12:00").await;
    w.everyone_reads();
    w.advance_to("2018-12-04 08:00").await;
    // Reports are due at 17:00: there is this afternoon, and no tomorrow.
    let (report, meeting) = (w.as_("NS-013").button("Báo cáo"), w.as_("NS-013").button("Có mặt"));
    let newest: Vec<_> = w.sent_to("NS-013").into_iter().rev().take(2).collect();
    let whole = |id: &str| newest.iter().find(|m| m.id == id).expect("one of the two").whole();
    // The prompts before it fell due when nothing ran yet, so this one asks first.
    assert!(whole(&report.1).contains("trước 17:00 ngày 04/12/2018"), "{newest:?}");
    let later = |id: &str| {
        let of = newest.iter().find(|m| m.id == id).expect("one of the two");
        let found = of.buttons.iter().find(|(label, _)| label == "Nhắc tôi sau");
        found.expect("a button").1.clone()
    };
    let (report, meeting) = ((later(&report.1), report.1), (later(&meeting.1), meeting.1));
    w.everyone_reads();
    let asked = w.as_("NS-013").taps_id(&report.0, &report.1).await.reads(&["[Chiều nay (16:00)]"]);
    assert!(!asked.contains("Ngày mai"), "{asked}");
    w.as_("NS-013").says("mai").await.reads(&["Hạn của việc này là 17:00 ngày 04/12/2018"]);
    w.as_("NS-013").taps_id(&meeting.0, &meeting.1).await.reads(&["khi nào"]);
    w.as_("NS-013").taps("Ngày mai").await.reads(&["08:00 ngày 05/12/2018", "có mặt hay vắng"]);
    w.everyone_reads();
    w.advance_to("2018-12-05 08:00").await;
    w.as_("NS-013").reads(&["sinh hoạt lúc 14:00", "[Có mặt]"]);
    w.as_("NS-013").taps("Có mặt").await.reads(&["có mặt"]);
    w.advance_to("2018-12-05 12:00").await;
    w.as_("NS-013").reads_nothing();
    let newest = w.sent_to("NS-014").pop().expect("a reminder").whole();
    assert!(newest.contains("[Có mặt]") && !newest.contains("Nhắc tôi sau"), "{newest}");
    w.as_("NS-014").says("nhắc tôi ngày mai").await;
    let answer = w.sent_to("NS-014").pop().expect("an answer").whole();
    assert!(answer.contains("không hoãn lại được nữa"), "{answer}");
    w.everyone_reads();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn those_who_owe_are_reminded_by_hand_once_a_day(engine: Engine) {
    let mut w = World::peopled(engine, "2018-12-03 09:00").await;
    w.everyone_reads();
    w.reports("NS-013", LINE).await;
    w.as_("NS-010").reads(&["đã gửi báo cáo"]);
    w.as_("NS-014").says("/nhac").await.reads(&["Chỉ bí thư, phó bí thư"]);
    let proof = w.as_("NS-010").says("nhắc nhở").await.reads(&["Đôn đốc – Chi bộ Phòng 1"]);
    assert!(proof.contains("[Nhắc đồng chí chưa báo cáo]"), "{proof}");
    w.as_("NS-010").taps("Nhắc đồng chí").await.reads(&["Phạm Quang Hợp: đã nhắc"]);
    let asked = w.as_("NS-012").reads(&["Lê Đức Thuận đề nghị", "QC-009", "17:00 ngày 04/12/2018"]);
    assert!(asked.contains("[Báo cáo QC-014, T.V.B.]"), "{asked}");
    w.as_("NS-013").reads_nothing();
    w.restart().await;
    // The deputy cannot either, today.
    w.clock.advance(chrono::TimeDelta::minutes(10));
    w.as_("NS-011").says("/nhac").await.reads(&["Đôn đốc"]);
    w.as_("NS-011").taps("Nhắc đồng chí").await.reads(&["hôm nay đã nhắc lúc 09:00"]);
    w.as_("NS-012").reads_nothing();
    w.advance_to("2018-12-04 07:00").await;
    w.everyone_reads();
    w.as_("NS-027").says("/nhac phong 1").await.reads(&["Chi bộ Phòng 1, kỳ họp tháng 12/2018"]);
    w.as_("NS-027").taps("Nhắc đồng chí").await.reads(&["Phạm Quang Hợp: đã nhắc"]);
    w.as_("NS-012").reads(&["đề nghị đồng chí gửi báo cáo"]);
    w.reports("NS-012", "qc-009 t t t t t, tiếp tục").await;
    w.reports("NS-012", "qc-014 t t t t t, tiếp tục").await;
    w.everyone_reads();
    w.as_("NS-027").says("/nhac cb-02").await.reads(&["đã nhận 3/3"]);
    w.as_("NS-027").says("/nhac phòng 99").await.reads(&["không có chi bộ nào là “phòng 99”"]);
    let audited = w.audited("report.nudge").await;
    assert_eq!(audited, ["NS-012", "NS-012"]);
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn a_reminder_by_hand_at_night_waits_and_is_taken_back_when_the_report_comes(engine: Engine) {
    let mut w = World::peopled(engine, "2018-12-03 22:00").await;
    w.everyone_reads();
    w.as_("NS-010").says("/nhac").await.reads(&["Đôn đốc"]);
    w.as_("NS-010").taps("Nhắc đồng chí").await.reads(&["tin sẽ gửi lúc 06:30 ngày 04/12/2018"]);
    w.reports("NS-013", LINE).await;
    w.advance_to("2018-12-04 06:30").await;
    w.as_("NS-013").reads_nothing();
    w.as_("NS-012").reads(&["Lê Đức Thuận đề nghị"]);
    w.as_("NS-010").reads(&["đã gửi báo cáo"]);
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn a_button_of_a_former_secretary_is_refused(engine: Engine) {
    let mut w = World::peopled(engine, "2018-12-03 09:00").await;
    w.everyone_reads();
    w.as_("NS-010").says("/nhac").await.reads(&["[Nhắc đồng chí chưa báo cáo]"]);
    w.damage(
        "UPDATE office SET to_on = '2018-12-03' WHERE kind = 'secretary'
         AND person_id = (SELECT id FROM person WHERE code = 'NS-010')",
    )
    .await;
    w.as_("NS-010").taps("Nhắc đồng chí").await.reads(&["Chỉ bí thư, phó bí thư"]);
    w.as_("NS-012").reads_nothing();
    w.as_("NS-010").says("/nhac").await.reads(&["Chỉ bí thư, phó bí thư"]);
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn what_is_owed_climbs_the_ladder_and_stops_when_it_is_there(
    engine: Engine,
    #[values(false, true)] reporting: bool,
) {
    let mut w = World::peopled(engine, "2018-12-04 16:00").await;
    w.everyone_reads();
    w.reports("NS-012", "qc-009 t t t t t, tiếp tục").await;
    w.reports("NS-012", "qc-014 t t t t t, tiếp tục").await;
    // A draft is no report.
    w.as_("NS-013").says(LINE).await.reads(&["[Gửi báo cáo]"]);
    w.everyone_reads();
    let mut tx = w.db.read().await.unwrap();
    let month: Month = "2018-12".parse().unwrap();
    let plan = dry_run(&mut tx, &w.practice, month, None, w.clock.now()).await.unwrap();
    drop(tx);
    let rungs: Vec<_> = plan
        .iter()
        .filter(|line| line.unit == "CB-02" && line.kind == "ladder")
        .map(|line| (line.at, line.to.as_str(), line.step.as_str()))
        .collect();
    assert_eq!(
        rungs,
        [
            (local("2018-12-04 17:00"), "NS-011", "ladder-deputy"),
            (local("2018-12-05 17:00"), "NS-010", "ladder-secretary"),
            (local("2018-12-07 17:00"), "NS-027", "ladder-committee"),
        ]
    );

    w.advance_to("2018-12-04 17:00").await;
    w.crash().await;
    let deputy = w.as_("NS-011").reads(&["còn các báo cáo", "Đỗ Thị Kim Oanh – QC-014"]);
    assert!(deputy.contains("[Nhắc đồng chí chưa báo cáo]"), "{deputy}");
    assert!(!deputy.contains("QC-009"), "{deputy}");
    w.as_("NS-011").reads_nothing();
    w.as_("NS-010").reads(&["Đã hết hạn báo cáo"]);
    w.as_("NS-011").taps("Nhắc đồng chí").await.reads(&["Đỗ Thị Kim Oanh: đã nhắc"]);
    w.as_("NS-013").reads(&["đã quá hạn 17:00 ngày 04/12/2018"]);
    if reporting {
        w.as_("NS-013").taps("Gửi báo cáo").await.reads(&["Đã gửi báo cáo"]);
    }
    w.advance_to("2018-12-20 08:00").await;
    let (secretary, office) = (w.found("NS-010", "đã diễn ra"), w.found("NS-027", "đã diễn ra"));
    let office: Vec<_> = office.into_iter().filter(|(_, text)| text.contains("Phòng 1")).collect();
    if reporting {
        assert_eq!((secretary, office), (Vec::new(), Vec::new()));
    } else {
        assert_eq!(times(&secretary), ["05/12 17:00"]);
        assert_eq!(times(&office), ["07/12 17:00"]);
        assert!(office[0].1.contains("QC-014, T.V.B."), "{office:?}");
    }
    assert_eq!(w.found("NS-011", "đã diễn ra").len(), 0);
    w.everyone_reads();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn a_vacant_rung_goes_to_the_next_and_nobody_is_told_twice(engine: Engine) {
    let w = World::peopled(engine, "2018-12-03 09:00").await;
    // Phòng 1 is without a secretary, so the deputy gets the list of who owes, and the committee
    // what the secretary would learn a day later.
    w.damage(
        "UPDATE office SET to_on = '2018-12-01' WHERE kind = 'secretary'
         AND person_id = (SELECT id FROM person WHERE code = 'NS-010')",
    )
    .await;
    w.everyone_reads();
    w.advance_to("2018-12-04 17:00").await;
    assert_eq!(times(&w.found("NS-011", "Đã hết hạn")), ["04/12 17:00"]);
    assert_eq!(w.found("NS-011", "đã quá hạn"), []);
    w.advance_to("2018-12-20 08:00").await;
    let office = w.found("NS-027", "Kỳ họp tháng 12/2018 của Chi bộ Phòng 1 đã diễn ra");
    assert_eq!(times(&office), ["05/12 17:00"]);
    assert_eq!(w.found("NS-011", "đã diễn ra"), []);
    assert_eq!(w.found("NS-010", "đã diễn ra"), []);
    w.everyone_reads();
    w.finish().await;
}

/// The deputy of Phòng 7 owes a report: nobody asks them to chase themselves.
#[apply(both_engines)]
#[tokio::test]
async fn whoever_owes_is_passed_over(engine: Engine) {
    let w = World::peopled(engine, "2018-11-26 09:00").await;
    w.advance_to("2018-12-10 08:00").await;
    let own = |text: &str| text.contains("Đồng chí Nguyễn Thị Xuân Hòa –");
    // What others owe climbs over the deputy; what the deputy owes does not.
    let deputy = w.found("NS-050", "đã quá hạn");
    assert_eq!(deputy.len(), 1, "{deputy:?}");
    assert!(!own(&deputy[0].1), "{deputy:?}");
    // The secretary got it with the list, in the deputy's place, and no second time.
    let list = w.found("NS-049", "Đã hết hạn");
    assert_eq!(list.len(), 1, "{list:?}");
    assert!(own(&list[0].1), "{list:?}");
    let secretary = w.found("NS-049", "đã diễn ra");
    assert_eq!(secretary.len(), 1, "{secretary:?}");
    assert!(!own(&secretary[0].1), "{secretary:?}");
    let office = w.found("NS-027", "của Chi bộ Phòng 7 đã diễn ra");
    assert_eq!(office.len(), 1, "{office:?}");
    assert!(own(&office[0].1), "{office:?}");
    w.everyone_reads();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn a_rung_that_falls_into_the_night_waits_and_asks_again_who_owes(engine: Engine) {
    let mut w = World::peopled(engine, "2018-12-04 09:00").await;
    w.everyone_reads();
    w.as_("NS-011").says("/caidat").await.reads(&[]);
    w.as_("NS-011").taps("Đổi giờ yên tĩnh").await.reads(&[]);
    w.as_("NS-011").says("16h-7h").await.reads(&["từ 16:00 đến 07:00"]);
    w.advance_to("2018-12-04 18:00").await;
    w.as_("NS-011").reads_nothing();
    w.everyone_reads();
    w.reports("NS-013", LINE).await;
    w.reports("NS-012", "qc-009 t t t t t, tiếp tục").await;
    w.restart().await;
    w.advance_to("2018-12-05 07:00").await;
    let told = w.as_("NS-011").reads(&["còn các báo cáo", "Phạm Quang Hợp – QC-014"]);
    assert!(!told.contains("Kim Oanh") && !told.contains("QC-009"), "{told}");
    w.everyone_reads();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn the_proof_says_what_became_of_each_reminder(engine: Engine) {
    let mut w = World::peopled(engine, "2018-11-27 09:00").await;
    w.everyone_reads();
    w.fail_next("NS-013", &[SendError::Unreachable]);
    w.advance_to("2018-11-28 08:00").await;
    w.as_("NS-010").reads(&["không đến được tài khoản nào"]);
    w.as_("NS-012").taps("Nhắc tôi sau").await;
    w.as_("NS-012").taps("Ngày mai").await;
    w.everyone_reads();
    let proof = w.as_("NS-010").says("/nhac").await.reads(&[]);
    insta::assert_snapshot!("proof_of_prompts", proof);

    w.advance_to("2018-12-04 09:00").await;
    w.as_("NS-014").taps("Có mặt").await;
    w.everyone_reads();
    w.reports("NS-012", "qc-009 t t t t t, tiếp tục").await;
    w.reports("NS-012", "qc-014 t t t t t, tiếp tục").await;
    w.everyone_reads();
    w.advance_to("2018-12-04 18:00").await;
    w.everyone_reads();
    let proof = w.as_("NS-010").says("đôn đốc").await.reads(&[]);
    insta::assert_snapshot!("proof_after_the_deadline", proof);
    // The committee's office sees the branches, and from there each.
    w.as_("NS-027")
        .says("/nhac")
        .await
        .reads(&["Chi bộ Phòng 1: họp ngày 05/12/2018, đã nhận 2/3"]);
    w.as_("NS-027")
        .taps("Đôn đốc Chi bộ Phòng 1")
        .await
        .reads(&["Đỗ Thị Kim Oanh: không liên lạc"]);
    // Two days after, it is still the meeting that was held.
    w.everyone_reads();
    w.advance_to("2018-12-07 09:00").await;
    w.everyone_reads();
    let held = w.as_("NS-010").says("/nhac").await.reads(&["kỳ họp tháng 12/2018"]);
    assert!(!held.contains("[Nhắc đồng chí"), "{held}");
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn the_proof_names_who_was_told_instead(engine: Engine) {
    let mut w = World::at(engine, "2018-11-27 09:00").await;
    for code in ["NS-011", "NS-012", "NS-027"] {
        w.join(TAPPING, code).await;
    }
    w.advance_to("2018-12-04 18:00").await;
    w.everyone_reads();
    // The secretary has no account: the deputy got the list, and says so to who asks.
    let proof =
        w.as_("NS-011").says("/nhac").await.reads(&["Đã báo 1 đồng chí có trách nhiệm đôn đốc"]);
    assert!(proof.contains("đã báo đồng chí Nguyễn Thị Thanh Mai thay"), "{proof}");
    assert!(proof.contains("Đỗ Thị Kim Oanh: không liên lạc được; đề nghị nhắc"), "{proof}");
    w.as_("NS-011").taps("Nhắc đồng chí").await.reads(&["Đỗ Thị Kim Oanh: không liên lạc được"]);
    w.as_("NS-012").reads(&["đề nghị đồng chí gửi ngay báo cáo"]);
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn everyone_finds_their_duties_by_deadline_with_a_button_each(engine: Engine) {
    let mut w = World::peopled(engine, "2018-12-03 09:00").await;
    w.everyone_reads();
    w.reports("NS-013", LINE).await;
    w.as_("NS-010").reads(&["[Duyệt]"]);
    w.as_("NS-010").says("/viec").await.reads(&["Chờ duyệt", "Trả lời có mặt", "[Đôn đốc Chi bộ"]);
    let mine = w.as_("NS-012").says("/viec").await.reads(&["[Báo cáo QC-009, V.T.L.]"]);
    let (report, meeting) = (mine.find("Gửi báo cáo về QC-009"), mine.find("Trả lời có mặt"));
    assert!(report.is_some() && report < meeting, "the deadline of the report is first: {mine}");
    w.as_("NS-012").taps("Có mặt").await.reads(&["có mặt"]);
    w.as_("NS-012").says("/viec").await.reads(&["QC-014"]);
    w.as_("NS-012").taps("Báo cáo QC-009").await.reads(&["1/5"]);
    w.as_("NS-012").says("/huy").await.reads(&[]);
    // The committee sees what is overdue.
    w.advance_to("2018-12-04 17:30").await;
    w.everyone_reads();
    let office = w.as_("NS-027").says("/viec").await.reads(&["Chi bộ Phòng 1: 2 báo cáo quá hạn"]);
    assert!(office.contains("[Đôn đốc Chi bộ Phòng 1]"), "{office}");
    w.as_("NS-027").taps("Đôn đốc Chi bộ Phòng 1").await.reads(&["Đôn đốc – Chi bộ Phòng 1"]);
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn a_returned_report_is_a_duty_with_its_new_deadline(engine: Engine) {
    let mut w = World::peopled(engine, "2018-12-03 09:00").await;
    w.everyone_reads();
    w.reports("NS-013", LINE).await;
    w.as_("NS-010").reads(&["[Trả lại]"]);
    w.as_("NS-010").taps("Trả lại").await.reads(&["lý do"]);
    w.as_("NS-010").says("Cần nêu rõ kết quả").await.reads(&["Hạn gửi lại"]);
    w.as_("NS-010").says("mai").await.reads(&["Đã trả lại"]);
    w.as_("NS-013").reads(&["Cần nêu rõ kết quả"]);
    w.as_("NS-013").says("việc của tôi").await.reads(&[
        "Sửa và gửi lại báo cáo về QC-014, T.V.B. – hạn 17:00 ngày 04/12/2018",
        "[Sửa QC-014, T.V.B.]",
    ]);
    w.as_("NS-013").taps("Sửa QC-014").await.reads(&["được trả lại", "[Sửa]"]);
    w.finish().await;
}
