"""How long a reader of an index of 10,000 entries waits: ``python -m benchmarks.index_page``.

Needs Chromium. Every number is of one browser on this machine, the median of the rounds.
"""

from __future__ import annotations

import argparse
import gzip
import shutil
import tempfile
from io import StringIO
from pathlib import Path
from statistics import median

from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from .vocabulary import ADJECTIVES, CLAUSES, NOUNS

_CONF = 'extensions = ["sphinxcontrib_tropes"]\nproject = "Wiki"\n'
_ALIASES = 4  # for each page: entries of the index as well

_FILTER = """asked => {
  const input = document.querySelector(".trope-filter input");
  return new Promise((resolve) => {
    const start = performance.now();
    input.value = asked;
    input.dispatchEvent(new Event("input"));
    const list = document.querySelector(".trope-results");
    list.getBoundingClientRect(); // laid out
    const done = performance.now();
    const found = list.children.length;
    requestAnimationFrame(() => setTimeout(() => resolve([done - start, found,
      performance.now() - start])));
  });
}"""

_SCROLL = """() => new Promise((resolve) => {
  const frames = [];
  let last = performance.now();
  const step = () => {
    const now = performance.now();
    frames.push(now - last);
    last = now;
    scrollBy({ top: 400, behavior: "instant" });
    if (frames.length < 200) requestAnimationFrame(step);
    else resolve(frames.slice(5));
  };
  requestAnimationFrame(step);
})"""


def _write(folder: Path, entries: int) -> None:
    folder.joinpath("conf.py").write_text(_CONF, "utf-8")
    folder.joinpath("index.rst").write_text("Wiki\n====\n", "utf-8")
    for number in range(entries // (_ALIASES + 1)):
        title = f"{ADJECTIVES[number % len(ADJECTIVES)]} {NOUNS[number // 7 % len(NOUNS)]}"
        aliases = ", ".join(f"{title} {number} as {letter}" for letter in "ABCD"[:_ALIASES])
        text = f"(:title {title} {number}:)\n(:alias {aliases}:)\n"
        text += f"(:laconic {CLAUSES[number % len(CLAUSES)]}.:)\n\nText.\n"
        folder.joinpath(f"Page{number}.trope").write_text(text, "utf-8")


def _build(folder: Path, entries: int) -> Path:
    source = folder / "source"
    source.mkdir()
    _write(source, entries)
    with docutils_namespace():
        Sphinx(
            source, source, folder / "html", folder / "doctrees", "html", status=None,
            warning=StringIO(), parallel=2,
        ).build()  # fmt: skip
    return folder / "html/tropes/index.html"


def _measure(page_path: Path, rounds: int) -> None:
    from playwright.sync_api import sync_playwright

    first, later, painted, longest, slow, loaded = [], [], [], [], [], []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for _ in range(rounds):
            page = browser.new_page()
            page.goto(page_path.as_uri())
            page.locator(".trope-filter input").wait_for()
            timing = "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
            loaded.append(page.evaluate(timing))
            frames = page.evaluate(_SCROLL)
            longest.append(max(frames))
            slow.append(sum(frame > 50 for frame in frames))
            page.evaluate("scrollTo(0, 0)")
            page.locator(".trope-filter input").focus()  # what a reader does before typing
            times = [page.evaluate(_FILTER, asked) for asked in ("s", "st", "sto", "a", "e 9")]
            assert all(found for _time, found, _painted in times)
            first.append(times[0][0])
            later.extend(time for time, _found, _painted in times[1:])
            painted.extend(time for _time, _found, time in times)
            page.close()
        browser.close()
    size = page_path.read_bytes()
    print(f"the page: {len(size) / 1e6:.2f} MB, {len(gzip.compress(size)) / 1e6:.2f} MB gzip")
    print(f"ready (DOMContentLoaded): {median(loaded):.0f} ms")
    print(f"first result, laid out: {median(first):.1f} ms (worst {max(first):.1f})")
    print(f"later results, laid out: {median(later):.1f} ms (worst {max(later):.1f})")
    print(f"a result painted, with the wait for a frame: {median(painted):.1f} ms")
    print(f"longest of 195 frames while scrolling: {median(longest):.1f} ms; over 50 ms: {slow}")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.index_page", description=__doc__)
    parser.add_argument("--entries", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        _measure(_build(Path(folder), arguments.entries), arguments.rounds)


if __name__ == "__main__":
    main()
