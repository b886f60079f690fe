//! `/thongke`: the figures of the source article, to the digit, and who may see them.

use rstest_reuse::apply;

use crate::support::{Engine, both_engines};
use crate::world::World;

#[apply(both_engines)]
#[tokio::test]
async fn the_office_reads_the_figures_of_the_article(engine: Engine) {
    let mut w = World::peopled(engine, "2018-11-26 07:00").await;
    let text = w.as_("NS-027").says("/thongke").await.reads(&["50/60", "83,3%", "12", "6/6"]);
    insta::assert_snapshot!("article", text);
    for typed in
        ["thong ke", "Thống kê", "/TK", "/thong_ke@diudat_bot", "tho\u{302}\u{301}ng ke\u{302}"]
    {
        assert_eq!(w.as_("NS-027").says(typed).await.reads(&[]), text, "{typed}");
    }
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn a_branch_is_found_by_words_without_accents(engine: Engine) {
    let mut w = World::peopled(engine, "2018-11-26 07:00").await;
    let mut office = w.as_("NS-027");
    office.says("thong ke phong 1").await.reads(&["Chi bộ Phòng 1", "5/6"]);
    office.says("/thongke thanh tra").await.reads(&["Chi bộ Phòng 3 – Thanh tra", "6/7"]);
    office.says("/thongke tổ chức 2018").await.reads(&["Khiếu tố", "9/9", "01/01/2018"]);
    office.says("/thongke phòng 1 2015-2016").await.reads(&["31/12/2016"]);
    office.says("/thongke 2016-2015").await.reads(&["2015-2016"]);
    office.says("/thongke phòng 99").await.reads(&["phòng 99"]);
    office.says("/thongke phong").await.reads(&["[Chi bộ Phòng 1", "[Chi bộ Phòng 3"]);
    office.taps("Chi bộ Phòng 3").await.reads(&["6/7"]);
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn a_secretary_sees_the_own_branch_and_a_mentor_none(engine: Engine) {
    let mut w = World::peopled(engine, "2018-11-26 07:00").await;
    w.as_("NS-010").says("/thongke").await.reads(&["Chi bộ Phòng 1", "5/6"]);
    w.as_("NS-010").says("/thongke phòng 1").await.reads(&["5/6"]);
    let refused = w.as_("NS-010").says("/thongke thanh tra").await.reads(&[]);
    assert!(!refused.contains("6/7"), "{refused}");
    let refused = w.as_("NS-012").says("/thongke phòng 1").await.reads(&[]);
    assert!(!refused.contains("5/6"), "{refused}");

    // A button made while in office does nothing for somebody else.
    w.as_("NS-027").says("/thongke").await.reads(&[]);
    let (button, message) = w.as_("NS-027").button("Chi bộ Phòng 3");
    let refused = w.as_("NS-012").taps_id(&button, &message).await.reads(&[]);
    assert!(!refused.contains("6/7"), "{refused}");
    w.finish().await;
}
