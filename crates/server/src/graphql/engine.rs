//! From a request to its answer, whatever the transport.

use std::{panic::AssertUnwindSafe, sync::Arc};

use async_graphql::{Executor, Request, parser::types::OperationType};
use axum::http::request::Parts;
use futures_util::{FutureExt, Stream, StreamExt};
use tokio::time::Instant;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::{
    Config, Door,
    answer::Answer,
    budget::{Budget, Charge},
    fault::{Code, Refusal},
    guard::{self, Plan},
    metrics::Metrics,
    persisted::Persisted,
    seats::Seats,
};

/// Everything the transports share.
pub(super) struct Engine<E, D> {
    schema: E,
    pub(super) door: D,
    pub(super) config: Config,
    pub(super) shutdown: CancellationToken,
    /// Holds the sockets, so that a stopping server can wait for their goodbyes.
    pub(super) tasks: TaskTracker,
    pub(super) sockets: Seats,
    pub(super) subscriptions: Seats,
    budget: Budget,
    metrics: Metrics,
    persisted: Persisted,
    known: guard::Known,
}

/// A caller whose credentials were checked.
pub(super) struct Session<C> {
    pub(super) caller: C,
    /// Whom the limits count.
    pub(super) counted_as: String,
}

/// A request that passed the guard.
pub(super) struct Admitted {
    request: Request,
    pub(super) plan: Plan,
}

/// A request that is paid for and has its data.
pub(super) struct Ready {
    admitted: Admitted,
    charge: Charge,
    request_id: String,
}

impl<E: Executor, D: Door> Engine<E, D> {
    pub(super) fn new(
        schema: E,
        door: D,
        config: Config,
        shutdown: CancellationToken,
        tasks: TaskTracker,
    ) -> Self {
        let limits = &config.limits;
        Self {
            schema,
            door,
            shutdown,
            tasks,
            sockets: Seats::new(limits.sockets_per_person, "graphql_sockets"),
            subscriptions: Seats::new(limits.subscriptions_per_person, "graphql_subscriptions"),
            budget: Budget::new(limits.budget, limits.refill),
            metrics: Metrics::default(),
            persisted: Persisted::new(config.documents.clone()),
            known: guard::Known::new(guard::KNOWN),
            config,
        }
    }

    pub(super) async fn open(
        &self,
        parts: &Parts,
        init: Option<&serde_json::Value>,
    ) -> Result<Session<D::Caller>, Refusal> {
        let caller = self.door.open(parts, init).await?;
        let counted_as = self.door.counted_as(&caller);
        Ok(Session { caller, counted_as })
    }

    /// Finds, reads and weighs the document.
    pub(super) fn admit(&self, mut request: Request) -> Result<Admitted, Refusal> {
        let new = self.persisted.resolve(&mut request)?;
        let plan = guard::plan(&mut request, &self.config, &self.known)?;
        if let Some(new) = new {
            self.persisted.remember(new, &request.query);
        }
        Ok(Admitted { request, plan })
    }

    /// Charges the caller and puts in what the resolvers need.
    pub(super) async fn ready(
        &self,
        session: &Session<D::Caller>,
        mut admitted: Admitted,
        request_id: &str,
    ) -> Result<Ready, Refusal> {
        let charge = self
            .budget
            .charge(&session.counted_as, admitted.plan.cost)
            .map_err(|wait| Refusal::throttled("The budget for queries is used up.", wait))?;
        admitted.request.data = self.door.operation(&session.caller).await?;
        Ok(Ready {
            admitted,
            charge,
            request_id: request_id.into(),
        })
    }

    /// The answer to a request that is not executed.
    pub(super) fn refuse(
        &self,
        session: Option<&Session<D::Caller>>,
        refusal: Refusal,
        request_id: &str,
    ) -> Answer {
        let mut answer = Answer::refused(refusal, request_id);
        if let Some(session) = session
            && let Ok(charge) = self.budget.charge(&session.counted_as, 0)
        {
            self.say_cost(&mut answer, charge);
        }
        self.metrics.count(None, answer.outcome());
        answer
    }

    /// Executes a query or a mutation.
    pub(super) async fn execute(&self, ready: Ready) -> Answer {
        let name = ready.admitted.plan.name;
        let begun = Instant::now();
        let response = AssertUnwindSafe(self.schema.execute(ready.admitted.request));
        let limits = &self.config.limits;
        let answer = match tokio::time::timeout(limits.request, response.catch_unwind()).await {
            Ok(Ok(response)) => Answer::executed(response, limits, &ready.request_id),
            Ok(Err(_)) => panicked(&ready.request_id),
            Err(_) => Answer::refused(Refusal::timeout(), &ready.request_id),
        };
        self.metrics.time(name.as_deref(), begun.elapsed());
        self.metrics.count(name.as_deref(), answer.outcome());
        self.with_cost(answer, ready.charge)
    }

    /// Executes any operation as a stream of answers: one, unless it is a subscription. Ends after a panic.
    pub(super) fn stream(
        self: &Arc<Self>,
        ready: Ready,
    ) -> impl Stream<Item = Answer> + Send + use<E, D> {
        let engine = self.clone();
        async move {
            if ready.admitted.plan.kind == OperationType::Subscription {
                engine.subscribe(ready).left_stream()
            } else {
                let answer = engine.execute(ready).await;
                futures_util::stream::iter([answer]).right_stream()
            }
        }
        .flatten_stream()
    }

    fn subscribe(self: Arc<Self>, ready: Ready) -> impl Stream<Item = Answer> + Send + use<E, D> {
        let name = ready.admitted.plan.name;
        let responses = self.schema.execute_stream(ready.admitted.request, None);
        AssertUnwindSafe(responses)
            .catch_unwind()
            .map(move |response| {
                let answer = match response {
                    Ok(response) => {
                        Answer::executed(response, &self.config.limits, &ready.request_id)
                    }
                    Err(_) => panicked(&ready.request_id),
                };
                self.metrics.count(name.as_deref(), answer.outcome());
                self.with_cost(answer, ready.charge)
            })
    }

    fn with_cost(&self, mut answer: Answer, charge: Charge) -> Answer {
        self.say_cost(&mut answer, charge);
        answer
    }

    fn say_cost(&self, answer: &mut Answer, charge: Charge) {
        let limits = &self.config.limits;
        let cost = async_graphql::value!({
            "requested": (charge.requested),
            "available": (charge.available),
            "capacity": (limits.budget),
            "refill": (limits.refill),
        });
        answer.extensions.insert("cost".into(), cost);
    }
}

fn panicked(request_id: &str) -> Answer {
    tracing::error!(request_id, "a resolver panicked");
    Answer::refused(
        Refusal::new(Code::Internal, "Something went wrong on our side."),
        request_id,
    )
}
