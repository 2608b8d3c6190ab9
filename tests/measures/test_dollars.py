"""One date of a document: table, sentence, card, time line, as_of, counts, revisions and adoption all take the same."""

import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st
from made_up_policies import DATA, document, made_up, target
from thorough import MORE

import metaverse_analysis as ma
from metaverse_analysis.measures.dollars import dates_of, in_dollars
from metaverse_analysis.measures.wording import day_in_words

IS = {"consultation": "put out for comment", "signed": "signed"}
LOOKED_AT = {"draft": ("consultation", "issued", "signed"), None: ("issued", "signed", "consultation")}

DAYS = st.dates(pd.Timestamp("2023-08-01").date(), pd.Timestamp("2023-10-31").date()).map(str)
DATES = st.none() | DAYS | DAYS.map(lambda day: day[:7]) | st.just("2023")
VERSIONS = st.fixed_dictionaries(
    {
        "family_id": st.sampled_from(["f", "g"]),
        "status": st.sampled_from(["draft", "draft", "issued", "issued", "announced"]),
        "consultation_date": DATES,
        "signed_date": DATES,
        "issued_date": DATES,
    }
)


def dataset(versions: list[dict]) -> ma.Dataset:
    """Documents with a target each, and a published number of policies up to a day in September 2023."""
    documents = [document(f"d{at}") | version for at, version in enumerate(versions)]
    money = {"indicator": "market_scale", "measure": "industry_scale", "scope": "metaverse_related"}
    targets = [
        target(f"t{at}", f"d{at}", unit="billion CNY", **money) | {"target_year": 2025 + at}
        for at in range(len(versions))
    ]
    ds = made_up(policy_documents=documents, regional_targets=targets)
    rule = ds.policy_count_rules[:1].assign(
        counted_from=None, counted_to="2023-09-15", levels="province", subject="metaverse_specific", drafts="in",
        municipalities_as="province", unit_counted="policies",
    )  # fmt: skip
    outcomes = ds.outcomes[ds.outcomes["outcome_id"].isin(rule["outcome_id"])]
    rule = rule.astype(ds.policy_count_rules.dtypes.to_dict())
    return ds.with_tables(policy_count_rules=rule, outcomes=outcomes)


def chosen(version: dict) -> tuple[str | None, str | None]:
    """The date by the rule, written anew."""
    order = LOOKED_AT.get(version["status"], LOOKED_AT[None])
    by = next((name for name in order if version[f"{name}_date"] is not None), None)
    return (None, None) if by is None else (version[f"{by}_date"], by)


def of_documents(ds: ma.Dataset) -> pd.DataFrame:
    line = ma.policy_timeline(ds)
    return line[line["document_id"].notna()].set_index("document_id")


@settings(max_examples=6 * MORE, deadline=None)
@given(st.lists(VERSIONS, min_size=1, max_size=4))
def test_all_measures_take_one_date(versions):
    ds = dataset(versions)
    line, table = of_documents(ds), ma.market_targets(ds).set_index("document_id")
    for at, version in enumerate(versions):
        date, by = chosen(version)
        row, words = table.loc[f"d{at}"], ma.sentence(ds, f"t{at}")
        card = dict(dict(ma.explain(ds, f"t{at}").sections)["In dollars"])["On the document's date, to print"]
        if date is None:
            assert pd.isna([row["document_date"], line["date"][f"d{at}"], row["rate"]]).all()
            assert row["rate_basis"] == "the document has no date" and ", undated," in words
            assert card == "no dollars: the document has no date"
            continue
        assert row["document_date"] == line["date"][f"d{at}"] == date
        assert f" of {day_in_words(date)}" in words and row["rate_basis"] in card
        assert (f"which it was {IS[by]}" if by in IS else "daily") in row["rate_basis"] or by == "issued"
        plainly = by == "issued" or (version["status"], by) == ("draft", "consultation")
        assert ("which it was" in words) == (not plainly)


@settings(max_examples=6 * MORE, deadline=None)
@given(st.lists(VERSIONS, min_size=1, max_size=4), DAYS | st.just("2023-12-31"))
def test_a_document_is_known_and_counted_from_its_date(versions, day):
    ds = dataset(versions)
    line, day = of_documents(ds), pd.Timestamp(day)
    there = set(ma.as_of(ds, day).policy_documents["document_id"])
    assert there == set(line.index[line["last_day"] <= day])
    counts, end = ma.published_counts(ds).iloc[0], pd.Timestamp("2023-09-15")
    policies = line[line["status"] != "announced"]
    assert counts["ours_low"] == policies["family_id"][policies["last_day"] <= end].nunique()
    may = (line["first_day"] <= end) | line["first_day"].isna()
    assert counts["ours_high"] == line["family_id"][may].nunique()


