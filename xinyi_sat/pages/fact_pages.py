"""The page of one fact."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.generic import DetailView

from xinyi_sat.facts.models import Change
from xinyi_sat.pages.period_choice import choice_of_period
from xinyi_sat.pages.sources import ReadPassage


class FactDetailView(DetailView):
    """One fact: all that is recorded of it, and where it was read; of a withdrawn one, that and why it is gone."""

    template_name = "pages/fact_detail.html"
    context_object_name = "fact"

    def get_queryset(self) -> QuerySet:
        facts = self.model.objects.published().with_source().with_named().with_figures()
        return facts.filter(period__slug=self.kwargs["period"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page; from an address that the fact had before, the way to the one that it has now."""
        try:
            return super().get(request, *args, **kwargs)
        except Http404:
            moved = self.model.objects.published().once_at(kwargs["period"], kwargs["slug"]).first()
            if moved is None:
                raise
            return redirect(moved)

    def get_context_data(self, **kwargs: Any) -> dict:
        fact = self.object
        others = self.model.objects.public().filter(slug=fact.slug).exclude(pk=fact.pk)
        changes = list(Change.objects.explained().of(fact))
        shown = {
            "label": fact.kind_label,
            "list_url": fact.list_url(),
            "figures": list(fact.figures.all()),
            "changes": changes,
            "passage": ReadPassage(fact.passage, [fact]),
            "others": list(others.with_source().in_reading_order()),
        }
        return super().get_context_data(period_choice=choice_of_period(fact.period), **shown, **kwargs)

    def render_to_response(self, context: dict, **kwargs: Any) -> HttpResponse:
        if not self.object.is_withdrawn:
            return super().render_to_response(context, **kwargs)
        changed_state = (one for one in context["changes"] if any(part.name == "state" for part in one.differences))
        withdrawal = {"withdrawal": next(changed_state, None)}
        response = render(self.request, "pages/fact_withdrawn.html", context | withdrawal, status=410)
        response["Cache-Control"] = "no-cache"  # Browsers keep a 410 for ever; a fact may be brought back.
        return response
