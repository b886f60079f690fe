//! Holds what was tried against the program's table of rights: which rights each row of the trial
//! needs and where, so that what somebody got is what the table says, no less and no more. Rows that
//! depend on something beside the table say on what.

use std::collections::BTreeSet;

use diudat::domain::ids::UnitId;
use diudat::domain::people::Person;
use diudat::domain::units::UnitTree;
use diudat::operations::rights::{RIGHTS, Right, may, somewhere};

use super::{Here, a_here, trials_of};

/// Where a right has to be held.
#[derive(Clone, Copy)]
enum Place {
    Here,
    /// In the branch elsewhere.
    Elsewhere,
    /// In the branch whose source list waits.
    Listed,
    Whole,
    Somewhere,
}

/// What a row of the trial depends on.
enum Needs {
    /// Whoever holds any of these rights there did it, and nobody else.
    Any(&'static [Right], Place),
    /// Only who holds one of them, but not all of these; why.
    AtLeast(&'static [Right], Place, &'static str),
    /// Everybody who holds one of them, and others; why.
    Enough(&'static [Right], Place, &'static str),
    /// Nothing that the table knows; why.
    Beside(&'static str),
}

use Needs::{Any, AtLeast, Beside, Enough};
use Place::{Elsewhere, Here as InBranch, Listed, Somewhere, Whole};

const KNOWN: Needs = Beside("it is for everybody the program knows");
const MEMBERS: Needs = Beside("members are asked, whatever their offices");
const ANOTHERS: Needs = Beside("the button is another's, who may or may not hold the right");
const GUIDED: &str = "about those whom they guide";

/// The rows by their names; those whose name begins so where it ends with a space. A whole name goes
/// before a beginning.
const NEEDS: &[(&str, Needs)] = &[
    ("/start", KNOWN),
    ("/trogiup", KNOWN),
    ("/toi", KNOWN),
    ("/viec", KNOWN),
    ("/huy", KNOWN),
    ("/caidat", KNOWN),
    ("Settings: ", KNOWN),
    ("Settings: the account of the mentor here", Beside("the account is one person's")),
    ("/quydinh", Beside("whoever asks for the rules may read them")),
    // Meetings
    ("/lichhop", Any(&[Right::SetMeetings, Right::SeeMeetings], Somewhere)),
    ("Meetings: ", Any(&[Right::SetMeetings], InBranch)),
    ("Meetings: who comes", Any(&[Right::SeeAnswers], InBranch)),
    ("Meeting: ", MEMBERS),
    ("/hop", Any(&[Right::RunMeetings], Somewhere)),
    ("Sheet: ", Any(&[Right::RunMeetings], InBranch)),
    ("A task is done", Enough(&[Right::SettleDuties], InBranch, "and who was to do it")),
    ("/nhom", Any(&[Right::BindGroup], Somewhere)),
    ("A command behind a button", Any(&[Right::BindGroup], Somewhere)),
    // Reports
    ("/baocao", Any(&[Right::Report], Somewhere)),
    ("/baocao qc-014", AtLeast(&[Right::Report], Somewhere, GUIDED)),
    ("qc-014 tốt khá tốt tốt tốt, tiếp tục", AtLeast(&[Right::Report], Somewhere, GUIDED)),
    ("Report: list", Any(&[Right::Report], Somewhere)),
    ("Report: ", AtLeast(&[Right::Report], Somewhere, GUIDED)),
    ("Review: ", Any(&[Right::ReviewReports], InBranch)),
    ("/nhac", Any(&[Right::FollowUp], Somewhere)),
    ("/nhac phòng 1", Any(&[Right::FollowUp], InBranch)),
    ("Follow up: ", Any(&[Right::FollowUp], InBranch)),
    // Candidates
    ("/nguon", Any(&[Right::SeeDossiers], Somewhere)),
    ("/hoso", Any(&[Right::SeeDossiers], Somewhere)),
    ("/hoso qc-014", Any(&[Right::SeeDossiers], InBranch)),
    ("Road: the branch here", Any(&[Right::SeeDossiers], InBranch)),
    ("Road: look", Any(&[Right::SeeDossiers], InBranch)),
    ("Road: other steps", Any(&[Right::SeeDossiers], InBranch)),
    ("Road: papers", Any(&[Right::SeeDossiers], InBranch)),
    ("Road: a paper", Any(&[Right::SeeDossiers], InBranch)),
    ("Road: a paper is kept", Any(&[Right::SeeDossiers], InBranch)),
    ("Road: ", Any(&[Right::ActForBranch], InBranch)),
    ("Road: a mistake?", Any(&[Right::ActForBranch, Right::ActForCommittee], InBranch)),
    ("Road: take back the committee's step", Any(&[Right::ActForCommittee], InBranch)),
    ("Road: to another branch", Any(&[Right::ActForCommittee], InBranch)),
    ("/duyet", Any(&[Right::Approve], Somewhere)),
    ("Approval: ", Any(&[Right::Approve], Listed)),
    ("/gioithieu", Any(&[Right::Introduce], InBranch)),
    ("Introduction: ", Any(&[Right::Introduce], InBranch)),
    ("Introduction: somebody new", Any(&[Right::Introduce], Somewhere)),
    (
        "Introduction: the branch of somebody new",
        AtLeast(&[Right::Introduce], InBranch, "who introduces in one branch is not asked which"),
    ),
    ("Arrival: ", Any(&[Right::TakeIn], Elsewhere)),
    // Offices
    ("/phancong", Any(&[Right::AssignMentors], Somewhere)),
    ("Hand-over: ", Any(&[Right::AssignMentors], InBranch)),
    ("/bangiao", Any(&[Right::PassOwnOffice, Right::PassOffices], Somewhere)),
    (
        "Hand-over: a branch",
        // The deputy's is shown: to the deputy, to the secretary, to the committee.
        Any(&[Right::PassOwnOffice, Right::PassDeputysOffice, Right::PassOffices], InBranch),
    ),
    ("/nhansu", Any(&[Right::KeepStaff, Right::ProposeStaff], Somewhere)),
    ("Personnel: ", Any(&[Right::KeepStaff], Whole)),
    // The committee's work
    ("/thongke", Any(&[Right::SeeFigures], Somewhere)),
    ("/thongke phòng 1", Any(&[Right::SeeFigures], InBranch)),
    ("/thongke phòng 2", Any(&[Right::SeeFigures], Elsewhere)),
    ("Figures of the whole", Any(&[Right::SeeFigures], Whole)),
    ("Figures of the branch here", Any(&[Right::SeeFigures], InBranch)),
    ("Figures of a branch elsewhere", Any(&[Right::SeeFigures], Elsewhere)),
    ("A text of two meanings: the command", Any(&[Right::SeeFigures], Somewhere)),
    ("A text of two meanings: the answer, where nothing is asked", Beside("nothing is asked")),
    ("/chitieu", Any(&[Right::SeeTargets], Somewhere)),
    ("/chitieu phòng 1", Any(&[Right::SeeTargets], InBranch)),
    ("/chitieu phòng 1 2019 1", Any(&[Right::SetTargets], InBranch)),
    ("Target: a year", Any(&[Right::SeeTargets], Somewhere)),
    ("Target: changes", Any(&[Right::SeeTargets], Somewhere)),
    ("Target: set", Any(&[Right::SetTargets], Somewhere)),
    ("Target: ", Any(&[Right::SetTargets], InBranch)),
    ("/lop", Any(&[Right::HoldClasses], Somewhere)),
    ("Class: ", Any(&[Right::HoldClasses], Whole)),
    ("/thongbao", Any(&[Right::WriteNotices], Somewhere)),
    ("Notice: ", Any(&[Right::WriteNotices], InBranch)),
    ("Notice: have read it", Beside("whoever got it has read it")),
    ("/nhatky", Any(&[Right::ReadAudit], Somewhere)),
    ("/nhatky phong 1", Any(&[Right::ReadAudit], InBranch)),
    ("Audit: ", Any(&[Right::ReadAudit], InBranch)),
    ("Another's button: ", ANOTHERS),
];

/// Rights that no row of the trial needs, and where they are tried instead.
const ELSEWHERE: &[(Right, &str)] = &[
    (Right::ReadPapers, "fetched from a page: tests/world/papers.rs"),
    (Right::ReadNoticeFiles, "fetched from a page: tests/world/notice_files.rs"),
    (Right::SeeBranchTasks, "a part of /viec: tests/world/lists.rs"),
    (Right::CompareBranches, "a part of /viec: tests/world/lists.rs"),
    (Right::TakeInLists, "by the commands: tests/lists/office.rs"),
    (Right::KeepUnits, "by the commands: tests/lists/keeping.rs"),
    (Right::ReadRules, "says whose menu has /quydinh, and nothing else"),
];

fn needs(row: &str) -> Option<&'static Needs> {
    let whole = NEEDS.iter().find(|(name, _)| *name == row);
    let begins = |name: &str| name.ends_with(' ') && row.starts_with(name);
    whole.or_else(|| NEEDS.iter().find(|(name, _)| begins(name))).map(|(_, needs)| needs)
}

/// What the table and the trial say differently of a row; `None`: they agree. Strangers are nobody.
pub(super) fn disagreement(
    row: &str,
    done: bool,
    person: Option<&Person>,
    here: &Here,
    units: &UnitTree,
) -> Option<String> {
    let unit = |place| -> Option<UnitId> {
        match place {
            InBranch => Some(here.branch),
            Elsewhere => Some(here.elsewhere),
            Listed => Some(here.listed),
            Whole => Some(here.whole),
            Somewhere => None,
        }
    };
    let held = |rights: &[Right], place| {
        person.is_some_and(|person| {
            rights.iter().any(|right| match unit(place) {
                Some(unit) => may(person, *right, unit, units),
                None => somewhere(person, *right),
            })
        })
    };
    let (agree, rights, but) = match needs(row)? {
        Any(rights, place) => (held(rights, *place) == done, rights, ""),
        AtLeast(rights, place, why) => (held(rights, *place) || !done, rights, *why),
        Enough(rights, place, why) => (!held(rights, *place) || done, rights, *why),
        Beside(_) => return None,
    };
    let was = if done { "was done" } else { "was refused" };
    (!agree).then(|| format!("{row}: {was}, and the table says otherwise of {rights:?} {but}"))
}

#[test]
fn every_row_and_every_right_has_its_place() {
    let rows: BTreeSet<&str> = trials_of(&a_here()).iter().map(|trial| trial.about).collect();
    for row in rows.iter().filter(|row| !row.is_empty()) {
        assert!(needs(row).is_some(), "{row} needs a line in NEEDS");
    }
    let mut named = Vec::new();
    for (name, needs) in NEEDS {
        let found =
            rows.iter().any(|row| row == name || name.ends_with(' ') && row.starts_with(name));
        assert!(found, "there is no row {name}");
        match needs {
            Any(rights, _) | AtLeast(rights, ..) | Enough(rights, ..) => named.extend(*rights),
            Beside(why) => assert!(!why.is_empty()),
        }
    }
    for (right, _) in RIGHTS {
        let elsewhere = ELSEWHERE.iter().filter(|(other, _)| other == right).count();
        let tried = named.contains(right);
        assert!(tried != (elsewhere == 1), "{right:?} is tried, or its reason given, and not both");
    }
}
