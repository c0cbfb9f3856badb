"""Run on a machine of the office: a community without daily limits, and the keys of a resident and an agent, as JSON."""

import json
from importlib import import_module

import django


def main() -> None:
    """Needs a migrated database."""
    django.setup()
    from django.conf import settings

    from anju.accounts import actions as accounts
    from anju.lab import garden

    planted = garden.plant()
    planted.community.config = {"ticket.daily_limit_person": 10**9, "automatic.merge": False}
    planted.community.save()
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    accounts.open_session(session, planted.staff["李敏"])
    session.save()
    cookie = f"{settings.SESSION_COOKIE_NAME}={session.session_key}"
    print(json.dumps({"token": accounts.issue_token(person=planted.people["张伟"]), "cookie": cookie}))


if __name__ == "__main__":
    main()
