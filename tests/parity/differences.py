"""What the interpreter does unlike Step Functions: it is taken out of both histories, before they are compared.

`docs/parity.md` has each of these by its name, with the recorded execution that proves that Step Functions does as the native run.
"""

_PLAIN = {
    "ExecutionAborted": {"executionAbortedEventDetails": {}},
    "ExecutionTimedOut": {"executionTimedOutEventDetails": {}, "previousEventId": 0},
}
_FAILED = {"ParallelStateFailed", "MapStateFailed"}


def without_differences(events):
    for difference in (_without_aborted, _without_late, _without_words):
        events = difference(events)
    return events


def _without_aborted(events):
    """The interpreter does not record that a state, or an item, was aborted."""
    before = {event["id"]: event["previousEventId"] for event in events if _is_aborted(event)}
    kept = [event for event in events if not _is_aborted(event)]
    return [{**event, "previousEventId": _follow(before, event["previousEventId"])} for event in kept]


def _is_aborted(event):
    return event["type"].endswith(("StateAborted", "IterationAborted"))


def _follow(before, event):
    while event in before:
        event = before[event]
    return event


def _without_late(events):
    """In the interpreter a task goes on that is at work in a branch when another branch fails, and it records how the task ends."""
    failed, late = 0, set()
    for event in events:
        if event["type"] in _FAILED:
            failed = event["id"]
        elif event["previousEventId"] < failed or event["previousEventId"] in late:
            late.add(event["id"])
    return [event for event in events if event["id"] not in late]


def _without_words(events):
    """The interpreter's `ExecutionTimedOut` has no error, and follows the event before it; its `ExecutionAborted` has an empty error."""
    return [{**event, **_PLAIN.get(event["type"], {})} for event in events]
