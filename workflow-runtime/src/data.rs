//! What may cross an edge of a workflow: [`Data`].

use workflow_model::shape::{ShapeRef, Shapes};

/// A type whose JSON is known: `#[derive(Data)]` next to serde's derives.
pub trait Data: 'static {
    /// Whether serde leaves something out that Rust would keep, as with `#[serde(skip)]`. A value of such a type is taken
    /// through JSON on each edge, so that a native run sees what AWS would see.
    const LOSSY: bool = false;

    /// Describes the type's JSON.
    fn shape(shapes: &mut Shapes) -> ShapeRef;
}
impl Data for String {
    fn shape(shapes: &mut Shapes) -> ShapeRef {
        shapes.define::<String>(|_| workflow_model::shape::Shape::String)
    }
}
