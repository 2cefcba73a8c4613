# SPDX-License-Identifier: MPL-2.0
"""Documents as tagged PDF (PDF/UA-1), set by typst from a template beside the room that owns it."""

import json
from collections.abc import Mapping
from pathlib import Path

import typst


def typeset(template: Path, facts: Mapping[str, object]) -> bytes:
    """The PDF of a template, which reads `facts` from `sys.inputs.facts` as JSON."""
    pdf: bytes = typst.compile(
        str(template),
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs={"facts": json.dumps(facts, ensure_ascii=False)},
    )
    return pdf
