"""What a mail says: how much is new and where it is. No names and, unless the site says so, no
titles: mail leaves the board, and nothing can be taken back from there.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime
from html import escape

from board.activity.verbs import Verb
from board.config import settings
from board.core.database import AnyRow
from board.delivery.models import CONFIRMATION, MailChoice, Message
from board.delivery.signing import confirming_token, stopping_token

MOST_LINKS = 25
SAFE = "quoted-printable"  # any relay takes it

# One, many; for what is about something of theirs, then for what they watch.
PHRASES = {
    (Verb.ANSWERED, True): ("answer to your question", "answers to your questions"),
    (Verb.ANSWERED, False): ("answer to what you watch", "answers to what you watch"),
    (Verb.ASKED, False): ("question in what you watch", "questions in what you watch"),
    (Verb.COMMENTED, True): ("comment on what you wrote", "comments on what you wrote"),
    (Verb.COMMENTED, False): ("comment in what you watch", "comments in what you watch"),
    (Verb.ACCEPTED, True): ("accepted answer of yours", "accepted answers of yours"),
    (Verb.ACCEPTED, False): ("accepted answer in what you watch",) * 2,
    (Verb.EXPERT_ASKED, True): ("request to you", "requests to you"),
    (Verb.PRIVACY_HELD, False): ("text for privacy reviewers", "texts for privacy reviewers"),
    (Verb.REQUEST_ANSWERED, True): ("answer to a request of yours",) * 2,
}
OTHER = ("other piece of news", "other pieces of news")


@dataclass(frozen=True)
class Letter:
    """A mail that can be sent as it is, without the database."""

    id: int
    person_id: int
    address: str
    content: EmailMessage


@dataclass(frozen=True)
class Line:
    """One line of a mail, and where it leads."""

    words: str
    address: str


def compose(message: Message, choice: MailChoice, rows: Sequence[AnyRow]) -> Letter:
    """The mail as it is now."""
    is_confirmation = message.kind == CONFIRMATION
    content = _confirmation(choice) if is_confirmation else _news(choice, rows)
    content["From"], content["To"] = settings().mail_sender, choice.address
    content["Date"] = format_datetime(message.created_at)
    content["Message-ID"] = message.message_id
    content["Auto-Submitted"] = "auto-generated"
    return Letter(message.id, message.person_id, choice.address, content)


def link(path: str) -> str:
    """An address of the board, for somebody who is not on it."""
    return settings().board_address.rstrip("/") + path


def _confirmation(choice: MailChoice) -> EmailMessage:
    token = confirming_token(choice.person_id, choice.address)
    return _mail(
        "Is this your address?",
        "Somebody wrote this address on the board, to get mail when there is news. "
        "If it was you, open the link and press the button there. If not, do nothing.",
        [Line("Yes, this is my address", link(f"/mail/confirmation/{token}"))],
        [],
    )


def _news(choice: MailChoice, rows: Sequence[AnyRow]) -> EmailMessage:
    counted = list(_counted(rows))
    subject = counted[0] if len(counted) == 1 else f"{len(rows)} pieces of news"
    stop = link(f"/mail/unsubscribe/{stopping_token(choice.person_id)}")
    lines = [Line(_words(row), _place(row)) for row in rows[:MOST_LINKS]]
    feet = [
        Line("Everything that is new", link("/inbox")),
        Line("How often you get mail", link("/mail")),
        Line("No more mail", stop),
    ]
    content = _mail(subject, f"New on the board: {', '.join(counted)}.", lines, feet)
    content["List-Unsubscribe"] = f"<{stop}>"
    content["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return content


def _counted(rows: Sequence[AnyRow]) -> Iterator[str]:
    """`3 answers to your questions`, `1 comment on what you wrote`; posts, not rows."""
    groups: dict[tuple[str, str], set[tuple[int, int]]] = {}
    for row in rows:
        phrase = PHRASES.get((row.verb, row.is_mine), OTHER)
        groups.setdefault(phrase, set()).add((row.question_id, row.post_id))
    for (one, many), posts in groups.items():
        yield f"{len(posts)} {one if len(posts) == 1 else many}"


def _words(row: AnyRow) -> str:
    words = "1 " + PHRASES.get((row.verb, row.is_mine), OTHER)[0]
    return f"{words}: {row.title}" if settings().mail_titles and row.title else words


def _place(row: AnyRow) -> str:
    return link(f"/posts/{row.post_id}" if row.post_id else "/inbox")


def _mail(subject: str, opening: str, lines: Sequence[Line], feet: Sequence[Line]) -> EmailMessage:
    site = settings().site_name
    content = EmailMessage()
    content["Subject"] = f"{site}: {subject}"
    html = _as_html(site, opening, lines, feet)
    content.set_content(_as_text(opening, [*lines, *feet]), cte=SAFE)
    content.add_alternative(html, subtype="html", cte=SAFE)
    return content


def _as_text(opening: str, lines: Sequence[Line]) -> str:
    said = "\n\n".join(f"{line.words}\n{line.address}" for line in lines)
    return f"{opening}\n\n{said}\n\n-- \n{settings().warning_text}\n"


def _as_html(site: str, opening: str, lines: Sequence[Line], feet: Sequence[Line]) -> str:
    said = "".join(f"<li>{_anchor(line)}</li>" for line in lines)
    foot = " · ".join(map(_anchor, feet))
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(site)}</title>'
        f"</head><body><p>{escape(opening)}</p><ul>{said}</ul><p>{foot}</p>"
        f"<p>{escape(settings().warning_text)}</p></body></html>"
    )


def _anchor(line: Line) -> str:
    return f'<a href="{escape(line.address)}">{escape(line.words)}</a>'
