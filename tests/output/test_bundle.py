"""bundle(): a table or chart that stands on its own, valid for other people's readers, the same bytes each time."""

import hashlib
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import bibtexparser
import frictionless
import matplotlib.pyplot as plt
import mistune
import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from hydrogen import write_hydrogen
from PIL import Image

import metaverse_analysis as ma
from metaverse_analysis.charts import footers


@pytest.fixture(scope="module")
def targets(ds):
    return ma.market_targets(ds, year=2025, rate_on="2024-01-19")


@pytest.fixture(scope="module")
def press(ds, tmp_path_factory):
    """The bundle of a chart."""
    table = ma.press_audit(ds)
    chart = ma.charts.press_rates(table)
    path = tmp_path_factory.mktemp("bundles") / "press"
    made = ma.bundle(
        table, path, ds=ds, name="press-rates", title="Printed dollars", chart=chart, how=ma.press_audit
    )
    plt.close("all")
    return made


SAID: dict[str, str] = {}  # the same README whatever Python was told


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def descriptor(folder: Path) -> dict:
    return json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))


def fields(folder: Path) -> dict[str, dict]:
    return {field["name"]: field for field in descriptor(folder)["resources"][0]["schema"]["fields"]}


def test_a_chart_with_all_that_belongs_to_it(ds, press):
    assert set(files(press)) == {
        "CITATION.bib", "CITATION.txt", "README.md", "SHA256SUMS", "datapackage.json",
        "press-rates.csv", "press-rates.png", "press-rates.svg",
    }  # fmt: skip
    with Image.open(press / "press-rates.png") as picture:
        assert picture.width > 500
    about = descriptor(press)
    assert about["title"] == "Printed dollars"
    assert [resource["path"] for resource in about["resources"]] == [
        "press-rates.csv", "press-rates.png", "press-rates.svg",
    ]  # fmt: skip
    assert about["licenses"] == ds.schema.descriptor["licenses"]
    readme = (press / "README.md").read_text(encoding="utf-8")
    assert readme.startswith("# Printed dollars\n")
    assert "](press-rates.png)" in readme
    assert "By `press_audit` of metaverse_analysis" in readme
    assert "sources read until 28 November 2026" in readme
    assert "(packaged())" not in readme, "no examples"


def test_other_readers_find_it_valid(press):
    report = frictionless.validate(str(press / "datapackage.json"))
    assert report.flatten(["type", "note"]) == []


