"""Text in Markdown stays text: what a parser makes of it is what was written."""

import html
import re

import mistune
import pytest
from hypothesis import given, strategies as st

from metaverse_analysis.output.markdown import code, plain

PARSER = mistune.create_markdown(escape=False, plugins=["table", "strikethrough", "footnotes", "task_lists"])
SIGNS = "\\`*_{}[]()#+-.!|~<>&;:\"'=/$ 1a\n\t元"


def words(markdown: str) -> tuple[list[str], str]:
    """The tags of the page that a parser makes of it, and its text."""
    page = PARSER(markdown)
    return re.findall(r"<(\w+)", page), html.unescape(re.sub(r"<[^>]*>", "", page))


TEXT = st.text(SIGNS, max_size=25)
FILLED = TEXT.filter(lambda text: text.split())


@given(FILLED)
def test_any_text_is_a_paragraph_of_that_text(text):
    assert words(plain(text)) == (["p"], " ".join(text.split()) + "\n")


@given(FILLED)
def test_any_text_is_a_cell_an_item_and_a_heading(text):
    said = " ".join(text.split())
    tags, found = words(f"| a | b |\n|---|---|\n| {plain(text)} | x |")
    assert tags.count("td") == 2 and set(tags) == {"table", "thead", "tbody", "tr", "th", "td"}
    assert [line for line in found.splitlines() if line.strip()][2:] == [said, "x"] or said in found
    assert words(f"# {plain(text)} x")[0] == ["h1"]
    assert words(f"- x: {plain(text)}")[0] == ["ul", "li"]


@given(TEXT)
def test_any_text_is_code(text):
    assert words(code(text) + " x") == (["p", "code"], (" ".join(text.split()) or " ") + " x\n")


@pytest.mark.parametrize("text", ["`place_id`", "see `kind` and `a`"])
def test_names_may_stay_code(text):
    assert plain(text, names=True) == text
    assert "code" not in words(plain(text))[0]
