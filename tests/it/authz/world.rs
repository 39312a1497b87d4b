//! The community with everything in it that somebody must not see or touch, and everybody who might try.

use std::collections::BTreeMap;

use domain::db::{Access, Row};
use domain::id::{Id, Noun};
use domain::membership::{self, Role, Scope};
use domain::text::Localized;
use domain::{
    announcement, designation, invitation, notification, outbox, partnership, region, school,
    session,
};
use serde_json::json;
use tests::Backend;
use tests::graphql::Client;

use crate::community::{Community, done, text};

/// Everybody, from those who may least.
const ACTORS: [&str; 14] = [
    "guest",
    "outsider",
    "suspended",
    "former",
    "other_coordinator",
    "other_trainer",
    "partner_teacher",
    "teacher",
    "magnetic",
    "leading",
    "reading_token",
    "writing_token",
    "trainer",
    "admin",
];

/// The community, prepared.
pub struct World {
    /// With one server.
    pub community: Community,
    /// Everybody with their name in the matrix.
    pub actors: Vec<(&'static str, Client)>,
    /// What the placeholders of the cases stand for, as GraphQL.
    names: BTreeMap<String, String>,
    operator: Access,
}

impl World {
    /// Everything in place, and nothing on its way any more.
    pub async fn new(backend: Backend) -> Self {
        let mut community = Community::on(backend, 0).await;
        // One person asks for everything there is.
        community
            .start(&[("SABAQTAS_GRAPHQL_COST_BUDGET", "10000000")])
            .await;
        let operator = community.operator().await;
        let mut world = Self {
            actors: Vec::new(),
            names: BTreeMap::new(),
            operator,
            community,
        };
        world.schools().await;
        let tokens = world.people().await;
        world.partnerships().await;
        world.papers().await;
        world.community.settled().await;
        world.notices().await;
        for actor in ACTORS {
            let client = match tokens.get(actor) {
                Some(token) if token.is_empty() => world.community.guest(),
                Some(token) => world.community.guest().signed_in(token),
                None => panic!("nobody is {actor}"),
            };
            world.actors.push((actor, client));
        }
        world
    }

    /// The text with its placeholders filled.
    pub fn filled(&self, text: &str) -> String {
        let mut filled = text.to_owned();
        for (name, value) in &self.names {
            filled = filled.replace(&format!("<{name}>"), value);
        }
        let rest = filled.replace("<actor>", "");
        assert!(
            !rest.contains('<'),
            "a placeholder stands for nothing: {rest}"
        );
        filled
    }

    fn name(&mut self, name: &str, id: &str) {
        self.names.insert(name.to_owned(), format!("\"{id}\""));
    }

    fn number(&mut self, name: &str, number: i64) {
        self.names.insert(name.to_owned(), number.to_string());
    }

    /// The bare id behind a placeholder.
    fn id(&self, name: &str) -> String {
        self.names[name].trim_matches('"').to_owned()
    }

    fn parsed<N: Noun>(&self, name: &str) -> Id<N> {
        self.id(name).parse().expect("an id")
    }

    async fn schools(&mut self) {
        let keys = [
            ("Қонаев", "Secondary School No. 2", "school"),
            ("Қонаев", "Secondary School No. 1", "school.konaev1"),
            ("Қонаев", "Secondary School No. 3", "school.konaev3"),
            ("Қонаев", "Secondary School No. 5", "school.konaev5"),
            (
                "Заречный",
                "Zarechnoye Secondary School",
                "school.zarechnoye",
            ),
            ("Шеңгелді", "Shengeldy Secondary School", "school.shengeldy"),
            ("Текелі", "Secondary School No. 3", "school.tekeli"),
            (
                "Талдықорған",
                "IT School-Lyceum No. 28",
                "school.taldykorgan",
            ),
        ];
        let schools = self.all::<school::School>().await;
        for (place, name, key) in keys {
            let school = schools
                .iter()
                .find(|it| {
                    it.place.as_deref() == Some(place) && it.name_en.as_deref() == Some(name)
                })
                .unwrap_or_else(|| panic!("no {name}"));
            self.name(key, &school.id.to_string());
            self.number(&format!("{key}.v"), school.version.into());
        }
        for (code, key) in [("190000000", "region"), ("330000000", "region.other")] {
            let region = region::queries::by_code(&self.operator, code).await;
            let region = region.expect("reads").expect("the region is there");
            self.name(key, &region.id.to_string());
        }
        // A school that nobody speaks for.
        let admin = self.viewer("admin").await;
        let card = school::commands::Card {
            name: domain::text::Localized {
                en: Some("Nobody's School".to_owned()),
                ..Default::default()
            },
            aliases: Vec::new(),
            region: Some(self.parsed("region")),
            place: None,
            address: None,
            kind: None,
            languages: Vec::new(),
        };
        let added = school::commands::add(&admin, &card, None).await;
        let added = added.expect("the school is added");
        self.name("school.unclaimed", &added.id.to_string());
        self.number("school.unclaimed.v", added.version.into());
    }

