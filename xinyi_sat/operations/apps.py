from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """What an operator runs: the web server, the task worker."""

    name = "xinyi_sat.operations"
    label = "operations"
    verbose_name = "运行"
