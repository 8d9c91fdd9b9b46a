"""Refusals: exceptions whose message tells a person what to do next."""

from collections.abc import Mapping


class Problem(Exception):
    """Anything the person who asked can understand and act on. `status` is HTTP's word for it."""

    status = 400

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Refused(Problem):
    """This person may not do this, or not now."""

    status = 403


class Conflict(Problem):
    """Somebody else was there first; nothing has been overwritten."""

    status = 409


class Gone(Problem):
    """It was here and has been removed."""

    status = 410


class Missing(Problem):
    """There is no such thing, or not for this person."""

    status = 404


class Invalid(Problem):
    """What was typed cannot be taken as it is. `fields` maps a field's name to its message."""

    status = 422

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__(" ".join(fields.values()))
        self.fields = dict(fields)


class TooMany(Problem):
    """Too much in too short a time; `seconds` is how long to wait."""

    status = 429

    def __init__(self, message: str, seconds: int) -> None:
        super().__init__(message)
        self.seconds = seconds


def require(allowed: bool, message: str) -> None:
    """Raise `Refused` with this message unless it is allowed."""
    if not allowed:
        raise Refused(message)