    /// The database as somebody of the community sees it.
    async fn viewer(&self, persona: &str) -> Access {
        let token = &self.community.who(persona).token;
        let db = self.operator.db();
        let viewer = domain::door::viewer(db, Some(token), domain::text::Language::En).await;
        db.access(viewer.expect("the persona is signed in"))
    }

    /// Who they are, and the token each comes with.
    async fn people(&mut self) -> BTreeMap<&'static str, String> {
        let personas = [
            ("outsider", "outsider"),
            ("suspended", "konaev_coordinator"),
            ("former", "zarechnoye_coordinator"),
            ("other_coordinator", "other_coordinator"),
            ("other_trainer", "taldykorgan_coordinator"),
            ("partner_teacher", "partner_teacher"),
            ("teacher", "teacher"),
            ("magnetic", "magnetic_coordinator"),
            ("leading", "leading_coordinator"),
            ("trainer", "trainer"),
            ("admin", "admin"),
        ];
        let me = "{ viewer { person { id } memberships { id } } }";
        for (actor, persona) in personas {
            let seen = self.community.persona(persona).query(me, json!({})).await;
            self.name(
                &format!("person.{actor}"),
                &text(&seen, "/viewer/person/id"),
            );
            if let Some(first) = seen.pointer("/viewer/memberships/0/id") {
                self.name(
                    &format!("membership.{actor}"),
                    first.as_str().expect("an id"),
                );
            }
        }
        let admin = self.community.persona("admin");
        // Where they were before: one lost all roles, one changed sides.
        for (actor, persona) in [
            ("former", "zarechnoye_coordinator"),
            ("other_trainer", "taldykorgan_coordinator"),
        ] {
            self.grant(actor, Role::Coordinator, "school").await;
            let seen = self.community.persona(persona).query(me, json!({})).await;
            for membership in seen["viewer"]["memberships"].as_array().expect("a list") {
                let document = "mutation($i: MembershipEndInput!) { membershipEnd(input: $i) { userErrors { code } } }";
                done(
                    &admin
                        .query(document, json!({"i": {"id": membership["id"]}}))
                        .await,
                );
            }
        }
        let region = Scope::Region(self.parsed("region.other"));
        self.scope("other_trainer", Role::Trainer, region).await;
        self.grant("magnetic", Role::Coordinator, "school.konaev3")
            .await;
        self.grant("suspended", Role::Coordinator, "school").await;
        let lonely = self
            .grant("suspended", Role::Coordinator, "school.zarechnoye")
            .await;
        self.name("membership.zarechnoye", &lonely.id.to_string());

