"""What is kept about somebody as a person of this board."""

from sqlalchemy import select

from board.core.disclosing import Record, rows
from board.people.models import Department, Person


def account(person_id: int) -> Record:
    """Name, profession, department and role, as others see them."""
    query = (
        select(
            Person.handle,
            Person.name,
            Person.profession,
            Department.name.label("department"),
            Person.role,
            Person.joined_at,
            Person.shows_helped,
        )
        .outerjoin(Department, Department.id == Person.department_id)
        .where(Person.id == person_id)
    )
    about = "Colleagues read it beside what you write. Kept as long as what you wrote."
    return Record("account", "Your account", about, rows(query))
