"""Commands for whoever has a question: about a place, several, a word, a number, its sources."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Any

from .command import Command, tables_of, utf8
from .console import CLEAN, note, say

NOTHING_WRITTEN = "Nothing is written."
SHOWN = 20  # results of a search, if not asked for more


def profile(arguments: argparse.Namespace) -> int:
    """Tell all that is known of a place: what it promised, by which documents, what came of it, and who says so."""
    from ..measures.profile import profile as tell

    say(tell(tables_of(arguments), arguments.place))
    return CLEAN


def _profile_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("place", type=utf8, metavar="PLACE", help="by name or id: Sichuan, 四川, CN-SC")


def compare(arguments: argparse.Namespace) -> int:
    """Set places side by side: facts as lines, places as columns, unlike things marked and never ranked."""
    from ..measures.compare import compare as tell

    say(tell(tables_of(arguments), arguments.place))
    return CLEAN


def _compare_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("place", nargs="+", type=utf8, metavar="PLACE", help="two or more, by name or id")


def search(arguments: argparse.Namespace) -> int:
    """Find the rows of all tables that speak of a word, in English or Chinese; the most telling come first."""
    from ..measures.search import search as find
    from ..measures.sentences import present

    found = find(
        tables_of(arguments), " ".join(arguments.words), by=arguments.by, place=arguments.place,
        year=arguments.year, level=arguments.level, country=_country(arguments.country),
    )  # fmt: skip
    most = len(found) if arguments.all else arguments.most
    tell = _hit if arguments.by is None else _place
    for _, row in found.head(most).iterrows():
        say(tell(present(row)))
    if len(found) > most:
        note(f"{len(found) - most:,} more: --all")
    elif not len(found):
        near = found.attrs.get("nearest")
        note("nothing found" + (f"; the nearest are {', '.join(near)}" if near else ""))
    if abroad := found.attrs.get("left_out"):
        note(f"{abroad:,} of other countries left out: --country all")
    if "rule" in found.attrs:
        note(found.attrs["rule"])
    return CLEAN


def _country(named: list[str] | None) -> Any:
    """As `search` takes it: by default the one that the data package is about, None for all."""
    return ... if named is None else None if named == ["all"] else named


def _hit(row: Mapping[str, Any]) -> str:
    about = "; ".join(str(row[part]) for part in ("table", "place", "date") if part in row)
    return f"{row['id']}  [{about}]\n    {row['words']}"


def _place(row: Mapping[str, Any]) -> str:
    counted = f"{row['documents']} of its own, {row['documents_inside']} of places inside it"
    said = [f"documents: {counted}", *([f"first {row['first_date']}"] if "first_date" in row else [])]
    lines = [f"{row['place']} ({row['place_id']}): {'; '.join(said)}"]
    return "\n    ".join([*lines, *([row["words"]] if "words" in row else [])])


def _search_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", nargs="+", type=utf8, metavar="WORD", help="a row must have them all")
    parser.add_argument(
        "--by", type=utf8, metavar="LEVEL", help="one line per place of a level, such as province"
    )
    several: dict[str, Any] = {"action": "append", "type": utf8, "metavar": "NAME"}
    parser.add_argument("--place", **several, help="only in a place, by name or id; may be repeated")
    parser.add_argument("--country", **several, help="only of a country, by name or id; all: of every one")
    parser.add_argument("--level", **several, help="only of a level of places; may be repeated")
    parser.add_argument(
        "--year", action="append", type=int, metavar="YEAR", help="only of a year; may be repeated"
    )
    shown = parser.add_mutually_exclusive_group()
    shown.add_argument(
        "--most", type=_count, default=SHOWN, metavar="N", help="how many (default: %(default)s)"
    )
    shown.add_argument("--all", action="store_true", help="all that was found")


def _count(text: str) -> int:
    """An argument that is how many are shown."""
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"a whole number is needed, such as {SHOWN}, not {text!r}")
    return int(text)


def explain(arguments: argparse.Namespace) -> int:
    """Tell all that is behind an id: what the row says, what it belongs to, and its sources with their grades."""
    from ..measures.explain import explain as tell

    ds = tables_of(arguments)
    say("\n\n".join(str(tell(ds, id)) for id in arguments.id))
    return CLEAN


def _explain_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "id",
        nargs="+",
        type=utf8,
        metavar="ID",
        help="of a row of any table, or the name of a place, body, organisation or document",
    )


def cite(arguments: argparse.Namespace) -> int:
    """Give the sources behind some ids, ready for a list of references; without ids, how to cite the tables."""
    from ..measures.citing import cite as sources_of, cite_dataset

    ds = tables_of(arguments)
    style = arguments.style
    text = sources_of(ds, arguments.id, style=style) if arguments.id else cite_dataset(ds, style=style)
    say(text.rstrip("\n"))
    return CLEAN


def _cite_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "id",
        nargs="*",
        type=utf8,
        metavar="ID",
        help="of sources, or of rows that name sources; of bodies and documents also the name",
    )
    parser.add_argument("--style", default="text", help="text (the default), bibtex or csl-json")


COMMANDS = [
    Command(profile, _profile_options, NOTHING_WRITTEN, "profile Sichuan"),
    Command(compare, _compare_options, NOTHING_WRITTEN, "compare Sichuan Shandong Chongqing"),
    Command(search, _search_options, NOTHING_WRITTEN, "search blockchain --by province"),
    Command(explain, _explain_options, NOTHING_WRITTEN, "explain cn-sc-2023-final-market-scale"),
    Command(cite, _cite_options, NOTHING_WRITTEN, "cite cn-sc-2023-final-market-scale --style bibtex"),
]
