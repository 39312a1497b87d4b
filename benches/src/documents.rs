//! The documents, in each contender's words, asked of the same rows.

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
    /// Who asks the product; the others know of nobody.
    pub by: By,
    /// Whether all answers say the same, leaf by leaf.
    pub alike: bool,
    /// How a mutation is taken back, so that every run does it anew.
    pub undo: Option<&'static str>,
    /// What is owed and what is aimed at.
    pub goals: Goals,
}

/// One of those whom `sabaqtas generate` made tokens for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum By {
    Guest,
    Coordinator,
    Reader,
    Teacher,
}

/// At 8 connections; what must hold first, then what is aimed at.
pub struct Goals {
    /// CPU of server and database over the limit's, at the most.
    pub over_limit: [f64; 2],
    /// The same over PostGraphile's.
    pub over_postgraphile: [f64; 2],
    /// Requests a second over those of two PostGraphiles, at the least.
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

/// All of them.
pub const DOCUMENTS: [Document; 11] = [
    Document {
        name: "school page, network, 20 partners",
        ours: "query School($id: ID!) { school(id: $id) { id name { kk ru en } place kind state networks { id name { kk ru en } theme state activePartnerships
            partnerships(first: 20, states: [ACTIVE]) { nodes { id state activeSince magnetic { id name { kk ru en } place } } } } } }",
        theirs: "query School($id: UUID!) { schoolByRowId(rowId: $id) { rowId nameKk nameRu nameEn place kind state networkLeadsBySchoolId { nodes { networkByNetworkId { rowId nameKk nameRu nameEn theme state activePartnerships
            partnershipsByNetworkId(first: 20, orderBy: [CREATED_AT_DESC]) { nodes { rowId state activeSince schoolByMagneticId { rowId nameKk nameRu nameEn place } } } } } } } }",
        good: ["activeSince", "activeSince"],
        by: By::Coordinator,
        alike: true,
        undo: None,
        goals: goals([2.4, 1.8], [0.75, 0.5], [1.5, 2.5], [5.0, 3.0]),
    },
    Document {
        name: "network page",
        ours: "query Network($id: ID!) { network(id: $id) { id name { kk ru en } theme state activePartnerships leading { id name { kk ru en } }
            partnerships(first: 20, states: [ACTIVE]) { nodes { id state activeSince magnetic { id name { kk ru en } place } } } } }",
        theirs: "query Network($id: UUID!) { networkByRowId(rowId: $id) { rowId nameKk nameRu nameEn theme state activePartnerships networkLeadsByNetworkId { nodes { schoolBySchoolId { rowId nameKk nameRu nameEn } } }
            partnershipsByNetworkId(first: 20, orderBy: [CREATED_AT_DESC]) { nodes { rowId state activeSince schoolByMagneticId { rowId nameKk nameRu nameEn place } } } } }",
        good: ["activeSince", "activeSince"],
        by: By::Coordinator,
        alike: true,
        undo: None,
        goals: goals([2.4, 1.8], [0.75, 0.55], [1.5, 2.5], [6.0, 4.0]),
    },
    Document {
        name: "my 20 notifications, unread count",
        ours: "query Inbox { viewer { unreadCount notifications(first: 20) { nodes { id reason createdAt readAt title } } } }",
        theirs: "query Inbox($id: UUID!) { inboxByPersonId(personId: $id) { unread } allNotifications(condition: { personId: $id }, first: 20, orderBy: [NUMBER_DESC]) { nodes { rowId reason createdAt readAt outboxByFactId { fact } } } }",
        good: ["createdAt", "createdAt"],
        by: By::Reader,
        // The product writes the sentence, the others send the fact.
        alike: false,
        undo: None,
        goals: goals([2.2, 1.7], [0.6, 0.45], [2.0, 3.0], [4.0, 3.0]),
    },
    Document {
        name: "school search, 20 and the total",
        ours: "query Search($text: String!) { schools(query: $text, first: 20) { totalCount nodes { id name { kk ru en } place kind } } }",
        theirs: "query Search($text: String!) { benchSearch(q: $text) }",
        good: ["totalCount", "totalCount"],
        by: By::Coordinator,
        alike: true,
        undo: None,
        goals: goals([1.3, 1.15], [0.65, 0.55], [1.5, 2.0], [4.0, 3.0]),
    },
    Document {
        name: "page deep in a long list",
        ours: "query Deep($after: String!) { partnerships(first: 20, after: $after, orderBy: NEWEST) { nodes { id state createdAt magnetic { id name { kk ru en } } } } }",
        theirs: "query Deep($after: Cursor!) { allPartnerships(first: 20, after: $after, orderBy: [CREATED_AT_DESC, PRIMARY_KEY_DESC]) { nodes { rowId state createdAt schoolByMagneticId { rowId nameKk nameRu nameEn } } } }",
        good: ["createdAt", "createdAt"],
        by: By::Coordinator,
        // PostGraphile filters by what has an index alone, so partnerships that ended are in its page.
        alike: false,
        undo: None,
        goals: goals([2.2, 1.7], [0.7, 0.5], [2.0, 3.0], [3.0, 2.0]),
    },
    Document {
        name: "mutation: a school invites another",
        ours: "mutation Invite($input: PartnershipInviteInput!) { partnershipInvite(input: $input) { partnership { id state version } userErrors { code field } } }",
        theirs: "mutation Invite($network: UUID!, $magnetic: UUID!) { benchInvite(input: { network: $network, magnetic: $magnetic }) { result } }",
        good: ["INVITED", "invited"],
        by: By::Coordinator,
        // The row is a new one each time.
        alike: false,
        undo: Some(UNDO_INVITATION),
        goals: goals([2.6, 2.0], [0.6, 0.45], [2.0, 3.0], [4.0, 3.0]),
    },
    Document {
        name: "search of works, 20, total and facets",
        ours: "query Find($text: String!) { resourceSearch(query: $text, first: 20) { totalCount facets { kinds { kind count } languages { language count } grades { grade count } }
            nodes { resource { id kind title { kk ru en } useCount } } } }",
        theirs: "query Find($words: [String!]!, $stems: [String!]!, $reach: [UUID!]!) { benchFind(words: $words, stems: $stems, reach: $reach) }",
        good: ["totalCount", "totalCount"],
        by: By::Coordinator,
        alike: true,
        undo: None,
        goals: goals([1.3, 1.15], [0.65, 0.55], [1.5, 2.0], [4.0, 3.0]),
    },
    Document {
        name: "page of a work",
        ours: "query Work($id: ID!) { resource(id: $id) { id kind title { kk ru en } useCount copyCount endorsementCount commentCount newest { number body } authors { name }
            comments(first: 20) { nodes { id text createdAt person { id name } } } uses(first: 20) { nodes { id note heldOn grade rating person { id name } } } } }",
        theirs: "query Work($id: UUID!) { resourceByRowId(rowId: $id) { rowId kind titleKk titleRu titleEn uses copies endorsements comments
            resourceVersionsByResourceId(first: 1, orderBy: [NUMBER_DESC]) { nodes { number body } }
            resourceAuthorsByResourceId { nodes { personByPersonId { name } } }
            resourceCommentsByResourceId(first: 20, orderBy: [CREATED_AT_ASC]) { nodes { rowId text createdAt personByPersonId { rowId name } } }
            resourceUsesByResourceId(first: 20, orderBy: [CREATED_AT_DESC]) { nodes { rowId note heldOn grade rating personByPersonId { rowId name } } } } }",
        good: ["heldOn", "heldOn"],
        by: By::Coordinator,
        alike: true,
        undo: None,
        goals: goals([2.4, 1.8], [0.75, 0.5], [1.5, 2.5], [5.0, 3.0]),
    },
    Document {
        name: "page deep in all works",
        ours: "query Works($after: String!) { resources(first: 20, after: $after, filter: { states: [SHARED] }) { nodes { id kind state title { kk ru en } useCount } } }",
        theirs: "query Works($id: UUID!, $text: String!) { benchWorks(id: $id, at: $text) }",
        good: ["kind", "kind"],
        by: By::Guest,
        alike: true,
        undo: None,
        goals: goals([2.2, 1.7], [0.7, 0.5], [2.0, 3.0], [3.0, 2.0]),
    },
    Document {
        name: "workspace of a study",
        ours: "query Workspace($id: ID!) { study(id: $id) { id theme question grade state template { id lessons name { kk ru en } stages { number kind name { kk ru en } } }
            school { id name { kk ru en } } network { id name { kk ru en } } members { id role state person { id name } school { id name { kk ru en } } }
            casePupils { id letter typifies level } lessons { id number state topic classLabel taughtAt } notes(first: 20) { nodes { id body createdAt author { id name } } } } }",
        theirs: "query Workspace($id: UUID!) { studyByRowId(rowId: $id) { rowId theme question grade state
            studyTemplateByTemplateId { rowId lessons nameKk nameRu nameEn studyTemplateStagesByTemplateId(orderBy: [NUMBER_ASC]) { nodes { number kind nameKk nameRu nameEn } } }
            schoolBySchoolId { rowId nameKk nameRu nameEn } networkByNetworkId { rowId nameKk nameRu nameEn }
            studyMembersByStudyId { nodes { rowId role state personByPersonId { rowId name } schoolBySchoolId { rowId nameKk nameRu nameEn } } }
            casePupilsByStudyId(orderBy: [LETTER_ASC]) { nodes { rowId letter typifies level } }
            researchLessonsByStudyId(orderBy: [NUMBER_ASC]) { nodes { rowId number state topic classLabel taughtAt } }
            studyNotesByStudyId(first: 20, orderBy: [PRIMARY_KEY_ASC]) { nodes { rowId body createdAt personByAuthorId { rowId name } } } } }",
        good: ["classLabel", "classLabel"],
        by: By::Teacher,
        alike: true,
        undo: None,
        goals: goals([2.4, 1.8], [0.75, 0.55], [1.5, 2.5], [6.0, 4.0]),
    },
    Document {
        name: "mutation: 15 observations arrive",
        ours: "mutation Sync($input: ObservationsSyncInput!) { observationsSync(input: $input) { observations { id state version } refused { id } userErrors { code field } } }",
        theirs: "mutation Sync($lesson: UUID!, $author: UUID!, $notes: String!) { benchSync(input: { lesson: $lesson, author: $author, notes: $notes }) { result } }",
        good: ["SYNCED", "synced"],
        by: By::Teacher,
        alike: true,
        undo: Some(UNDO_OBSERVATIONS),
        goals: goals([2.6, 2.0], [0.6, 0.45], [2.0, 3.0], [4.0, 3.0]),
    },
];

const UNDO_INVITATION: &str =
    "DELETE FROM partnership WHERE created_at > now() - interval '1 day' AND state = 'invited'
    AND id NOT IN (SELECT partnership_id FROM agreement)";
/// What the country has is older.
const UNDO_OBSERVATIONS: &str =
    "DELETE FROM observation WHERE received_at > now() - interval '12 hours'";

/// The place of the invitation.
pub const MUTATION: usize = 5;

/// A GraphQL request's body.
pub fn body(document: &str, variables: Value) -> String {
    json!({ "query": document, "variables": variables }).to_string()
}

/// A key as the product prints it.
pub fn printed(prefix: &str, key: uuid::Uuid) -> String {
    format!("{prefix}_{}", key.simple())
}
