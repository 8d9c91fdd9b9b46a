"""A name that stands alone: Doris keeps climbing out of bed; any plan for Winston?"""

import re

from board.privacy import naming, vocabulary
from board.privacy.findings import Finding, Kind
from board.privacy.nursing import (
    AGED,
    BE_NURSED,
    GIVE,
    HIS_OR_HER,
    MAY,
    NURSED_AFTER,
    STRANGER_AFTER,
)
from board.privacy.reading import SENTENCE, Reading, Word
from board.privacy.things import is_a_thing
from board.privacy.vocabulary import any_of, mention_of, trace_of

_HE_OR_SHE = re.compile("he|hi[ms]")
_PRONOUN = re.compile(r"\b(?:he|she|his|her|him|hers)\b")
_SELDOM_ALONE = vocabulary.words("seldom_alone")
_SELDOM_WHISPERED = vocabulary.words("seldom_whispered")
_SELDOM_MENTIONED = vocabulary.words("seldom_mentioned")
# Who writes, and who is greeted: neither is nursed.
_ONESELF = re.compile(
    r"\b(?:i am|i'm|im|my name is|name's|this is|on behalf of|signed|love|with|wishes|near|at|"
    r"via|beside|by|me and|wait for|check with|according to|agree with|reply to|over to|"
    r"plus|saint|st|mount|per|asked|says|spoke to|is it(?: still| now)?|"
    r"(?<!line )(?<!cannula )(?<!drip )(?<!catheter )in|(?<!blood )(?<!bloods )(?<!gas )from|"
    r"(?:thanks|thank you|credit|kudos|shout ?out|well done|cheers)(?: \w{2,6}){0,2}) $|@$|"
    rf"\b(?:{any_of('departments')}|outreach|team) \($"
)
# Harold, 82, fell; but: Luca, could you look at this?
_SPOKEN_TO = re.compile(
    r"^, [^.?!\n]{0,60}\b(?:you|your|yours|please|thanks|thank|agreed?|unmark|remind|shall we)\b"
)
_OPENS = re.compile(r"(?:^|[.!?:\n])[ \"'(*>-]{0,4}$")
# What opens a sentence is a name where something is said of it, and not in "Rosa scan".
_SAID_OF = re.compile(
    r"^(?:[^\w\s]| ?[0-9(]| [a-z]\b| (?:[a-z]{2,12}(?:s|ed|n't|nt)|is|was|has|had|can|may|will|"
    r"must|should|could|would|does|did|on|in|with|for|post|pre|to|and|who|from|still|now|just|not|off|"
    r"due|nbm|npo|at|by|the|our|my|a|an|then|fell|got|went|came|took|ate|said|told|only|also|next|"
    r"always|never|again|went|bled|hit|lost|cut|bit|spat|ok|fit|septic|agitated|confused|awake|"
    r"asleep|under|day|back|out|up|or|as|re|if|about)\b)"
)
_SIGNED = re.compile(r"(?:^|[.!?,-]|\n) {0,3}$")
_NOTHING_FOLLOWS = re.compile(r"^[ .!x]{0,4}(?:\n|$)")
_ON_DUTY = re.compile(
    r"^(?:'s (?:answers?|posts?|comments?|questions?|ideas?|teaching|spreadsheet|posters?|desk|"
    r"locker|hour|check|wording|version|point|method|trick|tip|number|extension|ext|bleep|mobile|shift|workshop|leaving|party|birthday|cake|job|role|session|course|talk|template|checklist)\b|"
    r" here\b| on (?:nights|days|lates|earlies|shift|duty|call|switchboard|reception|the desk)\b|"
    r" (?:(?:is|was|are|will be|'s) (?:on|off|back|away) ?(?:leave|duty|shift|nights|days|annual|"
    r"holiday|call|sick|from leave|till|until)?|(?:still )?(?:covers?|teach\w{0,4}|runs?)|"
    r"leads?|wrote|made|fixed|knows|says?(?! (?:it|that)? ?(?:s?he|his|her|hurts)\b)|said|"
    r"emailed|posted|answered|replied|uploaded|trained|showed|updated|ordered|organis\w{2,3}|"
    r"retire[sd]?|starts|swaps?|swapped|will (?:cover|teach|run|bring|send|show))\b)|"
    r"^,? (?:and|but) s?he (?:sent|showed|told|gave|emailed|explained|lent|printed|sorted|rang) "
    r"(?:me|us|it|the)\b|"
    rf"^ (?:and|or|&) (?:i|me|the team|{any_of('staff')})\b"
)
_WHERE_DOES = re.compile(r"\bwhere (?:does|do|did|would) $")
_KEEP = re.compile(r"^ (?:keep|store|stock|hide|file|order|put) (?:the|our|all|those|these|that)\b")
_IN_BRACKETS = re.compile(r"\($"), re.compile(r"^\)")
_INITIAL = re.compile(r"^ [a-z]\b\.?(?=[,;:)?\n]|$)")
# What a list on a whiteboard says of a surname: Kowalczyk for CT.
_LISTED = re.compile(
    r"^(?:,| -)? (?:for|to|nbm for|awaiting|needs|off to) (?:an? )?(?:ct|mri|theatres?|scope|ogd|"
    r"colonoscopy|dialysis|cath lab|home|echo|x-?ray|uss?|endoscopy|discharge|rehab|angio\w{0,5}|"
    r"pci|bronch|icu|itu|hdu|bloods|cannula|transfusion)\b|"
    r"^,? (?:nbm|npo|septic|day [0-9]|new af|post ?op|off legs|desatting|spiking)\b"
)
_ALLOWED = re.compile(
    r"^ (?:still )?(?:allowed|ok|okay|safe|fit|able|due|ready) (?:to (?:eat|drink|go|have|sit|walk|"
    r"travel|fly|be|take|transfer|mobilise|leave|weight|step)|for|an?|any|his|her|out|up|home|oral|"
    r"thicken\w{2,3}|fluids?|food|tea|coffee|water|sips|ice|milk|normal|soft|diet|visitors)\b|"
    r"^ and (?:his|her)\b(?! (?:team|colleague|registrar|shift|ward))"
)
_DONE_TO = re.compile(
    r"\b(?:saw|sees?|seen|seeing|gave|gives?|giving|walk\w{0,3}|told|tell|mov\w{1,3}|review\w{0,3}|"
    r"wants?|hoist\w{0,3}|turn\w{0,3}|wash\w{0,3}|fed|feed|took|takes?|assess\w{0,3}|treat\w{0,3}|"
    r"sent|send|discharg\w{1,3}|clerk\w{0,3}|examin\w{1,3}|scan\w{0,4}|intubat\w{1,3}|let|"
    r"cannulat\w{1,3}|bled|consent\w{0,3}|prescrib\w{1,3}|stopped|started|help\w{0,3}|know why) "
    r"(?:\w{1,8} ){0,2}$"
)
_VALUE = re.compile(
    r"^,? (?:k\+?|na|hb|inr|crp|trop\w{0,4}|lactate|egfr|wcc|plts?|glucose|bm|bili\w{0,5}|ca|mg|"
    r"potassium|sodium|sats|news)(?: is| of|:|=)? ?[<>]?[0-9]"
)
_OF_PLURAL = re.compile(rf"^ (?:{any_of('kin')}|{any_of('care')})\b")
_IN_AN_ADDRESS = re.compile(r"[@./_=:\\]")  # anna.k@trust.example
_ADDRESS_GOES_ON = re.compile(r"^(?:[@_/=]|\.\w)")
_NEAR_STAFF = 30


