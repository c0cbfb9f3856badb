"""Looks at pages in all their variants and collects what is wrong with them (screens 5.2, 7).

A page is opened once per language. Theme, density and size of letters are switched on the open page, which is what the server's
attributes on <html> do, so that forty pages in all their looks take seconds.
"""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser import DESK, PHONE, ROOT, minded

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = {"desk": (390, 1366, 1920), "portal": (390, 1366), "field": (390, 1366), "wall": (1280, 1920)}
USUAL = {"desk": DESK, "portal": PHONE, "field": PHONE, "wall": {"width": 1920, "height": 1080}}
LOOKS: dict[str, tuple[dict[str, str], ...]] = {
    "desk": ({"density": "normal"}, {"density": "compact"}),
    "portal": ({"text": "normal"}, {"text": "elder"}),
    "field": ({"text": "normal"}, {"text": "elder"}),
    "wall": ({},),
}
"""What changes sizes; the theme changes colours, which axe looks at."""
IN_DARK = ("desk", "field")
MEASURE = """looks => {
  const root = document.documentElement, before = { ...root.dataset }, found = [];
  for (const look of looks) {
    Object.assign(root.dataset, look);
    const { text, door } = root.dataset, said = JSON.stringify(look);
    const least = text === "elder" ? 20 : door === "field" ? 15 : 12, tap = door === "field" ? 55.5 : door === "portal" ? 43.5 : 0;
    if (root.scrollWidth > root.clientWidth) found.push(`${said}: ${root.scrollWidth} wide on ${root.clientWidth}`);
    for (const el of document.querySelectorAll("body *")) {
      const words = [...el.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
      if (!words || !el.getClientRects().length || el.closest(".sr, .skip, .stamp, kbd")) continue;
      const size = parseFloat(getComputedStyle(el).fontSize);
      if (size && size < least) found.push(`${said}: ${size} px: ${el.outerHTML.slice(0, 90)}`);
    }
    if (tap) for (const el of document.querySelectorAll("a.btn, button, .choice, .tile, .go-btn, .add, .job-card, summary.btn, .under a")) {
      const box = el.getBoundingClientRect();
      if (box.width && box.height < tap) found.push(`${said}: ${el.className} is ${box.height} high`);
    }
  }
  for (const name of Object.keys(root.dataset)) if (!(name in before)) delete root.dataset[name];
  Object.assign(root.dataset, before);
  return [...new Set(found)].slice(0, 5);
}"""


class Looking:
    """Opens pages one after the other and collects what is wrong with them."""

    def __init__(self, complaints: list[str]) -> None:
        script = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
        self.axe, self.complaints, self.wrong, self.seen = Axe(script), complaints, list[str](), 0

    def at(self, page: Page, url: str) -> None:
        """The page as it is, and what its English needs more room for. The console counts until axe, which has styles of
        its own, begins."""
        self._open(page, url)
        door = page.evaluate("document.documentElement.dataset.door")
        found = [f"console: {one}" for one in minded(self.complaints)]
        found += self._widths(page, door)
        found += self._axe(page, {"type": "tag", "values": TAGS})
        if door in IN_DARK:
            page.evaluate("document.documentElement.dataset.theme = 'dark'")
            found += [f"dark {one}" for one in self._axe(page, {"type": "rule", "values": ["color-contrast"]})]
        self.complaints.clear()
        self.wrong += [f"{url} {one}" for one in found]

    def in_english(self, page: Page, url: str) -> None:
        """English is half as long again: nothing may flow over for it."""
        self._open(page, f"{url}{'&' if '?' in url else '?'}lang=en")
        door = page.evaluate("document.documentElement.dataset.door")
        self.wrong += [f"{url} in English {one}" for one in self._widths(page, door)]
        self.complaints.clear()

    def _open(self, page: Page, url: str) -> None:
        self.seen += 1
        page.goto(url)
        if page.locator("[hx-trigger=load]").count():
            page.wait_for_load_state("networkidle")

    def _widths(self, page: Page, door: str) -> list[str]:
        found: list[str] = []
        for width in WIDTHS[door]:
            page.set_viewport_size(
                {**USUAL[door], "width": width, "height": width * 9 // 16 if door == "wall" else 844}
            )
            found += [f"{width}: {one}" for one in page.evaluate(MEASURE, LOOKS[door])]
        page.set_viewport_size(USUAL[door])
        return found

    def _axe(self, page: Page, only: dict[str, Any]) -> list[str]:
        options: dict[str, Any] = {"preload": False, "resultTypes": ["violations"], "runOnly": only}
        rules = self.axe.run(page, options=options).response["violations"]
        return [f"axe {one['id']}: {one['nodes'][0]['html'][:160]}" for one in rules]
