#!/usr/bin/env python
"""Run a management command; a bad setting ends it with one sentence, not a traceback."""

import os
import sys

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from casa.lib import starting


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casa.settings")
    try:
        with starting.without_collecting():
            django.setup()
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"Not started: {error}")


if __name__ == "__main__":
    main()
