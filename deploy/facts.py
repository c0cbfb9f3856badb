"""Run on a machine of the office: what is stored after all the trouble, as JSON; counted past the product's own queries."""

import json
from collections import Counter

import django


def main() -> None:
    """Prints what `checks` compares with the promises."""
    django.setup()
    from django.db.models import Count

    from anju.channels.models import SimMessage
    from anju.core import clock
    from anju.journal.models import Entry
    from anju.notify.models import Delivery
    from anju.tickets.models import Ticket

    kept = {row.no: row.text.rpartition("，")[2] for row in Ticket.objects.iterator()}
    stories: dict[int, list[int]] = {}
    lines = Entry.objects.filter(subject_type="ticket").order_by("subject_id", "seq")
    for subject, seq in lines.values_list("subject_id", "seq"):
        stories.setdefault(subject, []).append(seq)
    reports = Counter(Entry.objects.filter(verb="tickets.report").values_list("subject_id", flat=True))
    sent = SimMessage.objects.values("letter", "key").annotate(n=Count("id"))
    print(
        json.dumps(
            {
                "tickets": kept,
                "reported_twice": sum(count > 1 for count in reports.values()),
                "gaps": sum(seqs != list(range(1, len(seqs) + 1)) for seqs in stories.values()),
                "sent": sent.count(),
                "sent_twice": sent.filter(n__gt=1).count(),
                "due": Delivery.objects.filter(due_at__lte=clock.now()).count(),
            }
        )
    )


if __name__ == "__main__":
    main()
