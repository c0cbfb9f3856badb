"""How characters sound, without tones and with the sounds that people mix up made equal: zhong and zong, jing and jin."""

from pypinyin import lazy_pinyin

_FIRST, _LAST = 0x4E00, 0x9FFF
_EQUAL_STARTS = (("zh", "z"), ("ch", "c"), ("sh", "s"))


def sound(char: str) -> str:
    """The syllable of a character as it is most often read; the character itself when it has none."""
    syllable: str = lazy_pinyin(char)[0]
    for start, equal in _EQUAL_STARTS:
        if syllable.startswith(start):
            syllable = equal + syllable[len(start) :]
    return syllable[:-1] if syllable.endswith(("ing", "eng")) else syllable


def common() -> dict[str, str]:
    """The characters of GB 2312 and their sounds."""
    found = {}
    for high in range(0xB0, 0xF8):
        for low in range(0xA1, 0xFF):
            char = bytes((high, low)).decode("gb2312", errors="ignore")
            if char and _FIRST <= ord(char) <= _LAST:
                found[char] = sound(char)
    return found
