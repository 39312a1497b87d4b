//! A community to try things out on: schools, networks and partnerships come about by the same commands as in real
//! life, each done by the person who would do it.

pub mod plan;
pub mod report;
mod study;
pub mod works;

use std::collections::HashMap;
use std::io::Write;
use std::net::{IpAddr, Ipv4Addr};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use anyhow::{Context, bail};
use chrono::{Days, NaiveDate};
use domain::authz::{Job, Viewer};
use domain::db::{Access, Db};
use domain::designation;
use domain::door;
use domain::id::Id;
use domain::import;
use domain::membership::{self, Role, Scope};
use domain::network::{self, Network};
use domain::partnership::{self, commands::Terms};
use domain::person;
use domain::region;
use domain::school::{self, School};
use domain::secret;
use domain::session::{Caller, Kind};
use domain::text::{Language, Localized};
use serde::{Deserialize, Serialize};

/// What the community is made of.
const COMMUNITY: &str = include_str!("../demo/community.toml");

/// The file in the data folder that tells how to sign in.
pub const FILE: &str = "demo.json";

/// How to be somebody of the community.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Persona {
    /// What to call them: `leading_coordinator`.
    pub key: String,
    /// Their name.
    pub name: String,
    /// Their role; none for somebody who only has an account.
    pub role: Option<Role>,
    /// Signs in with this …
    pub email: String,
    /// … and this,
    pub password: String,
    /// or comes with this: `Authorization: Bearer …`.
    pub token: String,
}

/// What `demo.json` holds.
#[derive(Debug, Serialize, Deserialize)]
pub struct Told {
    /// Where the server listens.
    pub url: String,
    /// Who there is.
    pub personas: Vec<Persona>,
}

/// The personas of this data folder: those of the last start, or of a community made now.
pub async fn personas(db: &Db, data: &Path) -> anyhow::Result<Vec<Persona>> {
    let kept = match std::fs::read(data.join(FILE)) {
        Ok(bytes) => Some(
            serde_json::from_slice::<Told>(&bytes).with_context(|| format!("reading {FILE}"))?,
        ),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => return Err(error).with_context(|| format!("reading {FILE}")),
    };
    let Some(mut told) = kept else {
        let personas = fill(db).await?;
        works::fill(db, &personas).await?;
        plan::fill(db, &personas).await?;
        report::fill(db, &personas).await?;
        return Ok(personas);
    };
    for persona in &mut told.personas {
        if door::viewer(db, Some(&persona.token), Language::Kk)
            .await
            .is_err()
        {
            persona.token = sign_in(db, &persona.email, &persona.password).await?;
        }
    }
    Ok(told.personas)
}

/// Writes `demo.json`, readable by its owner alone, whole or not at all; and prints who there is.
pub fn tell(data: &Path, told: &Told) -> anyhow::Result<()> {
    let new = data.join(format!("{FILE}.new"));
    let mut file = std::fs::OpenOptions::new()
        .create(true)
        .truncate(true)
        .write(true)
        .mode(0o600)
        .open(&new)?;
    file.write_all(&serde_json::to_vec_pretty(told)?)?;
    file.sync_all()?;
    let kept = data.join(FILE);
    std::fs::rename(&new, &kept).context("writing demo.json")?;
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "A community to try out, on {}. Sign in as:\n",
        told.url
    )?;
    for persona in &told.personas {
        writeln!(
            out,
            "  {:24} {:42} {}",
            persona.key, persona.email, persona.password
        )?;
    }
    writeln!(
        out,
        "\nTokens for `Authorization: Bearer …` are in {}\n",
        kept.display()
    )?;
    Ok(())
}