        let mut tokens = BTreeMap::from([("guest", String::new())]);
        for (actor, persona) in personas {
            tokens.insert(actor, self.community.who(persona).token.clone());
        }
        for actor in ["former", "other_trainer"] {
            let persona = personas
                .iter()
                .find(|(it, _)| *it == actor)
                .expect("known")
                .1;
            let who = self.community.who(persona);
            let document =
                "mutation($i: SignInInput!) { signIn(input: $i) { token userErrors { code } } }";
            let input = json!({"i": {"email": who.email, "password": who.password}});
            let entered = done(&self.community.guest().query(document, input).await);
            tokens.insert(actor, text(&entered, "/token"));
        }
        let soon = self.operator.today() + chrono::Days::new(30);
        self.name("soon", &soon.to_string());
        self.name("today", &self.operator.today().to_string());
        for (actor, scope) in [("reading_token", "READ"), ("writing_token", "WRITE")] {
            let document = "mutation($i: AccessTokenCreateInput!) { accessTokenCreate(input: $i) { token accessToken { id } userErrors { code } } }";
            let input = json!({"i": {"name": "canary-token", "scope": scope, "expiresOn": soon.to_string()}});
            let made = done(
                &self
                    .community
                    .persona("leading_coordinator")
                    .query(document, input)
                    .await,
            );
            tokens.insert(actor, text(&made, "/token"));
            self.name("token", &text(&made, "/accessToken/id"));
        }
        tokens
    }

    async fn grant(&self, actor: &str, role: Role, school: &str) -> membership::Membership {
        self.scope(actor, role, Scope::School(self.parsed(school)))
            .await
    }

    async fn scope(&self, actor: &str, role: Role, scope: Scope) -> membership::Membership {
        let person = self.parsed(&format!("person.{actor}"));
        let granted = membership::commands::grant(&self.operator, person, role, scope).await;
        granted.expect("the operator may")
    }

    /// One in every state, their insides marked.
    async fn partnerships(&mut self) {
        let school = self.parsed::<school::School>("school");
        let leads = self
            .operator
            .find::<domain::network::entity::lead::Entity>();
        let leads = leads.all().await.expect("the operator sees all");
        for (key, lead) in [("network", "school"), ("network.other", "school.tekeli")] {
            let lead = leads
                .iter()
                .find(|it| it.school_id == self.parsed(lead))
                .expect("leads");
            self.name(key, &lead.network_id.to_string());
        }
        let leading = self.community.persona("leading_coordinator");
        let document = "mutation($i: NetworkCreateInput!) { networkCreate(input: $i) { network { id } userErrors { code } } }";
        let input = json!({"i": {"leadingId": self.id("school"), "name": {"en": "A second one"}, "theme": "x"}});
        let made = done(&leading.query(document, input).await);
        self.name("network.empty", &text(&made, "/network/id"));

        let document = "mutation($i: PartnershipInviteInput!) { partnershipInvite(input: $i) { partnership { id } userErrors { code } } }";
        let input = json!({"i": {"networkId": self.id("network"), "leadingId": self.id("school"), "magneticId": self.id("school.shengeldy")}});
        done(&leading.query(document, input).await);
        let find = async |world: &Self, magnetic: &str| {
            let magnetic = world.parsed(magnetic);
            let rows = world.all::<partnership::Partnership>().await;
            rows.into_iter()
                .find(|it| it.leading_id == school && it.magnetic_id == magnetic)
                .expect("a partnership")
        };
        let pause = find(self, "school.konaev5").await;
        let document = "mutation($i: PartnershipStepInput!) { partnershipSuspend(input: $i) { userErrors { code } } }";
        let input = json!({"i": {"id": pause.id.to_string(), "version": pause.version, "reason": "canary-pause"}});
        done(&leading.query(document, input).await);
        for (key, magnetic) in [
            ("invited", "school.shengeldy"),
            ("active", "school.konaev1"),
            ("written", "school.konaev3"),
            ("paused", "school.konaev5"),
        ] {
            let row = find(self, magnetic).await;
            self.name(key, &row.id.to_string());
            self.number(&format!("{key}.v"), row.version.into());
        }
        for network in self.all::<domain::network::Network>().await {
            for key in ["network", "network.other", "network.empty"] {
                if self.id(key) == network.id.to_string() {
                    self.number(&format!("{key}.v"), network.version.into());
                }
            }
        }
        // Behind the software's back: an active agreement can't be changed any more.
        self.community
            .database
            .run("UPDATE agreement SET aims = 'canary-aims', leading_gives = 'canary-aims', magnetic_gives = 'canary-aims', media_rules = 'canary-aims' WHERE partnership_id IN (SELECT p.id FROM partnership p JOIN school s ON s.id = p.leading_id WHERE s.name_en = 'Secondary School No. 2')")
            .await;
    }

