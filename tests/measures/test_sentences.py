"""The line of a target, word by word: every kind of amount, document, date and source."""

import re
from pathlib import Path

import pandas as pd
import pytest
from real_rows import SICHUAN, with_target
from says import says
from tiny import CHINA, CITY, PROVINCE, SOURCE, load_rows, scope_label

import metaverse_analysis as ma
from metaverse_analysis.measures.sentences import dollar_words

SOURCES = [
    SOURCE
    | {"source_id": "mill", "url": "https://example.org/3", "publisher": "A mill", "kind": "aggregator"},
    SOURCE,
    SOURCE
    | {"source_id": "s2", "url": "https://example.org/2", "publisher": "An office", "kind": "official"},
    SOURCE | {"source_id": "s4", "url": "https://example.org/4"},
]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory) -> ma.Dataset:
    rows = {"sources": SOURCES, "places": [CHINA, PROVINCE, CITY]}
    return load_rows(tmp_path_factory.mktemp("sentences") / "tables", rows)


def line(tiny: ma.Dataset, target: dict | None = None, document: dict | None = None) -> str:
    """The line of the one target, with some cells changed."""
    one, paper = tiny.regional_targets, tiny.policy_documents
    one = one.assign(**target or {}).astype(one.dtypes.to_dict())
    paper = paper.assign(**document or {}).astype(paper.dtypes.to_dict())
    return ma.sentence(tiny.with_tables(regional_targets=one, policy_documents=paper), "t1")


RELATED = scope_label("metaverse_related")
SCALE = "an industry scale of 250 billion yuan"
NO_SCOPE = {"scope": None, "indicator": "other"}
RANK = {"measure": "rank", "unit": "world rank", "value": 10.0}
DATED = {"issued_date": None, "consultation_date": None, "signed_date": None}


def said(
    who: str = "Aland's action plan of 15 September 2023",
    what: str = f"aims for {SCALE} by 2025 ({RELATED})",
    dollars: str = ", about $34.4 billion at that day's rate of 7.28 yuan per dollar",
    end: str = " (issued; A paper)",
) -> str:
    return f"{who} {what}{dollars}{end}."


def test_an_issued_plan(tiny):
    assert line(tiny) == said()
    assert ma.sentence(tiny, "t1") == (
        f"Aland's action plan of 15 September 2023 aims for an industry scale of 250 billion yuan by 2025 ({RELATED}), "
        "about $34.4 billion at that day's rate of 7.28 yuan per dollar (issued; A paper)."
    )


@pytest.mark.parametrize(
    ("ids", "status", "end"),
    [
        ("mill;s1;s4;s2", "issued", " (issued; An office and 2 others)"),
        ("s4;mill;s1", "announced", " (announced; A paper and 1 other)"),
        ("mill;s4", "issued", " (issued; A paper and 1 other)"),
        ("gone;mill", "issued", " (issued; A mill)"),
        ("gone", None, ""),
        ("s1", None, " (A paper)"),
        (None, "issued", " (issued)"),
    ],
)
def test_the_strongest_outlet_and_the_number_of_others(tiny, ids, status, end):
    assert line(tiny, {"source_ids": ids}, {"status": status}) == said(end=end)


@pytest.mark.parametrize(
    ("document", "who"),
    [
        (
            {"issuer_kind": "association", "issuer_en": "The Guild of firms; Other"},
            "The Guild of firms' action plan",
        ),
        ({"issuer_kind": "association", "issuer_en": "the Guild"}, "The Guild's action plan"),
        ({"issuer_kind": "association", "issuer_en": None}, "Aland's action plan"),
        ({"issuer_kind": "government", "issuer_en": "The Guild"}, "Aland's action plan"),
        ({"issuer_kind": None, "issuer_en": "The Guild"}, "Aland's action plan"),
        ({"doc_type": "other"}, "Aland's document"),
        ({"doc_type": None}, "Aland's document"),
        ({"doc_type": "park_project"}, "Aland's park project"),
    ],
)
def test_who_and_by_which_document(tiny, document, who):
    assert line(tiny, document=document) == said(f"{who} of 15 September 2023")


