//! What may cross an edge of a workflow: [`Data`].

mod collections;
#[cfg(any(feature = "jiff", feature = "uuid"))]
mod foreign;
mod pointers;
mod primitives;

use workflow_model::shape::{ShapeRef, Shapes};

/// A type whose JSON is known: `#[derive(Data)]` next to serde's derives.
///
/// The derive reads serde's attributes, so the names and the structure are those that serde writes. A field of a type
/// that does not implement `Data` is marked `#[data(opaque)]`: it crosses edges, but no expression may look into it.
///
/// ```
/// use serde::{Deserialize, Serialize};
/// use workflow_runtime::Data;
/// use workflow_runtime::model::shape::{Shape, Shapes};
///
/// #[derive(Serialize, Deserialize, Data)]
/// #[serde(rename_all = "camelCase")]
/// struct Job {
///     file_name: String,
///     #[data(opaque)]
///     address: std::net::IpAddr,
/// }
///
/// let mut shapes = Shapes::new();
/// let job = Job::shape(&mut shapes);
/// assert!(matches!(shapes.get(job), Shape::Struct(job) if job.name == "Job"));
/// ```
///
/// # Attributes
///
/// | on | attribute | means |
/// |---|---|---|
/// | field, type | `#[data(opaque)]` | no expression looks into it; its type need not implement `Data` |
/// | field, type | `#[data(lossy)]` | [`LOSSY`](Data::LOSSY) is true, whatever the types of the fields say |
/// | type | `#[data(bound = "T: Data")]` | these bounds instead of one on each type parameter |
/// | type | `#[data(crate = path)]` | the path to this crate, if it is not `::workflow_runtime` |
///
/// Two or more types that contain each other, as `A` with a `Vec<B>` and `B` with a `Vec<A>`, would have constants that ask
/// for each other: mark one of those fields `#[data(lossy)]`. A type that contains itself needs nothing.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot cross an edge of a workflow: its JSON is not known",
    label = "`{Self}` does not implement `Data`",
    note = "if `{Self}` is yours, write `#[derive(Serialize, Deserialize, Data)]` on it",
    note = "if it is not, and no expression looks into it, write `#[data(opaque)]` on the field that holds it"
)]
pub trait Data: 'static {
    /// Whether reading back what serde wrote may give another value, as with `#[serde(skip)]`. A value of such a type is
    /// taken through JSON on each edge, so that a native run sees what AWS would see.
    ///
    /// An opaque type is taken to be read back as it was written.
    const LOSSY: bool = false;

    /// Whether serde writes some value as `null`, which an `Option` around it cannot tell from `None`.
    const NULL: bool = false;

    /// Describes the type's JSON.
    fn shape(shapes: &mut Shapes) -> ShapeRef;
}
