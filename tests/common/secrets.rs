//! What the tests of `elsakube secrets` share.
#![allow(clippy::unwrap_used)]

use super::{Run, elsakube};
use std::fs;
use std::io::Write;
use std::process::Stdio;

/// Runs the binary with this on its standard input.
pub fn piped(arguments: &[&str], input: &str) -> Run {
    let mut command = elsakube(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    Run {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A folder of templates with a database, a cache whose Secret is mounted whole, certificates and the like.
pub fn folder() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = dir.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write(
        "values.yaml",
        r#"secrets:
  database:
    # -- Name of the Secret.
    name: ""
    keys:
      # -- User.
      # @schema {secret: userName elsa}
      userName: user
      # -- Password.
      # @schema {secret: password}
      password: password
      # -- Password before the last change.
      # @schema {secret: password}
      previous: previous
  cache:
    # -- Name of the Secret.
    name: elsa-cache
    keys:
      # -- Password.
      # @schema {secret: password}
      password: password
      # -- Cookie.
      # @schema {secret: erlangCookie}
      cookie: cookie
  tls:
    # -- Name of the Secret.
    name: elsa-tls
"#,
    );
    write(
        "job/pod.yaml",
        r#"{%- set database = values.secrets.database.name | default(value="elsa-database") -%}
apiVersion: v1
kind: Pod
metadata:
  name: worker
  namespace: {{ release.namespace | quote }}
  labels:
    app.kubernetes.io/instance: {{ release.name | quote }}
    app.kubernetes.io/part-of: elsa
spec:
  containers:
    - name: worker
      image: example/worker
      env:
        - name: DB_USER
          valueFrom: {secretKeyRef: {name: {{ database | quote }}, key: {{ values.secrets.database.keys.userName | quote }}}}
        - name: DB_PASSWORD
          valueFrom: {secretKeyRef: {name: {{ database | quote }}, key: {{ values.secrets.database.keys.password | quote }}}}
        - name: DB_PREVIOUS
          valueFrom: {secretKeyRef: {name: {{ database | quote }}, key: {{ values.secrets.database.keys.previous | quote }}, optional: true}}
        - name: DB_URI
          value: postgres://$(DB_USER):$(DB_PASSWORD)@db
        - name: SHOWN
          value: $$(DB_PREVIOUS)
      envFrom:
        - secretRef: {name: theirs}
      volumeMounts:
        - {name: cache, mountPath: /cache}
        - {name: tls, mountPath: /tls}
        - {name: mixed, mountPath: /mixed/pw, subPath: pw}
  volumes:
    - name: cache
      secret: {secretName: {{ values.secrets.cache.name | quote }}}
    - name: tls
      secret: {secretName: {{ values.secrets.tls.name | quote }}}
    - name: mixed
      projected:
        sources:
          - secret: {name: {{ database | quote }}, items: [{key: {{ values.secrets.database.keys.password | quote }}, path: pw}]}
    - name: bundle
      secret: {secretName: theirs-too, items: [{key: ca.crt, path: ca.crt}]}
"#,
    );
    write(
        "job/ingress.yaml",
        r#"apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  namespace: {{ release.namespace | quote }}
spec:
  tls:
    - hosts: [elsa.example.com]
      secretName: {{ values.secrets.tls.name | quote }}
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata:
  name: made
  namespace: {{ release.namespace | quote }}
spec:
  secretName: theirs-too
  # end
"#,
    );
    dir
}

/// Stands for a value; no piece of it may be printed, nor of its base64.
pub const SECRET: &str = "Zq7hunter2Xw";
/// The same in base64.
pub const ENCODED: &str = "WnE3aHVudGVyMlh3";

/// Fails if a run has printed a piece of [`SECRET`].
#[track_caller]
pub fn is_silent(name: &str, run: &Run) {
    let printed = format!("{}{}", run.stdout, run.stderr);
    for piece in ["hunter", "Zq7", "2Xw", "WnE3", "aHVu", "dGVy", "Mlh3"] {
        assert!(!printed.contains(piece), "{name} prints a piece of the secret\n{printed}");
    }
}
