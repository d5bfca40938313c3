"""What a way of working calls things, and the words that epics are sorted by."""

from __future__ import annotations

from pydantic import Field

from portfolio.operating_model.section import Closed, Section


class Noun(Closed):
    """One word in singular and plural."""

    one: str = Field(min_length=1)
    many: str = Field(min_length=1)

    @property
    def headed(self) -> str:
        """The singular as a heading."""
        return self.one[:1].upper() + self.one[1:]

    @property
    def many_headed(self) -> str:
        """The plural as a heading."""
        return self.many[:1].upper() + self.many[1:]

    def counted(self, number: float) -> str:
        """So many of them: `1 bet`, `2 bets`."""
        return f"{number:g} {self.one if number == 1 else self.many}"


class Verb(Closed):
    """What happens to work that a plan begins, said of one and of several: `starts`, `start`."""

    one: str = Field(min_length=1)
    many: str = Field(min_length=1)

    def counted(self, number: float) -> str:
        """The verb as it stands after so many."""
        return self.one if number == 1 else self.many


class Vocabulary(Section):
    """What this way of working calls things; what it has no word for keeps the engine's own."""

    epic: Noun = Field(Noun(one="epic", many="epics"), description="What is ranked and funded.")
    value_stream: Noun = Field(
        Noun(one="value stream", many="value streams"), description="What is funded and has capacity."
    )
    period: Noun = Field(Noun(one="period", many="periods"), description="One planning interval.")
    review: Noun = Field(
        Noun(one="portfolio review", many="portfolio reviews"), description="The event in which plans change."
    )
    start: Verb = Field(
        Verb(one="starts", many="start"), description="What a plan does with an epic: it starts, is pulled, is funded."
    )


class Categories(Section):
    """The words that epics are sorted by, for drop-down lists and warnings; an empty list means anything goes."""

    types: tuple[str, ...] = Field((), description="Words for Type.")
    enablers: tuple[str, ...] = Field((), description="Those of the types that invest in what enables later work.")
    horizons: tuple[str, ...] = Field((), description="Words for Horizon.")
    categories: tuple[str, ...] = Field((), description="Words for Category.")
    released: tuple[str, ...] = Field((), description="States after pivot-or-persevere: the rest of the money is free.")
