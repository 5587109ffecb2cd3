//! Mistakes that people make with Elsa's manifests, each as a change of our own rendering.

use super::stream::Stream;

/// One class of mistake.
pub(crate) struct Mistake {
    /// In words.
    pub(crate) class: &'static str,
    /// The rule that must find it.
    pub(crate) code: &'static str,
    /// Rules that may find what follows from it, anywhere.
    pub(crate) also: &'static [&'static str],
    /// Makes it and gives the line to blame; nothing where these manifests cannot have it.
    pub(crate) make: fn(&mut Stream) -> Option<usize>,
}

const fn mistake(class: &'static str, code: &'static str, make: fn(&mut Stream) -> Option<usize>) -> Mistake {
    Mistake { class, code, also: &[], make }
}

const SERVER: (&str, &str) = ("Deployment", "elsa-server");
const STUDIO: (&str, &str) = ("Deployment", "elsa-studio");

pub(crate) const MISTAKES: [Mistake; 46] = [
    mistake("a variable of the guide", "unread-setting", |s| setting(s, "ELSA__RUNTIME__TYPE: Distributed")),
    mistake("the guide's Redis", "unread-setting", |s| setting(s, "REDIS__CONNECTIONSTRING: redis:6379")),
    mistake("the guide's Quartz", "unread-setting", |s| variable(s, "QUARTZ__CLUSTERED", "true")),
    mistake("a letter missing in a key", "misspelt-setting", |s| {
        let line = map(s, "Http__BaseUrl")?;
        s.replace(line, "Http__BaseUrl", "Http__BasUrl")
    }),
    mistake("one underscore", "misspelt-setting", |s| {
        let line = map(s, "Http__BaseUrl")?;
        s.replace(line, "Http__BaseUrl", "Http_BaseUrl")
    }),
    mistake("a name of the runtime in capitals", "misspelt-setting", |s| {
        let line = map(s, "DOTNET_EnableDiagnostics")?;
        s.replace(line, "DOTNET_EnableDiagnostics", "DOTNET_ENABLEDIAGNOSTICS")
    }),
    mistake("a value in lower case", "wrong-setting-value", |s| {
        let line = map(s, "DatabaseProvider: PostgreSql")?;
        if s.text().contains("program: \"host-") {
            return None; // It takes any case.
        }
        s.replace(line, "PostgreSql", "postgresql")
    }),
    mistake("a lock provider in lower case", "wrong-setting-value", |s| {
        let line = map(s, "Runtime__DistributedLocking__Provider")?;
        let text = s.lines[line].clone();
        if s.text().contains("program: \"host-") {
            return None;
        }
        s.lines[line] =
            text.replace("Postgres", "postgres").replace("Redis", "redis").replace("File", "file");
        Some(line)
    }),
    mistake("seconds for a duration", "wrong-setting-value", |s| {
        let line = map(s, "Shutdown__DrainDeadline")?;
        s.replace(line, "\"00:01:00\"", "\"60\"")
    }),
    mistake("a slash behind the API's address", "wrong-setting-value", |s| {
        let line = s.in_object("ConfigMap", "elsa-studio", "Backend__Url")?;
        s.replace(line, "/elsa/api\"", "/elsa/api/\"")
    }),
    mistake("Studio's setting of 3.5", "setting-of-another-release", |s| {
        let line = s.in_object("ConfigMap", "elsa-studio", "Backend__Url")?;
        Some(s.insert(line, &["ElsaServer__Url: https://elsa.example.com/elsa/api"]))
    }),
    mistake("Studio's setting of 3.9", "setting-of-another-release", |s| {
        let line = s.in_object("ConfigMap", "elsa-studio", "ElsaServer__Url")?;
        Some(s.insert(line, &["Backend__Url: https://elsa.example.com/elsa/api"]))
    }),
    mistake("an administrator as in 3.9", "setting-of-another-release", |s| {
        if s.text().contains("Identity__AdminUser") {
            return None;
        }
        secret_variable(s, "Identity__AdminUser__Password")
    }),
    mistake("users as in 3.5", "setting-of-another-release", |s| {
        if s.text().contains("Identity__Users__") {
            return None;
        }
        secret_variable(s, "Identity__Users__0__HashedPassword")
    }),
    mistake("a setting twice", "shadowed-setting", |s| {
        variable(s, "Http__BasePath", "/wf")?;
        map(s, "Http__BasePath")
    }),
    mistake("a setting twice, in two cases", "shadowed-setting", |s| {
        let line = map(s, "Http__BaseUrl")?;
        s.insert(line, &["HTTP__BASEURL: https://elsa.example.com"]);
        Some(line)
    }),
    mistake("Redis without locks in it", "setting-without-effect", |s| {
        let reads = s.text().contains("program: \"host-") || s.text().contains("program: \"server-3.5");
        if !reads || s.text().contains("ConnectionStrings__Redis") {
            return None;
        }
        secret_variable(s, "ConnectionStrings__Redis")
    }),
    mistake("no signing key", "missing-setting", |s| {
        let line = s.in_object(SERVER.0, SERVER.1, "- name: Identity__Tokens__SigningKey")?;
        s.remove(line);
        container(s, SERVER)
    }),
    mistake("a signing key that everybody knows", "harmful-setting-value", |s| {
        let line = s.in_object(SERVER.0, SERVER.1, "- name: Identity__Tokens__SigningKey")?;
        s.remove(line);
        Some(variable(s, "Identity__Tokens__SigningKey", "sufficiently-large-secret-signing-key")? + 1)
    }),
    mistake("a password in a ConfigMap", "secret-in-plain-text", |s| {
        let line = s.in_object(SERVER.0, SERVER.1, "- name: Identity__Tokens__SigningKey")?;
        s.remove(line);
        setting(s, "Identity__Tokens__SigningKey: k3Yk3Yk3Yk3Yk3Yk3Yk3Yk3Yk3Yk3Yk3Yk3Y")
    }),
    mistake("the development environment", "harmful-setting-value", |s| {
        if s.text().contains("program: \"host-") {
            return None; // It holds no settings for that.
        }
        setting(s, "ASPNETCORE_ENVIRONMENT: Development")
    }),
    mistake("a folder that cannot be written to", "unwritable-folder", |s| {
        let line = s.in_object(SERVER.0, SERVER.1, "- name: \"app-app-data\"")?;
        s.remove(line);
        let container = container(s, SERVER)?;
        s.below(container, "readOnlyRootFilesystem: true")
    }),
    mistake("a volume over the program", "program-hidden", |s| {
        let line = s.in_object(SERVER.0, SERVER.1, "mountPath: \"/app/App_Data\"")?;
        s.replace(line, "/app/App_Data", "/app")
    }),
    mistake("the guide's probes", "probe-not-served", |s| {
        let probe = s.in_object(SERVER.0, SERVER.1, "readinessProbe:")?;
        let line = s.below(probe, "path: \"/\"")?;
        s.replace(line, "\"/\"", "\"/health/ready\"")
    }),
    mistake("health on the public port", "probe-not-served", |s| {
        let probe = s.in_object(SERVER.0, SERVER.1, "livenessProbe:")?;
        let line = s.below(probe, "port: \"management\"")?;
        s.replace(line, "management", "http")
    }),
    mistake("a probe that Studio answers with a page", "probe-says-nothing", |s| {
        let probe = s.in_object(STUDIO.0, STUDIO.1, "livenessProbe:")?;
        let line = s.below(probe, "path:")?;
        s.replace(line, "/_framework/blazor.webassembly.js", "/health/live")
    }),
    mistake("a liveness probe on the database", "liveness-depends-on-others", |s| {
        let probe = s.in_object(SERVER.0, SERVER.1, "livenessProbe:")?;
        let line = s.below(probe, "path: \"/health/live\"")?;
        s.replace(line, "/health/live", "/health/ready")
    }),
    mistake("too little time for a readiness probe", "probe-timeout-too-short", |s| {
        let probe = s.in_object(SERVER.0, SERVER.1, "readinessProbe:")?;
        s.below(probe, "path: \"/health/ready\"")?;
        let line = s.below(probe, "timeoutSeconds: 5")?;
        s.replace(line, "5", "1")
    }),
    Mistake {
        class: "three replicas of a published image",
        code: "replicas-not-supported",
        // SQLite's volume is for one pod.
        also: &["rollout-blocked"],
        make: |s| {
            let line = s.in_object(SERVER.0, SERVER.1, "replicas: 1")?;
            s.replace(line, "1", "3")
        },
    },
    Mistake {
        class: "a rolling update of a published image",
        code: "overlapping-pods",
        // SQLite's volume is for one pod.
        also: &["rollout-blocked"],
        make: |s| {
            let line = s.in_object(SERVER.0, SERVER.1, "type: Recreate")?;
            s.replace(line, "Recreate", "RollingUpdate")
        },
    },
    mistake("the default grace period", "grace-period-too-short", |s| {
        let line = s.in_object(SERVER.0, SERVER.1, "terminationGracePeriodSeconds:")?;
        s.lines[line] = "      terminationGracePeriodSeconds: 15".to_string();
        Some(line)
    }),
    mistake("the guide's image", "abandoned-image", |s| image(s, "elsaworkflows/elsa-server-v3:latest")),
    mistake("a tag that follows the next Elsa", "floating-tag", |s| {
        let line = s.in_object(SERVER.0, SERVER.1, "image: \"docker.io/elsaworkflows/elsa-server:")?;
        let text = s.lines[line].clone();
        let (name, _) = text.rsplit_once(':')?;
        s.lines[line] = format!("{name}:latest\"");
        Some(line)
    }),
    mistake("Studio of another release", "studio-of-another-release", |s| {
        let line = s.in_object(STUDIO.0, STUDIO.1, "image: \"docker.io/elsaworkflows/elsa-studio:")?;
        let other = if s.lines[line].contains("3.9.0") { ("3.9.0", "3.8.4") } else { ("3.8.4", "3.9.0") };
        let annotation = s.in_object(STUDIO.0, STUDIO.1, "elsakube/program:")?;
        s.lines.remove(annotation);
        s.replace(line - 1, other.0, other.1)
    }),
    mistake("Studio calls a name in the cluster", "server-unreachable-from-browser", |s| {
        let line = ["Backend__Url", "ElsaServer__Url"]
            .into_iter()
            .find_map(|key| s.in_object("ConfigMap", "elsa-studio", key))?;
        let (key, _) = s.lines[line].split_once(':')?;
        s.lines[line] = format!("{key}: http://elsa-server.elsa.svc/elsa/api");
        Some(line)
    }),
    mistake("nothing waits for the database", "database-not-awaited", |s| {
        let line = s.in_object(SERVER.0, SERVER.1, "- name: wait-for-database")?;
        s.remove(line);
        s.lines.remove(line - 1);
        container(s, SERVER)
    }),
    mistake("SQLite in the pod", "database-not-kept", |s| {
        let line = s.in_object(SERVER.0, SERVER.1, "persistentVolumeClaim:")?;
        s.remove(line);
        s.lines.insert(line, "          emptyDir: {}".to_string());
        s.in_object(SERVER.0, SERVER.1, "mountPath: /data")
    }),
    mistake("fewer replicas told than there are", "cluster-replicas-differ", |s| {
        let line = map(s, "Cluster__Replicas")?;
        s.replace(line, "\"6\"", "\"1\"")
    }),
    mistake("replicas that cannot tell each other", "replicas-without-messages", |s| {
        let line = s.in_object(SERVER.0, SERVER.1, "- name: ConnectionStrings__RabbitMq")?;
        s.remove(line);
        let line = s.in_object(SERVER.0, SERVER.1, "- name: RABBITMQ_PASSWORD")?;
        s.remove(line);
        s.in_object("HorizontalPodAutoscaler", "elsa-server", "maxReplicas:")
    }),
    Mistake {
        class: "a server open to everybody who knows the password",
        code: "fixed-public-credentials",
        also: &["public-url-not-public", "development-credentials-exposed"],
        make: |s| {
            if !s.text().contains("program: \"server-3.6") {
                return None;
            }
            let line = s.in_object("Service", "elsa-server", "type: ClusterIP")?;
            s.replace(line, "ClusterIP", "LoadBalancer")
        },
    },
    mistake("a shipped user is left", "missing-setting", |s| {
        let line = map(s, "Identity__Users__1__HashedPassword:")?;
        s.remove(line);
        container(s, SERVER)
    }),
    mistake("an invented metric", "unknown-metric", |s| {
        s.append(
            "apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata:\n  name: elsa\nspec:\n  groups:\n    - name: elsa\n      \
             rules:\n        - alert: Failing\n          expr: rate(elsa_workflow_executions_total[5m]) > 0\n",
            "elsa_workflow_executions_total",
        )
    }),
    mistake("scraping what has no metrics", "metrics-not-served", |s| {
        if s.text().contains("program: \"host-") {
            return None;
        }
        let line = s.in_object(SERVER.0, SERVER.1, "elsakube/program:")?;
        let line = s.insert(line, &["prometheus.io/scrape: \"true\"", "prometheus.io/port: \"8080\""]);
        Some(line)
    }),
    mistake("a probe with a tool that the image has not", "probe-command-missing", |s| {
        let probe = s.in_object(STUDIO.0, STUDIO.1, "livenessProbe:")?;
        s.remove(probe + 1);
        Some(s.insert(probe, &["  exec:", "    command: [curl, -f, http://localhost:8080/]"]) + 1)
    }),
    mistake("workflows where Studio has pages", "workflows-path-taken", |s| {
        s.in_object("Ingress", "elsa", "- path: \"/wf\"")?;
        let route = s.in_object("Ingress", "elsa", "- path: \"/wf\"")?;
        s.replace(route, "/wf", "/workflows")?;
        let line = map(s, "Http__BasePath")?;
        s.replace(line, "/wf", "/workflows")?;
        Some(line)
    }),
    mistake("the API's path without the hubs'", "server-path-not-routed", |s| {
        let line = s.in_object("Ingress", "elsa", "- path: \"/elsa\"")?;
        s.replace(line, "\"/elsa\"", "\"/elsa/api\"")
    }),
];

