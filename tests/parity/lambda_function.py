"""A Lambda function on this machine: the program, over Lambda's Runtime API.

As on AWS an instance does one invocation at a time, and another one is started when all are busy.
"""

import http.server
import json
import os
import pathlib
import queue
import subprocess
import threading
import time
import uuid

# How often a call that is not answered is looked at, in seconds, and for how long.
_LOOK = 0.01
_PATIENCE = 60
_PREFIX = "/2018-06-01/runtime"


class _Handler(http.server.BaseHTTPRequestHandler):
    """One request of an instance, which `server.instance` is."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        payload = self.server.instance.invocations.get()
        if payload is None:
            self.close_connection = True
            return
        headers = {
            "Lambda-Runtime-Aws-Request-Id": str(uuid.uuid4()),
            "Lambda-Runtime-Deadline-Ms": str(round((time.time() + 900) * 1000)),
            "Lambda-Runtime-Invoked-Function-Arn": "arn:aws:lambda:us-east-1:123456789012:function:tasks",
        }
        self._answer(200, payload, headers)

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])) if "Content-Length" in self.headers else self._chunks()
        if self.path == f"{_PREFIX}/init/error":
            self.server.instance.answers.put((body, True))
        else:
            self.server.instance.answers.put((body, self.path.endswith("/error")))
        self._answer(202, b"{}", {})

    def _chunks(self):
        body = b""
        while size := int(self.rfile.readline(), 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return body

    def _answer(self, status, body, headers):
        self.send_response(status)
        for name, value in {**headers, "Content-Type": "application/json", "Content-Length": len(body)}.items():
            self.send_header(name, str(value))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class _Instance:
    def __init__(self, program, environment, log):
        self.invocations = queue.Queue()
        self.answers = queue.Queue()
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self._server.daemon_threads = True
        self._server.instance = self
        threading.Thread(target=self._server.serve_forever, args=(_LOOK,), daemon=True).start()
        lambdas = {
            "AWS_LAMBDA_RUNTIME_API": "127.0.0.1:%d" % self._server.server_port,
            "AWS_LAMBDA_FUNCTION_NAME": "tasks",
            "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "128",
            "AWS_LAMBDA_LOG_GROUP_NAME": "/aws/lambda/tasks",
            "AWS_LAMBDA_LOG_STREAM_NAME": "parity",
        }
        self._process = subprocess.Popen([program], env={**os.environ, **environment, **lambdas}, stdout=log, stderr=log)
        self.takes = pathlib.Path(environment["PARITY_CALLS"], str(self._process.pid))

    def invoke(self, payload):
        """The answer, whether it is an error, and how many seconds it took; nothing where there is never one."""
        self.invocations.put(payload)
        for _ in range(int(_PATIENCE / _LOOK)):
            try:
                answer, failed = self.answers.get(timeout=_LOOK)
            except queue.Empty:
                if self._process.poll() is not None:
                    raise RuntimeError(f"the function ended by itself, with {self._process.returncode}")
                if "for ever" in self._taken():
                    return None
            else:
                return answer, failed, sum(map(float, self._taken(again=False)))
        raise RuntimeError(f"the function did not answer within {_PATIENCE} s: {payload}")

    def _taken(self, again=True):
        """How long the calls of this invocation take, as the scenario tells."""
        lines = self.takes.read_text().splitlines() if self.takes.exists() else []
        if lines and not again:
            self.takes.unlink()
        return lines

    def close(self):
        self._process.kill()
        self._process.wait()
        self.invocations.put(None)
        self._server.shutdown()
        self._server.server_close()


class Function:
    """The function, with as many instances as are needed. Its payloads are kept."""

    def __init__(self, program, environment, log):
        self._start = lambda: _Instance(program, environment, log)
        self._lock = threading.Lock()
        self._idle = []
        self._all = []
        self.payloads = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for instance in self._all:
            instance.close()

    def invoke(self, payload):
        with self._lock:
            self.payloads.append(json.loads(payload))
            if not self._idle:
                self._idle.append(self._start())
                self._all.append(self._idle[-1])
            instance = self._idle.pop()
        answered = instance.invoke(payload)
        # One that never answers is left alone.
        if answered is not None:
            with self._lock:
                self._idle.append(instance)
        return answered
