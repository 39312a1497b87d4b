//! `sabaqtas generate`: a country out of a seed.

use domain::authz::{Job, Viewer};
use domain::db::Access;
use domain::generate::{Country, Failure, Plan, Registry, country};
use domain::import::Mapping;
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
        for (table, rows) in [("school", 14), ("network", 1), ("person", 600), ("notification", 4000), ("resource", 100), ("study", 40)] {
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
            OR stars <> (SELECT coalesce(sum(u.rating), 0) FROM resource_use u WHERE u.resource_id = resource.id)
            OR comments <> (SELECT count(*) FROM resource_comment c WHERE c.resource_id = resource.id)
            OR endorsements <> (SELECT count(*) FROM endorsement e WHERE e.resource_id = resource.id)
            OR copies <> (SELECT count(*) FROM resource c WHERE c.origin_id = resource.id)";
        assert_eq!(database.number(kept).await, 0);
        let indexed = "SELECT works - (SELECT count(*) FROM resource WHERE state = 'shared') FROM resource_count";
        assert_eq!(database.number(indexed).await, 0);
        let indexed = "SELECT count(*) FROM resource WHERE (state = 'shared') <> EXISTS (SELECT 1 FROM resource_words w
            WHERE w.resource_id = resource.id)";
        assert_eq!(database.number(indexed).await, 0);
    }

    /// What no group could have come to is not there either.
    async fn studies_are_as_far_as_they_say(backend: Backend) {
        let database = Database::fresh(backend, "empty", migrate).await;
        let made = country(&operator(&database).await, plan(0.01, 1), None, &mut |_, _| ()).await;
        made.expect("a country");
        assert_eq!(database.number("SELECT count(DISTINCT state) FROM study").await, 9);
        let past = "('cycling', 'concluding', 'reported', 'shared')";
        for (what, wrong) in [
            ("a group", "SELECT count(*) FROM study s WHERE (SELECT count(*) FROM study_member m WHERE m.study_id = s.id
                AND m.role <> 'expert') NOT BETWEEN 2 AND 6".to_owned()),
            ("one who leads it", "SELECT count(*) FROM study s WHERE (SELECT count(*) FROM study_member m
                WHERE m.study_id = s.id AND m.role = 'lead' AND m.state = 'joined') <> 1".to_owned()),
            ("case pupils", format!("SELECT count(*) FROM study s WHERE state IN {past} AND
                (SELECT count(*) FROM case_pupil p WHERE p.study_id = s.id) <> 3")),
            ("names of pupils", "SELECT count(*) FROM case_pupil WHERE letter NOT IN ('A', 'B', 'C') OR pseudonym IS NOT NULL".to_owned()),
            ("lessons", format!("SELECT count(*) FROM study s WHERE state IN {past} AND NOT EXISTS
                (SELECT 1 FROM research_lesson l WHERE l.study_id = s.id)")),
            ("a report", "SELECT count(*) FROM study s WHERE state IN ('reported', 'shared') AND NOT EXISTS
                (SELECT 1 FROM study_report r WHERE r.study_id = s.id)".to_owned()),
            ("consent", "SELECT count(*) FROM research_lesson l WHERE l.taught_at IS NOT NULL AND NOT EXISTS
                (SELECT 1 FROM consent c WHERE c.study_id = l.study_id AND c.kind = 'monitoring')".to_owned()),
            ("notes", "SELECT count(*) FROM research_lesson l WHERE (l.taught_at IS NULL) <>
                ((SELECT count(*) FROM observation o WHERE o.lesson_id = l.id) = 0)".to_owned()),
            ("locks", "SELECT count(*) FROM observation o JOIN research_lesson l ON l.id = o.lesson_id
                WHERE (o.state = 'locked') <> (l.discussing_since IS NOT NULL)".to_owned()),
            ("a word of each pupil", "SELECT count(*) FROM research_lesson l WHERE l.state IN ('discussed', 'closed') AND
                (SELECT count(*) FROM sheet_cell c WHERE c.lesson_id = l.id AND c.kind = 'discussed') <> 3".to_owned()),
        ] {
            assert_eq!(database.number(&wrong).await, 0, "without {what}");
        }
    }

    /// The schools of a registry come first, as many as it has, and the others after them.
    async fn the_schools_of_a_registry_come_first(backend: Backend) {
        let database = Database::fresh(backend, "empty", migrate).await;
        let mapping = Mapping::parse(include_str!("../fixtures/import/schools.toml")).expect("a mapping");
        let file = "registry_id,name_ru,school_type,district_kato,region_kato,address_ru,open_date,close_date
1,Средняя школа №2,secondary,191000000,190000000,\"улица Школьная, 1\",01-09-1972,
2,Средняя школа №3,secondary,331800000,330000000,,,
";
        let registry = Registry { mapping: &mapping, input: Box::new(file.as_bytes()) };
        let made = country(&operator(&database).await, plan(0.002, 1), Some(registry), &mut |_, _| ()).await;
        made.expect("a country");
        assert_eq!(database.number("SELECT count(*) FROM school").await, 14);
        assert_eq!(database.number("SELECT count(*) FROM school WHERE source = 'fixture'").await, 2);
        let found = "SELECT count(*) FROM school AS s JOIN region AS r ON r.id = s.region_id
            WHERE s.source_id = '2' AND s.source = 'fixture' AND r.code = '331800000'";
        assert_eq!(database.number(found).await, 1);
    }

    async fn nothing_is_mixed_with_what_is_there(backend: Backend) {
        let (database, _) = made(backend, 1).await;
        let again = country(&operator(&database).await, plan(0.002, 2), None, &mut |_, _| ()).await;
        assert!(matches!(again, Err(Failure::NotEmpty)));
        assert_eq!(database.number("SELECT count(*) FROM school").await, 14);
    }
}
