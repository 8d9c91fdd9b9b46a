"""The cast of the tests: people and posts known by first name.

Amina, nurse on Ward 7B; Jonas, pharmacist; Priya, doctor; Ruth, moderator; Tomasz, administrator;
Lena, who left. Amina asked about insulin and Jonas answered; Priya asked about a pump and nobody
has answered; Jonas asked about gloves and Ruth's answer is accepted.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from board.core import clock
from board.core.database import db
from board.people import joining, leaving
from board.people.models import CONSOLE, Person
from board.posts import accepting, answering, asking, commenting
from board.posts.models import Post
from board.signin import passwords

PASSWORD = "four words do well"
BEGINNING = datetime(2026, 6, 5, 12, 2, tzinfo=UTC)

CAST = {
    "amina": ("Amina Yusuf", "Staff nurse", "Ward 7B", "member"),
    "jonas": ("Jonas Weber", "Pharmacist", "Pharmacy", "member"),
    "priya": ("Priya Nair", "Doctor", "Acute Medical Unit", "member"),
    "ruth": ("Ruth Okafor", "Clinical educator", "Education", "moderator"),
    "tomasz": ("Tomasz Zielinski", "Systems engineer", "Hospital IT", "administrator"),
    "lena": ("Lena Holm", "Staff nurse", "Ward 7B", "member"),
}

POSTS = ("insulin", "insulin_answer", "insulin_comment", "pump", "gloves", "gloves_answer")


class World:
    """People and posts by name, as they are in the database now: `world.amina`, `world.insulin`."""

    def __getattr__(self, name: str) -> Any:
        if name in CAST:
            return db.session.scalar(select(Person).filter_by(handle=name))
        if name in POSTS:
            return db.session.get(Post, POSTS.index(name) + 1)
        raise AttributeError(name)


def found() -> None:
    """Fill an empty board with the cast. The posts get the ids of their place in POSTS."""
    with clock.held_at(BEGINNING):
        password = passwords.Hash.of(PASSWORD)
        people = {}
        for handle, (name, profession, department, role) in CAST.items():
            people[handle] = joining.add(
                CONSOLE,
                handle,
                name=name,
                profession=profession,
                department=department,
                role=role,
            )
            passwords.assign(CONSOLE, people[handle], password, must_change=False)
        leaving.deactivate(CONSOLE, people["lena"])
        _posts(people)
        db.session.commit()


def _posts(people: dict[str, Person]) -> None:
    insulin = asking.ask(
        people["amina"],
        "How long does a started insulin pen keep?",
        "It is **not** in the fridge.",
        "insulin, storage",
    )
    answer = answering.answer(
        people["jonas"], insulin, "Four weeks at room temperature. Check the leaflet."
    )
    commenting.comment(people["priya"], answer, "Thank you.")
    asking.ask(people["priya"], "Why does the pump alarm say occlusion?", "", "pumps")
    gloves = asking.ask(people["jonas"], "Which gloves for cytotoxic drugs?", "", "gloves")
    double = answering.answer(people["ruth"], gloves, "Two pairs, as the policy says.")
    accepting.accept(people["jonas"], double)
