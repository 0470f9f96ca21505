"""Who may do what: three groups, and what each may do with the records of a model.

After every `migrate` the groups have just these rights, on every site; what somebody gives a group by hand over one of
these models is taken away again. Whether one record may be changed or deleted is for the record to say, whoever asks.
"""

from django.apps import AppConfig
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import models

VIEWER, EDITOR, MANAGER = ROLES = ("查阅", "编辑", "管理员")

Rights = dict[str, tuple[str, ...]]
SEE = ("view",)
ENTER = ("view", "add", "change", "delete")

RECORDS: Rights = {VIEWER: SEE, EDITOR: ENTER, MANAGER: ENTER}
FOUND: Rights = {VIEWER: SEE, EDITOR: ("view", "delete"), MANAGER: ("view", "delete")}  # made by programs
MADE: Rights = {VIEWER: SEE, EDITOR: ("view", "add"), MANAGER: ("view", "add")}  # on request, by tasks
MANAGED: Rights = {VIEWER: SEE, EDITOR: SEE, MANAGER: ENTER}
USERS: Rights = {MANAGER: ("view", "add", "change")}  # who has changed a record stays known: users are not deleted
DOOR: Rights = {MANAGER: ("view", "delete")}
HISTORY: Rights = dict.fromkeys(ROLES, SEE)

RECORD_APPS = ("facts", "achievements", "outreach")  # whose models are records unless said otherwise
RIGHTS: dict[str, Rights] = {
    "facts.period": MANAGED,
    "facts.measure": MANAGED,
    "facts.term": MANAGED,
    "facts.association": MANAGED,
    "facts.draftfact": FOUND,
    "facts.change": HISTORY,
    "facts.loadedrecord": {},
    "report.publishedfile": MADE,
    "report.edition": MANAGED,
    "report.editionfile": MANAGED,
    "auth.user": USERS,
    "accounts.loginlock": DOOR,
    "accounts.secondstep": DOOR,
}


def grant_rights(sender: AppConfig, **kwargs: object) -> None:
    """Give each role its rights over the models of an app, and take away any others; called after its migrations."""
    create_permissions(sender, verbosity=0)  # Django makes them at the same moment, perhaps after this
    groups = {role: Group.objects.get_or_create(name=role)[0] for role in ROLES}
    for model in sender.get_models():
        rights = rights_over(model)
        if rights is not None:
            give(groups, model, rights)


def rights_over(model: type[models.Model]) -> Rights | None:
    """What the roles may do with a model; None where it is none of theirs."""
    label = model._meta.label_lower
    if label in RIGHTS:
        return RIGHTS[label]
    if model._meta.app_label not in RECORD_APPS:
        return None
    return HISTORY if model._meta.model_name.startswith("historical") else RECORDS


def give(groups: dict[str, Group], model: type[models.Model], rights: Rights) -> None:
    """Give each group its rights over a model, and take away any others."""
    content_type = ContentType.objects.get_for_model(model, for_concrete_model=False)
    known = {one.codename: one for one in Permission.objects.filter(content_type=content_type)}
    for role, group in groups.items():
        wanted = {known[f"{action}_{model._meta.model_name}"] for action in rights.get(role, ())}
        given = set(group.permissions.filter(content_type=content_type))
        group.permissions.remove(*(given - wanted))
        group.permissions.add(*(wanted - given))
