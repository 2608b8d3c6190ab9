"""Folded texts, whole columns at once, and the words around a hit."""

import re
import unicodedata

import pandas as pd
import pytest
from hypothesis import example, given, strategies as st

from metaverse_analysis.measures.search_text import AROUND, Column, Finder, fold, marked


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Blockchain", "blockchain"),
        ("ＶＲ／ＸＲ", "vr/xr"),
        ("Café", "cafe"),
        ("Cafe\u0301", "cafe"),  # the accent as a character of its own
        ("區塊鏈", "区块链"),
        ("數字藏品與虛擬現實", "数字藏品与虚拟现实"),
        ("메타버스", "메타버스"),
        ("Straße", "strasse"),
        ("①½", "11⁄2"),
    ],
)
def test_texts_are_compared_folded(text, folded):
    assert fold(text) == folded


CELLS = st.lists(st.text(max_size=8) | st.none(), max_size=8)
ANYTHING = Finder(("a", "区", "ss", "1"), re.compile("a|区|ss|1"))


@given(CELLS)
@example(["one\ntwo a", "b", None, "區", "ß", "\n"])
def test_a_column_finds_what_its_cells_have(cells):
    texts = pd.Series(cells, dtype="str", index=range(5, 5 + len(cells)))
    expected = [cell is not None and bool(ANYTHING.expression.search(fold(cell))) for cell in cells]
    assert Column(texts).has([ANYTHING]).tolist() == expected


def test_nothing_reaches_from_one_cell_into_the_next():
    column = Column(pd.Series(["digital", "human", "digital human"]))
    phrase = Finder(("digital",), re.compile(r"digital[^a-z\n]human"))
    assert column.has([phrase]).tolist() == [False, False, True]
    assert column.has([]).tolist() == [False, False, False]


LONG = (
    "First words of a long sentence that says much about parks, names blockchain then and goes on for many words "
    "more."
)


@pytest.mark.parametrize(
    ("text", "hits", "words"),
    [
        ("Blockchain and AI", "blockchain", "«Blockchain» and AI"),
        ("a blockchain, a Blockchain", "blockchain", "a «blockchain», a «Blockchain»"),
        ("digital-human guides", "digital|human", "«digital-human» guides"),  # one name
        ("digital and human", "digital|human", "«digital» and «human»"),
        ("two\n lines  of blockchain", "blockchain", "two lines of «blockchain»"),
        ("nothing here", "blockchain", "nothing here"),
        ("ＶＲ產業", "vr|产业", "«ＶＲ產業»"),  # as it is written
        ("Straße … café", "strasse|cafe", "«Straße» … «café»"),
        (
            LONG,
            "names",
            "… sentence that says much about parks, «names» blockchain then and goes on for many …",
        ),
        (
            LONG,
            "first",
            "«First» words of a long sentence that says much about parks, names blockchain then …",
        ),
        (LONG, "more", "… says much about parks, names blockchain then and goes on for many words «more»."),
        (
            LONG,
            "nowhere",
            "First words of a long sentence that says much about parks, names blockchain then …",
        ),
        ("甲" * 60 + "区块链" + "乙" * 60, "区块链", "… " + "甲" * 38 + "«区块链»" + "乙" * 39 + " …"),
    ],
)
def test_words_around_a_hit(text, hits, words):
    assert marked(text, re.compile(hits)) == words


def test_a_hit_longer_than_the_room_is_shown_whole():
    words = marked("x " * 5 + "y" * 100 + " z" * 50, re.compile("y+"))
    assert "«" + "y" * 100 + "»" in words


@given(st.text(max_size=300), st.sampled_from(["a", "区", "ab", "[0-9]+", "e|ss"]))
@example("ﬁ" * 90, "fi")
def test_words_are_a_part_of_the_text(text, hits):
    words = marked(text, re.compile(hits))
    said = re.sub("^… | …$", "", re.sub("[«»]", "", words))
    whole = re.sub("[«»]", "", " ".join(text.split()))
    assert said in whole and len(said) <= AROUND + 2
    if re.search(hits, fold(" ".join(text.split()))):
        marks = re.search("«([^»]+)»", words)
        assert marks and re.search(hits, fold(marks[1]))


@given(st.characters())
def test_what_is_folded_stays_so(char):
    if unicodedata.category(char) != "Cs":
        assert fold(fold(char)) == fold(char)
