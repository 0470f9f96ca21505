"""What was typed into a form whose session had ended: carried through the login, signed, and offered again after it."""

from django.core import signing
from django.http import HttpRequest

SALT = "xinyi_sat.accounts.carried"
KEPT = "draft"  # under this a session keeps it
LONGEST = 12 * 60 * 60  # seconds


def seal(request: HttpRequest) -> str:
    """The form that was sent, as one word that only this site can have written.

    Empty where there is nothing to keep, where it can't be kept (files), and where it must not be (passwords).
    """
    fields = [[name, values] for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"]
    if not fields or request.FILES or any("password" in name for name, _ in fields):
        return ""
    return signing.dumps({"path": request.get_full_path(), "fields": fields}, salt=SALT, compress=True)


def unseal(draft: str) -> dict | None:
    """Path and fields of a form that was sealed here within half a day; None for anything else."""
    try:
        return signing.loads(draft, salt=SALT, max_age=LONGEST)
    except signing.BadSignature:
        return None
