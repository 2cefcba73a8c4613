# SPDX-License-Identifier: MPL-2.0
import pytest
from django.db import ProgrammingError, connection, transaction

from indgang.kernel import audit
from indgang.kernel.models import AuditLine, AuditPersonal
from tests.cast import NOW, Cast


def test_every_act_of_the_cast_left_a_line_and_the_chain_is_whole(cast: Cast) -> None:
    assert AuditLine.objects.count() == 9  # opening, three units, five people
    assert list(audit.faults(cast.home.pk)) == []


def test_the_application_cannot_change_or_remove_a_line(cast: Cast) -> None:
    for statement in ("UPDATE kernel_auditline SET act = 'x'", "DELETE FROM kernel_auditline"):
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as c,
        ):
            c.execute(statement)


def test_a_line_that_was_altered_breaks_the_chain(cast: Cast) -> None:
    line = AuditLine.objects.get(number=3)
    line.facts = {"name": "noget andet"}
    assert audit.seal(line) != line.hash


def test_personal_values_can_be_erased_and_the_chain_still_holds(cast: Cast) -> None:
    assert AuditPersonal.objects.filter(values__name="Mette Lind").exists()
    AuditPersonal.objects.all().delete()
    assert list(audit.faults(cast.home.pk)) == []


def test_no_line_holds_a_name_in_its_facts(cast: Cast) -> None:
    text = str(list(AuditLine.objects.values_list("facts", flat=True)))
    assert "Mette" not in text


def test_each_municipality_has_a_chain_of_its_own(cast: Cast) -> None:
    line = audit.record(cast.house, "test", "thing:1", now=NOW)
    assert line.number == 10
    assert line.previous_hash == AuditLine.objects.get(number=9).hash
