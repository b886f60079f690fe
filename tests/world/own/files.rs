//! An invented organisation that exists only as lists: five files in the styles in which offices keep them.

use rust_xlsxwriter::{Format, Workbook, Worksheet};
use unicode_normalization::UnicodeNormalization;

/// Its branches; the last five stand below a part of the organisation.
pub const BRANCHES: [&str; 9] = [
    "Chi bộ Văn phòng",
    "Chi bộ Kế hoạch",
    "Chi bộ Kỹ thuật",
    "Chi bộ Thiết kế",
    "Chi bộ Phân xưởng Đúc",
    "Chi bộ Phân xưởng Rèn",
    "Chi bộ Phân xưởng Tiện",
    "Chi bộ Kho vận",
    "Chi bộ Cơ điện",
];
pub const PART: &str = "Đảng bộ bộ phận Nhà máy";
pub const PEOPLE: usize = 140;

const FAMILIES: [&str; 14] = [
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương",
    "Lý",
];
const MIDDLES: [&str; 10] =
    ["Văn", "Thị", "Đức", "Thị Thu", "Quang", "Thị Kim", "Minh", "Ngọc", "Thị Hồng", "Xuân"];
const GIVEN: [&str; 20] = [
    "An", "Bắc", "Chiến", "Dung", "Đạt", "Giang", "Hà", "Hưng", "Khánh", "Lan", "Mai", "Nam",
    "Oanh", "Phúc", "Quyên", "Sơn", "Thảo", "Uyên", "Vinh", "Yến",
];

/// What somebody is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Is {
    Official,
    Probationary,
    /// On the list of candidates.
    Candidate,
    Staff,
}

#[derive(Clone, Debug)]
pub struct Somebody {
    pub name: String,
    pub branch: usize,
    pub is: Is,
    /// Day, month, year.
    pub born: (u32, u32, u32),
    pub admitted: (u32, u32, u32),
    pub is_woman: bool,
    pub post: &'static str,
}

fn written((day, month, year): (u32, u32, u32), sign: char) -> String {
    format!("{day:02}{sign}{month:02}{sign}{year}")
}

/// Everybody: fifteen or sixteen in each branch, of whom seven to nine are members.
pub fn everybody() -> Vec<Somebody> {
    (0..PEOPLE).map(somebody).collect()
}

fn somebody(n: usize) -> Somebody {
    let (branch, place) = (n % BRANCHES.len(), n / BRANCHES.len());
    let middle = MIDDLES[(n * 3 + n / 20) % MIDDLES.len()];
    let name = format!(
        "{} {middle} {}",
        FAMILIES[(n * 5 + n / 14) % FAMILIES.len()],
        GIVEN[n % GIVEN.len()]
    );
    let is = match place {
        0..=6 => Is::Official,
        7 => Is::Probationary,
        8 if branch % 2 == 0 => Is::Official,
        9 => Is::Candidate,
        _ => Is::Staff,
    };
    let number = |of: usize| u32::try_from(of).unwrap();
    let born = (number(n % 28 + 1), number(n % 12 + 1), number(1962 + n % 30));
    // Whoever is on probation was admitted this year, some others as well as in the years before.
    let admitted = match is {
        Is::Probationary => (number(n % 28 + 1), number(n % 9 + 1), 2018),
        _ => (number(n % 28 + 1), number(n % 12 + 1), number(1990 + (n * 7) % 27)),
    };
    let post = match place {
        0 => "Bí thư chi bộ",
        1 => "Phó Bí thư",
        _ => "",
    };
    Somebody { name, branch, is, born, admitted, is_woman: middle.starts_with("Thị"), post }
}

fn put(sheet: &mut Worksheet, row: u32, cells: &[&str]) {
    for (column, text) in (0..).zip(cells) {
        if !text.is_empty() {
            sheet.write(row, column, *text).unwrap();
        }
    }
}

/// The files by their names.
pub fn files() -> Vec<(String, Vec<u8>)> {
    let all = everybody();
    vec![
        ("1. Chi bộ và lịch họp.xlsx".to_owned(), units()),
        ("DS_DANGVIEN.xlsx".to_owned(), national(&all)),
        ("Danh sách đảng viên nhà máy.xlsx".to_owned(), plant(&all)),
        ("can bo.csv".to_owned(), staff(&all)),
        ("Quần chúng ưu tú 2018.xlsx".to_owned(), candidates(&all)),
    ]
}

