//! A candidate's road: recorded step by step, guarded by the rules, and told to whom it concerns.

use diudat::domain::ids::PersonId;
use diudat::domain::text::fold;
use rstest_reuse::apply;

use crate::support::{Engine, both_engines};
use crate::world::{Seen, TYPING, World, local};

/// Who [`World::has_somebody_new`] is.
pub const SOMEBODY_NEW: PersonId = PersonId(61);
/// The union's contact of the whole organisation.
const UNION: &str = "NS-021";
const SECRETARY: &str = "NS-010";
const DEPUTY: &str = "NS-011";
const OFFICE: &str = "NS-027";

/// Papers that the branch needs before it votes on a candidate of the Đoàn's age.
pub const FOR_THE_VOTE: [&str; 8] = [
    "Đơn xin vào Đảng",
    "Lý lịch của người xin vào Đảng",
    "Kết quả thẩm tra",
    "Giấy giới thiệu của đảng viên",
    "Nghị quyết giới thiệu của Đoàn",
    "Ý kiến đoàn thể",
    "Xác nhận trình độ",
    "Giấy chứng nhận lớp nhận thức",
];
pub const FOR_THE_RECOGNITION: [&str; 4] = [
    "Giấy chứng nhận lớp đảng viên mới",
    "Bản tự kiểm điểm",
    "Nhận xét của đảng viên giúp đỡ",
    "Ý kiến đoàn thể",
];

impl World {
    /// A non-member of Phòng 1 whom nobody has introduced yet.
    pub async fn has_somebody_new(&self) {
        self.damage(
            "INSERT INTO person (id, code, name, name_key, born_on) VALUES
            (61, 'NS-061', 'Lê Thị Hồng Nhung', 'le thi hong nhung', '1994-04-01')",
        )
        .await;
        self.damage(
            "INSERT INTO placement (id, person_id, unit_id, from_on)
            SELECT 61, 61, id, '2017-03-01' FROM unit WHERE code = 'CB-02'",
        )
        .await;
        self.damage(
            "INSERT INTO standing (id, person_id, status, from_on)
            VALUES (61, 61, 'non_member', '2017-03-01')",
        )
        .await;
    }

    async fn page(&mut self, who: &str, pieces: &[&str]) -> String {
        self.page_of("qc-014", who, pieces).await
    }

    async fn page_of(&mut self, code: &str, who: &str, pieces: &[&str]) -> String {
        self.as_(who).says(&format!("/hoso {code}")).await.reads(pieces)
    }

    pub async fn has_papers(&mut self, papers: &[&str]) {
        self.papers_of("qc-014", papers).await;
    }

    /// Notes papers as kept by the branch.
    pub async fn papers_of(&mut self, code: &str, papers: &[&str]) {
        self.page_of(code, SECRETARY, &["[Giấy tờ]"]).await;
        self.as_(SECRETARY).taps("Giấy tờ").await.reads(&["Giấy tờ"]);
        for paper in papers {
            let shown = self.sent_to(SECRETARY).last().map(|seen| seen.whole()).unwrap_or_default();
            if shown.contains(&format!("✓ {paper}")) {
                continue;
            }
            self.as_(SECRETARY).taps(&format!("○ {paper}")).await.reads(&["chưa có"]);
            self.as_(SECRETARY).taps("Có, lưu tại chi bộ").await.reads(&["Đã ghi", "✓"]);
        }
    }

    async fn begins(&mut self, who: &str, step: &str, day: &str) -> String {
        self.begins_of("qc-014", who, step, day).await
    }

    /// Begins a step from the page, and says its day.
    async fn begins_of(&mut self, code: &str, who: &str, step: &str, day: &str) -> String {
        self.page_of(code, who, &[step]).await;
        self.as_(who).taps(step).await.reads(&[step, "Ngày thực hiện?"]);
        self.as_(who).says(day).await.reads(&[])
    }

    /// Confirms what is shown.
    async fn records(&mut self, who: &str, pieces: &[&str]) {
        self.as_(who).taps("Ghi nhận").await.reads(pieces);
    }

    pub async fn makes_the_dossier(&mut self) {
        self.begins(SECRETARY, "Lập hồ sơ", "10/12/2018").await;
        self.as_(SECRETARY).says("Phạm Quang Hợp").await.reads(&["Đã chọn: Phạm Quang Hợp"]);
        self.as_(SECRETARY).taps("Xong").await.reads(&["Xem lại", "người giới thiệu"]);
        self.records(SECRETARY, &["Đã ghi nhận: Lập hồ sơ", "đang lập hồ sơ"]).await;
    }

