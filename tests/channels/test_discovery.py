"""Adding a connector is adding a folder."""

import sys

import pytest

import anju.channels
from anju import channels
from anju.channels.apps import connectors_exist, messages_leave

MESSAGE = channels.Message(key="1", to="13800005678", body="您好", template="T101", sign="阳光物业")


def test_what_is_there():
    assert channels.connectors() == (
        "console.send",
        "sms.send",
        "sms.simulator",
        "voice.send",
        "voice.simulator",
        "wechat.send",
        "wechat.simulator",
    )


def test_a_folder_is_enough(tmp_path, monkeypatch, settings):
    folder = tmp_path / "pigeon"
    folder.mkdir()
    (folder / "__init__.py").write_text('"""Pigeons."""\n')
    (folder / "send.py").write_text(
        "from anju.channels import Receipt\n\nHONOURS_KEY = True\n\n\ndef hand_over(letter, message):\n"
        "    return Receipt(f'{letter} {message.to}')\n"
    )
    monkeypatch.setattr(anju.channels, "__path__", [*anju.channels.__path__, str(tmp_path)])
    assert "pigeon.send" in channels.connectors()
    settings.ANJU_CHANNELS = {"S": "pigeon.send"}
    assert connectors_exist() == []
    assert channels.hand_over("S", MESSAGE) == channels.Receipt("S 13800005678", channels.ReceiptState.SENT)
    assert channels.honours_key("S")
    assert not channels.honours_key("W")
    for name in [name for name in sys.modules if name.startswith("anju.channels.pigeon")]:
        del sys.modules[name]


def test_a_connector_that_is_not_there_is_found_at_start(settings):
    settings.ANJU_CHANNELS = {"S": "owl.send", "W": "off", "V": "voice.simulator"}
    (error,) = connectors_exist()
    assert "'owl.send' for channel S" in error.msg


def test_production_with_simulators_is_warned(settings):
    settings.ANJU_CHANNELS = {"S": "sms.simulator", "W": "wechat.send", "V": "off"}
    settings.ANJU_LAB = False
    assert [warning.msg for warning in messages_leave()] == [
        "Messages of channel S go to a simulator and reach nobody."
    ]
    settings.ANJU_LAB = True
    assert messages_leave() == []


def test_a_letter_that_is_off_is_served_by_nobody(settings):
    settings.ANJU_CHANNELS = {"S": "off", "W": "wechat.simulator"}
    assert channels.letters() == ("W",)
    assert channels.serves("W")
    assert not channels.serves("S")
    assert not channels.serves("V")
    for letter in "SV":
        with pytest.raises(channels.Unserved):
            channels.hand_over(letter, MESSAGE)


def test_the_console_prints_one_masked_line(settings, capsys):
    settings.ANJU_CHANNELS = {"S": "console.send", "W": "console.send"}
    body = "工单1\n请致电13800005678"
    message = channels.Message(key="9", to="13800005678", body=body, template="T101", sign="阳光物业")
    assert channels.hand_over("S", message) == channels.Receipt("console-9", channels.ReceiptState.DELIVERED)
    assert capsys.readouterr().out == "[S] T101 -> 138****5678 【阳光物业】工单1 请致电138****5678\n"
    channels.hand_over("W", channels.Message(key="9", to="person:12", body="好", template="T101", sign="阳光物业"))
    assert capsys.readouterr().out == "[W] T101 -> person:12 【阳光物业】好\n"


def test_a_message_shows_nothing_personal_in_logs():
    assert "13800005678" not in repr(MESSAGE)
    assert "您好" not in repr(MESSAGE)


def test_listeners_register_once(monkeypatch):
    monkeypatch.setattr("anju.channels.receipts._listeners", [])
    heard = []
    channels.on_receipt(channels.on_receipt(heard.append))
    callback = channels.Callback("S", "1", channels.ReceiptState.SENT, None)
    channels.publish(callback)
    assert heard == [callback]
