"""Nothing in; what other libraries import wherever it is installed, and we never ask, stays out."""

from __future__ import annotations

import sys

# pyarrow imports pandas at the first table, in 0.2 s; Beam imports it as well, and what talks to
# clouds and other databases, in 0.4 s.
HIDDEN = frozenset(("pandas", "bson", "apache_beam.io.gcp.bigquery"))


class _WithoutExtras:
    """A finder of modules that says of those that they are not installed, and nothing else."""

    @staticmethod
    def find_spec(fullname: str, _path: object = None, _target: object = None) -> None:
        """Part of the protocol of `sys.meta_path`."""
        if fullname in HIDDEN:
            raise ModuleNotFoundError("hidden from this program", name=fullname)


def hide_extras() -> None:
    """Hide them from this process and those that are forked from it."""
    sys.meta_path.insert(0, _WithoutExtras)
