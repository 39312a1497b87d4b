//! The harness keeps its own word.

use sea_orm::{ConnectionTrait, Database as Connect};
use tests::{Backend, Database, both};

use crate::migrate;

both! {
    /// What one test writes, no other sees.
    async fn each_test_has_its_own_database(backend: Backend) {
        let (one, other) = (
            Database::fresh(backend, "empty", migrate).await,
            Database::fresh(backend, "empty", migrate).await,
        );
        let write = "CREATE TABLE only_here (id INTEGER)";
        let read = "SELECT id FROM only_here";
        let one = Connect::connect(&one.url).await.expect("connects");
        one.execute_unprepared(write).await.expect("creates");
        one.execute_unprepared(read).await.expect("reads its own");
        let other = Connect::connect(&other.url).await.expect("connects");
        other
            .execute_unprepared(read)
            .await
            .expect_err("the other has no such table");
    }

    /// Nothing is left behind, even by a test that keeps a connection.
    async fn a_dropped_database_is_gone(backend: Backend) {
        let database = Database::fresh(backend, "empty", migrate).await;
        // Without the option to create the file.
        let url = database.url.replace("?mode=rwc", "");
        let open = Connect::connect(&url).await.expect("connects");
        drop(database);
        Connect::connect(&url).await.expect_err("it is gone");
        drop(open);
    }
}
