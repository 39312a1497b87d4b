//! Registries come in whole, once, and a broken row harms nobody else.

use std::path::PathBuf;
use std::time::Duration;

use domain::authz::{Job, Viewer};
use domain::clock::Clock;
use domain::db::{Access, Db, Options};
use domain::import::{self, Code, Event, Mapping, Report, Source};
use domain::page::Window;
use domain::school::{School, queries};
use domain::secret::Secret;
use domain::text::Language;
use domain::{designation, network, partnership};
use tests::{Backend, Database, both};

use crate::migrate;

const SCHOOLS: &str = include_str!("../fixtures/import/schools.csv");
const NETWORKS: &str = include_str!("../fixtures/import/networks.csv");

struct World {
    operator: Access,
    guest: Access,
    _database: Database,
}

impl World {
    async fn with_regions(backend: Backend) -> Self {
        let database = Database::fresh(backend, "empty", migrate).await;
        let options = Options {
            url: database.url.clone(),
            connections: 2,
            patience: Duration::from_secs(60),
            queue: Duration::from_secs(60),
        };
        let clock = Clock::system(chrono_tz::Asia::Almaty);
        let db = Db::connect(&options, clock, Secret::new([7; 32]), || ())
            .await
            .expect("connects");
        let world = Self {
            operator: db.access(Viewer::system(Job::Operator)),
            guest: db.access(Viewer::guest(Language::Ru)),
            _database: database,
        };
        let seeded = import::regions::seed(&world.operator).await.expect("seeds");
        assert_eq!((seeded.added, seeded.changed), (248, 0));
        world
    }

    async fn schools(
        &self,
        mapping: &str,
        file: &[u8],
        dry_run: bool,
    ) -> (Report, Vec<(u64, Code)>) {
        let mapping = Mapping::parse(mapping).expect("a mapping");
        let mut rejected = Vec::new();
        let mut listener = |event: Event<'_>| {
            if let Event::Rejected(row) = event {
                rejected.push((row.line, row.code));
            }
        };
        let source = Source {
            mapping: &mapping,
            file: "file.csv",
            dry_run,
        };
        let report = import::schools::run(&self.operator, source, file, &mut listener).await;
        (report.expect("imports"), rejected)
    }

    async fn networks(&self, mapping: &str, file: &[u8]) -> (Report, Vec<(u64, Code)>) {
        let mapping = Mapping::parse(mapping).expect("a mapping");
        let mut rejected = Vec::new();
        let mut listener = |event: Event<'_>| {
            if let Event::Rejected(row) = event {
                rejected.push((row.line, row.code));
            }
        };
        let source = Source {
            mapping: &mapping,
            file: "file.csv",
            dry_run: false,
        };
        let report = import::networks::run(&self.operator, source, file, &mut listener).await;
        (report.expect("imports"), rejected)
    }

    async fn found(&self, query: &str) -> Vec<School> {
        let (all, window) = (queries::Filter::default(), Window::first(100));
        let by = queries::By::Relevance;
        let page = queries::page(&self.guest, Some(query), &all, by, &window).await;
        page.expect("searches")
            .rows
            .into_iter()
            .map(|(_, row)| row)
            .collect()
    }

    async fn count(&self) -> u64 {
        let all = queries::Filter::default();
        queries::count(&self.guest, None, &all)
            .await
            .expect("counts")
    }
}

fn mapping(name: &str) -> String {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let text = match name {
        "schools" | "networks" => here.join("fixtures/import"),
        _ => here.join("../examples/import"),
    };
    std::fs::read_to_string(text.join(format!("{name}.toml"))).expect("a mapping")
}

/// A full registry, where the folder of shared data is beside the repository or where SABAQTAS_TEST_DATA says: what was
/// asked for must be there.
fn registry(path: &str) -> Option<Vec<u8>> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/data");
    let folder = std::env::var_os("SABAQTAS_TEST_DATA").map_or(beside, PathBuf::from);
    let file = std::fs::read(folder.join(path)).ok();
    if file.is_none() {
        assert!(
            std::env::var_os("SABAQTAS_TEST_DATA").is_none(),
            "{path} is missing"
        );
        eprintln!(
            "{path} is not in {}: only the excerpt was tested",
            folder.display()
        );
    }
    file
}

const MOST: Report = Report {
    added: 0,
    changed: 0,
    unchanged: 0,
    skipped: 0,
    rejected: 0,
};

