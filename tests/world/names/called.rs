//! Given names alone: hidden after a title where they mean one candidate, and else their writer is told once;
//! and what people type, however their keyboards write it.

use rstest_reuse::apply;

use crate::support::{Engine, both_engines};
use crate::world::World;

const MENTOR: &str = "NS-013";
const SECRETARY: &str = "NS-010";

impl World {
    /// A report on QC-014 with these strengths.
    async fn praises(&mut self, strengths: &str) {
        self.as_(MENTOR).says("qc-014 t t t t t").await.reads(&["Kiến nghị"]);
        self.as_(MENTOR).taps("Quay lại").await.reads(&["Ưu điểm"]);
        self.as_(MENTOR).says(strengths).await;
    }
}

#[apply(both_engines)]
#[tokio::test]
async fn a_writer_is_told_once_of_names_without_a_title(engine: Engine) {
    let mut w = World::peopled(engine, "2018-11-27 09:00").await;
    w.everyone_reads();
    w.praises("hôm qua Bình rất hăng hái").await;
    w.as_(MENTOR).reads(&["Hạn chế"]);
    w.as_(MENTOR).reads(&["Tên gọi riêng"]);
    w.as_(MENTOR).says("Bình còn rụt rè").await.reads(&["Kiến nghị"]);
    w.as_(MENTOR).reads_nothing();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn a_given_name_of_two_stays_and_its_writer_is_told(engine: Engine) {
    let mut w = World::peopled(engine, "2018-11-27 09:00").await;
    w.everyone_reads();
    // Another candidate of the branch bears it now.
    w.damage(
        "UPDATE person SET name = 'Vũ Đức Bình', name_key = 'vu duc binh' WHERE id =
        (SELECT MIN(c.person_id) FROM candidate_case c WHERE c.code <> 'QC-014' AND c.unit_id =
            (SELECT unit_id FROM candidate_case WHERE code = 'QC-014')
            AND NOT EXISTS (SELECT 1 FROM standing s WHERE s.person_id = c.person_id
                AND s.status = 'official'))",
    )
    .await;
    w.damage("DELETE FROM name_variant").await;
    diudat::store::name_variants::refresh(&w.db).await.unwrap();
    w.restart().await;
    w.praises("anh Bình rất hăng hái").await;
    w.as_(MENTOR).reads(&["Hạn chế"]);
    w.as_(MENTOR).reads(&["Tên gọi riêng"]);
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn what_is_typed_is_understood_whatever_the_keyboard_adds(engine: Engine) {
    let mut w = World::peopled(engine, "2018-11-27 09:00").await;
    w.everyone_reads();
    for said in ["\u{200e}/hoso QC-014", "/ho\u{ad}so ＱＣ－０１４", "\u{feff}/HOSO qc-0\u{200b}14"]
    {
        w.as_(SECRETARY).says(said).await.reads(&["QC-014"]);
    }
    w.as_(SECRETARY).says("th\u{200b}ống kê ２０１８").await.reads(&["2018"]);
    w.finish().await;
}
