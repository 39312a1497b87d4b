//! `sabaqtas check`: what an installation needs, looked at one by one, and how to mend what fails.

use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

use axum::http::Uri;
use files::{Place, Store};

use crate::config::Config;

/// Longest to wait for another machine.
const DEADLINE: Duration = Duration::from_secs(5);

/// One thing looked at.
#[derive(Debug)]
pub struct Finding {
    /// What was looked at.
    pub what: &'static str,
    /// What was found.
    pub state: Result<String, Trouble>,
}

/// Something wrong.
#[derive(Debug)]
pub struct Trouble {
    /// What is wrong.
    pub wrong: String,
    /// How to mend it.
    pub mend: String,
}

impl Trouble {
    /// `wrong`, and how to mend it.
    pub fn new(wrong: impl ToString, mend: impl Into<String>) -> Self {
        Trouble {
            wrong: wrong.to_string(),
            mend: mend.into(),
        }
    }
}

/// Looks at everything. `database` connects and says which version of the tables it found.
pub async fn check(
    config: &Config,
    database: impl AsyncFnOnce(&Config) -> Result<String, Trouble>,
) -> Vec<Finding> {
    vec![
        Finding {
            what: "data folder",
            state: folder(&config.data),
        },
        Finding {
            what: "public address",
            state: public_address(config),
        },
        Finding {
            what: "secret",
            state: secret(config),
        },
        Finding {
            what: "database",
            state: in_time(database(config), "database.url", "SABAQTAS_DATABASE_URL").await,
        },
        Finding {
            what: "files",
            state: in_time(files(config), "files.endpoint", "SABAQTAS_FILES_ENDPOINT").await,
        },
        Finding {
            what: "redis",
            state: in_time(redis(config), "redis.url", "SABAQTAS_REDIS_URL").await,
        },
        Finding {
            what: "mail",
            state: in_time(mail(config), "mail.smtp_url", "SABAQTAS_MAIL_SMTP_URL").await,
        },
    ]
}

/// Writes the findings for a person; is all well?
pub fn report(findings: &[Finding], mut to: impl Write) -> io::Result<bool> {
    for Finding { what, state } in findings {
        match state {
            Ok(found) => writeln!(to, "ok     {what}: {found}")?,
            Err(trouble) => {
                writeln!(to, "WRONG  {what}: {}", trouble.wrong)?;
                writeln!(to, "       to mend it: {}", trouble.mend)?;
            }
        }
    }
    Ok(findings.iter().all(|finding| finding.state.is_ok()))
}

async fn in_time(
    looking: impl Future<Output = Result<String, Trouble>>,
    key: &str,
    variable: &str,
) -> Result<String, Trouble> {
    tokio::time::timeout(DEADLINE, looking)
        .await
        .unwrap_or_else(|_elapsed| {
            Err(Trouble::new(
                format!("no answer within {DEADLINE:?}"),
                format!(
                    "is the host of {key} ({variable}) right, and does a firewall let us through?"
                ),
            ))
        })
}

/// Can we write there? Makes the folder, as `serve` would.
fn folder(data: &Path) -> Result<String, Trouble> {
    let probe = data.join(format!(".check-{}", std::process::id()));
    std::fs::create_dir_all(data)
        .and_then(|()| std::fs::write(&probe, b"check"))
        .and_then(|()| std::fs::remove_file(&probe))
        .map(|()| format!("{} can be written", data.display()))
        .map_err(|error| {
            Trouble::new(
                format!("{}: {error}", data.display()),
                "let the user who runs sabaqtas write there, make room, or set data (SABAQTAS_DATA) to another folder",
            )
        })
}

fn public_address(config: &Config) -> Result<String, Trouble> {
    let server = &config.server;
    if server.public_url.is_none() && !server.listen.ip().is_loopback() {
        return Err(Trouble::new(
            format!("links in mails would begin with http://{}", server.listen),
            "set server.public_url (SABAQTAS_SERVER_PUBLIC_URL) to what people's browsers use",
        ));
    }
    Ok(server.public_url(server.listen))
}

/// Nodes that each made their own would refuse one another's links.
fn secret(config: &Config) -> Result<String, Trouble> {
    match (&config.installation.secret, &config.redis) {
        (Some(_), _) => Ok("from the configuration".into()),
        (None, None) => Ok(format!("in {}", config.data.join("secret").display())),
        (None, Some(_)) => Err(Trouble::new(
            "several nodes share a Redis, but each keeps its secret in its own data folder",
            "set installation.secret (SABAQTAS_INSTALLATION_SECRET) to the same on every node",
        )),
    }
}

