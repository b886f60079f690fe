//! The long way to an official member: a vote that fails, a certificate that expires, rules that
//! change on the way, a file that moves, and a recognition that comes late.

use std::sync::Arc;

use diudat::domain::regulations::{RegulationList, Regulations};
use diudat::domain::text::fold;
use rstest_reuse::apply;

use crate::road::{FOR_THE_RECOGNITION, FOR_THE_VOTE};
use crate::support::{Engine, both_engines};
use crate::world::{Seen, World, local};

const UNION: &str = "NS-021";
/// Of Chi bộ Phòng 1.
const SECRETARY: &str = "NS-010";
/// Of Chi bộ Văn phòng.
const THERE: &str = "NS-025";
const OFFICE: &str = "NS-027";
const CODE: &str = "qc-023";

/// A certificate is soon good for half a year only, a vote needs four fifths from November 2019, and
/// from March 2020 a probation takes half a year.
const CHANGES: &str = r#"
[[certificate_valid]]
value = 6
unit = "months"
cite = "HD 01-HD/THU (01/02/2019)"
from = "2019-02-01"
confirmed = false

[[branch_vote]]
value = "4/5"
unit = "share"
cite = "QĐ 02-QĐ/THU (01/11/2019)"
from = "2019-11-01"
confirmed = false

[[probation]]
value = 6
unit = "months"
cite = "QĐ 03-QĐ/THU (01/3/2020)"
from = "2020-03-01"
confirmed = false
"#;

impl World {
    /// Rules with further versions count from the next start on.
    async fn follows_other_rules(&mut self) {
        let rules = format!("{}{CHANGES}", include_str!("../../config/regulations.toml"));
        let list = config::File::from_str(&rules, config::FileFormat::Toml);
        let list = config::Config::builder().add_source(list).build().unwrap();
        let list: RegulationList = list.try_deserialize().unwrap();
        let mut practice = (*self.practice).clone();
        practice.regulations = Regulations::new(list).unwrap();
        self.practice = Arc::new(practice);
        self.restart().await;
    }

    /// What a step lacks, as the candidate's page says it.
    async fn lacks(&mut self, who: &str, pieces: &[&str]) {
        self.everyone_reads();
        self.as_(who).says(&format!("/hoso {CODE}")).await.reads(pieces);
    }

    /// Among what came unasked there is a message with all these pieces.
    fn was_told(&self, who: &str, pieces: &[&str]) {
        let sent: Vec<String> = self.sent_to(who).iter().map(|seen| seen.whole()).collect();
        let found = sent.iter().any(|text| pieces.iter().all(|piece| text.contains(piece)));
        assert!(found, "{who} was not told {pieces:?}, but:\n{}", sent.join("\n\n"));
        self.everyone_reads();
    }

    async fn papers_there(&mut self, who: &str, papers: &[&str]) {
        self.as_(who).says(&format!("/hoso {CODE}")).await.reads(&["[Giấy tờ]"]);
        self.as_(who).taps("Giấy tờ").await.reads(&["Giấy tờ"]);
        for paper in papers {
            self.as_(who).taps(&format!("○ {paper}")).await.reads(&["chưa có"]);
            self.as_(who).taps("Có, lưu tại chi bộ").await.reads(&["Đã ghi", "✓"]);
        }
    }
}

