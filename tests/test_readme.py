"""Every number of the README is computed here; the table of notebooks has every notebook, and nothing else."""

import re
from pathlib import Path

import pytest

import metaverse_analysis as ma

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
TODAY = "2026-11-24"


def rows_of(heading: str) -> list[list[str]]:
    section = README.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def promises(ds):
    total = ma.add_up(ma.market_targets(ds), scope="metaverse_related", year=2025)
    first = total.included.iloc[0]
    return (
        f"{total.amount_cny_bn:,g} billion yuan of metaverse-related industries by 2025 can be added up, "
        f"each yuan once; {first.place} promised most, {first.amount_cny_bn:g}."
    )


def dollars(ds):
    audit = ma.press_audit(ds)
    verdicts = audit[audit.in_article].set_index("place").verdict
    assert verdicts.to_dict() == {"Sichuan": "consistent", "Shandong": "stale"}
    fitting = (audit.verdict == "consistent").sum()
    return (
        f"{fitting} of {len(audit)} printed dollar figures fit the market of their day. "
        "Of the article's two, Sichuan's does and Shandong's doesn't."
    )


def ambition(ds):
    table = ma.ambition(ds, statistics_year=2024, vintage="preliminary", scope="metaverse_related")
    share = table.set_index("place").share_of_gdp_pct.round(1)
    return (
        f"Set against the GDP of 2024, Shanghai's target is {share['Shanghai']}%, Sichuan's {share['Sichuan']}%, "
        f"Shandong's {share['Shandong']}%; the scopes are gross and wide."
    )


def timeline(ds):
    adopted = ma.adoption(ds, level="province")
    issued = adopted[adopted.stage == "issued"].dropna(subset=["number"])
    before = (issued.order_to_plan == "before").sum()
    return (
        f"{issued.number.max():g} of {issued.searched.max():g} provinces searched issued a metaverse policy document, "
        f"{before} of them for certain before the national plan of September 2023."
    )


def instruments(ds):
    uses = ma.instrument_counts(ds, by="instrument", country="CN", count="families")
    top = uses.sort_values("families", ascending=False).iloc[0]
    controlling = uses[["regulate", "restrict"]].sum().sum()
    return (
        f"They build: {top.instrument_label} are in {top.families} of {top.all_families} documents. "
        f"Of {controlling + uses.promote.sum()} uses of an instrument {controlling} regulate or restrict."
    )


def participants(ds):
    summary = ma.bodies_known(ds).set_index("body_id")
    group = summary.loc["miit-metaverse-standardisation-working-group"]
    shared = ma.shared_members(ds)
    top = shared.iloc[0]
    return (
        f"{group.members_known} organisations of the working group are known, "
        f"{group.members_confirmed or 'none'} of them confirmed. "
        f"{top.organisation} sits in {top.bodies} bodies."
    )


def outcomes(ds):
    summary = ma.outcome_summary(ds, today=TODAY)
    of = summary.groupby("finding", observed=True).targets.sum()
    return f"Of {of.sum()} targets past their year, {of['reported']} have a reported outcome of the same quantity."


def evidence(ds):
    grades = ma.grades(ds, "regional_targets")["confidence"]
    high, low = ((grades == grade).mean() * 100 for grade in ("high", "low"))
    return (
        f"{high:.0f}% of the targets rest on an official page or two independent established outlets, "
        f"{low:.0f}% on weak pages."
    )


def your_own(ds):
    return (
        "With three rows (source, document, target) and one check; other industries bring their own schema."
    )


ANSWERS = {
    "01_regional_targets": ("How big are the promises?", promises),
    "02_dollars_and_yuan": ("Which dollar figure is right?", dollars),
    "03_ambition": ("Is it a lot?", ambition),
    "04_policy_timeline": ("Who moved when?", timeline),
    "05_instruments": ("What do governments actually do?", instruments),
    "06_participants": ("Who sits at the table?", participants),
    "07_outcomes": ("What came of it?", outcomes),
    "08_evidence": ("How good is the evidence?", evidence),
    "09_your_own_data": ("How do I add a region, or study another industry?", your_own),
}


def test_the_notebooks_are_those_in_the_folder():
    listed = [re.fullmatch(r"\[(.+)\]\(notebooks/(.+)\.ipynb\)", row[0]) for row in rows_of("Notebooks")]
    assert [match[2] for match in listed] == sorted(
        path.stem for path in (ROOT / "notebooks").glob("*.ipynb")
    )
    assert all(match[1] == match[2] for match in listed)


@pytest.mark.parametrize("name", ANSWERS)
def test_a_notebooks_answer(ds, name):
    question, answer = ANSWERS[name]
    (row,) = [row for row in rows_of("Notebooks") if f"[{name}]" in row[0]]
    assert row[1:] == [question, answer(ds)]


def test_the_tables_and_their_rows(ds):
    listed = {row[0].strip("`"): int(row[1].replace(",", "")) for row in rows_of("Tables")}
    assert listed == {name: len(ds[name]) for name in ds.tables}


def test_the_two_figures_of_the_article(ds):
    audit = ma.press_audit(ds)
    article = audit[audit.in_article].set_index("place")
    for place, dollars, yuan in (("Sichuan", 35, 250), ("Shandong", 22, 150)):
        assert (article.loc[place].reported_usd_bn, article.loc[place].document_low_bn) == (dollars, yuan)
    assert "Sichuan $35 billion, Shandong $22 billion" in README
    months = (article.loc["Shandong"].published[:7], f"{article.loc['Shandong'].last_day_in_range:%Y-%m}")
    assert months == ("2024-01", "2023-05")
    assert "last fitted the market eight months before" in README


def test_every_link_leads_somewhere():
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        if not target.startswith("http"):
            assert (ROOT / target).exists(), target
