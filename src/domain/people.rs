//! What people are and which offices they hold.

use super::ids::{PersonId, UnitId};
use super::words;

words! {
    /// What a person is to the Party.
    Status {
        /// quần chúng
        NonMember = "non_member",
        /// đảng viên dự bị
        Probationary = "probationary",
        /// đảng viên chính thức
        Official = "official",
    }
}

words! {
    UnitKind {
        /// Đảng ủy, Đảng bộ
        Committee = "committee",
        /// chi bộ
        Branch = "branch",
    }
}

words! {
    /// An office held in a unit from a date to a date.
    OfficeKind {
        /// bí thư
        Secretary = "secretary",
        /// phó bí thư
        Deputy = "deputy",
        /// cấp ủy viên
        Committee = "committee",
        /// Văn phòng Đảng ủy
        Office = "office",
        /// đầu mối Đoàn thanh niên, Công đoàn, Hội Cựu chiến binh
        Union = "union",
    }
}

/// An office as held today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Office {
    pub kind: OfficeKind,
    pub unit: UnitId,
    pub unit_kind: UnitKind,
}

/// A person the program knows, with what they may do now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub id: PersonId,
    pub code: String,
    pub name: String,
    /// `vi` or `en`; `None` leaves it to the organisation.
    pub language: Option<String>,
    /// The unit the person is placed in today.
    pub unit: Option<UnitId>,
    pub offices: Vec<Office>,
    /// Whether the person guides anyone today.
    pub mentor: bool,
}

impl Person {
    /// The branches whose secretary or deputy the person is.
    pub fn leads(&self) -> impl Iterator<Item = UnitId> + '_ {
        self.offices
            .iter()
            .filter(|o| matches!(o.kind, OfficeKind::Secretary | OfficeKind::Deputy))
            .filter(|o| o.unit_kind == UnitKind::Branch)
            .map(|o| o.unit)
    }

    /// The units over whose whole subtree the person watches: a committee's members, its
    /// secretary and deputy, and its office.
    pub fn oversees(&self) -> impl Iterator<Item = UnitId> + '_ {
        self.offices
            .iter()
            .filter(|o| o.unit_kind == UnitKind::Committee && o.kind != OfficeKind::Union)
            .map(|o| o.unit)
    }

    /// The units in whose whole subtree the person is a union's contact.
    pub fn speaks_for(&self) -> impl Iterator<Item = UnitId> + '_ {
        self.offices.iter().filter(|o| o.kind == OfficeKind::Union).map(|o| o.unit)
    }
}
