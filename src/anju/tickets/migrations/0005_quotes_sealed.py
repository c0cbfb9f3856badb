"""The lines of a quote are sealed: a worker may write a name or a number beside the price."""

import json
from typing import Any

from django.db import migrations

import anju.vault.fields
from anju.vault import keys


def seal(apps: Any, editor: Any) -> None:
    Quote = apps.get_model("tickets", "Quote")
    for row in Quote.objects.select_related("ticket").iterator():
        text = json.dumps(row.lines, ensure_ascii=False).encode()
        key = keys.active(row.ticket.community_id)
        sealed = key.seal(text, f"tickets.quote.lines_text:{row.pk}".encode())
        Quote.objects.filter(pk=row.pk).update(lines_text=sealed)


class Migration(migrations.Migration):
    dependencies = (("tickets", "0004_forgotten_at"), ("vault", "0003_turning_keys"))
    operations = (
        migrations.AddField("quote", "lines_text", anju.vault.fields.Sealed(blank=True, default="")),
        migrations.RunPython(seal, elidable=False),
        migrations.RemoveField("quote", "lines"),
    )
