//! Reads the cells of one row, and notes what cannot be read and what is in doubt.

use super::rows::{Line, tells_no_state};
use super::{At, CellDoubt, CellError, InUnit, Lists, PaperTold, Secret, Told};
use crate::lists::file::{Cell, Col};
use crate::lists::headings::Column;
use crate::lists::table::Proposal;
use crate::lists::values::{Allowed, Day, Doubt, Read, State, Taken, day, day_in, paper, text};

/// Characters of what is shown of a cell.
const SHOWN: usize = 80;

pub(super) struct Reading<'l> {
    line: &'l Line<'l>,
    pub proposal: &'l Proposal,
    pub lists: &'l mut Lists,
}

impl<'l> Reading<'l> {
    pub(super) fn new(line: &'l Line<'l>, proposal: &'l Proposal, lists: &'l mut Lists) -> Self {
        Self { line, proposal, lists }
    }

    pub(super) fn at(&self) -> At {
        self.line.at.clone()
    }

    /// The columns that tell something, with what stands in them.
    pub(super) fn cells(&self, means: Column) -> Vec<(Col, &'l Cell)> {
        let columns = self.proposal.columns.iter().filter(|one| one.means == means);
        columns.map(|one| (one.column, self.line.row.cell(one.column))).collect()
    }

    /// What people of this row are by the title of the list.
    pub(super) fn state_by_title(&self) -> Option<State> {
        self.line.state
    }

    /// Whether nothing in the row says what somebody is to the Party.
    pub(super) fn says_no_state(&self) -> bool {
        tells_no_state(self.proposal, &self.line.row)
    }

    pub(super) fn cell(&self, means: Column) -> Option<(Col, &'l Cell)> {
        self.cells(means).into_iter().find(|(_, cell)| !cell.is_empty())
    }

    /// What a column tells, read by `reader`.
    pub(super) fn told<T>(
        &mut self,
        means: Column,
        reader: impl Fn(&Cell) -> Read<T>,
    ) -> Option<Told<T>> {
        let (column, cell) = self.cell(means)?;
        self.keep(means, column, cell, reader(cell))
    }

    /// A value that was read of a cell; otherwise the error is noted.
    pub(super) fn keep<T>(
        &mut self,
        means: Column,
        column: Col,
        cell: &Cell,
        read: Read<T>,
    ) -> Option<Told<T>> {
        match read {
            Ok(None) => None,
            Ok(Some(Taken { value, doubt })) => {
                if let Some(doubt) = doubt {
                    self.doubt(means, column, cell, doubt);
                }
                Some(Told { value, column })
            }
            Err(allowed) => {
                self.error(means, column, cell, allowed);
                None
            }
        }
    }

    pub(super) fn error(&mut self, means: Column, column: Col, cell: &Cell, allowed: Allowed) {
        let read = shown(means, cell);
        self.lists.errors.push(CellError {
            at: self.line.at.clone(),
            column,
            means,
            read,
            allowed,
        });
    }

    pub(super) fn doubt(&mut self, means: Column, column: Col, cell: &Cell, doubt: Doubt) {
        let read = shown(means, cell);
        self.lists.doubts.push(CellDoubt {
            at: self.line.at.clone(),
            column: Some(column),
            read,
            doubt,
        });
    }

    pub(super) fn text(&mut self, means: Column) -> Option<Told<String>> {
        self.told(means, text).map(|told| Told { value: told.value.replace('\n', " "), ..told })
    }

    pub(super) fn day(&mut self, means: Column) -> Option<Told<Day>> {
        self.told(means, day)
    }

    pub(super) fn secret(
        &mut self,
        means: Column,
        reader: impl Fn(&Cell) -> Read<String>,
    ) -> Option<Told<Secret>> {
        self.told(means, reader)
            .map(|told| Told { value: Secret::new(told.value), column: told.column })
    }

