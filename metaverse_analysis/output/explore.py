"""Menus in JupyterLab: choose, and the chart, its table, its sentences and its sources follow."""

from __future__ import annotations

import base64
import json
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib import pyplot as plt
from matplotlib.axes import Axes

from .. import charts
from ..charts.labels import figure_of
from ..charts.palette import ARTICLE_PLACES
from ..measures.citing import cite
from ..measures.filters import several
from ..measures.paragraphs import text
from ..measures.sentences import sentence
from ..measures.targets import market_targets
from ..tables.dataset import Dataset
from ..tables.dates import parse_day
from ..tables.names import find_place
from ..tables.needs import expects, year_number
from ..tables.schema import data_folder

ALL = "all"
MOST_SENTENCES = 5
NOTHING = "No market size in yuan of these places has this scope and year. Choose another one."
WITHOUT_WIDGETS = (
    "explore needs ipywidgets for its menus: pip install ipywidgets, or this package with [lab]; "
    "explore(ds, live=False) draws the same chart without menus"
)


@dataclass(frozen=True)
class Choice:
    """What is chosen: the arguments of the calls that make the picture. Nothing chosen is everything."""

    place: tuple[str, ...] = ()
    scope: str | None = None
    year: int | None = None
    rate_on: str | None = None
    highlight: tuple[str, ...] | None = None

    def table(self, ds: Dataset) -> pd.DataFrame:
        """The market targets chosen."""
        return market_targets(ds, **self._filters())

    def chart(self, ds: Dataset, table: pd.DataFrame) -> Axes:
        """Their chart, with its sources at its foot."""
        return charts.sourced(charts.market_targets(table, highlight=self._emphasised(table)), ds)

    def code(self, ds: Dataset, table: pd.DataFrame) -> str:
        """The calls that make the same picture, places by their names."""
        filters = self._filters()
        if self.place:
            filters["place"] = _called(ds, self.place)
        told = "".join(f", {name}={json.dumps(value, ensure_ascii=False)}" for name, value in filters.items())
        emphasis = self._emphasised(table)
        said = (
            "" if emphasis is None else f", highlight={json.dumps(_called(ds, emphasis), ensure_ascii=False)}"
        )
        folder = "" if ds.folder == data_folder() else repr(str(ds.folder))
        known = "" if ds.known_on is None else f'ds = ma.as_of(ds, "{ds.known_on:%Y-%m-%d}")\n'
        return (
            f"import metaverse_analysis as ma\n\nds = ma.load({folder})\n{known}targets = ma.market_targets(ds{told})\n"
            f"ma.charts.show(ma.charts.market_targets(targets{said}), ds)"
        )

    def _filters(self) -> dict[str, Any]:
        chosen = {"place": list(self.place), "scope": self.scope, "year": self.year, "rate_on": self.rate_on}
        return {name: value for name, value in chosen.items() if value is not None and value != []}

    def _emphasised(self, table: pd.DataFrame) -> list[str] | None:
        """The places to emphasise that are drawn: whoever chooses other places needn't choose these anew."""
        if self.highlight is None:
            return None
        there = set(_drawn(table)["place_id"])
        return [place for place in self.highlight if place in there]


def _drawn(table: pd.DataFrame) -> pd.DataFrame:
    return table[table["stands"] & table["amount_cny_bn"].notna()]


def _called(ds: Dataset, place_ids: Iterable[str]) -> list[str]:
    """The names of places; the id of one whose name is another's too."""
    names = ds.places.set_index("place_id")["name_en"]
    alone = ~names.duplicated(keep=False)
    return [str(names[key]) if alone[key] and pd.notna(names[key]) else key for key in place_ids]


