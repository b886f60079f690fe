//! Lists in the styles in which offices keep them. All people in them are invented.

use crate::making::{self, book, write};
use chrono::NaiveDate;
use diudat::lists::file::{Letters, Workbook, open};
use diudat::lists::headings::{Column, Sure};
use diudat::lists::records::{InUnit, Lists, PersonRow, read};
use diudat::lists::table::{Kind, Proposal, propose};
use diudat::lists::values::{
    Allowed, Body, Day, Doubt, Education, Level, MeetingDay, PartyKind, Sex, State, Theory, Turn,
    UnionKind,
};
use rust_xlsxwriter::Format;

pub(super) fn all(name: &str, bytes: &[u8]) -> (Workbook, Vec<Proposal>, Lists) {
    let workbook = open(name, bytes).unwrap();
    let tables = propose(&workbook);
    let lists = read(&workbook, &tables);
    (workbook, tables, lists)
}

pub(super) fn on(y: i32, m: u32, d: u32) -> Day {
    Day::Exact(NaiveDate::from_ymd_opt(y, m, d).unwrap())
}

pub(super) fn names(lists: &Lists) -> Vec<&str> {
    lists.people.iter().map(|person| person.name.value.as_str()).collect()
}

pub(super) fn born(person: &PersonRow) -> Option<Day> {
    person.born.as_ref().map(|told| told.value)
}

fn means(table: &Proposal) -> Vec<(String, Column)> {
    table.columns.iter().map(|one| (one.column.to_string(), one.means)).collect()
}

#[test]
fn the_collecting_template_of_33_columns() {
    let merged = Format::new();
    let bytes = book(|sheet| {
        sheet.merge_range(0, 0, 0, 32, "BIỂU THU THẬP THÔNG TIN ĐẢNG VIÊN", &merged).unwrap();
        let single = [
            (0, "STT"),
            (1, "ID"),
            (2, "Họ và tên"),
            (3, "Tên gọi khác"),
            (4, "Giới tính"),
            (5, "Sinh ngày"),
            (6, "Dân tộc"),
            (7, "Tôn giáo"),
            (8, "Số định danh cá nhân"),
            (9, "Số thẻ Đảng"),
            (10, "Nơi cấp"),
            (11, "Ngày cấp"),
            (12, "Tổ chức Đảng đang sinh hoạt"),
            (22, "Ngày vào Đảng"),
            (23, "Ngày vào Đảng chính thức"),
            (24, "Trạng thái hoạt động"),
            (25, "Nghề nghiệp hiện nay"),
            (26, "Trình độ giáo dục phổ thông"),
            (27, "Trình độ chuyên môn"),
            (28, "Lý luận chính trị"),
            (29, "Học hàm"),
            (30, "Số điện thoại"),
            (31, "Email"),
            (32, "Ghi chú"),
        ];
        for (column, text) in single {
            sheet.merge_range(3, column, 4, column, text, &merged).unwrap();
        }
        for (first, text) in
            [(13, "Nơi đăng ký khai sinh"), (16, "Quê quán"), (19, "Nơi thường trú")]
        {
            sheet.merge_range(3, first, 3, first + 2, text, &merged).unwrap();
            write(sheet, 4, &[]);
            for (at, part) in [(0, "Quốc gia"), (1, "Tỉnh/TP"), (2, "Địa chỉ")] {
                sheet.write(4, first + at, part).unwrap();
            }
        }
        for column in 0..33_u16 {
            sheet.write(5, column, format!("({})", column + 1)).unwrap();
        }
        let row: [&str; 33] = [
            "1",
            "CB-017",
            "NGÔ THỊ LỤA",
            "",
            "Nữ",
            "12/03/1985",
            "Kinh",
            "Không",
            "001185012345",
            "012345678901",
            "Đảng ủy tỉnh",
            "19/5/2012",
            "CB02",
            "Việt Nam",
            "Đông",
            "Xã Cát",
            "Việt Nam",
            "Đông",
            "Xã Cát",
            "Việt Nam",
            "Tây",
            "Số 5 đường Sỏi",
            "30/04/2008",
            "30/04/2009",
            "Đang sinh hoạt",
            "Kế toán",
            "12/12",
            "Thạc sĩ Kế toán",
            "Trung cấp",
            "",
            "0912345678",
            "lua@vidu.vn",
            "",
        ];
        write(sheet, 6, &[&row]);
        sheet.write(7, 1, "KHONG-TEN").unwrap();
        sheet.write(7, 4, "Nam").unwrap();
        sheet.write(7, 5, "1/1/1990").unwrap();
        sheet.write(7, 6, "Kinh").unwrap();
    });
    let (_, tables, lists) = all("mau.xlsx", &bytes);
    assert_eq!(tables.len(), 1);
    assert_eq!((tables[0].kind, tables[0].heading), (Kind::People, (4, 5)));
    assert!(
        tables[0].columns.iter().all(|one| one.sure >= Sure::Likely),
        "{:#?}",
        tables[0].columns
    );
    let person = &lists.people[0];
    assert_eq!(names(&lists), ["Ngô Thị Lụa"]);
    assert_eq!(person.at.row, 7);
    assert_eq!(person.key.as_ref().unwrap().value, "CB-017");
    assert_eq!(born(person), Some(on(1985, 3, 12)));
    assert_eq!(person.born.as_ref().unwrap().column.to_string(), "F");
    assert_eq!(person.card.as_ref().unwrap().value.reveal(), "012345678901");
    assert_eq!(person.card_day.as_ref().unwrap().value, on(2012, 5, 19));
    assert_eq!(person.home.as_ref().unwrap().value, "Xã Cát, Đông");
    assert_eq!(person.residence.as_ref().unwrap().value, "Số 5 đường Sỏi, Tây");
    assert_eq!(person.unit.as_ref().unwrap().text(), "CB02");
    assert_eq!(person.state.as_ref().unwrap().value, State::Active);
    assert_eq!(person.education.as_ref().unwrap().value, Education::UpperSecondary);
    assert_eq!(person.degree.as_ref().unwrap().value.level, Some(Level::Master));
    assert_eq!(person.theory.as_ref().unwrap().value, Theory::Intermediate);
    assert!(person.candidate.is_none());
    // A row without a name is an error of its cell.
    assert_eq!(lists.errors.len(), 1, "{:#?}", lists.errors);
    assert_eq!((lists.errors[0].at.row, lists.errors[0].column.to_string().as_str()), (8, "C"));
    assert_eq!(lists.errors[0].allowed, Allowed::Something);
    assert!(!format!("{lists:?}").contains("001185012345"));
}

