"""The list view of every kind of fact, as the addresses of the site have them."""

from django.urls import get_resolver
from django_filters.views import FilterView


def list_views() -> list[type[FilterView]]:
    """Each list view once."""
    found = {}
    for app in ("achievements", "outreach"):
        for pattern in next(
            one for one in get_resolver("xinyi_sat.public_urls").url_patterns if one.namespace == app
        ).url_patterns:
            view = pattern.callback.view_class
            if issubclass(view, FilterView):
                found[view.__name__] = view
    return list(found.values())


LIST_VIEWS = list_views()
