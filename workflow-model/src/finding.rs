//! What the checks say: a [`Finding`] has a [`Code`], a [`Place`], a message and a remedy.

use std::fmt;
use std::str::FromStr;

use crate::name::nearest;

/// What is wrong, where, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Which rule was broken.
    pub code: Code,
    /// Which part of the machine to change.
    pub place: Place,
    /// What is wrong, with whom, and why it matters; one sentence, without a full stop.
    pub message: String,
    /// What to type instead, or what else to know; each one sentence, without a full stop.
    pub help: Vec<String>,
}

impl Finding {
    /// A finding without help.
    pub fn new(code: Code, place: Place, message: impl Into<String>) -> Self {
        Finding { code, place, message: message.into(), help: Vec::new() }
    }

    /// Adds a remedy.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// Whether it is advice, which an author may overrule, or an error.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.message)?;
        for help in &self.help {
            write!(f, "\nhelp: {help}")?;
        }
        Ok(())
    }
}

/// How sure a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The workflow may be right as it is: a warning, which `#[allow_finding(…)]` silences.
    Advice,
    /// The workflow is wrong: it does not compile.
    Error,
}

/// The part of a machine that a finding is about. The compiler has a span for each, a loaded definition a path.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// The `#[workflow]` attribute as a whole.
    Workflow,
    /// An option of the `#[workflow]` attribute, by its name: `start`, `timeout`.
    WorkflowOption(&'static str),
    /// A part of the state at this position.
    State(usize, StatePart),
}

/// A part of a state.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum StatePart {
    /// Its name.
    Name,
    /// The attribute that says its kind.
    Kind,
    /// An option of that attribute, by its name: `timeout`, `heartbeat`, `name`; also `duration`, which in
    /// `#[wait("10s")]` is written without its name.
    Option(&'static str),
    /// The target of the n-th of [`StateKind::transitions`](crate::states::StateKind::transitions).
    Target(usize),
    /// An option of the n-th retrier.
    RetryOption(usize, &'static str),
    /// The m-th error of the n-th retrier.
    RetryError(usize, usize),
    /// The m-th error of the n-th catcher.
    CatchError(usize, usize),
    /// The n-th of the names that it had before.
    Formerly(usize),
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])* $name:ident = $severity:ident,)*) => {
        /// Which rule a [`Finding`] is about. A code keeps its meaning for ever.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code {
            $($(#[doc = $doc])* $name,)*
        }

        impl Code {
            /// All codes, in order.
            pub const ALL: &'static [Code] = &[$(Code::$name),*];

            /// How it is written, as in `W0101`.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$name => stringify!($name),)* }
            }

            /// Whether it comes of adding up times and events, so that it means nothing where one of those is wrong.
            pub fn is_of_bounds(self) -> bool {
                (Code::W0310..Code::W0501).contains(&self)
            }

            /// How sure it is.
            pub fn severity(self) -> Severity {
                match self { $(Code::$name => Severity::$severity,)* }
            }

            /// The page on it, in Markdown: the cause, why it matters, an example with what the compiler says of it, and the
            /// remedy.
            ///
            /// ```
            /// use workflow_model::Code;
            ///
            /// assert!(Code::W0101.page().starts_with("# W0101: a transition leads to a state that does not exist\n"));
            /// ```
            #[cfg(feature = "explain")]
            pub fn page(self) -> &'static str {
                match self {
                    $(Code::$name => include_str!(concat!("../docs/findings/", stringify!($name), ".md")),)*
                }
            }
        }
    };
}

