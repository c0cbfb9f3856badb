"""The screen in a lobby: public repairs, no names, no flats."""

from django.test import Client

from anju.estate import labels
from anju.estate.actions import label_of
from tests.cast import Cast
from tests.wall.test_board import words


def test_the_lobby_tells_of_its_own_building_and_of_no_home(cast: Cast, stranger: Client):
    url = f"/lobby/{labels.signed(label_of(cast.garden.assets['EL-0301-1']).code)}/"
    assert "本楼公共设施一切正常" in words(stranger, url)
    cast.report("我家水龙头滴漏，电话13800005678")
    lift = cast.report("电梯上下时有异响，我住1203", who="王秀英", asset="EL-0301-1", leaf="EL04")
    cast.report("地库灯不亮", place=next(code for code in cast.garden.places if not code.startswith("B")), leaf="IN01")
    found = words(stranger, url)
    assert "正在处理的公共维修" in found
    at = found.index("3栋1单元1号电梯")
    assert found[at + 1 : at + 3] == [lift.leaf.short, "已提交"]
    page = "".join(found)
    for secret in ("张伟", "王秀英", "1203", "138", "水龙头", "地库", "我住"):
        assert secret not in page
    assert "400-800-1234" in page
    cast.do("accept", lift, "李敏")
    cast.do("dispatch", lift, "李敏", to="高工")
    cast.do("take", lift, "高工", eta=30)
    assert "师傅已接单　师傅预计09:30到" in "".join(words(stranger, url))


def test_a_wrong_code_opens_no_lobby(cast: Cast, stranger: Client):
    assert stranger.get("/lobby/AAAAAAAAAA-0123456789/").status_code == 404
