"""Tense and mood: is something dangerous happening now, or does the text only speak of it?

Past, news, question, drill, thanks, "what if", "already found" and "as loud as an explosion" are not alarms. Nor are
hints that two words make together by chance: 着火 in 飘着火锅味, 停电 in 停电动车的棚子.
"""

from collections.abc import Iterator
from typing import Final

_CALM: Final[dict[str, tuple[str, ...]]] = {
    "past": tuple("昨天 昨晚 昨日 前天 前晚 上次 上回 上周 上个月 上个礼拜 上月 去年 前年 前几天 那次 那天 当时 曾经 以前 事后".split()),
    "over": tuple(
        "没事了 虚惊 找到了 找回 回来了 解除 误报 误触 误会 按错 发错 打错 不用来 不用派 撤单 撤销 取消 忽略 已经修 修好 修完 处理完 赔了 "
        "结案 灭了 已经灭 恢复了 恢复以后 来电了 来水了 已经好 醒了 解决了 出来了 收工 不漏了 谣言 辟谣 瞎传 玩笑 是假的".split()
    ),
    "if": tuple("真着火 真烧 咋办 就完了 快拦 烧起来就 如果 要是 万一 假如 假设 假使 会不会 以防 免得 省得 以免 预防 防止 避免 怕 担心 哪天 迟早 早晚".split()),
    "asked": tuple(
        "请问 想问 问问 问一下 咨询 了解一下 吗 么? 谁负责 责任 赔偿 赔不赔 怎么赔 多少钱 几点 什么时候 哪天 规定 合法 违法 允许 标准 电话是多少 "
        "怎么办理 有没有 是不是真 进度 报告 结果".split()
    ),
    "drill": tuple("演练 演习 培训 讲座 报名 宣传 体验日 知识 科普 展览 测试 手册 应急预案".split()),
    "news": tuple("新闻 听说 报道 网上 视频 电影 电视剧 剧里 小说 文章 公众号 推送 抖音 朋友圈 别的小区 隔壁小区 其他小区 别人家小区 游戏".split()),
    "thanks": tuple("感谢 谢谢 多谢 表扬 点赞 锦旗 辛苦 多亏 好人 给力 赞一个 服务好".split()),
    "wish": tuple("建议 希望 提议 能不能装 能不能加 能不能多 加装 增设 安装 多装 应该".split()),
    "denied": tuple("不会掉 没坏 是好的 劝开 早出院 不动手 没人 没有 没困 没伤 没受伤 没着 没漏 没燃 没砸 没咬 没打 没坠 没摔 没倒 没掉 不是 并非 不漏 不危险 不急 无人".split()),
    "like": tuple("其实 以为 哈哈 段子 急得 气得 热得 贵得 大得 吓得我 跳楼价 心在 似的 一样 跟爆炸 跟打仗 气炸 笑死 累死 热死 冷死 饿死 烦死 闹着玩 夸张 火爆 爆满 火大 要疯 快疯".split()),
    "mess": tuple("拉了 吐了 呕吐 粑粑 撒尿 抽烟 脏水 污水 粪 蚊子 蟑螂".split()),
    "paper": tuple("证明 盖章 发票 理赔 保险 维修资金 维修基金 监控 录像 押金 减免 登记".split()),
}
_NOW: Final = tuple(
    "救命 快来 赶紧 赶快 马上来 快派 快点来 正在 现在 刚才 刚刚 突然 一直 越来越 还在 快叫 快喊 来人 怎么办 120 119 110 !!".split()
)
_APART: Final = (
    ("着火锅", "着 火锅"),
    ("着火车", "着 火车"),
    ("起火锅", "起 火锅"),
    ("起火车", "起 火车"),
    ("打架子", "打 架子"),
    ("停电动", "停 电动"),
    ("停电瓶", "停 电瓶"),
    ("停电梯", "停 电梯"),
    ("停电视", "停 电视"),
    ("停水果", "停 水果"),
    ("没水果", "没 水果"),
    ("动手机", "动 手机"),
    ("动手续", "动 手续"),
    ("动手册", "动 手册"),
    ("打人工", "打 人工"),
    ("触电影", "触 电影"),
    ("触电话", "触 电话"),
    ("漏电影", "漏 电影"),
    ("聚集成", "聚 集成"),
)


def moods(read: str) -> Iterator[str]:
    """Which moods a normalised text is in."""
    return (mood for mood, cues in _CALM.items() if any(cue in read for cue in cues))


def calm(read: str) -> bool:
    """True when words say that nothing may be happening now: an alarm by single words then needs the whole text."""
    return any(moods(read))


def now(read: str) -> bool:
    """True when words say that it is happening now."""
    return any(cue in read for cue in _NOW)


def apart(read: str) -> str:
    """A normalised text with a blank where two words only seem to make a third."""
    for joined, parted in _APART:
        read = read.replace(joined, parted)
    return read
