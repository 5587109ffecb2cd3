//! A PostgreSQL of the test's own, and clients.

use crate::common::{self, Run, run, tool};
use crate::pod::Network;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// Nobody: PostgreSQL refuses root, and wants a user who has a name.
const USER: u32 = 65534;

/// A server with the role and database `elsa`, which ends with the test.
pub struct Database<'a> {
    network: &'a Network,
    process: Child,
    programs: PathBuf,
    dir: tempfile::TempDir,
}

/// The newest PostgreSQL that Debian's packages have installed, or the one on PATH.
fn programs() -> Option<PathBuf> {
    let folders = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let newest =
        folders.map(|entry| entry.path().join("bin")).filter(|path| path.join("postgres").is_file()).max();
    newest.or_else(|| tool("postgres").and_then(|path| path.parent().map(Path::to_path_buf)))
}

/// A client of PgBouncer.
pub fn client(network: &Network, user: &str, database: &str, password: &str) -> Command {
    let mut command = network.command(programs().unwrap().join("psql"));
    command.env_clear().env("PGPASSWORD", password).env("LC_ALL", "C.UTF-8");
    let address = format!("host=127.0.0.1 port=6432 user={user} dbname={database}");
    command.args(["-qAtX", "-v", "ON_ERROR_STOP=1", &address]);
    command
}

impl<'a> Database<'a> {
    /// `settings` are further lines of its configuration, and `files` stand beside its data.
    pub fn start(
        network: &'a Network,
        password: &str,
        settings: &str,
        files: &[(&str, &str)],
    ) -> Option<Self> {
        let programs = programs()?;
        let dir = tempfile::tempdir().unwrap();
        chown(dir.path(), Some(USER), Some(USER)).unwrap();
        let data = dir.path().join("data");
        let as_user = |mut command: Command, program: &str| {
            let user = USER.to_string();
            command.args(["--reuid", &user, "--regid", &user, "--clear-groups", "--"]);
            command.arg(programs.join(program)).env_clear().env("LC_ALL", "C.UTF-8");
            command
        };
        let mut initdb = as_user(Command::new("setpriv"), "initdb");
        initdb.args([
            "--auth-local=trust",
            "--auth-host=scram-sha-256",
            "--no-sync",
            "--username=postgres",
            "-D",
        ]);
        let made = run(initdb.arg(&data));
        assert_eq!(made.code, 0, "{}", made.stderr);
        for (name, content) in files {
            let path = data.join(name);
            fs::write(&path, content).unwrap();
            chown(&path, Some(USER), Some(USER)).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        }
        let lines = format!(
            "listen_addresses = '127.0.0.1'\nunix_socket_directories = '{}'\nfsync = off\n{settings}",
            dir.path().display()
        );
        fs::write(data.join("postgresql.conf"), lines).unwrap();
        let log = fs::File::create(dir.path().join("log")).unwrap();
        let process = as_user(network.command("setpriv"), "postgres")
            .arg("-D")
            .arg(&data)
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .unwrap();
        let database = Database { network, process, programs, dir };
        database.create(password);
        Some(database)
    }

    fn create(&self, password: &str) {
        let mut answer = self.administrate("postgres", "SELECT 1");
        for _ in 0..200 {
            if answer.code == 0 {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
            answer = self.administrate("postgres", "SELECT 1");
        }
        assert_eq!(answer.code, 0, "{}", answer.stderr);
        // A password with anything in it, so by a literal of PostgreSQL's own.
        let literal = password.replace('\\', "\\\\").replace('\'', "''");
        for statement in [
            format!("CREATE ROLE elsa LOGIN PASSWORD E'{literal}'"),
            "CREATE DATABASE elsa OWNER elsa".into(),
        ] {
            let made = self.administrate("postgres", &statement);
            assert_eq!(made.code, 0, "{}", made.stderr);
        }
    }

    fn administrate(&self, database: &str, statement: &str) -> Run {
        let mut command = Command::new(self.programs.join("psql"));
        command.env_clear().env("LC_ALL", "C.UTF-8");
        command.args(["-qAtX", "-U", "postgres", "-d", database, "-c", statement, "-h"]).arg(self.dir.path());
        run(&mut command)
    }

    /// A statement of the superuser, on PostgreSQL itself.
    pub fn ask(&self, statement: &str) -> Run {
        self.administrate("elsa", statement)
    }

    /// A client of PgBouncer.
    pub fn client(&self, password: &str) -> Command {
        client(self.network, "elsa", "elsa", password)
    }

    /// A client that keeps its connection.
    pub fn session(&self, password: &str) -> Session {
        Session::of(self.client(password))
    }
}

impl Drop for Database<'_> {
    fn drop(&mut self) {
        let _ = Command::new("kill").args(["-QUIT", &self.process.id().to_string()]).status();
        let _ = self.process.wait();
    }
}

/// One connection, statement by statement.
pub struct Session {
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Session {
    fn of(client: Command) -> Self {
        // Errors are part of the conversation.
        let mut command = Command::new("sh");
        command.args(["-c", "exec \"$@\" 2>&1", "sh"]).arg(client.get_program()).args(client.get_args());
        command.args(["-v", "ON_ERROR_STOP=0"]).env_clear();
        for (name, value) in client.get_envs() {
            command.env(name, value.unwrap_or_default());
        }
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (input, output) = (process.stdin.take().unwrap(), process.stdout.take().unwrap());
        Session { process, input, output: BufReader::new(output) }
    }

    /// Says something without waiting for the answer.
    pub fn say(&mut self, statements: &str) {
        writeln!(self.input, "{statements};\n\\echo == end").unwrap();
    }

    /// The answer to what was said.
    pub fn hear(&mut self) -> String {
        let (mut answer, mut line) = (String::new(), String::new());
        while self.output.read_line(&mut line).unwrap() > 0 && line != "== end\n" {
            answer.push_str(&line);
            line.clear();
        }
        answer.trim().to_string()
    }

    /// Both.
    pub fn ask(&mut self, statements: &str) -> String {
        self.say(statements);
        self.hear()
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Says loudly that PostgreSQL is missing.
pub fn missing() -> bool {
    let missing = programs().is_none();
    if missing {
        common::skip("postgres");
    }
    missing
}
