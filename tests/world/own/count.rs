//! Counts the lists by hand: fixed columns of fixed sheets, and nothing of the program that takes them in.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use unicode_normalization::UnicodeNormalization;

#[derive(Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// Members and staff of each branch.
    pub branches: BTreeMap<String, (i64, i64)>,
    /// Admissions by year.
    pub admitted: BTreeMap<i32, i64>,
    pub awareness_class: i64,
}

/// Somebody of a branch; a name in one form.
type One = (String, String);

fn sheet(bytes: &[u8], name: Option<&str>) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let name = name.map_or_else(|| book.sheet_names()[0].clone(), str::to_owned);
    let range = book.worksheet_range(&name).unwrap();
    let (first_row, first_column) = range.start().unwrap();
    assert_eq!((first_row.min(3), first_column), (first_row, 0));
    let text = |cell: &Data| match cell {
        Data::Empty => String::new(),
        cell => cell.to_string(),
    };
    let before = vec![Vec::new(); usize::try_from(first_row).unwrap()];
    let rows = range.rows().map(|row| row.iter().map(text).collect());
    before.into_iter().chain(rows).collect()
}

fn named(name: &str) -> String {
    name.nfc().collect::<String>().to_lowercase()
}

fn year(day: &str) -> i32 {
    day.rsplit(['.', '/', '-']).next().unwrap().parse().unwrap()
}

/// What `/thongke` must say of these files.
pub fn count(files: &[(String, Vec<u8>)]) -> Counted {
    let bytes = |part: &str| &files.iter().find(|(name, _)| name.contains(part)).unwrap().1;
    let (mut members, mut all) = (BTreeSet::<One>::new(), BTreeSet::<One>::new());
    let mut counted = Counted::default();
    let mut member = |counted: &mut Counted, branch: &str, name: &str, admitted: &str| {
        members.insert((branch.to_owned(), named(name)));
        *counted.admitted.entry(year(admitted)).or_default() += 1;
    };
    for row in &sheet(bytes("DS_DANGVIEN"), None)[1..] {
        member(&mut counted, &row[6], &row[1], &row[5]);
    }
    let mut branch = String::new();
    for row in &sheet(bytes("nhà máy"), Some("Nhà máy"))[5..] {
        match (row[0].split_once(". "), row[0].parse::<u32>()) {
            (Some((_, group)), _) => group.split(':').next().unwrap().clone_into(&mut branch),
            (None, Ok(_)) => member(&mut counted, &branch, &row[1], &row[4]),
            (None, Err(_)) => {}
        }
    }
    for (name, branch) in [("CB Kho vận", "Chi bộ Kho vận"), ("Cơ điện", "Chi bộ Cơ điện")]
    {
        for row in &sheet(bytes("nhà máy"), Some(name))[3..] {
            member(&mut counted, branch, &format!("{} {}", row[1], row[2]), &row[5]);
        }
    }
    let staff: String = String::from_utf8(bytes("can bo").clone()).unwrap().nfc().collect();
    for line in staff.lines().skip(1) {
        let cells: Vec<&str> = line.split(';').collect();
        all.insert((cells[3].to_owned(), named(cells[1])));
    }
    for row in &sheet(bytes("Quần chúng"), None)[3..] {
        all.insert((row[4].clone(), named(&row[1])));
        counted.awareness_class += i64::from(!row[9].is_empty());
    }
    all.extend(members.iter().cloned());
    for (branch, _) in &all {
        counted.branches.entry(branch.clone()).or_default().1 += 1;
    }
    for (branch, _) in &members {
        counted.branches.entry(branch.clone()).or_default().0 += 1;
    }
    counted
}
