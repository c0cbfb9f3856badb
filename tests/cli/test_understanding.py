"""anju understanding: classify, report, retrain, switch."""

import io
from pathlib import Path
from types import SimpleNamespace

import pytest

from anju.__main__ import COMMANDS
from anju.cli import understanding as command
from anju.cli.menu import call
from anju.understanding import model
from tests.cast import Cast

COMMAND = next(one for one in COMMANDS if one.name == "understanding")


@pytest.fixture
def cast(db: None) -> Cast:
    return Cast()


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(model, "folder", lambda: tmp_path)
    return tmp_path


def test_one_answer_a_line_in_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "texts.txt"
    file.write_text("楼道灯坏了\n\n电梯里关着人，快来\n", encoding="utf-8")
    assert call(COMMAND, ["classify", str(file)]) == 0
    lines = [line.split("|") for line in capsys.readouterr().out.splitlines()]
    assert [leaf for leaf, *_ in lines] == ["PE02", "ZZ99", "EL01"]
    assert lines[1] == ["ZZ99", "0.00", "0.00"]
    assert float(lines[0][2]) < 0.5 <= float(lines[2][2])


@pytest.mark.parametrize("text", ["楼道灯坏了\r\n马桶堵了", "楼道灯坏了\n马桶堵了\n", "\ufeff楼道灯坏了\n马桶堵了\n"])
def test_standard_input(text: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(text.encode())))
    assert call(COMMAND, ["classify", "-"]) == 0
    assert [line[:4] for line in capsys.readouterr().out.splitlines()] == ["PE02", "IN05"]


def test_nothing_in_nothing_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty").write_text("")
    assert call(COMMAND, ["classify", str(tmp_path / "empty")]) == 0
    assert capsys.readouterr().out == ""


def test_report_retrain_and_switch(cast: Cast, own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(COMMAND, ["report"]) == 0
    assert "还没有客服看过的建议" in capsys.readouterr().out
    assert call(COMMAND, ["retrain"]) == 0
    assert "没有可学的" in capsys.readouterr().out
    cast.freeze("accept")
    for text in ("咪表吞了我的硬币", "咪表坏了投币没反应"):
        ticket = cast.report(text)
        cast.do("accept", ticket, "李敏", leaf="PK02")
    cast.at("09:30")
    call(COMMAND, ["report"])
    told = capsys.readouterr().out
    assert "2026-03　建议2件，纠正2件，准确率0.0%" in told
    assert "→ PK02 停车费/临停收费争议" in told
    assert call(COMMAND, ["retrain"]) == 0
    version = capsys.readouterr().out.strip().rpartition(" ")[2]
    assert [file.name for file in own.iterdir()] == [f"{version}.npz"]
    assert model.present().version != version
    assert call(COMMAND, ["switch", version]) == 0
    assert cast.report("咪表吞了我的硬币").leaf_model == version
    assert call(COMMAND, ["switch", "built-in"]) == 0
    assert model.present().version == model.load(model.PRESENT).version


def test_an_unknown_version_is_not_switched_to(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(COMMAND, ["switch", "../x"]) == 1
    assert "先运行 anju understanding retrain" in capsys.readouterr().err
    assert command.present().version == model.load(model.PRESENT).version