@settings(max_examples=6 * MORE, deadline=None)
@given(st.lists(VERSIONS, min_size=2, max_size=4))
def test_revisions_and_adoption_speak_of_the_same_days(versions):
    ds = dataset(versions)
    line = of_documents(ds)
    for row in ma.revisions(ds).itertuples():
        draft = line.loc[row.draft_id]
        assert row.draft_date is draft["date"] or row.draft_date == draft["date"] or pd.isna(draft["date"])
        if pd.isna(row.final_id) or pd.isna(row.days_low):
            continue
        final = line.loc[row.final_id]
        least, most = (
            (final["first_day"] - draft["last_day"]).days,
            (final["last_day"] - draft["first_day"]).days,
        )
        assert row.days_high == most and row.days_low == (max(least, 0) if most >= 0 else least)
    for stage in ma.adoption(ds, level="province").itertuples():
        mine = line[(line["status"] == stage.stage) & line["first_day"].notna()]
        assert pd.isna(stage.first_day) == mine.empty
        if len(mine):
            assert (stage.first_day, stage.last_day) == (mine["first_day"].min(), mine["last_day"].min())


def test_the_rate_of_each_kind_of_date_says_what_it_is_of():
    dates = {
        "d0": ("issued", {"issued_date": "2023-09-15"}, "daily"),
        "d1": ("issued", {"signed_date": "2023-09-15"}, "daily; the day on which it was signed"),
        "d2": ("draft", {"consultation_date": "2023-09"}, "; the month in which it was put out for comment"),
        "d3": ("announced", {"consultation_date": "2023"}, "; the year in which it was put out for comment"),
        "d4": ("issued", {}, "the document has no date"),
    }
    blank = dict.fromkeys(["issued_date", "signed_date", "consultation_date"])
    versions = [
        {"family_id": name, "status": status} | blank | own for name, (status, own, _) in dates.items()
    ]
    ds = dataset(versions)
    targets = ds.regional_targets.set_axis([9, 9, 9, 9, 9])
    found = in_dollars(targets, dates_of(ds, targets))
    assert found.index.tolist() == [9] * 5
    for basis, (_, _, end) in zip(found["rate_basis"], dates.values(), strict=True):
        assert basis.endswith(end)
    common = in_dollars(targets, dates_of(ds, targets), rate_on="2024-01-19")
    assert set(common["rate_basis"]) == {"daily"} and common["rate"].nunique() == 1


def test_why_there_is_no_rate_is_a_code_and_words():
    units = ["billion AED", "billion CNY", "firms", "billion CNY", "million USD"]
    targets = pd.DataFrame({"unit": units, "value": 1.0, "value_max": [None, 2.0, None, None, None]})
    dates = pd.DataFrame(
        {"date": ["2023-09-15", "1990-01-02", None, None, "2023-09-15"], "dated_by": "issued"}
    )
    found = in_dollars(targets, dates.astype("str"))
    assert found["no_rate"].fillna("-").tolist() == ["currency", "date", "no_money", "undated", "-"]
    assert found["amount_usd_bn"].fillna(-1).tolist() == [-1, -1, -1, -1, 0.001]
    assert found["rate_basis"][0] == "no rates for the currency 'AED'."
    assert found["rate_basis"][1].startswith("no rate for 1990-01-02")
    with pytest.raises(ValueError, match="no rate for 1990-01-02"):
        in_dollars(targets, dates, rate_on="1990-01-02")
    assert in_dollars(targets[:1], dates[:1], rate_on="2024-01-19")["no_rate"].tolist() == ["currency"]


def test_the_packaged_shandong_final_is_not_older_than_its_draft():
    shandong = ma.adoption(DATA, level="province").set_index(["place_id", "stage"]).loc[("CN-SD", "issued")]
    assert (shandong["days_after_plan_low"], shandong["days_after_plan_high"]) == (-4, 22)
    row = ma.revisions(DATA).set_index("place_id").loc["CN-SD"]
    assert (row["days_low"], row["days_high"]) == (0, 26)
