//! PgBouncer, started with exactly what is rendered, in front of PostgreSQL, which is too.
//!
//! Debian's 1.18 knows all of the rendered file but one line; what that line does stays untested.
#![allow(clippy::unwrap_used)]

#[path = "../stores/authority.rs"]
mod authority;
mod clients;
#[path = "../common/mod.rs"]
mod common;
mod tls;

use clients::{Session, client, elsa};
use common::pod::{Cluster, Container, Image, Pod};
use common::{Run, run, stores, succeed, tool};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// With everything that a shell, a configuration file or SQL could take for its own.
const ODD: &str = r#" a"b""c'd\e$HOME`id`%20 #;é{} "#;

/// The line that a PgBouncer before 1.21 does not know.
const NEWER: &str = "max_prepared_statements";

/// Sessions that hold one connection of PostgreSQL each, where the mode lets them.
const SESSIONS: &str = "pooling.poolMode=session,database.poolSize=1,pooling.maxDatabaseConnections=7";

/// What is rendered with some values, and the images to run it; nothing if something is missing.
fn cluster(sets: &str) -> Option<(Cluster, Image, Image)> {
    let (postgresql, program) = (stores::postgresql("18")?, tool("pgbouncer")?);
    let rendered = succeed(&["render", "--quiet", "--profile", "prod,pgbouncer", "--set", sets]).stdout;
    let mut cluster = Cluster::new(&rendered)?;
    stores::postgresql_secrets(&mut cluster);
    cluster.secret("elsa-pgbouncer", "statsPassword", "figures");
    let mut image = Image::new("pgbouncer", 998, &[]);
    // Where its image has it, too.
    image.files.push((program, "/usr/bin/pgbouncer".into()));
    Some((cluster, postgresql, image))
}

/// Whether the PgBouncer at hand knows all of the file.
fn knows_all() -> bool {
    let version = run(Command::new(tool("pgbouncer").unwrap()).arg("--version")).stdout;
    let mut parts =
        version.split_whitespace().nth(1).unwrap().split('.').map(|part| part.parse::<u32>().unwrap());
    (parts.next().unwrap(), parts.next().unwrap()) >= (1, 21)
}

/// Takes the one line out of the file, if the PgBouncer at hand does not know it.
fn shorten(cluster: &mut Cluster) {
    let maps = cluster.objects.iter_mut().filter(|object| object["kind"] == "ConfigMap");
    let map = maps.into_iter().find(|object| object["metadata"]["name"] == "elsa-pgbouncer").unwrap();
    let text = map["data"]["pgbouncer.ini"].as_str().unwrap();
    let known = |line: &&str| knows_all() || !line.starts_with(NEWER);
    map["data"]["pgbouncer.ini"] =
        text.lines().filter(known).map(|line| format!("{line}\n")).collect::<String>().into();
}

fn pooler<'a>(cluster: &'a Cluster, image: &Image) -> Pod<'a> {
    cluster.pod("Deployment", "elsa-pgbouncer", image)
}

/// A pod's PgBouncer, after its init container, when its probes answer.
fn start<'p, 'a>(pod: &'p Pod<'a>) -> Container<'p, 'a> {
    accepted(&pod.init());
    let mut container = pod.start("pgbouncer", &[]);
    container.ready();
    container.probe("livenessProbe").unwrap();
    container
}

/// A pod's PostgreSQL, likewise.
fn start_postgresql<'p, 'a>(pod: &'p Pod<'a>) -> Container<'p, 'a> {
    accepted(&pod.init());
    let mut container = stores::start_postgresql(pod, "postgresql");
    container.ready();
    container
}

/// A statement of the superuser, on PostgreSQL itself.
fn superuser(postgresql: &Container<'_, '_>, statement: &str) -> String {
    let password = [("PGPASSWORD", stores::POSTGRESQL_SUPERUSER_PASSWORD)];
    accepted(
        &postgresql.exec_with(&password, &["psql", "-XAt", "-U", "postgres", "-d", "elsa", "-c", statement]),
    )
}

/// Expects a command to succeed, and returns what it printed.
fn accepted(run: &Run) -> String {
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    run.stdout.trim().to_string()
}

