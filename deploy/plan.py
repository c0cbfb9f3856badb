"""Which machines there are, and the files that make each what it is."""

import secrets
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from string import Template

TEMPLATES = Path(__file__).with_name("templates")
ON_DATABASE = ("etcd.env", "patroni.yml", "roles.sql")
ON_OFFICE = ("pgbouncer.ini", "userlist.txt", "haproxy-database.cfg", "anju.env")
ON_PAGES = ("anju-pages.service",)
ON_FRONT = ("haproxy-front.cfg",)
PAGES_PORT, LIVE_PORT = 8000, 8001


@dataclass(frozen=True)
class Plan:
    """Machines by name with their addresses, the folders that the files speak of (`$name` stands for the machine's), and
    three passwords made here."""

    network: str
    front: Mapping[str, str]
    databases: Mapping[str, str]
    pages: Mapping[str, str]
    workers: Mapping[str, str]
    hosts: tuple[str, ...]
    data: str = "/var/lib/anju"
    shared: str = "/srv/anju"
    etc: str = "/etc/anju"
    bin: str = "/usr/lib/postgresql/15/bin"
    watchdog: str = "required"
    secrets: Mapping[str, str] = field(
        default_factory=lambda: {name: secrets.token_hex(16) for name in ("superuser", "replication", "application")}
    )

    @classmethod
    def read(cls, file: Path) -> "Plan":
        """From a list like machines.toml. Raises KeyError with the name of what is missing."""
        said = tomllib.loads(file.read_text(encoding="utf-8"))
        front = said["front"]
        return cls(
            said["network"],
            {front["name"]: front["address"]},
            said["databases"],
            said["pages"],
            said["workers"],
            tuple(said["hosts"]),
        )

    @property
    def machines(self) -> dict[str, str]:
        """All names with their addresses."""
        return {**self.databases, **self.pages, **self.workers, **self.front}

    def files(self, name: str) -> Iterator[tuple[str, str]]:
        """Name and text of each file of a machine."""
        wanted = (
            *(ON_DATABASE if name in self.databases else ()),
            *(ON_OFFICE if name in self.pages or name in self.workers else ()),
            *(ON_PAGES if name in self.pages else ()),
            *(ON_FRONT if name in self.front else ()),
        )
        for file in wanted:
            text = (TEMPLATES / file).read_text(encoding="utf-8")
            yield file, Template(text).substitute(self._values(name))

    def _values(self, name: str) -> dict[str, str]:
        peers = self.databases.items()
        return {
            "name": name,
            "address": self.machines[name],
            "network": self.network,
            "data": Template(self.data).substitute(name=name),
            "shared": self.shared,
            "etc": Template(self.etc).substitute(name=name),
            "bin": self.bin,
            "watchdog": self.watchdog,
            "hosts": ",".join(self.hosts),
            "etcd_members": ",".join(f"{one}=http://{at}:2380" for one, at in peers),
            "etcd_hosts": ", ".join(f'"{at}:2379"' for _one, at in peers),
            "database_servers": "\n".join(f"  server {one} {at}:5432 check port 8008" for one, at in peers),
            "page_servers": self._doors(PAGES_PORT),
            "live_servers": self._doors(LIVE_PORT),
            **self.secrets,
        }

    def _doors(self, port: int) -> str:
        return "\n".join(f"  server {one} {at}:{port} check" for one, at in self.pages.items())

    def write(self, folder: Path) -> Iterator[Path]:
        """Write every machine's files, for nobody else's eyes: they hold passwords."""
        for name in self.machines:
            own = folder / name
            own.mkdir(parents=True, exist_ok=True, mode=0o700)
            for file, text in self.files(name):
                path = own / file
                path.touch(mode=0o600)
                path.write_text(text, encoding="utf-8")
                yield path
