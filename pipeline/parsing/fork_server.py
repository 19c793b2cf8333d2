"""Nothing in; out comes the process that workers are forked from, which loads its tables by itself."""

from __future__ import annotations

import multiprocessing
import signal
from multiprocessing import forkserver, resource_tracker
from multiprocessing.context import ForkServerContext


def start_fork_server() -> ForkServerContext:
    """Have the process from which workers are forked load its tables; does not wait for it.

    Called first thing in a command, before what it needs itself is imported, it loads on one core
    while Beam is imported on another: the first page waits for the longer of the two.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["pipeline.parsing.preload"])
    resource_tracker.ensure_running()  # which the server wants, and which lets Ctrl-C in again
    # Ctrl-C goes to all processes of a terminal; a server that still loads would show where it was
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return context
