//! Portable expressions on both sides: run natively, and exported and evaluated by JSONata. A state fails on both of them or
//! on none, with the same words.

mod arithmetic;
mod exact;
mod floats;
mod order;
mod sides;
