-- One row for each execution, from its start on.
CREATE TABLE executions (
  number      INTEGER PRIMARY KEY, -- its place in the order of all starts
  workflow    TEXT    NOT NULL,
  name        TEXT    NOT NULL,
  parent      INTEGER,             -- the execution that started it
  link        TEXT,                -- the place in its parent that it is a part of
  status      TEXT    NOT NULL,    -- RUNNING, SUCCEEDED, FAILED, TIMED_OUT, ABORTED
  input       TEXT    NOT NULL,    -- JSON
  output      TEXT,                -- JSON
  error       TEXT,
  cause       TEXT,
  started     INTEGER NOT NULL,    -- milliseconds since 1970, as all times here
  stopped     INTEGER,
  fingerprint INTEGER NOT NULL,    -- what the workflow's code looked like
  last        INTEGER NOT NULL     -- once it has ended: the place of its last history row
) STRICT;
CREATE UNIQUE INDEX executions_by_name ON executions (workflow, name);
CREATE INDEX executions_of_workflow ON executions (workflow, number);
CREATE INDEX executions_not_succeeded ON executions (status, number) WHERE status NOT IN ('RUNNING', 'SUCCEEDED');
CREATE INDEX executions_parts ON executions (parent, number) WHERE link IS NOT NULL;

-- One row for each execution that has not ended: where it goes on.
CREATE TABLE checkpoints (
  execution INTEGER PRIMARY KEY,
  state     TEXT,                  -- NULL before the first step
  input     TEXT,                  -- JSON
  variables TEXT,                  -- JSON
  progress  TEXT,                  -- JSON: what the engine counts
  last      INTEGER NOT NULL,      -- the place of its last history row
  due       INTEGER,               -- when it is to be taken up; NULL where it is on its way
  part      INTEGER NOT NULL       -- 1 where it is a part of another execution, else 0
) STRICT;
CREATE INDEX checkpoints_due ON checkpoints (due, execution) WHERE due IS NOT NULL;
CREATE INDEX checkpoints_under_way ON checkpoints (execution) WHERE due IS NULL AND part = 0;

-- Where the branches of executions are that have not ended.
CREATE TABLE branches (
  execution INTEGER NOT NULL,
  path      TEXT    NOT NULL,
  state     TEXT    NOT NULL,
  input     TEXT,                  -- JSON
  variables TEXT,                  -- JSON
  progress  TEXT    NOT NULL,      -- JSON
  PRIMARY KEY (execution, path)
) STRICT, WITHOUT ROWID;

-- What was sent for tasks, before their executions have gone on with it.
CREATE TABLE answers (
  execution INTEGER NOT NULL,
  token     BLOB    NOT NULL,      -- 16 bytes
  output    TEXT,                  -- JSON
  error     TEXT,                  -- NULL where there is an output
  cause     TEXT,
  PRIMARY KEY (execution, token)
) STRICT, WITHOUT ROWID;

-- The events of all executions, in the order in which they were written. There is no index by execution, which would cost more than
-- all the rest: a history is read backwards, from an execution's `last` through `before`.
CREATE TABLE history (
  place     INTEGER PRIMARY KEY,
  execution INTEGER NOT NULL,
  before    INTEGER NOT NULL,      -- the place of the row before in the same execution; 0 where there is none
  first     INTEGER NOT NULL,      -- the number of the first of these events in its execution
  time      INTEGER NOT NULL,      -- when that happened
  events    TEXT    NOT NULL       -- a JSON array
) STRICT;

-- Executions that another process has asked to be stopped.
CREATE TABLE stops (
  execution INTEGER PRIMARY KEY,
  error     TEXT NOT NULL,
  cause     TEXT NOT NULL
) STRICT;

CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO meta VALUES ('secret', lower(hex(randomblob(16))));

-- For people.
CREATE VIEW overview AS
  SELECT number, workflow, name, status, coalesce(state, '') AS state,
         strftime('%Y-%m-%d %H:%M:%f', started / 1000.0, 'unixepoch') AS started,
         strftime('%Y-%m-%d %H:%M:%f', stopped / 1000.0, 'unixepoch') AS stopped,
         strftime('%Y-%m-%d %H:%M:%f', due / 1000.0, 'unixepoch') AS due,
         parent, executions.input AS input, output, error, cause
  FROM executions LEFT JOIN checkpoints ON checkpoints.execution = executions.number;

CREATE VIEW timers AS
  SELECT strftime('%Y-%m-%d %H:%M:%f', due / 1000.0, 'unixepoch') AS due, execution, workflow, name, state
  FROM checkpoints JOIN executions ON executions.number = checkpoints.execution
  WHERE due IS NOT NULL ORDER BY checkpoints.due;

CREATE VIEW events AS
  SELECT execution, first + event.key AS id,
         strftime('%Y-%m-%d %H:%M:%f', (time + iif(event.type = 'array', event.value ->> 1, 0)) / 1000.0, 'unixepoch') AS time,
         iif(event.type = 'array', event.value ->> 0, first + event.key - 1) AS previous,
         iif(event.type = 'array', event.value ->> 2, event.value) AS event
  FROM history, json_each(history.events) AS event;
