"""Addresses of the desk."""

from django.urls import path

from anju.desk.absence import views as absence
from anju.desk.account import enrolling
from anju.desk.account import views as account
from anju.desk.accounts import views as accounts
from anju.desk.agreement import views as agreement
from anju.desk.bulk import views as bulk
from anju.desk.chains import views as chains
from anju.desk.codes import views as codes
from anju.desk.figures import views as figures
from anju.desk.find import views as find
from anju.desk.handover import views as handover
from anju.desk.help import views as helping
from anju.desk.imports import views as imports
from anju.desk.incidents import views as incidents
from anju.desk.joining import views as joining
from anju.desk.kanban import views as kanban
from anju.desk.lists.books import BOOKS
from anju.desk.lists.views import book_view
from anju.desk.lock import views as lock
from anju.desk.messages import views as messages
from anju.desk.night import views as night
from anju.desk.pictures import views as pictures
from anju.desk.privacy import views as privacy
from anju.desk.queue import views as queue
from anju.desk.reporting import views as reporting
from anju.desk.revealing import views as revealing
from anju.desk.revisits import views as revisits
from anju.desk.roster import views as roster
from anju.desk.saved import views as saved
from anju.desk.screens import views as screens
from anju.desk.setup import views as setup
from anju.desk.shift import views as shift
from anju.desk.signing import views as signing
from anju.desk.slip import views as slip
from anju.desk.status import views as status
from anju.desk.ticket import views as ticket
from anju.desk.ticket.steps import STEPS
from anju.desk.ticket.views import step_view

