"""export() of the table of a measure: what other programs read is what it holds, and its codebook is true."""

import os
import sqlite3
from contextlib import closing
from datetime import date, datetime
from decimal import Decimal
from threading import Event, Thread, current_thread

import numpy as np
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
from says import says

import metaverse_analysis as ma
from metaverse_analysis.output.columns import flat
from metaverse_analysis.tables import files

ENDINGS = ("xlsx", "sqlite", "parquet", "csv", "dta")
SEVERAL = ("xlsx", "sqlite")


@pytest.fixture(scope="module")
def targets(ds):
    return ma.market_targets(ds)


@pytest.fixture
def odd():
    """Every type of column, each with a gap."""
    return pd.DataFrame(
        {
            "text": pd.Series(["元宇宙", 'a,"b"\nc', None], dtype="str"),
            "code": pd.Categorical(["b", "a", None], categories=["a", "b"]),
            "whole": pd.Series([1, None, 3], dtype="Int64"),
            "full": pd.Series([1, 2, 3], dtype="int64"),
            "number": [0.1, np.nan, -1e20],
            "truth": pd.Series([True, None, False], dtype="boolean"),
            "day": pd.to_datetime(["2024-01-19", None, "1999-12-31"]),
            "words": ["x" * 3000, "é" * 3000, ""],
        }
    )


def cells(frame: pd.DataFrame) -> list[list]:
    """The cells as plain values, whatever the program that read them calls a missing one."""
    plain = frame.astype(object).where(frame.notna() & (frame.astype(str) != ""), None)
    return [
        [float(v) if isinstance(v, bool | int | np.number) else v for v in row] for row in plain.to_numpy()
    ]


