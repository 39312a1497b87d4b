//! The six documents, in each contender's words, asked of the same rows.

use serde_json::{Value, json};

/// What a document is called and where its answer shows that it is one.
pub struct Document {
    /// Its name in the table.
    pub name: &'static str,
    /// In GraphQL, for the product.
    pub ours: &'static str,
    /// In GraphQL, as PostGraphile names the same tables.
    pub theirs: &'static str,
    /// What a good answer of the product and of PostGraphile contains.
    pub good: [&'static str; 2],
    /// What is owed and what is aimed at.
    pub goals: Goals,
}

/// At 8 connections; what must hold first, then what is aimed at.
pub struct Goals {
    /// CPU of server and database over the limit's, at the most.
    pub over_limit: [f64; 2],
    /// The same over PostGraphile's.
    pub over_postgraphile: [f64; 2],
    /// Requests a second over PostGraphile's, at the least.
    pub rate: [f64; 2],
    /// Statements, at the most.
    pub statements: [f64; 2],
}

const fn goals(
    over_limit: [f64; 2],
    over_postgraphile: [f64; 2],
    rate: [f64; 2],
    statements: [f64; 2],
) -> Goals {
    Goals {
        over_limit,
        over_postgraphile,
        rate,
        statements,
    }
}

/// All six.
pub const DOCUMENTS: [Document; 6] = [
    Document {
        name: "school page, network, 20 partners",
        ours: "query School($id: ID!) { school(id: $id) { id name { kk ru en } place kind state networks { id name { kk ru en } theme state activePartnerships
            partnerships(first: 20, states: [ACTIVE]) { nodes { id state activeSince magnetic { id name { kk ru en } place } } } } } }",
        theirs: "query School($id: UUID!) { schoolByRowId(rowId: $id) { rowId nameKk nameRu nameEn place kind state networkLeadsBySchoolId { nodes { networkByNetworkId { rowId nameKk nameRu nameEn theme state activePartnerships
            partnershipsByNetworkId(first: 20, orderBy: [CREATED_AT_DESC]) { nodes { rowId state activeSince schoolByMagneticId { rowId nameKk nameRu nameEn place } } } } } } } }",
        good: ["activeSince", "activeSince"],
        goals: goals([2.4, 1.8], [0.75, 0.5], [1.5, 2.5], [5.0, 3.0]),
    },
    Document {
        name: "network page",
        ours: "query Network($id: ID!) { network(id: $id) { id name { kk ru en } theme state activePartnerships leading { id name { kk ru en } }
            partnerships(first: 20, states: [ACTIVE]) { nodes { id state activeSince magnetic { id name { kk ru en } place } } } } }",
        theirs: "query Network($id: UUID!) { networkByRowId(rowId: $id) { rowId nameKk nameRu nameEn theme state activePartnerships networkLeadsByNetworkId { nodes { schoolBySchoolId { rowId nameKk nameRu nameEn } } }
            partnershipsByNetworkId(first: 20, orderBy: [CREATED_AT_DESC]) { nodes { rowId state activeSince schoolByMagneticId { rowId nameKk nameRu nameEn place } } } } }",
        good: ["activeSince", "activeSince"],
        goals: goals([2.4, 1.8], [0.75, 0.55], [1.5, 2.5], [6.0, 4.0]),
    },
    Document {
        name: "my 20 notifications, unread count",
        ours: "query Inbox { viewer { unreadCount notifications(first: 20) { nodes { id reason createdAt readAt title } } } }",
        theirs: "query Inbox($id: UUID!) { inboxByPersonId(personId: $id) { unread } allNotifications(condition: { personId: $id }, first: 20, orderBy: [NUMBER_DESC]) { nodes { rowId reason createdAt readAt outboxByFactId { fact } } } }",
        good: ["createdAt", "createdAt"],
        goals: goals([2.2, 1.7], [0.6, 0.45], [2.0, 3.0], [4.0, 3.0]),
    },
    Document {
        name: "school search, 20 and the total",
        ours: "query Search($text: String!) { schools(query: $text, first: 20) { totalCount nodes { id name { kk ru en } place kind } } }",
        theirs: "query Search($text: String!) { benchSearch(q: $text) }",
        good: ["totalCount", "totalCount"],
        goals: goals([1.3, 1.15], [0.65, 0.55], [1.5, 2.0], [4.0, 3.0]),
    },
    Document {
        name: "page deep in a long list",
        ours: "query Deep($after: String!) { partnerships(first: 20, after: $after, orderBy: NEWEST) { nodes { id state createdAt magnetic { id name { kk ru en } } } } }",
        theirs: "query Deep($after: Cursor!) { allPartnerships(first: 20, after: $after, orderBy: [CREATED_AT_DESC, PRIMARY_KEY_DESC]) { nodes { rowId state createdAt schoolByMagneticId { rowId nameKk nameRu nameEn } } } }",
        good: ["createdAt", "createdAt"],
        goals: goals([2.2, 1.7], [0.7, 0.5], [2.0, 3.0], [3.0, 2.0]),
    },
    Document {
        name: "mutation: a school invites another",
        ours: "mutation Invite($input: PartnershipInviteInput!) { partnershipInvite(input: $input) { partnership { id state version } userErrors { code field } } }",
        theirs: "mutation Invite($network: UUID!, $magnetic: UUID!) { benchInvite(input: { network: $network, magnetic: $magnetic }) { result } }",
        good: ["INVITED", "invited"],
        goals: goals([2.6, 2.0], [0.6, 0.45], [2.0, 3.0], [4.0, 3.0]),
    },
];

/// The place of the mutation.
pub const MUTATION: usize = 5;

/// A GraphQL request's body.
pub fn body(document: &str, variables: Value) -> String {
    json!({ "query": document, "variables": variables }).to_string()
}

/// A key as the product prints it.
pub fn printed(prefix: &str, key: uuid::Uuid) -> String {
    format!("{prefix}_{}", key.simple())
}
