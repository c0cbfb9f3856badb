"""A sealed stream: what was written comes back, or nothing does."""

import io
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as some

from anju.vault import stream
from anju.vault.errors import Tampered, VaultError

STEP = 64


@pytest.fixture(autouse=True, scope="module")
def small_chunks():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stream, "CHUNK", STEP)
        yield


def sealed(*parts: bytes) -> bytes:
    out = io.BytesIO()
    writer = stream.Writer(out)
    for part in parts:
        writer.write(part)
    writer.close()
    return out.getvalue()


def opened(data: bytes) -> bytes:
    return stream.Reader(io.BytesIO(data)).read()


@given(some.lists(some.binary(max_size=3 * STEP), max_size=6))
def test_what_was_written_comes_back(parts):
    data = sealed(*parts)
    assert opened(data) == b"".join(parts)
    reader = stream.Reader(io.BytesIO(data))
    pieces = list(iter(lambda: reader.read(7), b""))
    assert b"".join(pieces) == b"".join(parts)
    assert all(len(piece) == 7 for piece in pieces[:-1])


@cache
def several() -> bytes:
    """Three whole chunks and a rest, made when the chunks are small."""
    return sealed(bytes(range(200)))


@given(some.integers(0, 10**6), some.integers(1, 255))
def test_any_changed_byte_is_noticed(place, change):
    data = several()
    at = place % len(data)
    with pytest.raises(VaultError):
        opened(data[:at] + bytes([data[at] ^ change]) + data[at + 1 :])


@given(some.integers(0, 10**6))
def test_any_cut_is_noticed(place):
    data = several()
    with pytest.raises(VaultError):
        opened(data[: place % len(data)])


def test_swapped_and_lost_chunks_and_a_tail_are_noticed():
    data, size = several(), 4 + STEP + 37
    start = len(data) - 3 * size - (4 + 200 - 3 * STEP + 37)
    one, two, rest = data[start : start + size], data[start + size : start + 2 * size], data[start + 2 * size :]
    assert opened(data[:start] + one + two + rest) == bytes(range(200))
    for wrong in (two + one + rest, one + rest, one + two + rest + b"x"):
        with pytest.raises(Tampered):
            opened(data[:start] + wrong)
