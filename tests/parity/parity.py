"""Runs all scenarios natively and in the interpreter, and compares; then breaks definitions, to see that it would be noticed.

Usage: parity.py PROGRAM REFERENCE [NAME …]

PROGRAM is the example `parity`, REFERENCE the directory of the npm package `jsonata`. With names, such as `poll_service/gives up`, it
plays those scenarios only, and prints what differs, if anything.
"""

import json
import logging
import pathlib
import sys
import tempfile

import interpreter
import virtual_time
from compare import differences
from jsonata import Evaluator
from play import interpreted, natively

HERE = pathlib.Path(__file__).parent
EXAMPLES = HERE.parent.parent / "examples"


# How many lines of a difference are printed.
SHOWN = 40


def scenarios():
    for path in sorted((HERE / "scenarios").glob("*.json")):
        for scenario in json.loads(path.read_text())["scenarios"]:
            yield {"example": path.stem, **scenario}


def definitions(example):
    """The exported definitions by the name of their machine."""
    paths = sorted((EXAMPLES / example / "statemachine").glob("*.asl.json"))
    return {machine_name(path): path.read_text() for path in paths}


def machine_name(path):
    """`poll_service.asl.json` is the definition of `PollService`."""
    return "".join(word.capitalize() for word in path.name.removesuffix(".asl.json").split("_"))


class Player:
    """Plays scenarios, each in a directory of its own."""

    def __init__(self, program, directory):
        self._program = program
        self._directory = directory
        self._number = 0

    def natively(self, scenario):
        return natively(self._program, *self._prepare(scenario))

    def interpreted(self, scenario, machines):
        environment, log = self._prepare(scenario)
        return interpreted(self._program, environment, scenario, machines, log)

    def _prepare(self, scenario):
        self._number += 1
        directory = self._directory / str(self._number)
        directory.mkdir()
        file = directory / "scenario.json"
        file.write_text(json.dumps(scenario))
        return {"PARITY_SCENARIO": str(file), "PARITY_CALLS": str(directory)}, open(directory / "log", "w")


def main():
    program, reference, *names = sys.argv[1:]
    # It writes down each error that a task has.
    logging.disable(logging.CRITICAL)
    modules = interpreter.modules()
    virtual_time.install(modules)
    interpreter.install_names()
    interpreter.install_errors()
    evaluator = Evaluator(reference)
    evaluator.install(modules)
    failed = 0
    with tempfile.TemporaryDirectory() as directory:
        player = Player(program, pathlib.Path(directory))
        for scenario in scenarios():
            name = f"{scenario['example']}/{scenario['name']}"
            if names and not any(name.startswith(wanted) for wanted in names):
                continue
            found = differences(player.natively(scenario), player.interpreted(scenario, definitions(scenario["example"])))
            print(f"{'differs' if found else 'ok     '} {name}")
            failed += bool(found)
            for line in found[:SHOWN]:
                print(line)
    evaluator.close()
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
