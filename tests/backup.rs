//! The jobs that back PostgreSQL up and restore it, run with exactly the rendered scripts, arguments, variables and mounts
//! against a real server: a wiped database comes back whole, and what is not whole is refused before anything is dropped.
//! The storage `s3` is a folder behind rclone's backend `alias`: the tests have no S3 server.
#![allow(clippy::unwrap_used)]

mod common;

use common::pod::{Cluster, Image, Pod};
use common::{Run, run, stores, succeed, tool};
use serde_json::json;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Schemas, quoted names, sequences, large objects and what depends on each other, as Elsa's role makes them.
const FILL: &str = r#"
CREATE SCHEMA "Elsa";
CREATE TABLE "Elsa"."Workflow Instances" (id serial PRIMARY KEY, "Data" text, at timestamptz DEFAULT now());
INSERT INTO "Elsa"."Workflow Instances" ("Data") SELECT 'state ' || n || ' "quoted" \ é' FROM generate_series(1, 20000) AS n;
CREATE TABLE "Elsa".bookmarks (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  instance int REFERENCES "Elsa"."Workflow Instances" (id));
INSERT INTO "Elsa".bookmarks (instance) SELECT n FROM generate_series(1, 500) AS n;
CREATE TABLE public."__EFMigrationsHistory" ("MigrationId" text PRIMARY KEY);
INSERT INTO public."__EFMigrationsHistory" VALUES ('first'), ('second');
CREATE VIEW public.history AS SELECT * FROM public."__EFMigrationsHistory";
CREATE TYPE public.mood AS ENUM ('fine', 'bad');
CREATE FUNCTION public.answer() RETURNS int LANGUAGE sql AS 'SELECT 42';
CREATE SEQUENCE public.counter START 7;
SELECT nextval('public.counter');
SELECT lo_from_bytea(4711, decode('00ff10', 'hex'));
"#;

/// All that [`FILL`] has made, in one line.
const LOOK: &str = r#"
SELECT (SELECT count(*) || ' ' || md5(string_agg(i::text, '' ORDER BY id)) FROM "Elsa"."Workflow Instances" AS i),
  (SELECT count(*) FROM "Elsa".bookmarks), (SELECT count(*) FROM public.history),
  (SELECT last_value FROM public.counter), (SELECT last_value FROM "Elsa"."Workflow Instances_id_seq"),
  (SELECT encode(lo_get(4711), 'hex')), public.answer(), 'bad'::public.mood
"#;

/// A newer Elsa has been here, and somebody has deleted things.
const SPOIL: &str = r#"
DROP TABLE "Elsa".bookmarks;
DELETE FROM "Elsa"."Workflow Instances" WHERE id > 3;
CREATE TABLE "Elsa".newer (n int);
CREATE TABLE public.newer (n int);
CREATE SCHEMA later CREATE TABLE things (n int);
INSERT INTO public."__EFMigrationsHistory" VALUES ('third');
SELECT lo_unlink(4711);
"#;

const S3: [&str; 4] = ["prod,backup-s3", "--set", "s3.bucket=dumps", "--quiet"];
const VOLUME: [&str; 4] = ["prod,backup", "--set", "backup.restoreTest=true", "--quiet"];

fn sql(cluster: &Cluster, image: &Image, command: &str) -> Run {
    let env = [("PGPASSWORD", stores::POSTGRESQL_PASSWORD), ("PGOPTIONS", "-c client_min_messages=error")];
    let to = "host=elsa-postgresql user=elsa dbname=elsa";
    cluster.client(image, &env, &["psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-d", to, "-c", command])
}

fn good(run: &Run) -> String {
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    run.stdout.trim().to_string()
}

fn refused(run: &Run, says: &str) {
    assert_ne!(run.code, 0, "not refused: {}", run.stdout);
    assert!(run.stderr.contains(says), "{says}? {}{}", run.stdout, run.stderr);
}

