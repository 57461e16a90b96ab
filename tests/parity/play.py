"""Plays a scenario: natively, and as exported definitions in the interpreter. Both give what happened in the same form.

That form is `{"taken": […], "executions": [{"workflow", "arn", "status", "output", "error", "cause", "events"}, …]}`, with the scenario's
own execution first. Outputs are JSON in strings.
"""

import contextlib
import http.server
import json
import os
import re
import subprocess
import threading

from botocore.exceptions import ClientError
from moto.core.exceptions import JsonRESTError

import interpreter
from interpreter import Interpreter
from lambda_function import Function


class Refused(Exception):
    """The interpreter does not take a definition."""


def natively(program, environment, log):
    ran = subprocess.run([program], env={**os.environ, **environment}, stdout=subprocess.PIPE, stderr=log)
    if ran.returncode:
        raise RuntimeError(f"the native run ended with {ran.returncode}")
    return json.loads(ran.stdout)


def definitions(program, environment, log):
    """The text of each machine of a scenario, by its name."""
    printed = subprocess.run([program], env={**os.environ, **environment, "PARITY_EXPORT": "1"}, stdout=subprocess.PIPE, stderr=log, check=True)
    return json.loads(printed.stdout)


def interpreted(program, environment, scenario, definitions, log):
    """`definitions` has the text of each machine by its name."""
    api = _Api()
    environment = {**environment, "AWS_ENDPOINT_URL_SFN": api.url}
    with contextlib.closing(api), Function(program, environment, log) as function:
        service = Interpreter(lambda _, payload: function.invoke(payload))
        with service.running():
            api.service = service
            service.furnish(scenario.get("tables", {}), scenario.get("queues", []))
            for name, definition in definitions.items():
                try:
                    service.create(name, _deployed(definition))
                except ClientError as error:
                    raise Refused(f"{name}: {error}") from error
            run = _run(service, function, scenario)
            return {**run, "left": service.left(scenario.get("tables", {}), scenario.get("queues", []))}


def _deployed(definition):
    """With a value for each placeholder."""

    def value(placeholder):
        name = placeholder[1]
        for kind, ending in (("stateMachine", "StateMachineArn"), ("activity", "ActivityArn")):
            if name.endswith(ending):
                return interpreter.arn(kind, name.removesuffix(ending))
        if name.endswith("QueueUrl"):
            return interpreter.queue(name)
        # A table is called as its placeholder is.
        return name

    return re.sub(r"\$\{(\w+)\}", value, definition)


def _run(service, function, scenario):
    arn = service.start(scenario["workflow"], "scenario", json.dumps(scenario["input"]))
    taken = []
    for event in scenario.get("events", []):
        service.clock.sleep(event["at"] - service.clock.now)
        taken.append(_taken(service, lambda: _act(service, function, arn, event)))
    service.clock.idle()
    executions = [_ended(service, started) for started in service.executions()]
    executions.sort(key=lambda execution: execution["arn"] != arn)
    return {"taken": taken, "executions": executions}


def _taken(service, act):
    try:
        act()
    except (ClientError, JsonRESTError, IndexError):
        # It is refused, or there is no such token yet.
        return False
    return True


def _act(service, function, execution, event):
    """Does something from outside."""
    tokens = [token for payload in function.payloads for token in _tokens(payload)] + service.taken
    match event:
        case {"succeed": {"token": token, "output": output}}:
            service.api.send_task_success(taskToken=tokens[token], output=json.dumps(output))
        case {"fail": {"token": token, "error": error, "cause": cause}}:
            service.fail(tokens[token], error, cause)
        case {"take": {"activity": activity}}:
            service.take(activity)
        case {"beat": {"token": token}}:
            service.api.send_task_heartbeat(taskToken=tokens[token])
        case {"stop": _}:
            service.api.stop_execution(executionArn=execution)


def _tokens(payload):
    token = payload.get("context", {}).get("task_token")
    return [token] if token else []


def _ended(service, arn):
    described = service.describe(arn)
    events = service.history(arn)
    succeeded = events[-1].get("executionSucceededEventDetails", {})
    return {
        "workflow": arn.split(":")[-2],
        "arn": arn,
        "status": described["status"],
        # The interpreter's own description has strings without their quotes.
        "output": succeeded.get("output"),
        "error": described.get("error"),
        "cause": described.get("cause"),
        "events": events,
    }


class _Api:
    """Step Functions' API, for tasks that call it."""

    def __init__(self):
        self.service = None
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Request)
        self._server.daemon_threads = True
        self._server.api = self
        self.url = "http://127.0.0.1:%d" % self._server.server_port
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def close(self):
        self._server.shutdown()
        self._server.server_close()


class _Request(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        assert self.headers["x-amz-target"] == "AWSStepFunctions.SendTaskSuccess"
        arguments = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        service = self.server.api.service
        taken = service.clock.from_outside(lambda: _taken(service, lambda: service.api.send_task_success(**arguments)))
        self.send_response(200 if taken else 400)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_):
        pass
