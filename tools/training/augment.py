"""Variants of sentences, as people mistype and dictate them: made anew at each training, always the same ones."""

import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from anju.understanding.reading import normalise
from tools.training.corpus import Sentence

_FILLERS = ("那个", "就是", "嗯", "然后", "就是说", "呃")
_OPENINGS = ("喂你好", "喂喂", "那个", "你好我想说一下", "就是我跟你讲", "物业吗")
_STOPS = "，。！？；、,!?;…~～"
_SHARE = 3  # one sentence in three gets a variant


def variants(sentences: Sequence[Sentence], sounds: Mapping[str, str]) -> Iterator[Sentence]:
    """One variant of every third sentence: homophones, a dropped or doubled character, or how it is dictated."""
    alike = _alike(sounds, "".join(one.text for one in sentences))
    for one in sentences:
        chance = zlib.crc32(one.text.encode())
        if chance % _SHARE == 0 and len(one.text) > 4:
            yield replace(one, text=_changed(normalise(one.text), chance // _SHARE, alike, sounds))


def _changed(text: str, chance: int, alike: Mapping[str, str], sounds: Mapping[str, str]) -> str:
    at = chance // 7 % len(text)
    match chance % 4:
        case 0:
            return "".join(_swap(char, at, place, alike, sounds) for place, char in enumerate(text))
        case 1:
            return text[:at] + text[at + 1 :]
        case 2:
            return text[:at] + text[at] + text[at:]
        case _:
            spoken = "".join(char for char in text if char not in _STOPS)
            middle = chance // 11 % len(spoken) if spoken else 0
            filler = _FILLERS[chance // 13 % len(_FILLERS)]
            return _OPENINGS[chance // 5 % len(_OPENINGS)] + spoken[:middle] + filler + spoken[middle:]


def _swap(char: str, at: int, place: int, alike: Mapping[str, str], sounds: Mapping[str, str]) -> str:
    """Another character of the same sound, at every sixth place."""
    others = alike.get(sounds.get(char, ""), char)
    return others[(at + place) % len(others)] if (at + place) % 6 == 0 else char


def _alike(sounds: Mapping[str, str], used: str) -> dict[str, str]:
    """The characters of each sound that people really write."""
    found: dict[str, str] = defaultdict(str)
    for char in sorted(set(used) & set(sounds)):
        found[sounds[char]] += char
    return found
