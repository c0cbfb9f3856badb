"""A form field for several photos: checked by the vault of files, named one by one when something is wrong."""

from collections.abc import Sequence
from typing import Any, TypeAlias

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from anju.core.errors import Refused
from anju.core.scope import Scope
from anju.files import actions as files
from anju.files.models import File

Upload: TypeAlias = "UploadedFile[Any]"


class PhotosInput(forms.FileInput):
    """`<input type="file" multiple>`."""

    allow_multiple_selected = True

    def __init__(self) -> None:
        super().__init__(attrs={"multiple": True, "accept": "image/*"})


class PhotosField(forms.FileField):
    """Up to `max_files` uploads, as a list; empty when none was sent."""

    widget = PhotosInput

    def __init__(self, *, label: Any = None, max_files: int = 9, required: bool = False) -> None:
        super().__init__(label=label or _("照片"), required=required)
        self.max_files = max_files

    def clean(self, data: Any, initial: Any = None) -> list[Upload]:
        """The files as sent; too many, or an empty one, is an error."""
        sent = [one for one in (data or []) if one] if isinstance(data, list | tuple) else [data] if data else []
        if len(sent) > self.max_files:
            raise forms.ValidationError(_("照片最多%(n)d张"), params={"n": self.max_files})
        cleaned = [super(PhotosField, self).clean(one, None) for one in sent]
        if not cleaned and self.required:
            raise forms.ValidationError(_("请拍至少1张照片"))
        return cleaned


def keep(sent: Sequence[Upload], *, community_id: int, by: Scope) -> tuple[list[File], Refused | None]:
    """Keep uploaded photos. A picture that is none raises Refused at the field `photos`; a disk that takes nothing is
    handed back as the second value, so that the words can be saved without the pictures (domain file 01)."""
    kept: list[File] = []
    for one in sent:
        try:
            kept.append(files.keep(one.read(), one.name or "", community_id=community_id, by=by))
        except Refused as refusal:
            if refusal.code == "FILE_NOT_STORED":
                return kept, refusal
            raise Refused(refusal.code, refusal.message, fields={"photos": refusal.message}) from refusal
    return kept, None
