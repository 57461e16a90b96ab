//! What is deployed together: the state machines of a program, the function behind their tasks, and what stands around them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::environment::{self, Variable};
use super::function::{FUNCTION_LOGS, Function, own_functions};
use super::parameter::{Parameter, ParameterKind};
use super::permissions::{self, Needs};
use crate::asl::{self, Json, Placeholder, StandsFor, WriteError};
use crate::definition::Definition;
use crate::machine::Mode;
use crate::name::{pascal_case, snake_case};

/// The program that the workflows are in, as cargo builds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    /// What its binary is called.
    pub name: String,
    /// Whether it is an example of its package, and not one of its binaries.
    pub is_example: bool,
    /// What it reads in its environment, where it runs tasks.
    pub environment: Vec<Variable>,
}

impl Program {
    /// Where the built function is, beside the template.
    pub(super) fn archive(&self) -> String {
        format!("build/{}/bootstrap.zip", self.name)
    }
}

/// A state machine, and what stands around it.
#[derive(Clone, Debug, PartialEq)]
pub struct Machine {
    /// The name of its workflow.
    pub workflow: String,
    /// What it is for.
    pub comment: Option<String>,
    /// Whether it is an Express workflow.
    pub is_express: bool,
    /// Its definition in Amazon States Language.
    pub definition: String,
    /// What a deployment fills into the definition.
    pub placeholders: Vec<Placeholder>,
    /// What it needs of the account.
    pub needs: Needs,
}

impl Machine {
    /// The state machine of a workflow, which is exported as this document.
    fn new(definition: &Definition, document: &Json) -> Self {
        let machine = &definition.machine;
        Machine {
            workflow: machine.name.clone(),
            comment: machine.comment.clone(),
            is_express: machine.mode == Mode::Express,
            definition: format!("{document}\n"),
            placeholders: asl::placeholders(definition),
            needs: permissions::of_document(&machine.name, document),
        }
    }

    /// Where its definition is, beside the template.
    pub fn file(&self) -> String {
        format!("statemachine/{}.asl.json", snake_case(&self.workflow))
    }

    /// What it logs. An Express workflow has no other history.
    pub(super) fn log_level(&self) -> &'static str {
        if self.is_express { "ALL" } else { "ERROR" }
    }

    /// What its resources are called in a template of CloudFormation, in front of what each is.
    pub(super) fn id(&self) -> String {
        format!("{}StateMachine", words(&self.workflow))
    }
}

/// What a [`Placeholder`] is replaced by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Reference<'a> {
    /// The function behind the tasks.
    Function,
    /// What the function writes into its group of logs.
    FunctionLogs,
    /// The activity with this name.
    Activity(&'a str),
    /// The state machine of a workflow that is deployed along.
    Machine(&'a str),
    /// A parameter.
    Parameter,
}

/// All that is deployed together.
///
/// ```
/// use workflow_model::deploy::{Application, Program, Template};
/// use workflow_model::{Definition, State, StateMachine, states};
///
/// let done = State {
///     name: "done".into(),
///     asl_name: "Done".into(),
///     comment: None,
///     input: None,
///     assign: Vec::new(),
///     formerly: Vec::new(),
///     kind: states::StateKind::Succeed(states::Succeed {}),
/// };
/// let machine =
///     StateMachine { name: "Nothing".into(), start: Some("done".into()), states: vec![done], ..StateMachine::default() };
/// let program = Program { name: "example".into(), is_example: true, environment: Vec::new() };
/// let application = Application::new(program, &[Definition { machine, ..Definition::default() }])?;
/// let paths: Vec<_> = application.files(Template::Sam).into_iter().map(|file| file.path).collect();
/// assert_eq!(paths, ["README.md", "template.yaml", "statemachine/nothing.asl.json"]);
/// # Ok::<(), workflow_model::deploy::DeployError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Application {
    /// The program.
    pub program: Program,
    /// The state machines, in the order of the program.
    pub machines: Vec<Machine>,
    /// The function that runs the tasks, if any is the program's own.
    pub function: Option<Function>,
    /// The functions besides that are the program too, deployed once more: their names, or the placeholders that stand for them.
    pub own_functions: BTreeSet<String>,
    /// The names of the activities, in order.
    pub activities: BTreeSet<String>,
    /// What whoever deploys it has to say, by name.
    pub parameters: BTreeMap<String, Parameter>,
}

/// How many characters a state machine or an activity may have in its name.
const LONGEST_NAME: usize = 80;

/// Why workflows cannot be deployed together.
#[derive(Debug)]
pub enum DeployError {
    /// One of them cannot be exported.
    Write {
        /// Its name.
        workflow: String,
        /// Why not.
        error: WriteError,
    },
    /// Two have one name, and so one file.
    SameName(String),
    /// The name of a state machine leaves no room for that of the deployment before it.
    LongName(String),
    /// A function cannot have a variable of this name in its environment.
    Environment(String),
}

impl fmt::Display for DeployError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DeployError::Write { workflow, error } => write!(f, "`{workflow}` cannot be exported: {error}"),
            DeployError::SameName(name) => {
                write!(
                    f,
                    "two workflows are called `{name}`, and would be one state machine; give one of them another name \
                     with `#[workflow(name = \"…\")]`"
                )
            }
            DeployError::LongName(name) => {
                write!(
                    f,
                    "`{name}` is too long: a deployment puts its own name and a hyphen before it, and Step Functions takes {LONGEST_NAME} \
                     characters in all; give it a shorter name"
                )
            }
            DeployError::Environment(name) => {
                write!(
                    f,
                    "a Lambda function cannot have `{name}` in its environment: a name is at least two letters, digits and underscores \
                     that begin with a letter, as in `SERVICE_URL`, and what Lambda sets itself, as `AWS_REGION`, is taken"
                )
            }
        }
    }
}

