"""Who may open what in the admin, and send to it: this table is the rule that `test_roles.py` holds the site to."""

from django.contrib.auth.models import User

from tests.roles import STAFF, SUPERUSER
from xinyi_sat.accounts.models import LoginLock, SecondStep
from xinyi_sat.accounts.roles import EDITOR, MANAGER
from xinyi_sat.facts.models import (
    Association,
    Document,
    DraftFact,
    Measure,
    Organisation,
    Passage,
    Period,
    Term,
    fact_kinds,
)
from xinyi_sat.report.models import Edition, PublishedFile

ALL = set(STAFF)
EDITORS = {EDITOR, MANAGER, SUPERUSER}
MANAGERS = {MANAGER, SUPERUSER}
SUPERUSERS = {SUPERUSER}
NOBODY: set[str] = set()

# Page and record: who may see it, who may send to it, and the answer to what is sent well (302) or incomplete (200).
LIST = {"changelist": (ALL, None, None)}  # what is sent to a list is an action; see the tests
RECORDS = LIST | {
    "add": (EDITORS, EDITORS, 200),
    "change published": (ALL, EDITORS, 302),
    "change draft": (ALL, EDITORS, 302),
    "history published": (ALL, ALL, 200),
    "delete published": (NOBODY, NOBODY, 302),
    "delete draft": (EDITORS, EDITORS, 302),
}
FACTS = RECORDS | {"state published": (EDITORS, EDITORS, 200), "state pending": (EDITORS, EDITORS, 302)}
PERIODS = RECORDS | {
    "add": (MANAGERS, MANAGERS, 200),
    "change published": (ALL, MANAGERS, 302),
    "change draft": (ALL, MANAGERS, 302),
    "delete draft": (MANAGERS, MANAGERS, 302),
    "state published": (MANAGERS, MANAGERS, 200),
    "state draft": (MANAGERS, MANAGERS, 200),
    "copy published": (MANAGERS, MANAGERS, 200),
}
VOCABULARY = LIST | {
    "add": (MANAGERS, MANAGERS, 200),
    "change used": (ALL, MANAGERS, 302),
    "change free": (ALL, MANAGERS, 302),
    "history used": (ALL, ALL, 200),
    "delete used": (NOBODY, NOBODY, 302),
    "delete free": (MANAGERS, MANAGERS, 302),
}
ASSOCIATION = LIST | {
    "add": (NOBODY, NOBODY, 200),
    "change current": (ALL, MANAGERS, 302),
    "history current": (ALL, ALL, 200),
    "delete current": (NOBODY, NOBODY, 302),
}
USERS = {
    "changelist": (MANAGERS, None, None),
    "add": (MANAGERS, MANAGERS, 200),
    "change colleague": (MANAGERS, MANAGERS, 302),
    "change superuser": (MANAGERS, SUPERUSERS, 302),
    "password_change colleague": (MANAGERS, MANAGERS, 200),
    "password_change superuser": (SUPERUSERS, SUPERUSERS, 200),
    "history colleague": (MANAGERS, MANAGERS, 200),
    "delete colleague": (NOBODY, NOBODY, 302),
    "delete superuser": (NOBODY, NOBODY, 302),
}
DRAFTS = LIST | {
    "add": (NOBODY, NOBODY, 200),
    "change found": (ALL, NOBODY, 200),
    "history found": (ALL, ALL, 200),
    "delete found": (EDITORS, EDITORS, 302),
}
EDITIONS = LIST | {
    "add": (MANAGERS, MANAGERS, 200),
    "change issued": (ALL, NOBODY, 200),
    "change prepared": (ALL, MANAGERS, 302),  # what is sent there starts the making
    "history issued": (ALL, ALL, 200),
    "delete issued": (NOBODY, NOBODY, 302),
    "delete prepared": (MANAGERS, MANAGERS, 302),
}
FILES = LIST | {
    "add": (EDITORS, EDITORS, 200),
    "change made": (ALL, NOBODY, 200),
    "history made": (ALL, ALL, 200),
    "delete made": (NOBODY, NOBODY, 302),
    "part": (ALL, None, None),
}
LOCKS = {
    "changelist": (MANAGERS, None, None),
    "add": (NOBODY, NOBODY, 200),
    "change lock": (MANAGERS, NOBODY, 200),
    "history lock": (MANAGERS, MANAGERS, 200),
    "delete lock": (MANAGERS, MANAGERS, 302),
}
PHONES = {
    "changelist": (MANAGERS, None, None),
    "add": (NOBODY, NOBODY, 200),
    "change colleague": (MANAGERS, NOBODY, 200),
    "history colleague": (MANAGERS, MANAGERS, 200),
    "delete colleague": (MANAGERS, MANAGERS, 302),
    "delete superuser": (SUPERUSERS, SUPERUSERS, 302),
}
TABLES = {
    **dict.fromkeys((Organisation, Document, Passage), RECORDS),
    **dict.fromkeys(fact_kinds(), FACTS),
    **dict.fromkeys((Measure, Term), VOCABULARY),
    Period: PERIODS,
    Association: ASSOCIATION,
    DraftFact: DRAFTS,
    Edition: EDITIONS,
    PublishedFile: FILES,
    User: USERS,
    LoginLock: LOCKS,
    SecondStep: PHONES,
}
NO_BULK_DELETION = (Edition, PublishedFile, LoginLock, SecondStep, Measure, Term, Association)
NOTHING_THERE = ("part",)  # pages of what nobody has asked to be made

# The pages that are of no model: the answer to whoever works in the admin.
SITE = {
    "index": 200,
    "login": 302,
    "logout": 405,
    "password_change": 200,
    "password_change_done": 200,
    "autocomplete": 200,
    "jsi18n": 200,
    "view_on_site": 302,
    "app_list": 200,
    "login_code": 302,
    "login_phone": 302,
    "resume": 302,
    "second_step": 200,
    "phone": 302,
}
