"""A review of our own making, small enough to read, and the facts read from it."""

from datetime import date
from pathlib import Path
from typing import Any

from outreach.models import Team, Training
from tests.support import save
from xinyi_sat.facts.choices import ChangeKind
from xinyi_sat.facts.entry import FigureEntry
from xinyi_sat.facts.models import Document, Organisation, Passage, Period, digest_of

PARAGRAPHS = [
    "临湖县科协去年的工作",
    "办了12期农技班，来了近300人；另有两大协会参加。",
    "第三届科技节由1.5万人次到场，招募志愿者80余名。",
]


def record_small_review(folder: Path) -> tuple[Path, Period]:
    """Write the review to a file and record it; the file and its period, which is the current one."""
    path = folder / "review.txt"
    path.write_text("\n".join(PARAGRAPHS) + "\n", encoding="utf-8")
    period = Period.objects.create(
        slug="2030", title="2030年", starts_on=date(2030, 1, 1), ends_on=date(2030, 12, 31), state="published"
    )
    publisher = Organisation.objects.create(slug="linhu-ast", name="临湖县科协", kind="association")
    document = Document.objects.create(
        slug="linhu-2030", title="临湖县科协工作", publisher=publisher, published_on=date(2031, 1, 5), period=period
    )
    for number, text in enumerate(PARAGRAPHS, 1):
        Passage.objects.create(document=document, paragraph=number, length=len(text), digest=digest_of(text))
    record(
        document, 2, Training(slug="farm-course", audience="农民"), "course", sessions="12期", participants="近300人"
    )
    record(document, 3, Training(slug="festival", audience="公众"), "course", attendances="1.5万人次")
    record(document, 3, Team(slug="helpers"), "volunteers", members="80余名")
    return path, period


def record(document: Document, paragraph: int, fact: Any, form: str, **wordings: str) -> Any:
    """One fact of the small review, its figures placed where the text has them."""
    fact.title, fact.service, fact.period = fact.slug, "literacy", document.period
    fact.passage = document.passages.get(paragraph=paragraph)
    figures = {name: placed(paragraph, wording) for name, wording in wordings.items()}
    return save(fact, ChangeKind.ENTERED, form=form, **figures)


def placed(paragraph: int, wording: str) -> FigureEntry:
    """A wording with its offsets in a paragraph."""
    start = PARAGRAPHS[paragraph - 1].index(wording)
    return FigureEntry(wording, start, start + len(wording))
