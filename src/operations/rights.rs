//! Who may do what: [`RIGHTS`] is the one table, and every question about a right is asked here.
//!
//! A right is held through a [`Bond`] between a person and units, by the offices and the placement of
//! today. What depends on more than that stands with the deed: which candidates somebody guides, whom
//! a notice went to, whose own office it is.

use crate::domain::ids::UnitId;
use crate::domain::people::{Office, OfficeKind, Person, UnitKind};
use crate::domain::units::{Unit, UnitTree};

/// What binds a person to units today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bond {
    /// Secretary or deputy of a branch: that branch.
    Leads,
    /// Secretary of a branch: that branch.
    Heads,
    /// Member, secretary, deputy or office of a committee: the committee and everything below it.
    Oversees,
    /// A union's contact in a unit: the unit and everything below it.
    SpeaksFor,
    /// Placed in a unit, member or not: that unit.
    Belongs,
    /// Guides anybody: no unit, as who guides whom is recorded for each candidate.
    Guides,
}

macro_rules! rights {
    ($($(#[$doc:meta])* $right:ident: $($bond:ident)|+;)*) => {
        /// Something that not everybody may do.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Right { $($(#[$doc])* $right),* }

        /// Each right with the bonds that give it, any of them. Their order is that in which
        /// [`roots`] names units.
        pub const RIGHTS: &[(Right, &[Bond])] =
            &[$((Right::$right, &[$(Bond::$bond),+])),*];
    };
}

rights! {
    // Meetings

    /// Is shown when the unit meets; whoever sets its meetings is shown those.
    SeeMeetings: Belongs;
    /// Sets the rule of a branch's meetings, moves one, cancels one, adds one.
    SetMeetings: Leads;
    /// Sees who comes to a meeting.
    SeeAnswers: Leads;
    /// Prepares a meeting, writes its sheet and closes it.
    RunMeetings: Leads;
    /// Says that what a meeting gave somebody else to do is done.
    SettleDuties: Leads;
    /// Reads minutes and resolutions.
    ReadPapers: Leads | Oversees;
    /// Binds a group chat to a branch.
    BindGroup: Leads;

    // Reports

    /// Writes reports, on those they guide.
    Report: Guides;
    /// Accepts or returns reports, but not their own.
    ReviewReports: Leads;
    /// Sees what became of a meeting's reminders, and reminds those who still owe.
    FollowUp: Leads | Oversees;
    /// Is told among their tasks what waits in the branch: reports to judge, a sheet to close, and
    /// who still owes a report.
    SeeBranchTasks: Leads;
    /// Is told among their tasks how each branch stands.
    CompareBranches: Oversees;

    // Candidates

    /// Introduces somebody of a branch.
    Introduce: Leads | SpeaksFor;
    /// Takes in somebody who comes with a file from elsewhere.
    TakeIn: Oversees;
    /// Takes in lists of units and people, and gives them out.
    TakeInLists: Oversees;
    /// Keeps people true who are on no road: adds, corrects, moves, lets go.
    KeepStaff: Oversees;
    /// Proposes what is to change about people of their branch.
    ProposeStaff: Leads;
    /// Founds, renames, moves, merges and dissolves units.
    KeepUnits: Oversees;
    /// Sees the candidates of a branch and their dossiers, and notes where papers are kept.
    SeeDossiers: Leads | Oversees;
    /// Takes the steps of the road that are the branch's.
    ActForBranch: Leads;
    /// Takes the steps of the road that are the committee's, and takes back any.
    ActForCommittee: Oversees;
    /// Approves or returns source lists.
    Approve: Oversees;
    /// Assigns mentors and releases them.
    AssignMentors: Leads;

    // Offices

    /// Hands over their own office of a branch.
    PassOwnOffice: Leads;
    /// Hands over the office of a branch's deputy.
    PassDeputysOffice: Heads;
    /// Hands over any office of a branch.
    PassOffices: Oversees;

    // The committee's work

    /// Sees figures.
    SeeFigures: Oversees | Leads;
    /// Sees what is expected of a branch. Who sets targets is shown those alone that they set.
    SeeTargets: Oversees | Leads;
    /// Sets what is expected of a branch.
    SetTargets: Oversees;
    /// Opens classes, sends people, notes certificates, cancels.
    HoldClasses: Oversees;
    /// Writes notices to branches, with a file, and sees who has read them.
    WriteNotices: Oversees;
    /// Fetches the file of a notice that went to others.
    ReadNoticeFiles: Oversees;
    /// Reads the audit.
    ReadAudit: Oversees;
    /// Is offered the rules of Party offices; whoever asks for them may read them.
    ReadRules: Belongs;
}

/// Whether a person holds a right in a unit.
pub fn may(person: &Person, right: Right, unit: UnitId, units: &UnitTree) -> bool {
    bonds(right).iter().any(|bond| {
        bound(person, *bond).any(|root| match bond {
            Bond::Oversees | Bond::SpeaksFor => units.is_within(unit, root),
            Bond::Leads | Bond::Heads | Bond::Belongs | Bond::Guides => unit == root,
        })
    })
}

/// Whether a person holds a right anywhere. What is shown to them can depend on it; what they do
/// depends on where.
pub fn somewhere(person: &Person, right: Right) -> bool {
    bonds(right).iter().any(|bond| match bond {
        Bond::Guides => person.guides,
        bond => bound(person, *bond).next().is_some(),
    })
}

/// The branches in which a person holds a right, in the order of their codes.
pub fn branches<'u>(person: &Person, right: Right, units: &'u UnitTree) -> Vec<&'u Unit> {
    units.branches().filter(|branch| may(person, right, branch.id, units)).collect()
}

