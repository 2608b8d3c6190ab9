"""Another industry, with a schema of its own, runs through everything without a line of code changed."""

import re

import hydrogen
import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.text import Text

import metaverse_analysis as ma
from metaverse_analysis.output.codebook import codebook
from metaverse_analysis.output.gallery import CHARTS

FOREIGN = re.compile(r"metaverse(?!_analysis)|Sichuan|Shandong|元宇宙", re.IGNORECASE)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return hydrogen.write_hydrogen(tmp_path_factory.mktemp("industry") / "hydrogen")


@pytest.fixture(scope="module")
def ds(folder):
    return ma.load(folder)


def test_it_is_valid_and_typed_by_its_own_schema(folder, ds):
    assert ma.validate(folder) == []
    assert list(ds.regional_targets.scope.cat.categories) == list(hydrogen.SCOPES)
    assert (
        ds.schema.label("regional_targets", "indicator", "vehicles_on_the_road")
        == "fuel-cell vehicles on the road"
    )
    assert len(ds.regional_targets) == 10
    assert len(ds.press_figures) == len(ds.outcomes) == 0
    assert ds.places.name_zh.isna().all()
    assert (ma.find_place(ds, "eastshore"), ma.find_place(ds, "Port Azure")) == ("east", "port")


def test_targets_with_their_scopes_and_dollars(ds):
    table = ma.market_targets(ds, rate_on="2024-01-19").set_index("target_id")
    assert set(table.index) == {
        "north-draft-scale", "north-scale", "east-scale", "east-green", "port-scale", "south-scale", "south-vehicles",
    }  # fmt: skip
    north = table.loc["north-scale"]
    assert (north.place, north.scope_label, north.amount_cny_bn) == ("Northmark", "hydrogen industry", 100)
    assert north.amount_usd_bn == pytest.approx(ma.convert(100, "CNY", "USD", on="2024-01-19"))
    assert table.loc["north-draft-scale", "replaced_by"] == "north-scale"
    assert table.comparable.all()
    everywhere = ma.market_targets(ds, country=None).set_index("target_id")
    free = everywhere.loc["free-scale"]
    assert (free.currency, pd.isna(free.amount_cny_bn)) == ("EUR", True)
    assert free.amount_usd_bn == pytest.approx(ma.convert(10, "EUR", "USD", on="2024-01-10"))


def test_a_wrong_scope_lists_those_there_are(ds):
    with pytest.raises(
        ValueError, match=r"hydrogen_industry \(5\), green_hydrogen \(1\), fuel_cell_vehicles \(1\)"
    ):
        ma.add_up(ma.market_targets(ds), scope="metaverse_core", year=2025)


def test_a_sum_counts_each_yuan_once(ds):
    total = ma.add_up(ma.market_targets(ds), scope="hydrogen_industry", year=2025)
    assert (total.amount_cny_bn, total.low_cny_bn, total.high_cny_bn) == (160, 160, None)  # 100 and over 60
    assert set(total.included.target_id) == {"north-scale", "east-scale"}
    assert set(total.excluded.target_id) == {"north-draft-scale", "port-scale"}
    assert str(total).splitlines()[0] == "hydrogen industry, 2025, industry scale: 160 billion yuan or more"


def test_a_city_above_its_province(ds):
    pairs = ma.nesting(ds)
    alike = pairs[pairs.like_for_like]
    assert alike[["place", "parent_place", "share_of_parent_pct"]].values.tolist() == [
        ["Port Azure", "Eastshore", 150]
    ]
    assert not pairs[pairs.parent_scope == "green_hydrogen"].like_for_like.any()


def test_ambition_and_implied_baseline(ds):
    table = ma.ambition(ds, statistics_year=2022, vintage="final_verified", scope="hydrogen_industry")
    table = table.set_index("target_id")
    assert table.loc[["east-scale", "north-scale"], "share_of_gdp_pct"].tolist() == pytest.approx([6, 5])
    assert table.loc[["east-scale", "north-scale"], "per_head_cny"].tolist() == pytest.approx([3000, 2000])
    assert table.loc["south-scale"].reason
    bases = ma.implied_baseline(ds, base_years=[2022, 2023]).base_amount_cny_bn
    assert bases.tolist() == pytest.approx([100 / 1.15**3, 100 / 1.15**2])


def test_explanations_speak_of_hydrogen_only(ds):
    line = ma.sentence(ds, "east-scale")
    assert line.startswith(
        "Eastshore's hydrogen plan of 1 September 2022 aims for an industry scale of over 60 billion yuan by 2025 "
        "(hydrogen industry)"
    )
    for table in ("sources", "places", "policy_documents", "regional_targets", "regional_statistics"):
        for id in ds[table].iloc[:, 0]:
            said = str(ma.explain(ds, id))
            assert not FOREIGN.search(said), (id, FOREIGN.search(said))
    for id in ds.regional_targets.target_id:
        assert not FOREIGN.search(ma.sentence(ds, id)), id
    assert not FOREIGN.search(ma.cite_dataset(ds))


