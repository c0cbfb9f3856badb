"""The fortnight: reports at their hours, shifts that change, and a present day that shows every light."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial

from anju.core import clock
from anju.core.chance import dice
from anju.core.scope import SYSTEM, Scope
from anju.duty import actions as duty
from anju.estate import actions as estate
from anju.lab import garden as fixture
from anju.lab import rota
from anju.lab.demo import register, reports, wording
from anju.lab.demo.people import Life
from anju.lab.demo.stage import Stage
from anju.lab.demo.wording import Said
from anju.tickets import actions as tickets
from anju.tickets.choices import Status
from anju.tickets.models import Ticket

DAYS = 14
A_DAY = 15
SEED = 20260302
TODAY = timedelta(hours=4)
"""So long before now everybody of the day's shift is there, and nothing changes any more."""
HOURS = (7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 0, 5)
WEIGHTS = (5, 9, 10, 9, 7, 5, 5, 6, 7, 6, 8, 10, 9, 8, 6, 3, 1, 1)
EXTRA_SKILLS = {"陈师傅": ["IN08"], "马师傅": ["IN08"], "孙涛": ["NS02"], "丁浩": ["NS02"], "郑强": ["NS02"]}


@dataclass(frozen=True, slots=True)
class Now:
    """One ticket of the present: so many minutes old, in which state it is left, from whom and how."""

    minutes: int
    said: Said
    stay: Status
    channel: str = ""
    name: str = ""


PRESENT = (
    Now(
        1660,
        Said(1, "home", "投诉：上次报的漏水说好第二天来，一直拖到现在没人管", "已当面道歉，重新安排"),
        Status.TAKEN,
        "phone",
        "孙立",
    ),
    Now(
        1490,
        Said(1, "home", "卫生间的花洒软管断了，换一根要多少钱", "更换花洒软管"),
        Status.PENDING_ACCEPTANCE,
        "miniprogram",
        "张伟",
    ),
    Now(196, Said(1, "lobby", "大堂地砖翘起来了，孩子跑过绊了一跤", photo=1.0), Status.TAKEN, "qr"),
    Now(237, Said(1, "home", "可视门铃没有声音，来人听不见"), Status.SUSPENDED, "phone", "陈静"),
    Now(150, Said(1, "home", "卫生间地漏堵了，一洗澡水就漫出来", photo=1.0), Status.TAKEN, "miniprogram", "王秀英"),
    Now(137, Said(1, "garden", "树枝长到阳台上了，遮光，还招虫子"), Status.ACCEPTED, "miniprogram"),
    Now(99, Said(1, "home", "书房插座打不着，电脑用不了"), Status.TAKEN, "phone"),
    Now(93, Said(1, "BAR-S", "南边道闸抬杆慢，车牌识别要等很久"), Status.IN_PROGRESS, "staff"),
    Now(88, Said(1, "BAR-S", "道闸坏了，排了十几辆车", photo=1.0), Status.IN_PROGRESS, "qr"),
    Now(81, Said(1, "BAR-S", "道闸又不抬杆，上班要迟到了"), Status.IN_PROGRESS, "miniprogram"),
    Now(74, Said(1, "home", "主卧天花板渗水，滴到床上了，楼上没人应门", photo=1.0), Status.IN_PROGRESS, "miniprogram"),
    Now(58, Said(1, "home", "厨房水龙头关不紧，一晚上滴半桶", photo=1.0), Status.IN_PROGRESS, "phone", "张伟"),
    Now(31, Said(1, "EL-0502-1", "电梯按键失灵，6楼和9楼按不亮", photo=1.0), Status.TAKEN, "qr"),
    Now(22, Said(1, "home", "昨天说的那个还没弄好"), Status.NEW, "miniprogram", "李建国"),
    Now(12, Said(1, "home", "麻烦来看看吧，那个还是老样子"), Status.NEW, "miniprogram"),
    Now(9, Said(1, "EL-0301-1", "电梯困人，老人和小孩在里面，停在7楼"), Status.IN_PROGRESS, "phone", "王秀英"),
    Now(6, Said(1, "road", "垃圾桶满了，旁边地上都是", photo=1.0), Status.DISPATCHED, "qr"),
    Now(3, Said(1, "home", "物业费账单怎么算的，多了三十多块"), Status.NEW, "counter", "欧阳明"),
)
"""What lies on the desk when the demo is opened: every light, every state, one fault that three people reported."""
UNHELD = Said(1, "home", "缴费扣了两次，一共扣了我386元，请退一次")


