//! Mentors, offices and people: what is tried of them.

use diudat::domain::listed::Departure;
use diudat::domain::people::{OfficeKind, Status};
use diudat::taps::{Charge, HandoverTap, PersonnelDeed, PersonnelTap, Tap};

use super::{Deed, Here, NOW, Role, Trial, local};

/// A second mentor for the candidate who has one.
pub(super) fn handover_tried(here: &Here) -> Vec<Trial> {
    let trial = |about, deed, shows, may| Trial { about, deed, shows, may };
    let leads_here: fn(&Role) -> bool = |r| r.leads_here;
    let says = |words| trial("", Deed::Says(words), "", |_| true);
    let tap = |tap| Deed::Taps(Tap::Handover(tap));
    let answer = |tap| Deed::Answers(Tap::Handover(tap));
    let beside = Charge::Mentor { case: here.also_sent.case, instead_of: None };
    let (who, since) = (HandoverTap::Who(here.member), HandoverTap::Since(local(NOW).date()));
    vec![
        trial(
            "Hand-over: a candidate",
            tap(HandoverTap::Candidate(here.case)),
            "[Thay",
            leads_here,
        ),
        trial(
            "Hand-over: a branch",
            tap(HandoverTap::Branch(here.branch)),
            "[Phó bí thư:",
            |r| r.leads_here || r.oversees,
        ),
        trial("Hand-over: begin", tap(HandoverTap::Begin(beside)), "tiếp nhận", leads_here),
        trial("Hand-over: who", answer(who.clone()), "nghị quyết", leads_here),
        says("09-NQ/CB"),
        trial("Hand-over: since when", answer(since.clone()), "[Xác nhận]", leads_here),
        trial("Hand-over: all anew", answer(HandoverTap::Anew), "tiếp nhận", leads_here),
        trial("", answer(who), "nghị quyết", leads_here),
        says("09-NQ/CB"),
        trial("", answer(since), "[Xác nhận]", leads_here),
        trial("Hand-over: confirm", answer(HandoverTap::Confirm), "Đã phân công", leads_here),
    ]
}

/// Somebody elsewhere is given an office of the whole.
pub(super) fn personnel_tried(here: &Here) -> Vec<Trial> {
    let oversees: fn(&Role) -> bool = |r| r.oversees;
    let trial = |about, deed, shows| Trial { about, deed, shows, may: oversees };
    let tap = |tap| Deed::Taps(Tap::Personnel(tap));
    let answer = |tap| Deed::Answers(Tap::Personnel(tap));
    let begin = |deed| PersonnelTap::Begin { deed, person: Some(here.staff) };
    let office = || answer(PersonnelTap::Office(OfficeKind::Committee));
    let unit = || answer(PersonnelTap::Unit(here.whole));
    let day = || answer(PersonnelTap::Day(local(NOW).date()));
    let status = PersonnelTap::Status(Status::Probationary);
    let [first, second] = here.proposals;
    vec![
        trial("Personnel: somebody", tap(PersonnelTap::Somebody(here.staff)), "[Giao chức vụ]"),
        trial("Personnel: begin", tap(begin(PersonnelDeed::Appoint)), "Chức vụ nào"),
        trial("Personnel: the office", office(), "Ở đơn vị nào"),
        trial("Personnel: the unit", unit(), "Từ ngày nào"),
        trial("Personnel: the day", day(), "[Xác nhận]"),
        trial("Personnel: all anew", answer(PersonnelTap::Anew), "Chức vụ nào"),
        trial("", office(), "Ở đơn vị nào"),
        trial("", unit(), "Từ ngày nào"),
        trial("", day(), "[Xác nhận]"),
        trial("Personnel: confirm", answer(PersonnelTap::Confirm), "Đã ghi nhận"),
        trial("", tap(begin(PersonnelDeed::Become)), "Tư cách nào"),
        trial("Personnel: what they are", answer(status), "Từ ngày nào"),
        trial("", tap(begin(PersonnelDeed::Leave)), "vì lý do nào"),
        trial(
            "Personnel: how they leave",
            answer(PersonnelTap::How(Departure::Outside)),
            "Từ ngày nào",
        ),
        trial("Personnel: a proposal", tap(PersonnelTap::Proposal(first)), "[Đồng ý]"),
        trial("Personnel: accept it", answer(PersonnelTap::Accept(first)), "Đã thực hiện đề nghị"),
        trial("", tap(PersonnelTap::Proposal(second)), "[Đồng ý]"),
        trial("Personnel: decline it", answer(PersonnelTap::Decline(second)), "là không đồng ý"),
    ]
}
