"""The interpreter: moto's Step Functions, which is LocalStack's, with tasks, time and JSONata from outside.

What it brings itself is what it is here for: the states, their order, errors, retriers, catchers, timeouts and histories.
"""

import contextlib
import datetime
import importlib
import io
import json
import pkgutil
import sys
import types
import uuid

import boto3
from botocore import xform_name
from moto import mock_aws
from moto.stepfunctions import parser
from moto.stepfunctions.parser.models import stepfunctions_parser_backends
from moto.stepfunctions.parser.asl.component.common.error_name.custom_error_name import CustomErrorName
from moto.stepfunctions.parser.asl.component.common.error_name.states_error_name import StatesErrorName
from moto.stepfunctions.parser.asl.component.common.error_name.states_error_name_type import StatesErrorNameType
from moto.stepfunctions.parser.asl.component.state.exec.state_map.iteration import iteration_worker
from moto.stepfunctions.parser.asl.component.state.exec.state_parallel import branches_decl
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service import state_task_service_callback
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service import StateTaskService
from moto.stepfunctions.parser.asl.eval.callback.callback import CallbackPoolManager
from moto.stepfunctions.parser.asl.eval.event.event_manager import EventManager
from moto.stepfunctions.parser.backend.activity import Activity
from moto.stepfunctions.parser.backend.execution import BaseExecutionWorkerCommunication

import virtual_time

REGION = "us-east-1"
ACCOUNT = "123456789012"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/parity"
# More than any scenario has.
_MOST_EVENTS = 1200
_CONFIG = {"stepfunctions": {"execute_state_machine": True}}


def queue(name):
    return f"https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/{name}"


def arn(kind, name):
    return f"arn:aws:states:{REGION}:{ACCOUNT}:{kind}:{name}"


def install(evaluator):
    """Puts into the interpreter's modules what it is to have from outside. It stays there."""
    for module in pkgutil.walk_packages(parser.__path__, parser.__name__ + "."):
        # A few ask for parts of LocalStack that moto has left out, and are used by nothing.
        with contextlib.suppress(ImportError):
            importlib.import_module(module.name)
    modules = [module for name, module in sys.modules.items() if name.startswith(parser.__name__ + ".")]
    virtual_time.install(modules)
    evaluator.install(modules)
    _install_errors()
    _install_names()
    _install_ends()
    _install_activities()
    _install_limit()


def _install_errors():
    """A branch may fail with one of Step Functions' own errors, as `States.Timeout`. The interpreter stumbles over the name."""

    def error_name(error_name):
        own = StatesErrorNameType.from_name(error_name) if (error_name or "").startswith("States.") else None
        return StatesErrorName(own) if own else CustomErrorName(error_name)

    branches_decl.CustomErrorName = error_name
    iteration_worker.CustomErrorName = error_name


def _install_names():
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
        dates = {key: value for key, value in response.items() if isinstance(value, datetime.datetime)}
        response.update({key: round(value.timestamp() * 1000) for key, value in dates.items()})

    StateTaskService._normalise_parameters = request
    StateTaskService._normalise_response = response


def _install_ends():
    """A task that waits for a nested execution looks after it twice a second. Here it looks when an execution has ended, so that it ends at the
    same time."""
    terminated = BaseExecutionWorkerCommunication.terminated

    def end(communication):
        # One that `_install_limit` ended has no status that the interpreter knows.
        with contextlib.suppress(RuntimeWarning):
            terminated(communication)
        Interpreter.running_one.ended.set()
        Interpreter.running_one.ended.clear()

    BaseExecutionWorkerCommunication.terminated = end
    state_task_service_callback.time = types.SimpleNamespace(sleep=lambda _: Interpreter.running_one.ended.wait())


def _install_activities():
    """moto's API makes activities, and gives executions none of them; nobody can take their tasks."""
    begin = CallbackPoolManager.__init__
    CallbackPoolManager.__init__ = lambda pool, activity_store: begin(pool, Interpreter.running_one.activities)


class _Activities(dict):
    """The activities by their ARNs. Each is there once it is asked for."""

    def get(self, arn):
        if arn not in self:
            self[arn] = Activity(arn, arn.rsplit(":", 1)[1])
        return self[arn]


def _install_limit():
    """A broken definition may go round for ever, and in no time."""
    add = EventManager.add_event

    def add_event(manager, *arguments, **more):
        event = add(manager, *arguments, **more)
        if event >= _MOST_EVENTS:
            # It ends this thread, and nobody is told.
            raise SystemExit
        return event

    EventManager.add_event = add_event


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


def _client(service):
    """Another service of moto's."""
    return boto3.client(service, region_name=REGION, aws_access_key_id="-", aws_secret_access_key="-")


class Interpreter:
    """The service, with no state machine and at the beginning of time. One after the other."""

    running_one = None

    def __init__(self, serve):
        Interpreter.running_one = self
        self.clock = virtual_time.Clock()
        self.ended = virtual_time.Event()
        self._functions = Functions(self.clock, serve)
        self.activities = _Activities()
        # The tokens of the tasks that workers have taken.
        self.taken = []

    @contextlib.contextmanager
    def running(self):
        with mock_aws(config=_CONFIG):
            self.api = _client("stepfunctions")
            clients = {"stepfunctions": Nested(self.api), "lambda": self._functions}
            client_for = lambda service, **_: clients.get(service) or _client(service)
            for module in sys.modules.values():
                if getattr(module, "boto_client_for", None):
                    module.boto_client_for = client_for
            yield self

    def furnish(self, tables, queues):
        """Makes what tasks find in the account: tables, whose rows have an `id` each, and queues."""
        table = _client("dynamodb")
        for name, rows in tables.items():
            attribute = {"AttributeName": "id", "AttributeType": "S"}
            key = {"AttributeName": "id", "KeyType": "HASH"}
            table.create_table(TableName=name, AttributeDefinitions=[attribute], KeySchema=[key], BillingMode="PAY_PER_REQUEST")
            for row in rows:
                table.put_item(TableName=name, Item=row)
        for name in queues:
            _client("sqs").create_queue(QueueName=name)

    def left(self, tables, queues):
        """What is in them now."""
        rows = {name: _client("dynamodb").scan(TableName=name)["Items"] for name in tables}
        received = {name: _client("sqs").receive_message(QueueUrl=queue(name), MaxNumberOfMessages=10) for name in queues}
        bodies = {name: [json.loads(message["Body"]) for message in it.get("Messages", [])] for name, it in received.items()}
        return {name: sorted(there, key=json.dumps) for name, there in {**rows, **bodies}.items()}

    def create(self, name, definition, express=False):
        kind = "EXPRESS" if express else "STANDARD"
        self.api.create_state_machine(name=name, definition=definition, roleArn=ROLE, type=kind)

    def start(self, machine, name, data):
        started = self.api.start_execution(stateMachineArn=arn("stateMachine", machine), name=name, input=data)
        return started["executionArn"]

    def fail(self, token, error, cause):
        """`SendTaskFailure`, of which moto's API forgets the cause."""
        stepfunctions_parser_backends[ACCOUNT][REGION].send_task_failure(token, error=error, cause=cause)

    def take(self, activity):
        """`GetActivityTask`, of the activity of this name. An `IndexError`: there is no task."""
        task = self.activities.get(arn("activity", activity)).get_task()
        for execution in stepfunctions_parser_backends[ACCOUNT][REGION]._get_executions():
            waiting = execution.exec_worker.env.callback_pool_manager.get(task.task_token)
            if waiting:
                waiting.notify_activity_task_start(None)
        self.taken.append(task.task_token)

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
