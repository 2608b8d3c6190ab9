"""The numbers of the answers once more, from the CSV files and the central bank's rates alone, without the package."""

import json
import zipfile
from collections import Counter
from decimal import Decimal
from pathlib import Path

import currency_converter
import pandas as pd
import pytest

import metaverse_analysis as ma

DATA = Path(__file__).parents[2] / "data"
FINDINGS = ["reported", "related_figure", "superseded", "not_found", "not_followed_up"]  # the best first


def read(table: str) -> pd.DataFrame:
    return pd.read_csv(DATA / f"{table}.csv", dtype=str, keep_default_na=False)


@pytest.fixture(scope="module")
def documents() -> pd.DataFrame:
    return read("policy_documents").set_index("document_id")


def ends(date: str) -> tuple[str, str]:
    """The first and the last day that a date may mean, as text that sorts."""
    first = date + {10: "", 7: "-01", 4: "-01-01"}[len(date)]
    return first, date + {10: "", 7: "-31", 4: "-12-31"}[len(date)]


def date_of(paper: pd.Series) -> str:
    dates = [paper["issued_date"], paper["signed_date"]]
    put_out = [paper["consultation_date"]]
    return next(filter(None, put_out + dates if paper["status"] == "draft" else dates + put_out), "")


def is_chinese(places: pd.Series) -> pd.Series:
    return places.str.match("CN(-|$)")


def test_the_dates_that_a_date_may_mean():
    assert [ends(date) for date in ("2023-09-08", "2023-09", "2023")] == [
        ("2023-09-08", "2023-09-08"), ("2023-09-01", "2023-09-31"), ("2023-01-01", "2023-12-31"),
    ]  # fmt: skip


def test_how_many_printed_dollars_fit(ds, documents):
    with (
        zipfile.ZipFile(currency_converter.CURRENCY_FILE) as archive,
        archive.open(archive.namelist()[0]) as file,
    ):
        euro = pd.read_csv(file, na_values="N/A").set_index("Date").sort_index()
    targets = read("regional_targets").set_index("target_id")
    fits = []
    for row in read("press_figures").query("published != ''").itertuples():
        target = targets.loc[row.target_id]
        scale, currency = target["unit"].split()
        amounts = [
            float(end) / {"billion": 1, "million": 1000}[scale]
            for end in target[["value", "value_max"]]
            if end
        ]
        others = row.original_currency not in ("", currency)
        others |= (
            bool(row.original_billion)
            and min(abs(float(row.original_billion) - one) for one in amounts) > 1e-9
        )
        printed = Decimal(row.reported_usd_billion)
        half = Decimal(5).scaleb(printed.as_tuple().exponent - 1)
        low, high = amounts[0] / float(printed + half), amounts[-1] / float(printed - half)
        first, last = ends(row.published)
        paper = date_of(documents.loc[target["document_id"]])
        if paper and first < last:
            first = max(first, ends(paper)[0])  # not before the document was there
        market = (euro[currency] / euro["USD"]).dropna()
        stood = market[(market.index >= first) & (market.index <= last)]
        stood = stood if len(stood) else market[market.index <= last].tail(1)
        margins = (0, 0.01)
        fits.append([not others and stood.between(low * (1 - by), high * (1 + by)).any() for by in margins])
    inside, within = pd.DataFrame(fits).sum()
    assert (
        f"{within} of {len(fits)} dated dollar figures fit the exchange rate of their day, or of some day of their "
        f"month or year where the day isn’t known, {within - inside} of these by a margin of 1%."
    ) in str(ma.answer(ds, "dollars_and_yuan"))


