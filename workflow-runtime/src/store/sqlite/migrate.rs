//! The schema of a store, and how an older one becomes the newest.

use rusqlite::{Connection, TransactionBehavior};

/// What makes each version of the schema out of the one before, the first out of an empty file.
pub(super) const MIGRATIONS: &[&str] = &[include_str!("schema/1.sql"), include_str!("schema/2.sql")];

/// By which a file is known to be a store: `WFLW`.
pub(super) const APPLICATION: u32 = u32::from_be_bytes(*b"WFLW");

/// Brings a store to the newest version, in one transaction, and says which version it was of.
pub(super) fn migrate(connection: &mut Connection, migrations: &[&str]) -> rusqlite::Result<usize> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let version = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    for migration in migrations.iter().skip(version) {
        transaction.execute_batch(migration)?;
    }
    if version < migrations.len() {
        transaction.pragma_update(None, "application_id", APPLICATION)?;
        transaction.pragma_update(None, "user_version", migrations.len())?;
    }
    transaction.commit()?;
    Ok(version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_older_store_keeps_what_is_in_it() -> rusqlite::Result<()> {
        let mut connection = Connection::open_in_memory()?;
        let mut migrations = MIGRATIONS.to_vec();
        assert_eq!(migrate(&mut connection, &migrations)?, 0);
        let secret: String = connection.query_row("SELECT value FROM meta", [], |row| row.get(0))?;

        migrations.push("ALTER TABLE meta RENAME COLUMN value TO content; INSERT INTO meta VALUES ('more', 'text');");
        assert_eq!(migrate(&mut connection, &migrations)?, MIGRATIONS.len());
        assert_eq!(migrate(&mut connection, &migrations)?, MIGRATIONS.len() + 1);
        let kept = "SELECT content FROM meta WHERE key = 'secret'";
        assert_eq!(connection.query_row(kept, [], |row| row.get::<_, String>(0))?, secret);
        Ok(())
    }

    #[test]
    fn a_migration_that_fails_changes_nothing() -> rusqlite::Result<()> {
        let mut connection = Connection::open_in_memory()?;
        migrate(&mut connection, MIGRATIONS)?;
        let mut migrations = MIGRATIONS.to_vec();
        migrations.push("DROP TABLE history; DROP TABLE nothing;");
        migrate(&mut connection, &migrations).expect_err("there is no such table");
        assert_eq!(migrate(&mut connection, MIGRATIONS)?, MIGRATIONS.len());
        connection.query_row("SELECT count(*) FROM history", [], |row| row.get::<_, u64>(0))?;
        Ok(())
    }
}
