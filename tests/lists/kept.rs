//! Lists in the formats of older and other programs, and those that are known from last time.

use diudat::lists::file::open;
use diudat::lists::headings::{Column, Sure};
use diudat::lists::records::read;
use diudat::lists::table::{Kind, Proposal, Proposed, propose};
use diudat::lists::values::{Allowed, Day, Doubt, PartyKind};

use crate::making;
use crate::styles::{all, born, names, on};

#[test]
fn an_xls_of_before_2007() {
    let (_, tables, lists) = all("members.xls", include_bytes!("files/members.xls"));
    assert_eq!(tables.len(), 1, "{tables:#?}");
    assert_eq!(names(&lists), ["Ngô Thị Lụa", "Trịnh Văn Khoai", "Phạm Thị Sắn"]);
    let [first, second, third] = lists.people.as_slice() else { panic!() };
    assert_eq!(born(first), Some(on(1985, 3, 12)));
    assert_eq!(first.official.as_ref().unwrap().value, on(2009, 4, 30));
    assert_eq!(first.card.as_ref().unwrap().value.reveal(), "012345678901");
    assert_eq!(first.phone.as_ref().unwrap().value.reveal(), "0912345678");
    assert_eq!(born(second), Some(Day::Year(1979)));
    assert_eq!(third.party_offices[0].value.kind, PartyKind::Committee);
    let errors: Vec<_> = lists
        .errors
        .iter()
        .map(|one| (one.at.row, one.column.to_string(), one.read.as_str()))
        .collect();
    assert_eq!(errors, [(7, "G".to_owned(), "13/25/2018")]);
}

#[test]
fn an_ods_of_units_meetings_and_numbers() {
    let (_, tables, lists) = all("units.ods", include_bytes!("files/units.ods"));
    assert_eq!(tables[0].kind, Kind::Units, "{tables:#?}");
    let units: Vec<_> = lists
        .units
        .iter()
        .map(|unit| {
            (unit.at.row, unit.code.as_ref().unwrap().value.as_str(), unit.name.value.as_str())
        })
        .collect();
    assert_eq!(units, [(5, "CB1", "Chi bộ Phòng Một"), (6, "CB2", "Chi bộ Phòng Hai")]);
    assert_eq!(lists.units[0].founded.as_ref().unwrap().value, on(2001, 5, 19));
    assert_eq!(lists.units[1].founded.as_ref().unwrap().value, Day::Year(2015));
    assert_eq!(lists.rules[0].place.as_ref().unwrap().value, "Phòng 201 tầng 2");
    assert_eq!(lists.rules[1].hour.as_ref().unwrap().value.to_string(), "14:00:00");
    let last: Vec<_> = lists
        .numbers
        .iter()
        .map(|one| (one.unit.as_ref().unwrap().text(), one.last.value))
        .collect();
    assert_eq!(last, [("CB1", 11), ("CB1", 12), ("CB2", 9)]);
    assert_eq!(lists.errors.len(), 1);
    assert_eq!(lists.errors[0].allowed, Allowed::Count);
}

#[test]
fn classes_and_numbers_of_papers() {
    let text = "STT;Số QĐ mở lớp;Ngày;Thời gian học;Nơi học\n1;12-QĐ/ĐU;3/2/2026;12-15/3/2026;Trung tâm Một\n";
    let (_, tables, lists) = all("lop.csv", text.as_bytes());
    assert_eq!(tables[0].kind, Kind::Classes, "{tables:#?}");
    assert_eq!(lists.classes[0].decision.number.as_ref().unwrap().value, "12-QĐ/ĐU");
    assert_eq!(lists.classes[0].decision.on.as_ref().unwrap().value, on(2026, 2, 3));
    assert_eq!(lists.classes[0].days.as_ref().unwrap().value.last, on(2026, 3, 15));
    let text = "Loại văn bản\tSố cuối\nNghị quyết\t05-NQ/CB\nBiên bản (BB)\t12\nThơ\t3\n";
    let (_, tables, lists) = all("so.txt", text.as_bytes());
    assert_eq!(tables[0].kind, Kind::Numbers);
    let last: Vec<u32> = lists.numbers.iter().map(|one| one.last.value).collect();
    assert_eq!(last, [5, 12]);
    assert_eq!(lists.errors[0].allowed, Allowed::PaperKind);
}

#[test]
fn a_list_is_known_again_and_may_be_corrected() {
    let head: &[&str] = &["STT", "Họ và tên", "Ngày sinh", "Nhóm"];
    let file = making::sheet(&[head, &["1", "Ngô Thị Lụa", "1985", "Phòng Một"]]);
    let (_, tables, first) = all("a.xlsx", &file);
    assert_eq!(first.unused[0].heading, "Nhóm");
    // Kept as text, corrected by a person.
    let kept = serde_json::to_string(&tables[0]).unwrap();
    let mut kept: Proposal = serde_json::from_str(&kept).unwrap();
    assert_eq!(kept, tables[0]);
    let column = kept.not_used.pop().unwrap();
    kept.columns.push(Proposed {
        column: column.column,
        heading: column.heading,
        means: Column::Department,
        sure: Sure::Certain,
    });
    let workbook = open("a.xlsx", &file).unwrap();
    let lists = read(&workbook, &[kept]);
    assert_eq!(lists.people[0].department.as_ref().unwrap().value, "Phòng Một");
    assert!(lists.unused.is_empty());
    // Printed again with another title and other rows, it is known by its headings.
    let next = making::sheet(&[
        &["DANH SÁCH 2027"],
        &["stt", "HO VA TEN", "Ngày  sinh", "NHÓM"],
        &["1", "Trịnh Văn Khoai", "1979", "Phòng Hai"],
    ]);
    let again = propose(&open("b.xlsx", &next).unwrap());
    assert_eq!(again[0].signature, tables[0].signature);
}

#[test]
fn who_stands_twice_is_in_doubt() {
    let text = "STT,Họ và tên,Ngày sinh,Quê quán\n1,Ngô Thị Lụa,1985,Huế\n2,NGÔ THỊ LỤA,1985,Huế\n3,Ngô Thị Lụa,1986,Huế\n";
    let (_, _, lists) = all("a.csv", text.as_bytes());
    let doubts: Vec<_> = lists.doubts.iter().map(|one| (one.at.row, one.doubt)).collect();
    assert_eq!(doubts, [(3, Doubt::Twice)]);
}
