"""带上: what a job of this kind often needs, until he is there."""

from tests.desk.conftest import logged_in


def test_what_to_bring_until_he_is_there(cast):
    cast.freeze("accept", "dispatch")
    ticket = cast.report("厨房水龙头一直滴漏，关紧了也不行")
    cast.do("accept", ticket, "李敏")
    cast.do("dispatch", ticket, "李敏", to="陈师傅")
    worker, here = logged_in(cast.garden.staff["陈师傅"]), f"/field/tickets/{ticket.no}/"
    for step, more in (("take", {"eta": 30}), ("start", {"photo": cast.photo()})):
        page = worker.get(here).content.decode()
        assert "<h2>带上</h2>" in page
        assert "陶瓷阀芯" in page
        cast.do(step, ticket, "陈师傅", **more)
    assert "<h2>带上</h2>" not in worker.get(here).content.decode()
