"""Every setting: its name, its default, what it means, and what it may be."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from board.config import checks


def setting(default: Any, meaning: str, check: Callable[[Any], bool] | None = None) -> Any:
    """One setting of `Settings`."""
    return field(default=default, metadata={"meaning": meaning, "check": check})


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The settings of this board, read once at start-up."""

    site_name: str = setting("Wardboard", "The board's name, in the header and in page titles.")
    hospital_name: str = setting("", "The hospital's name, beside the board's.")
    time_zone: str = setting(
        "Europe/London", "IANA name of the zone whose clock is shown.", checks.is_zone
    )
    shift_times: tuple[str, ...] = setting(
        ("07:30", "19:30"),
        "When a shift has been handed over, on the site's clock: what came since is 'this shift'.",
        checks.are_shifts,
    )
    site_notice: str = setting("", "A line on top of every page, such as a planned downtime.")
    warning_text: str = setting(
        "No patient details. Not the record. Nobody is watching this.",
        "The line under the ask form and on the bottom of every page.",
    )
    ask_tick_days: int = setting(
        0,
        "Days for which the tick 'No patient details' on the ask form holds; 0: none is asked for. "
        "With 90, it is asked for on somebody's first question in 90 days.",
        checks.between(0, 365),
    )
    forgotten_password_text: str = setting(
        "Ask the IT service desk to give you a new password. They will ask who you are.",
        "What 'Forgotten your password?' shows.",
    )
    help_text: str = setting(
        "For help with this board, ask your ward's link person or the IT service desk.",
        "The site's own paragraph on the Help page.",
    )
    public_reading: bool = setting(False, "Whether people may read without signing in.")
    self_registration: bool = setting(False, "Whether people may make their own account.")
    hold_first_posts: int = setting(
        0,
        "How many first questions, answers and comments of somebody new wait until a moderator has "
        "looked; 0: none.",
        checks.between(0, 20),
    )
    confidential_asking: bool = setting(
        True, "Whether people may ask without showing their name to colleagues."
    )
    show_helped: bool = setting(
        True, "Whether profiles may show how many colleagues somebody helped."
    )
    personal_statistics: bool = setting(
        True, "Whether numbers about single people are shown anywhere; some countries forbid it."
    )
    private_addresses: bool = setting(
        False,
        "Keep question text out of addresses and page titles: shared browsers keep a history.",
    )
    feed_titles: bool = setting(
        True, "Whether feeds name the questions; otherwise they carry links only."
    )
    privacy_check: bool = setting(
        True, "Whether what people write is looked through for patients' details."
    )
    privacy_policy: tuple[str, ...] = setting(
        (),
        "What a kind of finding does whatever else is set: 'date=off', 'phone=warn', 'name=hold'. "
        f"The kinds: {', '.join(checks.PRIVACY_KINDS)}.",
        checks.each(checks.is_policy),
    )
    privacy_policy_by_tag: tuple[str, ...] = setting(
        (),
        "The same for questions with a tag, and what is written below them: 'it/email=off'. Where "
        "several tags say something, the strictest counts. Numbers of patients stay held.",
        checks.each(checks.is_policy_of_tag),
    )
    privacy_warn_percent: int = setting(
        40, "How sure (in percent) a rule has to be to say something.", checks.between(10, 100)
    )
    privacy_hold_percent: int = setting(
        85,
        "How sure (in percent) a rule has to be to hold a text for review.",
        checks.between(10, 100),
    )
    privacy_sample_percent: int = setting(
        10,
        "How many of a hundred posts that somebody said are not about a patient a privacy reviewer "
        "looks at afterwards.",
        checks.between(0, 100),
    )
    privacy_locales: tuple[str, ...] = setting(
        ("GB", "US"),
        "Whose numbers and addresses are looked for: any of GB, US, AU, CA and IE.",
        checks.are_some_of(*checks.PRIVACY_LOCALES),
    )
    privacy_mrn_shapes: tuple[str, ...] = setting(
        (r"RXK\d{7}", r"H\d{7}", r"\d{6,10}"),
        "Shapes of your own hospital numbers: letters, digits, \\d for any digit, [AB] for one of "
        "several, {7} or {6,10} for how many. A number of digits alone needs a word such as MRN.",
        checks.each(checks.is_shape),
    )
    privacy_helplines: tuple[str, ...] = setting(
        ("1-800-222-1222", "0344 892 0111"),
        "Telephone numbers anybody may write: helplines, your switchboard.",
        checks.each(checks.is_telephone_number),
    )
    privacy_mail_domains: tuple[str, ...] = setting(
        ("hospital.example",),
        "Domains of your own staff's e-mail addresses, which anybody may write.",
        checks.each(checks.is_domain),
    )
    privacy_ehr_hosts: tuple[str, ...] = setting(
        ("ehr.hospital.local",),
        "Hosts of your patient record: a link to one is a link to a patient.",
        checks.each(checks.is_domain),
    )
    privacy_wards: tuple[str, ...] = setting(
        (),
        "Names of your wards and buildings that look like people's names.",
        checks.each(checks.is_name),
    )
    pharmacist_professions: tuple[str, ...] = setting(
        (
            "Pharmacist",
            "Clinical pharmacist",
            "Senior pharmacist",
            "Specialist pharmacist",
            "Lead pharmacist",
            "Principal pharmacist",
            "Consultant pharmacist",
            "Chief pharmacist",
        ),
        "The professions, word for word, that count as a pharmacist where a dose is verified.",
        checks.each(checks.is_name),
    )
    privacy_extension_length: int = setting(
        5,
        "The most digits that your internal telephone numbers have: anybody may write those.",
        checks.between(3, 7),
    )
    pharmacy_phone: str = setting(
        "", "Whom to ring about a dose, such as 'pharmacy 2345': shown on answers not yet verified."
    )
    review_months_high: int = setting(
        6, "Months after which an answer under a high-risk tag is reviewed.", checks.between(1, 60)
    )
    review_months_clinical: int = setting(
        12, "Months after which any other clinical answer is reviewed.", checks.between(1, 60)
    )
    review_months_equipment: int = setting(
        24, "Months after which an answer about equipment is reviewed.", checks.between(1, 60)
    )
    review_months_administration: int = setting(
        12,
        "Months after which an answer about administration or IT is reviewed.",
        checks.between(1, 60),
    )
    review_notice_days: int = setting(
        30,
        "Days before its date at which somebody is told that a review comes up.",
        checks.between(1, 90),
    )
    review_expiry_days: int = setting(
        60,
        "Days after its date at which an answer nobody reviewed expires.",
        checks.between(1, 365),
    )
    view_records_months: int = setting(
        12,
        "Months for which it is kept who opened which question, so that they can be told when an "
        "answer turns out to be wrong; 0: not at all.",
        checks.between(0, 120),
    )
    ladder_this_shift: tuple[str, ...] = setting(
        ("0 experts", "2 on-call", "8 moderators", "24 lead"),
        "Who hears of an unanswered question that is needed this shift: hours after it was asked, "
        "and experts, on-call, moderators or lead.",
        checks.each(checks.is_step),
    )
    ladder_this_week: tuple[str, ...] = setting(
        ("24 experts", "72 moderators"),
        "The same, for one needed this week.",
        checks.each(checks.is_step),
    )
    ladder_when_you_can: tuple[str, ...] = setting(
        ("72 experts",),
        "The same, for one that is answered when somebody can.",
        checks.each(checks.is_step),
    )
    idle_minutes: int = setting(
        10, "Minutes without use after which a page is locked.", checks.between(1, 60)
    )
    idle_minutes_at: tuple[str, ...] = setting(
        (),
        "Other minutes for computers at some addresses: '10.20.0.0/16=5'. The shortest counts.",
        checks.each(checks.are_minutes_at),
    )
    shared_accounts: tuple[str, ...] = setting(
        (),
        "Names of shared Windows accounts, such as 'ward7b' or 'kiosk*': they are nobody here.",
        checks.each(checks.is_account_pattern),
    )
    one_session: bool = setting(
        False, "Whether signing in somewhere ends somebody's session elsewhere."
    )
    lock_pin: bool = setting(
        False, "Whether people may choose a six-digit PIN that opens their own locked page."
    )
    session_hours: int = setting(
        12, "Hours after which somebody has to sign in again in any case.", checks.between(1, 24)
    )
    emergency_number: str = setting(
        "", "Whom to call in an emergency, such as your hospital's own crash call number."
    )
    emergency_text: str = setting(
        "Nobody watches this board. Whatever cannot wait goes by phone.",
        "The line beside the emergency number, on the ask page and on urgent questions.",
    )
    emergency_words: tuple[str, ...] = setting(
        (
            "arrest",
            "not breathing",
            "no pulse",
            "unresponsive",
            "choking",
            "anaphylaxis",
            "anaphylactic",
            "deteriorating",
            "NEWS 7+",
            "stat",
        ),
        "Words in a question that first lead to a page saying whom to call; 7+ is any number "
        "from 7 on. An empty list asks nobody.",
        checks.each(checks.is_trigger),
    )
    ratelimit_enabled: bool = setting(True, "Whether limits are counted at all.")
    trusted_networks: tuple[str, ...] = setting(
        (),
        "Networks that limits by address do not apply to, such as 10.0.0.0/8.",
        checks.are_networks,
    )
    database_url: str = setting(
        "", "Where the data is; empty means board.db in the data folder. postgresql://… works too."
    )
    secret_key: str = setting("", "Signs cookies; empty means the file secret.key.")
    trusted_proxy: str = setting(
        "127.0.0.1", "Address of the reverse proxy whose X-Forwarded headers are believed."
    )
    audit_checkpoints: str = setting(
        "",
        "Folder for the checkpoints of the audit trail, best on another machine (default: the "
        "data folder).",
    )
    audit_keep_years: int = setting(
        6,
        "Years for which the audit trail is kept; what is older, `board audit prune` lets go of. "
        "0: for ever.",
        checks.between(0, 100),
    )
    syslog: str = setting(
        "",
        "Where checkpoints of the audit trail go too: /dev/log, or host:port (UDP).",
        checks.is_syslog,
    )
    syslog_records: bool = setting(
        False, "Whether every record of the audit trail goes to `syslog` too, as CEF."
    )
    board_address: str = setting(
        "",
        "Where people find the board, such as https://board.hospital.example: for links in mail.",
        checks.is_web_address,
    )
    mail_host: str = setting("", "The relay that takes mail; empty means that none is sent.")
    mail_port: int = setting(25, "The relay's port.", checks.between(1, 65_535))
    mail_security: str = setting(
        "none",
        "How the relay is spoken to: none, starttls or tls.",
        checks.one_of(*checks.MAIL_SECURITY),
    )
    mail_user: str = setting("", "The user name for the relay, if it wants one.")
    mail_password: str = setting("", "The password for the relay.")
    mail_sender: str = setting("", "The address that mail comes from.", checks.is_sender)
    mail_domains: tuple[str, ...] = setting(
        (), "Domains that mail may go to; none named means any.", checks.each(checks.is_domain)
    )
    mail_titles: bool = setting(
        False, "Whether mail may carry the titles of questions. Links only is safer."
    )
    mail_digest_hour: int = setting(7, "The hour at which digests are sent.", checks.between(0, 23))
    mail_digest_weekday: str = setting(
        "monday",
        "The day on which weekly digests are sent, such as monday.",
        checks.one_of(*checks.WEEKDAYS),
    )
    webhook_allowed: tuple[str, ...] = setting(
        (),
        "Hosts and networks that webhooks may lead to; empty means that there are none.",
        checks.each(checks.is_host_or_network),
    )
    webhook_titles: bool = setting(
        False, "Whether webhooks may carry the titles of questions. Links only is safer."
    )
    ca_file: str = setting(
        "",
        "The hospital's own CA certificates (PEM), for mail and webhooks over TLS.",
        checks.is_file,
    )
    log_level: str = setting(
        "info", "How much is logged.", checks.one_of("debug", "info", "warning", "error")
    )
