//! The community with everything in it that somebody must not see or touch, and everybody who might try.

use std::collections::BTreeMap;

use domain::db::{Access, Row};
use domain::id::{Id, Noun};
use domain::membership::{self, Role, Scope};
use domain::text::Localized;
use domain::{
    announcement, case_pupil, consent, designation, invitation, notification, observation, outbox,
    partnership, region, research_lesson, school, session, study,
};
use serde_json::json;
use tests::Backend;
use tests::graphql::Client;

use crate::community::{Community, done, text};
use crate::resource;

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
        world.works().await;
        world.studies().await;
        world.plans().await;
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

    /// Works on every rung and in every state, and what people make of them; their insides marked.
    async fn works(&mut self) {
        let (teacher, trainer) = (
            self.community.persona("teacher"),
            self.community.persona("trainer"),
        );
        let sheet = |mark: &str, licence: &str| {
            let mut sheet = resource::sheet("KK", mark, licence);
            sheet["input"]["text"]["body"] = json!(format!("canary-{mark}"));
            sheet
        };
        let draft = done(
            &teacher
                .query(resource::CREATE, sheet("draft", "CC_BY"))
                .await,
        );
        self.name("work.draft", &text(&draft, "/resource/id"));
        let school = json!({"rung": "SCHOOL", "scopeId": self.id("school")});
        for (key, licence, audience) in [
            ("school", "CC_BY", Some(school)),
            ("network", "CC_BY_SA", None),
            ("signed", "CC_BY", Some(json!({"rung": "SIGNED_IN"}))),
            ("public", "CC_BY", Some(json!({"rung": "PUBLIC"}))),
            ("hidden", "CC_BY", Some(json!({"rung": "PUBLIC"}))),
            ("withdrawn", "CC_BY", Some(json!({"rung": "PUBLIC"}))),
        ] {
            let work = resource::shared(&teacher, sheet(key, licence), audience).await;
            self.name(&format!("work.{key}"), &text(&work, "/id"));
            self.name(&format!("version.{key}"), &text(&work, "/newest/id"));
        }
        let hide = "mutation($i: ResourceModerateInput!) { resourceHide(input: $i) { userErrors { code } } }";
        let input =
            json!({"i": {"id": self.id("work.hidden"), "version": 2, "reason": "canary-why"}});
        done(&trainer.query(hide, input).await);
        let input =
            json!({"input": {"id": self.id("work.withdrawn"), "version": 2, "reason": "x"}});
        done(&teacher.query(resource::WITHDRAW, input).await);

        let partner = self.community.persona("partner_teacher");
        let input = json!({"input": {"resourceId": self.id("work.network"), "heldOn": "2026-10-05", "grade": 5, "note": "canary-used"}});
        let used = done(&partner.query(resource::USE, input).await);
        self.name("use", &text(&used, "/resourceUse/id"));
        let input = json!({"input": {"versionId": self.id("version.network"), "note": "x"}});
        let endorsed = done(&trainer.query(resource::ENDORSE, input).await);
        self.name("endorsement", &text(&endorsed, "/endorsement/id"));
        let document = "mutation($i: ResourceCommentAddInput!) { resourceCommentAdd(input: $i) { resourceComment { id } userErrors { code } } }";
        let input = json!({"i": {"resourceId": self.id("work.network"), "text": "canary-remark"}});
        let said = done(&partner.query(document, input).await);
        self.name("remark", &text(&said, "/resourceComment/id"));
        let document = "mutation($i: ResourceReportMakeInput!) { resourceReportMake(input: $i) { resourceReport { id } userErrors { code } } }";
        let input = json!({"i": {"resourceId": self.id("work.network"), "ground": "OTHER", "note": "canary-report"}});
        let report = done(&partner.query(document, input).await);
        self.name("report", &text(&report, "/resourceReport/id"));
        let document = "mutation($i: CollectionCreateInput!) { collectionCreate(input: $i) { collection { id } userErrors { code } } }";
        for (key, audience) in [
            ("private", json!({"rung": "AUTHOR"})),
            (
                "ours",
                json!({"rung": "NETWORK", "scopeId": self.id("network")}),
            ),
        ] {
            let input =
                json!({"i": {"title": {"kk": format!("canary-{key}")}, "audience": audience}});
            let made = done(&teacher.query(document, input).await);
            self.name(&format!("collection.{key}"), &text(&made, "/collection/id"));
        }
        let document = "mutation { creditRecordIssue(input: {}) { creditRecord { id code } userErrors { code } } }";
        let record = done(&teacher.query(document, json!({})).await);
        self.name("record", &text(&record, "/creditRecord/id"));
        self.name("record.code", &text(&record, "/creditRecord/code"));
    }

    /// Two plans of the active partnership: last year's, whose report is sent, and this year's, with one activity agreed
    /// and shown, one proposed, and a report that is being written.
    async fn plans(&mut self) {
        use domain::plan::{Kind, Term, activity, commands, report, school_year};
        let (leading, magnetic) = (
            self.viewer("leading_coordinator").await,
            self.viewer("magnetic_coordinator").await,
        );
        let this = school_year(self.operator.today());
        self.number("year", this.into());
        for (key, year) in [("plan.past", this - 1), ("plan", this)] {
            let made = commands::create(&leading, self.parsed("active"), year, None).await;
            let plan = made.expect("a side may begin it").id;
            self.name(key, &plan.to_string());
            let card = |expected: &str| activity::Card {
                kind: Kind::Seminar,
                title: "Seminar".to_owned(),
                starts_on: Term::Year.days(year).1,
                ends_on: None,
                host: partnership::Side::Magnetic,
                expected: expected.to_owned(),
                responsible: Vec::new(),
            };
            let agreed = activity::add(&leading, plan, &card("canary-expected"), None).await;
            let agreed = agreed.expect("adds").id;
            for side in [&leading, &magnetic] {
                commands::accept(side, plan, 2).await.expect("accepts");
            }
            let shown =
                domain::plan::evidence::show(&leading, agreed, "canary-evidence", None, None).await;
            let shown = shown.expect("shows").id;
            let mark = if year == this { "unsent" } else { "sent" };
            let part = || format!("canary-{mark}");
            let sections = report::Sections {
                summary: part(),
                carried_out: part(),
                not_carried_out: part(),
                findings: part(),
                next_steps: part(),
            };
            let begun = report::draft(&leading, plan, Term::Year, 0, |_| sections).await;
            let begun = begun.expect("begins the report").id;
            self.name(&format!("plan.report.{mark}"), &begun.to_string());
            if year == this {
                let proposed = activity::add(&leading, plan, &card("canary-proposed"), None).await;
                let proposed = proposed.expect("adds").id;
                self.name("activity.agreed", &agreed.to_string());
                self.name("activity.proposed", &proposed.to_string());
                self.name("evidence", &shown.to_string());
            } else {
                report::send(&leading, begun, 1).await.expect("sends");
            }
        }
        let (feed, _) = domain::calendar_feed::commands::create(&leading, None, None)
            .await
            .expect("makes a feed");
        self.name("feed", &feed.id.to_string());
    }

    /// A study in the middle of its first research lesson, with a live expert, one whose day is over and somebody who
    /// left; and one that a network reads. What is inside is marked.
    async fn studies(&mut self) {
        let lead = self.viewer("teacher").await;
        let templates = domain::study_template::queries::all(&lead)
            .await
            .expect("reads");
        let template = templates.first().expect("seeded").id;
        self.name("template", &template.to_string());
        self.number(
            "template.v",
            templates.first().expect("seeded").version.into(),
        );
        let card = |theme: &str, network| study::commands::Card {
            theme: theme.to_owned(),
            question: "canary-question".to_owned(),
            subject: None,
            grade: Some(5),
            network,
        };
        let school = self.parsed("school");
        let own = card("canary-theme", None);
        let made = study::commands::create(&lead, template, school, &own, None);
        let made = made.await.expect("a teacher may begin a study");
        self.name("study", &made.id.to_string());
        let until = Some(self.operator.today() + chrono::Days::new(30));
        let member = self.parsed("person.partner_teacher");
        let member = study::group::invite(&lead, made.id, member, study::Role::Member, None)
            .await
            .expect("invites");
        let partner = self.viewer("partner_teacher").await;
        let joined = study::group::join(&partner, member.id, Some(self.parsed("school.konaev1")))
            .await
            .expect("joins");
        self.name("member", &joined.id.to_string());
        for actor in ["magnetic", "other_coordinator", "former"] {
            let person = self.parsed(&format!("person.{actor}"));
            let invited = study::group::invite(&lead, made.id, person, study::Role::Expert, until)
                .await
                .expect("invites");
            if actor == "magnetic" {
                let expert = self.viewer("magnetic_coordinator").await;
                study::group::join(&expert, invited.id, None)
                    .await
                    .expect("joins");
            }
        }
        let asked = self.parsed("person.leading");
        let asked = study::group::invite(&lead, made.id, asked, study::Role::Member, None)
            .await
            .expect("invites");
        let own = lead
            .find::<study::entity::member::Entity>()
            .all()
            .await
            .expect("reads");
        let own = own
            .iter()
            .find(|it| it.role == study::Role::Lead && it.study_id == made.id)
            .expect("a lead")
            .id;
        for (id, viewer) in [(own, &lead), (member.id, &partner)] {
            study::group::accept_protocol(viewer, id)
                .await
                .expect("accepts");
        }
        for _ in 0..3 {
            let pupil = case_pupil::commands::Card {
                pseudonym: None,
                typifies: "canary-pupil".to_owned(),
                level: "canary-pupil".to_owned(),
            };
            let pupil = case_pupil::commands::add(&lead, made.id, &pupil, None)
                .await
                .expect("adds");
            self.name("pupil", &pupil.id.to_string());
        }
        let consent = consent::commands::NewConsent {
            study: made.id,
            kind: consent::Kind::Monitoring,
            scope: "canary-consent".to_owned(),
            count: Some(20),
            paper: None,
            given_on: self.operator.today(),
            expires_on: None,
        };
        let consent = consent::commands::record(&lead, &consent, None)
            .await
            .expect("records");
        self.name("consent", &consent.id.to_string());
        let formed = study::commands::turn(&lead, made.id, 1, study::Step::Form, None)
            .await
            .expect("forms");
        study::commands::turn(&lead, made.id, formed.version, study::Step::Focus, None)
            .await
            .expect("focuses");
        let note = study::record::NewNote {
            study: made.id,
            body: "canary-note".to_owned(),
            url: None,
        };
        let note = study::record::note(&lead, &note, None)
            .await
            .expect("notes");
        self.name("note", &note.id.to_string());
        let plan = research_lesson::commands::Card {
            class_label: "5".to_owned(),
            topic: "canary-topic".to_owned(),
            starts_at: None,
            teacher: None,
            school: None,
        };
        let lesson = research_lesson::commands::add(&lead, made.id, &plan, None)
            .await
            .expect("plans");
        let stage = research_lesson::sheet::NewStage {
            name: "canary-stage".to_owned(),
            minutes: 10,
        };
        let stage = research_lesson::sheet::add_stage(&lead, lesson.id, &stage, None)
            .await
            .expect("adds");
        self.name("lesson", &lesson.id.to_string());
        self.name("stage", &stage.id.to_string());
        self.number("stage.v", stage.version.into());
        let place = research_lesson::sheet::Place {
            lesson: lesson.id,
            kind: research_lesson::CellKind::Predicted,
            stage: Some(stage.id),
            pupil: Some(self.parsed("pupil")),
        };
        let cell = research_lesson::sheet::write(&lead, &place, 0, "canary-predicted")
            .await
            .expect("writes");
        let research_lesson::sheet::Written::Done(cell) = cell else {
            panic!("nobody else writes")
        };
        self.name("cell", &cell.id.to_string());
        let said = research_lesson::sheet::say(&lead, &place, "canary-comment", None)
            .await
            .expect("says");
        self.name("comment", &said.id.to_string());
        // A second study waits at its plan; this one was frozen.
        let frozen = research_lesson::commands::turn(
            &lead,
            lesson.id,
            lesson.version,
            research_lesson::Step::Freeze,
        )
        .await;
        self.number("lesson.v", frozen.expect("freezes").version.into());
        let seen = observation::commands::Note {
            id: Id::fresh(),
            taken_at: self.operator.now(),
            pupil: Some(self.parsed("pupil")),
            stage: None,
            fact: "canary-seen".to_owned(),
            interpretation: String::new(),
        };
        let synced = observation::commands::sync(&lead, lesson.id, &[seen])
            .await
            .expect("syncs");
        self.name(
            "observation",
            &synced.there.first().expect("arrived").id.to_string(),
        );

        let network = Some(self.parsed("network"));
        let networked = card("canary-shared", network);
        let shared = study::commands::create(&lead, template, school, &networked, None);
        let shared = shared.await.expect("a teacher may begin a study");
        self.name("study.shared", &shared.id.to_string());
        self.number("study.shared.v", shared.version.into());
        self.name("member.asked", &asked.id.to_string());
        let database = &self.community.database;
        database.run("UPDATE study_member SET state = 'left' WHERE person_id = (SELECT person_id FROM person_contact WHERE email_folded = 'zarechnoye@demo.sabaqtas.example')").await;
        let yesterday = self.operator.today() - chrono::Days::new(1);
        database.run(&format!("UPDATE study_member SET state = 'joined', until_day = '{yesterday}' WHERE person_id = (SELECT person_id FROM person_contact WHERE email_folded = 'other@demo.sabaqtas.example')")).await;
        database
            .run(
                "UPDATE study SET state = 'shared', rung = 'network' WHERE theme = 'canary-shared'",
            )
            .await;
        for row in self.all::<study::Study>().await {
            if row.id == made.id {
                self.number("study.v", row.version.into());
            }
        }
        for row in self.all::<case_pupil::CasePupil>().await {
            if row.id.to_string() == self.id("pupil") {
                self.number("pupil.v", row.version.into());
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
        let facts = self.all::<outbox::Record>().await;
        let fact = facts.iter().min_by_key(|it| it.id.uuid()).expect("a fact");
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
        of::<domain::resource::Resource>(self, &mut ids).await;
        of::<domain::resource::ResourceVersion>(self, &mut ids).await;
        of::<domain::resource_use::ResourceUse>(self, &mut ids).await;
        of::<domain::endorsement::Endorsement>(self, &mut ids).await;
        of::<domain::resource_comment::ResourceComment>(self, &mut ids).await;
        of::<domain::resource_report::ResourceReport>(self, &mut ids).await;
        of::<domain::collection::Collection>(self, &mut ids).await;
        of::<domain::credit::CreditRecord>(self, &mut ids).await;
        of::<domain::file::File>(self, &mut ids).await;
        of::<study::Study>(self, &mut ids).await;
        of::<study::Member>(self, &mut ids).await;
        of::<study::Note>(self, &mut ids).await;
        of::<case_pupil::CasePupil>(self, &mut ids).await;
        of::<consent::Consent>(self, &mut ids).await;
        of::<research_lesson::ResearchLesson>(self, &mut ids).await;
        of::<research_lesson::SheetStage>(self, &mut ids).await;
        of::<research_lesson::SheetCell>(self, &mut ids).await;
        of::<research_lesson::CellComment>(self, &mut ids).await;
        of::<observation::Observation>(self, &mut ids).await;
        of::<domain::plan::Plan>(self, &mut ids).await;
        of::<domain::plan::Activity>(self, &mut ids).await;
        of::<domain::plan::Evidence>(self, &mut ids).await;
        of::<domain::plan::Report>(self, &mut ids).await;
        of::<domain::calendar_feed::CalendarFeed>(self, &mut ids).await;
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
            "draft",
            "school",
            "network",
            "signed",
            "hidden",
            "withdrawn",
            "why",
            "used",
            "remark",
            "report",
            "private",
            "ours",
            "theme",
            "question",
            "pupil",
            "consent",
            "note",
            "topic",
            "stage",
            "predicted",
            "comment",
            "seen",
            "name",
            "expected",
            "proposed",
            "evidence",
            "unsent",
            "sent",
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
            // Asked into a study, they read what it is about.
            "leading" | "reading_token" | "writing_token" => &[
                "aims", "pause", "invited", "token", "agent", "theme", "question",
            ],
            // An expert: everything but the consents.
            "magnetic" => &[
                "aims",
                "pause",
                "nominated",
                "refused",
                "agent",
                "theme",
                "question",
                "pupil",
                "note",
                "topic",
                "stage",
                "predicted",
                "comment",
                "seen",
            ],
            "teacher" => &[
                "aims",
                "pause",
                "nominated",
                "refused",
                "agent",
                "theme",
                "question",
                "pupil",
                "consent",
                "note",
                "topic",
                "stage",
                "predicted",
                "comment",
                "seen",
                "name",
            ],
            "partner_teacher" => &[
                "aims",
                "pause",
                "nominated",
                "refused",
                "agent",
                "theme",
                "question",
                "pupil",
                "consent",
                "note",
                "topic",
                "stage",
                "predicted",
                "comment",
                "seen",
            ],
            // No window into who may get in.
            "trainer" => &["aims", "pause", "nominated", "refused", "agent"],
            // The audit names studies by their theme, and shows nothing of what is inside.
            "admin" => &[
                "aims",
                "pause",
                "invited",
                "suspended",
                "nominated",
                "refused",
                "agent",
                "token",
                "theme",
            ],
            "guest" | "suspended" => &[],
            // Once asked into the study: their inbox keeps what they were told then.
            "former" | "other_coordinator" => &["agent", "theme"],
            _ => &["agent"],
        };
        // Of the piggy bank: an author keeps what they wrote, wherever it stands; a trainer sees what left the school.
        let bank: &[&str] = match actor {
            "leading" | "reading_token" | "writing_token" => {
                &["school", "network", "signed", "used", "remark", "ours"]
            }
            "magnetic" => &["network", "signed", "used", "remark", "ours"],
            "partner_teacher" => &["network", "signed", "used", "remark", "report", "ours"],
            "teacher" => &[
                "draft",
                "school",
                "network",
                "signed",
                "hidden",
                "withdrawn",
                "why",
                "used",
                "remark",
                "private",
                "ours",
            ],
            "trainer" => &[
                "network", "signed", "hidden", "why", "used", "remark", "report",
            ],
            "admin" => &[
                "school", "network", "signed", "hidden", "why", "used", "remark", "report",
            ],
            "guest" | "suspended" => &[],
            _ => &["signed"],
        };
        // Of joint plans: the two schools read everything, a trainer what was sent.
        let plans: &[&str] = match actor {
            "leading" | "reading_token" | "writing_token" | "magnetic" | "teacher"
            | "partner_teacher" => &["expected", "proposed", "evidence", "unsent", "sent"],
            "trainer" => &["expected", "proposed", "evidence", "sent"],
            _ => &[],
        };
        let mut hidden: Vec<_> = self
            .secrets()
            .into_iter()
            .filter(|secret| {
                !seen
                    .iter()
                    .chain(bank)
                    .chain(plans)
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
