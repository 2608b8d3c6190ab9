"""The report: whole, the same each time, closed to other hosts, harmless whatever the tables say."""

import hashlib
import re
import shutil
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import nbformat
import pytest
from hydrogen import write_hydrogen
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from report_pages import Page, astray, content, html, shorten
from thorough import MORE

import metaverse_analysis as ma
from metaverse_analysis.__main__ import main
from metaverse_analysis.output import gallery, notebook_pages, pages, report as reporting
from metaverse_analysis.output.report import FILES, report

FEW = ("press_rates", "roster")  # drawing all of them is left to the browser's tests
ONE_PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


@pytest.fixture
def short(monkeypatch):
    shorten(monkeypatch, FEW[0], notebooks=1)


@pytest.fixture
def bare(monkeypatch):
    """For what is about the folder: no chart, no notebook, no page of a place or of the library."""
    shorten(monkeypatch, notebooks=0)
    monkeypatch.setattr(reporting.Places, "pages", lambda self: iter(()))
    monkeypatch.setattr(reporting._Report, "_reference", lambda self: None)


@pytest.fixture(scope="module")
def commanded(tmp_path_factory) -> tuple[Path, str, str]:
    """A short report that the command wrote, and what it said on standard output and error."""
    folder, out, err = tmp_path_factory.mktemp("commanded") / "out", StringIO(), StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        shorten(patch, FEW[0], notebooks=1)
        assert main(["report", "--output", str(folder)]) == 0
    return folder, out.getvalue(), err.getvalue()


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        shorten(patch, *FEW)
        return report(folder=tmp_path_factory.mktemp("built") / "report")


@pytest.fixture(scope="module")
def parsed(built) -> dict[str, Page]:
    return {path.relative_to(built).as_posix(): Page(path) for path in html(built)}


def test_has_its_pages_and_files(built, parsed):
    expected = {
        "index.html", "gallery.html", "codebook.html", "sources.html", "cite.html", "notebooks.html", "places.html",
        "documents.html", "targets.html", "organisations.html", "search.html", "places/cn-sc.html",
        "tables/events.html",
    }  # fmt: skip
    assert expected <= set(parsed)
    assert {path.stem for path in reporting.stored_notebooks()} <= {Path(name).stem for name in parsed}
    for name in FEW:
        for file in (f"{name}.png", f"{name}-phone.png", f"{name}.svg", f"{name}.csv"):
            assert (built / "charts" / file).stat().st_size > 500
    assert ma.validate(built / "data") == []


def test_names_every_file_with_its_checksum(built):
    lines = (built / FILES).read_text().splitlines()
    named = {name: digest for digest, name in (line.split("  ") for line in lines)}
    found = {name: hashlib.sha256(data).hexdigest() for name, data in content(built).items() if name != FILES}
    assert named == found


def test_two_runs_give_the_same_bytes(commanded, short, tmp_path):
    assert content(report(folder=tmp_path / "report")) == content(commanded[0])


def test_no_page_loads_anything_from_elsewhere(built, parsed):
    for name, page in parsed.items():
        scripts = [given.get("src") or given["type"] for given in page.all("script")]
        own = {
            "index.html": ["application/ld+json"],
            "search.html": ["assets/search-index.js", "assets/search.js"],
        }
        assert scripts == own.get(name, []) and not page.all("iframe"), name
        for tag in ("img", "link"):
            for given in page.all(tag):
                address = given.get("src") or given.get("href")
                assert address.startswith("data:") or not urlsplit(address).scheme, (name, address[:80])
    assert not re.search(r"url\(\s*[\"']?\w+:|@import", (built / "assets" / "style.css").read_text())


def test_every_link_within_leads_somewhere_and_ids_are_unique(built):
    assert astray(built) == []


def test_links_that_lead_out_are_web_addresses_and_tell_nothing(parsed):
    out = [given for given in parsed["sources.html"].all("a") if urlsplit(given["href"]).scheme]
    assert len(out) > 500
    for given in out:
        assert urlsplit(given["href"]).scheme in ("http", "https")
        assert given["rel"] == "noopener noreferrer"


def test_pages_can_be_read_aloud(parsed):
    for name, page in parsed.items():
        assert page.all("html")[0]["lang"] == "en", name
        assert len(page.all("main")) == len(page.all("header")) == len(page.all("footer")) == 1, name
        assert len(page.all("h1")) == 1, name
        first = page.all("a")[0]
        assert first["href"] == "#content" and "content" in page.ids, name
        assert page.all("nav")[0].get("aria-label"), name
        current = [given for given in page.all("a") if given.get("aria-current")]
        assert current or name == "search.html", name  # which the box above all pages leads to
        for image in page.all("img"):
            assert len(image.get("alt", "")) > 20, name
        for table in page.all("table"):
            assert "border" not in table or table["border"] in ("0", "1")


