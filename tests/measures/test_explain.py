"""Explanations and sentences: read against the tables by hand, for every kind of row, safe in a notebook.

Explanations, whole: heading, every section and every row of a few ids, worked by hand.
"""

import re
from html.parser import HTMLParser

import pandas as pd
import pytest
from tiny import scope_label

import metaverse_analysis as ma
from metaverse_analysis.measures.explain import describe
from metaverse_analysis.measures.sentences import dollar_words
from metaverse_analysis.tables.rates import market_rate

SICHUAN = "cn-sc-2023-final-market-scale"


def section(found, title: str) -> dict[str, str]:
    """The rows of the one section whose title begins so."""
    named = [rows for name, rows in found.sections if name.startswith(title)]
    assert len(named) == 1, (title, [name for name, _ in found.sections])
    return dict(named[0])


def with_target(ds: ma.Dataset, document: dict | None = None, **values) -> ma.Dataset:
    """Sichuan's final target and its document, changed."""
    targets, documents = ds.regional_targets, ds.policy_documents
    target = targets[targets.target_id == SICHUAN].assign(**values).astype(targets.dtypes.to_dict())
    one = documents[documents.document_id == target.document_id.iloc[0]]
    one = one.assign(**document or {}).astype(documents.dtypes.to_dict())
    rest = documents[documents.document_id != target.document_id.iloc[0]]
    return ds.with_tables(regional_targets=target, policy_documents=pd.concat([one, rest], ignore_index=True))


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
             "offers up to 5 million yuan per project in 2025"),
            ({"measure": "fund", "value": 10.0}, "plans a fund of 10 billion yuan by 2025"),
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
            number = f"{target.value:,.6f}".rstrip("0").rstrip(".")
            assert number in line, line
            assert pd.isna(target.target_year) or str(target.target_year) in line

    def test_unknown_target_names_the_nearest(self, ds):
        with pytest.raises(ValueError, match=f"regional_targets don't have the id.*{SICHUAN}"):
            ma.sentence(ds, SICHUAN + "s")


def test_a_target_against_its_rows(ds):
    found = ma.explain(ds, SICHUAN)
    target = ds.regional_targets.set_index("target_id").loc[SICHUAN]
    document = ds.policy_documents.set_index("document_id").loc[target.document_id]
    assert (found.id, found.table, found.heading) == (SICHUAN, "regional_targets", ma.sentence(ds, SICHUAN))
    own = section(found, "Target")
    assert own["Value"] == "250 billion yuan"
    assert own["Scope"] == ds.schema.label("regional_targets", "scope", target.scope)
    assert own["Chinese words"] == target.words_zh
    about = section(found, "Document: ")
    assert about["English title"] == document.title_en
    assert about["Chinese title"] == document.title_zh
    assert about["Issuer"] == document.issuer_en
    assert about["Issued"] == document.issued_date
    versions = ds.policy_documents[ds.policy_documents.family_id == document.family_id]
    assert len(section(found, "Other versions")) == len(versions) - 1
    grade = ma.grades(ds, "regional_targets").loc[SICHUAN]
    assert section(found, "Confidence")["Grade"] == f"{grade.confidence}: {grade.why}"
    printed = ds.press_figures[ds.press_figures.target_id == SICHUAN]
    assert set(section(found, "Press figures")) == set(printed.press_figure_id)
    assert "7.2773 CNY per USD, 2023-09-15, daily" in section(found, "In dollars")["On the document's date"]
    named = ds.adjudications[ds.adjudications.subject_ids.str.split(";").map(lambda ids: SICHUAN in ids)]
    assert all(question in str(found).replace("\n      ", " ") for question in named.question)


def test_sources_in_order_with_grade_and_address(ds):
    found = ma.explain(ds, SICHUAN)
    target = ds.regional_targets.set_index("target_id").loc[SICHUAN]
    assert found.sources.source_id.tolist() == target.source_ids.split(";")
    strengths = ds.schema.codes("sources", "kind")
    for source in found.sources.itertuples():
        row = ds.sources.set_index("source_id").loc[source.source_id]
        assert (source.publisher, source.url, source.kind) == (row.publisher, row.url, row.kind)
        assert source.grade == min(strengths[row.kind]["strength"], 3 if row.is_copy else 4)
        assert row.url in str(found).replace("\n      ", "")


