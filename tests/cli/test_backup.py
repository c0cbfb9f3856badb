"""Backups: nobody reads them without the master key, a damaged one is noticed, and after a restore nothing is sent again."""

import json

import pytest

from tests.conftest import ROOT
from tests.serve.running import anju, planted

PHONE, OTHER_KEY = "13800005678", "YW5vdGhlciBtYXN0ZXIga2V5IG9mIHRoZSB0ZXN0cyE="
REPORT = """
from anju.core.scope import SYSTEM
from anju.estate.models import Community, Person, Contact
from anju.tickets import actions
from anju.files import actions as files
from tests.pictures import photo
c = Community.objects.order_by('id')[0]
p = Contact.objects.filter(community=c).order_by('id')[0].person
f = files.keep(photo(), '门.jpg', community_id=c.id, by=SYSTEM)
print(actions.report(actions.Report(community=c, text='厨房水龙头一直滴漏', person=p, channel='staff', photos=[f]), by=SYSTEM).no)
"""
LOOK = """
import json
from anju.notify.models import Delivery
from anju.notify import run
from anju.core import clock
from anju.estate.models import Person, Contact
from anju.files.models import File
from anju.files import queries
from anju.tickets.models import Ticket
print(json.dumps({'sent': run.due(clock.now()), 'states': sorted(Delivery.objects.values_list('state', 'reason')),
 'names': [one.name for one in Person.objects.order_by('id')], 'texts': [one.text for one in Ticket.objects.all()],
 'photos': [len(queries.read(one)) == one.size for one in File.objects.all()]}))
"""
FORGET = """
from anju.core.scope import SYSTEM
from anju.estate.models import Person
from anju.privacy.actions import requesting
from anju.vault import rotation
from anju.files import actions as files
requesting.erase([Person.objects.order_by('id')[0].id], by=SYSTEM)
rotation.renew_data_keys()
print(len(list(rotation.reseal())) + len(list(files.reseal())))
"""


def shell(office, code):
    done = anju(office | {"PYTHONPATH": str(ROOT)}, "shell", "--no-imports", "-c", code)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def office(own_office):
    planted(own_office)
    shell(own_office, REPORT)
    return own_office


def test_back_from_a_backup(office, tmp_path):
    file = tmp_path / "tonight.anju"
    done = anju(office, "backup", str(file))
    assert done.returncode == 0, done.stderr
    assert "照片1张" in done.stdout
    assert file.stat().st_mode & 0o777 == 0o600
    data = file.read_bytes()
    assert all(word.encode() not in data for word in (PHONE, "张伟", "滴漏", "estate_person", "SQLite"))
    assert not [*(tmp_path / "office").glob("backup-*"), *(tmp_path / "office").glob("restore-*")]
    before = json.loads(shell(office, LOOK.replace("run.due(clock.now())", "0")))

    good = anju(office, "restore", str(file), "--verify")
    assert (good.returncode, "备份完好" in good.stdout) == (0, True), good.stderr
    (tmp_path / "cut").write_bytes(data[:-5000])
    bad = anju(office, "restore", str(tmp_path / "cut"), "--verify")
    assert (bad.returncode, "备份已损坏" in bad.stderr) == (1, True)
    foreign = anju(office | {"ANJU_MASTER_KEY": OTHER_KEY}, "restore", str(file), "--verify")
    assert (foreign.returncode, "主密钥不对" in foreign.stderr) == (1, True)
    shell(office, FORGET)  # somebody is erased and the keys turn after the backup was made
    assert anju(office, "restore", str(file)).returncode == 1  # without --yes nothing happens
    back = anju(office, "restore", str(file), "--yes")
    assert back.returncode == 0, back.stderr
    after = json.loads(shell(office, LOOK))
    assert after["names"] == ["已注销", *before["names"][1:]]
    assert (after["texts"], after["photos"]) == (before["texts"], before["photos"]) == (["厨房水龙头一直滴漏"], [True])
    assert (after["sent"], after["states"]) == (0, before["states"])
    assert "QUEUED" in str(before["states"])
    assert "消息暂停" in anju(office, "doctor").stdout
    assert "不再发送" in anju(office, "restore", "--release", "cancel").stdout
    freed = json.loads(shell(office, LOOK))
    assert freed["sent"] == 0
    at_night = {("QUEUED", "")}  # what waits for the morning cannot have been sent in the hours that were lost
    assert {tuple(state) for state in freed["states"]} - at_night == {("CANCELLED", "RESTORED")}


def test_nothing_is_a_backup(office, tmp_path):
    assert "请说明" in anju(office, "restore").stderr
    assert anju(office, "restore", str(tmp_path / "none")).returncode == 1
