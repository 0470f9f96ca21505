"""A new period entered after the pattern of another: the same matters under the same slugs, and nothing that was said of them.

What is copied is a draft and has no source yet. It stands at the first paragraph of the new document, which is marked as
furniture of the page, and a fact read from there can't be confirmed: each has to be given its own paragraph first.
"""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from xinyi_sat.facts.choices import ChangeKind, FactState, PassageRole
from xinyi_sat.facts.kinds import fact_kinds
from xinyi_sat.facts.models import Document, Fact, Passage, Period, one_change


@transaction.atomic
def draft_after(
    pattern: Period, document: Document, paragraphs: list[str], user: AbstractBaseUser | None = None
) -> list[Fact]:
    """Save a document and its period, both new, with its paragraphs, and in it a draft of each confirmed fact of the pattern."""
    reason = f"以{pattern}为底稿"
    document.period.save_as(ChangeKind.ENTERED, reason, user=user)
    document.save_as(ChangeKind.ENTERED, reason, user=user)
    first, *_ = document.register(paragraphs, with_words=True)
    first.role = PassageRole.FURNITURE
    first.save_as(ChangeKind.ENTERED, reason, user=user)
    return [copied(fact, first, reason, user) for kind in fact_kinds() for fact in confirmed(kind, pattern)]


def confirmed(kind: type[Fact], pattern: Period) -> list[Fact]:
    """The facts of a kind to be copied."""
    facts = kind.objects.in_period(pattern).filter(state=FactState.CONFIRMED)
    return list(facts.with_named().in_reading_order())


def copied(fact: Fact, passage: Passage, reason: str, user: AbstractBaseUser | None) -> Fact:
    """A draft of the same matter, without figures and notes, in the period of the passage's document."""
    names = ["title", "slug", "service", "is_headline", *structure(type(fact))]
    draft = type(fact)(**{name: getattr(fact, name) for name in names})
    draft.period, draft.passage, draft.state = passage.document.period, passage, FactState.DRAFT
    with one_change(draft, ChangeKind.ENTERED, reason, user=user):
        draft.save()
        for field in fact._meta.many_to_many:
            getattr(draft, field.name).set(getattr(fact, field.name).all())
    return draft


def structure(kind: type[Fact]) -> list[str]:
    """What of a kind's own fields says what sort of matter it is: what it chooses, and the organisation it names."""
    fields = [kind._meta.get_field(name) for name in (*kind.own_names(), *kind.organisation_names())]
    return [field.name for field in fields if field.choices or field.many_to_one]
