"""A roster in the browser: sent, matched, tried, written, taken back; nobody else opens it, nobody reads a number."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from anju.estate.importing import guarding
from anju.estate.models import Import, Person, Room
from tests.estate.test_importing import DATA, book

GOOD = ["9", "1", "101", 80, "赵一一", 13800000001]


def send(client: Client, data: bytes, name: str = "花名册.xlsx") -> str:
    """Upload; gives the address of the draft."""
    answer = client.post("/desk/imports/", {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 302, answer.content.decode()
    return answer.url


def facts(html: str) -> dict[str, int]:
    """The counts on a page."""
    return {word: int(n) for word, n in re.findall(r"<dt>(\S+?)</dt><dd><b class=\"num\">(\d+)</b>", html)}


def test_from_upload_to_undoing(cast, enter):
    manager, before = enter("周强"), Room.objects.count()
    url = send(manager, book(GOOD, ["9", "1", "102", 81, "钱二", None]))
    page = manager.get(url).content.decode()
    assert facts(page)["新房屋"] == 2
    assert "赵*" in page
    assert "138****" in page
    assert "赵一一" not in page
    assert "13800000001" not in page
    assert Room.objects.count() == before
    assert manager.post(f"{url}confirmation/").url == url
    assert Room.objects.count() == before + 2
    assert Import.objects.get().content == ""
    assert facts(manager.get(url).content.decode())["新住户"] == 2
    again = send(manager, book(GOOD, ["9", "1", "102", 81, "钱二", None]))
    assert "和登记完全一致" in manager.get(again).content.decode()
    undone = manager.post(f"{url}undoing/").content.decode()
    assert "登记和导入以前一样" in undone
    assert (Room.objects.count(), Person.objects.filter(kind="HUMAN").count()) == (before, len(cast.garden.people))
    assert manager.post(f"{url}undoing/").status_code == 409


def test_what_is_wrong_is_said_and_goes_back_as_a_workbook(cast, enter):
    manager, before = enter("周强"), Room.objects.count()
    url = send(
        manager, book(GOOD, ["9", "1", "102", 0, "＋cmd", 13800000002], ["9", "1", "103", 80, "孙三", "138000000031"])
    )
    page = manager.get(url).content.decode()
    assert "2行有误" in page
    assert "第3行" in page
    assert "confirmation" not in page
    assert "138000000031" not in page
    manager.post(f"{url}confirmation/")
    assert Room.objects.count() == before
    rows = list(load_workbook(io.BytesIO(manager.get(f"{url}errors/").content)).active.values)
    assert [row[0] for row in rows] == ["行号", 2, 3, 4]
    assert rows[2][6] == "'＋cmd"


def test_columns_are_matched_by_hand(cast, enter):
    manager = enter("周强")
    url = send(manager, book(["9-1-101", "赵一一", 13800000001], head=["哪一户", "谁的", "怎么找"]))
    assert "请指出哪一列是房号" in manager.get(url).content.decode()
    chosen = {"header": "1", "column-0": "room", "column-1": "owner", "column-2": "phone", "column-9999": "room"}
    manager.post(f"{url}columns/", chosen)
    assert facts(manager.get(url).content.decode())["新电话"] == 1
    manager.post(f"{url}columns/", chosen | {"column-1": "room"})
    assert "只能留一列" in manager.get(url).content.decode()
    for wrong in ({"header": "99"}, {"header": "x"}, {"sheet": "7", "header": "1"}):
        assert manager.post(f"{url}columns/", wrong).status_code == 302
    assert facts(manager.get(url).content.decode())["新电话"] == 1


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "a.xlsx", "文件是空的"),
        (b"<html>", "a.xls", "只认.xlsx和.csv文件"),
        (b"x" * (guarding.MAX_BYTES + 5), "a.csv", "文件超过10MB"),
        (guarding.OLE + b"x", "a.xls", "旧的.xls格式"),
        ("栋,房号\n".encode(), "a.exe", "只认.xlsx和.csv文件"),
    ],
)
def test_bad_files_are_refused_at_the_door(cast, enter, data, name, words):
    answer = enter("周强").post("/desk/imports/", {"file": SimpleUploadedFile(name, data)})
    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert Import.objects.count() == 0


def test_whose_it_is(cast, enter):
    manager, other = enter("周强"), enter("赵静")
    url = send(manager, (DATA / "花名册-换列.xlsx").read_bytes())
    assert other.get(url).status_code == 403
    assert other.get(f"{url}errors/").status_code == 403
    assert other.post(f"{url}dropping/").status_code == 403
    assert enter("李敏").get("/desk/imports/").status_code == 403
    assert manager.post(f"{url}dropping/").status_code == 302
    assert manager.get(url).status_code == 404
    assert manager.get("/desk/imports/template/").status_code == 200
