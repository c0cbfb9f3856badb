"""Codes on paper and on the wall: sheets as PDF, and which of them staff have scanned."""

import re
from pathlib import Path

import pytest
from django.test import Client

from anju.cli import codes
from anju.core import clock, paper
from anju.estate import actions as estate
from anju.estate import labels
from anju.estate.models import Label, Place
from tests.cast import later
from tests.desk.conftest import at_home


def pages(pdf: bytes) -> int:
    """How many pages a PDF of ours has."""
    assert pdf.startswith(b"%PDF-")
    return int(re.findall(rb"/Count (\d+)", pdf)[-1])


@pytest.mark.parametrize(("size", "count"), [("2x4", 2), ("2x3", 3), ("1x2", 7), ("2x6", 2)])
def test_a_sheet_for_every_paper(cast, enter, size, count):
    assert Label.objects.count() == 14
    answer = enter("李敏").get("/desk/codes/sheet/", {"paper": size})
    assert answer.headers["Content-Type"] == "application/pdf"
    assert pages(answer.content) == count
    assert b"NotoSansCJK" in answer.content


def test_only_those_ticked_or_of_a_kind(cast, enter):
    agent = enter("李敏")
    two = [label.code for label in Label.objects.all()[:2]]
    assert pages(agent.get("/desk/codes/sheet/", {"paper": "1x2", "code": two}).content) == 1
    lifts = Label.objects.filter(asset__kind="电梯").count()
    assert pages(agent.get("/desk/codes/sheet/", {"paper": "1x2", "kind": "电梯"}).content) == -(-lifts // 2)
    assert agent.get("/desk/codes/sheet/", {"paper": "1x2", "kind": "没有"}).status_code == 404
    assert agent.get("/desk/codes/sheet/", {"paper": "9x9"}).status_code == 422


def test_a_name_is_text_and_never_source(cast, enter):
    Place.objects.filter(code="B3").update(name='#panic("x") $ \\ "')
    assert pages(enter("李敏").get("/desk/codes/sheet/", {"paper": "2x4"}).content) == 2


def test_a_machine_without_chinese_letters_says_so(cast, enter, monkeypatch, errors_logged):
    monkeypatch.setattr(paper, "CHINESE", ())
    answer = enter("李敏").get("/desk/codes/sheet/", {"paper": "2x4"})
    assert (answer.status_code, "fonts-noto-cjk" in answer.content.decode()) == (503, True)


def scan(client: Client, label: Label) -> str:
    """Scan with the camera of a phone."""
    return client.get(f"/r/{labels.signed(label.code)}/").content.decode()


def test_scans_are_seen_and_those_of_staff_are_checks(cast, enter):
    worker, label = enter("陈师傅"), estate.label_of(cast.garden.places["B3-1"])
    assert "已核对" not in scan(at_home(cast.garden.people["张伟"]), label)
    label.refresh_from_db()
    assert (label.scanned_at, label.checked_at) == (clock.now(), None)
    assert "3栋1单元的码已核对" in scan(worker, label)
    label.refresh_from_db()
    assert label.checked_at == clock.now()
    first = label.checked_at
    cast.at("09:05")
    scan(worker, label)
    label.refresh_from_db()
    assert label.checked_at == first
    cast.at("09:10")
    scan(worker, label)
    label.refresh_from_db()
    assert label.checked_at == clock.now() < later(minutes=1)


def test_a_typed_code_shows_what_it_is_and_how_far_the_building_is(cast, enter):
    agent, label = enter("李敏"), estate.label_of(cast.garden.places["B3-1"])
    of_house = [one for one in Label.objects.select_related("place", "asset__place") if house(one) == "3"]
    for typed in (label.code.lower(), f"http://x/r/{labels.signed(label.code)}/"):
        page = agent.post("/desk/codes/check/", {"code": typed}).content.decode()
        assert "3栋1单元" in page
        assert f"3栋已核对1/{len(of_house)}" in page
    assert "共14张，已核对1张" in agent.get("/desk/codes/check/").content.decode()
    for wrong in ("ABCDEFGHJK", "12", "https://evil.example/r/AAAA-BBBB/"):
        assert agent.post("/desk/codes/check/", {"code": wrong}).status_code == 422
    Label.objects.filter(id=label.id).update(state="VOID", checked_at=None)
    assert "已停用，请撕掉" in agent.post("/desk/codes/check/", {"code": label.code}).content.decode()
    label.refresh_from_db()
    assert label.checked_at is None


def house(label: Label) -> str:
    where = label.asset.place if label.asset else label.place
    return where.building_no if where else ""


def test_the_commands(cast, tmp_path: Path, capsys):
    file = tmp_path / "codes.pdf"
    asked = {"verb": "sheet", "file": file, "paper": "2x4", "kind": None, "community": None}
    assert codes.run(type("Asked", (), asked)()) == 0
    assert pages(file.read_bytes()) == 2
    assert codes.run(type("Asked", (), asked | {"kind": "没有"})()) == 1
    assert codes.run(type("Asked", (), asked | {"verb": "check"})()) == 0
    out = capsys.readouterr().out
    assert "14张码" in out
    assert re.search(r"3栋　0/\d+　还没扫过：", out)
    assert codes.run(type("Asked", (), asked | {"community": "nowhere"})()) == 1
