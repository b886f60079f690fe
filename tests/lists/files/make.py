"""Makes the .xls and .ods files beside it; needs xlwt and odfpy. All people in them are invented."""
import datetime
import os

import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TableProperties
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P

HERE = os.path.dirname(os.path.abspath(__file__))
DAY = xlwt.easyxf(num_format_str="dd/mm/yyyy")


def xls():
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Đảng viên")
    sheet.write_merge(0, 0, 0, 6, "DANH SÁCH ĐẢNG VIÊN CHI BỘ")
    for column, text in enumerate(["STT", "Họ và tên", "Giới tính", "Ngày sinh", "Quê quán", "Số thẻ Đảng"]):
        sheet.write_merge(2, 3, column, column, text)
    sheet.write_merge(2, 2, 6, 7, "Ngày vào Đảng")
    sheet.write(3, 6, "Dự bị")
    sheet.write(3, 7, "Chính thức")
    sheet.write(2, 8, "Điện thoại")
    people = [
        ("Ngô Thị Lụa", "Nữ", datetime.date(1985, 3, 12), "Xã Cát, tỉnh Đông", 12345678901, "30.04.2008", datetime.date(2009, 4, 30), 912345678),
        ("TRỊNH VĂN KHOAI", "Nam", "1979", "Tỉnh Tây", "098765432109", "3/2/2010", "03-02-2011", "0987 654 321"),
        ("Phạm Thị Sắn (Chi ủy viên)", "Nữ", datetime.date(1990, 12, 1), "Tỉnh Nam", "", "13/25/2018", "", ""),
    ]
    for at, (name, sex, born, home, card, admitted, official, phone) in enumerate(people):
        row = 4 + at
        sheet.write(row, 0, at + 1)
        for column, value in [(1, name), (2, sex), (4, home), (5, card), (6, admitted), (8, phone)]:
            if value != "":
                sheet.write(row, column, value)
        for column, value in [(3, born), (7, official)]:
            if isinstance(value, datetime.date):
                sheet.write(row, column, value, DAY)
            elif value:
                sheet.write(row, column, value)
    sheet.write(8, 1, "Tổng số: 3 người")
    # xlwt keeps no value with a formula.
    sheet.write(8, 3, xlwt.Formula("SUM(A5:A7)"))
    hidden = book.add_sheet("Nháp")
    hidden.write(0, 0, "không đọc")
    hidden.visibility = 1
    very = book.add_sheet("Ẩn hẳn")
    very.write(0, 0, "không đọc")
    very.visibility = 2
    # Enough texts for the shared ones to go on in a second record.
    many = book.add_sheet("Nhiều")
    for row in range(600):
        many.write(row, 0, "Dòng số %d của bảng chữ dài để tràn bản ghi" % row)
        many.write(row, 1, "abc %d" % row)
    book.save(os.path.join(HERE, "members.xls"))


def cell(value=None, **how):
    if value is None:
        return TableCell(**how)
    if isinstance(value, datetime.date):
        made = TableCell(valuetype="date", datevalue=value.isoformat(), **how)
    elif isinstance(value, (int, float)):
        made = TableCell(valuetype="float", value=value, **how)
    else:
        made = TableCell(valuetype="string", **how)
    for line in str(value).split("\n"):
        made.addElement(P(text=line))
    return made


def ods():
    book = OpenDocumentSpreadsheet()
    style = Style(name="khuat", family="table")
    style.addElement(TableProperties(display="false"))
    book.automaticstyles.addElement(style)
    table = Table(name="Chi bộ")

    def add(*cells, **how):
        row = TableRow(**how)
        for one in cells:
            row.addElement(one)
        table.addElement(row)

    title = cell("DANH SÁCH CHI BỘ TRỰC THUỘC", numbercolumnsspanned=6)
    add(title, *[CoveredTableCell() for _ in range(5)])
    add(cell(), numberrowsrepeated=2)
    add(*[cell(text) for text in ["STT", "Mã chi bộ", "Tên chi bộ", "Trực thuộc", "Ngày thành lập", "Ngày họp", "Giờ họp", "Địa điểm họp", "Số cuối NQ", "Số cuối BB"]])
    add(cell(1), cell("CB1"), cell("Chi bộ Phòng Một"), cell("Đảng bộ Sở"), cell(datetime.date(2001, 5, 19)), cell("Ngày 3 hằng tháng"), cell("8h30"), cell("Phòng 201\ntầng 2"), cell(11), cell("12-BB/CB"))
    add(cell(2), cell("CB2"), cell("Chi bộ Phòng Hai"), cell("Đảng bộ Sở"), cell("2015"), cell("Thứ sáu tuần đầu"), cell("14:00"), cell(), cell(9), cell("x"))
    add(cell(numbercolumnsrepeated=1024), numberrowsrepeated=1048000)
    book.spreadsheet.addElement(table)
    hidden = Table(name="Ẩn", stylename=style)
    row = TableRow()
    row.addElement(cell("không đọc"))
    hidden.addElement(row)
    book.spreadsheet.addElement(hidden)
    book.save(os.path.join(HERE, "units.ods"))


xls()
ods()
