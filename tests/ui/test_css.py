"""Styles and scripts: old browsers can read them, colours have one home, and they are small."""

import gzip
import re
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles.storage import StaticFilesStorage

from anju.ui import css, icons
from anju.ui.storage import DoorStorage
from anju.understanding import kinds

STATIC = Path(css.__file__).parent / "static"
SHEETS = STATIC / "anju" / "css"
SCRIPTS = STATIC / "anju" / "js"
TEMPLATES = Path(css.__file__).parents[1].glob("*/templates/**/*.html")

KB = 1024
NEWER_THAN_OUR_FLOOR = r"oklch\(|oklab\(|color-mix\(|light-dark\(|@container|container-type|subgrid|popover|@scope|@starting-style|&[\s:.>\[]"
COLOUR = r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl|hwb|lab|lch)a?\("


def sheets():
    texts = {str(file.relative_to(SHEETS)): file.read_text(encoding="utf-8") for file in SHEETS.rglob("*.css")}
    return {name: re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL) for name, text in texts.items()}


def found(pattern, texts):
    return [f"{name}: {hit[0]}" for name, text in texts.items() for hit in re.finditer(pattern, text)]


def test_nothing_newer_than_the_oldest_browser_in_an_office():
    assert found(NEWER_THAN_OUR_FLOOR, sheets()) == []


def test_colours_live_in_tokens():
    others = {name: text for name, text in sheets().items() if name != "tokens.css"}
    assert found(COLOUR, others) == []
    pages = {str(file): file.read_text(encoding="utf-8") for file in TEMPLATES}
    bar = r'<meta name="theme-color"[^>]*>'  # browsers take no variable there
    assert found(COLOUR, {name: re.sub(bar, "", text) for name, text in pages.items()}) == []


def test_files_are_short_and_together_within_the_cap():
    lines = {name: text.count("\n") for name, text in sheets().items()}
    assert [name for name, count in lines.items() if count > 160] == []
    assert sum(lines.values()) < 2500


@pytest.mark.parametrize("door", css.DOORS)
def test_a_door_loads_one_small_sheet_without_layers(door):
    joined = css.join(SHEETS, door)
    assert "@layer" not in joined
    assert "@import" not in joined
    assert "url(" not in joined, "a joined sheet moves, so relative addresses would break"
    assert joined.count("{") == joined.count("}")
    assert len(brotli.compress(joined.encode())) <= 12 * KB


def test_every_sheet_is_used_and_every_part_is_there():
    listed = {name for door in css.DOORS for name in re.findall(r'url\("(.+)"\)', sheets()[f"{door}.css"])}
    assert listed == set(sheets()) - {f"{door}.css" for door in css.DOORS}


def test_layers_are_unwrapped_in_their_order():
    source = "@layer a, b;\n/* } */\n@layer b {\n  .x { color: red; }\n  @media print { .y { top: 0; } }\n}\n.z { left: 0; }\n"
    assert css.unwrap(source) == ".x { color: red; }\n@media print { .y { top: 0; } }\n.z { left: 0; }"


def test_an_open_block_is_an_error():
    with pytest.raises(ValueError, match="not closed"):
        css.unwrap("@layer a { .x { top: 0; }")


def loaded(entry, folder=SCRIPTS):
    """The text of a script and of all that it imports, each once."""
    found, waiting = {}, [entry]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = (folder / name).read_text(encoding="utf-8")
            waiting += re.findall(r'from "\./([\w-]+\.js)"', found[name])
    return "".join(found.values())


@pytest.mark.parametrize("door", css.DOORS)
def test_a_door_loads_few_scripts(door):
    assert len(gzip.compress(loaded(f"{door}.js").encode(), 9)) <= 10 * KB


def test_scripts_are_few_lines():
    assert sum(file.read_text(encoding="utf-8").count("\n") for file in SCRIPTS.glob("*.js")) < 1500


def test_the_first_screen_of_a_resident_fits_into_thirty_kilobytes():
    htmx, page = 13_000, 4_000
    parts = [css.join(SHEETS, "portal"), loaded("portal.js")]
    assert htmx + page + sum(len(gzip.compress(each.encode(), 9)) for each in parts) <= 30 * KB


def test_every_icon_of_the_list_is_compiled_and_no_other():
    assert sorted(icons.shapes()) == sorted(icons.NAMES)
    assert len(set(icons.NAMES)) == len(icons.NAMES)
    assert found(r"<script|on\w+=|href", icons.shapes()) == []


def test_templates_name_icons_that_exist():
    wanted = {
        hit
        for file in Path(css.__file__).parents[1].glob("*/templates/**/*.html")
        for hit in re.findall(r"{% icon [\"']([^\"']+)", file.read_text(encoding="utf-8"))
    }
    assert wanted - set(icons.NAMES) == set()


def test_what_residents_tap_has_its_icon():
    assert {chip.icon for chips in kinds._chips().values() for chip in chips} - set(icons.NAMES) == set()


def test_collecting_static_files_joins_the_sheets_and_hashes_imports(tmp_path):
    source = StaticFilesStorage(location=str(STATIC), base_url="/static/")
    names = [str(file.relative_to(STATIC)) for file in STATIC.rglob("*") if file.is_file()]
    target = DoorStorage(location=str(tmp_path), base_url="/static/")
    for name in names:
        with source.open(name) as file:
            target._save(name, file)
    list(target.post_process({name: (source, name) for name in names}))
    desk = (tmp_path / target.stored_name("anju/css/desk.css")).read_text(encoding="utf-8")
    assert desk == css.join(SHEETS, "desk")
    entry = (tmp_path / target.stored_name("anju/js/desk.js")).read_text(encoding="utf-8")
    assert re.search(r'from "\./clock\.[0-9a-f]{12}\.js"', entry)
    assert (tmp_path / (target.stored_name("anju/css/desk.css") + ".gz")).exists()


WORDS_THAT_SAY_NOTHING = r"确定|操作成功|系统错误|亲[，,]|！"


def test_words_that_say_nothing_are_not_on_our_pages():
    texts = {
        str(file): file.read_text(encoding="utf-8")
        for file in Path(css.__file__).parents[1].glob("*/templates/**/*.html")
    }
    assert found(WORDS_THAT_SAY_NOTHING, texts) == []
