"""What it costs to ask where many watch, and to hold saved searches against it: `make fanout`.

The same question is asked where 5 people watch its tag, and where 5,000 do, in turns; then the
worker tells them. After that 1,000 saved searches are held against one new question, and twenty.
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path

from sqlalchemy import delete, func, insert, select

from board import create_app
from board.core import working
from board.core.database import db
from board.inbox import sifting, telling
from board.inbox.models import Notification, SavedSearch, Subscription, Telling
from board.people import joining
from board.people.models import CONSOLE, Person
from board.posts import asking
from board.tags import naming
from board.upkeep import founding

FEW, MANY = 5, 5_000
ROUNDS = 40
SEARCHES = 1_000
WORDS = (
    *("insulin", "pump", "alarm", "dressing", "catheter", "oxygen", "mask", "syringe", "fridge"),
    *("heparin", "warfarin", "printer", "handover", "discharge", "visitor", "isolation", "glove"),
    *("norovirus", "apron", "allergy", "potassium", "infusion"),
)


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="wardboard-fanout-") as place:
        app = create_app(Path(place), log_level="error")
        with app.app_context():
            founding.found(Path(place))
            asker = joining.add(CONSOLE, "asker", name="An Asker", role="member")
            crowd(MANY)
            ask_side_by_side(asker)
            tell(asker)
            sift(asker)
            db.session.remove()


def crowd(size: int) -> None:
    """People, the first few of whom watch the tag `few`, and all of whom watch the tag `many`."""
    people = [
        {"handle": f"p{number}", "name": f"Person {number}", "role": "member"}
        for number in range(size)
    ]
    ids = db.session.scalars(insert(Person).returning(Person.id), people).all()
    few, many = naming.tags_named(["few", "many"])
    db.session.flush()
    for tag, watchers in ((few, ids[:FEW]), (many, ids)):
        rows = [
            {"person_id": id, "kind": "tag", "target_id": tag.id, "level": "all"} for id in watchers
        ]
        db.session.execute(insert(Subscription), rows)
    db.session.commit()


def ask_side_by_side(asker: Person) -> None:
    """In turns, so that whatever else the machine does hits both alike."""
    times: dict[str, list[tuple[float, float]]] = {"few": [], "many": []}
    for number in range(ROUNDS):
        for tag, taken in times.items():
            started = clocks()
            ask(asker, f"Question {number}?", tag)
            taken.append(since(started))
    print(f"asking, median ms of {ROUNDS} each (and of the processor alone)")
    for tag, watchers in (("few", FEW), ("many", MANY)):
        wall, processor = (statistics.median(each) for each in zip(*times[tag], strict=True))
        print(f"  {watchers:5,} people watch  {wall:8.1f} ({processor:.1f})")
    db.session.execute(delete(Telling))
    db.session.commit()


def tell(asker: Person) -> None:
    """How long the worker takes to tell them all, and how long it holds the lock at a time."""
    before = told()
    ask(asker, "Who is told of this?", "many")
    batches = []
    while True:
        started = clocks()
        if telling.tell_watchers() == 0:
            break
        batches.append(since(started))
    print(f"telling {told() - before:,} people: {summed(batches)}")
    working.work("fanout")


def sift(asker: Person) -> None:
    """What saved searches cost the worker."""
    ids = list(db.session.scalars(select(Person.id).where(Person.handle.startswith("p"))))
    for number in range(SEARCHES):
        one, other = WORDS[number % len(WORDS)], WORDS[(number // len(WORDS) + 7) % len(WORDS)]
        search = SavedSearch(person_id=ids[number], name=f"s{number}", query=f"{one} {other}")
        db.session.add(search)
        db.session.flush()
        db.session.add(
            Subscription(person_id=ids[number], kind="search", target_id=search.id, level="all")
        )
    db.session.commit()
    for count in (1, 20):
        before = told()
        for number in range(count):
            word, other = WORDS[number % len(WORDS)], WORDS[(number + 9) % len(WORDS)]
            ask(asker, f"What about the {word} and the {other}, {number}?", "few")
        batches = []
        while True:
            started = clocks()
            if sifting.sift() == 0:
                break
            batches.append(since(started))
        print(
            f"{SEARCHES:,} saved searches, {count:2} new: {summed(batches)}, {told() - before} told"
        )


def ask(asker: Person, title: str, tag: str) -> None:
    asking.ask(asker, title, "With a line of details.", tag)
    db.session.commit()


def told() -> int:
    count = db.session.scalar(select(func.count()).select_from(Notification)) or 0
    db.session.commit()
    return count


def clocks() -> tuple[float, float]:
    return time.perf_counter() * 1000, time.process_time() * 1000


def since(started: tuple[float, float]) -> tuple[float, float]:
    """Milliseconds gone by, and those the processor worked for us: the machine may be shared."""
    wall, processor = clocks()
    return wall - started[0], processor - started[1]


def summed(batches: list[tuple[float, float]]) -> str:
    wall, processor = (sum(each) for each in zip(*batches, strict=True))
    longest = max(batch[0] for batch in batches)
    count = len(batches)
    return f"{wall:,.0f} ms ({processor:,.0f}) in {count} batches, the longest {longest:.0f} ms"


if __name__ == "__main__":
    sys.exit(main())
