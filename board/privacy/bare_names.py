"""Names that nothing announces: two words that are a name, or one that is being nursed."""

import re
from collections.abc import Iterator

from board.privacy import naming, vocabulary
from board.privacy.colleagues import is_colleague
from board.privacy.findings import Finding, Kind
from board.privacy.policy import Policy
from board.privacy.reading import Reading, Word

_SINGLE_AFTER = re.compile(
    r"^(?:'s (?:mum|mom|mother|father|dad|family|parents?|daughter|son|wife|husband|partner|sister|"
    r"brother|carers?|relatives?|visitors?|drug chart|chart|meds|medicines|bloods?|catheter|"
    r"cannula|care|obs|notes|dressings?|insulin|line|feed|ng|stoma|wound|next of kin|nok|discharge|"
    r"temp|sats|bp|blood|skin|pain|leg|legs|hip|bed|drain|peg|picc|inr|potassium|sugars?|"
    r"consent|capacity|results?|scan|surgery|operation|ct|mri|biopsy|chemo|warfarin|allerg\w{1,4}|"
    r"condition|behaviour|breathing|glasses|dentures?|hearing aids?|wristband|funeral|body)\b|"
    r",? (?:who is |is |who's )?(?:in|from|by|on|near) (?:the |our )?(?:\w{3,6} )?(?:bed|bay|side ?room|room|corner|cubicle|window|ward|chair)\b|"
    r",? \(?(?:aged? [0-9]{1,3}\b|[0-9]{1,3} (?:days|weeks|months) old|[0-9]{1,3} ?(?:yo|y/o|yrs?|years?|months?|m|f)\b)|,? \(?(?:dob|d\.o\.b|nhs|mrn|hosp)\b|"
    r" (?:keeps|kept|refuses|refused|refusing|is refusing|fell|has fallen|had a fall|pulled|has pulled|won't|will not|"
    r"wandered|wanders|died|has died|passed away|vomited|deteriorated|desaturat\w{2,4}|is desaturating|"
    r"complains|is complaining|hates|is nbm|is npo|is nil by mouth|is allergic|is confused|is in pain|"
    r"is agitated|is aggressive|is bleeding|is vomiting|is septic|is hypo|is peri|is unwell|"
    r"is on (?:iv|warfarin|oxygen|\w{4,15}(?:in|ol|am|ide|ine|il|an))\b|"
    r"needs (?:a |an |his |her |some |two |help |more |to be )?(?:hoist\w{0,3}|catheter|cannula|feed\w{0,3}|bloods|scan|commode|turning|suction|"
    r"insulin|oxygen|analgesia|mittens|sedation|sedating|chaplain|interpreter|one to one|1:1|"
    r"nebs?|ct|mri|bath|wash|dressing|transfusion|unit|units)|"
    r"wants (?:to (?:go home|die|leave|self|sleep|see)|his|her)|has (?:a |an )?(?:temp|news|new|pressure|low|high|"
    r"pulled|fallen|no (?:capacity|iv|access|veins)|not (?:opened|eaten|passed|slept)|gone to|been (?:sick|admitted|refusing|given|nbm|nil))|"
    r"was (?:admitted|found|sick|given|transferred|discharged|told (?:he|she))|is (?:a )?(?:[0-9]{1,3}|type [12])|"
    r"speaks (?:no|only|little)|lives|takes (?:his|her)|lost (?:his|her)|spiked|has gone|cannot (?:swallow|open|walk|stand|see|hear)|can't (?:swallow|open|walk|stand|see|hear)))"
)
_SINGLE_ASKED = re.compile(r"\b(?:can|should|may|could|does|will|is|must|shall) $")
_SINGLE_ASKED_AFTER = re.compile(
    r"^ (?:(?:still )?(?:have|take|get|eat|drink|keep|need|be given|be|go|allowed)) "
    r"(?:his|her|home|crushed|an? (?:scan|mri|ct|bath|feed|catheter)|to (?:eat|drink|go|be)|discharged|fed|moved|given|safe|nbm|well)\b"
)
_RATHER_WORDS = frozenset("will may mark grace art guy june april august jan faith hope".split())
_STRANGE_AFTER = re.compile(
    r"^(?:'s (?:mum|mom|mother|father|dad|family|daughter|son|wife|husband|partner|next of kin|nok)\b|"
    r" (?:(?:is )?(?:refusing|complaining|wandering)|refuses|refused|fell|pulled|has pulled|vomited|"
    r"wandered|complains|lost (?:his|her)|takes (?:his|her)|wants (?:to (?:go|leave|die|see)|his|her)|"
    r"keeps (?:asking|pulling|getting|trying|taking|climbing|falling|wandering|shouting|crying|"
    r"refusing|vomiting|forgetting|saying|spitting|hitting|kicking)|won't (?:eat|drink|take|let|keep))\b)"
)
_HOUSEHOLD = re.compile(r"^(?:'s?)? (?:family|twins?|triplets|baby|parents|newborn)\b")
_INITIALLED_AFTER = re.compile(r"^(?:'s\b| (?:has|is|was|needs|wants|keeps|fell|for|due)\b)")
_NURSED = re.compile(r"\b(?:he|she|his|her|him|hers)\b")
_AT_WORK = re.compile(
    r"\b(?:rota|shifts?|training|leaflet|guideline|taught|teach\w{0,3}|team|wrote|written|works?|"
    r"manager|office|email|study|novel|book|theory|award|speech|news|said|says|colleague)\b"
)


