"""What the model looks at: pieces of a text, as names. The same function serves training and answering."""

from collections.abc import Iterator, Mapping
from typing import Final

_STOPS: Final = str.maketrans(
    dict.fromkeys("。！？；!?;…\n~～", "。") | dict.fromkeys("，、,：:（）()“”\"'《》【】.", "，")
)
_DIGITS: Final = str.maketrans(dict.fromkeys("0123456789一二三四五六七八九十两几百千", "0"))
_FILLERS: Final = (
    "就是说",
    "就是",
    "那个",
    "这个",
    "然后",
    "喂喂",
    "喂",
    "嗯",
    "呃",
    "额",
    "哎",
    "啊",
    "吧",
    "呀",
    "呢",
    "嘛",
)
_LONGEST: Final = 3
_SOUND_LONGEST: Final = 3
_SHORT: Final = 6


def even(read: str) -> str:
    """A normalised text with one sign for each kind of stop and one digit for all numbers, without speech fillers."""
    text = read.translate(_STOPS).translate(_DIGITS)
    for filler in _FILLERS:
        text = text.replace(filler, "")
    while "00" in text:
        text = text.replace("00", "0")
    return text


def pieces(read: str, sounds: Mapping[str, str]) -> Iterator[str]:
    """Names of all features of a normalised text; a name may come more than once."""
    text = f"^{even(read)}$"
    for size in range(1, _LONGEST + 1):
        for at in range(len(text) - size + 1):
            yield text[at : at + size]
    spoken = [sounds.get(char, char) for char in text]
    for size in range(2, _SOUND_LONGEST + 1):
        for at in range(len(spoken) - size + 1):
            yield "~" + " ".join(spoken[at : at + size])
    if len(text) <= _SHORT + 2:
        yield "=" + text
