# SPDX-License-Identifier: MPL-2.0
"""What every room stands on: municipality, people, access, duties, audit, files, mail, links, pages."""
