"""The page of the reference about the library, from the signatures and docstrings of its public names."""

from __future__ import annotations

import inspect

import portfolio


def python_page() -> str:
    """Every public name: the verbs with what they take, then what they give, raise and are handed."""
    names = {name: getattr(portfolio, name) for name in portfolio.__all__}
    verbs = [name for name, thing in names.items() if inspect.isfunction(thing)]
    parts = [
        "# Python",
        "`import portfolio` imports nothing; each name is loaded when it is first used. Nothing is printed. "
        "How they are used together: [use a notebook](../how-to/use-a-notebook.md); "
        "what `frame` of a result holds: [tables](tables.md).",
        "## Verbs",
    ]
    for name in verbs:
        parts += [f"### {name}", f"```text\n{_signature(name, names[name])}\n```", *_paragraphs(names[name])]
    parts.append("## Types")
    for name in [one for one in names if one not in verbs]:
        parts += [f"### {name}", *_paragraphs(names[name])]
    return "\n\n".join(parts) + "\n"


def _signature(name: str, verb: object) -> str:
    """A verb with a line for each of its parameters."""
    signature = inspect.signature(verb)  # type: ignore[arg-type]
    lines, by_name = [], False
    for parameter in signature.parameters.values():
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY and not by_name:
            lines.append("    *,")
            by_name = True
        lines.append(f"    {str(parameter).replace(chr(39), '')},")
    return "\n".join([f"{name}(", *lines, f") -> {str(signature.return_annotation).replace(chr(39), '')}"])


def _paragraphs(thing: object) -> list[str]:
    """What a docstring says, a paragraph each."""
    return [" ".join(paragraph.split()) for paragraph in (inspect.getdoc(thing) or "").split("\n\n")]
