//! Encrypted on both sides, with several authorities in one file.

use crate::common::{run, tool};
use crate::database::{self, Database};
use crate::pod::{Network, Pod, Secrets};
use crate::{PASSWORD, shorten};
use std::fs;
use std::path::Path;
use std::process::Command;

/// An authority and a certificate that it gave to a host.
struct Issued {
    authority: String,
    certificate: String,
    key: String,
}

fn issue(folder: &Path, host: &str) -> Option<Issued> {
    let openssl = tool("openssl")?;
    let folder = folder.join(host);
    fs::create_dir(&folder).unwrap();
    let call = |arguments: &str| {
        let made = run(Command::new(&openssl).args(arguments.split(' ')).current_dir(&folder));
        assert_eq!(made.code, 0, "openssl {arguments}\n{}", made.stderr);
    };
    let new = "req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2";
    call(&format!("{new} -x509 -subj /CN=authority-of-{host} -keyout ca.key -out ca.crt"));
    call(&format!("{new} -subj /CN={host} -addext subjectAltName=DNS:{host} -keyout tls.key -out tls.csr"));
    call(
        "x509 -req -in tls.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -copy_extensions copy -out tls.crt",
    );
    let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    Some(Issued { authority: read("ca.crt"), certificate: read("tls.crt"), key: read("tls.key") })
}

#[test]
fn both_sides_are_encrypted_and_verified_with_whichever_authority_fits() {
    let Some(network) = Network::new() else { return };
    if database::missing() {
        return;
    }
    let scratch = tempfile::tempdir().unwrap();
    let names = ["elsa-postgresql", "elsa-pgbouncer", "corp"];
    let Some([server, pooler, other]) = names
        .map(|name| issue(scratch.path(), name))
        .into_iter()
        .collect::<Option<Vec<_>>>()
        .and_then(|all| <[Issued; 3]>::try_from(all).ok())
    else {
        return;
    };
    let settings = "ssl = on\nssl_cert_file = 'tls.crt'\nssl_key_file = 'tls.key'\n";
    let files = [("tls.crt", server.certificate.as_str()), ("tls.key", server.key.as_str())];
    let Some(database) = Database::start(&network, PASSWORD, settings, &files) else { return };
    let sets = "postgresql.tlsSecretName=pg-tls,caBundle.secretName=corp-ca,pgbouncer.tlsSecretName=pgb-tls";
    let root = scratch.path().join("root.crt");
    fs::write(&root, &pooler.authority).unwrap();
    for (authority, trusted) in [(&server.authority, true), (&other.authority, false)] {
        let secrets = Secrets::from([
            (("elsa-postgresql", "password"), PASSWORD.to_string()),
            // Without its last newline, as people paste it: the next one must not grow on to it.
            (("corp-ca", "other.crt"), other.authority.trim().to_string()),
            (("pg-tls", "ca.crt"), authority.trim().to_string()),
            (("pg-tls", "tls.key"), "not for PgBouncer".to_string()),
            (("pgb-tls", "tls.crt"), pooler.certificate.clone()),
            (("pgb-tls", "tls.key"), pooler.key.clone()),
            (("pgb-tls", "ca.crt"), pooler.authority.clone()),
        ]);
        let Some(mut pod) = Pod::render(&network, sets, secrets) else { return };
        shorten(&pod);
        assert!(pod.start(), "{}", pod.log());
        let ask = |mode: &str| {
            let address = format!(
                "host=elsa-pgbouncer hostaddr=127.0.0.1 port=6432 user=elsa dbname=elsa sslmode={mode} sslrootcert={}",
                root.display()
            );
            let query = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
            run(database.client(PASSWORD).args(["-d", &address, "-c", query]))
        };
        let asked = ask("verify-full");
        if trusted {
            assert_eq!((asked.code, asked.stdout.trim()), (0, "t"), "{}{}", asked.stderr, pod.log());
            assert_ne!(ask("disable").code, 0, "a plain connection is taken");
        } else {
            assert_ne!(asked.code, 0, "PostgreSQL is taken for what it does not prove");
            assert!(pod.log().contains("certificate verify failed"), "{}", pod.log());
        }
    }
}
