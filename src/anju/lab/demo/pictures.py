"""Photos as residents and technicians take them, drawn: a wall with a stain, a dark stairway, a full bin, each also mended."""

from collections.abc import Callable
from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFilter, ImageOps

from anju.core.chance import Dice

SIZE = (640, 480)
SMALL = (400, 300)
"""Drawn small and enlarged: soft like a photo, and quick."""
Draw = ImageDraw.ImageDraw
Scene = Callable[[Draw, Dice, bool], None]


def take(leaf: str, dice: Dice, *, mended: bool = False) -> bytes:
    """A JPEG that suits a leaf; `mended` shows the same place afterwards."""
    dark, light, scene = SCENES.get(leaf[:2], SCENES["ST"])
    shade = Image.linear_gradient("L").resize(SMALL)
    canvas = ImageOps.colorize(shade, light, dark)
    scene(ImageDraw.Draw(canvas), dice, mended)
    picture = canvas.filter(ImageFilter.BoxBlur(1)).resize(SIZE, Image.Resampling.BILINEAR)
    picture = Image.blend(picture, _noise(), 0.10).rotate(dice.uniform(-2, 2), fillcolor=dark)
    out = BytesIO()
    picture.save(out, "JPEG", quality=72)
    return out.getvalue()


@cache
def _noise() -> Image.Image:
    return Image.effect_noise(SIZE, 34).convert("RGB")


def _wall(draw: Draw, dice: Dice, mended: bool) -> None:
    draw.rectangle((0, 250, 400, 300), fill="#7a5c3e")
    draw.line((0, 250, 400, 250), fill="#4b3826", width=4)
    if mended:
        draw.rectangle((90, 50, 290, 190), fill="#f4efe4")
        return
    x, y = dice.randint(60, 160), dice.randint(20, 60)
    for spread, colour in ((110, "#cbb48a"), (80, "#b39565"), (45, "#8f7348")):
        draw.ellipse((x, y, x + spread * 1.6, y + spread), fill=colour)
    crack = [(x + 60, y + 60)]
    for _ in range(6):
        crack.append((crack[-1][0] + dice.randint(5, 32), crack[-1][1] + dice.randint(8, 28)))
    draw.line(crack, fill="#4a3b2a", width=3)


def _tap(draw: Draw, dice: Dice, mended: bool) -> None:
    draw.rounded_rectangle((40, 190, 360, 285), 22, fill="#d9dde0", outline="#9aa3a8", width=4)
    draw.ellipse((185, 225, 225, 250), fill="#5c6468")
    draw.rectangle((188, 60, 212, 150), fill="#aab4ba")
    draw.arc((188, 40, 290, 150), 180, 360, fill="#aab4ba", width=24)
    draw.rectangle((266, 95, 290, 120), fill="#98a2a8")
    if not mended:
        for _ in range(9):
            x, y = 278 + dice.randint(-7, 7), dice.randint(125, 215)
            draw.ellipse((x, y, x + 7, y + 12), fill="#4d90c8")
        draw.ellipse((60, 255, 60 + dice.randint(120, 200), 290), fill="#6fa8d0")


def _corridor(draw: Draw, dice: Dice, mended: bool) -> None:
    floor, wall = ("#b8ad97", "#ded5c0") if mended else ("#2e2b27", "#3a3732")
    draw.polygon(((0, 0), (140, 80), (140, 210), (0, 300)), fill=wall)
    draw.polygon(((400, 0), (260, 80), (260, 210), (400, 300)), fill=wall)
    draw.polygon(((0, 300), (140, 210), (260, 210), (400, 300)), fill=floor)
    draw.rectangle((165, 110, 225, 210), fill="#6b4a2f", outline="#3d2a1b", width=3)
    draw.ellipse((180, 20, 225, 46), fill="#fff3bf" if mended else "#55524c")
    if mended:
        draw.polygon(((180, 33), (225, 33), (290, 210), (110, 210)), fill="#efe6c8")


