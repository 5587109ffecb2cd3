//! What a cluster's controllers read of rendered objects: workloads, budgets, autoscalers and claims. Written without the
//! rules' code, so that both can be compared.

use serde_json::Value;
use std::collections::BTreeMap;

/// A workload whose pods a drain evicts.
#[derive(Clone, Debug)]
pub(crate) struct Workload {
    pub(crate) title: String,
    pub(crate) labels: BTreeMap<String, String>,
    pub(crate) controller: Controller,
    /// Between these its number of pods moves.
    pub(crate) least: usize,
    pub(crate) most: usize,
    pub(crate) apart: Vec<Term>,
    pub(crate) spreads: Vec<Spread>,
    /// A claim that one node at a time, or one pod at a time, can have.
    pub(crate) claim: Option<(String, Access)>,
    /// Whether each pod has volumes of its own, which never leave their zone.
    pub(crate) has_volumes: bool,
}

/// Who makes its pods.
#[derive(Clone, Debug)]
pub(crate) enum Controller {
    /// `maxSurge` and `maxUnavailable`.
    Deployment(Value, Value),
    Recreate,
    StatefulSet {
        ordered: bool,
    },
    /// CloudNativePG's operator.
    Database,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Access {
    Node,
    Pod,
}

/// A term of required anti-affinity.
#[derive(Clone, Debug)]
pub(crate) struct Term {
    pub(crate) key: String,
    pub(crate) selector: Value,
    pub(crate) per_version: bool,
}

/// A spread that must not be broken.
#[derive(Clone, Debug)]
pub(crate) struct Spread {
    pub(crate) key: String,
    pub(crate) selector: Value,
    pub(crate) per_version: bool,
    pub(crate) skew: i64,
    pub(crate) min_domains: usize,
    pub(crate) honors_taints: bool,
}

/// A PodDisruptionBudget.
#[derive(Clone, Debug)]
pub(crate) struct Budget {
    pub(crate) selector: Value,
    pub(crate) min_available: Value,
    pub(crate) max_unavailable: Value,
}

/// All of them in one namespace.
#[derive(Clone, Debug, Default)]
pub(crate) struct Objects {
    pub(crate) workloads: Vec<Workload>,
    pub(crate) budgets: Vec<Budget>,
}

/// Whether a selector selects pods with these labels.
pub(crate) fn selects<'a>(selector: &Value, label: impl Fn(&str) -> Option<&'a str>) -> bool {
    if !selector.is_object() {
        return false;
    }
    let equal = selector["matchLabels"].as_object().into_iter().flatten();
    let expressions = selector["matchExpressions"].as_array().into_iter().flatten();
    equal.into_iter().all(|(key, value)| label(key) == value.as_str())
        && expressions.into_iter().all(|expression| {
            let value = label(expression["key"].as_str().unwrap());
            let listed = expression["values"].as_array().into_iter().flatten();
            let listed = listed.filter_map(Value::as_str).any(|listed| Some(listed) == value);
            match expression["operator"].as_str().unwrap() {
                "In" => listed,
                "NotIn" => !listed,
                "Exists" => value.is_some(),
                "DoesNotExist" => value.is_none(),
                other => panic!("{other}?"),
            }
        })
}

