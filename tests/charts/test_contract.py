"""What every chart takes: the table of its measure, whatever was done to it; anything else is told in words."""

import io
from collections.abc import Iterable
from functools import cache

import pandas as pd
import pytest
from chart_checks import said
from made_once import packaged
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text
from says import says
from thorough import MORE

import metaverse_analysis as ma
from metaverse_analysis import charts
from metaverse_analysis.charts.contract import CONTRACTS, draws
from metaverse_analysis.charts.labels import figure_of
from metaverse_analysis.output.gallery import CHARTS

OF_TABLES = [name for name in CHARTS if CONTRACTS.get(name, CONTRACTS["nesting"]).columns]  # not of a Total
BESIDES = {"about", "place_id", "source_ids"}  # used where they are
DYNAMIC = (
    "instrument_matrix",
    "instrument_counts",
    "instruments_by_level",
)  # their columns follow from the schema
NAMES = [
    "place", "parent", "parent_place", "organisation", "body", "body_short", "plural", "label", "what", "document",
    "scope_label", "instrument_label", "instrument_group_label", "list_group_label", "target_kind_label",
    "finding_label", "measure_label", "role_label", "reported_by", "counted_by", "outlet", "dropped_labels",
    "certainty", "about", "which", "event",
]  # fmt: skip

each_chart = pytest.mark.parametrize("name", OF_TABLES)


@cache
def table_of(name: str) -> pd.DataFrame:
    return CHARTS[name].table(packaged())


@cache
def beside(name: str) -> dict[str, pd.DataFrame]:
    return CHARTS[name].beside(packaged(), table_of(name))


def drawn(name: str, table: pd.DataFrame) -> Axes | Figure:
    return CHARTS[name].draw(table, **beside(name))


def texts(chart: Axes | Figure) -> list[str]:
    return sorted(text.get_text() for text in figure_of(chart).findobj(Text))


@cache
def usual(name: str) -> list[str]:
    return texts(drawn(name, table_of(name)))


def from_csv(table: pd.DataFrame) -> pd.DataFrame:
    return pd.read_csv(io.StringIO(table.to_csv(index=False)))


def converted(table: pd.DataFrame) -> pd.DataFrame:
    return table.convert_dtypes().set_index(table.columns[0])


def as_objects(table: pd.DataFrame) -> pd.DataFrame:
    return table.astype(object).set_index(table.columns[0], drop=False)


def as_text(table: pd.DataFrame) -> pd.DataFrame:
    return pd.read_csv(io.StringIO(table.to_csv(index=False)), dtype="str")


def as_categories(table: pd.DataFrame) -> pd.DataFrame:
    return table.astype("category")


FORMS = {
    "from a file": from_csv,
    "converted": converted,
    "objects": as_objects,
    "text": as_text,
    "categories": as_categories,
}
VALUES = {"zero": 0.0, "missing": float("nan")}


def by_turns(options: Iterable[str]) -> list[tuple[str, str]]:
    """Each chart with one of the options, by turns; in a thorough run with all of them."""
    choices = list(options)
    pairs = [
        (name, choice, place + turn)
        for place, name in enumerate(OF_TABLES)
        for turn, choice in enumerate(choices)
    ]
    return [(name, choice) for name, choice, turn in pairs if MORE > 1 or turn % len(choices) == 0]


def said_of(name: str) -> str:
    chart = CHARTS[name].draw.__name__
    return rf"charts\.{chart} takes the table that ma\.{CONTRACTS[chart].measure} gives"


@each_chart
def test_what_is_no_table_of_the_measure_is_told_with_the_measure_to_call(name):
    for wrong, kind in [(None, "not None"), (packaged(), "not a Dataset"), ([1], "not a list")]:
        with pytest.raises(ValueError, match=f"{said_of(name)}, and {kind}"):
            drawn(name, wrong)
    with pytest.raises(ValueError, match=f"{said_of(name)}; this one lacks"):
        drawn(name, pd.DataFrame({"id": [1]}))
    assert not plt.get_fignums()


@each_chart
def test_each_column_that_is_missing_is_named(name):
    for column in CONTRACTS[CHARTS[name].draw.__name__].columns:
        with pytest.raises(ValueError, match=rf"{said_of(name)}; this one lacks {column}$"):
            drawn(name, table_of(name).drop(columns=column))


def test_a_sum_is_needed_for_the_chart_of_a_sum(ds):
    for wrong in (ds, ma.market_targets(ds)):
        with pytest.raises(ValueError, match=r"charts\.total takes what ma\.add_up gives, and not a"):
            charts.total(wrong)


@pytest.mark.parametrize("name", [name for name in OF_TABLES if name not in DYNAMIC])
def test_the_columns_that_a_chart_names_are_all_that_it_needs(name):
    table = table_of(name)
    named = {*CONTRACTS[CHARTS[name].draw.__name__].columns, *BESIDES}
    try:
        seen = texts(drawn(name, table[[column for column in table if column in named]]))
    except KeyError as missing:
        pytest.fail(f"the chart uses a column that its @draws doesn't name: {missing}")
    assert seen == usual(name)


@pytest.mark.parametrize(("name", "form"), by_turns(FORMS))
def test_a_table_that_was_worked_on_is_drawn_as_it_was(name, form):
    worked = FORMS[form](table_of(name))
    before = worked.copy()
    assert texts(drawn(name, worked)) == usual(name)
    pd.testing.assert_frame_equal(worked, before)


