"""Who moved when: the first policy of each place, in order, against the national plan."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from ..measures.wording import day_in_words
from .canvas import axes_for
from .contract import draws
from .footers import TITLE, frame
from .hover import hover
from .marks import emphasis_words, fold, highlighted, table_rows
from .rows import room_for
from .stairs import HEAD, LINES, draw_key, draw_plan, draw_stairs, dress_time, rank_of, shades
from .style import height_for, pt
from .wording import a_policy, counted, first_upper, listed, on_subject

_MOST_NAMED = 8  # places without a date


@draws(
    "policy_timeline",
    "date date_precision first_day last_day record level country_id place_id place what status source_ids",
    flags="is_metaverse_specific is_policy is_national_plan",
)
def policy_timeline(
    table: pd.DataFrame,
    *,
    country: str = "CN",
    highlight: str | list[str] | None = None,
    top: int | None = None,
    ax: Axes | None = None,
    size: str = "notebook",
) -> Axes:
    """Who moved when? A staircase of the places in the order of their first policy, against the national plan.

    Draws the places that have a dated policy document on the metaverse (as `policy_timeline` tells them), a row each:
    a dot for the first issued one, at the last day that its date may mean, a pale bar from the first such day; a hollow
    dot for what was drafted or announced before it; small dots for what followed. A line is the national plan.

    Parameters
    ----------
    table : what `policy_timeline` gave.
    country : places of this country.
    highlight : places to emphasise, by id or name; None: those of the article, []: none.
    top : draw so many places, the widest levels and the earliest first; None: as many as there is room for.
    ax : the axes to draw on; none: those of a figure of its own.
    size : one of `style.SIZES`.

    Returns
    -------
    The axes.

    Raises
    ------
    ValueError
        If the table isn't that of `policy_timeline`, or has no dated policy document of a place of the country.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ax = ma.charts.policy_timeline(ma.policy_timeline(ma.load()))
    >>> [text.get_text() for text in ax.texts if text.get_gid() == "name"][:2]
    ['Binhu', 'Hongkou']
    """
    documents = _documents(table, country)
    moves = _first_moves(documents)
    if moves.empty:
        raise ValueError(
            f"no dated policy document{on_subject(table)} of a place in the country {country!r} is in the table: "
            "give policy_timeline(ds), or name another country"
        )
    moves = moves.assign(emphasised=highlighted(moves["place_id"], highlight, moves["place"]))
    by_level = moves.sort_values(["rank", "order"], kind="stable")
    most = max(1, int(room_for(ax, size, LINES) - HEAD)) if top is None and ax is not None else top
    shown, left = fold(by_level, most, size, lines=LINES, other=HEAD)
    shown = shown.sort_values("order", ignore_index=True)
    shown["y"] = shown.index
    plan = documents[documents["is_national_plan"] & documents["last_day"].notna()].head(1)
    later = _later(documents, shown)
    drawn = documents[documents["place_id"].isin(shown["place_id"]) & documents["last_day"].notna()]
    with axes_for(ax, size, height=height_for(len(shown) + HEAD, size, LINES), grid=None) as ax:
        draw_stairs(ax, shown, plan["first_day"].iloc[0] if len(plan) else None)
        _draw_later(ax, later, shown)
        draw_key(ax, shown, "not yet issued", later=len(later) > 0)
        head, foot = -0.6 - (HEAD if len(plan) else 0), len(shown) - 0.3
        ax.set_ylim(foot, head)
        if len(plan):
            draw_plan(ax, plan["first_day"].iloc[0], str(plan["date"].iloc[0]), head, foot)
        edges = pd.concat([drawn, plan])
        dress_time(ax, edges["first_day"].min(), edges["last_day"].max())
        frame(
            ax,
            title=_finding(moves, plan, a_policy(documents), _undated(documents, moves)),
            subtitle=_subtitle(shown, left, highlight),
            notes=_notes(documents),
            drawn=pd.concat([plan, drawn]),
            alt=_alt(shown),
        )
    return ax


def _documents(table: pd.DataFrame, country: str) -> pd.DataFrame:
    """The documents that the time line is about, dated or not."""
    about = table["is_metaverse_specific"] & table["is_policy"]
    chosen = table[(table["record"] == "document") & about & (table["country_id"] == country)]
    return chosen.assign(issued=chosen["status"].astype("str") == "issued", rank=rank_of(chosen["level"]))


def _first_moves(documents: pd.DataFrame) -> pd.DataFrame:
    """One row per place below the nation: when it issued its first document, and drafted one before."""
    dated = documents[documents["last_day"].notna() & (documents["rank"] > 0)]
    dated = dated.sort_values(["last_day", "first_day"], kind="stable")
    places = dated.drop_duplicates("place_id").set_index("place_id")[["place", "level", "rank"]]
    issued = dated[dated["issued"]].groupby("place_id")
    places["day"] = issued["last_day"].min()
    places["earliest"] = issued["first_day"].min()
    draft = dated[~dated["issued"]].groupby("place_id")["last_day"].min()
    places["draft"] = draft
    # A draft known by year only may seem to be younger than its final; one after it is no first move.
    places["draft"] = places["draft"].mask(places["draft"] > places["earliest"])
    places["order"] = places["day"].fillna(places["draft"])
    return places.sort_values(["order", "earliest"], kind="stable").reset_index()


def _later(documents: pd.DataFrame, shown: pd.DataFrame) -> pd.DataFrame:
    """What a place put out after its first issued document."""
    first = documents["place_id"].map(shown.set_index("place_id")["day"])
    return documents[documents["last_day"] > first]


def _draw_later(ax: Axes, later: pd.DataFrame, shown: pd.DataFrame) -> None:
    at = shown.assign(hue=shades(shown)).set_index("place_id")
    for row in table_rows(later):
        hue = at.loc[row.place_id, "hue"]
        dot = ax.scatter(
            [row.last_day], [at.loc[row.place_id, "y"]], s=pt(4) ** 2, color=hue if row.issued else "white",
            edgecolor=hue, linewidth=pt(1), zorder=2, gid="later",
        )  # fmt: skip
        hover(dot, f"{row.place}, {day_in_words(str(row.date))}: {row.what}")


def _undated(documents: pd.DataFrame, moves: pd.DataFrame) -> int:
    """How many places have an issued document, but none with a date."""
    rows = documents[documents["issued"] & (documents["rank"] > 0)]
    return len(set(rows["place_id"]) - set(moves.loc[moves["day"].notna(), "place_id"]))


def _finding(moves: pd.DataFrame, plan: pd.DataFrame, policy: str, undated: int) -> str:
    issued = moves[moves["day"].notna()]
    if issued.empty:
        propose = "proposes" if len(moves) == 1 else "propose"
        return f"{counted(len(moves), 'place')} {propose} {policy}, none has issued one"
    if plan.empty:
        years = f"{issued['earliest'].min().year}–{issued['day'].max().year}"
        return f"{counted(len(issued), 'place')} with {policy}, {years}"
    day = plan["first_day"].iloc[0]
    before = int((issued["day"] < day).sum())
    open_ = int(((issued["day"] >= day) & (issued["earliest"] < day)).sum())
    every = len(issued) + undated
    those = f"{'At least ' if open_ or undated else ''}{before} of {every}" if before else f"None of {every}"
    had = "had it" if before or not (open_ or undated) else "had it for certain"
    return f"{those} {'place' if every == 1 else 'places'} with {policy} {had} before the national plan"


def _subtitle(shown: pd.DataFrame, left: int, highlight: Any) -> str:
    province = shown["level"].astype("str") == "province"
    words = [
        "dark: provinces" if province.any() and not province.all() else "",
        emphasis_words(shown["emphasised"], highlight, shown["place"]),
    ]
    first = f"First {'issued ' if shown['day'].notna().any() else ''}policy of each place"
    said = [
        first,
        f"Not drawn: {counted(left, 'more place')}" if left else "",
        "; ".join(filter(None, words)),
    ]
    return ". ".join(first_upper(part) for part in said if part)


def _notes(documents: pd.DataFrame) -> str:
    said = ["A dot stands at the last day that its date may mean, so what seems early is early."]
    undated = documents[documents["last_day"].isna()]
    if len(undated):
        places = undated["place"].drop_duplicates()
        named = f": {listed(list(places))}" if len(places) <= _MOST_NAMED else ""
        said.append(f"Not drawn: {counted(len(undated), 'document')} without a date{named}.")
    national = documents[(documents["rank"] == 0) & documents["last_day"].notna()]
    for row in table_rows(national):
        said.append(f"National, {day_in_words(str(row.date))}: {row.what}.")
    said.append("Only documents that are known to the tables: none found is not none.")
    return " ".join(said)


def _alt(shown: pd.DataFrame) -> list[str]:
    first, last = shown.iloc[0], shown.iloc[-1]
    ends = [f"{row['place']} in {day_in_words(f'{row.order:%Y-%m}')}" for row in (first, last)]
    return [
        f"Dots in a staircase, a row for each of {counted(len(shown), 'place')} in the order of their first policy",
        TITLE,
        f"From {ends[0]} to {ends[1]}" if len(shown) > 1 else f"It is {ends[0]}",
    ]
