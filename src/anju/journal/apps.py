"""Finds every room's listeners, handlers and declarations of personal data at start."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JournalConfig(AppConfig):
    """The journal room."""

    name = "anju.journal"

    def ready(self) -> None:
        autodiscover_modules("listeners", "handlers", "personal")