    /// An invitation, a session, a nomination, somebody suspended.
    async fn papers(&mut self) {
        let leading = self.community.persona("leading_coordinator");
        let document = "mutation($i: InvitationSendInput!) { invitationSend(input: $i) { invitation { id } userErrors { code } } }";
        let input = json!({"i": {"email": "canary-invited@example.org", "role": "TEACHER", "scopeId": self.id("school"), "language": "EN"}});
        let sent = done(&leading.query(document, input).await);
        let id = text(&sent, "/invitation/id");
        let invitation: Id<invitation::Invitation> = id.parse().expect("an id");
        let token = self.operator.db().secret().link_token(invitation);
        self.name("invitation", &id);
        self.name("invitation.token", &token.expect("a token"));

        // A teacher's own file, announced and sent at once.
        let request = self
            .community
            .persona("teacher")
            .request(reqwest::Method::POST, "/files");
        let request = request
            .header("tus-resumable", "1.0.0")
            .header("upload-length", "12")
            .header("upload-metadata", "filename Y2FuYXJ5LW5hbWUudHh0")
            .header("content-type", "application/offset+octet-stream");
        let sent = request
            .body("canary-bytes")
            .send()
            .await
            .expect("an answer");
        let place = sent.headers().get("location").expect("a place");
        let place = place.to_str().expect("text").trim_start_matches("/files/");
        self.name("file", place);

        let admin = self.community.persona("admin");
        let document = "mutation($i: PersonSuspendInput!) { personSuspend(input: $i) { userErrors { code } } }";
        let input = json!({"i": {"id": self.id("person.suspended"), "version": 1, "reason": "canary-suspended"}});
        done(&admin.query(document, input).await);
        let person: Id<domain::person::Person> = self.parsed("person.leading");
        let sessions = self.all::<session::Session>().await;
        let own = sessions
            .iter()
            .find(|it| it.person_id == person)
            .expect("a session");
        self.name("session", &own.id.to_string());
        self.community
            .database
            .run("UPDATE session SET user_agent = 'canary-agent'")
            .await;

        let access = self.viewer("magnetic_coordinator").await;
        let terms = designation::commands::Terms {
            school: self.parsed("school.konaev1"),
            kind: designation::Kind::Leading,
            from: self.operator.today(),
            until: None,
            evidence: "canary-nominated".to_owned(),
        };
        let nomination = designation::commands::nominate(&access, &terms, None).await;
        let nomination = nomination.expect("the coordinator may nominate");
        let refused = designation::commands::Terms {
            school: self.parsed("school.konaev3"),
            evidence: "canary-refused".to_owned(),
            ..terms
        };
        let refused = designation::commands::nominate(&access, &refused, None).await;
        let refused = refused.expect("the coordinator may nominate");
        let trainer = self.viewer("trainer").await;
        let withdrawn = designation::commands::withdraw(
            &trainer,
            refused.id,
            refused.version,
            "canary-refused",
        );
        withdrawn.await.expect("the trainer may refuse");
        self.name("refused", &refused.id.to_string());
        self.name("nomination", &nomination.id.to_string());
        self.number("nomination.v", nomination.version.into());
        let school = self.parsed::<school::School>("school");
        let rows = self.all::<designation::Designation>().await;
        let own = rows
            .iter()
            .find(|it| it.school_id == school)
            .expect("it leads");
        self.name("designation", &own.id.to_string());
        self.number("designation.v", own.version.into());
        let meeting = announcement::commands::NewAnnouncement {
            scope: announcement::Scope::Region(self.parsed("region")),
            title: in_all("Meeting"),
            text: in_all("On Thursday at ten."),
        };
        let announced = announcement::commands::publish(&trainer, &meeting, None);
        let announced = announced.await.expect("the trainer may announce");
        self.name("announcement", &announced.id.to_string());
        self.name(
            "import",
            &Id::<domain::import::ImportRun>::fresh().to_string(),
        );
        for person in self.all::<domain::person::Person>().await {
            for actor in ACTORS {
                let key = format!("person.{actor}");
                if self
                    .names
                    .get(&key)
                    .is_some_and(|id| id.trim_matches('"') == person.id.to_string())
                {
                    self.number(&format!("{key}.v"), person.version.into());
                }
            }
        }
    }

