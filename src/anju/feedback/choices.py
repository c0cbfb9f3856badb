"""Stars, reasons, results (domain file 19)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RatingChannel(TextChoices):
    """How the reporter told us."""

    APP = "app", _("网页")
    SMS = "sms", _("短信")
    PHONE = "phone", _("电话")


class Chip(TextChoices):
    """A word beside the stars."""

    FIXED = "FIXED", _("修得好")
    KIND = "KIND", _("态度好")
    QUICK = "QUICK", _("来得快")
    FAIR = "FAIR", _("收费清楚")
    TIDY = "TIDY", _("收拾干净")
    NOT_FIXED = "NOT_FIXED", _("没修好")
    LATE = "LATE", _("来晚了")
    RUDE = "RUDE", _("态度不好")
    DEAR = "DEAR", _("收费不清楚")
    MESSY = "MESSY", _("没收拾")


GOOD = (Chip.FIXED, Chip.KIND, Chip.QUICK, Chip.FAIR, Chip.TIDY, Chip.LATE)
BAD = (Chip.NOT_FIXED, Chip.LATE, Chip.RUDE, Chip.DEAR, Chip.MESSY)

STAR_WORDS = {
    1: _("很不满意"),
    2: _("不满意"),
    3: _("一般"),
    4: _("满意"),
    5: _("很满意"),
}


class RevisitReason(TextChoices):
    """Why somebody must call; each but the sample blocks closing (R19.3)."""

    LOW_STAR = "LOW_STAR", _("低星")
    COMPLAINT = "COMPLAINT", _("投诉")
    P0 = "P0", _("紧急")
    SAMPLE = "SAMPLE", _("抽样")


class RevisitResult(TextChoices):
    """What the reporter said on the phone."""

    SATISFIED = "SATISFIED", _("满意")
    PARTLY = "PARTLY", _("部分满意")
    UNSATISFIED = "UNSATISFIED", _("仍不满意")
    UNREACHED = "UNREACHED", _("无法联系")


class RevisitState(TextChoices):
    """Whether somebody still owes the call."""

    OPEN = "OPEN", _("待回访")
    DONE = "DONE", _("已回访")
