"""What is known about a kept file; its bytes are on the disk."""

from django.db import models

from anju.core import ids
from anju.core.rows import Row
from anju.vault.fields import Sealed


class File(Row):
    """A photo or a voice note (whose `width` and `height` are 0). `sha256`, `size`, `width` and `height` are those of the kept picture, not of what was sent.

    `token` (128 bits) is the only way to name a file in a URL. `taken_at` is what the camera said, else null.
    `created_by` is the staff or person id of whoever sent it, null for guests and for the system.
    """

    community_id = models.BigIntegerField(null=True, db_index=True)
    token = models.CharField(max_length=32, unique=True, default=ids.token)
    name = Sealed(blank=True)
    mime = models.CharField(max_length=20)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    taken_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    created_by = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.mime} {self.pk}"

    @property
    def seal_context(self) -> bytes:
        """What the bytes on the disk are bound to."""
        return f"files.file.bytes:{self.pk}".encode()