#[test]
fn the_national_export() {
    let bytes = book(|sheet| {
        let head: &[&str] = &[
            "STT",
            "Họ và tên",
            "Số thẻ",
            "Số CCCD",
            "Ngày sinh",
            "Ngày kết nạp",
            "Chi bộ đang sinh hoạt",
            "Chi bộ nơi cư trú",
            "Trạng thái",
        ];
        write(sheet, 0, &[head]);
        let day = Format::new().set_num_format("dd/mm/yyyy");
        for (row, (name, card, id)) in (1..).zip([
            ("TRỊNH VĂN KHOAI", 12_345_678_901.0, 1_085_012_345.0),
            ("PHẠM THỊ SẮN", 98_765_432_109.0, 36_190_012_345.0),
        ]) {
            sheet.write(row, 0, f64::from(row)).unwrap();
            sheet.write(row, 1, name).unwrap();
            sheet.write(row, 2, card).unwrap();
            sheet.write(row, 3, id).unwrap();
            let born = NaiveDate::from_ymd_opt(1985, 3, 12).unwrap();
            let serial = (born - NaiveDate::from_ymd_opt(1899, 12, 30).unwrap()).num_days();
            sheet.write_with_format(row, 4, serial as f64, &day).unwrap();
            sheet.write(row, 5, "30.04.2008").unwrap();
            sheet.write(row, 6, "Chi bộ Phòng Một").unwrap();
            sheet.write(row, 7, "Chi bộ Tổ 5").unwrap();
            sheet.write(row, 8, if row == 1 { "Chính thức" } else { "Dự bị" }).unwrap();
        }
        sheet.write(3, 0, 3).unwrap();
        sheet.write(3, 1, "LÊ VĂN 7").unwrap();
        sheet.write(3, 3, "12AB").unwrap();
    });
    let (_, tables, lists) = all("DS_DANGVIEN.xlsx", &bytes);
    assert_eq!(tables[0].kind, Kind::People);
    assert_eq!(names(&lists), ["Trịnh Văn Khoai", "Phạm Thị Sắn"]);
    let [first, second] = lists.people.as_slice() else { panic!() };
    assert_eq!(first.card.as_ref().unwrap().value.reveal(), "012345678901");
    assert_eq!(first.personal.as_ref().unwrap().value.reveal(), "001085012345");
    assert_eq!(born(first), Some(on(1985, 3, 12)));
    assert_eq!(second.state.as_ref().unwrap().value, State::Probationary);
    assert_eq!(second.unit_of_residence.as_ref().unwrap().value, "Chi bộ Tổ 5");
    assert_eq!(lists.errors.len(), 1);
    assert_eq!(lists.errors[0].allowed, Allowed::Name);
}

