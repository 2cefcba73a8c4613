# SPDX-License-Identifier: MPL-2.0
"""One module per source of `indgang import`, each with `add_arguments(parser)` and `run(arguments) -> exit code`."""
