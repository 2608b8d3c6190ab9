"""export(): what other programs read is what the tables hold, and nothing in a workbook runs."""

import datetime
import gc
import json
import sqlite3
import sys
import zipfile
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
import tiny
from full_disk import full_disk
from hydrogen import write_hydrogen
from hypothesis import given, settings, strategies as st
from thorough import MORE

import metaverse_analysis as ma
import metaverse_analysis.tables.files as files
from metaverse_analysis.__main__ import main
from metaverse_analysis.output.dataset_files import codebook_table
from metaverse_analysis.output.workbook import sheet_names, write_workbook

RISKY = [
    "=1+1", "=HYPERLINK(\"http://x\",\"y\")", "+5", "-5", "@SUM(A1)", "\t=1", "\n=1", "＝1+1", "#N/A", "#REF!",
    " leading", "trailing ", "None", "NA", "0012", "1.50", "1e5", "2023-09", "TRUE", "'quoted", "two\nlines",
    "a\ttab", "元宇宙", "😀", "<b>&amp;</b>", "x005F_",
]  # fmt: skip


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """All columns and few rows, for what doesn't depend on how much the tables hold."""
    return tiny.load_rows(tmp_path_factory.mktemp("small") / "tables")


@pytest.fixture(scope="module")
def least(tmp_path_factory):
    """Five small tables, for what is about files."""
    return ma.load(write_hydrogen(tmp_path_factory.mktemp("least")))


def fewer(ds: ma.Dataset) -> ma.Dataset:
    return ds.with_tables(regional_targets=ds.regional_targets.head(1))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("exports")


@pytest.fixture(scope="module")
def workbook(ds, folder):
    return openpyxl.load_workbook(ma.export(ds, folder / "tables.xlsx"))


@pytest.fixture(scope="module")
def database(ds, folder):
    with closing(sqlite3.connect(ma.export(ds, folder / "tables.sqlite"))) as base:
        yield base


def with_notes(ds: ma.Dataset, notes: list) -> ma.Dataset:
    row = ds.regional_targets.head(1)
    targets = pd.concat([row] * len(notes), ignore_index=True)
    ids = pd.Series([f"t{i}" for i in range(len(notes))], dtype="str")
    return ds.with_tables(
        regional_targets=targets.assign(target_id=ids, note=pd.Series(notes, dtype="object"))
    )


def content(path: Path) -> dict[str, bytes]:
    """What a file, or each file of a folder, holds."""
    return {file.name: file.read_bytes() for file in ([path] if path.is_file() else path.iterdir())}


def plain(frame: pd.DataFrame) -> list[tuple]:
    """The rows as Python holds them: None, text, numbers, truth values, days."""
    return [
        tuple(
            None
            if pd.isna(v)
            else v.date()
            if isinstance(v, pd.Timestamp)
            else v.item()
            if isinstance(v, np.generic)
            else v
            for v in row
        )
        for row in frame.itertuples(index=False, name=None)
    ]


# Excel


def test_every_cell_of_the_workbook_reads_back(ds, workbook):
    assert workbook.sheetnames == ["codebook", *ds.tables]
    for name in ds.tables:
        header, *rows = workbook[name].iter_rows(values_only=True)
        assert header == tuple(ds[name].columns)
        days = [
            tuple(v.date() if isinstance(v, datetime.datetime) else v for v in row[: len(header)])
            for row in rows
        ]
        assert days == plain(ds[name]), name


def test_the_workbook_is_ready_to_read(ds, workbook):
    for sheet in workbook:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet["A1"].font.bold
        widths = [sheet.column_dimensions[cell.column_letter].width for cell in sheet[1]]
        assert min(widths) >= 9
        assert max(widths) <= 80
    assert workbook["sources"]["K2"].number_format.lower() == "yyyy-mm-dd"
    assert workbook.properties.title == ds.schema.descriptor["title"]


