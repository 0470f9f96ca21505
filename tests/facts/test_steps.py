"""Migrations in few steps: what goes together, and what must not."""

from django.db import models
from django.db.migrations import AddField, AddIndex, CreateModel, RunPython
from django.db.migrations.state import ProjectState

from xinyi_sat.facts.steps import in_few_steps


def field(model: str, name: str) -> AddField:
    return AddField(model, name, models.IntegerField(default=0))


def test_neighbours_of_one_sort_are_one_step_and_everything_keeps_its_order():
    tables = [CreateModel("one", [("id", models.AutoField(primary_key=True))]), CreateModel("other", [])]
    index, move = AddIndex("one", models.Index(fields=["id"], name="an_index")), RunPython(RunPython.noop)
    together, *rest = in_few_steps([*tables, index, move, move])
    assert together.operations == tables
    assert rest == [index, move, move]
    assert together.describe() == "Create model one; Create model other"


def test_two_fields_of_one_model_are_two_steps():
    fields = [field("one", "a"), field("other", "a"), field("one", "b")]
    together, second = in_few_steps(fields)
    assert (together.operations, second) == (fields[:2], fields[2])


def test_a_step_is_known_to_the_next_one_whole():
    state = ProjectState()
    assert state.apps.get_models() == []
    [step] = in_few_steps(
        [CreateModel(name, [("id", models.AutoField(primary_key=True))]) for name in ("one", "other")]
    )
    step.state_forwards("outreach", state)
    assert {model._meta.model_name for model in state.apps.get_models()} == {"one", "other"}