    pub async fn is_voted_on(&mut self) {
        self.makes_the_dossier().await;
        self.has_papers(&FOR_THE_VOTE).await;
        self.begins(SECRETARY, "Chi bộ xét kết nạp", "hôm nay").await;
        self.as_(SECRETARY).says("06-NQ/CB").await.reads(&["Bao nhiêu đồng chí", "3 trên 4"]);
        self.as_(SECRETARY).says("4").await.reads(&["Xem lại", "4 tán thành trên tổng số 4"]);
        self.records(SECRETARY, &["Đã ghi nhận: Chi bộ xét kết nạp"]).await;
        self.as_(OFFICE).reads(&["Chi bộ xét kết nạp", "Bước tiếp theo: Đảng ủy quyết định"]);
    }
}

async fn at(engine: Engine, time: &str) -> World {
    let w = World::peopled(engine, time).await;
    w.everyone_reads();
    w
}

#[apply(both_engines)]
#[tokio::test]
async fn a_candidate_becomes_an_official_member(engine: Engine) {
    let mut w = at(engine, "2018-12-10 09:00").await;
    let page = w.page(SECRETARY, &["Hồ sơ QC-014, T.V.B. – Chi bộ Phòng 1"]).await;
    for piece in [
        "Giai đoạn: được cử học lớp bồi dưỡng nhận thức về Đảng",
        "05/03/2018: Phân công theo dõi, giúp đỡ (văn bản số 05-NQ/CB, lưu tại chi bộ",
        "19/10/2023 (còn",
        "đồng chí Phạm Quang Hợp, kiến nghị: Lập hồ sơ",
        "Lập hồ sơ: đủ điều kiện, do bí thư, phó bí thư chi bộ ghi nhận",
        "Chưa có: Đơn xin vào Đảng (Mẫu 1)",
    ] {
        assert!(page.contains(piece), "{page}\nlacks {piece}");
    }
    w.makes_the_dossier().await;
    let page = w.page(SECRETARY, &["Chi bộ xét kết nạp", "chưa đủ điều kiện"]).await;
    assert!(page.contains("chưa có giấy tờ: Đơn xin vào Đảng"), "{page}");
    assert!(page.contains("căn cứ: HD 12-HD/BTCTW (18/01/2022)"), "{page}");
    assert!(!page.contains("[Chi bộ xét kết nạp]"), "{page}");
    w.has_papers(&FOR_THE_VOTE).await;

    // Too few, more than there are, and enough.
    w.begins(SECRETARY, "Chi bộ xét kết nạp", "hôm nay").await;
    w.as_(SECRETARY).says("không có số").await.reads(&["chưa hiểu"]);
    w.as_(SECRETARY).reads(&["Số, ký hiệu văn bản"]);
    w.as_(SECRETARY).says("06-NQ/CB").await.reads(&["4 đảng viên chính thức", "ít nhất 3 trên 4"]);
    let few = w.as_(SECRETARY).says("2").await.reads(&["2 tán thành trên tổng số 4"]);
    assert!(few.contains("cần ít nhất 3 (2/3 của 4)"), "{few}");
    assert!(few.contains("chi bộ (biểu quyết lại)") && few.contains("Bao nhiêu"), "{few}");
    w.as_(SECRETARY).says("5").await.reads(&["không quá tổng số", "Bao nhiêu"]);
    w.restart().await;
    w.as_(SECRETARY).says("4/5").await.reads(&["chi bộ có 4 đảng viên chính thức"]);
    w.as_(SECRETARY).says("2, miễn 1").await.reads(&["2 tán thành trên 3 được tính"]);
    w.as_(SECRETARY).taps("Sửa").await.reads(&["sửa từ câu nào", "[Ngày]"]);
    w.as_(SECRETARY).taps("Kết quả biểu quyết").await.reads(&["Bao nhiêu"]);
    w.as_(SECRETARY).says("4 tán thành").await.reads(&["4 tán thành trên tổng số 4"]);
    w.records(SECRETARY, &["chi bộ đã xét, trình Đảng ủy"]).await;
    w.as_(OFFICE).reads(&["Chi bộ Phòng 1", "QC-014, T.V.B.", "Đảng ủy quyết định kết nạp"]);

    // The committee decides once the branch's resolution has come.
    w.advance_to("2019-01-10 09:00").await;
    w.everyone_reads();
    w.page(OFFICE, &["chưa có giấy tờ: Nghị quyết của chi bộ (Mẫu 6)"]).await;
    w.has_papers(&["Nghị quyết của chi bộ"]).await;
    w.as_(OFFICE).says("/nguon").await.reads(&["Chi bộ Phòng 1: 2 hồ sơ"]);
    w.as_(OFFICE).says("/nguon phong 1").await.reads(&["QC-009"]);
    w.as_(OFFICE).says("/nguon phong 99").await.reads(&["Không có chi bộ nào tên “phong 99”"]);
    w.as_(OFFICE).taps("Chi bộ Phòng 1").await.reads(&["QC-014, T.V.B.: đủ điều kiện"]);
    w.as_(OFFICE).taps("QC-014").await.reads(&["[Đảng ủy quyết định kết nạp]"]);
    w.begins(OFFICE, "Đảng ủy quyết định kết nạp", "9/1").await;
    w.as_(OFFICE).says("03-QĐ/ĐU").await.reads(&["Kết quả biểu quyết của Đảng ủy?"]);
    w.as_(OFFICE).says("7").await.reads(&["chưa hiểu"]);
    w.as_(OFFICE).reads(&["Kết quả biểu quyết của Đảng ủy?"]);
    w.as_(OFFICE).says("7/7").await.reads(&["Ngày nhận được quyết định?"]);
    w.as_(OFFICE).says("14/1").await.reads(&["đến hôm nay", "Ngày nhận"]);
    w.as_(OFFICE).says("10/1").await.reads(&["Xem lại", "nhận ngày 10/01/2019"]);
    w.records(OFFICE, &["Đảng ủy đã quyết định kết nạp"]).await;
    w.as_(SECRETARY).reads(&["Đảng ủy quyết định kết nạp", "Bước tiếp theo: Lễ kết nạp"]);
    w.page(SECRETARY, &["28/02/2019 (còn 49 ngày): hạn tổ chức lễ kết nạp"]).await;

    // Later than thirty working days only the superior committee can mend.
    w.advance_to("2019-03-05 09:00").await;
    w.everyone_reads();
    w.page(SECRETARY, &["28/02/2019 (quá 5 ngày)"]).await;
    let late = w.begins(SECRETARY, "Lễ kết nạp", "5/3").await;
    assert!(late.contains("quá hạn") && late.contains("văn bản đó"), "{late}");
    w.as_(SECRETARY).says("/huy").await.reads(&["Đã dừng"]);
    let held = w.begins(SECRETARY, "Lễ kết nạp", "26/2").await;
    assert!(held.contains("Được tính là đảng viên dự bị từ ngày 26/02/2019"), "{held}");
    w.records(SECRETARY, &["Giai đoạn hiện nay: đảng viên dự bị"]).await;
    w.as_(OFFICE).reads(&["Lễ kết nạp", "Học lớp bồi dưỡng đảng viên mới"]);
    w.as_(SECRETARY).says("/thongke 2019").await.reads(&["6/6", "100,0%"]);

    w.down_until("2019-06-10 09:00").await;
    w.everyone_reads();
    w.begins(OFFICE, "Học lớp bồi dưỡng đảng viên mới", "3/6").await;
    w.as_(OFFICE).says("20-CV/ĐU").await.reads(&["Xem lại"]);
    w.records(OFFICE, &["Đã ghi nhận: Học lớp bồi dưỡng đảng viên mới"]).await;
    w.as_(SECRETARY).reads(&["Học lớp bồi dưỡng đảng viên mới"]);
    w.page(SECRETARY, &["thời gian dự bị đến hết ngày 26/02/2020", "phải chờ đến ngày"]).await;

    w.down_until("2020-03-02 09:00").await;
    w.everyone_reads();
    w.has_papers(&FOR_THE_RECOGNITION).await;
    w.begins(SECRETARY, "Chi bộ xét công nhận chính thức", "2/3").await;
    w.as_(SECRETARY).says("02-NQ/CB").await.reads(&["Bao nhiêu"]);
    w.as_(SECRETARY).says("4").await.reads(&["Xem lại"]);
    w.records(SECRETARY, &["chi bộ đã xét công nhận chính thức"]).await;
    w.as_(OFFICE).reads(&["Bước tiếp theo: Công nhận đảng viên chính thức"]);
    w.begins(OFFICE, "Công nhận đảng viên chính thức", "hôm nay").await;
    w.as_(OFFICE).says("11-NQ/ĐU").await.reads(&["Kết quả biểu quyết"]);
    let last = w.as_(OFFICE).says("7/7").await.reads(&["Xem lại"]);
    assert!(last.contains("đảng viên chính thức từ ngày 26/02/2020"), "{last}");
    w.records(OFFICE, &["Giai đoạn hiện nay: đảng viên chính thức"]).await;
    w.as_(SECRETARY).reads(&["Công nhận đảng viên chính thức"]);

    let pool = w.as_(SECRETARY).says("/nguon").await.reads(&["QC-009"]);
    assert!(!pool.contains("QC-014"), "{pool}");
    w.as_(SECRETARY).says("/hoso").await.reads(&["Đã kết thúc hoặc dừng: QC-014"]);
    w.as_("NS-013").says("/baocao").await.reads(&["chưa được phân công"]);
    w.finish().await;
}

