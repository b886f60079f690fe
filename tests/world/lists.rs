//! What is typed under a list: a code, a name or part of one, a branch, the title of an office; and
//! what was shown stays in reach after a text that nobody understood.

use std::sync::Arc;

use diudat::domain::practice::Practice;
use diudat::domain::regulations::{RegulationList, Regulations};
use rstest_reuse::apply;

use crate::support::{Engine, both_engines};
use crate::world::{TYPING, World};

async fn on_monday(engine: Engine) -> World {
    let w = World::peopled(engine, "2018-12-03 09:00").await;
    w.everyone_reads();
    w
}

#[apply(both_engines)]
#[tokio::test]
async fn a_candidate_is_chosen_by_code_by_name_or_by_a_part_of_it(engine: Engine) {
    let mut w = on_monday(engine).await;
    w.as_("NS-010").says("/phancong").await.reads(&["hoặc gõ mã, họ tên", "[QC-014, T.V.B.]"]);
    for typed in ["qc-014", "QC 14", "Trần Văn Bình", "binh", "quần chúng Bình", "T.V.B."] {
        w.as_("NS-010").says(typed).await.reads(&["Người theo dõi, giúp đỡ QC-014, T.V.B."]);
    }
    w.as_("NS-010").says("vu tien lam").await.reads(&["giúp đỡ QC-009, V.T.L.", "[Phân công]"]);
    // What fits nobody is said, and the list stays open, also across a restart.
    w.restart().await;
    w.as_("NS-010").says("QC 99").await.reads(&["không có QC-099 trong danh sách"]);
    w.as_("NS-010").says("nhựt").await.reads(&["chưa hiểu câu trả lời này"]);
    w.as_("NS-010").reads(&["giúp đỡ QC-009, V.T.L."]);
    w.as_("NS-010").says("lâm").await.reads(&["giúp đỡ QC-009"]);
    w.as_("NS-010").says("phân công").await.reads(&["tiếp nhận"]);
    w.as_("NS-010").says("huỷ").await.reads(&["Đã dừng"]);
    w.as_("NS-010").says("/phancong bình").await.reads(&["giúp đỡ QC-014"]);
    // Another branch's candidate is none of this list's.
    let refused = w.as_("NS-010").says("/phancong Chu Hoàng Sơn").await.reads(&["không có “"]);
    assert!(refused.contains("/phancong QC-014"), "{refused}");
    w.as_("NS-010").says("/huy").await.reads(&["không có việc nào"]);

    // Of several those are shown that fit.
    w.as_("NS-025").says("/phancong").await.reads(&["[QC-013, Đ.V.C.]"]);
    let several = w.as_("NS-025").says("thị").await.reads(&["[QC-010, T.T.T.N.]"]);
    assert!(several.contains("[QC-018, N.T.P.C.]") && !several.contains("QC-013"), "{several}");
    w.as_("NS-025").taps("QC-018").await.reads(&["giúp đỡ QC-018"]);
    w.as_("NS-025").says("chi").await.reads(&["giúp đỡ QC-018"]);
    w.as_("NS-025").says("/huy").await.reads(&["Đã dừng"]);
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn a_branch_and_an_office_are_chosen_by_typing(engine: Engine) {
    let mut w = on_monday(engine).await;
    w.join(TYPING, "NS-027").await;
    w.typing_as("NS-027").says("/bangiao").await.reads(&["gõ tên chi bộ", "2. Chi bộ Phòng 1"]);
    w.typing_as("NS-027").says("phong 1").await.reads(&["Bí thư Chi bộ Phòng 1: đồng chí Lê"]);
    w.typing_as("NS-027").says("phó bí thư").await.reads(&["Nguyễn Thị Thanh Mai", "tiếp nhận"]);
    w.typing_as("NS-027").says("/bangiao").await.reads(&["2. Chi bộ Phòng 1"]);
    let several = w.typing_as("NS-027").says("phòng").await.reads(&["Chi bộ Phòng 3 – Thanh tra"]);
    assert!(several.contains("Chi bộ Văn phòng"), "{several}");
    w.typing_as("NS-027").says("2").await.reads(&["Bí thư Chi bộ Phòng 1"]);
    w.typing_as("NS-027").says("thuận").await.reads(&["của đồng chí Lê Đức Thuận", "tiếp nhận"]);
    w.typing_as("NS-027").says("/bangiao thanh tra").await.reads(&["Hoàng Trọng Nghĩa"]);
    w.typing_as("NS-027").says("/bangiao phòng 99").await.reads(&["nào là “phòng 99”"]);

    // A secretary has only their own branch's to choose from.
    w.as_("NS-010").says("/bangiao").await.reads(&["gõ chức danh", "[Bí thư: Lê Đức Thuận]"]);
    w.as_("NS-010").says("phòng 2").await.reads(&["chưa hiểu câu trả lời này"]);
    w.as_("NS-010").reads(&["[Bí thư: Lê Đức Thuận]"]);
    w.as_("NS-010").says("Bí thư").await.reads(&["Lê Đức Thuận", "tiếp nhận"]);
    w.as_("NS-010").says("/huy").await.reads(&["Đã dừng"]);
    w.everyone_reads();
    w.finish().await;
}

/// Who turns to something else has left the list: it is not shown once more, and the options of the
/// other page have plain numbers.
#[apply(both_engines)]
#[tokio::test]
async fn a_list_is_left_by_turning_to_something_else(engine: Engine) {
    let mut w = on_monday(engine).await;
    w.join(TYPING, "NS-010").await;
    w.typing_as("NS-010").says("/phancong").await.reads(&["2. QC-014"]);
    w.typing_as("NS-010").says("/bangiao").await.reads(&["1. Bí thư: Lê Đức Thuận"]);
    w.typing_as("NS-010").says("/caidat").await.reads(&["\n1. "]);
    w.typing_as("NS-010").reads_nothing();
    w.typing_as("NS-010").says("/huy").await.reads(&["không có việc nào"]);
    // A question that was begun is kept, and asked once more.
    w.typing_as("NS-010").says("/phancong 14").await.reads(&["không có “14”"]);
    w.typing_as("NS-010").says("/phancong qc14").await.reads(&["1. Thay đồng chí"]);
    w.typing_as("NS-010").says("1").await.reads(&["tiếp nhận"]);
    w.typing_as("NS-010").says("/toi").await.reads(&["NS-010"]);
    w.typing_as("NS-010").reads(&["tiếp nhận"]);
    w.typing_as("NS-010").says("/huy").await.reads(&["Đã dừng"]);
    w.finish().await;
}

/// The limit is the regulation's that is in force on the day from which somebody would guide.
#[apply(both_engines)]
#[tokio::test]
async fn as_many_guide_as_the_rule_in_force_allows(engine: Engine) {
    let mut w = on_monday(engine).await;
    // The second of two who assign at the same time learns the limit and where it stands.
    for (leader, mentor) in [("NS-010", "NS-013"), ("NS-011", "NS-010")] {
        w.as_(leader).says("/phancong qc-009").await.reads(&["[Phân công]"]);
        w.as_(leader).taps("Phân công").await.reads(&["tiếp nhận"]);
        w.as_(leader).says(mentor).await.reads(&["nghị quyết"]);
        w.as_(leader).says("07-NQ/CB").await.reads(&["Kể từ"]);
        w.as_(leader).taps("Hôm nay").await.reads(&["[Xác nhận]"]);
    }
    w.as_("NS-010").taps("Xác nhận").await.reads(&["Đã phân công"]);
    w.as_("NS-013").reads(&["QC-009"]);
    w.as_("NS-011").taps("Xác nhận").await.reads(&[
        "chỉ có tối đa 2 đảng viên",
        "Lệ của các chi bộ",
        "chọn thay người",
    ]);

    // From today on a guideline allows three.
    let shipped = include_str!("../../config/regulations.toml");
    let later = "[[mentors_at_most]]\nvalue = 3\nunit = \"persons\"\ncite = \"HD 9-HD/ĐU\"\n\
        from = \"2018-12-03\"\nconfirmed = true\n";
    let list = config::Config::builder()
        .add_source(config::File::from_str(
            &format!("{shipped}\n{later}"),
            config::FileFormat::Toml,
        ))
        .build()
        .and_then(config::Config::try_deserialize::<RegulationList>)
        .unwrap();
    let regulations = Regulations::new(list).unwrap();
    w.practice = Arc::new(Practice { regulations, ..Practice::clone(&w.practice) });
    w.restart().await;
    w.as_("NS-010").says("/phancong qc-009").await.reads(&["[Phân công]"]);
    w.as_("NS-010").taps("Phân công").await.reads(&["tiếp nhận"]);
    w.as_("NS-010").taps("Nguyễn Thị Thanh Mai").await.reads(&["nghị quyết"]);
    w.as_("NS-010").says("08-NQ/CB").await.reads(&["Kể từ"]);
    w.as_("NS-010").taps("Hôm nay").await.reads(&["[Xác nhận]"]);
    w.as_("NS-010").taps("Xác nhận").await.reads(&["Đã phân công đồng chí Nguyễn Thị Thanh Mai"]);
    w.as_("NS-011").reads(&["QC-009"]);
    let full = w.as_("NS-010").says("/phancong qc-009").await.reads(&["Nguyễn Thị Thanh Mai"]);
    assert!(!full.contains("[Phân công]"), "three are enough: {full}");
    w.as_("NS-010").says("/phancong qc-014").await.reads(&["[Phân công]"]);
    w.as_("NS-010").taps("Phân công").await.reads(&["tiếp nhận"]);
    w.as_("NS-010").taps("Nguyễn Thị Thanh Mai").await.reads(&["nghị quyết"]);
    w.as_("NS-010").says("08-NQ/CB").await.reads(&["Kể từ"]);
    w.as_("NS-010").says("hôm qua").await.reads(&["tối đa 2", "Lệ của các chi bộ"]);
    w.as_("NS-010").says("hôm nay").await.reads(&["[Xác nhận]"]);
    w.as_("NS-010").says("/huy").await.reads(&["Đã dừng"]);
    w.finish().await;
}

/// Labels and numbers of the sheet mean what they meant, after a text that was not understood and
/// after a task was given.
#[apply(both_engines)]
#[tokio::test]
async fn what_the_sheet_shows_stays_in_reach_of_words(engine: Engine) {
    let mut w = on_monday(engine).await;
    w.advance_to("2018-12-05 14:05").await;
    w.everyone_reads();
    w.join(TYPING, "NS-010").await;
    w.typing_as("NS-010").says("/hop").await.reads(&["1. Tất cả có mặt"]);
    w.typing_as("NS-010").says("ai đó").await.reads(&["chưa hiểu nội dung này"]);
    w.typing_as("NS-010").says("/khongco").await.reads(&["Không có lệnh này"]);
    w.restart().await;
    w.typing_as("NS-010").says("lưu điểm danh").await.reads(&["Phiếu họp", "1. "]);
    let unclear = w.typing_as("NS-010").says("gì thế").await.reads(&["chưa hiểu nội dung này"]);
    assert!(!unclear.contains("\n1. "), "its options are no numbers: {unclear}");
    w.typing_as("NS-010").says("nhiệm vụ").await.reads(&["Giao nhiệm vụ cho đồng chí nào"]);
    w.typing_as("NS-010").says("oanh").await.reads(&["việc gì"]);
    w.typing_as("NS-010").says("Hoàn thiện hồ sơ nguồn").await.reads(&["Hạn đến ngày nào"]);
    w.typing_as("NS-010").says("20/12").await.reads(&["hạn 20/12/2018", "\n1. "]);
    // The page of tasks is open; what else is asked for has plain numbers.
    w.typing_as("NS-010").says("/hop").await.reads(&["Phiếu họp", "\n1. "]);
    w.typing_as("NS-010").says("nhiệm vụ").await.reads(&["Giao nhiệm vụ cho đồng chí nào"]);
    w.typing_as("NS-010").says("/caidat").await.reads(&["\n1. "]);
    w.typing_as("NS-010").reads_nothing();

    // Where there are buttons their labels can be typed, too.
    w.as_("NS-011").says("/hop").await.reads(&["[Nhiệm vụ"]);
    w.as_("NS-011").says("xyz").await.reads(&["chưa hiểu nội dung này"]);
    w.as_("NS-011").says("nhiem vu").await.reads(&["Giao nhiệm vụ cho đồng chí nào"]);
    w.as_("NS-011").says("/huy").await.reads(&["Đã dừng"]);
    w.finish().await;
}
