//! Executions of workflows of all kinds of states, with tasks that fail and take their time at random: none takes less than the least or more
//! than the most that the compiler says, and the most is reached.

mod inner;
mod loops;
mod measure;
mod script;
mod straight;
