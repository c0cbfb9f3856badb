"""Blind indexes: equal for equal values, useless without the key."""

import hashlib
import re

import pytest

from anju.vault import keys
from anju.vault.blind import blind, blind_token

pytestmark = pytest.mark.django_db


def test_equal_values_have_equal_indexes_over_restarts():
    before = blind("13800005678", "phone"), blind_token("漏水")
    keys.forget()
    assert (blind("13800005678", "phone"), blind_token("漏水")) == before


def test_a_purpose_has_its_own_index():
    assert blind("5678", "phone") != blind("5678", "tail")
    assert blind("x", "ab") != blind("bx", "a")


def test_the_index_is_keyed():
    plain = hashlib.sha256(b"13800005678").hexdigest()
    assert blind("13800005678", "phone") not in plain


def test_the_key_is_not_the_data_key():
    blind("x", "phone")
    keys.ensure(None)
    assert keys.active(None, "blind").raw != keys.active(None).raw


def test_shapes():
    assert re.fullmatch(r"[0-9a-f]{32}", blind("", "phone"))
    assert re.fullmatch(r"[0-9a-f]{10}", blind_token("漏水"))


def test_a_known_key_costs_no_query(django_assert_num_queries):
    blind("x", "phone")
    with django_assert_num_queries(0):
        blind("13800005678", "phone")
        blind_token("漏水")
