"""Plays all scenarios natively and in the interpreter, and compares; then breaks the definitions in every way that `mutations.py` knows,
to see that a scenario notices each.

Usage: parity.py PROGRAM REFERENCE [NAME …]

PROGRAM is the example `parity`, REFERENCE the directory of the npm package `jsonata`. With names, such as `poll_service/gives up` or
`poll_service/`, only the scenarios that begin with one of them are played, and nothing is broken.
"""

import contextlib
import io
import json
import logging
import multiprocessing
import os
import pathlib
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor

import compare
import interpreter
from jsonata import Evaluator
from mutations import mutations
from play import Refused, definitions, interpreted, natively

HERE = pathlib.Path(__file__).parent
EXAMPLES = HERE.parent.parent / "examples"
# Fewer inputs than this say little about an example.
LEAST_SCENARIOS = 10
# How many lines of a difference are printed.
SHOWN = 40


class Player:
    """Plays scenarios, each in a directory of its own."""

    def __init__(self, program, directory):
        self._program = program
        self._directory = pathlib.Path(directory)
        self._number = 0

    def natively(self, scenario):
        with self._prepare(scenario) as (environment, log):
            return natively(self._program, environment, log)

    def definitions(self, scenario):
        """Those of a scenario that is of no example."""
        with self._prepare(scenario) as (environment, log):
            return definitions(self._program, environment, log)

    def interpreted(self, scenario, machines):
        with self._prepare(scenario) as (environment, log):
            return interpreted(self._program, environment, scenario, machines, log)

    @contextlib.contextmanager
    def _prepare(self, scenario):
        self._number += 1
        directory = self._directory / str(self._number)
        directory.mkdir()
        file = directory / "scenario.json"
        file.write_text(json.dumps(scenario))
        with open(directory / "log", "w") as log:
            yield {"PARITY_SCENARIO": str(file), "PARITY_CALLS": str(directory)}, log


class Example:
    """An example with its scenarios, and what they do natively."""

    def __init__(self, name, scenarios, player):
        self.name = name
        files = (EXAMPLES / name / "statemachine").glob("*.asl.json")
        self.machines = {machine_name(path): path.read_text() for path in files} or player.definitions(scenarios[0])
        self._player = player
        self._scenarios = [(scenario, self._natively(scenario)) for scenario in scenarios]

    def _natively(self, scenario):
        """The native run. The items of distributed maps stand apart: the interpreter keeps no executions of them."""
        run = self._player.natively(scenario)
        own = [execution for execution in run["executions"] if execution["workflow"] in self.machines]
        items = [execution for execution in run["executions"] if execution["workflow"] not in self.machines]
        return {**run, "executions": own, "items": items}

    def compare(self):
        """How many scenarios are the same, and how many differ."""
        same = 0
        for scenario, native in self._scenarios:
            found = self._differences(scenario, native, self.machines) + list(unexpected(scenario, native))
            same += not found
            if found:
                print(f"{self.name}/{scenario['name']}:", *found[:SHOWN], sep="\n")
        return same, len(self._scenarios) - same

    def break_definitions(self):
        """How many broken definitions are noticed, and how many are not."""
        noticed = missed = 0
        for machine, text in sorted(self.machines.items()):
            for mutation in mutations(machine, text):
                if self._notices(mutation):
                    noticed += 1
                else:
                    missed += 1
                    print(f"nothing notices {mutation}")
        return noticed, missed

    def _notices(self, mutation):
        machines = {**self.machines, mutation.machine: mutation.text}
        concerned = [played for played in self._scenarios if mutation.state in compare.states(played[1], mutation.machine)]
        # Short ones first.
        concerned.sort(key=lambda played: sum(len(execution["events"]) for execution in played[1]["executions"]))
        return any(self._differences(scenario, native, machines) for scenario, native in concerned)

    def _differences(self, scenario, native, machines):
        try:
            run = self._player.interpreted(scenario, machines)
        except Refused as refused:
            return [str(refused)]
        late = [event.get("refused", False) for event in scenario.get("events", [])]
        untaken = [f"event {number} is not taken" for number, taken in enumerate(run["taken"]) if not taken and not late[number]]
        expected = scenario.get("leaves", {})
        left = [f"it leaves {run['left']}, not {expected}"] if run["left"] != expected else []
        return untaken + left + compare.differences(native, run, times=not scenario.get("jitter"))


def unexpected(scenario, native):
    """What a scenario does not do natively that it is there for. That a token is refused is not compared: see `docs/parity.md`."""
    own = native["executions"][0]
    ended = own["error"] if own["status"] == "FAILED" else own["status"]
    if ended != scenario["ends"]:
        yield f"it ends with {ended}, not with {scenario['ends']}"
    taken = [not event.get("refused", False) for event in scenario.get("events", [])]
    if native["taken"] != taken:
        yield f"of what comes from outside is taken {native['taken']}, not {taken}"


def machine_name(path):
    """`poll_service.asl.json` is the definition of `PollService`."""
    return "".join(word.capitalize() for word in path.name.removesuffix(".asl.json").split("_"))


def scenarios(names):
    """The scenarios of each example, with their example's name in each."""
    for path in sorted((HERE / "scenarios").glob("*.json")):
        all_of_it = [{"example": path.stem, **scenario} for scenario in json.loads(path.read_text())["scenarios"]]
        if len(all_of_it) < LEAST_SCENARIOS:
            raise SystemExit(f"{path.stem} has {len(all_of_it)} scenarios, which is less than {LEAST_SCENARIOS}")
        chosen = [it for it in all_of_it if not names or f"{path.stem}/{it['name']}".startswith(tuple(names))]
        if chosen:
            yield path.stem, chosen


def check(program, names, example, chosen):
    """Plays an example's scenarios, in a process that has the interpreter ready. How many things hold, how many do not, and what to print."""
    with io.StringIO() as printed, contextlib.redirect_stdout(printed), tempfile.TemporaryDirectory() as directory:
        played = Example(example, chosen, Player(program, directory))
        same, differing = played.compare()
        print(f"{example}: {same} of {len(chosen)} scenarios are the same")
        noticed, missed = (0, 0) if names else played.break_definitions()
        if not names:
            print(f"{example}: {noticed} of {noticed + missed} broken definitions are noticed")
        return same + noticed, differing + missed, printed.getvalue()


def prepare(reference):
    # Each branch within branches is a few calls deep.
    sys.setrecursionlimit(10_000)
    # The interpreter writes down each error that a task has.
    logging.disable(logging.CRITICAL)
    interpreter.install(Evaluator(reference))


def main():
    program, reference, *names = sys.argv[1:]
    missing = {path.parent.name for path in EXAMPLES.glob("*/statemachine")} - {path.stem for path in HERE.glob("scenarios/*.json")}
    if missing:
        raise SystemExit(f"these examples have no scenarios: {', '.join(sorted(missing))}")
    passed = failed = 0
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(os.cpu_count(), spawn, prepare, (reference,)) as pool:
        for future in [pool.submit(check, program, names, *example) for example in scenarios(names)]:
            held, broke, printed = future.result()
            print(printed, end="", flush=True)
            passed += held
            failed += broke
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
