"""Menus over the market targets: what is chosen is drawn, told, and can be copied as code."""

import re
import sys

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from hydrogen import write_hydrogen

import metaverse_analysis as ma
from metaverse_analysis.output.explore import ALL, MOST_SENTENCES, NOTHING, Choice, _Menus


def drawn_by(code: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The alt text of the chart that the copied code shows."""
    shown = []
    monkeypatch.setattr(ma.charts, "show", lambda chart, ds: shown.append(ma.charts.sourced(chart, ds)))
    exec(code, {})
    (chart,) = shown
    return ma.charts.alt_text(chart)


@pytest.fixture
def menus(ds) -> _Menus:
    return _Menus(ds, Choice(place=("CN-SC", "CN-SD")))


def alt(menus: _Menus) -> str:
    return BeautifulSoup(menus.picture.value, "html.parser").img["alt"]


def test_the_code_makes_the_same_picture(menus, monkeypatch):
    menus.year.value = 2025
    menus.highlight.value = ("CN-SD",)
    menus.dollars.value = True
    assert (
        'place=["Sichuan", "Shandong"]' in menus.calls.value and 'highlight=["Shandong"]' in menus.calls.value
    )
    assert 'rate_on="2024-01-19"' in menus.calls.value
    assert drawn_by(menus.calls.value, monkeypatch) == alt(menus)


def test_the_code_of_nothing_chosen_is_short(ds):
    code = Choice().code(ds, Choice().table(ds))
    assert code.splitlines()[3:] == [
        "targets = ma.market_targets(ds)", "ma.charts.show(ma.charts.market_targets(targets), ds)"
    ]  # fmt: skip


def test_what_was_known_on_a_day_stays_so_in_the_code(ds, monkeypatch):
    early = _Menus(ma.as_of(ds, "2023-09-30"), Choice(year=2025))
    assert drawn_by(early.calls.value, monkeypatch) == alt(early)


@pytest.mark.parametrize(
    ("menu", "value"),
    [("place", ("CN-SH",)), ("year", 2025), ("highlight", ()), ("dollars", True)],
)
def test_each_menu_changes_what_is_shown(menus, menu, value):
    before = menus.picture.value, menus.words.value, menus.calls.value
    getattr(menus, menu).value = value
    after = menus.picture.value, menus.words.value, menus.calls.value
    assert before[0] != after[0] and before[2] != after[2]
    assert (before[1] != after[1]) == (menu in ("place", "year", "dollars"))


def test_sentences_table_and_sources_are_those_of_the_choice(ds, menus):
    page = BeautifulSoup(menus.words.value, "html.parser")
    targets = ma.market_targets(ds, place=["CN-SC", "CN-SD"])
    standing = targets[targets["stands"]].sort_values("amount_cny_bn", ascending=False, kind="stable")
    said = [item.text for item in page.find("ul").find_all("li")]
    assert said[:MOST_SENTENCES] == [ma.sentence(ds, one) for one in standing["target_id"][:MOST_SENTENCES]]
    rows = [row.find("td").text for row in page.find("table").find_all("tr")[1:]]
    assert rows == list(standing["place"])
    cited = {a["href"] for a in page.find("details").find_all("a")}
    assert cited == set(re.findall(r"https?://\S+", ma.cite(ds, list(standing["target_id"]))))


def test_a_choice_without_a_target_is_told_in_words(menus):
    menus.scope.value = "metaverse_driven"
    assert BeautifulSoup(menus.picture.value, "html.parser").text == NOTHING
    assert menus.words.value == menus.calls.value == ""
    menus.scope.value = ALL
    assert "<img" in menus.picture.value and menus.calls.value


def test_a_day_without_rates_is_told_in_words(ds):
    menus = _Menus(ds, Choice(place=("CN-SC",), rate_on="2024-01-19"))
    menus.day.value = menus.day.value.replace(year=1950)
    assert "1950-01-19" in menus.picture.value and "<img" not in menus.picture.value


def test_the_calls_are_seen_when_asked_for(menus):
    assert menus.calls.layout.display == "none"
    menus.button.value = True
    assert menus.calls.layout.display == ""


def test_names_may_stand_for_ids_and_unknown_ones_are_told(ds):
    assert ma.explore(ds, place="四川", highlight=[], year=2025).children
    with pytest.raises(ValueError, match="Sichuan"):
        ma.explore(ds, place="Sichuann")
    with pytest.raises(ValueError, match="metaverse_related"):
        ma.explore(ds, scope="related")


def test_what_is_chosen_at_first_may_be_written_as_in_the_measure(ds):
    day = pd.Timestamp("2024-01-19")
    for asked in (
        {"year": "2025"},
        {"year": 2025.0},
        {"scope": "metaverse_related", "year": 2035},
        {"rate_on": day},
    ):
        assert ma.explore(ds, **asked).children
    for asked, said in (
        ({"scope": ["metaverse_core", "metaverse_related"]}, "one scope"), ({"year": [2025, 2030]}, "one year"),
        ({"rate_on": "2024-01"}, "2024-01-31"), ({"rate_on": "soon"}, "'soon'"),
    ):  # fmt: skip
        with pytest.raises(ValueError, match=said):
            ma.explore(ds, **asked)


def test_the_calls_for_a_folder_load_that_folder(tmp_path):
    folder = write_hydrogen(tmp_path / "it's mine")
    code = Choice().code(hydrogen := ma.load(folder), ma.market_targets(hydrogen))
    given = {}
    exec(code.rpartition("\n")[0], given)
    assert given["ds"] == hydrogen and given["targets"].equals(ma.market_targets(hydrogen))


def test_without_ipywidgets_one_is_told_and_gets_a_still_picture(ds, monkeypatch):
    monkeypatch.setitem(sys.modules, "ipywidgets", None)
    with pytest.raises(ImportError, match=r"ipywidgets.*\[lab\].*live=False"):
        ma.explore(ds)
    shown = []
    monkeypatch.setattr(ma.charts, "show", shown.append)
    assert ma.explore(ds, place="Sichuan", live=False) is None
    assert "Sichuan" in ma.charts.alt_text(shown[0])