def test_confidence_by_the_usual_kinds_of_sources(ds):
    confidence = ma.market_targets(ds).set_index("target_id").confidence
    assert confidence[["north-scale", "east-scale", "south-scale"]].tolist() == ["high", "medium", "low"]


def test_citations(ds):
    table = ma.market_targets(ds)
    assert len(ma.cite(ds, table).splitlines()) == 4
    assert ma.cite(ds, "free-scale").startswith(
        'Freie Zeitung. "Freiland setzt auf Wasserstoff". 10 January 2024'
    )
    assert ma.cite(ds, table, style="bibtex").count("@online{") == 4


def test_documents_and_their_adoption(ds):
    timeline = ma.policy_timeline(ds)
    assert timeline.is_policy.all()
    adopted = ma.adoption(ds, level="province")
    issued = adopted[adopted.stage == "issued"]
    assert issued.place.tolist() == ["Eastshore", "Northmark", "Southvale"]
    assert ma.revisions(ds).draft_id.tolist() == ["north-draft"]


def test_disagreements_are_found(ds):
    found = ma.conflicts(ds).set_index("rule").subject_ids
    assert found["place_above_parent"] == "port-scale;east-scale"
    assert found["draft_or_final"] == "north-draft-scale;north-scale"


def test_a_day_in_the_past(ds):
    known = ma.as_of(ds, "2023-04-01")
    assert set(known.policy_documents.document_id) == {"east-plan", "port-plan", "north-draft"}
    assert ma.add_up(ma.market_targets(known), scope="hydrogen_industry", year=2025).amount_cny_bn == 140


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_draws_it_or_says_what_is_missing(ds, name):
    """And none speaks of an industry that the folder doesn't have."""
    try:
        drawn = CHARTS[name].drawn(ds)
    except ValueError as error:
        assert type(error) is ValueError
        assert len(str(error)) > 20
        return
    figure = drawn.figure or drawn
    said = [text.get_text() for text in figure.findobj(Text)] + [ma.charts.alt_text(drawn)]
    plt.close("all")
    assert [text for text in said if FOREIGN.search(text)] == []


def test_charts_name_the_industry_if_the_folder_does(ds):
    def title(table):
        return ma.charts.alt_text(ma.charts.policy_timeline(table)) + ma.charts.alt_text(
            ma.charts.adoption(adopted)
        )

    timeline, adopted = ma.policy_timeline(ds), ma.adoption(ds, level="province")
    assert "places with a hydrogen policy, 2022–2024" in title(timeline)
    assert "3 places have a hydrogen policy" in title(timeline)
    timeline, adopted = timeline.assign(about=""), adopted.assign(about="")
    assert "places with a policy, 2022–2024" in title(timeline)
    assert "3 places have a policy" in title(timeline)
    plt.close("all")


FAULTS = {
    "a scope of another industry": (
        "hydrogen_industry,60,",
        "metaverse_core,60,",
        "one of the allowed values",
    ),
    "an amount in words": ("hydrogen_industry,60,", "hydrogen_industry,sixty,", "a number"),
    "a document that isn't there": ("east-scale,east-plan,", "east-scale,east-plam,", "refers to a row of"),
    "a source that isn't there": ("over,2025,,e1", "over,2025,,e2", "refers to a row of sources"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_faults_are_told_by_the_own_schema(tmp_path, fault):
    folder = hydrogen.write_hydrogen(tmp_path / "hydrogen")
    before, after, rule = FAULTS[fault]
    path = folder / "regional_targets.csv"
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1
    path.write_text(text.replace(before, after), encoding="utf-8")
    (problem,) = ma.validate(folder)
    assert (problem.table, problem.line) == ("regional_targets", 4)
    assert problem.rule.startswith(rule)
    assert not FOREIGN.search(problem.hint)


def test_it_goes_out_in_every_form(ds, tmp_path):
    back = ma.load(ds.to_folder(tmp_path / "csv"))
    for name in ds.tables:
        pd.testing.assert_frame_equal(back[name], ds[name])
    for ending in ("xlsx", "sqlite", "parquet"):
        ma.export(ds, tmp_path / f"hydrogen.{ending}")
    sheets = pd.read_excel(tmp_path / "hydrogen.xlsx", sheet_name=None)
    assert list(sheets) == ["codebook", *hydrogen.FIELDS]
    assert not FOREIGN.search(codebook(ds).replace("is_metaverse_specific", "").partition("| table |")[0])
    bundled = ma.bundle(ma.market_targets(ds), tmp_path / "out", ds=ds, name="hydrogen-targets")
    assert not FOREIGN.search((bundled / "CITATION.txt").read_text(encoding="utf-8"))
