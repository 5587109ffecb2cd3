//! A container that runs: commands and probes in it, its log, its end.

use super::{Pod, Run, eventually, run};
use serde_json::Value;
use std::fs;
use std::process::{Child, Command};
use std::time::{Duration, Instant};

/// A container that runs, until it is stopped or dropped.
pub struct Container<'p, 'a> {
    pub(super) pod: &'p Pod<'a>,
    pub(super) spec: &'p Value,
    pub(super) child: Child,
    pub(super) pid: u64,
    pub(super) scratch: tempfile::TempDir,
}

impl Container<'_, '_> {
    /// Runs a command in the container, as `kubectl exec` does.
    pub fn exec(&self, argv: &[&str]) -> Run {
        self.exec_with(&[], argv)
    }

    /// The same with more variables.
    pub fn exec_with(&self, env: &[(&str, &str)], argv: &[&str]) -> Run {
        let mut command = Command::new("/usr/bin/nsenter");
        command.env_clear().envs(self.pod.env(self.spec)).envs(env.iter().copied());
        command.args(["--target", &self.pid.to_string(), "--mount", "--net", "--pid", "--wd=/", "--"]);
        run(command.args(self.pod.privileges(self.spec)).args(argv))
    }

    /// Asks a probe once, within its time: what it says if it fails.
    ///
    /// # Errors
    ///
    /// The output of a command, or which port takes no connection.
    pub fn probe(&self, probe: &str) -> Result<(), String> {
        let probe = &self.spec[probe];
        let limit = probe["timeoutSeconds"].as_u64().unwrap_or(1).to_string();
        if let Some(command) = probe["exec"]["command"].as_array() {
            let mut argv = vec!["timeout", &limit];
            argv.extend(command.iter().map(|word| word.as_str().unwrap()));
            let run = self.exec(&argv);
            return if run.code == 0 {
                Ok(())
            } else {
                Err(format!("{}{} ({})", run.stdout, run.stderr, run.code))
            };
        }
        let port = &probe["tcpSocket"]["port"];
        let named = |name: &str| {
            self.spec["ports"].as_array()?.iter().find(|port| port["name"] == name)?["containerPort"].as_u64()
        };
        let number = port
            .as_u64()
            .or_else(|| named(port.as_str()?))
            .unwrap_or_else(|| panic!("what probe is {probe}?"));
        let connect = format!("exec 3<>/dev/tcp/127.0.0.1/{number}");
        match self.exec(&["timeout", &limit, "bash", "-c", &connect]).code {
            0 => Ok(()),
            _ => Err(format!("nobody listens on {number}")),
        }
    }

    /// Waits until the startup probe, where there is one, and the readiness probe answer; panics with the log otherwise.
    pub fn ready(&mut self) {
        for probe in ["startupProbe", "readinessProbe"] {
            if self.spec[probe].is_object() {
                self.wait(probe, |this| this.probe(probe).is_ok());
            }
        }
    }

    /// Waits until something is true of it; panics with its log if it ends before, or after two minutes.
    pub fn wait(&mut self, what: &str, mut is: impl FnMut(&Self) -> bool) {
        let limit = Instant::now() + Duration::from_secs(120);
        while !is(self) {
            let ended = self.child.try_wait().unwrap();
            assert!(ended.is_none() && Instant::now() < limit, "no {what}, {ended:?}: {}", self.log());
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// What it has printed.
    pub fn log(&self) -> String {
        String::from_utf8_lossy(&fs::read(self.scratch.path().join("log")).unwrap()).into_owned()
    }

    /// Sends a signal, as `INT`, to the process that is the container's first; it need not end by it.
    pub fn signal(&self, signal: &str) {
        let sent = run(Command::new("kill").args(["-s", signal, &self.pid.to_string()]));
        assert_eq!(sent.code, 0, "{}", sent.stderr);
    }

    /// Sends the image's stop signal and waits; exit code and log. Panics if it has not ended after 30 seconds.
    pub fn stop(mut self, signal: &str) -> (i32, String) {
        self.signal(signal);
        let status = eventually(Duration::from_secs(30), || self.child.try_wait().unwrap());
        let status = status.unwrap_or_else(|| panic!("{signal} does not end it: {}", self.log()));
        (status.code().unwrap_or(-1), self.log())
    }

    /// Waits for its own end; exit code and log.
    pub fn end(mut self) -> (i32, String) {
        let status = eventually(Duration::from_secs(60), || self.child.try_wait().unwrap());
        let status = status.unwrap_or_else(|| panic!("it goes on: {}", self.log()));
        (status.code().unwrap_or(-1), self.log())
    }
}

impl Drop for Container<'_, '_> {
    fn drop(&mut self) {
        // Bubblewrap's own process; its processes end with it.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