    /// Something in the leading coordinator's inbox, and in the audit.
    async fn notices(&mut self) {
        let person: Id<domain::person::Person> = self.parsed("person.leading");
        let rows = self.all::<notification::Notification>().await;
        let own = rows
            .iter()
            .find(|it| it.person_id == person)
            .expect("a notice");
        self.name("notification", &own.id.to_string());
        let fact = self.all::<outbox::Record>().await.pop().expect("a fact");
        self.name("fact", &fact.id.to_string());
    }

    async fn all<R: Row>(&self) -> Vec<R> {
        let rows = self.operator.find::<R::Entity>().all().await;
        rows.expect("the operator sees all")
    }

    /// The ids of everything there is.
    pub async fn every_id(&self) -> Vec<String> {
        let mut ids = Vec::new();
        async fn of<R: Row>(world: &World, ids: &mut Vec<String>) {
            ids.extend(
                world
                    .all::<R>()
                    .await
                    .iter()
                    .map(|row| row.id().to_string()),
            );
        }
        of::<partnership::Partnership>(self, &mut ids).await;
        of::<announcement::Announcement>(self, &mut ids).await;
        of::<domain::network::Network>(self, &mut ids).await;
        of::<school::School>(self, &mut ids).await;
        of::<domain::person::Person>(self, &mut ids).await;
        of::<membership::Membership>(self, &mut ids).await;
        of::<invitation::Invitation>(self, &mut ids).await;
        of::<session::Session>(self, &mut ids).await;
        of::<domain::access_token::AccessToken>(self, &mut ids).await;
        of::<designation::Designation>(self, &mut ids).await;
        of::<notification::Notification>(self, &mut ids).await;
        of::<outbox::Record>(self, &mut ids).await;
        of::<domain::file::File>(self, &mut ids).await;
        ids
    }

    /// What was planted.
    pub fn secrets(&self) -> Vec<String> {
        let mut secrets = [
            "aims",
            "pause",
            "invited",
            "token",
            "suspended",
            "nominated",
            "refused",
            "agent",
            "name",
        ]
        .map(|word| format!("canary-{word}"))
        .to_vec();
        secrets.push("leading@demo.sabaqtas.example".to_owned());
        secrets
    }

    /// What this one must not read anywhere.
    pub fn hidden_from(&self, actor: &str) -> Vec<String> {
        let seen: &[&str] = match actor {
            // A coordinator reads what concerns the school, and what is their own.
            "leading" | "reading_token" | "writing_token" => {
                &["aims", "pause", "invited", "token", "agent"]
            }
            "magnetic" => &["aims", "pause", "nominated", "refused", "agent"],
            "teacher" => &["aims", "pause", "nominated", "refused", "agent", "name"],
            "partner_teacher" => &["aims", "pause", "nominated", "refused", "agent"],
            // No window into who may get in.
            "trainer" => &["aims", "pause", "nominated", "refused", "agent"],
            "admin" => &[
                "aims",
                "pause",
                "invited",
                "suspended",
                "nominated",
                "refused",
                "agent",
                "token",
            ],
            "guest" | "suspended" => &[],
            _ => &["agent"],
        };
        let mut hidden: Vec<_> = self
            .secrets()
            .into_iter()
            .filter(|secret| {
                !seen
                    .iter()
                    .any(|word| secret.ends_with(&format!("-{word}")))
            })
            .collect();
        if matches!(
            actor,
            "leading" | "reading_token" | "writing_token" | "admin"
        ) {
            hidden.retain(|secret| !secret.starts_with("leading@"));
        }
        hidden
    }
}

fn in_all(text: &str) -> Localized {
    let text = Some(text.to_owned());
    Localized {
        kk: text.clone(),
        ru: text.clone(),
        en: text,
    }
}