def test_checksums_hold_for_every_other_file(press):
    lines = (press / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    listed = {name: digest for digest, name in (line.split("  ") for line in lines)}
    content = files(press)
    del content["SHA256SUMS"]
    assert listed == {name: hashlib.sha256(data).hexdigest() for name, data in content.items()}


def test_the_csv_is_the_table(ds, targets, tmp_path):
    made = ma.bundle(targets, tmp_path / "out", ds=ds, name="t")
    read = pd.read_csv(made / "t.csv", keep_default_na=False, na_values=[""], dtype={"target_year": "Int64"})
    assert list(read) == list(targets)
    pd.testing.assert_series_equal(read.amount_usd_bn, targets.amount_usd_bn)
    assert read.target_id.tolist() == targets.target_id.tolist()
    assert read.scope.tolist() == targets.scope.astype("str").tolist()


def test_columns_keep_their_meaning(ds, targets, tmp_path):
    made = ma.bundle(targets, tmp_path / "out", ds=ds, name="t", how=ma.market_targets)
    meant, schema = fields(made), ds.schema
    assert meant["target_year"]["description"] == schema["regional_targets"].fields["target_year"].description
    assert meant["status"]["description"] == schema["policy_documents"].fields["status"].description
    assert meant["level"]["constraints"]["enum"] == list(schema["places"].fields["level"].enum)
    assert meant["scope"]["codes"]["metaverse_core"]["label"] == "core metaverse industry"
    assert (meant["amount_usd_bn"]["type"], meant["amount_usd_bn"]["unit"]) == ("number", "billion USD")
    assert "billion dollars" in meant["amount_usd_bn"]["description"], "from the measure's documentation"
    assert (meant["target_year"]["type"], meant["comparable"]["type"]) == ("integer", "boolean")
    assert descriptor(made)["resources"][0]["schema"]["primaryKey"] == ["target_id"]
    assert "All dollar amounts are derived at the rate of 19 January 2024" in (made / "README.md").read_text(
        "utf-8"
    )


def test_a_column_that_tables_mean_differently_gets_no_meaning(ds, tmp_path):
    table = pd.DataFrame({"note": ["x"], "value": [1.0], "source_id": ["mpost-2024-01-19-wg"]})
    meant = fields(ma.bundle(table.drop(columns="source_id"), tmp_path / "a", ds=ds, name="t", cited=table))
    assert (
        meant["note"]["description"]
        == meant["value"]["description"]
        == "Made by the analysis; see README.md."
    )


def test_sources_are_those_of_the_rows(ds, targets, tmp_path):
    one = targets[targets.target_id == "cn-sc-2023-final-market-scale"]
    made = ma.bundle(one, tmp_path / "out", ds=ds, name="t")
    ids = set(one.source_ids.iloc[0].split(";"))
    library = bibtexparser.parse_file(str(made / "CITATION.bib"))
    keys = {entry.key for entry in library.entries}
    assert ids < keys
    assert len(library.failed_blocks) == 0
    text = (made / "CITATION.txt").read_text(encoding="utf-8")
    urls = ds.sources[ds.sources.source_id.isin(keys)].url
    assert all(url in text for url in urls)
    assert {source["path"] for source in descriptor(made)["sources"]} == set(urls)


def test_a_table_without_sources_asks_for_them(ds, tmp_path):
    counts = pd.DataFrame({"month": ["2023-09"], "documents": [3]})
    with pytest.raises(ValueError, match=r"no column of the table leads to sources .* Pass cited="):
        ma.bundle(counts, tmp_path / "out", ds=ds, name="t")
    assert list(tmp_path.iterdir()) == []
    made = ma.bundle(
        counts, tmp_path / "out", ds=ds, name="t", cited="mpost-2024-01-19-wg", how="Counted by hand."
    )
    assert "Metaverse Post" in (made / "CITATION.txt").read_text(encoding="utf-8")
    assert "Counted by hand." in (made / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("ending", ["", ".zip"])
def test_the_same_gives_the_same_bytes(ds, targets, tmp_path, ending):
    def made(name):
        return ma.bundle(targets, tmp_path / (name + ending), ds=ds, name="t")

    one, other = made("one"), made("other")
    assert one.read_bytes() == other.read_bytes() if ending else files(one) == files(other)


def test_an_archive_holds_the_folder(ds, targets, tmp_path):
    folder = ma.bundle(targets, tmp_path / "folder", ds=ds, name="t")
    with zipfile.ZipFile(ma.bundle(targets, tmp_path / "t.zip", ds=ds, name="t")) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(f"t/{name}") for name in files(folder)} == files(folder)


@pytest.mark.parametrize("ending", ["", ".zip"])
def test_nothing_is_overwritten_unless_told(ds, targets, tmp_path, ending):
    path = ma.bundle(targets, tmp_path / f"out{ending}", ds=ds, name="t")
    with pytest.raises(FileExistsError, match="overwrite=True"):
        ma.bundle(targets.head(1), path, ds=ds, name="t")
    ma.bundle(targets.head(1), path, ds=ds, name="other", overwrite=True)
    names = zipfile.ZipFile(path).namelist() if ending else list(files(path))
    assert not [name for name in names if name.endswith("t.csv")]
    assert [p.name for p in tmp_path.iterdir()] == [path.name]
    if not ending:
        (path / "mine.txt").touch()
        with pytest.raises(ValueError, match="mine.txt would be lost"):
            ma.bundle(targets, path, ds=ds, name="t", overwrite=True)


def test_text_stays_and_the_reader_is_warned(ds, tmp_path):
    table = pd.DataFrame(
        {"words": ["=1+1", "plain", "@x", None], "source_id": "mpost-2024-01-19-wg", "n": -1}
    )
    made = ma.bundle(table, tmp_path / "out", ds=ds, name="t")
    assert pd.read_csv(made / "t.csv").words.tolist()[:3] == ["=1+1", "plain", "@x"]
    assert "**2 cells begin with a sign" in (made / "README.md").read_text(encoding="utf-8")
    assert frictionless.validate(str(made / "datapackage.json")).valid


def test_columns_are_those_of_the_measure_and_not_of_a_namesake(ds, tmp_path):
    """The kind of a row of the panel is not that of a publisher, the title of a document not that of a page ..."""
    made = ma.bundle(ma.panel(ds), tmp_path / "panel", ds=ds, name="panel", how=ma.panel)
    meant, readme = fields(made), (made / "README.md").read_text("utf-8")
    assert meant["instrument_kind"]["description"] == "instrument, topic or sector."
    assert meant["status"]["description"] == ds.schema["policy_documents"].fields["status"].description
    assert meant["date"]["title"] == "Date"
    for name, field in meant.items():
        assert f"`{name}` ({field['type']}" in readme
    for wrong in ("publisher", "Title of the page", "What was found of the province"):
        assert wrong not in readme and wrong not in str(meant)
    ledger = ma.outcome_ledger(ds, today="2026-11-23")
    meant = fields(ma.bundle(ledger, tmp_path / "l", ds=ds, name="l", how=ma.outcome_ledger))
    assert meant["finding"]["description"].startswith("What was found: reported, related_figure")
    assert "codes" not in meant["finding"]
    meant = fields(ma.bundle(ma.policy_timeline(ds), tmp_path / "t", ds=ds, name="t", how=ma.policy_timeline))
    assert meant["what"]["description"] == "Title of the document, or what happened."
    assert meant["date"]["description"].startswith("Date of the document or event as written")


def test_a_table_of_the_dataset_has_its_own_meanings(ds, tmp_path):
    for rows in (
        ds.regional_targets,
        ds.regional_targets.head(1),
        ds.regional_targets.tail(3)[["value", "target_id"]],
    ):
        made = ma.bundle(rows, tmp_path / str(len(rows)), ds=ds, name="t")
        for name, field in fields(made).items():
            assert field["description"] == ds.schema["regional_targets"].fields[name].description


def test_a_column_that_was_changed_is_no_longer_the_datasets(ds, tmp_path):
    rows = ds.regional_targets.assign(value=ds.regional_targets.value * 2, kind="x")
    meant = fields(ma.bundle(rows, tmp_path / "out", ds=ds, name="t"))
    assert (
        meant["value"]["description"]
        == meant["kind"]["description"]
        == "Made by the analysis; see README.md."
    )
    assert meant["unit"]["description"] == ds.schema["regional_targets"].fields["unit"].description


def test_what_the_tables_say_is_text_in_the_readme(ds, tmp_path, monkeypatch):
    """Nothing in a title, an alt text or a description ends a picture or makes a link, a heading or a tag."""
    bad = "](http://evil/x)<img src=x onerror=alert(1)> ![a](http:b/c.png)\n# h\n- *i* `j` $k$ & &lt;"
    table = ma.market_targets(ds, year=2025).assign(place=bad)
    chart = plt.figure().subplots()
    monkeypatch.setattr(footers, "alt_text", lambda owner: f"Largest: {bad}")
    made = ma.bundle(table, tmp_path / "out", ds=ds, name="t", title=f"# {bad}", chart=chart)
    plt.close("all")
    html = mistune.create_markdown(escape=False, plugins=["table", "strikethrough", "url"])(
        (made / "README.md").read_text("utf-8")
    )
    page = BeautifulSoup(html, "html.parser")
    assert [image["src"] for image in page.find_all("img")] == ["t.png"]
    assert page.find("img")["alt"] == f"Largest: {' '.join(bad.split())}"
    assert page.find("h1").text == f"# {' '.join(bad.split())}"
    assert [h.text for h in page.find_all("h2")][-3:] == ["Reading the file", "Citing", "Checking"]
    assert not page.find_all(["em", "script"])


@pytest.mark.parametrize("optimised", [[], ["-OO"]])
def test_meanings_are_there_without_documentation_too(tmp_path, optimised):
    program = """if True:
        import sys, metaverse_analysis as ma
        ds = ma.load()
        ma.bundle(ma.panel(ds), sys.argv[1], ds=ds, name="panel", how=ma.panel)
    """
    paths = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    run = [sys.executable, *optimised, "-c", program, str(tmp_path / "out")]
    subprocess.run(run, check=True, timeout=120, env=paths)
    readme = (tmp_path / "out" / "README.md").read_text("utf-8")
    assert "By `panel` of metaverse_analysis:" in readme and "one row per row of policy_instruments" in readme
    assert "instrument, topic or sector." in readme
    SAID.setdefault("panel", readme)
    assert readme == SAID["panel"]


def test_what_was_known_on_a_day_says_so(ds, tmp_path):
    known = ma.as_of(ds, "2024-01-19")
    made = ma.bundle(known.regional_targets, tmp_path / "out", ds=known, name="t")
    assert "as known on 19 January 2024" in descriptor(made)["description"]
    assert frictionless.validate(str(made / "datapackage.json")).valid


def test_rates_of_each_row_are_told(ds, tmp_path):
    made = ma.bundle(ma.market_targets(ds, year=2025), tmp_path / "out", ds=ds, name="t")
    assert "Each row has a rate of its own, from " in (made / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("table", "name", "said"),
    [
        (lambda t: t, "A name", "a name is lower-case"),
        (lambda t: t, "../out", "a name is lower-case"),
        (lambda t: t.target_id, "t", "a table with columns"),
        (lambda t: pd.concat([t, t], axis=1), "t", "the columns need names that are text and differ"),
        (lambda t: t.assign(**{"": 1}), "t", "the columns need names"),
        (lambda t: t.assign(amount=np.inf), "t", "amount holds infinity"),
        (lambda t: t.assign(place=[["a"]] * len(t)), "t", "place holds lists"),
    ],
)
def test_bad_input_is_told_and_nothing_is_left(ds, targets, tmp_path, table, name, said):
    with pytest.raises(ValueError, match=said):
        ma.bundle(table(targets), tmp_path / "out", ds=ds, name=name)
    assert list(tmp_path.iterdir()) == []


def test_an_index_with_a_name_becomes_a_column(ds, targets, tmp_path):
    made = ma.bundle(targets.set_index("target_id")[["source_ids"]], tmp_path / "out", ds=ds, name="t")
    assert list(fields(made)) == ["target_id", "source_ids"]


def test_a_schema_without_words_is_enough(tmp_path):
    """Titles, descriptions, licences and people are all optional, or empty."""
    folder = write_hydrogen(tmp_path / "tables")
    about = json.loads((folder / "datapackage.json").read_text("utf-8"))
    for part in ("name", "title", "subject"):
        del about[part]
    about |= {"description": "", "licenses": [{}], "contributors": [{}], "sources": [{}]}
    for resource in about["resources"]:
        resource |= {"title": "", "description": ""}
        for number, field in enumerate(resource["schema"]["fields"]):
            field.pop("description") if number % 2 else field.update(description="", unit="")
            field.pop("title") if number % 3 else field.update(title="")
    (folder / "datapackage.json").write_text(json.dumps(about), encoding="utf-8")
    own = ma.load(folder)
    made = ma.bundle(own.regional_targets, tmp_path / "out", ds=own, name="t")
    assert fields(made)["target_id"]["title"] == "Target id"
    assert frictionless.validate(str(made / "datapackage.json")).flatten(["note"]) == []
    assert "Anonymous. Tables" in (made / "CITATION.txt").read_text("utf-8")
