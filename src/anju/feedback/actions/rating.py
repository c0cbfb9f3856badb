"""Giving stars: on the page, by SMS (R19.1, R19.2)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from anju.core import clock, text
from anju.core.errors import Refused
from anju.core.scope import SYSTEM, Scope, guest
from anju.estate.defaults import setting
from anju.feedback import access, news, queries, rules
from anju.feedback.actions.visiting import require, sample, visit_confirmed
from anju.feedback.choices import Chip, RatingChannel, RevisitReason
from anju.feedback.models import Rating
from anju.journal import actions as journal
from anju.journal import queries as story
from anju.notify import actions as notify
from anju.notify import replies
from anju.tickets import actions as tickets
from anju.tickets.choices import CloseCode, Status
from anju.tickets.models import Ticket
from anju.vault.blind import blinds

MAX_TEXT = 500


def rate(
    ticket: Ticket,
    *,
    stars: int,
    by: Scope,
    chips: Sequence[str] = (),
    text: str = "",
    channel: str = "app",
    call_id: str = "",
) -> Rating:
    """The reporter gives 1 to 5 stars, or changes them within a day; three and more close the ticket, fewer make us call.

    What he says on the phone an agent writes down, with `call_id`, the record of the call (R19.1). Raises Refused STARS_RANGE, RATING_NOT_YOURS (403), RATING_CLOSED (409), DESC_TOO_LONG.
    """
    wording = _checked(stars, text)
    with transaction.atomic():
        row = Ticket.objects.select_for_update(of=("self",)).select_related("community").get(id=ticket.id)
        spoken = access.may_write_down(by, row, call_id.strip())
        if not spoken and not access.may_rate(by, row):
            raise Refused("RATING_NOT_YOURS", _("只有报事人可以评价"), status=403)
        rating = Rating.objects.filter(ticket=row).first()
        if not queries.is_open(row, rating):
            raise Refused("RATING_CLOSED", _("评价时间已过，谢谢您。有话请直接打电话告诉我们"), status=409)
        first = rating is None
        said = [one for one in dict.fromkeys(chips) if one in Chip]
        how = RatingChannel.PHONE if spoken else RatingChannel(channel)
        rating = _store(row, rating, stars, said, wording, how, by, call_id.strip()[:64])
        _follow(row, rating, first=first)
    ticket.refresh_from_db()
    return rating


def _checked(stars: int, wording: str) -> str:
    if stars not in (1, 2, 3, 4, 5):
        raise Refused("STARS_RANGE", _("请点1到5颗星"), fields={"stars": _("请点1到5颗星")})
    wording = text.clean(wording)
    if len(wording) > MAX_TEXT:
        raise Refused("DESC_TOO_LONG", _("最多500字，请精简一些"), fields={"text": _("最多500字，请精简一些")})
    return wording


def _store(
    row: Ticket,
    rating: Rating | None,
    stars: int,
    chips: list[str],
    wording: str,
    channel: RatingChannel,
    by: Scope,
    call_id: str,
) -> Rating:
    now = clock.now()
    before = {"stars": rating.stars, "chips": rating.chips, "version": rating.version} if rating else {}
    earlier = rating.text if rating else ""
    if rating is None:
        rating = Rating(community_id=row.community_id, ticket=row, at=now, version=0)
    elif row.status == Status.PENDING_VISIT and rating.at < row.status_since:
        rating.at, rating.changed_at = now, None
    else:
        rating.changed_at = now
    rating.stars, rating.chips, rating.text = stars, chips, wording
    rating.channel = channel
    rating.version += 1
    rating.save()
    journal.record(
        news.CHANGED if before else news.RATED,
        subject=("rating", rating.id),
        community_id=row.community_id,
        by=by,
        data={"ticket": row.id, "stars": stars, "chips": chips, "version": rating.version, "before": before}
        | ({"call_id": call_id} if call_id else {}),
        note=earlier,
    )
    return rating


def _follow(row: Ticket, rating: Rating, *, first: bool) -> None:
    """Few stars: somebody calls. Enough: the ticket is closed, unless a call is still owed for another reason."""
    if rating.stars <= setting(row.community.config, "rating.low_max"):
        require(row, RevisitReason.LOW_STAR)
        return
    visit_confirmed(row.id)  # the news of it may not have been told yet
    if first:
        _sample(row, rating)
    row.refresh_from_db()
    if row.status == Status.PENDING_VISIT and not row.visit_due:
        tickets.close(row, by=SYSTEM, code=CloseCode.RATED)


def _sample(row: Ticket, rating: Rating) -> None:
    """Half of those with three stars and a tenth of those with more are called, which does not hold up closing (R19.3)."""
    now = clock.now()
    series = (3,) if rating.stars == 3 else (4, 5)
    month = clock.day_start(now) - timedelta(days=clock.local(now).day - 1)
    earlier = Rating.objects.filter(community_id=rating.community_id, at__gte=month, stars__in=series)
    percent = setting(row.community.config, f"revisit.sample_{''.join(map(str, series))}_percent")
    if rules.sampled(earlier.exclude(id=rating.id).count(), percent, f"{month:%Y-%m} {row.community.code} {series}"):
        sample(row)


def reply_by_sms(phone: str, body: str, at: datetime | None = None) -> Rating | None:
    """An answer to T107 from a canonical phone: "5", "５", "5分", "非常满意".

    What cannot be read is asked once more and then ignored (R19.1); None when nothing was rated.
    """
    row = _asked(phone)
    if row is None or replies.stops(body):
        return None
    stars = replies.stars(body)
    if stars is None:
        _ask_again(row, phone)
        return None
    return rate(row, stars=stars, by=guest(row.id), channel=RatingChannel.SMS)


def _asked(phone: str) -> Ticket | None:
    """The ticket that this phone was last asked about and that still takes stars."""
    rows = Ticket.objects.select_related("community").filter(
        reporter_hash__in=blinds(phone, "phone"), status__in=(Status.PENDING_VISIT, Status.CLOSED)
    )
    for row in rows.order_by("-status_since", "-id")[:5]:
        if queries.is_open(row, Rating.objects.filter(ticket=row).first()):
            return row
    return None


@transaction.atomic
def _ask_again(row: Ticket, phone: str) -> None:
    """Once, and not whoever has given his stars and says thank you."""
    subject = ("rating_reply", row.id)
    given = Rating.objects.filter(ticket=row, at__gte=row.status_since).exists()
    if given or row.status != Status.PENDING_VISIT or story.of(*subject).exists():
        return
    journal.record(news.UNCLEAR, subject=subject, community_id=row.community_id, by=SYSTEM)
    office = notify.Office(row.community_id, row.community.sign, row.community.hotline)
    to = notify.Recipient("phone", None, phone)
    notify.tell("T107", to=to, vars={"no": row.no}, about=row.subject, office=office, asked=True)