def find(reading: Reading, index: int, word: Word) -> Finding | None:
    """A given name, or a surname that does what only people do."""
    if len(word.text) < 3:
        return None
    if _is_possessive(word) and _OF_PLURAL.match(reading.after(word.end)):
        return _finding(word.start, word.end, 0.45, "a name without its apostrophe, and care")
    if word.is_capitalised and word.lower in _SELDOM_ALONE:  # Hope keeps pulling her line
        does = STRANGER_AFTER.match(reading.after(word.end))
        return _finding(word.start, word.end, 0.5, "a name alone, and care") if does else None
    if not _may_stand_alone(word):
        return None
    if _is_nursed(reading, word):
        return _finding(word.start, word.end, 0.5, "a name alone, and care")
    if naming.is_given(word) and _is_mentioned(reading, index, word):
        return _finding(word.start, word.end, 0.45, "a given name alone")
    return None


@naming.once
def _is_possessive(word: Word) -> bool:
    """enids daughter, Arthurs wife; not James, who is one by himself."""
    name = word.lower[:-1]
    if not word.lower.endswith("s") or len(name) < 4 or naming.is_listed(word):
        return False
    return vocabulary.is_given(name) and not vocabulary.is_everyday(word.lower)


@naming.once
def _may_stand_alone(word: Word) -> bool:
    if not word.is_capitalised:
        return vocabulary.is_given(word.lower)
    if vocabulary.is_given(word.lower) or naming.is_known(word):
        return True
    return not word.is_shouted and naming.is_strange(word)


def _is_nursed(reading: Reading, word: Word) -> bool:
    """Whether what is said of this word is said of a person in a bed."""
    before, after = reading.before(word.start, 10), reading.after(word.end)
    if GIVE.search(before) and HIS_OR_HER.match(after):
        return True
    if not vocabulary.is_given(word.lower):
        told = AGED.match(after) or _LISTED.match(after) or _VALUE.match(after)
        return bool(STRANGER_AFTER.match(after) or (_is_surname(word) and told))
    if not word.is_capitalised and not naming.is_given(word):
        return False
    if NURSED_AFTER.match(after) or _ALLOWED.match(after) or _LISTED.match(after):
        return True
    if MAY.search(before) and BE_NURSED.match(after):
        return True
    return naming.is_given(word) and _is_one(reading, word)


