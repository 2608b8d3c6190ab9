"""The answers: each number worked out again from the rows of the tables, each condition on a tiny table."""

import pandas as pd
import pytest
from hydrogen import write_hydrogen
from tiny import CHINA, DOCUMENT, PROVINCE, ROWS, SOURCE, TARGET, write_folder

import metaverse_analysis as ma
from metaverse_analysis.measures.headline import commonest_kind, data_day, economy, first_body


def answer(folder, topic, **rows):
    return str(ma.answer(ma.load(write_folder(folder, rows)), topic))


def split(cells: pd.Series) -> pd.Series:
    return cells.str.split(";").explode()


def test_the_questions_are_those_of_the_notebooks(ds):
    table = ma.answers(ds)
    assert list(table) == ["topic", "question", "answer"] and table["topic"].is_unique
    assert table["question"].str.endswith("?").all() and table["answer"].str.endswith(".").all()
    for row in table.itertuples():
        one = ma.answer(ds, row.topic)
        assert (one.question, str(one)) == (row.question, row.answer)


def test_another_topic_is_told(ds):
    with pytest.raises(ValueError, match="'weather'.*regional_targets.*your_own_data"):
        ma.answer(ds, "weather")


def test_an_answer_is_text_and_no_markup(tmp_path):
    said = write_folder(tmp_path, {"places": [CHINA, PROVINCE | {"name_en": "<b>Aland</b>"}]})
    shown = ma.answer(ma.load(said), "regional_targets")._repr_html_()
    assert "&lt;b&gt;Aland&lt;/b&gt; promised most" in shown


def test_the_promises_of_the_packaged_tables(ds):
    targets, documents = ds.regional_targets, ds.policy_documents.set_index("document_id")
    rows = targets[
        (targets["scope"] == "metaverse_related")
        & (targets["measure"] == "industry_scale")
        & (targets["target_year"] == 2025)
        & targets["repeats_target_id"].isna()
        & (targets["document_id"].map(documents["status"]) != "draft")
    ]
    parents = ds.places.set_index("place_id")["parent_id"].to_dict()
    inside = [any(up in set(rows["place_id"]) for up in _above(parents, place)) for place in rows["place_id"]]
    total = rows["value"][[not flag for flag in inside]].sum()
    assert f"About {total:,g} billion yuan" in str(ma.answer(ds, "regional_targets"))
    largest = rows.sort_values("value").iloc[-1]
    name = ds.places.set_index("place_id").loc[largest["place_id"], "name_en"]
    assert f"{name} promised most, {largest['value']:g}." in str(ma.answer(ds, "regional_targets"))


def _above(parents: dict, place: str) -> list[str]:
    found = []
    while isinstance(parents.get(place), str):
        place = parents[place]
        found.append(place)
    return found


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "250 billion yuan of metaverse-related industries by 2025"),
        ({"qualifier": "about"}, "About 250 billion yuan of"),
        ({"qualifier": "over"}, "250 billion yuan or more of"),
    ],
)
def test_the_sum_has_the_hedges_of_its_parts(tmp_path, changes, words):
    assert answer(tmp_path, "regional_targets", regional_targets=[TARGET | changes]).startswith(words)


def test_a_sum_of_drafts_says_so(tmp_path):
    draft = DOCUMENT | {"status": "draft", "consultation_date": "2023-09-15", "issued_date": ""}
    assert ", all in drafts only. " in answer(tmp_path, "regional_targets", policy_documents=[draft])


@pytest.mark.parametrize("series", ["provincial", "municipal"])
def test_shares_of_the_economy_stay_within_one_series(ds, series):
    state, kind = economy(ds), commonest_kind(ma.market_targets(ds, scope="metaverse_related"))
    gdp = ds.regional_statistics.query(f"indicator == 'gdp_nominal' and series == {series!r}")
    gdp = gdp[(gdp["year"] == state.year) & (gdp["vintage"] == state.vintage)].set_index("place_id")["value"]
    rows = ds.regional_targets.query("scope == 'metaverse_related' and measure == 'industry_scale'")
    rows = rows[(rows["target_year"] == kind.year) & rows["place_id"].isin(gdp.index)]
    shares = (100 * rows["value"] / rows["place_id"].map(gdp)).sort_values()
    least, most = rows["place_id"][shares.index[[0, -1]]].map(ds.places.set_index("place_id")["name_en"])
    said = f"from {shares.iloc[0]:.2g}% ({least}) to {shares.iloc[-1]:.2g}% ({most}) by {series} accounts"
    assert said in str(ma.answer(ds, "ambition"))


