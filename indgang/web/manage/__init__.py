# SPDX-License-Identifier: MPL-2.0
"""The municipality's own settings: people, units, promises, and mail that nobody is sure of."""
