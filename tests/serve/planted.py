"""Run in an office of its own: plants the garden and a second community, and prints sessions and tokens as JSON."""

import json

import django


def main() -> None:
    """Needs ANJU_DATA_DIR and a migrated database."""
    django.setup()
    from importlib import import_module

    from django.conf import settings

    from anju.accounts import actions as accounts
    from anju.accounts.models import Membership
    from anju.estate import actions as estate
    from anju.lab import garden

    def cookie(staff):
        session = import_module(settings.SESSION_ENGINE).SessionStore()
        accounts.open_session(session, staff)
        session.save()
        return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"

    planted = garden.plant(lat=31.2, lng=121.4, password=garden.PASSWORD)
    other = estate.community(code="other", name="别处", sign="阳光物业", hotline="400-800-1234")
    stranger = accounts.create_staff(login="外人", name="外人", hashed="!")
    # without the news of it, which he may hear: it is about his own community
    Membership.objects.create(staff=stranger, community=other, dept="CS", roles=["CS"], on_shift=True)
    resident = import_module(settings.SESSION_ENGINE).SessionStore()
    accounts.open_resident_session(resident, planted.people["张伟"])
    resident.save()
    print(
        json.dumps(
            {
                "agent": cookie(planted.staff["李敏"]),
                "stranger": cookie(stranger),
                "resident": f"{settings.SESSION_COOKIE_NAME}={resident.session_key}",
                "token": accounts.issue_token(staff=planted.staff["李敏"]),
            }
        )
    )


main()
