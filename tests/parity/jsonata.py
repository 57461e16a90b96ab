"""JSONata by its reference implementation, in the place of the Java library that the interpreter does not come with.

The interpreter writes the values that an expression may read as text before the expression, which makes a difference where an array is
read: a literal is not data. So values are handed over as data here. What the interpreter passes about as the text of an expression is a
JSON object with the expression and its values.
"""

import json
import pathlib
import re
import subprocess

from moto.stepfunctions.parser.asl.component.common.string import string_expression
from moto.stepfunctions.parser.asl.jsonata.jsonata import JSONataException
from moto.stepfunctions.parser.asl.utils.encoding import to_json_str

import virtual_time


def _encode(bindings):
    """The values of some variables, as text that can be joined: each is a line."""
    return "".join(f"{to_json_str({name.removeprefix('$'): value})}\n" for name, value in bindings.items())


def _compose(final_jsonata_expression, variable_declarations_list):
    bindings = {}
    for line in "".join(variable_declarations_list).splitlines():
        bindings.update(json.loads(line))
    return json.dumps({"expression": final_jsonata_expression, "bindings": bindings})


class Evaluator:
    """The reference implementation, in a process of its own, which ends with this one."""

    def __init__(self, reference):
        script = pathlib.Path(__file__).with_name("jsonata.cjs")
        command = ["node", script, reference]
        self._node = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")

    def install(self, modules):
        """Puts it into the interpreter's modules."""
        instead = {
            "eval_jsonata_expression": self.value,
            "compose_jsonata_expression": _compose,
            "encode_jsonata_variable_declarations": _encode,
            # The reference brings Step Functions' own functions.
            "get_intrinsic_functions_declarations": lambda variable_references: "",
        }
        for module in modules:
            for name in instead.keys() & vars(module).keys():
                setattr(module, name, instead[name])
        # Every expression may read all of `$states`: what it reads is searched for by a pattern that takes quotients for regular expressions.
        string_expression.extract_jsonata_variable_references = lambda expression: {"$states"}

    def value(self, composed):
        """What a composed expression gives; `$exists(…)` and `$type(…)` of one are expressions too."""
        around, composed = re.fullmatch(r"(?:(\$exists|\$type)\()?(\{.*\})\)?", composed, re.DOTALL).groups()
        request = json.loads(composed)
        if around:
            request["expression"] = f"{around}({request['expression']})"
        self._node.stdin.write(json.dumps({**request, "now": virtual_time.millis()}) + "\n")
        self._node.stdin.flush()
        answer = json.loads(self._node.stdout.readline())
        if "error" in answer:
            raise JSONataException("UNKNOWN", answer["error"])
        return answer.get("value")
