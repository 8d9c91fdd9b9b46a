"""The words of the templates: `_("Ask a question")`.

They are looked up when a template is compiled, not when a page is shown: a page pays nothing for
being translatable. There is one catalogue so far, the English of the templates themselves;
another language is another environment with another catalogue.
"""

import json
import re
from gettext import NullTranslations

from jinja2 import Environment
from jinja2.ext import Extension

_MARKED = re.compile(r'\b_\(("(?:[^"\\]|\\.)*")\)')


class Words(Extension):
    """Puts the catalogue's words in the place of `_("…")`."""

    catalogue = NullTranslations()

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return _MARKED.sub(self._translated, source)

    def _translated(self, marked: re.Match[str]) -> str:
        translated = self.catalogue.gettext(json.loads(marked[1]))
        return json.dumps(translated, ensure_ascii=False)
