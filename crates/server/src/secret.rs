//! The installation's secret: from the configuration, else made once and kept in the data folder.

use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use anyhow::Context;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::secret::Secret;

use crate::config::Config;

/// The 32 bytes that `text` says in base64.
pub fn bytes(text: &str) -> Option<[u8; 32]> {
    STANDARD.decode(text.trim()).ok()?.try_into().ok()
}

/// The secret this node works with. The data folder has to exist.
pub fn of(config: &Config) -> anyhow::Result<Secret> {
    let text = match &config.installation.secret {
        Some(secret) => secret.expose().to_owned(),
        None => kept(&config.data)?,
    };
    bytes(&text)
        .map(Secret::new)
        .context("the file `secret` of the data folder does not hold 32 bytes in base64")
}

/// Reads the file, and makes it when there is none. It appears whole or not at all, and of two
/// processes that start together one makes it.
fn kept(data: &Path) -> anyhow::Result<String> {
    let path = data.join("secret");
    match fs::read_to_string(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        read => return read.with_context(|| format!("reading {}", path.display())),
    }
    let new = data.join(format!(".secret-{}", std::process::id()));
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&new)?;
    writeln!(file, "{}", STANDARD.encode(Secret::random()?.bytes()))?;
    file.sync_all()?;
    let linked = fs::hard_link(&new, &path);
    fs::remove_file(&new)?;
    match linked {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error.into()),
        _ => Ok(fs::read_to_string(&path)?),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn it_is_made_once_for_its_owner_only_and_the_configuration_goes_before_it() {
        let data = std::env::temp_dir().join(format!("sabaqtas-secret-{}", std::process::id()));
        fs::create_dir_all(&data).unwrap();
        let config = |text: &str| {
            let environment = BTreeMap::from([
                ("SABAQTAS_DATA".into(), data.to_str().unwrap().into()),
                ("SABAQTAS_INSTALLATION_SECRET".into(), text.into()),
            ]);
            Config::parse(b"", environment).unwrap()
        };
        let first = *of(&config("")).unwrap().bytes();
        assert_eq!(first, *of(&config("")).unwrap().bytes());
        assert_eq!(fs::read_dir(&data).unwrap().count(), 1);
        let mode = fs::metadata(data.join("secret"))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);

        let given = STANDARD.encode([7; 32]);
        assert_eq!(*of(&config(&given)).unwrap().bytes(), [7; 32]);
        fs::write(data.join("secret"), "rubbish").unwrap();
        assert!(of(&config("")).is_err());
        fs::remove_dir_all(&data).unwrap();
    }
}
