"""What a reader types, as phrases, and what each phrase finds."""

import re

import pytest
from hypothesis import given, strategies as st

from metaverse_analysis.measures.search_text import fold
from metaverse_analysis.measures.search_words import (
    any_of,
    beginning,
    canonical,
    phrase_of,
    read_query,
    whole_name,
    without_form,
    words,
)


@pytest.mark.parametrize(
    ("query", "phrases"),
    [
        ("blockchain", [("blockchain",)]),
        ("  Blockchain   PARK ", [("blockchain",), ("park",)]),
        ("park parks park", [("park",), ("parks",)]),
        ('"digital human" park', [("digital", "human"), ("park",)]),
        ("“digital human”", [("digital", "human")]),
        ("「数字 藏品」", [("数字", "藏品")]),
        ('"digital human', [("digital",), ("human",)]),  # left open
        ("cross-chain R&D", [("cross", "chain"), ("r", "d")]),
        ("VR产业", [("vr", "产业")]),
        ("區塊鏈", [("区块链",)]),
        ("2025", [("2025",)]),
        (".*", None),
        ("", None),
        ('""', None),
        ("a", None),
        ("链", None),
        ("a b", [("a",), ("b",)]),
        (None, None),
        (5, None),
        (["blockchain"], None),
        ("word " * 41, None),
    ],
)
def test_queries(query, phrases):
    if phrases is not None:
        assert read_query(query) == phrases
        return
    with pytest.raises(ValueError, match="a search takes"):
        read_query(query)


@pytest.mark.parametrize(
    ("query", "text", "is_found"),
    [
        ("park", "Industrial parks", True),
        ("parks", "An industrial park", True),
        ("park", "spark", False),
        ("park", "parking lot", True),
        ("park", "Parkinson", False),  # four letters: endings only
        ("standard", "standardisation", True),
        ("standardization", "Standardisation of terms", True),
        ("organisation", "the organization", True),
        ("subsidy", "subsidies", True),
        ("subsidies", "one subsidy", True),
        ("city", "two cities", True),
        ("boxes", "a box", True),
        ("businesses", "a business", True),
        ("news", "new", False),
        ("ethics", "ethical", True),
        ("AI", "AI-generated", True),
        ("AI", "aims", False),
        ("NFT", "NFTs", True),
        ("NFTs", "an NFT", True),
        ("VR", "VR产业规模", True),
        ("VR", "元宇宙VR", True),
        ("web3", "Web3.0", True),
        ("2025", "(2023-2025)", True),
        ("2025", "20251", False),
        ("meta", "metaverse", False),
        ("区块链", "关于区块链技术", True),
        ("区块链", "区块 链", False),
        ('"digital human"', "Digital-human guides", True),
        ('"digital human"', "digital humans", True),
        ('"digital humans"', "digital human", True),
        ('"digital human"', "digital and human", False),
        ('"digital human"', "human digital", False),
        ("cross-chain", "cross chain", True),
        ("cross-chain", "crosschain", False),
        ("R&D", "R & D", True),
        ("VR产业", "VR 产业", True),
        ("[a-z]+x", "[a-z]+x", True),
        ("[a-z]+x", "lax", False),
    ],
)
def test_what_a_phrase_finds(query, text, is_found):
    expressions = [words(phrase).expression for phrase in read_query(query)]
    assert all(expression.search(fold(text)) for expression in expressions) is is_found


@given(st.text(max_size=60))
def test_every_phrase_finds_the_text_that_it_is_from(text):
    """At one of the literals, as a column looks for it."""
    folded, phrase = fold(text), phrase_of(text)
    assert "".join(phrase) == "".join(re.findall(r"[^\W_]", folded))
    if phrase:
        finder = words(phrase)
        simple = " ".join(phrase)
        assert any(
            finder.expression.match(simple, simple.find(literal))
            for literal in finder.literals
            if literal in simple
        )
        assert any_of([phrase]).search(simple)


@pytest.mark.parametrize(
    ("name", "cell", "is_it"),
    [
        ("Peking", "Beijing;Peking;北京", True),
        ("Peking", "Peking University", False),
        ("University", "Peking University", False),
        ("Huangpu", "Huangpu (Shanghai)", True),
        ("Huawei", "Huawei Technologies Co., Ltd", True),
        ("Ant Group", "Ant Group", True),
        ("Ant", "Ant Group", True),
        ("北京", "Peking;北京", True),
        ("北京", "北京大学", False),
        ("Xinhua", "Other\nXinhua\nThird", True),  # a cell of a column
    ],
)
def test_whole_names(name, cell, is_it):
    assert bool(whole_name(phrase_of(name)).expression.search(fold(cell))) is is_it


def test_beginnings():
    assert beginning(("huawei",)).expression.search("huawei technologies")
    assert beginning(("成都",)).expression.search("other\n成都市")
    assert not beginning(("tech",)).expression.search("huawei technologies")
    assert not beginning(("hua",)).expression.search("huawei technologies")


def test_forms_of_a_firm_are_left_out():
    assert without_form(("tencent", "holdings", "ltd")) == ("tencent",)
    assert without_form(("group",)) == ("group",)


def test_singular_and_plural_are_one():
    for one, other in [
        ("subsidy", "subsidies"),
        ("park", "parks"),
        ("nft", "nfts"),
        ("standardisation", "standardizations"),
    ]:
        assert canonical((one,)) == canonical((other,))
    assert canonical(("new",)) != canonical(("news",))