    /// The number and the day of a paper, which may stand in a column each or in one.
    pub(super) fn paper(&mut self, number: Column, on: Option<Column>) -> PaperTold {
        let mut out = PaperTold::default();
        if let Some((column, cell)) = self.cell(number) {
            // A day in the column of the number is the day.
            let read = match cell {
                Cell::Day(_) => {
                    day(cell).map(|read| read.map(|taken| (String::new(), Some(taken.value))))
                }
                cell => {
                    paper(cell).map(|read| read.map(|taken| (taken.value.number, taken.value.on)))
                }
            };
            let read = read.map(|read| read.map(|value| Taken { value, doubt: None }));
            if let Some(Told { value: (number, on), .. }) = self.keep(number, column, cell, read) {
                out.on = on.map(|value| Told { value, column });
                out.number = Some(number)
                    .filter(|number| !number.is_empty())
                    .map(|value| Told { value, column });
            }
        }
        let Some((means, (column, cell))) = on.and_then(|on| Some((on, self.cell(on)?))) else {
            return out;
        };
        match (day(cell), paper(cell)) {
            // The day with the number in its column.
            (Err(_), Ok(Some(Taken { value, .. })))
                if value.on.is_some() && !matches!(day_in(&value.number), Ok(Some(_))) =>
            {
                out.on = value.on.map(|value| Told { value, column });
                if out.number.is_none() && !value.number.is_empty() {
                    out.number = Some(Told { value: value.number, column });
                }
            }
            (read, _) => {
                let told = self.keep(means, column, cell, read);
                out.on = told.or(out.on);
            }
        }
        out
    }

    /// The unit of a row: of its column, or of the group it stands in.
    pub(super) fn unit(&mut self, means: Column) -> Option<InUnit> {
        if let Some(told) = self.text(means) {
            return Some(InUnit::Column(told));
        }
        let (name, row) = self.line.group.clone()?;
        Some(InUnit::Group { name, row })
    }
}

/// What stands in a cell, shortened; dots for what is secret, and for long numbers wherever they stand: one of
/// an identity card may be written beside a name, in groups as well.
fn shown(means: Column, cell: &Cell) -> String {
    /// A day has eight digits in groups, and a year beside it more.
    const LONG: usize = 8;
    const LONG_IN_GROUPS: usize = 9;
    let text: Vec<char> = cell.shown().chars().take(SHOWN).collect();
    if means.is_secret() {
        return text.iter().map(|c| if c.is_alphanumeric() { HIDDEN } else { *c }).collect();
    }
    let mut out = String::new();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let grouped = rest.iter().take_while(|c| c.is_ascii_digit() || GROUPS.contains(c)).count();
        let digits = rest[..grouped].iter().filter(|c| c.is_ascii_digit()).count();
        let run = rest.iter().take_while(|c| c.is_ascii_digit()).count();
        let (many, hides) = match (run, digits) {
            (0, _) => (1, false),
            (_, LONG_IN_GROUPS..) => (grouped, true),
            (LONG.., _) => (run, true),
            _ => (run, false),
        };
        let hide = |c: &char| if hides && c.is_ascii_digit() { HIDDEN } else { *c };
        out.extend(rest[..many].iter().map(hide));
        at += many;
    }
    out
}

const HIDDEN: char = '•';
/// What stands between groups of digits.
const GROUPS: [char; 4] = [' ', '.', '-', '\u{a0}'];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_not_shown() {
        for (means, text, expected) in [
            (Column::Personal, "0123-45a", "••••-•••"),
            (Column::Name, "Ngô Thị Lụa 001185012345", "Ngô Thị Lụa ••••••••••••"),
            (Column::Name, "Ngô Thị Lụa 001 185 012 345 a", "Ngô Thị Lụa ••• ••• ••• ••• a"),
            (Column::Name, "Lụa 0011.8501.2345", "Lụa ••••.••••.••••"),
            (Column::Born, "31/02/2018", "31/02/2018"),
            (Column::Born, "31.02.2018", "31.02.2018"),
        ] {
            assert_eq!(shown(means, &Cell::Text(text.to_owned())), expected);
        }
    }
}
