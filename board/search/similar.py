"""Questions like one that is being asked, or that is being read."""

from collections.abc import Sequence

from board.search import candidates
from board.search.analysing import everyday_words, function_words, stems
from board.search.finding import Result, results
from board.search.ranking import Ranked, ranked
from board.search.understanding import Asked, understand
from board.search.wanted import Wanted, all_of, terms

MOST = 5
SUGGESTED = 6
BODY = 600  # characters of a question's details that are looked at

# What is listed beside a question should be about the same thing: of the best score, and of what
# all words of a long message weigh together.
ALIKE, CLOSE = 0.5, 0.1


def similar(
    title: str, body: str = "", *, but: int | None = None, limit: int = MOST
) -> list[Result]:
    """The questions closest to this one; `but` is one not to name: the one that is being read."""
    text = f"{title}\n{body[:BODY]}"
    if not set(stems(text)) - function_words() - everyday_words():
        return []
    asked = understand(text)
    return results(_close(asked, but)[:limit], asked)


def suggested(typed: str) -> list[Result]:
    """The questions that a query may be about while it is still being typed."""
    if not set(stems(typed)) - function_words() - everyday_words():
        return []
    asked = understand(typed, still_typing=True)
    return results(_close(asked)[:SUGGESTED], asked)


def _close(asked: Asked, but: int | None = None) -> Sequence[Ranked]:
    if not asked.concepts:
        return []
    found = candidates.candidates(Wanted(terms(asked), all_of(asked)))
    in_order = ranked([each for each in found if each.question_id != but], asked)
    if not in_order:
        return []
    best = max(each.score for each in in_order)
    least = max(ALIKE * best, CLOSE * sum(concept.weight for concept in asked.concepts))
    return [each for each in in_order if each.score >= least]
