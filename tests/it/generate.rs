//! `sabaqtas generate`: a country out of a seed.

use domain::authz::{Job, Viewer};
use domain::db::Access;
use domain::generate::{Country, Failure, Plan, country};
use tests::{Backend, Database, both};

use crate::{community, migrate};

/// A country of this size, the same on every day.
pub fn plan(scale: f64, seed: u64) -> Plan {
    let until = "2026-11-01T00:00:00Z".parse().expect("an instant");
    Plan { scale, seed, until }
}

async fn operator(database: &Database) -> Access {
    let db = community::open(&database.url)
        .await
        .expect("the database can be opened");
    db.access(Viewer::system(Job::Operator))
}

async fn made(backend: Backend, seed: u64) -> (Database, Country) {
    let database = Database::fresh(backend, "empty", migrate).await;
    let country = country(
        &operator(&database).await,
        plan(0.002, seed),
        None,
        &mut |_, _| (),
    )
    .await;
    (database, country.expect("a country"))
}

both! {
    async fn a_seed_makes_the_same_country_again(backend: Backend) {
        let ((database, one), (_, again), (_, other)) =
            (made(backend, 1).await, made(backend, 1).await, made(backend, 2).await);
        assert_eq!(one.tables, again.tables);
        let token = |country: &Country| country.personas.first().map(|persona| persona.token.clone());
        assert_eq!(token(&one), token(&again));
        let schools = |country: &Country| country.tables.iter().find(|t| t.table == "school").map(|t| t.digest.clone());
        assert_ne!(schools(&one), schools(&other));
        for (table, rows) in [("school", 14), ("network", 1), ("person", 600), ("notification", 4000), ("resource", 100)] {
            assert_eq!(database.number(&format!("SELECT count(*) FROM {table}")).await, rows, "{table}");
        }
        // What is kept is what is there.
        let kept = "SELECT count(*) FROM inbox WHERE unread <> (SELECT count(*) FROM notification n
            WHERE n.person_id = inbox.person_id AND n.read_at IS NULL)";
        assert_eq!(database.number(kept).await, 0);
        let kept = "SELECT count(*) FROM network WHERE active_partnerships <> (SELECT count(*) FROM partnership p
            WHERE p.network_id = network.id AND p.state = 'active')";
        assert_eq!(database.number(kept).await, 0);
        let kept = "SELECT count(*) FROM resource WHERE uses <> (SELECT count(*) FROM resource_use u WHERE u.resource_id = resource.id)
            OR newest_number <> (SELECT count(*) FROM resource_version v WHERE v.resource_id = resource.id)
            OR stars <> (SELECT coalesce(sum(u.rating), 0) FROM resource_use u WHERE u.resource_id = resource.id)";
        assert_eq!(database.number(kept).await, 0);
    }

    async fn nothing_is_mixed_with_what_is_there(backend: Backend) {
        let (database, _) = made(backend, 1).await;
        let again = country(&operator(&database).await, plan(0.002, 2), None, &mut |_, _| ()).await;
        assert!(matches!(again, Err(Failure::NotEmpty)));
        assert_eq!(database.number("SELECT count(*) FROM school").await, 14);
    }
}