both! {
    async fn the_same_file_twice_changes_nothing(backend: Backend) {
        let world = World::with_regions(backend).await;
        let toml = mapping("schools");
        let (tried, _) = world.schools(&toml, SCHOOLS.as_bytes(), true).await;
        assert_eq!((tried.added, world.count().await), (4, 0), "a dry run keeps nothing");
        let (first, rejected) = world.schools(&toml, SCHOOLS.as_bytes(), false).await;
        assert_eq!((first, rejected), (Report { added: 4, ..MOST }, vec![]));
        let (second, _) = world.schools(&toml, SCHOOLS.as_bytes(), false).await;
        assert_eq!(second, Report { unchanged: 4, ..MOST });
        let renamed = SCHOOLS.replace("IT школа-лицей №28", "Лицей «Жетысу»");
        let (third, _) = world.schools(&toml, renamed.as_bytes(), false).await;
        assert_eq!(third, Report { changed: 1, unchanged: 3, ..MOST });
        for name in ["лицей жетісу", "IT лицей 28"] {
            assert_eq!(world.found(name).await.len(), 1, "{name}: by the new name and the former");
        }
        let again = import::regions::seed(&world.operator).await.expect("seeds");
        assert_eq!((again.added, again.changed, again.unchanged), (0, 0, 248));
    }

    async fn a_broken_row_harms_nobody_else(backend: Backend) {
        let world = World::with_regions(backend).await;
        let mut file = SCHOOLS.as_bytes().to_vec();
        for row in [
            &b"5,one field too few\n"[..],
            b"6,\xff,x,,,,,\n",
            b",no id,x,,,,,\n",
            b"7,,x,,,,,\n",
            b"8,bad date,x,,,,31-02-2000,\n",
            b"9,ends before it begins,x,,,,01-01-2000,01-01-1999\n",
            b"10,nowhere,x,,999999999,,,\n",
            b"1,the id of another,x,,,,,\n",
            b"11,bell \x07,x,,,,,\n",
            b"12,good,x,,,,,\n",
        ] {
            file.extend_from_slice(row);
        }
        let (report, rejected) = world.schools(&mapping("schools"), &file, false).await;
        assert_eq!(report, Report { added: 5, rejected: 9, ..MOST });
        let expected = [
            (6, Code::Columns),
            (7, Code::Encoding),
            (8, Code::IdMissing),
            (9, Code::NameMissing),
            (10, Code::Date),
            (11, Code::DateOrder),
            (12, Code::RegionUnknown),
            (13, Code::IdRepeated),
            (14, Code::Text),
        ];
        assert_eq!(rejected, expected);
        assert_eq!(world.count().await, 5);
        // What was rejected is written down for administrators, and for nobody else.
        let runs = import::queries::page(&world.operator, &Window::first(10)).await.expect("reads");
        let (_, run) = runs.rows.first().expect("a run");
        assert!(run.finished_at.is_some() && run.rejected == 9);
        let kept = import::queries::count_rejections(&world.operator, run.id).await.expect("counts");
        let seen = import::queries::count(&world.guest).await.expect("counts");
        assert_eq!((kept, seen), (9, 0));
    }

    async fn networks_link_the_largest_school_with_the_others(backend: Backend) {
        let world = World::with_regions(backend).await;
        world.schools(&mapping("schools"), SCHOOLS.as_bytes(), false).await;
        let (report, rejected) = world.networks(&mapping("networks"), NETWORKS.as_bytes()).await;
        assert_eq!(report, Report { added: 1, skipped: 1, rejected: 3, ..MOST });
        let expected = [(7, Code::SchoolClosed), (5, Code::NoPartner), (8, Code::SchoolUnknown)];
        assert_eq!(rejected, expected);
        let links = world.guest.find::<partnership::entity::Entity>().all().await.expect("reads");
        let lead = world.found("лицей 28").await;
        assert_eq!(links.len(), 2);
        assert!(links.iter().all(|link| Some(link.leading_id) == lead.first().map(|school| school.id)));
        let networks = world.guest.find::<network::entity::Entity>().all().await.expect("reads");
        assert!(networks.iter().all(|row| row.active_partnerships == 2 && row.state == network::State::Active));
        let named = world.guest.find::<designation::entity::Entity>().all().await.expect("reads");
        assert_eq!(named.len(), 3);
        let (again, _) = world.networks(&mapping("networks"), NETWORKS.as_bytes()).await;
        assert_eq!((again.added, again.changed, again.unchanged), (0, 0, 1));
    }

    async fn the_registries_of_three_countries(backend: Backend) {
        let world = World::with_regions(backend).await;
        if let Some(file) = registry("schools_kz/schools_kz_sample.csv") {
            let (report, _) = world.schools(&mapping("kazakhstan"), &file, false).await;
            assert_eq!(report, Report { added: 662, ..MOST });
        }
        if let Some(file) = registry("schools_nz/schools_nz.csv") {
            let (report, _) = world.schools(&mapping("new-zealand"), &file, false).await;
            assert_eq!(report, Report { added: 2539, ..MOST });
            let (report, rejected) = world.networks(&mapping("new-zealand"), &file).await;
            assert_eq!((report.added, rejected), (96, vec![]));
            let links = partnership::queries::count(&world.guest, &Default::default()).await;
            assert_eq!(links.expect("counts"), 789 - 96, "each member but the 96 that lead");
        }
    }
}

/// Sizes are the domain's business, not a database's: once is enough.
#[tokio::test]
async fn the_whole_of_england() {
    let Some(file) = registry("schools_england/schools_england.csv") else {
        return;
    };
    let world = World::with_regions(Backend::Sqlite).await;
    let (report, rejected) = world.schools(&mapping("england"), &file, false).await;
    assert_eq!(
        (report.added + report.rejected, rejected.len()),
        (49_514, 0)
    );
    let found = world.found("st josephs catholic primry").await;
    assert_eq!(
        found.len(),
        100,
        "a full page, in spite of the missing letter"
    );
}
