//! A study on the way to its first research lesson, made through the API: the ground of tests about lessons.

use serde_json::{Value, json};
use tests::graphql::Client;

use crate::community::{Community, done, insist, text};

/// What two schools study.
pub struct Studying {
    /// The study's id.
    pub study: String,
    /// The case pupils' ids, A first.
    pub pupils: Vec<String>,
    lead: Client,
}

/// Who is in the group: the lead first.
pub const GROUP: [(&str, &str); 2] = [("teacher", "№ 2 Конаев"), ("partner_teacher", "№ 1 Конаев")];

/// A mutation that must work; its payload.
pub async fn must(client: &Client, field: &str, ty: &str, select: &str, input: Value) -> Value {
    let document = format!(
        "mutation($i: {ty}!) {{ {field}(input: $i) {{ {select} userErrors {{ field code message }} }} }}"
    );
    let mut answer = insist(client, &document, json!({"i": input})).await;
    done(&json!({field: answer[field].take()}))
}

impl Studying {
    /// Two teachers of two schools, three case pupils, a question: the first lesson can be planned.
    pub async fn focused(community: &Community) -> Self {
        let lead = community.persona(GROUP[0].0);
        let templates = lead.query("{ studyTemplates { id } }", json!({})).await;
        let school = community.school(GROUP[0].1).await;
        let input = json!({"templateId": text(&templates, "/studyTemplates/0/id"), "schoolId": school,
            "networkId": community.network_of(&school).await, "theme": "Шешімді түсіндіру"});
        let made = must(
            &lead,
            "studyCreate",
            "StudyCreateInput",
            "study { id }",
            input,
        )
        .await;
        let study = text(&made, "/study/id");
        let partner = community.persona(GROUP[1].0);
        let me = partner
            .query("{ viewer { person { id } } }", json!({}))
            .await;
        let input =
            json!({"studyId": study, "personId": text(&me, "/viewer/person/id"), "role": "MEMBER"});
        let asked = must(
            &lead,
            "studyInvite",
            "StudyInviteInput",
            "studyMember { id }",
            input,
        )
        .await;
        let input = json!({"id": text(&asked, "/studyMember/id"), "schoolId": community.school(GROUP[1].1).await});
        must(
            &partner,
            "studyJoin",
            "StudyJoinInput",
            "studyMember { id }",
            input,
        )
        .await;
        for client in [&lead, &partner] {
            let document = "query($id: ID!) { study(id: $id) { viewerMember { id } } }";
            let own = client.query(document, json!({"id": study})).await;
            let input = json!({"id": text(&own, "/study/viewerMember/id")});
            must(
                client,
                "studyProtocolAccept",
                "StudyMemberInput",
                "studyMember { id }",
                input,
            )
            .await;
        }
        let input = json!({"id": study, "version": 1, "theme": "Шешімді түсіндіру",
            "question": "Оқушылар жауабын қалай түсіндіреді?", "subject": "MATH", "grade": 5});
        must(
            &lead,
            "studyUpdate",
            "StudyUpdateInput",
            "study { id }",
            input,
        )
        .await;
        let mut pupils = Vec::new();
        for typifies in [
            "еркін түсіндіреді",
            "сұраса түсіндіреді",
            "жауабын ғана айтады",
        ] {
            let input = json!({"studyId": study, "typifies": typifies, "level": "орта"});
            let pupil = must(
                &lead,
                "casePupilAdd",
                "CasePupilAddInput",
                "casePupil { id }",
                input,
            )
            .await;
            pupils.push(text(&pupil, "/casePupil/id"));
        }
        let studying = Self {
            study,
            pupils,
            lead,
        };
        for field in ["studyForm", "studyFocus"] {
            let document = "query($id: ID!) { study(id: $id) { version } }";
            let seen = studying
                .lead
                .query(document, json!({"id": studying.study}))
                .await;
            let input = json!({"id": studying.study, "version": seen["study"]["version"]});
            must(
                &studying.lead,
                field,
                "StudyStepInput",
                "study { id }",
                input,
            )
            .await;
        }
        studying
    }

    /// The first lesson, with two stages, its plan standing: notes can be taken. Its id.
    pub async fn frozen(&self) -> String {
        let input =
            json!({"studyId": self.study, "classLabel": "5 «А»", "topic": "Бөлшектерді салыстыру"});
        let added = must(
            &self.lead,
            "researchLessonAdd",
            "ResearchLessonAddInput",
            "researchLesson { id }",
            input,
        )
        .await;
        let lesson = text(&added, "/researchLesson/id");
        for name in ["Салыстыру", "Жұппен талқылау"] {
            let input = json!({"lessonId": lesson, "name": name, "minutes": 10});
            must(
                &self.lead,
                "sheetStageAdd",
                "SheetStageAddInput",
                "sheetStage { id }",
                input,
            )
            .await;
        }
        let document = "query($id: ID!) { researchLesson(id: $id) { version } }";
        let seen = self.lead.query(document, json!({"id": lesson})).await;
        let input = json!({"id": lesson, "version": seen["researchLesson"]["version"]});
        must(
            &self.lead,
            "researchLessonFreeze",
            "ResearchLessonStepInput",
            "researchLesson { id }",
            input,
        )
        .await;
        lesson
    }

    /// A consent to watch the pupils, from today on.
    pub async fn consent(&self, community: &Community) {
        let today = community.operator().await.today().to_string();
        let input = json!({"studyId": self.study, "kind": "MONITORING", "scope": "5 «А»", "count": 24, "givenOn": today});
        must(
            &self.lead,
            "consentRecord",
            "ConsentRecordInput",
            "consent { id }",
            input,
        )
        .await;
    }

    /// The address of the first lesson's page, or of one below it, after the language.
    pub fn at(&self, rest: &str) -> String {
        format!("/studies/{}/lessons/1{rest}", self.study)
    }

    /// What was handed in of the first lesson, in the order taken: who noted, and what.
    pub async fn notes(&self) -> Vec<(String, String)> {
        let document = "query($id: ID!) { study(id: $id) { lessons { observations(first: 100) { nodes { fact author { name } } } } } }";
        let seen = self.lead.query(document, json!({"id": self.study})).await;
        let notes = seen
            .pointer("/study/lessons/0/observations/nodes")
            .and_then(Value::as_array);
        let notes = notes.expect("a list").iter();
        notes
            .map(|note| (text(note, "/author/name"), text(note, "/fact")))
            .collect()
    }
}
