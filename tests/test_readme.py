"""Every number of the README is computed here; the table of notebooks has every notebook, and nothing else."""

import re
import shlex
from pathlib import Path

import metaverse_analysis as ma
from metaverse_analysis.cli.run import parser

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def rows_of(heading: str) -> list[list[str]]:
    section = README.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_the_notebooks_are_those_in_the_folder():
    listed = [re.fullmatch(r"\[(.+)\]\(notebooks/(.+)\.ipynb\)", row[0]) for row in rows_of("Notebooks")]
    _start, *questions = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))
    assert [match[2] for match in listed] == questions
    assert all(match[1] == match[2] for match in listed)


def test_the_answers_are_those_of_the_library(ds):
    """The one text of each answer is `ma.answers`; its own test works the numbers out again."""
    answers = ma.answers(ds).set_index("topic")
    for notebook, *said in rows_of("Notebooks"):
        topic = re.search(r"\[\d+_(\w+)\]", notebook)[1]
        assert said == list(answers.loc[topic, ["question", "answer"]])


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


def test_the_command_line_takes_the_commands():
    lines = re.findall(r"^\.venv/bin/metaverse-analysis (.+?)(?: +#.*)?$", README, re.MULTILINE)
    assert len(lines) >= 4
    for line in lines:
        assert parser().parse_args(shlex.split(line)).run


def test_the_panel_joins_with_the_statistics_as_shown(ds):
    """What the lines for R do, in pandas."""
    panel = ma.panel(ds, by="place-year")
    gdp = ds.regional_statistics.query("indicator == 'gdp_nominal' and vintage == 'final_verified'")
    both = panel.merge(
        gdp[["place_id", "year", "value"]], on=["place_id", "year"], how="left", validate="1:1"
    )
    assert len(both) == len(panel) and both["value"].notna().sum() > 50