impl World {
    async fn walks(&mut self, who: &str, step: &str, answers: &[&str]) {
        self.walks_of("qc-023", who, step, answers).await;
    }

    /// Takes a step that asks for its day and then for these answers, on the current day.
    pub async fn walks_of(&mut self, code: &str, who: &str, step: &str, answers: &[&str]) {
        // What time has brought.
        self.everyone_reads();
        let mut shown = self.begins_of(code, who, step, "hôm nay").await;
        for answer in answers {
            shown = self.as_(who).says(answer).await.reads(&[]);
        }
        assert!(shown.contains("Xem lại trước khi ghi"), "{step}: {shown}");
        self.records(who, &[&format!("Đã ghi nhận: {step}")]).await;
        self.everyone_reads();
    }
}

/// Twenty months, from the union's word to the official member. Nobody's name is said on the way.
#[apply(both_engines)]
#[tokio::test]
async fn somebody_new_walks_the_whole_road(engine: Engine) {
    let mut w = at(engine, "2018-12-10 09:00").await;
    w.as_(UNION).says("/gioithieu").await.reads(&["đều đã có hồ sơ"]);
    w.has_somebody_new().await;
    w.as_("NS-003").says("/gioithieu").await.reads(&["Chỉ đầu mối đoàn thể"]);
    w.as_(UNION).says("gioi thieu").await.reads(&["Đồng chí giới thiệu ai?", "[NS-061, L.T.H.N.]"]);
    w.as_(UNION).says("Nguyễn Văn Nào").await.reads(&["Không có quần chúng nào"]);
    w.as_(UNION).says("hồng nhung").await.reads(&["NS-061, L.T.H.N.", "Ngày giới thiệu?"]);
    w.as_(UNION).says("11/12/2018").await.reads(&["ngày này chưa đến"]);
    w.restart().await;
    w.as_(UNION).says("7/12").await.reads(&["Xem lại", "Chi bộ Phòng 1", "Ngày 07/12/2018"]);
    w.as_(UNION).taps("Ghi nhận").await.reads(&["Đã ghi nhận giới thiệu QC-023, L.T.H.N."]);
    w.as_(SECRETARY).reads(&["giới thiệu quần chúng ưu tú QC-023, L.T.H.N.", "[Xem hồ sơ]"]);
    w.as_(SECRETARY).taps("Xem hồ sơ").await.reads(&["[Phân công theo dõi, giúp đỡ]"]);

    let menus = w.menus().len();
    w.walks(SECRETARY, "Phân công theo dõi, giúp đỡ", &["20-NQ/CB", "NS-012, NS-013"]).await;
    assert!(w.menus().len() > menus, "a mentor may do more");
    w.as_("NS-012").says("/baocao").await.reads(&["QC-023"]);
    w.down_until("2019-02-11 09:00").await;
    w.walks(SECRETARY, "Đưa vào nguồn", &["02-NQ/CB"]).await;
    w.down_until("2019-03-11 09:00").await;
    w.walks(OFFICE, "Duyệt danh sách nguồn", &["03-TB/ĐU"]).await;
    w.walks(OFFICE, "Học lớp bồi dưỡng nhận thức về Đảng", &["12/2019"]).await;
    w.walks(SECRETARY, "Lập hồ sơ", &["NS-012"]).await;
    w.papers_of("qc-023", &FOR_THE_VOTE).await;
    w.down_until("2019-05-06 09:00").await;
    w.walks(SECRETARY, "Chi bộ xét kết nạp", &["05-NQ/CB", "3, miễn 1"]).await;
    w.papers_of("qc-023", &["Nghị quyết của chi bộ"]).await;
    w.down_until("2019-06-10 09:00").await;
    w.walks(OFFICE, "Đảng ủy quyết định kết nạp", &["31-QĐ/ĐU", "7/7", "hôm nay"]).await;
    w.down_until("2019-07-08 09:00").await;
    w.walks(SECRETARY, "Lễ kết nạp", &[]).await;
    w.down_until("2019-11-11 09:00").await;
    w.walks(OFFICE, "Học lớp bồi dưỡng đảng viên mới", &["40-CV/ĐU"]).await;
    w.papers_of("qc-023", &FOR_THE_RECOGNITION).await;
    w.down_until("2020-07-10 09:00").await;
    w.walks(SECRETARY, "Chi bộ xét công nhận chính thức", &["07-NQ/CB", "4/4"]).await;
    w.down_until("2020-08-10 09:00").await;
    w.walks(OFFICE, "Công nhận đảng viên chính thức", &["44-NQ/ĐU", "6/7"]).await;

    let page = w.page_of("qc-023", OFFICE, &["Giai đoạn: đảng viên chính thức"]).await;
    let steps = page.lines().filter_map(|line| line.strip_prefix("• "));
    let steps = steps.filter(|line| line.starts_with(|c: char| c.is_ascii_digit()));
    assert_eq!(steps.count(), 12, "{page}");
    assert!(page.contains("10/08/2020: Công nhận đảng viên chính thức"), "{page}");
    w.everyone_reads();
    // An official member is named; nobody was before.
    let recognised = w.practice.instant(local("2020-08-10 09:00"));
    let named = |seen: &Seen| fold(&seen.whole()).contains("le thi hong nhung");
    let (before, after): (Vec<Seen>, Vec<Seen>) =
        w.all_sent().into_iter().partition(|seen| seen.at < recognised);
    assert!(after.iter().any(named));
    for seen in before {
        assert!(!named(&seen), "{}", seen.whole());
    }
    w.finish().await;
}

