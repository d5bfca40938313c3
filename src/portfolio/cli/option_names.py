"""How the arguments that messages name are given on the command line: below it no option has a name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from portfolio.errors import WrongUseError

if TYPE_CHECKING:
    from portfolio.domain.finding import Finding

OPTIONS = {
    "accept_suggestions": "--accept-suggestions",
    "add": "--add",
    "against": "--agreed",
    "agreed": "--keep",
    "as_of": "--as-of",
    "as_seen": "--as-seen",
    "behind_proxy": "--behind-proxy",
    "certificate": "--certificate",
    "certificates": "--certificates",
    "closed": "--closed",
    "cluster": "--cluster",
    "draws": "--draws",
    "force": "--force",
    "forecast": "--forecast",
    "formulation_path": "--formulation",
    "gap": "--gap",
    "keep": "--keep",
    "key": "--key",
    "kinds": "--kinds",
    "mapping": "--mapping",
    "model": "--model",
    "name": "--name",
    "on": "--on",
    "path": "-o",
    "places": "--places",
    "plain_http": "--plain-http",
    "plan": "--plan",
    "plans": "compare",
    "port": "--port",
    "rules": "--rule",
    "seed": "--seed",
    "sheet": "--sheet",
    "start": "--from",
    "template": "--template",
    "time_limit": "--time-limit",
    "tolerance": "--tolerance",
    "top": "--top",
    "types": "--type",
    "until": "--until",
    "user_header": "--user-header",
    "window": "--window",
    "words": "--words",
}
"""How the arguments that messages name are given on the command line."""


def by_options(problem: WrongUseError) -> str:
    """What is wrong, with the options of a command in place of a program's arguments."""
    text = str(problem)
    for argument in problem.arguments:
        text = text.replace(f"`{argument}`", OPTIONS.get(argument, argument))
    return text


def named_finding(finding: Finding) -> Finding:
    """A finding with the options of a command in place of a program's arguments."""
    return replace(finding, what=_named(finding.what), rule=_named(finding.rule), fix=_named(finding.fix))


def finding_as_json(finding: Finding) -> dict[str, str]:
    """The same as every `--json` output prints it."""
    return named_finding(finding).as_json()


def _named(text: str) -> str:
    for argument in IN_FINDINGS:
        text = text.replace(f"`{argument}`", OPTIONS[argument])
    return text


IN_FINDINGS = ("words", "types", "mapping", "accept_suggestions", "kinds", "window")
"""Arguments that findings name."""
