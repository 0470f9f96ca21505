"""What tests order of the shelf, and what its log says of it."""

from dataclasses import replace

from tests.report.office import SITE
from tests.report.scopes import review_scope
from xinyi_sat.facts.choices import Service
from xinyi_sat.report.rendering.order import Order
from xinyi_sat.report.rendering.shelf import shelf


def order(ending: str = "zip", service: Service | None = None) -> Order:
    """The whole review in a format, or a service of it."""
    return Order.of(ending, replace(review_scope(), service=service), SITE)


def log() -> list[str]:
    """The lines of the log: a line for each render that ended by itself."""
    return (shelf() / "log").read_text(encoding="utf-8").splitlines()
