"""Validates records fast: values that already have the plain type skip the rules for what people may have meant.

The records' own rules begin with what people may have meant (numbers in text, blanks, any case), asked value by value. Here
every such rule is preceded by the plain type it leads to; what is not of that type goes through the rule as before. So
the records are the same, and where one cannot be built, the records' own rules say why.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from pydantic_core import SchemaValidator

from portfolio.domain.portfolio import Portfolio
from portfolio.domain.record import LARGEST, number_rule, text_rule, word_rule

if TYPE_CHECKING:
    from pydantic_core import CoreSchema

BOUNDS = ("ge", "gt", "le", "lt")
Schema = dict[str, Any]
"""A schema of pydantic, of which only some of the many kinds are looked into."""


def build_quickly(raw: Mapping[str, object]) -> Portfolio:
    """The portfolio of a JSON form; raises ValidationError where `Portfolio.model_validate` would."""
    portfolio: Portfolio = _validator().validate_python(raw)
    return portfolio


@cache
def _validator() -> SchemaValidator:
    schema = cast("CoreSchema", _preceded(Portfolio.__pydantic_core_schema__))
    try:
        return SchemaValidator(schema, _use_prebuilt=False)
    except TypeError:  # versions that know no validators built before, and so need not be told
        return SchemaValidator(schema)


def _preceded(schema: object) -> object:
    """A schema in which every rule is preceded by its plain type."""
    if isinstance(schema, list | tuple):
        return [_preceded(inner) for inner in schema]
    if not isinstance(schema, dict):
        return schema
    plain = _plain_type(schema)
    if plain is not None:
        return {"type": "union", "mode": "left_to_right", "choices": [plain, schema]}
    kept = ("metadata", "config", "default", "expected")
    return {key: value if key in kept else _preceded(value) for key, value in schema.items()}


def _plain_type(schema: Schema) -> Schema | None:
    """What a value has to be for its rule to leave it as it is; None where there is no rule, or an unknown one."""
    bounds: Schema = {}
    while schema.get("type") == "function-after":
        limits = getattr(schema["function"]["function"], "keywords", {})
        if len(limits) != 1 or not set(limits) <= set(BOUNDS):
            return None
        bounds |= limits
        schema = schema["schema"]
    if schema.get("type") != "function-before":
        return None
    rule, inner = schema["function"]["function"], schema["schema"]
    if rule is number_rule and inner == {"type": inner["type"]} and inner["type"] in ("float", "int"):
        limits = (
            {"ge": -LARGEST, "le": LARGEST} if inner["type"] == "float" else {"ge": -int(LARGEST), "le": int(LARGEST)}
        )
        return {**inner, "strict": True, **limits, **bounds}
    if rule is text_rule and inner == {"type": "nullable", "schema": {"type": "str"}} and not bounds:
        return {"type": "str", "strict": True, "min_length": 1}
    if rule is word_rule and inner["type"] == "literal" and not bounds:
        return dict(inner)
    return None