#[test]
fn it_takes_the_whole_file_but_for_the_one_line_that_it_does_not_know() {
    let Some((mut cluster, _, image)) = cluster("pgbouncer.metrics.enabled=true") else { return };
    if !knows_all() {
        let pod = pooler(&cluster, &image);
        accepted(&pod.init());
        let refused = pod.run("pgbouncer", &[]);
        assert_ne!(refused.code, 0);
        let unknown: Vec<&str> = refused.stderr.lines().filter(|line| line.contains("ERROR")).collect();
        assert!(unknown.iter().any(|line| line.contains(NEWER)), "{}", refused.stderr);
        let about = |line: &&str| line.contains(NEWER) || line.contains("pgbouncer.ini");
        assert!(unknown.iter().all(about), "{}", refused.stderr);
        shorten(&mut cluster);
    }
    start(&pooler(&cluster, &image));
}

#[test]
fn in_session_mode_it_takes_the_whole_file_and_shows_statistics_but_no_more() {
    let Some((cluster, _, image)) = cluster(&format!("{SESSIONS},pgbouncer.metrics.enabled=true")) else {
        return;
    };
    let pod = pooler(&cluster, &image);
    // Without PostgreSQL, whose outage is none of its own.
    let _container = start(&pod);
    let ask = |user: &str, password: &str, command: &str| {
        run(client(&cluster, &format!("dbname=pgbouncer user={user}"), password).args(["-c", command]))
    };
    let databases = accepted(&ask("stats", "figures", "SHOW DATABASES"));
    assert!(databases.contains("elsa|elsa-postgresql|5432|elsa"), "{databases}");
    assert!(ask("stats", "figures", "SHUTDOWN").stderr.contains("admin access needed"));
    assert_ne!(
        ask("elsa", stores::POSTGRESQL_PASSWORD, "SHOW POOLS").code,
        0,
        "elsa is let into the console"
    );
}

#[test]
fn it_runs_as_an_ordinary_user_writes_nowhere_and_lets_in_who_knows_the_password() {
    let Some((mut cluster, server, image)) = cluster("pooling.maxDatabaseConnections=20") else { return };
    shorten(&mut cluster);
    cluster.secret("elsa-postgresql", "password", ODD);
    let postgresql = cluster.pod("StatefulSet", "elsa-postgresql", &server);
    let _postgresql = start_postgresql(&postgresql);
    let pod = pooler(&cluster, &image);
    let container = start(&pod);
    let inside = |script: &str| accepted(&container.exec(&["sh", "-c", script]));
    let status = inside("cat /proc/1/status");
    for line in [
        "Uid:\t998\t998\t998\t998",
        "CapEff:\t0000000000000000",
        "CapBnd:\t0000000000000000",
        "NoNewPrivs:\t1",
    ] {
        assert!(status.contains(line), "{status}");
    }
    let folders = "/ /etc /etc/pgbouncer /run /run/pgbouncer /tmp /usr/bin";
    let written = inside(&format!("for f in {folders}; do (: >$f/x) 2>/dev/null && echo $f; done; :"));
    assert_eq!(written, "");
    assert_eq!(inside("stat -c '%u %a' /run/pgbouncer/userlist.txt"), "998 600");
    assert_eq!(inside("tr '\\0' ' ' </proc/1/cmdline"), "/usr/bin/pgbouncer /etc/pgbouncer/pgbouncer.ini");

    let asked = run(client(&cluster, "", ODD).args(["-c", "SELECT current_user"]));
    assert_eq!(accepted(&asked), "elsa");
    for wrong in ["wrong", "", "el", ODD.trim()] {
        let refused = run(client(&cluster, "", wrong).args(["-c", "SELECT 1"]));
        assert_ne!(refused.code, 0, "{wrong:?} is let in");
    }
    let superuser = stores::POSTGRESQL_SUPERUSER_PASSWORD;
    let refused = run(client(&cluster, "user=postgres", superuser).args(["-c", "SELECT 1"]));
    assert_ne!(refused.code, 0, "a user who is not in the list is let in");
    assert!(!container.log().contains(ODD.trim()));
}