@each_chart
def test_rows_that_stand_twice_are_told_before_they_count_twice(name):
    """A table joined with itself, and one with two selections that overlap, whatever else differs in their rows."""
    table = table_of(name)
    overlapping = pd.concat([table, table.iloc[-1:]])
    with pytest.raises(
        ValueError, match=r"1 of [\d,]+ rows stand in the table twice.* Draw table\.drop_duplicates\("
    ):
        drawn(name, overlapping)
    key = CONTRACTS[CHARTS[name].draw.__name__].key
    if key:
        again = table.iloc[-1:].assign(source_ids="another")
        with pytest.raises(ValueError, match=f"{key} {table[key].iloc[-1]!r}"):
            drawn(name, pd.concat([table, again]))


# The chart of the province's evidence is that of the tables', whose rows have no id.
@pytest.mark.parametrize("name", [name for name in OF_TABLES if name != "evidence_by_province"])
def test_the_id_of_a_row_is_the_key_of_the_chart(name):
    """Where the measure's rows have an id of their own, `@draws(..., key=...)` above the chart names it."""
    table, key = table_of(name), CONTRACTS[CHARTS[name].draw.__name__].key
    assert key in table if key else not (table.columns[0].endswith("_id") and table.iloc[:, 0].is_unique)
    assert not key or table[key].dropna().is_unique


@pytest.mark.parametrize("name", ["priorities", "standards_trail", "shared_seats", "reported_series"])
def test_what_follows_in_time_or_rank_does_so_whatever_the_order_of_rows(name):
    # Of figures for one year the first is drawn, and of equals the first named: only the title is of all rows.
    title = said(drawn(name, table_of(name)), "title")
    assert said(drawn(name, table_of(name)[::-1]), "title") == title


@pytest.mark.parametrize(("name", "value"), by_turns(VALUES))
def test_numbers_that_are_missing_or_zero_are_drawn_or_told(name, value):
    table = table_of(name)
    numbers = [column for column in table if pd.api.types.is_float_dtype(table[column].dtype)]
    try:
        chart = drawn(name, table.assign(**dict.fromkeys(numbers, VALUES[value])))
    except ValueError as told:
        assert str(told).startswith(("no ", "there is no ")), told
        assert not plt.get_fignums()
    else:
        assert not [text for text in texts(chart) if "nan" in text.split()]


@each_chart
def test_a_table_with_nothing_in_it_is_told(name):
    table = table_of(name)
    for nothing in (table.iloc[:0], table.assign(**dict.fromkeys(table, pd.NA))):
        with pytest.raises(
            ValueError, match=r"nothing to draw|nothing in it|: give |no figure of the measure|date"
        ):
            drawn(name, nothing)
    assert not plt.get_fignums()


@each_chart
def test_dollar_signs_in_texts_of_the_tables_are_dollar_signs(name):
    table = table_of(name)
    priced = {
        column: table[column].astype("str").map(lambda words: f"${words} x$", na_action="ignore")
        for column in NAMES
        if column in table
    }
    found = figure_of(drawn(name, table.assign(**priced))).findobj(Text)
    with_dollars = [text for text in found if "$" in text.get_text()]
    assert with_dollars and not [text for text in with_dollars if text.get_parse_math()]


def test_a_column_of_another_kind_is_told():
    @draws("made_up", "place", numbers="amount", whole="year", flags="stands")
    def made_up(table: pd.DataFrame) -> pd.DataFrame:
        return table

    def given(**columns):
        return made_up(
            pd.DataFrame({"place": ["A"], "amount": [1], "year": [2025.0], "stands": [None]} | columns)
        )

    try:
        assert [str(kind) for kind in given().dtypes] == ["str", "float64", "Int64", "bool"]
        assert not given()["stands"].any(), "missing is false"
        for column, wrong, words in [
            ("amount", "a lot", "numbers; it has a lot"),
            ("year", 2025.5, "whole numbers; it has 2025.5"),
            ("stands", "perhaps", "true or false; it has perhaps"),
        ]:
            with pytest.raises(ValueError, match=rf"charts\.made_up: the column {column} needs {words}"):
                given(**{column: [wrong]})
    finally:
        del CONTRACTS["made_up"]


def test_the_words_around_a_chart_are_set_on_the_finished_one():
    for word in ("title", "subtitle", "footer"):
        with pytest.raises(TypeError) as told:
            charts.revisions(table_of("revisions"), **{word: "mine"})
        assert says(told, f"charts.revisions takes no {word}", f"charts.save(chart, path, ds, {word}=...)")
    for name in ("profile", "compare"):
        with pytest.raises(ValueError) as told:
            getattr(charts, name)(packaged(), "Sichuan")
        assert says(told, f"charts.{name} takes what ma.{name} gives", "not a Dataset")


def test_a_chart_that_is_not_there_leads_to_those_that_are():
    with pytest.raises(AttributeError) as told:
        charts.press_audit  # noqa: B018
    assert says(told, "no 'press_audit'", "press_article", "press_rates")
    with pytest.raises(AttributeError, match="no 'revisons'; there is revisions"):
        charts.revisons  # noqa: B018
    assert not hasattr(charts, "_ipython_canary_method_should_not_exist_")
