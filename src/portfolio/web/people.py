"""Who takes part: three links that let people look, score or decide, and a cookie that remembers who came by which."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, replace
from typing import Literal

Role = Literal["look", "score", "decide"]
ROLES: tuple[Role, ...] = ("look", "score", "decide")
"""From the one that may least to the one that may everything."""
LONGEST_NAME = 60
MOST_PEOPLE = 1_000


@dataclass(frozen=True)
class Person:
    """Somebody at the meeting: what people call themselves, and what they may do."""

    id: str
    name: str
    role: Role

    def may(self, role: Role) -> bool:
        """Whether they may do what a role may."""
        return ROLES.index(self.role) >= ROLES.index(role)

    def as_json(self) -> dict[str, str]:
        """As the page shows them."""
        return {"id": self.id, "name": self.name, "role": self.role}


@dataclass
class People:
    """The links, and everybody who came by one of them."""

    read_only: bool = False
    keys: dict[Role, str] = field(default_factory=lambda: {role: secrets.token_urlsafe(16) for role in ROLES})
    _by_cookie: dict[str, Person] = field(default_factory=dict)

    def role_of(self, key: str) -> Role | None:
        """What a link's key allows; None for a key that is none."""
        roles = [role for role in ROLES if secrets.compare_digest(self.keys[role].encode(), key.encode())]
        return None if not roles else "look" if self.read_only else roles[0]

    def join(self, key: str, cookie: str | None = None) -> str | None:
        """Lets somebody in by a key and gives the value of their cookie; who was here keeps their name. None for no key."""
        role = self.role_of(key)
        if role is None:
            return None
        known = self.known(cookie)
        if known is not None and cookie is not None:
            self._by_cookie[cookie] = replace(known, role=role)
            return cookie
        while len(self._by_cookie) >= MOST_PEOPLE:
            del self._by_cookie[next(iter(self._by_cookie))]
        new = secrets.token_urlsafe(24)
        self._by_cookie[new] = Person(secrets.token_hex(4), "", role)
        return new

    def known(self, cookie: str | None) -> Person | None:
        """Who has a cookie; None where nobody does."""
        return self._by_cookie.get(cookie) if cookie else None

    def rename(self, cookie: str, name: str) -> Person:
        """Remembers what somebody calls themselves."""
        person = replace(self._by_cookie[cookie], name=plain_name(name))
        self._by_cookie[cookie] = person
        return person


def plain_name(name: str) -> str:
    """A name on one line, without letters that nobody sees."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in name).split())[:LONGEST_NAME]
