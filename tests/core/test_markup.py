"""Markdown to safe HTML."""

import pytest
from hostile import INJECTIONS
from hypothesis import given, settings
from hypothesis import strategies as st
from markup_checks import problems

from board.core.markup import TAGS, Text, plain, render


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("**not** this", "<p><strong>not</strong> this</p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("3. c", '<ol start="3">\n<li>c</li>\n</ol>'),
        ("# Big", "<h3>Big</h3>"),
        ("###### Small", "<h6>Small</h6>"),
        ("~~old~~", "<p><s>old</s></p>"),
        (
            "https://x.example/a",
            '<p><a href="https://x.example/a" rel="nofollow noopener">https://x.example/a</a></p>',
        ),
    ],
)
def test_markdown_becomes_html(source, html):
    assert render(source) == html


def test_a_table_keeps_its_alignment_as_a_class():
    html = render("| a | b |\n| --- | ---: |\n| 1 | 2 |")
    assert '<td class="right">2</td>' in html
    assert "style" not in html


def test_a_number_with_a_point_is_no_link():
    assert "<a" not in render("Give 2.5mg.in the morning, see leaflet.pdf")


def test_a_picture_is_not_fetched():
    assert "<img" not in render("![x](https://elsewhere.example/x.png)")


@pytest.mark.parametrize("scheme", ["http", "https", "mailto"])
def test_links_may_go_there(scheme):
    assert 'rel="nofollow noopener"' in render(f"[x]({scheme}:a@b.example)")


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "&#106;avascript:alert(1)",
        "java\tscript:alert(1)",
        "//elsewhere.example",
        "ftp://x.example",
    ],
)
def test_links_may_not_go_there(address):
    assert "href" not in render(f"[x]({address})")
    assert "href" not in render(f"<{address}>")


@pytest.mark.parametrize("attempt", INJECTIONS)
def test_an_injection_is_inert(attempt):
    assert problems(render(attempt), whole=False) == []


@given(st.text())
@settings(max_examples=200)
def test_any_text_becomes_well_formed_html(source):
    html = render(source)
    assert problems(html, whole=False) == []
    assert "<script" not in html


def test_deep_nesting_is_cut_off():
    html = render("> " * 5000 + "deep")
    assert html.count("<blockquote>") <= 30


def test_every_tag_that_is_allowed_is_one_we_style():
    assert {"script", "style", "img", "iframe", "form", "input", "svg"}.isdisjoint(TAGS)


def test_text_is_rendered_once():
    text = Text.of("**a**")
    assert Text.of(text) is text
    assert text == "**a**"
    assert text.html == "<p><strong>a</strong></p>"


def test_a_text_far_too_long_for_any_post_is_not_rendered():
    assert Text.of("a " * 500_000).html == ""


def test_plain_words_of_html():
    assert plain("<p>a &lt;b&gt; <strong>c</strong>.</p>\n<p>d</p>") == "a <b> c. d"
    assert plain("<ul><li>one</li><li>two</li></ul>") == "one two"
