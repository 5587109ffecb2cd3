//! Images of the bundled stores, made of the programs that `tools/install` brings.
#![allow(clippy::unwrap_used)]

use super::pod::{Cluster, Container, Image, Pod};
use super::{tool, tool_file};
use std::path::Path;

/// What the entry point of PostgreSQL's image is documented to do, in short: on an empty volume it makes a database, runs
/// the scripts of /docker-entrypoint-initdb.d against a server that listens nowhere but on its socket, and stops that; then
/// it becomes the server. An interrupted first start is not noticed by the next one.
const POSTGRESQL_ENTRYPOINT: &str = r#"
set -eu
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  mkdir -p "$PGDATA"
  chmod 700 "$PGDATA"
  eval "initdb -D \"$PGDATA\" --username=postgres --pwfile=<(printf '%s\n' \"$POSTGRES_PASSWORD\") $POSTGRES_INITDB_ARGS"
  export PGPASSWORD=$POSTGRES_PASSWORD
  pg_ctl -D "$PGDATA" -o "$(printf '%q ' "$@" -c listen_addresses= -p 5432)" -w start
  for script in /docker-entrypoint-initdb.d/*; do
    case $script in
      *.sh) . "$script" ;;
      *.sql) psql -v ON_ERROR_STOP=1 --no-psqlrc -U postgres -d postgres -f "$script" ;;
    esac
  done
  pg_ctl -D "$PGDATA" -m fast -w stop
  unset PGPASSWORD
fi
exec postgres "$@"
"#;

/// The image of a major version of PostgreSQL, from PyPI; nothing if it is not installed.
pub fn postgresql(major: &str) -> Option<Image> {
    let program = tool_file(&format!("postgresql-{major}/bin/postgres"))?;
    let folder = program.parent().unwrap().parent().unwrap();
    let data = if major == "18" { "/var/lib/postgresql/18/docker" } else { "/var/lib/postgresql/data" };
    let image = Image::new("postgres", 999, &[folder]).with("PG_MAJOR", major).with("PGDATA", data);
    // Debian's programs look for the socket there, these in /tmp.
    Some(image.with("PGHOST", "/var/run/postgresql"))
}

/// Starts the container of bundled PostgreSQL, or of another that runs its image, as the image would.
pub fn start_postgresql<'p, 'a>(pod: &'p Pod<'a>, container: &str) -> Container<'p, 'a> {
    pod.start(container, &["bash", "-c", POSTGRESQL_ENTRYPOINT, "docker-entrypoint.sh"])
}

/// The passwords that the tests give to bundled PostgreSQL: with all that could break a string or a shell.
pub const POSTGRESQL_PASSWORD: &str = "el'sa $HOME \"x\" \\ %s #;";
/// The superuser's.
pub const POSTGRESQL_SUPERUSER_PASSWORD: &str = "super'user";

/// Sets the Secret of bundled PostgreSQL.
pub fn postgresql_secrets(cluster: &mut Cluster) {
    cluster.secret("elsa-postgresql", "password", POSTGRESQL_PASSWORD);
    cluster.secret("elsa-postgresql", "superuserPassword", POSTGRESQL_SUPERUSER_PASSWORD);
}

/// The image of Valkey 9.1, from PyPI; its client is Debian's of Redis, the package has none.
pub fn valkey() -> Option<Image> {
    let program = tool_file("valkey/bin/valkey-server")?;
    let client = tool("redis-cli")?;
    let mut image = Image::new("valkey", 999, &[program.parent().unwrap().parent().unwrap()]);
    image.files.push((client, "/usr/bin/valkey-cli".into()));
    Some(image)
}

/// The image of Redis, of Debian's 7.0.
pub fn redis() -> Option<Image> {
    tool("redis-server")?;
    Some(Image::new("redis", 999, &[]))
}

/// The image of RabbitMQ, of Debian's 3.10, which writes a log that images from 3.12 on do not.
pub fn rabbitmq() -> Option<Image> {
    tool("rabbitmq-server")?;
    let mut image = Image::new("rabbitmq", 999, &[Path::new("/usr/lib/rabbitmq")]);
    image.home = "/var/lib/rabbitmq".into();
    image.writable.push("/var/log/rabbitmq".into());
    Some(image)
}
