//! What happens reaches whom it concerns: once, in spite of relays that double, fail or come late.

use std::collections::BTreeSet;
use std::time::Duration;

use domain::authz::{Job, Standing, Via, Viewer};
use domain::clock::{Clock, Timestamp};
use domain::db::{Access, Db, Options};
use domain::fact::{Fact, Named, Reason};
use domain::id::Id;
use domain::membership::{self, Membership, Role, ScopeKind};
use domain::notification::delivery::{Parcel, deliver};
use domain::notification::{Channel, Notification, commands, queries};
use domain::outbox::{self, Record};
use domain::page::Window;
use domain::person::{self, Person};
use domain::school::School;
use domain::secret::Secret;
use domain::text::{Language, Localized};
use futures_util::StreamExt;
use notify::bus::Bus;
use notify::live::notifications_after;
use notify::mail::{Mailer, Transport};
use sea_orm::{
    ConnectionTrait, Database as Connect, DatabaseConnection, EntityTrait, IntoActiveModel,
    TransactionTrait,
};
use tests::{Backend, Database, both};
use tokio_util::sync::CancellationToken;

use crate::migrate;

/// A school with coordinators, and a node that may carry facts to them.
struct World {
    node: Db,
    raw: DatabaseConnection,
    school: Id<School>,
    people: Vec<Id<Person>>,
    database: Database,
}

impl World {
    async fn with_coordinators(backend: Backend, many: usize) -> Self {
        let database = Database::fresh(backend, "empty", migrate).await;
        let world = Self {
            node: node(&database.url).await,
            raw: Connect::connect(&database.url).await.expect("connects"),
            school: Id::fresh(),
            people: (0..many).map(|_| Id::fresh()).collect(),
            database,
        };
        for people in world.people.chunks(1000) {
            let rows = people
                .iter()
                .map(|id| world.person(*id).into_active_model());
            person::entity::Entity::insert_many(rows)
                .exec_without_returning(&world.raw)
                .await
                .expect("inserts");
            let rows = people
                .iter()
                .map(|id| world.coordinator(*id).into_active_model());
            membership::entity::Entity::insert_many(rows)
                .exec_without_returning(&world.raw)
                .await
                .expect("inserts");
        }
        world
    }

    fn now(&self) -> Timestamp {
        self.node.clock().now()
    }

    fn person(&self, id: Id<Person>) -> Person {
        Person {
            id,
            name: "Айгүл".to_owned(),
            sort_name: "aigul".to_owned(),
            language: Language::Kk,
            state: person::State::Active,
            version: 1,
            created_at: self.now(),
        }
    }

    fn coordinator(&self, person: Id<Person>) -> Membership {
        Membership {
            id: Id::fresh(),
            person_id: person,
            role: Role::Coordinator,
            scope_kind: ScopeKind::School,
            scope_id: self.school.uuid(),
            began_at: self.now(),
            ended_at: None,
        }
    }

    /// What a fact looks like in the outbox.
    fn claimed(&self) -> Record {
        let name = Localized {
            kk: Some("№ 2 мектеп".to_owned()),
            ..Localized::default()
        };
        let school = Named {
            school: self.school,
            name,
        };
        let fact = Fact::SchoolClaimed { school };
        Record {
            id: Id::fresh(),
            actor_id: None,
            action: "school.claim".to_owned(),
            subject_id: fact.subject(),
            fact: serde_json::to_string(&fact).expect("writes"),
            at: self.now(),
            due_at: self.now(),
            attempts: 0,
            settled_at: None,
            parked_at: None,
        }
    }

    async fn happen(&self, records: impl IntoIterator<Item = Record>) {
        insert(&self.raw, records).await;
        self.node.bell().notify_one();
    }

    fn relay(&self) -> Access {
        self.node.access(Viewer::system(Job::Relay))
    }

    fn as_person(&self, at: usize) -> Access {
        let standing = Standing {
            person: *self.people.get(at).expect("a person"),
            via: Via::Session(Id::fresh()),
            admin: false,
            regions: Default::default(),
            coordinates: [self.school].into(),
            schools: [self.school].into(),
        };
        self.node.access(Viewer::person(standing, Language::Ru))
    }

    /// Runs a relay on `db` until the token is cancelled.
    fn carry(&self, db: &Db, bus: &Bus) -> CancellationToken {
        let stop = CancellationToken::new();
        let folder = std::env::temp_dir().join(Id::<Self>::fresh().uuid().to_string());
        let mailer = Mailer::new(
            Transport::Files(folder),
            "Sabaqtas <no-reply@example.kz>",
            "https://example.kz",
        );
        let mailer = mailer.expect("a mailer");
        tokio::spawn(notify::relay::run(
            db.clone(),
            bus.clone(),
            mailer,
            stop.clone(),
        ));
        stop
    }

    async fn count(&self, sql: &str) -> i64 {
        let row = self
            .raw
            .query_one_raw(sea_orm::Statement::from_string(
                self.raw.get_database_backend(),
                format!("SELECT COUNT(*) AS n FROM {sql}"),
            ))
            .await
            .expect("counts");
        row.expect("a row").try_get("", "n").expect("a number")
    }

