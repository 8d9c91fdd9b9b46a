"""Talking to the mail relay. What goes wrong is of one of three kinds, and carries no address."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.policy import SMTP
from urllib.parse import urlsplit

from board.config import settings
from board.delivery.composing import Letter

SECONDS = 5.0
# A header that is broken over lines would be encoded, and no mail program finds the link in it.
WHOLE_LINES = SMTP.clone(max_line_length=998, cte_type="7bit")


class RelayAway(Exception):
    """The relay does not answer, or will not talk to us: everything waits."""


class NotNow(Exception):
    """The relay would not take this mail now."""


class Never(Exception):
    """The relay will not take this mail. `is_address`: because of who it is for."""

    def __init__(self, reason: str, *, is_address: bool) -> None:
        super().__init__(reason)
        self.is_address = is_address


@contextmanager
def connected() -> Iterator[smtplib.SMTP]:
    """The relay, ready to take mail. Raises `RelayAway`."""
    try:
        relay = _connect()
    except (OSError, smtplib.SMTPException) as error:
        raise RelayAway(_reason(error)) from None
    try:
        yield relay
    finally:
        with suppress(OSError, smtplib.SMTPException):
            relay.quit()
        relay.close()


def post(relay: smtplib.SMTP, letter: Letter) -> None:
    """Hand one mail over. Raises `NotNow`, `Never` or `RelayAway`."""
    content = letter.content.as_bytes(policy=WHOLE_LINES)
    try:
        relay.sendmail(settings().mail_sender, [letter.address], content)
    except smtplib.SMTPRecipientsRefused as error:
        [(code, _words)] = error.recipients.values()
        _refused(code, is_address=True)
    except smtplib.SMTPDataError as error:
        _refused(error.smtp_code, is_address=False)
    except smtplib.SMTPSenderRefused as error:
        raise RelayAway(f"The relay refuses the sender ({error.smtp_code}).") from None
    except (OSError, smtplib.SMTPException) as error:
        raise NotNow(_reason(error)) from None


def _refused(code: int, *, is_address: bool) -> None:
    if code < 500:
        raise NotNow(f"The relay said: not now ({code}).") from None
    what = "the address" if is_address else "the mail"
    raise Never(f"The relay refuses {what} ({code}).", is_address=is_address) from None


def _connect() -> smtplib.SMTP:
    site = settings()
    name = urlsplit(site.board_address).hostname  # else smtplib asks the DNS, who may be slow
    relay: smtplib.SMTP
    if site.mail_security == "tls":
        relay = smtplib.SMTP_SSL(
            site.mail_host, site.mail_port, name, timeout=SECONDS, context=certificates()
        )
    else:
        relay = smtplib.SMTP(site.mail_host, site.mail_port, name, timeout=SECONDS)
    try:
        if site.mail_security == "starttls":
            relay.starttls(context=certificates())
        if site.mail_user:
            relay.login(site.mail_user, site.mail_password)
    except BaseException:
        relay.close()
        raise
    return relay


def certificates() -> ssl.SSLContext:
    """Whom we believe over TLS: the hospital's own CA where one is named, else the system's."""
    return ssl.create_default_context(cafile=settings().ca_file or None)


def _reason(error: Exception) -> str:
    """What happened, without the relay's words: they may hold an address."""
    code = getattr(error, "smtp_code", None)
    if code is not None and code > 0:
        return f"The relay refuses us ({code})."
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return "The relay does not offer what the settings ask for."
    if isinstance(error, ssl.SSLError):
        return "The relay's certificate is not believed (ca_file)."
    return f"The relay does not answer ({type(error).__name__})."