def _is_surname(word: Word) -> bool:
    return naming.is_known(word) and not vocabulary.is_eponym(word.lower)


def _is_one(reading: Reading, word: Word) -> bool:
    """Whether the rest of the sentence is about him or her, and not about work."""
    told = reading.may_mention(_HE_OR_SHE, word.end, word.end + SENTENCE)
    if not (told and _PRONOUN.search(reading.sentence_after(word.end))):
        return False
    return not (_ON_DUTY.match(reading.after(word.end)) or _is_at_work(reading, word))


def _is_at_work(reading: Reading, word: Word) -> bool:
    near = reading.may_mention(trace_of("work"), word.start - SENTENCE, word.end + SENTENCE)
    return near and bool(mention_of("work").search(reading.sentence(word.start, word.end)))


def _is_mentioned(reading: Reading, index: int, word: Word) -> bool:
    """Whether a given name stands in a sentence that speaks of no colleague and of no thing."""
    if not _may_be_mentioned(word) or _is_part(reading, index):
        return False
    before, after = reading.before(word.start), reading.after(word.end, 70)
    if _IN_AN_ADDRESS.search(before[-1:]) or _ADDRESS_GOES_ON.match(after):
        return False
    if not (word.is_capitalised or _is_whispered(word, before, after)):
        return False
    if word.is_shouted and not reading.is_shouted:
        return False
    if _is_a_writers(before, after) or _ON_DUTY.match(after) or is_a_thing(before, after):
        return False
    if _WHERE_DOES.search(before) and _KEEP.match(after):
        return False
    near = word.start - _NEAR_STAFF, word.end + _NEAR_STAFF
    if reading.may_mention(trace_of("staff"), *near) and _is_among_staff(before, after):
        return False
    return not _is_at_work(reading, word)


def _is_a_writers(before: str, after: str) -> bool:
    """Whether somebody gives their own name, signs, thanks or speaks to a colleague."""
    if _ONESELF.search(before[-30:]):
        return True
    if _OPENS.search(before[-6:]) and (not _SAID_OF.match(after) or _SPOKEN_TO.match(after)):
        return True
    return bool(_SIGNED.search(before[-4:]) and _NOTHING_FOLLOWS.match(after[:6]))


def _is_among_staff(before: str, after: str) -> bool:
    """Whether a colleague's title is near, unless that colleague does something to a patient."""
    staff = after[:_NEAR_STAFF]
    if not _DONE_TO.search(before):  # the physio saw Marjorie
        staff = f"{before[-_NEAR_STAFF:]} , {staff}"
    return bool(mention_of("staff").search(staff))


@naming.once
def _may_be_mentioned(word: Word) -> bool:
    if word.lower in _SELDOM_MENTIONED or vocabulary.is_eponym(word.lower):
        return False
    parts = word.text.split("-")  # neither the VI-related myopathy nor MABs
    alike = len({part[:1].isupper() for part in parts}) == 1
    if word.is_shouted and len(word.text) > 4:
        return True
    return alike and all(part[1:].islower() for part in parts)


def _is_whispered(word: Word, before: str, after: str) -> bool:
    """Whether a name in lower case stands as names do: doris, (ryan), svetlana m."""
    if before[-1:] not in ("", " ", "(", "\n"):
        return False
    opened, closed = _IN_BRACKETS
    marked = (opened.search(before) and closed.match(after)) or _INITIAL.match(after)
    return bool(marked) or word.lower not in _SELDOM_WHISPERED


def _is_part(reading: Reading, index: int) -> bool:
    """Whether it is one word of something with a name of its own: Jackson Pratt, Tiny Tim."""
    words = reading.words
    if naming.is_adjacent(reading, index + 1, (" ", "-", "'s ", " ' ")):
        following = words[index + 1]
        if following.lower in ("de", "du", "von", "van"):
            return True
        if following.is_capitalised and len(following.text) > 1 and not following.is_shouted:
            return True
    if not naming.is_adjacent(reading, index, (" ", "-", ". ")):
        return False
    previous = words[index - 1]
    opens = reading.text[: previous.start].rstrip(" \t'\"(")[-1:] in ("", ".", "!", "?", "\n", ":")
    everyday = vocabulary.is_everyday(previous.lower) and opens
    return previous.is_capitalised and not everyday and not previous.is_shouted


def _finding(start: int, end: int, confidence: float, why: str) -> Finding:
    return Finding(Kind.NAME, start, end, confidence, why, "the patient")
