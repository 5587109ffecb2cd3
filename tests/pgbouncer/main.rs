//! PgBouncer, started with exactly what is rendered, in front of a PostgreSQL.
//!
//! Debian's 1.18 knows all of the rendered file but one line; what that line does stays untested.
#![allow(clippy::unwrap_used, unreachable_pub)]

#[path = "../common/mod.rs"]
mod common;
mod database;
mod pod;
mod tls;

use common::{run, tool};
use database::{Database, Session};
use pod::{Network, Pod, Secrets};
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// With everything that a shell, a configuration file or SQL could take for its own.
const PASSWORD: &str = r#"a"b""c'd\e$HOME`id`%20 #;é{}"#;

/// The line that a PgBouncer before 1.21 does not know.
const NEWER: &str = "max_prepared_statements";

fn secrets() -> Secrets {
    Secrets::from([(("elsa-postgresql", "password"), PASSWORD.to_string())])
}

/// Whether the PgBouncer at hand knows all of the file.
fn knows_all() -> bool {
    let version = run(Command::new(tool("pgbouncer").unwrap()).arg("--version")).stdout;
    let number = version.split_whitespace().nth(1).unwrap();
    let mut parts = number.split('.').map(|part| part.parse::<u32>().unwrap());
    (parts.next().unwrap(), parts.next().unwrap()) >= (1, 21)
}

/// Takes the one line out of the file, if the PgBouncer at hand does not know it.
fn shorten(pod: &Pod) {
    let path = pod.volume("config").join("pgbouncer.ini");
    let text = fs::read_to_string(&path).unwrap();
    let known = |line: &&str| knows_all() || !line.starts_with(NEWER);
    fs::write(&path, text.lines().filter(known).map(|line| format!("{line}\n")).collect::<String>()).unwrap();
}

/// PgBouncer in front of PostgreSQL, with some values.
fn pooled<'a>(network: &'a Network, sets: &str) -> Option<(Database<'a>, Pod<'a>)> {
    if database::missing() {
        return None;
    }
    let mut pod = Pod::render(network, sets, secrets())?;
    let database = Database::start(network, PASSWORD, "", &[])?;
    shorten(&pod);
    assert!(pod.start(), "{}", pod.log());
    Some((database, pod))
}

/// Sessions that hold one connection of PostgreSQL each, where the mode lets them.
const SESSIONS: &str = "pooling.poolMode=session,database.poolSize=1,pooling.maxDatabaseConnections=7";

#[test]
fn it_takes_the_whole_file_but_for_the_one_line_that_it_does_not_know() {
    let Some(network) = Network::new() else { return };
    let Some(mut pod) = Pod::render(&network, "pooling.maxDatabaseConnections=20", secrets()) else { return };
    let whole = pod.start();
    assert_eq!(whole, knows_all(), "{}", pod.log());
    if !whole {
        let log = pod.log();
        let complaints: Vec<&str> =
            log.lines().filter(|line| line.contains("ERROR") || line.contains("parameter")).collect();
        assert!(!complaints.is_empty(), "{log}");
        assert!(
            complaints.iter().all(|line| line.contains(NEWER) || line.contains("pgbouncer.ini")),
            "{log}"
        );
        shorten(&pod);
        assert!(pod.start(), "{}", pod.log());
    }
}

#[test]
fn in_session_mode_it_takes_the_whole_file_and_shows_statistics_but_no_more() {
    if database::missing() {
        return;
    }
    let Some(network) = Network::new() else { return };
    let mut secrets = secrets();
    secrets.insert(("elsa-pgbouncer", "statsPassword"), "figures".to_string());
    let sets = format!("{SESSIONS},pgbouncer.metrics.enabled=true");
    let Some(mut pod) = Pod::render(&network, &sets, secrets) else { return };
    // Without PostgreSQL, whose outage is none of its own.
    assert!(pod.start(), "{}", pod.log());
    let ask = |command: &str| {
        run(database::client(&network, "stats", "pgbouncer", "figures").args(["-c", command]))
    };
    let pools = ask("SHOW DATABASES");
    assert!(pools.code == 0 && pools.stdout.contains("elsa|elsa-postgresql|5432|elsa"), "{}", pools.stderr);
    assert!(ask("SHUTDOWN").stderr.contains("admin access needed"));
    let refused = run(database::client(&network, "elsa", "pgbouncer", PASSWORD).args(["-c", "SHOW POOLS"]));
    assert_ne!(refused.code, 0, "elsa is let into the console");
}

