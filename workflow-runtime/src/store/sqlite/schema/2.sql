-- Executions that have ended and are no part of another one, in the order of their ends: the oldest ones are removed first.
CREATE INDEX executions_ended ON executions (stopped, number) WHERE stopped IS NOT NULL AND link IS NULL;
