"""The land register from a file as property offices keep it.

`load(data, name)` guards and reads a workbook into *records* with *faults* and *notes* by row; `plan(records,
community)` compares them with the register; `apply(loaded, community, by=scope)` writes everything or nothing. The same
file a second time changes nothing.
"""

from anju.estate.importing.applying import apply
from anju.estate.importing.guarding import MAX_BYTES
from anju.estate.importing.parts import Fault, Record, Who
from anju.estate.importing.planning import Plan, plan
from anju.estate.importing.records import Loaded, load
from anju.estate.importing.workbooks import errors_workbook, template_workbook

__all__ = [
    "MAX_BYTES",
    "Fault",
    "Loaded",
    "Plan",
    "Record",
    "Who",
    "apply",
    "errors_workbook",
    "load",
    "plan",
    "template_workbook",
]
