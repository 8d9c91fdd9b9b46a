"""What the patient-identifier detector finds and misses, by kind: `make privacy-report`.

With `--clean medquad.jsonl.gz`, also the share of texts about nobody in which it finds something.
"""

import argparse
import gzip
import json
import random
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from labelled import Sentence, cases, found_in, score, sentences

from board.privacy.detecting import Kind

CLEAN_TEXTS = 4_000
SEED = 7


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--clean", type=Path, help="an import file, .jsonl or .jsonl.gz")
    options.add_argument("--missed", choices=["cases", "tuned"], help="print what goes wrong")
    given = options.parse_args()
    halves = {"cases": cases(), "tuned": sentences("tuned"), "held-out": sentences("held-out")}
    for name, labelled in halves.items():
        print_table(name, labelled)
    if given.missed:
        print_missed(halves[given.missed])
    if given.clean:
        print_clean(given.clean)


def print_table(name: str, labelled: list[Sentence]) -> None:
    """Recall and precision of each kind, and of all."""
    result = score(labelled)
    exact = sum(found_in(sentence.text) == sentence.kinds for sentence in labelled)
    print(f"\n{name}: {len(labelled)} sentences, {exact} exactly right")
    print(f"  {'kind':15} {'there':>6} {'missed':>7} {'false':>6} {'recall':>8} {'precision':>10}")
    for kind in map(str, Kind):
        there = result.found[kind] + result.missed[kind]
        print_row(kind, there, result.missed[kind], result.false[kind],
                  result.recall(kind), result.precision(kind))  # fmt: skip
    there = result.found.total() + result.missed.total()
    print_row("all", there, result.missed.total(), result.false.total(),
              result.recall(), result.precision())  # fmt: skip


def print_row(
    kind: str, there: int, missed: int, false: int, recall: float, precision: float
) -> None:
    print(f"  {kind:15} {there:6} {missed:7} {false:6} {recall:8.1%} {precision:10.1%}")


def print_missed(labelled: list[Sentence]) -> None:
    """Sentences that come out wrong. Never those of the held-out half: looking is tuning."""
    for sentence in labelled:
        found = found_in(sentence.text)
        if found != sentence.kinds:
            print(f"  {','.join(sorted(sentence.kinds)) or 'none'} ≠ {','.join(sorted(found))}")
            print(f"    {sentence.text}")


def print_clean(path: Path) -> None:
    """How many of a sample of questions and answers about nobody are flagged, and as what."""
    texts = clean_texts(path)
    sample = random.Random(SEED).sample(texts, min(CLEAN_TEXTS, len(texts)))
    kinds = [found_in(text) for text in sample]
    flagged = sum(map(bool, kinds))
    print(f"\nclean texts: {flagged} of {len(sample)} flagged, {flagged / len(sample):.2%}")
    for kind, count in Counter(kind for found in kinds for kind in found).most_common():
        print(f"  {kind:15} {count:6}")


def clean_texts(path: Path) -> list[str]:
    """Titles of questions that have an answer, and the answers."""
    texts = []
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as file:
        for question in map(json.loads, file):
            answers = [answer["body"] for answer in question.get("answers", [])]
            texts += [question["title"], *answers] if answers else []
    return texts


if __name__ == "__main__":
    main()
