"""Photos, messages, codes and the board of who is on duty."""

import re

import pytest
from django.test import Client

from anju.accounts import actions as accounts
from anju.accounts.models import Membership
from tests.desk.conftest import at_home, logged_in


def text(answer):
    return answer.content.decode()


class TestPhotos:
    """Whoever may see the ticket may see its pictures, and nobody else."""

    @pytest.fixture
    def token(self, cast):
        return cast.report(photos=[cast.photo()]).photos.get().file.token

    def test_staff_and_reporter_see_it(self, cast, enter, token):
        for client in (enter("李敏"), at_home(cast.garden.people["张伟"])):
            answer = client.get(f"/files/{token}")
            assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
            assert answer["Cache-Control"].startswith("private")
            assert answer["X-Content-Type-Options"] == "nosniff"
            assert answer["Content-Disposition"].startswith("inline; filename*=UTF-8''")
            assert answer.content.startswith(b"\xff\xd8")

    def test_a_guest_sees_it_with_the_key_in_his_session_only(self, cast, token):
        guest = Client()
        assert guest.get(f"/files/{token}").status_code == 404
        session = guest.session
        session["tickets"] = [cast.report("别的事").id]
        session.save()
        assert guest.get(f"/files/{token}").status_code == 404

    def test_others_do_not(self, cast, enter, token):
        for client in (at_home(cast.garden.people["孙立"]), enter("韩梅"), Client()):
            assert client.get(f"/files/{token}").status_code == 404
        assert enter("李敏").get("/files/nonsense").status_code == 404

    def test_small_ones_and_repeats(self, enter, token):
        client = enter("李敏")
        small = client.get(f"/files/{token}?edge=160")
        assert len(small.content) <= len(client.get(f"/files/{token}?edge=x").content)
        again = client.get(f"/files/{token}?edge=160", headers={"If-None-Match": small["ETag"]})
        assert (again.status_code, again.content) == (304, b"")


class TestMessages:
    """消息模拟器 in the demo and the lab."""

    @pytest.fixture
    def demo(self, settings):
        settings.ANJU_DEMO = True

    def test_it_is_not_there_in_a_real_office(self, enter):
        assert enter("李敏").get("/desk/messages/").status_code == 404

    @pytest.mark.usefixtures("demo")
    def test_it_shows_who_got_what_masked(self, cast, enter):
        client = enter("李敏")
        assert "还没有消息" in text(client.get("/desk/messages/"))
        cast.report()
        cast.at("09:01")
        page = text(client.get("/desk/messages/"))
        assert "<td>张*</td>" in page
        assert "T101" in page
        assert "15分钟内安排人员处理" in page
        assert "张伟" not in page
        person = cast.address("张伟")
        assert "T201" not in text(client.get(f"/desk/messages/?recipient={person}", headers={"HX-Request": "true"}))
        assert "T101" not in text(client.get("/desk/messages/?template=T201", headers={"HX-Request": "true"}))

    @pytest.mark.usefixtures("demo")
    def test_other_communities_stay_outside(self, cast):
        cast.report()
        cast.at("09:01")
        staff = accounts.create_staff(login="外人", name="外人", password=None)
        other = type(cast.community).objects.create(code="other", name="别处", sign="别", hotline="4")
        accounts.join(staff, other, dept="CS", roles=["CS"])
        assert "T101" not in text(logged_in(staff).get("/desk/messages/"))


class TestCodes:
    """QR codes to look at, open and print."""

    def test_the_list_opens_each_as_a_resident_would(self, cast, enter):
        page = text(enter("李敏").get("/desk/codes/"))
        label = cast.garden.places["G-B1"].labels.get()
        assert re.search(rf'href="/r/{label.code}-\w+/"', page)
        assert "地下车库B1" in page

    def test_the_sheet_holds_those_that_were_ticked(self, cast, enter):
        label = cast.garden.assets["EL-0301-1"].labels.get()
        page = text(enter("李敏").get(f"/desk/codes/sheet/?code={label.code}"))
        assert page.count('class="sticker-name"') == 1
        assert "困人请按轿厢内的呼叫按钮" in page
        assert "<path" in page
        assert text(enter("李敏").get("/desk/codes/sheet/")).count('class="sticker-name"') == 14


class TestShift:
    """Dispatch asks who is checked in."""

    def test_an_agent_switches_others_and_herself(self, cast, enter):
        client = enter("李敏")
        worker = cast.garden.members["刘工"]
        assert not worker.on_shift
        answer = client.post(f"/desk/shift/{worker.staff_id}/", {"on": "1"})
        assert answer.url == "/desk/shift/"
        page = text(client.get("/desk/shift/"))
        assert "刘工已上岗" in page
        assert Membership.objects.get(id=worker.id).on_shift
        client.post(f"/desk/shift/{cast.garden.members['李敏'].staff_id}/", {"on": "0"})
        assert "我上岗" in text(client.get("/desk/shift/"))

    def test_the_agency_switches_only_itself(self, cast, enter):
        client = enter("外包01")
        assert client.post(f"/desk/shift/{cast.garden.members['刘工'].staff_id}/", {"on": "1"}).status_code == 403
        assert client.post(f"/desk/shift/{cast.garden.members['外包01'].staff_id}/", {"on": "1"}).url == "/desk/night/"

    def test_the_board_shows_what_everybody_has_in_hand(self, cast, enter):
        cast.in_progress()
        assert "现场人员　手上1件" in text(enter("李敏").get("/desk/shift/"))
