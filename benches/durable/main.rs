//! Executions that are written down, beside what limits them and beside a peer.
//!
//! An execution has 33 transitions: call, ten times wait, poll and choose, transform, succeed. Waits are of no length, and the service
//! answers at once, so that what is measured is what writing down costs. `cargo bench --bench durable` prints, all in one run,
//!
//! - `limit`: SQLite alone. Each transition is an UPDATE of a checkpoint and an INSERT into a history, and 1,000 are one transaction;
//! - `store`: the same through `Store::commit`, with what an execution's start and end write;
//! - `engine`: 1,000 executions at once in an engine, on two threads, and one alone;
//! - duroxide, a durable engine on SQLite by others, with the same workflow, 100 at once (`benches/duroxide`).
//!
//! Each with `synchronous=FULL`, after which nothing is lost with the power, and with NORMAL, which may lose the last commits then. The
//! numbers are medians of several runs on a new file each. What is written is what goes to the file and to its log.

mod engine;
mod limit;
mod measure;
mod sample;
mod store;

use std::path::{Path, PathBuf};

use workflow_runtime::store::{Sqlite, StoreError};

use self::measure::{cost, heading, line, medians};

/// Transitions of one execution.
const TRANSITIONS: u64 = 33;
/// Executions at once.
const AT_ONCE: u64 = 1_000;

/// When a commit returns.
#[derive(Clone, Copy)]
enum Durability {
    /// When the disk has it.
    Full,
    /// When the operating system has it.
    Relaxed,
}

impl Durability {
    fn synchronous(self) -> &'static str {
        match self {
            Durability::Full => "FULL",
            Durability::Relaxed => "NORMAL",
        }
    }

    fn open(self, path: &Path) -> Result<Sqlite, StoreError> {
        match self {
            Durability::Full => Sqlite::open(path),
            Durability::Relaxed => Sqlite::options().relaxed().open(path),
        }
    }
}

fn main() {
    let transitions = TRANSITIONS * AT_ONCE;
    println!("{AT_ONCE} executions at once, {TRANSITIONS} transitions each");
    for durability in [Durability::Full, Durability::Relaxed] {
        println!("\nsynchronous={}", durability.synchronous());
        heading();
        let limit = measured(|path| {
            let run = limit::run(path, durability).expect("SQLite opens a new file");
            move || run().expect("SQLite writes")
        });
        line("limit: SQLite alone", transitions, &limit);
        let store = measured(|path| {
            let run = store::run(path, durability).expect("there is no store yet");
            move || run().expect("the steps fit")
        });
        line("store", transitions, &store);
        let engine = measured(|path| {
            let bench = engine::Bench::new(path, durability);
            // The first executions of a process take longer.
            bench.thousand();
            move || bench.thousand()
        });
        line("engine", transitions, &engine);
        let folder = Folder::new();
        let alone = engine::Bench::new(&folder.file(), durability).alone();
        println!("{:<44} {:>10.2} ms", "engine, one execution alone", alone.as_secs_f64() * 1e3);
    }
    println!();
    peer();
}

/// Runs the peer, which is a workspace of its own: it comes with another SQLite, of which there can be one in a program.
fn peer() {
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/duroxide/Cargo.toml");
    let mut command = std::process::Command::new(env!("CARGO"));
    let command = command.args(["run", "--release", "--quiet", "--manifest-path", manifest]).env("RUST_LOG", "off");
    match command.status() {
        Ok(status) if status.success() => {}
        Ok(status) => println!("duroxide: {status}"),
        Err(error) => println!("duroxide could not be run: {error}"),
    }
}

/// The medians of a work that is set up on a new file each time.
fn measured<W: FnOnce()>(set_up: impl Fn(&Path) -> W) -> measure::Cost {
    medians(|| {
        let folder = Folder::new();
        cost(set_up(&folder.file()))
    })
}

/// A new folder beside what is compiled, on a real disk, which goes when this is dropped.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("durable-{}", std::process::id()));
        std::fs::create_dir_all(&path).expect("the target folder can be written to");
        Folder(path)
    }

    fn file(&self) -> PathBuf {
        self.0.join("workflows.db")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // `cargo clean` takes what stays.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