/// Branches, when they meet, and their last numbers.
fn units() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    put(sheet, 0, &["DANH SÁCH TỔ CHỨC ĐẢNG TRỰC THUỘC"]);
    let heading = [
        "STT",
        "Mã chi bộ",
        "Tên tổ chức đảng",
        "Loại hình",
        "Đơn vị cấp trên",
        "Ngày họp",
        "Giờ họp",
        "Địa điểm họp",
        "Số NQ cuối",
        "Số BB cuối",
    ];
    put(sheet, 2, &heading);
    put(sheet, 3, &["1", "", PART, "Đảng bộ bộ phận", "Đảng bộ Công ty Cơ khí Sông Đà"]);
    for (at, name) in (0..).zip(BRANCHES) {
        let (number, code) = ((at + 2).to_string(), format!("CB{:02}", at + 1));
        let above = if at < 4 { "Đảng bộ Công ty Cơ khí Sông Đà" } else { PART };
        let day = ["ngày 5 hằng tháng", "thứ sáu tuần đầu", "ngày làm việc đầu tiên"][at % 3];
        let last = (at + 3).to_string();
        let place = format!("Phòng họp {}", at + 1);
        put(
            sheet,
            u32::try_from(at + 4).unwrap(),
            &[&number, &code, name, "Chi bộ", above, day, "14h00", &place, &last, &last],
        );
    }
    book.save_to_buffer().unwrap()
}

/// The first four branches, as the national register gives them out.
fn national(all: &[Somebody]) -> Vec<u8> {
    let mut book = Workbook::new();
    let day = Format::new().set_num_format("dd/mm/yyyy");
    let sheet = book.add_worksheet();
    put(
        sheet,
        0,
        &[
            "STT",
            "Họ và tên",
            "Số thẻ",
            "Số CCCD",
            "Ngày sinh",
            "Ngày kết nạp",
            "Chi bộ đang sinh hoạt",
            "Chi bộ nơi cư trú",
            "Trạng thái",
        ],
    );
    let listed = all.iter().filter(|one| one.branch < 4 && is_member(one));
    for (row, one) in (1..).zip(listed) {
        sheet.write(row, 0, f64::from(row)).unwrap();
        sheet.write(row, 1, one.name.to_uppercase()).unwrap();
        if one.is == Is::Official {
            sheet.write(row, 2, 98_000_000_000.0 + f64::from(row)).unwrap();
        }
        sheet.write(row, 3, 1_085_012_300.0 + f64::from(row)).unwrap();
        let (d, m, y) = one.born;
        let born = rust_xlsxwriter::ExcelDateTime::from_ymd(
            u16::try_from(y).unwrap(),
            u8::try_from(m).unwrap(),
            u8::try_from(d).unwrap(),
        );
        sheet.write_with_format(row, 4, born.unwrap(), &day).unwrap();
        put(
            sheet,
            row,
            &["", "", "", "", "", &written(one.admitted, '.'), BRANCHES[one.branch], "Chi bộ Tổ 5"],
        );
        sheet.write(row, 8, if one.is == Is::Official { "Chính thức" } else { "Dự bị" }).unwrap();
    }
    book.save_to_buffer().unwrap()
}

fn is_member(one: &Somebody) -> bool {
    matches!(one.is, Is::Official | Is::Probationary)
}

