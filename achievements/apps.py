from django.apps import AppConfig


class AchievementsConfig(AppConfig):
    """What was won and heeded."""

    name = "achievements"
    verbose_name = "成果"
