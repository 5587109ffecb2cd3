//! What the rules say of random workloads is what happens to them on model clusters of one node in each zone.

use crate::common::pod::stream;
use crate::common::random::Random;
use crate::objects::{Objects, read};
use crate::questions::{self, Question, always_ends, trouble};
use elsakube::diagnostics::Source;
use elsakube::rules::objects::{Manifests, Programs, Subject};
use elsakube::yaml::reader;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Mutex;

/// Orders of events in which something has to end.
const SEEDS: u64 = 6;
/// Orders of events among which there has to be one in which something does not end.
const TRIES: u64 = 400;

/// A workload with all that may go with it, as a stream of YAML documents.
fn manifests(random: &mut Random) -> String {
    let labels = json!({"matchLabels": {"app": "elsa"}});
    let is_deployment = random.chance(75);
    let (least, more) = (1 + random.below(4), random.below(4));
    let is_scaled = random.chance(30);
    let mut pod = json!({"containers": [{"name": "app", "image": "corp/app:1"}]});
    let keys = ["kubernetes.io/hostname", "topology.kubernetes.io/zone"];
    if random.chance(30) {
        let mut term = json!({"topologyKey": random.pick(&keys), "labelSelector": labels});
        if random.chance(25) {
            term["matchLabelKeys"] = json!(["pod-template-hash"]);
        }
        pod["affinity"]["podAntiAffinity"]["requiredDuringSchedulingIgnoredDuringExecution"] = json!([term]);
    }
    if random.chance(50) {
        let mut spread = json!({
            "topologyKey": random.pick(&keys),
            "maxSkew": 1 + random.below(2),
            "whenUnsatisfiable": if random.chance(85) { "DoNotSchedule" } else { "ScheduleAnyway" },
            "labelSelector": labels,
        });
        if random.chance(40) {
            spread["nodeTaintsPolicy"] = json!("Honor");
        }
        if random.chance(40) {
            spread["minDomains"] = json!(1 + random.below(4));
        }
        if random.chance(30) {
            spread["matchLabelKeys"] = json!(["pod-template-hash"]);
        }
        pod["topologySpreadConstraints"] = json!([spread]);
    }
    let mut documents = Vec::new();
    if is_deployment && random.chance(15) {
        let modes = ["ReadWriteOnce", "ReadWriteOncePod", "ReadWriteMany"];
        pod["volumes"] = json!([{"name": "data", "persistentVolumeClaim": {"claimName": "data"}}]);
        documents
            .push(json!({"apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": {"name": "data"},
            "spec": {"accessModes": [random.pick(&modes)]}}));
    }
    let mut spec = json!({"template": {"metadata": {"labels": {"app": "elsa"}}, "spec": pod}});
    if is_deployment && random.chance(80) {
        spec["strategy"]["rollingUpdate"] = json!({
            "maxSurge": amount(random, &["0", "1", "2", "0%", "25%", "50%"]),
            "maxUnavailable": amount(random, &["0", "0", "1", "2", "0%", "25%", "40%"]),
        });
    }
    if is_deployment && random.chance(10) {
        spec["strategy"] = json!({"type": "Recreate"});
    }
    if !is_deployment && random.chance(50) {
        spec["podManagementPolicy"] = json!("Parallel");
    }
    let kind = if is_deployment { "Deployment" } else { "StatefulSet" };
    if is_scaled {
        let target = json!({"apiVersion": "apps/v1", "kind": kind, "name": "elsa"});
        documents.push(json!({"apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler", "metadata": {"name": "elsa"},
            "spec": {"minReplicas": least, "maxReplicas": least + more, "scaleTargetRef": target}}));
    } else {
        spec["replicas"] = json!(least + more);
    }
    documents
        .push(json!({"apiVersion": "apps/v1", "kind": kind, "metadata": {"name": "elsa"}, "spec": spec}));
    for _ in 0..[0, 1, 1, 1, 1, 1, 1, 1, 1, 2][random.below(10)] {
        let mut budget = json!({"selector": labels});
        if random.chance(60) {
            budget["maxUnavailable"] = amount(random, &["0", "1", "1", "2", "0%", "10%", "50%"]);
        } else if random.chance(97) {
            budget["minAvailable"] = amount(random, &["0", "1", "2", "4", "34%", "60%", "90%", "100%"]);
        }
        documents.push(
            json!({"apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": {"name": "elsa"},
            "spec": budget}),
        );
    }
    let texts: Vec<String> =
        documents.iter().map(|document| serde_json::to_string(document).unwrap()).collect();
    texts.join("\n---\n") + "\n"
}

fn amount(random: &mut Random, texts: &[&str]) -> Value {
    let text = random.pick(texts);
    text.parse::<u64>().map_or_else(|_| json!(text), |number| json!(number))
}

