"""What policies do with each instrument: bars and words against the table."""

import pandas as pd
import pytest
from chart_checks import assert_no_overlap, assert_readable, at_each_size, bars, said, words
from made_once import made

import metaverse_analysis as ma
from metaverse_analysis import charts

STANCES = ["promote", "regulate", "restrict"]


@pytest.fixture(scope="module")
def counts():
    return made(ma.instrument_counts, by="instrument", count="families")


def of(*rows: tuple[str, int, int, int]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["instrument", *STANCES])
    whole = table[STANCES].sum(axis=1)
    table.insert(1, "families", whole)
    return table.assign(all_families=40, instrument_label=table.instrument, source_ids="s1")


def lengths(ax) -> dict[str, float]:
    found: dict[str, float] = {}
    for bar in bars(ax):
        found[bar.label] = max(found.get(bar.label, 0), bar.value)
    return found


def test_the_bars_are_the_stances(counts):
    ax = charts.instrument_counts(counts, top=40)
    used = counts[counts.families > 0].set_index("instrument_label")
    assert lengths(ax) == used[STANCES].sum(axis=1).astype(float).to_dict()


def test_what_is_limited_comes_first_and_says_its_parts():
    ax = charts.instrument_counts(of(("parks", 9, 0, 0), ("nfts", 3, 1, 2), ("funds", 4, 0, 0)))
    assert list(lengths(ax)) == ["nfts", "parks", "funds"]
    assert {"3 promote, 1 regulate, 2 restrict", "9", "4"} <= set(words(ax))
    several = charts.instrument_counts(of(("nfts", 3, 1, 0), ("data", 2, 1, 0), ("risk", 0, 2, 1)))
    assert {"3 promote, 1 regulate", "2, 1", "2 regulate, 1 restrict"} <= set(words(several)), (
        "named where new"
    )
    assert (
        said(ax, "title")
        == "Of 19 uses of instruments, topics and sectors, 3 regulate or restrict; the rest promote"
    )


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        (
            [("a", 3, 0, 0)],
            "All 3 uses of instruments, topics and sectors promote; none was seen to regulate or restrict",
        ),
        (
            [("a", 3, 0, 1)],
            "Of 4 uses of instruments, topics and sectors, 1 is to regulate or restrict; the rest promote",
        ),
    ],
)
def test_titles(rows, title):
    assert said(charts.instrument_counts(of(*rows)), "title") == title


def test_the_tail_is_folded_with_its_sum():
    ax = charts.instrument_counts(of(*[(f"i{n}", 9 - n, 0, 0) for n in range(6)]), top=2)
    assert list(lengths(ax)) == ["i0", "i1"]
    assert "and 4 more, 22 uses together" in words(ax)
    one = charts.instrument_counts(of(*[(f"i{n}", 9 - n, 0, 0) for n in range(3)]), top=2)
    assert len(lengths(one)) == 3, "one alone isn't folded"


@at_each_size(first=2)
def test_forty_regions_with_long_names(many_documents, size):
    ax = charts.instrument_counts(ma.instrument_counts(many_documents, by="instrument"), size=size)
    assert_no_overlap(ax.figure)
    assert_readable(ax.figure)
    assert len(charts.alt_text(ax)) > 80


@at_each_size()
def test_one_instrument(size):
    assert_no_overlap(charts.instrument_counts(of(("a", 1, 0, 0)), size=size).figure)


def test_a_chart_of_nothing_is_told(counts):
    with pytest.raises(ValueError, match="is in the table|nothing to draw"):
        charts.instrument_counts(counts.iloc[:0])
