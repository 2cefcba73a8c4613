# SPDX-License-Identifier: MPL-2.0
"""What may we lawfully do? The law guide, its assessments, its records, and the sums that law needs."""
