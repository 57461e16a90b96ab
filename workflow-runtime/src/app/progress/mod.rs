//! What a terminal shows of executions while they run: the states that they are in.

mod tree;

use std::collections::BTreeMap;
#[cfg(feature = "sqlite")]
use std::collections::BTreeSet;
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use self::tree::Tree;
#[cfg(feature = "sqlite")]
use crate::Status;
use crate::{AnyExecution, Engine, ExecutionId, Follower};

/// How often the states are looked at. They may pass faster than anybody reads.
const INTERVAL: Duration = Duration::from_millis(100);
/// How many lines are shown at most.
const LINES: usize = 16;

/// Shows one execution, for as long as the returned future is polled.
pub(super) async fn of_execution(engine: &Engine, execution: &AnyExecution) {
    let mut display = Display::new(engine);
    display.add(execution.clone());
    display.keep(|display| execution_lines(display, execution.id())).await;
}

/// Shows how many of so many executions have ended, and those that run.
#[cfg(feature = "sqlite")]
pub(super) async fn of_engine(engine: &Engine, count: usize) {
    Display::new(engine).keep(|display| engine_lines(display, count)).await;
}

#[cfg(feature = "sqlite")]
fn engine_lines(display: &mut Display<'_>, count: usize) -> Vec<String> {
    let is_running = |execution: &AnyExecution| execution.status() == Status::Running;
    let executions = display.engine.executions();
    let all: BTreeSet<_> = executions.iter().filter(|one| is_running(one)).map(|one| one.id().clone()).collect();
    display.executions.retain(|id, _| all.contains(id));
    let whole = executions.into_iter().filter(|execution| execution.parent().is_none());
    let (running, ended): (Vec<_>, Vec<_>) = whole.partition(is_running);
    let mut lines = vec![format!("{count} to go on with, {} ended, {} under way", ended.len(), running.len())];
    for execution in running.into_iter().take(LINES) {
        let id = execution.id().clone();
        lines.push(format!("  {id}"));
        display.add(execution);
        display.lines(&id, 2, &mut lines);
    }
    lines
}

fn execution_lines(display: &Display<'_>, id: &ExecutionId) -> Vec<String> {
    let mut lines = vec![id.workflow().to_owned()];
    display.lines(id, 1, &mut lines);
    lines
}

struct Display<'a> {
    engine: &'a Engine,
    bar: ProgressBar,
    /// The executions that are shown, nested ones too.
    executions: BTreeMap<ExecutionId, Shown>,
}

struct Shown {
    follower: Follower,
    tree: Tree,
}

impl<'a> Display<'a> {
    fn new(engine: &'a Engine) -> Self {
        let bar = ProgressBar::new_spinner();
        let style = ProgressStyle::with_template("{spinner} {elapsed} {msg}");
        bar.set_style(style.expect("the template has no mistake"));
        bar.enable_steady_tick(INTERVAL);
        Display { engine, bar, executions: BTreeMap::new() }
    }

    fn add(&mut self, execution: AnyExecution) {
        let shown = || Shown { follower: execution.follow(), tree: Tree::default() };
        self.executions.entry(execution.id().clone()).or_insert_with(shown);
    }

    /// Shows what is to be shown, again and again.
    async fn keep(mut self, lines: impl Fn(&mut Self) -> Vec<String>) {
        loop {
            self.catch_up();
            let mut lines = lines(&mut self);
            if lines.len() > LINES {
                let hidden = lines.len() - LINES + 1;
                lines.truncate(LINES - 1);
                lines.push(format!("… and {hidden} more"));
            }
            self.bar.set_message(lines.join("\n"));
            tokio::time::sleep(INTERVAL).await;
        }
    }

    /// Looks at what has happened since it looked last.
    fn catch_up(&mut self) {
        let mut nested = Vec::new();
        for Shown { follower, tree } in self.executions.values_mut() {
            while let Some(Some(event)) = at_once(follower.next()) {
                tree.apply(&event);
            }
            nested.extend(tree.lines().filter_map(|line| line.nested.cloned()));
        }
        for id in nested {
            if !self.executions.contains_key(&id)
                && let Some(execution) = self.engine.execution(&id)
            {
                self.add(execution);
            }
        }
    }

    /// The states of an execution, and those of what it nests below them.
    fn lines(&self, id: &ExecutionId, depth: usize, lines: &mut Vec<String>) {
        let Some(shown) = self.executions.get(id) else { return };
        for line in shown.tree.lines() {
            let depth = depth + line.depth;
            lines.push(format!("{}{}", "  ".repeat(depth), line.text));
            if let Some(nested) = line.nested {
                self.lines(nested, depth + 1, lines);
            }
        }
    }
}

impl Drop for Display<'_> {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// What a future gives without waiting.
fn at_once<T>(future: impl Future<Output = T>) -> Option<T> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => Some(value),
        Poll::Pending => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prelude::*;

    struct Pack;

    #[workflow(start = fetch, timeout = "1h")]
    impl Pack {
        #[wait("10s", next = wrap)]
        fn fetch(item: u32);

        #[wait("1m", end)]
        fn wrap(item: u32);
    }

    struct Shop {
        pack: Pack,
        send: Send,
    }

    struct Send {
        pack: Pack,
    }

    #[workflow(start = send, timeout = "2h")]
    impl Send {
        #[nested(self.pack: Pack, end)]
        fn send(item: u32);
    }

    #[workflow(start = both, timeout = "3h")]
    impl Shop {
        #[parallel(branches(self.send: Send, self.pack: Pack), end)]
        fn both(item: u32);
    }

    #[tokio::test(start_paused = true)]
    async fn nested_states_are_below_their_own() -> Result<(), Box<dyn std::error::Error>> {
        let shop = Shop { pack: Pack, send: Send { pack: Pack } };
        let engine = Engine::builder().workflow(shop).start().await?;
        let execution = engine.start::<Shop>(7).await?.into_any();
        let mut display = Display::new(&engine);
        display.add(execution.clone());
        for (seconds, expected) in [(1, "Fetch"), (20, "Wrap")] {
            tokio::time::sleep(Duration::from_secs(seconds)).await;
            // The one looks where the parts are, the other what happens in them.
            display.catch_up();
            display.catch_up();
            let nested = format!("      {expected}");
            let branch = format!("    {expected}");
            let shown = execution_lines(&display, execution.id());
            assert_eq!(shown, ["Shop", "  Both", "    Send", &nested, &branch]);
        }
        Ok(())
    }
}
