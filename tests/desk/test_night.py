"""The outside service's console and what the day team gets in the morning (R2.4, R2.5, R2.10, AT2.7)."""

import pytest

from anju.journal.models import Entry
from anju.tickets.models import Ticket
from tests.portal.conftest import text

WORDS = "家里厨房水管爆了，水止不住"


@pytest.fixture
def agent(cast, enter):
    """外包01 at two in the night."""
    cast.at("03-03 02:00")
    return enter("外包01")


def post(client, path, **sent):
    return client.post(f"/desk/night/{path}", {"once": f"{path}{sorted(sent.items())}", "channel": "phone", **sent})


def recorded(client, **more):
    answer = post(client, "new/", **({"text": "水龙头滴漏", "where": "3-1-1203", "phone": "13800005678"} | more))
    assert answer.status_code == 302, text(answer)
    return Ticket.objects.latest("id")


def test_who_answers_at_night_has_four_buttons_and_a_script(agent):
    page = text(agent.get("/desk/", follow=True))
    assert [page.count(f"<b>{one}</b>") for one in ("登记", "紧急", "播报", "转接")] == [1, 1, 1, 1]
    assert "您好，阳光花园夜间值班，请讲。" in page
    assert "可以这样说" in page
    assert 'class="rail' not in page


def test_a_call_is_recorded_with_masks_only(agent, cast):
    row = recorded(agent, call_id="REC-1")
    assert (row.reporter_staff.name, row.first_contact.name, row.channel, row.channel_ref) == (
        "外包01",
        "外包01",
        "phone",
        "REC-1",
    )
    page = text(agent.get(f"/desk/night/tickets/{row.no}/"))
    assert "**03" in page
    assert "138****5678" in page
    assert "1203" not in page
    assert "13800005678" not in page


def test_at2_7_no_quote_and_no_closing(agent):
    row = recorded(agent)
    page = text(agent.get(f"/desk/night/tickets/{row.no}/"))
    for word in ("报价", "关闭", "办结", "撤销", "查看"):
        assert word not in page.replace("不报价", "")
    for noun in ("quote", "close", "cancel", "dispatch"):
        assert agent.post(f"/desk/tickets/{row.no}/{noun}/", {}).status_code in (403, 404)
    assert agent.get(f"/desk/tickets/{row.no}/").status_code == 403
    assert agent.get("/desk/queue/").status_code == 403


def test_an_emergency_rings_the_chain_and_shows_who_comes(agent):
    page = text(agent.get("/desk/night/emergency/"))
    assert "请不要扒门、不要蹦跳" in page
    page = text(agent.get("/desk/night/emergency/?leaf=GS01"))
    assert "不要开关灯" in page
    assert "请不要扒门、不要蹦跳" not in page
    answer = post(agent, "emergency/", leaf="IN03", where="3-1-1203", phone="13800005678", text=WORDS)
    row = Ticket.objects.latest("id")
    assert (row.prio, row.leaf_code) == ("P0", "IN03")
    page = text(agent.get(answer.url))
    assert "陈师傅 正在呼叫" in page
    assert "请先关入户水阀和电闸" in page


def test_an_emergency_needs_its_kind_and_a_place_and_loses_nothing(agent):
    answer = post(agent, "emergency/", phone="13800005678", text="")
    page = text(answer)
    assert answer.status_code == 422
    assert "请先点是什么紧急情况" in page
    assert "请问清在哪里" in page
    assert 'value="13800005678"' in page
    assert not Ticket.objects.exists()


def test_what_is_read_out_names_no_home(agent, cast):
    cast.report("楼道灯不亮", who="张伟", place="B3")
    recorded(agent)
    page = text(agent.get("/desk/night/bulletins/"))
    assert "3栋的公共照明不亮，我们02:00已经收到" in page
    assert "水龙头" not in page


def test_a_call_is_passed_on_with_a_summary(agent, cast):
    row = recorded(agent)
    sent = {"ticket": row.no, "to": "何勇"}
    answer = post(agent, "transfers/", summary="", **sent)
    assert answer.status_code == 422
    assert "请写清来电人要什么" in text(answer)
    page = text(agent.get("/desk/night/transfers/"))
    assert "何勇" in page
    assert 'value="陈师傅"' not in page
    assert post(agent, "transfers/", summary="要求今晚就来人看，情绪激动", **sent).status_code == 302
    assert cast.heard("何勇", "T232")[0].body == (
        f"外包坐席转接，工单{row.no}，{row.leaf.short}，来电人正在等候，请立即致电400-800-1234接听"
    )
    assert Entry.objects.filter(verb="tickets.pass_call", subject_id=row.id).count() == 1


def test_what_came_by_itself_is_accepted_and_named(agent, cast):
    cast.freeze("accept", "dispatch")
    row = cast.report("你好，在吗")
    assert row.no in text(agent.get("/desk/night/"))
    post(agent, f"tickets/{row.no}/acceptance/", leaf="IN01")
    row.refresh_from_db()
    assert (row.status, row.leaf_code) == ("ACCEPTED", "IN01")


def test_words_and_an_urge_are_added(agent):
    row = recorded(agent)
    post(agent, f"tickets/{row.no}/notes/", text="又来电，说楼下也湿了")
    post(agent, f"tickets/{row.no}/urges/")
    assert list(Entry.objects.filter(verb__in=("tickets.note", "tickets.urge")).values_list("verb", flat=True)) == [
        "tickets.note",
        "tickets.urge",
    ]


class TestMorning:
    """08:00 the records go to the day team, 08:30:01 what nobody has touched is said."""

    def test_the_head_of_the_desk_gets_the_summary(self, agent, cast):
        row = recorded(agent)
        post(agent, "emergency/", leaf="IN03", where="3-1-1203", phone="13800005678", text=WORDS)
        cast.at("07:59:59")
        assert cast.heard("赵静", "T230") == []
        cast.at("08:00")
        assert [one.body for one in cast.heard("赵静", "T230", letter="W")] == [
            "夜间外包交班，来电2通，登记工单2件，应急呼叫1次，已承诺时间0件，请在08:30前逐件处理"
        ]
        row.refresh_from_db()
        assert row.first_contact.name in ("李敏", "王芳", "赵静")

    def test_what_nobody_touched_by_half_past_eight_is_said(self, agent, cast, enter):
        touched, left = recorded(agent), recorded(agent, text="插座没电")
        cast.at("08:05")
        client = enter("李敏")
        page = text(client.get("/desk/night/morning/"))
        assert "来电2通，登记2件" in page
        assert page.count("待核对") == 3
        client.post(f"/desk/night/tickets/{touched.no}/look/")
        cast.at("08:30")
        assert cast.heard("赵静", "T231") == []
        cast.at("08:30:01")
        assert "还有1件无人处理" in cast.heard("赵静", "T231")[0].body
        assert Entry.objects.get(verb="tickets.night_untouched").data["tickets"] == [left.id]

    def test_a_quiet_morning_says_nothing_more(self, agent, cast, enter):
        row = recorded(agent)
        cast.at("08:05")
        enter("王芳").post(f"/desk/night/tickets/{row.no}/look/")
        cast.at("09:00")
        assert cast.heard("赵静", "T231") == []
        assert text(enter("王芳").get("/desk/night/morning/")).count("待核对") == 0

    def test_it_is_not_for_the_outside_service(self, agent):
        assert agent.get("/desk/night/morning/").status_code == 403