/// A cluster with a filled database of this major version; nothing without the programs.
fn with_database(major: &str, arguments: &[&str], test: impl FnOnce(&Cluster, &Image)) {
    let Some(image) = stores::postgresql(major) else { return };
    let version = format!("postgresql.version={major}");
    let mut all = vec!["render", "--set-string", &version, "--profile"];
    all.extend(arguments);
    let Some(mut cluster) = Cluster::new(&succeed(&all).stdout) else { return };
    stores::postgresql_secrets(&mut cluster);
    cluster.secret("elsa-s3", "accessKeyId", "id");
    cluster.secret("elsa-s3", "secretAccessKey", "key");
    storage_is_a_folder(&mut cluster);
    let pod = cluster.pod("StatefulSet", "elsa-postgresql", &image);
    good(&pod.init());
    let mut server = stores::start_postgresql(&pod, "postgresql");
    server.ready();
    good(&sql(&cluster, &image, FILL));
    test(&cluster, &image);
}

/// Puts a claim where rclone looks for S3. Nothing else of the rendered objects changes.
fn storage_is_a_folder(cluster: &mut Cluster) {
    for job in cluster.objects.iter_mut().filter(|object| object["kind"] == "CronJob") {
        let spec = &mut job["spec"]["jobTemplate"]["spec"]["template"]["spec"];
        let mut claimed = false;
        for list in ["initContainers", "containers"] {
            for container in spec[list].as_array_mut().into_iter().flatten() {
                let Some(env) = container["env"].as_array_mut() else { continue };
                let Some(kind) = env.iter_mut().find(|variable| variable["name"] == "RCLONE_CONFIG_S3_TYPE")
                else {
                    continue;
                };
                kind["value"] = "alias".into();
                env.push(json!({"name": "RCLONE_CONFIG_S3_REMOTE", "value": "/bucket"}));
                let mounts = container["volumeMounts"].as_array_mut().unwrap();
                mounts.push(json!({"name": "bucket", "mountPath": "/bucket"}));
                claimed = true;
            }
        }
        if claimed {
            let volumes = spec["volumes"].as_array_mut().unwrap();
            volumes.push(json!({"name": "bucket", "persistentVolumeClaim": {"claimName": "bucket"}}));
        }
    }
}

/// Runs all containers of the backup; the first that fails ends it.
fn back_up(cluster: &Cluster, image: &Image) -> Run {
    let pod = cluster.pod("CronJob", "elsa-backup", image);
    let run = pod.init();
    if run.code == 0 { pod.run("backup", &[]) } else { run }
}

fn restore_pod<'a>(cluster: &'a Cluster, image: &Image) -> Pod<'a> {
    cluster.pod("CronJob", "elsa-restore", image)
}

fn restore(cluster: &Cluster, image: &Image) -> Run {
    let pod = restore_pod(cluster, image);
    let run = pod.init();
    if run.code == 0 { pod.run("restore", &[]) } else { run }
}

/// Files of a folder whose names have this ending.
fn files(folder: &Path, ending: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    entries.map(|name| name.into_string().unwrap()).filter(|name| name.ends_with(ending)).collect()
}

/// The only dump of a folder, and no half of another.
fn only_dump(folder: &Path) -> String {
    let dumps = files(folder, ".dump");
    assert_eq!(dumps.len(), 1, "{dumps:?}");
    assert_eq!(files(folder, ".sha256").len(), 1);
    assert!(!dumps.first().unwrap().starts_with('.'));
    dumps.into_iter().next().unwrap()
}

fn sum(file: &Path) -> String {
    let run = run(Command::new("sha256sum").arg(file));
    run.stdout.split(' ').next().unwrap().to_string()
}

