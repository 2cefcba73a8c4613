# SPDX-License-Identifier: MPL-2.0
"""What is needed on a visit to a company: typical tasks per industry, and the sums of a job profile."""
