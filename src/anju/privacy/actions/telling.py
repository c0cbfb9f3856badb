"""Telling staff and residents what this room decides (T903–T909)."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.conf import settings
from django.utils import translation

from anju.accounts import queries as accounts
from anju.accounts.models import Staff
from anju.core.scope import SYSTEM
from anju.estate import queries as estate
from anju.estate.models import Community, Person
from anju.notify import actions as notify
from anju.notify.models import Delivery


def office(community: Community) -> notify.Office:
    """In whose name."""
    return notify.Office(community.id, community.sign, community.hotline)


def holders(community: Community, *roles: str) -> list[Staff]:
    """Everybody of the community who holds one of the roles."""
    return [row.staff for row in accounts.crew(community.id) if set(roles) & set(row.roles)]


def staff(
    community: Community, people: Iterable[Staff], template: str, about: tuple[str, int], **values: object
) -> list[Delivery]:
    """One message to each, in the house's language whoever causes it."""
    with translation.override(settings.LANGUAGE_CODE):
        values = {name: one if isinstance(one, date) else str(one) for name, one in values.items()}
    return notify.tell_many(
        [
            notify.Notice(template, _staff(one), values, about, office(community), emergency=template == "T907")
            for one in people
        ]
    )


def _staff(one: Staff) -> notify.Recipient:
    return notify.Recipient("staff", one.id, one.phone or None, wechat=one.wechat)


def residents(
    community: Community, people: Sequence[Person], template: str, about: tuple[str, int], **values: object
) -> list[Delivery]:
    """One message to each person of the register, by all his ways."""
    return notify.tell_many([notify.Notice(template, _person(one), values, about, office(community)) for one in people])


def _person(one: Person) -> notify.Recipient:
    return notify.Recipient("person", one.id, estate.phone_of(one.id), wechat=bool(one.openid_hash))


def community_of(community_id: int) -> Community:
    """The community of a row of this room."""
    return estate.communities(SYSTEM).get(id=community_id)
