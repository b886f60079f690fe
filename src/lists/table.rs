//! The tables in the sheets of a workbook, and what their columns are thought to be.
//!
//! What comes out is a proposal, which a person confirms.

mod columns;
mod heading;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use self::heading::Heading;
use super::file::{Col, Sheet, Workbook};
use super::headings::{Column, Meaning, Sure, meaning_below, plain};

/// What the rows of a table are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Members and staff; some may be candidates.
    People,
    /// People on the road. Read like people.
    Candidates,
    /// Branches and organisations; with their meetings and numbers where the columns tell them.
    Units,
    Classes,
    /// The last number of each kind of paper.
    Numbers,
    /// When and where each branch meets.
    Rules,
}

/// What somebody took columns for, where the program took them for something else; `None`: for nothing.
pub type Mapping = BTreeMap<Col, Option<Column>>;

/// A table, and what is thought of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    pub sheet: String,
    pub kind: Kind,
    /// The first and the last row of the heading.
    pub heading: (u32, u32),
    /// The last row that may belong to the table; what stands below it is of another.
    pub ends: u32,
    pub columns: Vec<Proposed>,
    pub not_used: Vec<NotUsed>,
    /// Digest of the headings: the same where they are printed again.
    pub signature: String,
    /// What somebody took columns for instead.
    #[serde(default)]
    pub corrected: Mapping,
}

/// What a column is thought to tell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposed {
    pub column: Col,
    /// As it stands in the sheet; what stands above it first, parted by `>`.
    pub heading: String,
    pub means: Column,
    pub sure: Sure,
}

/// A column that is not read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotUsed {
    pub column: Col,
    pub heading: String,
}

impl Proposal {
    /// What a column of it can be taken for.
    pub fn offers(&self) -> impl Iterator<Item = Column> {
        let kind = self.kind;
        Column::ALL
            .iter()
            .copied()
            .filter(move |means| columns::within(kind, *means) == Some(*means))
    }

    /// Whether there is a heading in this column.
    pub fn has(&self, column: Col) -> bool {
        self.columns.iter().any(|one| one.column == column)
            || self.not_used.iter().any(|one| one.column == column)
    }

    /// Takes a column for something else, or for nothing; whether it can be that in this kind of table. Whatever
    /// else was taken for it is so no more.
    pub fn take_for(&mut self, column: Col, means: Option<Column>) -> bool {
        let means = match means.map(|means| columns::within(self.kind, means)) {
            Some(None) => return false,
            Some(means) => means,
            None => None,
        };
        let shown = self.columns.iter().map(|one| (one.column, &one.heading));
        let mut shown = shown.chain(self.not_used.iter().map(|one| (one.column, &one.heading)));
        let Some(heading) = shown.find(|(at, _)| *at == column).map(|(_, text)| text.clone())
        else {
            return false;
        };
        let gives_way = |one: &Proposed| {
            one.column == column || (Some(one.means) == means && !one.means.may_repeat())
        };
        let (gone, kept) = std::mem::take(&mut self.columns).into_iter().partition(gives_way);
        self.columns = kept;
        let gone: Vec<Proposed> = gone;
        self.not_used.retain(|one| one.column != column);
        let left = gone.into_iter().filter(|one| one.column != column);
        self.not_used.extend(left.map(|one| NotUsed { column: one.column, heading: one.heading }));
        match means {
            Some(means) => {
                self.columns.push(Proposed { column, heading, means, sure: Sure::Certain });
                self.columns.sort_by_key(|one| one.column);
            }
            None => self.not_used.push(NotUsed { column, heading }),
        }
        self.corrected.insert(column, means);
        true
    }

    /// The column that tells something; the first of several.
    pub fn column(&self, means: Column) -> Option<Col> {
        self.columns.iter().find(|one| one.means == means).map(|one| one.column)
    }
}

/// The tables of a workbook, in order.
pub fn propose(workbook: &Workbook) -> Vec<Proposal> {
    workbook.sheets.iter().flat_map(tables).collect()
}

fn tables(sheet: &Sheet) -> Vec<Proposal> {
    let last = sheet.rows.last().map_or(0, |row| row.number);
    let mut out: Vec<Proposal> = Vec::new();
    for heading in heading::find(sheet) {
        if let Some(before) = out.last_mut() {
            before.ends = heading.first.saturating_sub(1);
        }
        let Some(mut table) = table(sheet, heading, last) else { continue };
        match out.last_mut() {
            // The same heading printed again on the next page: one table, and the reading leaves the row out.
            Some(before) if is_again(before, &table) => before.ends = last,
            Some(before) => {
                before.ends = table.heading.0.saturating_sub(1);
                out.push(table);
            }
            None => {
                table.ends = last;
                out.push(table);
            }
        }
    }
    out
}

fn is_again(before: &Proposal, table: &Proposal) -> bool {
    let columns =
        |of: &Proposal| of.columns.iter().map(|one| (one.column, one.means)).collect::<Vec<_>>();
    before.signature == table.signature && columns(before) == columns(table)
}

fn table(sheet: &Sheet, heading: Heading, ends: u32) -> Option<Proposal> {
    let mut texts = BTreeMap::new();
    let rows = (heading.first..=heading.last).filter_map(|number| sheet.row(number));
    let width = rows.flat_map(|row| row.cells.iter().map(|(column, _)| column.0)).max()?;
    // A heading is no wider than what may be read; a stray cell far to the right is none.
    let merged =
        sheet.merged.iter().filter(|area| (heading.first..=heading.last).contains(&area.first.0));
    let width = merged.map(|area| area.last.1.0).chain([width]).max()?.min(1_000);
    for column in (0..=width).map(Col) {
        let of = heading::texts(sheet, heading, column);
        if !of.is_empty() {
            texts.insert(column, of);
        }
    }
    let shown = |texts: &[String]| texts.join(" > ").replace('\n', " ");
    let signature = signature(texts.values().map(|texts| shown(texts)));
    let meanings: Vec<(Col, Vec<String>, Meaning)> = texts
        .into_iter()
        .map(|(column, texts)| {
            let meaning = meaning_below(&texts);
            (column, texts, meaning)
        })
        .collect();
    let (kind, settled) = columns::settle(sheet, heading, ends, meanings)?;
    let (mut columns, mut not_used) = (Vec::new(), Vec::new());
    for (column, texts, meaning) in settled {
        let heading = shown(&texts);
        match meaning {
            Meaning::Is(means, sure) => columns.push(Proposed { column, heading, means, sure }),
            Meaning::NotUsed | Meaning::Unknown => not_used.push(NotUsed { column, heading }),
        }
    }
    let heading = (heading.first, heading.last);
    Some(Proposal {
        sheet: sheet.name.to_string(),
        kind,
        heading,
        ends,
        columns,
        not_used,
        signature,
        corrected: Mapping::new(),
    })
}

fn signature(headings: impl Iterator<Item = String>) -> String {
    let mut digest = Sha256::new();
    for heading in headings {
        digest.update(plain(&heading));
        digest.update("\n");
    }
    hex::encode(digest.finalize().get(..16).unwrap_or_default())
}
