//! A country to run on: schools, people, networks, works, studies and two years of notices, at the size of Kazakhstan or a part of it.
//!
//! The same seed, scale, day, secret and registry make the same bytes. `country.toml` holds whatever was assumed. It is for empty
//! databases alone: nothing of it happened, and nothing tells it apart from what did.

mod answers;
mod chance;
mod lessons;
mod networks;
mod notices;
mod people;
mod policy;
mod recipe;
mod schools;
mod studies;
mod works;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use chrono::Duration;
use sea_orm::sea_query::Order;

use crate::access_token::{self, AccessToken, Reach};
use crate::authz::Visible;
use crate::clock::Timestamp;
use crate::db::bulk::{Bulk, ROWS};
use crate::db::{Access, Filled};
use crate::error::{Error, Result};
use crate::id::Id;
use crate::import::{self, Mapping, regions};
use crate::membership::{Membership, Role, Scope};
use crate::network::Network;
use crate::person::Person;
use crate::resource;
use crate::school::search::{dictionary, place, term, terms_of};
use crate::school::{NameKind, School, SchoolName, State};
use crate::secret;
use crate::study_template;
use chance::Chance;
use networks::{Circles, Ground, Networks};
use notices::Desk;
use people::{Draw, Staff};
use recipe::Recipe;
use schools::Land;

/// What is wanted.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// 1 for the whole country.
    pub scale: f64,
    /// Another seed makes another country.
    pub seed: u64,
    /// The instant at which the country is as it is; the two years before it are what happened.
    pub until: Timestamp,
}

/// A registry whose schools come first.
pub struct Registry<'a> {
    /// How its columns are read.
    pub mapping: &'a Mapping,
    /// The file.
    pub input: Box<dyn Read + Send + 'a>,
}

/// Why there is no country.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// It would mix with what is there.
    #[error("the database is not empty")]
    NotEmpty,
    /// The registry can't be read.
    #[error(transparent)]
    Registry(#[from] import::Failure),
    /// The database.
    #[error(transparent)]
    Domain(#[from] Error),
}

/// Somebody of the country whom a program may be.
#[derive(Debug, Clone)]
pub struct Persona {
    /// What to call them: `coordinator` speaks for the Leading school of a network of twenty; `reader` has a full inbox;
    /// `teacher` takes part in studies whose last lesson was just taught.
    pub key: &'static str,
    /// Their token, good for a year.
    pub token: String,
    /// Who they are.
    pub person: Id<Person>,
    /// Their school.
    pub school: Id<School>,
    /// The network their school leads.
    pub network: Option<Id<Network>>,
}

/// What was made.
#[derive(Debug, Clone)]
pub struct Country {
    /// Whom a program may be.
    pub personas: Vec<Persona>,
    /// The tables.
    pub tables: Vec<Filled>,
}

/// Hears of what is being written: the table, and how many rows more.
pub type Listener<'a> = dyn FnMut(&'static str, usize) + Send + 'a;

/// Filling an empty database.
pub(crate) struct Fill;

/// How many rows [`country`] will tell its listener of, roughly: for a progress bar.
pub fn rows(scale: f64) -> Result<u64> {
    let recipe = Recipe::read()?;
    let rows = recipe.schools * 6
        + recipe.persons * 3
        + recipe.networks * 30
        + recipe.notifications
        + recipe.resources * 70
        + recipe.studies * 130;
    Ok(Recipe::scaled(rows, scale) as u64)
}

