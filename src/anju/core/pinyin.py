"""Chinese words as people look for them with a pinyin keyboard: by the first letter of each character."""

from functools import lru_cache

from pypinyin import Style, pinyin

from anju.core import text


@lru_cache(maxsize=4096)
def initials(words: str) -> str:
    """地库渗水 -> dkss; letters and digits stay, everything else is left out. Of several readings the one that fits the
    words counts (重复 -> cf)."""
    parts = pinyin(text.fold(words), style=Style.FIRST_LETTER)
    return "".join(char for part in parts for char in part[0] if char.isascii() and char.isalnum())


def meant(typed: str, words: str) -> bool:
    """Whether somebody who types this may mean these words: a part of them, or of their initials from two letters on."""
    wanted = text.fold(typed)
    if wanted in text.fold(words):
        return True
    return len(wanted) > 1 and wanted.isascii() and wanted.isalnum() and wanted in initials(words)
