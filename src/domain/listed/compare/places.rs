//! Where lists place those who are there already.

use chrono::NaiveDate;

use super::super::super::typed::Typed;
use super::super::{Arrival, Change, KnownPerson, PersonTold, Question, UnitRef};
use super::Comparing;

impl<'k> Comparing<'k> {
    /// Where they are placed in the end.
    pub(super) fn moves(
        &mut self,
        them: &'k KnownPerson,
        row: &PersonTold,
        unit: Option<UnitRef>,
        changes: &mut Vec<Change>,
    ) -> Option<UnitRef> {
        let there = them.unit.map(|(unit, _)| UnitRef::Known(unit));
        let code = || them.code.clone();
        if row.left.is_some() || row.is_gone {
            match (row.left, them.unit) {
                (Some(left), Some((_, since))) if left < since => {
                    self.doubt(row, Question::LeftBefore { code: code() });
                }
                (Some(_), Some(_)) if them.is_followed() => {
                    self.doubt(row, Question::Followed { code: code() });
                }
                (Some(on), Some(_)) => {
                    changes.push(Change::Leaves { on, how: row.left_how, to: row.left_to.clone() })
                }
                (None, Some(_)) => self.doubt(row, Question::LeftWhen),
                (_, None) => {}
            }
            return there;
        }
        let Some(to) = unit.filter(|to| Some(*to) != there) else { return there };
        match them.unit {
            None if !them.was_placed => {
                changes.push(comes(row, to, self.since(row), None));
                return Some(to);
            }
            _ if them.is_followed() => {
                self.doubt(row, Question::Followed { code: code() });
            }
            None => {
                if self.asks(row, Question::Returned { code: code() }) {
                    changes.push(comes(row, to, self.today, None));
                    return Some(to);
                }
            }
            Some((unit, _)) => {
                let name = self.known.units.iter().find(|known| known.id == unit);
                let unit = name.map(|unit| unit.name.clone()).unwrap_or_default();
                if self.asks(row, Question::Elsewhere { code: code(), unit }) {
                    changes.push(comes(row, to, self.today, Some(Arrival::Within)));
                    self.leaves_posts(them, changes);
                    return Some(to);
                }
            }
        }
        there
    }

    /// Whoever moves holds no office of the branch that they leave.
    fn leaves_posts(&mut self, them: &KnownPerson, changes: &mut Vec<Change>) {
        let Some((unit, _)) = them.unit else { return };
        for (office, _) in them.posts.iter().filter(|(_, of)| *of == unit) {
            self.held.remove(&(*office, UnitRef::Known(unit)));
            changes.push(Change::Ends { office: *office, unit });
        }
    }
}

fn comes(row: &PersonTold, to: UnitRef, from: NaiveDate, how: Option<Arrival>) -> Change {
    let came_from = row.came.from.clone().map(Typed::new);
    Change::Moves { to, from, came: row.came.how.or(how), came_from }
}
