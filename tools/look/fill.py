"""Fill an empty, migrated site with one case: python -m tools.look.fill CASE > pages.json"""

import json
import sys

import django
from django.db import transaction

from tools.look import cases, still


def main() -> None:
    still.hold()
    django.setup()
    with transaction.atomic():
        pages = cases.make(sys.argv[1])
    json.dump([page.as_dict() for page in pages], sys.stdout)


if __name__ == "__main__":
    main()
