"""What a user waits for before any work begins: `--help` beside an empty Python, and reading and ranking 1,000 epics.

python benchmarks/start_up.py
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import generate

from portfolio.intake.read_portfolio import read_portfolio
from portfolio.storage.read_model import read_model
from portfolio.workbook.write_workbook import write_inputs

RUNS = 5


def seconds(*command: str) -> float:
    """Median wall time of a command run several times."""
    times = []
    for _ in range(RUNS):
        began = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def main() -> None:
    """Prints the figures."""
    empty = seconds(sys.executable, "-c", "pass")
    print(f"python -c pass                 {empty:6.2f} s")
    print(f"portfolio --help               {seconds(sys.executable, '-m', 'portfolio', '--help') - empty:6.2f} s more")
    with tempfile.TemporaryDirectory() as folder:
        as_json, as_workbook = Path(folder, "p.json"), Path(folder, "p.xlsx")
        as_json.write_text(json.dumps(generate.generate(1000, 8, 1)), encoding="utf-8")
        portfolio = read_portfolio(as_json).portfolio
        assert portfolio is not None
        write_inputs(portfolio, read_model("safe"), as_workbook)
        for path in (as_json, as_workbook):
            print(
                f"rank 1,000 epics from {path.suffix:5}    {seconds(sys.executable, '-m', 'portfolio', 'rank', str(path)):6.2f} s"
            )


if __name__ == "__main__":
    main()
