"""Nothing in; what other libraries import wherever it is installed, and we never ask, stays out."""

from __future__ import annotations

import sys
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import LazyLoader

# pyarrow imports pandas at the first table, in 0.2 s; Beam imports it as well, and what talks to
# clouds and other databases, in 0.4 s.
HIDDEN = frozenset(("pandas", "bson", "apache_beam.io.gcp.bigquery"))
LATE = frozenset(("httplib2",))  # Beam imports it at once, in 27 ms, and asks it never


class _WithoutExtras:
    """A finder of modules that says of some that they are not installed, and loads others late."""

    @staticmethod
    def find_spec(fullname: str, _path: object = None, _target: object = None) -> ModuleSpec | None:
        """Part of the protocol of `sys.meta_path`."""
        if fullname in HIDDEN:
            raise ModuleNotFoundError("hidden from this program", name=fullname)
        spec = PathFinder.find_spec(fullname) if fullname in LATE else None
        if spec is not None and spec.loader is not None:
            spec.loader = LazyLoader(spec.loader)
        return spec


def hide_extras() -> None:
    """Hide them from this process and those that are forked from it."""
    sys.meta_path.insert(0, _WithoutExtras)