#[test]
fn the_register_with_several_facts_in_a_cell() {
    let bytes = making::sheet(&[
        &["SỔ DANH SÁCH ĐẢNG VIÊN"],
        &[],
        &[
            "Số TT",
            "Họ và tên",
            "Ngày tháng năm sinh",
            "Nam, nữ; dân tộc; tôn giáo",
            "Quê quán",
            "Ngày vào Đảng",
            "Ngày chính thức",
            "Chức vụ",
        ],
        &["1", "2", "3", "4", "5", "6", "7", "8"],
        &[
            "1",
            "Họ tên khai sinh: NGÔ VĂN BẮP\nHọ tên đang dùng: Ngô Bắp",
            "12/3/1985",
            "Nam, Kinh, không",
            "Tỉnh Đông",
            "30/4/2008",
            "30/4/2009",
            "Bí thư; Trưởng phòng",
        ],
        &[
            "2",
            "Trịnh Thị Ngô, sinh 1979",
            "",
            "Nữ\nTày\nPhật giáo",
            "Tỉnh Tây",
            "03/2010",
            "2011",
            "Chi ủy viên kiêm Bí thư Đoàn thanh niên",
        ],
    ]);
    let (_, tables, lists) = all("so.xlsx", &bytes);
    assert_eq!(tables.len(), 1, "{tables:#?}");
    assert_eq!(names(&lists), ["Ngô Văn Bắp", "Trịnh Thị Ngô"]);
    let [first, second] = lists.people.as_slice() else { panic!() };
    assert_eq!(first.former_names[0].value, "Ngô Bắp");
    assert_eq!(first.sex.as_ref().unwrap().value, Sex::Male);
    assert_eq!(first.ethnicity.as_ref().unwrap().value, "Kinh");
    assert_eq!(first.religion.as_ref().unwrap().value, "không");
    assert_eq!(first.party_offices[0].value.kind, PartyKind::Secretary);
    assert_eq!(first.posts[0].value, "Trưởng phòng");
    assert_eq!(born(second), Some(Day::Year(1979)));
    assert_eq!(second.born.as_ref().unwrap().column.to_string(), "B");
    assert_eq!(
        (second.sex.as_ref().unwrap().value, second.ethnicity.as_ref().unwrap().value.as_str()),
        (Sex::Female, "Tày")
    );
    assert_eq!(second.admitted.as_ref().unwrap().value, Day::Month(2010, 3));
    assert_eq!(second.party_offices[0].value.kind, PartyKind::Committee);
    assert_eq!(second.union_offices[0].value.kind, UnionKind::Youth);
    assert!(lists.errors.is_empty(), "{:#?}", lists.errors);
}

