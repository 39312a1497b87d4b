//! The only place that names the settings: each with its default, its range, and the words that say
//! what would be right.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use axum::http::Uri;
use chrono_tz::Tz;
use domain::file::Allowance;
use files::{Bucket, Place};
use i18n::Locale;
use ipnet::IpNet;

use super::reader::{Reader, Shown};
use super::{
    Config, Database, Files, Graphql, Installation, Log, LogFormat, Mail, Names, Redis, Secret,
    Server, Telemetry,
};

/// The longest a stopping node may take, in seconds: orchestrators kill after thirty.
const LONGEST_DRAIN: usize = 30;

/// Reads every setting. Where one is wrong its default stands in, and the reader remembers.
pub(super) fn config(read: &mut Reader) -> Config {
    let data = read.or("data", PathBuf::from("./data"), "a folder", |text| {
        Some(PathBuf::from(text))
    });
    Config {
        server: server(read),
        database: database(read, &data),
        redis: redis(read),
        mail: mail(read),
        files: files(read, &data),
        log: Log {
            format: read.or(
                "log.format",
                LogFormat::Text,
                "text or json",
                |text| match text {
                    "text" => Some(LogFormat::Text),
                    "json" => Some(LogFormat::Json),
                    _ => None,
                },
            ),
            filter: read.or(
                "log.filter",
                "info".into(),
                "levels by module, such as info,sqlx=warn",
                |text| {
                    tracing_subscriber::EnvFilter::try_new(text)
                        .ok()
                        .map(|_| text.to_owned())
                },
            ),
        },
        telemetry: Telemetry {
            otlp_endpoint: read.optional(
                "telemetry.otlp_endpoint",
                Shown::Yes,
                "the http:// base URL of a collector, such as http://127.0.0.1:4318",
                |text| url(text, &["http"]).map(|_| text.trim_end_matches('/').to_owned()),
            ),
        },
        graphql: graphql(read),
        installation: installation(read),
        data,
    }
}

fn server(read: &mut Reader) -> Server {
    let loopback = SocketAddr::from((Ipv4Addr::LOCALHOST, 8080));
    let server = Server {
        listen: read.or(
            "server.listen",
            loopback,
            "an IP address with a port, such as 127.0.0.1:8080",
            parsed,
        ),
        public_url: read.optional(
            "server.public_url",
            Shown::Yes,
            "a scheme and host without a path, such as https://sabaqtas.example",
            origin,
        ),
        allowed_origins: read.list(
            "server.allowed_origins",
            "schemes and hosts without a path, such as https://app.example",
            origin,
        ),
        trusted_proxies: read.list(
            "server.trusted_proxies",
            "addresses or networks, such as 127.0.0.1 or 10.0.0.0/8",
            |text| parsed::<IpNet>(text).or_else(|| parsed::<IpAddr>(text).map(IpNet::from)),
        ),
        max_connections: read.number("server.max_connections", 4096, 1..=1_000_000),
        body_bytes: read.number("server.body_bytes", 1 << 20, 1024..=64 << 20),
        request_timeout: seconds(read.number("server.request_seconds", 4, 1..=300)),
        grace: seconds(read.number("server.grace_seconds", 2, 0..=LONGEST_DRAIN)),
        drain: seconds(read.number("server.drain_seconds", 25, 1..=LONGEST_DRAIN)),
    };
    if server.grace >= server.drain {
        read.problem(
            "server.grace_seconds",
            "is not below server.drain_seconds: requests would get no time to finish",
        );
    }
    server
}

fn database(read: &mut Reader, data: &Path) -> Database {
    Database {
        url: read
            .optional(
                "database.url",
                Shown::No,
                "postgres://user:password@host/name or sqlite://file?mode=rwc",
                |text| {
                    let known = match text.split_once(':') {
                        Some(("sqlite", rest)) => !rest.trim_matches('/').is_empty(),
                        _ => url(text, &["postgres", "postgresql"]).is_some(),
                    };
                    known.then(|| Secret(text.to_owned()))
                },
            )
            .unwrap_or_else(|| Secret(sqlite_url(data))),
        connections: read.number("database.connections", 16, 1..=1000),
        statement_timeout: seconds(read.number("database.statement_seconds", 4, 1..=300)),
        queue: Duration::from_millis(
            read.number("database.queue_milliseconds", 1500, 1..=60_000) as u64
        ),
    }
}

