//! People who are on no road are kept true by the committee's office: put down, corrected, moved, let go, taken
//! back, given an office; and branches are merged.

use chrono::{Days, NaiveDate};
use diudat::domain::figures::Figures;
use diudat::domain::ids::{PersonId, UnitId};
use diudat::domain::people::UnitKind;
use diudat::domain::personnel::{Change, Changed};
use diudat::domain::typed::Typed;
use diudat::operations::personnel::{self, Foreseen};
use diudat::operations::structure::{self, Founded};
use diudat::operations::{Doer, Door, Refused, Work};
use diudat::store::figures::figures;
use diudat::store::{people, road};
use rstest_reuse::apply;

use crate::support::{Engine, both_engines};
use crate::world::{TAPPING, World};

const OFFICE: &str = "NS-001";

impl World {
    /// A change of somebody that the administrator writes down.
    pub async fn changes(&mut self, code: &str, change: Change) -> Result<Foreseen, Refused> {
        let change = async |work: &mut Work<'_>| {
            let person = people::by_code(work.tx, code).await?.unwrap();
            personnel::carry_out(work, &Changed { person, change: change.clone() }).await
        };
        self.at_the_command_line(change).await
    }

    pub async fn is_renamed(&mut self, code: &str, name: &str) {
        let name = Typed::new(name);
        self.changes(code, Change::Rename { name }).await.unwrap();
        self.everyone_reads();
    }

    async fn units(&self, codes: [&str; 2]) -> (UnitId, UnitId) {
        let mut tx = self.db.read().await.unwrap();
        let units = diudat::domain::units::UnitTree::load(&mut tx).await.unwrap();
        let of = |code: &str| units.by_code(code).unwrap().id;
        (of(codes[0]), of(codes[1]))
    }

    /// Since 2015, as of a day.
    async fn figures(&self, unit: UnitId, as_of: NaiveDate) -> Figures {
        let mut tx = self.db.read().await.unwrap();
        let units = diudat::domain::units::UnitTree::load(&mut tx).await.unwrap();
        let (from, to) = ("2015-01-01".parse().unwrap(), as_of + Days::new(1));
        let figures = figures(&mut tx, &units, unit, from, to, as_of).await;
        figures.unwrap().unwrap()
    }

    fn this_day(&self) -> NaiveDate {
        self.practice.today(self.clock.now())
    }

    /// The months that somebody worked together with a candidate, in the candidate's branch.
    async fn together(&self, case: &str, code: &str, on: NaiveDate) -> u32 {
        let mut tx = self.db.read().await.unwrap();
        let case = road::by_code(&mut tx, case).await.unwrap().unwrap();
        let person: PersonId = people::by_code(&mut tx, code).await.unwrap().unwrap();
        road::fellows(&mut tx, &case, &[person], on).await.unwrap()[0].months
    }
}

async fn on_monday(engine: Engine) -> World {
    let mut w = World::peopled(engine, "2018-12-03 09:00").await;
    w.names_on(&[TAPPING]).await;
    w.everyone_reads();
    w
}

