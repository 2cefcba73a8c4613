# SPDX-License-Identifier: MPL-2.0
"""What a result was made of, so that anybody can make it again: the run id and everything it hashes.

The run id covers engine, pack, input, seed and options. The same id under the same lock file and processor
family gives the same bytes; elsewhere the numbers agree within 1e-9.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import scipy

import indgang
from indgang.core.value.canonical import canonical, digest
from indgang.core.value.draws import GENERATOR
from indgang.core.value.pack import Pack

ENGINE = "1"
"""Raised when the same input would give another number."""


@dataclass(frozen=True)
class Options:
    """How a case is run: number of draws (0 for none) and the seed."""

    draws: int = 10_000
    seed: int = 20260101


def manifest(raw: Mapping[str, object], pack: Pack, options: Options) -> dict[str, object]:
    """Run id first; the case itself is kept, so that the result can be recomputed from its file alone."""
    identity = {
        "engine": f"indgang {indgang.__version__}, value {ENGINE}",
        "pack_sha256": pack.sha256,
        "input_sha256": digest(raw),
        "draws": options.draws,
        "seed": options.seed,
        "generator": GENERATOR,
    }
    return {
        "run_id": digest(identity)[:16],
        **identity,
        "pack": pack.name,
        "pack_signed_off": pack.signed_off,
        "pack_reviewers": list(pack.reviewers),
        "numpy": np.__version__,
        "scipy": scipy.__version__,
        "case": json.loads(canonical(raw)),
    }