def test_the_place_that_set_it_and_the_place_that_it_is_for(tiny):
    where = f"aims for an industry scale of 250 billion yuan for {{}} by 2025 ({RELATED})"
    assert line(tiny, {"place_id": "CN-AA-b"}) == said(what=where.format("Btown"))
    assert line(tiny, {"place_id": "nowhere"}) == said(what=where.format("nowhere"))
    found = line(tiny, {"place_id": "nowhere"}, {"place_id": "nowhere"})
    assert found == said("Nowhere's action plan of 15 September 2023")


@pytest.mark.parametrize(
    ("target", "document", "what"),
    [
        ({}, {"doc_type": "measures"}, f"aim for {SCALE} by 2025"),
        (
            {"basis": "forecast"},
            {"doc_type": "measures"},
            f"are reported with a forecast of {SCALE} for 2025",
        ),
        ({"basis": "already_done"}, {}, f"is reported with a figure already reached: {SCALE} for 2025"),
        ({"basis": "park_aim"}, {}, f"is reported with a park's own aim of {SCALE} for 2025"),
        ({"basis": "estimate"}, {}, f"is reported with an estimate of {SCALE} for 2025"),
        ({"basis": "document_target"}, {}, f"aims for {SCALE} by 2025"),
        ({"measure": "revenue"}, {}, "aims for revenue of 250 billion yuan by 2025"),
        ({"measure": "output"}, {}, "aims for output of 250 billion yuan by 2025"),
        ({"measure": "cumulative_output"}, {}, "aims for cumulative output of 250 billion yuan by 2025"),
        ({"measure": "value_added"}, {}, "aims for value added of 250 billion yuan by 2025"),
        ({"qualifier": "over"}, {}, "aims for an industry scale of over 250 billion yuan by 2025"),
        ({"qualifier": "at_least"}, {}, "aims for an industry scale of at least 250 billion yuan by 2025"),
        ({"qualifier": "up_to"}, {}, "aims for an industry scale of up to 250 billion yuan by 2025"),
        ({"qualifier": "about"}, {}, "aims for an industry scale of about 250 billion yuan by 2025"),
        ({"qualifier": None, "target_year": pd.NA}, {}, f"aims for {SCALE}"),
        ({"per": "firm"}, {}, f"aims for {SCALE} per firm by 2025"),
        ({"per": "year"}, {}, f"aims for {SCALE} a year by 2025"),
        ({}, {"doc_type": "call"}, f"aims for {SCALE} by 2025"),
        (
            {"qualifier": "up_to"},
            {"doc_type": "measures"},
            "allow an industry scale of up to 250 billion yuan by 2025",
        ),
        (
            {"measure": "money_other", "target_year": pd.NA, "per": "year"},
            {},
            "sets aside 250 billion yuan a year",
        ),
        ({"measure": "money_other", "target_year": 2023}, {}, "sets aside 250 billion yuan in 2023"),
        ({"measure": "money_other"}, {}, "aims for 250 billion yuan by 2025"),
        ({"measure": "subsidy", "target_year": 2023}, {}, "offers 250 billion yuan in 2023"),
        (
            {"measure": "subsidy", "per": "once"},
            {"doc_type": "measures"},
            "offer 250 billion yuan once until 2025",
        ),
        ({"measure": "subsidy", "per": "firm"}, {}, "offers 250 billion yuan per firm until 2025"),
        ({"measure": "subsidy"}, {"doc_type": "measures"}, "offer 250 billion yuan until 2025"),
        ({"measure": "fund", "per": "year"}, {}, "provides for 250 billion yuan a year until 2025"),
        ({"measure": "fund"}, {"status": "draft"}, "would provide for 250 billion yuan by 2025"),
        ({"measure": "subsidy"}, {"status": "draft"}, "would offer 250 billion yuan until 2025"),
    ],
)
def test_what_it_does_with_which_amount(tiny, target, document, what):
    kinds = {"measures": "measures", "call": "call for cases or projects"}
    kind = kinds.get(document.get("doc_type"), "action plan")
    hedge = {"over": "over", "at_least": "at least", "up_to": "up to"}.get(target.get("qualifier"), "about")
    dollars = f", {hedge} $34.4 billion at that day's rate of 7.28 yuan per dollar"
    status = document.get("status", "issued")
    draft = "draft " if status == "draft" else ""
    assert line(tiny, target, document) == said(
        f"Aland's {draft}{kind} of 15 September 2023", f"{what} ({RELATED})", dollars, f" ({status}; A paper)"
    )