#[test]
fn the_list_of_candidates_of_a_university() {
    let bytes = making::sheet(&[
        &["ĐẢNG BỘ TRƯỜNG"],
        &["DANH SÁCH QUẦN CHÚNG ƯU TÚ NĂM 2026"],
        &[],
        &[
            "STT",
            "Mã",
            "Họ và tên",
            "SĐT",
            "Giới tính",
            "Ngày sinh",
            "Dân tộc",
            "Quê quán",
            "Chức vụ",
            "Chi bộ công nhận",
            "Ngày họp chi bộ công nhận",
            "Đảng viên giúp đỡ",
            "Ngày phân công",
            "Số/Ngày QĐ mở lớp",
            "Ngày cấp chứng nhận",
            "Số",
            "Đơn vị cấp",
            "Số QĐ kết nạp",
            "Ngày quyết định",
            "Ngày kết nạp",
            "Trạng thái",
        ],
        &[
            "1",
            "SV001",
            "Ngô Thị Lụa",
            "912345678",
            "Nữ",
            "12/3/2004",
            "Kinh",
            "Tỉnh Đông",
            "Lớp trưởng",
            "Chi bộ Sinh viên",
            "5/1/2026",
            "Trịnh Văn Khoai; Phạm Thị Sắn",
            "6/1/2026",
            "12-QĐ/ĐU ngày 3/2/2026",
            "20/2/2026",
            "15/GCN",
            "Trung tâm Một",
            "",
            "",
            "",
            "Quần chúng ưu tú",
        ],
        &[
            "2",
            "SV002",
            "Trịnh Văn Mía",
            "0987654321",
            "Nam",
            "1/2/2003",
            "Mường",
            "Tỉnh Tây",
            "Bí thư Chi đoàn",
            "Chi bộ Sinh viên",
            "5/1/2025",
            "1. Trịnh Văn Khoai\n2. Đ/c Lê Thị Đào",
            "6/1/2025",
            "",
            "31/02/2025",
            "16/GCN",
            "Trung tâm Một",
            "21-QĐ/ĐU",
            "1/9/2025",
            "10/9/2025",
            "Đã kết nạp",
        ],
    ]);
    let (_, tables, lists) = all("qcut.xlsx", &bytes);
    assert_eq!(tables[0].kind, Kind::Candidates);
    let means = means(&tables[0]);
    for expected in [
        ("P", Column::CertificateNumber),
        ("N", Column::ClassNumber),
        ("S", Column::AdmissionDecided),
        ("J", Column::RecognisedIn),
    ] {
        assert!(means.contains(&(expected.0.to_owned(), expected.1)), "{expected:?} in {means:?}");
    }
    let [first, second] = lists.people.as_slice() else { panic!("{:?}", names(&lists)) };
    let road = first.candidate.as_ref().unwrap();
    let mentors: Vec<&str> = road.mentors.iter().map(|told| told.value.name.as_str()).collect();
    assert_eq!(mentors, ["Trịnh Văn Khoai", "Phạm Thị Sắn"]);
    assert_eq!(road.recognised.on.as_ref().unwrap().value, on(2026, 1, 5));
    assert_eq!(road.mentors_since.as_ref().unwrap().value, on(2026, 1, 6));
    assert_eq!(road.class.number.as_ref().unwrap().value, "12-QĐ/ĐU");
    assert_eq!(road.class.on.as_ref().unwrap().value, on(2026, 2, 3));
    assert_eq!(road.certificate.number.as_ref().unwrap().value, "15/GCN");
    assert_eq!(road.certificate_by.as_ref().unwrap().value, "Trung tâm Một");
    assert_eq!(first.phone.as_ref().unwrap().value.reveal(), "0912345678");
    assert_eq!(first.state.as_ref().unwrap().value, State::Candidate);
    let road = second.candidate.as_ref().unwrap();
    assert_eq!(road.mentors[1].value.name, "Lê Thị Đào");
    assert_eq!(road.admission.number.as_ref().unwrap().value, "21-QĐ/ĐU");
    assert_eq!(road.admission.on.as_ref().unwrap().value, on(2025, 9, 1));
    assert_eq!(second.admitted.as_ref().unwrap().value, on(2025, 9, 10));
    assert_eq!(second.union_offices[0].value.kind, UnionKind::Youth);
    let errors: Vec<_> = lists
        .errors
        .iter()
        .map(|one| (one.at.row, one.column.to_string(), one.read.as_str(), one.allowed))
        .collect();
    assert_eq!(errors, [(6, "O".to_owned(), "31/02/2025", Allowed::DayInCalendar)]);
}