/// Of whatever people somebody is, their name is taken as it is written, with its capitals.
#[apply(both_engines)]
#[tokio::test]
async fn names_of_any_people_are_names(engine: Engine) {
    for (typed, name) in [
        ("h’hen niê", "H'Hen Niê"),
        ("k'dung", "K'Dung"),
        ("NGUYỄN THỊ BÍCH-NGỌC", "Nguyễn Thị Bích-Ngọc"),
        ("ý", "Ý"),
    ] {
        let mut w = at(engine, "2018-12-10 09:00").await;
        w.names_on(&[crate::world::TAPPING]).await;
        w.as_(SECRETARY).says("/gioithieu").await.reads(&[]);
        w.as_(SECRETARY).taps("Người chưa có").await.reads(&["Họ và tên đầy đủ"]);
        w.as_(SECRETARY).says(typed).await.reads(&["Ngày sinh?"]);
        w.as_(SECRETARY).says("1/4/1994").await.reads(&["Công tác ở đó từ khi nào?"]);
        w.as_(SECRETARY).says("9/2016").await.reads(&[&format!("{name}, sinh ngày")]);
        w.as_(SECRETARY).says("hôm nay").await.reads(&["Xem lại", name]);
        w.everyone_reads();
        w.finish().await;
    }
}

