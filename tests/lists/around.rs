//! What holds for rows and stands around them: titles, names of sheets, groups, cells merged over rows.

use diudat::lists::records::Lists;
use diudat::lists::values::{Day, Doubt, State};
use rust_xlsxwriter::Format;

use crate::making::{self, book, write};
use crate::styles::{all, names, on};

/// The branch of each person.
fn branches(lists: &Lists) -> Vec<&str> {
    lists.people.iter().filter_map(|person| Some(person.unit.as_ref()?.text())).collect()
}

fn states(lists: &Lists) -> Vec<Option<State>> {
    lists.people.iter().map(|person| person.state.as_ref().map(|told| told.value)).collect()
}

fn doubts(lists: &Lists) -> Vec<(u32, Doubt)> {
    lists.doubts.iter().map(|one| (one.at.row, one.doubt)).collect()
}

#[test]
fn cells_over_rows_names_in_two_columns_and_rows_that_head_others() {
    let merged = Format::new();
    let bytes = book(|sheet| {
        sheet.merge_range(0, 0, 0, 6, "DANH SÁCH ĐẢNG VIÊN, QUẦN CHÚNG", &merged).unwrap();
        for (column, text) in [(0, "STT"), (1, "Chi bộ"), (4, "Năm sinh"), (5, "Ngày vào Đảng")]
        {
            sheet.merge_range(2, column, 3, column, text, &merged).unwrap();
        }
        sheet.merge_range(2, 2, 2, 3, "Họ và tên", &merged).unwrap();
        write(sheet, 3, &[&["", "", "Họ đệm", "Tên"]]);
        write(
            sheet,
            4,
            &[
                &["", "", "KHỐI CƠ QUAN"],
                &["1", "", "Ngô Thị", "Lụa", "1985", "3/2/1999 (dự bị)"],
                &["2", "", "Trịnh Văn", "Khoai", "1979", "3/2/2000 (chính thức)"],
                &["", "", "Phòng Vật tư"],
                &["3", "Chi bộ Hai", "Tống Công", "Sắn", "1990", "2001"],
                &["", "", "Trong đó: nữ 1"],
            ],
        );
        sheet.merge_range(5, 1, 6, 1, "Chi bộ Một", &merged).unwrap();
    });
    let (_, _, lists) = all("a.xlsx", &bytes);
    assert_eq!(names(&lists), ["Ngô Thị Lụa", "Trịnh Văn Khoai", "Tống Công Sắn"]);
    assert_eq!(branches(&lists), ["Chi bộ Một", "Chi bộ Một", "Chi bộ Hai"]);
    let [first, second, third] = lists.people.as_slice() else { panic!() };
    assert_eq!(first.admitted.as_ref().unwrap().value, on(1999, 2, 3));
    assert!(second.admitted.is_none());
    assert_eq!(second.official.as_ref().unwrap().value, on(2000, 2, 3));
    assert_eq!(third.admitted.as_ref().unwrap().value, Day::Year(2001));
    assert_eq!(doubts(&lists), [(9, Doubt::NoDay)]);
    assert!(lists.errors.is_empty(), "{:#?}", lists.errors);
}

#[test]
fn a_sheet_for_each_branch_and_titles_that_say_who_they_are() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let of = |book: &mut rust_xlsxwriter::Workbook, name: &str, rows: &[&[&str]]| {
        let sheet = book.add_worksheet();
        sheet.set_name(name).unwrap();
        write(sheet, 0, rows);
    };
    let heading: &[&str] = &["TT", "Họ và tên", "Ngày sinh", "Chức vụ"];
    of(
        &mut book,
        "CB Kho vận",
        &[heading, &["1", "Ngô Thị Lụa", "12/3/1985", "Bí thư"], &["2", "Trịnh Văn Khoai", "1979"]],
    );
    of(
        &mut book,
        "Sheet2",
        &[
            &["ĐẢNG BỘ CÔNG TY SAO MAI"],
            &["CHI BỘ PHÂN XƯỞNG 2"],
            &["DANH SÁCH ĐẢNG VIÊN"],
            &[],
            heading,
            &["1", "Tống Công Sắn", "1990"],
        ],
    );
    let (_, _, lists) = all("a.xlsx", &book.save_to_buffer().unwrap());
    assert_eq!(branches(&lists), ["CB Kho vận", "CB Kho vận", "CHI BỘ PHÂN XƯỞNG 2"]);
    assert_eq!(states(&lists), [None, None, Some(State::Official)]);
    assert_eq!(
        doubts(&lists),
        [(1, Doubt::BranchByTitle), (2, Doubt::BranchByTitle), (3, Doubt::StateByTitle)]
    );
}

