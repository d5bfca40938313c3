"""Reads an operating model from its YAML file, by name or by path."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

from portfolio.domain.spelling import nearest, shown
from portfolio.errors import WrongUseError
from portfolio.operating_model import OperatingModel, contradictions
from portfolio.storage.read_yaml import Lines, read_yaml_with_lines

_OF_THE_WHOLE = ("format", "name", "title", "summary")
"""What no section says."""


@cache
def _folder() -> Path:
    """The models of the source tree where this runs from one, else those inside the installed package."""
    here = Path(__file__).resolve()
    in_source_tree = (here.parents[3] / "pyproject.toml").is_file() and (here.parents[3] / "models").is_dir()
    return here.parents[3] / "models" if in_source_tree else here.parents[1] / "models"


def model_names() -> list[str]:
    """The names of the operating models there are, in alphabetical order."""
    return sorted(path.stem for path in _folder().glob("*.yaml"))


def read_model(name_or_path: str | Path, beside: Path | None = None) -> OperatingModel:
    """The operating model of a name (such as `safe`), or of a YAML file of one's own."""
    return read_model_with_lines(name_or_path, beside)[0]


def read_model_with_lines(name_or_path: str | Path, beside: Path | None = None) -> tuple[OperatingModel, str, Lines]:
    """The operating model with its file's name and the line of each setting that the file gives.

    `beside` is the portfolio that names it: a YAML file of one's own is looked for in the same folder.
    """
    name, *taken = name_or_path.split(";") if isinstance(name_or_path, str) else (str(name_or_path),)
    path = _path(name, beside)
    model, lines = _read(path, path.stat().st_mtime_ns)
    if not taken:
        return model, path.name, lines
    sections = dict(_taken(text, beside) for text in taken if text.strip())
    own = {place: line for place, line in lines.items() if place[:1] not in {(section,) for section in sections}}
    return _mixed(model, sections), path.name, own


@lru_cache(maxsize=32)
def _read(path: Path, _: int) -> tuple[OperatingModel, Lines]:
    """A model as its file says it; the file is read again once it was written again."""
    return read_yaml_with_lines(path, OperatingModel, "operating model", contradictions)


def _taken(text: str, beside: Path | None) -> tuple[str, OperatingModel]:
    """The section that `scoring from safe` takes, and the model that it is taken from."""
    section, word, name = (part.strip() for part in text.partition(" from "))
    known = [field for field, value in OperatingModel.model_fields.items() if field not in _OF_THE_WHOLE and value]
    wanted = section.lower().replace(" ", "_")
    if not word or not name:
        raise WrongUseError(
            f"{shown(text.strip())} takes nothing; write for example: enterprise-kanban; scoring from safe."
        )
    if wanted not in known:
        meant = nearest(wanted, known)
        hint = f" Did you mean {meant}?" if meant else ""
        raise WrongUseError(f"Operating models have no section {shown(section)}; there are {', '.join(known)}.{hint}")
    return wanted, read_model(name, beside)


def _mixed(model: OperatingModel, sections: dict[str, OperatingModel]) -> OperatingModel:
    """A model with sections of others; raises WrongUseError for what they contradict each other in."""
    takes = [f"{section} from {other.name}" for section, other in sections.items()]
    taken = [f"{section.replace('_', ' ')} of {other.title}" for section, other in sections.items()]
    mixed = model.model_copy(
        update={
            **{section: getattr(other, section) for section, other in sections.items()},
            "name": "; ".join([model.name, *takes]),
            "title": f"{model.title} with {' and '.join(taken)}",
        }
    )
    wrong = [f"{'.'.join(map(str, place))} {what}" for place, what in contradictions(mixed)]
    if wrong:
        raise WrongUseError("\n".join(f"{mixed.name}: {one}" for one in wrong))
    return mixed


def _path(name_or_path: str | Path, beside: Path | None) -> Path:
    text = str(name_or_path)
    usual = text.strip().casefold()
    if usual.replace("-", "").isalnum() and (_folder() / f"{usual}.yaml").is_file():
        return _folder() / f"{usual}.yaml"
    names = model_names()
    known = {name.casefold(): name for name in names}
    if text.strip().casefold() in known:
        return _folder() / f"{known[text.strip().casefold()]}.yaml"
    path = Path(text.strip()) if beside is None else beside.parent / text.strip()
    if path.suffix.lower() in {".yaml", ".yml"}:
        if path.is_file():
            return path
        missing = f"{path} is a folder" if path.is_dir() else f"{path} does not exist"
        raise WrongUseError(f"{missing}; an operating model is a YAML file, or one of {', '.join(names)}.")
    meant = nearest(text, names)
    hint = f" Did you mean {meant}?" if meant else ""
    raise WrongUseError(f"There is no operating model {shown(text)}; there are {', '.join(names)}.{hint}")
