"""Bundle the page's two libraries and write where they come from: the same packages give the same bytes every time."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).parent
OUT = HERE.parent / "src" / "portfolio" / "web" / "static" / "vendor"
AXE = HERE.parent / "tests" / "browser" / "axe"
BUNDLES = {
    "grid.js": ("tabulator-tables", "MIT", "https://tabulator.info", ("LICENSE",)),
    "charts.js": ("echarts", "Apache-2.0", "https://echarts.apache.org", ("LICENSE", "NOTICE")),
}
"""Each bundle with its package, licence, home and what of its licence goes along."""
HEAD = "# What others wrote and the page brings along. Written by `make vendor`; tests compare the SHA-256.\n"


def main() -> None:
    """Write the bundles, the grid's stylesheet, the licences, VENDOR.toml and the accessibility checker of the tests."""
    OUT.mkdir(parents=True, exist_ok=True)
    entries = [HEAD]
    for name, (package, licence, home, notices) in BUNDLES.items():
        bundle(name)
        for notice in notices:
            shutil.copyfile(packaged(package, notice), OUT / f"{package}.{notice}.txt")
        entries.append(entry(name, package, licence, home))
    shutil.copyfile(packaged("zrender", "LICENSE"), OUT / "zrender.LICENSE.txt")
    css = packaged("tabulator-tables", "dist/css/tabulator.min.css").read_text(encoding="utf-8")
    (OUT / "grid.css").write_text(css.split("/*# sourceMappingURL")[0].rstrip() + "\n", encoding="utf-8")
    entries.append(entry("grid.css", *BUNDLES["grid.js"][:3]))
    (OUT / "VENDOR.toml").write_text("\n".join(entries), encoding="utf-8")
    AXE.mkdir(parents=True, exist_ok=True)
    for name in ("axe.min.js", "LICENSE"):
        shutil.copyfile(packaged("axe-core", name), AXE / name)


def bundle(name: str) -> None:
    """One library as one minified ES module."""
    options = ("--bundle", "--format=esm", "--minify", "--charset=utf8", "--legal-comments=none", "--target=es2022")
    esbuild = HERE / "node_modules" / ".bin" / "esbuild"
    subprocess.run([esbuild, name, *options, f"--outfile={OUT / name}", "--log-level=warning"], cwd=HERE, check=True)


def entry(name: str, package: str, licence: str, home: str) -> str:
    """What VENDOR.toml says of one file."""
    version = json.loads(packaged(package, "package.json").read_text(encoding="utf-8"))["version"]
    fields = {
        "file": name,
        "name": package,
        "version": version,
        "url": f"https://registry.npmjs.org/{package}/-/{package}-{version}.tgz",
        "home": home,
        "licence": licence,
        "sha256": hashlib.sha256((OUT / name).read_bytes()).hexdigest(),
    }
    return "[[vendor]]\n" + "".join(f'{key} = "{value}"\n' for key, value in fields.items())


def packaged(package: str, name: str) -> Path:
    """A file of an installed package."""
    return HERE / "node_modules" / package / name


if __name__ == "__main__":
    main()
