"""Wall screens: a token shows one department's page, read-only, from the networks it names.

A wall screen is anybody's who stands before it, so the token is worth nothing elsewhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_network

from sqlalchemy import select

from board.core.database import AnyRow, db
from board.core.errors import Invalid, Missing, Refused, require
from board.core.limits import is_within
from board.core.signing import fingerprint
from board.people.models import Department, Member
from board.signin import tokens
from board.signin.models import ApiToken
from board.signin.tokens import Scope

REFUSAL = "Only an administrator may set up wall screens."
# A larger network is no network of a ward: 10.0.0.0/8 is, everything is not.
LARGEST = {4: 8, 6: 16}


@dataclass(frozen=True)
class Display:
    """What a screen shows."""

    name: str
    department_id: int
    department: str


def may_manage_displays(person: Member) -> bool:
    """Whoever makes a token opens a door without a password."""
    return person.is_administrator


def create(administrator: Member, name: str, slug: str, networks: Sequence[str]) -> str:
    """Make the token of a screen. Raises `Refused`, `Invalid`, or `Conflict` for a taken name."""
    require(may_manage_displays(administrator), REFUSAL)
    department_id = db.session.scalar(select(Department.id).filter_by(slug=slug))
    problems = {}
    if department_id is None:
        problems["department"] = "Choose the department whose page the screen shows."
    if not networks:
        problems["networks"] = "Name at least one network, such as 10.1.0.0/16."
    if wrong := [each for each in networks if not _is_network(each)]:
        problems["networks"] = (
            f"“{wrong[0]}” is not a network the screen could stand in. Write it as 10.1.0.0/16."
        )
    if problems:
        raise Invalid(problems)
    return tokens.create(
        administrator, name, Scope.DISPLAY, department_id=department_id, networks=networks
    )


def end(administrator: Member, id: int) -> None:
    """The screen shows nothing any more. Raises `Refused` or `Missing`."""
    require(may_manage_displays(administrator), REFUSAL)
    token = db.session.get(ApiToken, id)
    if token is None or token.scope != Scope.DISPLAY:
        raise Missing("There is no such screen.")
    tokens.end(administrator, token.name)


def opened(secret: str, address: str | None) -> Display:
    """What the screen with this token, at this address, shows. Raises `Refused`."""
    row = db.session.execute(
        select(
            ApiToken.id,
            ApiToken.name,
            ApiToken.networks,
            ApiToken.used_at,
            Department.id.label("department_id"),
            Department.name.label("department"),
        )
        .join(Department, Department.id == ApiToken.department_id)
        .where(
            ApiToken.token_hash == fingerprint(secret),
            ApiToken.scope == Scope.DISPLAY,
            ApiToken.ended_at.is_(None),
        )
    ).first()
    if row is None:
        raise Refused("This screen is not set up, or was ended. An administrator sets it up anew.")
    if not is_within(address, row.networks or ()):
        raise Refused("This screen is not in a network that it was set up for.")
    tokens.note_use(ApiToken.id == row.id, row.used_at)
    return Display(row.name, row.department_id, row.department)


def displays() -> Sequence[AnyRow]:
    """Every screen that has not been ended, by department and name."""
    return db.session.execute(
        select(
            ApiToken.id,
            ApiToken.name,
            ApiToken.networks,
            ApiToken.created_at,
            ApiToken.used_at,
            Department.name.label("department"),
        )
        .join(Department, Department.id == ApiToken.department_id)
        .where(ApiToken.scope == Scope.DISPLAY, ApiToken.ended_at.is_(None))
        .order_by(Department.name, ApiToken.name)
    ).all()


def _is_network(text: str) -> bool:
    try:
        network = ip_network(text, strict=False)
    except ValueError:
        return False
    return network.prefixlen >= LARGEST[network.version]
