"""A plan of 2,000 epics written into people's own workbook: seconds, and beside it openpyxl's load and save of the outcome.

python benchmarks/writing_results.py [EPICS]
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path

from generate import generate

from portfolio import engine


def main() -> None:
    """Prints CPU seconds of reading, writing and of the yardstick, and their ratios."""
    import openpyxl

    epics = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    with tempfile.TemporaryDirectory() as folder:
        source, path = Path(folder, "source.json"), Path(folder, "own.xlsx")
        source.write_text(json.dumps(generate(epics, 8, 1)), encoding="utf-8")
        engine.convert(engine.read_as_given(source), path)
        answer = engine.plan(engine.load(path), gap=0.5, time_limit=20)
        seconds = {}
        for name in ("written first", "written again"):
            loaded, began = engine.load(path), time.process_time()
            engine.write_plan(answer, loaded, add_columns=True)
            seconds[name] = time.process_time() - began
        began = time.process_time()
        openpyxl.load_workbook(path).save(path)
        yardstick = time.process_time() - began
        for name, taken in seconds.items():
            print(
                f"{name}: {taken:.2f} s, {taken / yardstick:.2f} of what openpyxl takes to load and save it ({yardstick:.2f} s)"
            )


if __name__ == "__main__":
    main()
