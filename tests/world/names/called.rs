//! Given names alone: hidden after a title, whoever near bears them, and else their writer is told once;
//! and what people type, however their keyboards write it.

use diudat::disclosure::{self, Reading};
use diudat::domain::ids::PersonId;
use diudat::domain::language::Language;
use diudat::message::{Arg, Disclosure, Phrase};
use diudat::render::say;
use diudat::store::people;
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

/// What only looks like a given name is not advised of, and what begins a text is.
#[apply(both_engines)]
#[tokio::test]
async fn a_writer_is_told_of_names_and_not_of_ordinary_words(engine: Engine) {
    let mut w = World::peopled(engine, "2018-11-27 09:00").await;
    w.employs(["Lê Thị Vân", "Vũ Đức Tài"]).await;
    w.everyone_reads();
    w.praises("Phòng Tài chính và Nhà Văn hóa đều khen").await;
    w.as_(MENTOR).reads(&["Hạn chế"]);
    w.as_(MENTOR).reads_nothing();
    w.as_(MENTOR).says("Bình chậm").await.reads(&["Kiến nghị"]);
    w.as_(MENTOR).reads(&["Tên gọi riêng"]);
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn a_given_name_of_two_is_its_first_letter_and_its_writer_is_told(engine: Engine) {
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
    w.as_(MENTOR).says("không").await.reads(&["Kiến nghị"]);
    w.as_(MENTOR).taps("Tiếp tục theo dõi").await.reads(&["anh B. rất hăng hái"]);
    w.finish().await;
}

/// Given names are tried one by one: none that is left as it was, and none that is hidden otherwise than others,
/// tells who in the branch has a case.
#[apply(both_engines)]
#[tokio::test]
async fn a_given_name_tells_nobody_who_is_a_candidate(engine: Engine) {
    let mut w = World::peopled(engine, "2018-11-27 09:00").await;
    w.everyone_reads();
    w.has_a_group().await;
    let everybody = w.of_the_branch().await;
    let (cases, others): (Vec<_>, Vec<_>) =
        everybody.iter().partition(|(_, _, has_case)| *has_case);
    assert!(cases.len() >= 2 && others.len() >= 4, "{everybody:?}");
    let typed: Vec<String> =
        everybody.iter().map(|(_, given, _)| format!("bận đón anh {given} ốm")).collect();
    // Somebody of the branch who sees no case, and the group.
    let member = w.id_of("NS-014").await;
    for shown in w.shows(Some(member), &typed).await {
        assert!(shown.contains("anh ") && !shown.contains("QC-"), "{shown}");
        let named = everybody.iter().any(|(_, given, _)| shown.contains(&format!("anh {given}")));
        assert!(!named, "{shown}");
    }
    for shown in w.shows(None, &typed).await {
        assert!(shown.contains("không nêu trong nhóm"), "{shown}");
    }
    // Who may see a case reads its code, where one person alone may be meant.
    let secretary = w.id_of(SECRETARY).await;
    for ((_, given, has_case), shown) in
        everybody.iter().zip(w.shows(Some(secretary), &typed).await)
    {
        let alone = everybody.iter().filter(|(_, other, _)| other == given).count() == 1;
        assert_eq!(shown.contains("QC-"), *has_case && alone, "{given}: {shown}");
        assert!(!shown.contains(given.as_str()), "{shown}");
    }
    w.finish().await;
}

/// However a title and a given name are written, and whatever goes on behind them.
#[apply(both_engines)]
#[tokio::test]
async fn a_given_name_after_a_title_is_hidden_however_it_is_written(engine: Engine) {
    let w = World::peopled(engine, "2018-11-27 09:00").await;
    let secretary = w.id_of(SECRETARY).await;
    let hidden = [
        "anh bình tiến bộ",
        "anh binh tot",
        "anh bình là người tốt",
        "anh bình và chị Hoa",
        "ANH BÌNH",
        "ĐỒNG CHÍ BÌNH",
        "Anh Bình ốm",
        "đồng chí bình tốt",
        "em bình ngoan",
        "anh V. Bình",
        "anh (Bình)",
        "anh “Bình”",
        "đồng chí: Bình",
        "anh-Bình",
        "anh_Bình",
        "kèm anh Bình",
        "Bình Văn Trần",
        "TV Bình",
        "LyLichBinhVanTran.pdf",
        "đồng chí Bình Phòng 1",
        "anh Bình Phó phòng",
        "Anh Bình Bí thư Chi bộ",
        "anh Bình Chi đoàn",
        "anh Bình P1",
        "anh Bình Phạm Quang Hợp",
        "anh Bình1990",
        "anh Bình Đã nộp đơn",
        "a Bình ốm",
        "A Bình ốm",
        "gặp a. Bình",
        "c Bình nghỉ",
        "thầy Bình",
        "cụ Bình",
        "cháu bình",
        "cậu Bình",
        "bí thư Bình",
        "Đảng viên Bình",
        "trưởng phòng Bình",
        "comrade Binh",
        "Mr. Binh",
        "Mr Binh",
        "đ/cBình tốt",
        "anhBình tốt",
        "đchí Bình",
        "đông chí Bình",
        "Gửi A Bình",
        "quần chúng ưu tú Bình",
        "đảng viên dự bị Bình",
        "phó bí thư chi bộ Bình",
        "kiểm sát viên Bình",
        "chuyên viên Bình",
        "người tên là Bình",
        "các đồng chí Thuận, Bình",
        "hai anh Thuận và Bình",
        "đ/c Thuận/Bình",
        "CÁC ĐỒNG CHÍ THUẬN, BÌNH DỰ",
        "các đ/c thuận, bình",
        "các đồng chí thuận và bình",
        "anh Thuận hoặc Bình",
        "thư ký Bình",
        "kiểm tra viên Bình",
        "người giới thiệu: Bình",
        "Đồng chí Bình thường xuyên vắng",
    ];
    let typed: Vec<String> = hidden.iter().map(|text| (*text).to_owned()).collect();
    let shown = w.shows(Some(secretary), &typed).await;
    let left: Vec<_> = shown.iter().filter(|shown| !shown.contains("QC-014")).collect();
    assert!(left.is_empty(), "{left:?}");
    let ordinary = [
        "anh bình thường",
        "em bình tĩnh",
        "chị bình đẳng",
        "các anh hùng",
        "ANH HÙNG LAO ĐỘNG",
        "anh em",
        "bình xét cuối năm",
        "TV Bình Dương",
        "chú ý",
        "bà con",
        "anh Bình Dương",
        "a. Bình xét thi đua",
        "Tổ A Bình xét",
        "trưởng phòng bình xét",
    ];
    let typed: Vec<String> = ordinary.iter().map(|text| (*text).to_owned()).collect();
    assert_eq!(w.shows(Some(secretary), &typed).await, w.as_it_is(&typed).await);
    // Who may be another Bình is hidden as well, and nobody's code stands there.
    let another = ["anh Bình Minh".to_owned()];
    assert!(w.shows(Some(secretary), &another).await[0].contains("anh B. Minh"));
    w.finish().await;
}

/// What somebody is, and where, is no name though it has a capital behind a title.
#[apply(both_engines)]
#[tokio::test]
async fn offices_after_a_title_stay(engine: Engine) {
    let w = World::peopled(engine, "2018-11-27 09:00").await;
    let secretary = w.id_of(SECRETARY).await;
    let given = "Chi Trưởng Nguyên Cảnh Thông Bảo Hải Khoa Hợp An Nhân Vinh Quyết Lâm Phúc Hòa Ninh Chiến Ý Anh Sáng Mai Liên Sơn";
    let names: Vec<String> = given.split(' ').map(|given| format!("Đỗ Quốc {given}")).collect();
    w.employs(names.iter().map(String::as_str)).await;
    let typed = [
        "Bí thư Chi bộ Phòng 1 báo cáo",
        "Phó Bí thư Chi đoàn",
        "đồng chí Chi ủy viên",
        "Đảng viên Chi bộ",
        "Đồng chí Trưởng phòng",
        "Đ/c Trưởng đoàn thanh tra",
        "Đồng chí Trưởng Công an xã",
        "Đồng chí Nguyên Bí thư",
        "Đồng chí Chiến sĩ thi đua",
        "Đồng chí Cảnh sát khu vực",
        "Cán bộ Thông tin",
        "cán bộ Bảo vệ",
        "cán bộ Hải quan",
        "cán bộ Khoa học",
        "Nhân viên Hợp đồng",
        "Trưởng phòng An toàn",
        "Đồng chí Nhân viên văn thư",
        "Quần chúng Nhân dân",
        "Đồng chí Vinh dự",
        "Đồng chí Quyết tâm",
        "Các đồng chí Thông qua",
        "Bí thư Phúc Yên",
        "Bí thư Hòa Bình",
        "Đồng chí Ninh Bình",
        "cán bộ Lâm nghiệp",
        "Đồng chí Hợp lý hóa",
        "đồng chí Ý kiến",
        "đồng chí nguyên trưởng phòng",
        "cac dong chi hop luc 14h",
        "cac dong chi hop chi bo thang 12",
        "anh em hop mat cuoi nam",
        "Chi lam ke toan",
        "dong chi lam can bo",
        "đồng chí bảo chị em",
        "Anh chi em nop dang phi",
        "Kinh gui anh chi em trong chi bo",
        "Trực thay anh Khôi",
        "Thay anh chị em cơ quan cảm ơn",
        "Chi anh truong phong dang om",
        "Các đồng chí sáng thứ Hai nộp báo cáo",
        "các đồng chí sáng 29/11 có mặt",
        "Các đồng chí Trưởng, Phó phòng dự",
        "Đồng chí Trưởng các phòng nghiệp vụ",
        "Em mai xin nghỉ",
        "Đồng chí hợp thành một tổ",
        "Anh thông minh",
        "Dong chi nhan ho so",
        "Đồng Chí Thông Báo Kịp Thời",
        "Đồng chí Quyết Định số 12",
        "Bí thư Liên chi đoàn",
        "Anh em Sơn La",
        "các đồng chí hợp nhau",
    ];
    let typed: Vec<String> = typed.map(str::to_owned).into();
    assert_eq!(w.shows(Some(secretary), &typed).await, w.as_it_is(&typed).await);
    w.finish().await;
}

/// Words that begin with somebody's given name after a title are left, with their marks and without.
#[apply(both_engines)]
#[tokio::test]
async fn ordinary_words_after_a_title_stay(engine: Engine) {
    let w = World::peopled(engine, "2018-11-27 09:00").await;
    let secretary = w.id_of(SECRETARY).await;
    let given = [
        "Bảo", "Lâm", "Hoa", "Hương", "Hằng", "Tín", "Đạt", "Nhân", "Thi", "Vân", "Đăng", "Định",
        "Tuần", "Hải", "Thắng", "Năm",
    ];
    let names: Vec<String> = given.iter().map(|given| format!("Đỗ Quốc {given}")).collect();
    w.employs(names.iter().map(String::as_str)).await;
    let ordinary = [
        "anh bảo rằng",
        "ông lâm bệnh",
        "em hoa mắt",
        "anh hưởng lợi",
        "anh làm việc tốt",
        "chị hăng hái",
        "anh tin tưởng",
        "anh nhận nhiệm vụ",
        "em thì chưa",
        "em vẫn chưa",
        "anh đang đi",
        "em định hỏi",
        "anh tuần này",
        "em hai lần",
        "anh thẳng thắn",
        "em năm nay",
        "chị đạt được",
    ];
    let mut typed: Vec<String> = ordinary.map(str::to_owned).into();
    typed.extend(ordinary.map(diudat::domain::text::fold));
    assert_eq!(w.shows(Some(secretary), &typed).await, w.as_it_is(&typed).await);
    let named: Vec<String> =
        given.iter().map(|given| format!("anh {given} tốt").to_lowercase()).collect();
    let shown = w.shows(Some(secretary), &named).await;
    for (given, shown) in given.iter().zip(shown) {
        assert!(!shown.to_lowercase().contains(&given.to_lowercase()), "{shown}");
    }
    w.finish().await;
}

/// In a group not even a given name alone stands, with or without a title.
#[apply(both_engines)]
#[tokio::test]
async fn a_group_reads_no_given_name(engine: Engine) {
    let mut w = World::peopled(engine, "2018-11-27 09:00").await;
    w.everyone_reads();
    w.has_a_group().await;
    w.employs(["Lê Thị Vân", "Vũ Đức Tài", "Đỗ Mạnh Hùng", "Phạm Văn Hội", "Hồ Văn Công"]).await;
    let named = [
        "Nhà Bình",
        "Bình nghỉ ốm",
        "Nhà anh bình gần chợ",
        "Nhà ANH BÌNH",
        "đón Oanh ở ga",
        "nhà anh tài",
        "Phòng của Tài",
        "xe chị Vân",
    ];
    let typed: Vec<String> = named.map(str::to_owned).into();
    for (typed, shown) in typed.iter().zip(w.shows(None, &typed).await) {
        assert!(shown.contains("không nêu trong nhóm"), "{typed}: {shown}");
    }
    let ordinary = [
        "Thôn Bình An",
        "Hội trường tầng 2",
        "Nhà Văn hóa",
        "Phòng Tài chính",
        "Tài liệu gửi sau",
        "các anh hùng liệt sĩ",
        "gửi công văn hỗ trợ",
        "Kính gửi các đồng chí:\nCông việc tháng này",
    ];
    let typed: Vec<String> = ordinary.map(str::to_owned).into();
    for (typed, shown) in typed.iter().zip(w.shows(None, &typed).await) {
        assert!(!shown.contains("không nêu"), "{typed}: {shown}");
    }
    w.finish().await;
}

/// A given name that waits in a draft until it is confirmed is advised of as it is typed.
#[apply(both_engines)]
#[tokio::test]
async fn a_writer_is_told_of_a_name_in_a_draft(engine: Engine) {
    let mut w = World::peopled(engine, "2018-11-27 09:00").await;
    w.everyone_reads();
    w.as_(SECRETARY).says("/lichhop").await.reads(&[]);
    w.as_(SECRETARY).taps("Đổi, hủy một kỳ").await.reads(&[]);
    w.as_(SECRETARY).taps("Đổi kỳ 05/12/2018").await.reads(&[]);
    let mut told = Vec::new();
    for said in ["07/12", "14:00", "Nhà Bình"] {
        w.as_(SECRETARY).says(said).await;
        told.extend(w.sent_to(SECRETARY).iter().map(|seen| format!("{seen:?}")));
        w.everyone_reads();
    }
    assert!(told.iter().any(|seen| seen.contains("Tên gọi riêng")), "{told:?}");
    w.as_(SECRETARY).says("/huy").await;
    w.everyone_reads();
    w.finish().await;
}

/// Whoever introduces people of a branch sees none of its cases, nor their codes in what they type.
#[apply(both_engines)]
#[tokio::test]
async fn a_union_officer_reads_initials(engine: Engine) {
    let mut w = World::peopled(engine, "2018-11-27 09:00").await;
    w.everyone_reads();
    let typed = "vắng vì gặp Trần Văn Bình, Vũ Tiến Lâm, Lê Đức Thuận";
    w.as_("NS-021").says("/hoso qc-014").await.reads(&[]);
    w.everyone_reads();
    w.as_("NS-021").says(typed).await.reads(&["T.V.B., V.T.L., L.Đ.T."]);
    w.finish().await;
}

/// Of two candidates of one name each is shown with the code and, where names are, the year of birth.
#[apply(both_engines)]
#[tokio::test]
async fn namesakes_are_told_apart_where_names_show(engine: Engine) {
    let w = World::peopled(engine, "2018-11-27 09:00").await;
    w.damage("UPDATE person SET name = 'Trần Văn Bình' WHERE code = 'NS-014'").await;
    let (one, other) = (w.id_of("NS-014").await, w.id_of("NS-015").await);
    let phrase = Phrase::new("start-known").with("name", Arg::List(vec![one.into(), other.into()]));
    let secretary = w.id_of(SECRETARY).await;
    let said = async |disclosure| {
        let reading =
            Reading { reader: Some(secretary), group: None, disclosure, phrases: vec![&phrase] };
        let today = w.practice.today(w.clock.now());
        let mut tx = w.db.read().await.unwrap();
        let reader = disclosure::reader(&mut tx, reading, today).await.unwrap();
        say(&phrase, Language::Vi, disclosure, &reader)
    };
    let named = said(Disclosure::Names).await;
    assert_eq!(named.matches("sinh năm").count(), 2, "{named}");
    assert!(named.contains("QC-014, sinh năm") && named.contains("QC-009, sinh năm"), "{named}");
    let coded = said(Disclosure::Codes).await;
    assert!(!coded.contains("sinh năm") && coded.contains("QC-014"), "{coded}");
    w.finish().await;
}

/// A candidate's given name without a title is advised of, and so is a member's: the advice tells nobody who is
/// a candidate.
#[apply(both_engines)]
#[tokio::test]
async fn a_writer_is_told_of_members_too(engine: Engine) {
    let mut w = World::peopled(engine, "2018-11-27 09:00").await;
    w.everyone_reads();
    let everybody = w.of_the_branch().await;
    let (_, member, _) = everybody.iter().find(|(_, _, has_case)| !has_case).expect("a member");
    w.praises(&format!("hôm qua {member} rất hăng hái")).await;
    w.as_(MENTOR).reads(&["Hạn chế"]);
    w.as_(MENTOR).reads(&["Tên gọi riêng"]);
    w.finish().await;
}

impl World {
    /// Who is placed in the secretary's branch or has a case there: given name, and whether they have a case.
    async fn of_the_branch(&self) -> Vec<(PersonId, String, bool)> {
        let today = self.practice.today(self.clock.now());
        let secretary = self.id_of(SECRETARY).await;
        let mut tx = self.db.read().await.unwrap();
        let unit = people::get(&mut tx, secretary, today).await.unwrap().unwrap().unit.unwrap();
        let everybody = people::all(&mut tx, today).await.unwrap();
        let placed = everybody.iter().filter(|person| person.unit == Some(unit));
        let ids: Vec<PersonId> = placed.map(|person| person.id).collect();
        let faces = diudat::store::faces::of(&mut tx, &ids, today).await.unwrap();
        let given = |face: &diudat::store::faces::Face| {
            face.name.in_full().split(' ').next_back().unwrap_or_default().to_owned()
        };
        faces
            .iter()
            .map(|face| (face.id, given(face), face.case_code.is_some() && !face.official))
            .collect()
    }
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

/// Whoever gets a notice is near to one branch, and it was written for several.
#[apply(both_engines)]
#[tokio::test]
async fn a_notice_hides_given_names_of_all_its_branches(engine: Engine) {
    const OFFICE: &str = "NS-027";
    let mut w = World::peopled(engine, "2018-11-26 09:00").await;
    w.as_(OFFICE).says("/thongbao Mời anh Bình dự hội nghị").await.reads(&["Đã chọn 0/6"]);
    w.as_(OFFICE).taps("Chi bộ Phòng Tổ chức").await.reads(&["Đã chọn 1/6"]);
    let preview = w.as_(OFFICE).taps("Tiếp tục").await.reads(&["Gửi đến"]);
    assert!(!preview.contains("Bình"), "{preview}");
    w.as_(OFFICE).taps("Gửi thông báo").await.reads(&["Đã gửi thông báo"]);
    let letter = w.as_("NS-009").reads(&["Mời anh T.V.B."]);
    assert!(!letter.contains("Bình"), "{letter}");
    let read = w.as_("NS-009").taps("Đã đọc").await.reads(&["Mời anh T.V.B."]);
    assert!(!read.contains("Bình"), "{read}");
    w.everyone_reads();
    w.finish().await;
}
