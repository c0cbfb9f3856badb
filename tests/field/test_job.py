"""A job from the offer to the finish, by forms alone."""

import re

import pytest

from anju.estate import labels
from anju.estate.actions import label_of
from anju.journal.models import Entry
from anju.tickets import queries
from tests.desk.conftest import at_home, logged_in
from tests.portal.conftest import text, upload


def url(ticket, step=""):
    return f"/field/tickets/{ticket.no}/" + (f"{step}/" if step else "")


def press(client, ticket, name, **fields):
    answer = client.post(url(ticket, name), {"once": f"{name}-{sorted(fields)}", **fields})
    ticket.refresh_from_db()
    return answer


def taken(client, ticket):
    return press(client, ticket, "take", eta="30")


def begun(client, ticket):
    taken(client, ticket)
    return press(client, ticket, "start", photos=upload())


def signed(cast, name):
    return labels.signed(label_of(cast.garden.assets.get(name) or cast.garden.places[name]).code)


def go_button(page):
    return re.findall(r'class="go-btn".*?<b>(.*?)</b>', page.split("<template data-go-to")[0], re.DOTALL)


def test_an_offer_shows_where_who_and_one_button(chen, offer):
    page = text(chen.get(url(offer)))
    assert "3栋1单元1203" in page
    assert "张先生/女士" in page
    assert "张伟" not in page
    assert "13800005678" not in page
    assert 'href="tel:400-800-1234"' in page
    assert "户内有偿，动手前先报价" in page
    assert go_button(page) == ["接单"]


def test_from_offer_to_finish(cast, chen, offer):
    assert taken(chen, offer).url == url(offer)
    assert (offer.status, offer.handler.name) == ("TAKEN", "陈师傅")
    assert go_button(text(chen.get(url(offer)))) == ["我到了"]
    press(chen, offer, "start", photos=upload())
    assert (offer.status, offer.photos.filter(stage="BEFORE").count()) == ("IN_PROGRESS", 1)
    assert go_button(text(chen.get(url(offer)))) == ["修好了"]
    answer = press(chen, offer, "finish", did=["换阀芯", "清理现场"], photos=upload(), part_0="1", part_1="0")
    assert answer.url == "/field/"
    assert (offer.status, offer.result) == ("PENDING_ACCEPTANCE", "换阀芯，清理现场")
    assert offer.parts == [{"name": "陶瓷阀芯", "n": 1}]
    assert "等业主确认" in text(chen.get(url(offer)))
    assert "1203" not in text(logged_in(cast.garden.staff["高工"]).get(url(offer)))


@pytest.mark.parametrize(
    ("name", "fields", "words"),
    [
        ("finish", {"did": ["换阀芯", "清理现场"]}, "请拍至少1张修后照片"),
        ("finish", {"text": "好了"}, "请点做了什么，或写一句（至少5个字）"),
        ("suspend", {}, "请点在等什么"),
        ("return", {"why": "没有工具或材料"}, "请拍至少1张现场照片"),
        ("quote", {}, "请填材料费或人工费"),
        ("quote", {"labour": "-5"}, "金额不对，请写成 58 或 58.50"),
        ("quote", {"labour": "1e9"}, "金额不对，请写成 58 或 58.50"),
    ],
)
def test_what_is_missing_is_named(chen, offer, name, fields, words):
    begun(chen, offer)
    answer = press(chen, offer, name, **fields)
    assert (answer.status_code, offer.status) == (422, "IN_PROGRESS")
    assert words in text(answer)


def test_arrival_needs_a_proof(chen, offer):
    taken(chen, offer)
    answer = press(chen, offer, "start")
    assert "请扫现场二维码，或填业主的到场码，或定位，或拍一张现场照片" in text(answer)
    assert offer.status == "TAKEN"


def test_arrival_by_the_code_at_the_stairs(cast, chen, offer):
    taken(chen, offer)
    code = signed(cast, "B3-1-L")
    assert "已扫现场的码" in text(chen.get(url(offer, "start"), {"code": code}))
    wrong = press(chen, offer, "start", code=signed(cast, "G-B1"))
    assert "这张码不是这一单的地点" in text(wrong)
    assert "二维码无效或已停用" in text(press(chen, offer, "start", code="nonsense", photos=upload()))
    assert offer.photos.filter(stage="BEFORE").count() == 0
    press(chen, offer, "start", code=f"https://anju.example/r/{code}/", photos=upload())
    assert (offer.status, offer.photos.filter(stage="BEFORE").count()) == ("IN_PROGRESS", 1)


def test_arrival_by_position(cast, chen, offer):
    cast.community.lat, cast.community.lng = 31.23, 121.47
    cast.community.save()
    taken(chen, offer)
    assert "您离现场还有" in text(press(chen, offer, "start", lat="31.30", lng="121.47"))
    assert "定位没有取到" in text(press(chen, offer, "start", lat="NaN", lng="x"))
    press(chen, offer, "start", lat="31.2301", lng="121.4701")
    assert offer.status == "IN_PROGRESS"


def test_late_is_told_to_the_owner(cast, chen, offer):
    taken(chen, offer)
    assert press(chen, offer, "delay", eta="60").status_code == 422
    press(chen, offer, "delay", eta="60", why="上一户没完")
    cast.at("09:02")
    assert len(cast.heard("张伟", "T104")) == 1


