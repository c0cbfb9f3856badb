"""Keys that turn: states of an index key under way, and a key of its own for what has left the house.

What was printed and linked before was made with the index key, so its bytes become the first signing key.
"""

from typing import Any

from django.db import migrations, models

from anju.core import clock, ids
from anju.vault import master


def give_signing_key(apps: Any, editor: Any) -> None:
    DataKey = apps.get_model("vault", "DataKey")
    for index in DataKey.objects.filter(purpose="blind", state="ACTIVE"):
        raw = master.current().unwrap(bytes(index.wrapped), str(index.pk).encode())
        row = DataKey(id=ids.new(), purpose="sign", created_at=clock.now())
        row.wrapped = master.current().wrap(raw, str(row.pk).encode())
        row.save(force_insert=True)


class Migration(migrations.Migration):
    dependencies = (("vault", "0002_chain_key"),)
    operations = (
        migrations.AddField("datakey", "done_at", models.DateTimeField(null=True)),
        migrations.AlterField(
            "datakey",
            "purpose",
            models.CharField(choices=[("data", "data"), ("blind", "blind"), ("chain", "chain"), ("sign", "sign")], max_length=8),
        ),
        migrations.AlterField(
            "datakey",
            "state",
            models.CharField(
                choices=[("COMING", "COMING"), ("ACTIVE", "ACTIVE"), ("LEAVING", "LEAVING"), ("RETIRED", "RETIRED")],
                default="ACTIVE",
                max_length=8,
            ),
        ),
        migrations.RunPython(give_signing_key, migrations.RunPython.noop),
    )
