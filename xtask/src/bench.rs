//! Measures what the service can carry (a release build, the sample store, a load tool on the loopback), and
//! the rule engine beside another. It judges nothing: figures depend on the machine, so they are printed
//! and kept, never compared.

use std::{
    fs,
    io::{BufRead, BufReader, Read},
    path::Path,
    process::{Child, Command, Stdio},
    time::Instant,
};

use crate::{
    Outcome,
    install::{For, ensure},
    steps::{call, command, read, step},
    target,
};

const CONNECTIONS: &str = "16";
const SECONDS: &str = "10";

/// What is asked for, by its word in the report.
const PAGES: &[(&str, &str)] = &[
    ("product page", "/s/lantern-and-lark/p/85123A"),
    ("catalogue API, 100 products", "/v1/shops/lantern-and-lark/products?limit=100"),
];

/// One page under load.
struct Figures {
    what: &'static str,
    per_second: f64,
    p50_ms: f64,
    p99_ms: f64,
    resident_mib: u64,
}

/// `cargo xtask bench service`.
///
/// # Errors
/// A program that is missing or fails; an answer that is not 200.
pub(crate) fn service() -> Outcome {
    if !cfg!(target_os = "linux") {
        return Err("the load tool (wrk) and the memory figure are there on Linux alone".to_owned());
    }
    step("install", || ensure(&[For::Bench]))?;
    step("build", || {
        call(&mut command("cargo", &["build", "--release", "--locked", "-p", "cli", "--bins"]))
    })?;
    let souk = target().join("release/souk");
    let data = std::env::temp_dir().join(format!("souk-bench-{}", std::process::id()));
    let measured = step("load", || {
        let mut fill = Command::new(&souk);
        call(fill.arg("demo-data").arg("--data").arg(&data).stdout(Stdio::null()))?;
        load(&souk, &data)
    });
    let _ = fs::remove_dir_all(&data);
    let (figures, stop_ms) = measured?;
    tell(&figures, stop_ms)
}

/// `cargo xtask bench pricing`: runs `bench/`, which is built for this alone.
///
/// # Errors
/// An option that is not known; a build that fails; engines that do not match the same rules.
pub(crate) fn pricing(options: &[&str]) -> Outcome {
    if !matches!(options, [] | ["--json"]) {
        return Err(format!(
            "`{}` is not an option of bench pricing; see --help",
            options.join(" ")
        ));
    }
    // not --locked: its lock file does not know of a package that our crates came to need since; the
    // versions that it has stay
    let mut words = vec!["run", "--release", "--manifest-path", "bench/Cargo.toml"];
    // never into the workspace's own folder, where it would push other builds out of the cache
    words.extend(["--target-dir", "bench/target", "--"]);
    words.extend(options);
    call(&mut command("cargo", &words))
}

fn load(souk: &Path, data: &Path) -> Result<(Vec<Figures>, u128), String> {
    let mut served = Served::start(souk, data)?;
    let figures = PAGES
        .iter()
        .map(|(what, path)| served.figures(what, path))
        .collect::<Result<Vec<_>, _>>()?;
    Ok((figures, served.stop()?))
}

/// A running service; dropped, it is ended.
struct Served {
    child: Child,
    base: String,
}

impl Served {
    fn start(souk: &Path, data: &Path) -> Result<Self, String> {
        let mut serve = Command::new(souk);
        serve.args(["serve", "--listen", "127.0.0.1:0", "--rate-limit", "0", "--data"]).arg(data);
        serve.env("RUST_LOG", "warn").env_remove("SOUK_DATABASE");
        let mut child =
            serve.stdout(Stdio::piped()).spawn().map_err(|e| format!("souk serve: {e}"))?;
        let mut line = String::new();
        if let Some(out) = child.stdout.take() {
            BufReader::new(out).read_line(&mut line).map_err(|e| format!("souk serve: {e}"))?;
        }
        let mut served = Self { child, base: String::new() };
        let base = line.trim().rsplit(' ').next().filter(|base| base.starts_with("http://"));
        base.ok_or("souk serve did not say its address")?.clone_into(&mut served.base);
        Ok(served)
    }

