//! `graph`: a picture on standard output.

use workflow_model::picture;

use super::arguments::{Graph, GraphFormat};
use super::{App, AppError, print};

pub(super) fn graph(app: &App, arguments: &Graph) -> Result<(), AppError> {
    let machine = app.select(arguments.name.as_deref())?.workflow.definition().machine;
    print(&match arguments.format {
        GraphFormat::Mermaid => picture::mermaid(&machine),
        GraphFormat::Dot => picture::dot(&machine),
        GraphFormat::Svg => picture::svg(&machine),
    })
}
