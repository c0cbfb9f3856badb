"""The signed log, what in it looks odd, and the quota."""

from argparse import Namespace

import pytest
from django.db import connection

from anju.accounts.models import Membership
from anju.cli import vault
from anju.core import clock
from anju.core.errors import Refused
from anju.estate import actions as estate
from anju.privacy import rules
from anju.privacy.actions import revealing
from anju.privacy.models import Chain, Finding, LogLine, Reveal
from anju.privacy.queries import chain
from anju.privacy.queries import revealing as reveals
from anju.tickets.models import Ticket
from anju.vault import keys
from tests.privacy.looks import HERE, look


def kinds() -> list[str]:
    return sorted(Finding.objects.values_list("kind", flat=True))


def verdict(capsys) -> tuple[int, str]:
    """What `anju vault verify` says."""
    code = vault.run(Namespace(verb="verify"))
    said = capsys.readouterr()
    return code, (said.out + said.err).strip()


def test_an_untouched_log_verifies(cast, capsys):
    for _n in range(3):
        look(cast)
    assert verdict(capsys) == (0, "查看记录 3 条，完整，没有改动")
    line = LogLine.objects.get(seq=2)
    assert (line.ip, line.device, line.role, line.reason, line.text) == (
        "10.0.0.7",
        "Firefox",
        "CS",
        "REVISIT",
        "问修好没有",
    )


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("field", "'name'"),
        ("actor_id", "7"),
        ("person_id", "NULL"),
        ("reason", "'LEGAL'"),
        ("at", "'2026-03-01 00:00:00+00'"),
    ],
)
def test_a_changed_line_is_named_with_its_position(cast, capsys, column, value):
    for _n in range(3):
        look(cast)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE privacy_logline SET {column} = {value} WHERE seq = 2")
    code, said = verdict(capsys)
    assert code == 1
    assert said.startswith("查看记录在第 2 条")
    assert said.endswith("内容被改过")


def test_removed_cut_moved_and_forged_lines_are_named(cast, capsys):
    for _n in range(4):
        look(cast)
    last = LogLine.objects.get(seq=4)
    last.delete()
    assert verdict(capsys) == (1, "查看记录在第 4 条不符：结尾被截断或改过")
    LogLine.objects.filter(seq=2).delete()
    assert "第 2 条" in verdict(capsys)[1]
    assert "缺少这一条" in verdict(capsys)[1]
    LogLine.objects.filter(seq=3).update(seq=2)
    assert "与前一条接不上" in verdict(capsys)[1]


def test_a_line_cannot_be_forged_without_the_key(cast, capsys):
    look(cast)
    forged = LogLine.objects.get(seq=1)
    forged.field = "name"
    forged.mac = "0" * 64
    LogLine.objects.filter(seq=1).update(field="name", mac=forged.mac)
    Chain.objects.update(mac=forged.mac)
    assert "内容被改过" in verdict(capsys)[1]


def test_the_log_survives_a_new_data_key(cast):
    look(cast)
    keys.rotate(None)
    keys.rotate(cast.community.id)
    look(cast)
    assert chain.verify() == chain.Verdict(2)


