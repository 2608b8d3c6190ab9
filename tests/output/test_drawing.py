"""Charts that another process draws: the same as here, and what it can't do is told."""

from pathlib import Path

import pytest
from hydrogen import write_hydrogen
from thorough import MORE

import metaverse_analysis as ma
from metaverse_analysis.output import drawing, gallery
from metaverse_analysis.output.drawing import Drawing


@pytest.fixture
def ds(tmp_path):
    return ma.load(write_hydrogen(tmp_path / "tables"))


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((folder / "charts").iterdir())}


@pytest.mark.skipif(MORE == 1, reason="draws every chart twice")
def test_draws_the_same_as_here(tmp_path, ds):
    results = []
    for name, charts in (("other", gallery.CHARTS), ("here", dict(gallery.CHARTS))):
        (tmp_path / name).mkdir()
        with Drawing(charts, ds, tmp_path / name) as drawn:
            results.append([(chart.name, result) for chart, result in drawn.results()])
    assert results[0] == results[1]
    assert files(tmp_path / "other") == files(tmp_path / "here")


def test_a_process_that_ends_too_soon_is_told(tmp_path, ds, monkeypatch):
    monkeypatch.setattr(drawing.sys, "executable", "/bin/true")
    with Drawing(gallery.CHARTS, ds, tmp_path) as drawn, pytest.raises(RuntimeError, match="market_targets"):
        list(drawn.results())


def test_charts_of_another_gallery_are_drawn_here(tmp_path, ds):
    charts = {"market_targets": gallery.CHARTS["market_targets"]}
    with Drawing(charts, ds, tmp_path) as drawn:
        ((chart, result),) = drawn.results()
    assert chart.name == "market_targets" and result["title"].startswith("Northmark promised")
    assert set(files(tmp_path)) == {
        "market_targets.csv", "market_targets.png", "market_targets-phone.png", "market_targets.svg"
    }  # fmt: skip
