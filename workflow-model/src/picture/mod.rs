//! Pictures of a workflow's graph.
//!
//! All of them show the same [`Graph`]: the states with what bounds them, and the transitions with when they are taken. The
//! workflows that a parallel state or a map has as branches are drawn in frames inside of it.
//!
//! - [`mermaid()`] is text that GitHub and many wikis draw.
//! - [`dot()`] is text for Graphviz.
//! - `svg()`, behind the feature `svg`, is a finished picture for light and for dark pages; `svg_of_execution()` is the same
//!   with the way that an execution took.
//!
//! ```
//! use workflow_model::{Definition, State, StateMachine, picture, states};
//!
//! let done = State {
//!     name: "done".into(),
//!     asl_name: "Done".into(),
//!     comment: None,
//!     input: None,
//!     assign: Vec::new(),
//!     formerly: Vec::new(),
//!     kind: states::StateKind::Succeed(states::Succeed {}),
//! };
//! let machine =
//!     StateMachine { name: "Nothing".into(), start: Some("done".into()), states: vec![done], ..StateMachine::default() };
//! let definition = Definition { machine, ..Definition::default() };
//! assert!(picture::mermaid(&definition).contains("Start --> Done"));
//! ```

mod choice;
mod dot;
mod graph;
mod mermaid;
mod style;
#[cfg(feature = "svg")]
mod svg;
#[cfg(feature = "svg")]
mod trace;

pub use dot::dot;
pub use graph::{Edge, EdgeKind, Frame, Graph, Node, NodeKind};
pub use mermaid::mermaid;
#[cfg(feature = "svg")]
pub use svg::{svg, svg_of_execution};
#[cfg(feature = "svg")]
pub use trace::{Status, Trace};
