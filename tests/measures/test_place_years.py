"""panel(by="place-year"): counts of each place and year, held against a plain recount; blank is not zero."""

import pandas as pd
import pytest
import tiny as tables
from says import says

import metaverse_analysis as ma
from metaverse_analysis.measures.place_years import COUNTS

STATUS = {"documents_issued": "issued", "documents_announced": "announced", "documents_drafted": "draft"}


@pytest.fixture(scope="module")
def years(ds):
    return ma.panel(ds, by="place-year", country=None)


def test_every_place_has_every_year_once(years):
    assert not years.duplicated(["place_id", "year"]).any()
    spans = years.groupby("place_id")["year"].agg(["min", "max", "size"])
    assert (spans["size"] == spans["max"] - spans["min"] + 1).all() and len(spans.drop_duplicates()) == 1
    assert years[["place_id", "year"]].equals(years[["place_id", "year"]].sort_values(["place_id", "year"]))


def test_the_counts_are_those_of_a_plain_recount(ds, years):
    timeline = ma.policy_timeline(ds, country=None)
    for row in years.sample(150, random_state=1).to_dict("records"):
        here = timeline[
            (timeline["place_id"] == row["place_id"]) & (timeline["date"].str[:4] == str(row["year"]))
        ]
        documents = here[here["record"] == "document"]
        wanted = {name: int((documents["status"] == status).sum()) for name, status in STATUS.items()}
        wanted["events"] = int(((here["record"] == "event") & ~here["repeats_document"]).sum())
        of_these = ds.regional_targets["document_id"].isin(documents["document_id"])
        wanted["targets"] = int(of_these.sum())
        uses = ma.instrument_uses(ds, country=None)
        wanted["instruments"] = uses.loc[
            uses["document_id"].isin(documents["document_id"]), "instrument"
        ].nunique()
        for name, count in wanted.items():
            found = row[name]
            assert (pd.isna(found) and count == 0 and not row["searched"]) or found == count, (row, name)


def test_every_dated_document_counts_once(ds, years):
    documents = ma.policy_timeline(ds, country=None).query("record == 'document' and place_id.notna()")
    counted = int(years[list(STATUS)].sum().sum())
    assert counted == documents["date"].notna().sum()
    undated = years.drop_duplicates("place_id")["documents_undated"].sum()
    assert counted + undated == len(documents)


def test_zero_only_where_somebody_searched(ds, years):
    counts = years[COUNTS]
    assert set(years.loc[years["searched"], "place_id"]) == set(ds.coverage["place_id"])
    assert counts[years["searched"]].notna().all().all()
    assert (counts[~years["searched"]].fillna(1) > 0).all().all()


def test_adoption_begins_with_the_first_issued_document_on_the_subject(ds, years):
    provinces = years[years["level"] == "province"]
    found = provinces[provinces["adopted"].fillna(False)].groupby("place_id")["year"].min()
    issued = ma.adoption(ds, level="province", country=None).query("stage == 'issued' and dated")
    wanted = issued.set_index("place_id")["last_day"].dt.year
    assert found.astype(int).to_dict() == wanted.astype(int).to_dict()


def test_an_undated_document_leaves_adoption_open(ds):
    documents = ds.policy_documents
    of = documents["place_id"] == "CN-SC"
    blank = {
        column: documents[column].mask(of) for column in ("issued_date", "signed_date", "consultation_date")
    }
    years = ma.panel(
        ds.with_tables(policy_documents=documents.assign(**blank)),
        by="place-year",
        place="Sichuan",
        inside=False,
    )
    assert years["adopted"].isna().all() and (years["documents_undated"] == of.sum()).all()
    assert (years["documents_issued"] == 0).all()


def test_the_rows_name_the_sources_of_what_they_count(ds, years):
    row = years[(years["place_id"] == "CN-SC") & (years["year"] == 2024)].iloc[0]
    (event,) = ds.events[(ds.events["place_id"] == "CN-SC") & (ds.events["date"].str[:4] == "2024")].to_dict(
        "records"
    )
    assert row["source_ids"].split(";") == event["source_ids"].split(";")
    nothing = years[COUNTS].fillna(0).sum(axis=1) == 0
    assert years.loc[nothing, "source_ids"].isna().all()


def test_filters_keep_rows_and_change_no_number(years, ds):
    part = ma.panel(ds, by="place-year", place="Sichuan", level="city", country=None)
    same = years[(years["province_id"] == "CN-SC") & (years["level"] == "city")].reset_index(drop=True)
    pd.testing.assert_frame_equal(part, same)


def test_no_tables_no_rows_and_the_same_columns(ds, years, tmp_path):
    bare = ds.with_tables(**{name: ds[name].head(0) for name in ds.tables})
    empty = ma.panel(bare, by="place-year")
    assert len(empty) == 0 and empty.dtypes.equals(years.dtypes)
    few = ma.load(tables.write_folder(tmp_path))
    assert list(ma.panel(few, by="place-year", country=None)) == list(years)


def test_another_form_is_told():
    with pytest.raises(ValueError) as error:
        ma.panel(ma.load(), by="month")
    says(error, "use", "place-year", "'month'")
