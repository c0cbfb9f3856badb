"""Static files in production: hashed names, compressed, one joined stylesheet per door."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

from anju.ui import css


class DoorStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage; `css/<door>.css` is joined before it is hashed, and module imports get hashed names."""

    support_js_module_import_aggregation = True

    def stored_name(self, name: str) -> str:
        """The hashed name; the plain one in an office whose static files were never built (`anju doctor` says so)."""
        return str(super().stored_name(name)) if self.hashed_files else name

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        """Called by collectstatic with where each file came from."""
        for door in css.DOORS:
            name = f"anju/css/{door}.css"
            if name in paths and not dry_run:
                storage, source = paths[name]
                joined = css.join(Path(storage.path(source)).parent, door)
                self.delete(name)
                self._save(name, ContentFile(joined.encode()))
                paths[name] = (self, name)
        yield from super().post_process(paths, dry_run, **options)