def test_the_codebook_describes_every_column(ds, workbook):
    header, *rows = workbook["codebook"].iter_rows(values_only=True)
    assert header[:2] == ("table", "column")
    described = {row[:2]: dict(zip(header, row, strict=True)) for row in rows}
    wanted = {(name, column) for name in ds.tables for column in ds[name]}
    assert wanted | {(name, None) for name in ds.tables} | {("(all)", None)} == described.keys()
    scope = described["regional_targets", "scope"]
    assert scope["description"] == ds.schema["regional_targets"].fields["scope"].description
    assert scope["allowed_values"].split("; ")[0] == "metaverse_core = core metaverse industry"
    assert described["regional_targets", "place_id"]["refers_to"] == "places.place_id"
    assert described["regional_targets", "target_id"]["required"] == "yes"
    assert "CC-BY-4.0" in described["(all)", None]["description"]


def test_no_text_runs_and_every_text_stays(small, folder):
    changed = with_notes(small, RISKY)
    path = ma.export(changed, folder / "risky.xlsx")
    sheet = openpyxl.load_workbook(path)["regional_targets"]
    column = [cell.value for cell in sheet[1]].index("note") + 1
    cells = [sheet.cell(row, column) for row in range(2, len(RISKY) + 2)]
    assert [cell.value for cell in cells] == RISKY
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.quotePrefix for cell in cells[:8]] == [True] * 8
    assert not any(cell.quotePrefix for cell in cells[8:])
    with zipfile.ZipFile(path) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/")]
    assert not [text for text in sheets if b"<f>" in text or b't="e"' in text or b"<hyperlink" in text]
    read = pd.read_excel(path, sheet_name="regional_targets", keep_default_na=False, dtype=str)
    assert read.note.tolist() == RISKY


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("x" * 32_768, "a text of more than 32,767 characters"),
        ("😀" * 16_384, "a text of more than 32,767 characters"),
        ("a\x07b", "control characters"),
        ("a\r\nb", "carriage returns"),
        ("a_x000D_b", "codes like _x0041_"),
        ("\uffff", "control characters"),
    ],
)
def test_what_a_workbook_cannot_hold_is_an_error_that_names_the_cell(small, tmp_path, note, said):
    changed = with_notes(small, ["fine", note])
    with pytest.raises(ValueError, match=rf"regional_targets.note at target_id 't1': .*{said}"):
        ma.export(changed, tmp_path / "x.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_the_longest_text_that_fits_is_whole(small, tmp_path):
    longest = ["x" * 32_767, "😀" * 16_383]
    path = ma.export(with_notes(small, longest), tmp_path / "x.xlsx")
    rows = openpyxl.load_workbook(path)["regional_targets"].iter_rows(min_row=2, values_only=True)
    assert [row[-1] for row in rows] == longest


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"value": np.inf}, "infinity"),
        ({"target_year": pd.array([2**60], dtype="Int64")}, "so many digits"),
    ],
)
def test_numbers_that_a_workbook_would_change(small, tmp_path, changes, said):
    changed = small.with_tables(regional_targets=small.regional_targets.assign(**changes))
    with pytest.raises(ValueError, match=said):
        ma.export(changed, tmp_path / "x.xlsx")


def test_days_before_excel_counts(ds, tmp_path):
    changed = ds.with_tables(sources=ds.sources.assign(accessed=pd.Timestamp("1899-12-31")))
    with pytest.raises(
        ValueError, match=r"sources.accessed at source_id .* a day before 1 March 1900. 735 such"
    ):
        ma.export(changed, tmp_path / "x.xlsx")


def test_a_table_too_long_for_a_sheet(ds, tmp_path):
    rows = ds.rejected_sources.iloc[np.zeros(1_048_576, dtype=int)].reset_index(drop=True)
    rows[ds.schema["rejected_sources"].key] = pd.Series(range(len(rows))).astype("str")
    with pytest.raises(ValueError, match="rejected_sources has 1,048,576 rows .* Export it as parquet"):
        ma.export(ds.with_tables(rejected_sources=rows), tmp_path / "x.xlsx")


