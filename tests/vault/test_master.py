"""The master key: from the environment, else from a file that is made once."""

import base64
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ImproperlyConfigured

from anju.vault import master
from anju.vault.errors import Tampered


@pytest.fixture
def file(tmp_path, settings, monkeypatch):
    monkeypatch.delenv("ANJU_MASTER_KEY")
    settings.ANJU_MASTER_KEY_FILE = tmp_path / "keys" / "master.key"
    master.forget()
    yield settings.ANJU_MASTER_KEY_FILE
    master.forget()


def test_it_unwraps_only_what_it_wrapped_for_the_same_row():
    wrapped = master.current().wrap(bytes(32), b"1")
    assert bytes(32) not in wrapped
    assert master.current().unwrap(wrapped, b"1") == bytes(32)
    with pytest.raises(Tampered):
        master.current().unwrap(wrapped, b"2")


def test_the_environment_comes_first(file, monkeypatch):
    master.create()
    monkeypatch.setenv("ANJU_MASTER_KEY", base64.b64encode(bytes(32)).decode())
    wrapped = master.LocalMasterKey(bytes(32)).wrap(b"k" * 32, b"1")
    assert master.current().unwrap(wrapped, b"1") == b"k" * 32


def test_the_file_is_for_our_eyes_only(file):
    assert not master.exists()
    master.create()
    assert master.exists()
    assert file.stat().st_mode & 0o777 == 0o600
    assert len(base64.b64decode(file.read_text())) == 32
    assert [path.name for path in file.parent.iterdir()] == ["master.key"]


def test_the_first_of_many_makes_the_file(file):
    with ThreadPoolExecutor(8) as pool:
        seen = set(pool.map(lambda _: (master.create(), file.read_text())[1], range(16)))
    assert len(seen) == 1
    assert [path.name for path in file.parent.iterdir()] == ["master.key"]


def test_without_a_key_nothing_starts(file):
    with pytest.raises(ImproperlyConfigured, match="cannot be read"):
        master.current()


@pytest.mark.parametrize("text", ["not base64!", "=", base64.b64encode(bytes(31)).decode()])
def test_a_key_is_32_bytes_in_base64(file, monkeypatch, text):
    monkeypatch.setenv("ANJU_MASTER_KEY", text)
    with pytest.raises(ImproperlyConfigured, match="ANJU_MASTER_KEY"):
        master.current()