codes! {
    /// Something that is written cannot be read: an unknown option, a missing value, a signature of the wrong form.
    W0001 = Error,
    /// An option that is not known.
    W0002 = Error,
    /// A duration that cannot be read.
    W0003 = Error,
    /// Something that is not part of the portable subset.
    W0004 = Error,
    /// A type whose JSON `#[derive(Data)]` cannot describe.
    W0005 = Error,
    /// An error type whose cases `#[derive(TaskError)]` cannot name.
    W0006 = Error,
    /// A transition to a state that does not exist.
    W0101 = Error,
    /// A state that no execution can reach.
    W0102 = Error,
    /// A state from which no end can be reached.
    W0103 = Error,
    /// Two states with the same name.
    W0104 = Error,
    /// No start, or a start that is not a state.
    W0105 = Error,
    /// An ending state with a successor.
    W0106 = Error,
    /// A state with no successor that does not end the execution.
    W0107 = Error,
    /// A cycle with neither a wait nor a task.
    W0201 = Error,
    /// A cycle of tasks without a wait.
    W0202 = Advice,
    /// A cycle that nothing bounds.
    W0203 = Error,
    /// A task without a timeout.
    W0301 = Error,
    /// A heartbeat that is not below its timeout.
    W0302 = Error,
    /// A number or a duration outside the range that Step Functions allows.
    W0303 = Error,
    /// A heartbeat that is never sent, as the task takes no `TaskContext`.
    W0304 = Error,
    /// A wait that does not say how long it takes.
    W0305 = Error,
    /// A timeout beyond what Step Functions lets an execution take.
    W0306 = Error,
    /// A poll that polls less often than its deadline allows it to poll twice.
    W0307 = Error,
    /// A poll without an interval, without a deadline, or without a state to go on in then.
    W0308 = Error,
    /// A poll's deadline beyond the workflow's timeout.
    W0309 = Error,
    /// A wait beyond the workflow's timeout.
    W0310 = Error,
    /// A retrier whose last retry is beyond the workflow's timeout.
    W0311 = Error,
    /// An attempt, or attempts together, that may take longer than the workflow's timeout.
    W0312 = Advice,
    /// No end can be reached within the workflow's timeout.
    W0313 = Error,
    /// A state that cannot be reached within the workflow's timeout.
    W0314 = Error,
    /// A nested workflow that may take longer than its parent, or that takes longer than it is given.
    W0315 = Error,
    /// A history that may grow beyond what Step Functions keeps.
    W0401 = Error,
    /// `States::All` that is not alone, or not last.
    W0501 = Error,
    /// A retrier or a catcher that can never match.
    W0502 = Error,
    /// An error that the state cannot raise.
    W0503 = Error,
    /// A name that Step Functions refuses.
    W0601 = Error,
    /// A kind of state that this kind of workflow cannot have.
    W0602 = Error,
    /// A workflow that is a branch of itself.
    W0605 = Error,
    /// A resource that is no service integration of Step Functions.
    W0701 = Error,
    /// An integration pattern that a service integration does not have.
    W0702 = Error,
    /// An action of the AWS SDK that is not in the table.
    W0703 = Advice,
    /// Arguments that a service integration refuses.
    W0704 = Error,
    /// A Lambda function that there cannot be.
    W0705 = Error,
}

#[cfg(feature = "explain")]
impl Code {
    /// What it is, in a few words: the title of its page.
    ///
    /// ```
    /// assert_eq!(workflow_model::Code::W0203.title(), "nothing bounds a cycle");
    /// ```
    pub fn title(self) -> &'static str {
        let heading = self.page().lines().next().unwrap_or_default();
        heading.split_once(": ").map_or(heading, |(_, title)| title)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Reads a code in either case.
///
/// ```
/// use workflow_model::Code;
///
/// assert_eq!("w0101".parse(), Ok(Code::W0101));
/// let unknown = "W101".parse::<Code>().unwrap_err();
/// assert_eq!(unknown.to_string(), "there is no finding `W101`; did you mean W0101?");
/// ```
impl FromStr for Code {
    type Err = UnknownCode;

    fn from_str(text: &str) -> Result<Self, UnknownCode> {
        let known = Code::ALL.iter().find(|code| code.as_str().eq_ignore_ascii_case(text));
        known.copied().ok_or_else(|| UnknownCode::new(text))
    }
}

/// Something that is no code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownCode {
    /// What was written.
    pub written: String,
    /// The code that it resembles.
    pub near: Option<Code>,
}

impl UnknownCode {
    fn new(written: &str) -> Self {
        let near = nearest(written, Code::ALL.iter().map(|code| code.as_str()));
        UnknownCode { written: written.to_owned(), near: near.and_then(|near| near.parse().ok()) }
    }
}

impl fmt::Display for UnknownCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no finding `{}`", self.written)?;
        self.near.map_or(Ok(()), |near| write!(f, "; did you mean {near}?"))
    }
}

impl std::error::Error for UnknownCode {}
