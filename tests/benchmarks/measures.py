"""How long each measure takes on folders of all tables, by their number of rows, and on tables of an unlike shape."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

GOAL = 5.0  # seconds, for the largest folder
TOTAL = "ma.add_up(targets, scope='metaverse_related', year=2024)"
MEASURES = {
    "market_targets": "ma.market_targets(ds, country=None)",
    "add_up": TOTAL,
    "total_by_province": f"ma.total_by_province(ds, {TOTAL})",
    "nesting": "ma.nesting(ds)",
    "children_sums": "ma.children_sums(ds)",
    "press_audit": "ma.press_audit(ds)",
    "ambition": "ma.ambition(ds, statistics_year=2024, vintage='preliminary', scope=None)",
    "implied_baseline": "ma.implied_baseline(ds, base_years=[2022, 2023])",
    "policy_timeline": "ma.policy_timeline(ds)",
    "adoption": "ma.adoption(ds, level='province')",
    "revisions": "ma.revisions(ds)",
    "published_counts": "ma.published_counts(ds)",
    "instrument_counts": "ma.instrument_counts(ds)",
    "instrument_matrix": "ma.instrument_matrix(ds)",
    "panel": "ma.panel(ds)",
    "roster": "ma.roster(ds, body='body-1')",
    "bodies_known": "ma.bodies_known(ds)",
    "composition": "ma.composition(ds, by='type')",
    "shared_members": "ma.shared_members(ds)",
    "standards_trail": "ma.standards_trail(ds)",
    "outcome_ledger": "ma.outcome_ledger(ds, today='2026-11-23')",
    "outcome_summary": "ma.outcome_summary(ds, today='2026-11-23')",
    "other_targets": "ma.other_targets(ds)",
    "forecast_check": "ma.forecast_check(ds, today='2026-11-23')",
    "reported_series": "ma.reported_series(ds, place='CN-P0', scope='metaverse_related')",
    "priorities_by_year": "ma.priorities_by_year(ds)",
    "grades": "ma.grades(ds, 'regional_targets')",
    "coverage": "ma.coverage(ds, today='2026-11-23')",
    "evidence_quality": "ma.evidence_quality(ds)",
    "conflicts": "ma.conflicts(ds)",
    "as_of": "ma.as_of(ds, '2023-06-30')",
    "explain": "str(ma.explain(ds, 'source-7'))",
    "sentence": "ma.sentence(ds, 'target-7')",
    "answers": "ma.answers(ds)",
    "profile": "ma.profile(ds, 'CN-P0')",
    "compare": "ma.compare(ds, ['CN-P0', 'CN-P1'])",
    "search": "ma.search(ds, 'plan')",
    "cite": "ma.cite(ds, list(ds.sources['source_id']))",
}
# What would show a loop over pairs: all targets in one place, all documents in one family, a place for each target.
SHAPES = {
    "of one place": "regional_targets=ds.regional_targets.assign(place_id='CN-P0')",
    "of one family": "policy_documents=ds.policy_documents.assign(family_id='doc-1')",
}
SHAPED = ("market_targets", "nesting", "conflicts", "as_of")
CODE = """
import json, sys, time
import metaverse_analysis as ma
folder, clock, calls, change = json.loads(sys.argv[1])
ds = ma.load(folder)
ds = eval("ds.with_tables(" + change + ")")
targets = ma.market_targets(ds, country=None)
seconds = {}
for name, call in calls.items():
    for _ in range(2):  # the second counts: the first imports
        ds.kept.clear()
        start = getattr(time, clock)()
        eval(call)
        seconds[name] = getattr(time, clock)() - start
print(json.dumps(seconds))
"""


def tables(folders: dict[int, str], many_places: str, clock: str) -> str:
    """Both tables, as Markdown."""
    sizes = sorted(folders)
    seconds = {size: _seconds(folders[size], MEASURES, clock) for size in sizes}
    few, many = sizes[0], sizes[-1]
    rows = [
        f"| {name} | {_time(seconds[few][name])} | {_time(seconds[many][name])} | "
        f"{seconds[many][name] / seconds[few][name]:.1f} | {'yes' if seconds[many][name] <= GOAL else 'NO'} |"
        for name in MEASURES
    ]
    head = [
        f"| measure | {few:,} | {many:,} | growth | {GOAL:g} s |",
        "|---|---:|---:|---:|---|",
    ]
    return "\n".join([*head, *rows, "", *_shapes(folders[many], many_places, many, clock)])


def _shapes(folder: str, many_places: str, rows: int, clock: str) -> list[str]:
    calls = {name: MEASURES[name] for name in SHAPED}
    found = {shape: _seconds(folder, calls, clock, change) for shape, change in SHAPES.items()}
    found[f"of {rows:,} places"] = _seconds(many_places, calls, clock)
    rows_of = [
        f"| {name} | " + " | ".join(_time(seconds[name]) for seconds in found.values()) + " |"
        for name in SHAPED
    ]
    return [f"| {rows:,} targets | {' | '.join(found)} |", "|---|---:|---:|---:|", *rows_of]


def _seconds(folder: str, calls: dict[str, str], clock: str, change: str = "") -> dict[str, float]:
    """The seconds of each call, in a process of their own."""
    print(f"measures of {Path(folder).name} {change} ...", file=sys.stderr)
    arguments = json.dumps([folder, clock, calls, change])
    done = subprocess.run(
        [sys.executable, "-c", CODE, arguments], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return json.loads(done.stdout.splitlines()[-1])


def _time(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.2f} s"