#[test]
fn a_branch_list_with_two_rows_of_headings_groups_totals_and_signatures() {
    let merged = Format::new();
    let bytes = book(|sheet| {
        sheet.merge_range(0, 0, 0, 8, "DANH SÁCH ĐẢNG VIÊN", &merged).unwrap();
        for (column, text) in [(0, "TT"), (1, "Họ và tên"), (4, "Quê quán"), (7, "Chức vụ")]
        {
            sheet.merge_range(2, column, 3, column, text, &merged).unwrap();
        }
        sheet.merge_range(2, 2, 2, 3, "Năm sinh", &merged).unwrap();
        sheet.merge_range(2, 5, 2, 6, "Ngày vào Đảng", &merged).unwrap();
        for (column, text) in [(2, "Nam"), (3, "Nữ"), (5, "Dự bị"), (6, "Chính thức")] {
            sheet.write(3, column, text).unwrap();
        }
        sheet.merge_range(4, 0, 4, 7, "I. Chi bộ Phòng Một: 2 đồng chí", &merged).unwrap();
        write(
            sheet,
            5,
            &[
                &[
                    "1",
                    "Ngô Thị Lụa",
                    "",
                    "1985",
                    "Tỉnh Đông",
                    "30.04.2008",
                    "30.04.2009",
                    "Bí thư",
                ],
                &[
                    "2",
                    "Trịnh Văn Khoai (Phó Bí thư)",
                    "12/3/1979",
                    "",
                    "Tỉnh Tây",
                    "3/2/2010",
                    "3/2/2011",
                    "",
                ],
                &["", "Cộng: 2"],
                &[],
                &["II. Chi bộ Phòng Hai"],
                &["1", "Tống Công Sắn", "1990", "", "Tỉnh Nam", "1/1/2025", "", ""],
                &["2", "Tống Thị Mía", "x", "x", "Tỉnh Nam", "1/1/2025", "", "Chuyên viên"],
                &["TT", "Họ và tên", "Năm sinh", "", "Quê quán", "Ngày vào Đảng", "", "Chức vụ"],
                &["", "", "Nam", "Nữ", "", "Dự bị", "Chính thức", ""],
                &["3", "Lê Thị Đào", "", "1991", "Tỉnh Nam", "Chưa", "", ""],
                &["Tổng số: 5 người"],
                &[],
                &["", "", "", "", "", "Hà Nội, ngày 3 tháng 2 năm 2026"],
                &["", "NGƯỜI LẬP BIỂU", "", "", "", "T/M CHI BỘ"],
                &["", "", "", "", "", "BÍ THƯ"],
                &["", "Ngô Thị Lụa", "", "", "", "Trịnh Văn Khoai"],
            ],
        );
        // A second table lower down.
        write(
            sheet,
            24,
            &[
                &["STT", "Tên chi bộ", "Ngày họp", "Giờ họp", "Địa điểm"],
                &["1", "Chi bộ Phòng Một", "Thứ sáu tuần đầu", "8h", "Phòng 201"],
            ],
        );
        sheet.set_row_hidden(10).unwrap();
    });
    let (_, tables, lists) = all("chibo.xlsx", &bytes);
    let kinds: Vec<_> = tables.iter().map(|table| (table.kind, table.heading)).collect();
    assert_eq!(kinds, [(Kind::People, (3, 4)), (Kind::Rules, (25, 25))], "{tables:#?}");
    assert_eq!(
        names(&lists),
        ["Ngô Thị Lụa", "Trịnh Văn Khoai", "Tống Công Sắn", "Tống Thị Mía", "Lê Thị Đào"]
    );
    let sexes: Vec<_> =
        lists.people.iter().map(|person| person.sex.as_ref().map(|told| told.value)).collect();
    assert_eq!(
        sexes,
        [Some(Sex::Female), Some(Sex::Male), Some(Sex::Male), None, Some(Sex::Female)]
    );
    assert_eq!(born(&lists.people[0]), Some(Day::Year(1985)));
    assert_eq!(born(&lists.people[1]), Some(on(1979, 3, 12)));
    assert_eq!(lists.people[1].party_offices[0].value.kind, PartyKind::Deputy);
    assert_eq!(lists.people[0].party_offices[0].value.of, Body::Unsaid);
    let units: Vec<_> = lists.people.iter().map(|person| person.unit.clone().unwrap()).collect();
    assert_eq!(units[0], InUnit::Group { name: "Chi bộ Phòng Một".to_owned(), row: 5 });
    assert_eq!(units[4].text(), "Chi bộ Phòng Hai");
    assert_eq!(lists.people[2].admitted.as_ref().unwrap().value, on(2025, 1, 1));
    assert!(lists.errors.is_empty(), "{:#?}", lists.errors);
    let doubts: Vec<_> = lists.doubts.iter().map(|one| (one.at.row, one.doubt)).collect();
    assert_eq!(doubts, [(11, Doubt::HiddenRow), (12, Doubt::Contradiction)]);
    assert_eq!(
        lists.rules[0].day.as_ref().unwrap().value,
        MeetingDay::Weekday(Turn::Nth(1), chrono::Weekday::Fri)
    );
}

