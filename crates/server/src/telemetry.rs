//! Logs, traces and metrics. Names and meanings of the metrics are here; whoever counts uses the
//! `metrics` macros with the same names.

use std::sync::OnceLock;
use std::time::Duration;

use anyhow::Context;
use metrics::{describe_counter, describe_gauge, describe_histogram};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use opentelemetry::trace::TracerProvider;
use opentelemetry_otlp::WithExportConfig;
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::SdkTracerProvider;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer};

use crate::config::{Config, LogFormat};

/// Bounds of the histograms of durations, in seconds.
const BUCKETS: [f64; 12] = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0,
];

/// How often the recorder folds its samples, also when nobody asks for `/metrics`.
const UPKEEP: Duration = Duration::from_secs(15);

/// Keeps the export of traces going; [`Tracing::finish`] sends what is left.
pub struct Tracing {
    provider: Option<SdkTracerProvider>,
}

impl Tracing {
    /// Sends the last traces. Blocks for a few seconds at most.
    pub fn finish(self) {
        if let Some(provider) = self.provider
            && let Err(error) = provider.shutdown()
        {
            tracing::warn!(%error, "the last traces were not sent");
        }
    }
}

/// Starts logging to stderr and, when an endpoint is set, the export of traces; logs panics.
pub fn start(config: &Config) -> anyhow::Result<Tracing> {
    let provider = match &config.telemetry.otlp_endpoint {
        Some(endpoint) => Some(exporter(endpoint).context("telemetry.otlp_endpoint")?),
        None => None,
    };
    let traces = provider
        .as_ref()
        .map(|provider| tracing_opentelemetry::layer().with_tracer(provider.tracer("sabaqtas")));
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    let lines = match config.log.format {
        LogFormat::Text => lines.with_ansi(false).boxed(),
        LogFormat::Json => lines
            .json()
            .flatten_event(true)
            .with_current_span(false)
            .boxed(),
    };
    let filter = EnvFilter::try_new(&config.log.filter).context("log.filter")?;
    tracing_subscriber::registry()
        .with(traces)
        .with(lines)
        .with(filter)
        .try_init()
        .context("logging was started twice")?;
    // The hook runs where the panic happens, so its line carries the id of the request.
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string);
        let message = panic.payload_as_str().unwrap_or("no message");
        tracing::error!(place, message, "panic");
    }));
    Ok(Tracing { provider })
}

fn exporter(endpoint: &str) -> anyhow::Result<SdkTracerProvider> {
    let exporter = opentelemetry_otlp::SpanExporter::builder()
        .with_http()
        .with_endpoint(format!("{endpoint}/v1/traces"))
        .build()?;
    Ok(SdkTracerProvider::builder()
        .with_batch_exporter(exporter)
        .with_resource(Resource::builder().with_service_name("sabaqtas").build())
        .build())
}

/// The recorder of this process, installed by the first call; always the same afterwards.
pub fn metrics() -> anyhow::Result<PrometheusHandle> {
    static RECORDER: OnceLock<PrometheusHandle> = OnceLock::new();
    if let Some(handle) = RECORDER.get() {
        return Ok(handle.clone());
    }
    let recorder = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("_seconds".into()), &BUCKETS)?
        .build_recorder();
    let handle = RECORDER.get_or_init(|| recorder.handle()).clone();
    // A second caller at the same moment loses this race, and that is all right.
    if metrics::set_global_recorder(recorder).is_ok() {
        describe();
    }
    Ok(handle)
}

/// Folds the recorder's samples for ever, so that a node nobody scrapes does not grow.
pub async fn keep_up(metrics: PrometheusHandle) {
    let mut ticks = tokio::time::interval(UPKEEP);
    loop {
        ticks.tick().await;
        metrics.run_upkeep();
    }
}

fn describe() {
    describe_counter!(
        "http_requests_total",
        "Requests answered, by route, method and status."
    );
    describe_histogram!("http_request_seconds", "Time to the head of an answer.");
    describe_counter!(
        "graphql_operations_total",
        "Operations executed, by name and outcome."
    );
    describe_histogram!("graphql_operation_seconds", "Time to execute an operation.");
    describe_counter!(
        "page_operations_total",
        "Operations that pages executed, by name."
    );
    describe_counter!("db_statements_total", "Statements sent to the database.");
    describe_gauge!(
        "db_pool_connections",
        "Connections to the database, by state."
    );
    describe_gauge!(
        "outbox_lag_seconds",
        "Age of the oldest fact not yet told to people."
    );
    describe_gauge!("outbox_parked", "Facts given up after ten attempts.");
    describe_gauge!("mail_parked", "Letters given up after ten attempts.");
    describe_counter!("notifications_total", "Notifications sent, by channel.");
    describe_gauge!("graphql_sockets", "WebSockets open.");
    describe_gauge!("graphql_subscriptions", "Subscriptions running.");
}
