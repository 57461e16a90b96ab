//! Values without parts.

use std::time::Duration;

use workflow_model::shape::{Shape, ShapeRef, Shapes};

use super::Data;

macro_rules! leaf {
    ($($ty:ty => $shape:expr;)*) => {$(
        impl Data for $ty {
            fn shape(shapes: &mut Shapes) -> ShapeRef {
                shapes.define::<Self>(|_| $shape)
            }
        }
    )*};
}

macro_rules! integers {
    ($($ty:ident)*) => {
        leaf!($($ty => Shape::Integer { rust: stringify!($ty), min: $ty::MIN as i128, max: $ty::MAX as i128 };)*);
    };
}

integers!(i8 i16 i32 i64 isize u8 u16 u32 u64 usize);

leaf! {
    bool => Shape::Bool;
    f32 => Shape::Float;
    f64 => Shape::Float;
    char => Shape::Char;
    str => Shape::String;
    String => Shape::String;
    Duration => Shape::Opaque;
}

impl Data for () {
    const NULL: bool = true;

    fn shape(shapes: &mut Shapes) -> ShapeRef {
        shapes.define::<Self>(|_| Shape::Unit)
    }
}

impl Data for serde_json::Value {
    const NULL: bool = true;

    fn shape(shapes: &mut Shapes) -> ShapeRef {
        shapes.define::<Self>(|_| Shape::Json)
    }
}
