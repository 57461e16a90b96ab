//! [`Sqlite`].

mod log;
mod model;
mod open;
mod processes;
mod stops;
mod torn;

use workflow_runtime::store::Sqlite;

mod in_a_file {
    use super::Sqlite;
    use crate::folder::Folder;

    crate::suite::suite!(folder => Folder::new(); Sqlite::open(folder.file("workflows.db"))?);
}

mod in_memory {
    crate::suite::suite!(super::Sqlite::in_memory()?);
}
