"""The charts as the pages show them: a drawing for a wide page, a picture for a phone, and files to take away."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from markupsafe import Markup

from ..charts import alt_text, notes
from ..charts.web import for_page, picture, title_of
from ..tables.dataset import Dataset
from ..tables.writing import write_csv
from .gallery import Chart, figures_closed
from .readme import risky_cells

# The questions under which the charts stand, by the number of the notebook that goes deeper.
QUESTIONS = {
    "01": "How big are the promises?",
    "02": "Which dollar figure is right?",
    "03": "Is it a lot?",
    "04": "Who moved when?",
    "05": "What do governments actually do?",
    "06": "Who sits at the table?",
    "07": "What came of it?",
    "08": "How good is the evidence?",
}
# A drawing as a file of its own finds the fonts of the report, or those of the reader's system.
FONT_FACES = "".join(
    f"@font-face{{font-family:'Source Sans Pro';font-weight:{weight};src:url(../assets/SourceSansPro-{name}.woff2)}}"
    for name, weight in (("Regular", 400), ("Bold", 700))
)


def draw(chart: Chart, ds: Dataset, folder: Path) -> dict[str, Any]:
    """Draw a chart into a folder's `charts`, and say what a page shows of it."""
    table = chart.table(ds)
    owner = chart.drawn(ds, table, size="report")
    svg, png = for_page(owner, chart.name)
    phone = picture(chart.drawn(ds, table, size="phone"))
    files = {kind: f"charts/{chart.name}.{kind}" for kind in ("png", "svg", "csv")}
    files["phone"] = f"charts/{chart.name}-phone.png"
    (folder / "charts").mkdir(exist_ok=True)
    (folder / files["png"]).write_bytes(png)
    (folder / files["phone"]).write_bytes(phone)
    (folder / files["svg"]).write_text(_alone(svg), encoding="utf-8", newline="\n")
    write_csv(table, folder / files["csv"], chart.name)
    risky = risky_cells(table)
    (width, height), (phone_width, phone_height) = png_size(png), png_size(phone)
    return {
        "name": chart.name, "question": chart.question, "group": chart.notebook, "title": title_of(owner),
        "alt": alt_text(owner), "notes": notes(owner), "drawing": Markup(svg), "rows": f"{len(table):,}",
        "risky": f"{risky:,}" if risky else "", "width": width, "height": height, "phone_width": phone_width,
        "phone_height": phone_height, **files,
    }  # fmt: skip


def attempt(chart: Chart, ds: Dataset, folder: Path) -> dict[str, Any] | str:
    """Draw a chart; of one that can't be drawn from these tables the reason, and no file is left.

    Raises
    ------
    OSError, MemoryError
        Where that isn't for the tables.
    """
    try:
        with figures_closed():
            return draw(chart, ds, folder)
    except (OSError, MemoryError):
        raise
    except Exception as error:
        for name in (f"{chart.name}.*", f"{chart.name}-phone.*"):
            for file in (folder / "charts").glob(name):
                file.unlink()
        return " ".join(str(error).split()) or type(error).__name__


def grouped(drawn: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The charts under their questions, in the order of the questions."""
    charts = list(drawn)
    numbers = sorted({chart["group"] for chart in charts})
    return [
        {
            "id": f"question-{number}",
            "question": QUESTIONS.get(number, "More"),
            "charts": [chart for chart in charts if chart["group"] == number],
        }
        for number in numbers
    ]


def _alone(svg: str) -> str:
    """A drawing as a file of its own."""
    first, rest = svg.split(">", 1)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{first}><style>{FONT_FACES}</style>{rest}\n'


def png_size(png: bytes) -> tuple[int, int]:
    """Width and height in pixels, which stand at a fixed place in every PNG."""
    return int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")
