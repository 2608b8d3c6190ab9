"""Explanations, whole: heading, every section and every row of a few ids, worked by hand."""

import pytest
from tiny import scope_label

import metaverse_analysis as ma
from metaverse_analysis.measures.explain import describe
from metaverse_analysis.measures.sentences import dollar_words
from metaverse_analysis.tables.rates import market_rate


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
    "p1": "O printed $35 billion for 250 billion yuan (2024-01-19)",
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
        "On the newest day with a rate, to compare",
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
        ("In dollars", [("On the document's date, to print", plan), newest(30, 50)]),
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
        ("In dollars", [("On the document's date, to print", "no dollars: the document has no date"), newest(250)]),
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
    assert of("million CNY")["In dollars"] == [("On the document's date, to print", plan), newest(30, 50)]
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
        ("Target", "t1"), ("Outlet", "O"), ("Original amount", "250 billion"), ("Original currency", "yuan"),
        ("Printed dollars", "$35 billion"), ("Published", "2024-01-19"),
    ]  # fmt: skip
    assert sections(tiny, "p1", "press_figures", SAYS["p1"]) == [("Press figure", own), *above]
    own = [("Target", "t1"), ("Outlet", "P"), ("Printed dollars", "$7 billion")]
    assert sections(tiny, "p2", "press_figures", SAYS["p2"], "s2") == [("Press figure", own), *above]


def test_a_follow_up_and_its_outcome(tiny):
    own = [("Target", "t1"), ("Finding", "reported"), ("Outcome", "o1"), ("Searched on", "2026-11-01")]
    assert sections(
        tiny, "f1", "target_followups", f"“{SAYS['t1']}”, reported, “{SAYS['o1']}”, 2026-11-01"
    ) == [
        ("Follow-up", own),
        MEDIUM,
        ("Target: t1", T1),
        ("Document: d1", PLAN),
        ("Outcome: o1", OUTCOME),
        (JUDGED, [DECIDED]),
    ]
    assert sections(tiny, "o1", "outcomes", SAYS["o1"]) == [
        ("Outcome", OUTCOME), MEDIUM,
        ("What became of the targets (1)", [("f1", f"“{SAYS['t1']}”, reported, 2026-11-01")]),
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
        ("What became of the targets (1)", [("f1", f"“{SAYS['t1']}”, reported, 2026-11-01: {SAYS['o1']}")]),
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
    assert (
        dict(found["In dollars"])["On the document's date, to print"]
        == "no dollars: the document has no date"
    )
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
