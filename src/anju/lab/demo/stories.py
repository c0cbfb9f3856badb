"""What people report and what is done about it: one line per story in `stories.psv`."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from anju import understanding

FILE = Path(__file__).with_name("stories.psv")


@dataclass(frozen=True, slots=True)
class Story:
    """A report of a leaf; `where` is room, a kind of place (lobby, unit, lift, door, gate) or the code of one; `words`
    is what the technician writes at the end, or the answer."""

    leaf: str
    weight: int
    where: str
    text: str
    words: str

    @property
    def kind(self) -> understanding.Leaf:
        """Its leaf in the tree."""
        return understanding.leaf(self.leaf)


@cache
def stories() -> tuple[Story, ...]:
    """All of them."""
    lines = FILE.read_text(encoding="utf-8").splitlines()[1:]
    rows = [line.split("|") for line in lines if line]
    return tuple(Story(leaf, int(weight), where, text, words) for leaf, weight, where, text, words in rows)


def story(leaf: str) -> Story:
    """The first one of a leaf."""
    return next(one for one in stories() if one.leaf == leaf)


REJECTS = ("还在滴水，没修好", "又坏了，跟没修一样", "地上没收拾干净")
REOPENS = ("用了两天又漏了", "昨天晚上又不亮了", "问题反复，请换个师傅看看")
URGES = ("等了很久了，麻烦快一点",)
PRAISES = ("师傅很专业，来得也快", "态度好，收拾得干净", "很满意", "", "", "")
GRUMBLES = ("来晚了一个多小时，也没人打电话", "修了两次才好", "收费没讲清楚", "说了半天没解决")
WAITS = ("缺一个配件，已下单，明天到货", "要等业主在家", "等自来水公司关阀")
NOTES = ("已电话联系，业主在家等", "业主要求下午三点以后上门", "同一户上周也报过一次，请留意", "钥匙在前台")
VISITS = ("电话回访，业主表示已解决，态度满意", "已致歉并说明原因，业主接受", "业主希望以后提前打电话")
