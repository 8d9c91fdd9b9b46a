"""What the board knows of itself."""

from sqlalchemy.orm import Mapped, mapped_column

from board.core.database import Base


class SiteFact(Base):
    """One fact about this board.

    `board_id` makes exported ids unique, `compatible_from` is the oldest schema whose code may run
    on this one, `demonstration` marks a board whose passwords are printed in the README,
    `starter_synonyms` and `search_analysis` are furnishing's.
    """

    __tablename__ = "site_fact"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
