"""Markdown to safe HTML, once, when somebody writes. Nothing is rendered when somebody reads.

Raw HTML is not part of our Markdown, pictures are not fetched, links go to http, https and mailto
only. What markdown-it makes is sanitized by bleach all the same: two nets, one above the other.
"""

import re
from collections.abc import Sequence
from html import unescape
from threading import local
from typing import Any

import bleach
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from board.core.text import tidy

TAGS = frozenset(
    [
        "a",
        "blockquote",
        "br",
        "code",
        "em",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "ol",
        "p",
        "pre",
        "s",
        "strong",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
ATTRIBUTES = {"a": ["href", "rel", "title"], "ol": ["start"], "td": ["class"], "th": ["class"]}
PROTOCOLS = frozenset({"http", "https", "mailto"})

# linkify-it and bleach keep what they are working on in themselves: one of each for every thread.
_own = local()
# More than any deed accepts: rendering it would only keep others waiting.
LONGEST = 100_000

_INLINE = re.compile(r"</?(?:a|code|em|s|strong)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
_SPACES = re.compile(r"\s+")
_ALIGNED = re.compile(r"text-align:(left|center|right)")


class Text(str):
    """What a person wrote, with its HTML made along with it.

    A view makes it before the first statement of a write, so that no rendering holds the writer's
    lock. A deed takes any `str` and asks `Text.of`, which costs nothing for a `Text`.
    """

    __slots__ = ("html",)
    html: str

    @classmethod
    def of(cls, source: str) -> "Text":
        """The tidy source with its HTML; the same object when it already is a `Text`."""
        if isinstance(source, Text):
            return source
        text = cls(tidy(source).strip())
        text.html = render(text)
        return text


def render(source: str) -> str:
    """Sanitized HTML of this Markdown; empty for more than any post may hold."""
    if len(source) > LONGEST:
        return ""
    if not hasattr(_own, "markdown"):
        _own.markdown, _own.cleaner = _make_markdown(), _make_cleaner()
    html: str = _own.cleaner.clean(_own.markdown.render(source))
    return html.strip()


def plain(html: str) -> str:
    """The words of our own sanitized HTML, on one line."""
    return _SPACES.sub(" ", unescape(_TAG.sub(" ", _INLINE.sub("", html)))).strip()


def _make_markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False, "linkify": True, "maxNesting": 20})
    markdown.enable(["table", "linkify", "strikethrough"]).disable(["image"])
    # Only what is written as an address becomes a link: "2.5mg.in" is not a web site.
    markdown.linkify.set({"fuzzy_link": False, "fuzzy_email": False})  # type: ignore[union-attr]
    markdown.validateLink = _is_safe_link  # type: ignore[method-assign]
    markdown.add_render_rule("link_open", _link_open)
    for name in ("heading_open", "heading_close"):
        markdown.add_render_rule(name, _heading)
    for name in ("th_open", "td_open"):
        markdown.add_render_rule(name, _cell_open)
    return markdown


def _make_cleaner() -> bleach.Cleaner:
    return bleach.Cleaner(tags=TAGS, attributes=ATTRIBUTES, protocols=PROTOCOLS, strip=True)


def _is_safe_link(url: str) -> bool:
    return url.split(":", 1)[0].lower() in PROTOCOLS


def _link_open(
    self: Any, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    tokens[index].attrSet("rel", "nofollow noopener")
    return str(self.renderToken(tokens, index, options, env))


def _heading(
    self: Any, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    """A page has one h1 and its sections have h2: what people write begins below them."""
    token = tokens[index]
    token.tag = f"h{min(int(token.tag[1]) + 2, 6)}"
    return str(self.renderToken(tokens, index, options, env))


def _cell_open(
    self: Any, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    """Alignment as a class: the content security policy allows no style attribute."""
    token = tokens[index]
    if found := _ALIGNED.search(str(token.attrs.pop("style", ""))):
        token.attrSet("class", found[1])
    return str(self.renderToken(tokens, index, options, env))
