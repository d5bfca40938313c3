"""Chances in cells: what is only nearly certain never reads as if it were."""

from __future__ import annotations

from portfolio.xlsx.write.book import Page
from portfolio.xlsx.write.styles import STYLES


def put_chance(page: Page, row: int, column: int, share: float | None) -> None:
    """Writes a chance as a whole per cent: "<1%" and ">99%" where it is not quite 0 or 1."""
    page.put(row, column, share, "cell", _look(share))


def chance_format(*shares: float) -> str:
    """The number format of a column of chances; one format holds "<1%" or ">99%", and the first counts where both occur."""
    looks = {_look(share) for share in shares if 0 < share <= 0.005 or 0.995 <= share < 1}
    return str(STYLES["nearly sure" if looks == {"nearly sure"} else "chance"]["num_format"])


def _look(share: float | None) -> str:
    return "nearly sure" if share is not None and 0.5 < share < 1 else "chance"
