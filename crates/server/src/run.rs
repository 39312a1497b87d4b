//! What each command does.

use std::io::Write;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context;
use domain::authz::{Job, Viewer};
use domain::db::Db;
use domain::id::Id;
use domain::operator;
use domain::text::Localized;
use files::{Files, Store};
use futures_util::FutureExt;
use i18n::Locale;
use notify::bus::{self, Bus};
use notify::mail::{Mailer, Transport};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::backup;
use crate::calendar;
use crate::check;
use crate::cli::{Admin, Cli, Command, Subject};
use crate::config::{Config, Names};
use crate::database;
use crate::demo;
use crate::door::{self, Entrance};
use crate::generate;
use crate::graphql::{self, Documents};
use crate::import;
use crate::listen::{self, Lifecycle};
use crate::pages::{self, Pages};
use crate::router::{Check, Edge, assemble};
use crate::telemetry;

/// How long work on blocking threads may hold up the end of the process.
const LAST_WAIT: Duration = Duration::from_secs(2);
/// How deep a worker may go: the futures of a deep document lie within each other, four times as large unoptimised.
const STACK: usize = 8 << 20;

/// How often the pool is measured.
const POOL_MEASURED: Duration = Duration::from_secs(5);

/// Does what the command line says.
pub fn run(cli: &Cli) -> anyhow::Result<ExitCode> {
    if let Some(Command::Picture { subject }) = cli.command {
        return Ok(files::picture::process(match subject {
            Subject::Image => files::picture::Subject::Image,
            Subject::Page => files::picture::Subject::Page,
        }));
    }
    let config = cli.configuration()?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .thread_stack_size(STACK)
        .build()?;
    let tracing = telemetry::start(&config)?;
    let code = runtime.block_on(dispatch(cli.command.as_ref(), &config));
    runtime.shutdown_timeout(LAST_WAIT);
    tracing.finish();
    code
}

