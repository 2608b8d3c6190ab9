"""The card of a row, letter by letter: in a terminal, and in a notebook, where nothing in it can run."""

from html.parser import HTMLParser

import pandas as pd
import pytest
from real_rows import SICHUAN, with_target

import metaverse_analysis as ma
from metaverse_analysis.measures.explanation import Explanation

LONG = "word " * 30 + "https://example.org/a-long-address-that-is-never-cut-in-two-" + "x" * 60 + "-and-more"
PAGE = {"publisher": "P", "kind": "company", "grade": 2}
SOURCES = pd.DataFrame(
    [
        {
            "source_id": "s1", "publisher": "A & B", "title": "It <is>", "published": "2023-09-20",
            "kind": "trade_press", "grade": 2, "is_copy": True, "host": "copy.example", "url": " https://example.org/?a='1'",
        },
        {"source_id": "s2", "title": "No address", "kind": "official", "grade": 4, "is_copy": False},
        {"source_id": "gone"},
        PAGE | {"source_id": "s4", "title": "Bad", "url": "javascript:alert('x')"},
        PAGE | {"source_id": "s5", "title": "Plain", "url": "http://example.org"},
    ]
).astype({"grade": "Int64"})  # fmt: skip
CARD = Explanation(
    "t<1>",
    "regional_targets",
    "A heading & more",
    [("Target", [("Label", "text <b>"), ("", "no label"), ("Empty", "")]), ("Long", [("Row", LONG.strip())])],
    SOURCES,
)


def test_in_a_terminal():
    address = LONG.split()[-1]
    assert str(CARD).split("\n") == [
        "A heading & more",
        "[regional_targets: t<1>]",
        "",
        "Target",
        "  Label: text <b>",
        "  no label",
        "  Empty:",
        "",
        "Long",
        "  Row: " + " ".join(["word"] * 18),
        "      " + " ".join(["word"] * 12),
        "      " + address,
        "",
        "Sources (5)",
        '  A & B: "It <is>"; 2023-09-20; trade press, grade 2; copy read at copy.example;',
        "      https://example.org/?a='1'",
        '  s2: "No address"; no date; official, grade 4',
        "  gone: no date; not in the sources",
        "  P: \"Bad\"; no date; company, grade 2; javascript:alert('x')",
        '  P: "Plain"; no date; company, grade 2; http://example.org',
    ]
    assert repr(CARD) == str(CARD)


def test_in_a_notebook():
    cell = "padding:1px 12px 1px 0;text-align:left;vertical-align:top"
    title = "text-align:left;font-weight:bold;padding:.3em 0 .1em"

    def row(label: str, text: str) -> str:
        return f"<tr><td style='{cell};opacity:.7'>{label}</td><td style='{cell}'>{text}</td></tr>"

    def table(caption: str, *rows: str) -> str:
        return f"<table style='margin:.4em 0'><caption style='{title}'>{caption}</caption>{''.join(rows)}</table>"

    link = "<a href='{}' rel='noopener noreferrer'>{}</a>".format
    assert CARD._repr_html_() == "".join(
        [
            "<div style='border:1px solid rgba(128,128,128,.4);border-radius:4px;padding:10px 14px;max-width:60em'>",
            "<b>A heading &amp; more</b><br><small>regional_targets: <code>t&lt;1&gt;</code></small>",
            table("Target", row("Label", "text &lt;b&gt;"), row("", "no label"), row("Empty", "")),
            table("Long", row("Row", LONG)),
            f"<div style='{title}'>Sources (5)</div><ol style='margin:0'>",
            "<li>",
            link("https://example.org/?a=&#x27;1&#x27;", "A &amp; B: &quot;It &lt;is&gt;&quot;"),
            " 2023-09-20; trade press, grade 2; copy read at copy.example</li>",
            "<li>s2: &quot;No address&quot;  no date; official, grade 4</li>",
            "<li>gone: &quot;&quot;  no date; not in the sources</li>",
            "<li>P: &quot;Bad&quot; javascript:alert(&#x27;x&#x27;) no date; company, grade 2</li>",
            f"<li>{link('http://example.org', 'P: &quot;Plain&quot;')} no date; company, grade 2</li>",
            "</ol></div>",
        ]
    )


def test_lines_are_wrapped_and_words_with_a_hyphen_stay_whole():
    words = " ".join(["word"] * 18)
    assert str(Explanation("i", "t", f"{words} half-wayward")) == f"{words}\nhalf-wayward\n[t: i]"
    card = Explanation("i", "t", "h", [("T", [("R", f"{words} half-wayward")])])
    assert str(card).split("\n")[-2:] == [f"  R: {words}", "      half-wayward"]


def test_a_row_without_sources_has_no_list_of_them():
    card = Explanation("i", "t", "h")
    assert str(card) == "h\n[t: i]"
    assert card._repr_html_().endswith("<b>h</b><br><small>t: <code>i</code></small></div>")


class Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.links = [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name == "href"]
        assert not [name for name, _ in attrs if name.startswith("on")]


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", " JavaScript:alert(1)", "data:text/html,x", "//evil.example"]
)
def test_nothing_in_the_card_can_run(ds, url):
    source = ds.regional_targets.set_index("target_id").source_ids[SICHUAN].split(";")[0]
    sources = ds.sources
    hit = sources.source_id == source
    sources = sources.assign(
        title=sources.title.mask(hit, "<script>alert(1)</script>"),
        publisher=sources.publisher.mask(hit, '"><img src=x onerror=alert(1)>'),
        url=sources.url.mask(hit, url),
    )
    ours = ds.with_tables(sources=sources).with_tables(
        regional_targets=with_target(
            ds, scope_note="<b onclick=x>", words_zh="</td><script>"
        ).regional_targets
    )
    page = ma.explain(ours, SICHUAN)._repr_html_()
    read = Links()
    read.feed(page)
    assert set(read.tags) <= {
        "div",
        "b",
        "br",
        "small",
        "code",
        "table",
        "caption",
        "tr",
        "td",
        "ol",
        "li",
        "a",
    }
    assert all(link.startswith(("http://", "https://")) for link in read.links)
    assert len(read.links) == len(ma.explain(ours, SICHUAN).sources) - 1
    assert "&lt;script&gt;" in page


def test_a_quote_cannot_end_an_address(ds):
    sources = ds.sources.assign(url="https://example.org/'onmouseover='alert(1)")
    read = Links()
    read.feed(ma.explain(ds.with_tables(sources=sources), SICHUAN)._repr_html_())
    assert set(read.links) == {"https://example.org/'onmouseover='alert(1)"}