def test_a_price_stops_the_button_until_the_owner_agrees(cast, chen, offer):
    begun(chen, offer)
    press(chen, offer, "quote", what="陶瓷阀芯", material="58", labour="30.00")
    page = text(chen.get(url(offer)))
    assert "等业主同意报价" in page
    assert "报价88.00元，还没同意" in page
    assert "业主还没确认报价" in text(press(chen, offer, "finish", did=["换阀芯", "清理现场"], photos=upload()))
    cast.do("confirm_quote", offer, "张伟")
    assert "业主已同意" in text(chen.get(url(offer)))


def test_waiting_and_going_on(cast, chen, offer):
    begun(chen, offer)
    press(chen, offer, "suspend", reason="OWNER", days="2")
    assert offer.status == "SUSPENDED"
    assert go_button(text(chen.get(url(offer)))) == ["接着干"]
    press(chen, offer, "resume")
    assert offer.status == "IN_PROGRESS"
    press(chen, offer, "suspend", reason="PARTS", days="3", text="x")
    assert offer.status == "IN_PROGRESS"
    assert offer.suspensions.filter(from_at=None).count() == 1


def test_giving_back_and_declining(cast, chen, offer):
    page = text(chen.get(url(offer, "decline")))
    assert "技能不符" in page
    assert press(chen, offer, "decline").status_code == 422
    assert press(chen, offer, "decline", reason="AWAY").url == "/field/"
    assert (offer.status, offer.handler) == ("ACCEPTED", None)
    cast.do("dispatch", offer, "李敏", to="陈师傅")
    taken(chen, offer)
    press(chen, offer, "return", why="要专业单位来")
    assert (offer.status, offer.handoff_count) == ("ACCEPTED", 1)


def test_the_first_of_two_gets_it(cast, chen, offer):
    cast.garden.members["马师傅"].on_shift = True
    cast.garden.members["马师傅"].save()
    ma = logged_in(cast.garden.staff["马师傅"])
    assert offer.no in text(ma.get("/field/"))
    taken(chen, offer)
    answer = press(ma, offer, "take", eta="15")
    assert answer.status_code in (403, 422)
    assert offer.handler.name == "陈师傅"


def test_a_second_press_takes_once(chen, offer):
    assert {taken(chen, offer).status_code for _ in range(2)} == {302}
    assert offer.status == "TAKEN"


def test_what_was_done_here_before(cast, chen, offer):
    begun(chen, offer)
    press(chen, offer, "finish", did=["换阀芯", "清理现场"], photos=upload())
    cast.do("confirm", offer, "张伟")
    cast.at("03-09 10:00:02")
    again = cast.report("厨房水龙头一直滴漏")
    cast.do("accept", again, "李敏")
    cast.garden.members["陈师傅"].on_shift = True
    cast.garden.members["陈师傅"].save()
    cast.do("dispatch", again, "李敏", to="陈师傅")
    cast.do("urge", again, "张伟")
    cast.do("note", again, "张伟", note_text="门铃坏了，请敲门")
    page = text(logged_in(cast.garden.staff["陈师傅"]).get(url(again)))
    assert "修过同样的问题" in page
    assert "业主催了1次" in page
    assert "门铃坏了，请敲门" in page


def test_office_work_begins_with_a_button(cast):
    cast.freeze("accept", "dispatch")
    ticket = cast.report("保安态度不好，不管事", leaf="SV03")
    cast.do("accept", ticket, "李敏")
    cast.do("dispatch", ticket, "李敏", to="孙涛")
    sun = logged_in(cast.garden.staff["孙涛"])
    taken(sun, ticket)
    assert go_button(text(sun.get(url(ticket)))) == ["开始处理"]
    press(sun, ticket, "begin")
    press(sun, ticket, "finish", text="已和业主谈过，道了歉")
    assert ticket.status == "PENDING_ACCEPTANCE"


class TestArrivalCode:
    """The resident reads out four digits when somebody stands before him (R2.7)."""

    def code(self, cast, ticket):
        return queries.arrival_code(cast.scope("张伟"), ticket)

    def test_it_proves_the_arrival(self, cast, chen, offer):
        taken(chen, offer)
        code = self.code(cast, offer)
        assert "业主的4位到场码" in text(chen.get(url(offer, "start")))
        full_width = "".join(chr(ord(one) + 0xFEE0) for one in code)
        assert press(chen, offer, "start", arrival=full_width).url == url(offer)
        assert offer.status == "IN_PROGRESS"
        assert Entry.objects.get(verb="tickets.start", subject_id=offer.id).data["how"] == "code"

    def test_five_wrong_tries_end_it(self, cast, chen, offer):
        taken(chen, offer)
        code = self.code(cast, offer)
        wrong = [one for one in ("1111", "2222", "3333", "4444", "5555", "6666") if one != code]
        for one in wrong[:5]:
            answer = press(chen, offer, "start", arrival=one)
            assert answer.status_code == 422
            assert "到场码不对，请再问一次业主" in text(answer)
        answer = chen.post(url(offer, "start"), {"once": "right", "arrival": code})
        assert "到场码已试5次，请改用扫码、定位或照片" in text(answer)
        offer.refresh_from_db()
        assert (offer.status, offer.code_tries) == ("TAKEN", 5)
        press(chen, offer, "start", photos=upload())
        assert offer.status == "IN_PROGRESS"

    def test_only_the_reporter_sees_it_and_only_while_somebody_is_to_come(self, cast, chen, offer):
        assert [queries.arrival_code(cast.scope(name), offer) for name in ("李敏", "陈师傅", "王秀英")] == ["", "", ""]
        page = text(at_home(cast.garden.people["张伟"]).get(f"/me/tickets/{offer.no}/"))
        assert f'<b class="num">{self.code(cast, offer)}</b>' in page
        begun(chen, offer)
        assert self.code(cast, offer) == ""