@settings(max_examples=5 * MORE)
@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=40))
def test_numbers_keep_every_digit(numbers):
    with TemporaryDirectory() as folder:
        path = Path(folder) / "x.xlsx"
        write_workbook({"a": pd.DataFrame({"n": numbers})}, path, {})
        cells = openpyxl.load_workbook(path)["a"]["A"][1:]
    assert [float(cell.value) for cell in cells] == numbers
    assert {cell.data_type for cell in cells} == {"n"}


def test_a_workbook_and_an_archive_have_no_time_of_their_own(least, tmp_path):
    ma.export(least, tmp_path / "x.xlsx")
    ma.bundle(least.regional_targets, tmp_path / "b.zip", ds=least, name="t")
    for name in ("x.xlsx", "b.zip"):
        with zipfile.ZipFile(tmp_path / name) as archive:
            assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    about = openpyxl.load_workbook(tmp_path / "x.xlsx").properties
    assert (about.creator, about.created, about.modified) == (
        "metaverse_analysis",
        about.created,
        about.created,
    )


def test_sheet_names():
    names = sheet_names(["codebook", "history", "a" * 31, "a" * 32, "a" * 40])
    assert names == ["codebook", "history_2", "a" * 31, "a" * 29 + "_2", "a" * 29 + "_3"]


# Parquet


def test_every_value_of_the_parquet_files_reads_back(ds, folder):
    path = ma.export(ds, folder / "tables.parquet")
    for name in ds.tables:
        pd.testing.assert_frame_equal(pd.read_parquet(path / f"{name}.parquet"), ds[name])
    assert {file.name for file in path.iterdir()} == {f"{name}.parquet" for name in ds.tables} | {
        "datapackage.json"
    }
    field = pq.read_schema(path / "regional_targets.parquet").field("growth_rate_pct")
    assert field.metadata[b"unit"] == ds.schema["regional_targets"].fields["growth_rate_pct"].unit.encode()
    descriptor = json.loads((path / "datapackage.json").read_text(encoding="utf-8"))
    assert [resource["path"] for resource in descriptor["resources"]] == [
        f"{name}.parquet" for name in ds.tables
    ]


# SQLite


def test_every_value_of_the_database_reads_back(ds, database):
    for name in ds.tables:
        frame = ds[name]
        for column in frame:
            if frame[column].dtype.kind == "M":
                frame[column] = frame[column].dt.strftime("%Y-%m-%d")
        assert database.execute(f"SELECT * FROM {name}").fetchall() == plain(frame), name


def test_the_database_knows_its_keys_and_references(ds, database):
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    for name, table in ds.schema.tables.items():
        columns = database.execute(f"PRAGMA table_info({name})").fetchall()
        assert [row[1] for row in columns if row[5]] == [table.key]
        assert [row[1] for row in columns if row[3]] == [c for c, f in table.fields.items() if f.required]
        keys = {(row[3], row[2], row[4]) for row in database.execute(f"PRAGMA foreign_key_list({name})")}
        assert keys == {(key.column, key.table, key.target) for key in table.foreign_keys}
    joined = """SELECT name_en, value FROM regional_targets JOIN places USING (place_id)
        WHERE target_id = 'cn-sc-2023-final-market-scale'"""
    assert database.execute(joined).fetchall() == [("Sichuan", 250.0)]
    meaning = 'SELECT title FROM codebook WHERE "table" = ? AND "column" = ?'
    assert database.execute(meaning, ("regional_targets", "target_year")).fetchall() == [("Target year",)]


def test_the_database_holds_new_rows_to_the_schema(database):
    copy = sqlite3.connect(":memory:")
    database.backup(copy)
    with closing(copy):
        for change in ("scope = 'metavers'", "value = NULL", "target_id = 'cn-sd-2025-patents-draft'"):
            with pytest.raises(sqlite3.IntegrityError):
                copy.execute(
                    f"UPDATE regional_targets SET {change} WHERE target_id = 'cn-sc-2023-final-market-scale'"
                )