def test_a_rate_that_the_caller_chooses(tiny):
    dollars = ", about $34.8 billion at the rate of 19 January 2024, 7.19 yuan per dollar"
    on = ma.sentence(tiny, "t1", rate_on="2024-01-19")
    assert on == said(dollars=dollars)
    undated = tiny.with_tables(policy_documents=tiny.policy_documents.assign(issued_date=None))
    assert ma.sentence(undated, "t1", rate_on="2024-01-19").endswith(f"{dollars} (issued; A paper).")


def test_owners_that_need_an_article_or_a_phrase_of_their_own(tiny):
    union = tiny.places.assign(name_en=tiny.places["name_en"].replace("Aland", "European Union"))
    found = ma.sentence(tiny.with_tables(places=union), "t1")
    assert found.startswith("The European Union's action plan of 15 September 2023 aims for")
    club = line(tiny, document={"issuer_kind": "association", "issuer_en": "The Guild, founded by Firms"})
    assert club.startswith("The action plan of 15 September 2023 by the Guild, founded by Firms, aims for")


def test_what_is_counted_is_said_once(tiny):
    for note in (RELATED, "related industry of the metaverse", "metaverse-related industry scale"):
        assert line(tiny, {"scope_note": note}) == said()
    award = {"measure": "subsidy", "per": "once", "scope_note": "one-off award", "target_year": pd.NA}
    assert f"offers 250 billion yuan ({RELATED}; one-off award)" in line(tiny, award)


def test_brackets_do_not_stand_in_brackets(tiny):
    assert line(tiny, NO_SCOPE | {"scope_note": "parks (counted as bases), all of them"}) == said(
        what=f"aims for {SCALE} by 2025 (parks, counted as bases, all of them)"
    )
    bracketed = tiny.places.assign(name_en=tiny.places["name_en"].replace("Aland", "Aland (Bland)"))
    found = ma.sentence(tiny.with_tables(places=bracketed), "t1")
    assert found.startswith("The action plan of 15 September 2023 by Aland (Bland) aims for")


def test_growth_goes_on_until_a_year_and_a_call_names(tiny):
    growth = NO_SCOPE | {"measure": "share", "unit": "percent", "per": "year", "value": 15.0}
    assert "aims for growth of 15 percent a year until 2025 (other)" in line(tiny, growth)
    tasks = NO_SCOPE | {"measure": "count", "unit": "tasks", "value": 52.0, "target_year": pd.NA}
    assert " names 52 tasks (other)" in line(tiny, tasks, {"doc_type": "call"})


def test_an_outlet_without_a_name_is_a_website(tiny):
    sources = tiny.sources.assign(publisher=tiny.sources["publisher"].replace("A paper", "news.a-paper.cn"))
    told = ma.sentence(tiny.with_tables(sources=sources), "t1")
    assert told.endswith("(issued; the website news.a-paper.cn).")


