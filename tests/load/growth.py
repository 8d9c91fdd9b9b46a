"""What a search costs as the board grows: `make search-growth MEDQUAD=path`.

One board grows to 10,000, 100,000 and 1,000,000 questions whose texts are resampled from MedQuAD.
At each size the same queries are timed: common words, rare words, long messages, misspelled words,
and beside them the same words as a bare ranked FTS5 query.
"""

import argparse
import csv
import gzip
import json
import random
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import text

from board import create_app
from board.core.database import db, reading
from board.search.analysing import function_words, stems
from board.search.finding import find
from board.search.similar import similar
from board.upkeep import founding, importing, progress

SIZES = (10_000, 100_000, 1_000_000)
QUERIES = Path(__file__).parent.parent / "search" / "queries.tsv"
TIMES = 3

COMMON = [
    "treatment",
    "what are the symptoms",
    "disease causes",
    "treatment of cancer",
    "blood pressure",
    "side effects of medicine",
    "pain",
    "syndrome",
    "how is it inherited",
    "risk of diabetes",
]

BARE = text("SELECT rowid FROM search_index WHERE search_index MATCH :query ORDER BY rank LIMIT 10")


class Source:
    """Questions whose sentences were drawn from the collection; the same ones in every run."""

    def __init__(self, medquad: Path) -> None:
        self.random = random.Random(2017)
        with gzip.open(medquad, "rt", encoding="utf-8") as lines:
            told = [json.loads(line) for line in lines]
        self.questions = [each for each in told if each["title"]]
        self.sentences = [
            sentence
            for each in told
            for answer in each["answers"]
            for sentence in re.split(r"(?<=[.?!])\s+", answer["body"][:2_000])
            if 20 < len(sentence) < 300
        ]

    def write(self, file: Path, numbers: range) -> None:
        with file.open("w", encoding="utf-8") as lines:
            for number in numbers:
                lines.write(json.dumps(self._question(number)) + "\n")

    def _question(self, number: int) -> dict[str, Any]:
        model = self.random.choice(self.questions)
        answers = [{"body": " ".join(self.random.choices(self.sentences, k=4))}]
        return {
            "id": f"resampled-{number}",
            "title": f"{model['title'][:150]} {' '.join(self._words(2))}",
            "body": self.random.choice(self.sentences),
            "tags": model["tags"],
            "synonyms": model["synonyms"][:3],
            "answers": answers if model["answers"] else [],
        }

    def _words(self, count: int) -> list[str]:
        return self.random.choices(self.random.choice(self.sentences).split(), k=count)


def queries() -> dict[str, list[str]]:
    with QUERIES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    kinds = {"rare": "synonym", "long": "rambling", "misspelled": "misspelled"}
    drawn = {
        name: [row["query"] for row in rows if row["kind"] == kind][:40]
        for name, kind in kinds.items()
    }
    return {"common": COMMON} | drawn


def measure(size: int, asked: Mapping[str, Sequence[str]]) -> None:
    for kind, some in asked.items():
        cells = [_median(ask, some) for ask in (_bare, _find, similar)]
        line = "".join(f"{cell:>12.1f}" for cell in cells)
        print(f"{size:>10,} {kind:<12}{line}", flush=True)


def _median(ask: Callable[[str], Any], some: Sequence[str]) -> float:
    taken = []
    for _ in range(TIMES):
        for query in some:
            began = time.perf_counter()
            with reading():
                ask(query)
            db.session.rollback()
            taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)


def _find(query: str) -> None:
    find(query)


def _bare(query: str) -> None:
    words = [stem for stem in dict.fromkeys(stems(query)) if stem not in function_words()]
    db.session.execute(BARE, {"query": " OR ".join(f'"{word}"' for word in words)}).all()


def grown(medquad: Path, sizes: Sequence[int]) -> Iterator[int]:
    """One board that grows; each size is yielded when it is reached."""
    source = Source(medquad)
    with tempfile.TemporaryDirectory(prefix="wardboard-growth-") as place:
        folder, before = Path(place), 0
        app = create_app(folder)
        with app.app_context():
            founding.found(folder)
            for size in sizes:
                file = folder / "questions.jsonl"
                source.write(file, range(before, size))
                importing.import_file(file, say=progress.line("questions"))
                before = size
                yield size
            db.session.remove()
            db.engine.dispose()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("medquad", type=Path, help="medquad.jsonl.gz")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    chosen = parser.parse_args()
    asked = queries()
    print(f"{'questions':>10} {'ms a query':<12}{'bare FTS5':>12}{'search':>12}{'similar':>12}")
    for size in grown(chosen.medquad, chosen.sizes):
        measure(size, asked)


if __name__ == "__main__":
    sys.exit(main())
