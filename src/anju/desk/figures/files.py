"""Figures to take away."""

from django.utils.translation import gettext as _

from anju.core import sheets
from anju.desk.figures.pages import Shown


def workbook(shown: Shown) -> bytes:
    """Shares with their counts, reports, open tickets by department and light, stars; no cell can be a formula."""
    lines: list[sheets.Line] = [[_("指标"), _("比例"), _("达成"), _("总数"), _("上期达成"), _("上期总数")]]
    lines += [[name, now.percent, now.met, now.of, before.met, before.of] for name, now, before in shown.rates]
    lines += [[name, now, "", "", before, ""] for name, now, before in shown.waits]
    lines += [[], [_("时间"), _("报事"), _("平常")]]
    lines += [[one.label, int(one.value), one.usual] for one in shown.arrivals]
    lines += [[], [_("各部门未结"), *(part.label for part in shown.depts[0].parts)]] if shown.depts else []
    lines += [[pile.label, *(int(part.value) for part in pile.parts)] for pile in shown.depts]
    lines += [[], [_("评价"), _("数量")], *([part.label, int(part.value)] for part in shown.stars)]
    return sheets.book(f"{shown.first:%Y-%m-%d}", lines)