def explore(
    ds: Dataset,
    *,
    place: str | Iterable[str] | None = None,
    scope: str | None = None,
    year: int | None = None,
    highlight: str | Iterable[str] | None = None,
    rate_on: str | None = None,
    live: bool = True,
) -> Any:
    """Choose among the market targets by menus: places, scope, year, what is emphasised, yuan or dollars.

    The chart, its table, its sentences and its sources follow each choice. A button shows the calls that make the same
    picture, to be copied into a cell.

    Parameters
    ----------
    ds : the tables.
    place, scope, year, rate_on : what is chosen at first, as in `market_targets`; one scope, one year, and for
        the menus the rate of one day.
    highlight : places emphasised at first, by id or name; [] for none, by default the article's two.
    live : False draws the chart alone, a still picture without menus, which needs no ipywidgets.

    Returns
    -------
    The menus, a widget of ipywidgets, which JupyterLab shows at the end of a cell. With `live=False` nothing: the chart
    is shown.

    Raises
    ------
    ImportError
        Where ipywidgets isn't installed; the message says how to get it.
    ValueError
        For a place that isn't known, for a scope or year that no target has, for several, and for the rate of a month.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> menus = ma.explore(ma.load(), place=["Sichuan", "Shandong"], scope="metaverse_related")
    >>> type(menus).__name__
    'VBox'
    """
    expects(ds, Dataset, given_by="load", taker="explore")
    first = Choice(
        place=() if place is None else tuple(find_place(ds, one) for one in several(place)),
        scope=_one(scope, "scope"),
        year=year_number(_one(year, "year")),
        # The menu of dollars is a calendar; a still picture may have the rate of a month.
        rate_on=f"{parse_day(rate_on, name='rate_on'):%Y-%m-%d}" if live and rate_on is not None else rate_on,
        highlight=None if highlight is None else tuple(find_place(ds, one) for one in several(highlight)),
    )
    first.table(ds)  # an unknown scope or year is told now
    if live:
        return _Menus(ds, first).box
    charts.show(first.chart(ds, first.table(ds)))
    return None


def _one(value: Any, what: str) -> Any:
    if value is None or isinstance(value, str) or not isinstance(value, Iterable):
        return value
    raise ValueError(f"explore begins with one {what}, or with None for all, not {list(value)!r}")


