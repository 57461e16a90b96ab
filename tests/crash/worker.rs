//! The process that is killed: an engine, somebody who starts executions, and somebody who answers.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use tokio::time::sleep;
use workflow_runtime::Engine;
use workflow_runtime::store::Sqlite;

use crate::witness::{self, Line, Witness};
use crate::workload::{Journey, Passed, World, answer};

/// Runs until all executions have ended that there are to be.
#[tokio::main]
pub async fn run(store: &Path, seen: &Path, total: u64) {
    let witness = Witness::open(seen);
    let world = World { witness: witness.clone() };
    let store = Sqlite::open(store).expect("nobody else has the store");
    let engine = Engine::builder().workflow(Journey::new(world)).store(store).start().await.expect("it starts");
    println!("ready");
    assert_eq!(engine.stranded(), []);
    let lines = witness::read(seen);
    tokio::spawn(answers(engine.clone(), witness.clone(), seen.to_owned()));
    start(&engine, &witness, &lines, total).await;
    engine.all_ended().await;
    println!("all have ended");
}

/// Starts what was about to be started when the process before was killed, and one after the other what is left.
async fn start(engine: &Engine, witness: &Witness, lines: &[Line], total: u64) {
    let started: BTreeSet<u64> =
        lines.iter().filter_map(|line| if let Line::Started(number) = line { Some(*number) } else { None }).collect();
    for number in (0..total).filter(|number| !started.contains(number)) {
        witness.saw(Line::Starts(number));
        let name = format!("journey-{number}");
        engine.start_named::<Journey>(&name, number).await.expect("it starts");
        witness.saw(Line::Started(number));
        sleep(Duration::from_millis(10 + number % 30)).await;
    }
}

/// Answers all questions that the witness has, and says so behind the engine.
async fn answers(engine: Engine, witness: Witness, seen: std::path::PathBuf) {
    let mut answered = BTreeSet::new();
    loop {
        for line in witness::read(&seen) {
            if let Line::Answered { token, .. } = line {
                answered.insert(token);
            } else if let Line::Asks { key, token, value } = line
                && !answered.contains(&token)
            {
                let passed = Passed { value: answer(value), behind: Vec::new() };
                let json = serde_json::to_string(&passed).expect("it is a number");
                // Nobody may wait yet, or any more: a question is asked again when its process was killed.
                if engine.complete_json(&token, &json).await.is_ok() {
                    witness.saw(Line::Answered { key, token: token.clone() });
                    answered.insert(token);
                }
            }
        }
        sleep(Duration::from_millis(15)).await;
    }
}
