"""Staff by invitation: one code, one account, three days."""

import pytest

from anju.accounts import inviting
from anju.accounts.jobs import JOBS, of
from anju.accounts.models import Invitation, Membership, Staff
from anju.core.errors import Refused
from anju.worker import loop
from tests.cast import Cast, later


@pytest.fixture
def cast(db: None) -> Cast:
    return Cast()


def invite(cast: Cast, who: str = "周强", job: str = "plumber", **more: str) -> tuple[Invitation, str]:
    chosen = JOBS[job]
    asked = {"name": "小周", "phone": "13800001111"} | more
    return inviting.invite(
        cast.community, dept=chosen.dept, roles=list(chosen.roles), skills=chosen.skills, by=cast.scope(who), **asked
    )


def refused(code: str, act, *args, **more) -> None:
    with pytest.raises(Refused, match=code):
        act(*args, **more)


def test_a_code_makes_one_account_with_its_job(cast: Cast) -> None:
    row, code = invite(cast)
    assert code not in str(Invitation.objects.values().get(id=row.id))
    assert inviting.link(code).endswith(f"/invite/{code}/")
    refused("PASSWORD_WEAK", inviting.accept, code, login="小周", password="12345678")
    refused("LOGIN_TAKEN", inviting.accept, code, login="李敏", password="gut-genug-1")
    staff = inviting.accept(code.upper(), login=" 小周 ", password="gut-genug-1")
    held = Membership.objects.get(staff=staff)
    assert (staff.login, staff.phone, held.dept, held.roles, of(held.skills)) == (
        "小周", "13800001111", "ENG", ["WK"], "plumber",
    )  # fmt: skip
    row.refresh_from_db()
    assert (row.staff_id, row.phone) == (staff.id, "")
    refused("INVITATION_OVER", inviting.accept, code, login="小周2", password="gut-genug-1")


def test_a_code_is_dead_after_three_days_when_renewed_and_when_withdrawn(cast: Cast) -> None:
    row, first = invite(cast)
    second = inviting.renew(row, by=cast.scope("周强"))
    refused("INVITATION_OVER", inviting.opened, first)
    assert inviting.opened(second).id == row.id
    loop.until(later(hours=72))
    refused("INVITATION_OVER", inviting.opened, second)
    third = inviting.renew(row, by=cast.scope("周强"))
    inviting.withdraw(row, by=cast.scope("周强"))
    refused("INVITATION_OVER", inviting.opened, third)
    refused("INVITATION_OVER", inviting.renew, row, by=cast.scope("周强"))
    assert Invitation.objects.get().phone == ""


def test_who_may_ask_whom(cast: Cast) -> None:
    refused("NOT_ALLOWED", invite, cast, "李敏")
    refused("NOT_ALLOWED", invite, cast, "韩梅")
    refused("NAME_MISSING", invite, cast, name="　")
    refused("PHONE_INVALID", invite, cast, phone="1380000")
    assert invite(cast, "周强", "compliance")[0].roles == ["COMP"]
    assert Staff.objects.filter(name="小周").count() == 0


def test_every_job_on_site_has_skills_of_its_own(cast: Cast) -> None:
    for key, job in JOBS.items():
        assert bool(job.skills) == bool({"WK", "VEND"} & set(job.roles)), key
        assert not job.skills or of(job.skills) == key
    chen = cast.garden.members["陈师傅"]
    inviting.equip(chen, "electrician", by=cast.scope("周强"))
    chen.refresh_from_db()
    assert of(chen.skills) == "electrician"
    refused("ROLE_UNKNOWN", inviting.equip, chen, "agent", by=cast.scope("周强"))
    refused("NOT_ALLOWED", inviting.equip, chen, "plumber", by=cast.scope("李敏"))