    fn figures(&self, what: &'static str, path: &str) -> Result<Figures, String> {
        let url = format!("{}{path}", self.base);
        let wrk = |seconds: &str| {
            let words = ["-t", "2", "-c", CONNECTIONS, "-d", seconds, "--latency", &url];
            read(&mut command("wrk", &words))
        };
        // caches fill, and pages of the database come in
        wrk("2")?;
        let said = wrk(SECONDS)?;
        if said.contains("Non-2xx") || said.contains("Socket errors") {
            return Err(format!("{url} was not always answered well:\n{said}"));
        }
        let missing = || format!("wrk said something new:\n{said}");
        let pid = self.child.id();
        Ok(Figures {
            what,
            per_second: value(&said, "Requests/sec:").and_then(plain).ok_or_else(missing)?,
            p50_ms: value(&said, "50%").and_then(milliseconds).ok_or_else(missing)?,
            p99_ms: value(&said, "99%").and_then(milliseconds).ok_or_else(missing)?,
            resident_mib: resident_mib(pid)?,
        })
    }

    /// Asks it to end; gives how long that took, in milliseconds.
    fn stop(&mut self) -> Result<u128, String> {
        let begun = Instant::now();
        call(&mut command("kill", &["-TERM", &self.child.id().to_string()]))?;
        let status = self.child.wait().map_err(|e| format!("souk serve: {e}"))?;
        let took = begun.elapsed().as_millis();
        if status.success() { Ok(took) } else { Err(format!("souk serve ended with {status}")) }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The word after `name` in what wrk prints.
fn value<'a>(said: &'a str, name: &str) -> Option<&'a str> {
    said.lines().find_map(|line| line.trim().strip_prefix(name)?.split_whitespace().next())
}

fn plain(word: &str) -> Option<f64> {
    word.parse().ok()
}

/// `1.50ms`, `830.00us`, `1.20s`.
fn milliseconds(word: &str) -> Option<f64> {
    let units = [("ms", 1.0), ("us", 0.001), ("s", 1000.0)];
    let (number, unit) = units.iter().find_map(|(end, ms)| Some((word.strip_suffix(end)?, ms)))?;
    plain(number).map(|number| number * unit)
}

/// What the process holds in memory (`VmRSS`), in MiB.
fn resident_mib(pid: u32) -> Result<u64, String> {
    let path = format!("/proc/{pid}/status");
    let mut status = String::new();
    fs::File::open(&path)
        .and_then(|mut file| file.read_to_string(&mut status))
        .map_err(|e| format!("{path}: {e}"))?;
    let kib = value(&status, "VmRSS:").and_then(|word| word.parse::<u64>().ok());
    kib.map(|kib| kib / 1024).ok_or_else(|| format!("{path} names no VmRSS"))
}

fn tell(figures: &[Figures], stop_ms: u128) -> Outcome {
    println!("\n{CONNECTIONS} connections, {SECONDS} s each, SQLite, the sample store");
    let mut rows = Vec::new();
    for f in figures {
        println!(
            "{}: {:.0} requests/s, p50 {:.1} ms, p99 {:.1} ms, {} MiB resident",
            f.what, f.per_second, f.p50_ms, f.p99_ms, f.resident_mib
        );
        rows.push(format!(
            r#"{{"what":"{}","requests_per_s":{:.1},"p50_ms":{:.3},"p99_ms":{:.3},"resident_mib":{}}}"#,
            f.what, f.per_second, f.p50_ms, f.p99_ms, f.resident_mib
        ));
    }
    println!("stopped in {stop_ms} ms");
    let json = format!(
        "{{\"connections\":{CONNECTIONS},\"seconds\":{SECONDS},\"stop_ms\":{stop_ms},\"pages\":[\n{}\n]}}\n",
        rows.join(",\n")
    );
    let path = target().join("bench-service.json");
    fs::write(&path, json).map_err(|e| format!("{}: {e}", path.display()))?;
    println!("kept in {}", path.display());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAID: &str = "\
Running 10s test @ http://127.0.0.1:7070/
  Latency Distribution
     50%    3.52ms
     75%    4.10ms
     99%  500.00us
  42300 requests in 10.00s, 512.10MB read
Requests/sec:   4230.12
Transfer/sec:     51.21MB
";

    #[test]
    fn what_wrk_prints_is_read_in_its_units() {
        assert_eq!(value(SAID, "Requests/sec:").and_then(plain), Some(4230.12));
        assert_eq!(value(SAID, "50%").and_then(milliseconds), Some(3.52));
        assert_eq!(value(SAID, "99%").and_then(milliseconds), Some(0.5));
        assert_eq!(milliseconds("1.25s"), Some(1250.0));
        assert_eq!(milliseconds("1.25"), None);
    }
}
