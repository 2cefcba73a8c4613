# SPDX-License-Identifier: MPL-2.0
import logging
import os
from threading import Thread

from django.core.wsgi import get_wsgi_application


def _warm_up() -> None:
    from django.db import Error, connection

    from indgang.directory import search

    try:
        search.warm_up()
    except Error:
        logging.getLogger("indgang").warning("the search could not be read at start; the first search will")
    finally:
        connection.close()


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "indgang.web.settings")
application = get_wsgi_application()

# The search is read while the process already answers, so that nobody's first search waits for it.
if os.environ.get("INDGANG_MODE") != "test":
    Thread(target=_warm_up, daemon=True).start()
