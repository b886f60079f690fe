//! Three months of one branch, as its people live them: seven members and two candidates, a meeting
//! that Tết moves, a report that comes back, a secretary who is away, an account that is blocked and
//! a mentor who hands over. Every message and every paper is in the snapshots.

use std::fmt::Write;

use chrono::NaiveDateTime;
use diudat::domain::minutes::PaperKind;
use diudat::message::SendError;
use rstest_reuse::apply;

use crate::papers;
use crate::support::{Engine, both_engines};
use crate::world::{TYPING, World, local};

/// Secretary, deputy, four official members, and the probationary member, who is QC-009; QC-014 is
/// not a member yet.
const MEMBERS: [&str; 7] = ["NS-010", "NS-011", "NS-012", "NS-013", "NS-006", "NS-007", "NS-014"];
const OFFICE: &str = "NS-027";

/// Two members of another branch work here now, which makes seven.
const MOVED: &str = "UPDATE placement SET unit_id = (SELECT id FROM unit WHERE code = 'CB-02')
    WHERE to_on IS NULL
    AND person_id IN (SELECT id FROM person WHERE code IN ('NS-006', 'NS-007'))";

/// What the people of the branch and the committee's office read from one instant until another.
fn read_between(w: &World, from: NaiveDateTime, to: NaiveDateTime) -> String {
    let mut lines: Vec<_> = w
        .all_sent()
        .into_iter()
        .map(|seen| (w.practice.local(seen.at), seen))
        .filter(|(at, seen)| {
            *at >= from && *at < to && (MEMBERS.contains(&&*seen.chat) || seen.chat == OFFICE)
        })
        .collect();
    // Whoever is written to at the same moment is in the order of their codes.
    lines.sort_by(|(a, x), (b, y)| (a, &x.chat).cmp(&(b, &y.chat)));
    let mut text = String::new();
    for (at, seen) in lines {
        let whole = without_codes(&seen.whole());
        writeln!(text, "── {} → {}\n{whole}\n", at.format("%d/%m/%Y %H:%M"), seen.chat).unwrap();
    }
    text
}

