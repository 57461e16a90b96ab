"""The interpreter: moto's Step Functions, which is LocalStack's, with tasks, time and JSONata from outside.

What it brings itself is what it is here for: the states, their order, errors, retriers, catchers, timeouts and histories.
"""

import contextlib
import importlib
import io
import json
import pkgutil
import sys
import uuid

import boto3
from botocore import xform_name
from moto import mock_aws
from moto.stepfunctions import parser
from moto.stepfunctions.parser.asl.component.common.error_name.custom_error_name import CustomErrorName
from moto.stepfunctions.parser.asl.component.common.error_name.states_error_name import StatesErrorName
from moto.stepfunctions.parser.asl.component.common.error_name.states_error_name_type import StatesErrorNameType
from moto.stepfunctions.parser.asl.component.state.exec.state_map.iteration import iteration_worker
from moto.stepfunctions.parser.asl.component.state.exec.state_parallel import branches_decl
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service import StateTaskService

import virtual_time

REGION = "us-east-1"
ACCOUNT = "123456789012"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/parity"
_CONFIG = {"stepfunctions": {"execute_state_machine": True}}


def arn(kind, name):
    return f"arn:aws:states:{REGION}:{ACCOUNT}:{kind}:{name}"


def modules():
    """All modules of the interpreter."""
    for module in pkgutil.walk_packages(parser.__path__, parser.__name__ + "."):
        # A few ask for parts of LocalStack that moto has left out, and are used by nothing.
        with contextlib.suppress(ImportError):
            importlib.import_module(module.name)
    return [module for name, module in sys.modules.items() if name.startswith(parser.__name__ + ".")]


def install_errors():
    """A branch may fail with one of Step Functions' own errors, as `States.Timeout`. The interpreter stumbles over the name."""

    def error_name(error_name):
        own = StatesErrorNameType.from_name(error_name) if (error_name or "").startswith("States.") else None
        return StatesErrorName(own) if own else CustomErrorName(error_name)

    branches_decl.CustomErrorName = error_name
    iteration_worker.CustomErrorName = error_name


def install_names():
    """Step Functions writes the parameters of an API in its own case, as in `StateMachineArn`. LocalStack translates them to and fro; moto has
    the functions, and has left out that they are called."""

    def shapes(task, service, action):
        client = boto3.client(task._get_boto_service_name(service), REGION, aws_access_key_id="-", aws_secret_access_key="-")
        model = client.meta.service_model
        action = task._get_boto_service_action(action)
        return next(model.operation_model(name) for name in model.operation_names if xform_name(name) == action)

    def request(task, parameters, boto_service_name=None, service_action_name=None):
        task._to_boto_request(parameters, shapes(task, boto_service_name, service_action_name).input_shape)

    def response(task, response, boto_service_name=None, service_action_name=None):
        task._from_boto_response(response, shapes(task, boto_service_name, service_action_name).output_shape)

    StateTaskService._normalise_parameters = request
    StateTaskService._normalise_response = response


class Functions:
    """Lambda, as the interpreter calls it: `serve` gets a payload, and gives the answer, whether it is an error, and how many seconds it
    takes; none of them where there is never an answer."""

    def __init__(self, clock, serve):
        self._clock = clock
        self._serve = serve

    def invoke(self, FunctionName, Payload, **_):
        served = self._clock.outside(lambda: self._serve(FunctionName, Payload))
        if served is None:
            self._clock.forever()
        answer, failed, seconds = served
        if seconds:
            self._clock.sleep(seconds)
        response = {"StatusCode": 200, "ExecutedVersion": "$LATEST", "Payload": io.BytesIO(answer)}
        return {**response, "FunctionError": "Unhandled"} if failed else response


class Nested:
    """The service, as tasks call it. It names executions that are given no name, which moto does in its other mode only."""

    def __init__(self, api):
        self.describe_execution = api.describe_execution
        self._start = api.start_execution

    def start_execution(self, **arguments):
        return self._start(**{"name": str(uuid.uuid4()), **arguments})


class Interpreter:
    """The service, with no state machine and at the beginning of time."""

    def __init__(self, serve):
        self.clock = virtual_time.Clock()
        self._functions = Functions(self.clock, serve)

    @contextlib.contextmanager
    def running(self):
        with mock_aws(config=_CONFIG):
            self.api = boto3.client("stepfunctions", region_name=REGION, aws_access_key_id="-", aws_secret_access_key="-")
            clients = {"stepfunctions": Nested(self.api), "lambda": self._functions}
            client_for = lambda service, **_: clients[service]
            for module in sys.modules.values():
                if getattr(module, "boto_client_for", None):
                    module.boto_client_for = client_for
            yield self

    def create(self, name, definition, express=False):
        kind = "EXPRESS" if express else "STANDARD"
        self.api.create_state_machine(name=name, definition=definition, roleArn=ROLE, type=kind)

    def start(self, machine, name, data):
        started = self.api.start_execution(stateMachineArn=arn("stateMachine", machine), name=name, input=data)
        return started["executionArn"]

    def describe(self, execution):
        return self.api.describe_execution(executionArn=execution)

    def history(self, execution):
        pages = self.api.get_paginator("get_execution_history").paginate(executionArn=execution)
        return [event for page in pages for event in page["events"]]

    def executions(self):
        """The names of all executions, machine by machine."""
        machines = self.api.list_state_machines()["stateMachines"]
        return [
            execution["executionArn"]
            for machine in machines
            for execution in self.api.list_executions(stateMachineArn=machine["stateMachineArn"])["executions"]
        ]
