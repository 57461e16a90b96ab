//! How steps are written.

use rusqlite::{CachedStatement, Connection, ErrorCode, Params, TransactionBehavior, ffi, params};

use crate::store::millis::Millis;
use crate::store::{Answer, BranchChange, Checkpoint, End, Park, Start, Step, StoreError, refusal};

/// Why nothing was written.
pub(super) enum Refused {
    Step(StoreError),
    Sqlite(rusqlite::Error),
}

impl From<rusqlite::Error> for Refused {
    fn from(error: rusqlite::Error) -> Self {
        Refused::Sqlite(error)
    }
}

/// Writes all steps in one transaction.
pub(super) fn commit(connection: &mut Connection, steps: &[Step]) -> Result<(), Refused> {
    if steps.is_empty() {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut writer = Writer { connection: &transaction, statements: Default::default() };
    steps.iter().try_for_each(|step| writer.step(step))?;
    drop(writer);
    transaction.commit()?;
    Ok(())
}

/// The statements, each of which is asked for once in a transaction.
#[derive(Clone, Copy)]
enum Sql {
    Start,
    First,
    Go,
    GoWithEvents,
    EventsOnly,
    Park,
    Branch,
    Gone,
    Answer,
    Events,
    End,
    NoCheckpoint,
    NoBranches,
    NoAnswers,
    IsRunning,
}

impl Sql {
    const COUNT: usize = Sql::IsRunning as usize + 1;

    fn text(self) -> &'static str {
        match self {
            Sql::Start => {
                "INSERT INTO executions VALUES (?1, ?2, ?3, ?4, ?5, 'RUNNING', ?6, NULL, NULL, NULL, ?7, NULL, ?8, 0)"
            }
            Sql::First => "INSERT INTO checkpoints VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            Sql::Go => {
                "UPDATE checkpoints SET state = ?2, input = ?3, variables = ?4, progress = ?5 WHERE execution = ?1"
            }
            Sql::GoWithEvents => {
                "UPDATE checkpoints SET state = ?2, input = ?3, variables = ?4, progress = ?5, last = ?6 WHERE execution = ?1"
            }
            Sql::EventsOnly => "UPDATE checkpoints SET last = ?2 WHERE execution = ?1",
            Sql::Park => "UPDATE checkpoints SET due = ?2 WHERE execution = ?1",
            Sql::Branch => "INSERT OR REPLACE INTO branches VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            Sql::Gone => "DELETE FROM branches WHERE execution = ?1 AND path >= ?2 AND (path < ?3 OR ?3 IS NULL)",
            Sql::Answer => {
                "INSERT OR REPLACE INTO answers SELECT ?1, ?2, ?3, ?4, ?5 FROM checkpoints WHERE execution = ?1"
            }
            Sql::Events => "INSERT INTO history VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            Sql::End => {
                "UPDATE executions SET status = ?2, output = ?3, error = ?4, cause = ?5, stopped = ?6, \
                 last = (SELECT last FROM checkpoints WHERE execution = ?1) WHERE number = ?1"
            }
            Sql::NoCheckpoint => "DELETE FROM checkpoints WHERE execution = ?1",
            Sql::NoBranches => "DELETE FROM branches WHERE execution = ?1",
            Sql::NoAnswers => "DELETE FROM answers WHERE execution = ?1",
            Sql::IsRunning => "SELECT 1 FROM checkpoints WHERE execution = ?1",
        }
    }
}

struct Writer<'c> {
    connection: &'c Connection,
    statements: [Option<CachedStatement<'c>>; Sql::COUNT],
}

