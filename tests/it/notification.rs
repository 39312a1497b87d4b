//! What happens reaches whom it concerns: once, in spite of relays that double, fail or come late.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Duration;

use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use domain::announcement;
use domain::authz::{Job, Standing, Via, Viewer};
use domain::clock::{Clock, Timestamp};
use domain::db::{Access, Db, Options};
use domain::fact::{Fact, Named, Reason};
use domain::id::Id;
use domain::membership::{self, Membership, Role, ScopeKind};
use domain::notification::delivery::{Parcel, deliver};
use domain::notification::{Channel, Notification, QuietHours, commands, queries};
use domain::outbox::{self, Record};
use domain::page::Window;
use domain::person::{self, Contact, Person, contact};
use domain::school::School;
use domain::secret::Secret;
use domain::session::{self, Session};
use domain::sign_in_link::SignInLink;
use domain::text::{Language, Localized};
use futures_util::StreamExt;
use notify::bus::{self, Bus, Topic};
use notify::live::notifications_after;
use notify::mail::{Mailer, Transport};
use sea_orm::{
    ActiveValue::Set, ConnectionTrait, Database as Connect, DatabaseConnection, EntityTrait,
    IntoActiveModel, TransactionTrait,
};
use serde_json::json;
use tests::graphql::Client;
use tests::process::Process;
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
                .map(|id| world.contact(*id).into_active_model());
            contact::Entity::insert_many(rows)
                .exec_without_returning(&world.raw)
                .await
                .expect("inserts");
            let rows = people
                .iter()
                .map(|id| world.session(*id).into_active_model());
            session::entity::Entity::insert_many(rows)
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

    fn contact(&self, person: Id<Person>) -> Contact {
        let email = format!("{}@example.kz", person.uuid().simple());
        Contact {
            person_id: person,
            email_folded: email.clone(),
            email,
            shown: contact::Shown::Nobody,
        }
    }

    /// A session with the person's own key.
    fn session(&self, person: Id<Person>) -> Session {
        Session {
            id: Id::from_uuid(person.uuid()),
            person_id: person,
            token_digest: person.uuid().as_bytes().to_vec(),
            kind: session::Kind::Bearer,
            address_digest: Vec::new(),
            user_agent: String::new(),
            created_at: self.now(),
            last_seen_at: self.now(),
            expires_at: self.now() + chrono::TimeDelta::days(1),
            ended_at: None,
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

    /// The school got a coordinator, as the outbox has it.
    fn claimed(&self) -> Record {
        let name = Localized {
            kk: Some("№ 2 мектеп".to_owned()),
            ..Localized::default()
        };
        let school = Named {
            school: self.school,
            name,
        };
        self.record(&Fact::SchoolClaimed { school })
    }

    /// Something was announced to everybody.
    fn announced(&self) -> Record {
        self.record(&Fact::AnnouncementPublished {
            announcement: Id::fresh(),
            scope: announcement::Scope::Everybody,
            title: Localized::default(),
            text: Localized::default(),
        })
    }

    fn record(&self, fact: &Fact) -> Record {
        Record {
            id: Id::fresh(),
            actor_id: None,
            action: "test".to_owned(),
            subject_id: fact.subject(),
            fact: serde_json::to_string(fact).expect("writes"),
            at: self.now(),
            due_at: self.now(),
            attempts: 0,
            settled_at: None,
            parked_at: None,
            wide: fact.audience().0.is_wide(),
            told_id: None,
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
        let person = *self.people.get(at).expect("a person");
        let standing = Standing {
            person,
            via: Via::Session(Id::from_uuid(person.uuid())),
            today: Default::default(),
            admin: false,
            regions: Default::default(),
            coordinates: [self.school].into(),
            schools: [self.school].into(),
        };
        self.node.access(Viewer::person(standing, Language::Ru))
    }

    /// Where letters go.
    fn letters(&self) -> PathBuf {
        std::env::temp_dir().join(self.school.uuid().to_string())
    }

    /// Runs a relay on `db` until the token is cancelled.
    fn carry(&self, db: &Db, bus: &Bus) -> CancellationToken {
        let stop = CancellationToken::new();
        let mailer = Mailer::new(
            Transport::Files(self.letters()),
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

    /// The letters that were written.
    fn written(&self) -> Vec<String> {
        std::fs::read_dir(self.letters())
            .expect("a folder")
            .map(|file| std::fs::read_to_string(file.expect("a file").path()).expect("text"))
            .collect()
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

impl Drop for World {
    fn drop(&mut self) {
        // Most tests wrote none.
        let _ = std::fs::remove_dir_all(self.letters());
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

/// The body of a letter in base64.
fn decoded(letter: &str) -> String {
    let (_, body) = letter.split_once("\r\n\r\n").expect("a body");
    let bytes = BASE64.decode(body.replace("\r\n", "")).expect("base64");
    String::from_utf8(bytes).expect("text")
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
    let mut claimed = outbox::claim(&world.relay(), false, 100)
        .await
        .expect("claims");
    claimed.extend(
        outbox::claim(&world.relay(), true, 100)
            .await
            .expect("claims"),
    );
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
        let again = outbox::claim(&later.access(Viewer::system(Job::Relay)), false, 10).await;
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

    /// What is announced to more people than one transaction tells goes on where it was, whoever goes on, and no fact
    /// for few waits behind it.
    async fn an_announcement_goes_on_where_it_was(backend: Backend) {
        let world = World::with_coordinators(backend, 2500).await;
        world.happen([world.announced(), world.claimed()]).await;
        let wide = outbox::claim(&world.relay(), true, 10).await.expect("claims");
        let [wide] = wide.as_slice() else { panic!("one is for many: {wide:?}") };
        let narrow = outbox::claim(&world.relay(), false, 10).await.expect("claims");
        assert_eq!(narrow.len(), 1);
        let parcel = || Parcel::new(wide.clone()).expect("reads");
        let done = deliver(&world.relay(), vec![parcel()]).await.expect("delivers");
        assert_eq!((done.arrived, done.rest.len(), done.settled.len()), (1000, 1, 0));
        // The relay dies, and another knows no more than what it claimed.
        let done = deliver(&world.relay(), vec![parcel()]).await.expect("delivers");
        assert_eq!((done.arrived, done.rest.len()), (1000, 1));
        let (first, second) = (world.relay(), world.relay());
        let both = tokio::join!(deliver(&first, vec![parcel()]), deliver(&second, vec![parcel()]));
        let arrived = both.0.expect("delivers").arrived + both.1.expect("delivers").arrived;
        assert_eq!(arrived, 500);
        assert_eq!(world.count("notification").await, 2500);
        assert_eq!(world.count("inbox WHERE arrived = 1 AND unread = 1").await, 2500);
        assert_eq!(world.count("outbox WHERE settled_at IS NOT NULL").await, 1);
        assert_eq!(world.count("mail").await, 0, "nobody asked for letters");
    }

    /// Reading counts down, once, and only in one's own inbox.
    async fn reading_counts_down(backend: Backend) {
        let world = World::with_coordinators(backend, 2).await;
        world.happen((0..5).map(|_| world.claimed()).collect::<Vec<_>>()).await;
        deliver(&world.relay(), parcels(&world).await).await.expect("delivers");
        let (me, other) = (world.as_person(0), world.as_person(1));
        let page = queries::page(&me, &queries::Filter::default(), &Window::first(10)).await;
        let rows: Vec<_> = page.expect("reads").rows.into_iter().map(|(_, told)| told.notification).collect();
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

    /// A letter at once is in the reader's language and goes out once, whoever else sends letters; within quiet hours
    /// it waits.
    async fn letters_go_out_once(backend: Backend) {
        let world = World::with_coordinators(backend, 2).await;
        let (me, sleeper) = (world.as_person(0), world.as_person(1));
        for person in [&me, &sleeper] {
            commands::prefer(person, Reason::SchoolChanged, Channel::Email).await.expect("prefers");
        }
        let local = world.now().with_timezone(&chrono_tz::Asia::Almaty).time();
        let hour = chrono::TimeDelta::hours(1);
        let quiet = QuietHours { from: local - hour, until: local + hour };
        commands::keep_quiet(&sleeper, Some(quiet)).await.expect("keeps quiet");
        let nodes = [node(&world.database.url).await, node(&world.database.url).await];
        let stops = nodes.each_ref().map(|node| world.carry(node, &Bus::new()));
        world.happen((0..10).map(|_| world.claimed()).collect::<Vec<_>>()).await;
        world.until("mail WHERE settled_at IS NOT NULL", 10).await;
        assert_eq!(world.count("mail WHERE attempts = 1").await, 10);
        assert_eq!(world.count("mail WHERE attempts = 0").await, 10);
        stops.iter().for_each(CancellationToken::cancel);
        let letters = world.written();
        assert_eq!(letters.len(), 10);
        let mine = format!("To: {}@example.kz", world.people.first().expect("me").uuid().simple());
        for letter in letters {
            assert!(letter.contains(&mine), "{letter}");
            assert!(letter.contains("Auto-Submitted: auto-generated"), "{letter}");
        }
    }

    /// A link to sign in goes to whoever asked for it, with the token that opens it; asked for in vain, nothing goes.
    async fn links_go_to_their_owner_alone(backend: Backend) {
        let world = World::with_coordinators(backend, 1).await;
        let me = *world.people.first().expect("me");
        let link = |person, id| SignInLink {
            id,
            person_id: person,
            resets_password: false,
            token_digest: id.uuid().as_bytes().to_vec(),
            created_at: world.now(),
            expires_at: world.now() + chrono::TimeDelta::minutes(15),
            used_at: None,
        };
        let (known, unknown) = (Id::fresh(), Id::fresh());
        let rows = [link(Some(me), known), link(None, unknown)].map(IntoActiveModel::into_active_model);
        domain::sign_in_link::entity::Entity::insert_many(rows)
            .exec_without_returning(&world.raw)
            .await
            .expect("inserts");
        let stop = world.carry(&world.node, &Bus::new());
        let asked = |link, person| world.record(&Fact::SignInLinkRequested { link, person });
        world.happen([asked(unknown, None), asked(known, Some(me))]).await;
        world.until("mail WHERE settled_at IS NOT NULL", 1).await;
        world.until("outbox WHERE settled_at IS NOT NULL", 2).await;
        stop.cancel();
        assert_eq!(world.count("mail").await, 1);
        let token = Secret::new([7; 32]).link_token(known).expect("a token");
        let letters = world.written();
        assert_eq!(letters.len(), 1);
        // Quoted-printable or base64: what people read is what counts.
        let read = letters.iter().any(|letter| decoded(letter).contains(&format!("https://example.kz/kk/sign-in/{token}")));
        assert!(read, "{letters:?}");
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

/// A notification arrives over the socket of another node, is listed, and is read.
#[tokio::test]
async fn the_inbox_over_graphql() {
    let world = World::with_coordinators(Backend::Postgres, 1).await;
    let me = *world.people.first().expect("me");
    let token = format!("{}_test", session::PREFIX);
    session::entity::Entity::update(session::entity::ActiveModel {
        id: Set(Id::from_uuid(me.uuid())),
        token_digest: Set(domain::secret::token_digest(&token)),
        ..Default::default()
    })
    .validate()
    .expect("a key")
    .exec(&world.raw)
    .await
    .expect("updates");
    let redis = world.database.redis.clone().expect("a redis");
    let data = world.letters();
    let variables = [
        ("SABAQTAS_DATA", data.to_str().expect("a path")),
        ("SABAQTAS_SERVER_LISTEN", "127.0.0.1:0"),
        ("SABAQTAS_SERVER_GRACE_SECONDS", "0"),
        ("SABAQTAS_DATABASE_URL", &world.database.url),
        ("SABAQTAS_INSTALLATION_SECRET", &BASE64.encode([7; 32])),
        ("SABAQTAS_REDIS_URL", &redis.url),
        ("SABAQTAS_REDIS_PREFIX", &redis.prefix),
    ];
    let nodes = [
        Process::start(&["serve"], &variables).await,
        Process::start(&["serve"], &variables).await,
    ];
    let [one, two] = nodes
        .each_ref()
        .map(|node| Client::new(&node.base).signed_in(&token));
    let follow = "subscription { notificationReceived { cursor notification { title subject { id } actor { id } } } }";
    let mut socket = one.ws(follow, json!({})).await;
    let set = "mutation($input: NotificationPreferenceSetInput!) {
        notificationPreferenceSet(input: $input) { preferences { reason channel } userErrors { code } } }";
    let input = json!({"input": {"reason": "SCHOOL_CHANGED", "channel": "IN_APP"}});
    let set = two.query(set, input).await;
    let chosen = set.pointer("/notificationPreferenceSet/preferences");
    let chosen = chosen.and_then(|all| all.as_array()).expect("preferences");
    assert!(
        chosen.contains(&json!({"reason": "SCHOOL_CHANGED", "channel": "IN_APP"})),
        "{chosen:?}"
    );
    world.happen([world.claimed()]).await;
    let event = socket.next().await;
    let title = event.pointer("/notificationReceived/notification/title");
    assert_eq!(
        title,
        Some(&json!(
            "«№ 2 мектеп» мектебі тіркелді, оның үйлестірушісі бар"
        ))
    );
    let list = "{ viewer { unreadCount quietHours { from } notifications(filter: {unread: true}) {
        totalCount nodes { id title body reason readAt } } } }";
    let inbox = two.query(list, json!({})).await;
    assert_eq!(inbox.pointer("/viewer/unreadCount"), Some(&json!(1)));
    let cursor = event
        .pointer("/notificationReceived/cursor")
        .expect("a cursor");
    assert_eq!(
        inbox.pointer("/viewer/notifications/nodes/0/id"),
        Some(cursor)
    );
    let read = "mutation($input: NotificationMarkAllReadInput!) {
        notificationMarkAllRead(input: $input) { unreadCount userErrors { code } } }";
    let read = two.query(read, json!({"input": {"upTo": cursor}})).await;
    assert_eq!(
        read.pointer("/notificationMarkAllRead/unreadCount"),
        Some(&json!(0))
    );
    let inbox = one.query(list, json!({})).await;
    assert_eq!(
        inbox.pointer("/viewer/notifications/totalCount"),
        Some(&json!(0))
    );
    let guest = Client::new(&one.base)
        .query("{ viewer { unreadCount } }", json!({}))
        .await;
    assert_eq!(guest, json!({"viewer": null}));
}

/// What one node publishes, the others hear through Redis; one that comes to Redis later is told to read everything.
#[tokio::test]
async fn wake_ups_reach_every_node() {
    let database = Database::fresh(Backend::Postgres, "empty", migrate).await;
    let redis = database.redis.clone().expect("a redis");
    let stop = CancellationToken::new();
    let node = || {
        let redis = bus::Redis {
            client: redis::Client::open(redis.url.as_str()).expect("an address"),
            prefix: redis.prefix.clone(),
        };
        Bus::over_redis(redis, stop.clone())
    };
    let (one, two) = (node(), node());
    let topic = Topic::Person(Id::fresh());
    let (mut here, mut there) = (one.listen(), two.listen());
    // Each says so when it is connected.
    within(here.heard(topic)).await;
    within(there.heard(topic)).await;
    one.publish(BTreeSet::from([Topic::Person(Id::fresh())]));
    let other = tokio::time::timeout(Duration::from_millis(200), there.heard(topic)).await;
    assert!(other.is_err(), "a wake-up for somebody else");
    one.publish(BTreeSet::from([topic]));
    within(there.heard(topic)).await;
    within(here.heard(topic)).await;
    stop.cancel();
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
