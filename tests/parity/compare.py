"""Compares what happened in two runs of the same scenario.

What is left out on both sides, because it cannot be the same: times, identities and ARNs, regions, roles, and of a Lambda function's
error its request and its stack trace. What the interpreter does unlike Step Functions is in `differences.py`.
"""

import datetime
import difflib
import json
import re

from differences import without_differences

# Keys whose values are not compared.
_VOLATILE = {
    "timestamp",
    "SdkHttpMetadata",
    "SdkResponseMetadata",
    "assignedVariablesDetails",
    "inputDetails",
    "outputDetails",
    "InputDetails",
    "OutputDetails",
    "StartDate",
    "StopDate",
    "Name",
    "region",
    "requestId",
    "roleArn",
    "stackTrace",
    # With it AWS links a nested execution to its parent; natively it is linked in any case.
    "AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID",
    # What a task is called with: natively that is its state's input.
    "parameters",
}
# Keys whose values may be JSON in a string.
_EMBEDDED = {"input", "output", "cause", "Cause", "Input", "Output"}
# Keys of task tokens, and of what else has an identity alone.
_TOKENS = {"callback", "token", "mapRunArn"}
# What ends an execution from outside follows no other event.
_ENDS = {"ExecutionAborted", "ExecutionTimedOut"}
# The beginning of branches, what comes after them, and where they are left behind.
_BRANCHES = {"ParallelStateStarted", "MapStateStarted"}
_FAILED = {"ParallelStateFailed", "MapStateFailed"}
_LEFT = {"ParallelStateExited", "MapStateExited"}
_BRANCHED = {"ParallelStateSucceeded", "MapStateSucceeded", *_LEFT}
# What AWS adds to the message of a service: the identity of the request, among others.
_REQUEST = re.compile(r" \(Service: [^()]*\)$")
_ARN = re.compile(r"arn:aws:states:[\w-]+:\d+:(execution|stateMachine|activity):([\w-]+)(:[\w-]+)?")


def differences(native, interpreted, times):
    """The lines of a difference, or none. Times, to the hundredth of a second, are compared where nothing is left to chance."""
    left, right = list(_Text(native, times).lines()), list(_Text(interpreted, times).lines())
    return list(difflib.unified_diff(left, right, "native", "interpreted", lineterm="", n=2))


def states(run, machine):
    """The states that a machine's executions entered, and those of the items of its distributed maps."""
    executions = [execution for execution in run["executions"] if execution["workflow"] == machine] + run["items"]
    entered = (event.get("stateEnteredEventDetails") for execution in executions for event in execution["events"])
    return {details["name"] for details in entered if details}


class _Text:
    """What happened, as text: a line for each execution, and one for each of its events, farther in for each branch."""

    def __init__(self, run, times):
        self._run = run
        self._times = times
        self._executions = {execution["arn"]: execution for execution in run["executions"]}
        self._begun = _seconds(run["executions"][0]["events"][0]["timestamp"])

    def lines(self):
        order = []
        self._visit(self._run["executions"][0]["arn"], order)
        # Whatever nobody links to comes last, and is a difference.
        order += [arn for arn in self._executions if arn not in order]
        for execution in map(self._executions.get, order):
            ended = {key: execution[key] for key in ("status", "output", "error", "cause")}
            yield f"{execution['workflow']} {self._line(ended)}"
            yield from self._events(self._tree(execution), "  ")

    def _visit(self, arn, order):
        """An execution, and those that it started, in the order of its tree of events."""
        if arn in self._executions and arn not in order:
            order.append(arn)
            for event in _leaves(self._tree(self._executions[arn])):
                for started in _started(event):
                    self._visit(started, order)

    def _tree(self, execution):
        """A history, in which each event follows the one that it names as the one before. Where several follow the same one they are
        chains of their own, in an order that does not depend on which was faster."""
        following = {}
        for event in _after_branches(without_differences(execution["events"])):
            following.setdefault(event["previousEventId"], []).append(event)
        return self._chain(following.pop(0, []), following)

    def _chain(self, events, following):
        chain = []
        while len(events) == 1:
            chain.append(events[0])
            events = following.pop(events[0]["id"], [])
        branches = [self._chain([event], following) for event in events]
        branches.sort(key=lambda branch: (branch[0]["type"] in _ENDS, list(self._events(branch, ""))))
        return chain + branches

    def _events(self, tree, indent):
        for part in tree:
            if isinstance(part, list):
                yield from self._events(part, indent + "| ")
            else:
                yield f"{indent}{part['type']} {self._at(part)}{self._line(_details(part))}"

    def _at(self, event):
        return f"{_seconds(event['timestamp']) - self._begun:.2f} s " if self._times else ""

    def _line(self, value):
        return json.dumps(self._normal(value), sort_keys=True, ensure_ascii=False)

    def _normal(self, value, key=None):
        if isinstance(value, list):
            return [self._normal(item) for item in value]
        if isinstance(value, dict):
            return {name: self._normal(item, name) for name, item in value.items() if name not in _VOLATILE}
        if isinstance(value, str):
            return self._normal_text(value, key)
        if key == "polling_since":
            return round(value / 1000 - self._begun, 2)
        return int(value) if isinstance(value, float) and value.is_integer() else value

    def _normal_text(self, text, key):
        if key in _TOKENS:
            return f"<{key}>"
        if key in _EMBEDDED and text[:1] in ("{", "[", '"'):
            try:
                return self._normal(json.loads(text))
            except ValueError:
                pass
        if key in ("cause", "Cause"):
            text = _REQUEST.sub("", text)
        return _ARN.sub(r"<\1 of \2>", text)


def _details(event):
    details = next((value for key, value in event.items() if key.endswith("Details")), {})
    if event["type"] == "TaskSubmitted" and details["resourceType"] == "lambda":
        # What a function answers whose task waits for a token is for nobody.
        return {**details, "output": None}
    if event["type"] == "TaskSucceeded" and details["resourceType"] not in ("lambda", "states"):
        # A service answers more than its task asks for. What the state makes of it is in `TaskStateExited`.
        return {**details, "output": None}
    if event["type"] == "TaskSucceeded" and details["resource"] == "invoke":
        # Natively no service stands between a task and its result.
        result = json.loads(details["output"])
        is_wrapped = isinstance(result, dict) and "ExecutedVersion" in result
        return {**details, "output": result["Payload"] if is_wrapped else result}
    return details


def _after_branches(events):
    """What comes after branches follows the one that ended last; as that is chance where several end at the same time, it follows their
    beginning here."""
    by_id = {event["id"]: event for event in events}
    return [_after(event, by_id) if event["type"] in _BRANCHED else event for event in events]


def _after(event, by_id):
    depth, before = 0, by_id.get(event["previousEventId"])
    if before and before["type"] in _FAILED:
        return event
    while before and (depth or before["type"] not in _BRANCHES):
        depth += (before["type"] in _LEFT) - (before["type"] in _BRANCHES)
        before = by_id.get(before["previousEventId"])
    return {**event, "previousEventId": before["id"]} if before else event


def _seconds(time):
    return time.timestamp() if isinstance(time, datetime.datetime) else time


def _leaves(tree):
    for part in tree:
        if isinstance(part, list):
            yield from _leaves(part)
        else:
            yield part


def _started(event):
    for key in ("taskSubmittedEventDetails", "taskSucceededEventDetails"):
        output = event.get(key, {}).get("output") or ""
        yield from re.findall(r'"ExecutionArn": ?"([^"]+)"', output)