/// Can files be put, read and removed? A folder is seen by this node alone.
async fn files(config: &Config) -> Result<String, Trouble> {
    let wrong = |error: &dyn ToString| {
        Trouble::new(
            error.to_string(),
            "let sabaqtas write in files of the data folder, or correct files.bucket, files.endpoint and their keys \
             (SABAQTAS_FILES_…)",
        )
    };
    let own = Place::Folder(config.data.join("files"));
    if config.redis.is_some() && config.files.place == own {
        return Err(Trouble::new(
            "several nodes share a Redis, but each keeps files in its own data folder",
            "set files.folder (SABAQTAS_FILES_FOLDER) to one that all share, or files.bucket (SABAQTAS_FILES_BUCKET)",
        ));
    }
    let store = Store::open(&config.files.place).map_err(|error| wrong(&error))?;
    store.probe().await.map_err(|error| wrong(&error))?;
    Ok(match &config.files.place {
        Place::Folder(folder) => format!("in {}", folder.display()),
        Place::Bucket(bucket) => format!("in the bucket {}", bucket.name),
    })
}

async fn redis(config: &Config) -> Result<String, Trouble> {
    let Some(redis) = &config.redis else {
        return Ok("not set: one node, with a bus in the process".into());
    };
    let ping = async {
        let client = redis::Client::open(redis.url.expose())?;
        let mut connection = client.get_multiplexed_async_connection().await?;
        redis::cmd("PING")
            .query_async::<String>(&mut connection)
            .await
    };
    ping.await.map(|_pong| "answers".into()).map_err(|error| {
        Trouble::new(
            error,
            "start Redis, correct redis.url (SABAQTAS_REDIS_URL), or leave it out for a single node",
        )
    })
}

/// Only whether someone listens: logging in would show up in the log of the mail server.
async fn mail(config: &Config) -> Result<String, Trouble> {
    let Some(url) = &config.mail.smtp_url else {
        return Ok(format!(
            "not sent: mails are written to {}",
            config.data.join("mail").display()
        ));
    };
    let wrong = |error: &dyn ToString| {
        Trouble::new(
            error.to_string(),
            "correct the host and port of mail.smtp_url (SABAQTAS_MAIL_SMTP_URL)",
        )
    };
    let uri: Uri = url.expose().parse().map_err(|error| wrong(&error))?;
    let host = uri.host().unwrap_or_default();
    let port = uri.port_u16().unwrap_or(match uri.scheme_str() {
        Some("smtps") => 465,
        _ if uri.query().is_some() => 587,
        _ => 25,
    });
    let address = format!("{host}:{port}");
    match tokio::net::TcpStream::connect(&address).await {
        Ok(_) => Ok(format!("{address} answers")),
        Err(error) => Err(wrong(&format!("{address}: {error}"))),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    async fn findings(settings: &[(&str, &str)]) -> (bool, String) {
        let environment: BTreeMap<String, String> = settings
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        let config = Config::parse(b"", environment).unwrap();
        let database = async |_: &Config| Ok("tables are up to date".to_owned());
        let mut text = Vec::new();
        let well = report(&check(&config, database).await, &mut text).unwrap();
        (well, String::from_utf8(text).unwrap())
    }

    fn data(name: &str) -> String {
        let folder =
            std::env::temp_dir().join(format!("sabaqtas-check-{name}-{}", std::process::id()));
        folder
            .to_str()
            .expect("a temporary folder in UTF-8")
            .to_owned()
    }

    /// The files in a folder and the folders in it.
    fn files_under(folder: &str) -> Vec<String> {
        let mut found = Vec::new();
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path().to_str().unwrap().to_owned();
            if std::path::Path::new(&path).is_dir() {
                found.extend(files_under(&path));
            } else {
                found.push(path);
            }
        }
        found
    }

    #[tokio::test]
    async fn a_fresh_installation_is_well() {
        let folder = data("fresh");
        let (well, text) = findings(&[("SABAQTAS_DATA", &folder)]).await;
        assert!(well, "{text}");
        assert_eq!(files_under(&folder), [""; 0], "the probe was left behind");
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[tokio::test]
    async fn each_trouble_names_the_setting_that_mends_it() {
        // A port nobody listens on: bound, then given back.
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = free.local_addr().unwrap();
        drop(free);
        let file = data("file");
        std::fs::write(&file, b"no folder").unwrap();
        let (well, text) = findings(&[
            ("SABAQTAS_DATA", &file),
            ("SABAQTAS_SERVER_LISTEN", "0.0.0.0:80"),
            ("SABAQTAS_REDIS_URL", &format!("redis://:hunter2@{address}")),
            (
                "SABAQTAS_MAIL_SMTP_URL",
                &format!("smtp://u:hunter2@{address}"),
            ),
            ("SABAQTAS_MAIL_FROM", "a@b"),
        ])
        .await;
        std::fs::remove_file(file).unwrap();
        assert!(!well && !text.contains("hunter2"), "{text}");
        for name in [
            "DATA",
            "SERVER_PUBLIC_URL",
            "INSTALLATION_SECRET",
            "REDIS_URL",
            "MAIL_SMTP_URL",
        ] {
            assert!(
                text.contains(&format!("(SABAQTAS_{name})")),
                "{name} not in {text}"
            );
        }
    }
}