def test_tables_that_do_not_fit_together_make_no_database(ds, tmp_path):
    with pytest.raises(ValueError, match=r"don't fit together: row \d+ of .* isn't in places"):
        ma.export(ds.with_tables(places=ds.places.head(0)), tmp_path / "x.db")
    nameless = ds.places.assign(name_en=None)
    with pytest.raises(
        ValueError, match=r"places breaks its schema: NOT NULL constraint failed: places.name_en"
    ):
        ma.export(ds.with_tables(places=nameless), tmp_path / "x.db")
    assert list(tmp_path.iterdir()) == []


def test_a_database_in_use_is_left_alone(small, tmp_path):
    path = ma.export(small, tmp_path / "x.db")
    (tmp_path / "x.db-wal").touch()
    with pytest.raises(ValueError, match="x.db-wal lies beside it"):
        ma.export(small, path, overwrite=True)


# All formats


def test_csv_is_the_folder_that_load_reads(ds, tmp_path):
    back = ma.load(ma.export(ds, tmp_path / "out", format="csv"))
    assert back["regional_targets"].equals(ds["regional_targets"])


@pytest.mark.parametrize("name", ["x.xlsx", "x.sqlite", "x.db", "x.parquet"])
def test_nothing_is_overwritten_unless_told(least, tmp_path, name):
    first = ma.export(least, tmp_path / name)
    changed = fewer(least)
    before = content(first)
    with pytest.raises(FileExistsError, match="overwrite=True"):
        ma.export(changed, first)
    assert content(first) == before
    assert ma.export(changed, first, overwrite=True) == first
    assert content(first) != before
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("name", ["x.xlsx", "x.sqlite", "x.parquet"])
def test_what_fails_half_way_leaves_the_old_one(least, tmp_path, name, monkeypatch):
    path = ma.export(least, tmp_path / name)
    before = content(path)

    def broken(*args, **kwargs):
        raise OSError("No space left on device")

    monkeypatch.setattr(files, "_to_disk", broken)
    with pytest.raises(OSError, match="No space left"):
        ma.export(least, path, overwrite=True)
    assert content(path) == before
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # half a sheet of openpyxl's
@pytest.mark.parametrize("name", ["x.xlsx", "x.sqlite", "x.parquet"])
def test_a_full_disk_leaves_the_old_one(least, tmp_path, name):
    path = ma.export(least, tmp_path / name)
    before = content(path)
    with pytest.raises(OSError), full_disk(4_000):
        ma.export(fewer(least), path, overwrite=True)
    gc.collect()
    assert content(path) == before
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("path", ["tables", "tables.xls", "tables.csv", ".xlsx"])
def test_an_unknown_ending_says_which_there_are(ds, tmp_path, path):
    with pytest.raises(ValueError, match=r"end it in one of .xlsx, .parquet, .sqlite"):
        ma.export(ds, tmp_path / path)
    with pytest.raises(ValueError, match="one of xlsx, parquet, sqlite, csv"):
        ma.export(ds, tmp_path / path, format="word")


def test_what_was_known_on_a_day_says_so(ds):
    known = ma.as_of(ds, "2024-01-19")
    assert "As known on 2024-01-19." in codebook_table(known).description[0]


def test_command(capsys, tmp_path):
    path = tmp_path / "x.db"
    data = tiny.write_folder(tmp_path / "mine")
    assert main(["export", str(path), "--data", str(data), "--as-of", "2024-01-01"]) == 0
    assert capsys.readouterr().out == f"{path}\n"
    with closing(sqlite3.connect(path)) as base:
        assert base.execute("SELECT value FROM regional_targets").fetchall() == [(250.0,)]
    assert main(["export", str(path)]) == 2
    assert "error: " in capsys.readouterr().err
    assert main(["export", str(path), "--overwrite"]) == 0


def test_without_openpyxl_it_says_what_to_install(ds, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(ImportError, match="pip install openpyxl"):
        ma.export(ds, tmp_path / "x.xlsx")
    assert list(tmp_path.iterdir()) == []