def test_headings_skip_no_level(parsed):
    for name, page in parsed.items():
        levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch(r"h[1-6]", tag)]
        steps = [after - before for before, after in pairwise(levels)]
        assert max(steps, default=0) <= 1, name


def test_chinese_is_marked(built):
    text = (built / "codebook.html").read_text(encoding="utf-8")
    assert '<span lang="zh-Hans">核心产业</span>' in text
    text = (built / "sources.html").read_text(encoding="utf-8")
    assert 'lang="ja">' in text and 'lang="ja"><span' not in text


def test_refuses_a_folder_that_is_not_its_own(bare, tmp_path):
    mine = tmp_path / "thesis.txt"
    mine.write_text("ten years of work")
    with pytest.raises(ValueError, match="isn't ours"):
        report(folder=tmp_path)
    assert content(tmp_path) == {"thesis.txt": b"ten years of work"}


def test_refuses_to_lose_a_file_put_into_it(built, bare, tmp_path):
    folder = shutil.copytree(built, tmp_path / "report")
    (folder / "notes.txt").write_text("mine")
    before = content(folder)
    with pytest.raises(ValueError, match=r"notes\.txt"):
        report(folder=folder)
    assert content(folder) == before


def test_replaces_an_older_report_whole_or_not_at_all(built, bare, tmp_path, monkeypatch):
    folder = shutil.copytree(built, tmp_path / "report")
    old = content(folder)
    with monkeypatch.context() as broken:
        broken.setattr(pages, "citation", lambda ds: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            report(folder=folder)
    assert content(folder) == old
    assert [path.name for path in tmp_path.iterdir()] == ["report"], "no draft stays behind"
    report(folder=folder)
    assert set(content(folder)) < set(old), "the bare one has no charts"


def test_other_tables(short, tmp_path):
    """Another industry: what its tables don't hold is left out with the reason; the notebooks would not fit."""
    folder = write_hydrogen(tmp_path / "tables")
    assert main(["report", "--data", str(folder), "--output", str(tmp_path / "out")]) == 0
    assert not (tmp_path / "out" / "notebooks.html").exists()
    text = (tmp_path / "out" / "gallery.html").read_text(encoding="utf-8")
    assert "Not drawn" in text
    assert gallery.CHARTS[FEW[0]].question in text


def renamed(ds: ma.Dataset, name) -> ma.Dataset:
    """The same tables with other ids."""
    tables = {}
    for table in ds.tables:
        about = ds.schema[table]
        ids = {about.key, *(key.column for key in about.foreign_keys), "source_ids", "family_id"} & set(
            about.fields
        )
        tables[table] = ds[table].assign(**{c: ds[table][c].map(name, na_action="ignore") for c in ids})
    return ds.with_tables(**tables)


def another_name(key: str) -> str:
    """An id in another script, of great length, of signs that mean something to pages, or of a part of a page."""
    parts = {"north-scale": "of-market_scale", "east-plan": "of-north", "n1": "kind-official", "CN": "CN"}
    forms = (
        f"省{key.translate({ord(letter): 0x4E00 + ord(letter) for letter in key})}",
        key + "x" * 300,
        f"{key}\"'<b>&%41?x=1/../~{{7}}",
    )
    return parts.get(key, forms[len(key) % 3])


def test_ids_of_any_script_and_length_lead_to_their_rows(tmp_path, monkeypatch):
    shorten(monkeypatch)
    ds = renamed(ma.load(write_hydrogen(tmp_path / "tables")), another_name)
    assert astray(report(ds, tmp_path / "out")) == []


def test_tables_that_break_their_schema_are_named_as_they_would_be(tmp_path, monkeypatch):
    shorten(monkeypatch)
    ds = ma.load(write_hydrogen(tmp_path / "tables"))
    with pytest.raises(ma.DataError) as told:
        report(ds.with_tables(sources=ds.sources.iloc[1:]), tmp_path / "out")
    assert {one.file for one in told.value.problems} <= {f"data/{name}.csv" for name in ds.tables}
    assert not (tmp_path / "out").exists()


def test_charts_of_another_industry(tmp_path, monkeypatch):
    """Each is drawn, or says in plain words what its tables lack."""
    if MORE == 1:
        shorten(monkeypatch, "market_targets", "policy_timeline", "press_rates", "standards_trail")
    folder = report(ma.load(write_hydrogen(tmp_path / "tables")), tmp_path / "out")
    drawn = {path.stem for path in (folder / "charts").glob("*.png")}
    assert {"market_targets", "policy_timeline"} <= drawn
    for page in (
        "index.html",
        "gallery.html",
        "sources.html",
        "places.html",
        "documents.html",
        "targets.html",
    ):
        text = (folder / page).read_text(encoding="utf-8").casefold()
        assert "metaverse" not in text.replace("metaverse_analysis", ""), page
        assert "nan" not in re.findall(r"\w+", text) and "&lt;na&gt;" not in text, page


def test_progress_goes_to_standard_error_with_a_count(commanded):
    folder, out, err = commanded
    assert out == f"{folder / 'index.html'}\n"
    counts = [tuple(map(int, re.match(r"\[(\d+)/(\d+)\] \S", line).groups())) for line in err.splitlines()]
    assert [done for done, _ in counts] == list(range(1, counts[0][1] + 1))


def test_pages_allow_themselves_nothing_from_elsewhere(parsed):
    for name, page in parsed.items():
        policy = next(
            m["content"] for m in page.all("meta") if m.get("http-equiv") == "Content-Security-Policy"
        )
        assert policy.startswith("default-src 'none'; img-src 'self' data:;"), name
        assert "http" not in policy and "*" not in policy
        assert ("script-src" in policy) == (name == "search.html")


def test_another_industry_says_nothing_of_this_ones_evidence(tmp_path, monkeypatch, built):
    shorten(monkeypatch)
    folder = report(ma.load(write_hydrogen(tmp_path / "tables")), tmp_path / "out")
    for name in ("index.html", "codebook.html"):
        assert "full text was read" in (built / name).read_text("utf-8")
        text = (folder / name).read_text("utf-8")
        assert "full text" not in text and "driven-along" not in text


def stored(tmp_path, *cells) -> notebook_pages.Notebook:
    path = tmp_path / "01_test.ipynb"
    nbformat.write(new_notebook(cells=list(cells)), path)
    return notebook_pages.Notebook(path)


def test_a_notebook_page(tmp_path):
    picture = new_output(
        "display_data", {"image/png": ONE_PIXEL}, metadata={"image/png": {"alt": 'Bars of "two" <values>'}}
    )
    table = (
        '<table border="1" class="dataframe"><thead>\n<tr style="text-align: right;">'
        "<th></th><th>n</th><th>who</th></tr>"
        "</thead><tbody><tr><th>0</th><td>1,200.5</td><td>Sichuan</td></tr></tbody></table>"
    )
    notebook = stored(
        tmp_path,
        new_markdown_cell("# How *big*?\n\n**Over \\$35 billion**, says [one](02_other.ipynb#so)."),
        new_code_cell("draw()", execution_count=1, outputs=[picture]),
        new_code_cell("t", execution_count=2, outputs=[new_output("execute_result", {"text/html": table})]),
    )
    assert (notebook.heading, notebook.answer) == ("How big?", "Over $35 billion")
    cells, _, pictures = notebook.cells()
    (tmp_path / "cells.html").write_text(cells, encoding="utf-8")
    page = Page(tmp_path / "cells.html")
    assert [image["alt"] for image in page.all("img")] == ['Bars of "two" <values>']
    assert (
        [image["src"] for image in page.all("img")]
        == ["~/notebooks/01_test-1.png"]
        == [f"~/{p}" for p in pictures]
    )
    assert page.all("a")[0]["href"] == "02_other.html#so"
    known = {"phone": "charts/x-phone.png", "phone_width": 1, "phone_height": 2, "png": "charts/x.png"}
    shown, _, pictures = notebook.cells({'Bars of "two" <values>': {**known, "width": 3, "height": 4}})
    assert pictures == {} and 'srcset="~/charts/x-phone.png"' in shown and 'src="~/charts/x.png"' in shown
    cells = page.all("td")  # the head without words is one, too
    assert cells[1].get("class") == "figures" and "class" not in cells[2]
    assert page.all("thead") == [{}], "a head of the table isn't taken for a cell"


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '<img src="https://example.org/x.png" alt="a">',
        "![a](//example.org/x.png)",
        '<iframe src="data:text/html,x"></iframe>',
        '<style>@import "https://example.org/x.css";</style>',
    ],
)
def test_a_notebook_that_would_ask_another_host_is_refused(tmp_path, hostile):
    cells, sections, _ = stored(tmp_path, new_markdown_cell(f"# Q\n\n{hostile}")).cells()
    site = pages.Site(ma.load(), with_notebooks=True)
    given = {"cells": pages.as_html(cells), "sections": sections, "file": "01_test.ipynb"}
    with pytest.raises(ValueError, match=r"01_test\.html would load or run"):
        site.page("01_test.html", "notebook.html", "Q", **given, before=None, after=None)
