"""Charts as inline SVG. Load with `{% load charts %}`; what they draw is made with the types of `anju.ui.charts`."""

from django import template

from anju.ui import charts

register = template.Library()
for drawing in (charts.bars, charts.columns, charts.spark, charts.stack, charts.clockline):
    register.simple_tag(drawing)
