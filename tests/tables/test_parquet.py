"""The package's own exports are read back, Parquet files checked as CSV files are; a bundle says that it is one."""

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hydrogen import write_hydrogen

import metaverse_analysis as ma


@pytest.fixture
def folder(tmp_path):
    return write_hydrogen(tmp_path / "hydrogen")


def test_its_own_exports_can_be_read_back(folder, tmp_path):
    ds = ma.load(folder)
    for form in ("csv", "parquet"):
        back = ma.load(ma.export(ds, tmp_path / form, format=form))
        for name in ds.tables:
            pd.testing.assert_frame_equal(back[name], ds[name])
        again = ma.load(back.to_folder(tmp_path / f"{form}-again"))
        assert again.schema.descriptor == ma.load(tmp_path / "csv").schema.descriptor or form == "parquet"
        assert {path.suffix for path in (tmp_path / f"{form}-again").iterdir()} == {".csv", ".json"}
        ma.export(back, tmp_path / f"{form}.parquet")
    for form in ("xlsx", "sqlite"):
        path = ma.export(ds, tmp_path / f"x.{form}")
        with pytest.raises(ma.DataError, match="It is a file; give the folder that holds it"):
            ma.load(path)


def test_a_bundle_says_that_it_is_one(folder, tmp_path):
    ds = ma.load(folder)
    made = ma.bundle(ds.regional_targets, tmp_path / "b", ds=ds, name="regional-targets")
    first = ma.validate(made)[0]
    assert "are there" in first.rule and first.hint.startswith("It is a bundle of this package")


def test_parquet_files_are_checked_as_csv_files_are(folder, tmp_path):
    out = ma.export(ma.load(folder), tmp_path / "p", format="parquet")
    places = pd.read_parquet(out / "places.parquet")
    assert ma.validate(out) == []
    places.assign(level=["country", "region", *["province"] * 4], parent_id=None).to_parquet(
        out / "places.parquet"
    )
    (problem,) = ma.validate(out)
    assert (problem.line, problem.column, problem.value) == (3, "level", "region")
    places.drop(columns="level").assign(mine=1).to_parquet(out / "places.parquet")
    assert {(one.column, one.rule) for one in ma.validate(out)} == {
        ("mine", "a column is one that the schema knows"), ("level", "every column of the schema is there"),
    }  # fmt: skip
    pq.write_table(pa.table({"place_id": [["a"]]}), out / "places.parquet")
    assert "plain text" in ma.validate(out)[0].rule
    (out / "places.parquet").write_bytes(b"PAR1 half")
    assert ma.validate(out)[0].rule.startswith("the file is Parquet")
    (out / "places.parquet").unlink()
    assert ma.validate(out)[0].rule == "the file is there"
