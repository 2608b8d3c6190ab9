"""Sentences and sources as paragraphs."""

from bs4 import BeautifulSoup

import metaverse_analysis as ma


def test_lines_of_all_that_is_given_are_paragraphs_without_the_blank_ones():
    given = ma.text("One.\n\nTwo.", (f"{n}." for n in ("Three", "Four")), 5, [])
    assert given.paragraphs == ("One.", "Two.", "Three.", "Four.", "5")
    assert str(given) == "One.\nTwo.\nThree.\nFour.\n5"


def test_nothing_is_nothing():
    assert (str(ma.text()), ma.text(" ", [])._repr_html_()) == ("", "")


def test_a_terminal_gets_lines_that_break_at_words_only():
    address = "https://example.org/" + "a-b-" * 40
    lines = repr(ma.text("- " + "self-made words " * 30, address)).splitlines()
    assert max(map(len, lines[:-1])) <= 100
    assert all(line.startswith("  ") for line in lines[1:-1]) and "self-\n" not in repr(lines)
    assert lines[-1] == address


def test_a_notebook_gets_paragraphs_and_lists():
    html = BeautifulSoup(ma.text("One", "- a", "- b", "Two", "- c")._repr_html_(), "html.parser")
    assert [part.name for part in html.children] == ["p", "ul", "p", "ul"]
    assert [item.text for item in html.find_all("li")] == ["a", "b", "c"]


def test_addresses_are_links_without_the_end_of_the_sentence():
    html = BeautifulSoup(
        ma.text("Read (https://example.org/a?b=1&c=2), or http://b.org.")._repr_html_(), "html.parser"
    )
    assert [a["href"] for a in html.find_all("a")] == ["https://example.org/a?b=1&c=2", "http://b.org"]
    assert html.text == "Read (https://example.org/a?b=1&c=2), or http://b.org."


def test_words_that_look_like_markup_are_words():
    hostile = "<script>alert(1)</script> & javascript:x https://e.org/'onload='x\"<b>"
    html = BeautifulSoup(ma.text(hostile)._repr_html_(), "html.parser")
    assert html.text == hostile
    assert {tag.name for tag in html.find_all(True)} == {"p", "a"}
    assert html.a.attrs.keys() == {"href", "rel"} and html.a["href"] == "https://e.org/"
