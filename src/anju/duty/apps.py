"""Duty as a Django app."""

from django.apps import AppConfig


class DutyConfig(AppConfig):
    name = "anju.duty"
    label = "duty"

    def ready(self) -> None:
        """Hear which keys are pressed in calls."""
        from anju import channels
        from anju.duty.actions import pressing

        channels.on_receipt(pressing.heard)
