//! How pages reach the schema: operations typed against `schema.graphql`, run by whoever holds the schema.

use std::sync::Arc;

use axum::http::Extensions;
use bytes::Bytes;
use futures_util::{future::BoxFuture, stream::BoxStream};
use graphql_client::GraphQLQuery;
use i18n::Locale;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::fault::Fault;

/// Who asks, as far as the browser says.
#[derive(Clone)]
pub struct Caller {
    /// The session's token, when the browser sent one.
    pub session: Option<String>,
    /// The language of the page.
    pub language: Locale,
    /// The browser's name for itself; empty when it has none.
    pub user_agent: String,
    /// What the layers around the routes put on the request: the client's address, the request's id.
    pub extensions: Extensions,
}

/// Runs operations as the caller. The server implements it over the schema, in process.
pub trait Execute: Clone + Send + Sync + 'static {
    /// `request` is `{query, operationName, variables}`; the answer is a GraphQL response.
    fn execute(&self, caller: Caller, request: Value) -> impl Future<Output = Value> + Send;

    /// Keeps a file that came in a form: its id, or what keeps it out, as a sentence in the language of the page.
    fn take(
        &self,
        caller: Caller,
        name: String,
        bytes: Sent<'_>,
    ) -> impl Future<Output = Result<String, String>> + Send;
}

/// The bytes of a file in a form.
pub type Sent<'a> = BoxStream<'a, std::io::Result<Bytes>>;

/// An [`Execute`] without its type, so that pages compile here and once.
#[derive(Clone)]
pub(crate) struct Executor {
    run: Arc<Run>,
    take: Arc<Take>,
}

type Run = dyn Fn(Caller, Value) -> BoxFuture<'static, Value> + Send + Sync;
type Take =
    dyn for<'a> Fn(Caller, String, Sent<'a>) -> BoxFuture<'a, Result<String, String>> + Send + Sync;

impl Executor {
    pub(crate) fn new(executor: impl Execute) -> Self {
        let taker = executor.clone();
        Executor {
            run: Arc::new(move |caller, request| {
                let executor = executor.clone();
                Box::pin(async move { executor.execute(caller, request).await })
            }),
            take: Arc::new(move |caller, name, bytes| {
                let taker = taker.clone();
                Box::pin(async move { taker.take(caller, name, bytes).await })
            }),
        }
    }

    /// Keeps a file: its id, or why not.
    pub(crate) async fn take(
        &self,
        caller: Caller,
        name: String,
        bytes: Sent<'_>,
    ) -> Result<String, String> {
        (self.take)(caller, name, bytes).await
    }

    /// Runs one operation.
    pub(crate) async fn ask<Q: GraphQLQuery>(
        &self,
        caller: Caller,
        variables: Q::Variables,
    ) -> Result<Q::ResponseData, Fault> {
        let request = serde_json::to_value(Q::build_query(variables)).map_err(Fault::internal)?;
        read(&answer((self.run)(caller, request).await)?)
    }

    /// Runs one operation into which `frame` is written: a document with a fragment `Frame` on `Query`. What the two
    /// ask of the same field is read once and is in the answers of both.
    pub(crate) async fn ask_in<F: DeserializeOwned, Q: GraphQLQuery>(
        &self,
        frame: &str,
        caller: Caller,
        variables: Q::Variables,
    ) -> Result<(F, Q::ResponseData), Fault> {
        let body = Q::build_query(variables);
        let query = within(frame, body.query, body.operation_name);
        let query = query.ok_or_else(|| Fault::internal("a page without a query"))?;
        let request = json!({
            "query": query,
            "operationName": body.operation_name,
            "variables": body.variables,
        });
        let data = answer((self.run)(caller, request).await)?;
        Ok((read(&data)?, read(&data)?))
    }
}

/// The document with the fragment `Frame` of the other one first in its operation's selection.
fn within(frame: &str, document: &str, operation: &str) -> Option<String> {
    let (before, operation_on) = document.split_once(&format!("query {operation}"))?;
    // Between the name and the selection are variables; none of ours has braces in its default.
    let (variables, selection) = operation_on.split_once('{')?;
    Some(format!(
        "{before}query {operation}{variables}{{\n  ...Frame{selection}\n{frame}"
    ))
}

fn read<T: DeserializeOwned>(data: &Value) -> Result<T, Fault> {
    T::deserialize(data).map_err(Fault::internal)
}

/// The data. Any top-level error is a fault, even beside data: a page shows the whole or says why not.
fn answer(response: Value) -> Result<Value, Fault> {
    let response: graphql_client::Response<Value> =
        serde_json::from_value(response).map_err(Fault::internal)?;
    if let Some(error) = response.errors.unwrap_or_default().first() {
        let code = error
            .extensions
            .as_ref()
            .and_then(|extensions| extensions.get("code"))
            .and_then(Value::as_str);
        return Err(match code {
            Some("SIGN_IN_REQUIRED") => Fault::SignIn,
            Some("THROTTLED") => Fault::Throttled,
            // Of what a page sends, only an address bar can bring these.
            Some("CURSOR" | "PAGE_SIZE" | "NOT_FOUND" | "NOT_PERMITTED") => Fault::NotFound,
            _ => Fault::internal(error),
        });
    }
    response.data.ok_or_else(|| Fault::internal("no data"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_frame_is_written_into_the_operation_that_runs() {
        let frame = "fragment Frame on Query { viewer { language } }";
        let document = "query B { b }\n\nquery A($id: ID!) {\n  a(id: $id) { name }\n}\n";
        assert_eq!(
            within(frame, document, "A").unwrap(),
            format!(
                "query B {{ b }}\n\nquery A($id: ID!) {{\n  ...Frame\n  a(id: $id) {{ name }}\n}}\n\n{frame}"
            )
        );
        assert_eq!(within(frame, document, "C"), None);
    }
}
