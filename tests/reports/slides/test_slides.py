"""Slides: shapes, tables and charts with everything that was decided, in which whatever people call things is text."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest

from portfolio.errors import WrongUseError
from portfolio.reports.report import Report, Source
from portfolio.reports.slides import slides_of
from portfolio.results.views import Shown
from portfolio.storage.own_files import is_own
from tests.reports.test_html_report import HOSTILE, SOURCE, hostile, report
from tests.results.views.test_views import shown
from tests.workbook.answers import COMPLETE_PLAN, answer_for, complete_answer, complete_portfolio, without_plan

TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
SLIDE = re.compile(r"ppt/slides/slide(\d+)\.xml")


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def slides(content: bytes) -> list[str]:
    """The texts of each slide, in order."""
    found = {int(name[1]): part for part_name, part in parts(content).items() if (name := SLIDE.fullmatch(part_name))}
    return [
        "\n".join(element.text or "" for element in ElementTree.fromstring(found[number]).iter(TEXT))
        for number in sorted(found)
    ]


def test_everything_that_was_decided_is_there() -> None:
    """Decision, difference, roadmap, load, guardrails, value and duration, each with its title."""
    subject = report()
    texts = slides(slides_of(subject))
    firsts = [text.split("\n")[0] for text in texts]
    assert firsts == [subject.title, "Difference", "Roadmap", "Load", "Guardrails", "Value and duration"]
    assert subject.headline in texts[0]
    assert "ab" * 32 in texts[0]
    for epic in COMPLETE_PLAN:
        assert re.search(rf"^{epic} ", texts[2], re.MULTILINE)
    for stream in subject.shown.portfolio.value_streams:
        assert stream.title in texts[3]


def test_the_same_answer_is_the_same_file(tmp_path: Path) -> None:
    """Byte for byte, with no moment of today in it; and it is known again as long as nobody saves it."""
    content = slides_of(report())
    assert content == slides_of(report())
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
    assert b"2000-01-01T00:00:00Z" in parts(content)["docProps/core.xml"]
    (tmp_path / "ours.pptx").write_bytes(content)
    assert is_own(tmp_path / "ours.pptx")
    changed = {name: part.replace(b"Load", b"Lode") for name, part in parts(content).items()}
    with zipfile.ZipFile(tmp_path / "theirs.pptx", "w") as archive:
        for name, part in changed.items():
            archive.writestr(name, part)
    assert not is_own(tmp_path / "theirs.pptx")


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_text(name: str) -> None:
    """On slides and in the workbooks of charts: nothing is a formula, a link out or a control character."""
    content = slides_of(Report(hostile(name), Source(name, name, name), ()))
    for part, held in parts(content).items():
        if part.endswith((".xml", ".rels")):
            ElementTree.fromstring(held)
            assert b'TargetMode="External"' not in held
            assert b"hlinkClick" not in held
        if part.endswith(".xlsx"):
            sheet = openpyxl.load_workbook(io.BytesIO(held)).worksheets[0]
            assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    if name.isprintable() and len(name) < 40:
        assert name in "\n".join(slides(content))


def test_the_figures_of_charts_are_where_the_charts_look_for_them() -> None:
    """Each reference of a chart leads to the same figures in its own workbook as those that it shows."""
    content = parts(slides_of(report()))
    charts = [name for name in content if re.fullmatch(r"ppt/charts/chart\d+\.xml", name)]
    assert len(charts) == 2
    space = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
    for name in charts:
        relations = content[name.replace("charts/", "charts/_rels/") + ".rels"].decode()
        target = re.search(r'Target="\.\./embeddings/([^"]+)"', relations)
        assert target is not None
        sheet = openpyxl.load_workbook(io.BytesIO(content[f"ppt/embeddings/{target[1]}"]))["Sheet1"]
        references = [*ElementTree.fromstring(content[name]).iter(f"{space}numRef")]
        assert references
        for reference in references:
            cells = sheet[(reference.findtext(f"{space}f") or "").split("!")[1]]
            there = [row[0].value for row in cells] if isinstance(cells, tuple) else [cells.value]
            shown_there = [float(value.text or "nan") for value in reference.iter(f"{space}v")]
            assert there == pytest.approx(shown_there)


def test_tables_of_many_rows_count_the_rest() -> None:
    """Of a difference in 300 epics the first are shown, and how many more there are."""
    raw = complete_portfolio()
    raw["epics"] += [{"id": f"X{number}", "job_size": 1, "effort": {"VS3": 1}} for number in range(300)]
    after = answer_for(raw, {**COMPLETE_PLAN, **{f"X{number}": (0, 1) for number in range(300)}})
    texts = slides(slides_of(Report(shown(after, answer_for(raw, COMPLETE_PLAN)), SOURCE, ())))
    count = re.search(r"and (\d+) more", texts[1])
    assert count is not None
    assert int(count[1]) + len(re.findall("starts now", texts[1])) == 300
    assert sum(text.startswith("Roadmap") for text in texts) > 1


def test_what_no_arrow_can_show_is_said() -> None:
    """A dependency between bars of two slides is named under the last one."""
    raw = complete_portfolio()
    raw["epics"] += [{"id": f"X{number}", "job_size": 1, "effort": {"VS3": 1}} for number in range(60)]
    raw["dependencies"] = [*raw.get("dependencies", []), {"predecessor": "X0", "successor": "X58", "type": "needs"}]
    plan = {**COMPLETE_PLAN, **{f"X{number}": (0, 1) for number in range(60)}}
    texts = slides(slides_of(Report(shown(answer_for(raw, plan)), SOURCE, ())))
    last = [text for text in texts if text.startswith("Roadmap")][-1]
    assert "From slide to slide, without an arrow: " in last
    assert "X58 needs X0" in last


def test_without_a_plan() -> None:
    """A portfolio that only ranks says so on its first slide, and shows value and duration."""
    answer = complete_answer()
    alone = answer.portfolio.model_copy(update={"value_streams": ()})
    texts = slides(slides_of(Report(Shown(alone, answer.model, answer.ranking), SOURCE, ())))
    assert len(texts) == 2
    assert "ranked but not planned" in texts[0]
    assert len(slides(slides_of(Report(shown(without_plan(answer)), SOURCE, ())))) == 2


def test_a_template_gives_its_looks(tmp_path: Path) -> None:
    """Its size, its layout and its colours; the slides that it shows itself with are gone."""
    import pptx

    template = pptx.Presentation()
    template.slides.add_slide(template.slide_layouts[0]).shapes.title.text = "Our house style"
    template.save(str(tmp_path / "corp.pptx"))
    content = slides_of(report(), tmp_path / "corp.pptx")
    assert "Our house style" not in "\n".join(slides(content))
    made = pptx.Presentation(io.BytesIO(content))
    assert made.slide_width == template.slide_width
    assert {slide.slide_layout.name for slide in made.slides} == {"Title Only"}
    assert b'<a:schemeClr val="accent1"' in parts(content)["ppt/slides/slide3.xml"]


def test_a_template_that_cannot_be_used_is_said(tmp_path: Path) -> None:
    """One that is no presentation, one that is not there, and one without a layout that fits."""
    import pptx

    (tmp_path / "text.pptx").write_text("hello", "utf-8")
    for name in ("text.pptx", "none.pptx"):
        with pytest.raises(WrongUseError, match="no presentation that can be read"):
            slides_of(report(), tmp_path / name)
    bare = pptx.Presentation()
    for layout in list(bare.slide_layouts):
        if layout.name == "Title Only":
            bare.slide_layouts.remove(layout)
    bare.save(str(tmp_path / "bare.pptx"))
    with pytest.raises(WrongUseError, match="no layout with a title and no other text"):
        slides_of(report(), tmp_path / "bare.pptx")


def test_without_python_pptx(monkeypatch: pytest.MonkeyPatch) -> None:
    """What to install is said."""
    monkeypatch.setattr("portfolio.reports.slides.find_spec", lambda _: None)
    with pytest.raises(WrongUseError, match=r"pip install 'portfolio\[pptx\]'"):
        slides_of(report())


@pytest.mark.libreoffice
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_another_program_shows_every_slide(tmp_path: Path) -> None:
    """LibreOffice makes a page of each slide."""
    (tmp_path / "slides.pptx").write_bytes(slides_of(report()))
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf"]
    subprocess.run(
        [*command, "--outdir", str(tmp_path), str(tmp_path / "slides.pptx")],
        check=True,
        capture_output=True,
        timeout=180,
    )
    pages = re.findall(rb"/Type\s*/Page\b(?!s)", (tmp_path / "slides.pdf").read_bytes())
    assert len(pages) == len(slides(slides_of(report())))