/// The plant's branches: three in one sheet by groups, and two with a sheet each.
fn plant(all: &[Somebody]) -> Vec<u8> {
    let mut book = Workbook::new();
    let merged = Format::new();
    let sheet = book.add_worksheet();
    sheet.set_name("Nhà máy").unwrap();
    sheet.merge_range(0, 0, 0, 7, "DANH SÁCH ĐẢNG VIÊN ĐẢNG BỘ NHÀ MÁY", &merged).unwrap();
    for (column, text) in [(0, "TT"), (1, "Họ và tên"), (6, "Chức vụ")] {
        sheet.merge_range(2, column, 3, column, text, &merged).unwrap();
    }
    sheet.merge_range(2, 2, 2, 3, "Năm sinh", &merged).unwrap();
    sheet.merge_range(2, 4, 2, 5, "Ngày vào Đảng", &merged).unwrap();
    put(sheet, 3, &["", "", "Nam", "Nữ", "Dự bị", "Chính thức"]);
    put(sheet, 4, &["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"]);
    let mut row = 5;
    for (branch, roman) in (4..7).zip(["I", "II", "III"]) {
        let listed: Vec<&Somebody> =
            all.iter().filter(|one| one.branch == branch && is_member(one)).collect();
        let title = format!("{roman}. {}: {} đồng chí", BRANCHES[branch], listed.len());
        sheet.merge_range(row, 0, row, 6, &title, &merged).unwrap();
        row += 1;
        for (at, one) in (1..).zip(&listed) {
            let born = written(one.born, '.');
            let (man, woman) = if one.is_woman { ("", born.as_str()) } else { (born.as_str(), "") };
            let (d, m, y) = one.admitted;
            let official =
                if one.is == Is::Official { written((d, m, y + 1), '/') } else { String::new() };
            let admitted = written(one.admitted, '.');
            let number = format!("{at}");
            put(sheet, row, &[&number, &one.name, man, woman, &admitted, &official, one.post]);
            row += 1;
        }
        put(sheet, row, &["", &format!("Cộng: {}", listed.len())]);
        row += 1;
    }
    put(sheet, row + 1, &["", "", "", "", "Hà Nội, ngày 20 tháng 11 năm 2018"]);
    put(sheet, row + 2, &["", "NGƯỜI LẬP BIỂU", "", "", "T/M BAN CHẤP HÀNH"]);
    for (branch, name) in [(7, "CB Kho vận"), (8, "Cơ điện")] {
        let sheet = book.add_worksheet();
        sheet.set_name(name).unwrap();
        if branch == 8 {
            put(sheet, 0, &["CHI BỘ CƠ ĐIỆN"]);
        }
        put(
            sheet,
            2,
            &[
                "STT",
                "Họ đệm",
                "Tên",
                "Sinh ngày",
                "Giới tính",
                "Ngày vào Đảng",
                "Ngày chính thức",
                "Chức vụ Đảng",
            ],
        );
        let listed = all.iter().filter(|one| one.branch == branch && is_member(one));
        for (at, one) in (1_u32..).zip(listed) {
            let (family, given) = one.name.rsplit_once(' ').unwrap();
            let (d, m, y) = one.admitted;
            let official =
                if one.is == Is::Official { written((d, m, y + 1), '-') } else { String::new() };
            let (born, admitted) = (written(one.born, '/'), written(one.admitted, '-'));
            let sex = if one.is_woman { "Nữ" } else { "Nam" };
            put(
                sheet,
                at + 2,
                &[&at.to_string(), family, given, &born, sex, &admitted, &official, one.post],
            );
        }
    }
    book.save_to_buffer().unwrap()
}

/// All staff that are no members, and once more who leads the first four branches; letters and marks apart, as some
/// systems write them.
fn staff(all: &[Somebody]) -> Vec<u8> {
    let mut lines = vec!["Stt;Họ tên;Ngày tháng năm sinh;Đơn vị;Chức vụ".to_owned()];
    let listed =
        all.iter().filter(|one| one.is == Is::Staff || (one.branch < 4 && !one.post.is_empty()));
    for (at, one) in (1..).zip(listed) {
        let (d, m, y) = one.born;
        lines.push(format!("{at};{};{d}/{m}/{y};{};{}", one.name, BRANCHES[one.branch], one.post));
    }
    lines.join("\r\n").nfd().collect::<String>().into_bytes()
}

/// The candidates, with who guides them.
fn candidates(all: &[Somebody]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    put(sheet, 0, &["DANH SÁCH QUẦN CHÚNG ƯU TÚ"]);
    put(
        sheet,
        2,
        &[
            "STT",
            "Họ và tên",
            "Giới tính",
            "Ngày sinh",
            "Chi bộ công nhận",
            "Ngày họp chi bộ công nhận",
            "Số NQ",
            "Đảng viên giúp đỡ",
            "Ngày phân công",
            "Ngày cấp chứng nhận",
            "Số GCN",
        ],
    );
    let listed = all.iter().filter(|one| one.is == Is::Candidate);
    for (at, one) in (1_u32..).zip(listed) {
        // The third of each branch guides them.
        let mentor = &all[2 * BRANCHES.len() + one.branch].name;
        let certified = if at % 3 == 0 { "25/05/2018" } else { "" };
        let number = if at % 3 == 0 { format!("{at}/2018") } else { String::new() };
        let sex = if one.is_woman { "Nữ" } else { "Nam" };
        put(
            sheet,
            at + 2,
            &[
                &at.to_string(),
                &one.name,
                sex,
                &written(one.born, '/'),
                BRANCHES[one.branch],
                "05/03/2018",
                &format!("{:02}-NQ/CB", at + 1),
                mentor,
                "06/03/2018",
                certified,
                &number,
            ],
        );
    }
    book.save_to_buffer().unwrap()
}
