"""Feeds in Atom (RFC 4287)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree

ATOM = "http://www.w3.org/2005/Atom"
KIND = "application/atom+xml"


@dataclass(frozen=True)
class Entry:
    """One question: what never changes, what it is called, where it is."""

    id: str
    title: str
    address: str
    published: datetime
    updated: datetime


@dataclass(frozen=True)
class Feed:
    """A feed about itself, and its entries."""

    id: str
    title: str
    author: str
    address: str
    page: str
    updated: datetime
    entries: Iterable[Entry]


def lasting_id(board: str, thing: str) -> str:
    """An id that stays, even when the board moves to another name: `urn:uuid:…`."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'wardboard:{board}/{thing}')}"


def rendered(feed: Feed) -> bytes:
    """The feed as a document."""
    root = ElementTree.Element("feed", xmlns=ATOM)
    _text(root, "id", feed.id)
    _text(root, "title", feed.title)
    _text(root, "updated", _moment(feed.updated))
    _text(ElementTree.SubElement(root, "author"), "name", feed.author)
    ElementTree.SubElement(root, "link", rel="self", type=KIND, href=feed.address)
    ElementTree.SubElement(root, "link", rel="alternate", type="text/html", href=feed.page)
    for each in feed.entries:
        entry = ElementTree.SubElement(root, "entry")
        _text(entry, "id", each.id)
        _text(entry, "title", each.title)
        ElementTree.SubElement(entry, "link", rel="alternate", type="text/html", href=each.address)
        _text(entry, "published", _moment(each.published))
        _text(entry, "updated", _moment(each.updated))
    document: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return document


def _text(parent: ElementTree.Element, name: str, words: str) -> None:
    ElementTree.SubElement(parent, name).text = "".join(filter(_may_stand_in_xml, words))


def _may_stand_in_xml(letter: str) -> bool:
    return letter >= " " and letter not in "\ufffe\uffff"


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
