//! The stacks and releases that every output is shown and proven for: a list of our own, and each embedded add-on on the
//! stack that its header says it needs.
#![allow(clippy::unwrap_used)]

use elsakube::assets;
use elsakube::values::profile::{Profile, ProfileSet};
use std::borrow::Cow;

/// A named stack.
#[derive(Clone)]
pub struct Scenario {
    /// Name of its folder in `snapshots/`, or the add-on that it is there for.
    pub name: &'static str,
    /// What `--elsa` gets.
    pub elsa: &'static str,
    /// What `--profile` gets.
    pub profiles: Cow<'static, [&'static str]>,
    /// What `--set` gets.
    pub sets: &'static [&'static str],
}

const fn scenario(
    name: &'static str,
    elsa: &'static str,
    profiles: &'static [&'static str],
    sets: &'static [&'static str],
) -> Scenario {
    Scenario { name, elsa, profiles: Cow::Borrowed(profiles), sets }
}

/// Those with a whole tree of snapshots.
pub const SCENARIOS: [Scenario; 20] = [
    scenario("defaults-3.8", "3.8", &[], &[]),
    scenario("defaults-3.9", "3.9", &[], &[]),
    scenario("dev-3.5", "3.5", &["dev"], &[]),
    scenario("dev-3.6", "3.6", &["dev"], &[]),
    scenario("dev-3.8", "3.8", &["dev"], &[]),
    scenario("dev-3.9", "3.9", &["dev"], &[]),
    scenario("combined-3.6", "3.6", &["dev"], &["studio.mode=combined"]),
    scenario("combined-3.9", "3.9", &["dev"], &["studio.mode=combined"]),
    scenario("prod-3.9", "3.9", &["prod"], &[]),
    scenario("prod-stock-3.5", "3.5", &["prod", "stock"], &[]),
    // Nobody knows its digests: any will do here.
    scenario(
        "prod-stock-redis-3.5",
        "3.5",
        &["prod", "stock"],
        &[
            "locks.provider=Redis,exposure.host=elsa.corp.net,studio.image.tag=sha-0123456",
            "server.image.digest=sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        ],
    ),
    scenario("prod-stock-3.6", "3.6", &["prod", "stock"], &["exposure.type=none"]),
    scenario("prod-stock-3.8", "3.8", &["prod", "stock"], &[]),
    scenario("prod-stock-3.9", "3.9", &["prod", "stock"], &[]),
    scenario(
        "prod-external-3.9",
        "3.9",
        &["prod"],
        &[
            "postgresql.mode=external,postgresql.host=postgres.corp.net",
            "redis.mode=external,redis.host=redis.corp.net",
            "rabbitmq.mode=external,rabbitmq.host=rabbit.corp.net",
            "server.image.registry=registry.corp.net,exposure.host=elsa.corp.net,exposure.studioHost=studio.corp.net",
            "caBundle.secretName=corp-ca",
        ],
    ),
    scenario(
        "hatches-3.9",
        "3.9",
        &["prod"],
        &[
            "nameOverride=flow,imageRegistry=registry.corp.net,imagePullSecrets={registry}",
            "commonLabels.team=workflows,commonAnnotations.corp\\.net/owner=workflows",
            "server.labels.tier=engine,server.annotations.corp\\.net/tier=engine,server.podLabels.tier=engine",
            "server.service.type=LoadBalancer,server.service.loadBalancerClass=corp.net/internal",
            "server.service.ipFamilyPolicy=PreferDualStack,server.service.annotations.corp\\.net/pool=internal",
            "server.envFrom[0].secretRef.name=more,server.volumes[0].name=plugins,server.volumes[0].configMap.name=plugins",
            "server.volumeMounts[0].name=plugins,server.volumeMounts[0].mountPath=/plugins",
            "server.initContainers[0].name=first,server.initContainers[0].image=corp/first:1",
            "server.sidecars[0].name=beside,server.sidecars[0].image=corp/beside:1,server.sidecars[0].resources.requests.cpu=10m",
            "server.initContainers[0].securityContext.allowPrivilegeEscalation=false",
            "server.initContainers[0].securityContext.capabilities.drop={ALL}",
            "server.sidecars[0].securityContext.allowPrivilegeEscalation=false",
            "server.sidecars[0].securityContext.capabilities.drop={ALL}",
            "server.command={dotnet},server.args={ElsaHost.dll},server.hostAliases[0].ip=192.0.2.1",
            "server.hostAliases[0].hostnames={legacy},server.dnsConfig.nameservers={192.0.2.53}",
            "server.priorityClassName=high,server.runtimeClassName=gvisor,server.probes.liveness.tcpSocket.port=8080",
            "server.lifecycle.postStart.exec.command={/bin/true},server.serviceAccount.create=false",
            "server.serviceAccount.name=shared,studio.service.type=NodePort,studio.service.nodePort=30080",
            "pods.userIds=false,proxy.https=http://proxy.corp.net:3128,proxy.noProxy=.corp.net,diagnostics.enabled=true",
            "networkPolicy.workflowEgress=any,exposure.host=elsa.corp.net,server.image.repository=corp/elsa-host",
            "extraObjects[0].apiVersion=v1,extraObjects[0].kind=ConfigMap,extraObjects[0].metadata.name=mine",
        ],
    ),
    scenario(
        "cloudnativepg-3.9",
        "3.9",
        &["prod", "cloudnative-pg"],
        &[
            "exposure.host=elsa.corp.net,server.image.registry=registry.corp.net",
            "pooling.type=cloudnativepg,cloudnativepg.backup.enabled=true,monitoring.enabled=true",
            "cloudnativepg.parameters.work_mem=16MB,cloudnativepg.spread=required,postgresql.tolerations[0].operator=Exists",
            "postgresql.persistence.storageClass=fast,s3.bucket=elsa-backups,s3.region=eu-west-1,s3.endpoint=https://s3.corp.net,s3.port=9000",
        ],
    ),
    scenario(
        "encrypted-3.9",
        "3.9",
        &["prod", "pgbouncer", "backup"],
        &[
            "exposure.host=elsa.corp.net,server.image.registry=registry.corp.net",
            "postgresql.tlsSecretName=postgresql-tls,redis.tlsSecretName=redis-tls,rabbitmq.tlsSecretName=rabbitmq-tls",
            "pgbouncer.tlsSecretName=pgbouncer-tls,pgbouncer.metrics.enabled=true,backup.restoreTest=true",
        ],
    ),
    scenario(
        "traffic-3.9",
        "3.9",
        &["prod", "cert-manager", "monitoring", "quota"],
        &[
            "exposure.host=elsa.corp.net,exposure.studioHost=studio.corp.net,server.image.registry=registry.corp.net",
            "ingress.preset=nginx,exposure.timeoutSeconds=600,exposure.maxBodyMebibytes=64",
            "cluster.create=true,scheduling.priorityClasses=true,scheduling.spot=gke",
            "server.verticalAutoscaling.mode=Recreate,server.verticalAutoscaling.resources=memory",
            "monitoring.labels.release=kps,monitoring.dashboards.type=sidecar,monitoring.slo.success=99.5",
        ],
    ),
    scenario(
        "everything-3.9",
        "3.9",
        &[],
        &[
            "commonLabels.team=workflows,commonAnnotations.example\\.com/owner=workflows",
            "namespace.podSecurity=baseline,imageRegistry=registry.example.com,imagePullSecrets={registry}",
            "server.publicUrl=https://elsa.example.com,studio.publicUrl=https://studio.example.com",
            "server.persistence.size=10Gi,server.persistence.storageClass=fast",
            "server.service.annotations.example\\.com/pool=internal,studio.replicaCount=2",
            "server.podLabels.tier=engine,server.podAnnotations.example\\.com/scrape=no",
            "server.env[0].name=TZ,server.env[0].value=Europe/Amsterdam",
            "server.nodeSelector.kubernetes\\.io/arch=amd64",
            "server.tolerations[0].key=spot,server.tolerations[0].operator=Exists",
            "secrets.identity.name=elsa-login,secrets.identity.keys.signingKey=signing-key",
        ],
    ),
];

/// The release that add-ons are shown for.
pub const ADD_ON_ELSA: &str = "3.9";

/// Each embedded add-on as the last of the stack that its header needs.
pub fn add_ons() -> Vec<Scenario> {
    let embedded = |name: &str| {
        let files = assets::profiles().into_iter().filter_map(|(file, _)| file.strip_suffix(".yaml"));
        files.into_iter().find(|known| *known == name).unwrap_or_else(|| panic!("no profile {name}"))
    };
    let all = ProfileSet::embedded().all().unwrap();
    let add_ons = all.iter().filter(|profile| Profile::is_add_on(profile));
    let scenarios = add_ons.map(|profile| {
        let needs = profile.needs.iter().flatten().map(|need| embedded(&need.name));
        let profiles = needs.chain([embedded(&profile.name)]).collect();
        Scenario { name: embedded(&profile.name), elsa: ADD_ON_ELSA, profiles, sets: &[] }
    });
    scenarios.collect()
}

/// Our own list, then every add-on whose stack is not in it.
pub fn all() -> Vec<Scenario> {
    let mut all = SCENARIOS.to_vec();
    for add_on in add_ons() {
        let same = |one: &Scenario| {
            (one.elsa, &one.profiles, one.sets) == (add_on.elsa, &add_on.profiles, add_on.sets)
        };
        if !all.iter().any(same) {
            all.push(add_on);
        }
    }
    all
}

impl Scenario {
    /// The stack below the last profile, as an add-on finds it.
    pub fn below(&self) -> Scenario {
        let (_, below) = self.profiles.split_last().unwrap();
        Scenario { profiles: below.to_vec().into(), ..self.clone() }
    }

    /// As it is typed: `prod,stock`.
    pub fn stack(&self) -> String {
        self.profiles.join(",")
    }

    /// Whether it is there for an add-on alone.
    pub fn is_add_on(&self) -> bool {
        !SCENARIOS.iter().any(|scenario| scenario.name == self.name)
    }

    /// The arguments that both `render` and `values` take.
    pub fn arguments(&self) -> Vec<&'static str> {
        let mut arguments = vec!["--elsa", self.elsa];
        for profile in self.profiles.iter() {
            arguments.extend(["--profile", profile]);
        }
        for set in self.sets {
            arguments.extend(["--set", set]);
        }
        arguments
    }
}
