"""Notify as a Django app."""

from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "anju.notify"
    label = "notify"

    def ready(self) -> None:
        """Hear what providers say about messages."""
        from anju import channels
        from anju.notify import actions

        channels.on_receipt(actions.heard)
