//! A PostgreSQL cluster for one test run: made in a temporary folder, on a free port of the loopback, gone afterwards.
//! PostgreSQL refuses to run as root, so root runs it as the `postgres` user.

use std::{
    fs,
    net::{Ipv4Addr, TcpListener},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use crate::{
    Outcome,
    install::has_program,
    steps::{call, command, holds, read},
};

const START_SECONDS_MAX: u64 = 60;
const STOP_SECONDS_MAX: u64 = 20;

/// A running cluster; dropping it stops the server by its process id and removes the folder.
pub(crate) struct Cluster {
    server: Child,
    folder: PathBuf,
    /// Superuser connection to the default database; tests make a database each.
    pub(crate) url: String,
}

/// The folder of `initdb` and `postgres`, where they are installed: the newest.
pub(crate) fn programs() -> Option<PathBuf> {
    let mut found: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(Result::ok)
        .filter_map(|entry| {
            let version = entry.file_name().to_str()?.parse().ok()?;
            Some((version, entry.path().join("bin")))
        })
        .filter(|(_, folder)| folder.join("initdb").is_file())
        .collect();
    found.sort();
    found.pop().map(|(_, folder)| folder).or_else(|| has_program("initdb").then(PathBuf::new))
}

impl Cluster {
    /// Makes and starts a cluster.
    ///
    /// # Errors
    /// When PostgreSQL is not installed or does not answer in time.
    pub(crate) fn start() -> Result<Self, String> {
        let programs = programs().ok_or("PostgreSQL's server is not installed")?;
        let folder = std::env::temp_dir().join(format!("souk-postgres-{}", std::process::id()));
        fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        let account = Account::find(&folder)?;
        let data = folder.join("data");
        let port = free_port()?;

        let mut initdb = Command::new(programs.join("initdb"));
        initdb.args([
            "--username=souk",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
            "-D",
        ]);
        initdb.arg(&data).stdin(Stdio::null()).stdout(Stdio::null());
        call(account.wear(&mut initdb, &folder))?;

        let mut postgres = Command::new(programs.join("postgres"));
        postgres.arg("-D").arg(&data).arg("-k").arg(&folder).args(["-p", &port.to_string()]);
        for setting in [
            "listen_addresses=127.0.0.1",
            "fsync=off",
            "full_page_writes=off",
            "max_connections=300",
        ] {
            postgres.args(["-c", setting]);
        }
        let log = fs::File::create(folder.join("server.log")).map_err(|e| e.to_string())?;
        postgres.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
        let server = account
            .wear(&mut postgres, &folder)
            .spawn()
            .map_err(|e| format!("postgres could not be started: {e}"))?;
        let url = format!("postgres://souk@127.0.0.1:{port}/postgres");
        let mut cluster = Self { server, folder, url };
        cluster.wait_until_ready(&programs, port)?;
        Ok(cluster)
    }

    fn wait_until_ready(&mut self, programs: &Path, port: u16) -> Outcome {
        let ready = programs.join("pg_isready");
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(START_SECONDS_MAX) {
            let mut ask = Command::new(&ready);
            ask.args(["-q", "-h", "127.0.0.1", "-p", &port.to_string()]);
            if holds(&mut ask) {
                return Ok(());
            }
            if let Ok(Some(status)) = self.server.try_wait() {
                let log = fs::read_to_string(self.folder.join("server.log")).unwrap_or_default();
                return Err(format!("postgres ended with {status}: {log}"));
            }
            thread::sleep(Duration::from_millis(200));
        }
        Err(format!("postgres did not answer within {START_SECONDS_MAX} s"))
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // INT is PostgreSQL's fast shutdown: it ends its own children
        let _ = call(&mut command("kill", &["-INT", &self.server.id().to_string()]));
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(STOP_SECONDS_MAX) {
            if let Ok(Some(_)) = self.server.try_wait() {
                break;
            }
            thread::sleep(Duration::from_millis(100));
        }
        let _ = self.server.kill();
        let _ = self.server.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn free_port() -> Result<u16, String> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .and_then(|listener| listener.local_addr())
        .map(|address| address.port())
        .map_err(|e| format!("no free port: {e}"))
}

/// Whom PostgreSQL runs as: ourselves, or as root the `postgres` user.
enum Account {
    Ourselves,
    #[cfg_attr(not(unix), expect(dead_code, reason = "there is no root elsewhere"))]
    Postgres {
        user: u32,
        group: u32,
    },
}

impl Account {
    fn find(folder: &Path) -> Result<Self, String> {
        if !cfg!(unix) || read(&mut command("id", &["-u"]))?.trim() != "0" {
            return Ok(Self::Ourselves);
        }
        let number = |flag: &str| -> Result<u32, String> {
            let text = read(&mut command("id", &[flag, "postgres"]))?;
            text.trim().parse().map_err(|e| format!("id {flag} postgres: {e}"))
        };
        let account = Self::Postgres { user: number("-u")?, group: number("-g")? };
        call(&mut command("chown", &["postgres:", &folder.to_string_lossy()]))?;
        Ok(account)
    }

    #[cfg(unix)]
    fn wear<'a>(&self, command: &'a mut Command, folder: &Path) -> &'a mut Command {
        use std::os::unix::process::CommandExt;
        command.current_dir(folder);
        if let Self::Postgres { user, group } = self {
            command.gid(*group).uid(*user).env("HOME", folder);
        }
        command
    }

    #[cfg(not(unix))]
    fn wear<'a>(&self, command: &'a mut Command, folder: &Path) -> &'a mut Command {
        command.current_dir(folder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cluster_answers_and_leaves_nothing_behind() {
        if programs().is_none() {
            // a machine without PostgreSQL: `cargo xtask test` installs it
            return;
        }
        let cluster = Cluster::start().expect("a cluster");
        let folder = cluster.folder.clone();
        let port: u16 = cluster
            .url
            .rsplit(':')
            .next()
            .expect("a port")
            .trim_end_matches("/postgres")
            .parse()
            .expect("a number");
        assert!(std::net::TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok());
        drop(cluster);
        assert!(std::net::TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err());
        assert!(!folder.exists());
    }
}
