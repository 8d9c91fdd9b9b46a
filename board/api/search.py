"""`GET /api/v1/search?q=…&limit=…` and `GET /api/v1/similar?title=…&body=…`."""

from collections.abc import Sequence
from typing import Any

from flask import request, url_for

from board.api.answering import Resources, number
from board.core.errors import Problem
from board.core.text import slug
from board.search.finding import Result, find
from board.search.similar import similar as questions_like

MOST = 100

resources = Resources("search")


@resources.shown("/search")
def search() -> dict[str, Any]:
    """Questions that fit a query, best first."""
    query = request.args.get("q", "")
    if not query.strip():
        raise Problem("“q” is what to search for; it is missing.")
    found = find(query, limit=number("limit", 10, MOST))
    return {"query": query, "total": found.total, "results": _shown(found.results)}


@resources.shown("/similar")
def similar() -> dict[str, Any]:
    """Questions like one somebody is about to ask elsewhere."""
    title = request.args.get("title", "")
    if not title.strip():
        raise Problem("“title” is the question to compare with; it is missing.")
    found = questions_like(title, request.args.get("body", ""), limit=number("limit", 5, MOST))
    return {"query": title, "total": len(found), "results": _shown(found)}


def _shown(results: Sequence[Result]) -> list[dict[str, Any]]:
    return [
        {
            "id": result.question.id,
            "external_id": result.question.external_id,
            "title": result.question.title,
            "url": _address(result),
            "state": _state(result),
            "urgency": result.question.urgency,
            "score": round(result.score, 3),
            "excerpt": str(result.excerpt.striptags()),
            "tags": result.question.tags.split(",") if result.question.tags else [],
        }
        for result in results
    ]


def _address(result: Result) -> str:
    words = slug(result.question.title) or "question"
    return url_for("questions.show", id=result.question.id, slug=words, _external=True)


def _state(result: Result) -> str:
    if result.question.accepted_id:
        return "accepted"
    return "answered" if result.question.answer_count else "unanswered"
