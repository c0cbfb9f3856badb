"""Changing the land register one thing at a time; files are loaded by `estate.importing`."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from anju.core import clock
from anju.core.errors import Refused
from anju.core.scope import SYSTEM, Scope
from anju.estate import labels
from anju.estate.choices import Purpose
from anju.estate.defaults import DEFAULTS, setting
from anju.estate.models import Asset, Community, Consent, Contact, Label, Occupancy, Person, Place, Room
from anju.estate.naming import name_key
from anju.journal import actions as journal
from anju.vault import keys
from anju.vault.blind import blind, blinds


def person(*, community_id: int, name: str, phones: list[str], openid: str = "", kind: str = "HUMAN") -> Person:
    """A new person with canonical phones in order of calling."""
    row = Person.objects.create(
        community_id=community_id,
        name=name,
        name_hash=name_key(name),
        kind=kind,
        openid=openid,
        openid_hash=blind(openid, "openid") if openid else "",
    )
    Contact.objects.bulk_create(contact(row, phone, rank) for rank, phone in enumerate(phones))
    return row


def contact(row: Person, phone: str, rank: int) -> Contact:
    """An unsaved contact of a person."""
    return Contact(
        community_id=row.community_id,
        person=row,
        phone=phone,
        phone_hash=blind(phone, "phone"),
        tail_hash=blind(phone[-4:], "tail"),
        rank=rank,
    )


@transaction.atomic
def label_of(target: Place | Asset) -> Label:
    """The active label of a place or asset, made when there is none."""
    where = {"asset": target} if isinstance(target, Asset) else {"place": target}
    found = Label.objects.filter(state="ACTIVE", **where).first()
    return found or Label.objects.create(
        community_id=target.community_id, code=labels.new_code(), printed_at=clock.now(), **where
    )


@transaction.atomic
def community(*, code: str, name: str, sign: str, hotline: str, **more: object) -> Community:
    """A new community with the data key that seals its people."""
    row = Community.objects.create(code=code, name=name, sign=sign, hotline=hotline, **more)
    keys.ensure(row.id)
    return row


def configure(row: Community, values: dict[str, object], *, by: Scope = SYSTEM) -> None:
    """Set Appendix G keys of a community; running clocks keep what they started with. Who changed what is on record.

    Raises Refused CONFIG_UNKNOWN or CONFIG_RANGE.
    """
    for key, value in values.items():
        if key not in DEFAULTS:
            raise Refused("CONFIG_UNKNOWN", _("没有这个设置项"), fields={key: _("没有这个设置项")})
        if isinstance(value, int) and not isinstance(value, bool) and value <= 0:
            raise Refused("CONFIG_RANGE", _("设置值要大于0"), fields={key: _("设置值要大于0")})
    with transaction.atomic():
        locked = Community.objects.select_for_update().get(id=row.id)
        merged = {**locked.config, **values}
        if setting(merged, "sla.red_min") < setting(merged, "sla.response_min"):
            raise Refused("CONFIG_RANGE", _("红灯时限不能短于响应时限"))
        if setting(merged, "sla.escalate_h") * 60 < setting(merged, "sla.red_min"):
            raise Refused("CONFIG_RANGE", _("升级时限不能短于红灯时限"))
        changed = {key: [setting(locked.config, key), values[key]] for key in values}
        locked.config = merged
        locked.save(update_fields=["config"])
        about = ("community", locked.id)
        journal.record("estate.configured", subject=about, community_id=locked.id, by=by, data={"changed": changed})
    row.config = merged


def room(row: Community, full_code: str, **more: object) -> Room:
    """A new room from its full code 3-1-1203 (building-unit-number); the floor is given, never derived."""
    parts = full_code.split("-")
    building, unit = (parts[0], parts[1]) if len(parts) > 2 else (parts[0], "")
    number = parts[-1] if len(parts) > 1 else full_code
    return Room.objects.create(
        community=row, building_no=building, unit_no=unit, room_no=number, full_code=full_code, **more
    )


def occupy(where: Room, who: Person, role: str, **more: object) -> Occupancy:
    """A person belongs to a room from now on."""
    return Occupancy.objects.create(community_id=where.community_id, room=where, person=who, role=role, **more)


def place(row: Community, code: str, name: str, kind: str, **more: object) -> Place:
    """A new public place."""
    return Place.objects.create(community=row, code=code, name=name, kind=kind, **more)


def asset(where: Place, code: str, name: str, kind: str, **more: object) -> Asset:
    """A new asset at a place."""
    return Asset.objects.create(community_id=where.community_id, place=where, code=code, name=name, kind=kind, **more)


def mark_unreachable(person_id: int, phone: str) -> None:
    """This number no longer reaches this person (N9); feeds the quarterly check."""
    Contact.objects.filter(person_id=person_id, phone_hash__in=blinds(phone, "phone"), state="VALID").update(
        state="UNREACHABLE"
    )


QUIET = timedelta(days=90)
"""So long nobody asks again after a no (数据条例 §22)."""
CONSENT_TEXT = 1
"""The version of the texts by which consent is asked; a new text needs a new yes."""


@transaction.atomic
def consent(who: Person, purpose: str, *, given: bool) -> Consent | None:
    """Yes or no to a purpose. A yes is a new row; a no ends it and keeps it. The same again changes nothing."""
    if purpose not in Purpose.values:
        raise Refused("PURPOSE_UNKNOWN", _("没有这一项"), status=404)
    now = clock.now()
    standing = Consent.objects.select_for_update().filter(person=who, purpose=purpose, withdrawn_at=None).first()
    if given and standing is None:
        return Consent.objects.create(
            community_id=who.community_id, person=who, purpose=purpose, given_at=now, text_version=CONSENT_TEXT
        )
    if not given and standing is not None:
        standing.withdrawn_at, standing.quiet_until = now, now + QUIET
        standing.save(update_fields=["withdrawn_at", "quiet_until"])
    return standing


def rename(who: Person, name: str) -> None:
    """Another name, as the person's papers say."""
    who.name, who.name_hash = name, name_key(name)
    who.save()


def new_phone(who: Person, phone: str) -> str:
    """Another number in the first place; gives the old one, "" when there was none."""
    first = Contact.objects.filter(person=who, state="VALID").order_by("rank", "id").first()
    old = first.phone if first else ""
    if first is not None:
        first.delete()
    if not Contact.objects.filter(person=who, phone_hash__in=blinds(phone, "phone")).exists():
        contact(who, phone, 0).save(force_insert=True)
    return old


ERASED = "已注销"


def erase(person_id: int) -> None:
    """Nothing that names him is left; the row stays for what refers to it."""
    Contact.objects.filter(person_id=person_id).delete()
    Occupancy.objects.filter(person_id=person_id).delete()
    row = Person.objects.get(id=person_id)
    row.name, row.name_hash, row.openid, row.openid_hash = ERASED, f"erased-{person_id:x}"[:32], "", ""
    row.save()
