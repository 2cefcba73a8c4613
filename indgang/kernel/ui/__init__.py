# SPDX-License-Identifier: MPL-2.0
"""The pages' common vocabulary: forms, icons, amounts, partials."""