async fn dispatch(command: Option<&Command>, config: &Config) -> anyhow::Result<ExitCode> {
    match command {
        None | Some(Command::Serve) => serve(config, false).await,
        Some(Command::Demo(_)) => serve(config, true).await,
        Some(Command::Admin {
            command: Admin::Invite { email },
        }) => invite(config, email).await,
        Some(Command::Migrate) => {
            let steps = database::migrate(config).await?;
            tracing::info!(steps, "the tables are up to date");
            Ok(ExitCode::SUCCESS)
        }
        Some(Command::Backup { to }) => {
            backup::backup(config, to).await?;
            Ok(ExitCode::SUCCESS)
        }
        Some(Command::Restore { from }) => {
            backup::restore(config, from)?;
            Ok(ExitCode::SUCCESS)
        }
        Some(Command::Schema) => {
            std::io::stdout().lock().write_all(api::sdl().as_bytes())?;
            Ok(ExitCode::SUCCESS)
        }
        // Needs no configuration, and was dealt with before there was one.
        Some(Command::Picture { .. }) => Ok(ExitCode::FAILURE),
        Some(Command::Check) => {
            let findings = check::check(config, database::check).await;
            let well = check::report(&findings, std::io::stdout().lock())?;
            Ok(if well {
                ExitCode::SUCCESS
            } else {
                ExitCode::FAILURE
            })
        }
        Some(Command::Generate(asked)) => {
            database::migrate(config).await?;
            let db = database::open(config, || ()).await?;
            generate::run(&db, asked, std::io::stdout()).await?;
            db.close().await?;
            Ok(ExitCode::SUCCESS)
        }
        Some(Command::Import(asked)) => {
            database::migrate(config).await?;
            let db = database::open(config, || ()).await?;
            let files = files(config, db.clone(), CancellationToken::new())?;
            import::run(&db, &files, asked, std::io::stdout()).await?;
            db.close().await?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// Serves until told to stop; as a demo, with a community to try things out on.
async fn serve(config: &Config, demo: bool) -> anyhow::Result<ExitCode> {
    let lifecycle = Lifecycle::default();
    let metrics = telemetry::metrics()?;
    tokio::spawn(telemetry::keep_up(metrics.clone()));
    database::migrate(config).await?;
    let statements = ::metrics::counter!("db_statements_total");
    let db = database::open(config, move || statements.increment(1)).await?;
    let personas = match demo {
        true => Some(demo::personas(&db, &config.data).await?),
        false => None,
    };
    let readiness = {
        let db = db.clone();
        move || readiness(db.clone()).boxed()
    };
    let edge = Edge::new(
        &config.server,
        || Id::<Request>::fresh().uuid().simple().to_string(),
        readiness,
        metrics,
        lifecycle.clone(),
    );
    let entrance = Entrance::new(db.clone(), config.installation.default_language);
    let operations = TaskTracker::new();
    let bus = bus(config, &lifecycle)?;
    let schema = api::builder()
        .extension(graphql::Execution)
        .data(bus.clone())
        .data(words(config))
        .data(config.files.allowance)
        .finish();
    let files = files(config, db.clone(), lifecycle.closing().clone())?;
    let visited = Pages {
        schema: schema.clone(),
        entrance: entrance.clone(),
        db: db.clone(),
        files: files.clone(),
    };
    let (pages, sent_to) = web::routers(visited, pages::settings(config)?);
    let streaming = graphql::router(
        schema,
        entrance.clone(),
        transports(config)?,
        lifecycle.closing().clone(),
        operations.clone(),
    );
    let sweep = files::sweep::run(files.clone(), lifecycle.closing().clone());
    let sweep = tokio::spawn(sweep);
    let streaming = streaming.merge(sent_to).merge(graphql::shared(
        files::router(files, entrance),
        &config.server.allowed_origins,
    ));
    let pages = pages.merge(calendar::router(db.clone()));
    let app = assemble(pages, streaming, edge);
    listen::drain_on_signal(lifecycle.clone())?;
    let listener = TcpListener::bind(config.server.listen).await?;
    let bound = listener.local_addr()?;
    if let Some(personas) = personas {
        let url = config.server.public_url(bound);
        demo::tell(&config.data, &demo::Told { url, personas })?;
    }
    let mailer = mailer(config, bound)?;
    let relay = notify::relay::run(db.clone(), bus, mailer, lifecycle.closing().clone());
    let relay = tokio::spawn(relay);
    tokio::spawn(measure(db.clone(), lifecycle.closing().clone()));
    listen::announce(bound)?;
    listen::serve(listener, app, (&config.server).into(), lifecycle).await;
    operations.close();
    operations.wait().await;
    relay.await?;
    sweep.await?;
    db.close().await?;
    Ok(ExitCode::SUCCESS)
}

/// The files of the installation.
fn files(config: &Config, db: Db, closing: CancellationToken) -> anyhow::Result<Files> {
    let store = Store::open(&config.files.place).context("files (SABAQTAS_FILES_…)")?;
    Ok(Files::new(db, store, config.files.allowance, closing))
}

/// The wake-ups of this node, and of its neighbours when there is Redis.
fn bus(config: &Config, lifecycle: &Lifecycle) -> anyhow::Result<Bus> {
    let Some(redis) = &config.redis else {
        return Ok(Bus::new());
    };
    let redis = bus::Redis {
        client: redis::Client::open(redis.url.expose()).context("redis.url")?,
        prefix: redis.prefix.clone(),
    };
    Ok(Bus::over_redis(redis, lifecycle.closing().clone()))
}

/// How letters leave this node, which listens on `bound`.
fn mailer(config: &Config, bound: SocketAddr) -> anyhow::Result<Mailer> {
    let transport = match &config.mail.smtp_url {
        Some(url) => Transport::smtp(url.expose()).context("mail.smtp_url")?,
        None => Transport::Files(config.data.join("mail")),
    };
    let mailer = Mailer::new(
        transport,
        &config.mail.from,
        &config.server.public_url(bound),
    );
    mailer.context("mail.from")
}

/// Keeps the gauges of the pool until `stop`.
async fn measure(db: Db, stop: CancellationToken) {
    while !stop.is_cancelled() {
        let (open, idle) = db.connections();
        let busy = f64::from(open) - idle as f64;
        metrics::gauge!("db_pool_connections", "state" => "idle").set(idle as f64);
        metrics::gauge!("db_pool_connections", "state" => "busy").set(busy);
        tokio::select! {
            () = stop.cancelled() => {}
            () = tokio::time::sleep(POOL_MEASURED) => {}
        }
    }
}

/// The installation's own words for the two roles, or the usual ones.
fn words(config: &Config) -> api::Words {
    let own = |names: &Option<Names>, usual: fn(Locale) -> String| match names {
        Some(names) => Localized {
            kk: Some(names.kk.clone()),
            ru: Some(names.ru.clone()),
            en: Some(names.en.clone()),
        },
        None => Localized {
            kk: Some(usual(Locale::Kk)),
            ru: Some(usual(Locale::Ru)),
            en: Some(usual(Locale::En)),
        },
    };
    api::Words {
        leading: own(&config.installation.leading, Locale::school_leading),
        magnetic: own(&config.installation.magnetic, Locale::school_magnetic),
    }
}

/// Invites an administrator, and says how to accept without waiting for the letter.
async fn invite(config: &Config, email: &str) -> anyhow::Result<ExitCode> {
    database::migrate(config).await?;
    let db = database::open(config, || ()).await?;
    let access = db.access(Viewer::system(Job::Operator));
    let language = door::language(config.installation.default_language);
    let token = operator::first_admin(&access, email, language).await?;
    let url = config.server.public_url(config.server.listen);
    let language = config.installation.default_language;
    writeln!(
        std::io::stdout(),
        "invitation for {email}: {url}/{language}/invite/{token}\nThe server sends it by e-mail as well."
    )?;
    db.close().await?;
    Ok(ExitCode::SUCCESS)
}

/// What the transports are told of the configuration.
fn transports(config: &Config) -> anyhow::Result<graphql::Config> {
    let asked = &config.graphql;
    let documents = match &asked.trusted_documents {
        Some(folder) => Documents::trusted(folder).with_context(|| {
            format!(
                "graphql.trusted_documents (SABAQTAS_GRAPHQL_TRUSTED_DOCUMENTS) is {}",
                folder.display()
            )
        })?,
        None => Documents::default(),
    };
    Ok(graphql::Config {
        limits: graphql::Limits {
            depth: asked.depth,
            introspection_depth: asked.introspection_depth,
            fields: asked.fields,
            aliases: asked.aliases,
            directives: asked.directives,
            cost: asked.cost,
            budget: asked.cost_budget,
            refill: asked.cost_per_second,
            body_bytes: config.server.body_bytes,
            request: config.server.request_timeout,
            sockets_per_person: asked.sockets,
            subscriptions_per_person: asked.subscriptions,
            ..graphql::Limits::default()
        },
        origins: config.server.allowed_origins.clone(),
        credential_mutations: api::CREDENTIAL_FIELDS
            .iter()
            .map(|&field| field.to_owned())
            .collect(),
        introspection: asked.introspection,
        documents,
    })
}

/// What the ids of requests are ids of.
enum Request {}

async fn readiness(db: Db) -> Vec<Check> {
    vec![Check {
        name: "database",
        state: db.ping().await.map_err(|error| error.to_string()),
        vital: true,
    }]
}
