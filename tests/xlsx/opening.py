"""Whether other programs open a workbook: openpyxl, and LibreOffice with everything recalculated."""

from __future__ import annotations

import io
import shutil
import subprocess
import warnings
from pathlib import Path

import openpyxl
from openpyxl.workbook import Workbook

from tests.recalculate import ALWAYS


def opens_in_openpyxl(content: bytes, values: bool = False) -> Workbook:
    """The workbook as openpyxl reads it, with its formulas or their values; what openpyxl cannot keep does not matter."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(io.BytesIO(content), data_only=values, keep_vba=False)


def opens_in_libreoffice(path: Path, folder: Path, seconds: int = 120) -> Path:
    """The workbook as LibreOffice has read, recalculated and saved it; raises if LibreOffice cannot."""
    return open_many_in_libreoffice([path], folder, seconds)[path]


def open_many_in_libreoffice(paths: list[Path], folder: Path, seconds: int = 600) -> dict[Path, Path]:
    """Opens several workbooks in one run, which is much faster; raises FileNotFoundError naming those it could not."""
    made = converted(paths, folder, seconds)
    missing = [path.name for path in paths if path not in made]
    if missing:
        raise FileNotFoundError(f"LibreOffice did not open {', '.join(missing)}")
    return made


def converted(paths: list[Path], folder: Path, seconds: int = 600) -> dict[Path, Path]:
    """What LibreOffice could open of several workbooks, and where the recalculated copies are."""
    profile, out = folder / "profile", folder / "opened"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(ALWAYS, encoding="utf-8")
    options = [f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--convert-to", "xlsx"]
    command = ["soffice", *options, "--outdir", str(out), *map(str, paths)]
    subprocess.run([*_without_network(), *command], check=False, capture_output=True, timeout=seconds)
    return {path: out / f"{path.stem}.xlsx" for path in paths if (out / f"{path.stem}.xlsx").exists()}


def _without_network() -> list[str]:
    unshare = shutil.which("unshare")
    works = unshare and subprocess.run([unshare, "-rn", "true"], capture_output=True, check=False).returncode == 0
    return [str(unshare), "-rn"] if works else []
