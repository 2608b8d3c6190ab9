"""The report stands whatever the data say: text stays text, and a chart that can't be drawn is named."""

import copy
import errno
import json
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import hydrogen
import matplotlib.pyplot as plt
import pytest
import tiny
from bs4 import BeautifulSoup
from hydrogen import write_hydrogen
from report_pages import Page, content, html, shorten
from thorough import MORE

import metaverse_analysis as ma
from metaverse_analysis.output import chart_pages, notebook_pages, report as reporting
from metaverse_analysis.output.report import FILES, report

HOSTILE = [
    '"><script>alert(1)</script><img src=x onerror=alert(1)>',
    "![x](http:127.0.0.1/p.png)",
    "x\n\n## [c](http://a/onmouseover=alert(1)//)\n\n- i\n\n> q\n\n```\nx\n```\n\n<b>y</b>\n\n[l]: http://a",
    "</title></style></textarea><svg/onload=alert(1)>",
    "How to @import https://x.css url(https://x) src=//a poster=http://b",
    "javascript:alert(1)",
    "L" * 700,
    "a\u2028b\r\nc\x0bd",
    "{{ 7*7 }} {% raw %}",
    "$\\B$ 100% &lt;b&gt; `x` |",
]

DRAWN = (HOSTILE[0], HOSTILE[6], HOSTILE[9])  # charts take long: in the plain run for some of them


def hostile_tables(tmp_path: Path, bad: str) -> ma.Dataset:
    """Another industry's folder with the text wherever a text may stand."""
    folder = write_hydrogen(tmp_path / "tables")
    about = copy.deepcopy(hydrogen.descriptor()) | {
        "title": bad,
        "description": bad,
        "limits": [bad],
        "subject": bad,
        "name": bad,
    }
    about["licenses"] = [{"name": bad, "path": bad}]
    about["contributors"] = [{"title": bad}]
    for resource in about["resources"]:
        resource |= {"title": bad, "description": bad}
        for field in resource["schema"]["fields"]:
            field |= {"title": bad, "description": bad, "unit": bad}
            for said in field.get("codes", {}).values():
                said |= {"label": bad, "description": bad}
    (folder / "datapackage.json").write_text(json.dumps(about), encoding="utf-8")
    ds = ma.load(folder)
    # No cell of a table may have what can't be seen, or a second blank; the schema's own words may.
    cell = " ".join("".join(char if char.isprintable() else " " for char in bad).split())
    sources = ds.sources.assign(
        title=cell, publisher=cell, host=cell, url=f"https://x.example/?src=https://a&b={cell}"
    )
    return ds.with_tables(
        sources=sources,
        places=ds.places.assign(name_en=cell),
        policy_documents=ds.policy_documents.assign(title_en=cell),
    )


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_what_the_tables_say_is_text_and_the_report_stands(tmp_path, monkeypatch, number):
    """Nothing in any text becomes a tag, an attribute, a picture or a link; what is told is told whole."""
    bad = HOSTILE[number]
    drawn = ("market_targets", "nesting") if MORE > 1 else ("market_targets",) * (bad in DRAWN)
    shorten(monkeypatch, *drawn)
    folder = report(hostile_tables(tmp_path, bad), tmp_path / "out")
    assert FILES in content(folder)
    for path in html(folder):
        page = Page(path)
        assert {tag for tag, _ in page.elements} <= TAGS, path.name
        assert not [given for _, given in page.elements if any(name.startswith("on") for name in given)]
        assert all(image["src"].startswith("charts/") for image in page.all("img"))
        assert {given.get("src") or given["type"] for given in page.all("script")} <= SCRIPTS
        for given in page.all("a"):
            parts = urlsplit(given["href"])
            assert parts.scheme in ("", "https") and parts.netloc in ("", "x.example"), given
        assert len(page.ids) == len(set(page.ids)), path.name
    said = BeautifulSoup((folder / "codebook.html").read_text("utf-8"), "html.parser").text
    assert " ".join(bad.split()) in " ".join(said.split())