#[test]
fn it_runs_as_an_ordinary_user_writes_nowhere_and_lets_in_who_knows_the_password() {
    let Some(network) = Network::new() else { return };
    let Some((database, pod)) = pooled(&network, "pooling.maxDatabaseConnections=20") else { return };
    let status = fs::read_to_string(format!("/proc/{}/status", pod.pid())).unwrap();
    for line in [
        "Uid:\t998\t998\t998\t998",
        "CapEff:\t0000000000000000",
        "CapBnd:\t0000000000000000",
        "NoNewPrivs:\t1",
    ] {
        assert!(status.contains(line), "{status}");
    }
    let script = "for folder in / /etc /etc/pgbouncer /run/pgbouncer /usr/bin; do (: >$folder/x) 2>/dev/null && echo $folder; done; :";
    let written = run(&mut pod.exec(&["sh".into(), "-c".into(), script.into()]));
    assert_eq!((written.code, written.stdout.as_str()), (0, ""), "{}", written.stderr);
    let list = fs::metadata(pod.volume("run").join("userlist.txt")).unwrap();
    assert_eq!((list.uid(), list.mode() & 0o777), (998, 0o600));

    let asked = run(database.client(PASSWORD).args(["-c", "SELECT current_user"]));
    assert_eq!((asked.code, asked.stdout.trim()), (0, "elsa"), "{}{}", asked.stderr, pod.log());
    for wrong in ["wrong", "", "a"] {
        let refused = run(database.client(wrong).args(["-w", "-c", "SELECT 1"]));
        assert_ne!(refused.code, 0, "{wrong:?} is let in");
    }
    let asked = run(database::client(&network, "postgres", "elsa", "").args(["-w", "-c", "SELECT 1"]));
    assert_ne!(asked.code, 0, "a user who is not in the list is let in");
    for secret in [PASSWORD, "postgresql"] {
        let arguments = fs::read_to_string(format!("/proc/{}/cmdline", pod.pid())).unwrap();
        assert!(!arguments.contains(secret), "{arguments}");
    }
    assert!(!pod.log().contains(PASSWORD));
}

#[test]
fn a_password_that_it_could_not_read_is_refused_before_it_starts() {
    let Some(network) = Network::new() else { return };
    for password in ["", "two\nlines", "tab\there"] {
        let secrets = Secrets::from([(("elsa-postgresql", "password"), password.to_string())]);
        let Some(pod) = Pod::render(&network, "pooling.maxDatabaseConnections=20", secrets) else { return };
        let output = pod.initialise();
        assert!(!output.status.success(), "{password:?}");
        let message = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(message, "The password of elsa is empty or has control characters in it.\n");
        assert!(!pod.volume("run").join("userlist.txt").exists());
    }
}

/// What two clients lose that count on their sessions, over several transactions of both.
fn lost(a: &mut Session, b: &mut Session) -> Vec<&'static str> {
    let mut lost = Vec::new();
    // While the other one is in a transaction, it has the connection that was free first.
    let meanwhile = |a: &mut Session, b: &mut Session, statement: &str| {
        assert_eq!(b.ask("BEGIN; SELECT 1"), "1");
        let answer = a.ask(statement);
        b.ask("COMMIT");
        answer
    };
    a.ask("SET statement_timeout = 54321");
    if b.ask("SHOW statement_timeout") != "0" {
        lost.push("a setting, which another one found");
    }
    a.ask("RESET ALL");
    a.ask("SET statement_timeout = 54321");
    if meanwhile(a, b, "SHOW statement_timeout") != "54321ms" {
        lost.push("a setting");
    }
    assert_eq!(a.ask("SELECT pg_try_advisory_lock(1)"), "t");
    if b.ask("SELECT pg_try_advisory_lock(1)") == "t" {
        lost.push("a lock, which both got");
    }
    assert_eq!(a.ask("SELECT pg_try_advisory_lock(2)"), "t");
    if !meanwhile(a, b, "SELECT pg_advisory_unlock(2)").ends_with('t') {
        lost.push("a lock, which could not be released");
    }
    a.ask("PREPARE one AS SELECT 11");
    if meanwhile(a, b, "EXECUTE one") != "11" {
        lost.push("a prepared statement");
    }
    a.ask("CREATE TEMPORARY TABLE mine (x int)");
    if meanwhile(a, b, "SELECT count(*) FROM mine") != "0" {
        lost.push("a temporary table");
    }
    lost
}