/// The line of a setting in the server's ConfigMap.
fn map(s: &Stream, start: &str) -> Option<usize> {
    s.in_object("ConfigMap", "elsa-server", start)
}

/// A new line in the server's ConfigMap.
fn setting(s: &mut Stream, text: &str) -> Option<usize> {
    let line = map(s, "DatabaseProvider")?;
    Some(s.insert(line, &[text]))
}

/// A new variable of the server's container.
fn variable(s: &mut Stream, name: &str, value: &str) -> Option<usize> {
    let line = environment(s)?;
    Some(s.insert(line, &[&format!("  - name: {name}"), &format!("    value: \"{value}\"")]))
}

/// A new variable from a Secret.
fn secret_variable(s: &mut Stream, name: &str) -> Option<usize> {
    let line = environment(s)?;
    let reference = "      secretKeyRef: {name: elsa, key: key}";
    Some(s.insert(line, &[&format!("  - name: {name}"), "    valueFrom:", reference]))
}

fn environment(s: &Stream) -> Option<usize> {
    let container = container(s, SERVER)?;
    s.below(container, "env:")
}

/// The line with the name of the Elsa container.
fn container(s: &Stream, (kind, name): (&str, &str)) -> Option<usize> {
    let containers = s.in_object(kind, name, "containers:")?;
    s.below(containers, "- name:")
}

fn image(s: &mut Stream, reference: &str) -> Option<usize> {
    let container = container(s, SERVER)?;
    let line = s.below(container, "image:")?;
    s.lines[line] = format!("          image: {reference}");
    Some(line)
}
