"""A held text in pieces, for a reviewer: what was found in it apart from what stands around it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from board.privacy.findings import Kind
from board.privacy.guarding import NAMES


@dataclass(frozen=True)
class Piece:
    """A stretch of text; `looks_like` says what was found there, if anything."""

    text: str
    looks_like: str = ""


def marked(
    fields: Mapping[str, str], findings: Sequence[Mapping[str, Any]]
) -> dict[str, list[Piece]]:
    """Each field that holds something, in pieces."""
    return {
        name: _pieces(text, [each for each in findings if each["field"] == name])
        for name, text in fields.items()
        if text
    }


def _pieces(text: str, findings: Sequence[Mapping[str, Any]]) -> list[Piece]:
    pieces, place = [], 0
    for each in sorted(findings, key=lambda finding: finding["start"]):
        pieces.append(Piece(text[place : each["start"]]))
        pieces.append(Piece(text[each["start"] : each["end"]], NAMES[Kind(each["kind"])]))
        place = each["end"]
    pieces.append(Piece(text[place:]))
    return [piece for piece in pieces if piece.text]
