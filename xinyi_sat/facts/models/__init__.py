"""Where facts come from, what every kind of fact has, what each record was before, and what was loaded already."""

from xinyi_sat.facts.models.draft import DraftFact
from xinyi_sat.facts.models.fact import Fact
from xinyi_sat.facts.models.history import Tracked, Undeletable, UnexplainedChange, one_change
from xinyi_sat.facts.models.loaded import LoadedRecord
from xinyi_sat.facts.models.organisations import Organisation
from xinyi_sat.facts.models.periods import Period
from xinyi_sat.facts.models.sources import Document, Passage, digest_of
from xinyi_sat.facts.models.stored_upload import StoredUpload

__all__ = [
    "Document",
    "DraftFact",
    "Fact",
    "LoadedRecord",
    "Organisation",
    "Passage",
    "Period",
    "StoredUpload",
    "Tracked",
    "Undeletable",
    "UnexplainedChange",
    "digest_of",
    "one_change",
]