def _lift(draw: Draw, dice: Dice, mended: bool) -> None:
    gap = 4 if mended else dice.randint(30, 90)
    draw.rectangle((70, 30, 330, 290), fill="#20242a")
    draw.rectangle((70, 30, 200 - gap // 2, 290), fill="#aeb6bd", outline="#7d868e", width=3)
    draw.rectangle((200 + gap // 2, 30, 330, 290), fill="#a4adb5", outline="#7d868e", width=3)
    draw.rectangle((348, 130, 378, 190), fill="#30363d")
    draw.ellipse((356, 140, 370, 154), fill="#53d37a" if mended else "#e0483f")
    draw.rectangle((150, 5, 250, 26), fill="#111")
    draw.text((175, 8), f"{dice.randint(1, 12)}F" if mended else "E-07", fill="#ff5a36")


def _bins(draw: Draw, dice: Dice, mended: bool) -> None:
    draw.rectangle((0, 235, 400, 300), fill="#8c8c86")
    for left, colour in ((50, "#2f6f4e"), (160, "#35557f"), (270, "#6b6b6b")):
        draw.polygon(((left, 110), (left + 85, 110), (left + 74, 250), (left + 11, 250)), fill=colour)
        if mended:
            draw.rectangle((left - 5, 98, left + 90, 112), fill=colour)
    if not mended:
        for _ in range(26):
            x, y = dice.randint(30, 350), dice.randint(80, 265)
            draw.ellipse((x, y, x + dice.randint(18, 44), y + dice.randint(14, 30)), fill=dice.choice(RUBBISH))


RUBBISH = ("#d7d2c4", "#2c2c2e", "#c8a15a", "#b9423a", "#8fa8b8", "#efefe9")


def _gate(draw: Draw, dice: Dice, mended: bool) -> None:
    draw.rectangle((0, 210, 400, 300), fill="#55585c")
    draw.rectangle((60, 110, 100, 240), fill="#d9a321", outline="#7d5d0f", width=3)
    end = (380, 60) if mended else (250 + dice.randint(0, 60), 225)
    draw.line((85, 125, *end), fill="#f2f2ee", width=12)
    for step in range(1, 6):
        x, y = 85 + (end[0] - 85) * step / 6, 125 + (end[1] - 125) * step / 6
        draw.ellipse((x - 9, y - 9, x + 9, y + 9), fill="#c8362e")
    draw.rounded_rectangle((150, 190, 330, 250), 18, fill=dice.choice(("#3a5f8a", "#8a2f35", "#dcdcd8", "#30343a")))
    for wheel in (180, 290):
        draw.ellipse((wheel - 18, 235, wheel + 18, 271), fill="#151515")


def _garden(draw: Draw, dice: Dice, mended: bool) -> None:
    draw.rectangle((0, 200, 400, 300), fill="#6f9a4c" if mended else "#8d8a4e")
    for _ in range(5):
        x = dice.randint(20, 350)
        draw.rectangle((x, 130, x + 12, 230), fill="#5d4127")
        for _leaf in range(7):
            a, b = x + dice.randint(-38, 30), dice.randint(40, 130)
            draw.ellipse((a, b, a + 46, b + 38), fill=dice.choice(("#3f7a35", "#57913f", "#7ea84e")))
    if not mended:
        draw.line((40, 280, dice.randint(260, 380), 215), fill="#4a3320", width=16)


def _panel(draw: Draw, dice: Dice, mended: bool) -> None:
    draw.rectangle((110, 40, 290, 270), fill="#c9ccd0", outline="#84898f", width=4)
    for row in range(2):
        for column in range(4):
            x, y, tripped = 130 + column * 38, 70 + row * 90, not mended and (row, column) == (0, 2)
            draw.rectangle((x, y, x + 28, y + 60), fill="#f3f3f1", outline="#6d7278")
            draw.rectangle((x + 9, y + (32 if tripped else 12), x + 19, y + (48 if tripped else 28)), fill="#23272b")
    if not mended:
        x = dice.randint(140, 220)
        draw.line((x, 250, x + 18, 225, x + 8, 215, x + 30, 180), fill="#ffb300", width=4)


SCENES: dict[str, tuple[str, str, Scene]] = {
    "ST": ("#b9ae98", "#efe8d8", _wall),
    "IN": ("#a9b7bd", "#e8eef0", _tap),
    "PW": ("#87979e", "#cfd9dc", _tap),
    "PE": ("#101010", "#3c3934", _corridor),
    "EL": ("#6f7a84", "#c5ccd2", _lift),
    "CL": ("#9aa29a", "#dfe4dc", _bins),
    "AC": ("#8ea3b5", "#d4e1ea", _gate),
    "OR": ("#8ea3b5", "#cfdbe4", _gate),
    "PK": ("#5d6266", "#a2a7aa", _gate),
    "GR": ("#8fb6d8", "#dcebf5", _garden),
    "FS": ("#a07f6a", "#e8d8c8", _panel),
    "NS": ("#b9ae98", "#efe8d8", _wall),
    "FE": ("#b9ae98", "#efe8d8", _panel),
}
