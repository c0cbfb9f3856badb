"""The full-text table, in the dialect of each database."""

from typing import Any

from django.db import migrations

from anju.tickets.models.fulltext import CREATE, DROP


def create(apps: Any, editor: Any) -> None:
    for statement in CREATE[editor.connection.vendor]:
        editor.execute(statement)


def drop(apps: Any, editor: Any) -> None:
    editor.execute(DROP)


class Migration(migrations.Migration):
    dependencies = (("tickets", "0001_initial"),)
    operations = (migrations.RunPython(create, drop, elidable=False),)