app_name = "desk"
urlpatterns = [
    path("login/", signing.login, name="login"),
    path("login/second-step/", enrolling.second_step, name="second-step"),
    path("logout/", signing.logout, name="logout"),
    path("invite/", joining.enter, name="invite"),
    path("invite/<str:code>/", joining.join, name="join"),
    path("files/<str:token>", pictures.photo, name="photo"),
    path("desk/", queue.front, name="front"),
    path("find/", find.find, name="find"),
    path("help/", helping.manual, name="manual"),
    path("help/<slug:slug>/", helping.manual, name="chapter"),
    path("desk/queue/", queue.queue, name="queue"),
    path("desk/saved/", saved.saved, name="saved"),
    path("desk/saved/<int:view_id>/first/", saved.first, name="saved-first"),
    path("desk/saved/<int:view_id>/forward/", saved.forward, name="saved-forward"),
    path("desk/saved/<int:view_id>/drop/", saved.drop, name="saved-drop"),
    path("desk/saved/<int:view_id>/return/", saved.restore, name="saved-return"),
    path("desk/queue/export/", queue.export, name="queue-export"),
    path("desk/bulk/", bulk.bulk, name="bulk"),
    path("desk/kanban/", kanban.kanban, name="kanban"),
    path("desk/leaves/", reporting.kinds_found, name="leaves"),
    path("desk/messages/", messages.sent, name="messages"),
    path("desk/status/", status.status, name="status"),
    path("desk/codes/", codes.codes, name="codes"),
    path("desk/codes/sheet/", codes.sheet, name="sheet"),
    path("desk/codes/check/", codes.check, name="codes-check"),
    path("desk/figures/", figures.figures, name="figures"),
    path("desk/figures/workbook/", figures.workbook, name="figures-workbook"),
    path("desk/screens/", screens.screens, name="screens"),
    path("desk/screens/<int:screen_id>/", screens.revoke, name="screen-revoke"),
    path("desk/imports/", imports.imports, name="imports"),
    path("desk/imports/template/", imports.template, name="import-template"),
    path("desk/imports/<int:number>/", imports.one, name="import"),
    path("desk/imports/<int:number>/columns/", imports.columns, name="import-columns"),
    path("desk/imports/<int:number>/errors/", imports.errors, name="import-errors"),
    path("desk/imports/<int:number>/confirmation/", imports.confirmed, name="import-confirmed"),
    path("desk/imports/<int:number>/dropping/", imports.dropped, name="import-dropped"),
    path("desk/imports/<int:number>/undoing/", imports.undone, name="import-undone"),
    path("desk/setup/", setup.guide, name="setup"),
    path("desk/setup/facts/", setup.facts, name="setup-facts"),
    path("desk/setup/invitations/", setup.invited, name="setup-invitations"),
    path("desk/setup/invitations/<int:number>/", setup.invitation, name="setup-invitation"),
    path("desk/setup/skills/<int:staff_id>/", setup.skills, name="setup-skills"),
    path("desk/setup/places/", setup.places, name="setup-places"),
    path("desk/setup/places/new/", setup.place, name="setup-place"),
    path("desk/setup/test/", setup.test, name="setup-test"),
    path("desk/shift/", shift.board, name="shift"),
    path("desk/shift/<int:staff_id>/", shift.switch, name="switch"),
    path("desk/roster/", roster.roster, name="roster"),
    path("desk/roster/cells/", roster.cells, name="roster-cells"),
    path("desk/roster/turns/", roster.generated, name="roster-turns"),
    path("desk/roster/publication/", roster.published, name="roster-publication"),
    path("desk/roster/standard/", roster.founded, name="roster-standard"),
    path("desk/roster/workbook/", roster.workbook, name="roster-workbook"),
    path("calendar/<str:token>.ics", roster.calendar, name="calendar"),
    path("desk/absences/", absence.absences, name="absences"),
    path("desk/absences/leaves/<int:leave_id>/", absence.leave, name="absence-leave"),
    path("desk/absences/turns/<int:turn_id>/", absence.swap, name="absence-swap"),
    path("desk/absences/swaps/<int:swap_id>/", absence.answer, name="absence-answer"),
    path("desk/chains/", chains.chains, name="chains"),
    path("desk/chains/<slug:kind>/", chains.chain, name="chain"),
    path("desk/handovers/", handover.handovers, name="handovers"),
    path("desk/handovers/new/", handover.opened, name="handover-new"),
    path("desk/handovers/<int:sheet_id>/", handover.sheet, name="handover"),
    path("desk/handovers/<int:sheet_id>/lines/", handover.lines, name="handover-lines"),
    path("desk/handovers/<int:sheet_id>/decision/", handover.decision, name="handover-decision"),
    path("desk/turns/<int:turn_id>/check-in/", handover.checked_in, name="turn-check-in"),
    path("desk/turns/<int:turn_id>/stand-in/", handover.stood_in, name="turn-stand-in"),
    path("desk/turns/<int:turn_id>/force/", handover.forced, name="turn-force"),
    path("desk/night/", night.console, name="night"),
    path("desk/night/new/", night.record, name="night-record"),
    path("desk/night/emergency/", night.emergency, name="night-emergency"),
    path("desk/night/bulletins/", night.bulletins, name="night-bulletins"),
    path("desk/night/transfers/", night.transfer, name="night-transfer"),
    path("desk/night/morning/", night.morning, name="night-morning"),
    path("desk/night/tickets/<str:no>/", night.sheet, name="night-ticket"),
    path("desk/night/tickets/<str:no>/notes/", night.words, name="night-words"),
    path("desk/night/tickets/<str:no>/acceptance/", night.accept, name="night-accept"),
    path("desk/night/tickets/<str:no>/urges/", night.urge, name="night-urge"),
    path("desk/night/tickets/<str:no>/look/", night.looked_at, name="night-look"),
    path("desk/incidents/", incidents.incidents, name="incidents"),
    path("desk/incidents/drills/", incidents.planned, name="drills"),
    path("desk/incidents/drills/<int:drill_id>/start/", incidents.started, name="drill-start"),
    path("desk/incidents/<int:incident_id>/", incidents.incident, name="incident"),
    path("desk/incidents/<int:incident_id>/report/", incidents.report, name="incident-report"),
    path("desk/incidents/<int:incident_id>/<slug:noun>/", incidents.verb, name="incident-verb"),
    path("desk/revisits/", revisits.revisits, name="revisits"),
    path("desk/revisits/<int:revisit_id>/", revisits.record, name="revisit"),
    path("desk/revisits/<int:revisit_id>/assignee/", revisits.assign, name="revisit-assignee"),
    path("desk/tickets/new/", reporting.new, name="new"),
    path("desk/tickets/new/kinds/", reporting.kinds, name="new-kinds"),
    path("desk/tickets/new/caller/", reporting.caller, name="new-caller"),
    path("desk/tickets/new/address/", reporting.address, name="new-address"),
    path("desk/tickets/<str:no>/", ticket.ticket, name="ticket"),
    path("desk/tickets/<str:no>/slip/", slip.slip, name="slip"),
    path("desk/tickets/<str:no>/peek/", ticket.peek, name="peek"),
    path("desk/tickets/<str:no>/undo/", ticket.undo, name="undo"),
    path("desk/tickets/<str:no>/reveals/<slug:field>/", revealing.why, name="why"),
    path("desk/reveals/<int:reveal_id>/", revealing.again, name="reveal-again"),
    path("desk/reveals/<int:reveal_id>/decision/", revealing.decide, name="reveal-decision"),
    path("desk/privacy/", privacy.overview, name="privacy"),
    path("desk/privacy/findings/<int:finding_id>/", privacy.settle, name="finding"),
    path("desk/privacy/exports/", privacy.export, name="exports"),
    path("desk/privacy/exports/<str:no>/", privacy.decide_export, name="export"),
    path("desk/privacy/exports/<str:no>/file/", privacy.file, name="export-file"),
    path("desk/privacy/requests/<str:no>/", privacy.respond, name="privacy-request"),
    path("desk/privacy/leaks/", privacy.report, name="leaks"),
    path("desk/privacy/leaks/<str:no>/", privacy.leak, name="leak"),
    path("desk/privacy/staff/<int:staff_id>/leaving/", privacy.leave, name="leave"),
    path("desk/lock/", lock.lock, name="lock"),
    path("desk/unlock/", lock.unlock, name="unlock"),
    path("desk/account/", account.account, name="account"),
    path("desk/account/password/", account.password, name="account-password"),
    path("desk/account/second-step/", account.second_step, name="account-second-step"),
    path("desk/account/sessions/", account.sessions, name="account-sessions"),
    path("desk/account/sessions/<int:session_id>/", account.session, name="account-session"),
    path("desk/account/tokens/", account.tokens, name="account-tokens"),
    path("desk/account/tokens/<int:token_id>/", account.token, name="account-token"),
    path("desk/accounts/", accounts.people, name="accounts"),
    path("desk/accounts/rights/", accounts.rights, name="rights"),
    path("desk/accounts/record/", accounts.record, name="record"),
    path("desk/accounts/<int:staff_id>/", accounts.person, name="accounts-person"),
    path("desk/accounts/<int:staff_id>/roles/", accounts.roles, name="accounts-roles"),
    path("desk/accounts/<int:staff_id>/password/", accounts.password, name="accounts-password"),
    path("desk/accounts/<int:staff_id>/second-step/", accounts.second_step, name="accounts-second-step"),
    path("desk/accounts/<int:staff_id>/sessions/", accounts.sessions, name="accounts-sessions"),
    path("desk/accounts/<int:staff_id>/sessions/<int:session_id>/", accounts.session, name="accounts-session"),
    path("desk/accounts/<int:staff_id>/tokens/<int:token_id>/", accounts.token, name="accounts-token"),
    path("desk/agreement/", agreement.agreement, name="agreement"),
    *(path(f"desk/lists/{book.name}/", book_view(book), name=f"list-{book.name}") for book in BOOKS),
    *(path(f"desk/tickets/<str:no>/{step.noun}/", step_view(step), name=step.noun) for step in STEPS),
]
