"""The rounds: every night the terms, every week the sample and the chain (R16.3, R16.9). Each is a timer row."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from anju.core import clock, personal
from anju.core.chance import dice
from anju.core.scope import SYSTEM
from anju.estate import queries as estate
from anju.estate.models import Community
from anju.journal import actions as journal
from anju.privacy import news, rules
from anju.privacy.actions import finding, telling
from anju.privacy.actions.requesting import erase
from anju.privacy.choices import FindingKind, LineKind
from anju.privacy.models import AddressCall, Chain, LogLine, PurgeReport
from anju.privacy.queries import chain
from anju.timers import actions as timers
from anju.timers.models import Timer

NIGHT, WEEK = "privacy.night", "privacy.week"
AT_NIGHT, AT_MORNING = time(3), time(8)
CALLS = timedelta(days=30)
MOST = 200
"""So many people are made nameless in one night; the next goes on."""
OFFICE = ("office", 1)


def begin() -> None:
    """Set both rounds when they are not set: at the start of every worker, and of the lab."""
    known = set(Timer.objects.filter(kind__in=(NIGHT, WEEK)).values_list("kind", flat=True))
    now = clock.now()
    wanted = {NIGHT: next_night(now), WEEK: next_week(now)}
    timers.put([timers.timer(kind, OFFICE, at, None) for kind, at in wanted.items() if kind not in known])


def next_night(after: datetime) -> datetime:
    """03:00 of the next night."""
    today = clock.on(clock.local(after).date(), AT_NIGHT)
    return today if today > after else today + timedelta(days=1)


def next_week(after: datetime) -> datetime:
    """Monday 08:00 after this moment."""
    day = clock.local(after).date()
    monday = clock.on(day - timedelta(days=day.weekday()), AT_MORNING)
    return monday if monday > after else monday + timedelta(days=7)


def purge(now: datetime) -> PurgeReport:
    """What is over its term goes: by the rooms' own rules, people gone for three years, old lines of the log."""
    counts: dict[str, int] = {}
    for one in personal.everything():
        counts |= dict(one.purge(now))
    left = estate.gone(_years_before(clock.local(now).date(), rules.LOG_YEARS))[:MOST]
    counts["people"] = erase(left, by=SYSTEM)
    counts["log_lines"] = _cut_log(now)
    counts["address_calls"] = AddressCall.objects.filter(at__lt=now - CALLS).delete()[0]
    row = PurgeReport.objects.create(at=now, counts=counts)
    journal.record(news.PURGED, subject=("purge", row.id), community_id=None, by=SYSTEM, data=counts)
    timers.schedule(NIGHT, OFFICE, next_night(now))
    return row


def _years_before(day: date, years: int) -> date:
    """The same day so many years ago; of 29 February the 28th."""
    return day.replace(year=day.year - years, day=min(day.day, 28) if day.month == 2 else day.day)


def _cut_log(now: datetime) -> int:
    """Lines older than three years; the chain remembers the last of them, so that the rest still verifies."""
    before = clock.on(_years_before(clock.local(now).date(), rules.LOG_YEARS), time())
    last = LogLine.objects.filter(at__lt=before).order_by("-seq").first()
    if last is None:
        return 0
    Chain.objects.filter(id=chain.END).update(kept_seq=last.seq, kept_mac=last.mac)
    return LogLine.objects.filter(seq__lte=last.seq).delete()[0]


def check(now: datetime) -> None:
    """5 % of last week's looks are drawn for compliance, and the week's part of the chain is read."""
    since = now - timedelta(days=7)
    for community in Community.objects.order_by("id"):
        _draw(community, since, now)
    verdict = chain.verify(since)
    if not verdict.holds:
        for community in Community.objects.order_by("id"):
            finding.found(FindingKind.BROKEN, community=community, staff_id=None)
    timers.schedule(WEEK, OFFICE, next_week(now))


def _draw(community: Community, since: datetime, now: datetime) -> None:
    lines: Sequence[LogLine] = list(
        LogLine.objects.filter(community_id=community.id, at__gte=since, at__lt=now)
        .exclude(kind=LineKind.REQUEST)
        .order_by("seq")
    )
    chosen = dice(int(now.timestamp()) ^ community.id).sample(lines, rules.drawn(len(lines)))
    for line in sorted(chosen, key=lambda one: one.seq):
        finding.found(FindingKind.SAMPLE, community=community, staff_id=line.actor_id, line=line)
    if chosen:
        compliance = telling.holders(community, "COMP")
        telling.staff(community, compliance, "T907", ("sample", chosen[0].id), item=FindingKind.SAMPLE.label)
