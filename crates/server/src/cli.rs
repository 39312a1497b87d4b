//! The command line. What each command does is elsewhere; here is only how it is said.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::config::{self, Config, Problems};

/// Where school associations do Lesson Study together.
#[derive(Debug, Parser)]
#[command(
    name = "sabaqtas",
    version,
    about,
    long_about = "Where school associations do Lesson Study together: the server and everything \
        needed to run it, in one program.\n\n\
        Without a configuration it serves http://127.0.0.1:8080 from an SQLite file in ./data. \
        A PostgreSQL URL and a Redis URL in the configuration make it one of several nodes; \
        nothing else changes.",
    after_long_help = "Examples:\n  \
        sabaqtas demo                                  look around, with invented schools\n  \
        sabaqtas check                                 is the configuration right?\n  \
        sabaqtas serve                                 run an installation\n  \
        sabaqtas admin invite someone@school.example   its first administrator\n  \
        sabaqtas import schools schools.csv --dry-run  what would an import change?\n\n\
        Every setting of the configuration file is also an environment variable: `url` in \
        [database] is SABAQTAS_DATABASE_URL. sabaqtas.example.toml explains them all."
)]
pub struct Cli {
    /// Configuration file; else SABAQTAS_CONFIG, else ./sabaqtas.toml if there is one.
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// What to do; `serve` when nothing is said.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the API and the pages (the default).
    ///
    /// Prints `listening on http://ADDRESS:PORT` once it does. SIGTERM or Ctrl-C lets running
    /// requests finish; a second one ends at once.
    Serve,
    /// Serve invented schools, people and lessons, to look around.
    ///
    /// Reads no configuration file unless --config names one, and keeps everything in its own
    /// folder, which may be deleted afterwards.
    Demo(Demo),
    /// Bring the tables of the database up to date.
    ///
    /// `serve` does the same at its start. Safe to run again, and by several nodes at once.
    Migrate,
    /// Import schools, networks or works from a CSV file, or the regions that come with the program.
    ///
    /// Rows known from an earlier import are updated, never doubled. A row with a mistake is listed
    /// by its line and left out; the others are imported.
    Import(Import),
    /// Fill an empty database with an invented country, to try and to measure on.
    ///
    /// 7,014 schools, 640 networks, 300,000 persons and 2,000,000 notices at scale 1. The same seed,
    /// scale, day and secret make the same rows. Prints two personas with tokens and a digest of each table.
    Generate(Generate),
    /// What an administrator of the installation does from the shell.
    Admin {
        /// What to do.
        #[command(subcommand)]
        command: Admin,
    },
    /// Copy everything an embedded installation keeps into a new folder; it may be running.
    ///
    /// Rows, secret and files. An installation on PostgreSQL is copied with pg_dump instead.
    Backup {
        /// Folder to make.
        #[arg(value_name = "DIR")]
        to: PathBuf,
    },
    /// Put a backup into the data folder, which must be empty.
    Restore {
        /// Folder that `backup` made.
        #[arg(value_name = "DIR")]
        from: PathBuf,
    },
    /// Draw what comes in, within limits: how the server looks at pictures and documents of strangers.
    #[command(hide = true)]
    Picture {
        /// What it is.
        subject: Subject,
    },
    /// Print the GraphQL schema.
    Schema,
    /// Say what is wrong with the configuration, the database, Redis, mail and the data folder.
    ///
    /// Each trouble comes with how to mend it. The exit code is 1 when there is any.
    Check,
}

/// What is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Subject {
    /// A picture.
    Image,
    /// The first page of a PDF.
    Page,
}

/// The choices of `demo`.
#[derive(Debug, Args)]
pub struct Demo {
    /// Folder of the demonstration.
    #[arg(long, value_name = "DIR", default_value = "./data/demo")]
    pub data: PathBuf,
    /// Address and port to listen on; port 0 takes a free one.
    #[arg(long, value_name = "ADDR")]
    pub listen: Option<SocketAddr>,
}

/// The choices of `import`.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:\n  \
    sabaqtas import regions\n  \
    sabaqtas import schools ministry.csv --mapping ministry.toml --dry-run\n  \
    sabaqtas import resources lessons/index.csv --mapping lessons.toml --author someone@school.example")]
