"""Front-end packages: only the listed files, whole or not at all."""

import json

import pytest
from django.test import override_settings

from anju.ui import icons, vendor

SVG = '<svg\n xmlns="http://www.w3.org/2000/svg"\n>\n  <path stroke="none" d="M0 0h24v24H0z" fill="none" />\n  <path d="M5 4h4" />\n</svg>'


@pytest.fixture
def node_modules(tmp_path):
    """Packages as npm leaves them."""
    folder = tmp_path / "node_modules"
    for name in vendor.FILES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"// {name}\nrun();\n//# sourceMappingURL=x.js.map\n")
    for name in icons.NAMES:
        (folder / vendor.OUTLINE).mkdir(parents=True, exist_ok=True)
        (folder / vendor.OUTLINE / f"{name}.svg").write_text(SVG)
    return folder


def test_listed_files_are_copied_without_their_source_maps(node_modules, tmp_path):
    target = tmp_path / "vendor"
    (target / "old").mkdir(parents=True)
    written = vendor.collect(node_modules, target)
    assert sorted(str(file.relative_to(target)) for file in written) == sorted(vendor.FILES.values())
    assert not (target / "old").exists()
    assert (target / "htmx/htmx.min.js").read_text() == "// htmx.org/dist/htmx.min.js\nrun();\n\n"
    assert "sourceMappingURL" in (target / "htmx/LICENSE").read_text(), "licences are copied as they are"


def test_nothing_is_removed_when_something_is_missing(node_modules, tmp_path):
    target = tmp_path / "vendor"
    vendor.collect(node_modules, target)
    (node_modules / "htmx.org/dist/htmx.min.js").unlink()
    with pytest.raises(FileNotFoundError, match="npm ci"):
        vendor.collect(node_modules, target)
    assert (target / "htmx/htmx.min.js").exists()


def test_icons_are_compiled_to_what_is_drawn(node_modules, tmp_path):
    target = tmp_path / "icons.json"
    assert vendor.compile_icons(node_modules, target) == len(icons.NAMES)
    assert json.loads(target.read_text())["phone"] == '<path d="M5 4h4"/>'
    assert (tmp_path / "icons.LICENSE").exists()


def test_what_is_no_svg_is_refused():
    with pytest.raises(ValueError, match="SVG"):
        vendor._inner("<html>")


def test_the_command_fills_the_folder_of_the_settings(node_modules, tmp_path, capsys):
    with override_settings(ANJU_DATA_DIR=tmp_path):
        assert vendor.main(["--from", str(node_modules)]) == 0
    assert (tmp_path / "vendor/htmx/hx-sse.min.js").exists()
    assert f"{len(vendor.FILES)} files" in capsys.readouterr().out
