"""What a site may set: where it is, and what its own numbers, domains and names look like."""

from dataclasses import dataclass

LOCALES = frozenset({"GB", "US", "AU", "CA", "IE"})


@dataclass(frozen=True)
class Policy:
    """The settings of one site. Shapes are regular expressions for a whole number.

    `wards` and `staff` are names that stay silent wherever they stand; so does every `allowed`
    passage. `directory`: whole names of colleagues (`whole_names`), silent unless nursed. An
    internal number has at most `extension_length` digits.
    """

    locales: frozenset[str] = frozenset({"GB", "US"})
    mrn_shapes: tuple[str, ...] = (r"RXK\d{7}", r"H\d{7}", r"\d{6,10}")
    helplines: tuple[str, ...] = ("1-800-222-1222", "0344 892 0111")
    mail_domains: tuple[str, ...] = ("hospital.example",)
    ehr_hosts: tuple[str, ...] = ("ehr.hospital.local",)
    wards: tuple[str, ...] = ()
    staff: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()
    directory: frozenset[str] = frozenset()
    extension_length: int = 5

    def __post_init__(self) -> None:
        unknown = self.locales - LOCALES
        if unknown:
            raise ValueError(f"There are no rules for {', '.join(sorted(unknown))}.")


DEFAULT = Policy()
