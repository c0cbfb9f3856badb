"""Writes the three messy rosters that lie beside this file: `python -m tests.data.rosters`."""

import datetime
from pathlib import Path

from openpyxl import Workbook

FOLDER = Path(__file__).resolve().parent


def merged() -> Workbook:
    """A title above the header, merged buildings and units, several phones in a cell, co-owners, blank rows."""
    book = Workbook()
    sheet = book.active
    sheet.title = "花名册"
    sheet["A1"] = "阳光花园业主花名册（2026年2月）"
    sheet.merge_cells("A1:I1")
    sheet.append([])
    sheet.append(["栋", "单元", "房号*", "建筑面积\n（㎡）", "业主姓名", "联系电话", "租客", "租客电话", "产权份额"])
    lines = [
        ("3栋", "1单元", "0803", 120.35, "王秀英、李建国", "13900122041/13700066001", "陈静", 13500088003, "1/2"),
        (None, None, "1203室", 88.83, "张伟", 13800005678, None, None),
        (None, None, None, None, None, None, None, None),
        (None, "2单元", "3A01", "66.60", "欧阳明", "13600077002/0571-88888888；139 0012 2041", None, None),
        ("5栋", "1单元", "B1", 30, "阳光商贸有限公司", "０５７１-88887777", None, None),
        (None, None, "夹层01", 45.5, "阿卜杜·拉", "+86 138-0013-8000", None, None),
    ]
    for line in lines:
        sheet.append(line)
    for area in ("A4:A7", "A8:A9", "B4:B6", "B8:B9"):
        sheet.merge_cells(area)
    sheet["A12000"] = " "
    return book


def columns() -> Workbook:
    """Other headers in another order, with line breaks; villas, shops, parking; a hidden column; a date."""
    book = Workbook()
    sheet = book.active
    sheet.append(
        ["序号", "产权人", "手机\n号码", "备用电话", "房屋编号", "楼层", "产权面积(平方米)", "用途", "入住日期"]
    )
    day = datetime.date(2020, 5, 1)
    sheet.append([1, "孙立", 13400099004, "0571-88881234", "5-2-0501", 5, 90.12, "住宅", day])
    sheet.append([2, "赵敏 ", "13400099005\n13400099006", None, "88号", None, 260, "住宅", day])
    sheet.append([3, "周老板", 13400099007, None, "S-07", 1, "35.5㎡", "商铺", day])
    sheet.append([4, "孙立", 13400099004, None, "3栋1单元1204", "12层", 88.8, "住宅", day])
    sheet.append([5, "钱多", None, None, "3#1-1205", "12", 90, "住宅", day])
    sheet.append([6, "孙立", 13400099004, None, "B1-046", "B1", 12.5, "地下车位", day])
    sheet.append(["合计", None, None, None, None, None, 577.3, None, None])
    sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["D"].hidden = True
    return book


CSV = '楼号;单元号;室号;面积;姓名;联系方式\n7;1;101;80.5;冯一;13600000101\n7;1;102;80.5;陈二;\n7;2;101;99;"褚\n三";13600000103\n'


BOM = "房屋地址,业主,联系电话,手机\n9栋1单元101,吴十,0571-88880101,13600000901\n9栋1单元102室,,,\n,,,\n"


def write() -> None:
    """The files themselves."""
    merged().save(FOLDER / "花名册-合并单元格.xlsx")
    columns().save(FOLDER / "花名册-换列.xlsx")
    (FOLDER / "花名册-GBK.csv").write_bytes(CSV.encode("gb18030"))
    (FOLDER / "花名册-UTF8.csv").write_bytes(BOM.encode("utf-8-sig"))


if __name__ == "__main__":
    write()