/// The URL of the embedded database. Characters that would end its path are escaped.
pub(super) fn sqlite_url(data: &Path) -> String {
    let path = data.join("sabaqtas.db").to_string_lossy().into_owned();
    let path = path
        .replace('%', "%25")
        .replace('?', "%3F")
        .replace('#', "%23");
    format!("sqlite://{path}?mode=rwc")
}

fn redis(read: &mut Reader) -> Option<Redis> {
    let url = read.optional(
        "redis.url",
        Shown::No,
        "redis://host:6379 or rediss://user:password@host:6379",
        |text| {
            url(text, &["redis", "rediss"])?;
            redis::parse_redis_url(text).map(|_| Secret(text.to_owned()))
        },
    );
    let prefix = read.or("redis.prefix", "sabaqtas:".into(), "some text", some_text);
    url.map(|url| Redis { url, prefix })
}

fn mail(read: &mut Reader) -> Mail {
    let smtp_url = read.optional(
        "mail.smtp_url",
        Shown::No,
        "smtp://host:25, smtps://user:password@host:465 or smtp://user:password@host:587?tls=required",
        |text| url(text, &["smtp", "smtps"]).map(|_| Secret(text.to_owned())),
    );
    let from = read.optional(
        "mail.from",
        Shown::Yes,
        "an address, such as Sabaqtas <no-reply@sabaqtas.example>",
        |text| {
            let address = text
                .split_once('<')
                .map_or(Some(text), |(_, rest)| rest.strip_suffix('>'))?;
            let (name, host) = address.split_once('@')?;
            let plain = |part: &str| !part.is_empty() && !part.contains(char::is_whitespace);
            (plain(name) && plain(host) && !host.contains('@')).then(|| text.to_owned())
        },
    );
    if smtp_url.is_some() && from.is_none() {
        read.problem(
            "mail.from",
            "is missing: mail.smtp_url is set, so a sender is needed, such as Sabaqtas <no-reply@sabaqtas.example>",
        );
    }
    Mail {
        smtp_url,
        from: from.unwrap_or_else(|| "Sabaqtas <sabaqtas@localhost>".into()),
    }
}

fn files(read: &mut Reader, data: &Path) -> Files {
    let bucket = read.optional(
        "files.bucket",
        Shown::Yes,
        "the name of a bucket",
        some_text,
    );
    let endpoint = read.optional(
        "files.endpoint",
        Shown::Yes,
        "the URL of a service that speaks S3, such as https://s3.example",
        |text| url(text, &["http", "https"]).map(|_| text.trim_end_matches('/').to_owned()),
    );
    let region = read.or("files.region", "us-east-1".into(), "some text", some_text);
    let mut key = |name| {
        let key = read.optional(name, Shown::No, "some text", some_text);
        if bucket.is_some() && key.is_none() {
            read.problem(
                name,
                "is missing: files.bucket is set, so its keys are needed",
            );
        }
        key.unwrap_or_default()
    };
    let (access_key, secret_key) = (key("files.access_key"), key("files.secret_key"));
    let folder = read.or("files.folder", data.join("files"), "a folder", |text| {
        Some(PathBuf::from(text))
    });
    let place = match bucket {
        None => Place::Folder(folder),
        Some(name) => Place::Bucket(Bucket {
            name,
            region,
            endpoint,
            access_key,
            secret_key,
        }),
    };
    let mut megabytes = |key, default| (read.number(key, default, 1..=1 << 20) as u64) << 20;
    Files {
        place,
        allowance: Allowance {
            file: megabytes("files.largest_megabytes", 1024),
            person: megabytes("files.person_megabytes", 5120),
        },
    }
}

