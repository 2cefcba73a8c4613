# SPDX-License-Identifier: MPL-2.0
"""What the software reads out of a text about what is sold: unrelated things apart, their codes, their figures.

Everything here is a suggestion. A human confirms before it counts.
"""

from indgang.directory.suggest.reading import Reading, codes_for, read

__all__ = ["Reading", "codes_for", "read"]
