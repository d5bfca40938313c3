"""What others wrote and the page brings along is what VENDOR.toml says, to the byte, and nothing else lies beside it."""

from __future__ import annotations

import hashlib
import json
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
VENDOR = ROOT / "src" / "portfolio" / "web" / "static" / "vendor"
ENTRIES = tomllib.loads((VENDOR / "VENDOR.toml").read_text(encoding="utf-8"))["vendor"]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["file"])
def test_each_file_is_the_one_that_was_bundled(entry: dict[str, str]) -> None:
    """Its SHA-256 is the recorded one, its version the one that is locked, and its licence lies beside it."""
    assert hashlib.sha256((VENDOR / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]
    locked = json.loads((ROOT / "vendoring" / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert locked[f"node_modules/{entry['name']}"]["version"] == entry["version"]
    assert entry["url"].endswith(f"{entry['name']}-{entry['version']}.tgz")
    assert entry["licence"] in {"MIT", "Apache-2.0"}
    assert (VENDOR / f"{entry['name']}.LICENSE.txt").read_text(encoding="utf-8").strip()


def test_nothing_unrecorded_is_brought_along() -> None:
    """Every file is recorded or a licence."""
    files = {path.name for path in VENDOR.iterdir() if not path.name.endswith((".LICENSE.txt", ".NOTICE.txt"))}
    assert files == {"VENDOR.toml", *(entry["file"] for entry in ENTRIES)}


def test_nothing_is_fetched_from_elsewhere() -> None:
    """No bundle names a source map or loads a module that is not here."""
    for entry in ENTRIES:
        text = (VENDOR / entry["file"]).read_text(encoding="utf-8")
        assert "sourceMappingURL" not in text
        assert "@import" not in text
        assert "url(http" not in text