def find(reading: Reading, policy: Policy) -> Iterator[Finding]:
    """Given name and surname, turned round, an initial and a surname, a household, one alone."""
    for index, word in enumerate(reading.words):
        if len(word.text) > 1:
            yield from _given_and_family(reading, index, word, policy)
            yield from _turned_round(reading, index, word, policy)
            yield from _initialled(reading, index, word, policy)
            yield from _household(reading, word, policy)
            yield from _alone(reading, word, policy)


def _given_and_family(
    reading: Reading, index: int, word: Word, policy: Policy
) -> Iterator[Finding]:
    """Jane Smith, jane smith."""
    if not vocabulary.is_given(word.lower.split("-")[0]) or _is_continued(reading, index):
        return
    end = naming.goes_on(reading, index)
    if end - index < 2 or not _is_pair(word, reading.words[index + 1 : end]):
        return
    stop = reading.words[end - 1].end
    if not is_colleague(reading, word.start, stop, policy, titled=False):
        yield Finding(Kind.NAME, word.start, stop, 0.6, "a given name and a surname", "the patient")


def _is_continued(reading: Reading, index: int) -> bool:
    """Whether the name began with the word before, or that is a doctor's title."""
    if not naming.is_adjacent(reading, index, (" ", ". ", "-")):
        return False
    return reading.words[index - 1].lower in naming.TITLES


def _is_pair(first: Word, others: list[Word]) -> bool:
    last = others[-1]
    if len(last.text) == 1 and len(others) == 1:
        return False
    if naming.is_given(first):
        return first.is_capitalised == last.is_capitalised or last.is_capitalised
    return first.is_capitalised and last.is_capitalised and naming.is_known(last)


def _turned_round(reading: Reading, index: int, word: Word, policy: Policy) -> Iterator[Finding]:
    """Smith, Alan and OKONJO, Blessing."""
    if not naming.is_adjacent(reading, index, (", ",)) or not word.is_capitalised:
        return
    family = reading.words[index - 1]
    opens = reading.text[: family.start].rstrip(" \t")[-1:] in ("", "\n")
    given = vocabulary.is_given(word.lower.split("-")[0])
    if not (family.is_capitalised and (given or (opens and naming.is_strange(word)))):
        return
    if not (naming.is_known(family) or naming.is_strange(family)):
        return
    sure = family.is_shouted or (naming.is_given(word) and not naming.is_given(family))
    sure = sure or naming.is_known(family)
    listed = re.match(r"^(?:,| and| or| &)", reading.after(word.end, 5)) and not family.is_shouted
    if (
        sure
        and not listed
        and not is_colleague(reading, family.start, word.end, policy, titled=False)
    ):
        yield Finding(
            Kind.NAME, family.start, word.end, 0.75, "a surname and a given name", "the patient"
        )


def _initialled(reading: Reading, index: int, word: Word, policy: Policy) -> Iterator[Finding]:
    """K. Mensah has, K Mensah's bloods."""
    if not naming.is_adjacent(reading, index, (" ", ". ", ".")) or not naming.is_known(word):
        return
    initial = reading.words[index - 1]
    if len(initial.text) > 1 or initial.is_capitalised != word.is_capitalised:
        return
    if initial.lower in ("a", "i") and not word.is_capitalised:
        return
    if not _INITIALLED_AFTER.match(reading.after(word.end)):
        return
    if not is_colleague(reading, initial.start, word.end, policy, titled=False):
        why = "an initial and a surname"
        yield Finding(Kind.NAME, initial.start, word.end, 0.5, why, "the patient")


def _household(reading: Reading, word: Word, policy: Policy) -> Iterator[Finding]:
    """The Patterson twins, the Smith baby."""
    if word.is_capitalised and naming.is_known(word) and _HOUSEHOLD.match(reading.after(word.end)):
        if not is_colleague(reading, word.start, word.end, policy, titled=False):
            yield Finding(Kind.NAME, word.start, word.end, 0.5, "a family's name", "[name]")


def _alone(reading: Reading, word: Word, policy: Policy) -> Iterator[Finding]:
    """Doris keeps climbing out of bed; can Reginald have his scan."""
    if len(word.text) < 3 or not _may_be_alone(word):
        return
    if not _is_nursed(reading, word):
        return
    if not is_colleague(reading, word.start, word.end, policy, titled=False):
        why = "a name alone, and care"
        yield Finding(Kind.NAME, word.start, word.end, 0.5, why, "the patient")


def _is_nursed(reading: Reading, word: Word) -> bool:
    """Whether what is said of this word is said of a person in a bed."""
    after = reading.after(word.end)
    if not vocabulary.is_given(word.lower):
        return bool(_STRANGE_AFTER.match(after))
    if _SINGLE_AFTER.match(after):
        return True
    if _SINGLE_ASKED.search(reading.before(word.start, 10)) and _SINGLE_ASKED_AFTER.match(after):
        return True
    around = reading.sentence(word.start, word.end)
    return (
        word.is_capitalised
        and naming.is_given(word)
        and bool(_NURSED.search(reading.sentence_after(word.end)))
        and not _AT_WORK.search(around)
    )


def _may_be_alone(word: Word) -> bool:
    if word.is_capitalised and word.lower not in _RATHER_WORDS:
        return vocabulary.is_given(word.lower) or naming.is_strange(word)
    return naming.is_given(word)
