//! What is broken is found by the rules, and stops on a model cluster; what mends it is silent, and ends.

use crate::questions::{self, Question, Shape, trouble};
use crate::random::{findings, objects};

/// One workload of three pods, or with other numbers, and a budget.
fn manifests(spec: &str, pod: &str, others: &str) -> String {
    format!(
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: elsa}}\nspec: {{{spec}, template: {{metadata: {{labels: \
         {{app: elsa}}}}, spec: {{containers: [{{name: app, image: 'corp/app:1'}}]{pod}}}}}}}\n{others}"
    )
}

fn budget(rule: &str) -> String {
    format!(
        "---\napiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {{name: elsa}}\nspec: {{{rule}selector: \
         {{matchLabels: {{app: elsa}}}}}}\n"
    )
}

const APART: &str = ", affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: \
                     kubernetes.io/hostname, labelSelector: {matchLabels: {app: elsa}}}]}}";
const VOLUME: &str = ", volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]";
const CLAIM: &str = "---\napiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: data}\nspec: {accessModes: \
                     [ReadWriteOnce]}\n";

fn spread(more: &str) -> String {
    format!(
        ", topologySpreadConstraints: [{{topologyKey: kubernetes.io/hostname, maxSkew: 1, whenUnsatisfiable: \
         DoNotSchedule, labelSelector: {{matchLabels: {{app: elsa}}}}{more}}}]"
    )
}

/// The first trouble on a cluster; what does not run at all is none of these fixtures.
fn stops(manifests: &str, shape: Shape) -> Option<Question> {
    let objects = objects(manifests);
    assert_eq!(trouble(&objects, shape, &[Question::Run], 5), None, "{manifests}");
    let questions: Vec<Question> =
        questions::updates(&objects).into_iter().chain(questions::drains(shape)).collect();
    trouble(&objects, shape, &questions, 100).map(|(_, question)| question)
}

/// Broken by itself, then mended by one change.
#[test]
fn what_is_broken_is_found_and_stops_and_what_mends_it_ends() {
    let (update, drain) = ("rollout", "drain");
    let pair = |spec: [&str; 2], pod: [&str; 2], others: [&str; 2]| {
        [manifests(spec[0], pod[0], others[0]), manifests(spec[1], pod[1], others[1])]
    };
    let (three, six) = ("replicas: 3", "replicas: 6");
    let one = budget("maxUnavailable: 1, ");
    let all = budget("minAvailable: 100%, ");
    let first = "replicas: 3, strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 1}}";
    let cases = [
        ("budget-blocks-drain", drain, (3, 3), pair([three; 2], [""; 2], [&all, &one])),
        (
            "budget-blocks-drain",
            drain,
            (3, 3),
            pair(["replicas: 1", "replicas: 2"], [""; 2], [&budget("minAvailable: 1, "); 2]),
        ),
        ("budget-blocks-drain", drain, (3, 3), pair([three; 2], [""; 2], [&budget(""), &one])),
        ("budgets-overlap", drain, (3, 3), pair([three; 2], [""; 2], [&format!("{one}{one}"), &one])),
        ("placement-without-room", update, (3, 3), pair([three, first], [APART; 2], [&one; 2])),
        (
            "placement-without-room",
            drain,
            (3, 3),
            pair([six; 2], [&spread(""), &spread(", nodeTaintsPolicy: Honor")], [&one; 2]),
        ),
        // Old pods count for the new ones, and with fewer nodes than minDomains none may have two.
        (
            "placement-without-room",
            update,
            (4, 4),
            pair(
                ["replicas: 4, strategy: {rollingUpdate: {maxUnavailable: 0}}"; 2],
                [&spread(", minDomains: 5"), &spread(", minDomains: 5, matchLabelKeys: [pod-template-hash]")],
                ["", ""],
            ),
        ),
        (
            "rollout-blocked",
            update,
            (3, 3),
            pair(["replicas: 1", "replicas: 1, strategy: {type: Recreate}"], [VOLUME; 2], [CLAIM; 2]),
        ),
    ];
    for (code, what, shape, [broken, mended]) in cases {
        let codes: Vec<String> = findings(&broken).into_iter().map(|(code, _)| code).collect();
        assert_eq!(codes, [code], "{broken}");
        let stopped = stops(&broken, shape);
        match what {
            "drain" => assert!(matches!(stopped, Some(Question::Drain(_))), "{stopped:?}\n{broken}"),
            _ => assert!(matches!(stopped, Some(Question::Update(_))), "{stopped:?}\n{broken}"),
        }
        assert_eq!(findings(&mended), [], "{mended}");
        assert_eq!(stops(&mended, shape), None, "{mended}");
    }
}

/// Kubernetes refuses it, so nothing can be simulated.
#[test]
fn an_update_that_may_neither_add_nor_miss_a_pod_is_found() {
    let strategy = "replicas: 3, strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 0}}";
    let codes: Vec<String> =
        findings(&manifests(strategy, "", "")).into_iter().map(|(code, _)| code).collect();
    assert_eq!(codes, ["rollout-blocked"]);
}

/// By itself a spread that counts old pods stops no update: the emptiest node always takes one more.
#[test]
fn a_spread_that_counts_old_pods_stops_no_update() {
    let spread = manifests("replicas: 5", &spread(""), "");
    assert_eq!(findings(&spread), []);
    assert_eq!(stops(&spread, (3, 3)), None);
}
