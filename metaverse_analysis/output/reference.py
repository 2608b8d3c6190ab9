"""The library's reference: every public name by the question that it answers, from its documentation alone.

Signatures are read and prose is set by pdoc. How a result's columns look is read off the result of the example in the
documentation, which the tests run; what they mean stands in `measures/columns.toml` and in the schema.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from doctest import DocTestParser
from functools import cache
from html import escape
from importlib import import_module
from io import StringIO
from types import SimpleNamespace
from typing import Any, NamedTuple

import pandas as pd

try:
    from pdoc.doc import Class, Function
    from pdoc.render_helpers import to_html
except ImportError as missing:
    raise ImportError(
        "the library's reference needs pdoc: pip install pdoc, or this package with [report]"
    ) from missing

from .. import charts
from ..charts.contract import CONTRACTS
from ..tables.dataset import Dataset
from .columns import MEASURES, SECTION, UNDESCRIBED, fields_of
from .gallery import CHARTS as GALLERY
from .table_files import WORDS

DOOR = __package__.partition(".")[0]
CHART = "charts."


class Group(NamedTuple):
    """A page of the reference: a question, the public names that help to answer it, and the notebook that asks it."""

    name: str
    question: str
    members: tuple[str, ...]
    notebook: str = ""


class Page(NamedTuple):
    """What a page of the reference shows."""

    heading: str
    body: str


# Every public name stands here once, but for measures whose chart is in the gallery: these join the group of the
# chart's notebook. Charts stand with the measure that they draw, what is for all charts at the end.
GROUPS = (
    Group(
        "asking", "What is known of a place, a word, a number?",
        ("answers", "answer", "profile", "Profile", "compare", "Comparison",
         "search", "explain", "sentence", "text", "find_place", "explore"),
    ),
    Group(
        "targets", "How big are the promises?",
        ("market_targets", "add_up", "Total", "total_by_province", "nesting", "children_sums", "other_targets"),
        "01",
    ),
    Group(
        "dollars", "Which dollar figure is right?",
        ("press_audit", "convert", "rates", "market_rate", "rates_source", "parse_amount"),
        "02",
    ),
    Group("ambition", "Is it a lot?", ("ambition", "implied_baseline"), "03"),
    Group(
        "time", "Who moved when?",
        ("policy_timeline", "adoption", "revisions", "revision_details", "priorities", "priorities_by_year",
         "published_counts"),
        "04",
    ),
    Group(
        "instruments", "What do governments actually do?",
        ("instrument_uses", "instrument_counts", "instrument_matrix", "panel"),
        "05",
    ),
    Group(
        "participants", "Who sits at the table?",
        ("roster", "bodies_known", "composition", "seats", "shared_members", "shared_seats", "standards_trail"),
        "06",
    ),
    Group(
        "outcomes", "What came of it?",
        ("outcome_ledger", "outcome_summary", "reported_series", "forecast_check"),
        "07",
    ),
    Group(
        "evidence", "How good is the evidence?",
        ("grades", "evidence_quality", "coverage", "conflicts", "rows_citing"),
        "08",
    ),
    Group("citing", "How do I cite it?", ("cite", "cite_dataset", "source_line")),
    Group(
        "tables", "How do I read and check tables, mine or the packaged ones, and as of another day?",
        ("load", "Dataset", "validate", "Problem", "DataError", "as_of"),
    ),
    Group(
        "output", "How do I take it with me?",
        ("export", "bundle", "report", "charts", "charts.show", "charts.save", "charts.framed", "charts.sourced",
         "charts.alt_text", "charts.notes", "__version__"),
    ),
)  # fmt: skip


def reference_pages(ds: Dataset) -> dict[str, Page]:
    """The pages by their files' names, each with its heading and its body as HTML; the first lists all names.

    Parameters
    ----------
    ds : the packaged tables, from which the examples are made.
    """
    pages = {f"{name}.html": page for name, page in _group_pages(ds)}
    return {"reference.html": Page("The library's reference", _contents()), **pages}


def reference_entries() -> Iterator[tuple[str, str, str]]:
    """What a search finds: each name, its address, and what it answers.

    Examples
    --------
    >>> next(reference_entries())[:2]
    ('ma.answers', 'reference_asking.html#answers')
    """
    return ((f"ma.{name}", address, _first_line(name)) for name, address in _addresses().items())


@cache
def names_by_group() -> dict[Group, list[str]]:
    """The names of each page: a measure, and after it the charts that draw it."""
    listed = {name for group in GROUPS for name in group.members}
    found = {}
    for group in GROUPS:
        asked = {
            _drawn_by(one.draw.__name__): None for one in GALLERY.values() if one.notebook == group.notebook
        }
        members = [*group.members, *(name for name in asked if name and name not in listed)]
        listed.update(members)
        drawn = {name: [f"{CHART}{c}" for c in charts.__all__ if _drawn_by(c) == name] for name in members}
        found[group] = [one for name in members for one in (name, *drawn[name])]
    return found


def _drawn_by(chart: str) -> str | None:
    return CONTRACTS[chart].measure if chart in CONTRACTS else None


@cache
def _addresses() -> dict[str, str]:
    """Where each name is described."""
    return {
        name: f"reference_{group.name}.html#{name}"
        for group, names in names_by_group().items()
        for name in names
    }


def _thing(name: str) -> Any:
    """What a public name stands for; the front door is asked when it is there, since it is what is described."""
    door = import_module(DOOR)
    return getattr(door.charts, name.removeprefix(CHART)) if name.startswith(CHART) else getattr(door, name)


def _contents() -> str:
    lines = [
        "<p><code>import metaverse_analysis as ma</code>, then <code>ds = ma.load()</code>. By question:</p>"
    ]
    for group, names in names_by_group().items():
        lines.append(f'<h2 id="{group.name}">{escape(group.question)}</h2>\n<dl class="names">')
        lines += [f"<dt>{_linked(name)}</dt><dd>{_prose(_first_line(name))}</dd>" for name in names]
        lines.append("</dl>")
    return "\n".join(lines)


def _linked(name: str, words: str = "") -> str:
    return f'<a href="{_addresses()[name]}"><code>{words or f"ma.{name}"}</code></a>'


def _first_line(name: str) -> str:
    if name == "__version__":
        return "The version of this package, as text."
    return (inspect.getdoc(_thing(name)) or "").partition("\n\n")[0]


def _group_pages(ds: Dataset) -> Iterator[tuple[str, Page]]:
    for group, names in names_by_group().items():
        parts = ['<p><a href="reference.html">All names</a></p>', *(_described(ds, name) for name in names)]
        yield f"reference_{group.name}", Page(group.question, "\n".join(parts))


def _described(ds: Dataset, name: str) -> str:
    thing = _thing(name)
    head = f'<section class="name" id="{name}">\n<h2><code>ma.{name}</code></h2>'
    if name == "__version__" or inspect.ismodule(thing):
        return f"{head}\n{_prose(_first_line(name))}\n</section>"
    first, *parts = SECTION.split(inspect.getdoc(thing) or "")
    lines = [head, _signature(name, thing), _prose(first)]
    for title, text in zip(parts[::2], parts[1::2], strict=True):
        lines += [f"<h3>{TITLES.get(title, title)}</h3>", SETTERS.get(title, _prose)(text)]
        if title == "Returns" and str(thing.__module__).startswith(MEASURES):
            lines.append(_columns(ds, name, thing))
    if inspect.isclass(thing):
        lines += _members(thing)
    if drawn := [c for c in charts.__all__ if _drawn_by(c) == name]:
        lines.append(f"<p>Drawn by {', '.join(_linked(CHART + c) for c in drawn)}.</p>")
    if name.startswith(CHART) and (measure := _drawn_by(name.removeprefix(CHART))):
        lines.append(f"<p>Draws what {_linked(measure)} gives.</p>")
    return "\n".join([*lines, "</section>"])


def _signature(name: str, thing: Any) -> str:
    about = Class if inspect.isclass(thing) else Function
    if about is Class:
        return ""
    said = str(Function(thing.__module__, name, thing, (thing.__module__, name)).signature)
    short = re.sub(r"\b(?:\w+\.)+(?=[A-Z]\w*)", "", said).replace("Ellipsis", "...")
    return f'<pre class="signature"><code>{escape(f"ma.{name}{short}")}</code></pre>'


def _members(thing: type) -> Iterator[str]:
    """What objects of a class can do and tell, beside their attributes."""
    shown = {
        name: member
        for name, member in vars(thing).items()
        if not name.startswith("_")
        and (inspect.getdoc(member) or "").strip()
        and callable(getattr(member, "__get__", None))
    }
    if not shown:
        return
    yield '<h3>What it can do</h3>\n<dl class="names">'
    for name, member in shown.items():
        call = f"{name}{_short_call(member)}" if inspect.isfunction(member) else name
        first = (inspect.getdoc(member) or "").partition("\n\n")[0]
        yield f"<dt><code>.{escape(call)}</code></dt><dd>{_prose(first)}</dd>"
    yield "</dl>"


def _short_call(method: Callable[..., Any]) -> str:
    names = [f"{'*' * (p.kind == p.VAR_POSITIONAL) + '**' * (p.kind == p.VAR_KEYWORD)}{p.name}"
             for p in inspect.signature(method).parameters.values()][1:]  # fmt: skip
    return f"({', '.join(names)})"


def _prose(text: str) -> str:
    """Markdown as HTML; a public name in it leads to where it is described."""
    html = str(to_html(text.strip())).strip()

    def linked(found: re.Match[str]) -> str:
        name = found[1].removeprefix("ma.")
        return _linked(name, escape(found[1])) if name in _addresses() else found[0]

    return re.sub(r"<code>((?:ma\.)?(?:charts\.)?\w+)</code>", linked, html)


def _cell(text: str) -> str:
    return _prose(text).removeprefix("<p>").removesuffix("</p>")


def _items(text: str) -> str:
    """A list of parameters or errors: a name, and what is said of it beside or below."""
    lines = ["<dl>"]
    for item in re.split(r"\n(?=\S)", text.strip("\n")):
        first, _, below = item.partition("\n")
        name, _, beside = first.partition(" : ")
        said = f"{beside}\n{inspect.cleandoc(below)}" if below else beside
        lines.append(f"<dt><code>{escape(name.strip())}</code></dt><dd>{_cell(said)}</dd>")
    return "\n".join([*lines, "</dl>"])


def _example(text: str) -> str:
    return f'<pre class="example"><code>{escape(text.strip())}</code></pre>'


TITLES = {"Returns": "Result", "Raises": "Errors", "Examples": "Example"}
SETTERS: dict[str, Callable[[str], str]] = {
    "Parameters": _items, "Attributes": _items, "Raises": _items, "Examples": _example,
}  # fmt: skip


def _columns(ds: Dataset, name: str, measure: Callable[..., Any]) -> str:
    """A row for each column of a measure's table, as the example in its documentation gives it."""
    table = result_of(ds, name, measure)
    if table is None:
        return ""
    frame = table.reset_index(drop=table.index.names == [None])
    head = "".join(f"<th scope=col>{word}</th>" for word in ("column", "holds", "unit", "meaning"))
    rows = []
    for field in fields_of(ds, frame, measure):
        holds = "code" if "constraints" in field else WORDS[field["type"]]
        meaning = "" if field["description"] == UNDESCRIBED else _cell(field["description"])
        cells = (f"<code>{escape(field['name'])}</code>", holds, escape(field.get("unit", "")), meaning)
        rows.append("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>")
    table_ = f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n" + "\n".join(rows) + "\n</tbody>\n</table>"
    return f'<div class="table" tabindex="0" role="region" aria-label="Columns of {name}">\n{table_}\n</div>'