class _Menus:
    """The menus of one dataset, and what they show."""

    def __init__(self, ds: Dataset, first: Choice):
        try:
            import ipywidgets
        except ImportError as missing:
            raise ImportError(WITHOUT_WIDGETS) from missing
        self.ds = ds
        every = market_targets(ds).sort_values("place", kind="stable")
        there = [(row.place, row.place_id) for row in every.drop_duplicates("place_id").itertuples()]
        # What is chosen at first is in the menus also where no target of this country has it.
        codes = sorted({*every["scope"].dropna().astype(str), *([first.scope] if first.scope else [])})
        scopes = [(ds.schema.label("regional_targets", "scope", code), code) for code in codes]
        known = {*every["target_year"].dropna().astype(int), *([first.year] if first.year else [])}
        years = [(str(one), one) for one in sorted(known)]
        wide = {"style": {"description_width": "8em"}, "layout": {"width": "26em"}}
        drawn = {key for _, key in there}
        self.place = ipywidgets.SelectMultiple(
            options=there, value=[one for one in first.place if one in drawn], rows=7,
            description="Only these", **wide,
        )  # fmt: skip
        self.scope = ipywidgets.Dropdown(
            options=[(ALL, ALL), *scopes], value=first.scope or ALL, description="Scope", **wide
        )
        self.year = ipywidgets.Dropdown(
            options=[(ALL, ALL), *years], value=first.year or ALL, description="Year", **wide
        )
        self.highlight = ipywidgets.SelectMultiple(
            options=there, value=[one for one in self._shown_first(first) if one in drawn], rows=4,
            description="Emphasised", **wide,
        )  # fmt: skip
        self.dollars = ipywidgets.Checkbox(
            value=first.rate_on is not None, description="Dollars, all at the rate of", indent=False,
            layout={"width": "15em"},
        )  # fmt: skip
        day = date.fromisoformat(first.rate_on) if first.rate_on else date(2024, 1, 19)
        self.day = ipywidgets.DatePicker(value=day, layout={"width": "10em"})
        self.picture, self.words = ipywidgets.HTML(), ipywidgets.HTML()
        self.button = ipywidgets.ToggleButton(value=False, description="Show the calls", icon="code")
        self.calls = ipywidgets.Textarea(disabled=False, rows=7, layout={"width": "100%", "display": "none"})
        menus = [self.place, self.scope, self.year, self.highlight, ipywidgets.HBox([self.dollars, self.day])]
        for menu in (self.place, self.scope, self.year, self.highlight, self.dollars, self.day):
            menu.observe(self._follow, names="value")
        self.button.observe(self._show_calls, names="value")
        top = ipywidgets.HBox([ipywidgets.VBox(menus), self.picture], layout={"flex_flow": "row wrap"})
        self.box = ipywidgets.VBox([top, self.button, self.calls, self.words])
        self._follow()

    def _shown_first(self, first: Choice) -> list[str]:
        """What is emphasised at first: without a choice, the article's places."""
        return list(ARTICLE_PLACES if first.highlight is None else first.highlight)

    @property
    def choice(self) -> Choice:
        """What the menus say."""
        day = self.day.value.isoformat() if self.dollars.value and self.day.value else None
        scope, year = (None if one.value == ALL else one.value for one in (self.scope, self.year))
        return Choice(self.place.value, scope, year, day, self.highlight.value)

    def _follow(self, change: Any = None) -> None:
        """Draw what is chosen; what can't be drawn is said in words."""
        self.words.value = self.calls.value = ""
        try:
            table = self.choice.table(self.ds)
            if _drawn(table).empty:
                raise ValueError(NOTHING)
            self.picture.value = _as_image(self.choice.chart(self.ds, table))
        except ValueError as refusal:
            self.picture.value = text(refusal)._repr_html_()
            return
        self.calls.value = self.choice.code(self.ds, table)
        self.words.value = _words(self.ds, table, dollars=self.dollars.value)

    def _show_calls(self, change: Any = None) -> None:
        self.calls.layout.display = "" if self.button.value else "none"


def _as_image(chart: Axes) -> str:
    """A chart as an image in HTML, with its alt text."""
    words = charts.alt_text(chart)
    try:
        with tempfile.TemporaryDirectory() as folder:
            drawn = charts.save(chart, Path(folder) / "chart.png").read_bytes()
    finally:
        plt.close(figure_of(chart))
    data = base64.b64encode(drawn).decode()
    return f"<img style='max-width:100%' src='data:image/png;base64,{data}' alt='{escape(words)}'>"


def _words(ds: Dataset, table: pd.DataFrame, *, dollars: bool) -> str:
    """Sentences, table and sources of the targets that stand."""
    rows = table[table["stands"]].sort_values("amount_cny_bn", ascending=False, kind="stable")
    ids = list(rows["target_id"])
    said = [f"- {sentence(ds, target)}" for target in ids[:MOST_SENTENCES]]
    more = [f"- and {len(ids) - MOST_SENTENCES} more, in the table."] if len(ids) > MOST_SENTENCES else []
    # In the order of amounts, not of scopes: what is largest is asked for first, and each row says its scope.
    amounts = ["amount_cny_bn", *(["amount_usd_bn", "rate", "rate_date"] if dollars else [])]
    shown = rows[["place", "scope_label", "target_year", "status", *amounts, "confidence"]]
    listed = shown.round(2).to_html(index=False, na_rep="", border=0)
    pages = f"<details><summary>Sources</summary>{text(cite(ds, ids))._repr_html_()}</details>" if ids else ""
    return text(said, more)._repr_html_() + f"<div style='overflow-x:auto'>{listed}</div>" + pages
