//! The templates an installation begins with. An association changes them as it likes: from then on they are its own.

use std::fmt::Write;

use sea_orm_migration::prelude::SchemaManager;

use crate::dialect;

/// Kazakh, Russian, English.
type Words = [&'static str; 3];

struct Template {
    /// The key, the same on every installation.
    key: &'static str,
    lessons: u8,
    name: Words,
    about: Words,
    stages: &'static [&'static str],
}

struct Stage {
    kind: &'static str,
    name: Words,
    guide: Words,
}

const TEMPLATES: [Template; 3] = [
    Template {
        key: "0192f0c1d2e370008000000000000101",
        lessons: 3,
        name: [
            "Үш зерттеу сабағы бар Lesson Study",
            "Lesson Study с тремя исследовательскими уроками",
            "Research Lesson Study",
        ],
        about: [
            "Топ бір сұрақты үш зерттеу сабағы арқылы зерттейді. Әр сабақ алдыңғысының шешімдерінен басталады.",
            "Группа исследует один вопрос на трёх уроках. Каждый следующий урок начинается с решений предыдущего.",
            "The group studies one question through three research lessons. Each lesson opens with the decisions of the one before.",
        ],
        stages: &[
            "group",
            "protocol",
            "study",
            "pupils",
            "plan",
            "teach",
            "interview",
            "discuss",
            "conclude",
            "share",
        ],
    },
    Template {
        key: "0192f0c1d2e370008000000000000102",
        lessons: 1,
        name: [
            "Бірлескен сабақ зерттеуі",
            "Совместное исследование урока",
            "Collaborative Lesson Research",
        ],
        about: [
            "Топ жазбаша ұсыныс дайындап, бір зерттеу сабағын өткізеді. Талқылауды білікті кеңесші қорытады.",
            "Группа готовит письменное обоснование и проводит один исследовательский урок. Обсуждение завершает приглашённый эксперт.",
            "The group writes a proposal and teaches one research lesson. A knowledgeable other closes the discussion.",
        ],
        stages: &[
            "group", "protocol", "study", "proposal", "pupils", "plan", "teach", "discuss",
            "conclude", "share",
        ],
    },
    Template {
        key: "0192f0c1d2e370008000000000000103",
        lessons: 2,
        name: [
            "Бүкіл мектептің ортақ тақырыбы",
            "Общая тема всей школы",
            "School-wide theme",
        ],
        about: [
            "Мектептің бірнеше тобы бір тақырыппен жұмыс істейді. Әр топ кемінде екі зерттеу сабағын өткізіп, қорытындысымен бөліседі.",
            "Несколько групп школы работают над одной темой. Каждая проводит не меньше двух исследовательских уроков и делится выводами.",
            "Several groups of a school work on one theme. Each teaches at least two research lessons and shares what it found.",
        ],
        stages: &[
            "group",
            "protocol",
            "study",
            "pupils",
            "plan",
            "teach",
            "interview",
            "discuss",
            "conclude",
            "share",
        ],
    },
];

