"""Charts of targets, sums, nesting and comparison, read off their axes and held against the tables."""

import pandas as pd
import pytest
from chart_checks import assert_no_overlap, assert_readable, at_each_size, bars
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

import metaverse_analysis as ma
from metaverse_analysis import charts
from metaverse_analysis.charts.footers import alt_text
from metaverse_analysis.charts.palette import colour
from metaverse_analysis.measures.standing import standing

SCOPES = ["metaverse_core", "metaverse_related", "metaverse_driven", "metaverse_industry"]
RED = colour("emphasis")


@pytest.fixture(scope="module")
def made_up(ds):
    """Forty regions with long names in two scopes: ranges, hedges, drafts, cities in provinces, growth."""
    targets, places = ds.regional_targets, ds.places
    names = [f"Region of the Very Long Name Number {i}" for i in range(40)]
    ids = [f"CN-Z{i:02d}" for i in range(40)]
    parents = [None if i % 4 else "CN" for i in range(40)]
    parents = ["CN" if parent else ids[i - i % 4] for i, parent in enumerate(parents)]
    levels = ["province" if i % 4 == 0 else "city" for i in range(40)]
    rows = {"place_id": ids, "name_en": names, "name_zh": names, "level": levels, "parent_id": parents}
    rows |= {"grid_column": [i % 8 for i in range(40)], "grid_row": [i // 8 for i in range(40)]}
    extra = pd.DataFrame(rows).reindex(columns=places.columns).astype(places.dtypes.to_dict())
    drafts = ds.policy_documents.set_index("document_id").status
    draft = drafts[drafts == "draft"].index[0]
    made = pd.DataFrame(
        {
            "target_id": [f"t{i}" for i in range(40)],
            "document_id": [draft if i % 5 == 0 else "cn-sc-2023-metaverse-action-plan" for i in range(40)],
            "place_id": ids,
            "indicator": "market_scale",
            "measure": "industry_scale",
            "scope": [SCOPES[i % 8 // 4] for i in range(40)],
            "value": [10.0 + 7 * i for i in range(40)],
            "value_max": [40.0 + 7 * i if i % 7 == 0 else None for i in range(40)],
            "qualifier": ["range" if i % 7 == 0 else ("over", "about", "exact")[i % 3] for i in range(40)],
            "unit": "billion CNY",
            "target_year": 2025,
            "growth_rate_pct": [10.0 if i < 3 else None for i in range(40)],
            "source_ids": ds.sources.source_id[0],
        }
    ).reindex(columns=targets.columns)
    like = ds.regional_statistics
    gdp = like[(like.year == 2024) & (like.indicator == "gdp_nominal")].iloc[:1]
    gdp = pd.concat([gdp] * 40, ignore_index=True).assign(place_id=ids, statistic_id=ids)
    return ds.with_tables(
        places=pd.concat([places, extra], ignore_index=True),
        regional_targets=made.astype(targets.dtypes.to_dict()),
        regional_statistics=pd.concat([like, gdp], ignore_index=True),
    )


def tables(ds):
    targets = ma.market_targets(ds, scope=SCOPES, rate_on="2024-01-19")
    total = ma.add_up(targets, scope="metaverse_related", year=2025)
    return {
        "market_targets": targets,
        "total": total,
        "total_map": ma.total_map(ds, total),
        "nesting": ma.nesting(ds),
        "ambition": ma.ambition(ds, statistics_year=2024, vintage="preliminary", scope=SCOPES),
        "implied_baseline": ma.implied_baseline(ds, base_years=[2021, 2022, 2023]),
    }


NAMES = ["market_targets", "total", "total_map", "nesting", "ambition", "implied_baseline"]


@pytest.fixture(scope="module")
def both(ds, made_up):
    return {"packaged": tables(ds), "made up": tables(made_up)}


@at_each_size(*(name for name in NAMES if name != "total_map"), first=2)  # the map draws what coverage lists
def test_nothing_overlaps_and_all_can_be_read(both, name, size):
    figure = getattr(charts, name)(both["made up"][name], size=size).figure
    assert_no_overlap(figure)
    assert_readable(figure)


def test_bars_of_targets_are_the_standing_rows(both):
    table = both["packaged"]["market_targets"]
    stand = standing(table)
    drawn = bars(charts.market_targets(table))
    assert sorted(bar.value for bar in drawn) == sorted(stand.amount_cny_bn)
    red = {(bar.label, bar.value) for bar in drawn if bar.facecolor == RED}
    assert red == {("Sichuan", 250), ("Shandong", 150)}
    hatched = sorted((bar.label, bar.value) for bar in drawn if bar.hatch)
    assert hatched == [("Zhengzhou, Henan", 50), ("Zhengzhou, Henan", 200)]
    related = stand[(stand["scope"] == "metaverse_related") & (stand.level == "province")]
    at = [bar.label for bar in drawn]
    expected = related.sort_values("amount_cny_bn", ascending=False).place.tolist()
    assert [label for label in at if label in expected and label not in ("Henan", "Zhejiang")][:4] == expected


def test_labels_carry_hedge_dollars_and_year(both):
    ax = charts.market_targets(both["packaged"]["market_targets"])
    words = {text.get_text() for text in ax.texts}
    assert "250 ($34.8 bn)" in words and "about 150 ($20.9 bn)" in words
    assert "over 200 ($27.8 bn), draft" in words and "over 100 ($13.9 bn), by 2026" in words


def test_the_title_names_the_articles_places(both):
    said = alt_text(charts.market_targets(both["packaged"]["market_targets"]))
    assert "Shanghai promises 350 billion yuan" in said and "Sichuan 250 and Shandong about 150" in said


def test_steps_of_the_sum_meet(both):
    total = both["packaged"]["total"]
    ax = charts.total(total)
    steps = [patch for container in ax.containers for patch in container]
    ends = [round(patch.get_x() + patch.get_width(), 6) for patch in steps]
    n = len(total.included)
    assert ends[:n] == total.included.amount_cny_bn.cumsum().tolist() and ends[n] == 1050
    assert [patch.get_x() for patch in steps[1:n]] == ends[: n - 1]
    assert [patch.get_width() for patch in steps[n + 1 :]] == total.excluded.amount_cny_bn.tolist()


def test_nested_bars_lie_over_their_parents(both):
    ax = charts.nesting(both["packaged"]["nesting"])
    drawn = [bar for bar in bars(ax) if bar.label == "Chengdu in Sichuan"]
    assert sorted(bar.value for bar in drawn) == [150, 250]
    henan = [(bar.value, bar.hatch) for bar in bars(ax) if bar.label == "Zhengzhou in Henan"]
    assert (200, "////") in henan and (100, "") in henan
    assert any("twice what all of Henan does" in alt_text(owner) for owner in (ax, ax.figure))


def test_shares_of_gdp_are_the_tables(both):
    table = both["packaged"]["ambition"]
    drawn = bars(charts.ambition(table))
    assert sorted(bar.value for bar in drawn) == pytest.approx(
        sorted(table.share_of_gdp_pct[table["rank"].notna()])
    )
    assert {bar.label for bar in drawn if bar.facecolor == RED} == {"Sichuan", "Shandong"}


def test_the_map_tells_none_found_from_zero_and_from_not_searched(both):
    table = both["packaged"]["total_map"].set_index("place")
    assert table.amount_cny_bn.sum() == 1050
    assert table.state[["Shanghai", "Jiangsu", "Henan", "Hebei", "Taiwan"]].tolist() == [
        "own_target", "inside_only", "other_target", "none_found", "not_searched",
    ]  # fmt: skip
    ax = charts.total_map(both["packaged"]["total_map"])
    tiles = {
        (round(p.get_x() + 0.47), round(p.get_y() + 0.47)): p
        for p in ax.patches
        if isinstance(p, Rectangle) and p.get_fill() and p.get_height() > 0.9
    }
    look = {name: tiles[(row.grid_column, row.grid_row)] for name, row in table.iterrows()}
    assert to_hex(look["Hebei"].get_facecolor()) == "#ffffff" and not look["Hebei"].get_hatch()
    assert look["Taiwan"].get_hatch() and to_hex(look["Shanghai"].get_facecolor()) == colour("parent")
    words = [text.get_text() for text in ax.texts]
    assert words.count("350") == 1 and "0" not in words


def test_the_paths_end_at_the_targets(both):
    table = both["packaged"]["implied_baseline"]
    ax = charts.implied_baseline(table)
    ends = {(line.get_xdata()[-1], line.get_ydata()[-1]) for line in ax.lines if len(line.get_xdata()) == 4}
    assert ends == {(2025, 150), (2026, 100)}
    assert {"98.6", "113.4"} <= {text.get_text() for text in ax.texts}


@pytest.mark.parametrize("name", ["market_targets", "total_map", "nesting", "ambition", "implied_baseline"])
def test_an_empty_table_is_an_error_that_says_so(both, name):
    with pytest.raises(ValueError, match="nothing to draw"):
        getattr(charts, name)(both["packaged"][name].iloc[:0])


def test_a_total_with_nothing_in_it_is_an_error(ds):
    empty = ma.add_up(ma.market_targets(ds), scope="metaverse_industry", year=2025)
    with pytest.raises(ValueError, match="nothing in it"):
        charts.total(empty)