impl<'c> Writer<'c> {
    fn statement(&mut self, sql: Sql) -> rusqlite::Result<&mut CachedStatement<'c>> {
        let statement = &mut self.statements[sql as usize];
        match statement {
            Some(statement) => Ok(statement),
            none => Ok(none.insert(self.connection.prepare_cached(sql.text())?)),
        }
    }

    fn run(&mut self, sql: Sql, params: impl Params) -> rusqlite::Result<usize> {
        self.statement(sql)?.execute(params)
    }

    fn step(&mut self, step: &Step) -> Result<(), Refused> {
        let number = step.execution;
        match &step.start {
            Some(start) => self.start(step, start)?,
            None => self.go_on(step)?,
        }
        for change in &step.branches {
            self.branch(number, change)?;
        }
        for answer in &step.answers {
            self.answer(number, answer)?;
        }
        if let Some(events) = &step.events {
            let time = Millis::of(events.time).0;
            let row = params![events.place, number, events.before, events.first, time, events.json];
            self.run(Sql::Events, row).map_err(|error| match constraint(&error) {
                true => Refused::Step(refusal::place(events.place)),
                false => error.into(),
            })?;
        }
        match &step.end {
            Some(end) => Ok(self.end(number, end)?),
            None => Ok(()),
        }
    }

    fn start(&mut self, step: &Step, start: &Start) -> Result<(), Refused> {
        let number = step.execution;
        let Start { workflow, name, parent, link, input, started, fingerprint } = start;
        let started = Millis::of(*started).0;
        let row = params![number, workflow, name, parent, link, input, started, fingerprint.cast_signed()];
        self.run(Sql::Start, row).map_err(|error| match error.sqlite_extended_error_code() {
            Some(ffi::SQLITE_CONSTRAINT_UNIQUE) => Refused::Step(refusal::name(start)),
            _ if constraint(&error) => Refused::Step(refusal::started(number)),
            _ => error.into(),
        })?;
        let checkpoint = step.checkpoint.as_ref();
        let last = step.events.as_ref().map_or(0, |events| events.place);
        let first = params![
            number,
            checkpoint.map(|checkpoint| checkpoint.state),
            checkpoint.and_then(|checkpoint| checkpoint.input.as_deref()),
            checkpoint.and_then(|checkpoint| checkpoint.variables.as_deref()),
            checkpoint.map(|checkpoint| &checkpoint.progress),
            last,
            due(step.park),
            start.whole().is_some(),
        ];
        self.run(Sql::First, first)?;
        Ok(())
    }

    /// Writes what changes in the execution's own row, and refuses a step of one that does not run.
    fn go_on(&mut self, step: &Step) -> Result<(), Refused> {
        let number = step.execution;
        let place = step.events.as_ref().map(|events| events.place);
        let mut runs = match (&step.checkpoint, place) {
            (Some(checkpoint), place) => {
                let Checkpoint { state, input, variables, progress } = checkpoint;
                match place {
                    Some(place) => {
                        self.run(Sql::GoWithEvents, params![number, state, input, variables, progress, place])?
                    }
                    None => self.run(Sql::Go, params![number, state, input, variables, progress])?,
                }
            }
            (None, Some(place)) => self.run(Sql::EventsOnly, params![number, place])?,
            (None, None) => 0,
        };
        if step.park.is_some() {
            runs = self.run(Sql::Park, params![number, due(step.park)])?;
        }
        if runs == 0 && refusal::goes_on(step) && !self.statement(Sql::IsRunning)?.exists([number])? {
            return Err(Refused::Step(refusal::not_running(number)));
        }
        Ok(())
    }

    fn branch(&mut self, number: u64, change: &BranchChange) -> rusqlite::Result<usize> {
        match change {
            BranchChange::At(path, Checkpoint { state, input, variables, progress }) => {
                self.run(Sql::Branch, params![number, path, state, input, variables, progress])
            }
            BranchChange::Gone(beginning) => self.run(Sql::Gone, params![number, beginning, behind(beginning)]),
        }
    }

    fn answer(&mut self, number: u64, Answer { token, result }: &Answer) -> rusqlite::Result<usize> {
        let token = token.to_be_bytes();
        let failure = result.as_ref().err();
        let (error, cause) = (failure.map(|failure| &failure.error), failure.map(|failure| &failure.cause));
        self.run(Sql::Answer, params![number, token, result.as_ref().ok(), error, cause])
    }

    fn end(&mut self, number: u64, end: &End) -> rusqlite::Result<()> {
        let End { status, output, failure, stopped } = end;
        let error = failure.as_ref().map(|failure| &failure.error);
        let cause = failure.as_ref().map(|failure| &failure.cause);
        let stopped = Millis::of(*stopped).0;
        self.run(Sql::End, params![number, status.to_string(), output, error, cause, stopped])?;
        for sql in [Sql::NoCheckpoint, Sql::NoBranches, Sql::NoAnswers] {
            self.run(sql, [number])?;
        }
        Ok(())
    }
}

fn due(park: Option<Park>) -> Option<i64> {
    match park? {
        Park::Until(due) => Some(Millis::not_before(due).0),
        Park::Over => None,
    }
}

fn constraint(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation)
}

/// The first text behind all that begin like this, in the order of their characters. There is none behind the empty text.
fn behind(beginning: &str) -> Option<String> {
    let mut text = beginning.to_owned();
    while let Some(last) = text.pop() {
        let next = match last {
            char::MAX => continue,
            '\u{d7ff}' => '\u{e000}',
            _ => char::from_u32(u32::from(last) + 1).unwrap_or(char::MAX),
        };
        text.push(next);
        return Some(text);
    }
    None
}
