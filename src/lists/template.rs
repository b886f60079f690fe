//! The form in which this program asks for lists: a workbook with a filled example, which it reads as it is.

use rust_xlsxwriter::{Format, Workbook, XlsxError};

/// A sheet: its name, a note for whoever fills it in, its headings, and rows of invented people.
struct Sheet {
    name: &'static str,
    note: &'static str,
    headings: &'static [&'static str],
    rows: &'static [&'static [&'static str]],
}

const SHEETS: [Sheet; 3] = [
    Sheet {
        name: "Đơn vị",
        note: "Mỗi dòng một đảng ủy bộ phận hoặc chi bộ. Bỏ các dòng ví dụ rồi điền đơn vị của mình.",
        headings: &["STT", "Mã đơn vị", "Tên đơn vị", "Loại", "Trực thuộc"],
        rows: &[
            &["1", "CB-01", "Chi bộ Văn phòng", "Chi bộ", ""],
            &["2", "CB-02", "Chi bộ Kỹ thuật", "Chi bộ", ""],
        ],
    },
    Sheet {
        name: "Đảng viên",
        note: "Mỗi dòng một đảng viên, ngày ghi dd/mm/yyyy. Ô không biết thì để trống.",
        headings: &[
            "STT",
            "Họ và tên",
            "Giới tính",
            "Ngày sinh",
            "Dân tộc",
            "Tôn giáo",
            "Quê quán",
            "Chi bộ sinh hoạt",
            "Chức vụ Đảng",
            "Chức vụ",
            "Trình độ học vấn",
            "Trình độ chuyên môn",
            "Lý luận chính trị",
            "Ngày vào Đảng",
            "Ngày chính thức",
            "Số điện thoại",
            "Email",
        ],
        rows: &[
            &[
                "1",
                "Lê Thị Hồng Thắm",
                "Nữ",
                "12/03/1975",
                "Kinh",
                "Không",
                "Hà Nội",
                "CB-01",
                "Bí thư chi bộ",
                "Chánh Văn phòng",
                "12/12",
                "Đại học Luật",
                "Cao cấp",
                "19/05/2001",
                "19/05/2002",
                "",
                "",
            ],
            &[
                "2",
                "Nguyễn Văn Khải",
                "Nam",
                "02/09/1988",
                "Kinh",
                "Không",
                "Nam Định",
                "CB-02",
                "Bí thư chi bộ",
                "Trưởng phòng",
                "12/12",
                "Thạc sĩ Xây dựng",
                "Trung cấp",
                "03/02/2012",
                "03/02/2013",
                "",
                "",
            ],
            &[
                "3",
                "H'Mai Niê",
                "Nữ",
                "20/11/1993",
                "Ê Đê",
                "Không",
                "Đắk Lắk",
                "CB-02",
                "",
                "Kỹ sư",
                "12/12",
                "Đại học Xây dựng",
                "Sơ cấp",
                "19/05/2026",
                "",
                "",
                "",
            ],
        ],
    },
    Sheet {
        name: "Quần chúng ưu tú",
        note: "Người trong nguồn và đảng viên được phân công giúp đỡ. Ngày, số chưa có thì để trống.",
        headings: &[
            "STT",
            "Họ và tên",
            "Giới tính",
            "Ngày sinh",
            "Chi bộ công nhận",
            "Ngày họp chi bộ công nhận",
            "Đảng viên giúp đỡ",
            "Ngày phân công",
            "Ngày cấp giấy chứng nhận",
            "Số giấy chứng nhận",
            "Trạng thái",
        ],
        rows: &[&[
            "1",
            "Trịnh Quốc Việt",
            "Nam",
            "15/08/1998",
            "CB-02",
            "05/03/2026",
            "Nguyễn Văn Khải",
            "05/03/2026",
            "",
            "",
            "Quần chúng",
        ]],
    },
];

/// The workbook's bytes. Its words are those of the lists that offices keep.
///
/// # Errors
/// What the writer of workbooks says.
pub fn workbook() -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let (bold, note) = (Format::new().set_bold().set_text_wrap(), Format::new().set_italic());
    for sheet in SHEETS {
        let page = workbook.add_worksheet();
        page.set_name(sheet.name)?;
        page.write_with_format(0, 0, sheet.note, &note)?;
        for (column, heading) in (0_u16..).zip(sheet.headings) {
            page.write_with_format(1, column, *heading, &bold)?;
            page.set_column_width(column, 18)?;
        }
        for (row, cells) in (2_u32..).zip(sheet.rows) {
            for (column, cell) in (0_u16..).zip(*cells) {
                page.write(row, column, *cell)?;
            }
        }
        page.set_freeze_panes(2, 2)?;
    }
    workbook.save_to_buffer()
}
