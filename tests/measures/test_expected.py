"""Every cell of the measures' tables, held against those worked out by hand on a few rows (expected/)."""

import pytest
from whole_tables import FOLDER, differences, lines, stored, write
from worked import CASES

FILES = {path.relative_to(FOLDER).with_suffix("").as_posix() for path in FOLDER.rglob("*.csv")}


@pytest.mark.parametrize("name", sorted(FILES | set(CASES)))
def test_every_cell(worked, tmp_path, name):
    assert name in CASES, "a file that no case of worked/ makes"
    folder, measure = CASES[name]
    table = measure(worked(folder))
    kept = write(table, tmp_path / f"{name}.csv")
    assert name in FILES, f"work it out, and store it under that name: {kept}"
    assert differences(lines(table), stored(name)) == [], f"what was found is in {kept}"
