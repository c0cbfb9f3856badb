"""How a simulated provider may behave."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Mode(models.TextChoices):
    """`POST /lab/providers/{name}`."""

    OK = "ok", _("正常")
    ERROR = "error", _("拒收")
    TIMEOUT = "timeout", _("超时，未受理")
    ACCEPT_THEN_TIMEOUT = "accept_then_timeout", _("已受理，应答丢失")
    DOWN = "down", _("连不上")
