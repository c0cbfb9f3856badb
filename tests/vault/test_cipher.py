"""One sealed value: what opens it and what does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.vault import cipher
from anju.vault.cipher import Key
from anju.vault.errors import Tampered

KEY = Key(7, bytes(range(32)))


@given(st.binary(max_size=200), st.binary(max_size=50))
def test_what_was_sealed_opens_in_its_context(data, context):
    assert KEY.open(KEY.seal(data, context), context) == data


def test_the_header_is_version_key_and_nonce():
    blob = Key(2**62 + 1, bytes(32)).seal(b"13800005678", b"")
    assert blob[0] == cipher.VERSION == 1
    assert cipher.key_id(blob) == 2**62 + 1
    assert len(blob) == 1 + 8 + 12 + 11 + 16


def test_the_same_text_never_looks_the_same():
    assert len({KEY.seal(b"x", b"") for _ in range(100)}) == 100


@given(st.data())
def test_no_bit_can_be_changed_behind_the_header(data):
    blob = bytearray(KEY.seal(b"13800005678", b"c"))
    position = data.draw(st.integers(9, len(blob) - 1))
    blob[position] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(Tampered):
        KEY.open(bytes(blob), b"c")


@pytest.mark.parametrize("context", [b"", b"a.person.phone:2", b"a.person.name:1"])
def test_another_context_does_not_open(context):
    with pytest.raises(Tampered):
        KEY.open(KEY.seal(b"x", b"a.person.phone:1"), context)


def test_another_key_does_not_open():
    with pytest.raises(Tampered):
        Key(7, bytes(32)).open(KEY.seal(b"x", b""), b"")


@pytest.mark.parametrize("length", [0, 1, 8, 9, 20, 36])
def test_a_cut_value_is_no_sealed_value(length):
    blob = KEY.seal(b"", b"")[:length]
    with pytest.raises(Tampered):
        cipher.key_id(blob)
    with pytest.raises(Tampered):
        KEY.open(blob, b"")


def test_an_unknown_version_is_refused():
    with pytest.raises(Tampered):
        cipher.key_id(b"\x02" + KEY.seal(b"x", b"")[1:])


def test_a_key_does_not_show_itself():
    assert "0001" not in repr(KEY)
    assert repr(KEY) == "<Key 7>"
