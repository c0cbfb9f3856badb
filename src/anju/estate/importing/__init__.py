"""The land register from a file as property offices keep it.

`load(data, name)` guards and reads a workbook into *records* with *faults* and *notes* by row; `plan(records,
community)` compares them with the register; `apply(loaded, community, by=scope)` writes everything or nothing. The same
file a second time changes nothing.
"""

from anju.estate.importing.applying import apply
from anju.estate.importing.guarding import MAX_BYTES
from anju.estate.importing.matching import FIELDS, Matching
from anju.estate.importing.parts import Fault, Record, Who
from anju.estate.importing.planning import Plan, plan
from anju.estate.importing.records import Loaded, load
from anju.estate.importing.showing import masked
from anju.estate.importing.undoing import Stay, Undone, undo
from anju.estate.importing.workbooks import errors_workbook, template_workbook

__all__ = [
    "FIELDS",
    "MAX_BYTES",
    "Fault",
    "Loaded",
    "Matching",
    "Plan",
    "Record",
    "Stay",
    "Undone",
    "Who",
    "apply",
    "errors_workbook",
    "load",
    "masked",
    "plan",
    "template_workbook",
    "undo",
]