fn loses_nothing(major: &str, arguments: &[&str], folder: impl Fn(&Cluster) -> PathBuf) {
    with_database(major, arguments, |cluster, image| {
        let before = good(&sql(cluster, image, LOOK));
        good(&back_up(cluster, image));
        let name = only_dump(&folder(cluster));
        // By hand, too.
        let check = run(Command::new("sha256sum")
            .args(["--check", &format!("{name}.sha256")])
            .current_dir(folder(cluster)));
        assert_eq!(check.code, 0, "{}", check.stderr);
        for spoil in [
            SPOIL,
            "DROP SCHEMA \"Elsa\" CASCADE; DROP VIEW public.history; DROP TABLE public.\"__EFMigrationsHistory\"",
        ] {
            good(&sql(cluster, image, spoil));
            let restored = good(&restore(cluster, image));
            assert!(restored.contains(&format!("Restored {name}: 3 tables.")), "{restored}");
            assert_eq!(good(&sql(cluster, image, LOOK)), before);
        }
        let newer =
            "SELECT to_regclass('public.newer'), to_regnamespace('later'), to_regclass('\"Elsa\".newer')";
        assert_eq!(good(&sql(cluster, image, newer)), "||");
        // Sequences go on where they were, and rows can be written.
        let next = "INSERT INTO \"Elsa\".\"Workflow Instances\" (\"Data\") VALUES ('x') RETURNING id";
        assert_eq!(good(&sql(cluster, image, next)), "20001");
        let owners = "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname IN ('Elsa', 'public')";
        assert_eq!(good(&sql(cluster, image, owners)), "elsa");
    });
}

fn volume(cluster: &Cluster) -> PathBuf {
    cluster.claim("elsa-backup")
}

fn bucket(cluster: &Cluster) -> PathBuf {
    cluster.claim("bucket").join("dumps/elsa")
}

#[test]
fn a_wiped_database_comes_back_from_a_volume() {
    for major in ["16", "17", "18"] {
        loses_nothing(major, &VOLUME, volume);
    }
}

#[test]
fn a_wiped_database_comes_back_from_the_storage() {
    if tool("rclone").is_some() {
        loses_nothing("18", &S3, bucket);
    }
}

#[test]
fn what_is_not_whole_is_refused_before_anything_is_dropped() {
    with_database("18", &VOLUME, |cluster, image| {
        refused(&restore(cluster, image), "There is no dump elsa-");
        good(&back_up(cluster, image));
        let folder = volume(cluster);
        let name = only_dump(&folder);
        let (dump, checksum) = (folder.join(&name), folder.join(format!("{name}.sha256")));
        let (bytes, line) = (fs::read(&dump).unwrap(), fs::read_to_string(&checksum).unwrap());
        good(&sql(cluster, image, SPOIL));
        let look = "SELECT count(*), to_regclass('public.newer') FROM \"Elsa\".\"Workflow Instances\"";
        let before = good(&sql(cluster, image, look));
        let refuses = |bytes: &[u8], line: Option<&str>, says: &str| {
            fs::write(&dump, bytes).unwrap();
            match line {
                Some(line) => fs::write(&checksum, line).unwrap(),
                None => fs::remove_file(&checksum).unwrap(),
            }
            let run = restore(cluster, image);
            refused(&run, says);
            assert!(run.stderr.contains("Nothing was changed."), "{}", run.stderr);
            assert_eq!(good(&sql(cluster, image, look)), before, "{says}");
        };
        let flipped = |at: usize| {
            let mut bytes = bytes.clone();
            bytes[at] ^= 1;
            bytes
        };
        let cut = &bytes[..bytes.len() * 6 / 10];
        refuses(&flipped(bytes.len() / 2), Some(&line), "it is damaged");
        refuses(cut, Some(&line), "it is damaged");
        refuses(&bytes, Some(&format!("{}  {name}\n", "0".repeat(64))), "it is damaged");
        refuses(&bytes, Some(""), "Nothing was changed.");
        refuses(&bytes, None, "has no checksum");
        // Whoever made the checksum after the damage.
        fs::write(&checksum, "").unwrap();
        for at in [bytes.len() / 3, bytes.len() / 2, bytes.len() * 3 / 4] {
            fs::write(&dump, flipped(at)).unwrap();
            let line = format!("{}  {name}\n", sum(&dump));
            refuses(&flipped(at), Some(&line), "is damaged");
        }
        fs::write(&dump, cut).unwrap();
        refuses(cut, Some(&format!("{}  {name}\n", sum(&dump))), "is damaged");
        fs::write(&dump, b"no dump").unwrap();
        refuses(b"no dump", Some(&format!("{}  {name}\n", sum(&dump))), "cannot read");
        // A restore that fails in its middle: an object of the dump's name that is not Elsa's own.
        fs::write(&dump, &bytes).unwrap();
        fs::write(&checksum, &line).unwrap();
        let pod = restore_pod(cluster, image);
        let missing =
            pod.run_as("restore", &["env", "RESTORE_FILE=other.dump", "bash", "/etc/elsa/backup/restore.sh"]);
        refused(&missing, "There is no dump other.dump.");
        good(&restore(cluster, image));
    });
}