@pytest.mark.parametrize(
    ("target", "what"),
    [
        ({"scope_note": "of all"}, f"aims for {SCALE} by 2025 ({RELATED}; of all)"),
        ({"scope_note": "of all", "words_zh": "产业"}, f"aims for {SCALE} by 2025 ({RELATED}; 产业)"),
        (NO_SCOPE | {"scope_note": "of all", "words_zh": "产业"}, f"aims for {SCALE} by 2025 (of all; 产业)"),
        (NO_SCOPE | {"scope_note": "of all"}, f"aims for {SCALE} by 2025 (of all)"),
        (NO_SCOPE | {"words_zh": "产业"}, f"aims for {SCALE} by 2025 (other; 产业)"),
    ],
)
def test_what_is_counted(tiny, target, what):
    assert line(tiny, target) == said(what=what)


@pytest.mark.parametrize(
    ("target", "what"),
    [
        (RANK | {"qualifier": "up_to"}, "a world rank of 10 or better"),
        (RANK, "a world rank of 10"),
        ({"measure": "count", "unit": "firms", "value": 1.0, "per": "project"}, "1 firm per project"),
        ({"measure": "count", "unit": "firms", "value": 2.0}, "2 firms"),
        ({"measure": "count", "unit": "industries of it", "value": 1.0}, "1 industry of it"),
        ({"measure": "count", "unit": "bus", "value": 1.0}, "1 bus"),
        ({"measure": "count", "unit": "labs", "value": 1.0}, "1 lab"),
        ({"measure": "count", "unit": "firms", "value": 1.0, "value_max": 2.0, "qualifier": "range"}, "1 to 2 firms"),
        ({"unit": "billion USD", "value": 5.0}, "an industry scale of 5 billion dollars"),
    ],
)  # fmt: skip
def test_what_needs_no_dollars(tiny, target, what):
    assert line(tiny, NO_SCOPE | target) == said(what=f"aims for {what} by 2025 (other)", dollars="")


@pytest.mark.parametrize(
    ("target", "what", "dollars"),
    [
        ({"value": 30.0, "value_max": 50.0, "qualifier": "range"}, "30 to 50 billion yuan",
         "about $4.12 billion to $6.87 billion at that day's rate of 7.28 yuan per dollar"),
        ({"unit": "million CNY", "value": 5.0}, "5 million yuan",
         "about $687,000 at that day's rate of 7.28 yuan per dollar"),
        ({"unit": "billion KRW", "value": 530.0}, "530 billion won",
         "about $399 million at that day's rate of 1,328 won per dollar"),
        ({"unit": "billion CHF", "value": 5.0}, "5 billion CHF",
         "about $5.58 billion at that day's rate of 0.90 CHF per dollar"),
        ({"unit": "billion AED", "value": 5.0}, "5 billion AED",
         "without a dollar figure because there are no rates of AED"),
        ({"unit": "billion HKD", "value": 5.0}, "5 billion Hong Kong dollars",
         "about $639 million at that day's rate of 7.83 Hong Kong dollars per dollar"),
    ],
)  # fmt: skip
def test_dollars_of_an_amount(tiny, target, what, dollars):
    what = f"aims for an industry scale of {what} by 2025 ({RELATED})"
    assert line(tiny, target) == said(what=what, dollars=f", {dollars}")


@pytest.mark.parametrize(
    ("dates", "of", "dollars"),
    [
        ({"issued_date": "2023-09-17"}, " of 17 September 2023",
         "about $34.4 billion at the rate of 15 September 2023, 7.28 yuan per dollar"),
        ({"issued_date": "2023-09"}, " of September 2023",
         "about $34.3 billion at the mean rate of September 2023, 7.30 yuan per dollar"),
        ({"issued_date": "2023"}, " of 2023", "about $35.3 billion at the mean rate of 2023, 7.08 yuan per dollar"),
        ({"issued_date": "1990-01-02"}, " of 2 January 1990",
         "without a dollar figure because there is no rate for 2 January 1990"),
        ({}, ", undated,", "without a dollar figure because the document has no date"),
        ({"signed_date": "2023-09-01"}, " of 1 September 2023, the day on which it was signed,",
         "about $34.5 billion at that day's rate of 7.26 yuan per dollar"),
        ({"signed_date": "2023-09-01", "consultation_date": "2023-09-15"},
         " of 1 September 2023, the day on which it was signed,",
         "about $34.5 billion at that day's rate of 7.26 yuan per dollar"),
        ({"consultation_date": "2023-09"}, " of September 2023, the month in which it was put out for comment,",
         "about $34.3 billion at the mean rate of September 2023, 7.30 yuan per dollar"),
    ],
)  # fmt: skip
def test_dollars_by_the_document_s_date(tiny, dates, of, dollars):
    assert line(tiny, document=DATED | dates) == said(f"Aland's action plan{of}", dollars=f", {dollars}")


