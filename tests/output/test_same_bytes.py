"""The same call gives the same bytes: in other processes, folders, time zones, locales and with other hash seeds."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hydrogen import write_hydrogen
from thorough import MORE

CHARTS = ("market_targets", "nesting", "policy_timeline") if MORE > 1 else ()  # of the report
PROGRAM = """if True:
    import locale, sys, time
    from pathlib import Path
    import metaverse_analysis as ma
    from metaverse_analysis.output import gallery, report as reporting

    tables, out, named = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    if named:
        locale.setlocale(locale.LC_ALL, named)
    reporting.CHARTS = {name: gallery.CHARTS[name] for name in sys.argv[4:]}
    ds = ma.load(tables)
    for name in ("x.xlsx", "x.db", "x.parquet"):
        ma.export(ds, out / name)
    ds.to_folder(out / "csv")
    targets = ma.market_targets(ds, country=None)
    chart = ma.charts.market_targets(targets)
    for name in ("bundle", "bundle.zip"):
        ma.bundle(targets, out / name, ds=ds, name="targets", chart=chart, how=ma.market_targets)
    ma.report(ds, out / "report")
"""


def sums(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def locales() -> list[str]:
    done = subprocess.run(["locale", "-a"], capture_output=True, text=True, check=False)
    return [name for name in done.stdout.split() if name.startswith(("zh_CN", "de_DE", "tr_TR"))]


@pytest.mark.skipif(os.name != "posix", reason="time zones and locales of the environment")
def test_the_same_call_gives_the_same_bytes(tmp_path):
    tables = write_hydrogen(tmp_path / "tables")
    (tmp_path / "elsewhere").mkdir()
    surroundings = [
        ({"PYTHONHASHSEED": "1", "TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8"}, tmp_path, ""),
        ({"PYTHONHASHSEED": "2", "TZ": "America/Lima", "LC_ALL": "C", "PYTHONUTF8": "0"},
         tmp_path / "elsewhere", next(iter(locales()), "")),
    ]  # fmt: skip
    running = []
    for number, (environment, folder, named) in enumerate(surroundings):
        (tmp_path / f"out{number}").mkdir()
        paths = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "MPLBACKEND": "agg", **environment}
        run = [sys.executable, "-c", PROGRAM, str(tables), str(tmp_path / f"out{number}"), named, *CHARTS]
        running.append(subprocess.Popen(run, cwd=folder, env=paths, stderr=subprocess.PIPE, text=True))
    for program in running:
        assert program.communicate(timeout=280) == (None, "") and program.returncode == 0
    one, other = sums(tmp_path / "out0"), sums(tmp_path / "out1")
    assert len(one) > 30 and one.keys() == other.keys()
    assert [name for name in one if one[name] != other[name]] == []
