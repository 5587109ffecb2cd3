//! The stacks and releases that every output is shown and proven for.

/// A named stack.
pub struct Scenario {
    /// Name of its folder in `snapshots/`.
    pub name: &'static str,
    /// What `--elsa` gets.
    pub elsa: &'static str,
    /// What `--profile` gets.
    pub profiles: &'static [&'static str],
    /// What `--set` gets.
    pub sets: &'static [&'static str],
}

const fn scenario(
    name: &'static str,
    elsa: &'static str,
    profiles: &'static [&'static str],
    sets: &'static [&'static str],
) -> Scenario {
    Scenario { name, elsa, profiles, sets }
}

/// All of them.
pub const SCENARIOS: [Scenario; 6] = [
    scenario("defaults-3.8", "3.8", &[], &[]),
    scenario("defaults-3.9", "3.9", &[], &[]),
    scenario("dev-3.8", "3.8", &["dev"], &[]),
    scenario("dev-3.9", "3.9", &["dev"], &[]),
    scenario("combined-3.9", "3.9", &["dev"], &["studio.mode=combined"]),
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

impl Scenario {
    /// The arguments that both `render` and `values` take.
    pub fn arguments(&self) -> Vec<&'static str> {
        let mut arguments = vec!["--elsa", self.elsa];
        for profile in self.profiles {
            arguments.extend(["--profile", profile]);
        }
        for set in self.sets {
            arguments.extend(["--set", set]);
        }
        arguments
    }
}
