//! How an operation is executed.
//!
//! What the fields of one step read is read together, once the operation can't go on without it. A nullable field that
//! fails is null, and the rest of the answer is served: the library passes the error of a resolver that returns
//! `Result<Option<T>>` on to its parent, as if the field were non-null, so one failing root field would empty the whole
//! answer.

use std::sync::{Arc, Mutex, PoisonError};

use async_graphql::{
    Response, ServerError, ServerResult, Value,
    extensions::{
        Extension, ExtensionContext, ExtensionFactory, NextExecute, NextResolve, ResolveInfo,
    },
};

/// The extension of the schema that executes so.
pub struct Execution;

impl ExtensionFactory for Execution {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Kept::default())
    }
}

/// Errors of the fields that became null.
#[derive(Default)]
struct Kept(Mutex<Vec<ServerError>>);

#[async_graphql::async_trait::async_trait]
impl Extension for Kept {
    async fn execute(
        &self,
        context: &ExtensionContext<'_>,
        operation_name: Option<&str>,
        next: NextExecute<'_>,
    ) -> Response {
        let executed = next.run(context, operation_name);
        let mut response = match context.data_opt::<api::Reads>() {
            Some(reads) => reads.during(executed).await,
            None => executed.await,
        };
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        response.errors.append(&mut kept);
        response
    }

    async fn resolve(
        &self,
        context: &ExtensionContext<'_>,
        info: ResolveInfo<'_>,
        next: NextResolve<'_>,
    ) -> ServerResult<Option<Value>> {
        let nullable = !info.return_type.ends_with('!');
        match next.run(context, info).await {
            Err(error) if nullable => {
                let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
                kept.push(error);
                Ok(Some(Value::Null))
            }
            resolved => resolved,
        }
    }
}
