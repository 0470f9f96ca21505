"""A new period entered after the pattern of another: the same matters under the same slugs, and nothing that was said of them.

What is copied is a draft and has no source yet. It stands at the first paragraph of the new document, which is marked as
furniture of the page, and a fact read from there can't be confirmed: each has to be given its own paragraph first.
"""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from xinyi_sat.facts.choices import ChangeKind, FactState, PassageRole
from xinyi_sat.facts.kinds import fact_kinds
from xinyi_sat.facts.models import Document, Fact, Passage, Period
from xinyi_sat.facts.models.many import named_by, save_many


@transaction.atomic
def draft_after(
    pattern: Period, document: Document, paragraphs: list[str], user: AbstractBaseUser | None = None
) -> list[Fact]:
    """Save a document and its period, both new, with its paragraphs, and in it a draft of each confirmed fact of the pattern."""
    reason = reason_of_copy(pattern)
    document.period.save_as(ChangeKind.ENTERED, reason, user=user)
    document.save_as(ChangeKind.ENTERED, reason, user=user)
    first, *_ = document.register(paragraphs, with_words=True)
    first.role = PassageRole.FURNITURE
    first.save_as(ChangeKind.ENTERED, reason, user=user)
    drafts = []
    for kind in fact_kinds():
        facts = confirmed(kind, pattern)
        made = [draft_of(fact, first) for fact in facts]
        save_many(made, [named_by(fact) for fact in facts], ChangeKind.ENTERED, reason, user=user)
        drafts += made
    return drafts


def reason_of_copy(pattern: Period) -> str:
    """What the history says of each record that is made after this period."""
    return f"以{pattern}为底稿"


def confirmed(kind: type[Fact], pattern: Period) -> list[Fact]:
    """The facts of a kind to be copied."""
    facts = kind.objects.in_period(pattern).filter(state=FactState.CONFIRMED)
    return list(facts.with_named().in_reading_order())


def draft_of(fact: Fact, passage: Passage) -> Fact:
    """A draft of the same matter, without figures and notes, not yet saved."""
    names = ["title", "slug", "service", "is_headline", *structure(type(fact))]
    kept = {name: getattr(fact, name) for name in names}
    return type(fact)(period=passage.document.period, passage=passage, state=FactState.DRAFT, **kept)


def structure(kind: type[Fact]) -> list[str]:
    """What of a kind's own fields says what sort of matter it is: what it chooses, and the organisation it names."""
    fields = [kind._meta.get_field(name) for name in (*kind.own_names(), *kind.organisation_names())]
    return [field.name for field in fields if field.choices or field.many_to_one]
