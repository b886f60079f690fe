//! The form in which this program asks for lists and gives them back: a workbook of four sheets, which it reads as
//! it is. Its words are those of the lists that offices keep.

pub mod words;

use std::collections::HashMap;

use rust_xlsxwriter::{Format, Workbook, XlsxError};

use super::headings::Column;

/// A row: what stands under which heading.
pub type Row = HashMap<Column, String>;

/// Everything that the form holds.
#[derive(Default)]
pub struct Filled {
    pub units: Vec<Row>,
    pub people: Vec<Row>,
    pub candidates: Vec<Row>,
    pub classes: Vec<Row>,
}

/// A sheet: its name, a note for whoever fills it in, and its headings.
struct Sheet {
    name: &'static str,
    note: &'static str,
    headings: &'static [(&'static str, Column)],
}

const UNITS: Sheet = Sheet {
    name: "Đơn vị",
    note: "Mỗi dòng một đảng ủy bộ phận hoặc chi bộ. Bỏ các dòng ví dụ rồi điền đơn vị của mình. Số cuối: số \
           nghị quyết, biên bản gần nhất của chi bộ trong nhiệm kỳ này.",
    headings: &[
        ("STT", Column::Order),
        ("Mã đơn vị", Column::UnitCode),
        ("Tên đơn vị", Column::UnitName),
        ("Loại tổ chức", Column::UnitKind),
        ("Trực thuộc", Column::UnitParent),
        ("Ngày sinh hoạt định kỳ", Column::MeetingDay),
        ("Giờ họp", Column::MeetingHour),
        ("Địa điểm họp", Column::MeetingPlace),
        ("Số cuối NQ", Column::LastResolution),
        ("Số cuối BB", Column::LastMinutes),
    ],
};

const PEOPLE: Sheet = Sheet {
    name: "Đảng viên",
    note: "Mỗi dòng một người, đảng viên hoặc quần chúng trong danh sách. Ngày ghi dd/mm/yyyy; ô không biết thì \
           để trống.",
    headings: &[
        ("STT", Column::Order),
        ("Mã", Column::Key),
        ("Họ và tên", Column::Name),
        ("Tên gọi khác", Column::OtherName),
        ("Giới tính", Column::Sex),
        ("Ngày sinh", Column::Born),
        ("Dân tộc", Column::Ethnicity),
        ("Tôn giáo", Column::Religion),
        ("Quê quán", Column::Home),
        ("Nơi ở hiện nay", Column::Residence),
        ("Nghề nghiệp", Column::Occupation),
        ("Chi bộ sinh hoạt", Column::Unit),
        ("Phòng ban", Column::Department),
        ("Chức vụ Đảng", Column::PartyOffice),
        ("Chức vụ", Column::Office),
        ("Đoàn viên thanh niên", Column::Youth),
        ("Công đoàn viên", Column::Trade),
        ("Trình độ học vấn", Column::Education),
        ("Trình độ chuyên môn", Column::Degree),
        ("Học hàm", Column::Title),
        ("Lý luận chính trị", Column::Theory),
        ("Ngày vào Đảng", Column::Admitted),
        ("Ngày chính thức", Column::Official),
        ("Trạng thái", Column::State),
        ("Ngày chuyển đến", Column::CameOn),
        ("Chuyển đến từ", Column::CameFrom),
        ("Hình thức chuyển đến", Column::CameHow),
        ("Ngày chuyển đi", Column::LeftOn),
        ("Nơi chuyển đi", Column::LeftTo),
        ("Hình thức chuyển đi", Column::LeftHow),
        ("Số điện thoại", Column::Phone),
        ("Email", Column::Email),
    ],
};

const CANDIDATES: Sheet = Sheet {
    name: "Quần chúng ưu tú",
    note: "Người trong nguồn và đảng viên được phân công giúp đỡ; mã như ở danh sách đảng viên nếu có. Ngày, số \
           chưa có thì để trống.",
    headings: &[
        ("STT", Column::Order),
        ("Mã", Column::Key),
        ("Họ và tên", Column::Name),
        ("Ngày sinh", Column::Born),
        ("Chi bộ sinh hoạt", Column::Unit),
        ("Ngày họp chi bộ công nhận", Column::RecognisedOn),
        ("Số nghị quyết công nhận", Column::RecognisedBy),
        ("Đảng viên giúp đỡ", Column::Mentor),
        ("Ngày phân công", Column::MentorsSince),
        ("Nghị quyết phân công", Column::MentorsBy),
        ("Số QĐ mở lớp", Column::ClassNumber),
        ("Ngày cấp giấy chứng nhận", Column::CertificateDay),
        ("Số giấy chứng nhận", Column::CertificateNumber),
        ("Hồ sơ đã có", Column::Papers),
    ],
};

const CLASSES: Sheet = Sheet {
    name: "Lớp bồi dưỡng",
    note: "Mỗi dòng một lớp bồi dưỡng nhận thức về Đảng, theo số quyết định mở lớp.",
    headings: &[
        ("STT", Column::Order),
        ("Số QĐ mở lớp", Column::ClassNumber),
        ("Thời gian học", Column::ClassDays),
        ("Nơi học", Column::ClassPlace),
    ],
};