#[test]
fn a_restore_that_fails_leaves_everything_as_it_was() {
    with_database("18", &VOLUME, |cluster, image| {
        good(&back_up(cluster, image));
        good(&sql(cluster, image, SPOIL));
        // The role may not make schemas any more: the restore fails after it has dropped all.
        let pod = cluster.pod("StatefulSet", "elsa-postgresql", image);
        let superuser = [("PGPASSWORD", stores::POSTGRESQL_SUPERUSER_PASSWORD)];
        let ask = |command: &str| {
            let to = "host=elsa-postgresql user=postgres dbname=elsa";
            cluster.client(image, &superuser, &["psql", "-XAtq", "-d", to, "-c", command])
        };
        drop(pod);
        good(&ask("ALTER DATABASE elsa OWNER TO postgres; GRANT CONNECT ON DATABASE elsa TO elsa"));
        let look = "SELECT count(*), to_regclass('public.newer') FROM \"Elsa\".\"Workflow Instances\"";
        let before = good(&sql(cluster, image, look));
        refused(&restore(cluster, image), "The restore failed. Nothing was changed.");
        assert_eq!(good(&sql(cluster, image, look)), before);
    });
}

#[test]
fn nobody_may_be_connected() {
    with_database("18", &VOLUME, |cluster, image| {
        good(&back_up(cluster, image));
        std::thread::scope(|scope| {
            let session = scope.spawn(|| sql(cluster, image, "SELECT pg_sleep(20)"));
            common::pod::eventually(std::time::Duration::from_secs(10), || {
                let count = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%'";
                (good(&sql(cluster, image, count)) == "1").then_some(())
            })
            .unwrap();
            let run = restore(cluster, image);
            refused(&run, "1 other sessions of elsa are connected");
            let way = "kubectl --namespace elsa scale deployment/elsa-server --replicas=0";
            assert!(run.stderr.contains(way), "{}", run.stderr);
            let end =
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%'";
            good(&sql(cluster, image, end));
            assert_ne!(session.join().unwrap().code, 0);
        });
        good(&restore(cluster, image));
    });
}

