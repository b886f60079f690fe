//! The group chat of a branch.

use diudat::message::{Event, SendError};
use rstest_reuse::apply;

use crate::support::{Engine, both_engines};
use crate::world::World;

impl World {
    /// The secretary binds a group to Chi bộ Phòng 1.
    pub async fn has_a_group(&mut self) {
        let said = self.as_("NS-010").says("/nhom").await.reads(&["Chi bộ Phòng 1"]);
        let code = said
            .split_whitespace()
            .map(|word| word.trim_matches(|c: char| !c.is_ascii_alphanumeric()))
            .find(|word| word.len() == 9 && word.as_bytes()[4] == b'-')
            .expect("a code")
            .to_owned();
        self.in_group("group1", "NS-010")
            .happens(Event::Present { present: true })
            .await
            .reads(&[]);
        self.in_group("group1", "NS-012").says(&format!("/start {code}")).await.reads(&[]);
        self.in_group("group1", "NS-010").says(&format!("/start {code}")).await.reads(&["Phòng 1"]);
    }
}

pub async fn bound(engine: Engine) -> World {
    let mut w = World::peopled(engine, "2018-11-27 09:00").await;
    w.everyone_reads();
    w.has_a_group().await;
    w
}

#[apply(both_engines)]
#[tokio::test]
async fn the_group_is_reminded_first_and_answers_count_from_members_only(engine: Engine) {
    let mut w = bound(engine).await;
    w.advance_to("2018-12-02 08:00").await;
    w.in_group("group1", "NS-010").reads(&["Chi bộ Phòng 1", "14:00", "05/12/2018"]);
    assert!(w.sent_to("NS-014").is_empty(), "nobody is asked in private yet");
    w.everyone_reads();
    w.toasts();
    w.in_group("group1", "NS-014").taps("Có mặt").await;
    w.in_group("group1", "NS-020").taps("Có mặt").await;
    w.in_group("group1", "nobody").taps("Có mặt").await;
    let toasts = w.toasts();
    assert_eq!(toasts.len(), 3);
    assert_ne!(toasts[0], toasts[1]);
    assert!(toasts.iter().all(Option::is_some));
    w.in_group("group1", "NS-010").reads_nothing();

    w.advance_to("2018-12-04 08:00").await;
    assert!(w.sent_to("NS-014").is_empty(), "who has answered is not asked again");
    w.as_("NS-011").reads(&["[Có mặt]", "[Vắng có lý do]"]);
    w.everyone_reads();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn a_group_hears_commands_only(engine: Engine) {
    let mut w = bound(engine).await;
    for said in ["chào cả nhà", "/khongco", "/thongke", "/baocao", "qc-014 t t t t t", "2", ""]
    {
        w.in_group("group1", "NS-012").says(said).await.reads_nothing();
    }
    w.in_group("group1", "NS-012").says("/lichhop").await.reads(&["05/12/2018", "14:00"]);
    w.in_group("group1", "nobody").says("/lichhop").await.reads_nothing();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn a_lost_group_is_told_to_the_secretary(engine: Engine) {
    let mut w = bound(engine).await;
    w.in_group("group1", "").happens(Event::Present { present: false }).await;
    w.as_("NS-010").reads(&["Chi bộ Phòng 1"]);
    w.advance_to("2018-12-02 08:00").await;
    assert!(w.sent_to("NS-014").len() == 1, "without a group everyone is told in private");
    w.everyone_reads();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn a_group_that_moves_is_followed(engine: Engine) {
    let mut w = bound(engine).await;
    w.fail_next("group1", &[SendError::Moved { to: "group2".to_owned() }]);
    w.advance_to("2018-12-02 08:00").await;
    w.in_group("group2", "NS-010").reads(&["05/12/2018"]);
    w.in_group("group2", "NS-012").says("/lichhop").await.reads(&["05/12/2018"]);
    w.everyone_reads();
    w.finish().await;
}
