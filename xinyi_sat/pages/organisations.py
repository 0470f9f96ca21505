"""The organisations that facts name."""

from typing import Any

from django.views.generic import DetailView, ListView

from xinyi_sat.facts.models import Fact, Organisation
from xinyi_sat.pages.lists import FixedPages
from xinyi_sat.pages.period_choice import PeriodPage


class OrganisationListView(PeriodPage, ListView):
    """The organisations that facts name, of all periods where none is named."""

    template_name = "pages/organisation_list.html"
    shows_all = True

    def get_queryset(self) -> list[Organisation]:
        return list(Organisation.objects.public(self.period_choice.period))


class OrganisationDetailView(PeriodPage, DetailView):
    """An organisation and the facts that name it, of all periods where none is named."""

    queryset = Organisation.objects.public()
    template_name = "pages/organisation_detail.html"
    shows_all = True

    def get_context_data(self, **kwargs: Any) -> dict:
        named = self.period_choice.narrow(Fact.objects.public()).naming(self.object)
        facts = named.with_source().with_figures().in_reading_order()
        page = FixedPages(facts, 0).get_page(self.request.GET.get("page"))
        shown = {
            "page": page,
            "facts": list(page),
            "documents": list(self.period_choice.narrow(self.object.document_set.public())),
        }
        return super().get_context_data(**shown, **kwargs)