/// The numbers under prompts, three digits, are drawn from a row's id and mean nothing here.
fn without_codes(text: &str) -> String {
    let is_code = |word: &str| word.len() == 3 && word.bytes().all(|b| b.is_ascii_digit());
    let line = |line: &str| {
        let words = line.split(' ').map(|word| if is_code(word) { "···" } else { word });
        words.collect::<Vec<_>>().join(" ")
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

impl World {
    /// Both papers of the branch's meeting of a month.
    async fn writes_down(&self, month: &str) -> String {
        let mut both = String::new();
        let meeting = self.meeting("CB-02", month).await;
        for kind in [PaperKind::Minutes, PaperKind::Resolution] {
            if let Some(paper) = self.paper(meeting, kind).await {
                writeln!(both, "══ {kind}\n{}\n", papers::text(&paper)).unwrap();
            }
        }
        both
    }
}

#[apply(both_engines)]
#[tokio::test]
async fn three_months_of_a_branch_of_seven(engine: Engine) {
    let mut w = World::peopled(engine, "2018-12-27 07:00").await;
    w.damage(MOVED).await;
    january(&mut w).await;
    february(&mut w).await;
    march(&mut w).await;
    w.finish().await;
}

/// The report comes back once; two are absent; the branch decides on QC-014 and changes a mentor.
async fn january(w: &mut World) {
    w.advance_to("2018-12-27 10:00").await;
    w.everyone_reads();

    // A full report in nine taps from the prompt, nothing typed.
    let taps = ["Báo cáo tháng này", "Tốt", "Khá", "Tốt", "Tốt", "Tốt", "Bỏ qua", "Đưa vào nguồn"];
    for tap in taps {
        w.as_("NS-013").taps(tap).await;
    }
    w.as_("NS-013").taps("Gửi báo cáo").await;
    assert_eq!(w.effort_of("NS-013"), (9, 0));
    assert!(w.sent_to("NS-013").last().unwrap().whole().contains("Đã gửi báo cáo"));

    w.as_("NS-010").taps("Trả lại").await;
    w.as_("NS-010").says("Nêu rõ việc đã học lớp nhận thức").await;
    w.as_("NS-010").says("3/1").await;
    w.advance_to("2018-12-28 09:00").await;
    w.as_("NS-013").taps("Sửa báo cáo").await;
    w.as_("NS-013").taps("Sửa").await;
    w.as_("NS-013").taps("Ưu điểm, hạn chế").await;
    w.as_("NS-013").says("Đã học xong lớp nhận thức, chứng nhận số 84").await;
    w.as_("NS-013").taps("Bỏ qua").await;
    w.as_("NS-013").taps("Gửi báo cáo").await;
    w.as_("NS-010").taps("Duyệt").await;

    // The other mentor: as last month, in two taps.
    w.advance_to("2019-01-02 09:00").await;
    for tap in ["Như tháng trước: QC-009", "Gửi báo cáo"] {
        w.as_("NS-012").taps(tap).await;
    }
    assert!(w.sent_to("NS-012").last().unwrap().whole().contains("Đã gửi báo cáo"));

    w.advance_to("2019-01-04 09:00").await;
    w.as_("NS-006").says("vắng vì đi công tác tại Hà Nội").await;
    w.as_("NS-011").taps("Có mặt").await;
    w.advance_to("2019-01-05 14:05").await;

    // The roll with two absences: four taps.
    w.as_("NS-010").says("/hop").await;
    for tap in ["Bùi Thế Trưởng", "Lưu điểm danh"] {
        w.as_("NS-010").taps(tap).await;
    }
    w.as_("NS-010").taps("Kết luận về QC-014").await;
    w.as_("NS-010").taps("Kiến nghị: Đưa vào nguồn").await;
    w.as_("NS-010").taps("Biểu quyết").await;
    w.as_("NS-010").says("3/1/0").await;
    w.as_("NS-010").taps("Quay lại").await;
    w.as_("NS-010").taps("Kết luận về QC-009").await;
    w.as_("NS-010").taps("Ghi kết luận").await;
    w.as_("NS-010").says("Tiếp tục giúp đỡ đảng viên dự bị").await;
    w.as_("NS-010").taps("Quay lại").await;
    w.as_("NS-010").taps("Nhiệm vụ").await;
    w.as_("NS-010").taps("Đỗ Thị Kim Oanh").await;
    w.as_("NS-010").says("Hoàn thiện hồ sơ nguồn").await;
    w.as_("NS-010").says("31/1").await;
    w.as_("NS-010").taps("Quay lại").await;
    w.as_("NS-010").taps("Người ghi biên bản").await;
    w.as_("NS-010").taps("Nguyễn Thị Thanh Mai").await;
    w.as_("NS-010").taps("Tự chấm điểm").await;
    w.as_("NS-010").says("88").await;
    w.as_("NS-010").taps("Kết thúc kỳ họp").await;
    w.as_("NS-010").taps("Xác nhận kết thúc").await;
    assert!(w.sent_to("NS-010").last().unwrap().whole().contains("01-NQ/CB"));

    // Under that resolution another mentor takes over from tomorrow.
    w.advance_to("2019-01-07 08:30").await;
    w.as_("NS-010").says("/phancong qc-014").await;
    w.as_("NS-010").taps("Thay đồng chí Phạm Quang Hợp").await;
    w.as_("NS-010").taps("Bùi Thế Trưởng").await;
    w.as_("NS-010").says("01-NQ/CB ngày 05/01/2019").await;
    w.as_("NS-010").says("mai").await;
    w.as_("NS-010").taps("Xác nhận").await;
    w.advance_to("2019-01-11 08:00").await;
    insta::assert_snapshot!(
        "january",
        read_between(w, local("2018-12-27 07:00"), local("2019-01-11 08:00"))
    );
    insta::assert_snapshot!("january_papers", w.writes_down("2019-01").await);
    w.everyone_reads();
}

/// Tết moves the meeting; an account is blocked; the secretary is away and the deputy holds it,
/// where there are no buttons.
async fn february(w: &mut World) {
    w.fail_next("NS-013", &[SendError::Unreachable]);
    w.advance_to("2019-02-01 10:00").await;
    w.as_("NS-007").says("qc-014 tốt tốt tốt tốt tốt, tiếp tục").await;
    w.as_("NS-007").taps("Gửi báo cáo").await;
    w.as_("NS-010").says("/nhac").await;
    w.as_("NS-010").says("vắng vì đi học").await;
    w.as_("NS-006").says("vắng vì đi công tác tại Hà Nội").await;
    w.advance_to("2019-02-11 14:05").await;
    w.join(TYPING, "NS-011").await;
    w.typing_as("NS-011").says("/hop").await;
    w.typing_as("NS-011").says("lưu điểm danh").await;
    w.restart().await;
    w.typing_as("NS-011").says("người ghi biên bản").await;
    w.typing_as("NS-011").says("Phạm Quang Hợp").await;
    w.typing_as("NS-011").says("kết thúc kỳ họp").await;
    w.typing_as("NS-011").says("xác nhận kết thúc").await;
    // Only one of two closes a meeting.
    w.as_("NS-010").says("/hop").await;
    w.advance_to("2019-02-12 08:00").await;
    insta::assert_snapshot!(
        "february",
        read_between(w, local("2019-01-11 08:00"), local("2019-02-12 08:00"))
    );
    insta::assert_snapshot!("february_papers", w.writes_down("2019-02").await);
    w.everyone_reads();
}

/// A report comes late; the third absence in a row is pointed out; the task is done.
async fn march(w: &mut World) {
    w.advance_to("2019-03-04 18:00").await;
    w.as_("NS-012").says("qc-009 tốt tốt tốt tốt tốt, tiếp tục").await;
    w.as_("NS-012").taps("Gửi báo cáo").await;
    w.as_("NS-006").says("vắng vì đi công tác tại Hà Nội").await;
    w.as_("NS-013").says("/viec").await;
    w.as_("NS-013").taps("Đã xong").await;
    w.advance_to("2019-03-05 14:05").await;
    w.as_("NS-010").says("/hop").await;
    w.as_("NS-010").taps("Lưu điểm danh").await;
    w.as_("NS-010").taps("Người ghi biên bản").await;
    w.as_("NS-010").taps("Nguyễn Thị Thanh Mai").await;
    w.as_("NS-010").taps("Kết thúc kỳ họp").await;
    w.as_("NS-010").taps("Xác nhận kết thúc").await;
    w.advance_to("2019-03-11 08:00").await;
    insta::assert_snapshot!(
        "march",
        read_between(w, local("2019-02-12 08:00"), local("2019-03-12 08:00"))
    );
    insta::assert_snapshot!("march_papers", w.writes_down("2019-03").await);
    w.everyone_reads();
}
