"""How smoothly the grids of the page scroll through a thousand epics, in Chromium: 60 frames a second leave 16.7 ms for each.

    python benchmarks/scrolling.py [epics]

Each grid is scrolled by 60 pixels a frame, six screens a second, then by a whole screen a frame, where every row is drawn anew. For
each: what the browser did for a frame (scripts, styles, layout; of its main thread, so that other programs on the machine do
not count for much), how far apart frames were (which they do), and how many of them had work that did not fit their time.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import generate
from playwright.sync_api import Page, sync_playwright

VIEWS = ("ranking", "score", "inputs")
FRAMES, FRAME = 240, 1000 / 60
SCROLL = """async ([frames, step]) => {
  const holder = document.querySelector(".tabulator-tableholder"), apart = [];
  let last = performance.now(), way = 1;
  for (let frame = 0; frame < frames; frame += 1) {
    if (holder.scrollTop + holder.clientHeight >= holder.scrollHeight - 1) way = -1;
    else if (holder.scrollTop <= 0) way = 1;
    holder.scrollTop += way * (step || holder.clientHeight);
    const now = await new Promise(requestAnimationFrame);
    apart.push(now - last);
    last = now;
  }
  return apart.slice(1);
}"""
WORK = {"ScriptDuration": "scripts", "RecalcStyleDuration": "styles", "LayoutDuration": "layout", "TaskDuration": "all"}


def main(epics: int) -> None:
    """Prints the figures of each grid."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder, "portfolio.json")
        path.write_text(json.dumps(generate.generate(epics, 6, 1)), encoding="utf-8")
        command = [sys.executable, "-m", "portfolio", "serve", str(path), "--port", "0", "--no-browser"]
        server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        try:
            assert server.stdout is not None
            page = browser.new_page(viewport={"width": 1280, "height": 720})
            page.set_default_timeout(600_000)
            page.goto(server.stdout.readline().strip())
            page.get_by_role("button", name="Later").click()
            page.locator(".tabulator-group", has_text="start").wait_for()
            page.locator("#status [data-act]").click()
            page.locator("#status [data-act=plan]").wait_for()
            for view in VIEWS:
                page.evaluate(f"location.hash = '{view}'")
                page.locator(".tabulator-row").first.wait_for()
                page.wait_for_timeout(1000)
                for name, step in (("60 px a frame", 60), ("a screen a frame", 0)):
                    scroll(page, f"{view}, {name}", step)
        finally:
            browser.close()
            server.terminate()
            server.wait(20)


def scroll(page: Page, name: str, step: int) -> None:
    """Scrolls one grid up and down, and prints what that took."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    before = measured(session.send("Performance.getMetrics"))
    apart = page.evaluate(SCROLL, [FRAMES, step])
    after = measured(session.send("Performance.getMetrics"))
    session.detach()
    work = {words: 1000 * (after[key] - before[key]) / FRAMES for key, words in WORK.items()}
    late = sum(each > 1.5 * FRAME for each in apart) / len(apart)
    print(
        f"{name:28} work {work['all']:5.1f} ms a frame (scripts {work['scripts']:.1f}, styles {work['styles']:.1f}, "
        f"layout {work['layout']:.1f});  frames {statistics.median(apart):5.1f} ms apart, {late:4.0%} late"
    )


def measured(metrics: dict) -> dict[str, float]:
    """What the browser has done so far, in seconds by its kind."""
    return {one["name"]: one["value"] for one in metrics["metrics"]}


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 1000)
