"""What somebody asks for."""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Self

from xinyi_sat.facts.models import Period
from xinyi_sat.report.formats import FORMATS, Format
from xinyi_sat.report.rendering.program import program_version
from xinyi_sat.report.rendering.revision import state_of_records
from xinyi_sat.report.scope import Scope, narrowed


@dataclass(frozen=True)
class Order:
    """A file of the report: its format, its scope by names, the site its addresses lead to, and of which records."""

    ending: str
    period: str
    service: str
    kind: str
    site: str
    revision: str
    program: str

    @classmethod
    def of(cls, ending: str, scope: Scope, site: str) -> Self:
        """An order of what is recorded now."""
        service, kind = scope.service, scope.kind
        names = (scope.period.slug, service.value if service else "", kind.kind() if kind else "")
        return cls(ending, *names, site, state_of_records(), program_version())

    @classmethod
    def read(cls, text: str) -> Self:
        """An order as `text` wrote it."""
        return cls(**json.loads(text))

    @property
    def text(self) -> str:
        """The order in one line."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @property
    def key(self) -> str:
        """The name of the file on the shelf, without its ending."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:40]

    @property
    def scope(self) -> Scope:
        """What the file holds."""
        return narrowed(Period.objects.asked_for(self.period), self.service, self.kind)

    @property
    def format(self) -> Format:
        """What writes the file."""
        return FORMATS[self.ending]

    @property
    def is_saved(self) -> bool:
        """Whether a browser saves the file and stays on the page it was asked for from, instead of showing it."""
        return self.ending != "pdf"

    @property
    def is_current(self) -> bool:
        """Whether the records are still those that were asked for."""
        return state_of_records() == self.revision
