"""Chinese names: which part is the surname, and how to address somebody by it."""

_COMPOUND = (
    "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 "
    "公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 "
    "拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 微生 公户 公仪 梁丘 左丘 西门 第五 南荣 东里 东宫 仲长 子桑 "
    "即墨 达奚 褚师 纳兰 完颜 耶律 歐陽 端木 司馬 東方 獨孤 南宮 聞人 諸葛 尉遲 赫連 濮陽 公孫 鍾離 長孫 鮮于 司徒 "
    "夏侯 軒轅 東郭 西門 呼延 百里 令狐"
)
COMPOUND = frozenset(_COMPOUND.split())
UNKNOWN_TITLE = "先生/女士"
COMPANY_TITLE = "贵单位"
_TITLES = (
    "先生/女士",
    "先生",
    "女士",
    "小姐",
    "师傅",
    "老师",
    "经理",
    "主任",
    "阿姨",
    "叔叔",
    "大爷",
    "大妈",
    "奶奶",
    "爷爷",
)
_SHORT_TITLES = frozenset("工姐哥总叔姨嫂")
_COMPANY_ENDS = (
    "公司", "集团", "银行", "支行", "分行", "中心", "学校", "中学", "小学", "大学", "医院", "诊所", "幼儿园", "委员会",
    "居委会", "业委会", "办事处", "事务所", "合作社", "工作室", "研究院", "研究所", "协会", "基金会", "酒店", "宾馆",
    "超市", "餐厅", "饭店", "商行", "商店", "工厂", "法院", "派出所", "管理处", "经营部", "合伙企业",
)  # fmt: skip
_COMPANY_WORDS = ("有限", "股份", "公司", "集团")


def is_company(name: str) -> bool:
    """True for the name of a firm or an office (单位), judged by its words."""
    return len(name) > 3 and (name.endswith(_COMPANY_ENDS) or any(word in name for word in _COMPANY_WORDS))


def surname(name: str) -> str:
    """The family name: two characters for compound surnames, the part before the dot, the last word of a Latin name."""
    name = name.strip()
    if name.isascii():
        return name.rsplit(None, 1)[-1] if name else ""
    for dot in "·•・.":
        head, found, _ = name.partition(dot)
        if found and head:
            return head
    return name[:2] if name[:2] in COMPOUND else name[:1]


def titled(name: str) -> bool:
    """True when the name already is surname and title: 陈师傅, 高工, 王女士."""
    rest = name.strip()[len(surname(name)) :]
    return rest in _TITLES or rest in _SHORT_TITLES


def salutation(name: str, title: str = UNKNOWN_TITLE) -> str:
    """How a resident is addressed: 张先生/女士 while nobody knows better; a firm is 贵单位; no name, no salutation."""
    name = name.strip()
    if not name or titled(name):
        return name
    return COMPANY_TITLE if is_company(name) else surname(name) + title


def short_title(name: str, title: str = "师傅") -> str:
    """A member of staff in a message, at most 6 characters (B.2 `who`): 陈师傅 stays, 陈刚 becomes 陈师傅."""
    return salutation(name, title)[:6]
