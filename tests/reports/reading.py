"""A report as tests read it: by a parser of HTML that knows nothing of how it was made."""

from __future__ import annotations

from html.parser import HTMLParser

ELEMENTS = {
    "html", "head", "meta", "title", "style", "body", "header", "main", "footer", "nav", "section", "h1", "h2", "h3", "p",
    "ul", "li", "a", "dl", "dt", "dd", "div", "span", "strong", "table", "thead", "tbody", "tr", "th", "td",
    "svg", "g", "rect", "text", "line", "path", "circle",
}  # fmt: skip
ATTRIBUTES = {
    "lang", "charset", "http-equiv", "content", "name", "class", "id", "aria-labelledby", "aria-label", "aria-hidden", "href", "tabindex",
    "scope", "colspan", "rowspan", "xmlns", "role", "viewbox", "width", "height", "x", "y", "x1", "x2", "y1", "y2", "rx", "r",
    "cx", "cy", "d", "text-anchor", "data-epic", "data-from", "data-to",
}  # fmt: skip
VOID = {"meta"}


class Reading(HTMLParser):
    """Every element with its attributes, and the text of each."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self.open: list[str] = []
        self.comments: list[str] = []
        self.wrong: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)

    def handle_data(self, data: str) -> None:
        self.texts.setdefault(self.open[-1] if self.open else "", []).append(data)

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of every element of a kind."""
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def text(self) -> str:
        """Everything that people read."""
        return " ".join(data for tag, parts in self.texts.items() if tag != "style" for data in parts)

    @property
    def foreign(self) -> list[str]:
        """Elements and attributes that no report has, and links that lead out of it."""
        found = [tag for tag, _ in self.elements if tag not in ELEMENTS]
        found += [name for _, attributes in self.elements for name in attributes if name not in ATTRIBUTES]
        found += [str(link["href"]) for link in self.all("a") if not str(link.get("href")).startswith("#")]
        return found + self.wrong
