//! `graph`: a picture on standard output.

use workflow_model::picture;

use super::arguments::{Graph, GraphFormat};
use super::{App, AppError, print};

pub(super) fn graph(app: &App, arguments: &Graph) -> Result<(), AppError> {
    let definition = app.select(arguments.name.as_deref())?.workflow.definition();
    print(&match arguments.format {
        GraphFormat::Mermaid => picture::mermaid(&definition),
        GraphFormat::Dot => picture::dot(&definition),
        GraphFormat::Svg => picture::svg(&definition),
    })
}
