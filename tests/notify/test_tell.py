"""Writing messages: which rows, with which reasons, in how many statements."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from anju.core import clock as core_clock
from anju.notify.actions import Notice, Office, Recipient, tell_many
from anju.notify.models import Delivery
from tests.notify.office import CHEN, OFFICE, T101, TICKET, WORKER, ZHANG, at, rows, told

pytestmark = pytest.mark.django_db


def notices(count: int, template: str = "T101", first: int = 1000) -> list[Notice]:
    people = [Recipient("person", first + n, f"1380000{n:04d}", wechat=n % 2 == 0) for n in range(count)]
    return [Notice(template, person, T101, TICKET, OFFICE) for person in people]


def statements(count: int, first: int) -> list[str]:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        tell_many(notices(count, first=first))
    return [query["sql"].split()[0] if not query["sql"][0].isdigit() else "INSERT" for query in seen.captured_queries]


def test_a_message_is_a_row_with_everything_its_sending_needs():
    (row,) = told()
    stored = Delivery.objects.get()
    assert stored.pk == row.pk
    assert (stored.community_id, stored.template, stored.recipient) == (7, "T101", "person:12")
    assert (stored.channel, stored.address, stored.phone, stored.sign) == ("W", "person:12", "13800005678", "阳光物业")
    assert stored.body.startswith("已收到您反映的厨房水龙头滴漏，工单号260302-0001")
    assert stored.vars == T101
    assert (stored.state, stored.reason, stored.attempts) == ("QUEUED", "", 0)
    assert (stored.created_at, stored.queued_at, stored.due_at) == (at("09:00:00"),) * 3
    assert stored.check_at == at("09:01:01")


def test_address_and_body_are_sealed():
    told()
    raw = Delivery.objects.values_list("address", "phone", "body").get()
    assert all(isinstance(bytes(value), bytes) and b"138" not in bytes(value) for value in raw)


def test_an_sms_knows_its_length():
    (row,) = told(to=CHEN)
    assert (row.channel, row.check_at) == ("S", None)
    assert row.characters == len("【阳光物业】" + row.body)
    assert row.segments == 1


def test_an_emergency_goes_by_both_at_once():
    told("T121", values={"item": "家中漏水", "no": "260302-0001"})
    assert rows() == [("W", "QUEUED", ""), ("S", "QUEUED", "")]
    assert set(Delivery.objects.values_list("emergency", "check_at")) == {(True, None)}


def test_somebody_who_cannot_be_reached_is_a_row_with_a_reason():
    told(to=Recipient("person", 14))
    assert rows() == [("S", "SUPPRESSED", "NO_CHANNEL")]
    assert Delivery.objects.get().due_at is None


def test_an_office_without_sms_still_works(settings):
    settings.ANJU_CHANNELS = settings.ANJU_CHANNELS | {"S": "off"}
    told()
    told(to=CHEN)
    assert rows() == [("W", "QUEUED", ""), ("S", "SUPPRESSED", "NO_CHANNEL")]
    assert Delivery.objects.first().check_at is None


def test_no_sms_without_a_signature():
    told(to=CHEN, office=Office(7, "", "400-666-8888"))
    assert rows() == [("S", "SUPPRESSED", "NO_CHANNEL")]


def test_a_missing_variable_stops_the_message_and_alarms(errors_logged):
    told(values={"item": None, "no": "260302-0001"})
    row = Delivery.objects.get()
    assert (row.state, row.reason, row.detail, row.body, row.due_at) == ("DEAD", "VAR_MISSING", "item", "", None)
    assert len(errors_logged) == 1
    assert "VAR_MISSING" in errors_logged[0]


def test_an_emergency_with_a_missing_variable_is_one_dead_row(errors_logged):
    told("T121", values={"no": "260302-0001"})
    assert rows() == [("W", "DEAD", "VAR_MISSING")]


def test_a_refused_word_stops_the_sms_only():
    values = {"no": "260302-0001", "reason": "等待装修完工", "eta": "18:00"}
    told("T104", values=values)
    told("T104", to=CHEN, values=values)
    assert rows() == [("W", "QUEUED", ""), ("S", "SUPPRESSED", "LINT")]


def test_an_unknown_template_is_a_mistake_of_the_program():
    with pytest.raises(KeyError):
        told("T999", values={})
    with pytest.raises(ValueError, match="needs an id"):
        told(to=Recipient("person"))


def test_a_bare_number_is_known_by_its_blind_index():
    (one,) = told("T901", to=Recipient("phone", phone="13800005678"), values={"code": "123456"})
    (two,) = told("T901", to=Recipient("phone", phone="13800005678"), values={"code": "654321"})
    (other,) = told("T901", to=Recipient("phone", phone="13800005679"), values={"code": "654321"})
    assert one.to_id == two.to_id != other.to_id
    assert {row.state for row in (one, two, other)} == {"QUEUED"}


def test_rows_are_part_of_the_callers_transaction():
    with transaction.atomic():
        told()
        transaction.set_rollback(True)
    assert rows() == []


def test_a_row_that_was_not_sent_must_say_why():
    (row,) = told()
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.filter(pk=row.pk).update(state="FAILED")


# --- statements ---------------------------------------------------------------------------------------------------


def test_one_insert_and_one_query_however_many():
    told(to=Recipient("person", 99, "13100000000"))  # the keys of the vault are known from now on
    assert statements(1, first=2000) == ["SELECT", "INSERT"]
    assert statements(50, first=3000) == ["SELECT", "INSERT"]
    assert Delivery.objects.count() == 52


def test_a_broadcast_is_stored_as_it_is_written(clock):
    written = tell_many(notices(150))
    stored = Delivery.objects.in_bulk([row.pk for row in written])
    for row in (written[0], written[149]):
        kept = stored[row.pk]
        assert [
            getattr(kept, name) for name in ("recipient", "channel", "address", "phone", "body", "vars", "sign")
        ] == [getattr(row, name) for name in ("recipient", "channel", "address", "phone", "body", "vars", "sign")]
        assert (kept.due_at, kept.check_at, kept.segments) == (clock.now(), row.check_at, row.segments)


def test_nothing_to_tell_costs_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert tell_many([]) == []


# --- quiet hours --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("template", "to", "more", "leaves"),
    [
        ("T101", ZHANG, {}, "2026-03-03T08:00:00"),
        ("T101", CHEN, {}, "2026-03-03T08:00:00"),
        ("T101", ZHANG, {"asked": True}, "2026-03-02T23:00:00"),
        ("T101", ZHANG, {"emergency": True}, "2026-03-02T23:00:00"),
        ("T201", WORKER, {}, "2026-03-02T23:00:00"),
        ("T101", ZHANG, {"at": at("2026-03-03T07:00:00")}, "2026-03-03T08:00:00"),
        ("T101", ZHANG, {"at": at("2026-03-03T09:30:00")}, "2026-03-03T09:30:00"),
        ("T101", ZHANG, {"at": at("2026-03-02T20:00:00"), "asked": True}, "2026-03-02T23:00:00"),
    ],
)
def test_when_it_leaves(clock, template, to, more, leaves):
    clock.set(at("23:00:00"))
    (row,) = told(template, to=to, **more)
    assert row.due_at == row.queued_at == at(leaves)
    if row.check_at:
        assert row.check_at == at(leaves) + timedelta(seconds=61)


def test_an_emergency_leaves_at_night(clock):
    clock.set(at("23:00:00"))
    told("T121", values={"item": "家中漏水", "no": "260302-0001"})
    assert set(Delivery.objects.values_list("due_at", flat=True)) == {at("23:00:00")}


# --- caps ---------------------------------------------------------------------------------------------------------


def test_the_same_within_ten_minutes_is_suppressed(clock):
    told()
    clock.set(at("09:09:59"))
    told()
    clock.set(at("09:10:00"))
    told()
    assert rows() == [("W", "QUEUED", ""), ("W", "SUPPRESSED", "REPEAT"), ("W", "QUEUED", "")]


def test_a_suppressed_message_is_no_message_to_repeat(clock):
    told()
    for time in ("09:06:00", "09:10:00"):
        clock.set(at(time))
        told()
    assert [state for _, state, _ in rows()] == ["QUEUED", "SUPPRESSED", "QUEUED"]


def test_another_template_ticket_or_person_is_no_repeat():
    told()
    told("T104")
    told(about=("ticket", 2))
    told(to=Recipient("person", 15, wechat=True))
    assert {state for _, state, _ in rows()} == {"QUEUED"}


def test_both_channels_of_a_repeated_emergency_are_suppressed():
    for _ in range(2):
        told("T121", values={"item": "家中漏水", "no": "260302-0001"})
    assert rows()[2:] == [("W", "SUPPRESSED", "REPEAT"), ("S", "SUPPRESSED", "REPEAT")]


def test_repeats_within_one_batch_are_seen():
    tell_many([*notices(2), *notices(2)])
    assert [state for _, state, _ in rows()] == ["QUEUED", "QUEUED", "SUPPRESSED", "SUPPRESSED"]


def test_numbered_bulletins_and_calls_for_help_are_no_repeats():
    for n in (1, 2):
        told("T302", values={"n": n, "progress": "抢修中", "eta": "10:00", "next": "09:20"})
        told("T206", to=WORKER, values={"place": "3栋", "item": "火情"}, emergency=True)
    assert {state for _, state, _ in rows()} == {"QUEUED"}


def test_five_sms_a_day(clock):
    for n in range(7):
        told(to=CHEN, about=("ticket", n))
    assert [reason for _, _, reason in rows()] == [""] * 5 + ["DAILY_CAP"] * 2
    clock.set(at("2026-03-03T09:00:00"))
    assert told(to=CHEN, about=("ticket", 8))[0].state == "QUEUED"


def test_the_day_of_the_cap_is_the_day_of_sending(clock):
    clock.set(at("23:00:00"))
    for n in range(5):
        told(to=CHEN, about=("ticket", n))
    assert told(to=CHEN, about=("ticket", 9), asked=True)[0].state == "QUEUED"
    clock.set(at("2026-03-03T09:00:00"))
    assert told(to=CHEN, about=("ticket", 10))[0].reason == "DAILY_CAP"


def test_five_in_one_batch():
    tell_many([Notice("T101", CHEN, T101, ("ticket", n), OFFICE) for n in range(6)])
    assert [reason for _, _, reason in rows()] == [""] * 5 + ["DAILY_CAP"]


def test_staff_emergencies_and_codes_are_not_capped():
    leader = Recipient("staff", 22, "13600000000")
    for n in range(6):
        told("T203", to=leader, values={"no": n, "who": "李敏"}, about=("ticket", n))
        told("T121", to=CHEN, values={"item": "漏水", "no": n}, about=("ticket", n))
        told("T901", to=CHEN, values={"code": f"{n:06d}"}, about=("login", n))
    assert {state for _, state, _ in rows()} == {"QUEUED"}
    assert told(to=CHEN)[0].state == "QUEUED"


def test_wechat_is_not_capped():
    for n in range(7):
        told(about=("ticket", n))
    assert {state for _, state, _ in rows()} == {"QUEUED"}


def test_midnight_in_shanghai_begins_a_new_day(clock):
    clock.set(at("2026-03-02T23:59:00"))
    for n in range(6):
        told(to=CHEN, about=("ticket", n), asked=True)
    clock.set(core_clock.on(core_clock.today() + timedelta(days=1), core_clock.local(at("2026-03-03T00:00:00")).time()))
    assert told(to=CHEN, about=("ticket", 7), asked=True)[0].state == "QUEUED"
    assert [reason for _, _, reason in rows()].count("DAILY_CAP") == 1
