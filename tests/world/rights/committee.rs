//! What is tried of the committee's classes, targets and arrivals. They change the figures, so they come after
//! these.

use chrono::NaiveDate;
use diudat::domain::class::{ClassKind, Outcome};
use diudat::domain::road::ArrivesAs;
use diudat::domain::target::TargetKind;
use diudat::taps::{ClassTap, IntroductionTap, Tap, TargetTap};

use super::{Deed, Here, Role, Trial};

fn says(words: &'static str, shows: &'static str, may: fn(&Role) -> bool) -> Trial {
    Trial { about: words, deed: Deed::Says(words), shows, may }
}

/// On the way to the next.
fn typed(words: &'static str) -> Trial {
    Trial { about: "", deed: Deed::Says(words), shows: "", may: |_| true }
}

pub(super) fn committee_tried(here: &Here) -> Vec<Trial> {
    let mut trials = classes_tried(here);
    trials.extend(targets_tried(here));
    trials.extend(arrivals_tried(here));
    trials
}

fn classes_tried(here: &Here) -> Vec<Trial> {
    let oversees: fn(&Role) -> bool = |r| r.oversees;
    let trial = |about, deed, shows| Trial { about, deed, shows, may: oversees };
    let tap = |about, tap, shows| trial(about, Deed::Taps(Tap::Class(tap)), shows);
    let answer = |about, tap, shows| trial(about, Deed::Answers(Tap::Class(tap)), shows);
    let (class, one) = (here.class, here.probationer);
    let day = NaiveDate::from_ymd_opt(2018, 12, 3).expect("a date");
    let absent = ClassTap::Mark { case: here.also_sent.case, outcome: Some(Outcome::Absent) };
    vec![
        says("/lop", "Các lớp bồi dưỡng năm 2018", oversees),
        tap("Class: of a year", ClassTap::Year(2017), "Các lớp bồi dưỡng năm 2017"),
        tap("Class: look", ClassTap::Look(class), "QC-009"),
        tap("Class: open", ClassTap::Open, "Mở lớp nào?"),
        answer("Class: its kind", ClassTap::Kind(ClassKind::Awareness), "bắt đầu ngày nào"),
        typed("3/12"),
        answer("Class: its day", ClassTap::Day(day), "tổ chức ở đâu"),
        typed("Hội trường cơ quan"),
        typed("97-CV/ĐU"),
        answer("Class: ask anew", ClassTap::Anew, "Mở lớp nào?"),
        typed("/huy"),
        tap("Class: send people", ClassTap::Add(class), "Cử ai đi học"),
        tap("Class: choose", ClassTap::Pick(one), "Đã chọn 1/2"),
        tap("Class: not this one", ClassTap::Drop(one), "Đã chọn 0/2"),
        answer("Class: everybody", ClassTap::PickAll, "Đã chọn 2/2"),
        answer("Class: nobody", ClassTap::DropAll, "Đã chọn 0/2"),
        // Not under the open question, whose text it would not change: the question comes anew.
        tap("Class: others", ClassTap::Page(1), "Đã chọn 0/2"),
        tap("", ClassTap::Pick(one), "Đã chọn 1/2"),
        answer("Class: go on", ClassTap::Continue, "Xem lại trước khi cử đi học"),
        answer("Class: confirm", ClassTap::Confirm, "Đã cử 1 người"),
        tap("Class: note certificates", ClassTap::Certify(class), "Ai được cấp giấy chứng nhận"),
        answer("Class: a result", absent, "không dự học"),
        typed("/huy"),
        tap("Class: cancel", ClassTap::Cancel(class), "Vì lý do gì"),
        typed("/huy"),
        tap("Class: send again", ClassTap::Again, "Chưa có lớp"),
    ]
}

fn targets_tried(here: &Here) -> Vec<Trial> {
    let oversees: fn(&Role) -> bool = |r| r.oversees;
    let sees: fn(&Role) -> bool = |r| r.leads || r.oversees;
    let trial = |about, deed, shows, may| Trial { about, deed, shows, may };
    let tap = |tap| Deed::Taps(Tap::Target(tap));
    let of = TargetTap::Of { unit: here.branch, year: 2019, kind: TargetKind::Admissions };
    vec![
        says("/chitieu", "Chỉ tiêu phát triển đảng", sees),
        says("/chitieu phòng 1", "Chỉ tiêu năm 2018 – Chi bộ Phòng 1", |r| {
            r.leads_here || r.oversees
        }),
        says("/chitieu phòng 1 2019 1", "Đã đặt chỉ tiêu", oversees),
        trial("Target: a year", tap(TargetTap::Year(2018)), "Chỉ tiêu phát triển đảng", sees),
        trial("Target: changes", tap(TargetTap::Changes(2018)), "Thay đổi chỉ tiêu", sees),
        trial("Target: set", tap(TargetTap::Set(2019)), "cho chi bộ nào", oversees),
        trial("Target: how many", tap(of), "là bao nhiêu?", oversees),
        typed("9"),
        trial(
            "Target: all the same",
            Deed::Answers(Tap::Target(TargetTap::Anyway)),
            "Đã đặt chỉ tiêu",
            oversees,
        ),
    ]
}

/// Somebody comes from another organisation; what their file says is told twice.
fn arrivals_tried(here: &Here) -> Vec<Trial> {
    let oversees: fn(&Role) -> bool = |r| r.oversees;
    let trial = |about, deed, shows| Trial { about, deed, shows, may: oversees };
    let answer = |about, tap, shows| trial(about, Deed::Answers(Tap::Introduction(tap)), shows);
    let day = NaiveDate::from_ymd_opt(2018, 12, 3).expect("a date");
    let arrive = Deed::Taps(Tap::Introduction(IntroductionTap::Arrive));
    let at = IntroductionTap::As;
    vec![
        trial("Arrival: somebody comes with a file", arrive, "Họ và tên đầy đủ"),
        typed("Hoàng Văn Thử"),
        typed("1/4/1990"),
        answer("Arrival: the branch", IntroductionTap::In(here.elsewhere), "từ khi nào"),
        typed("11/2018"),
        answer("Arrival: where they stand", at(ArrivesAs::Probationary), "quyết định kết nạp"),
        typed("1/6/2018"),
        typed("03-QĐ/ĐU"),
        typed("15/6/2018"),
        answer("Arrival: not yet", IntroductionTap::NotYet, "Ngày nhận được hồ sơ"),
        answer("Arrival: received on", IntroductionTap::On(day), "giấy giới thiệu"),
        typed("45-CV/ĐU"),
        answer("Arrival: tell anew", IntroductionTap::Anew, "đang ở bước nào"),
        answer("", at(ArrivesAs::Source), "đưa vào nguồn"),
        typed("1/6/2018"),
        typed("03-NQ/CB"),
        answer("", IntroductionTap::On(day), "giấy giới thiệu"),
        typed("45-CV/ĐU"),
        answer("Arrival: record", IntroductionTap::Record, "Đã tiếp nhận"),
    ]
}