/// Reads a stream of objects.
pub(crate) fn read(objects: &[Value]) -> Objects {
    let mut read = Objects::default();
    for object in objects {
        let spec = &object["spec"];
        match object["kind"].as_str().unwrap() {
            "Deployment" => read.workloads.push(deployment(object, objects)),
            "StatefulSet" => {
                let ordered = spec["podManagementPolicy"] != "Parallel";
                let has_volumes =
                    spec["volumeClaimTemplates"].as_array().is_some_and(|claims| !claims.is_empty());
                let controller = Controller::StatefulSet { ordered };
                read.workloads.push(workload(object, &spec["template"], controller, has_volumes, objects));
            }
            "Pooler" => {
                let mut template = spec["template"].clone();
                let name = object["metadata"]["name"].clone();
                template["metadata"] = serde_json::json!({"labels": {"cnpg.io/poolerName": name}});
                let controller = Controller::Deployment("25%".into(), "25%".into());
                let mut pooler = workload(object, &template, controller, false, objects);
                let instances = whole(&spec["instances"]).unwrap_or(1);
                (pooler.least, pooler.most) = (instances, instances);
                read.workloads.push(pooler);
            }
            "RabbitmqCluster" => read.workloads.push(broker(object, objects)),
            "Cluster" if object["apiVersion"].as_str().unwrap().starts_with("postgresql.cnpg.io/") => {
                database(object, objects, &mut read);
            }
            "PodDisruptionBudget" => read.budgets.push(Budget {
                selector: spec["selector"].clone(),
                min_available: spec["minAvailable"].clone(),
                max_unavailable: spec["maxUnavailable"].clone(),
            }),
            _ => {}
        }
    }
    read
}

fn whole(value: &Value) -> Option<usize> {
    value.as_u64().map(|number| usize::try_from(number).unwrap())
}

fn deployment(object: &Value, objects: &[Value]) -> Workload {
    let spec = &object["spec"];
    let rolling = &spec["strategy"]["rollingUpdate"];
    let amount = |key: &str| if rolling[key].is_null() { "25%".into() } else { rolling[key].clone() };
    let controller = match spec["strategy"]["type"] == "Recreate" {
        true => Controller::Recreate,
        false => Controller::Deployment(amount("maxSurge"), amount("maxUnavailable")),
    };
    let mut deployment = workload(object, &spec["template"], controller, false, objects);
    let volumes = spec["template"]["spec"]["volumes"].as_array().into_iter().flatten();
    deployment.claim = volumes.into_iter().find_map(|volume| {
        let name = volume["persistentVolumeClaim"]["claimName"].as_str()?;
        let claim = objects
            .iter()
            .find(|object| object["kind"] == "PersistentVolumeClaim" && object["metadata"]["name"] == name)?;
        let modes: Vec<&str> =
            claim["spec"]["accessModes"].as_array()?.iter().filter_map(Value::as_str).collect();
        let access = if modes[0] == "ReadWriteOncePod" { Access::Pod } else { Access::Node };
        modes.iter().all(|mode| mode.starts_with("ReadWriteOnce")).then(|| (name.to_string(), access))
    });
    deployment
}

/// A workload of any kind with a pod template.
fn workload(
    object: &Value,
    template: &Value,
    controller: Controller,
    has_volumes: bool,
    objects: &[Value],
) -> Workload {
    let labels = template["metadata"]["labels"].as_object().into_iter().flatten();
    let labels = labels.map(|(key, value)| (key.clone(), value.as_str().unwrap_or_default().to_string()));
    let spec = &template["spec"];
    let required = &spec["affinity"]["podAntiAffinity"]["requiredDuringSchedulingIgnoredDuringExecution"];
    let text = |value: &Value| value.as_str().unwrap().to_string();
    // Pods of StatefulSets do not have the label.
    let per_version = |constraint: &Value| {
        let keys = constraint["matchLabelKeys"].as_array().into_iter().flatten();
        object["kind"] == "Deployment" && keys.into_iter().any(|key| key == "pod-template-hash")
    };
    let apart = required.as_array().into_iter().flatten().map(|term| Term {
        key: text(&term["topologyKey"]),
        selector: term["labelSelector"].clone(),
        per_version: per_version(term),
    });
    let spreads = spec["topologySpreadConstraints"].as_array().into_iter().flatten();
    let spreads =
        spreads.filter(|spread| spread["whenUnsatisfiable"] == "DoNotSchedule").map(|spread| Spread {
            key: text(&spread["topologyKey"]),
            selector: spread["labelSelector"].clone(),
            per_version: per_version(spread),
            skew: spread["maxSkew"].as_i64().unwrap(),
            min_domains: whole(&spread["minDomains"]).unwrap_or(1),
            honors_taints: spread["nodeTaintsPolicy"] == "Honor",
        });
    let (least, most) = replicas(object, objects);
    Workload {
        title: format!("{} {}", text(&object["kind"]), text(&object["metadata"]["name"])),
        labels: labels.collect(),
        controller,
        least,
        most,
        apart: apart.collect(),
        spreads: spreads.collect(),
        claim: None,
        has_volumes,
    }
}