/// Makes the community in an empty database.
pub async fn fill(db: &Db) -> anyhow::Result<Vec<Persona>> {
    let community: Community = toml::from_str(COMMUNITY)?;
    let operator = db.access(Viewer::system(Job::Operator));
    if operator
        .find::<school::entity::Entity>()
        .limit(1)
        .one()
        .await?
        .is_some()
    {
        bail!("the demo fills an empty database only: this one has schools");
    }
    import::regions::seed(&operator).await?;
    let mut schools = HashMap::new();
    let (mut personas, mut speakers) = (Vec::new(), HashMap::new());
    let mut viewers = HashMap::new();
    for new in &community.person {
        let (persona, viewer) = person(&operator, new, &schools).await?;
        if new.role == Some(Role::PlatformAdmin) {
            // Administrators come first: they enter the schools that the others belong to.
            schools = self::schools(&db.access(viewer.clone()), &community).await?;
        }
        if new.role == Some(Role::Coordinator) {
            speakers.extend(
                new.schools
                    .iter()
                    .map(|school| (school.clone(), viewer.clone())),
            );
        }
        viewers.insert(new.key.clone(), viewer);
        personas.push(persona);
    }
    let stage = Stage {
        db,
        schools: &schools,
        speakers: &speakers,
    };
    let networks = stage.networks(&community).await?;
    for partnership in &community.partnership {
        stage
            .partnership(partnership, &community.agreement, &networks)
            .await?;
    }
    let cast = study::Cast {
        db,
        viewers: &viewers,
        schools: &schools,
        networks: &networks,
    };
    cast.play(&community.study).await?;
    Ok(personas)
}

/// The schools by their keys, the leading ones designated.
async fn schools(admin: &Access, community: &Community) -> anyhow::Result<HashMap<String, School>> {
    let mut schools = HashMap::new();
    for new in &community.school {
        let region = region::queries::by_code(admin, &new.region).await?;
        let card = school::commands::Card {
            name: new.name.clone(),
            aliases: Vec::new(),
            region: region.map(|region| region.id),
            place: Some(new.place.clone()),
            address: None,
            kind: Some(new.kind.clone()),
            languages: new.languages.split(',').map(str::to_owned).collect(),
        };
        let school = school::commands::add(admin, &card, None).await?;
        if let Some(from) = new.leading {
            let terms = designation::commands::Terms {
                school: school.id,
                kind: designation::Kind::Leading,
                from,
                until: None,
                evidence: "demo".to_owned(),
            };
            designation::commands::award(admin, &terms, None).await?;
        }
        schools.insert(new.key.clone(), school);
    }
    Ok(schools)
}

/// Somebody with a way to sign in, and as the viewer they are.
async fn person(
    operator: &Access,
    new: &NewPerson,
    schools: &HashMap<String, School>,
) -> anyhow::Result<(Persona, Viewer)> {
    let password: String = secret::token("demo")?.chars().take(20).collect();
    let card = person::commands::NewPerson {
        name: new.name.clone(),
        email: new.email.clone(),
        language: new.language,
        password: Some(password.clone()),
    };
    let person = person::commands::register(operator, &card).await?;
    for scope in scopes(operator, new, schools).await? {
        let role = new.role.context("a scope without a role")?;
        membership::commands::grant(operator, person.id, role, scope).await?;
    }
    let token = sign_in(operator.db(), &new.email, &password).await?;
    let viewer = door::viewer(operator.db(), Some(&token), new.language).await?;
    let (key, name, email) = (new.key.clone(), new.name.clone(), new.email.clone());
    Ok((
        Persona {
            key,
            name,
            role: new.role,
            email,
            password,
            token,
        },
        viewer,
    ))
}

async fn scopes(
    operator: &Access,
    new: &NewPerson,
    schools: &HashMap<String, School>,
) -> anyhow::Result<Vec<Scope>> {
    Ok(match new.role {
        None => Vec::new(),
        Some(Role::PlatformAdmin) => vec![Scope::Platform],
        Some(Role::Trainer) => {
            let code = new.region.as_deref().unwrap_or_default();
            let region = region::queries::by_code(operator, code)
                .await?
                .with_context(|| format!("region {code}"))?;
            vec![Scope::Region(region.id)]
        }
        Some(Role::Coordinator | Role::Teacher) => {
            let of = |key| {
                schools
                    .get(key)
                    .map(|school| Scope::School(school.id))
                    .with_context(|| format!("school {key}"))
            };
            new.schools.iter().map(of).collect::<anyhow::Result<_>>()?
        }
    })
}

/// Who can act where.
struct Stage<'a> {
    db: &'a Db,
    schools: &'a HashMap<String, School>,
    speakers: &'a HashMap<String, Viewer>,
}