def test_the_line_is_there_before_the_value_is(cast, monkeypatch):
    """Whatever breaks after the look, its line stays: the value is only given when the line is written."""
    row = look(cast)
    assert (row.state, LogLine.objects.count()) == ("SHOWN", 1)
    assert revealing.opened(row).value == "13800005678"
    monkeypatch.setattr(revealing.chain, "add", lambda *_a, **_k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        look(cast)
    assert Reveal.objects.count() == 1


def test_a_look_ends_after_fifteen_minutes(cast):
    row = look(cast)
    cast.at("09:15")
    assert Reveal.objects.get(id=row.id).state == "CLOSED"
    with pytest.raises(Refused) as raised:
        revealing.again(reveals.reveal(cast.scope("李敏"), row.id), by=cast.scope("李敏"), origin=HERE)
    assert raised.value.code == "REVEAL_OVER"


def test_within_fifteen_minutes_it_is_shown_again_and_counts_once(cast):
    row = look(cast)
    cast.at("09:14")
    revealing.again(reveals.reveal(cast.scope("李敏"), row.id), by=cast.scope("李敏"), origin=HERE)
    assert (LogLine.objects.count(), reveals.used(cast.scope("李敏"))) == (2, 1)
    with pytest.raises(Refused):
        reveals.reveal(cast.scope("王芳"), row.id)


def test_the_quota_is_of_the_role_and_the_day(cast):
    assert reveals.left(cast.scope("李敏"), cast.community) == 20
    assert reveals.left(cast.scope("赵静"), cast.community) == 50
    assert reveals.left(cast.scope("钱丽"), cast.community) == 50
    estate.configure(cast.community, {"privacy.quota": 2})
    look(cast)
    look(cast)
    with pytest.raises(Refused) as raised:
        look(cast)
    assert (raised.value.code, raised.value.status) == ("REVEAL_QUOTA", 429)
    cast.at("03-03 00:00")
    look(cast)


# --- what looks odd -------------------------------------------------------------------------------------------------


def test_nothing_is_odd_about_a_look_on_duty(cast):
    look(cast)
    assert kinds() == []


def test_off_shift_and_the_list_of_the_protected(cast):
    Membership.objects.filter(staff=cast.garden.staff["李敏"]).update(on_shift=False)
    estate.configure(cast.community, {"privacy.watched": ["3-1-1203"]})
    look(cast)
    assert kinds() == ["OFF_SHIFT", "WATCHED"]
    assert {one.template for one in cast.heard("林悦")} == {"T907"}


def test_ones_own_neighbour(cast):
    staff = cast.garden.staff["李敏"]
    staff.phone = "13900122041"
    staff.save()
    look(cast)
    assert kinds() == ["NEIGHBOUR"]


def test_more_than_thirty_in_an_hour(cast):
    estate.configure(cast.community, {"privacy.quota": 99})
    for number in range(31):
        look(cast)
        assert kinds() == ([] if number < 30 else ["MANY"])
    look(cast)
    assert Finding.objects.get().count == 2


def test_a_walk_along_the_rooms(cast):
    cast.freeze("accept", "dispatch")
    for number in range(5):
        room = estate.room(cast.community, f"3-1-{1301 + number}")
        ticket = cast.report()
        Ticket.objects.filter(id=ticket.id).update(room=room)
        cast.do("accept", ticket, "李敏")
        assert kinds() == []
        look(cast, ticket)
    assert kinds() == ["SEQUENCE"]


@pytest.mark.parametrize(
    ("codes", "odd"),
    [
        (["3-1-1301", "3-1-1302", "3-1-1303", "3-1-1304", "3-1-1305"], True),
        (["3-1-0503", "3-1-0603", "3-1-0703", "3-1-0803", "3-1-0903"], True),
        (["3-1-1305", "3-1-1304", "3-1-1303", "3-1-1302", "3-1-1301"], True),
        (["3-1-1301", "3-1-1302", "3-1-1303", "3-1-1304"], False),
        (["3-1-1301", "3-1-1302", "3-2-1303", "3-1-1304", "3-1-1305"], False),
        (["3-1-1301", "3-1-0502", "3-1-1303", "3-1-0804", "3-1-1305"], False),
    ],
)
def test_rooms_in_sequence(codes, odd):
    assert rules.in_sequence(codes) is odd


@pytest.mark.parametrize(("lines", "drawn"), [(0, 0), (1, 1), (20, 1), (100, 5), (1000, 50)])
def test_five_percent_are_drawn(lines, drawn):
    assert rules.drawn(lines) == drawn


def test_the_clock_of_a_line_is_the_moment_of_the_look(cast):
    look(cast)
    assert clock.iso(LogLine.objects.get().at) == "2026-03-02T09:00:00+08:00"