#[apply(both_engines)]
#[tokio::test]
async fn the_long_way_to_an_official_member(engine: Engine) {
    let mut w = World::peopled(engine, "2018-12-10 09:00").await;
    w.follows_other_rules().await;
    w.everyone_reads();
    w.has_somebody_new().await;
    w.as_(UNION).says("/gioithieu hồng nhung").await.reads(&["NS-061, L.T.H.N."]);
    w.as_(UNION).says("7/12").await.reads(&["Xem lại"]);
    w.as_(UNION).taps("Ghi nhận").await.reads(&["QC-023"]);
    w.walks_of(CODE, SECRETARY, "Phân công theo dõi, giúp đỡ", &["20-NQ/CB", "NS-012"]).await;
    w.down_until("2019-02-11 09:00").await;
    w.walks_of(CODE, SECRETARY, "Đưa vào nguồn", &["02-NQ/CB"]).await;
    w.lacks(OFFICE, &["chưa được Đảng ủy duyệt – căn cứ: HD 09-HD/BTCTW"]).await;
    w.walks_of(CODE, OFFICE, "Duyệt danh sách nguồn", &["06-TB/ĐU"]).await;
    w.down_until("2019-03-11 09:00").await;
    w.walks_of(CODE, OFFICE, "Học lớp bồi dưỡng nhận thức về Đảng", &["12/2019"]).await;
    w.down_until("2019-05-06 09:00").await;
    w.walks_of(CODE, SECRETARY, "Lập hồ sơ", &["NS-012"]).await;
    w.papers_there(SECRETARY, &FOR_THE_VOTE).await;

    // The vote fails: two of four. It goes back, and nothing stands that did not happen.
    w.lacks(SECRETARY, &["[Chi bộ xét kết nạp]"]).await;
    w.as_(SECRETARY).taps("Chi bộ xét kết nạp").await.reads(&["Ngày thực hiện?"]);
    w.as_(SECRETARY).says("hôm nay").await.reads(&["Số, ký hiệu"]);
    w.as_(SECRETARY).says("05-NQ/CB").await.reads(&["Bao nhiêu đồng chí"]);
    w.as_(SECRETARY).says("2").await.reads(&["2/3", "QĐ 45-QĐ/TW (01/11/2011)", "Bao nhiêu"]);
    w.as_(SECRETARY).says("/huy").await.reads(&[]);
    w.lacks(SECRETARY, &["Giai đoạn: đang lập hồ sơ", "[Việc khác]"]).await;
    w.as_(SECRETARY).taps("Việc khác").await.reads(&["[Trả lại bước trước]"]);
    w.as_(SECRETARY).taps("Trả lại bước trước").await.reads(&["Ngày thực hiện?"]);
    w.as_(SECRETARY).says("hôm nay").await.reads(&["Lý do?"]);
    w.as_(SECRETARY).taps("Không đủ số phiếu").await.reads(&["Xem lại"]);
    w.as_(SECRETARY).taps("Ghi nhận").await.reads(&["Đã ghi nhận: Trả lại bước trước"]);

    // The certificate, of March and under the rule of February, ends in September.
    w.advance_to("2019-08-28 09:00").await;
    w.was_told(SECRETARY, &["QC-023", "hết giá trị ngày 11/09/2019 (còn 15 ngày)"]);
    w.down_until("2019-10-07 09:00").await;
    let expired = "hết giá trị từ 11/09/2019";
    w.lacks(SECRETARY, &["Học lớp bồi dưỡng nhận thức về Đảng"]).await;
    w.walks_of(CODE, OFFICE, "Học lớp bồi dưỡng nhận thức về Đảng", &["50/2019"]).await;
    let page = w.as_(SECRETARY).says(&format!("/hoso {CODE}")).await.reads(&["07/04/2020"]);
    assert!(!page.contains(expired), "{page}");

    // Meanwhile a vote needs more.
    w.down_until("2019-11-11 09:00").await;
    w.walks_of(CODE, SECRETARY, "Lập hồ sơ", &["NS-012"]).await;
    w.lacks(SECRETARY, &["[Chi bộ xét kết nạp]"]).await;
    w.as_(SECRETARY).taps("Chi bộ xét kết nạp").await.reads(&["Ngày thực hiện?"]);
    w.as_(SECRETARY).says("hôm nay").await.reads(&["Số, ký hiệu"]);
    w.as_(SECRETARY).says("11-NQ/CB").await.reads(&["Bao nhiêu đồng chí"]);
    w.as_(SECRETARY).says("3").await.reads(&["4/5", "QĐ 02-QĐ/THU (01/11/2019)", "Bao nhiêu"]);
    w.as_(SECRETARY).says("4").await.reads(&["Xem lại", "4 tán thành trên tổng số 4"]);
    w.as_(SECRETARY).taps("Ghi nhận").await.reads(&["Đã ghi nhận: Chi bộ xét kết nạp"]);
    w.papers_there(SECRETARY, &["Nghị quyết của chi bộ"]).await;
    w.down_until("2019-12-02 09:00").await;
    let decision = ["31-QĐ/ĐU", "7/7", "hôm nay"];
    w.walks_of(CODE, OFFICE, "Đảng ủy quyết định kết nạp", &decision).await;
    w.down_until("2019-12-16 09:00").await;
    w.walks_of(CODE, SECRETARY, "Lễ kết nạp", &[]).await;

    // A shorter probation comes into force; this one began before and keeps its year.
    w.down_until("2020-06-22 09:00").await;
    w.lacks(SECRETARY, &["hết thời gian dự bị – Điều lệ Đảng, Điều 5", "16/12/2020"]).await;
    w.as_(SECRETARY).taps("Việc khác").await.reads(&["[Chuyển sang đơn vị khác]"]);
    w.as_(SECRETARY).taps("Chuyển sang").await.reads(&["Ngày thực hiện?"]);
    w.as_(SECRETARY).says("hôm nay").await.reads(&["Số, ký hiệu"]);
    w.as_(SECRETARY).says("31-CV/CB").await.reads(&["Xem lại"]);
    w.as_(SECRETARY).taps("Ghi nhận").await.reads(&["đã chuyển sang đơn vị khác"]);
    w.down_until("2020-07-01 09:00").await;
    let arrival = ["van phong", "45-CV/ĐU"];
    w.walks_of(CODE, OFFICE, "Chuyển hồ sơ về chi bộ mới", &arrival).await;
    w.lacks(THERE, &["Chi bộ Văn phòng", "Giai đoạn: đảng viên dự bị", "16/12/2020"]).await;
    w.as_(SECRETARY).says(&format!("/hoso {CODE}")).await.reads(&["Không có hồ sơ QC-023"]);
    w.down_until("2020-09-07 09:00").await;
    w.walks_of(CODE, OFFICE, "Học lớp bồi dưỡng đảng viên mới", &["40-CV/ĐU"]).await;
    w.papers_there(THERE, &FOR_THE_RECOGNITION).await;

    // The branch forgets it: whoever holds the duty is told, and then the committee's office.
    w.down_until("2021-01-26 09:00").await;
    w.everyone_reads();
    w.advance_to("2021-01-28 09:00").await;
    w.was_told(THERE, &["QC-023", "hạn chi bộ xét công nhận chính thức ngày 27/01/2021"]);
    w.advance_to("2021-02-03 09:00").await;
    w.was_told(OFFICE, &["đã quá mà chưa được thực hiện", "QC-023", "(đã quá 7 ngày)"]);
    w.down_until("2021-02-08 09:00").await;
    let official = w.official_of("Chi bộ Văn phòng").await;
    let vote = format!("{official}/{official}");
    let vote = ["03-NQ/CB", vote.as_str()];
    w.walks_of(CODE, THERE, "Chi bộ xét công nhận chính thức", &vote).await;
    w.down_until("2021-02-22 09:00").await;
    let recognised = ["12-NQ/ĐU", "6/7"];
    w.walks_of(CODE, OFFICE, "Công nhận đảng viên chính thức", &recognised).await;

    // However late it came, it counts from the end of the twelfth month.
    let member = "SELECT COUNT(*) FROM standing WHERE person_id = 61 AND status = 'official' \
        AND from_on = '2020-12-16'";
    assert_eq!(w.count(member).await, 1);
    let page = w.as_(OFFICE).says(&format!("/hoso {CODE}")).await.reads(&["đảng viên chính thức"]);
    for happened in ["06/05/2019: Trả lại bước trước", "01/07/2020: Chuyển hồ sơ về chi bộ mới"]
    {
        assert!(page.contains(happened), "{page}");
    }
    w.everyone_reads();
    // An official member is named; nobody was before.
    let recognised = w.practice.instant(local("2021-02-22 09:00"));
    let named = |seen: &Seen| fold(&seen.whole()).contains("le thi hong nhung");
    let (before, after): (Vec<Seen>, Vec<Seen>) =
        w.all_sent().into_iter().partition(|seen| seen.at < recognised);
    assert!(after.iter().any(named));
    for seen in before {
        assert!(!named(&seen), "{}", seen.whole());
    }
    w.finish().await;
}

impl World {
    /// How many official members a branch has today.
    async fn official_of(&self, branch: &str) -> usize {
        let mut tx = self.db.begin().await.unwrap();
        let units = diudat::domain::units::UnitTree::load(&mut tx).await.unwrap();
        let unit = units.branches().find(|unit| unit.name.as_str() == branch).expect("a branch").id;
        let today = self.practice.today(self.clock.now());
        diudat::store::road::official(&mut tx, unit, today).await.unwrap().len()
    }
}
