//! Executions that outlive their engine: whatever is cut off where, each ends as if nothing had happened.

mod crash;
mod workload;
