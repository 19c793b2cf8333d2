"""Beam's options in, an empty pipeline out; what runners say in, our own errors out.

A runner in this process raises what a stage raised, wrapped; one that is elsewhere sends the text
of a traceback.
"""

from __future__ import annotations

import re
import shutil
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from types import MethodType
from typing import Any

import apache_beam as beam
from apache_beam.options.pipeline_options import (
    PipelineOptions,
    PortableOptions,
    StandardOptions,
)
from apache_beam.runners.portability.fn_api_runner import worker_handlers
from apache_beam.runners.portability.portable_runner import PortableRunner
from apache_beam.runners.runner import PipelineResult
from apache_beam.runners.worker.statesampler import StateSampler
from apache_beam.transforms import core, userstate

from schemas.errors import ContractError, DatelineError, InputError, LakeError

# Named outright: `DirectRunner` first looks for other runners, and then differs between machines
LOCAL_RUNNER = ("--runner=FnApiRunner", "--direct_running_mode=in_memory")
LISTENER_WAIT_S = 10.0

_SENT: dict[str, type[DatelineError]] = {
    kind.__name__: kind for kind in (InputError, ContractError, LakeError)
}
_OUR_ERROR = re.compile(
    rf"schemas\.errors\.({'|'.join(_SENT)}): (.*?)(?: \[while running|\\n|$)", re.MULTILINE
)
_JOB_FAILED = re.compile(r"Pipeline \S+ failed in state \w+:?(.*)", re.DOTALL)


_Arguments = tuple[list[str], list[Any]]  # names, defaults
_read_arguments: Callable[[Any], _Arguments] = core.get_function_args_defaults
_arguments: dict[Any, _Arguments] = {}


def _arguments_of(method: Any) -> _Arguments:
    """What Beam reads of a method; it asks 13,000 times while it builds and runs this graph.

    Most of these are methods that all its DoFns inherit, and `inspect` takes longer than the rest.
    """
    function = getattr(method, "__func__", None)
    if function is None:
        return _read_arguments(method)
    if function not in _arguments:
        _arguments[function] = _read_arguments(method)
    names, defaults = _arguments[function]
    return list(names), list(defaults)


core.get_function_args_defaults = _arguments_of

_Specs = tuple[set[Any], set[Any]]  # of state, of timers
_read_specs: Callable[[Any], _Specs] = userstate.get_dofn_specs
_specs: dict[type, _Specs] = {}


def _specs_of(dofn: Any) -> _Specs:
    """The state and timers that a DoFn asks for; Beam looks through all its methods, eight times."""
    if any(isinstance(value, MethodType) for value in vars(dofn).values()):
        return _read_specs(dofn)  # a method that it has and its class has not
    kind = type(dofn)
    if kind not in _specs:
        _specs[kind] = _read_specs(dofn)
    states, timers = _specs[kind]
    return set(states), set(timers)


userstate.get_dofn_specs = _specs_of

# Reads the source of each function for a warning that nobody sees
core._check_fn_use_yield_and_return = lambda _function: False

# A stage ends when the thread that notes where its time goes next looks up: after up to 200 ms, and
# there are fifteen stages
StateSampler.__init__.__defaults__ = (20,)  # ms

# What stages read of each other is in this process already; weighing it for a cache took longer
worker_handlers.STATE_CACHE_SIZE_MB = 0


class _Options(PipelineOptions):
    """Options whose views are made once each, as they share their values anyway.

    Beam asks for one 500 times while it builds this graph, and each would parse all arguments anew.
    """

    def view_as(self, cls: Any) -> Any:
        """The options that `cls` knows."""
        views: dict[Any, Any] = self.__dict__.setdefault("_views", {})
        if cls not in views:
            views[cls] = super().view_as(cls)
        return views[cls]


def empty_pipeline(beam_args: Sequence[str]) -> beam.Pipeline:
    """A pipeline without a graph; InputError for options that Beam cannot work with."""
    options = _Options([*LOCAL_RUNNER, *beam_args])
    if beam_args:
        _require_known(options)
    endpoint = options.view_as(PortableOptions).job_endpoint
    _require_listener(endpoint)
    try:
        pipeline = beam.Pipeline(options=options)
    except ValueError as error:
        raise InputError(f"--beam: {error}") from error
    # Made for transforms in other languages, and left behind by a run that is killed
    shutil.rmtree(pipeline.local_tempdir, ignore_errors=True)
    if type(pipeline.runner) is PortableRunner and not endpoint:  # its kinds start their own server
        raise InputError(
            "--beam=--runner=PortableRunner: it needs a job server; "
            "name it with --beam=--job_endpoint=HOST:PORT"
        )
    return pipeline


def _require_known(options: PipelineOptions) -> None:
    """InputError for options that Beam would pass over."""
    given = options.get_all_options(drop_default=True, retain_unknown_options=True)
    unknown = sorted(given.keys() - options.get_all_options().keys())
    if unknown:
        raise InputError(f"--beam=--{unknown[0]}: Beam has no such option")


def is_local(pipeline: beam.Pipeline) -> bool:
    """Does the runner do its work in this process?"""
    runner = pipeline.options.view_as(StandardOptions).runner
    return f"--runner={runner}" in LOCAL_RUNNER


def _require_listener(endpoint: str | None) -> None:
    """InputError where no job server can listen or none does; Beam would wait long, or for ever."""
    if endpoint in (None, "", "embed"):  # "embed": Beam starts one in this process
        return
    host, _, port = endpoint.rpartition(":")
    if not host or not port.isdecimal():
        raise InputError(
            f"--beam=--job_endpoint={endpoint}: not an address; write HOST:PORT, "
            "the port as a number"
        )
    try:
        socket.create_connection((host.strip("[]"), int(port)), LISTENER_WAIT_S).close()
    except (OSError, OverflowError, ValueError) as error:
        raise InputError(
            f"--beam=--job_endpoint={endpoint}: no job server answers there ({error})"
        ) from error


@contextmanager
def cancelled_with_us(result: PipelineResult) -> Iterator[None]:
    """A job that runs elsewhere ends when this process is interrupted."""
    try:
        yield
    except KeyboardInterrupt:
        with suppress(Exception):  # it may be past cancelling
            result.cancel()
        raise


@contextmanager
def runner_errors() -> Iterator[None]:
    """Raise what a stage raised, which runners wrap, or send as the text of a traceback."""
    try:
        yield
    except Exception as error:
        raise _root(error) from error


def _root(error: BaseException) -> BaseException:
    """Our own error or Ctrl-C behind a runner's; or else the error as it is."""
    root, cause = error, error.__cause__ or error.__context__
    while cause is not None:
        if isinstance(cause, DatelineError | KeyboardInterrupt):
            root = cause
        cause = cause.__cause__ or cause.__context__
    return _from_afar(error) if root is error else root


def _from_afar(error: BaseException) -> BaseException:
    """The error that a runner elsewhere tells of in words, if it tells of one."""
    told = _OUR_ERROR.search(str(error))
    if told:
        return _SENT[told[1]](told[2])
    if type(error).__module__.partition(".")[0] == "grpc":
        return InputError(f"the runner does not answer ({type(error).__name__}); check --beam")
    failed = _JOB_FAILED.match(str(error))
    if failed:
        words = failed[1].strip().splitlines() or ["it does not say why"]
        return DatelineError(f"the runner gave up: {words[-1]}; nothing is lost, run again")
    return error
