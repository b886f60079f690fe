//! Files of lists that were opened: what their columns are taken for, by the program and by whoever corrects it.

use std::str::FromStr;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::file::{self, Col, Unreadable, Workbook};
use super::headings::{Column, Meaning, Sure, meaning};
use super::records::{self, Lists};
use super::table::{self, Proposal};

/// Files of one call, in order.
pub struct Sources {
    books: Vec<Workbook>,
    /// The tables of each file.
    tables: Vec<Vec<Proposal>>,
    /// Of the bytes of all files, in hex.
    digest: String,
}

/// A file that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("{name}: {why}")]
pub struct NotOpened {
    pub name: String,
    pub why: Unreadable,
}

/// What somebody takes a column for: `F=Ngày sinh`, `Sheet2!F=born`, `F=-` for nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// `None`: of every table with this column.
    pub sheet: Option<String>,
    pub column: Col,
    pub means: Option<Column>,
}

/// Why a correction is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoCorrection {
    #[error(
        "\"{0}\" is written COLUMN=MEANING: \"F=Ngày sinh\", \"Sheet2!F=born\", \"F=-\" for nothing"
    )]
    Form(String),
    #[error("\"{0}\" is neither a heading that is known nor \"-\" for nothing")]
    Meaning(String),
    #[error("no list has a column {0}")]
    NoColumn(Col),
    #[error("column {0} cannot be {1} in this kind of list")]
    NoPlace(Col, &'static str),
}

impl FromStr for Correction {
    type Err = NoCorrection;

    fn from_str(text: &str) -> Result<Self, NoCorrection> {
        let form = || NoCorrection::Form(text.to_owned());
        let (place, told) = text.split_once('=').ok_or_else(form)?;
        let (sheet, column) = match place.rsplit_once('!') {
            Some((sheet, column)) => (Some(sheet.trim().to_owned()), column),
            None => (None, place),
        };
        let column = column.trim().parse().map_err(|_| form())?;
        let told = told.trim();
        let named = Column::ALL.iter().copied().find(|one| one.name() == told);
        let means = match (told, named, meaning(told)) {
            ("-" | "", ..) => None,
            (_, Some(named), _) => Some(named),
            (_, None, Meaning::Is(means, Sure::Certain | Sure::Likely)) => Some(means),
            _ => return Err(NoCorrection::Meaning(told.to_owned())),
        };
        Ok(Self { sheet, column, means })
    }
}

impl Sources {
    /// Opens files by their names and bytes.
    ///
    /// # Errors
    /// The first file that cannot be read.
    pub fn open(files: &[(String, Vec<u8>)]) -> Result<Self, NotOpened> {
        let mut books = Vec::new();
        let mut digest = Sha256::new();
        for (name, bytes) in files {
            let opened = file::open(name, bytes);
            books.push(opened.map_err(|why| NotOpened { name: name.clone(), why })?);
            digest.update(Sha256::digest(bytes));
        }
        let tables = books.iter().map(table::propose).collect();
        Ok(Self { books, tables, digest: hex::encode(digest.finalize()) })
    }

    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// Each file with its tables.
    pub fn files(&self) -> impl Iterator<Item = (&Workbook, &[Proposal])> {
        self.books.iter().zip(self.tables.iter().map(Vec::as_slice))
    }

    pub fn tables(&self) -> impl Iterator<Item = &Proposal> {
        self.tables.iter().flatten()
    }

    pub(crate) fn tables_mut(&mut self) -> impl Iterator<Item = &mut Proposal> {
        self.tables.iter_mut().flatten()
    }

    /// Takes a column of one table, counted through all files, for what somebody chose; whether it can be that.
    pub fn take_for(&mut self, table: usize, column: Col, means: Option<Column>) -> bool {
        self.tables_mut().nth(table).is_some_and(|table| table.take_for(column, means))
    }

