"""What stands in the tables before anybody writes: the starter synonyms, and what is searched."""

from importlib.resources import files

from board.core.database import db
from board.people.models import CONSOLE
from board.search import analysing, rebuilding, synonyms
from board.upkeep.models import SiteFact
from board.upkeep.progress import Progress, silent

SYNONYMS_FACT = "starter_synonyms"
SEARCH_FACT = "search_analysis"


def furnish(say: Progress = silent) -> None:
    """Bring in the starter synonyms, once; make anew what is searched, if this version reads texts
    otherwise than the one that made it.
    """
    if db.session.get(SiteFact, SYNONYMS_FACT) is None:
        starter = files("board.search") / "language" / "synonyms.txt"
        synonyms.bring_in(CONSOLE, starter.read_text(encoding="utf-8").splitlines())
        db.session.add(SiteFact(name=SYNONYMS_FACT, value="1"))
        db.session.commit()
    if not is_furnished():
        rebuilding.rebuild(say)
        db.session.merge(SiteFact(name=SEARCH_FACT, value=analysing.VERSION))
        db.session.commit()


def is_furnished() -> bool:
    """Whether what is searched was made by this version's way to read a text."""
    fact = db.session.get(SiteFact, SEARCH_FACT)
    return fact is not None and fact.value == analysing.VERSION
