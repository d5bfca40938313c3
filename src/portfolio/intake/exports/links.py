"""Makes dependencies between epics from the links of an export."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from portfolio.domain import Finding
from portfolio.domain.references import spellings
from portfolio.domain.spelling import KnownWords, shown, suggestion
from portfolio.intake.exports.export_epics import EpicDraft, words_in
from portfolio.intake.exports.export_rows import EpicRows
from portfolio.intake.exports.other_languages import in_english
from portfolio.intake.languages import vocabulary
from portfolio.intake.values.cell_values import as_text, is_blank


@dataclass
class Links:
    """The dependencies in JSON form, and how many links lead to rows that are no epics."""

    dependencies: list[dict[str, object]] = field(default_factory=list)
    to_others: int = 0


def read_links(draft: EpicDraft, rows: EpicRows, others: Iterable[str] = ()) -> Links:
    """Each link once, although tools write it at both of its ends; a link to something unknown is a finding.

    A link names the ID or the title of an epic. `others` are the IDs of further epics that it may lead to.
    """
    known = _by_title(draft) | spellings([*(str(epic["id"]) for epic in draft.epics), *others])
    words = KnownWords(known.values())
    links, seen = Links(), set[tuple[str, str]]()
    for epic, position in zip(draft.epics, draft.positions, strict=True):
        for column, other, end in _named(draft, position):
            if other.casefold() not in known and other.casefold() in rows.other_ids:
                links.to_others += 1
            elif other.casefold() not in known:
                heading = draft.found.columns.headings[column]
                fix = suggestion(other, words, "Export that one too, or leave it, if it is not an epic.")
                rule = "The export has no row with this ID, so there is no dependency."
                draft.note(position, f"{str(end).capitalize()} {shown(other)} is unknown.", rule, fix, heading)
            else:
                ends = (known[other.casefold()], str(epic["id"]))
                pair = ends if end == "predecessor" else (ends[1], ends[0])
                if pair not in seen:
                    seen.add(pair)
                    links.dependencies.append({"predecessor": pair[0], "successor": pair[1]})
    return links


def _by_title(draft: EpicDraft) -> dict[str, str]:
    """The ID of each epic by its title without case, where no other has the same title."""
    titles = Counter(str(epic["title"]).casefold() for epic in draft.epics if "title" in epic)
    named = {str(epic["title"]).casefold(): str(epic["id"]) for epic in draft.epics if "title" in epic}
    return {title: name for title, name in named.items() if titles[title] == 1}


def _named(draft: EpicDraft, position: int) -> list[tuple[int, str, str]]:
    """The column, the ID and the end of each link in a row."""
    row = draft.table.rows[position]
    return [
        (column, as_text(part), link.other)
        for link, columns in draft.found.columns.links
        for column in columns
        if column < len(row) and not is_blank(row[column])
        for part in words_in(row[column], link.split, link.part)
    ]


def links_not_taken(draft: EpicDraft) -> Iterator[Finding]:
    """Columns that hold keys of other epics and that no mapping takes: they plainly are links, one finding for each type."""
    columns, epics = draft.found.columns, {str(epic["id"]).casefold() for epic in draft.epics}
    read = columns.beside_fields.union(*draft.cells.values())
    counted: dict[str, int] = {}
    for column, heading in enumerate(columns.headings):
        if column in read or not _heads_links(heading):
            continue
        cells = (row[column] for position in draft.positions if column < len(row := draft.table.rows[position]))
        named = sum(as_text(cell).casefold() in epics for cell in cells if not is_blank(cell))
        if named:
            counted[heading] = counted.get(heading, 0) + named
    for heading, count in counted.items():
        yield Finding(
            "warning",
            f"{draft.table.name}, {heading}",
            f"{heading} holds {'a key' if count == 1 else f'{count} keys'} of other epics, and no dependency was made of it.",
            "Whether such a link names what comes before or what comes after differs from team to team.",
            f"Add it to the links of a mapping of your own: {{columns: [{heading}], other: predecessor}}, or successor.",
        )


def _heads_links(heading: str) -> bool:
    """Whether a heading is one of links, in whatever language: `Outward issue link (Depends)`."""
    spelt = (heading, *in_english(heading))
    return any(form.format("") in text.replace(text.partition("(")[2], ")") for text in spelt for form in _forms())


def _forms() -> list[str]:
    return [form for forms in vocabulary().words("link_columns").values() for form in forms]
