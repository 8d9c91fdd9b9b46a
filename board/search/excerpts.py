"""The passage of a text that says most about what was asked, its words marked."""

from collections.abc import Collection

from markupsafe import Markup, escape

from board.search.analysing import spans

LENGTH = 240
LEAD = 40


def excerpt(text: str, wanted: Collection[str]) -> tuple[Markup, int]:
    """The best passage of a text for these stems, and how many of them stand in it."""
    found = [(start, end, stem) for stem, start, end in spans(text) if stem in wanted]
    opening = {stem for start, _, stem in found if start < LENGTH}
    # An answer's beginning says most, unless another passage says clearly more.
    best, until, count = 0, 0, len(opening) + 1 if opening else 0
    for first, (start, end, _) in enumerate(found):
        inside = {stem for s, _, stem in found[first : first + LENGTH] if s < start + LENGTH}
        if len(inside) > count:
            best, until, count = start, end, len(inside)
    start = _beginning(text, best)
    passage = _cut(text, start, until)
    count = len({stem for stem, *_ in spans(passage) if stem in wanted})
    before = "…" if start else ""
    after = "…" if start + len(passage) < len(text.rstrip()) else ""
    return before + marked(passage, wanted) + after, count


def marked(text: str, wanted: Collection[str]) -> Markup:
    """The text safe for a page, its matching words in <mark>."""
    parts, done = [], 0
    for stem, start, end in spans(text):
        if stem in wanted:
            parts += [escape(text[done:start]), Markup("<mark>{}</mark>").format(text[start:end])]
            done = end
    return Markup("").join([*parts, escape(text[done:])])


def _beginning(text: str, match: int) -> int:
    """Where the passage begins: with the text, its sentence, or a few words before the match."""
    if match < LENGTH // 2:
        return 0
    sentence = max(text.rfind(end, match - LENGTH // 2, match) for end in (". ", "? ", "! ", "\n"))
    if sentence >= 0:
        return sentence + 1 + (text[sentence + 1 : sentence + 2] == " ")
    space = text.find(" ", match - LEAD, match)
    return space + 1 if space >= 0 else match - LEAD


def _cut(text: str, start: int, until: int) -> str:
    """So much of the text from there, cut between words after what it was chosen for."""
    if start + LENGTH >= len(text):
        return text[start:].rstrip()
    space = text.rfind(" ", max(start, until), start + LENGTH)
    return text[start : space if space > start else start + LENGTH].rstrip()
