"""Counting wrong passwords and codes for one login name, known or not."""

import hashlib
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.models import LoginTrial
from anju.core import clock
from anju.core.errors import Refused

LOCK_AFTER = 5
LOCK_FOR = timedelta(minutes=15)


def begin(login: str) -> LoginTrial:
    """The count of this name. Raises Refused LOGIN_LOCKED (429)."""
    digest = hashlib.sha256(login.lower().encode()).hexdigest()
    trial, _made = LoginTrial.objects.get_or_create(name_hash=digest)
    if trial.locked_until and trial.locked_until > clock.now():
        until = clock.local(trial.locked_until)
        raise Refused("LOGIN_LOCKED", _("输错次数太多，%(at)s以后再试") % {"at": f"{until:%H:%M}"}, status=429)
    return trial


def failed(trial: LoginTrial) -> None:
    """One more; after five the name is locked for a quarter of an hour."""
    with transaction.atomic():
        row = LoginTrial.objects.select_for_update().get(id=trial.id)
        row.failures += 1
        if row.failures >= LOCK_AFTER:
            row.failures, row.locked_until = 0, clock.now() + LOCK_FOR
        row.save()


def passed(trial: LoginTrial) -> None:
    """Counted anew."""
    LoginTrial.objects.filter(id=trial.id).update(failures=0, locked_until=None)


def lifted(login: str) -> None:
    """An administrator lifts a lock."""
    digest = hashlib.sha256(login.lower().encode()).hexdigest()
    LoginTrial.objects.filter(name_hash=digest).update(failures=0, locked_until=None)
