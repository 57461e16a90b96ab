//! What the command line takes.

use std::path::PathBuf;

use clap::{ArgGroup, Args, Parser, Subcommand, ValueEnum};

/// Runs, exports, draws and checks this program's workflows.
#[derive(Debug, Parser)]
#[command(arg_required_else_help = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Run one execution, and print its output as JSON
    Run(Run),
    /// Print a workflow in Amazon States Language, or write all of them to files
    Export(Export),
    /// Draw a workflow
    Graph(Graph),
    /// Check all workflows, and say what Step Functions would refuse
    Check(Format),
    /// Explain a finding of the compiler's: its cause, and what to do about it
    Explain(Explain),
    /// List the workflows
    List(Format),
    #[cfg(feature = "sqlite")]
    #[command(flatten)]
    Durable(super::durable::Command),
}

#[derive(Debug, Args)]
pub(super) struct Run {
    /// The workflow; may be left out when there is only one
    pub name: Option<String>,
    /// The input: JSON, the path of a file with JSON in it, or - for standard input; null when left out
    #[arg(long, value_name = "FILE|JSON|-")]
    pub input: Option<String>,
    /// Print each event of the execution to standard error as it happens
    #[arg(long, short)]
    pub verbose: bool,
    /// Draw what the execution did on the graph of its workflow, as SVG, however it ends
    #[arg(long, value_name = "FILE")]
    pub graph: Option<PathBuf>,
    /// The execution's own name, instead of one that is made up; with a file, the execution of this name goes on
    #[arg(long = "name", value_name = "NAME")]
    pub execution: Option<String>,
    #[cfg(feature = "sqlite")]
    #[command(flatten)]
    pub kept: super::durable::Kept,
}

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("instead").args(["template", "policy", "placeholders"]))]
pub(super) struct Export {
    /// The workflow; may be left out when there is only one, or where all are meant: with --out, --template, --policy and --placeholders
    pub name: Option<String>,
    /// Write to DIR/statemachine/<name>.asl.json, and with --template what deploys it beside that
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Write nothing, and fail when the files differ from the workflows
    #[arg(long, requires = "out")]
    pub check: bool,
    /// Print a template that deploys the workflows with the function behind their tasks, or with --out write all it takes
    #[arg(long, value_enum)]
    pub template: Option<TemplateKind>,
    /// Print what the role of each state machine must be allowed, as a policy of IAM
    #[arg(long, conflicts_with_all = ["out", "check"])]
    pub policy: bool,
    /// Print the placeholders in the definitions, and what each stands for
    #[arg(long, conflicts_with_all = ["out", "check"])]
    pub placeholders: bool,
    /// Print the placeholders as JSON
    #[arg(long, requires = "placeholders")]
    pub json: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum TemplateKind {
    /// The AWS Serverless Application Model
    Sam,
    /// CloudFormation, which needs no more than the AWS command line
    #[value(name = "cloudformation")]
    CloudFormation,
    /// Terraform, and OpenTofu
    Terraform,
}

#[derive(Debug, Args)]
pub(super) struct Graph {
    /// The workflow; may be left out when there is only one
    pub name: Option<String>,
    /// How to draw it
    #[arg(long, value_enum, default_value_t = GraphFormat::Mermaid)]
    pub format: GraphFormat,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum GraphFormat {
    /// For Markdown: GitHub draws it
    Mermaid,
    /// For Graphviz
    Dot,
    /// A picture
    Svg,
}

#[derive(Debug, Args)]
pub(super) struct Explain {
    /// The finding's code, as in W0201; all codes are listed when it is left out
    pub code: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Format {
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}
