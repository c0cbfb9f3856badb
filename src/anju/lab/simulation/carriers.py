"""Providers as they are: refusing, silent, slow, telling things twice and in the wrong order; and people who answer calls."""

from datetime import timedelta

from anju.channels import Callback, ReceiptState, receipts, simulator
from anju.core import clock
from anju.core.errors import Refused
from anju.lab.simulation.world import World

LETTERS = {"sms": "S", "wechat": "W", "voice": "V"}
MODES = ("ok", "ok", "ok", "error", "timeout", "accept_then_timeout", "accept_then_timeout", "down")
ECHOES = (ReceiptState.SENT, ReceiptState.DELIVERED, ReceiptState.DELIVERED, ReceiptState.READ, ReceiptState.FAILED)
LATEST = timedelta(hours=6)


class Carriers:
    """The seeded moods of the providers."""

    def __init__(self, world: World) -> None:
        self.world = world
        world.called = self.ring
        for kind in LETTERS:
            self._next(kind)
        world.soon(30, 90, self._echo)

    def _next(self, kind: str) -> None:
        def change() -> None:
            self._change(kind)

        self.world.soon(20, 300, change)

    def _change(self, kind: str) -> None:
        """Another mood for a while; a real outage now and then (F18)."""
        dice, letter = self.world.dice, LETTERS[kind]
        mode = dice.choice(MODES)
        delay_s = dice.choice((0, 0, 5, 40, 70, 900))
        simulator.behave(kind, mode, delay_s)
        self.world.lost_answers.discard(letter)
        if mode == "accept_then_timeout":
            self.world.lost_answers.add(letter)
        self.world.tally.happened(f"provider {mode}")
        if mode == "down" and self.world.chance(0.2):
            self.world.tally.happened("provider down for hours")
            self.world.soon(300, 400, lambda: self._change(kind))
        else:
            self._next(kind)

    def calm(self) -> None:
        """Everything works again."""
        for kind in LETTERS:
            simulator.behave(kind, "ok")
        self.world.lost_answers.clear()

    # --- what they tell afterwards ------------------------------------------------------------------------------------
    def _echo(self) -> None:
        """Old news again, and news in the wrong order (F19, F20)."""
        heard = simulator.messages(since=clock.now() - LATEST, newest=40)
        for one in self.world.dice.sample(heard, min(4, len(heard))):
            state = self.world.dice.choice(ECHOES)
            for _ in range(self.world.dice.choice((1, 1, 2, 10))):
                receipts.publish(Callback(one.channel, "", state, clock.now(), str(one.delivery_id)))
                self.world.tally.happened(f"told again {state}")
        self.world.soon(60, 400, self._echo)

    def ring(self, recipient: str, call: int) -> None:
        """Somebody's telephone rings: he comes, cannot come, or does not hear it."""
        pressed = self.world.dice.choice(("1", "1", "2", "", ""))
        self.world.tally.happened(f"call answered {pressed or 'by nobody'}")
        if pressed:
            minutes = self.world.dice.choice((5, 10, 20, 120)) if pressed == "1" else None
            told = Callback("V", f"sim-{call}", ReceiptState.READ, clock.now(), "", pressed, minutes)
            self.world.soon(0.1, 2.5, lambda: self._press(told))

    def _press(self, told: Callback) -> None:
        try:
            receipts.publish(told)
        except Refused as refusal:
            self.world.tally.happened(f"key refused {refusal.code}")
