//! The piggy bank: the list of works. What is done with one is in the modules.

/// The filter that an address asks for, in an operation's own type.
macro_rules! asked_filter {
    ($operation:ident, $asked:expr) => {
        $operation::ResourceFilter {
            states: None,
            kinds: $asked.some("kind", &$crate::bank::wording::KINDS),
            languages: $asked.some("language", &$crate::word::LANGUAGES),
            subjects: $asked.one("subject").map(|code| vec![code]),
            grade: $asked.one("grade").and_then(|grade| grade.parse().ok()),
            licences: $asked.some("licence", &$crate::bank::write::LICENCES),
            author_id: None,
            school_id: $asked.one("school"),
            network_id: $asked.one("network"),
            tag: $asked.one("tag"),
            goal: $asked.one("goal"),
            changed_from: None,
            changed_before: None,
        }
    };
}

mod act;
mod author;
mod cite;
mod collection;
mod copy;
mod credit;
mod facet;
mod feed;
mod resource;
mod version;
pub(crate) mod wording;
mod write;

use askama::Template;
use axum::{Router, extract::Query, response::Response, routing::get};
use graphql_client::GraphQLQuery;

use self::facet::{Facets, Offer, counted};
use crate::{
    fault::{Fault, percent},
    visit::{Frame, Visit},
    window::Window,
    word::{self, Language, LicenceCode, ResourceKind, ResourceOrder, ResourceState},
};

pub(crate) fn routes() -> Router {
    Router::new()
        .route("/bank", get(list))
        .merge(act::routes())
        .merge(author::routes())
        .merge(cite::routes())
        .merge(collection::routes())
        .merge(copy::routes())
        .merge(credit::routes())
        .merge(feed::routes())
        .merge(resource::routes())
        .merge(version::routes())
        .merge(write::routes())
}

/// Where files are sent to.
pub(crate) fn sent_to() -> Router {
    write::sent_to()
}

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/bank.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar",
    extern_enums(
        "Language",
        "LicenceCode",
        "ResourceKind",
        "ResourceOrder",
        "ResourceState"
    )
)]
struct BankPage;

/// What the visitor asked for: the pairs of the address, as a form sends them.
struct Asked(Vec<(String, String)>);

impl Asked {
    fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let pairs = self.0.iter().filter(move |(key, _)| key == name);
        pairs
            .map(|(_, value)| value.trim())
            .filter(|value| !value.is_empty())
    }

    fn one(&self, name: &str) -> Option<String> {
        self.all(name).next().map(str::to_owned)
    }

    fn has(&self, name: &str, value: &str) -> bool {
        self.all(name).any(|other| other == value)
    }

    /// Those of these that were asked for; `None` when none was.
    fn some<T: serde::Serialize + Clone>(&self, name: &str, of: &[T]) -> Option<Vec<T>> {
        let wanted = of.iter().filter(|one| self.has(name, &word::written(one)));
        Some(wanted.cloned().collect::<Vec<_>>()).filter(|list| !list.is_empty())
    }

    fn window(&self) -> Window {
        Window::at(self.one("after"), self.one("before"))
    }

    /// The address of the list without its page, and without what `but` says is dropped.
    fn address(&self, frame: &Frame, but: impl Fn(&str, &str) -> bool) -> String {
        let mut address = format!("{}?", frame.at("/bank"));
        for (name, value) in &self.0 {
            let kept = CONDITIONS.contains(&&**name) || name == "order" || name == "q";
            if kept && !value.trim().is_empty() && !but(name, value) {
                address.push_str(&format!("{}={}&", percent(name), percent(value)));
            }
        }
        address
    }
}

/// What narrows the list down, as the address has it.
const CONDITIONS: [&str; 9] = [
    "kind", "language", "subject", "grade", "licence", "network", "tag", "goal", "school",
];

/// The orders, as the address has them.
const ORDERS: [ResourceOrder; 3] = [
    ResourceOrder::Newest,
    ResourceOrder::MostUsed,
    ResourceOrder::MostCopied,
];

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/bank_search.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar",
    extern_enums("Language", "LicenceCode", "ResourceKind", "ResourceState")
)]
struct BankSearchPage;

type Works = bank_page::BankPageResources;
type Hits = bank_search_page::BankSearchPageResourceSearch;

#[derive(Template)]
#[template(path = "bank/list.html")]
struct List {
    frame: Frame,
    asked: Asked,
    /// What was typed; empty when nothing was.
    q: String,
    works: Option<Works>,
    hits: Option<Hits>,
    facets: Facets,
    /// The subjects and the licences: what is sent, and how they are called.
    subjects: Vec<(String, String)>,
    licences: Vec<(String, String)>,
}

