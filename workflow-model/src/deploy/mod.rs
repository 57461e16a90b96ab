//! What it takes to run exported workflows on AWS: the policies of their roles, and templates that deploy them.
//!
//! [`needs`] says what the role of one state machine must be able to do. An [`Application`] is all that is deployed together, and
//! [`Application::files`] is a directory that deploys it.

mod application;
mod arn;
mod cloudformation;
mod environment;
mod function;
mod hcl;
mod parameter;
mod permissions;
mod policy;
mod readme;
mod template;
mod terraform;
mod yaml;

pub use application::{Application, DeployError, Machine, Program};
pub use arn::{Arn, Part};
pub use environment::Variable;
pub use function::{Function, LONGEST_FUNCTION};
pub use parameter::{Parameter, ParameterKind};
pub use permissions::{Needs, needs};
pub use policy::{Condition, ConditionValue, Policy, Resource, Statement};
pub use template::{File, Template};