#[test]
fn sessions_keep_what_is_theirs_in_the_mode_that_is_rendered_for_them_and_lose_all_in_the_refused_one() {
    let Some(network) = Network::new() else { return };
    {
        let Some((database, _pod)) = pooled(&network, SESSIONS) else { return };
        let (mut a, mut b) = (database.session(PASSWORD), database.session(PASSWORD));
        assert_eq!(lost(&mut a, &mut b), Vec::<&str>::new());
    }
    let Some((database, _pod)) = pooled(&network, "pooling.poolMode=transaction") else { return };
    let (mut a, mut b) = (database.session(PASSWORD), database.session(PASSWORD));
    let all = [
        "a setting, which another one found",
        "a setting",
        "a lock, which both got",
        "a lock, which could not be released",
        "a prepared statement",
        "a temporary table",
    ];
    assert_eq!(lost(&mut a, &mut b), all);
}

#[test]
fn many_clients_with_plain_transactions_share_few_connections() {
    let Some(network) = Network::new() else { return };
    let Some((database, pod)) = pooled(&network, "pooling.maxDatabaseConnections=3") else { return };
    let made = run(database.client(PASSWORD).args(["-c", "CREATE TABLE ticks (client int)"]));
    assert_eq!(made.code, 0, "{}", made.stderr);
    let script = "BEGIN; INSERT INTO ticks VALUES (1); SELECT pg_sleep(0.01); COMMIT;\n".repeat(10);
    let file = pod.dir.path().join("script.sql");
    fs::write(&file, script).unwrap();
    let clients: Vec<_> = (0..30)
        .map(|_| database.client(PASSWORD).arg("-f").arg(&file).stdout(Stdio::null()).spawn().unwrap())
        .collect();
    let mut most = 0;
    for mut client in clients {
        while client.try_wait().unwrap().is_none() {
            let count = database.ask("SELECT count(*) FROM pg_stat_activity WHERE usename = 'elsa'");
            most = most.max(count.stdout.trim().parse::<u32>().unwrap());
        }
        assert!(client.wait().unwrap().success(), "{}", pod.log());
    }
    let counted = run(database.client(PASSWORD).args(["-c", "SELECT count(*) FROM ticks"]));
    assert_eq!(counted.stdout.trim(), "300");
    assert!((1..=3).contains(&most), "{most} connections");
}

#[test]
fn it_ends_with_its_last_transaction_and_cuts_none() {
    let Some(network) = Network::new() else { return };
    let Some((database, mut pod)) = pooled(&network, "pgbouncer.shutdown.drainSeconds=20") else { return };
    let (mut busy, mut idle) = (database.session(PASSWORD), database.session(PASSWORD));
    assert_eq!(idle.ask("SELECT 1"), "1");
    assert_eq!(busy.ask("CREATE TABLE done (x int)"), "");
    busy.say("BEGIN; INSERT INTO done VALUES (1); SELECT pg_sleep(8); COMMIT");
    let begun = Instant::now();
    let mut hook = pod.pre_stop().spawn().unwrap();
    assert_eq!(busy.hear(), "", "{}", pod.log());
    let code = loop {
        if let Some(code) = pod.exited() {
            break code;
        }
        assert!(
            begun.elapsed() < Duration::from_secs(15),
            "it waits for longer than the transaction\n{}",
            pod.log()
        );
        std::thread::sleep(Duration::from_millis(100));
    };
    assert_eq!(code, 0, "{}", pod.log());
    assert!(begun.elapsed() >= Duration::from_secs(7));
    let _ = hook.wait();
    assert_eq!(database.ask("SELECT x FROM done").stdout.trim(), "1", "the transaction was cut");
    assert!(idle.ask("SELECT 1").contains("connection"), "an idle client is sent away");
    let refused = run(database.client(PASSWORD).args(["-c", "SELECT 1"]));
    assert_ne!(refused.code, 0);
}
