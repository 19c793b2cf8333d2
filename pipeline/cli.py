"""The command line: arguments in, one of the commands called, its exit status out.

Exit status: 0 done, 1 the run or the check failed, 2 wrong input, 3 the lake refused, 130 stopped.
"""

from __future__ import annotations

import argparse
import errno
import gc
import logging
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module

from pipeline.arguments import build_parser
from schemas.errors import DatelineError, InputError, LakeError

Handler = Callable[[argparse.Namespace], int]
HANDLERS = {  # command -> module of `pipeline.commands`, function
    "run": ("flow", "run"),
    "watch": ("flow", "watch"),
    "ingest": ("flow", "ingest"),
    "query": ("lake", "query"),
    "check": ("lake", "check"),
    "compact": ("lake", "compact"),
    "explain": ("explain", "command"),
    "feeds": ("feeds", "command"),
    "topics": ("topics", "command"),
    "countries": ("countries", "command"),
    "demo": ("demo", "command"),
}
NOT_WRITTEN = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}  # by the file of our output
STARTING_WORKERS = {"run", "watch", "ingest", "demo"}


def _handler(name: str) -> Handler:
    """What does the command; imported now, since a query needs no Beam and `--help` nothing."""
    if name in STARTING_WORKERS:
        from pipeline.parsing.fork_server import start_fork_server

        start_fork_server()
    module, function = HANDLERS[name]
    handler: Handler = getattr(import_module(f"pipeline.commands.{module}"), function)
    if not gc.isenabled():  # as `program` leaves it: nothing that is imported is garbage
        gc.freeze()
        gc.enable()
    return handler


def _log_to_stderr(debug: bool) -> None:
    logging.basicConfig(
        stream=sys.stderr, level=logging.WARNING, format="%(asctime)s %(name)s %(message)s"
    )
    logging.getLogger("dateline").setLevel(logging.DEBUG if debug else logging.INFO)
    logging.getLogger().setLevel(logging.ERROR)  # Beam, trafilatura and others tell us too much
    # Beam logs the traceback of what it then raises, that of a job elsewhere as if it were our own
    logging.getLogger("apache_beam").setLevel(logging.ERROR if debug else logging.CRITICAL)
    logging.getLogger().addFilter(lambda _: debug)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Returns the exit status; see the head of this module."""
    parser = build_parser()
    arguments = parser.parse_args(argv)
    if arguments.command is None:
        parser.exit(2, parser.format_help())
    _log_to_stderr(arguments.debug)
    try:
        return _handler(arguments.command)(arguments)
    except InputError as error:
        return _refused(error, 2)
    except LakeError as error:
        return _refused(error, 3)
    except DatelineError as error:
        return _refused(error, 1)
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        return output_lost(error)


def output_lost(error: OSError) -> int:
    """Say that a command's words did not reach the file they were sent to; gives the exit status.

    Raises the error again where it is another one.
    """
    if isinstance(error, BrokenPipeError):  # the reader of our output has left, as `head` does
        sys.stderr.close()
        return 0
    if error.filename is not None or error.errno not in NOT_WRITTEN:
        raise error
    remedy = "free some space, or send it elsewhere"
    with suppress(OSError):  # standard error may be that file too
        print(f"dateline: the output is cut short: {error.strerror}; {remedy}", file=sys.stderr)  # noqa: T201
    return 1


def _refused(error: DatelineError, status: int) -> int:
    print(f"dateline: {' '.join(str(error).split())}", file=sys.stderr)  # noqa: T201
    return status
