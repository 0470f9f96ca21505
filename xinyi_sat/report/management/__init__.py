"""Options that the commands of the report share."""

import re

from django.core.management import CommandError

from xinyi_sat.report.imprint import Site

ADDRESS = re.compile(r"https?://(\[[0-9a-f:.]+\]|[\w.-]+)(:[0-9]{1,5})?(/[^\s?#]*)?", re.IGNORECASE)


def asked_site(address: str) -> Site:
    """The site of an address as it is typed, none where it is empty; CommandError for any other words."""
    if address and not ADDRESS.fullmatch(address):
        raise CommandError(f"--site “{address}”不是网站的网址，请写成 http://192.168.1.10:8000 这样。")
    return Site(address.rstrip("/"))