def _asks(measure: Callable[..., Any]) -> bool:
    """Whether a measure must be asked something, beside the tables."""
    _, *others = inspect.signature(measure).parameters.values()
    return any(one.default is one.empty and one.kind != one.VAR_KEYWORD for one in others)


def result_of(ds: Dataset, name: str, measure: Callable[..., Any]) -> pd.DataFrame | None:
    """The table that a measure gives of all the tables, or else in its example; None for what gives none."""
    if "DataFrame" not in str(inspect.signature(measure).return_annotation):
        return None
    if not _asks(measure):
        return measure(ds)
    given: list[Any] = []

    def watched(*args: Any, **options: Any) -> Any:
        given.append(measure(*args, **options))
        return given[-1]

    door = import_module(DOOR)
    asked = {**{one: getattr(door, one) for one in door.__all__}, "load": lambda: ds, name: watched}
    space: dict[str, Any] = {**inspect.getmodule(measure).__dict__, name: watched}  # as the tests run it
    with redirect_stdout(StringIO()):
        for line in DocTestParser().get_examples(inspect.getdoc(measure) or ""):
            exec(compile(line.source, name, "exec"), space)
            if "ma" in space:
                space["ma"] = SimpleNamespace(**asked)
    return next((one for one in given if isinstance(one, pd.DataFrame)), None)
