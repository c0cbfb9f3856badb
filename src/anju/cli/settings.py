"""anju settings: what is in force now, without secrets."""

import argparse
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings

from anju.core import env

SHOWN = (
    "ANJU_DATA_DIR",
    "ANJU_BASE_URL",
    "ANJU_DEMO",
    "ANJU_LAB",
    "ANJU_HTTPS",
    "DEBUG",
    "ALLOWED_HOSTS",
    "CSRF_TRUSTED_ORIGINS",
    "ANJU_CHANNELS",
    "ANJU_PARALLEL",
    "ANJU_MASTER_KEY_FILE",
    "STATIC_ROOT",
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing may be asked for."""


def run(asked: argparse.Namespace) -> int:
    """Print names and values; all variables are explained in docs/settings.md."""
    print(f"{'数据库':<18}{database()}")
    for name in SHOWN:
        print(f"{name:<21}{getattr(settings, name)}")
    print("每一项的意思见 docs/settings.md")
    return 0


def database() -> str:
    """The address of the database without its password."""
    parts = urlsplit(env.text("ANJU_DATABASE_URL", "sqlite:"))
    if parts.scheme == "sqlite":
        return f"SQLite {settings.DATABASES['default']['NAME']}"
    who = f"{parts.username}@" if parts.username else ""
    return urlunsplit(parts._replace(netloc=f"{who}{parts.hostname}:{parts.port or 5432}", query="", fragment=""))
