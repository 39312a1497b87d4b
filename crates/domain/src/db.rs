//! The only holders of a connection: [`Access`] to read, [`Tx`] to write, both always as somebody.

pub(crate) mod bulk;
mod connection;
pub mod dialect;
mod find;

pub use find::{Beside, Find};

pub use bulk::Filled;

use std::sync::Arc;

use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, IntoActiveModel,
    Iterable, ModelTrait, PrimaryKeyToColumn, PrimaryKeyTrait, QueryFilter, QuerySelect,
    QueryTrait,
    sea_query::{OnConflict, Order},
};
use tokio::sync::Notify;

use crate::authz::{Action, Permit, Viewer, Visible, Writes};
use crate::clock::{Clock, Timestamp};
use crate::error::{Error, Refusal, Result};
use crate::fact::Fact;
use crate::id::{Id, Noun};
use crate::outbox;
use crate::secret::Secret;

pub(crate) use connection::Connection;
use connection::{On, Pool};
use dialect::Address;

/// The database with what every use of it needs: the clock, the installation's secret, the bell of the outbox.
#[derive(Clone)]
pub struct Db {
    pool: Pool,
    clock: Clock,
    secret: Arc<Secret>,
    bell: Arc<Notify>,
}

/// How to reach the database.
#[derive(Debug, Clone)]
pub struct Options {
    /// `sqlite://file` or `postgres://…`.
    pub url: String,
    /// The most connections this node opens.
    pub connections: u32,
    /// How long a statement may run.
    pub patience: std::time::Duration,
    /// How long to wait for a connection before giving up.
    pub queue: std::time::Duration,
}

impl Db {
    /// Opens the pool. `on_statement` hears of every statement sent.
    pub async fn connect(
        options: &Options,
        clock: Clock,
        secret: Secret,
        on_statement: impl Fn() + Send + Sync + 'static,
    ) -> Result<Self> {
        let address = Address::of(&options.url, options.patience)?;
        let pool = Pool::open(address, options.connections, options.queue, on_statement).await?;
        Ok(Self {
            pool,
            clock,
            secret: Arc::new(secret),
            bell: Arc::new(Notify::new()),
        })
    }

    /// The database as this viewer sees it, at one instant for the whole request.
    pub fn access(&self, viewer: Viewer) -> Access {
        Access {
            now: self.clock.now(),
            db: self.clone(),
            viewer,
        }
    }

    /// Whether it answers.
    pub async fn ping(&self) -> Result<()> {
        On::Any(&self.pool).execute_unprepared("SELECT 1").await?;
        Ok(())
    }

    /// Copies all rows, as they are at one instant, into a new SQLite file. PostgreSQL has `pg_dump` for this and is
    /// refused.
    pub async fn copy_into(&self, file: &str) -> Result<()> {
        let copy = dialect::copy_into(self.pool.backend(), file)
            .ok_or_else(|| Error::Fault("only an SQLite file is copied".to_owned()))?;
        On::Any(&self.pool).execute_raw(copy).await?;
        Ok(())
    }

    /// How many connections this node has open, and how many of them idle.
    pub fn connections(&self) -> (u32, usize) {
        self.pool.status()
    }

    /// Rings when facts were committed on this node.
    pub fn bell(&self) -> Arc<Notify> {
        self.bell.clone()
    }

    /// The clock.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// The installation's secret.
    pub fn secret(&self) -> &Secret {
        &self.secret
    }

    /// Closes the connections.
    pub async fn close(self) -> Result<()> {
        Ok(self.pool.close().await?)
    }
}

/// A noun kept as rows of one table with a single key.
pub trait Row:
    Noun
    + ModelTrait<
        Entity: Visible
                    + EntityTrait<Model = Self, PrimaryKey: PrimaryKeyTrait<ValueType = Id<Self>>>,
    > + FromQueryResult
    + Sync
{
    /// Its key.
    fn id(&self) -> Id<Self>;
}

fn key_of<R: Row>() -> Result<<R::Entity as EntityTrait>::Column> {
    let key = <R::Entity as EntityTrait>::PrimaryKey::iter()
        .next()
        .map(PrimaryKeyToColumn::into_column);
    key.ok_or_else(|| Error::Fault("a table without a key".to_owned()))
}

/// The database as one viewer sees it.
#[derive(Clone)]
pub struct Access {
    db: Db,
    viewer: Viewer,
    now: Timestamp,
}

impl Access {
    /// Who asks.
    pub fn viewer(&self) -> &Viewer {
        &self.viewer
    }

    /// The instant of the request.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// The calendar day of the request where the installation is.
    pub fn today(&self) -> chrono::NaiveDate {
        self.db.clock.day(self.now)
    }

    /// The database behind, to become somebody else for a job of the software's own.
    pub fn db(&self) -> &Db {
        &self.db
    }