def test_members_of_the_packaged_tables(ds):
    body = ds.bodies.set_index("body_id").loc[first_body(ds)]
    assert body["short_name"] == "MIIT working group"
    seats = ds.memberships[
        (ds.memberships["body_id"] == body.name) & (ds.memberships["membership_status"] != "disputed")
    ]
    assert str(ma.answer(ds, "participants")).startswith(
        f"{seats['organisation_id'].nunique()} organisations are named as members of the MIIT working group, none"
    )


def test_grades_of_the_packaged_tables(ds):
    parents = ds.places.set_index("place_id")["parent_id"].to_dict()
    chinese = [place == "CN" or "CN" in _above(parents, place) for place in ds.regional_targets["place_id"]]
    grades = ma.grades(ds, "regional_targets")["confidence"][chinese].value_counts(normalize=True) * 100
    said = str(ma.answer(ds, "evidence"))
    assert said.startswith(f"{grades['high']:.0f}% of the targets")
    assert f" {grades['medium']:.0f}% on one such outlet or two" in said and said.endswith(
        f" {grades['low']:.0f}% on less."
    )


def test_uses_are_of_instruments_only(ds):
    kinds = {
        code: about.get("kind") for code, about in ds.schema.codes("policy_instruments", "instrument").items()
    }
    documents = ds.policy_documents.set_index("document_id")
    parents = ds.places.set_index("place_id")["parent_id"].to_dict()
    uses = ds.policy_instruments
    place = uses["document_id"].map(documents["place_id"])
    chinese = place.map(lambda place: "CN" in [place, *_above(parents, place)])
    of_instruments = uses["instrument"].astype("str").map(kinds) == "instrument"
    uses = uses[chinese & of_instruments & ~uses["dropped"].fillna(False).astype(bool)]
    uses = uses.assign(family=uses["document_id"].map(documents["family_id"]))
    every = uses.drop_duplicates(["family", "instrument", "stance"])
    said = str(ma.answer(ds, "instruments"))
    assert f"Of {len(every)} uses of an instrument" in said
    content = ds.policy_instruments.loc[
        chinese & ~ds.policy_instruments["dropped"].fillna(False), "document_id"
    ]
    families = content.map(documents["family_id"])
    own = families[content.map(documents["is_metaverse_specific"])]
    assert f" of {families.nunique()} documents whose content is known use" in said
    assert f"; {own.nunique()} of the documents are on the metaverse itself." in said


def test_where_the_tables_say_nothing_there_is_no_answer(tmp_path):
    nothing = ma.load(write_folder(tmp_path, {name: [] for name in ROWS} | {"sources": [SOURCE]}))
    assert ma.answers(nothing)["topic"].tolist() == ["your_own_data"]
    assert commonest_kind(ma.market_targets(nothing)) is None and economy(nothing) is None
    assert first_body(nothing) is None


def test_another_industry_has_answers_of_its_own(tmp_path):
    said = " ".join(ma.answers(ma.load(write_hydrogen(tmp_path)))["answer"])
    assert said and "metaverse" not in said and "Sichuan" not in said


def test_the_day_of_the_data_is_the_last_on_which_a_source_was_read(tmp_path):
    later = SOURCE | {"source_id": "s2", "url": "https://example.org/2", "accessed": "2026-11-25"}
    assert data_day(ma.load(write_folder(tmp_path / "a", {"sources": [later, SOURCE]}))) == "2026-11-25"
    undated = ma.load(write_folder(tmp_path / "b")).with_tables(sources=ma.load().sources.head(0))
    with pytest.raises(ValueError, match="no source says when it was read"):
        data_day(undated)
