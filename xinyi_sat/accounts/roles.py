"""Who may do what: three groups, and what each may do with the records of a model.

Groups are made and given their rights by migrations only, so that every site has the same ones: a migration says
`grants(RECORDS, "outreach.training")`, and a later one says it again where the rights have changed. Whether one record
may be changed or deleted is for the record to say, whoever asks.
"""

from typing import Any

from django.db.migrations import RunPython

VIEWER, EDITOR, MANAGER = ROLES = ("查阅", "编辑", "管理员")

Rights = dict[str, tuple[str, ...]]
SEE = ("view",)
ENTER = ("view", "add", "change", "delete")

RECORDS: Rights = {VIEWER: SEE, EDITOR: ENTER, MANAGER: ENTER}
FOUND: Rights = {VIEWER: SEE, EDITOR: ("view", "delete"), MANAGER: ("view", "delete")}  # made by programs
MANAGED: Rights = {VIEWER: SEE, EDITOR: SEE, MANAGER: ENTER}
USERS: Rights = {MANAGER: ("view", "add", "change")}  # who has changed a record stays known: users are not deleted
DOOR: Rights = {MANAGER: ("view", "delete")}
HISTORY: Rights = dict.fromkeys(ROLES, SEE)


def grants(rights: Rights, *labels: str) -> RunPython:
    """For a migration: give each role these rights, and no others, over models such as `outreach.training`.

    The histories of those models that have one may be seen by every role, and changed by none.
    """

    def grant_all(apps: Any, schema_editor: Any) -> None:
        for label in labels:
            grant(apps, label, rights)

    return RunPython(grant_all, RunPython.noop)


def grant(apps: Any, label: str, rights: Rights) -> None:
    """Give each role these rights, and no others, over one model, and the sight of its history if it has one."""
    app_label, name = label.split(".")
    models = {model._meta.model_name: model for model in apps.get_app_config(app_label).get_models()}
    for model, given in ((models[name], rights), (models.get(f"historical{name}"), HISTORY)):
        if model is not None:
            give(apps, model, given)


def give(apps: Any, model: type, rights: Rights) -> None:
    """Give each role its rights over a model, and take away any others."""
    kind = content_type(apps, model)
    for role in ROLES:
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=role)
        permissions = [permission(apps, model, kind, action) for action in rights.get(role, ())]
        others = group.permissions.filter(content_type=kind)
        group.permissions.remove(*others.exclude(pk__in=[one.pk for one in permissions]))
        group.permissions.add(*permissions)


def permission(apps: Any, model: type, kind: Any, action: str) -> Any:
    """The permission to do something with a model, made now: Django itself makes them after the last migration."""
    made, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=kind,
        codename=f"{action}_{model._meta.model_name}",
        defaults={"name": f"Can {action} {model._meta.verbose_name_raw}"},
    )
    return made


def content_type(apps: Any, model: type) -> Any:
    """The row that stands for a model; made now where there is none yet."""
    made, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label=model._meta.app_label, model=model._meta.model_name
    )
    return made
