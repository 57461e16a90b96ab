"""Threads that run one at a time, in virtual time.

The interpreter runs each state in threads of its own, and waits in real time. Here its threads hand a baton on instead: one runs until
it waits, then the next in line. When all wait, time leaps to the earliest end of a wait. So a workflow of days is over at once, and
the same run gives the same history each time.

`Clock` has what the interpreter takes from `threading`, `time` and `datetime`: `install` puts them into its modules.
"""

import datetime
import heapq
import itertools
import queue
import threading
import time
import types
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor

EPOCH = datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc)

_clock = None
_helpers = ThreadPoolExecutor(max_workers=64)


class _Baton:
    """A thread's turn to run."""

    def __init__(self):
        self.turn = threading.Semaphore(0)
        # Counts the waits, so that the end of a wait that is over already wakes nobody.
        self.wait = 0
        self.woken = False


class Clock:
    """Virtual time, and whose turn it is. The thread that makes it is the first to run."""

    def __init__(self):
        global _clock
        _clock = self
        self.now = 0.0
        self._current = _Baton()
        self._main = self._current
        self._ready = deque()
        self._sleeping = []
        self._order = itertools.count()
        self._outside = deque()
        self._calls = queue.SimpleQueue()

    def sleep(self, seconds):
        self._block(seconds)

    def idle(self):
        """Waits, as the thread that made the clock, until every other one has ended or waits for what will never be."""
        self._hand_on()

    def outside(self, call):
        """The result of a call that takes real time, but no virtual time: it runs beside the other threads.

        Calls end in the order in which they began, and not before all other threads wait, so that the order does not depend on how
        fast they are.
        """
        future = _helpers.submit(call)
        future.add_done_callback(lambda _: self._calls.put(lambda: None))
        self._outside.append((self._current, future))
        self._hand_on()
        return future.result()

    def from_outside(self, call):
        """What a call gives that comes from a thread of no clock's: it is made once all threads wait, while one is outside."""
        future = Future()

        def made():
            try:
                future.set_result(call())
            except Exception as error:
                future.set_exception(error)

        self._calls.put(made)
        return future.result()

    def forever(self):
        self._block()

    def start(self, run):
        baton = _Baton()

        def turn():
            baton.turn.acquire()
            self._current = baton
            try:
                run()
            finally:
                self._next().turn.release()

        threading.Thread(target=turn, daemon=True).start()
        self._ready.append(baton)

    def _block(self, seconds=None):
        """Waits to be woken, for so many seconds at most. Whether it was woken."""
        baton = self._current
        baton.woken = False
        if seconds is not None:
            heapq.heappush(self._sleeping, (self.now + max(seconds, 0), next(self._order), baton, baton.wait))
        self._hand_on()
        return baton.woken

    def _wake(self, baton):
        baton.woken = True
        self._make_ready(baton)

    def _make_ready(self, baton):
        baton.wait += 1
        self._ready.append(baton)

    def _hand_on(self):
        baton = self._current
        following = self._next()
        if following is not baton:
            following.turn.release()
            baton.turn.acquire()
        self._current = baton

    def _next(self):
        while not self._ready:
            if self._outside and self._outside[0][1].done():
                self._make_ready(self._outside.popleft()[0])
            elif self._outside:
                self._calls.get()()
            elif self._sleeping:
                until, _, baton, wait = heapq.heappop(self._sleeping)
                if wait == baton.wait:
                    self.now = max(self.now, until)
                    self._make_ready(baton)
            else:
                return self._main
        return self._ready.popleft()


class Thread:
    native_id = None

    def __init__(self, target, args=(), kwargs=None, daemon=None, name=None):
        self._run = lambda: target(*args, **(kwargs or {}))
        self._ended = Event()

    def start(self):
        def run():
            try:
                self._run()
            finally:
                self._ended.set()

        self._ended.clock.start(run)

    def join(self, timeout=None):
        self._ended.wait(timeout)

    def is_alive(self):
        return not self._ended.is_set()


class Event:
    def __init__(self):
        self.clock = _clock
        self._set = False
        self._waiting = []

    def is_set(self):
        return self._set

    def set(self):
        self._set = True
        waiting, self._waiting = self._waiting, []
        for baton in waiting:
            self.clock._wake(baton)

    def clear(self):
        self._set = False

    def wait(self, timeout=None):
        if self._set:
            return True
        baton = self.clock._current
        self._waiting.append(baton)
        woken = self.clock._block(timeout)
        if not woken and baton in self._waiting:
            self._waiting.remove(baton)
        return woken


class Condition:
    """As nobody is interrupted while it runs, there is nothing to lock."""

    def __init__(self):
        self._changed = Event()

    def acquire(self):
        return True

    def release(self):
        pass

    def __enter__(self):
        return True

    def __exit__(self, *_):
        pass

    def wait(self, timeout=None):
        return self._changed.wait(timeout)

    def notify_all(self):
        self._changed.set()
        self._changed.clear()


class DateTime(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        now = EPOCH + datetime.timedelta(seconds=_clock.now)
        local = now.astimezone(tz) if tz else now.replace(tzinfo=None)
        return cls(*local.timetuple()[:6], local.microsecond, local.tzinfo)

    def isoformat(self, *_):
        """As Step Functions writes times."""
        return f"{self:%Y-%m-%dT%H:%M:%S}.{self.microsecond // 1000:03}Z"


def _like(module, **instead):
    """A module with some things of its own."""
    return types.SimpleNamespace(**{**vars(module), **instead})


def install(modules):
    """Puts virtual time into modules, in the place of Python's own."""
    instead = {
        id(threading): _like(threading, Thread=Thread, Event=Event, Condition=Condition),
        id(threading.Thread): Thread,
        id(threading.Event): Event,
        id(threading.Condition): Condition,
        id(time): _like(time, sleep=lambda seconds: _clock.sleep(seconds), time=lambda: EPOCH.timestamp() + _clock.now),
        id(datetime): _like(datetime, datetime=DateTime),
    }
    for module in modules:
        for name, value in list(vars(module).items()):
            if id(value) in instead:
                setattr(module, name, instead[id(value)])


def millis():
    """Milliseconds since 1970, virtually."""
    return round((EPOCH.timestamp() + _clock.now) * 1000)
