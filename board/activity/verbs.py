"""Every verb the board knows. One deed, one verb."""

from enum import StrEnum


class Verb(StrEnum):
    """What somebody did, in the past tense."""

    ACCEPTANCE_WITHDRAWN = "acceptance_withdrawn"
    ACCEPTED = "accepted"
    ANSWERED = "answered"
    ASKED = "asked"
    COMMENTED = "commented"
    DEACTIVATED = "deactivated"
    EDITED = "edited"
    EXPORTED = "exported"
    HID = "hid"
    IMPORTED = "imported"
    JOINED = "joined"
    PASSWORD_CHANGED = "password_changed"
    PASSWORD_SET = "password_set"
    PERSON_CHANGED = "person_changed"
    REACTIVATED = "reactivated"
    RESTORED = "restored"
    ROLE_CHANGED = "role_changed"
    SAVED = "saved"
    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    SIGN_IN_FAILED = "sign_in_failed"
    TAG_CHANGED = "tag_changed"
    TAG_MERGED = "tag_merged"
    UNSAVED = "unsaved"
    VOTED = "voted"
    VOTE_WITHDRAWN = "vote_withdrawn"
