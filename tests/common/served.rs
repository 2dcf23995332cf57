//! The program while it serves: started, asked over TCP as a browser asks, ended.

use std::fs;
use std::fs::File;
use std::io::BufRead;
use std::io::BufReader;
use std::io::Read;
use std::io::Write;
use std::net::TcpStream;
use std::path::Path;
use std::path::PathBuf;
use std::process::Child;
use std::process::Command;
use std::process::ExitStatus;
use std::process::Stdio;
use std::thread::sleep;
use std::time::Duration;
use std::time::Instant;

use super::program::program;

use serde_json::Value;
use tempfile::TempDir;

/// Whatever takes longer has not happened.
pub const DEADLINE: Duration = Duration::from_secs(300);
const BETWEEN_LOOKS: Duration = Duration::from_millis(50);

/// A program that serves a folder of runs.
pub struct Served {
    /// The runs.
    pub runs: TempDir,
    /// Beside them: where temporary files of the program go, where files are made ready.
    beside: TempDir,
    program: Child,
    /// The address of the site that it printed.
    pub address: String,
}

/// What was answered.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    /// Names in small letters.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Reply {
    /// Returns the value of a header, empty where there is none.
    pub fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(other, _)| other == name);
        found.map_or("", |(_, value)| value)
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("{self:?}"))
    }
}

impl Served {
    /// Starts it on files of the fixtures, copied into a folder, and waits until it says where it is.
    pub fn of(files: &[PathBuf], more: &[&str]) -> Self {
        let mut served = Self::begun(files, more);
        let mut line = String::new();
        let out = served.program.stdout.take().unwrap();
        BufReader::new(out).read_line(&mut line).unwrap();
        served.address = line.trim().to_owned();
        assert!(served.address.starts_with("http://"), "{}", served.err());
        served
    }

    /// Starts it, and waits for nothing.
    pub fn begun(files: &[PathBuf], more: &[&str]) -> Self {
        let [runs, beside] = [0, 1].map(|_| tempfile::tempdir().unwrap());
        for file in files {
            fs::copy(file, runs.path().join(file.file_name().unwrap())).unwrap();
        }
        fs::create_dir(beside.path().join("temporary")).unwrap();
        let program = program()
            .arg("serve")
            .arg(runs.path())
            .args(more)
            .env("TMPDIR", beside.path().join("temporary"))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(File::create(beside.path().join("err")).unwrap())
            .spawn()
            .unwrap();
        Self {
            runs,
            beside,
            program,
            address: String::new(),
        }
    }

    /// Returns what it said on standard error.
    pub fn err(&self) -> String {
        fs::read_to_string(self.beside.path().join("err")).unwrap()
    }

    /// Returns the folder for temporary files.
    pub fn temporary(&self) -> PathBuf {
        self.beside.path().join("temporary")
    }

    /// Returns the name and port, as in "127.0.0.1:8080".
    pub fn host(&self) -> &str {
        let host = self.address.strip_prefix("http://").unwrap();
        host.split('/').next().unwrap()
    }

    /// Returns the path below which all lies, with "/" at both ends.
    pub fn secret(&self) -> &str {
        self.address.split_once(self.host()).unwrap().1
    }

    /// Reads a path of the site.
    pub fn get(&self, path: &str) -> Reply {
        self.ask("GET", &format!("{}{path}", self.secret()), &[], b"")
    }

    /// Corrects as the script of a page does.
    pub fn correct(&self, asked: &Value) -> Reply {
        let origin = format!("http://{}", self.host());
        let headers = [("Origin", &*origin), ("Content-Type", "application/json")];
        let path = format!("{}~live/correct", self.secret());
        self.ask("POST", &path, &headers, asked.to_string().as_bytes())
    }

    /// Asks with headers beside those that every browser sends; those of the same name take their place.
    pub fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Reply {
        let length = body.len().to_string();
        let usual = [
            ("Host", self.host()),
            ("Connection", "close"),
            ("Content-Length", &length),
        ];
        let is_given = |name: &str| headers.iter().any(|(other, _)| *other == name);
        let usual = usual.into_iter().filter(|(name, _)| !is_given(name));
        let lines = usual.chain(headers.iter().copied());
        let lines: String = lines
            .map(|(name, value)| format!("{name}: {value}\r\n"))
            .collect();
        let mut request = format!("{method} {path} HTTP/1.1\r\n{lines}\r\n").into_bytes();
        request.extend(body);
        self.say(&request)
    }

    /// Sends bytes and returns what is answered until the other end closes.
    pub fn say(&self, request: &[u8]) -> Reply {
        let mut stream = TcpStream::connect(self.host()).unwrap();
        stream.set_read_timeout(Some(DEADLINE)).unwrap();
        // Who is refused early does not hear the rest.
        let _ = stream.write_all(request);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let end = answer.windows(4).position(|four| four == b"\r\n\r\n");
        let end = end.unwrap_or_else(|| panic!("{}", String::from_utf8_lossy(&answer)));
        let head = String::from_utf8(answer[..end].to_vec()).unwrap();
        let mut lines = head.lines();
        let status = lines.next().unwrap().split(' ').nth(1).unwrap();
        let headers = lines.map(|line| {
            let (name, value) = line.split_once(": ").unwrap();
            (name.to_ascii_lowercase(), value.to_owned())
        });
        Reply {
            status: status.parse().unwrap(),
            headers: headers.collect(),
            body: answer[end + 4..].to_vec(),
        }
    }

    /// Returns what the last report says of a page.
    pub fn state(&self, page: &str) -> Value {
        self.get(&format!("~live/state/{page}")).json()
    }

    /// Waits until the last report knows of so many corrections.
    pub fn wait_for_correction(&mut self, number: &Value) {
        let number = number["correction"].as_u64().unwrap();
        self.wait_for(|served| served.state("index.html")["corrections"].as_u64() >= Some(number));
    }

    /// Waits until something is so.
    pub fn wait_for(&mut self, mut is_so: impl FnMut(&Self) -> bool) {
        let begun = Instant::now();
        while !is_so(self) {
            let ended = self.program.try_wait().unwrap();
            assert!(ended.is_none(), "ended: {ended:?}: {}", self.err());
            assert!(begun.elapsed() < DEADLINE, "{}", self.err());
            sleep(BETWEEN_LOOKS);
        }
    }

    /// Returns the path of the page of the run of a day.
    pub fn page_of(&self, day: &str) -> String {
        let first = self.get("index.html").text();
        let mut links = first.split(" href=\"").skip(1);
        let links = links.find(|link| link.starts_with(&format!("runs/{day}")));
        let link = links.unwrap_or_else(|| panic!("no page of {day}"));
        link.split('"').next().unwrap().to_owned()
    }

    /// Puts a file among the runs at one blow.
    pub fn add(&self, file: &Path) {
        let name = file.file_name().unwrap();
        let ready = self.beside.path().join(name);
        fs::copy(file, &ready).unwrap();
        fs::rename(ready, self.runs.path().join(name)).unwrap();
    }

    /// Sends a signal and waits for the end.
    pub fn end_by(&mut self, signal: &str) -> ExitStatus {
        let number = self.program.id().to_string();
        let sent = Command::new("kill").args([signal, &number]).status();
        assert!(sent.unwrap().success());
        self.program.wait().unwrap()
    }
}

impl Drop for Served {
    /// A test that fails leaves no program behind.
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}
