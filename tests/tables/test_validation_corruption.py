"""Valid folders, broken in every way that the schema can express and some that it can't."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import frictionless
import pytest
from corruption import FAULTS, Fault
from hypothesis import HealthCheck, assume, given, settings, strategies as st
from thorough import MORE

import metaverse_analysis as ma
from metaverse_analysis.tables.schema import data_folder, read_schema

SCHEMA = read_schema()
EXAMPLES = MORE  # of each kind
TEXT = st.text(
    st.characters(exclude_categories=["Cs"]), max_size=200
)  # a codec would take a second to go through


def names_it(problems: list[ma.Problem], fault: Fault) -> bool:
    return any(
        problem.table == fault.table
        and (fault.line is None or problem.line == fault.line)
        and (fault.column is None or problem.column == fault.column)
        for problem in problems
    )


@pytest.mark.parametrize("kind", FAULTS)
@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_the_planted_fault_is_named(kind, data):
    with TemporaryDirectory() as place:
        folder = Path(shutil.copytree(data_folder(), f"{place}/data"))
        fault = FAULTS[kind](data.draw, SCHEMA, folder)
        with pytest.raises(ma.DataError) as refused:  # it has all that validate() finds
            ma.load(folder)
        problems = refused.value.problems
        assert names_it(problems, fault), (fault, problems[:5])
        assert all(problem.hint and problem.rule for problem in problems)


@settings(max_examples=2 * EXAMPLES, suppress_health_check=[HealthCheck.too_slow])
@given(table=st.sampled_from(sorted(SCHEMA.tables)), share=st.floats(0, 1))
def test_a_file_cut_off_anywhere_never_crashes_and_a_cut_row_is_told(table, share):
    with TemporaryDirectory() as place:
        folder = Path(shutil.copytree(data_folder(), f"{place}/data"))
        path = folder / SCHEMA[table].path
        content = path.read_bytes()
        kept = content[: int(share * len(content))]
        path.write_bytes(kept)
        problems = ma.validate(folder)
        last = kept.rsplit(b"\n", 1)[-1]
        if kept and last and last.count(b",") < len(SCHEMA[table].fields) - 1:
            assert [problem for problem in problems if problem.table == table]


@settings(max_examples=2 * EXAMPLES, suppress_health_check=[HealthCheck.too_slow])
@given(content=st.binary(max_size=300) | TEXT.map(str.encode))
def test_any_bytes_at_all_give_problems_and_no_crash(content):
    with TemporaryDirectory() as place:
        folder = Path(shutil.copytree(data_folder(), f"{place}/data"))
        (folder / "places.csv").write_bytes(content)
        assert [problem for problem in ma.validate(folder) if problem.table == "places"]


@settings(max_examples=2 * EXAMPLES, suppress_health_check=[HealthCheck.too_slow])
@given(content=st.binary(max_size=200) | TEXT.map(str.encode))
def test_any_bytes_as_a_schema_give_problems_and_no_crash(content):
    with TemporaryDirectory() as place:
        folder = Path(shutil.copytree(data_folder(), f"{place}/data"))
        (folder / "datapackage.json").write_bytes(content)
        assert [problem.table for problem in ma.validate(folder)][:1] == ["datapackage"]


BOTH_SEE = ["required", "number", "integer", "flag", "day", "code", "bounds", "list pattern"]
BOTH_SEE += ["duplicate key", "ragged", "empty line"]


@pytest.mark.parametrize("kind", BOTH_SEE)
@settings(max_examples=max(1, MORE // 5), suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_what_frictionless_sees_is_seen(kind, data):
    """Every row and cell that frictionless names is named here too."""
    with TemporaryDirectory() as place:
        folder = Path(shutil.copytree(data_folder(), f"{place}/data"))
        fault = FAULTS[kind](data.draw, SCHEMA, folder)
        resource = frictionless.Package(str(folder / "datapackage.json")).get_resource(fault.table)
        errors = frictionless.validate(resource).tasks[0].errors
        rows = [error for error in errors if hasattr(error, "row_number")]
        assume(rows)  # it takes full-width digits for a number
        named = [problem for problem in ma.validate(folder) if problem.table == fault.table]
        for error in rows:
            column = getattr(error, "field_name", None) if kind != "ragged" else None
            assert any(p.line == error.row_number and column in (None, p.column) for p in named), (
                error,
                named,
            )
