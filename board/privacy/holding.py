"""Putting a text aside until a privacy reviewer has looked at it."""

import json
from collections.abc import Sequence

from board.activity.recording import record
from board.activity.verbs import Verb
from board.core.database import db
from board.core.sealing import seal, unseal
from board.people.models import Person
from board.privacy.elsewhere import Writing, hands
from board.privacy.guarding import Spotted
from board.privacy.models import Held


def hold(author: Person, writing: Writing, spotted: Sequence[Spotted], key: str = "") -> Held:
    """Put the whole text aside: nothing of it is posted, counted, found or told of.

    Raises what posting it would raise: a title that is missing is told now, not in three days.
    """
    writer = hands().writers[writing.form]
    writer.check(author, writing)
    held = put_aside(author.id, writing, [place(each) for each in spotted], key)
    held.is_confidential = writer.is_confidential(author, writing)
    kinds = sorted({each.kind.value for each in spotted})
    record(author, Verb.PRIVACY_HELD, held, kinds=kinds)
    return held


def put_aside(
    author_id: int | None, writing: Writing, findings: Sequence[dict[str, object]], key: str = ""
) -> Held:
    """The row of a text that was put aside, sealed."""
    held = Held(
        form=writing.form,
        target_id=writing.target_id,
        author_id=author_id,
        payload=seal(json.dumps(dict(writing.fields))),
        findings=list(findings),
        submission_key=key,
    )
    db.session.add(held)
    db.session.flush()
    return held


def writing_of(held: Held) -> Writing:
    """What was typed; empty when it was decided about and is gone."""
    fields = json.loads(unseal(held.payload)) if held.payload else {}
    return Writing(held.form, held.target_id, fields)


def place(spotted: Spotted) -> dict[str, object]:
    """What is kept of a finding: everything but the passage."""
    finding = spotted.finding
    return {
        "field": spotted.field,
        "kind": finding.kind.value,
        "why": finding.why,
        "start": finding.start,
        "end": finding.end,
    }
