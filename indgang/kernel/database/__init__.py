# SPDX-License-Identifier: MPL-2.0
"""PostgreSQL: the embedded server, the two roles, and the tenant of a transaction."""
