from django.apps import AppConfig


class OutreachConfig(AppConfig):
    """What was done for people and firms."""

    name = "outreach"
    verbose_name = "服务工作"
