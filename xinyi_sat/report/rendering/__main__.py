"""A child as a process: `python -m xinyi_sat.report.rendering ORDER`."""

import sys

import django


def main(text: str) -> None:
    """Carry out an order within the limits of the settings."""
    django.setup()
    from django.conf import settings

    from xinyi_sat.report.rendering.child import carry_out
    from xinyi_sat.report.rendering.limits import limited
    from xinyi_sat.report.rendering.order import Order
    from xinyi_sat.report.rendering.render import Render

    carry_out(Render(Order.read(text)), limited(settings.RENDER_SECONDS, settings.RENDER_MEGABYTES))


if __name__ == "__main__":
    main(sys.argv[1])
