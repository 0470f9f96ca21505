"""Migrations in few steps: the models are put together once for many operations, and not once for each.

For an operation that runs, Django puts together anew every model that has to do with the altered one. Here all kinds have
to do with each other, by their period, their passage and the user of a change: it would take most of the time to a new site.
"""

from collections.abc import Iterable
from typing import Any

from django.db.migrations import AddConstraint, AddField, AddIndex, AlterConstraint, CreateModel, RemoveConstraint
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

TOGETHER = (CreateModel, AddIndex, AddConstraint, AlterConstraint, RemoveConstraint)
ONE_OF_A_MODEL = (AddField,)  # SQLite makes the table anew from the model before the step: a second field would be lost


class Step(Operation):
    """Operations of one sort, none of which needs to see what another has done."""

    def __init__(self, operations: list[Operation]) -> None:
        self.operations = operations

    def takes(self, operation: Operation) -> bool:
        """Whether it may be one of these."""
        if type(operation) is not type(self.operations[0]):
            return False
        taken = [one.model_name_lower for one in self.operations] if isinstance(operation, ONE_OF_A_MODEL) else []
        return (
            isinstance(operation, TOGETHER + ONE_OF_A_MODEL) and getattr(operation, "model_name_lower", "") not in taken
        )

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.__dict__.pop("apps", None)  # put together again, once, when the database is to follow
        state.is_delayed = False
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label: str, *states: Any) -> None:
        for operation in self.operations:
            operation.database_forwards(app_label, *states)

    def database_backwards(self, app_label: str, *states: Any) -> None:
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, *states)

    def describe(self) -> str:
        return "; ".join(operation.describe() for operation in self.operations)


def in_few_steps(operations: Iterable[Operation]) -> list[Operation]:
    """Neighbours of one sort together; everything in its order."""
    steps: list[Step] = []
    for operation in operations:
        if steps and steps[-1].takes(operation):
            steps[-1].operations.append(operation)
        else:
            steps.append(Step([operation]))
    return [step if len(step.operations) > 1 else step.operations[0] for step in steps]
