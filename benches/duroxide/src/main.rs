//! duroxide with the workflow that `benches/durable` runs: one call, and ten polls that the workflow decides on.
//!
//! `cargo run --release --manifest-path benches/duroxide/Cargo.toml` prints, for both modes of SQLite, how many transitions it makes in a
//! second with 100 executions at once, at what cost, and how long one execution takes alone: 1,000 at once would take a minute a run, at the
//! same rate. Waits are of no length here as well, so there are no
//! timers; what is no activity is plain code. duroxide's dispatchers poll: they are set to do so each millisecond. There are two of each, as
//! is its default; with four, more of them find the database locked. `RUST_LOG=off` keeps it from saying so.

#[path = "../../durable/measure.rs"]
mod measure;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use duroxide::providers::sqlite::SqliteProvider;
use duroxide::runtime::registry::ActivityRegistry;
use duroxide::runtime::{Runtime, RuntimeOptions};
use duroxide::{ActivityContext, Client, OrchestrationContext, OrchestrationRegistry, OrchestrationStatus};

use measure::{cost, heading, line, medians};

/// What an execution of `benches/durable` does: call, ten times wait, poll and choose, transform, succeed.
const TRANSITIONS: u32 = 33;
const AT_ONCE: u32 = 100;
/// Executions that are run one after the other.
const ALONE: u32 = 20;
/// For a thousand transitions or for one: longer is a failure.
const PATIENCE: Duration = Duration::from_secs(600);

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    heading();
    for synchronous in ["FULL", "NORMAL"] {
        let at_once = medians(|| {
            let peer = runtime.block_on(Peer::new(synchronous)).expect("duroxide starts on a new file");
            let cost = cost(|| runtime.block_on(peer.at_once()).expect("all executions end"));
            runtime.block_on(peer.runtime.shutdown(None));
            cost
        });
        line(
            &format!("duroxide, synchronous={synchronous}, {AT_ONCE} at once"),
            (AT_ONCE * TRANSITIONS).into(),
            &at_once,
        );
        let alone = runtime.block_on(async { Peer::new(synchronous).await?.alone().await })?;
        let name = format!("duroxide, synchronous={synchronous}, one alone");
        println!("{name:<44} {:>10.2} ms", alone.as_secs_f64() * 1e3);
    }
    Ok(())
}

/// duroxide on a new file.
struct Peer {
    client: Client,
    runtime: Arc<Runtime>,
    _folder: Folder,
}

impl Peer {
    async fn new(synchronous: &str) -> Result<Self, Box<dyn std::error::Error>> {
        let folder = Folder::new()?;
        let path = folder.0.join("duroxide.db");
        std::fs::File::create(&path)?;
        let store = Arc::new(SqliteProvider::new(&format!("sqlite:{}", path.display()), None).await?);
        set(&store, synchronous).await?;
        let client = Client::new(store.clone());
        let options =
            RuntimeOptions { dispatcher_min_poll_interval: Duration::from_millis(1), ..RuntimeOptions::default() };
        let runtime = Runtime::start_with_options(store, activities(), orchestrations(), options).await;
        Ok(Peer { client, runtime, _folder: folder })
    }

    async fn at_once(&self) -> Result<(), Box<dyn std::error::Error>> {
        for number in 0..AT_ONCE {
            self.client.start_orchestration(format!("at-once-{number}"), "PollService", "a document").await?;
        }
        for number in 0..AT_ONCE {
            wait(&self.client, &format!("at-once-{number}")).await?;
        }
        Ok(())
    }

    /// How long one takes, of several the median.
    async fn alone(self) -> Result<Duration, Box<dyn std::error::Error>> {
        let mut times = Vec::new();
        for number in 0..ALONE {
            let (name, begun) = (format!("alone-{number}"), Instant::now());
            self.client.start_orchestration(&name, "PollService", "a document").await?;
            wait(&self.client, &name).await?;
            times.push(begun.elapsed());
        }
        times.sort_unstable();
        self.runtime.shutdown(None).await;
        Ok(times[times.len() / 2])
    }
}

/// A new folder on a disk (that of temporary files may be in memory), which goes when this is dropped.
struct Folder(PathBuf);

impl Folder {
    fn new() -> std::io::Result<Self> {
        let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("target");
        let path = target.join(format!("bench-{}", std::process::id()));
        std::fs::create_dir_all(&path)?;
        Ok(Folder(path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // `cargo clean` takes what stays.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Sets the mode on all connections, of which none is in use yet.
async fn set(store: &SqliteProvider, synchronous: &str) -> Result<(), sqlx::Error> {
    let pool = store.get_pool();
    let mut connections = Vec::new();
    for _ in 0..pool.options().get_max_connections() {
        let mut connection = pool.acquire().await?;
        sqlx::query(&format!("PRAGMA synchronous = {synchronous}")).execute(&mut *connection).await?;
        connections.push(connection);
    }
    Ok(())
}

async fn wait(client: &Client, name: &str) -> Result<(), String> {
    match client.wait_for_orchestration(name, PATIENCE).await {
        Ok(OrchestrationStatus::Completed { output, .. }) if output == "3 pages after 10 polls" => Ok(()),
        other => Err(format!("{name}: {other:?}")),
    }
}

fn activities() -> ActivityRegistry {
    ActivityRegistry::builder()
        .register("CallService", |_: ActivityContext, document: String| async move { Ok(document) })
        .register("PollResult", |_: ActivityContext, polls: String| async move {
            let polls: u32 = polls.parse().map_err(|error| format!("{error}"))?;
            Ok((polls + 1).to_string())
        })
        .build()
}

fn orchestrations() -> OrchestrationRegistry {
    let poll_service = |context: OrchestrationContext, document: String| async move {
        context.schedule_activity("CallService", document).await?;
        let mut polls = "0".to_owned();
        while polls != "10" {
            polls = context.schedule_activity("PollResult", polls).await?;
        }
        Ok(format!("3 pages after {polls} polls"))
    };
    OrchestrationRegistry::builder().register("PollService", poll_service).build()
}
