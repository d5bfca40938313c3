"""What is lost when people's workbooks are written to: a folder of any workbooks, edited under the judge of the tests.

python benchmarks/round_trip.py FOLDER [--libreoffice COUNT]

Each workbook gets the same edits: a number overwritten, a text in a new row, a formula, a new sheet. A file is lost on
if anything else differs, or if openpyxl or LibreOffice opened it before and not afterwards. LibreOffice is slow, so it
opens as many files as asked for, taken at even distances.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import FrameType

sys.path.insert(0, str(Path(__file__).parents[1]))

from portfolio.errors import WrongUseError
from tests.xlsx.consistency import new_problems
from tests.xlsx.fidelity import differences
from tests.xlsx.opening import converted, opens_in_openpyxl
from tests.xlsx.three_edits import SHEET, choose_edits, write_all, write_cells

SECONDS = 60
"""A file that takes longer is given up, and said so."""
BATCH = 25
"""Files that LibreOffice opens in one run."""


@dataclass
class Result:
    """What became of one workbook."""

    path: Path
    after: bytes = b""
    said: str = ""
    seconds: float = 0.0
    lost: list[str] = field(default_factory=list)
    opened: tuple[bool, bool] = (False, False)


@contextmanager
def limited(seconds: int) -> Iterator[None]:
    """Gives up after some seconds."""

    def give_up(_signal: int, _frame: FrameType | None) -> None:
        raise TimeoutError(f"longer than {seconds} s")

    signal.signal(signal.SIGALRM, give_up)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)


def tried(work: Callable[[], object]) -> str:
    """What went wrong with some work, in one line; empty if nothing did."""
    try:
        with limited(SECONDS):
            work()
    except Exception as failure:
        return f"{type(failure).__name__}: {failure}".splitlines()[0][:160]
    return ""


def edited(path: Path) -> Result:
    """One workbook with the edits, and what the judge says of it."""
    result, before = Result(path), path.read_bytes()

    def work() -> None:
        result.said = "unreadable"
        three = choose_edits(before)
        began = time.perf_counter()
        result.said = "refused"
        cells = write_cells(before, three)
        result.seconds = time.perf_counter() - began
        result.after = write_all(before, three)
        result.said = "judged"
        meant = {three.sheet: three.names}
        result.lost += [*differences(before, cells, meant), *differences(before, result.after, meant, added=[SHEET])]
        result.lost += [*new_problems(before, cells), *new_problems(before, result.after)]
        if write_cells(cells, three) != cells or write_all(result.after, three) != result.after:
            result.lost.append("writing the same again changes the file")
        result.said = "patched"

    failure = tried(work)
    if failure:
        kind = "refused" if failure.startswith(WrongUseError.__name__) else "failed"
        result.said = f"{kind if result.said != 'unreadable' else 'unreadable'}: {failure}"
        return result
    readable = [not tried(partial(opens_in_openpyxl, content)) for content in (before, result.after)]
    result.opened = (readable[0], readable[1])
    return result


def in_libreoffice(results: list[Result], count: int) -> Iterator[tuple[Result, bool, bool]]:
    """Some of the workbooks, and whether LibreOffice opens them before and afterwards."""
    chosen = results[:: max(len(results) // count, 1)][:count]
    for first in range(0, len(chosen), BATCH):
        batch = chosen[first : first + BATCH]
        with tempfile.TemporaryDirectory() as name:
            folder, copies = Path(name), {}
            for number, result in enumerate(batch):
                for when, content in (("before", result.path.read_bytes()), ("after", result.after)):
                    copies[number, when] = folder / f"{when}{number}.xlsx"
                    copies[number, when].write_bytes(content)
            opened = converted([*copies.values()], folder)
            for number, result in enumerate(batch):
                yield result, copies[number, "before"] in opened, copies[number, "after"] in opened


def shown(paths: list[Path]) -> Iterator[Path]:
    """The paths one after the other, with a sign of life."""
    for number, path in enumerate(paths):
        if number % 100 == 0:
            print(f"{number} of {len(paths)}", file=sys.stderr, flush=True)
        yield path


def main() -> None:
    """Prints the counts, then every file that something was lost on or that was not patched."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path)
    options.add_argument("--libreoffice", type=int, default=0, metavar="COUNT")
    given = options.parse_args()
    paths = sorted(path for path in given.folder.rglob("*") if path.suffix.lower() in (".xlsx", ".xlsm"))
    results = [edited(path) for path in shown(paths)]
    patched = [result for result in results if result.said == "patched"]
    lost = [result for result in patched if result.lost]
    seconds = sorted(result.seconds for result in patched) or [0.0]
    print(f"workbooks {len(results)}, patched {len(patched)}, lost on {len(lost)}")
    print(f"seconds for three cells: median {seconds[len(seconds) // 2]:.3f}, slowest {seconds[-1]:.2f}")
    for said, times in Counter(result.said.partition(":")[0] for result in results).items():
        print(f"  {said} {times}")
    before, after = (sum(result.opened[when] for result in patched) for when in (0, 1))
    print(f"openpyxl opens {before} before, {after} after")
    worse = [result.path.name for result in patched if result.opened[0] and not result.opened[1]]
    if given.libreoffice:
        seen = list(in_libreoffice(patched, given.libreoffice))
        before, after = sum(was for _, was, _ in seen), sum(now for _, _, now in seen)
        print(f"LibreOffice opens {before} before, {after} after, of {len(seen)}")
        worse += [result.path.name for result, was, now in seen if was and not now]
    print("opened before and not afterwards:", ", ".join(worse) or "none")
    for result in lost:
        print(f"LOST {result.path.name}: {len(result.lost)} differences: {' | '.join(result.lost[:3])[:500]}")
    for result in results:
        if result.said != "patched":
            print(f"{result.path.name}: {result.said}")


if __name__ == "__main__":
    main()
