"""Whom this room tells: leaders of a vacant post (T211), the one who takes over (T210)."""

from anju.accounts.models import Staff
from anju.duty.models import Turn
from anju.duty.queries.now import workers
from anju.duty.rules import chains
from anju.estate.models import Community
from anju.notify import actions as notify


def office(community: Community) -> notify.Office:
    """In whose name it is said."""
    return notify.Office(community.id, community.sign, community.hotline)


def staff_notice(
    template: str, to: Staff, community: Community, about: tuple[str, int], *, emergency: bool = False, **values: object
) -> notify.Notice:
    """One message to one member of staff."""
    recipient = notify.Recipient("staff", to.id, to.phone or None, wechat=to.wechat)
    said = {name: str(value) for name, value in values.items()}
    return notify.Notice(template, recipient, said, about, office(community), emergency=emergency)


def tell_leader(turn: Turn, role: str) -> None:
    """T211 to the supervisor of the post's department, or to the duty manager."""
    facts = chains.Facts(workers(turn.community), (), turn.post.dept)
    upwards = [{"who": one, "ref": ""} for one in (role, "DM", "PM")]
    found = Staff.objects.filter(id__in=chains.everybody(upwards, facts)[:1]).first()
    if found is not None:
        notify.tell_many(
            [
                staff_notice(
                    "T211",
                    found,
                    turn.community,
                    ("turn", turn.id),
                    shift=turn.shift.name,
                    post=turn.post.name,
                )
            ]
        )
