"""Nothing in; out comes a process that holds every table, from which workers are forked.

The fork server imports this module once, so that all workers share one copy of the tables, and a
worker that replaces a killed one answers at once. Loading took a worker of its own 2.4 s.
"""

from __future__ import annotations

import gc
import os
from contextlib import suppress

from pipeline.extras import hide_extras

# Arrow's own pool reserves a gigabyte of addresses at once, which the limit of a worker counts
os.environ["ARROW_DEFAULT_MEMORY_POOL"] = "system"
hide_extras()
gc.disable()  # nothing that is loaded here is garbage, and looking for some took 0.2 s

import pipeline.parsing.parse_worker  # noqa: E402 - what a worker begins with
import pipeline.parsing.remote  # noqa: E402, F401
import transforms.pack_article  # noqa: E402, F401 - what every call goes through
from transforms.refine import prepare  # noqa: E402

with suppress(Exception):  # a worker's own `prepare` meets the same error, and can say it
    prepare()
gc.enable()
gc.set_threshold(
    10_000, 20, 20
)  # a page makes little garbage that counting does not find: 1 % of its time
gc.freeze()  # a collection in a worker would write to, and so copy, every page that it shares
