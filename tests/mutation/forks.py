"""Work in forked processes: each begins with all that this one has loaded, and changes nothing here."""

from __future__ import annotations

import os
import pickle
import resource
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import islice
from typing import IO, Any, TypeVar

MEMORY = 3 << 30
"""Bytes that one piece of work may take: some mutants never stop taking."""

WAIT = 60
"""Seconds beyond its processor time that work may wait for something, other processes included."""

Task = TypeVar("Task")
Said = TypeVar("Said")
Say = Callable[[Said], None]
"""Tells the parent something at once, so that it is known even if the process is killed."""


def stream(work: Callable[[Say[Said]], None]) -> Iterator[Said]:
    """Yield what work in one other process says, as it says it; exit if the work fails."""
    read, write = os.pipe()
    child = os.fork()
    if not child:
        os.close(read)
        _work_and_exit(lambda: work(_say_into(write)))
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        yield from _said(pipe)
    if os.waitpid(child, 0)[1]:
        raise SystemExit(2)


def forked(
    tasks: Iterable[Task], work: Callable[[Task, Say[Said]], None], jobs: int
) -> Iterator[tuple[Task, bool, list[Said]]]:
    """Do every task in a process of its own, some at once; yield it, whether all went well, and what was said."""
    waiting = iter(tasks)
    running: dict[int, tuple[Task, IO[bytes]]] = {}
    while True:
        for task in islice(waiting, jobs - len(running)):
            file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  # closed below
            running[_begun(task, work, file.fileno())] = task, file
        if not running:
            return
        child, status = os.wait()
        task, file = running.pop(child)
        with file:
            file.seek(0)
            said: list[Said] = list(_said(file))
        yield task, status == 0, said


def limit(seconds: float) -> None:
    """Let this process be killed when it takes more processor time than that from now on, or waits for long."""
    for timer, wanted in ((signal.ITIMER_PROF, seconds), (signal.ITIMER_REAL, 5 * seconds + WAIT)):
        signal.setitimer(timer, wanted)


def _begun(task: Task, work: Callable[[Task, Say[Said]], None], file: int) -> int:
    child = os.fork()
    if not child:
        _be_quiet()
        _work_and_exit(lambda: work(task, _say_into(file)))
    return child


def _be_quiet() -> None:
    """Keep what tests print from the terminal, and what mutants take within bounds."""
    null = os.open(os.devnull, os.O_RDWR)
    for stream_number in range(3):
        os.dup2(null, stream_number)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for number in (signal.SIGPROF, signal.SIGALRM):
        signal.signal(number, signal.SIG_DFL)


def _work_and_exit(work: Callable[[], None]) -> None:
    status = 1
    try:
        work()
        status = 0
    except SystemExit as error:
        sys.stderr.write(f"{error}\n")
    except BaseException:  # noqa: BLE001  # the fork must not go on as the parent does
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _say_into(file: int) -> Say[Said]:
    def say(value: Said) -> None:
        with open(file, "wb", closefd=False) as stream:  # a descriptor
            pickle.dump(value, stream)

    return say


def _said(file: IO[bytes]) -> Iterator[Any]:
    with suppress(EOFError, pickle.UnpicklingError):  # the last of them may be cut short
        while True:
            yield pickle.load(file)  # noqa: S301  # a process of ours wrote it