impl std::error::Error for DeployError {}

impl Application {
    /// The workflows of a program, none of which is native.
    ///
    /// # Errors
    ///
    /// When one of them cannot be exported, two have one name, one has a name that is too long for a deployment's to be put before it, or a function cannot have the program's environment.
    pub fn new(program: Program, definitions: &[Definition]) -> Result<Self, DeployError> {
        let mut machines: Vec<Machine> = Vec::new();
        let mut function: Option<Function> = None;
        for definition in definitions {
            let workflow = definition.machine.name.clone();
            if machines
                .iter()
                .any(|machine| machine.file() == format!("statemachine/{}.asl.json", snake_case(&workflow)))
            {
                return Err(DeployError::SameName(workflow));
            }
            let document = asl::document(definition).map_err(|error| DeployError::Write { workflow, error })?;
            let machine = Machine::new(definition, &document);
            if machine.placeholders.iter().any(|it| it.stands_for == StandsFor::TaskFunctionArn) {
                function.get_or_insert_default().serve(&machine.workflow, &document);
            }
            machines.push(machine);
        }
        if let Some(refused) = program.environment.iter().find(|variable| !variable.is_possible()) {
            return Err(DeployError::Environment(refused.name.clone()));
        }
        let own_functions = definitions.iter().flat_map(own_functions).collect();
        let (activities, parameters) = Default::default();
        let mut application = Application { program, machines, function, own_functions, activities, parameters };
        application.collect();
        match application.longest_name() {
            Some(name) if application.room_for_name() == 0 => Err(DeployError::LongName(name.to_owned())),
            _ => Ok(application),
        }
    }

    /// Finds the activities and the parameters.
    fn collect(&mut self) {
        for machine in &self.machines {
            self.parameters.extend(machine.needs.parameters.clone());
        }
        let placeholders: Vec<_> = self.machines.iter().flat_map(|machine| machine.placeholders.clone()).collect();
        for Placeholder { name, stands_for } in placeholders {
            let description = match &stands_for {
                StandsFor::TaskFunctionArn => continue,
                StandsFor::ActivityArn { activity } => {
                    self.activities.insert(activity.clone());
                    continue;
                }
                StandsFor::StateMachineArn { workflow } if self.machine(workflow).is_some() => continue,
                StandsFor::Constant { constant, native } => {
                    format!("What the constant {constant} stands for; in a native run it is {native}")
                }
                StandsFor::StateMachineArn { workflow } => {
                    format!("The ARN of the state machine of {workflow}, which is not deployed along")
                }
            };
            // A constant of the user's may be what a queue needs besides its URL: then its own description says more.
            self.parameters.insert(name.clone(), Parameter::new(&name, ParameterKind::Text, description));
        }
        self.collect_environment();
    }

    /// A variable that is called as a placeholder is, is the same parameter: a table has one name.
    fn collect_environment(&mut self) {
        if self.function.is_none() {
            return;
        }
        for Variable { name, description } in &self.program.environment {
            let name = environment::parameter(name);
            let parameter = Parameter::new(&name, ParameterKind::Variable, description.clone());
            self.parameters.entry(name).or_insert(parameter);
        }
    }

    /// The longest of the names that begin with the deployment's.
    fn longest_name(&self) -> Option<&str> {
        let names = self.machines.iter().map(|machine| &machine.workflow).chain(&self.activities);
        names.map(String::as_str).max_by_key(|name| name.chars().count())
    }

    /// How many characters the deployment's own name may have.
    pub(super) fn room_for_name(&self) -> usize {
        let longest = self.longest_name().map_or(0, |name| name.chars().count());
        LONGEST_NAME.saturating_sub(longest + "-".len())
    }

    /// Whether the program is built for Lambda.
    pub(super) fn has_functions(&self) -> bool {
        self.function.is_some() || !self.own_functions.is_empty()
    }

    fn machine(&self, workflow: &str) -> Option<&Machine> {
        self.machines.iter().find(|machine| machine.workflow == workflow)
    }

    /// What a placeholder of a definition, or of a policy, is replaced by.
    pub(super) fn reference(&self, name: &str) -> Reference<'_> {
        if name == FUNCTION_LOGS {
            return Reference::FunctionLogs;
        }
        let known = self.machines.iter().flat_map(|machine| &machine.placeholders).find(|it| it.name == name);
        match known.map(|it| &it.stands_for) {
            Some(StandsFor::TaskFunctionArn) => Reference::Function,
            Some(StandsFor::ActivityArn { activity }) => Reference::Activity(activity),
            Some(StandsFor::StateMachineArn { workflow }) => match self.machine(workflow) {
                Some(machine) => Reference::Machine(&machine.workflow),
                None => Reference::Parameter,
            },
            Some(StandsFor::Constant { .. }) => Reference::Parameter,
            // A state machine that speaks of itself is behind none of the placeholders of its definition.
            None => match name.strip_suffix("StateMachineArn").and_then(|workflow| self.machine(workflow)) {
                Some(machine) => Reference::Machine(&machine.workflow),
                None => Reference::Parameter,
            },
        }
    }
}

/// A name in letters and digits alone, as CloudFormation wants them.
pub(super) fn words(name: &str) -> String {
    name.split(|character: char| !character.is_ascii_alphanumeric()).map(pascal_case).collect()
}