#[apply(both_engines)]
#[tokio::test]
async fn somebody_moves_with_all_that_follows(engine: Engine) {
    let mut w = on_monday(engine).await;
    // Whoever does not look after people is told so, and shown nothing.
    w.as_("NS-013").says("/nhansu NS-013").await.reads(&["do Văn phòng Đảng ủy"]);
    w.as_(OFFICE).says("nhan su").await.reads(&["gõ họ tên hoặc mã"]);
    w.as_(OFFICE).says("ĐỖ THỊ KIM OANH").await.reads(&["NS-013", "đảng viên chính thức"]);
    w.as_(OFFICE).taps("Chuyển chi bộ").await.reads(&["Ở đơn vị nào"]);
    w.as_(OFFICE).says("phong 3").await.reads(&["Từ ngày nào"]);
    w.as_(OFFICE).says("31/2").await.reads(&["Không có ngày 31/2"]);
    let shown = w.as_(OFFICE).taps("Hôm nay").await.reads(&["chuyển đến", "từ ngày 03/12/2018"]);
    assert!(shown.contains("Thôi giúp đỡ: QC-014"), "what follows is said: {shown}");
    w.restart().await;
    w.as_(OFFICE).taps("Xác nhận").await.reads(&["Đã ghi nhận"]);
    w.as_("NS-010").reads(&["Đỗ Thị Kim Oanh chuyển đến", "QC-014"]);
    w.everyone_reads();
    assert_eq!(w.audited("person.move").await.len(), 1);
    let tasks = w.as_("NS-013").says("/viec").await.reads(&[]);
    assert!(!tasks.contains("QC-014"), "{tasks}");
    // The same once more is nothing.
    w.as_(OFFICE).says("/nhansu ns-013").await.reads(&["từ ngày 03/12/2018"]);
    w.as_(OFFICE).taps("Chuyển chi bộ").await.reads(&["Ở đơn vị nào"]);
    w.as_(OFFICE).says("phong 3").await.reads(&["Từ ngày nào"]);
    w.as_(OFFICE).taps("Hôm nay").await.reads(&["không có gì thay đổi"]);
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn whoever_leaves_can_come_back_and_a_name_is_corrected(engine: Engine) {
    let mut w = on_monday(engine).await;
    w.as_(OFFICE).says("/nhansu NS-011").await.reads(&["[Thôi sinh hoạt]"]);
    w.as_(OFFICE).taps("Sửa họ tên").await.reads(&["Họ và tên"]);
    w.as_(OFFICE).says("Mai").await.reads(&["họ"]);
    w.as_(OFFICE).says("Nguyễn Thị Thanh Mây").await.reads(&["thành Nguyễn Thị Thanh Mây"]);
    w.as_(OFFICE).taps("Xác nhận").await.reads(&["Tên cũ vẫn tra cứu được"]);
    w.as_(OFFICE).says("/nhansu nguyễn thị thanh mây").await.reads(&["NS-011"]);

    w.as_(OFFICE).taps("Thôi sinh hoạt").await.reads(&["vì lý do nào"]);
    w.as_(OFFICE).says("tu tran").await.reads(&["Từ ngày nào"]);
    w.as_(OFFICE).says("20/12").await.reads(&["chưa tới"]);
    // The question stays open for another day.
    w.as_(OFFICE).says("hôm qua").await.reads(&["thôi sinh hoạt từ ngày 02/12/2018: từ trần"]);
    w.as_(OFFICE).says("/huy").await.reads(&[]);
    w.as_(OFFICE).says("/nhansu NS-011").await.reads(&["[Thôi sinh hoạt]"]);
    w.as_(OFFICE).taps("Thôi sinh hoạt").await.reads(&["vì lý do nào"]);
    w.as_(OFFICE).taps("chuyển đi đảng bộ khác").await.reads(&["Từ ngày nào"]);
    w.as_(OFFICE).taps("Hôm nay").await.reads(&["thôi sinh hoạt từ ngày 03/12/2018"]);
    w.as_(OFFICE).taps("Xác nhận").await.reads(&["Đã ghi nhận"]);
    w.everyone_reads();
    w.as_(OFFICE).says("/nhansu NS-011").await.reads(&["không sinh hoạt", "[Trở lại sinh hoạt]"]);
    w.as_(OFFICE).taps("Trở lại sinh hoạt").await.reads(&["Ở đơn vị nào"]);
    w.as_(OFFICE).says("phong 1").await.reads(&["Từ ngày nào"]);
    w.as_(OFFICE).taps("Hôm nay").await.reads(&["trở lại sinh hoạt"]);
    w.as_(OFFICE).taps("Xác nhận").await.reads(&["Đã ghi nhận"]);
    w.everyone_reads();
    // Whoever is on the road moves by its steps.
    let candidate = w.as_(OFFICE).says("/nhansu NS-015").await.reads(&["/hoso QC-014"]);
    assert!(!candidate.contains("[Chuyển chi bộ]"), "{candidate}");
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn somebody_new_is_put_down_and_takes_an_office(engine: Engine) {
    let mut w = on_monday(engine).await;
    w.as_(OFFICE).says("/nhansu").await.reads(&["[Thêm người]"]);
    w.as_(OFFICE).taps("Thêm người").await.reads(&["Họ và tên"]);
    w.as_(OFFICE).says("H'Mai Niê").await.reads(&["sinh"]);
    w.as_(OFFICE).says("20/11/1985").await.reads(&["Ở đơn vị nào"]);
    w.as_(OFFICE).says("phong 1").await.reads(&["Tư cách nào"]);
    w.as_(OFFICE).says("dang vien chinh thuc").await.reads(&["Từ ngày nào"]);
    w.as_(OFFICE).taps("Hôm nay").await.reads(&["H'Mai Niê, sinh ngày 20/11/1985", "[Xác nhận]"]);
    w.as_(OFFICE).taps("Xác nhận").await.reads(&["Đã thêm vào danh sách"]);
    w.as_(OFFICE).says("/nhansu h'mai nie").await.reads(&["H'Mai Niê", "[Giao chức vụ]"]);
    w.as_(OFFICE).taps("Giao chức vụ").await.reads(&["Chức vụ nào"]);
    w.as_(OFFICE).taps("Bí thư").await.reads(&["Ở đơn vị nào"]);
    w.as_(OFFICE).says("phong 1").await.reads(&["Từ ngày nào"]);
    let shown = w.as_(OFFICE).taps("Hôm nay").await.reads(&["giữ chức vụ Bí thư"]);
    assert!(shown.contains("thôi giữ chức vụ này"), "who holds it is named: {shown}");
    w.as_(OFFICE).taps("Xác nhận").await.reads(&["Đã ghi nhận"]);
    w.everyone_reads();
    w.as_("NS-010").says("/hop").await.reads(&[]);
    w.finish().await;
}

/// Two branches become one in the middle of a month, and the month goes on.
#[apply(both_engines)]
#[tokio::test]
async fn two_branches_are_merged_in_mid_month(engine: Engine) {
    let mut w = on_monday(engine).await;
    let (into, from) = w.units(["CB-01", "CB-03"]).await;
    let figures = w.as_(OFFICE).says("/thongke 2018").await.reads(&[]);
    let door: Door = w.door();
    let mut deed = door.deed(Doer::InName { code: OFFICE }).await.unwrap();
    let today = deed.work().today();
    let held = structure::merge(&mut deed.work(), (from, into), today).await.unwrap();
    deed.end().await.unwrap();
    assert!(held.people > 0 && !held.meetings.is_empty(), "{held:?}");
    w.settle().await;
    w.everyone_reads();
    let after = w.as_(OFFICE).says("/thongke 2018").await.reads(&[]);
    let total = |text: &str| text.split("\n\n").next().unwrap().to_owned();
    assert_eq!(total(&after), total(&figures).replace("5/6 chi bộ", "5/5 chi bộ"), "{after}");
    assert!(after.contains("Khiếu tố: 15/16") && !after.contains("Phòng 3"), "{after}");
    w.as_(OFFICE).says("/nhansu").await.reads(&[]);
    w.advance_to("2019-01-20 09:00").await;
    w.settle().await;
    assert_eq!(w.audited("unit.merge").await.len(), 1);
    let meetings = w
        .count(
            "SELECT COUNT(*) FROM meeting m JOIN unit u ON u.id = m.unit_id
            WHERE u.code = 'CB-03' AND m.state = 'planned'",
        )
        .await;
    assert_eq!(meetings, 0, "what has ended meets no more");
    w.everyone_reads();
    w.finish().await;
}

/// What was to happen in a branch happens in the one that it went into; months of working together go on.
#[apply(both_engines)]
#[tokio::test]
async fn what_was_planned_in_a_merged_branch_goes_on_in_the_other(engine: Engine) {
    let mut w = on_monday(engine).await;
    let (into, from) = w.units(["CB-01", "CB-03"]).await;
    let (today, later) = (w.this_day(), w.this_day() + Days::new(20));
    let before = w.together("QC-014", "NS-010", later).await;
    assert!(before > 0);
    let (coming, going) = ("NS-003", "NS-011");
    w.changes(going, Change::Move { to: into, since: later }).await.unwrap();
    let third = w.units(["CB-02", "CB-02"]).await.0;
    assert!(![into, from].contains(&third));
    w.changes(coming, Change::Move { to: from, since: later }).await.unwrap();
    w.everyone_reads();

    let ahead = async |work: &mut Work<'_>| structure::merge(work, (from, into), later).await;
    assert!(matches!(w.at_the_command_line(ahead).await, Err(Refused::Because(_))));
    let merge = async |work: &mut Work<'_>| structure::merge(work, (from, into), today).await;
    w.at_the_command_line(merge).await.unwrap();
    w.everyone_reads();
    let left =
        "SELECT COUNT(*) FROM placement l JOIN unit u ON u.id = l.unit_id WHERE u.code = 'CB-03'
        AND (l.to_on IS NULL OR (l.to_on > '2018-12-03' AND l.to_on > l.from_on))";
    assert_eq!(w.count(left).await, 0);
    for code in [coming, going] {
        w.as_(OFFICE).says(&format!("/nhansu {code}")).await.reads(&["Sinh hoạt ở"]);
    }
    w.advance_to("2018-12-24 09:00").await;
    w.everyone_reads();
    for code in [coming, going] {
        let shown = w.as_(OFFICE).says(&format!("/nhansu {code}")).await.reads(&[]);
        assert!(shown.contains("Sinh hoạt ở Chi bộ"), "{shown}");
    }
    let twice = "SELECT COUNT(*) FROM placement a JOIN placement b ON a.person_id = b.person_id
        AND a.id < b.id AND a.to_on IS NULL AND b.to_on IS NULL";
    assert_eq!(w.count(twice).await, 0, "nobody is in two places");
    assert_eq!(w.together("QC-014", "NS-010", later).await, before);
    let again = async |work: &mut Work<'_>| structure::merge(work, (from, into), today).await;
    assert!(matches!(w.at_the_command_line(again).await, Err(Refused::Because(_))));
    w.everyone_reads();
    w.finish().await;
}

/// Figures of a day follow the tree of that day: what a branch did belongs to whoever stood above it then.
#[apply(both_engines)]
#[tokio::test]
async fn a_branch_that_moves_below_another_committee_leaves_its_past_behind(engine: Engine) {
    let mut w = on_monday(engine).await;
    let (branch, top) = w.units(["CB-02", "DB"]).await;
    let today = w.this_day();
    let before = w.figures(top, today).await;
    let own = w.figures(branch, today).await;
    let above = async |work: &mut Work<'_>| {
        let what = Founded {
            code: None,
            name: Typed::new("Đảng bộ bộ phận Hai"),
            kind: UnitKind::Committee,
            parent: top,
            on: today,
        };
        let (above, _) = structure::found(work, &what).await?;
        Ok(above)
    };
    let above = w.at_the_command_line(above).await.unwrap();
    let hang = async |work: &mut Work<'_>| structure::hang(work, branch, above, today).await;
    w.at_the_command_line(hang).await.unwrap();
    let renamed = Typed::new("Chi bộ Phòng Tổng hợp");
    let rename = async |work: &mut Work<'_>| structure::rename(work, branch, &renamed, today).await;
    w.at_the_command_line(rename).await.unwrap();

    let after = w.figures(top, today).await;
    let kept = |figures: &Figures| {
        (figures.members, figures.staff, figures.admitted.clone(), figures.awareness_class)
    };
    assert_eq!(kept(&after), kept(&before), "of the whole nothing is another");
    let theirs = w.figures(above, today).await;
    assert_eq!((theirs.members, theirs.staff), (own.members, own.staff));
    assert_eq!((theirs.admitted_total, own.admitted_total > 0), (0, true), "that was before");
    assert_eq!(theirs.by_branch[0].name.as_str(), "Chi bộ Phòng Tổng hợp");
    let yesterday = w.figures(above, today - Days::new(1)).await;
    assert_eq!((yesterday.members, yesterday.branches), (0, 0));
    let yesterday = w.figures(top, today - Days::new(1)).await;
    let names: Vec<&str> = yesterday.by_branch.iter().map(|branch| branch.name.as_str()).collect();
    assert!(!names.contains(&"Chi bộ Phòng Tổng hợp") && names.len() == 6, "{names:?}");
    assert_eq!(yesterday.branches, before.branches);
    w.everyone_reads();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn who_comes_back_is_what_the_way_of_leaving_left_them(engine: Engine) {
    let mut w = on_monday(engine).await;
    for (how, is) in [("khai tru", "quần chúng"), ("từ trần", "đảng viên chính thức")]
    {
        let who = if is == "quần chúng" { "NS-011" } else { "NS-012" };
        w.as_(OFFICE).says(&format!("/nhansu {who}")).await.reads(&["đảng viên chính thức"]);
        w.as_(OFFICE).taps("Thôi sinh hoạt").await.reads(&["vì lý do nào"]);
        w.as_(OFFICE).says(how).await.reads(&["Từ ngày nào"]);
        w.as_(OFFICE).taps("Hôm nay").await.reads(&["thôi sinh hoạt"]);
        w.as_(OFFICE).taps("Xác nhận").await.reads(&["Đã ghi nhận"]);
        w.everyone_reads();
        w.as_(OFFICE).says(&format!("/nhansu {who}")).await.reads(&["không sinh hoạt"]);
        w.as_(OFFICE).taps("Trở lại sinh hoạt").await.reads(&["Ở đơn vị nào"]);
        w.as_(OFFICE).says("phong 1").await.reads(&["Từ ngày nào"]);
        w.as_(OFFICE).says("30/11").await.reads(&["không được trước ngày 03/12/2018"]);
        w.as_(OFFICE).says("hôm nay").await.reads(&["trở lại sinh hoạt"]);
        w.as_(OFFICE).taps("Xác nhận").await.reads(&["Đã ghi nhận"]);
        w.everyone_reads();
        w.as_(OFFICE).says(&format!("/nhansu {who}")).await.reads(&[&format!("Là {is} từ ngày")]);
    }
    w.finish().await;
}

/// Every name that somebody bore finds them, and shows nobody who must not see it.
#[apply(both_engines)]
#[tokio::test]
async fn names_of_before_are_found_and_hidden(engine: Engine) {
    let mut w = World::peopled(engine, "2018-12-03 09:00").await;
    w.everyone_reads();
    for name in ["Trần Quốc Khôi", "Trần Minh Đạt"] {
        w.is_renamed("NS-015", name).await;
    }
    for typed in [
        "vắng vì Trần Văn Bình ốm",
        "vắng vì TRAN QUOC KHOI ốm",
        "vắng vì trần minh đạt ốm",
        "vắng vì em Khôi ốm",
        "vắng vì anh Bình ốm",
    ] {
        for who in ["NS-014", "NS-049", "NS-010"] {
            let told = w.as_(who).says(typed).await.reads(&[]);
            for piece in ["Bình", "KHOI", "Khôi", "đạt", "Đạt"] {
                let echoes = told.split_whitespace().any(|word| word.trim_matches('.') == piece);
                let elsewhere = who == "NS-049" && typed.contains(" em ") || typed.contains("anh ");
                assert!(!echoes || elsewhere, "{who}, {typed}: {told}");
            }
            w.everyone_reads();
        }
    }
    w.names_on(&[TAPPING]).await;
    for typed in ["tran van binh", "Trần Quốc Khôi", "TRẦN MINH ĐẠT", "ns-015"] {
        w.as_(OFFICE).says("/nhansu").await.reads(&["gõ họ tên hoặc mã"]);
        w.as_(OFFICE).says(typed).await.reads(&["NS-015", "QC-014, T.M.Đ."]);
    }
    w.finish().await;
}