def test_every_kind_of_row_explains_itself(ds):
    for table in ds.tables:
        key = ds.schema[table].key
        frame = ds[table]
        for id in frame[key].iloc[:: max(1, len(frame) // 3)]:
            found = ma.explain(ds, id)
            text = str(found)
            assert found.heading and len(found.sections) >= 1
            assert id in text
            assert "nan" not in re.split(r"\W+", text) and "<NA>" not in text
            assert max(map(len, text.splitlines())) < 250


def test_a_place_is_profiled(ds):
    found = ma.explain(ds, "CN-SD")
    assert found.table == "places"
    targets = ds.regional_targets[ds.regional_targets.place_id == "CN-SD"]
    title = next(name for name, _ in found.sections if name.startswith("Regional targets"))
    assert title == f"Regional targets ({len(targets)})"
    finding = ds.coverage.set_index("place_id").finding["CN-SD"]
    assert ds.schema.label("coverage", "finding", finding) in section(found, "Coverage")["CN-SD"]
    assert len(found.sources) == 0


def test_a_source_says_what_rests_on_it(ds):
    target = ds.regional_targets.iloc[0]
    found = ma.explain(ds, target.source_ids.split(";")[0])
    assert target.target_id in section(found, "Regional targets")
    assert len(found.sources) == 1


def test_a_judgement_tells_its_subjects(ds):
    row = ds.adjudications.iloc[0]
    assert set(section(ma.explain(ds, row.adjudication_id), "Subjects")) == set(row.subject_ids.split(";"))


def test_long_lists_are_cut_and_counted(ds):
    found = ma.explain(ds, "CN")
    title, rows = next(s for s in found.sections if s[0].startswith("Events"))
    count = int(re.search(r"\d+", title)[0])
    assert count == (ds.events.place_id == "CN").sum() > 12
    assert rows[-1] == ("", f"and {count - 12} more")


def test_unknown_ids(ds):
    with pytest.raises(ValueError, match=f"no table has the id.*{SICHUAN} .regional_targets"):
        ma.explain(ds, SICHUAN[:-1])
    with pytest.raises(ValueError, match="an id is text"):
        ma.explain(ds, 3)


class Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.links = [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name == "href"]
        assert not [name for name, _ in attrs if name.startswith("on")]


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", " JavaScript:alert(1)", "data:text/html,x", "//evil.example"]
)
def test_nothing_in_the_card_can_run(ds, url):
    source = ds.regional_targets.set_index("target_id").source_ids[SICHUAN].split(";")[0]
    sources = ds.sources
    hit = sources.source_id == source
    sources = sources.assign(
        title=sources.title.mask(hit, "<script>alert(1)</script>"),
        publisher=sources.publisher.mask(hit, '"><img src=x onerror=alert(1)>'),
        url=sources.url.mask(hit, url),
    )
    ours = ds.with_tables(sources=sources).with_tables(
        regional_targets=with_target(
            ds, scope_note="<b onclick=x>", words_zh="</td><script>"
        ).regional_targets
    )
    page = ma.explain(ours, SICHUAN)._repr_html_()
    read = Links()
    read.feed(page)
    assert set(read.tags) <= {
        "div",
        "b",
        "br",
        "small",
        "code",
        "table",
        "caption",
        "tr",
        "td",
        "ol",
        "li",
        "a",
    }
    assert all(link.startswith(("http://", "https://")) for link in read.links)
    assert len(read.links) == len(ma.explain(ours, SICHUAN).sources) - 1
    assert "&lt;script&gt;" in page


def test_a_quote_cannot_end_an_address(ds):
    sources = ds.sources.assign(url="https://example.org/'onmouseover='alert(1)")
    read = Links()
    read.feed(ma.explain(ds.with_tables(sources=sources), SICHUAN)._repr_html_())
    assert set(read.links) == {"https://example.org/'onmouseover='alert(1)"}


def test_small_folders(ds):
    bare = ds.with_tables(**{name: ds[name].iloc[:0] for name in ds.tables if name != "regional_targets"})
    assert ma.sentence(bare, SICHUAN).startswith(
        "CN-SC's document, undated, aims for an industry scale of 250 billion"
    )
    assert "250 billion yuan" in str(ma.explain(bare, SICHUAN))


@pytest.fixture(scope="module")
def tiny(worked) -> ma.Dataset:
    return worked("explain")


RELATED = scope_label("metaverse_related")
SCALE = f"market size, {RELATED}, Aland, 2025"
ALAND = ("Place", "Aland (CN-AA)")
KIND = [("About the metaverse", "yes"), ("Kind of issuer", "government")]
YEARS = [("First year", "2023"), ("Last year", "2025")]
ISSUER = [("Issuer", "Aland"), ALAND, ("Type", "action plan")]
PLAN = [
    ("Family", "d1"), ("English title", "A plan"), ("Chinese title", "计划"), *ISSUER, ("Status", "issued"),
    ("Issued", "2023-09-15"), *YEARS, *KIND,
]  # fmt: skip
DRAFT = [
    ("Family", "d1"), ("English title", "A draft"), *ISSUER, ("Status", "draft"), ("Consultation", "2023-08"),
    *YEARS, *KIND,
]  # fmt: skip
UNDATED = [("Family", "d9"), ("English title", "A plan"), *ISSUER, ("Status", "issued"), *KIND]
MARKET = [ALAND, ("Indicator", "market size"), ("Measure", "industry scale"), ("Scope", RELATED)]
T1 = [
    ("Value", "30 to 50 billion yuan"), ("Document", "A plan (d1)"), *MARKET, ("Target year", "2025"),
    ("Chinese words", "产业"),
]  # fmt: skip
ONE_PAGE = ("Sources", "1 page of 1 independent outlet")
MEDIUM = ("Confidence", [("Grade", "medium: one established outlet"), ONE_PAGE])
DRAFTED = ("Other versions", [("draft", "A draft (2023-08) [d0]")])
ISSUED = ("Other versions", [("issued", "A plan, 计划 (2023-09-15) [d1]")])
CLUB = [
    ("Name", "The club"), ("Short name", "C"), ("Type", "industry committee"), ("Status", "active"),
    ("Announced", "2023-06-30"), ("Members announced", "4"), ("Unit of members announced", "organisations"),
]  # fmt: skip
DECIDED, LEFT_OPEN = ("decided", "Which one? It is so. Chosen: t1."), ("open", "And that? Nobody knows.")
JUDGED = "Disagreements and decisions"
SAYS = {
    "t1": f"30 to 50 billion yuan, {SCALE}",
    "t2": f"250 billion yuan, {SCALE}",
    "t3": f"5 billion AED, {SCALE}",
    "t4": "at least 15 firms, other, Aland, 2025",
    "p1": "O printed $35 billion for 250 billion CNY (2024-01-19)",
    "p2": "P printed $7 billion",
    "d1": "A plan, 计划 (2023-09-15)",
    "d0": "A draft (2023-08)",
    "d9": "A plan",
    "o1": f"260 billion yuan, {SCALE}",
    "e1": "It came out (2023-10)",
    "g1": "1,000 billion yuan, GDP, Aland, 2024",
}
OUTCOME = [("Value", "260 billion yuan"), *MARKET, ("Year", "2025")]


def told(*ids: str) -> list[tuple[str, str]]:
    return [(id, SAYS[id]) for id in ids]


def instruments(lead: str = "") -> list[tuple[str, str]]:
    listed = [(f"d1--fund--{number}", f"{lead}funds, promotes, Point {number}") for number in range(12)]
    return [*listed, ("", "and 2 more")]


def newest(*billions: float) -> tuple[str, str]:
    """The amounts at the newest rate there is."""
    rate = market_rate("USD", "CNY")
    day = f"{rate.index[-1]:%Y-%m-%d}"
    words = dollar_words([billion / rate.iloc[-1] for billion in billions])
    return (
        "On the newest day with a rate",
        f"about {words} ({rate.iloc[-1]:,.4f} CNY per USD, {day}, daily)",
    )


def sections(tiny: ma.Dataset, id: str, table: str, heading: str | None = None, sources: str = "s1"):
    found = ma.explain(tiny, id)
    assert (found.id, found.table) == (id, table)
    assert found.heading == (ma.sentence(tiny, id) if heading is None else heading)
    assert found.sources.source_id.tolist() == [name for name in sources.split(";") if name]
    return found.sections


def test_a_target(tiny):
    plan = "about $4.12 billion to $6.87 billion (7.2773 CNY per USD, 2023-09-15, daily)"
    assert sections(tiny, "t1", "regional_targets", sources="s2;s1") == [
        ("Target", T1),
        (
            "Confidence",
            [("Grade", "medium: one established outlet"), ("Sources", "2 pages of 1 independent outlet")],
        ),
        ("In dollars", [("On the document's date", plan), newest(30, 50)]),
        ("Document: d1", PLAN),
        DRAFTED,
        ("Regional targets (1)", told("t3")),
        ("Press figures (2)", told("p1", "p2")),
        ("What became of the targets (1)", [("f1", f"reported, 2026-11-01: {SAYS['o1']}")]),
        (JUDGED, [DECIDED, LEFT_OPEN]),
    ]


def test_a_target_of_a_document_without_a_date(tiny):
    assert sections(tiny, "t2", "regional_targets") == [
        (
            "Target",
            [("Value", "250 billion yuan"), ("Document", "A plan (d9)"), *MARKET, ("Target year", "2025"),
             ("Baseline", "100"), ("Baseline year", "2022"), ("Growth rate", "12.5 percent a year")],
        ),
        MEDIUM,
        ("In dollars", [("On the document's date", "no dollars: the document has no date"), newest(250)]),
        ("Document: d9", UNDATED),
        (JUDGED, [DECIDED]),
    ]  # fmt: skip


def test_a_target_in_a_currency_without_rates(tiny):
    found = sections(tiny, "t3", "regional_targets")
    ((label, why),) = dict(found).pop("In dollars")
    assert label == "No dollars" and why == "no rates for the currency 'AED'."
    assert [section for section in found if section[0] != "In dollars"] == [
        (
            "Target",
            [("Value", "5 billion AED"), ("Document", "A draft (d0)"), *MARKET, ("Target year", "2025"),
             ("Repeats", "t1")],
        ),
        MEDIUM,
        ("Document: d0", DRAFT),
        ISSUED,
    ]  # fmt: skip
    assert [title for title, _ in found][2] == "In dollars"


def test_millions_and_dollars(tiny):
    def of(unit: str) -> dict:
        targets = tiny.regional_targets
        other = targets.assign(unit=unit, value=30_000.0, value_max=50_000.0)
        return dict(ma.explain(tiny.with_tables(regional_targets=other), "t1").sections)

    plan = "about $4.12 billion to $6.87 billion (7.2773 CNY per USD, 2023-09-15, daily)"
    assert of("million CNY")["In dollars"] == [("On the document's date", plan), newest(30, 50)]
    assert "In dollars" not in of("million USD")


def test_a_target_that_is_no_money(tiny):
    assert sections(tiny, "t4", "regional_targets") == [
        (
            "Target",
            [("Value", "at least 15 firms"), ("Document", "A plan (d1)"), ALAND, ("Indicator", "other"),
             ("Measure", "count"), ("Target year", "2025")],
        ),
        MEDIUM,
        ("Document: d1", PLAN),
        DRAFTED,
        (JUDGED, [LEFT_OPEN]),
    ]  # fmt: skip


def test_documents(tiny):
    assert sections(tiny, "d1", "policy_documents", SAYS["d1"]) == [
        ("Document", PLAN),
        (
            "Confidence",
            [("Grade", "low: set by hand: a summary"), ("From its sources alone", "medium"), ONE_PAGE],
        ),
        DRAFTED,
        ("Policy instruments (14)", instruments()),
        ("Regional targets (2)", told("t1", "t4")),
        ("Events (1)", told("e1")),
        (JUDGED, [LEFT_OPEN]),
    ]
    assert sections(tiny, "d0", "policy_documents", SAYS["d0"], "s2") == [
        ("Document", DRAFT), MEDIUM, ISSUED, ("Regional targets (1)", told("t3")),
    ]  # fmt: skip
    assert sections(tiny, "d9", "policy_documents", SAYS["d9"]) == [
        ("Document", UNDATED), MEDIUM, ("Regional targets (1)", told("t2")),
    ]  # fmt: skip


def test_figures_of_the_press(tiny):
    above = [MEDIUM, ("Target: t1", T1), ("Document: d1", PLAN), (JUDGED, [DECIDED])]
    own = [
        ("Target", "t1"), ("Outlet", "O"), ("Original amount", "250"), ("Original currency", "yuan"),
        ("Printed dollars", "35"), ("Published", "2024-01-19"),
    ]  # fmt: skip
    assert sections(tiny, "p1", "press_figures", SAYS["p1"]) == [("Press figure", own), *above]
    own = [("Target", "t1"), ("Outlet", "P"), ("Printed dollars", "7")]
    assert sections(tiny, "p2", "press_figures", SAYS["p2"], "s2") == [("Press figure", own), *above]


def test_a_follow_up_and_its_outcome(tiny):
    own = [("Target", "t1"), ("Finding", "reported"), ("Outcome", "o1"), ("Searched on", "2026-11-01")]
    assert sections(tiny, "f1", "target_followups", "t1, reported, o1, 2026-11-01") == [
        ("Follow-up", own),
        MEDIUM,
        ("Target: t1", T1),
        ("Document: d1", PLAN),
        ("Outcome: o1", OUTCOME),
        (JUDGED, [DECIDED]),
    ]
    assert sections(tiny, "o1", "outcomes", SAYS["o1"]) == [
        ("Outcome", OUTCOME), MEDIUM, ("What became of the targets (1)", [("f1", "t1, reported, 2026-11-01")]),
    ]  # fmt: skip


def test_a_judgement(tiny):
    own = [
        ("Kind", "two values"), ("Question", "Which one?"), ("Decision", "decided"), ("Chosen", "t1"),
        ("Reason", "It is so."), ("Decided on", "2026-11-01"),
    ]  # fmt: skip
    assert sections(tiny, "a1", "adjudications", "Which one?") == [
        ("Adjudication", own), MEDIUM, ("Subjects", told("t1", "t2")),
    ]  # fmt: skip


def test_a_source(tiny):
    own = [
        ("Title", "A page"), ("Publisher", "A paper"), ("Host", "example.org"), ("Is a copy", "no"),
        ("Address", "https://example.org/1"), ("Language", "English"), ("Published", "2023-09-20"),
        ("Kind", "newspaper or broadcaster"), ("Read on", "2026-11-23"),
    ]  # fmt: skip
    assert sections(tiny, "s1", "sources", "A page (2023-09-20)") == [
        ("Source", own),
        ("Bodies (1)", [("club", "The club")]),
        ("Memberships (1)", [("club--firm", "The firm, The club, chair, 2023-05, member")]),
        ("Policy documents (2)", told("d1", "d9")),
        ("Policy instruments (14)", instruments("A plan, ")),
        ("Regional targets (4)", told("t1", "t2", "t3", "t4")),
        ("Press figures (1)", told("p1")),
        ("Outcomes (1)", told("o1")),
        ("What became of the targets (1)", [("f1", f"t1, reported, 2026-11-01: {SAYS['o1']}")]),
        ("GDP and population (1)", told("g1")),
        ("Events (1)", told("e1")),
        (f"{JUDGED} (1)", [("a1", "Which one?")]),
    ]


def test_places(tiny):
    def there(*ids: str) -> list[tuple[str, str]]:
        return [(id, SAYS[id].replace("Aland, ", "")) for id in ids]

    own = [("Name", "Aland"), ("Chinese name", "甲省"), ("Level", "province"), ("Lies in", "China (CN)")]
    assert sections(tiny, "CN-AA", "places", "Aland, 甲省", "") == [
        ("Place", own),
        ("Places (1)", [("CN-AA-b", "Btown, 乙市")]),
        ("Policy documents (3)", told("d1", "d0", "d9")),
        ("Regional targets (4)", there("t1", "t2", "t3", "t4")),
        ("Outcomes (1)", there("o1")),
        ("GDP and population (1)", there("g1")),
        ("Events (1)", told("e1")),
        ("Coverage (1)", [("CN-AA", "2026-11-01, plan with a market size")]),
    ]
    assert sections(tiny, "CN", "places", "China, 中国", "")[1:] == [
        ("Places (1)", [("CN-AA", "Aland, 甲省")])
    ]


def test_bodies_and_their_members(tiny):
    assert sections(tiny, "club", "bodies", "The club") == [
        ("Body", CLUB), MEDIUM, ("Memberships (1)", [("club--firm", "The firm, chair, 2023-05, member")]),
    ]  # fmt: skip
    firm = [("Name", "The firm"), ("Type", "company")]
    assert sections(tiny, "firm", "participants", "The firm", "") == [
        ("Organisation", firm), ("Memberships (1)", [("club--firm", "The club, chair, 2023-05, member")]),
    ]  # fmt: skip
    own = [
        ("Organisation", "The firm (firm)"), ("Body", "The club (club)"), ("Role", "chair"), ("Named on", "2023-05"),
        ("Status", "member"),
    ]  # fmt: skip
    assert sections(tiny, "club--firm", "memberships", "The firm, The club, chair, 2023-05, member") == [
        ("Membership", own), MEDIUM, ("Organisation: firm", firm), ("Body: club", CLUB),
    ]  # fmt: skip


def test_a_table_is_unfolded_once(tiny):
    ours = tiny.with_tables(bodies=tiny.bodies.assign(parent_organisation_id="firm"))
    found = ma.explain(ours, "club--firm").sections
    assert [title for title, _ in found][2:] == ["Organisation: firm", "Body: club"]


def test_an_event_and_a_statistic(tiny):
    came = [("Type", "document issued"), ("Event", "It came out"), ("Document", "A plan (d1)")]
    own = [("Date", "2023-10"), ALAND, *came]
    assert sections(tiny, "e1", "events", SAYS["e1"]) == [
        ("Event", own), MEDIUM, ("Document: d1", PLAN), (JUDGED, [LEFT_OPEN]),
    ]  # fmt: skip
    own = [
        ("Value", "1,000 billion yuan"), ALAND, ("Indicator", "GDP"), ("Year", "2024"), ("Vintage", "preliminary"),
        ("Census base", "fifth census"), ("Quality", "as published"),
    ]  # fmt: skip
    assert sections(tiny, "g1", "regional_statistics", SAYS["g1"]) == [("Statistic", own), MEDIUM]


def test_the_sources_of_another_row(tiny):
    assert ma.explain(tiny, "s2").sources.title.tolist() == ["Another page"]


def test_as_many_as_are_listed_are_not_cut(tiny):
    twelve = tiny.with_tables(policy_instruments=tiny.policy_instruments.iloc[:12])
    assert ("Policy instruments (12)", instruments()[:12]) in ma.explain(twelve, "d1").sections


def test_rows_that_lead_nowhere(tiny):
    """A reference whose row isn't there is its id; a judgement without its words is still told."""
    none = tiny.with_tables(policy_documents=tiny.policy_documents.iloc[:0], outcomes=tiny.outcomes.iloc[:0])
    found = dict(ma.explain(none, "t1").sections)
    assert "Document: d1" not in found and "Other versions" not in found
    assert dict(found["Target"])["Document"] == "d1"
    assert found["What became of the targets (1)"] == [("f1", "reported, 2026-11-01")]
    assert dict(found["In dollars"])["On the document's date"] == "no dollars: the document has no date"
    bare = tiny.adjudications.iloc[:1].assign(question=None, reason=None, decision=None, chosen_id=None)
    silent = tiny.with_tables(adjudications=bare.astype(tiny.adjudications.dtypes.to_dict()))
    assert dict(ma.explain(silent, "t1").sections)[JUDGED] == [("open", " ")]
    gone = tiny.with_tables(regional_targets=tiny.regional_targets.assign(source_ids="s1;gone"))
    assert ma.explain(gone, "t1").sources.source_id.tolist() == ["s1", "gone"]


def test_a_row_in_a_few_words(tiny):
    assert describe(tiny, "press_figures", {"reported_usd_billion": "5"}) == "somebody printed $5 billion"
    assert describe(tiny, "places", {"place_id": "x"}) == "x"
    assert describe(tiny, "places", {}) == ""
    assert describe(tiny, "policy_documents", {"title_zh": "计划", "signed_date": "2023"}) == "计划 (2023)"