fn graphql(read: &mut Reader) -> Graphql {
    let graphql = Graphql {
        introspection: read.flag("graphql.introspection", true),
        trusted_documents: read.optional(
            "graphql.trusted_documents",
            Shown::Yes,
            "an existing folder of *.graphql files",
            |text| Some(PathBuf::from(text)).filter(|folder| folder.is_dir()),
        ),
        depth: read.number("graphql.depth", 12, 1..=100),
        introspection_depth: read.number("graphql.introspection_depth", 16, 1..=100),
        fields: read.number("graphql.fields", 1000, 1..=100_000),
        aliases: read.number("graphql.aliases", 50, 0..=10_000),
        directives: read.number("graphql.directives", 20, 0..=10_000),
        cost: read.number("graphql.cost", 20_000, 1..=1_000_000_000) as u64,
        cost_budget: read.number("graphql.cost_budget", 60_000, 1..=1_000_000_000) as u64,
        cost_per_second: read.number("graphql.cost_per_second", 1000, 1..=1_000_000_000) as u64,
        sockets: read.number("graphql.sockets", 20, 1..=10_000),
        subscriptions: read.number("graphql.subscriptions", 50, 1..=10_000),
    };
    if graphql.cost > graphql.cost_budget {
        read.problem(
            "graphql.cost",
            "is above graphql.cost_budget: nobody could ever save up for such an operation",
        );
    }
    graphql
}

fn installation(read: &mut Reader) -> Installation {
    Installation {
        time_zone: read.or(
            "installation.time_zone",
            Tz::Asia__Almaty,
            "a zone of the IANA database, such as Asia/Almaty",
            parsed,
        ),
        default_language: read.or(
            "installation.default_language",
            Locale::Kk,
            "kk, ru or en",
            parsed,
        ),
        secret: read.optional(
            "installation.secret",
            Shown::No,
            "32 random bytes in base64, as `openssl rand -base64 32` prints them",
            |text| crate::secret::bytes(text).map(|_| Secret(text.to_owned())),
        ),
        leading: names(
            read,
            [
                "installation.leading.kk",
                "installation.leading.ru",
                "installation.leading.en",
            ],
        ),
        magnetic: names(
            read,
            [
                "installation.magnetic.kk",
                "installation.magnetic.ru",
                "installation.magnetic.en",
            ],
        ),
    }
}

/// All three languages or none.
fn names(read: &mut Reader, keys: [&'static str; 3]) -> Option<Names> {
    let given = keys.map(|key| read.optional(key, Shown::Yes, "some text", some_text));
    if given.iter().any(Option::is_some) {
        for (key, _) in keys.iter().zip(&given).filter(|(_, name)| name.is_none()) {
            read.problem(
                key,
                "is missing: a name is given in all three languages or in none",
            );
        }
    }
    let [kk, ru, en] = given;
    Some(Names {
        kk: kk?,
        ru: ru?,
        en: en?,
    })
}

fn seconds(number: usize) -> Duration {
    Duration::from_secs(number as u64)
}

fn parsed<T: FromStr>(text: &str) -> Option<T> {
    text.parse().ok()
}

fn some_text(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// An absolute URL with a host and one of the `schemes`.
fn url(text: &str, schemes: &[&str]) -> Option<Uri> {
    let uri: Uri = text.parse().ok()?;
    let host = uri.host().is_some_and(|host| !host.is_empty());
    (host && schemes.contains(&uri.scheme_str()?)).then_some(uri)
}

/// An origin as browsers write it: scheme, host in lower case, port if unusual.
pub(super) fn origin(text: &str) -> Option<String> {
    let uri = url(text, &["http", "https"])?;
    let plain = matches!(uri.path(), "" | "/") && uri.query().is_none();
    let authority = uri.authority()?.as_str().to_lowercase();
    let usual = if uri.scheme_str() == Some("https") {
        ":443"
    } else {
        ":80"
    };
    let authority = authority.strip_suffix(usual).unwrap_or(&authority);
    (plain && !authority.contains('@'))
        .then(|| format!("{}://{authority}", uri.scheme_str().unwrap_or_default()))
}
