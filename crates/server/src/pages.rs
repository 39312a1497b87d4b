//! The pages' operations, run in process as whoever visits.

use std::net::{IpAddr, Ipv4Addr};

use async_graphql::{Request, Response, ServerError};
use domain::db::Db;
use domain::session;
use files::Files;
use serde_json::Value;

use crate::client_address::ClientAddress;
use crate::config::Config;
use crate::door::{self, Entrance};
use crate::secret;

/// The schema, and the way in.
#[derive(Clone)]
pub struct Pages {
    /// What runs the operations.
    pub schema: api::Schema,
    /// Who visits.
    pub entrance: Entrance,
    /// The rows.
    pub db: Db,
    /// What keeps files.
    pub files: Files,
}

impl web::Execute for Pages {
    async fn execute(&self, caller: web::Caller, request: Value) -> Value {
        let response = match serde_json::from_value(request) {
            Ok(request) => self.run(caller, request).await,
            Err(error) => Response::from_errors(vec![ServerError::new(error.to_string(), None)]),
        };
        serde_json::to_value(response).unwrap_or_default()
    }

    async fn take(
        &self,
        caller: web::Caller,
        name: String,
        bytes: web::Sent<'_>,
    ) -> Result<String, String> {
        let viewer = self
            .entrance
            .visitor(caller.session.as_deref(), caller.language)
            .await;
        let file = match viewer {
            Ok(viewer) => self.files.take(viewer, &name, bytes).await,
            Err(_) => Err(files::Problem::Away),
        };
        file.map(|file| file.id.to_string())
            .map_err(|problem| problem.told(door::language(caller.language)))
    }
}

impl Pages {
    async fn run(&self, caller: web::Caller, mut request: Request) -> Response {
        let viewer = self
            .entrance
            .visitor(caller.session.as_deref(), caller.language)
            .await;
        let Ok(viewer) = viewer else {
            let fault = ServerError::new("nobody can be let in", None);
            return Response::from_errors(vec![fault]);
        };
        let operation = request.operation_name.clone().unwrap_or_default();
        metrics::counter!("page_operations_total", "operation" => operation).increment(1);
        let address = caller.extensions.get::<ClientAddress>();
        let from = session::Caller {
            address: address.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |address| address.0),
            agent: caller.user_agent,
            kind: session::Kind::Cookie,
        };
        request.data = api::data(self.db.access(viewer), from);
        self.schema.execute(request).await
    }
}

/// What a configuration says of the pages.
pub fn settings(config: &Config) -> anyhow::Result<web::Settings> {
    let key = secret::of(config)?.digest("the key of forms")?;
    let key = <[u8; 32]>::try_from(key);
    Ok(web::Settings {
        secure: config.server.is_https(),
        public_url: config.server.public_url.clone(),
        contact: config.mail.from.clone(),
        time_zone: config.installation.time_zone,
        form_key: key.map_err(|_| anyhow::anyhow!("a digest of 32 bytes"))?,
    })
}