impl Stage<'_> {
    /// The database as the coordinator of a school sees it.
    fn speaks_for(&self, school: &str) -> anyhow::Result<Access> {
        let viewer = self
            .speakers
            .get(school)
            .with_context(|| format!("nobody coordinates {school}"))?;
        Ok(self.db.access(viewer.clone()))
    }

    fn school(&self, key: &str) -> anyhow::Result<Id<School>> {
        Ok(self
            .schools
            .get(key)
            .with_context(|| format!("school {key}"))?
            .id)
    }

    async fn networks(
        &self,
        community: &Community,
    ) -> anyhow::Result<HashMap<String, Id<Network>>> {
        let mut networks = HashMap::new();
        for new in &community.network {
            let card = network::commands::Card {
                name: new.name.clone(),
                theme: new.theme.clone(),
            };
            let coordinator = self.speaks_for(&new.leading)?;
            let network =
                network::commands::found(&coordinator, self.school(&new.leading)?, &card, None)
                    .await?;
            networks.insert(new.leading.clone(), network.id);
        }
        Ok(networks)
    }

    async fn partnership(
        &self,
        new: &NewPartnership,
        agreement: &NewAgreement,
        networks: &HashMap<String, Id<Network>>,
    ) -> anyhow::Result<()> {
        let (leading, magnetic) = (
            self.speaks_for(&new.leading)?,
            self.speaks_for(&new.magnetic)?,
        );
        let invitation = partnership::commands::NewPartnership {
            network: *networks
                .get(&new.leading)
                .context("a network for each leading school")?,
            leading: self.school(&new.leading)?,
            magnetic: self.school(&new.magnetic)?,
        };
        let invited = partnership::commands::invite(&leading, invitation, None).await?;
        if new.reaches == Reaches::Invited {
            return Ok(());
        }
        let accepted =
            partnership::commands::accept(&magnetic, invited.id, invited.version).await?;
        let today = leading.today();
        let terms = Terms {
            aims: agreement.aims.clone(),
            starts_on: today,
            ends_on: today.checked_add_days(Days::new(365)).unwrap_or(today),
            leading_gives: agreement.leading_gives.clone(),
            magnetic_gives: agreement.magnetic_gives.clone(),
            media_rules: agreement.media_rules.clone(),
        };
        partnership::commands::write_agreement(&leading, accepted.id, 0, &terms).await?;
        partnership::commands::sign(&leading, accepted.id, 1).await?;
        if new.reaches == Reaches::Active {
            partnership::commands::sign(&magnetic, accepted.id, 1).await?;
        }
        Ok(())
    }
}

async fn sign_in(db: &Db, email: &str, password: &str) -> anyhow::Result<String> {
    let caller = Caller {
        address: IpAddr::V4(Ipv4Addr::LOCALHOST),
        agent: "sabaqtas demo".to_owned(),
        kind: Kind::Bearer,
    };
    Ok(door::sign_in(db, email, password, &caller).await?.token)
}

/// `community.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Community {
    school: Vec<NewSchool>,
    network: Vec<NewNetwork>,
    partnership: Vec<NewPartnership>,
    agreement: NewAgreement,
    person: Vec<NewPerson>,
    study: study::NewStudy,
}

#[derive(Deserialize)]
struct NewSchool {
    key: String,
    #[serde(flatten)]
    name: Localized,
    region: String,
    place: String,
    kind: String,
    languages: String,
    leading: Option<NaiveDate>,
}

#[derive(Deserialize)]
struct NewNetwork {
    leading: String,
    #[serde(flatten)]
    name: Localized,
    theme: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewPartnership {
    leading: String,
    magnetic: String,
    reaches: Reaches,
}

#[derive(Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
enum Reaches {
    Invited,
    Written,
    Active,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewAgreement {
    aims: String,
    leading_gives: String,
    magnetic_gives: String,
    media_rules: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewPerson {
    key: String,
    name: String,
    language: Language,
    email: String,
    role: Option<Role>,
    region: Option<String>,
    #[serde(default)]
    schools: Vec<String>,
}
