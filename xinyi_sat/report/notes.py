"""The notes of the report: how to read a figure, and what is to be known of single facts."""

from typing import NamedTuple

from django.template.loader import render_to_string

from xinyi_sat.facts.choices import Basis
from xinyi_sat.reading.qualifiers import Qualifier
from xinyi_sat.report.scope import Scope


class Note(NamedTuple):
    """One note, as a row of a table."""

    about: str
    subject: str
    examples: str
    meaning: str


NOTE_TITLES = Note("类别", "项目", "原文用词或出处", "说明")


def explanation(name: str, **context: object) -> str:
    """A sentence or two of `templates/report/_<name>`, which pages, paper, Word and data say alike."""
    return render_to_string(f"report/_{name}", context).strip()


def notes_of(scope: Scope) -> list[Note]:
    """All notes on the figures of a report."""
    noted = list(scope.facts_with_notes())
    several = len({fact.passage.document_id for fact in noted}) > 1
    return [
        Note("单位", "人与人次", "人、名、位；人次", explanation("people.html")),
        *(Note("读法", one.label, one.examples, one.meaning) for one in Qualifier),
        *(Note("口径", one.label, "", one.meaning) for one in Basis),
        Note("更改", "更正与修订", "〔更〕〔修〕", explanation("signs.txt")),
        Note("更改", "原文写作", "〔更〕〔修〕", explanation("wordings.txt")),
        Note("起止字位", "起、止", "", explanation("places.txt")),
        Note("空白", "没有填写的格", "", explanation("blanks.txt")),
        *(
            Note("逐项说明", fact.title, str(fact.passage) if several else fact.passage.label, fact.note)
            for fact in noted
        ),
    ]
