"""What holds for the packaged rows beyond the schema: rules between tables, and of dates, that a reader relies on."""

import re

import pandas as pd
import pytest

import metaverse_analysis as ma
from metaverse_analysis.tables.dataset import split_ids
from metaverse_analysis.tables.dates import document_dates, last_day
from metaverse_analysis.tables.places import ancestors

HAN = "[\u4e00-\u9fff]"


def cited(ds, table):
    """Each row of a table with each page that it names: key, source_id, and the last day that the page may be of."""
    frame = ds[table]
    links = split_ids(frame.source_ids).rename("source_id")
    pages = last_day(ds.sources.published).set_axis(ds.sources.source_id).rename("page")
    return frame.join(links, how="inner").join(pages, on="source_id")


@pytest.mark.parametrize("table", ["policy_documents", "policy_instruments", "regional_targets"])
def test_no_page_is_older_than_the_document_that_it_speaks_of(ds, table):
    documents = ds.policy_documents
    public = document_dates(documents).first_day.set_axis(documents.document_id).rename("public")
    rows = cited(ds, table).join(public, on="document_id")
    older = rows[(rows.page < rows.public).fillna(False)]
    assert older[["document_id", "source_id"]].values.tolist() == []


def test_a_document_is_signed_and_made_public_on_different_days_or_has_one_date(ds):
    documents = ds.policy_documents
    both = documents[documents.signed_date.notna()]
    assert (both.signed_date != both.issued_date).all()
    judged = set(split_ids(ds.adjudications.subject_ids[ds.adjudications.rule == "two_dates"]))
    assert set(both.document_id) <= judged


def test_coverage_says_what_the_documents_say(ds):
    documents = ds.policy_documents
    own = set(documents.place_id)
    above = ancestors(ds.places)
    below = set(above.ancestor_id[above.place_id.isin(own)])
    searched = ds.coverage[ds.coverage.finding != "not_searched"]
    # A paper that isn't the government's own stands under the province, and coverage says none found.
    private = set(documents.place_id[documents.issuer_kind == "company_or_institute"])
    found = searched.finding != "none_found"
    assert (found == searched.place_id.isin(own))[~searched.place_id.isin(private)].all()
    assert ((searched.finding_below == "documents") == searched.place_id.isin(below)).all()


def test_the_series_of_a_statistic_is_that_of_its_place(ds):
    level = ds.regional_statistics.place_id.map(ds.places.set_index("place_id").level.astype("str"))
    series = level.map({"country": "national", "province": "provincial"}).fillna("municipal")
    assert (ds.regional_statistics.series.astype("str") == series).all()


def test_nothing_in_doubt_is_a_confirmed_membership(ds):
    judgements = ds.adjudications
    doubted = set(split_ids(judgements.subject_ids[judgements.decision == "open"]))
    status = ds.memberships.set_index("membership_id").membership_status.astype("str")
    open_ones = status[status.index.isin(doubted)]
    assert len(open_ones) and set(open_ones) <= {"named", "disputed", "listed"}


def test_every_due_target_was_followed_up(ds):
    due = ds.regional_targets.target_id[ds.regional_targets.target_year <= 2025]
    assert set(due) <= set(ds.target_followups.target_id)


def test_every_disagreement_has_a_decision_or_is_open_in_words(ds):
    assert ma.conflicts(ds).adjudication_id.notna().all()


def test_chinese_titles_and_names_have_full_width_punctuation(ds):
    half = re.compile(f"{HAN}[(:,;!?]|\\){HAN}")
    texts = pd.concat(
        [
            ds.sources.title[ds.sources.language != "ko"],
            ds.policy_documents.title_zh, ds.policy_documents.issuer_zh,
            ds.bodies.name_zh, ds.participants.name_zh, ds.places.name_zh,
        ]
    ).dropna()  # fmt: skip
    assert [text for text in texts if half.search(text)] == []


def test_outlets_have_one_spelling_and_one_kind(ds):
    sources = ds.sources
    kinds = sources.groupby("publisher").kind.nunique()
    assert kinds[kinds > 1].index.tolist() == []
    folded = sources.publisher.str.casefold().str.replace(r"[^\w]", "", regex=True)
    spellings = sources.groupby(folded).publisher.nunique()
    assert spellings[spellings > 1].index.tolist() == []
    ours = ds.press_figures[ds.press_figures.copied_from.isna()]
    assert set(ours.outlet) <= set(sources.publisher)
