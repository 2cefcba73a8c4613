# SPDX-License-Identifier: MPL-2.0
"""The database goes away in the middle of a request: a sentence, nothing half-saved, and the same press works after."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from tests.journeys.conftest import Site

GONE = """
CREATE FUNCTION cut_the_connection() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_terminate_backend(pg_backend_pid());
    RETURN NEW;
END $$;
GRANT EXECUTE ON FUNCTION cut_the_connection() TO PUBLIC;
ALTER FUNCTION cut_the_connection() SECURITY DEFINER;
CREATE TRIGGER cut_the_connection BEFORE INSERT ON kernel_auditline
    FOR EACH ROW WHEN (NEW.act = 'task.describe') EXECUTE FUNCTION cut_the_connection();
"""
BACK = "DROP TRIGGER cut_the_connection ON kernel_auditline; DROP FUNCTION cut_the_connection();"
NEED = "Pak 77 velkomstkasser til nye naboer ved havnen."


@contextmanager
def the_database_breaks_off(site: Site) -> Iterator[None]:
    """The connection is cut when a task has been written and its line in the log has not."""
    with psycopg.connect(site.database, autocommit=True) as owner:
        owner.execute(GONE)
        try:
            yield
        finally:
            owner.execute(BACK)


def tasks_written(site: Site) -> int:
    with psycopg.connect(site.database) as owner:
        row = owner.execute("SELECT count(*) FROM procurement_tasknotice WHERE need = %s", [NEED]).fetchone()
    assert row is not None
    return int(row[0])


def test_a_database_that_goes_in_mid_request_leaves_nothing_half_done(site: Site, visit: object) -> None:
    carla = visit().log_in("carla@aabjerg.example")  # type: ignore[operator]
    carla.go("/opgaver/ny/")
    carla.page.get_by_label("Hvad skal løses?").fill(NEED)
    carla.page.get_by_label("Hvad må det koste").fill("8.000")
    with the_database_breaks_off(site):
        carla.press("Find, hvem der kan").sees("Vi kan ikke nå vores data")
        carla.sees("Intet er gemt halvt")
        assert tasks_written(site) == 0
    carla.page.go_back()
    assert carla.page.get_by_label("Hvad skal løses?").input_value() == NEED
    carla.press("Find, hvem der kan").sees("De kan løse opgaven")
    assert tasks_written(site) == 1
    carla.trouble.clear()  # the browser's own note of the 503