#[test]
fn a_dump_that_fails_leaves_nothing_and_old_ones_go_when_a_new_one_is_there() {
    with_database("18", &VOLUME, |cluster, image| {
        let folder = volume(cluster);
        let pod = cluster.pod("CronJob", "elsa-backup", image);
        let put = |name: &str| fs::write(folder.join(name), "x").unwrap();
        for name in [
            "elsa-20200101T000000Z.dump",
            "elsa-20200101T000000Z.dump.sha256",
            "elsa-20200102T000000Z.dump",
            "elsa-flow-20200101T000000Z.dump",
            "elsa-20200101T000000Z.dump.mine",
            "elsa-2020xx01T000000Z.dump",
            ".elsa-20200103T000000Z.dump",
            ".elsa-20200104T000000Z.dump",
        ] {
            put(name);
        }
        let old = Command::new("touch")
            .args(["-d", "3 hours ago"])
            .arg(folder.join(".elsa-20200103T000000Z.dump"))
            .status();
        assert!(old.unwrap().success());
        let run = pod.run_as("dump", &["env", "PGPASSWORD=wrong", "bash", "/etc/elsa/backup/dump.sh"]);
        refused(&run, "does not let elsa in");
        let breaks = |how: &str| {
            let cut = "head -c 1000 \"$part\" >/scratch/cut; cat /scratch/cut >\"$part\"";
            let script = format!(
                "pg_dump() {{ command pg_dump \"$@\"; case $1 in --format*) {cut}; {how} ;; esac; }}; . /etc/elsa/backup/dump.sh"
            );
            pod.run_as("dump", &["bash", "-c", &script])
        };
        refused(&breaks("false"), "The dump failed.");
        refused(&breaks("true"), "cannot be read back");
        // A run of now may still write to the fourth.
        assert_eq!(
            files(&folder, ".dump").iter().filter(|name| name.starts_with('.')).collect::<Vec<_>>(),
            [".elsa-20200104T000000Z.dump"]
        );
        assert_eq!(files(&folder, ".dump").len(), 5);

        good(&back_up(cluster, image));
        let mut left = files(&folder, "");
        let newest: Vec<String> = left
            .iter()
            .filter(|name| name.starts_with("elsa-202") && !name.starts_with("elsa-2020"))
            .cloned()
            .collect();
        assert_eq!(newest.len(), 2, "{left:?}");
        for name in newest.into_iter().chain(["lost+found".to_string()]) {
            left.remove(&name);
        }
        let expected = [
            ".elsa-20200104T000000Z.dump",
            "elsa-20200101T000000Z.dump.mine",
            "elsa-2020xx01T000000Z.dump",
            "elsa-flow-20200101T000000Z.dump",
        ];
        assert_eq!(left.iter().map(String::as_str).collect::<Vec<_>>(), expected);
    });
}

#[test]
fn the_test_finds_a_dump_that_does_not_restore() {
    with_database("18", &VOLUME, |cluster, image| {
        // Readable, and yet no database: the rows are checked by a function that finds its table by the search path alone.
        good(&sql(
            cluster,
            image,
            "CREATE TABLE public.two AS SELECT 1 AS n;
             CREATE FUNCTION public.f(int) RETURNS bool LANGUAGE plpgsql AS 'BEGIN RETURN EXISTS (SELECT FROM two WHERE n = $1); END';
             CREATE TABLE public.one (n int CHECK (public.f(n))); INSERT INTO public.one VALUES (1)",
        ));
        refused(&back_up(cluster, image), "The dump does not restore.");
        assert!(files(&volume(cluster), ".dump").is_empty());
        good(&sql(cluster, image, "DROP TABLE public.one"));
        good(&back_up(cluster, image));
        only_dump(&volume(cluster));
    });
}

