//! Random interleavings of starts, answers, time and crashes, against a model that knows of none of them.
//!
//! The model is what the executions say of themselves without an engine: which output each input has. Whoever was told that an execution
//! was started, or that an answer was taken, must be right, whatever happened to the process since.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use workflow_runtime::prelude::*;
use workflow_runtime::store::{Filter, Memory, Store};
use workflow_runtime::{ExecutionId, Status, TokenError};

use crate::crash::Mortal;
use crate::workload::{Pack, Weigh, Witness};

/// Packs, asks somebody, waits for days, and weighs.
struct Parcel {
    witness: Witness,
    pack: Pack,
    weigh: Weigh,
    asked: Asked,
}

/// The tokens that were given out, by the number of the parcel.
type Asked = Arc<Mutex<BTreeMap<u32, TaskToken<u32>>>>;

#[workflow(start = pack, timeout = "60d", output = u32)]
impl Parcel {
    #[nested(self.pack: Pack, next = |packed, number| ask((number, packed)))]
    fn pack(number: u32);

    #[task(callback, timeout = "30d", next = |answer, question| rest(question.1 + answer))]
    async fn ask(&self, question: (u32, u32), token: TaskToken<u32>, cx: TaskContext) {
        self.witness.saw(&cx);
        self.asked.lock().expect("nobody panics").insert(question.0, token);
    }

    #[wait("3d", next = weigh)]
    fn rest(sum: u32);

    #[parallel(branches(self.weigh: Weigh, self.pack: Pack), end = |both| both.0 + both.1)]
    fn weigh(sum: u32);
}

/// What a parcel comes to that was answered with this.
fn expected(number: u32, answer: u32) -> u32 {
    let packed = |item: u32| item * 10 + 1;
    let weighed = |weight: u32| weight + 3 + 3 + 2;
    let sum = packed(number) + answer;
    weighed(sum) + packed(sum)
}

/// Numbers that are the same in each run.
struct Dice(u64);

impl Dice {
    /// Below `sides`, by xorshift64*.
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) % sides
    }
}

/// What the outside has been told.
#[derive(Default)]
struct Told {
    started: BTreeMap<u32, ExecutionId>,
    answered: BTreeMap<u32, u32>,
}

struct World {
    memory: Memory,
    witness: Witness,
    asked: Asked,
    left: Arc<AtomicU64>,
}

impl World {
    async fn engine(&self, dice: &mut Dice) -> Engine {
        self.left.store(3 + dice.roll(40), Ordering::Relaxed);
        let store = Mortal { memory: self.memory.clone(), left: self.left.clone(), writes_last: dice.roll(2) == 0 };
        let parcel = Parcel {
            witness: self.witness.clone(),
            pack: Pack { witness: self.witness.clone() },
            weigh: Weigh { witness: self.witness.clone() },
            asked: self.asked.clone(),
        };
        let engine = Engine::builder().workflow(parcel).store(store).start().await.expect("the store can be read");
        assert_eq!(engine.stranded(), []);
        engine
    }

    /// Starts an execution, or repeats a start that may have been heard.
    async fn start(&self, engine: &Engine, number: u32, told: &mut Told) {
        if let Ok(execution) = engine.start_named::<Parcel>(&format!("parcel-{number}"), number).await {
            let known = told.started.entry(number).or_insert_with(|| execution.id().clone());
            assert_eq!(known, execution.id());
        }
    }

    /// Answers a question, perhaps one that was answered before.
    async fn answer(&self, engine: &Engine, dice: &mut Dice, told: &mut Told) {
        let asked: Vec<_> = self.asked.lock().expect("nobody panics").clone().into_iter().collect();
        if asked.is_empty() {
            return;
        }
        let (number, token) = &asked[usize::try_from(dice.roll(asked.len() as u64)).expect("it is small")];
        let answer = u32::try_from(dice.roll(1_000)).expect("it is small");
        match engine.complete(token, answer).await {
            Ok(()) => {
                let before = told.answered.insert(*number, answer);
                assert_eq!(before, None, "an answer is taken once");
            }
            // It was answered, perhaps by one that was never told so; or it took too long.
            Err(TokenError::TaskTimedOut) => {}
            // The answer may be there or not.
            Err(TokenError::Store(_)) => {}
            Err(error) => panic!("{error}"),
        }
    }
}

async fn live(seed: u64) -> usize {
    let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let left = Arc::new(AtomicU64::new(0));
    let world = World { memory: Memory::new(), witness: Witness::default(), asked: Asked::default(), left };
    let mut told = Told::default();
    for _life in 0..12 {
        let engine = world.engine(&mut dice).await;
        for _act in 0..12 {
            match dice.roll(4) {
                0 => world.start(&engine, u32::try_from(dice.roll(6)).expect("it is small"), &mut told).await,
                1 => world.answer(&engine, &mut dice, &mut told).await,
                2 => tokio::time::sleep(Duration::from_secs(dice.roll(20))).await,
                _ => tokio::time::sleep(Duration::from_secs(dice.roll(86_400))).await,
            }
        }
        engine.shutdown(Duration::ZERO).await;
    }
    finish(&world, &mut dice, &mut told).await;
    check(&world, &told).await
}

/// Lets all that was started come to its end.
async fn finish(world: &World, dice: &mut Dice, told: &mut Told) {
    let engine = world.engine(dice).await;
    world.left.store(u64::MAX, Ordering::Relaxed);
    for _ in 0..100 {
        tokio::time::sleep(Duration::from_secs(3_600)).await;
        world.answer(&engine, dice, told).await;
    }
    tokio::time::sleep(Duration::from_secs(86_400 * 4)).await;
    engine.shutdown(Duration::ZERO).await;
}

/// How many have succeeded, as they should.
async fn check(world: &World, told: &Told) -> usize {
    let mut succeeded = 0;
    let all = world.memory.list(&Filter::default()).expect("it can be read");
    let roots: BTreeMap<&str, _> =
        all.iter().filter(|stored| stored.workflow == "Parcel").map(|stored| (stored.name.as_str(), stored)).collect();
    for (number, id) in &told.started {
        let stored = roots.get(id.name()).unwrap_or_else(|| panic!("parcel {number} is lost"));
        let error = stored.failure.as_ref().map_or("", |failure| failure.error.as_str());
        let part = stored.failure.as_ref().and_then(Failure::nested).map(|part| part.status);
        match (stored.status, error) {
            (Status::Succeeded, _) => {}
            (Status::Failed, "States.TaskFailed") if part == Some(Status::TimedOut) => continue,
            // Time goes on while no process does: that of the workflow, of its part, of the question, of a poll.
            (Status::TimedOut, _) | (Status::Failed, "States.Timeout" | "GaveUp") => continue,
            _ => panic!("{stored:?}"),
        }
        succeeded += 1;
        let output: u32 = stored.output.as_ref().and_then(|json| json.parse().ok()).expect("it has a number");
        match told.answered.get(number) {
            Some(answer) => assert_eq!(output, expected(*number, *answer)),
            // It was answered in a moment that nobody was told of.
            None => assert!((0..1_000).any(|answer| output == expected(*number, answer))),
        }
    }
    for (key, attempts) in world.witness.attempts() {
        assert!(attempts.windows(2).all(|pair| pair[0] < pair[1]), "{key}: {attempts:?}");
    }
    succeeded
}

#[tokio::test(start_paused = true)]
async fn nothing_that_was_told_is_lost() {
    let mut succeeded = 0;
    for seed in 0..150 {
        succeeded += live(seed).await;
    }
    assert!(succeeded > 150, "most come to their end: {succeeded}");
}
