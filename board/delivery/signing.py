"""What the links in mails carry: whose they are, signed with the board's own key."""

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer, URLSafeTimedSerializer

LINK_DAYS = 7


def confirming_token(person_id: int, address: str) -> str:
    """For the link that confirms an address."""
    return _confirming().dumps([person_id, address])


def confirmed_by(token: str) -> tuple[int, str] | None:
    """Whose link it is and for which address; None where it is too old or not ours."""
    try:
        id, address = _confirming().loads(token, max_age=LINK_DAYS * 86_400)
    except (BadSignature, ValueError, TypeError):
        return None
    return id, address


def stopping_token(person_id: int) -> str:
    """For the link that ends somebody's mail. It never grows old: neither do mails."""
    return _stopping().dumps(person_id)


def stopped_by(token: str) -> int | None:
    """Whose link it is; None where it is not ours."""
    try:
        return int(_stopping().loads(token))
    except (BadSignature, ValueError, TypeError):
        return None


def _confirming() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="mail-confirmation")


def _stopping() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="mail-stop")