#[test]
fn columns_of_marks_and_columns_of_days_under_the_same_words() {
    let bytes = making::sheet(&[
        &["STT", "Họ và tên", "Nam", "Nữ", "Đảng viên dự bị", "Đảng viên chính thức", "Đoàn viên"],
        &["1", "Ngô Thị Lụa", "", "x", "", "x", "x"],
        &["2", "Trịnh Văn Khoai", "x", "", "x", "", ""],
    ]);
    let (_, tables, lists) = all("a.xlsx", &bytes);
    assert!(tables[0].column(Column::IsOfficial).is_some());
    let states: Vec<_> =
        lists.people.iter().map(|person| person.state.as_ref().unwrap().value).collect();
    assert_eq!(states, [State::Official, State::Probationary]);
    assert_eq!(lists.people[0].unions[0].value, (UnionKind::Youth, true));
    let bytes = making::sheet(&[
        &["STT", "Họ và tên", "Phái", "Đảng viên dự bị", "Đảng viên chính thức"],
        &["1", "Ngô Thị Lụa", "Nữ", "30/4/2008", "30/4/2009"],
    ]);
    let (_, _, lists) = all("a.xlsx", &bytes);
    assert_eq!(lists.people[0].official.as_ref().unwrap().value, on(2009, 4, 30));
}

#[test]
fn old_letters_in_a_csv_and_in_a_workbook() {
    // "STT,Họ và tên,Giới tính,Ngày sinh,Quê quán", "Nguyễn Văn Bình", "Trần Thị Hương" in TCVN3.
    let text = "STT,Hä vµ tªn,Giíi tÝnh,Ngµy sinh,Quª qu¸n\r\n1,NguyÔn V¨n B×nh,Nam,12/3/1985,HuyÖn Ph\u{ad}íc Léc\r\n2,TRÇN THÞ H¦¥NG,N÷,1990,TØnh B¾c Giang\r\n";
    let bytes: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let (book, _, lists) = all("cu.csv", &bytes);
    assert!(book.sheets[0].converted.iter().all(|(_, letters)| *letters == Letters::Tcvn3));
    assert_eq!(names(&lists), ["Nguyễn Văn Bình", "Trần Thị Hương"]);
    assert_eq!(lists.people[1].sex.as_ref().unwrap().value, Sex::Female);
    assert_eq!(lists.people[0].home.as_ref().unwrap().value, "Huyện Phước Lộc");
    let bytes = making::sheet(&[
        &["STT", "Hoï vaø teân", "Giôùi tính", "Ngaøy sinh", "Chöùc vuï", "Email"],
        &["1", "Nguyeãn Vaên Bình", "Nam", "12/3/1985", "Phoù Bí thö", "binh@vidu.vn"],
        &["2", "TRAÀN THÒ HÖÔNG", "Nöõ", "1990", "Ñaûng vieân", ""],
    ]);
    let (book, _, lists) = all("cu.xlsx", &bytes);
    assert!(book.sheets[0].converted.iter().all(|(_, letters)| *letters == Letters::Vni));
    assert_eq!(names(&lists), ["Nguyễn Văn Bình", "Trần Thị Hương"]);
    assert_eq!(lists.people[0].party_offices[0].value.kind, PartyKind::Deputy);
    assert_eq!(lists.people[0].email.as_ref().unwrap().value, "binh@vidu.vn");
    assert!(lists.errors.is_empty(), "{:#?}", lists.errors);
}