impl List {
    fn offer(&self) -> Offer<'_> {
        Offer {
            frame: &self.frame,
            asked: &self.asked,
            facets: &self.facets,
            subjects: &self.subjects,
            licences: &self.licences,
        }
    }

    /// How many there are in all.
    fn count(&self) -> Option<i64> {
        let listed = self.works.as_ref().and_then(|works| works.total_count);
        listed.or_else(|| self.hits.as_ref().and_then(|hits| hits.total_count))
    }

    fn nothing(&self) -> bool {
        self.works
            .as_ref()
            .is_none_or(|works| works.nodes.is_empty())
            && self.hits.as_ref().is_none_or(|hits| hits.nodes.is_empty())
    }

    fn orders(&self) -> Vec<(String, String, bool)> {
        let asked = self.asked.one("order").unwrap_or_default();
        let orders = ORDERS.iter().enumerate().map(|(index, order)| {
            let value = word::written(order);
            let current = asked == value || (asked.is_empty() && index == 0);
            (value, wording::order(&self.frame.say, order), current)
        });
        orders.collect()
    }

    /// The conditions that hold, each with the address that drops it.
    fn conditions(&self) -> Vec<(String, String)> {
        let say = &self.frame.say;
        let mut holding = self.offer().chosen();
        for name in ["tag", "goal", "school"] {
            for value in self.asked.all(name) {
                let label = match name {
                    "school" => say.bank_of_school(),
                    _ => value.to_owned(),
                };
                holding.push((name, value.to_owned(), label));
            }
        }
        let without = |name: &str, value: &str| {
            self.asked
                .address(&self.frame, |n, v| n == name && v.trim() == value)
        };
        let conditions = holding.into_iter().map(|(name, value, label)| {
            let without = without(name, &value);
            (label, without)
        });
        conditions.collect()
    }

    /// The list's address up to the cursor.
    fn address(&self) -> String {
        self.asked.address(&self.frame, |_, _| false)
    }
}

async fn list(visit: Visit, Query(pairs): Query<Vec<(String, String)>>) -> Result<Response, Fault> {
    let asked = Asked(pairs);
    let q = asked.one("q").unwrap_or_default();
    if q.is_empty() {
        by_order(visit, asked).await
    } else {
        by_words(visit, asked, q).await
    }
}

async fn by_order(visit: Visit, asked: Asked) -> Result<Response, Fault> {
    let window = asked.window();
    let order = asked.some("order", &ORDERS);
    let order = order.and_then(|all| all.into_iter().next());
    let variables = bank_page::Variables {
        filter: Some(asked_filter!(bank_page, asked)),
        order_by: order.unwrap_or(ResourceOrder::Newest),
        first: window.first(),
        after: window.after(),
        last: window.last(),
        before: window.before(),
    };
    let (frame, found) = visit.open::<BankPage>(variables).await?;
    let networks = found.networks.into_iter().flat_map(|list| list.nodes);
    let networks = networks.map(|one| (one.id, one.name.text, one.name.language));
    let (subjects, licences) = (found.subjects.into_iter(), found.licences.into_iter());
    visit.page(&List {
        frame,
        asked,
        q: String::new(),
        works: Some(found.resources.ok_or(Fault::NotFound)?),
        hits: None,
        facets: Facets {
            counts: None,
            networks: networks.collect(),
        },
        subjects: subjects
            .map(|subject| (subject.code, subject.name.text))
            .collect(),
        licences: licences
            .map(|licence| (word::written(&licence.code), licence.name))
            .collect(),
    })
}

async fn by_words(visit: Visit, asked: Asked, q: String) -> Result<Response, Fault> {
    let variables = bank_search_page::Variables {
        query: q.chars().take(300).collect(),
        filter: Some(asked_filter!(bank_search_page, asked)),
        after: asked.one("after"),
    };
    let (frame, found) = visit.open::<BankSearchPage>(variables).await?;
    let (subjects, licences) = (found.subjects.into_iter(), found.licences.into_iter());
    let hits = found.resource_search.ok_or(Fault::NotFound)?;
    visit.page(&List {
        frame,
        asked,
        q,
        works: None,
        facets: counted!(&hits.facets),
        hits: Some(hits),
        subjects: subjects
            .map(|subject| (subject.code, subject.name.text))
            .collect(),
        licences: licences
            .map(|licence| (word::written(&licence.code), licence.name))
            .collect(),
    })
}