/// Somebody who is on no list is put on it, unless they are there already.
#[apply(both_engines)]
#[tokio::test]
async fn somebody_who_is_on_no_list_is_introduced(engine: Engine) {
    let mut w = at(engine, "2018-12-10 09:00").await;
    // Names and birth dates are not typed into a messenger of others.
    w.as_(SECRETARY).says("/gioithieu").await.reads(&["[Người chưa có trong danh sách]"]);
    w.as_(SECRETARY).taps("Người chưa có").await.reads(&["Ở kênh này tôi không nhận họ tên"]);
    w.as_(SECRETARY).says("/huy").await.reads(&[]);
    w.names_on(&[crate::world::TAPPING]).await;

    w.as_(SECRETARY).says("/gioithieu").await.reads(&[]);
    w.as_(SECRETARY).taps("Người chưa có").await.reads(&["Họ và tên đầy đủ"]);
    w.as_(SECRETARY).says("Nhung").await.reads(&["Chưa đọc được họ tên"]);
    w.as_(SECRETARY).says("LÊ THỊ hồng nhung").await.reads(&["Ngày sinh?"]);
    w.as_(SECRETARY).says("31/2/1994").await.reads(&["Không có ngày 31/2/1994"]);
    w.as_(SECRETARY).says("lâu rồi").await.reads(&["Chưa đọc được ngày sinh"]);
    w.as_(SECRETARY).says("1/4/2010").await.reads(&["01/04/2010 không hợp lý"]);
    w.restart().await;
    w.as_(SECRETARY).says("1/4/1994").await.reads(&["Công tác ở đó từ khi nào?"]);
    w.as_(SECRETARY).says("lâu rồi").await.reads(&["Chưa đọc được ngày"]);
    w.as_(SECRETARY).says("1/2020").await.reads(&["01/01/2020 không hợp lý"]);
    w.as_(SECRETARY).says("9/2016").await.reads(&["Lê Thị Hồng Nhung, sinh ngày 01/04/1994"]);
    w.as_(SECRETARY).says("hôm nay").await.reads(&["Xem lại", "công tác từ ngày 01/09/2016"]);
    w.as_(SECRETARY).taps("Ghi nhận").await.reads(&["Đã ghi nhận giới thiệu QC-023"]);
    assert_eq!(w.audited("person.add").await.len(), 1);
    w.as_(OFFICE).says("/thongke").await.reads(&["50/61"]);

    // Twice nobody comes onto the list; a namesake is pointed out.
    for (born, answer) in [("1/4/1994", "đã có trong danh sách"), ("2/5/1990", "Công tác ở đó")]
    {
        w.as_(SECRETARY).says("/gioithieu").await.reads(&[]);
        w.as_(SECRETARY).taps("Người chưa có").await.reads(&[]);
        w.as_(SECRETARY).says("lê thị hồng nhung").await.reads(&[]);
        w.as_(SECRETARY).says(born).await.reads(&[answer]);
    }
    w.as_(SECRETARY).says("9/2017").await.reads(&["Ngày giới thiệu?"]);
    w.as_(SECRETARY).says("hôm nay").await.reads(&["Lưu ý trùng họ tên: NS-061, sinh năm 1994"]);
    w.as_(SECRETARY).says("/huy").await.reads(&[]);
    w.as_(OFFICE).says("/thongke").await.reads(&["50/61"]);
    w.everyone_reads();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn a_step_is_recorded_without_buttons(engine: Engine) {
    let mut w = at(engine, "2018-12-10 09:00").await;
    w.join(TYPING, SECRETARY).await;
    let page = w.typing_as(SECRETARY).says("ho so qc 14").await.reads(&["1. Lập hồ sơ"]);
    assert!(page.contains("2. Giấy tờ"), "{page}");
    w.typing_as(SECRETARY).says("1").await.reads(&["1. thứ Hai, 10/12/2018"]);
    w.typing_as(SECRETARY).says("ngày mai").await.reads(&["ngày này chưa đến", "Ngày thực hiện"]);
    w.typing_as(SECRETARY).says("31/2").await.reads(&["Không có ngày 31/2"]);
    w.typing_as(SECRETARY).says("24/12").await.reads(&["ngày này chưa đến", "Ngày thực hiện"]);
    w.typing_as(SECRETARY).says("1/10/2018").await.reads(&["ngày phải từ 15/10/2018"]);
    w.typing_as(SECRETARY).says("7/12").await.reads(&["Đảng viên nào giới thiệu"]);
    w.typing_as(SECRETARY).says("Trần Thị Lạ").await.reads(&["Trần Thị Lạ", "NS-012"]);
    let shown = w.typing_as(SECRETARY).says("hợp, ns-013").await.reads(&["Xem lại"]);
    assert!(shown.contains("Phạm Quang Hợp, Đỗ Thị Kim Oanh"), "{shown}");
    w.typing_as(SECRETARY).says("ghi nhan").await.reads(&["Đã ghi nhận: Lập hồ sơ"]);
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn whoever_comes_second_is_told_so(engine: Engine) {
    let mut w = at(engine, "2018-12-10 09:00").await;
    for who in [SECRETARY, DEPUTY] {
        w.begins(who, "Lập hồ sơ", "10/12/2018").await;
        w.as_(who).says("NS-012").await.reads(&["Xem lại"]);
    }
    w.records(DEPUTY, &["Đã ghi nhận: Lập hồ sơ"]).await;
    w.records(SECRETARY, &["Chưa ghi nhận được bước “Lập hồ sơ”", "không còn ở giai đoạn"]).await;
    w.as_(SECRETARY).taps("Xem hồ sơ").await.reads(&["Giai đoạn: đang lập hồ sơ"]);
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn a_candidate_is_stopped_and_taken_up_again(engine: Engine) {
    let mut w = at(engine, "2018-12-10 09:00").await;
    w.page(SECRETARY, &["[Việc khác]"]).await;
    let others = w.as_(SECRETARY).taps("Việc khác").await.reads(&["[Dừng theo dõi]"]);
    assert!(others.contains("[Ghi nhận từ trần]") && !others.contains("Trả lại"), "{others}");
    w.as_(SECRETARY).taps("Dừng theo dõi").await.reads(&["Ngày thực hiện?"]);
    w.as_(SECRETARY).taps("thứ Hai").await.reads(&["Số, ký hiệu"]);
    w.as_(SECRETARY).says("07-NQ/CB").await.reads(&["Lý do?", "[Thôi việc]"]);
    w.as_(SECRETARY).taps("Không còn nguyện vọng").await.reads(&["Xem lại", "nguyện vọng"]);
    w.records(SECRETARY, &["Giai đoạn hiện nay: dừng theo dõi"]).await;
    w.as_("NS-013").says("/baocao").await.reads(&["chưa được phân công"]);

    let page = w.page(SECRETARY, &["Chưa có đảng viên theo dõi", "[Theo dõi trở lại]"]).await;
    assert!(page.contains("lý do: Không còn nguyện vọng"), "{page}");
    w.begins(SECRETARY, "Theo dõi trở lại", "hôm nay").await;
    w.as_(SECRETARY).says("08-NQ/CB").await.reads(&["Ai được phân công"]);
    w.as_(SECRETARY).says("NS-011, NS-012, NS-013").await.reads(&["nhiều nhất 2 người"]);
    w.as_(SECRETARY).taps("Đỗ Thị Kim Oanh").await.reads(&["Đã chọn: Đỗ Thị Kim Oanh"]);
    w.as_(SECRETARY).taps("✓ Đỗ Thị Kim Oanh").await.reads(&["Ai được phân công"]);
    w.as_(SECRETARY).taps("Đỗ Thị Kim Oanh").await.reads(&["Đã chọn: Đỗ Thị Kim Oanh"]);
    w.as_(SECRETARY).taps("Xong").await.reads(&["người giúp đỡ: Đỗ Thị Kim Oanh"]);
    w.records(SECRETARY, &["Giai đoạn hiện nay: được theo dõi, giúp đỡ"]).await;
    w.as_("NS-013").reads(&["được phân công theo dõi, giúp đỡ QC-014, T.V.B."]);
    w.as_("NS-012").says("/viec").await.reads(&["QC-009"]);
    w.as_("NS-013").says("/baocao").await.reads(&["QC-014"]);
    w.as_("NS-013").says("/huy").await.reads(&["Đã dừng"]);
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn a_dossier_goes_back_for_its_papers(engine: Engine) {
    let mut w = at(engine, "2018-12-10 09:00").await;
    w.is_voted_on().await;
    w.page(OFFICE, &["[Việc khác]"]).await;
    w.as_(OFFICE).taps("Việc khác").await.reads(&["[Trả lại bước trước]"]);
    w.as_(OFFICE).taps("Trả lại bước trước").await.reads(&["Ngày thực hiện?"]);
    w.as_(OFFICE).taps("thứ Hai").await.reads(&["[Hồ sơ chưa đủ, chưa đúng]"]);
    w.as_(OFFICE).taps("Hồ sơ chưa đủ").await.reads(&["hồ sơ ở giai đoạn: đang lập hồ sơ"]);
    w.records(OFFICE, &["Giai đoạn hiện nay: đang lập hồ sơ"]).await;
    w.as_(SECRETARY).reads(&["Trả lại bước trước", "Bước tiếp theo: Chi bộ xét kết nạp"]);

    // A paper that is not there any more stands in the way of the next vote.
    w.page(SECRETARY, &["[Chi bộ xét kết nạp]"]).await;
    w.as_(SECRETARY).taps("Giấy tờ").await.reads(&["✓ Lý lịch của người xin vào Đảng"]);
    w.as_(SECRETARY).taps("✓ Lý lịch của người").await.reads(&["có, lưu tại chi bộ"]);
    w.as_(SECRETARY).taps("Chưa có").await.reads(&["○ Lý lịch của người xin vào Đảng"]);
    w.as_(SECRETARY).taps("Xem hồ sơ").await.reads(&["chưa có giấy tờ: Lý lịch của người xin"]);
    w.finish().await;
}

/// The probation of QC-009 ends on 18/05/2019.
#[apply(both_engines)]
#[tokio::test]
async fn the_branch_is_told_before_a_limit_ends(engine: Engine) {
    let mut w = at(engine, "2019-02-15 09:00").await;
    let about = |w: &World, who: &str| -> Vec<String> {
        let seen = w.sent_to(who).into_iter().map(|seen| (seen.at, seen.whole()));
        let heads = ["Các thời hạn sắp đến", "không báo được đúng lúc"];
        let alerts = seen.filter(|(_, text)| heads.iter().any(|head| text.contains(head)));
        alerts.map(|(at, text)| format!("{} {text}", w.practice.local(at))).collect()
    };
    w.advance_to("2019-02-18 09:00").await;
    let told = about(&w, SECRETARY);
    let [first] = &told[..] else { panic!("{told:?}") };
    assert!(first.starts_with("2019-02-17 08:00:00"), "{first}");
    let line = "QC-009, V.T.L.: hết thời gian dự bị ngày 18/05/2019 (còn 90 ngày)";
    assert!(first.contains(line) && first.contains("[QC-009]"), "{first}");
    assert!(about(&w, DEPUTY).is_empty() && about(&w, OFFICE).is_empty());
    w.restart().await;
    w.as_(SECRETARY).taps("QC-009").await;
    w.everyone_reads();

    // While the service is down two fall due, and only the last is told: as what could not be told in time,
    // as that is longer ago than the grace.
    w.down_until("2019-04-19 10:00").await;
    let told = about(&w, SECRETARY);
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[1].contains("(còn 29 ngày)"), "{}", told[1]);
    assert!(told[1].contains("các thời hạn sau của Chi bộ Phòng 1 không báo được"), "{}", told[1]);
    let dropped = "SELECT COUNT(*) FROM case_alert WHERE state = 'dropped' AND days = 30";
    assert_eq!(w.count(dropped).await, 1);

    // Nobody is told of the limit of a case that has ended.
    w.everyone_reads();
    w.as_(SECRETARY).says("/hoso qc-009").await.reads(&["[Việc khác]"]);
    w.as_(SECRETARY).taps("Việc khác").await.reads(&["[Chuyển sang đơn vị khác]"]);
    w.as_(SECRETARY).taps("Chuyển sang").await.reads(&["Ngày thực hiện?"]);
    w.as_(SECRETARY).says("hôm nay").await.reads(&["Số, ký hiệu"]);
    w.as_(SECRETARY).says("31-CV/ĐU").await.reads(&["Xem lại"]);
    w.records(SECRETARY, &["đã chuyển sang đơn vị khác"]).await;
    w.advance_to("2019-05-20 09:00").await;
    let told = about(&w, SECRETARY);
    assert!(told.iter().all(|text| !text.contains("(còn 15 ngày)")), "{told:?}");
    w.everyone_reads();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn a_limit_that_is_told_late_says_so(engine: Engine) {
    let mut w = at(engine, "2019-02-16 09:00").await;
    w.down_until("2019-02-17 12:00").await;
    let told = w.as_(SECRETARY).reads(&["QC-009, V.T.L.", "(còn 90 ngày)"]);
    assert!(told.starts_with("Tin này được gửi muộn"), "{told}");
    w.everyone_reads();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn the_rules_in_force_are_shown_with_what_they_were(engine: Engine) {
    let mut w = at(engine, "2026-11-26 08:00").await;
    w.as_("NS-003").says("/quydinh").await.reads(&["ngày 26/11/2026", "21/21"]);
    let rules: String = w.sent_to("NS-003").iter().map(|seen| seen.whole() + "\n").collect();
    let from_issue = "tính từ: ngày ra quyết định – QĐ 208-QĐ/TW (26/7/2026)";
    let before = "Trước đó: ngày nhận được quyết định – QĐ 294-QĐ/TW (26/5/2025)";
    let at = rules.find(from_issue).expect("the rule in force");
    assert!(rules[at..].contains(before), "{rules}");
    assert!(!rules.contains("Chưa nhập văn bản"), "{rules}");
    w.everyone_reads();
    w.finish().await;
}
