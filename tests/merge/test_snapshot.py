"""The base snapshot: what goes in comes out, and what was changed in between is noticed."""

from __future__ import annotations

import base64
import json
import zlib
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.merge.cell_content import content_of, error_of, formula_of
from portfolio.merge.snapshot import TamperedError, pack, unpack
from portfolio.merge.workbook_contents import ColumnAt, Comment, Contents, RowAt, Table
from tests.merge.workbooks import merged, sent_out

VALUES = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.datetimes(datetime(1901, 1, 1), datetime(2100, 1, 1)).map(lambda moment: moment.replace(microsecond=0)),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1),
)
CONTENTS = st.one_of(
    VALUES.map(content_of),
    st.builds(formula_of, st.sampled_from(["A1+B2", 'IF(A1="x",1,2)', "SUM(A:A)"]), VALUES),
    st.just(error_of("#REF!")),
)


def contents(cells: dict[tuple[str, str], Any]) -> Contents:
    """A workbook with one table of these cells, and the same beside it."""
    held = {key: content for key, content in cells.items() if content is not None}
    table = Table(
        "Epics",
        "My epics",
        3,
        columns={name: ColumnAt(f"Column {name}", number, "number") for number, name in enumerate("abc", 1)},
        rows={name: RowAt(number, name, "Title", "key") for number, name in enumerate("xyz", 4)},
        cells=held,
        comments={("x", "a"): (Comment("Ada", "why?"), Comment("", "because"))},
    )
    outside = {(number, 9): content for number, content in enumerate(held.values(), 1)}
    return Contents({"Epics": table}, {"My epics": outside}, {"Notes": {(1, 2): (Comment("Ada", "!"),)}}, "Grace")


def everything(found: Contents) -> Any:
    """All that is compared later, values with all their digits."""
    tables = [
        (
            table.title, table.header, table.columns, table.rows, table.comments,
            {key: (content, content.value, content.shown) for key, content in table.cells.items()},
        )
        for table in found.tables.values()
    ]  # fmt: skip
    return tables, found.outside, found.outside_comments, found.author


@given(st.dictionaries(st.tuples(st.sampled_from("xyz"), st.sampled_from("abc")), CONTENTS))
def test_what_goes_in_comes_out(cells: dict[tuple[str, str], Any]) -> None:
    packed = pack(contents(cells))
    assert everything(unpack(packed)) == everything(contents(cells))
    assert packed == pack(contents(cells))
    assert all(len(cell) <= 32_000 for cell in packed)


def repacked(cells: list[str], change: Any) -> list[str]:
    """The same snapshot with another text packed into it, under the old hash."""
    saved = json.loads(zlib.decompress(base64.b64decode("".join(cells[3:]))))
    change(saved)
    text = json.dumps(saved, ensure_ascii=False, separators=(",", ":")).encode()
    return [*cells[:3], base64.b64encode(zlib.compress(text)).decode()]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda cells: cells[:2], "missing"),
        (lambda cells: ["2", *cells[1:]], "version 2"),
        (lambda cells: [*cells[:3], "%%%"], "unpacked"),
        (lambda cells: [*cells[:3], cells[3][:-60]], "hash|unpacked"),
        (lambda cells: repacked(cells, lambda saved: saved.update(author="Mallory")), "hash"),
        (lambda cells: [cells[0], "0" * 16, *cells[2:]], "hash"),
    ],
)
def test_a_changed_snapshot_is_refused(change: Any, why: str) -> None:
    packed = pack(contents({("x", "a"): content_of(5)}))
    with pytest.raises(TamperedError, match=why):
        unpack(change(packed))


def test_a_snapshot_from_elsewhere_does_no_harm(tmp_path: Path) -> None:
    """One that was packed by hand, with a hash that fits but not a word that makes sense."""
    base = sent_out(tmp_path)
    for text in ("[]", "[" * 100_000, '{"author": 1}', '{"author":1,"tables":[{}],"outside":{},"comments":{}}'):

        def forged(book: Any, text: str = text) -> None:
            import hashlib

            digest = hashlib.sha256(text.encode()).hexdigest()
            sheet = book["_portfolio_base"]
            sheet["B3"], sheet["B4"] = digest[:16], digest
            sheet["B5"] = base64.b64encode(zlib.compress(text.encode())).decode()

        merge = merged(base, forged)
        assert [copy.base for copy in merge.returned] == ["BASE"]
        assert [finding.what for finding in merge.merged.findings] == [
            "The base snapshot in it was changed: it cannot be unpacked."
        ]
