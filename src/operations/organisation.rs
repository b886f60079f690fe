//! An organisation begins: its topmost unit, what papers and pages need to know of it, and the first officer of
//! the committee's office, who lets everybody else in.

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::work::{Refused, Work, refuse};
use crate::domain::audit::{Act, Field};
use crate::domain::ids::{PersonId, UnitId};
use crate::domain::language::Language;
use crate::domain::name::Name;
use crate::domain::people::{OfficeKind, UnitKind, full_name};
use crate::domain::typed::Typed;
use crate::domain::units::UnitName;
use crate::message::{Arg, Phrase};
use crate::store::audit::Entry;
use crate::store::installation::{self, Organisation};
use crate::store::{people, tenures, units};

/// The code of the topmost unit.
const TOP: &str = "DB";
/// How long its name may be, in characters.
const NAME_LENGTHS: std::ops::RangeInclusive<usize> = 3..=120;

/// An organisation that is to begin.
#[derive(Clone, Debug)]
pub struct Founding {
    pub name: Typed,
    /// Of the line of place and date on papers; empty: left open.
    pub locality: Typed,
    /// What is not told here is as the settings say, now and whenever they change.
    pub zone: Option<Tz>,
    pub language: Option<Language>,
    /// The first day of the term.
    pub term_start: Option<NaiveDate>,
}

/// Begins an organisation in an empty database.
pub async fn found(work: &mut Work<'_>, founding: &Founding) -> Result<UnitId, Refused> {
    work.must_administer()?;
    if let Some(top) = work.units.root() {
        return refuse(Phrase::new("init-there").with("unit", work.units.name(top.id)));
    }
    if !NAME_LENGTHS.contains(&founding.name.length()) {
        let most = i64::try_from(*NAME_LENGTHS.end()).unwrap_or_default();
        return refuse(Phrase::new("init-name").with("most", most));
    }
    let name = UnitName::new(founding.name.as_written().to_owned());
    let unit = units::found(work.tx, TOP, None, UnitKind::Committee, &name).await?;
    let locality = &founding.locality;
    let known = Organisation {
        locality: (!locality.is_empty()).then(|| locality.as_written().to_owned()),
        zone: founding.zone.map(|zone| zone.name().to_owned()),
        language: founding.language.map(|language| language.as_str().to_owned()),
        term_start: founding.term_start.map(|day| day.to_string()),
    };
    installation::set_organisation(work.tx, &known).await?;
    work.note(Entry::new(Act::UnitFounded, TOP).within(unit)).await?;
    Ok(unit)
}

/// Puts down the first officer of the committee's office, from today on; gives them and their code. Where they are placed
/// is told by the lists that they bring.
pub async fn first_officer(
    work: &mut Work<'_>,
    unit: UnitId,
    name: &Typed,
) -> Result<(PersonId, String), Refused> {
    work.must_administer()?;
    let today = work.today();
    if let Some(holder) = people::holders(work.tx, unit, OfficeKind::Office, today).await?.first() {
        let there = people::get(work.tx, *holder, today).await?;
        let code = there.map(|person| person.code).unwrap_or_default();
        return refuse(Phrase::new("init-officer-there").with("code", Arg::code(&code)));
    }
    let Some(name) = full_name(name.as_written()) else { return refuse("init-officer-name") };
    let (person, code) = people::add_unplaced(work.tx, &Name::new(name), None).await?;
    tenures::begin_office(work.tx, unit, OfficeKind::Office, person, today).await?;
    work.note(Entry::new(Act::PersonAdded, code.as_str()).within(unit)).await?;
    let entry = Entry::new(Act::OfficePassed, TOP).within(unit);
    let entry = entry.became(Field::Office, OfficeKind::Office);
    work.note(entry.became(Field::Holder, code.as_str())).await?;
    Ok((person, code))
}