    /// Takes a column for what somebody says.
    ///
    /// # Errors
    /// Why that is none.
    pub fn correct(&mut self, correction: &Correction) -> Result<(), NoCorrection> {
        let (column, means) = (correction.column, correction.means);
        let meant = |table: &&mut Proposal| {
            correction.sheet.as_ref().is_none_or(|sheet| *sheet == table.sheet) && table.has(column)
        };
        let mut found = 0_usize;
        for table in self.tables.iter_mut().flatten().filter(meant) {
            if !table.take_for(column, means) {
                let means = means.map_or("-", Column::name);
                return Err(NoCorrection::NoPlace(column, means));
            }
            found += 1;
        }
        if found == 0 { Err(NoCorrection::NoColumn(column)) } else { Ok(()) }
    }

    /// Names of files in which nothing is recognised.
    pub fn unknown(&self) -> Option<&str> {
        self.files().find(|(_, tables)| tables.is_empty()).map(|(book, _)| &*book.name)
    }

    /// The sheets that hold something and no row of headings, with their file.
    pub fn without_headings(&self) -> Vec<(Arc<str>, Arc<str>)> {
        let mut left = Vec::new();
        for (book, tables) in self.files() {
            let filled = book.sheets.iter().filter(|sheet| !sheet.rows.is_empty());
            let filled =
                filled.filter(|sheet| tables.iter().all(|table| table.sheet != *sheet.name));
            left.extend(filled.map(|sheet| (book.name.clone(), sheet.name.clone())));
        }
        left
    }

    /// What all files tell.
    pub fn lists(&self) -> Lists {
        let mut lists = Lists::default();
        for (book, tables) in self.files() {
            lists.append(records::read(book, tables));
        }
        lists
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Sources {
        Sources::open(&[("a.csv".to_owned(), text.as_bytes().to_vec())]).unwrap()
    }

    #[test]
    fn a_choice_reaches_its_own_table_alone() {
        let text = "Họ tên;Ngày sinh;Mốc;Chi bộ\nNgô Thị Lụa;1985;3/2/2010;Một";
        let file = |name: &str| (name.to_owned(), text.as_bytes().to_vec());
        let mut sources = Sources::open(&[file("a.csv"), file("b.csv")]).unwrap();
        assert!(sources.take_for(1, Col(2), Some(Column::Admitted)));
        assert!(!sources.take_for(2, Col(2), Some(Column::Admitted)));
        let corrected: Vec<usize> = sources.tables().map(|table| table.corrected.len()).collect();
        assert_eq!(corrected, [0, 1]);
    }

    #[test]
    fn corrections_are_read_as_people_write_them() {
        let born = |sheet: Option<&str>| Correction {
            sheet: sheet.map(str::to_owned),
            column: Col(5),
            means: Some(Column::Born),
        };
        assert_eq!("F=born".parse(), Ok(born(None)));
        assert_eq!(" f = NGAY SINH".parse(), Ok(born(None)));
        assert_eq!("Chi bộ 1!F=Ngày sinh".parse(), Ok(born(Some("Chi bộ 1"))));
        assert_eq!("F=-".parse(), Ok(Correction { means: None, ..born(None) }));
        assert!(matches!("born".parse::<Correction>(), Err(NoCorrection::Form(_))));
        assert!(matches!("F1=born".parse::<Correction>(), Err(NoCorrection::Form(_))));
        assert!(matches!("F=cân nặng".parse::<Correction>(), Err(NoCorrection::Meaning(_))));
    }

    #[test]
    fn a_column_is_what_somebody_says() {
        let mut sources = of("Họ tên;Ngày sinh;Mốc;Chi bộ\nNgô Thị Lụa;1985;3/2/2010;Một");
        let correct = |sources: &mut Sources, text: &str| sources.correct(&text.parse().unwrap());
        correct(&mut sources, "C=Ngày vào Đảng").unwrap();
        correct(&mut sources, "B=-").unwrap();
        let lists = sources.lists();
        let person = &lists.people[0];
        assert!(person.born.is_none() && person.admitted.is_some(), "{person:#?}");
        // What another column was taken for it is no more.
        correct(&mut sources, "B=admitted").unwrap();
        assert_eq!(sources.lists().people[0].admitted.as_ref().unwrap().value.year(), 1985);
        assert_eq!(correct(&mut sources, "H=born"), Err(NoCorrection::NoColumn(Col(7))));
        assert!(matches!(correct(&mut sources, "C=paper_kind"), Err(NoCorrection::NoPlace(..))));
    }
}
