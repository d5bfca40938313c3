"""A presentation that is being made: slides with a title and room below it, people's text that always stays text, fixed bytes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from portfolio.errors import WrongUseError
from portfolio.tabular.html import seen
from portfolio.xlsx.patch.own_file import marked

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.slide import Slide, SlideLayout

LONGEST, LONGEST_PROPERTY = 300, 255
"""Characters of one text that are shown, and that a property of a file can hold."""
MARGIN, BELOW_TITLE = 36.0, 10.0
"""Points that stay free at the edges, and below a title."""
WIDE = (960.0, 540.0)
"""Width and height of a slide in points, where no template says otherwise."""
TITLE = (MARGIN, 22.0, 888.0, 44.0)
"""Where a title stands then: left, top, width, height."""
PALETTE = {
    "dk2": "16202A", "lt2": "EEF0F2", "accent1": "00629B", "accent2": "E69F00", "accent3": "009E73", "accent4": "CC79A7",
    "accent5": "D55E00", "accent6": "56B4E9",
}  # fmt: skip
"""The colours then: those of Okabe and Ito, which the colour-blind and printers tell apart."""
CREATED = datetime(2000, 1, 1)
"""Any fixed moment: the same input gives the same bytes."""
OLDEST = (1980, 1, 1, 0, 0, 0)
POINT = 12700
"""Units of a presentation in a point."""


@dataclass(frozen=True)
class Room:
    """A slide and the room that is left on it, in points."""

    slide: Slide
    left: float
    top: float
    width: float
    height: float


class Deck:
    """The slides so far."""

    def __init__(self, presentation: Presentation, layout: SlideLayout, *, own: bool) -> None:
        self._presentation, self._layout, self._own = presentation, layout, own

    def slide(self, title: str) -> Room:
        """A new slide with a title."""
        from pptx.enum.text import PP_ALIGN
        from pptx.util import Pt

        slide = self._presentation.slides.add_slide(self._layout)
        heading = slide.shapes.title
        bottom = TITLE[1] + TITLE[3]
        if heading is not None:
            heading.text_frame.text = words(title, 90)
            if self._own:
                heading.text_frame.paragraphs[0].font.size = Pt(26)
                heading.text_frame.paragraphs[0].font.bold = True
                heading.text_frame.paragraphs[0].alignment = PP_ALIGN.LEFT
            bottom = (heading.top + heading.height) / POINT
        width, height = (self._presentation.slide_width or 0) / POINT, (self._presentation.slide_height or 0) / POINT
        top = bottom + BELOW_TITLE
        return Room(slide, MARGIN, top, width - 2 * MARGIN, height - top - MARGIN)

    def content(self, title: str) -> bytes:
        """The presentation as a file."""
        core = self._presentation.core_properties
        core.title, core.author, core.last_modified_by = words(title, LONGEST_PROPERTY), "portfolio", "portfolio"
        core.created = core.modified = CREATED
        core.revision = 1
        target = BytesIO()
        self._presentation.save(target)
        return marked(_packed(target.getvalue()))


def read_deck(template: Path | None) -> Deck:
    """An empty presentation with the looks of a template, or with our own.

    Raises WrongUseError where the template cannot be read, or has no layout with a title and nothing else to fill in.
    """
    import pptx
    from pptx.exc import PackageNotFoundError

    if template is None:
        presentation = pptx.Presentation()
        _our_looks(presentation)
    else:
        try:
            presentation = pptx.Presentation(str(template))
        except (PackageNotFoundError, BadZipFile, KeyError, ValueError, OSError):
            raise WrongUseError(
                f"{template.name} is no presentation that can be read; give `template` one that is saved as .pptx.",
                "template",
            ) from None
        _without_slides(presentation)
    layout = next((one for one in presentation.slide_layouts if _is_title_only(one)), None)
    if layout is None:
        name = template.name if template is not None else "The presentation"
        raise WrongUseError(
            f"{name} has no layout with a title and no other text; add one to it, or give another `template`.",
            "template",
        )
    if template is None:
        heading = next(iter(layout.placeholders))
        heading.left, heading.top, heading.width, heading.height = (int(each * POINT) for each in TITLE)
    return Deck(presentation, layout, own=template is None)


def words(content: str, most: int = LONGEST) -> str:
    """A text that may stand on a slide: every character can be seen, and it ends where nobody reads on."""
    shown = seen(content[: most + 1])
    return shown if len(shown) <= most else f"{shown[: most - 1]}…"


def _is_title_only(layout: SlideLayout) -> bool:
    """Whether a layout has a title and nothing else to fill in but date, footer and number."""
    from pptx.enum.shapes import PP_PLACEHOLDER

    titles = {PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE}
    aside = {PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER}
    kinds = [each.placeholder_format.type for each in layout.placeholders]
    return any(kind in titles for kind in kinds) and all(kind in titles | aside for kind in kinds)


def _our_looks(presentation: Presentation) -> None:
    """Wide slides and our own colours in place of those that python-pptx brings."""
    from pptx.opc.constants import RELATIONSHIP_TYPE

    presentation.slide_width, presentation.slide_height = (int(each * POINT) for each in WIDE)
    theme = presentation.slide_masters[0].part.part_related_by(RELATIONSHIP_TYPE.THEME)
    text = theme.blob.decode("utf-8")
    for name, colour in PALETTE.items():
        text = re.sub(rf"(<a:{name}>)<a:srgbClr val=\"[0-9A-Fa-f]{{6}}\"/>", rf'\1<a:srgbClr val="{colour}"/>', text)
    theme._blob = text.encode("utf-8")


def _without_slides(presentation: Presentation) -> None:
    """Takes the slides out that a template shows itself with."""
    listed = presentation.slides._sldIdLst
    for each in list(listed):
        presentation.part.drop_rel(each.rId)
        listed.remove(each)


def _packed(content: bytes) -> bytes:
    """The same parts, each with the oldest moment that an archive can hold."""
    target = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            kept = ZipInfo(name, OLDEST)
            kept.compress_type, kept.external_attr = ZIP_DEFLATED, 0o600 << 16
            new.writestr(kept, old.read(name), compresslevel=6)
    return target.getvalue()
