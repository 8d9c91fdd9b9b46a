"""A name that a thing has: a Waldemar bag, the Henry vacuum, Bella the dog."""

import re

_THING = re.compile(
    r"^ the (?:[a-z-]{3,12} )?(?:dog|cat|robot|bot|app|system|bear|"
    r"machine|balloon|puppet|doll|mannequin|manikin|skeleton|pump|printer|trolley|mascot|clown)\b"
)
# How is a Waldemar bag fitted? Not the Smith baby, and not the Doris who was here.
_CALLED_SO = re.compile(r"\b(?:an?|the|another|each|every|any|no|our|your) $")
_NO_PERSON = re.compile(
    r"^ (?!(?:family|baby|babies|twins?|patient|pt|lady|gentleman|man|woman|boy|girl|relatives|"
    r"brothers?|sisters?|siblings|case|who|in|on|from|with|and|is|was|has|i|we|you)\b)[a-z]"
)


def is_a_thing(before: str, after: str) -> bool:
    """Whether what stands between these is called so, and is nobody."""
    return bool(_THING.match(after) or (_CALLED_SO.search(before) and _NO_PERSON.match(after)))
