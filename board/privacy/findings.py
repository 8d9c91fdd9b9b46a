"""What the rules report."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a passage gives away."""

    PATIENT_URL = "patient_url"
    EMAIL = "email"
    NHS_NUMBER = "nhs_number"
    SSN = "ssn"
    HEALTH_PLAN = "health_plan"
    MRN = "mrn"
    ACCOUNT = "account"
    DEVICE_SERIAL = "device_serial"
    PHONE = "phone"
    DOB = "dob"
    DATE = "date"
    AGE_OVER_89 = "age_over_89"
    ADDRESS = "address"
    POSTCODE = "postcode"
    BED = "bed"
    NAME = "name"


@dataclass(frozen=True)
class Finding:
    """A passage that may identify a patient, how sure we are, why, and what to write instead."""

    kind: Kind
    start: int
    end: int
    confidence: float
    why: str
    replacement: str
