# SPDX-License-Identifier: MPL-2.0
"""What a municipality may lawfully do: facts and a date in, an answer with its reasons out.

Nothing here is legal advice. Start reading at `evaluate.py`; `docs/explanation/law-engine.md` tells the idea.
"""