def test_what_came_of_the_targets(ds, documents):
    targets = read("regional_targets")
    today = read("sources")["accessed"].max()
    targets = targets[
        is_chinese(targets["place_id"]) & targets["target_year"].between("1", str(int(today[:4]) - 1))
    ]
    papers = documents.loc[targets["document_id"]].set_axis(targets.index)
    finals = set(documents.loc[documents["status"] != "draft", "family_id"])
    replaced = (papers["status"] == "draft") & papers["family_id"].isin(finals)
    own_year = targets["measure"].isin(["fund", "subsidy", "money_other"])
    own_year &= papers.apply(date_of, axis="columns").str[:4] == targets["target_year"]
    count = (
        (targets["basis"] == "document_target") & (targets["repeats_target_id"] == "") & ~replaced & ~own_year
    )
    followed = read("target_followups").assign(at=lambda rows: rows["finding"].map(FINDINGS.index))
    best = (
        targets.loc[count, "target_id"]
        .map(followed.groupby("target_id")["at"].min())
        .map(dict(enumerate(FINDINGS)))
    )
    own = papers.loc[count, "is_metaverse_specific"] == "true"
    reported, nothing = best == "reported", best == "not_found"
    assert str(ma.answer(ds, "outcomes")) == (
        f"Of {len(best)} targets whose year has passed, {reported.sum()} have a reported outcome of the same quantity; "
        f"for {nothing.sum()} nothing was found. {own.sum()} of the {len(best)} are set by documents on the metaverse "
        f"itself: {(own & reported).sum() or 'none'} with such an outcome, {(own & nothing).sum()} without "
        "anything found."
    )


def test_who_was_before_the_nation(ds, documents):
    provinces = read("places").query("level == 'province'")["place_id"]
    provinces = provinces[is_chinese(provinces)]
    no_policy = {
        "standard",
        "risk_warning",
        "call",
        "reply",
        "white_paper",
        "declaration",
        "statement",
        "announcement",
    }
    papers = documents[
        documents["place_id"].isin(provinces)
        & (documents["status"] == "issued")
        & (documents["is_metaverse_specific"] == "true")
        & (documents["issuer_kind"] == "government")
        & ~documents["doc_type"].isin(no_policy | {"park_project", "programme", "other"})
    ]
    first = papers.apply(date_of, axis="columns").groupby(papers["place_id"]).min()
    plan = documents.loc["cn-2023-metaverse-three-year-action-plan", "issued_date"]
    sure = sum(ends(date)[1] < plan for date in first)
    perhaps = sum(ends(date)[0] < plan <= ends(date)[1] for date in first)
    searched = (read("coverage")["searched_on"] != "").sum()
    assert str(ma.answer(ds, "policy_timeline")).startswith(
        f"{len(first)} of {searched} provinces searched issued a policy document on the metaverse; {sure} of them for "
        f"certain and at most {sure + perhaps} before the national plan of September 2023"
    )


def test_what_the_targets_rest_on(ds):
    """The rule of grades, written anew."""
    sources = read("sources").set_index("source_id").to_dict("index")
    described = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    (fields,) = [table["schema"]["fields"] for table in described if table["name"] == "sources"]
    (kinds,) = [field["codes"] for field in fields if field["name"] == "kind"]

    def worth(pages: list[dict[str, str]]) -> int:
        full = [kinds[page["kind"]].get("strength", 1) for page in pages]
        read_so = [max(1, one - (page["is_copy"] == "true")) for one, page in zip(full, pages, strict=True)]
        agree = len({page["host"] for page in pages} - {""}) > 1
        return max([*read_so, min(3, max(full))] if agree else read_so)

    found = Counter()
    targets = read("regional_targets")
    for target in targets[is_chinese(targets["place_id"])].to_dict("records"):
        texts: dict[str, list[dict[str, str]]] = {}
        for page in filter(None, target["source_ids"].split(";")):
            about = sources[page]
            texts.setdefault(about["text_origin"] or about["publisher"] or page, []).append(about)
        values = [worth(pages) for pages in texts.values()]
        firm, known = (sum(value >= least for value in values) for least in (3, 2))
        grade = "high" if 4 in values or firm > 1 else "medium" if firm or known > 1 else "low"
        found[target["confidence_override"] or grade] += 1
    high, medium, low = (f"{100 * found[grade] / found.total():.0f}%" for grade in ("high", "medium", "low"))
    said = str(ma.answer(ds, "evidence"))
    assert f"{high} of the targets rest on an official page" in said and f", {low} on less" in said
    assert f" {medium} on one such outlet or two of the trade press" in said