/// The workbook's bytes.
///
/// # Errors
/// What the writer of workbooks says.
pub fn workbook(filled: &Filled) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let (bold, note) = (Format::new().set_bold().set_text_wrap(), Format::new().set_italic());
    let sheets = [
        (&UNITS, &filled.units),
        (&PEOPLE, &filled.people),
        (&CANDIDATES, &filled.candidates),
        (&CLASSES, &filled.classes),
    ];
    for (sheet, rows) in sheets {
        let page = workbook.add_worksheet();
        page.set_name(sheet.name)?;
        page.write_with_format(0, 0, sheet.note, &note)?;
        for (column, (heading, _)) in (0_u16..).zip(sheet.headings) {
            page.write_with_format(1, column, *heading, &bold)?;
            page.set_column_width(column, 18)?;
        }
        page.set_column_width(0, 6)?;
        for (number, row) in (1_u32..).zip(rows) {
            for (column, (_, means)) in (0_u16..).zip(sheet.headings) {
                match (means, row.get(means)) {
                    (Column::Order, _) => page.write(number + 1, column, number)?,
                    (_, Some(text)) => page.write_string(number + 1, column, text)?,
                    (_, None) => continue,
                };
            }
        }
        page.set_freeze_panes(2, 3)?;
    }
    workbook.save_to_buffer()
}

/// A few invented people, to be put out and replaced.
pub fn example() -> Filled {
    let row = |cells: &[(Column, &str)]| -> Row {
        cells.iter().map(|(column, text)| (*column, (*text).to_owned())).collect()
    };
    use Column::*;
    Filled {
        units: vec![
            row(&[
                (UnitCode, "CB-01"),
                (UnitName, "Chi bộ Văn phòng"),
                (UnitKind, "Chi bộ"),
                (MeetingDay, "Ngày 3 hằng tháng"),
                (MeetingHour, "14:00"),
                (MeetingPlace, "Phòng họp số 1"),
            ]),
            row(&[
                (UnitCode, "CB-02"),
                (UnitName, "Chi bộ Kỹ thuật"),
                (UnitKind, "Chi bộ"),
                (MeetingDay, "Thứ hai tuần đầu"),
                (MeetingHour, "16:30"),
                (MeetingPlace, "Phòng họp số 2"),
            ]),
        ],
        people: vec![
            row(&[
                (Name, "Lê Thị Hồng Thắm"),
                (Sex, "Nữ"),
                (Born, "12/03/1975"),
                (Ethnicity, "Kinh"),
                (Religion, "Không"),
                (Home, "Hà Nội"),
                (Unit, "CB-01"),
                (PartyOffice, "Bí thư chi bộ"),
                (Office, "Chánh Văn phòng"),
                (Education, "12/12"),
                (Degree, "Đại học Luật"),
                (Theory, "Cao cấp"),
                (Admitted, "19/05/2001"),
                (Official, "19/05/2002"),
            ]),
            row(&[
                (Name, "Nguyễn Văn Khải"),
                (Sex, "Nam"),
                (Born, "02/09/1988"),
                (Ethnicity, "Kinh"),
                (Religion, "Không"),
                (Home, "Nam Định"),
                (Unit, "CB-02"),
                (PartyOffice, "Bí thư chi bộ"),
                (Office, "Trưởng phòng"),
                (Education, "12/12"),
                (Degree, "Thạc sĩ Xây dựng"),
                (Theory, "Trung cấp"),
                (Admitted, "03/02/2012"),
                (Official, "03/02/2013"),
            ]),
            row(&[
                (Name, "H'Mai Niê"),
                (Sex, "Nữ"),
                (Born, "20/11/1993"),
                (Ethnicity, "Ê Đê"),
                (Religion, "Không"),
                (Home, "Đắk Lắk"),
                (Unit, "CB-02"),
                (Office, "Kỹ sư"),
                (Education, "12/12"),
                (Degree, "Đại học Xây dựng"),
                (Theory, "Sơ cấp"),
                (Admitted, "19/05/2026"),
            ]),
            row(&[
                (Name, "Trịnh Quốc Việt"),
                (Sex, "Nam"),
                (Born, "15/08/1998"),
                (Unit, "CB-02"),
                (Youth, "x"),
                (State, "Quần chúng"),
            ]),
        ],
        candidates: vec![row(&[
            (Name, "Trịnh Quốc Việt"),
            (Born, "15/08/1998"),
            (Unit, "CB-02"),
            (RecognisedOn, "05/03/2026"),
            (Mentor, "Nguyễn Văn Khải"),
            (MentorsSince, "05/03/2026"),
            (ClassNumber, "12-QĐ/ĐU"),
            (CertificateDay, "20/04/2026"),
            (CertificateNumber, "118/GCN"),
            (Papers, "Đơn xin vào Đảng"),
        ])],
        classes: vec![row(&[
            (ClassNumber, "12-QĐ/ĐU"),
            (ClassDays, "13-17/04/2026"),
            (ClassPlace, "Trung tâm chính trị"),
        ])],
    }
}
