"""The library's reference: no public name is missing, and each tells what it takes, gives, and what draws it."""

import inspect
import re

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from made_once import packaged

import metaverse_analysis as ma
from metaverse_analysis.charts.contract import CONTRACTS
from metaverse_analysis.output import reference
from metaverse_analysis.output.closed import foreign_parts
from metaverse_analysis.output.makers import listed_columns
from metaverse_analysis.output.reference import GROUPS, names_by_group, reference_pages, result_of

PUBLIC = {*ma.__all__, *(f"charts.{name}" for name in ma.charts.__all__)}
NAMES = [name for names in names_by_group().values() for name in names]


def thing(name):
    return getattr(ma.charts, name[7:]) if name.startswith("charts.") else getattr(ma, name)


MEASURES = [
    name for name in NAMES
    if inspect.isfunction(thing(name)) and "DataFrame" in str(inspect.signature(thing(name)).return_annotation)
]  # fmt: skip


@pytest.fixture(scope="module")
def written():
    return reference_pages(packaged())


@pytest.fixture(scope="module")
def pages(written):
    return {name: BeautifulSoup(page.body, "html.parser") for name, page in written.items()}


def section(pages, name):
    (found,) = [part for page in pages.values() for part in page.find_all("section", id=name)]
    return found


def test_every_public_name_stands_there_once():
    """A new name whose chart isn't in the gallery goes to the group in output/reference.py whose question it helps."""
    assert sorted(NAMES) == sorted(PUBLIC)


def test_a_measure_of_the_gallery_joins_the_group_of_its_notebook(monkeypatch):
    groups = tuple(group._replace(members=()) if group.notebook == "03" else group for group in GROUPS)
    monkeypatch.setattr(reference, "GROUPS", groups)
    names = {group.name: names for group, names in names_by_group.__wrapped__().items()}
    assert names["ambition"] == [
        "ambition", "charts.ambition", "implied_baseline", "charts.implied_baseline",
    ]  # fmt: skip
    assert sorted(name for names in names.values() for name in names) == sorted(PUBLIC)


def test_the_contents_lead_to_every_name(pages):
    links = [link["href"] for link in pages["reference.html"].find_all("a")]
    assert {link.partition("#")[2] for link in links if "#" in link} == PUBLIC
    assert [h.text for h in pages["reference.html"].find_all("h2")] == [group.question for group in GROUPS]


def test_every_link_leads_somewhere(pages):
    ids = {name: {part["id"] for part in page.find_all(id=True)} for name, page in pages.items()}
    for page in pages.values():
        for link in page.find_all("a", href=True):
            file, _, anchor = link["href"].partition("#")
            assert file in ids and (not anchor or anchor in ids[file]), link


def test_the_pages_ask_nobody_and_have_each_id_once(written, pages):
    for name, page in written.items():
        assert not foreign_parts(page.body), name
        ids = [part["id"] for part in pages[name].find_all(id=True)]
        assert len(ids) == len(set(ids)), name


@pytest.mark.parametrize("name", [name for name in NAMES if inspect.isfunction(thing(name))])
def test_a_function_shows_its_signature_its_words_and_an_example(pages, name):
    part, function = section(pages, name), thing(name)
    shown = part.find("pre", class_="signature").text
    assert shown.startswith(f"ma.{name}(") and "metaverse_analysis." not in shown
    parameters = inspect.signature(function).parameters
    assert all(re.search(rf"\b{one}\b", shown) for one in parameters)
    first = " ".join(inspect.getdoc(function).split("\n\n")[0].replace("`", "").split())
    assert first in " ".join(part.text.split())
    example = part.find("pre", class_="example")
    assert example is not None and ">>> " in example.text, "its documentation has no example"


@pytest.mark.parametrize("name", [name for name in NAMES if inspect.isclass(thing(name))])
def test_a_class_shows_its_words_and_an_example(pages, name):
    part = section(pages, name)
    assert ">>> " in part.find("pre", class_="example").text
    assert inspect.getdoc(thing(name)).split("\n")[0].split("`")[0] in " ".join(part.text.split())


@pytest.mark.parametrize("name", MEASURES)
def test_a_measure_shows_its_columns_what_they_hold_and_the_chart(pages, name):
    part = section(pages, name)
    if "measures" in thing(name).__module__:
        rows = [
            [cell.text for cell in row.find_all("td")]
            for row in part.find_all("table")[-1].find_all("tr")[1:]
        ]
        columns = [row[0] for row in rows]
        if name != "instrument_matrix":  # a column for each instrument
            index = ["target_id"] * (name == "grades")
            assert index + [one for one in listed_columns(thing(name)) if one in columns] == columns
        assert {row[1] for row in rows} <= {"text", "code", "number", "whole number", "true/false", "day"}
        units = {row[0]: row[2] for row in rows}
        assert all(units[c] == "billion CNY" for c in columns if c.endswith("_cny_bn"))
    drawn = [
        chart
        for chart, contract in CONTRACTS.items()
        if contract.measure == name and chart in ma.charts.__all__
    ]
    for chart in drawn:
        assert part.find("a", href=re.compile(f"#charts.{chart}$")), chart
        assert section(pages, f"charts.{chart}").find("a", href=re.compile(f"#{name}$"))


def test_the_result_is_that_of_the_example_where_a_measure_must_be_asked():
    found = result_of(packaged(), "roster", ma.roster)
    assert isinstance(found, pd.DataFrame) and found["body_id"].nunique() == 1


def test_completion_on_charts_shows_charts_only():
    assert dir(ma.charts) == ma.charts.__all__
    assert all(callable(getattr(ma.charts, name)) for name in dir(ma.charts))