fn replicas(object: &Value, objects: &[Value]) -> (usize, usize) {
    let of = |kind: &str| {
        objects.iter().find(|scaler| {
            let target = &scaler["spec"]["scaleTargetRef"];
            let kind_of_target = target["kind"].as_str().unwrap_or("Deployment");
            scaler["kind"] == kind
                && target["name"] == object["metadata"]["name"]
                && object["kind"] == kind_of_target
        })
    };
    if let Some(scaler) = of("HorizontalPodAutoscaler") {
        let spec = &scaler["spec"];
        return (whole(&spec["minReplicas"]).unwrap_or(1), whole(&spec["maxReplicas"]).unwrap());
    }
    if let Some(scaler) = of("ScaledObject") {
        let spec = &scaler["spec"];
        let least = whole(&spec["minReplicaCount"]).unwrap_or(0).max(1);
        return (least, whole(&spec["maxReplicaCount"]).unwrap_or(100));
    }
    let own = whole(&object["spec"]["replicas"]).unwrap_or(1);
    (own, own)
}

/// RabbitMQ's operator makes a StatefulSet and no budget.
fn broker(object: &Value, objects: &[Value]) -> Workload {
    let spec = &object["spec"];
    let mut template = spec["override"]["statefulSet"]["spec"]["template"].clone();
    if template.is_null() {
        template = serde_json::json!({});
    }
    template["metadata"] =
        serde_json::json!({"labels": {"app.kubernetes.io/name": object["metadata"]["name"]}});
    if spec["affinity"].is_object() {
        template["spec"]["affinity"] = spec["affinity"].clone();
    }
    workload(object, &template, Controller::StatefulSet { ordered: false }, true, objects)
}

/// CloudNativePG's operator makes the pods itself, a budget for the primary, and from three servers on one for the replicas
/// [its source].
fn database(object: &Value, objects: &[Value], read: &mut Objects) {
    let (spec, name) = (&object["spec"], &object["metadata"]["name"]);
    let affinity = &spec["affinity"];
    let own = serde_json::json!({
        "topologyKey": affinity["topologyKey"].as_str().unwrap_or("kubernetes.io/hostname"),
        "labelSelector": {"matchLabels": {"cnpg.io/cluster": name, "cnpg.io/podRole": "instance"}},
    });
    let is_required =
        affinity["enablePodAntiAffinity"] != false && affinity["podAntiAffinityType"] == "required";
    let template = serde_json::json!({
        "metadata": {"labels": {"cnpg.io/cluster": name, "cnpg.io/podRole": "instance"}},
        "spec": {
            "topologySpreadConstraints": spec["topologySpreadConstraints"],
            "affinity": {"podAntiAffinity": {
                "requiredDuringSchedulingIgnoredDuringExecution": if is_required { vec![own] } else { vec![] },
            }},
        },
    });
    let mut cluster = workload(object, &template, Controller::Database, true, objects);
    let instances = whole(&spec["instances"]).unwrap_or(1);
    (cluster.least, cluster.most) = (instances, instances);
    read.workloads.push(cluster);
    if spec["enablePDB"] == false {
        return;
    }
    let mut budget = |role: &str, available: usize| {
        read.budgets.push(Budget {
            selector: serde_json::json!({"matchLabels": {"cnpg.io/cluster": name, "cnpg.io/instanceRole": role}}),
            min_available: available.into(),
            max_unavailable: Value::Null,
        });
    };
    budget("primary", 1);
    if instances > 2 {
        budget("replica", instances - 2);
    }
}