def tell(until: datetime, *, a_day: int = A_DAY) -> Stage:
    """Plant the community at the clock's moment, a fortnight before `until`, and live through it on a virtual clock."""
    chance = dice(SEED)
    planted = fixture.plant(lat=31.2304, lng=121.4737, password=fixture.PASSWORD)
    for name, skills in EXTRA_SKILLS.items():
        member = planted.members[name]
        member.skills = [*member.skills, *skills]
        member.save(update_fields=["skills"])
    stage = Stage(planted, register.build(planted, chance), chance)
    _shifts(stage, until)
    _days(stage, until, a_day)
    for one in PRESENT:
        stage.at(until - timedelta(minutes=one.minutes), partial(_now, stage, one))
    stage.at(until - timedelta(minutes=41), lambda: _unheld(stage))
    stage.play(until)
    _roster(stage)
    return stage


def _roster(stage: Stage) -> None:
    """From tomorrow on a published fortnight; the one after it is a draft with a hole, as it is while somebody plans.
    Today it is still the switch, so that who opens the demo at night finds the people of the day (TODAY)."""
    estate.configure(stage.garden.community, {"duty.check_in": False})
    rota.found(stage.garden, password=stage.garden.staff["李敏"].password)
    first = clock.today() + timedelta(days=1)
    after = first + timedelta(days=DAYS)
    rota.publish(stage.garden, first, after - timedelta(days=1))
    rota.draft(stage.garden, after, after + timedelta(days=DAYS - 1))
    ill = stage.garden.staff["许工"]
    begin = clock.on(after + timedelta(days=2), time(0))
    duty.ask_leave(
        stage.garden.community, staff=ill, kind="ANNUAL", begin_at=begin, end_at=begin + timedelta(days=3), by=SYSTEM
    )


def _shifts(stage: Stage, until: datetime) -> None:
    moment = fixture.next_change(clock.now())
    while moment < until - TODAY:
        stage.at(moment, partial(stage.shifts, partial(fixture.on_duty, at=moment)))
        moment = fixture.next_change(moment)
    stage.at(until - TODAY, lambda: _day_shift(stage))


def _day_shift(stage: Stage) -> None:
    """Whoever opens the demo, at whatever hour, finds the people of the day at work."""
    stage.final = True
    stage.shifts(lambda hire: hire.always or hire.shift == "早")


def _days(stage: Stage, until: datetime, a_day: int) -> None:
    chance, day = stage.dice, clock.local(clock.now()).date()
    while day <= clock.local(until).date():
        for _ in range(chance.randint(a_day * 3 // 4, a_day * 5 // 4)):
            hour = chance.choices(HOURS, WEIGHTS)[0]
            at = clock.on(day, time(hour, chance.randrange(60), chance.randrange(60)))
            if clock.now() < at < until - timedelta(minutes=5):
                stage.at(at, lambda: reports.make(stage, reports.draw(stage), lambda *made: _live(stage, *made)))
        day += timedelta(days=1)


def _live(stage: Stage, ticket: Ticket, said: Said, reporter: Scope) -> None:
    life = Life(stage, ticket, said, reporter)
    if stage.chance(0.15):
        note = stage.dice.choice(wording.NOTES)
        stage.soon(5, 60, lambda: _note(stage, ticket, note))
    life.begin()


def _note(stage: Stage, ticket: Ticket, words: str) -> None:
    tickets.note(ticket, by=stage.scope(stage.agent()), note_text=words)


def _now(stage: Stage, one: Now) -> None:
    def left(ticket: Ticket, said: Said, reporter: Scope) -> None:
        Life(stage, ticket, said, reporter, stay=one.stay, needs_parts=one.stay is Status.SUSPENDED).begin()

    reports.make(stage, one.said, left, channel=one.channel, name=one.name)


def _unheld(stage: Stage) -> None:
    """Accepted by nobody in particular: the first line of the queue."""
    reports.make(stage, UNHELD, lambda ticket, _said, _who: _nobody(ticket), channel="miniprogram")


def _nobody(ticket: Ticket) -> None:
    tickets.accept(ticket, by=SYSTEM)
