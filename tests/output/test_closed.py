"""What asks another host or runs: told as a browser would take it, and nothing else."""

import pytest

from metaverse_analysis.output.closed import foreign_parts

ASKING = [
    "<script>alert(1)</script>", "<SCRIPT SRC=a.js>", "<iframe srcdoc=x>", "<object data=a.swf>", "<embed src=a>",
    "<base href='https://x.org/'>", "<form action=/x>", "<frame src=a>", "<applet code=a>",
    "<img src=https://x.org/a.png>", "<img src='//x.org/a.png'>", '<img src="http:x.org/a.png">',
    "<img src=http:/x/a.png>", "<img src='\\\\x.org\\a'>", "<img src='/\\x.org'>", "<img src=' //x.org/a'>",
    "<img src='ht\ntp://x.org/a'>", "<img src='&#104;ttp://x.org/a'>", "<img srcset='a.png 1x, //x.org/b.png 2x'>",
    "<img src=file:///etc/passwd>", "<img src=blob:x>", "<img src=a.png onerror=alert(1)>", "<p ONCLICK='x'>",
    "<video poster=//x.org/a>", "<audio src=https://x.org/a>", "<source srcset=https://x.org/a>",
    "<track src=//x.org/a>", "<input type=image src=//x.org/a>", "<body background=//x.org/a>",
    "<link rel=stylesheet href=//x.org/a.css>", "<link rel=prefetch href=https://x.org>",
    "<svg><image href=//x.org/a></svg>", "<svg><use xlink:href='https://x.org/a#b'></svg>",
    "<meta http-equiv=refresh content='0;url=https://x.org'>", "<a href=x ping=https://x.org>",
    "<button formaction=https://x.org>", "<html manifest=https://x.org>",
    "<style>@import 'a.css';</style>", "<style>p { background: url(//x.org/a) }</style>",
    "<style>p { background: u\\72l(//x.org/a) }</style>", "<p style='background:url(https://x.org/a)'>",
    "<p style='background-image: image-set(\"//x.org/a\" 1x)'>",
    "<a href='javascript:alert(1)'>", "<a href='java\nscript:alert(1)'>", "<a href='&#x6A;avascript:x'>",
    "<a href=vbscript:x>", "<a href='data:text/html,x'>", "<area href=file:///etc>",
]  # fmt: skip
QUIET = [
    "<p>url(//x.org) @import https://x.org &lt;script src=//x&gt; src=//a data=http://b",
    '<a href="https://x.org/share?src=https://y.org/1&data=//x">', "<a href='//x.org'>", "<a href=mailto:a@x.org>",
    "<a href='#top'>", "<a href='a.html?x=javascript:y'>", "<img src=a.png alt='src=//x @import url(//x)'>",
    "<img src='data:image/png;base64,AAAA'>", "<link rel=icon href='data:,'>", "<link rel=stylesheet href=a.css>",
    "<p title='onerror=x'>", "<p data-src='//x.org'>",
    "<style>p { background: url(a.png); color: red }</style>", "<p style='text-align: right;'>",
    "<!-- <script src=//x.org></script> -->", "<textarea>x</textarea>",
]  # fmt: skip


@pytest.mark.parametrize("part", ASKING)
def test_what_asks_or_runs_is_told(part):
    assert foreign_parts(f"<main>{part}</main>")


@pytest.mark.parametrize("part", QUIET)
def test_what_only_looks_like_it_is_not(part):
    assert foreign_parts(f"<main>{part}</main>") == []