def test_a_document_that_is_not_there(tiny):
    bare = tiny.with_tables(policy_documents=tiny.policy_documents.iloc[:0])
    dollars = ", without a dollar figure because the document has no date"
    assert ma.sentence(bare, "t1") == said("Aland's document, undated,", dollars=dollars, end=" (A paper)")


@pytest.mark.parametrize(
    ("billions", "words"),
    [
        ([1.0], "$1 billion"), ([0.9994], "$999 million"), ([0.001], "$1 million"), ([0.00099], "$990,000"),
        ([1234.5], "$1,230 billion"), ([4.1, 6.86], "$4.1 billion to $6.86 billion"),
    ],
)  # fmt: skip
def test_dollars_have_three_digits(billions, words):
    assert dollar_words(billions) == words


CODES = ["measure", "basis", "per", "qualifier"]  # of each that the tables use, one line below is read aloud


def test_an_example_of_each_kind_was_read_aloud(ds):
    """The lines were read as a newspaper would print them: a new wording is read again before it is stored."""
    read = pd.read_csv(Path(__file__).with_name("read_aloud.csv"))
    assert [ma.sentence(ds, target_id) for target_id in read["target_id"]] == read["sentence"].tolist()
    targets = ds.regional_targets.astype("object")
    examples = targets[targets["target_id"].isin(read["target_id"])]
    for column in CODES:
        assert set(targets[column].dropna()) <= set(examples[column]), column