const STAGES: [Stage; 11] = [
    Stage {
        kind: "group",
        name: ["Топ және сұрақ", "Группа и вопрос", "Group and question"],
        guide: [
            "Екіден алтыға дейін мұғалім жиналыңыз, әртүрлі мектептен болғаны жақсы. «Біз … қалай жақсартуға болатынын білгіміз келеді» деп бастап, бір сұрақ құрыңыз. Сыныпты таңдаңыз. Шамамен 45 минут.",
            "Соберитесь вдвоём–вшестером, лучше из разных школ. Сформулируйте один вопрос: «Мы хотим понять, как улучшить …». Выберите класс. Около 45 минут.",
            "Come together, two to six of you, best of several schools. Agree on one question: “We want to learn how to improve …”. Choose the class. About 45 minutes.",
        ],
    },
    Stage {
        kind: "protocol",
        name: ["Топ хаттамасы", "Протокол группы", "Group protocol"],
        guide: [
            "Ережелерді бірге оқыңыз: тәуекелге баруға болады, сабақ ортақ, бәрінің сөзі тең, айтылғаны топта қалады. Әрқайсыңыз келісім беріңіз. 15 минут.",
            "Прочитайте правила вместе: рисковать можно, урок общий, все голоса равны, сказанное остаётся в группе. Каждый подтверждает согласие. 15 минут.",
            "Read the rules together: risks are welcome, the lesson belongs to all, every voice counts the same, what is said stays in the group. Each of you accepts. 15 minutes.",
        ],
    },
    Stage {
        kind: "study",
        name: [
            "Не белгілі екенін зерделеу",
            "Изучение известного",
            "Study what is known",
        ],
        guide: [
            "Қоржыннан және бұрынғы зерттеулерден осы сұраққа қатыстысын табыңыз. Не таптыңыз, топқа неге пайдалы — қысқаша жазыңыз. Бір–екі апта.",
            "Найдите в копилке и в прежних исследованиях то, что относится к вопросу. Коротко запишите, что нашли и чем это полезно группе. Одна–две недели.",
            "Find what the bank and earlier studies say about the question. Note in a few lines what you found and why it helps. One or two weeks.",
        ],
    },
    Stage {
        kind: "proposal",
        name: ["Жазбаша ұсыныс", "Письменное обоснование", "Proposal"],
        guide: [
            "Сабақтың мақсатын, оған не себеп болғанын және нені бақылайтыныңызды екі бетке дейін жазыңыз. Білікті кеңесшіге сабақтан кемінде бір апта бұрын жіберіңіз.",
            "Опишите на двух страницах цель урока, почему она важна и что вы будете наблюдать. Пришлите приглашённому эксперту не позже чем за неделю до урока.",
            "Write up to two pages: the aim of the lesson, why it matters, what you will watch for. Send it to the knowledgeable other at least a week before.",
        ],
    },
    Stage {
        kind: "pupils",
        name: ["Зерттелетін оқушылар", "Исследуемые ученики", "Case pupils"],
        guide: [
            "Үш оқушыны таңдаңыз: әрқайсысы сыныптағы бір топтың өкілі. Олар мұнда A, B, C әріптерімен ғана аталады, аты-жөнін ешқайда жазбаңыз. 30 минут.",
            "Выберите троих учеников: каждый представляет одну группу класса. Здесь они только A, B и C; имён не пишите нигде. 30 минут.",
            "Choose three pupils, each typical of a group in the class. Here they are A, B and C only; write no name anywhere. 30 minutes.",
        ],
    },
    Stage {
        kind: "plan",
        name: ["Сабақты жоспарлау", "Планирование урока", "Plan the lesson"],
        guide: [
            "Әр зерттелетін оқушыға табыс критерийін жазыңыз. Содан кейін сабақтың әр кезеңіне әрекетті, ресурсты, уақытты және әр оқушыдан не күтетініңізді толтырыңыз. Екі кездесу, әрқайсысы бір сағат.",
            "Запишите критерий успеха для каждого исследуемого ученика. Затем для каждого этапа урока — деятельность, ресурсы, время и чего вы ждёте от каждого. Две встречи по часу.",
            "Write a success criterion for each case pupil. Then, for each stage of the lesson, the activity, resources, time and what you expect of each. Two meetings of an hour.",
        ],
    },
    Stage {
        kind: "teach",
        name: [
            "Сабақ беру және бақылау",
            "Урок и наблюдение",
            "Teach and observe",
        ],
        guide: [
            "Бір мұғалім сабақ береді, қалғандары бақылайды: әр бақылаушыда бір зерттелетін оқушы. Не көргеніңізді жазыңыз, баға бермеңіз; ойыңызды бөлек жазыңыз. Бір сабақ.",
            "Один ведёт урок, остальные наблюдают: у каждого наблюдателя свой ученик. Записывайте увиденное, а не оценки; толкование — отдельно. Один урок.",
            "One of you teaches, the others observe, each with a case pupil. Write what you see, not what you think of it; interpretation goes apart. One lesson.",
        ],
    },
    Stage {
        kind: "interview",
        name: ["Оқушымен сұхбат", "Интервью ученика", "Pupil interview"],
        guide: [
            "Сабақтан кейін зерттелетін оқушылармен сөйлесіңіз: не ұнады, не үйренді, енді не істей алады, не көмектесті, нені өзгертер еді. Ең көбі бес минут.",
            "После урока поговорите с исследуемыми учениками: что понравилось, чему научились, что теперь умеют, что помогло, что изменили бы. Не дольше пяти минут.",
            "Talk with the case pupils after the lesson: what they enjoyed, learned, can do now, what helped, what they would change. Five minutes at most.",
        ],
    },
    Stage {
        kind: "discuss",
        name: [
            "Сабақтан кейінгі талқылау",
            "Обсуждение после урока",
            "Post-lesson discussion",
        ],
        guide: [
            "Бір тәулік ішінде жиналыңыз. Реті: әр оқушы болжаммен салыстырғанда, сынып, оқыту, келесі сабақ. Модератор жүргізеді, білікті кеңесші қорытады. Бір сағат.",
            "Соберитесь в течение суток. Порядок: каждый ученик против предположений, класс, преподавание, следующий урок. Ведёт модератор, завершает приглашённый эксперт. Час.",
            "Meet within a day. The order: each pupil against the predictions, the class, the teaching, the next lesson. A moderator leads, the knowledgeable other closes. One hour.",
        ],
    },
    Stage {
        kind: "conclude",
        name: ["Қорытынды", "Выводы", "Conclude"],
        guide: [
            "Әр зерттелетін оқушының ілгерілеуін және не анықтағаныңызды жазыңыз. Бұдан былай тәжірибеңізде не өзгереді? Бір сағат.",
            "Запишите продвижение каждого исследуемого ученика и то, что вы выяснили. Что теперь изменится в вашей практике? Час.",
            "Write down the progress of each case pupil and what you found. What changes in your practice from now on? One hour.",
        ],
    },
    Stage {
        kind: "share",
        name: ["Бөлісу", "Поделиться", "Share"],
        guide: [
            "Есепті тексеріңіз: оқушылар туралы дерек онда болмауы тиіс. Кім оқитынын таңдап, бөлісіңіз. Одан ресурс, баяндама, мақала бастауға болады.",
            "Проверьте отчёт: данных об учениках в нём быть не должно. Выберите, кто его прочитает, и поделитесь. Из него начинаются ресурс, доклад и статья.",
            "Check the report: it must hold nothing about pupils. Choose who may read it, and share. A resource, a talk and an article start from it.",
        ],
    },
];

/// The statements that put them in.
pub(super) fn seed(manager: &SchemaManager<'_>) -> String {
    let mut sql = String::new();
    for template in &TEMPLATES {
        let key = dialect::key(manager, template.key);
        // Writing to a String can't fail.
        let _ = writeln!(
            sql,
            "INSERT INTO study_template VALUES ({key}, {}, {}, {}, 1, '2026-01-01 00:00:00+00:00');",
            words(&template.name),
            words(&template.about),
            template.lessons
        );
        let stages = template
            .stages
            .iter()
            .filter_map(|kind| STAGES.iter().find(|stage| stage.kind == *kind));
        for (number, stage) in (1..).zip(stages) {
            let _ = writeln!(
                sql,
                "INSERT INTO study_template_stage VALUES ({key}, {number}, '{}', {}, {});",
                stage.kind,
                words(&stage.name),
                words(&stage.guide)
            );
        }
    }
    sql
}

fn words(words: &Words) -> String {
    words
        .map(|text| format!("'{}'", text.replace('\'', "''")))
        .join(", ")
}