    /// The rows of `E` this viewer may see.
    pub fn find<E: Visible>(&self) -> Find<'_, E> {
        Find::new(On::Any(&self.db.pool), &self.viewer)
    }

    /// The one with this id, if there is one that this viewer may see.
    pub async fn get<R: Row>(&self, id: Id<R>) -> Result<Option<R>> {
        self.find::<R::Entity>().by_id(id).one().await
    }

    /// Those with these ids that this viewer may see.
    pub async fn get_all<R: Row>(&self, ids: &[Id<R>]) -> Result<Vec<R>> {
        let key = key_of::<R>()?;
        self.find::<R::Entity>().any_of(key, ids).all().await
    }

    /// Starts to write.
    pub async fn begin(&self) -> Result<Tx> {
        let tx = self.db.pool.connection().await?;
        tx.begin(dialect::begin(self.db.pool.backend())).await?;
        Ok(Tx {
            tx,
            access: self.clone(),
            rings: false.into(),
            once: None,
        })
    }

    /// Starts to write what must happen once for `key`, or tells what came of it the first time.
    /// `body` is whatever the person asked for: the same key with another body is refused.
    pub async fn begin_once(
        &self,
        key: Option<&str>,
        body: &impl serde::Serialize,
    ) -> Result<Once> {
        let (Some(key), Some(person)) = (key, self.viewer.id()) else {
            return Ok(Once::First(Box::new(self.begin().await?)));
        };
        outbox::idempotency::begin(self, person, key, body).await
    }
}

/// The first time, or a repetition.
pub enum Once {
    /// Nothing was done under this key yet.
    First(Box<Tx>),
    /// It was done, and this is the key of what came of it.
    Again(uuid::Uuid),
}

/// A transaction of one viewer. Dropped without [`Tx::commit`], it leaves nothing.
pub struct Tx {
    tx: Connection,
    access: Access,
    rings: std::sync::atomic::AtomicBool,
    pub(crate) once: Option<outbox::idempotency::Key>,
}

impl Tx {
    /// Who writes, when.
    pub fn access(&self) -> &Access {
        &self.access
    }

    /// The instant of the request.
    pub fn now(&self) -> Timestamp {
        self.access.now
    }

    /// The calendar day of the request.
    pub fn today(&self) -> chrono::NaiveDate {
        self.access.today()
    }

