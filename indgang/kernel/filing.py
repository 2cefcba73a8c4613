# SPDX-License-Identifier: MPL-2.0
"""Handing documents over to the municipality's records system, which is the archive; we are not.

The first adapter is a watched folder: the document beside a small JSON file with case, title, date and
hash. The receipt is the name of the folder that was written.
"""

import json
from datetime import datetime
from pathlib import Path

from django.conf import settings

from indgang.kernel.access import Principal
from indgang.kernel.files import content
from indgang.kernel.models import FilingItem, StoredFile


def journalise(
    by: Principal, case_key: str, title: str, document: StoredFile, *, now: datetime
) -> FilingItem:
    """Queue a document for the records system, in the transaction of the act that made it."""
    return FilingItem.objects.create(
        municipality_id=document.municipality_id,
        case_key=case_key,
        title=title[:200],
        document=document,
        created_at=now,
    )


def file_waiting(now: datetime) -> int:
    """Deliver what waits in the tenant's queue; returns how many. Waits on when no folder is set."""
    if not settings.FILING_FOLDER:
        return 0
    done = 0
    for item in FilingItem.objects.filter(filed_at=None).select_related("document", "municipality")[:100]:
        try:
            item.receipt, item.filed_at, item.trouble = _drop(item, Path(settings.FILING_FOLDER)), now, ""
            done += 1
        except OSError as trouble:
            item.trouble = f"Mappen kunne ikke skrives ({trouble.strerror})"
        item.save(update_fields=["receipt", "filed_at", "trouble"])
    return done


def _drop(item: FilingItem, root: Path) -> str:
    folder = root / str(item.municipality.code) / f"{item.pk:09d}"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / item.document.name).write_bytes(content(item.document))
    card = {
        "sag": item.case_key,
        "titel": item.title,
        "dato": item.created_at.date().isoformat(),
        "fil": item.document.name,
        "sha256": item.document.sha256,
    }
    partial = folder / "kort.json.part"
    partial.write_text(json.dumps(card, ensure_ascii=False, indent=1), "utf-8")
    partial.rename(folder / "kort.json")
    return str(folder.relative_to(root))