/// Fills the empty database, in one transaction. For [`crate::authz::Job::Operator`].
pub async fn country(
    access: &Access,
    plan: Plan,
    registry: Option<Registry<'_>>,
    listener: &mut Listener<'_>,
) -> Result<Country, Failure> {
    require_empty(access).await?;
    let recipe = Recipe::read()?;
    let templates = access.find::<study_template::entity::Entity>();
    let templates = templates
        .order(study_template::entity::Column::Id, Order::Asc)
        .all()
        .await?;
    let mut bulk = Bulk::begin(access, Fill).await?;
    let mut keys = Chance::new(plan.seed, "regions");
    let tree = regions::rows(|| keys.id::<()>(plan.until).uuid())?;
    let land = Land::of(&tree);
    let schools = all_schools(&plan, registry, &recipe, &land)?;
    let since = plan.until - Duration::days(730);
    let staff = Staff::spread(
        schools.len(),
        Recipe::scaled(recipe.persons, plan.scale),
        (since - Duration::days(1095), since),
        plan.seed,
    );
    let ground = Ground {
        recipe: &recipe,
        schools: &schools,
        land: &land,
        staff: &staff,
        since,
        until: plan.until,
    };
    let made = ground.networks(Recipe::scaled(recipe.networks, plan.scale), plan.seed);
    let circles = Circles::of(&made);
    let trainers = people::trainers(&recipe, &land, &schools, &staff);

    write_land(&mut bulk, tree, &schools, &made, &plan).await?;
    listener("schools", schools.len() * 6);
    write_people(&mut bulk, &recipe, &staff, &plan, listener).await?;
    write_roles(&mut bulk, &ground, &trainers, &plan, listener).await?;
    let reader = staff.ids.len().checked_sub(1);
    let personas = personas(access, &schools, &staff, &made, reader);
    let (personas, tokens) = personas?;
    let desk = Desk {
        recipe: &recipe,
        schools: &schools,
        land: &land,
        staff: &staff,
        made: &made,
        reader,
        since,
        until: plan.until,
    };
    let count = Recipe::scaled(recipe.notifications, plan.scale);
    desk.write(&mut bulk, count, plan.seed, &mut |rows| {
        listener("notifications", rows);
    })
    .await?;
    let tokens = tokens.into_iter().map(|token| AccessToken {
        created_at: plan.until,
        expires_at: plan.until + Duration::days(365),
        ..token
    });
    bulk.add(tokens.collect()).await?;
    listener("networks", made.networks.len() * 30);
    write_networks(&mut bulk, made).await?;
    let size = (plan.scale, plan.seed);
    let works = works::write(&mut bulk, &ground, &circles, &trainers, size, &mut |rows| {
        listener("resources", rows);
    })
    .await?;
    let teacher = personas.iter().find(|persona| persona.key == "teacher");
    let studies = studies::Desk {
        ground: &ground,
        circles: &circles,
        trainers: &trainers,
        templates,
        busy: teacher.map(|teacher| (teacher.person, teacher.school)),
    };
    studies
        .write(&mut bulk, size, &mut |rows| listener("studies", rows))
        .await?;
    let tables = bulk.commit().await?;
    let tx = access.begin().await?;
    let permit = tx.permit(Fill)?;
    resource::index::count_filled(&tx, &permit, works).await?;
    tx.commit().await?;
    Ok(Country { personas, tables })
}

async fn require_empty(access: &Access) -> Result<(), Failure> {
    async fn any<E>(access: &Access) -> Result<bool>
    where
        E: Visible<Model: Sync>,
    {
        Ok(access.find::<E>().limit(1).count().await? > 0)
    }
    let there = any::<crate::person::entity::Entity>(access).await?
        || any::<crate::school::entity::Entity>(access).await?
        || any::<crate::region::entity::Entity>(access).await?
        || any::<crate::outbox::Entity>(access).await?;
    if there {
        Err(Failure::NotEmpty)
    } else {
        Ok(())
    }
}

fn all_schools(
    plan: &Plan,
    registry: Option<Registry<'_>>,
    recipe: &Recipe,
    land: &Land,
) -> Result<Vec<School>, Failure> {
    let mut keys = Chance::new(plan.seed, "registry");
    let since = plan.until - Duration::days(1825);
    let real = match registry {
        Some(registry) => import::schools::rows(
            registry.mapping,
            registry.input,
            &land.by_code,
            (since, plan.until.date_naive()),
            || keys.id(since),
        )?,
        None => Vec::new(),
    };
    let count = Recipe::scaled(recipe.schools, plan.scale);
    Ok(schools::fill_up(
        real, count, land, recipe, plan.seed, since,
    )?)
}

/// Regions, schools and the words by which they are found.
async fn write_land(
    bulk: &mut Bulk<Fill>,
    tree: regions::Rows,
    schools: &[School],
    made: &Networks,
    plan: &Plan,
) -> Result<()> {
    let mut chance = Chance::new(plan.seed, "names");
    bulk.add(tree.regions).await?;
    bulk.add(tree.periods).await?;
    let linked: BTreeSet<usize> = made
        .pairs
        .iter()
        .flat_map(|(one, other)| [*one, *other])
        .collect();
    let schools: Vec<School> = schools
        .iter()
        .enumerate()
        .map(|(at, school)| {
            let claimed =
                school.state == State::Unclaimed && (linked.contains(&at) || chance.percent(40));
            let state = if claimed {
                State::Verified
            } else {
                school.state
            };
            School {
                state,
                ..school.clone()
            }
        })
        .collect();
    let names: Vec<SchoolName> = schools
        .iter()
        .map(|school| SchoolName {
            id: chance.id(school.created_at),
            ..SchoolName::new(
                school.id,
                NameKind::Official,
                &school.name(),
                school.opened_on,
            )
        })
        .collect();
    let terms: BTreeMap<_, _> = schools
        .iter()
        .map(|school| (school.id, terms_of(school, &[])))
        .collect();
    bulk.add(schools).await?;
    bulk.add(names).await?;
    let words = terms
        .values()
        .chain(tree.terms.values())
        .flatten()
        .cloned()
        .collect();
    let (words, variants) = dictionary(words);
    bulk.add(words).await?;
    bulk.add(variants).await?;
    let places = tree.terms.into_iter().flat_map(|(region_id, terms)| {
        terms
            .into_iter()
            .map(move |term| place::Model { term, region_id })
    });
    bulk.add(places.collect()).await?;
    let terms = terms.into_iter().flat_map(|(school_id, terms)| {
        terms
            .into_iter()
            .map(move |term| term::Model { term, school_id })
    });
    bulk.add(terms.collect()).await
}

