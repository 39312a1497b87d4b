//! Sends letters: by SMTP, or into files for installations without a mail server.

use std::path::PathBuf;
use std::time::Duration;

use chrono::Offset;
use domain::authz::{Job, Viewer};
use domain::clock::Timestamp;
use domain::db::Db;
use domain::mail::{
    self, Mail,
    queries::{Content, Letter},
};
use domain::text::Language;
use i18n::Locale;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp::PoolConfig;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::relay::in_time;
use crate::wording;

/// How many letters are sent at once.
const LANES: usize = 4;

/// How long a letter may take; far shorter than its claim lasts.
const PATIENCE: Duration = Duration::from_secs(30);

const POLL: Duration = Duration::from_secs(1);

/// Why a letter did not go out.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The text or an address can't be put into an e-mail.
    #[error("malformed letter: {0}")]
    Malformed(String),
    /// The mail server did not take it.
    #[error("mail server: {0}")]
    Server(#[from] lettre::transport::smtp::Error),
    /// It could not be written.
    #[error("mail file: {0}")]
    File(#[from] std::io::Error),
    /// Its content could not be read.
    #[error(transparent)]
    Domain(#[from] domain::error::Error),
    /// It took too long.
    #[error("the mail server took too long")]
    Slow,
}

/// Where letters go.
#[derive(Clone)]
pub enum Transport {
    /// To a mail server.
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    /// Into this directory, one `.eml` file each.
    Files(PathBuf),
}

impl Transport {
    /// A mail server: `smtp://user:password@host:port?tls=required`, `smtps://…`.
    pub fn smtp(url: &str) -> Result<Self, Error> {
        let server = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)?
            .timeout(Some(PATIENCE / 3))
            .pool_config(PoolConfig::new().max_size(u32::try_from(LANES).unwrap_or(1)))
            .build();
        Ok(Self::Smtp(server))
    }

    async fn send(&self, name: &str, message: Message) -> Result<(), Error> {
        match self {
            Self::Smtp(server) => {
                server.send(message).await?;
            }
            Self::Files(directory) => {
                tokio::fs::create_dir_all(directory).await?;
                let unfinished = directory.join(format!(".{name}.part"));
                tokio::fs::write(&unfinished, message.formatted()).await?;
                tokio::fs::rename(unfinished, directory.join(format!("{name}.eml"))).await?;
            }
        }
        Ok(())
    }
}

/// What every letter of an installation needs.
#[derive(Clone)]
pub struct Mailer {
    transport: Transport,
    from: Mailbox,
    public_url: String,
}

impl Mailer {
    /// Letters go through `transport`, come from `from` (`Sabaqtas <no-reply@example.kz>`), and link to pages under
    /// `public_url`.
    pub fn new(transport: Transport, from: &str, public_url: &str) -> Result<Self, Error> {
        Ok(Self {
            transport,
            from: from
                .parse()
                .map_err(|error| Error::Malformed(format!("{from}: {error}")))?,
            public_url: public_url.trim_end_matches('/').to_owned(),
        })
    }

    /// Sends letters as they fall due, until `stop`; then finishes those it has begun.
    pub async fn run(self, db: Db, stop: CancellationToken) {
        let mut sending = JoinSet::new();
        while !stop.is_cancelled() {
            let room = u64::try_from(LANES.saturating_sub(sending.len())).unwrap_or(0);
            let access = db.access(Viewer::system(Job::Relay));
            let claimed = in_time(mail::commands::claim(&access, room)).await;
            let claimed = claimed.unwrap_or_else(|error| {
                tracing::warn!(%error, "letters could not be claimed");
                Vec::new()
            });
            let more = !claimed.is_empty();
            for mail in claimed {
                let (mailer, db) = (self.clone(), db.clone());
                sending.spawn(async move { mailer.carry(&db, &mail).await });
            }
            if more && sending.len() < LANES {
                continue;
            }
            tokio::select! {
                () = stop.cancelled() => {}
                Some(_) = sending.join_next() => {}
                () = tokio::time::sleep(POLL), if sending.len() < LANES => {}
            }
        }
        while sending.join_next().await.is_some() {}
    }

    async fn carry(&self, db: &Db, mail: &Mail) {
        let outcome = tokio::time::timeout(PATIENCE, self.send(db, mail))
            .await
            .unwrap_or(Err(Error::Slow));
        let access = db.access(Viewer::system(Job::Relay));
        let noted = match outcome {
            Ok(()) => in_time(mail::commands::settle(&access, mail.id)).await,
            Err(error) => {
                tracing::warn!(mail = %mail.id, attempts = mail.attempts, %error, "a letter was not sent");
                in_time(mail::commands::fail(&access, mail)).await
            }
        };
        if let Err(error) = noted {
            tracing::warn!(mail = %mail.id, %error, "what came of a letter was not noted");
        }
    }

    async fn send(&self, db: &Db, mail: &Mail) -> Result<(), Error> {
        let access = db.access(Viewer::system(Job::Relay));
        let Some(letter) = mail::queries::letter(&access, mail).await? else {
            return Ok(());
        };
        let (subject, body) = self.write(&letter, db);
        let message = self.envelop(mail, &letter.to, subject, body, access.now())?;
        // The same name each time, so that a letter written again after a crash replaces itself.
        let name = format!("{}-{}", mail.created_at.format("%Y%m%dT%H%M%S"), mail.id);
        self.transport.send(&name, message).await?;
        metrics::counter!("notifications_total", "channel" => "email").increment(1);
        Ok(())
    }

    fn envelop(
        &self,
        mail: &Mail,
        to: &str,
        subject: String,
        body: String,
        now: Timestamp,
    ) -> Result<Message, Error> {
        let malformed = |error: &dyn std::fmt::Display| Error::Malformed(error.to_string());
        let host = self.from.email.domain();
        // No machine answers a letter that says it was written by one.
        let by_machine = HeaderValue::new(
            HeaderName::new_from_ascii_str("Auto-Submitted"),
            "auto-generated".to_owned(),
        );
        Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(
                None,
                to.parse()
                    .map_err(|error: lettre::address::AddressError| malformed(&error))?,
            ))
            .subject(subject)
            .date(now.into())
            .message_id(Some(format!("<{}@{host}>", mail.id)))
            .raw_header(by_machine)
            .header(ContentType::TEXT_PLAIN)
            .body(body)
            .map_err(|error| malformed(&error))
    }

    /// Subject and body.
    fn write(&self, letter: &Letter, db: &Db) -> (String, String) {
        let language = letter.language;
        let locale = wording::locale(language);
        let page = |path: &str| format!("{}/{locale}/{path}", self.public_url);
        match &letter.content {
            Content::Notice(fact) => {
                let notice = wording::notice(language, fact);
                let footer = locale.mail_notification_footer(page("notifications"));
                let (title, body) = notice.map_or_else(Default::default, |n| (n.title, n.body));
                let body = body.map(|body| format!("\n\n{body}")).unwrap_or_default();
                (title.clone(), format!("{title}{body}\n\n{footer}"))
            }
            Content::Digest { name, count, facts } => {
                let subject = locale.mail_digest_subject(*count);
                let intro = locale.mail_digest_intro(name);
                let footer = locale.mail_digest_footer(page("notifications"));
                let lines = listed(language, locale, *count, facts);
                (subject, format!("{intro}\n\n{lines}\n\n{footer}"))
            }
            Content::Invitation {
                inviter,
                place,
                role,
                token,
                expires_at,
            } => {
                let (_, scope) = place.read(language);
                let inviter = inviter
                    .clone()
                    .unwrap_or_else(|| locale.mail_invitation_from_platform());
                let zone = db.clock().zone();
                let offset = expires_at.with_timezone(&zone).offset().fix();
                let body = locale.mail_invitation_body(
                    locale.date_time(*expires_at, offset),
                    inviter,
                    page(&format!("invite/{token}")),
                    wording::role(locale, *role),
                    scope,
                );
                (locale.mail_invitation_subject(scope), body)
            }
            Content::SignIn { token, lasts } => (
                locale.mail_sign_in_subject(),
                locale.mail_sign_in_body(page(&format!("sign-in/{token}")), lasts.num_minutes()),
            ),
            Content::ResetPassword { token, lasts } => (
                locale.mail_password_reset_subject(),
                locale
                    .mail_password_reset_body(page(&format!("reset/{token}")), lasts.num_minutes()),
            ),
        }
    }
}

fn listed(language: Language, locale: Locale, count: u64, facts: &[domain::fact::Fact]) -> String {
    let mut lines: Vec<_> = facts
        .iter()
        .filter_map(|fact| wording::notice(language, fact))
        .map(|notice| format!("– {}", notice.title))
        .collect();
    let spelt_out = u64::try_from(facts.len()).unwrap_or(count);
    if count > spelt_out {
        lines.push(locale.mail_digest_more(count - spelt_out));
    }
    lines.join("\n")
}
