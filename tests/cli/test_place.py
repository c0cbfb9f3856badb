"""Where an office lives: its static files when bin/setup ran for another folder, and the lab's own folder."""

import os

import pytest

from anju.cli import lab, place


@pytest.fixture(autouse=True)
def site(tmp_path, monkeypatch):
    """A checkout that bin/setup has filled, and an environment of our own."""
    made = tmp_path / "checkout" / "var"
    for name in place.MADE:
        (made / name).mkdir(parents=True)
    monkeypatch.setattr(place, "SITE", made)
    monkeypatch.setattr(os, "environ", {})
    monkeypatch.chdir(tmp_path)
    return made


def test_a_new_folder_uses_the_static_files_of_the_checkout(site, tmp_path):
    os.environ["ANJU_DATA_DIR"] = str(tmp_path / "office")
    place.prepare([])
    assert (tmp_path / "office" / "static").resolve() == site / "static"
    place.prepare([])  # a second time changes nothing


def test_a_folder_with_static_files_of_its_own_keeps_them(tmp_path):
    own = tmp_path / "office" / "static"
    own.mkdir(parents=True)
    os.environ["ANJU_DATA_DIR"] = str(tmp_path / "office")
    place.prepare([])
    assert not own.is_symlink()


def test_a_link_that_leads_nowhere_is_mended(site, tmp_path):
    (tmp_path / "office").mkdir()
    (tmp_path / "office" / "static").symlink_to(tmp_path / "gone")
    os.environ["ANJU_DATA_DIR"] = str(tmp_path / "office")
    place.prepare([])
    assert (tmp_path / "office" / "static").resolve() == site / "static"


def test_the_checkout_itself_is_left_alone(site):
    os.environ["ANJU_DATA_DIR"] = str(site)
    place.prepare([])
    assert not (site / "static").is_symlink()


@pytest.mark.parametrize("given", ["ANJU_DATA_DIR", "ANJU_DATABASE_URL"])
def test_the_lab_lives_apart_unless_told_where(tmp_path, given):
    lab.prepare([])
    assert os.environ["ANJU_LAB"] == "1"
    assert os.environ["ANJU_DATA_DIR"] == str(tmp_path / "var" / "lab")
    os.environ.clear()
    os.environ[given] = str(tmp_path / "given")
    lab.prepare([])
    assert os.environ.get("ANJU_DATA_DIR", "") == (str(tmp_path / "given") if given == "ANJU_DATA_DIR" else "")
