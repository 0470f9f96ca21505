"""Addresses that everybody may read.

A command that only writes such addresses names them with `set_urlconf("xinyi_sat.public_urls")`, and so loads no admin.
"""

from django.urls import include, path

urlpatterns = [
    path("", include("xinyi_sat.report.urls")),
    path("", include("xinyi_sat.pages.urls")),
    path("achievements/", include("achievements.urls")),
    path("outreach/", include("outreach.urls")),
]
