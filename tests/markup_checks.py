"""What every page that any test fetches has to have: free quality, for ever."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
LABELLED = {"input", "select", "textarea"}
NO_LABEL_NEEDED = {"hidden", "submit", "button"}
REFERRING = ("aria-labelledby", "aria-describedby", "aria-controls", "for", "list")


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    text: list[str] = field(default_factory=list)
    inside: list["Element"] = field(default_factory=list)

    def words(self) -> str:
        return "".join(self.text).strip()


class Reader(HTMLParser):
    """Reads a page into elements and notes what is badly nested."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.open: list[Element] = []
        self.problems: list[str] = []
        self.feed(html)
        self.close()
        self.problems += [f"<{element.tag}> is never closed" for element in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.problems.append(f"<{tag}> has an attribute twice")
        element = Element(tag, {name: value or "" for name, value in attrs}, inside=[*self.open])
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1].tag != tag:
            inside = self.open[-1].tag if self.open else "nothing"
            self.problems.append(f"</{tag}> closes nothing, or too early: inside <{inside}>")
            return
        self.open.pop()

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text.append(data)


def problems(html: str, *, whole: bool) -> list[str]:
    """What is wrong with a page, or with a part of one."""
    reader = Reader(html)
    found = reader.problems + _about_ids(reader) + _about_scripts(reader) + _about_names(reader)
    if whole:
        found += _about_page(html, reader) + _about_references(reader)
    return found


def _about_page(html: str, reader: Reader) -> list[str]:
    found = []
    if not html.lstrip().lower().startswith("<!doctype html>"):
        found.append("no doctype")
    for tag, many in (("h1", 1), ("title", 1), ("main", 1), ("html", 1)):
        elements = [element for element in reader.elements if element.tag == tag]
        if len(elements) != many:
            found.append(f"{len(elements)} <{tag}> instead of {many}")
        found += [f"an empty <{tag}>" for element in elements if not element.words()]
    if not any(
        element.tag == "html" and "lang" in element.attributes for element in reader.elements
    ):
        found.append("no language")
    return found


def _about_ids(reader: Reader) -> list[str]:
    ids = [element.attributes["id"] for element in reader.elements if "id" in element.attributes]
    return [f"the id {id} twice" for id in sorted({id for id in ids if ids.count(id) > 1})]


def _about_references(reader: Reader) -> list[str]:
    ids = {element.attributes.get("id") for element in reader.elements}
    return [
        f"<{element.tag} {name}={id}> refers to nothing"
        for element in reader.elements
        for name in REFERRING
        for id in element.attributes.get(name, "").split()
        if id not in ids
    ]


def _about_scripts(reader: Reader) -> list[str]:
    found = []
    for element in reader.elements:
        if element.tag == "style" or (element.tag == "script" and "src" not in element.attributes):
            found.append(f"an inline <{element.tag}>")
        for name, value in element.attributes.items():
            if name == "style" or name.startswith("on"):
                found.append(f"<{element.tag} {name}>")
            if value.strip().lower().startswith(("javascript:", "data:", "vbscript:")):
                found.append(f"<{element.tag} {name}={value[:20]}>")
            if name in ("src", "href") and value.startswith("//"):
                found.append(f"<{element.tag} {name}> leads to another site")
    return found


def _about_names(reader: Reader) -> list[str]:
    """Fields have labels, buttons and links have words, pictures have an alt."""
    labelled = {
        element.attributes.get("for") for element in reader.elements if element.tag == "label"
    }
    found = []
    for element in reader.elements:
        attributes = element.attributes
        if element.tag in LABELLED and attributes.get("type") not in NO_LABEL_NEEDED:
            in_label = any(outer.tag == "label" for outer in element.inside)
            if not (attributes.get("id") in labelled or in_label or "aria-label" in attributes):
                found.append(f"<{element.tag} name={attributes.get('name')}> has no label")
        if element.tag in ("button", "a", "summary", "label") and not (
            element.words() or "aria-label" in attributes
        ):
            found.append(f"an empty <{element.tag}>")
        if element.tag == "img" and "alt" not in attributes:
            found.append("an <img> without alt")
    return found
