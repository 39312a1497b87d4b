//! For administrators of the platform: people, the event log, imports. For others these pages are not there.

mod announcement;
mod person;

use askama::Template;
use axum::{
    Router,
    extract::{Path, Query},
    response::Response,
    routing::get,
};
use graphql_client::GraphQLQuery;
use serde::Deserialize;

use crate::{
    fault::{Fault, percent},
    scalar::Id,
    visit::{Frame, Visit},
    window::Window,
    word::{self, ImportKind},
};

pub(crate) fn routes() -> Router {
    Router::new()
        .merge(announcement::routes())
        .merge(person::routes())
        .route("/admin/audit", get(audit))
        .route("/admin/imports", get(imports))
        .route("/admin/imports/{id}", get(import))
}

/// The layout, for administrators alone.
async fn frame(visit: &Visit) -> Result<Frame, Fault> {
    let frame = visit.frame().await?;
    if frame.viewer.is_none() {
        return Err(Fault::SignIn);
    }
    if frame.admin() {
        Ok(frame)
    } else {
        Err(Fault::NotFound)
    }
}

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/audit.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar"
)]
struct AuditPage;

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/imports.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar",
    extern_enums("ImportKind")
)]
struct ImportsPage;

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/import.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar"
)]
struct ImportPage;

#[derive(Deserialize)]
struct Search {
    #[serde(default)]
    action: String,
    #[serde(flatten)]
    window: Window,
}

#[derive(Template)]
#[template(path = "admin/audit.html")]
struct Audit {
    frame: Frame,
    action: String,
    entries: audit_page::AuditPageAudit,
}

impl Audit {
    /// The list's address up to the cursor.
    fn address(&self) -> String {
        let action = percent(&self.action);
        format!("{}?action={action}&", self.frame.at("/admin/audit"))
    }
}

async fn audit(visit: Visit, Query(search): Query<Search>) -> Result<Response, Fault> {
    let frame = frame(&visit).await?;
    let action = search.action.trim().to_owned();
    let variables = audit_page::Variables {
        action: Some(action.clone()).filter(|action| !action.is_empty()),
        first: search.window.first(),
        after: search.window.after(),
        last: search.window.last(),
        before: search.window.before(),
    };
    let found = visit.ask::<AuditPage>(variables).await?;
    visit.page(&Audit {
        frame,
        action,
        entries: found.audit.ok_or(Fault::NotFound)?,
    })
}

#[derive(Template)]
#[template(path = "admin/imports.html")]
struct Imports {
    frame: Frame,
    runs: imports_page::ImportsPageImportRuns,
}

impl Imports {
    /// How many rows were not taken.
    fn rejected(run: &imports_page::ImportsPageImportRunsNodes) -> i64 {
        let list = run.rejections.as_ref();
        list.and_then(|list| list.total_count).unwrap_or_default()
    }
}

async fn imports(visit: Visit, Query(window): Query<Window>) -> Result<Response, Fault> {
    let frame = frame(&visit).await?;
    let variables = imports_page::Variables {
        first: window.first(),
        after: window.after(),
        last: window.last(),
        before: window.before(),
    };
    let found = visit.ask::<ImportsPage>(variables).await?;
    visit.page(&Imports {
        frame,
        runs: found.import_runs.ok_or(Fault::NotFound)?,
    })
}

#[derive(Template)]
#[template(path = "admin/import.html")]
struct Import {
    frame: Frame,
    id: Id,
    file: String,
    rejections: import_page::ImportPageNodeOnImportRunRejections,
}

impl Import {
    /// The list's address up to the cursor.
    fn address(&self) -> String {
        format!("{}{}?", self.frame.at("/admin/imports/"), self.id)
    }

    fn code(row: &import_page::ImportPageNodeOnImportRunRejectionsNodes) -> String {
        word::written(&row.code)
    }
}

async fn import(
    visit: Visit,
    Path(id): Path<String>,
    Query(window): Query<Window>,
) -> Result<Response, Fault> {
    let frame = frame(&visit).await?;
    let variables = import_page::Variables {
        id,
        first: window.first(),
        after: window.after(),
        last: window.last(),
        before: window.before(),
    };
    let found = visit.ask::<ImportPage>(variables).await?;
    let Some(import_page::ImportPageNode::ImportRun(run)) = found.node else {
        return Err(Fault::NotFound);
    };
    visit.page(&Import {
        frame,
        id: run.id,
        file: run.file,
        rejections: run.rejections.ok_or(Fault::NotFound)?,
    })
}
