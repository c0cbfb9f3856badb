"""What was checked, what was found wrong, and what chance brought about."""

import hashlib
from collections import Counter
from pathlib import Path

MOST_SHOWN = 12


class Tally:
    """The counts of one run, and the digest of everything that happened in it."""

    def __init__(self, log: Path | None = None) -> None:
        self.checked: Counter[str] = Counter()
        self.seen: Counter[str] = Counter()
        self.most: Counter[str] = Counter()
        self.wrong: list[str] = []
        self._digest = hashlib.sha256()
        self._log = log.open("a", encoding="utf-8") if log else None

    def check(self, name: str, holds: bool, words: str = "") -> None:
        """One more thing looked at; what does not hold is kept with its words."""
        self.checked[name] += 1
        if not holds:
            self.wrong.append(f"{name} {words}")

    def happened(self, name: str, times: int = 1) -> None:
        """Chance brought this about."""
        self.seen[name] += times

    def worst(self, name: str, amount: int) -> None:
        """Keep the largest amount met."""
        self.most[name] = max(self.most[name], amount)

    def begin(self) -> None:
        """The event log of another seed."""
        self._digest = hashlib.sha256()

    def note(self, line: str) -> None:
        """One line of the event log."""
        self._digest.update(line.encode() + b"\n")
        if self._log:
            self._log.write(line + "\n")

    def hash(self) -> str:
        """The digest of the event log so far: the same for the same seed, in every process."""
        return self._digest.hexdigest()

    def close(self) -> None:
        """The log is complete."""
        if self._log:
            self._log.close()

    def problems(self) -> list[str]:
        """The first things found wrong, and how many more there are."""
        more = len(self.wrong) - MOST_SHOWN
        return self.wrong[:MOST_SHOWN] + ([f"… {more}"] if more > 0 else [])
