# SPDX-License-Identifier: MPL-2.0
"""What changed from one version of a notice to the next, as sentences a bidder cares about."""

from collections.abc import Iterator

from indgang.core.notices.call import closes_at, is_cancelled, marks_of, value_of
from indgang.core.notices.notice import Notice
from indgang.core.text import Reason, gettext_noop


def differences(old: Notice, new: Notice) -> list[Reason]:
    """The most important first; one sentence that says nothing much when only other things changed."""
    found = list(_found(old, new))
    return found or [Reason(gettext_noop("Andre oplysninger er rettet"))]


def _found(old: Notice, new: Notice) -> Iterator[Reason]:
    if is_cancelled(new) and not is_cancelled(old):
        yield Reason(gettext_noop("Udbuddet er annulleret"))
    before, after = closes_at(old), closes_at(new)
    if before and after and before != after:
        later = after > before
        yield Reason(
            gettext_noop("Fristen er udskudt") if later else gettext_noop("Fristen er rykket tættere på")
        )
    elif after and not before:
        yield Reason(gettext_noop("Der er kommet en frist"))
    if value_of(old) != value_of(new):
        yield Reason(gettext_noop("Værdien er ændret"))
    yield from _lots(old, new)
    if (old.title, old.text) != (new.title, new.text):
        yield Reason(gettext_noop("Beskrivelsen er ændret"))


def _lots(old: Notice, new: Notice) -> Iterator[Reason]:
    before = {lot.reference: lot for lot in old.lots}
    after = {lot.reference: lot for lot in new.lots}
    if added := [after[key].title or key for key in after if key not in before]:
        yield Reason(gettext_noop("Nye delaftaler: %(titles)s"), {"titles": ", ".join(added)})
    if gone := [before[key].title or key for key in before if key not in after]:
        yield Reason(gettext_noop("Delaftaler, der er taget ud: %(titles)s"), {"titles": ", ".join(gone)})
    shared = [key for key in after if key in before]
    if any(marks_of(before[key]) != marks_of(after[key]) for key in shared):
        yield Reason(gettext_noop("Det er ændret, hvem der må byde, eller hvilke sociale mål der gælder"))
    if any((before[key].title, before[key].text) != (after[key].title, after[key].text) for key in shared):
        yield Reason(gettext_noop("En delaftale er beskrevet på ny"))
