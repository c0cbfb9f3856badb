"""What happens to the machine that leads, and how it is mended; each trouble is over when all three are together again."""

import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from deploy import checks
from deploy.cluster import Cluster, eventually

BACK_S = 240.0
Mend = Callable[[], object]


@dataclass
class Nemesis:
    """Breaks what leads, one way after the other."""

    cluster: Cluster
    log: Path
    say: Callable[[str], None]
    faults: list[tuple[str, float]] = field(default_factory=list)
    alone: int = 0
    """Writes that a leader cut off from the others acknowledged to somebody on its own side."""

    def round(self, settle_s: float) -> None:
        """Each trouble once."""
        for trouble in (self.crash, self.power, self.cable):
            time.sleep(settle_s)
            self._one(trouble)

    def _one(self, trouble: Callable[[str], Mend]) -> None:
        old, name = self.cluster.leader(), trouble.__name__
        at = time.time()
        self.faults.append((name, at))
        mend = trouble(old)
        took = eventually(f"writes after {name}", lambda: checks.resumed(checks.attempts(self.log), at))
        new = self.cluster.leader()
        mend()
        whole = eventually(f"{old} back after {name}", self.cluster.whole, BACK_S)
        self.say(f"{name} of {old}: writes after {took:.0f} s under {new}, all together {whole:.0f} s later")

    def crash(self, name: str) -> Mend:
        """kill -9 of the server that leads; Patroni beside it lives."""
        pid = (self.cluster.machines[name].folder / "postgres" / "postmaster.pid").read_text().split()[0]
        os.kill(int(pid), signal.SIGKILL)
        return lambda: None

    def power(self, name: str) -> Mend:
        """The machine that leads is gone, with its etcd; later it comes back with what was on its disk."""
        self.cluster.machines[name].off()
        return lambda: self.cluster.power(name)

    def cable(self, name: str) -> Mend:
        """Nobody reaches the machine that leads; somebody on it goes on writing. Later the cable is back."""
        machine = self.cluster.machines[name]
        machine.cut()
        machine.start("alone", self.cluster.psql("CREATE TABLE written_alone ()"), env=self.cluster.superuser)

        def mend() -> None:
            self.alone += machine.running["alone"].poll() == 0
            machine.join()

        return mend