/// The units through which a person holds a right, each once for each office; it may reach down
/// from there.
pub fn roots(person: &Person, right: Right) -> Vec<UnitId> {
    bonds(right).iter().flat_map(|bond| bound(person, *bond)).collect()
}

/// Whether somebody who does something in a branch does it as the committee: they oversee something,
/// and do not lead this branch.
pub fn is_the_committees(person: &Person, branch: UnitId) -> bool {
    bound(person, Bond::Oversees).next().is_some()
        && bound(person, Bond::Leads).all(|led| led != branch)
}

/// The row of the table.
fn bonds(right: Right) -> &'static [Bond] {
    RIGHTS[right as usize].1
}

/// The units to which a bond binds a person, in the order of their offices.
fn bound(person: &Person, bond: Bond) -> impl Iterator<Item = UnitId> + '_ {
    let by_office = person.offices.iter().filter(move |office| gives(office, bond));
    let placed = person.unit.filter(|_| bond == Bond::Belongs);
    by_office.map(|office| office.unit).chain(placed)
}

/// Whether an office gives a bond.
fn gives(office: &Office, bond: Bond) -> bool {
    let in_branch = office.unit_kind == UnitKind::Branch;
    match bond {
        Bond::Leads => {
            in_branch && matches!(office.kind, OfficeKind::Secretary | OfficeKind::Deputy)
        }
        Bond::Heads => in_branch && office.kind == OfficeKind::Secretary,
        Bond::Oversees => !in_branch && office.kind != OfficeKind::Union,
        Bond::SpeaksFor => office.kind == OfficeKind::Union,
        Bond::Belongs | Bond::Guides => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::PersonId;

    /// Committees 1 and, below it, 2; branches 3 below 1, and 4 and 5 below 2.
    fn units() -> UnitTree {
        let rows = [
            (1, None, UnitKind::Committee),
            (2, Some(1), UnitKind::Committee),
            (3, Some(1), UnitKind::Branch),
            (4, Some(2), UnitKind::Branch),
            (5, Some(2), UnitKind::Branch),
        ];
        let unit = |(id, parent, kind): (i64, Option<i64>, UnitKind)| Unit {
            id: UnitId(id),
            code: id.to_string(),
            parent: parent.map(UnitId),
            kind,
            name: crate::domain::units::UnitName::default(),
            name_key: String::new(),
            ended: None,
        };
        UnitTree::new(rows.map(unit).into())
    }

    fn holder(offices: &[(OfficeKind, i64)]) -> Person {
        let units = units();
        let office = |(kind, unit): &(OfficeKind, i64)| {
            let unit = units.get(UnitId(*unit)).unwrap();
            Office { kind: *kind, unit: unit.id, unit_kind: unit.kind }
        };
        Person {
            id: PersonId(1),
            code: "NS-001".to_owned(),
            name: crate::domain::name::Name::new("Lê An"),
            language: None,
            unit: Some(UnitId(3)),
            offices: offices.iter().map(office).collect(),
            guides: false,
        }
    }

    fn ids(units: &[UnitId]) -> Vec<i64> {
        units.iter().map(|unit| unit.0).collect()
    }

    /// The branches in which the right is held.
    fn where_held(person: &Person, right: Right) -> Vec<i64> {
        let units = units();
        branches(person, right, &units).iter().map(|unit| unit.id.0).collect()
    }

    #[test]
    fn each_row_stands_where_its_right_counts() {
        for (place, (right, bonds)) in RIGHTS.iter().enumerate() {
            assert_eq!(*right as usize, place, "{right:?}");
            assert!(!bonds.is_empty());
        }
    }

    #[test]
    fn an_office_reaches_as_far_as_it_does() {
        use OfficeKind::{Committee, Deputy, Office, Secretary, Union};
        // Whoever leads, is secretary, oversees, introduces, of the branches 3, 4, 5.
        for (office, leads, heads, oversees, introduces) in [
            ((Secretary, 4), &[4][..], &[4][..], &[][..], &[4][..]),
            ((Deputy, 4), &[4], &[], &[], &[4]),
            ((Secretary, 2), &[], &[], &[4, 5], &[]),
            ((Deputy, 1), &[], &[], &[3, 4, 5], &[]),
            ((Committee, 2), &[], &[], &[4, 5], &[]),
            ((Office, 1), &[], &[], &[3, 4, 5], &[]),
            ((Union, 2), &[], &[], &[], &[4, 5]),
            ((Union, 4), &[], &[], &[], &[4]),
            ((Committee, 4), &[], &[], &[], &[]),
            ((Office, 4), &[], &[], &[], &[]),
        ] {
            let person = holder(&[office]);
            for (right, held) in [
                (Right::RunMeetings, leads),
                (Right::PassDeputysOffice, heads),
                (Right::WriteNotices, oversees),
                (Right::Introduce, introduces),
            ] {
                assert_eq!(where_held(&person, right), held, "{right:?} of {office:?}");
                assert_eq!(somewhere(&person, right), !held.is_empty(), "{right:?} of {office:?}");
            }
        }
    }

    #[test]
    fn the_committee_itself_is_overseen_too() {
        let (units, person) = (units(), holder(&[(OfficeKind::Office, 2)]));
        let may = |unit| may(&person, Right::SeeFigures, UnitId(unit), &units);
        assert_eq!([1, 2, 3, 4, 5].map(may), [false, true, false, true, true]);
    }

    #[test]
    fn the_widest_view_comes_first() {
        let offices =
            [(OfficeKind::Secretary, 3), (OfficeKind::Committee, 2), (OfficeKind::Office, 1)];
        let person = holder(&offices);
        assert_eq!(ids(&roots(&person, Right::SeeFigures)), [2, 1, 3]);
        assert_eq!(ids(&roots(&person, Right::RunMeetings)), [3]);
    }

    #[test]
    fn some_rights_need_no_office() {
        let mut person = holder(&[]);
        assert_eq!(where_held(&person, Right::SeeMeetings), [3]);
        assert!(somewhere(&person, Right::SeeMeetings) && !somewhere(&person, Right::Report));
        person.guides = true;
        assert!(somewhere(&person, Right::Report));
        assert!(where_held(&person, Right::Report).is_empty(), "no unit says whom they guide");
    }

    #[test]
    fn who_leads_a_branch_acts_there_for_the_branch() {
        let both = holder(&[(OfficeKind::Secretary, 4), (OfficeKind::Committee, 1)]);
        let acts = |branch| is_the_committees(&both, UnitId(branch));
        assert_eq!([3, 4, 5].map(acts), [true, false, true]);
        assert!(!is_the_committees(&holder(&[(OfficeKind::Secretary, 3)]), UnitId(4)));
    }
}
