"""Names of functions in, functions that only the processes of the parse pool import out.

Extraction and tagging, with the libraries and patterns that they import, take half a second to load.
The process that runs the graph never calls them: it sends their names. What they give is a record
of `schemas`, since an answer brings the module along that its class is in.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any, cast

from pipeline.lake.encode import Encoded
from schemas.records import Feed, PackedArticle, Refined, RefinedRows


class _Remote:
    """Stands for a function here, and is unpickled as the function itself."""

    def __init__(self, module: str, name: str) -> None:
        self._place = module, name

    def __reduce__(self) -> tuple[Callable[[str, str], Any], tuple[str, str]]:
        return _find, self._place

    def __call__(self, *args: Any) -> Any:
        return _find(*self._place)(*args)


def _find(module: str, name: str) -> Any:
    return getattr(import_module(module), name)


def _refiner(name: str) -> Callable[..., Refined]:
    return cast("Callable[..., Refined]", _Remote("transforms.refine", name))


prepare = cast("Callable[..., None]", _Remote("transforms.refine", "prepare"))
refine_page = _refiner("refine_page")
refine_text = _refiner("refine_text")
refine_entry = _refiner("refine_entry")
refine_to_rows = cast(
    "Callable[..., RefinedRows]", _Remote("transforms.pack_article", "refine_to_rows")
)
pack_without = cast(
    "Callable[..., PackedArticle | None]", _Remote("transforms.pack_article", "pack_without")
)
parse_feed = cast("Callable[..., Feed]", _Remote("transforms.parse_feed", "parse_feed"))
encode_packed = cast("Callable[..., Encoded]", _Remote("pipeline.lake.encode", "encode_packed"))
