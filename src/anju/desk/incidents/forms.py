"""Every question of an incident by the noun in its address."""

from anju.desk.incidents.afterwards import FileForm, ImprovementForm, MarksForm, ProgressForm, ReviewForm
from anju.desk.incidents.asking import IncidentForm
from anju.desk.incidents.commanding import (
    AbortForm,
    ApproveForm,
    AssignForm,
    ControlForm,
    FalseAlarmForm,
    RecurForm,
    RestoreForm,
)
from anju.desk.incidents.working import AckForm, BulletinForm, NoteForm, StepForm, TimeForm

FORMS: dict[str, type[IncidentForm]] = {
    "acknowledgement": AckForm,
    "step": StepForm,
    "bulletin": BulletinForm,
    "time": TimeForm,
    "note": NoteForm,
    "control": ControlForm,
    "restoration": RestoreForm,
    "recurrence": RecurForm,
    "false-alarm": FalseAlarmForm,
    "drill-end": AbortForm,
    "assignment": AssignForm,
    "approval": ApproveForm,
    "review": ReviewForm,
    "improvement": ImprovementForm,
    "progress": ProgressForm,
    "filing": FileForm,
    "marks": MarksForm,
}
