"""A form field for one voice note, and keeping what it holds."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from anju.core.errors import Refused
from anju.core.scope import Scope
from anju.files import actions as files
from anju.files.models import File


class VoiceInput(forms.FileInput):
    """Filled by voice.js; whoever has no microphone, or no scripts, does not see it."""

    def __init__(self) -> None:
        super().__init__(attrs={"accept": "audio/*", "hidden": True})


class VoiceField(forms.FileField):
    """One recording, or none."""

    widget = VoiceInput

    def __init__(self) -> None:
        super().__init__(label=_("说一句"), required=False)


def keep(sent: "UploadedFile[Any] | None", *, community_id: int, by: Scope) -> File | None:
    """Keep it. What is no recording, and a disk that takes nothing, raise Refused at the field `voice`: the words may be
    nowhere else."""
    if not sent:
        return None
    try:
        return files.keep_voice(sent.read(), community_id=community_id, by=by)
    except Refused as refusal:
        message = _("录音没有存上，请写一句，或再试一次") if refusal.status == 503 else refusal.message
        raise Refused(refusal.code, message, fields={"voice": message}, status=refusal.status) from refusal
