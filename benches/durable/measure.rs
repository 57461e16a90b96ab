//! What a run costs: time, time of the processors, and bytes written to files.

use std::fs;
use std::time::{Duration, Instant};

/// How often each thing is measured. What is printed is the median.
const RUNS: usize = 5;

/// What a run has cost.
#[derive(Clone, Copy, Default)]
pub(crate) struct Cost {
    pub(crate) time: Duration,
    /// Of all threads, user and system, to a hundredth of a second. `None` where the system does not say.
    pub(crate) processors: Option<Duration>,
    /// Handed to the system by `write` and its like: to the file, and to its log.
    pub(crate) written: Option<u64>,
}

/// The cost of the work, for each of so many things.
pub(crate) fn cost(work: impl FnOnce()) -> Cost {
    let (begun, processors, written) = (Instant::now(), processors(), written());
    work();
    let less = |before: Option<Duration>, after: Option<Duration>| Some(after?.saturating_sub(before?));
    Cost {
        time: begun.elapsed(),
        processors: less(processors, self::processors()),
        written: written.and_then(|before| self::written()?.checked_sub(before)),
    }
}

/// The medians of several runs, each of which is set up anew.
pub(crate) fn medians(mut run: impl FnMut() -> Cost) -> Cost {
    let costs: Vec<Cost> = (0..RUNS).map(|_| run()).collect();
    Cost {
        time: median(costs.iter().map(|cost| cost.time)).unwrap_or_default(),
        processors: median(costs.iter().filter_map(|cost| cost.processors)),
        written: median(costs.iter().filter_map(|cost| cost.written)),
    }
}

fn median<T: Ord + Copy>(values: impl Iterator<Item = T>) -> Option<T> {
    let mut values: Vec<T> = values.collect();
    values.sort_unstable();
    values.get(values.len() / 2).copied()
}

pub(crate) fn heading() {
    println!("{:<44} {:>13} {:>13} {:>14}", "", "transitions/s", "CPU us each", "written each");
}

/// A line of the table.
pub(crate) fn line(name: &str, transitions: u64, cost: &Cost) {
    let each = transitions as f64;
    let rate = each / cost.time.as_secs_f64();
    let processors = cost.processors.map_or("?".to_owned(), |time| format!("{:.2}", time.as_secs_f64() * 1e6 / each));
    let written = cost.written.map_or("?".to_owned(), |bytes| format!("{:.0} bytes", bytes as f64 / each));
    println!("{name:<44} {rate:>13.0} {processors:>13} {written:>14}");
}

/// The time that the process has had on processors, from `/proc`, in whose unit a second has 100 ticks.
fn processors() -> Option<Duration> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The name of the process may have spaces in it. It is the second field, in parentheses; user and system time are 14 and 15.
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let mut ticks = || fields.next()?.parse::<u64>().ok();
    Some(Duration::from_millis(10 * (ticks()? + ticks()?)))
}

fn written() -> Option<u64> {
    let io = fs::read_to_string("/proc/self/io").ok()?;
    io.lines().find_map(|line| line.strip_prefix("wchar: "))?.parse().ok()
}
