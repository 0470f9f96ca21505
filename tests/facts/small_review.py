"""A review of our own making, small enough to read, and the facts read from it."""

from datetime import date
from pathlib import Path

from outreach.models import Team, Training
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
        period,
        document,
        2,
        Training,
        "farm-course",
        form="course",
        audience="农民",
        sessions="12期",
        participants="近300人",
    )
    record(period, document, 3, Training, "festival", form="course", audience="公众", attendances="1.5万人次")
    record(period, document, 3, Team, "helpers", form="volunteers", members="80余名")
    return path, period


def record(period: Period, document: Document, paragraph: int, kind: type, slug: str, **fields: str) -> None:
    """One fact of the small review, its figures placed where the text has them."""
    passage = document.passages.get(paragraph=paragraph)
    fact = kind(slug=slug, title=slug, service="literacy", period=period, passage=passage, **fields)
    for name in kind.figure_names():
        if name in fields:
            start = PARAGRAPHS[paragraph - 1].index(fields[name])
            setattr(fact, f"{name}_start", start)
            setattr(fact, f"{name}_end", start + len(fields[name]))
    fact.full_clean()
    fact.save()
