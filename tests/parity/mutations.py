"""Definitions that are broken on purpose, each in one place, to see that a scenario notices."""

import copy
import json

# The states whose output is their result, where they have no `Output`.
_RESULT = {"Task", "Parallel", "Map"}


class Mutation:
    """A broken definition: what was done to it, and which state has to be entered for that to matter."""

    def __init__(self, machine, state, what, text):
        self.machine = machine
        self.state = state
        self.what = what
        self.text = text

    def __str__(self):
        return f"{self.machine}, {self.state}: {self.what}"


def mutations(machine, text):
    """All of them for one definition."""
    whole = json.loads(text)
    for path, name, states in _states(whole, ()):
        for what, change in _changes(states[name], states, name):
            broken = copy.deepcopy(whole)
            change(_at(broken, path))
            yield Mutation(machine, name, what, json.dumps(broken))


def _states(machine, path):
    """Each state with its path, its name, and the states beside it."""
    for name, state in machine["States"].items():
        here = (*path, "States", name)
        yield here, name, machine["States"]
        for number, branch in enumerate(state.get("Branches", [])):
            yield from _states(branch, (*here, "Branches", number))
        if "ItemProcessor" in state:
            yield from _states(state["ItemProcessor"], (*here, "ItemProcessor"))


def _at(value, path):
    for step in path:
        value = value[step]
    return value


def _changes(state, states, name):
    """What can be done to a state, each with its description."""
    output = "result" if state["Type"] in _RESULT else "input"
    yield from _changes_of_part(state, (), states, name, output)
    for key, output in (("Choices", "input"), ("Catch", "errorOutput")):
        for number, part in enumerate(state.get(key, [])):
            yield from _changes_of_part(part, (key, number), states, name, output)
    arguments = state.get("Arguments")
    # A function and an activity are given one thing.
    if isinstance(arguments, dict) and "Payload" not in arguments:
        for name in arguments:
            yield f"no {name} among the arguments", _delete(("Arguments", name))
    for number, catcher in enumerate(state.get("Catch", [])):
        yield f"no catcher of {', '.join(catcher['ErrorEquals'])}", _delete(("Catch", number))
    for number, retrier in enumerate(state.get("Retry", [])):
        errors = ", ".join(retrier["ErrorEquals"])
        # What AWS's own Lambda raises is raised by no function.
        if not errors.startswith("Lambda."):
            yield f"no retrier of {errors}", _delete(("Retry", number))
            yield f"one attempt more at {errors}", _set(("Retry", number, "MaxAttempts"), retrier["MaxAttempts"] + 1)


def _changes_of_part(part, path, states, name, output):
    where = " of ".join(map(str, reversed(path))) or "the state"
    for key in ("Next", "Default"):
        if key in part:
            other = next((other for other in states if other not in (name, part[key])), name)
            yield f"{key} of {where} is {other}", _set((*path, key), other)
    for key in ("Output", "Assign"):
        if key in part and part[key] != f"{{% $states.{output} %}}":
            yield f"{where} without {key}", _delete((*path, key))
    if "Condition" in part:
        yield f"{where} the other way round", _set((*path, "Condition"), f"{{% $not({part['Condition'][2:-2]}) %}}")
    for key in ("Error", "Cause"):
        if key in part:
            yield f"another {key} of {where}", _set((*path, key), "Broken")
    for key in ("TimeoutSeconds", "HeartbeatSeconds", "Seconds", "MaxConcurrency"):
        if key in part:
            yield f"{key} of {where} is more", _set((*path, key), part[key] + 1)


def _set(path, value):
    def change(state):
        _at(state, path[:-1])[path[-1]] = value

    return change


def _delete(path):
    def change(state):
        del _at(state, path[:-1])[path[-1]]

    return change