#[test]
fn branches_under_another_heading_and_cards_of_members() {
    let bytes = making::sheet(&[
        &["Họ và tên", "", "Đơn vị", "Số thẻ Đảng", "Ngày vào Đảng"],
        &["KHỐI CƠ QUAN"],
        &["Ngô Thị Lụa", "", "Chi bộ Một", "012345678901", "3/2/2020"],
        &["Trịnh Văn Khoai", "", "Chi bộ Hai", "", "3/2/2026"],
    ]);
    let (_, _, lists) = all("a.xlsx", &bytes);
    assert_eq!(branches(&lists), ["Chi bộ Một", "Chi bộ Hai"]);
    assert_eq!(states(&lists), [Some(State::Official), None]);
    assert_eq!(doubts(&lists), [(2, Doubt::HeadsOthers)]);
    assert_eq!(names(&lists), ["Ngô Thị Lụa", "Trịnh Văn Khoai"]);
    // Where departments stand, and nothing says which branch, no branch is told.
    let bytes = making::sheet(&[
        &["Họ và tên", "Đơn vị", "Ngày vào Đảng"],
        &["Ngô Thị Lụa", "Phòng Vật tư", "3/2/2020"],
    ]);
    assert!(all("a.xlsx", &bytes).2.people[0].unit.is_none());
}

#[test]
fn rows_that_say_what_people_are_and_signs_that_repeat_what_stands_above() {
    let bytes = making::sheet(&[
        &["DANH SÁCH ĐẢNG VIÊN CHI BỘ KHO"],
        &["STT", "Họ và tên", "Ngày sinh", "Ngày vào Đảng", "Phòng ban"],
        &["1", "Lê Văn Một", "01/01/1970", "01/01/2000", "Phòng Vật tư"],
        &["2", "Lê Văn Hai", "01/01/1971", "01/01/2001", "-nt-"],
        &["II", "QUẦN CHÚNG ƯU TÚ"],
        &["1", "Lê Thị Năm", "01/01/2000"],
        &["III. Đảng viên dự bị"],
        &["1", "Lê Thị Sáu", "01/01/1999"],
        &["IV", "Trạm Y tế"],
        &["1", "Lê Thị Tám", "01/01/1998"],
        &["V. Tổ đảng 2"],
        &["1", "Lê Thị Chín", "01/01/1997"],
    ]);
    let (_, _, lists) = all("a.xlsx", &bytes);
    assert_eq!(
        names(&lists),
        ["Lê Văn Một", "Lê Văn Hai", "Lê Thị Năm", "Lê Thị Sáu", "Lê Thị Tám", "Lê Thị Chín"]
    );
    let states = states(&lists);
    assert_eq!(states[2..4], [Some(State::Candidate), Some(State::Probationary)]);
    let department =
        |at: usize| lists.people[at].department.as_ref().map(|told| told.value.as_str());
    assert_eq!([department(0), department(1)], [Some("Phòng Vật tư"), Some("Phòng Vật tư")]);
    // Of a group that is not known nobody says which branch it is.
    let units: Vec<Option<&str>> = lists
        .people
        .iter()
        .map(|person| person.unit.as_ref().map(diudat::lists::records::InUnit::text))
        .collect();
    let kho = Some("CHI BỘ KHO");
    assert_eq!(units, [kho, kho, kho, kho, None, None]);
}

#[test]
fn states_are_what_they_say_and_no_more() {
    let bytes = making::sheet(&[
        &["STT", "Họ đệm", "Tên", "Chi bộ", "Trạng thái", "Ngày vào Đảng"],
        &["1", "Lê Văn", "Một", "Chi bộ 1", "Đang sinh hoạt", ""],
        &["2", "Lê Văn", "Hai", "Chi bộ 1", "Chưa chính thức", "01/01/2026"],
        &["3", "Lê Văn", "Ba", "Chi bộ 1", "Quần chúng", "01/01/2010"],
        &["4", "Đỗ Thị (Vợ ông Giang)", "Hà", "Chi bộ 1", "Từ trần 3/2/2026", "01/01/2010"],
    ]);
    let (_, _, lists) = all("a.xlsx", &bytes);
    assert_eq!(names(&lists)[3], "Đỗ Thị Hà");
    let expected = [State::Official, State::Probationary, State::NonMember, State::Died];
    assert_eq!(states(&lists), expected.map(Some));
    assert!(lists.people[2].admitted.is_none(), "told both ways it stays open");
    assert_eq!(lists.people[3].left.on.as_ref().unwrap().value, on(2026, 2, 3));
}