def read(path, ending: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The one table of a file, and its codebook."""
    if ending == "xlsx":
        sheets = pd.read_excel(path, sheet_name=None, keep_default_na=False, na_values=[""])
        return next(frame for name, frame in sheets.items() if name != "codebook"), sheets["codebook"]
    if ending == "sqlite":
        with closing(sqlite3.connect(path)) as base:
            names = [name for (name,) in base.execute("select name from sqlite_master")]
            frames = {name: pd.read_sql(f'select * from "{name}"', base) for name in names}
        return frames.pop(next(n for n in names if n != "codebook")), frames["codebook"]
    book = pd.DataFrame()
    if ending != "parquet":
        book = pd.read_csv(path.with_name(path.name + ".codebook.csv"), keep_default_na=False)
    if ending == "csv":
        return pd.read_csv(path, keep_default_na=False, na_values=[""]), book
    return (pd.read_stata(path) if ending == "dta" else pd.read_parquet(path)), book


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_cell_reads_back(tmp_path, odd, ending):
    path = ma.export(odd, tmp_path / f"odd.{ending}")
    found = read(path, ending)[0]
    if ending in ("csv", "sqlite"):
        found["day"] = pd.to_datetime(found["day"])
    assert list(found) == list(odd) and cells(found) == cells(odd)


@pytest.mark.parametrize("ending", ["xlsx", "sqlite", "csv", "dta"])
def test_the_codebook_says_what_each_column_means(ds, tmp_path, targets, ending):
    book = read(ma.export(targets, tmp_path / f"t.{ending}", ds=ds, how=ma.market_targets), ending)[1]
    said = book[book["table"] == "market_targets"].iloc[1:].set_index("column")
    assert list(said.index) == list(targets)
    assert said.loc["amount_cny_bn", ["type", "unit"]].to_list() == ["number", "billion CNY"]
    assert said.loc["document", "description"] == "Title of the document."
    assert "metaverse_related = metaverse-related industries" in said.loc["scope", "allowed_values"]
    assert (said["description"] != "").all()
    about = book.iloc[0]["description"]
    assert about == f"Made by market_targets of metaverse_analysis. Data: {ma.cite_dataset(ds)}"


def test_a_parquet_file_has_the_meanings_of_its_columns(ds, tmp_path, targets):
    schema = pq.read_schema(ma.export(targets, tmp_path / "t.parquet", ds=ds, how=ma.market_targets))
    assert schema.field("amount_cny_bn").metadata[b"unit"] == b"billion CNY"
    assert schema.field("document").metadata[b"description"] == b"Title of the document."
    assert ma.cite_dataset(ds).encode() in schema.metadata[b"description"]


def test_without_the_measure_it_is_known_by_its_columns(tmp_path, ds, targets):
    book = read(ma.export(targets.assign(kind="x"), tmp_path / "t.xlsx"), "xlsx")[1].set_index("column")
    assert book.loc["document", "description"] == "Title of the document."
    assert pd.isna(book.loc["kind", "description"])


def test_of_a_table_of_no_measure_only_the_datasets_own_columns_are_described(tmp_path, ds, targets):
    part = targets[["target_id", "place_id", "document"]]
    book = read(ma.export(part, tmp_path / "t.xlsx"), "xlsx")[1].set_index("column")
    assert book.loc["place_id", "description"] == ds.schema["regional_targets"].fields["place_id"].description
    assert pd.isna(book.loc["document", "description"]) and book["table"].iloc[-1] == "rows"


def test_all_that_is_known_of_a_place_is_a_workbook(ds, tmp_path):
    profile = ma.profile(ds, "Sichuan")
    sheets = pd.read_excel(ma.export(profile, tmp_path / "s.xlsx", ds=ds), sheet_name=None)
    assert list(sheets)[:4] == ["codebook", "profile", "targets", "other_targets"]
    assert sheets["profile"]["place_zh"].to_list() == ["四川省"] or sheets["profile"]["place"].to_list() == [
        "Sichuan"
    ]
    assert len(sheets["sources"]) == len(profile.sources)
    said = sheets["codebook"].set_index(["table", "column"])["description"]
    assert said["targets", "document"] == "Title of the document."


@pytest.mark.parametrize("ending", SEVERAL)
def test_a_sum_is_three_tables(ds, tmp_path, targets, ending):
    total = ma.add_up(targets, scope="metaverse_related", year=2025)
    path = ma.export(total, tmp_path / f"sum.{ending}", ds=ds, how=ma.market_targets)
    if ending == "xlsx":
        book = openpyxl.load_workbook(path)
        assert book.sheetnames == ["codebook", "total", "included", "excluded"]
        header, row = book["total"].iter_rows(values_only=True)
        assert dict(zip(header, row, strict=True))["amount_cny_bn"] == total.amount_cny_bn
        assert book["included"].max_row == 1 + len(total.included)
    else:
        with closing(sqlite3.connect(path)) as base:
            assert base.execute("select count(*) from excluded").fetchone() == (len(total.excluded),)


@pytest.mark.parametrize("ending", [e for e in ENDINGS if e not in SEVERAL])
def test_a_file_of_one_table_cannot_hold_a_sum(tmp_path, targets, ending):
    total = ma.add_up(targets, scope="metaverse_related", year=2025)
    with pytest.raises(ValueError) as error:
        ma.export(total, tmp_path / f"sum.{ending}")
    says(error, "one table", "total, included, excluded", ".xlsx", ".excluded")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("ending", ENDINGS)
def test_only_what_was_written_here_and_not_changed_is_replaced(tmp_path, odd, ending):
    path = tmp_path / f"x.{ending}"
    ma.export(odd, path)
    with pytest.raises(FileExistsError) as error:
        ma.export(odd, path)
    says(error, f"x.{ending} is there already")
    ma.export(odd.head(1), path, overwrite=True)
    assert len(read(path, ending)[0]) == 1
    path.write_bytes(b"somebody's")
    with pytest.raises(ValueError) as error:
        ma.export(odd, path, overwrite=True)
    says(error, f"x.{ending}", "didn't write it")
    assert path.read_bytes() == b"somebody's"


@pytest.mark.parametrize("ending", ["csv", "dta"])
def test_a_changed_codebook_is_somebodys(tmp_path, odd, ending):
    path = ma.export(odd, tmp_path / f"x.{ending}")
    book = tmp_path / f"x.{ending}.codebook.csv"
    book.write_bytes(book.read_bytes().replace(b"Text", b"Text, my words", 1))
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    with pytest.raises(ValueError):
        ma.export(odd, path, overwrite=True)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before


@pytest.mark.parametrize("ending", ["csv", "dta"])
def test_of_two_writers_at_once_one_leaves_its_file_and_its_codebook(tmp_path, odd, ending, monkeypatch):
    """The second comes to its end while the first puts its two files in place; afterwards they are still known."""
    path = tmp_path / f"odd.{ending}"
    ma.export(odd, path)
    begun, ended, failed = Event(), Event(), []

    def write():
        try:
            ma.export(odd.head(1), path, overwrite=True)
        except Exception as error:
            failed.append(error)
        ended.set()

    other = Thread(target=write)
    to_disk, replace = files._to_disk, os.replace

    def held(file):
        if current_thread() is other:
            begun.wait(30)
        elif begun.is_set():
            ended.wait(30)
        to_disk(file)

    def moved(draft, target):
        replace(draft, target)
        begun.set()

    monkeypatch.setattr(files, "_to_disk", held)
    monkeypatch.setattr(files.os, "replace", moved)
    other.start()
    ma.export(odd, path, overwrite=True)
    other.join(30)
    assert failed == []
    ma.export(odd, path, overwrite=True)
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_same_table_gives_the_same_bytes(tmp_path, odd, ending):
    one, two = (
        ma.export(odd, tmp_path / name / f"x.{ending}") for name in "ab" if not (tmp_path / name).mkdir()
    )
    assert one.read_bytes() == two.read_bytes()


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_table_without_rows(tmp_path, odd, ending):
    found = read(ma.export(odd.head(0), tmp_path / f"x.{ending}"), ending)[0]
    assert list(found) == list(odd) and len(found) == 0


@pytest.mark.parametrize(
    ("what", "said"),
    [(None, "NoneType"), ("market_targets", "str"), (ma.market_targets, "function"), (ma.Total, "type"), ([1], "list")],
)  # fmt: skip
def test_what_is_no_table_is_told(tmp_path, what, said):
    with pytest.raises(ValueError) as error:
        ma.export(what, tmp_path / "x.xlsx")
    says(error, "export takes what ma.load gives", said)


ODD = {
    "complex": [1 + 2j], "period": pd.period_range("2024-01", periods=1, freq="M"),
    "timedelta": pd.to_timedelta(["1D"]),
    "time zone": pd.to_datetime(["2024-01-01"]).tz_localize("UTC"), "no time": pd.to_datetime(["2024-01-01 12:00"]),
    "has no time": pd.Series([datetime(2024, 1, 1, 5)], dtype=object), "decimal": [Decimal("1.10")], "bytes": [b"x"],
    "interval": pd.interval_range(0, 1), "lists": [[1]], "beside": [1, "x"], "64 bits": [2**63],
    "infinity": [np.inf], "sparse": pd.arrays.SparseArray([0, 1]),
}  # fmt: skip


def test_what_not_every_form_can_hold_is_told_alike_in_all_of_them(tmp_path):
    """A time would be cut off in one form and refused in another; nothing is changed silently, and nothing is left."""
    for said, cells in ODD.items():
        for ending in ENDINGS:
            with pytest.raises(ValueError, match=f"a.* .*{said}"):
                ma.export(pd.DataFrame({"a": cells}), tmp_path / f"x.{ending}")
    with pytest.raises(ValueError, match="a names the index and a column"):
        ma.export(pd.DataFrame({"a": [1]}, index=pd.Index([5], name="a")), tmp_path / "x.csv")
    days = pd.Series(pd.to_datetime(["2024-01-01", None]), name="a")
    for form in (object, "category"):
        assert flat(days.astype(form).to_frame())["a"].equals(days)
    nothing = pd.Series([None], dtype="null[pyarrow]", name="a").to_frame()
    assert flat(nothing)["a"].isna().all()
    day = pd.DataFrame({"a": pd.Series([date(2024, 1, 1)], dtype="date32[pyarrow]")})
    assert openpyxl.load_workbook(ma.export(day, tmp_path / "x.xlsx")).worksheets[1]["A2"].value.year == 2024
    assert len(list(tmp_path.iterdir())) == 1


def test_a_dataset_says_itself_what_its_columns_mean(ds, tmp_path):
    with pytest.raises(ValueError) as error:
        ma.export(ds, tmp_path / "x.xlsx", how=ma.panel)
    says(error, "for a table")
    with pytest.raises(ValueError) as error:
        ma.export(ds, tmp_path / "x.dta")
    says(error, "one table", "ds.regional_targets")
    with pytest.raises(ValueError) as error:
        ma.export(ds.places, tmp_path / "x.dta", how="by hand")
    says(error, "by hand", "ma.panel")


# Stata


def test_stata_knows_labels_days_and_missing_values(ds, tmp_path, targets):
    path = ma.export(targets, tmp_path / "t.dta", ds=ds, how=ma.market_targets)
    with pd.io.stata.StataReader(path) as reader:
        labels = reader.variable_labels()
        assert reader.data_label == "Market targets"
    assert labels["amount_cny_bn"] == "Amount" and labels["scope_label"] == "Scope label"
    back = pd.read_stata(path)
    assert back["amount_cny_bn"].isna().equals(targets["amount_cny_bn"].isna())
    assert back["scope"].to_list() == targets["scope"].astype(str).to_list()


@pytest.mark.parametrize("name", ["x" * 33, "a-b", "a b", "1a", "in", "str8", "_n", ""])
def test_a_name_that_stata_cannot_have_is_refused(tmp_path, name):
    with pytest.raises(ValueError) as error:
        ma.export(pd.DataFrame({name: [1]}), tmp_path / "x.dta")
    says(error, repr(name))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([2**60], "more digits"), ([np.finfo(float).max], "too large"), (["a\0b"], "character 0"),
        (pd.to_datetime(["2024-01-19 12:00"]), "a day has no time"), ([["a"]], "lists"),
    ],
)  # fmt: skip
def test_a_cell_that_stata_cannot_hold_is_refused(tmp_path, values, said):
    with pytest.raises(ValueError) as error:
        ma.export(pd.DataFrame({"mine": values}), tmp_path / "x.dta")
    says(error, "mine", said)
    assert list(tmp_path.iterdir()) == []


def test_the_largest_numbers_that_stata_holds(tmp_path):
    frame = pd.DataFrame(
        {"whole": [2_147_483_620, -2_147_483_620], "large": [2**53, -(2**53)], "real": [8.9e307, 1]}
    )
    assert cells(pd.read_stata(ma.export(frame, tmp_path / "x.dta"))) == cells(frame)


def test_every_measures_columns_can_be_named_in_stata(ds, tmp_path, targets):
    for table in (targets, ma.panel(ds), ma.press_audit(ds), ma.outcome_ledger(ds, today="2026-11-23")):
        assert table.columns.str.len().max() <= 32
        ma.export(table, tmp_path / f"{len(table.columns)}.dta")
