"""Questions every kind of fact can answer."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, ExpressionWrapper, OuterRef, Q
from django.db.models.query import ModelIterable

from xinyi_sat.facts.choices import FactState, PeriodState
from xinyi_sat.facts.fields import NUMBER

if TYPE_CHECKING:
    from xinyi_sat.facts.models import Document, Fact, Organisation, Passage, Period


MOST_WORDS = 6
FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")
A_NUMBER = re.compile(r"[0-9]{1,12}(\.[0-9]{1,3})?")  # that the database can hold
READING_ORDER = ("-period__ends_on", "passage__document__slug", "passage__paragraph", "pk")


def words_in(question: str) -> list[str]:
    """The words a reader looks for, full-width letters and digits as plain ones."""
    return unicodedata.normalize("NFKC", question).split()


def as_printed(measure: str, word: str) -> Q:
    """A measure that is worded with full-width digits, or in Chinese numerals, by the same number in plain digits; words ask nothing."""
    wide = word.translate(FULL_WIDTH)
    if wide == word:
        return Q()
    printed = Q(**{f"{measure}__contains": wide})
    return printed | Q(**{measure + NUMBER: word}) if A_NUMBER.fullmatch(word) else printed


def few_words(question: str) -> None:
    """Refuse a question of more words than a database looks for at once."""
    if len(words_in(question)) > MOST_WORDS:
        raise ValidationError(f"一次最多查找 {MOST_WORDS} 个词。")


class UnknownPeriod(LookupError):  # noqa: N818 (it says what the period is)
    """Nobody has recorded such a period; the message says so to the person who asked."""


class SlugQuerySet(models.QuerySet):
    """Records known by their slug."""

    def get_by_natural_key(self, slug: str) -> models.Model:
        return self.get(slug=slug)


class PeriodQuerySet(SlugQuerySet):
    """Questions about periods."""

    def public(self) -> Self:
        """The periods that everyone may read."""
        return self.exclude(state=PeriodState.DRAFT)

    def with_facts(self) -> Self:
        """The periods of which readers find something."""
        return self.public().filter(has_facts(self.model))

    def latest_first(self) -> Self:
        """Those that ended last first, of several the longest; archived ones after all others."""
        archived_last = ExpressionWrapper(Q(state=PeriodState.ARCHIVED), models.BooleanField())
        return self.order_by(archived_last, "-ends_on", "starts_on", "pk")

    def current(self) -> Period | None:
        """The period that readers are shown first: of those with facts the latest that is not archived."""
        return self.with_facts().latest_first().first()

    def asked_for(self, slug: str | None) -> Period:
        """The public period of this slug, else the current one; UnknownPeriod where there is none."""
        found = self.public().named(slug, "公布的时期") if slug else self.current()
        if found is None:
            raise UnknownPeriod("还没有任何时期，请先运行 load_facts。")
        return found

    def named(self, slug: str, called: str = "时期") -> Period:
        """The period of this slug; UnknownPeriod, which says which there are, where it is none of these."""
        found = self.filter(slug=slug).first()
        if found is None:
            known = "、".join(self.latest_first().values_list("slug", flat=True)) or "无"
            raise UnknownPeriod(f"没有{called}“{slug}”。已有的是：{known}。")
        return found


class DocumentQuerySet(SlugQuerySet):
    """Questions about documents."""

    def public(self) -> Self:
        """The documents about periods that everyone may read."""
        return self.exclude(period__state=PeriodState.DRAFT)

    def in_period(self, period: Period) -> Self:
        return self.filter(period=period)


class OrganisationQuerySet(SlugQuerySet):
    """Questions about organisations."""

    def public(self, period: Period | None = None) -> Self:
        """The organisations that a fact or a document names which everyone may read; of one period where it is given."""
        within = {"period": period} if period else {}
        documents = DocumentQuerySet(self.model._meta.get_field("document").related_model).public()
        named = Q(Exists(documents.filter(publisher=OuterRef("pk"), **within)))
        for relation in self.model._meta.get_fields(include_hidden=True):
            if relation.auto_created and relation.is_relation and kinds_among([relation]):
                facts = relation.related_model.objects.public()
                named |= Q(Exists(facts.filter(**{relation.field.name: OuterRef("pk")}, **within)))
        return self.filter(named)


class PassageQuerySet(models.QuerySet):
    """Questions about the paragraphs of documents."""

    def public(self) -> Self:
        """The paragraphs of documents that everyone may read."""
        return self.exclude(document__period__state=PeriodState.DRAFT)

    def get_by_natural_key(self, document: str, paragraph: int) -> models.Model:
        return self.get(document__slug=document, paragraph=paragraph)


@cache
def has_facts(model: type[Period]) -> Q:
    """Of a period, that readers find a fact of any kind; put together once, since every page asks for the periods."""
    recorded = Q()
    for kind in kinds_among(model._meta.related_objects):
        recorded |= Q(Exists(kind.objects.public().filter(period=OuterRef("pk"))))
    return recorded


def kinds_among(relations: Iterable) -> list[type[Fact]]:
    """The kinds of fact that these relations come from."""
    managers = ((one.related_model, one.related_model._default_manager) for one in relations)
    return [kind for kind, manager in managers if issubclass(getattr(manager, "_queryset_class", object), FactQuerySet)]


class DraftFactQuerySet(models.QuerySet):
    """Questions about drafts."""

    def settle(self, passage: Passage, recorded: set[int]) -> None:
        """Drop the drafts of a passage whose every quantity is a figure now; `recorded` are the first characters."""
        for draft in self.filter(passage=passage):
            if {figure["start"] for figure in draft.figures} <= recorded:
                draft.delete()


class FetchedTogether(ModelIterable):
    """Facts that know which others came with them, so that what is asked of one is asked of all at once."""

    def __iter__(self) -> Iterator[Fact]:
        together: list[Fact] = []
        for fact in super().__iter__():
            fact._fetched_together = together
            together.append(fact)
            yield fact


class FactQuerySet(models.QuerySet):
    """Questions every kind of fact can answer."""

    def public(self) -> Self:
        """The facts that everyone may read: confirmed, of a period that is not a draft, read from a document of such a one."""
        return self.published().filter(state=FactState.CONFIRMED)

    def get_by_natural_key(self, period: str, slug: str) -> Fact:
        return self.get(period__slug=period, slug=slug)

    def published(self) -> Self:
        """The facts that readers may see or have seen: those withdrawn since are among them."""
        draft = PeriodState.DRAFT
        is_public = ~Q(period__state=draft), ~Q(passage__document__period__state=draft), ~Q(state=FactState.DRAFT)
        return self.filter(*is_public)

    def in_period(self, period: Period | None) -> Self:
        return self.filter(period=period)

    def once_at(self, period: str, slug: str) -> Self:
        """The fact that last had another slug, this one, in a period: links to it stand in files and printed reports."""
        then = self.model.history.filter(period__slug=period, slug=slug).order_by("-history_id").values("id")
        return self.filter(pk__in=then[:1])

    def in_document(self, document: Document) -> Self:
        return self.filter(passage__document=document)

    def with_source(self) -> Self:
        """Fetch period, passage and document in the same query as the facts, and their marks together later."""
        facts = self.select_related("period", "passage__document")
        facts._iterable_class = FetchedTogether
        return facts

    def with_named(self) -> Self:
        """Fetch what the facts name: organisations, one or many."""
        relations = [field for field in self.model._meta.get_fields() if field.name in self.model.organisation_names()]
        one = [field.name for field in relations if field.many_to_one]
        many = [field.name for field in relations if field.many_to_many]
        return (self.select_related(*one) if one else self).prefetch_related(*many)

    def naming(self, organisation: Organisation) -> Self:
        """The facts that name an organisation in any of their fields."""
        anywhere = Q(pk__in=[])
        for name in self.model.organisation_names():
            anywhere |= Q(**{name: organisation})
        return self.filter(anywhere).distinct()

    def in_reading_order(self) -> Self:
        """As the document has them: by paragraph, then as entered."""
        return self.order_by(*READING_ORDER)

    def search(self, words: list[str], measures: list[str]) -> Self:
        """Facts that have every one of the words in a title, a note, a name, another text or one of the measures."""
        found = self
        for word in words:
            anywhere = Q()
            for name in (*self.model.text_names(), *measures):
                anywhere |= Q(**{f"{name}__icontains": word})
            for name in measures:
                anywhere |= as_printed(name, word)
            found = found.filter(anywhere)
        return found.distinct()
