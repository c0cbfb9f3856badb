"""`anju estate` as an office uses it: try, read what is wrong, write, and again."""

import shutil
import stat
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.serve.running import anju

DATA = Path(__file__).resolve().parent.parent / "data"
NEW = ("--community", "garden", "--create-community", "阳光花园")


@pytest.fixture
def roster(tmp_path):
    """A roster that can be taken."""
    return shutil.copy(DATA / "花名册-合并单元格.xlsx", tmp_path / "花名册.xlsx")


def test_try_then_write_then_again(own_office, roster):
    assert anju(own_office, "migrate", "--verbosity", "0").returncode == 0
    tried = anju(own_office, "estate", "import", str(roster), *NEW)
    assert (tried.returncode, "这是试算" in tried.stdout, "新房屋5" in tried.stdout) == (0, True, True)
    assert "新住户 王*" in tried.stdout
    assert "王秀英" not in tried.stdout + tried.stderr
    assert "没有楼层一列" in tried.stderr
    assert "还没有小区" in anju(own_office, "estate", "import", str(roster), "--yes").stderr
    written = anju(own_office, "estate", "import", str(roster), "--yes", *NEW)
    assert (written.returncode, "已写入" in written.stdout) == (0, True)
    again = anju(own_office, "estate", "import", str(roster), "--yes")
    assert (again.returncode, "没有变化" in again.stdout, "没有变化的房屋5" in again.stdout) == (0, True, True)


def test_what_is_wrong_goes_back_as_a_workbook_that_can_be_mended(office, tmp_path):
    bad = tmp_path / "bad.csv"
    bad.write_text("房号,业主,电话\n3-1-101,张伟,13800005678\n3-1-102,=cmd,138000056789\n", encoding="utf-8")
    errors = tmp_path / "out.xlsx"
    done = anju(office, "estate", "import", str(bad), "--yes", "--errors", str(errors), *NEW)
    assert done.returncode == 1
    assert "第3行" in done.stderr
    assert "13800005678" not in done.stderr
    assert stat.S_IMODE(errors.stat().st_mode) == 0o600
    rows = list(load_workbook(errors).active.values)
    assert rows[0] == ("行号", "错误原因", "房号", "业主", "电话")
    assert rows[1][:2] == (2, None)
    assert (rows[2][0], rows[2][3]) == (3, "'=cmd")
    mended = load_workbook(errors)
    mended.active["D3"], mended.active["E3"] = "李四", "13900122041"
    mended.save(errors)
    assert "新房屋2" in anju(office, "estate", "import", str(errors), *NEW).stdout


def test_the_template_and_files_that_are_not_there(office, tmp_path):
    form = tmp_path / "form.xlsx"
    assert anju(office, "estate", "template", str(form)).returncode == 0
    assert "新房屋1" in anju(office, "estate", "import", str(form), *NEW).stdout
    for name in ("nothing.xlsx", "."):
        done = anju(office, "estate", "import", str(tmp_path / name), *NEW)
        assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
