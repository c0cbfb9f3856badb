"""After a restore: numbers that were drawn in the hours that were lost are never drawn again (I22)."""

from django.db import transaction

from anju.core import clock
from anju.estate.models import Community
from anju.tickets.models import Series


@transaction.atomic
def skip_numbers() -> None:
    """Today's numbers go on from the second of the day: so many tickets nobody has reported yet, also not since an
    earlier restore of the same day. Other days' numbers are never drawn again anyway."""
    now = clock.now()
    day, second = clock.local(now).date(), round((now - clock.day_start(now)).total_seconds())
    for community in Community.objects.all():
        row, _made = Series.objects.select_for_update().get_or_create(community=community, day=day)
        row.last = max(row.last, second)
        row.save(update_fields=["last"])
