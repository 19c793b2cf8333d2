"""The process that runs `dateline` in; an interpreter set up for one command, and left tidy, out."""

from __future__ import annotations

import atexit
import gc
import io
import os
import signal
import sys
from contextlib import suppress
from types import FrameType
from typing import NoReturn

from pipeline.cli import main, output_lost
from pipeline.extras import hide_extras
from pipeline.own_folder import folder_of_our_own


class Terminated(KeyboardInterrupt):
    """SIGTERM came: the command ends as it does at Ctrl-C."""


def program() -> NoReturn:
    """Run the command of this process's arguments, and end the process.

    What libraries leave in the folder for temporary files is gone with the command, and nothing is
    taken down one by one: half a million objects come with Beam and stay to the end. Looking
    through them for garbage took a tenth of the start; freeing them, 0.4 s.
    """
    hide_extras()
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # workers use the cores; 20 ms a process
    gc.disable()  # until the command is imported
    gc.set_threshold(50_000, 20, 20)
    told = signal.signal(signal.SIGTERM, _stop)
    _speak_utf_8()
    with folder_of_our_own() as error:
        try:
            status = main()
        except KeyboardInterrupt:  # before the command had begun
            status = 130
        except FileNotFoundError:
            if error is None:
                raise
            remedy = "free some space, or name another folder with TMPDIR"
            print(f"dateline: {error.strerror}; {remedy}", file=sys.stderr)  # noqa: T201
            status = 3
        atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with suppress(BrokenPipeError, ValueError):  # its reader has left; it is closed
            try:
                stream.flush()
            except OSError as error:
                status = status or output_lost(error)
    if signal.getsignal(signal.SIGTERM) is not _stop:  # as if nothing had been in its way
        signal.signal(signal.SIGTERM, told)
        os.kill(os.getpid(), signal.SIGTERM)
    os._exit(status)


def _speak_utf_8() -> None:
    """UTF-8 in files and pipes, whatever the locale; a terminal gets what it can show."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:  # closed before we began
            setattr(sys, name, open(os.devnull, "r" if name == "stdin" else "w"))  # noqa: PTH123, SIM115
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if not isinstance(stream, io.TextIOWrapper):
            continue
        if stream.isatty():
            stream.reconfigure(errors="replace")
        else:
            errors = "surrogateescape" if stream is sys.stdin else "backslashreplace"
            stream.reconfigure(encoding="utf-8", errors=errors)


def _stop(number: int, _frame: FrameType | None) -> None:
    signal.signal(number, signal.SIG_DFL)  # a second one ends it at once
    raise Terminated


if __name__ == "__main__":
    program()