class TestSentence:
    def test_market_target(self, ds):
        line = ma.sentence(ds, SICHUAN)
        rate = 250 / ma.convert(250, "CNY", "USD", on="2023-09-15") if hasattr(ma, "convert") else 7.2773
        assert line.startswith(
            "Sichuan's action plan of 15 September 2023 aims for an industry scale of 250 billion yuan by 2025 "
            "(metaverse-related industries; 元宇宙相关产业规模), about $34.4 billion at that day's rate of "
            f"{rate:.2f} yuan per dollar (issued; "
        )
        assert line.endswith(" others).")

    def test_of_a_place_the_targets_are_named(self, ds):
        with pytest.raises(ValueError) as told:
            ma.sentence(ds, "山东")
        assert says(
            told,
            "'山东' is a row of places",
            "cn-sd-2025-related-scale-final (about 150 billion yuan,",
            " 2025)",
        )
        with pytest.raises(ValueError) as told:
            ma.sentence(ds, "huawei")
        assert says(told, "participants", "no target")

    def test_of_several_it_says_how(self, ds):
        with pytest.raises(ValueError) as told:
            ma.sentence(ds, [SICHUAN])
        assert says(told, "the id of one target", "not list", "[sentence(ds, id) for id in ids]")

    def test_a_draft_would_and_says_so(self, ds):
        line = ma.sentence(ds, "cn-sd-2025-related-scale-draft")
        assert (
            "draft guiding opinion of 4 September 2023 would aim for an industry scale of about 150" in line
        )
        assert "(draft; " in line

    @pytest.mark.parametrize(
        ("values", "expected"),
        [
            ({"qualifier": "over"}, "industry scale of over 250 billion yuan by 2025"),
            ({"qualifier": "range", "value_max": 300.0}, "industry scale of 250 to 300 billion yuan by 2025"),
            ({"qualifier": "range", "value_max": 300.0}, "about $34.4 billion to $41.2 billion at"),
            ({"target_year": pd.NA}, "250 billion yuan (metaverse-related"),
            (
                {"unit": "billion USD"},
                "250 billion dollars by 2025 (metaverse-related industries; 元宇宙相关产业规模) (issued",
            ),
            ({"unit": "billion EUR"}, "billion at that day's rate of 0.94 euros per dollar"),
            ({"unit": "million CNY", "value": 5.0}, "5 million yuan by 2025"),
            ({"unit": "million CNY", "value": 5.0}, "about $687,000 at that day's rate"),
            ({"basis": "forecast"}, "is reported with a forecast of an industry scale of 250"),
            ({"place_id": "CN-SC-chengdu"}, "250 billion yuan for Chengdu by 2025"),
        ],
    )
    def test_kinds_of_money(self, ds, values, expected):
        assert expected in ma.sentence(with_target(ds, **values), SICHUAN)

    @pytest.mark.parametrize(
        ("document", "expected"),
        [
            ({"issued_date": None, "signed_date": None}, "Sichuan's action plan, undated, aims for"),
            (
                {"issued_date": None, "signed_date": None},
                "without a dollar figure because the document has no date",
            ),
            ({"issued_date": "2023-09"}, "at the mean rate of September 2023, 7.30 yuan per dollar"),
            ({"issued_date": "2023-09-17"}, "at the rate of 15 September 2023, 7.28 yuan per dollar"),
            ({"issued_date": "1990-01-02"}, "because there is no rate for 2 January 1990"),
            ({"doc_type": "measures"}, "Sichuan's measures of 15 September 2023 aim for"),
            ({"doc_type": "other"}, "Sichuan's document of 15 September 2023"),
            ({"status": "announced"}, "(announced; "),
            ({"issuer_kind": "association", "issuer_en": "The Guild; X"}, "The Guild's action plan of"),
        ],
    )
    def test_kinds_of_document(self, ds, document, expected):
        assert expected in ma.sentence(with_target(ds, document), SICHUAN)

    @pytest.mark.parametrize(
        ("values", "expected"),
        [
            ({"measure": "count", "unit": "parks", "value": 1.0}, "aims for 1 park by"),
            ({"measure": "subsidy", "unit": "million CNY", "value": 5.0, "per": "project", "qualifier": "up_to"},
             "offers up to 5 million yuan per project until 2025"),
            ({"measure": "fund", "value": 10.0}, "provides for 10 billion yuan by 2025"),
            ({"measure": "rank", "unit": "global rank", "value": 10.0, "qualifier": "up_to"},
             "aims for a global rank of 10 or better by 2025"),
            ({"measure": "share", "unit": "percent of GDP", "value": 1.0}, "aims for 1 percent of GDP by 2025"),
        ],
    )  # fmt: skip
    def test_other_kinds(self, ds, values, expected):
        ours = with_target(ds, **{"scope": None, "words_zh": None, "scope_note": "what is counted"} | values)
        line = ma.sentence(ours, SICHUAN)
        assert expected in line
        assert "(what is counted)" in line

    def test_targets_of_every_kind_have_one_printable_line(self, ds):
        for target in ds.regional_targets[::3].itertuples():
            line = ma.sentence(ds, target.target_id)
            assert line[0].isupper() and line.endswith(".") and "\n" not in line and "  " not in line, line
            assert "nan" not in line.split() and "<NA>" not in line and "_" not in line, line
            small = target.value < 1 and "CNY" in target.unit  # 0.4 billion is 400 million
            number = f"{1e3 * target.value if small else target.value:,.6f}".rstrip("0").rstrip(".")
            assert number in line, line
            assert "((" not in line and not re.search(r"\([^()]*\(", line.replace("(Guangzhou)", "")), line
            assert pd.isna(target.target_year) or str(target.target_year) in line

    def test_unknown_target_names_the_nearest(self, ds):
        with pytest.raises(ValueError, match=f"regional_targets don't have the id.*{SICHUAN}"):
            ma.sentence(ds, SICHUAN + "s")
