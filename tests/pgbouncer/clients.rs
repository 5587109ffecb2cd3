//! Clients of PgBouncer.

use crate::common::pod::Cluster;
use crate::common::{stores, tool_file};
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// A client with whatever options and password.
pub(crate) fn client(cluster: &Cluster, options: &str, password: &str) -> Command {
    let mut command = cluster.beside(&tool_file("postgresql-18/bin/psql").unwrap());
    command.env("PGPASSWORD", password).env("LC_ALL", "C.UTF-8");
    command.args(["-qwAtX", &format!("hostaddr=127.0.0.1 port=6432 dbname=elsa user=elsa {options}")]);
    command
}

/// A client that may do what Elsa may.
pub(crate) fn elsa(cluster: &Cluster) -> Command {
    client(cluster, "", stores::POSTGRESQL_PASSWORD)
}

/// One connection, statement by statement.
pub(crate) struct Session {
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Session {
    pub(crate) fn new(cluster: &Cluster) -> Self {
        let client = elsa(cluster);
        // Errors are part of the conversation.
        let mut command = Command::new("/bin/sh");
        command.args(["-c", "exec \"$@\" 2>&1", "sh"]).arg(client.get_program()).args(client.get_args());
        command.env_clear();
        for (name, value) in client.get_envs() {
            command.env(name, value.unwrap_or_default());
        }
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (input, output) = (process.stdin.take().unwrap(), process.stdout.take().unwrap());
        Session { process, input, output: BufReader::new(output) }
    }

    /// Says something without waiting for the answer.
    pub(crate) fn say(&mut self, statements: &str) {
        writeln!(self.input, "{statements};\n\\echo == end").unwrap();
    }

    /// The answer to what was said.
    pub(crate) fn hear(&mut self) -> String {
        let (mut answer, mut line) = (String::new(), String::new());
        while self.output.read_line(&mut line).unwrap() > 0 && line != "== end\n" {
            answer.push_str(&line);
            line.clear();
        }
        answer.trim().to_string()
    }

    /// Both.
    pub(crate) fn ask(&mut self, statements: &str) -> String {
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