    /// Waits until so many rows are there; panics after ten seconds.
    async fn until(&self, sql: &str, many: i64) {
        let mut seen = -1;
        for _ in 0..100 {
            seen = self.count(sql).await;
            if seen == many {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("{many} expected of {sql}, {seen} there");
    }
}

async fn insert(on: &impl ConnectionTrait, records: impl IntoIterator<Item = Record>) {
    let rows = records.into_iter().map(IntoActiveModel::into_active_model);
    outbox::Entity::insert_many(rows)
        .exec_without_returning(on)
        .await
        .expect("inserts");
}

/// What comes within five seconds.
async fn within<T>(coming: impl Future<Output = T>) -> T {
    let coming = tokio::time::timeout(Duration::from_secs(5), coming);
    coming.await.expect("in time")
}

async fn node(url: &str) -> Db {
    let options = Options {
        url: url.to_owned(),
        connections: 4,
        patience: Duration::from_secs(10),
        queue: Duration::from_secs(10),
    };
    let clock = Clock::system(chrono_tz::Asia::Almaty);
    Db::connect(&options, clock, Secret::new([7; 32]), || ())
        .await
        .expect("connects")
}

async fn parcels(world: &World) -> Vec<Parcel> {
    let claimed = outbox::claim(&world.relay(), 100).await.expect("claims");
    claimed
        .into_iter()
        .map(|record| Parcel::new(record).expect("reads"))
        .collect()
}

both! {
    /// Two relays that deliver the same facts at the same time make one row a person, and count it once.
    async fn delivered_twice_is_there_once(backend: Backend) {
        let world = World::with_coordinators(backend, 3).await;
        world.happen((0..20).map(|_| world.claimed()).collect::<Vec<_>>()).await;
        let parcels = parcels(&world).await;
        assert_eq!(parcels.len(), 20);
        let other = node(&world.database.url).await.access(Viewer::system(Job::Relay));
        let backwards: Vec<_> = parcels.iter().rev().cloned().collect();
        let relay = world.relay();
        let (one, two) = tokio::join!(deliver(&relay, parcels.clone()), deliver(&other, backwards));
        let told = |done: domain::error::Result<domain::notification::delivery::Delivered>| {
            done.expect("delivers").told
        };
        let people: BTreeSet<_> = told(one).into_iter().chain(told(two)).collect();
        assert_eq!(people, world.people.iter().copied().collect());
        deliver(&world.relay(), parcels).await.expect("delivers once more");
        assert_eq!(world.count("notification").await, 60);
        assert_eq!(world.count("inbox WHERE unread = 20 AND arrived = 20").await, 3);
        assert_eq!(world.count("outbox WHERE settled_at IS NULL").await, 0);
    }

    /// What a relay claimed and never delivered, another one delivers when the lease is over; not before.
    async fn a_dead_relay_is_replaced(backend: Backend) {
        let world = World::with_coordinators(backend, 1).await;
        world.happen([world.claimed()]).await;
        assert_eq!(parcels(&world).await.len(), 1);
        assert_eq!(parcels(&world).await.len(), 0);
        let later = {
            let clock = Clock::from_fn(chrono_tz::Asia::Almaty, {
                let then = world.now() + outbox::LEASE;
                move || then
            });
            let options = Options {
                url: world.database.url.clone(),
                connections: 1,
                patience: Duration::from_secs(5),
                queue: Duration::from_secs(10),
            };
            Db::connect(&options, clock, Secret::new([7; 32]), || ()).await.expect("connects")
        };
        let again = outbox::claim(&later.access(Viewer::system(Job::Relay)), 10).await;
        let again = again.expect("claims");
        assert_eq!(again.first().map(|record| record.attempts), Some(2));
    }

    /// An audience that fills several transactions is told whole, and small ones behind it do not wait for it.
    async fn a_big_audience_is_told_in_parts(backend: Backend) {
        let world = World::with_coordinators(backend, 2300).await;
        world.happen([world.claimed()]).await;
        let mut rest = parcels(&world).await;
        let mut told = Vec::new();
        while !rest.is_empty() {
            let done = deliver(&world.relay(), rest).await.expect("delivers");
            told.push(done.told.len());
            rest = done.rest;
        }
        assert_eq!(told, [1000, 1000, 300]);
        assert_eq!(world.count("notification").await, 2300);
        assert_eq!(world.count("outbox WHERE settled_at IS NULL").await, 0);
    }

    /// A fact that can't be read waits for its next attempt, and the others do not.
    async fn poison_is_set_aside(backend: Backend) {
        let world = World::with_coordinators(backend, 1).await;
        let mut poison = world.claimed();
        poison.fact = "{}".to_owned();
        let mut worn = world.claimed();
        worn.fact = "{}".to_owned();
        worn.attempts = 9;
        world.happen([poison, worn]).await;
        world.happen((0..30).map(|_| world.claimed()).collect::<Vec<_>>()).await;
        let stop = world.carry(&world.node, &Bus::new());
        world.until("outbox WHERE settled_at IS NOT NULL", 30).await;
        world.until("outbox WHERE parked_at IS NOT NULL", 1).await;
        stop.cancel();
        assert_eq!(world.count("notification").await, 30);
        let backlog = outbox::backlog(&world.relay()).await.expect("measures");
        assert_eq!(backlog.parked, 1);
    }

    /// Each reason goes its own way: not at all, into the inbox, into the digest, out at once.
    async fn people_are_told_as_they_prefer(backend: Backend) {
        let world = World::with_coordinators(backend, 4).await;
        for (at, channel) in [(0, Channel::None), (1, Channel::InApp), (2, Channel::Email)] {
            let person = world.as_person(at);
            commands::prefer(&person, Reason::SchoolChanged, channel).await.expect("prefers");
        }
        world.happen([world.claimed(), world.claimed()]).await;
        deliver(&world.relay(), parcels(&world).await).await.expect("delivers");
        assert_eq!(world.count("notification").await, 6);
        assert_eq!(world.count("mail WHERE kind = 'notice'").await, 2);
        // Whoever said nothing gets one digest for both.
        assert_eq!(world.count("mail WHERE kind = 'digest'").await, 1);
        let unread = |at| {
            let person = world.as_person(at);
            async move { queries::unread(&person).await.expect("reads") }
        };
        assert_eq!([unread(0).await, unread(1).await, unread(3).await], [0, 2, 2]);
    }

    /// Reading counts down, once, and only in one's own inbox.
    async fn reading_counts_down(backend: Backend) {
        let world = World::with_coordinators(backend, 2).await;
        world.happen((0..5).map(|_| world.claimed()).collect::<Vec<_>>()).await;
        deliver(&world.relay(), parcels(&world).await).await.expect("delivers");
        let (me, other) = (world.as_person(0), world.as_person(1));
        let page = queries::page(&me, &queries::Filter::default(), &Window::first(10)).await;
        let rows: Vec<_> = page.expect("reads").rows.into_iter().map(|(_, row)| row).collect();
        assert_eq!(rows.iter().map(|row| row.number).collect::<Vec<_>>(), [5, 4, 3, 2, 1]);
        let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
        let two = ids.get(..2).expect("two");
        assert_eq!(commands::mark_read(&other, two).await.expect("marks"), 5);
        assert_eq!(commands::mark_read(&me, two).await.expect("marks"), 3);
        assert_eq!(commands::mark_read(&me, two).await.expect("marks"), 3);
        let middle = *ids.get(3).expect("a fourth");
        commands::mark_all_read(&other, middle).await.expect_err("not theirs");
        assert_eq!(commands::mark_all_read(&me, middle).await.expect("marks"), 1);
        let unread = queries::Filter { unread: Some(true), reasons: None };
        assert_eq!(queries::count(&me, &unread).await.expect("counts"), 1);
        assert_eq!(queries::unread(&me).await.expect("reads"), 1);
        assert_eq!(queries::unread(&other).await.expect("reads"), 5);
    }

    /// A stream shows what arrives, in order; whoever comes back with the last one seen misses nothing.
    async fn a_stream_resumes_where_it_was(backend: Backend) {
        let world = World::with_coordinators(backend, 2).await;
        let (me, other) = (world.as_person(0), world.as_person(1));
        let bus = Bus::new();
        let stop = world.carry(&world.node, &bus);
        let mut stream = Box::pin(notifications_after(&me, None, &bus).await.expect("opens"));
        world.happen((0..3).map(|_| world.claimed()).collect::<Vec<_>>()).await;
        let first: Vec<_> = within(stream.by_ref().take(2).collect()).await;
        let last: &Notification = first.last().expect("two");
        assert_eq!(last.number, 2);
        drop(stream);
        world.happen((0..150).map(|_| world.claimed()).collect::<Vec<_>>()).await;
        world.until("outbox WHERE settled_at IS NULL", 0).await;
        let stream = notifications_after(&me, Some(last.id), &bus).await.expect("opens");
        let numbers: Vec<_> = within(stream.take(151).map(|row| row.number).collect()).await;
        assert_eq!(numbers, (3..=153).collect::<Vec<_>>());
        assert!(notifications_after(&other, Some(last.id), &bus).await.is_err());
        stop.cancel();
    }
}

/// A fact that commits long after later ones is carried all the same: a cursor over ids would skip it.
/// SQLite has one writer, so there it can't happen.
#[tokio::test]
async fn a_late_commit_is_not_skipped() {
    let world = World::with_coordinators(Backend::Postgres, 1).await;
    let stop = world.carry(&world.node, &Bus::new());
    let late = world.raw.begin().await.expect("begins");
    insert(&late, [world.claimed()]).await;
    let other = Connect::connect(&world.database.url)
        .await
        .expect("connects");
    for _ in 0..100 {
        insert(&other, [world.claimed()]).await;
    }
    world
        .until("outbox WHERE settled_at IS NOT NULL", 100)
        .await;
    late.commit().await.expect("commits");
    world.until("notification", 101).await;
    stop.cancel();
}