    /// The rows of `E` this viewer may see, inside the transaction.
    pub fn find<E: Visible>(&self) -> Find<'_, E> {
        Find::new(On::This(&self.tx), &self.access.viewer)
    }

    /// The rows of `E` as the job of finding out sees them: for guards that must not depend on who asks.
    pub(crate) fn find_as<E: Visible>(&self, job: crate::authz::Job) -> Find<'_, E> {
        Find::new(On::This(&self.tx), &Viewer::system(job))
    }

    /// The one with this id, or `NOT_FOUND` at `field`.
    pub async fn get<R: Row>(&self, id: Id<R>, field: &'static str) -> Result<R> {
        self.find::<R::Entity>()
            .by_id(id)
            .one()
            .await?
            .ok_or_else(|| Refusal::NotFound.of(field))
    }

    /// The same, held until the end of the transaction: whoever else wants to change it waits.
    pub async fn lock<R: Row>(&self, id: Id<R>, field: &'static str) -> Result<R> {
        let find = self
            .find::<R::Entity>()
            .by_id(id)
            .shape(QuerySelect::lock_exclusive);
        find.one().await?.ok_or_else(|| Refusal::NotFound.of(field))
    }

    /// Two of a kind, each held and each or `NOT_FOUND` at its field, in one statement and always in the order of ids:
    /// two who hold the same pair the other way round don't wait for each other. The same one twice is held once.
    pub async fn lock_both<R: Row + Clone>(
        &self,
        first: (Id<R>, &'static str),
        second: (Id<R>, &'static str),
    ) -> Result<(R, R)> {
        let key = key_of::<R>()?;
        let rows = self
            .find::<R::Entity>()
            .any_of(key, &[first.0, second.0])
            .order(key, Order::Asc)
            .shape(QuerySelect::lock_exclusive)
            .all()
            .await?;
        let of = |(id, field): (Id<R>, &'static str)| {
            let row = rows.iter().find(|row| row.id() == id).cloned();
            row.ok_or_else(|| Refusal::NotFound.of(field))
        };
        Ok((of(first)?, of(second)?))
    }

    /// Asks the policy.
    pub fn permit<A: Action>(&self, action: A) -> Result<Permit<A>> {
        Ok(Permit::ask(action, &self.access.viewer)?)
    }

    /// Adds a row.
    pub async fn insert<A, M>(&self, permit: &Permit<A>, row: M) -> Result<M>
    where
        A: Writes<M::Entity>,
        M: ModelTrait<Entity: EntityTrait<Model = M>>
            + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel>,
    {
        covered::<A, M>(permit, &row)?;
        M::Entity::insert(row.clone().into_active_model())
            .exec_without_returning(&self.tx)
            .await?;
        Ok(row)
    }

    /// Adds a row together with the fact that says so, in one statement where the database can.
    pub async fn insert_and_record<A, M>(&self, permit: &Permit<A>, row: M, fact: Fact) -> Result<M>
    where
        A: Writes<M::Entity>,
        M: ModelTrait<Entity: EntityTrait<Model = M>>
            + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel>,
    {
        covered::<A, M>(permit, &row)?;
        let record = outbox::Model::new::<A>(&self.access, &fact)?;
        dialect::insert_both(
            &self.tx,
            M::Entity::insert(row.clone().into_active_model()).into_query(),
            outbox::Entity::insert(record.into_active_model()).into_query(),
        )
        .await?;
        self.rings.store(true, std::sync::atomic::Ordering::Relaxed);
        Ok(row)
    }

    /// Adds rows in as few statements as the database takes.
    pub async fn insert_all<A, M>(&self, permit: &Permit<A>, rows: Vec<M>) -> Result<()>
    where
        A: Writes<M::Entity>,
        M: ModelTrait<Entity: EntityTrait<Model = M>>
            + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel>,
    {
        for row in &rows {
            covered::<A, M>(permit, row)?;
        }
        let mut rows = rows
            .into_iter()
            .map(IntoActiveModel::into_active_model)
            .peekable();
        while rows.peek().is_some() {
            M::Entity::insert_many(rows.by_ref().take(dialect::ROWS_A_STATEMENT))
                .exec_without_returning(&self.tx)
                .await?;
        }
        Ok(())
    }

    /// Adds the rows whose `unique` columns no row has yet, and tells which these were.
    pub async fn insert_missing<A, M>(
        &self,
        permit: &Permit<A>,
        rows: Vec<M>,
        unique: &[<M::Entity as EntityTrait>::Column],
    ) -> Result<Vec<M>>
    where
        A: Writes<M::Entity>,
        M: ModelTrait<Entity: EntityTrait<Model = M>>
            + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel>,
    {
        let mut added = Vec::with_capacity(rows.len());
        for rows in rows.chunks(dialect::ROWS_A_STATEMENT) {
            for row in rows {
                covered::<A, M>(permit, row)?;
            }
            let new = M::Entity::insert_many(rows.iter().cloned().map(M::into_active_model))
                .on_conflict(
                    OnConflict::columns(unique.iter().copied())
                        .do_nothing()
                        .to_owned(),
                )
                .exec_with_returning(&self.tx)
                .await?;
            added.extend(new);
        }
        Ok(added)
    }

    /// Writes a row back whole. The caller holds it by [`Tx::lock`].
    pub async fn update<A, M>(&self, permit: &Permit<A>, row: M) -> Result<M>
    where
        A: Writes<M::Entity>,
        M: ModelTrait<Entity: EntityTrait<Model = M>>
            + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel>,
    {
        covered::<A, M>(permit, &row)?;
        let all = row.clone().into_active_model().reset_all();
        M::Entity::update(all)
            .validate()?
            .exec_without_returning(&self.tx)
            .await?;
        Ok(row)
    }

    /// Removes a row.
    pub async fn delete<A, M>(&self, permit: &Permit<A>, row: M) -> Result<()>
    where
        A: Writes<M::Entity>,
        M: ModelTrait<Entity: EntityTrait<Model = M>>
            + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel>,
    {
        covered::<A, M>(permit, &row)?;
        let delete = <M::Entity as EntityTrait>::PrimaryKey::iter().fold(
            M::Entity::delete_many(),
            |delete, key| {
                let column = key.into_column();
                delete.filter(column.eq(row.get(column)))
            },
        );
        delete.exec(&self.tx).await?;
        Ok(())
    }

    /// The raw transaction, for the few statements of this crate that sea-orm's entities can't say.
    /// The permit shows that the policy was asked.
    pub(crate) fn raw<A: Action>(&self, _: &Permit<A>) -> &Connection {
        &self.tx
    }

    /// Records what happened, in the same transaction: audit, feed and source of every notice.
    pub async fn record<A: Action>(&self, _: &Permit<A>, fact: Fact) -> Result<()> {
        let row = outbox::Model::new::<A>(&self.access, &fact)?;
        outbox::Entity::insert(row.into_active_model())
            .exec_without_returning(&self.tx)
            .await?;
        self.rings.store(true, std::sync::atomic::Ordering::Relaxed);
        Ok(())
    }

    /// Makes it so.
    pub async fn commit(self) -> Result<()> {
        self.tx.commit().await?;
        if self.rings.into_inner() {
            self.access.db.bell.notify_one();
        }
        Ok(())
    }

    /// Undoes it before going on. Dropped, it is undone a moment later.
    pub(crate) async fn roll_back(self) {
        self.tx.roll_back().await;
    }

    /// Makes it so, and remembers `subject` as what came of the idempotency key the transaction began with.
    pub async fn commit_as<R>(self, subject: Id<R>) -> Result<()> {
        if let Some(key) = &self.once {
            outbox::idempotency::settle(&self.tx, key, subject.uuid()).await?;
        }
        self.commit().await
    }

    pub(crate) fn executor(&self) -> &Connection {
        &self.tx
    }
}

fn covered<A: Writes<M::Entity>, M: ModelTrait<Entity: EntityTrait<Model = M>>>(
    permit: &Permit<A>,
    row: &M,
) -> Result<()> {
    if permit.action().covers(row) {
        Ok(())
    } else {
        Err(Error::Fault(format!(
            "{} does not reach to {row:?}",
            A::NAME
        )))
    }
}
