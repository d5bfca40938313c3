"""The unit that a heading or a cell names: kEUR, in thousands, %, weeks, person days, a scale from 1 to 5."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from portfolio.intake.languages import fold, vocabulary

FACTORS = {"thousand": 1e3, "million": 1e6, "billion": 1e9}
SHORT_FACTORS = {
    "k": 1e3,
    "t": 1e3,
    "tsd": 1e3,
    "m": 1e6,
    "mm": 1e6,
    "mn": 1e6,
    "mio": 1e6,
    "bn": 1e9,
    "b": 1e9,
    "mrd": 1e9,
}
"""Letters that count money only beside a currency: `m` alone may be months."""
TIMES = frozenset({"hours", "days", "weeks", "months", "quarters", "years", "sprints", "periods"})
WORK = frozenset({"person_days", "person_weeks", "person_months", "points", "fte"})
RATES = frozenset({"per_week", "per_month", "per_year"})
RATE_OF = {"weeks": "per_week", "months": "per_month", "years": "per_year"}
CODES = ("EUR", "USD", "GBP", "CHF", "JPY", "PLN", "RUB", "BRL", "CAD", "AUD", "INR", "SEK", "NOK", "DKK", "CNY", "CZK", "HUF", "TRY", "ZAR", "SGD")  # fmt: skip
SIGNS = {"€": "EUR", "£": "GBP", "¥": "JPY", "₽": "RUB", "₹": "INR", "zł": "PLN", "US$": "USD", "R$": "BRL", "C$": "CAD", "A$": "AUD", "$": "USD", "\u5186": "JPY", "\u0440\u0443\u0431": "RUB"}  # fmt: skip
_SIGN = re.compile("|".join(re.escape(sign) for sign in sorted(SIGNS, key=len, reverse=True)), re.IGNORECASE)
_CODE = re.compile(
    rf"(?<![A-Za-z])([kKtTmM]{{0,2}}|Mio|Mrd|Tsd)\.?\s?({'|'.join(CODES)})\.?\s?([kKmM]{{0,2}}|bn)(?![A-Za-z])",
    re.IGNORECASE,
)
_SCALE = re.compile(r"\s*(-?\d+(?:\.\d+)?)\s*(?:-|\u2013|\u2014|to|bis|\.\.+|\u2026|/)\s*(\d+(?:\.\d+)?)\s*")
_ZEROS = re.compile(r"['\u2019`]?(?<!\d)(000)(\s?000)?['\u2019]?s?\b")


@dataclass(frozen=True)
class Unit:
    """What figures are counted in; `factor` is what one of them is in the plain unit, thousands are 1,000.

    `currency` and `name` (percent, weeks, person_days, ...) are empty where nothing is said; `scale` is its least and its
    most where the figures are steps of a scale; `rate` is per_week, per_month or per_year.
    """

    text: str
    factor: float = 1.0
    currency: str = ""
    name: str = ""
    rate: str = ""
    scale: tuple[float, float] | None = None

    @property
    def is_money(self) -> bool:
        """Whether it counts money."""
        return bool(self.currency) or self.factor > 1


@lru_cache(maxsize=10_000)
def unit_of(text: str) -> Unit | None:
    """The unit that a text names; None where it names none, or says something else besides."""
    said = " ".join(text.split()).strip("()[]{}<> ").strip()
    if not said:
        return None
    if found := _SCALE.fullmatch(said):
        return Unit(said, scale=(float(found[1]), float(found[2])))
    rest, rate = _without_rate(said)
    return _simple(said, rest, rate) or _money(said, rest, rate)


def _without_rate(text: str) -> tuple[str, str]:
    """The text without `per week`, `/ month` or `p.a.` at its end, and the rate it says."""
    before, slash, after = text.rpartition("/")
    if slash:
        time = _unit_name(after.strip())
        name = RATE_OF.get(time) or _unit_name(f"per {after.strip()}")
        if name in RATES:
            return before.strip(" ,-"), name
    words = text.split()
    for length in (2, 1):
        tail = " ".join(words[-length:])
        if len(words) >= length and _unit_name(tail) in RATES:
            return " ".join(words[:-length]).strip(" ,-"), _unit_name(tail)
    return text, ""


def _unit_name(word: str) -> str:
    """What the words of units say that a word is; a currency in it is no part of them."""
    if not word or _SIGN.search(word) or not fold(word):
        return ""
    found = vocabulary().meaning("units", word)
    return found.name if found is not None else ""


def _simple(said: str, rest: str, rate: str) -> Unit | None:
    """A unit of one word: percent, weeks, points, `in thousands`."""
    if not rest:
        return Unit(said, rate=rate) if rate else None
    name = _unit_name(rest) or _unit_name(re.sub(r"^(?:in|en|em|w|\u0432)\s+", "", rest, flags=re.IGNORECASE))
    if name in FACTORS and len(fold(rest)) > 1:
        return Unit(said, factor=FACTORS[name], rate=rate)
    if name in TIMES | WORK or name == "percent":
        return Unit(said, name=name, rate=rate)
    if _ZEROS.fullmatch(rest):
        return Unit(said, factor=1e6 if _ZEROS.fullmatch(rest)[2] else 1e3, rate=rate)  # type: ignore[index]
    return None


def _money(said: str, rest: str, rate: str) -> Unit | None:
    """A currency, before or after it how many of it are one: kEUR, M€, USD millions, in thousands of euros."""
    text, currency, factor = re.sub(r"^in\s+", "", rest, flags=re.IGNORECASE), "", 1.0
    if found := _CODE.search(text):
        currency = found[2].upper()
        short = (found[1] or found[3]).casefold()
        factor = SHORT_FACTORS.get(short, 1.0)
        text = text[: found.start()] + " " + text[found.end() :]
    elif found := _SIGN.search(text):
        currency = next(code for sign, code in SIGNS.items() if sign.casefold() == found[0].casefold())
        text = text[: found.start()] + " " + text[found.end() :]
    for word in re.findall(r"['\u2019]?0{3}s?|[^\s,.()/]+", text):
        folded = fold(word)
        if folded in {"of", "in", "von", "de", "di", "van", "der", "d"}:
            continue
        if _ZEROS.fullmatch(word):
            factor *= 1e3
        elif folded in SHORT_FACTORS and (currency or folded not in {"m", "b", "t", "mm"}):
            factor *= SHORT_FACTORS[folded]
        elif (name := _unit_name(word)) in FACTORS and (currency or len(folded) > 1):
            factor *= FACTORS[name]
        elif (named := vocabulary().meaning("currencies", word)) is not None and not currency:
            currency = named.name
        else:
            return None
    return Unit(said, factor, currency, rate=rate) if currency or factor > 1 else None
