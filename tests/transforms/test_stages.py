"""How elements are gathered, whichever steps a runner takes to it."""

from __future__ import annotations

import pickle
from typing import Any

from transforms.stages import _Together


def test_elements_that_were_made_compact_on_the_way_are_all_in_the_list() -> None:
    how = _Together()

    def gathered(*elements: int) -> list[Any] | bytes:
        some: list[Any] | bytes = how.create_accumulator()
        for element in elements:
            some = how.compact(how.add_input(some, element))
        return some

    merged = how.merge_accumulators([gathered(1, 2), gathered(), [3]])
    assert pickle.loads(how.extract_output(merged)) == [1, 2, 3]
    assert pickle.loads(how.extract_output(how.compact(merged))) == [1, 2, 3]
