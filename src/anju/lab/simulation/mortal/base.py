"""SQLite as Django speaks to it, with a crash point on both sides of each commit."""

from django.db.backends.sqlite3 import base

from anju.core import crash


class DatabaseWrapper(base.DatabaseWrapper):
    """Dies before a commit: nothing was written. Dies after it: all was, and nobody was told."""

    def commit(self) -> None:
        try:
            crash.point("before-any-commit")
        except crash.Crash:
            self.rollback()
            raise
        super().commit()
        try:
            crash.point("after-any-commit")
        except crash.Crash:
            self.run_on_commit = []
            raise