SCRIPTS = {"application/ld+json", "assets/search-index.js", "assets/search.js"}
TAGS = {
    "html", "head", "meta", "title", "link", "body", "a", "header", "p", "nav", "ul", "ol", "li", "main", "h1", "h2",
    "h3", "section", "figure", "figcaption", "img", "details", "summary", "strong", "span", "div", "table", "thead",
    "tbody", "tr", "th", "td", "code", "pre", "br", "footer", "article", "form", "label", "input", "button", "script",
    "noscript", "small", "picture", "source", "svg", "g", "defs", "path", "clippath", "rect", "text", "use", "pattern",
    "desc",
}  # fmt: skip


def test_a_chart_that_cannot_be_drawn_is_named_with_its_reason(tmp_path, monkeypatch):
    def broken(ds):
        raise KeyError("no such\ncolumn")

    def unsaved(*args, **kwargs):
        raise RuntimeError("too many ticks")

    shorten(monkeypatch, "market_targets", "nesting")
    charts = dict(reporting.CHARTS)
    charts["nesting"] = replace(charts["nesting"], table=broken)
    monkeypatch.setattr(reporting, "CHARTS", charts)
    told = []
    folder = report(ma.load(write_hydrogen(tmp_path / "tables")), tmp_path / "one", progress=told.append)
    assert [line.partition("] ")[2] for line in told if "not drawn" in line] == [
        "charts/nesting: not drawn, 'no such\\ncolumn'"
    ]
    assert (
        "'no such\\ncolumn'."
        in BeautifulSoup((folder / "gallery.html").read_text("utf-8"), "html.parser").text
    )
    monkeypatch.setattr(chart_pages, "for_page", unsaved)
    folder = report(ma.load(tmp_path / "tables"), tmp_path / "two")
    assert not [name for name in content(folder) if name.startswith("charts/")]
    assert "too many ticks." in (folder / "gallery.html").read_text("utf-8")
    assert plt.get_fignums() == []


def test_a_full_disk_ends_it(tmp_path, monkeypatch):
    def full(*args, **kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    shorten(monkeypatch, "market_targets")
    monkeypatch.setattr(chart_pages, "for_page", full)
    ds = ma.load(write_hydrogen(tmp_path / "tables"))
    with pytest.raises(OSError, match=r"can't write .*/out: No space left on device"):
        report(ds, tmp_path / "out")
    assert [path.name for path in tmp_path.iterdir()] == ["tables"]


def test_missing_templates_are_told_before_anything_is_drawn(tmp_path, monkeypatch):
    notebook_pages.exporter.cache_clear()
    monkeypatch.setattr(notebook_pages.HTMLExporter, "template_paths", [])
    told = []
    with pytest.raises(ImportError, match="nbconvert's templates, which aren't installed"):
        report(folder=tmp_path / "out", progress=told.append)
    assert (told, list(tmp_path.iterdir())) == ([], [])
    notebook_pages.exporter.cache_clear()


def test_cells_that_a_spreadsheet_might_run_are_told(tmp_path, monkeypatch):
    shorten(monkeypatch, "market_targets")
    ds = ma.load(write_hydrogen(tmp_path / "tables"))
    places = ds.places.assign(name_en=ds.places.name_en.replace("Northmark", "=cmd|' /C calc'!A0"))
    folder = report(ds.with_tables(places=places), tmp_path / "out")
    said = {name: (folder / f"{name}.html").read_text("utf-8") for name in ("gallery", "codebook")}
    assert (
        "cells of the CSV begin with a sign that spreadsheet programs take for a formula" in said["gallery"]
    )
    assert "1 cells of the tables’ CSV files begin with a sign" in said["codebook"]


def test_tables_without_rows_make_a_report_too(tmp_path, monkeypatch):
    shorten(monkeypatch, "market_targets", "roster", "evidence_quality")
    empty = tiny.load_rows(tmp_path / "tables", {name: [] for name in tiny.ROWS})
    told = []
    folder = report(empty, tmp_path / "out", progress=told.append)
    assert [line for line in told if "not drawn" not in line and "charts/" in line] == []
    assert "no organisation sits in any body" in (folder / "gallery.html").read_text("utf-8")
    assert not [name for name in content(folder) if name.startswith("charts/")]