/// What the rules find: code and message.
pub(crate) fn findings(manifests: &str) -> Vec<(String, String)> {
    let source = Source::new("manifests.yaml", manifests.to_string());
    let mut read = Manifests::default();
    for document in reader::documents(&source).unwrap() {
        assert!(read.add(document));
    }
    let found = Subject::new(&read, &Programs::default()).findings();
    found.into_iter().map(|finding| (finding.code.to_string(), finding.message)).collect()
}

/// What is wrong with the rules' word for these manifests, if anything.
fn contradiction(manifests: &str, findings: &[(String, String)]) -> Option<String> {
    let objects = read(&stream(manifests));
    let is = |codes: &[&str]| findings.iter().any(|(code, _)| codes.contains(&code.as_str()));
    let workload = &objects.workloads[0];
    // Each node in a zone of its own, and enough of them for all constraints.
    let large = (workload.most + 5, workload.most + 5);
    let drain_stops =
        |shape: (usize, usize)| trouble(&objects, shape, &questions::drains(shape), TRIES).is_some();
    let update_stops = |shape| {
        (workload.least..=workload.most)
            .any(|replicas| !always_ends(&objects, shape, &|_| replicas, Question::Update(0), TRIES))
    };
    if is(&["budget-blocks-drain", "budgets-overlap"]) {
        return (!drain_stops(large)).then(|| "a drain that is said to be blocked ends".to_string());
    }
    if is(&["rollout-blocked"]) {
        let refused = is_refused(manifests);
        return (!refused && !update_stops(large))
            .then(|| "an update that is said to be blocked ends".to_string());
    }
    let cramped: Vec<&str> = findings
        .iter()
        .filter(|(code, _)| code == "placement-without-room")
        .map(|(_, text)| text.as_str())
        .collect();
    let mut enough = (3..=large.0).find(|nodes| {
        let shape = (*nodes, *nodes);
        trouble(&objects, shape, &[Question::Run], SEEDS).is_none()
    })?;
    for message in cramped {
        let need: usize = number_after(message, " needs ");
        let shape = (need - 1, need - 1);
        if enough > need - 1 {
            return Some(format!("{} is said to run on {}", workload.title, need - 1));
        }
        let stops = if message.starts_with("an update") { update_stops(shape) } else { drain_stops(shape) };
        if !stops {
            return Some(format!("on {} it ends: {message}", need - 1));
        }
    }
    let needs = findings.iter().filter(|(code, _)| code == "placement-without-room");
    enough = needs.map(|(_, message)| number_after(message, " needs ")).chain([enough]).max().unwrap();
    let shape = (enough, enough);
    let questions: Vec<Question> =
        [Question::Update(0)].into_iter().chain(questions::drains(shape)).collect();
    trouble(&objects, shape, &questions, SEEDS).map(|trouble| format!("on {enough} nodes: {trouble:?}"))
}

/// Whether the API server would not take them.
fn is_refused(manifests: &str) -> bool {
    stream(manifests).iter().any(|object| {
        let rolling = &object["spec"]["strategy"]["rollingUpdate"];
        let is_zero = |value: &Value| value == &json!(0) || value == &json!("0%");
        is_zero(&rolling["maxSurge"]) && is_zero(&rolling["maxUnavailable"])
    })
}

fn number_after(message: &str, words: &str) -> usize {
    let rest = message.split_once(words).unwrap().1;
    rest.split_whitespace().next().unwrap().parse().unwrap()
}

#[test]
fn what_the_rules_say_of_random_workloads_happens() {
    let count = std::env::var("ELSAKUBE_CASES").map_or(2_000, |count| count.parse().unwrap());
    let seeds: Vec<u64> = (1..=count).collect();
    let (said, wrong) = (Mutex::new(BTreeMap::<String, usize>::new()), Mutex::new(Vec::new()));
    crate::common::in_parallel(&seeds, |_, seed| {
        let manifests = manifests(&mut Random::new(*seed));
        let findings = findings(&manifests);
        let codes = findings.iter().map(|(code, _)| code.clone());
        let codes: Vec<String> =
            if findings.is_empty() { vec!["nothing".to_string()] } else { codes.collect() };
        for code in codes {
            *said.lock().unwrap().entry(code).or_default() += 1;
        }
        if let Some(why) = contradiction(&manifests, &findings) {
            wrong.lock().unwrap().push(format!("seed {seed}: {why}\n{findings:#?}\n{manifests}"));
        }
    });
    let (said, wrong) = (said.into_inner().unwrap(), wrong.into_inner().unwrap());
    assert!(
        wrong.is_empty(),
        "{} of {count}, {said:?}\n{}",
        wrong.len(),
        wrong[..wrong.len().min(8)].join("\n")
    );
    println!("{said:?}");
    for code in
        ["nothing", "budget-blocks-drain", "budgets-overlap", "rollout-blocked", "placement-without-room"]
    {
        assert!(said.get(code).is_some_and(|times| times * 50 > seeds.len()), "{code}: {said:?}");
    }
}

/// Objects of a text.
pub(crate) fn objects(manifests: &str) -> Objects {
    read(&stream(manifests))
}
