"""The name of a list of words or phrases in, the list out, as its build left it.

The lists are written by hand in TOML, whose parser and the folding of each term took 60 ms before the first
page; `python -m transforms.data.pages.build_lists` folds them and writes them as JSON.
"""

from __future__ import annotations

import json
from importlib import resources
from typing import Any


def word_list(name: str) -> Any:
    """What `build_lists` made of `data/pages/<name>.toml`."""
    path = resources.files("transforms.data.pages") / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8"))