#[test]
fn a_half_upload_is_no_dump_and_the_storage_keeps_what_it_should() {
    if tool("rclone").is_none() {
        return;
    }
    with_database("18", &S3, |cluster, image| {
        let before = good(&sql(cluster, image, LOOK));
        refused(&restore(cluster, image), "cannot be listed");
        let folder = bucket(cluster);
        // Who it is that writes there.
        fs::create_dir_all(&folder).unwrap();
        for path in [folder.as_path(), folder.parent().unwrap()] {
            std::os::unix::fs::chown(path, Some(999), Some(999)).unwrap();
        }
        for name in [
            "elsa-20200101T000000Z.dump",
            "elsa-20200101T000000Z.dump.sha256",
            "elsa-20200102T000000Z.dump",
            "other-20200101T000000Z.dump",
        ] {
            fs::write(folder.join(name), "x").unwrap();
        }
        good(&back_up(cluster, image));
        let left = files(&folder, ".dump");
        assert_eq!(left.len(), 2, "{left:?}");
        assert!(left.contains("other-20200101T000000Z.dump"));
        let name = left.into_iter().find(|name| name.starts_with("elsa-")).unwrap();
        let (dump, checksum) = (folder.join(&name), folder.join(format!("{name}.sha256")));
        let (bytes, line) = (fs::read(&dump).unwrap(), fs::read(&checksum).unwrap());
        fs::remove_file(&checksum).unwrap();
        refused(&restore(cluster, image), "was not uploaded whole");
        fs::write(&checksum, &line).unwrap();
        fs::write(&dump, &bytes[..bytes.len() / 2]).unwrap();
        refused(&restore(cluster, image), "it is damaged");
        assert_eq!(good(&sql(cluster, image, LOOK)), before);
        // An upload that arrives short deletes nothing, and gets no checksum.
        for file in [&dump, &checksum] {
            fs::remove_file(file).unwrap();
        }
        fs::write(folder.join("elsa-20200101T000000Z.dump"), "x").unwrap();
        let pod = cluster.pod("CronJob", "elsa-backup", image);
        good(&pod.init());
        let script = "rclone() { case $1 in cat) command rclone \"$@\" | head -c 100 ;; *) command rclone \"$@\" ;; esac; }; . /etc/elsa/backup/upload.sh";
        refused(&pod.run_as("backup", &["sh", "-c", script]), "What has arrived is not what was sent.");
        assert!(files(&folder, ".sha256").is_empty());
        assert!(folder.join("elsa-20200101T000000Z.dump").exists());
    });
}

#[test]
fn a_newer_server_or_dump_is_named() {
    let (Some(older), true) = (stores::postgresql("17"), stores::postgresql("18").is_some()) else { return };
    with_database("18", &VOLUME, |cluster, image| {
        let pod = cluster.pod("CronJob", "elsa-backup", &older);
        refused(&pod.run("dump", &[]), "Set postgresql.version to \"18\"");
        good(&back_up(cluster, image));
        let dump = volume(cluster).join(only_dump(&volume(cluster)));
        let kept = tempfile::tempdir().unwrap();
        fs::copy(&dump, kept.path().join("elsa-20990101T000000Z.dump")).unwrap();
        with_database("17", &VOLUME, |cluster, image| {
            good(&back_up(cluster, image));
            let name = "elsa-20990101T000000Z.dump";
            let to = volume(cluster).join(name);
            fs::copy(kept.path().join(name), &to).unwrap();
            fs::write(volume(cluster).join(format!("{name}.sha256")), format!("{}  {name}\n", sum(&to)))
                .unwrap();
            refused(&restore(cluster, image), "is of PostgreSQL 18, and the server is 17");
        });
    });
}

#[test]
fn the_scripts_please_shellcheck_and_no_password_is_in_a_manifest() {
    let shellcheck = tool("shellcheck");
    for arguments in [VOLUME, S3] {
        let text = succeed(&[&["render", "--profile"][..], &arguments].concat()).stdout;
        let objects = common::pod::stream(&text);
        let map = objects
            .iter()
            .find(|object| object["kind"] == "ConfigMap" && object["metadata"]["name"] == "elsa-backup");
        let scripts = map.unwrap()["data"].as_object().unwrap();
        assert!(scripts.len() >= 4);
        for (name, script) in scripts {
            let script = script.as_str().unwrap();
            for word in ["PGPASSWORD=", "SECRET_ACCESS_KEY", "| rclone", "pg_dump |"] {
                assert!(!script.contains(word), "{name}: {word}");
            }
            let Some(shellcheck) = &shellcheck else { continue };
            let dir = tempfile::tempdir().unwrap();
            fs::write(dir.path().join(name), script).unwrap();
            let run = run(Command::new(shellcheck).arg(dir.path().join(name)));
            assert_eq!(run.code, 0, "{}", run.stdout);
        }
    }
}
