//! Turns the message files into one typed method per message. A message or a variable that one
//! language lacks ends the build.

#[path = "build/catalogue.rs"]
mod catalogue;

use std::{
    env,
    error::Error,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use catalogue::{Shape, Source};

const LANGUAGES: [&str; 3] = ["kk", "ru", "en"];

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let locales = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("../../locales");
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed={}", locales.display());
    let sources = sources(&locales)?;
    match catalogue::read(&LANGUAGES, &sources) {
        Ok(messages) => {
            let out = PathBuf::from(env::var("OUT_DIR")?).join("messages.rs");
            fs::write(out, generate(&sources, &messages)?)?;
            Ok(ExitCode::SUCCESS)
        }
        Err(faults) => {
            for fault in faults {
                println!("cargo::error={fault}");
            }
            Ok(ExitCode::FAILURE)
        }
    }
}

fn sources(locales: &Path) -> Result<Vec<Source>, Box<dyn Error>> {
    let mut sources = Vec::new();
    for language in LANGUAGES {
        for entry in fs::read_dir(locales.join(language))? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "ftl") {
                let file = path.file_name().unwrap_or_default().to_string_lossy();
                sources.push(Source {
                    language: language.to_owned(),
                    file: file.into_owned(),
                    text: fs::read_to_string(&path)?,
                });
            }
        }
    }
    sources.sort_by(|a, b| (&a.language, &a.file).cmp(&(&b.language, &b.file)));
    Ok(sources)
}

fn generate(sources: &[Source], messages: &[Shape]) -> Result<String, std::fmt::Error> {
    let mut code = String::new();
    for language in LANGUAGES {
        let name = language.to_uppercase();
        writeln!(code, "const {name}: &[&str] = &[")?;
        for source in sources.iter().filter(|source| source.language == language) {
            let file = format!("/../../locales/{language}/{}", source.file);
            writeln!(
                code,
                "    include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {file:?})),"
            )?;
        }
        writeln!(code, "];")?;
    }
    writeln!(code, "const IDS: &[&str] = &[")?;
    for message in messages {
        writeln!(code, "    {:?},", message.id)?;
    }
    // A sentence has as many variables as it has.
    writeln!(
        code,
        "];\n\n#[expect(clippy::too_many_arguments)]\nimpl Locale {{"
    )?;
    for message in messages {
        method(&mut code, message)?;
    }
    writeln!(code, "}}")?;
    Ok(code)
}

fn method(code: &mut String, message: &Shape) -> std::fmt::Result {
    writeln!(code, "    /// ```text")?;
    for line in message.reference.lines() {
        writeln!(code, "    /// {line}")?;
    }
    writeln!(code, "    /// ```")?;
    let name = message.id.replace('-', "_");
    let (mut parameters, mut pairs) = (String::new(), String::new());
    for variable in &message.variables {
        let parameter = variable.replace('-', "_");
        write!(parameters, ", {parameter}: impl Into<Arg<'a>>")?;
        write!(pairs, "({variable:?}, {parameter}.into()), ")?;
    }
    let lifetime = if message.variables.is_empty() {
        ""
    } else {
        "<'a>"
    };
    writeln!(
        code,
        "    #[must_use]\n    pub fn {name}{lifetime}(self{parameters}) -> String {{\n        \
         say(self, {:?}, [{pairs}])\n    }}",
        message.id
    )
}
