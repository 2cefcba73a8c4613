# SPDX-License-Identifier: MPL-2.0
from django.db import migrations

from indgang.kernel.database.policies import OWN_MUNICIPALITY, append_only, protect

OURS = "organisation_id = ANY ((SELECT indgang_organisations())::bigint[])"
OPENED = (
    "EXISTS (SELECT 1 FROM procurement_competition c WHERE c.task_id = {table}.task_id"
    " AND clock_timestamp() >= c.bids_until + interval '1 second')"
    " AND (SELECT count(DISTINCT o.user_id) FROM procurement_opening o WHERE o.task_id = {table}.task_id) >= 2"
)
AFTER_THE_DEADLINE = (
    "EXISTS (SELECT 1 FROM procurement_competition c WHERE c.task_id = procurement_opening.task_id"
    " AND clock_timestamp() >= c.bids_until + interval '1 second')"
)
BEFORE_THE_DEADLINE = (
    "EXISTS (SELECT 1 FROM procurement_competition c WHERE c.task_id = procurement_bid.task_id"
    " AND date_trunc('second', clock_timestamp()) <= c.bids_until)"
)
PLAIN = (
    "procurement_tasknotice",
    "procurement_lawfacts",
    "procurement_competition",
    "procurement_taskfile",
    "procurement_invitation",
    "procurement_answer",
    "procurement_question",
    "procurement_aversion",
    "procurement_decision",
    "procurement_decisionline",
    "procurement_accessrequest",
    "procurement_order",
)


NEVER_EARLIER = """
CREATE FUNCTION procurement_deadline_only_later() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.bids_until < OLD.bids_until OR NEW.public_key <> OLD.public_key THEN
        RAISE EXCEPTION 'the deadline of a competition moves later only, and its key never changes';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER deadline_only_later BEFORE UPDATE ON procurement_competition
    FOR EACH ROW EXECUTE FUNCTION procurement_deadline_only_later();
"""


def opened(table: str) -> str:
    return OPENED.format(table=table)


class Migration(migrations.Migration):
    dependencies = [("procurement", "0001_initial"), ("kernel", "0002_row_security")]
    operations = [
        *(protect(table) for table in PLAIN),
        protect(
            "procurement_bid",
            read=f"{OWN_MUNICIPALITY} AND ({OURS} OR ({opened('procurement_bid')}))",
            write=f"{OWN_MUNICIPALITY} AND (({OURS} AND {BEFORE_THE_DEADLINE}) OR ({opened('procurement_bid')}))",
        ),
        protect(
            "procurement_taskkey",
            read=f"{OWN_MUNICIPALITY} AND ({opened('procurement_taskkey')})",
            write=OWN_MUNICIPALITY,
        ),
        protect("procurement_opening", write=f"{OWN_MUNICIPALITY} AND {AFTER_THE_DEADLINE}"),
        append_only("procurement_answer"),
        append_only("procurement_opening"),
        append_only("procurement_taskkey"),
        migrations.RunSQL(
            NEVER_EARLIER,
            "DROP TRIGGER deadline_only_later ON procurement_competition;"
            "DROP FUNCTION procurement_deadline_only_later();",
        ),
    ]
