//! Pointers: their JSON is that of what they point to.

use std::borrow::Cow;
use std::rc::Rc;
use std::sync::Arc;

use workflow_model::shape::{ShapeRef, Shapes};

use super::Data;

macro_rules! pointers {
    ($($ty:ty;)*) => {$(
        impl<T: Data + ?Sized> Data for $ty {
            const LOSSY: bool = T::LOSSY;
            const NULL: bool = T::NULL;

            fn shape(shapes: &mut Shapes) -> ShapeRef {
                T::shape(shapes)
            }
        }
    )*};
}

pointers! {
    &'static T;
    Box<T>;
    Rc<T>;
    Arc<T>;
}

impl<T: Data + ToOwned + ?Sized> Data for Cow<'static, T>
where
    T::Owned: 'static,
{
    const LOSSY: bool = T::LOSSY;
    const NULL: bool = T::NULL;

    fn shape(shapes: &mut Shapes) -> ShapeRef {
        T::shape(shapes)
    }
}
