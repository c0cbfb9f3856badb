"""What is written at the desk: to the owner, to colleagues, to whoever has the job."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from anju.core import clock
from anju.core.scope import Scope
from anju.desk.ticket.forms import StepForm
from anju.tickets import actions as tickets
from anju.tickets import queries
from anju.tickets.models import Ticket
from anju.ui import times
from anju.ui.inputs import WordsField


class Note(StepForm):
    """The composer with its two faces: to the owner, who is told, or an internal remark."""

    text = WordsField(label=_("内容"), rows=2, error_messages={"required": _("请先写内容")})
    to = forms.ChoiceField(label=_("写给谁"), required=False, initial="")

    def prepare(self) -> None:
        may_reply = "reply" in queries.next_actions(self.scope, self.ticket)
        self.faces = [*([("owner", _("回复业主"))] if may_reply else []), ("", _("内部备注"))]
        self.choices("to", self.faces)

    @property
    def way(self) -> str:
        """How the owner will hear of it, before it is sent."""
        found = queries.reply_outlook(self.ticket)
        if found is None or not found.channel:
            return str(_("没有联系方式，他打开进度页才看得到"))
        if found.sms_left == 0:
            return str(_("今天的短信已满5条，只写在进度页，急事请打电话"))
        words = {
            "W": _("原文在进度页，微信通知他来看")
            if not found.sms_follows
            else _("原文在进度页，微信通知，没送到改短信"),
            "S": _("原文在进度页，短信通知他来看，今天还能发%(n)s条") % {"n": found.sms_left},
        }
        late = found.at > clock.now() + timedelta(minutes=1)
        when = _("，夜间免打扰，%(at)s发") % {"at": times.hm(found.at, clock.now())} if late else ""
        return f"{words[found.channel]}{when}"

    def act(self, version: int | None) -> Ticket:
        sent = self.cleaned_data
        if sent["to"] == "owner":
            return tickets.reply(self.ticket, by=self.scope, reply_text=sent["text"])
        return tickets.note(self.ticket, by=self.scope, note_text=sent["text"])


class Contact(StepForm):
    """联系师傅."""

    text = WordsField(label=_("跟他说什么"), rows=2, error_messages={"required": _("请先写内容")})

    def act(self, version: int | None) -> Ticket:
        return tickets.contact(self.ticket, by=self.scope, contact_text=self.cleaned_data["text"])


def composer(scope: Scope, ticket: Ticket) -> Note:
    """The empty form below the story, its first face open."""
    form = Note(scope=scope, ticket=ticket)
    form.initial = {"to": form.faces[0][0]}
    return form
