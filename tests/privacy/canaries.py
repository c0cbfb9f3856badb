"""People whose names and numbers occur nowhere else, in every place where words of residents are kept."""

from anju.accounts import actions as accounts
from anju.accounts.choices import Role
from anju.accounts.models import Staff
from anju.accounts.queries import scope_of_person, scope_of_staff
from anju.core.scope import Scope
from anju.estate import actions as estate
from anju.estate.models import Community, Person, Room
from anju.feedback import actions as feedback
from anju.privacy.actions import agreeing
from anju.tickets import actions as tickets
from anju.tickets.models import Ticket
from tests.cast import Cast

NAME, PHONE, ROOM, ID_NO, PLATE, EMAIL = (
    "司马冰洁",
    "13911117642",
    "0917",
    "110101197805062461",
    "京N88F21",
    "bingjie@mail.cn",
)
SAID = f"电话{PHONE}，证件{ID_NO}，车{PLATE}，住3栋1单元{ROOM}，邮箱{EMAIL}"
FULL = {"name": NAME, "phone": PHONE, "room": ROOM, "id_no": ID_NO, "plate": PLATE, "email": EMAIL}


class Planted:
    """The office with a canary person in two communities, tickets of hers in every state, and staff of every role."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        cast.freeze("accept", "dispatch", "merge")
        self.person, self.room = _resident(cast.community, PHONE)
        self.other = estate.community(code="other", name="别处", sign="别", hotline="400-1")
        self.stranger, self.there = _resident(self.other, "13911117643")
        self.staff = {str(role): self._hire(role) for role in Role.values}
        self.unsigned = self._hire("CS", login="未签", signed=False)
        self.tickets = self._tickets()
        self.foreign = self._report(self.other, self.stranger, self.there)

    def _hire(self, role: str, login: str = "", *, signed: bool = True) -> Staff:
        staff = accounts.create_staff(login=login or f"r-{role}", name=login or f"岗{role}", phone="", hashed="!")
        accounts.join(staff, self.cast.community, dept="ENG", roles=[role], on_shift=True, skills=["IN04"])
        if signed:
            agreeing.signed_on_entry([staff])
        return staff

    def _report(self, community: Community, person: Person, room: Room, text: str = "水龙头滴漏") -> Ticket:
        asked = tickets.Report(
            community=community, text=f"{text}，{SAID}", person=person, room=room, channel="miniprogram", leaf="IN04"
        )
        return tickets.report(asked, by=scope_of_person(person))

    def _tickets(self) -> dict[str, Ticket]:
        """One new; one in the hands of the worker; one finished, rated low and waiting for a call."""
        mine = self.cast.community, self.person, self.room
        cast, worker = self.cast, self.staff["WK"]
        found = {"new": self._report(*mine), "held": self._report(*mine), "visit": self._report(*mine)}
        for name in ("held", "visit"):
            ticket = found[name]
            cast.do("accept", ticket, "李敏")
            tickets.dispatch(ticket, by=cast.scope("李敏"), to=worker)
            tickets.take(ticket, by=_of(worker), eta=30)
            tickets.note(ticket, by=scope_of_person(self.person), note_text=SAID, visible=True)
            tickets.start(ticket, by=_of(worker), proof={"geo": {"lat": 31.0, "lng": 121.0}})
        done = found["visit"]
        photo = cast.photo()
        tickets.finish(done, by=_of(worker), result=f"换好了，{SAID}", photos=[photo])
        tickets.confirm(done, by=scope_of_person(self.person))
        feedback.rate(done, stars=1, text=SAID, by=scope_of_person(self.person))
        for one in found.values():
            one.refresh_from_db()
        return found

    def leaks(self, body: str, *, allowed: set[str]) -> list[str]:
        """Which canaries stand in an answer, but for the fields this asker may see in full."""
        return [field for field, value in FULL.items() if field not in allowed and value in body]


def _of(staff: Staff) -> Scope:
    return scope_of_staff(Staff.objects.get(id=staff.id))


def _resident(community: Community, phone: str) -> tuple[Person, Room]:
    person = estate.person(community_id=community.id, name=NAME, phones=[phone], openid=f"openid-{phone}")
    room = estate.room(community, f"3-1-{ROOM}", floor_label="9", floor_ordinal=9)
    estate.occupy(room, person, "OWNER", is_primary=True)
    return person, room