pub struct Import {
    /// What the rows are.
    pub kind: ImportKind,
    /// CSV file, UTF-8, with a line of headings; of works also JSON. Regions need none.
    #[arg(required_if_eq_any([("kind", "schools"), ("kind", "networks"), ("kind", "resources")]))]
    pub file: Option<PathBuf>,
    /// TOML file that says which column is what; examples/import has some.
    #[arg(long, value_name = "FILE", requires = "file")]
    pub mapping: Option<PathBuf>,
    /// Say what would change, and change nothing.
    #[arg(long, requires = "file")]
    pub dry_run: bool,
    /// Whose the works become: the e-mail address of somebody with an account.
    #[arg(long, value_name = "E-MAIL", required_if_eq("kind", "resources"))]
    pub author: Option<String>,
    /// Share the works with everybody, not only with the author's network.
    #[arg(long, requires = "author")]
    pub public: bool,
}

/// The choices of `generate`.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:\n  \
    sabaqtas generate --scale 0.01\n  \
    sabaqtas generate --schools registry.csv --mapping examples/import/kazakhstan.toml")]
pub struct Generate {
    /// How much of the country: 1 for all of it, 0.01 for a hundredth.
    #[arg(long, value_name = "SHARE", default_value = "1", value_parser = share)]
    pub scale: f64,
    /// Another seed makes another country.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// The day on which the country is as it is; today if none.
    #[arg(long, value_name = "DAY")]
    pub on: Option<chrono::NaiveDate>,
    /// CSV file of real schools, which come first.
    #[arg(long, value_name = "FILE", requires = "mapping")]
    pub schools: Option<PathBuf>,
    /// How its columns are read, as for `import`.
    #[arg(long, value_name = "FILE")]
    pub mapping: Option<PathBuf>,
}

fn share(text: &str) -> Result<f64, String> {
    let share: f64 = text.parse().map_err(|_| "not a number")?;
    if (0.001..=1.0).contains(&share) {
        Ok(share)
    } else {
        Err("from 0.001 to 1".to_owned())
    }
}

/// What the rows of an imported file are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ImportKind {
    /// The regions and districts of Kazakhstan, shipped with the program.
    Regions,
    /// Schools.
    Schools,
    /// Leading schools with their partner schools.
    Networks,
    /// Works of the bank, each with a file of the folder in which the index is.
    Resources,
}

/// What an administrator does from the shell.
#[derive(Debug, Subcommand)]
pub enum Admin {
    /// Invite an administrator of the platform, and print the link.
    Invite {
        /// Where the invitation goes.
        #[arg(value_name = "E-MAIL")]
        email: String,
    },
}

impl Cli {
    /// The configuration this command line means.
    ///
    /// A demonstration is the same program in its own folder: what its options say takes the place
    /// of the same settings elsewhere.
    pub fn configuration(&self) -> Result<Config, Problems> {
        let mut environment = config::environment();
        let Some(Command::Demo(demo)) = &self.command else {
            return Config::load(self.config.as_deref(), environment);
        };
        environment.insert(
            "SABAQTAS_DATA".into(),
            demo.data.to_string_lossy().into_owned(),
        );
        if let Some(listen) = demo.listen {
            environment.insert("SABAQTAS_SERVER_LISTEN".into(), listen.to_string());
        }
        match &self.config {
            Some(file) => Config::load(Some(file), environment),
            None => Config::parse(b"", environment),
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    fn parse(line: &str) -> Result<Cli, clap::Error> {
        Cli::try_parse_from(line.split(' '))
    }

    #[test]
    fn the_commands_are_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn no_command_is_serve_and_the_file_may_be_named_anywhere() {
        assert!(parse("sabaqtas").unwrap().command.is_none());
        let cli = parse("sabaqtas check --config a.toml").unwrap();
        assert!(matches!(cli.command, Some(Command::Check)) && cli.config.is_some());
    }

    #[test]
    fn an_import_knows_its_kinds() {
        let cli = parse("sabaqtas import networks n.csv --mapping m.toml --dry-run").unwrap();
        let Some(Command::Import(import)) = cli.command else {
            panic!("another command")
        };
        assert!(import.kind == ImportKind::Networks && import.dry_run && import.mapping.is_some());
        assert!(parse("sabaqtas import people p.csv").is_err());
        let works = "sabaqtas import resources i.csv --mapping m.toml";
        assert!(parse(works).is_err());
        assert!(parse(&format!("{works} --author a@b.kz --public")).is_ok());
    }

    #[test]
    fn a_demonstration_keeps_to_its_own_folder() {
        let cli = parse("sabaqtas demo --data /tmp/look --listen 127.0.0.1:0").unwrap();
        let config = cli.configuration().unwrap();
        assert_eq!(
            config.database.url.expose(),
            "sqlite:///tmp/look/sabaqtas.db?mode=rwc"
        );
        assert_eq!(config.server.listen.port(), 0);
    }
}