async fn write_people(
    bulk: &mut Bulk<Fill>,
    recipe: &Recipe,
    staff: &Staff,
    plan: &Plan,
    listener: &mut Listener<'_>,
) -> Result<()> {
    let since = plan.until - Duration::days(1825);
    let chance = Chance::new(plan.seed, "people");
    let mut draw = Draw {
        chance,
        recipe,
        since: (since, plan.until - Duration::days(730)),
    };
    let mut serial = 0;
    for some in staff.ids.chunks(ROWS) {
        let drawn = some.iter().map(|id| {
            serial += 1;
            draw.person(*id, serial)
        });
        let (persons, contacts): (Vec<_>, Vec<_>) = drawn.unzip();
        listener("persons", persons.len() * 2);
        bulk.add(persons).await?;
        bulk.add(contacts).await?;
    }
    Ok(())
}

/// Everybody teaches at their school; its first speaks for it; a few train regions or run the platform.
async fn write_roles(
    bulk: &mut Bulk<Fill>,
    ground: &Ground<'_>,
    trainers: &BTreeMap<String, Vec<Id<Person>>>,
    plan: &Plan,
    listener: &mut Listener<'_>,
) -> Result<()> {
    let mut chance = Chance::new(plan.seed, "roles");
    let began = plan.until - Duration::days(700);
    let mut member = |person: Id<Person>, role, scope: Scope| {
        let (scope_kind, scope_id) = scope.columns();
        Membership {
            id: chance.id(began),
            person_id: person,
            role,
            scope_kind,
            scope_id,
            began_at: began,
            ended_at: None,
        }
    };
    let mut rows = Vec::with_capacity(ROWS);
    for (at, school) in ground.schools.iter().enumerate() {
        let people = ground
            .staff
            .range(at)
            .filter_map(|person| ground.staff.id(person));
        let scope = Scope::School(school.id);
        for (place, person) in people.enumerate() {
            if place == 0 {
                rows.push(member(person, Role::Coordinator, scope));
            }
            rows.push(member(person, Role::Teacher, scope));
            if place == 2 && at < ground.recipe.administrators {
                rows.push(member(person, Role::PlatformAdmin, Scope::Platform));
            }
        }
        if rows.len() >= ROWS {
            listener("memberships", rows.len());
            bulk.add(std::mem::take(&mut rows)).await?;
        }
    }
    for (code, trainers) in trainers {
        if let Some(region) = ground.land.by_code.get(code) {
            let scope = Scope::Region(*region);
            rows.extend(
                trainers
                    .iter()
                    .map(|person| member(*person, Role::Trainer, scope)),
            );
        }
    }
    listener("memberships", rows.len());
    bulk.add(rows).await
}

async fn write_networks(bulk: &mut Bulk<Fill>, made: Networks) -> Result<()> {
    bulk.add(made.networks).await?;
    bulk.add(made.leads).await?;
    bulk.add(made.designations).await?;
    bulk.add(made.partnerships).await?;
    bulk.add(made.agreements).await?;
    bulk.add(made.signatures).await
}

/// The personas and their tokens. A token is computed from the installation's secret, so nobody else can guess it.
fn personas(
    access: &Access,
    schools: &[School],
    staff: &Staff,
    made: &Networks,
    reader: Option<usize>,
) -> Result<(Vec<Persona>, Vec<AccessToken>)> {
    let leader = made.members.first().map(|(leader, _)| *leader);
    let last = schools.len().checked_sub(1);
    let wanted = [
        (
            "coordinator",
            leader,
            leader.and_then(|at| staff.coordinator(at)),
            made.networks.first(),
        ),
        ("reader", last, reader.and_then(|at| staff.id(at)), None),
        (
            "teacher",
            leader,
            leader.and_then(|at| staff.nth(at, 3)),
            None,
        ),
    ];
    let (mut personas, mut tokens) = (Vec::new(), Vec::new());
    for (key, school, person, network) in wanted {
        let school = school.and_then(|at| schools.get(at));
        let (Some(school), Some(person)) = (school, person) else {
            continue;
        };
        // One token each: their own key is as good as any.
        let id = Id::<AccessToken>::from_uuid(person.uuid());
        let token = format!(
            "{}_{}",
            access_token::PREFIX,
            access.db().secret().link_token(id)?
        );
        tokens.push(AccessToken {
            id,
            person_id: person,
            name: key.to_owned(),
            reach: Reach::Write,
            token_digest: secret::token_digest(&token),
            created_at: access.now(),
            expires_at: access.now(),
            revoked_at: None,
        });
        let network = network.map(|network| network.id);
        personas.push(Persona {
            key,
            token,
            person,
            school: school.id,
            network,
        });
    }
    Ok((personas, tokens))
}