#[test]
fn a_password_that_it_could_not_read_is_refused_before_it_starts() {
    let Some((mut cluster, _, image)) = cluster("pooling.maxDatabaseConnections=20") else { return };
    for password in ["", "two\nlines", "tab\there"] {
        cluster.secret("elsa-postgresql", "password", password);
        let pod = pooler(&cluster, &image);
        let refused = pod.init();
        assert_ne!(refused.code, 0, "{password:?}");
        assert_eq!(refused.stderr, "The password of elsa is empty or has control characters in it.\n");
        assert_eq!(accepted(&pod.run_as("pgbouncer", &["ls", "/run/pgbouncer"])), "");
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
fn sessions_keep_what_is_theirs_in_the_mode_rendered_for_them_and_lose_it_in_the_refused_one() {
    let all = [
        "a setting, which another one found",
        "a setting",
        "a lock, which both got",
        "a lock, which could not be released",
        "a prepared statement",
        "a temporary table",
    ];
    for (sets, expected) in [(SESSIONS, [].as_slice()), ("pooling.poolMode=transaction", &all)] {
        let Some((mut cluster, server, image)) = cluster(sets) else { return };
        shorten(&mut cluster);
        let postgresql = cluster.pod("StatefulSet", "elsa-postgresql", &server);
        let _postgresql = start_postgresql(&postgresql);
        let pod = pooler(&cluster, &image);
        let _container = start(&pod);
        let (mut a, mut b) = (Session::new(&cluster), Session::new(&cluster));
        assert_eq!(lost(&mut a, &mut b), expected, "{sets}");
    }
}

#[test]
fn many_clients_with_plain_transactions_share_few_connections() {
    let Some((mut cluster, server, image)) = cluster("pooling.maxDatabaseConnections=3") else { return };
    shorten(&mut cluster);
    let postgresql = cluster.pod("StatefulSet", "elsa-postgresql", &server);
    let postgresql = start_postgresql(&postgresql);
    let pod = pooler(&cluster, &image);
    let container = start(&pod);
    accepted(&run(elsa(&cluster).args(["-c", "CREATE TABLE ticks (client int)"])));
    let script = "BEGIN; INSERT INTO ticks VALUES (1); SELECT pg_sleep(0.01); COMMIT;\n".repeat(10);
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), script).unwrap();
    let client = || {
        let mut client = elsa(&cluster);
        client.args(["-v", "ON_ERROR_STOP=1", "-f"]).arg(file.path()).stdout(Stdio::null()).spawn().unwrap()
    };
    let clients: Vec<_> = (0..30).map(|_| client()).collect();
    let mut most = 0;
    for mut client in clients {
        while client.try_wait().unwrap().is_none() {
            let count =
                superuser(&postgresql, "SELECT count(*) FROM pg_stat_activity WHERE usename = 'elsa'");
            most = most.max(count.parse::<u32>().unwrap());
        }
        assert!(client.wait().unwrap().success(), "{}", container.log());
    }
    assert_eq!(superuser(&postgresql, "SELECT count(*) FROM ticks"), "300");
    assert!((1..=3).contains(&most), "{most} connections");
}

#[test]
fn it_ends_with_its_last_transaction_and_cuts_none() {
    let Some((mut cluster, server, image)) = cluster("pgbouncer.shutdown.drainSeconds=20") else { return };
    shorten(&mut cluster);
    let postgresql = cluster.pod("StatefulSet", "elsa-postgresql", &server);
    let postgresql = start_postgresql(&postgresql);
    let pod = pooler(&cluster, &image);
    let container = start(&pod);
    let spec = &cluster.object("Deployment", "elsa-pgbouncer")["spec"]["template"]["spec"];
    let hook = &spec["containers"][0]["lifecycle"]["preStop"]["exec"]["command"];
    let hook: Vec<&str> = hook.as_array().unwrap().iter().map(|word| word.as_str().unwrap()).collect();
    let (mut busy, mut idle) = (Session::new(&cluster), Session::new(&cluster));
    assert_eq!(idle.ask("SELECT 1"), "1");
    assert_eq!(busy.ask("CREATE TABLE done (x int)"), "");
    let begun = Instant::now();
    busy.say("BEGIN; INSERT INTO done VALUES (1); SELECT pg_sleep(8); COMMIT");
    // Ends when the container does.
    container.exec(&hook);
    assert_eq!(busy.hear(), "", "{}", container.log());
    let (code, log) = container.end();
    assert_eq!(code, 0, "{log}");
    let taken = begun.elapsed();
    assert!(taken > Duration::from_secs(7) && taken < Duration::from_secs(15), "{taken:?}\n{log}");
    assert_eq!(superuser(&postgresql, "SELECT x FROM done"), "1", "the transaction was cut");
    assert!(idle.ask("SELECT 1").contains("connection"), "an idle client is sent away");
}
