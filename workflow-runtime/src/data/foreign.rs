//! Types of other crates, each behind the feature of the crate's name.
//!
//! All are strings in JSON, and yet opaque: several strings are read as the same value (`…Z` and `…+00:00`, small and
//! capital hexadecimal digits), so that JSONata, which sees the string, would compare and print them otherwise than Rust.

use workflow_model::shape::{Shape, ShapeRef, Shapes};

use super::Data;

macro_rules! opaque {
    ($($feature:literal: $($ty:ty)*;)*) => {$($(
        #[cfg(feature = $feature)]
        impl Data for $ty {
            fn shape(shapes: &mut Shapes) -> ShapeRef {
                shapes.define::<Self>(|_| Shape::Opaque)
            }
        }
    )*)*};
}

opaque! {
    "jiff": jiff::Timestamp jiff::SignedDuration jiff::civil::Date jiff::civil::Time jiff::civil::DateTime;
    "uuid": uuid::Uuid;
}
