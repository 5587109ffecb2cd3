//! Services of the output, and the port of a container that each of their ports leads to.

use super::outcome::Backend;
use super::strict::Result;
use serde_json::Value;

/// The port with metrics and health, which must not be led to from outside.
pub const MANAGEMENT: i64 = 9464;

const COMPONENT: &str = "app.kubernetes.io/component";

/// Services and what their pods are made from.
pub struct Services {
    services: Vec<Value>,
    workloads: Vec<Value>,
}

impl Services {
    /// Those among the objects.
    pub fn new(objects: &[Value]) -> Self {
        let of = |kinds: &[&str]| {
            let kind = |object: &&Value| kinds.contains(&object["kind"].as_str().unwrap_or_default());
            objects.iter().filter(kind).cloned().collect()
        };
        Services { services: of(&["Service"]), workloads: of(&["Deployment", "StatefulSet"]) }
    }

    /// The component whose public port a backend leads to; `closed` if nothing is meant to answer there. An error says
    /// where the way ends, or that the Service lists the management port among its ports.
    pub fn component(&self, backend: &Backend) -> Result<String> {
        let name = &backend.service;
        let service = self.named(name).ok_or_else(|| format!("there is no Service {name}"))?;
        let ports = service["spec"]["ports"].as_array().map(Vec::as_slice).unwrap_or_default();
        let closed = self.closed(name);
        for port in ports {
            let listed = port["port"] == MANAGEMENT || port["targetPort"] == MANAGEMENT;
            if listed || !closed && self.container_port(service, port)? == MANAGEMENT {
                return Err(format!("the Service {name} lists the management port"));
            }
        }
        let chosen = |port: &&Value| {
            let number = port["port"].as_i64().map(|number| number.to_string());
            [number.as_deref(), port["name"].as_str()].contains(&Some(&backend.port))
        };
        if !ports.iter().any(|port| chosen(&port)) {
            return Err(format!("the Service {name} has no port {}", backend.port));
        }
        if closed {
            return Ok("closed".to_string());
        }
        let component = &service["spec"]["selector"][COMPONENT];
        component.as_str().map(str::to_string).ok_or_else(|| format!("{name} selects no component"))
    }

    /// Whether a Service is there to lead nowhere: `closed` is what it selects, and no pod is that.
    pub fn closed(&self, name: &str) -> bool {
        let service = self.named(name).filter(|service| service["spec"]["selector"][COMPONENT] == "closed");
        service.is_some_and(|service| self.pods(service).next().is_none())
    }

    fn named(&self, name: &str) -> Option<&Value> {
        self.services.iter().find(|service| service["metadata"]["name"] == name)
    }

    /// Templates of the pods that a Service selects.
    fn pods<'a>(&'a self, service: &'a Value) -> impl Iterator<Item = &'a Value> {
        let selector = service["spec"]["selector"].as_object().filter(|selector| !selector.is_empty());
        let fits = move |pod: &&Value| {
            selector.is_some_and(|selector| {
                selector.iter().all(|(key, value)| &pod["metadata"]["labels"][key] == value)
            })
        };
        self.workloads.iter().map(|workload| &workload["spec"]["template"]).filter(fits)
    }

    /// The number of the container's port, which some pod that the Service selects has to open.
    fn container_port(&self, service: &Value, port: &Value) -> Result<i64> {
        let target = if port["targetPort"].is_null() { &port["port"] } else { &port["targetPort"] };
        let containers = self.pods(service).flat_map(|pod| {
            let spec = &pod["spec"];
            [&spec["containers"], &spec["initContainers"]].into_iter().filter_map(Value::as_array).flatten()
        });
        let open = containers.filter_map(|container| container["ports"].as_array()).flatten();
        open.filter(|open| open["name"] == *target || open["containerPort"] == *target)
            .find_map(|open| open["containerPort"].as_i64())
            .ok_or_else(|| format!("no container behind {} opens {target}", service["metadata"]["name"]))
    }
}

#[cfg(test)]
pub const EXAMPLE: &str = r#"
apiVersion: v1
kind: Service
metadata: {name: elsa-server}
spec:
  selector: {app.kubernetes.io/component: server}
  ports: [{name: http, port: 80, targetPort: http}]
---
apiVersion: v1
kind: Service
metadata: {name: elsa-studio}
spec:
  selector: {app.kubernetes.io/component: studio}
  ports: [{name: http, port: 80, targetPort: 8080}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: elsa-server}
spec:
  template:
    metadata: {labels: {app.kubernetes.io/component: server, x: y}}
    spec:
      containers:
        - {name: server, ports: [{name: http, containerPort: 8080}, {name: management, containerPort: 9464}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: elsa-studio}
spec:
  template:
    metadata: {labels: {app.kubernetes.io/component: studio}}
    spec:
      containers: [{name: studio, ports: [{name: http, containerPort: 8080}]}]
"#;

#[test]
fn a_service_leads_to_a_port_that_a_container_opens_and_never_to_the_management_port() {
    let component = |yaml: &str, service: &str, port: &str| {
        let backend = Backend { service: service.to_string(), port: port.to_string() };
        Services::new(&super::strict::objects(yaml)).component(&backend)
    };
    assert_eq!(component(EXAMPLE, "elsa-server", "80").unwrap(), "server");
    assert_eq!(component(EXAMPLE, "elsa-studio", "http").unwrap(), "studio");
    assert_eq!(component(EXAMPLE, "elsa", "80").unwrap_err(), "there is no Service elsa");
    assert_eq!(
        component(EXAMPLE, "elsa-server", "81").unwrap_err(),
        "the Service elsa-server has no port 81"
    );
    let closed = EXAMPLE.replace("targetPort: 8080", "targetPort: 8081");
    assert!(component(&closed, "elsa-studio", "80").unwrap_err().contains("opens 8081"));
    let more = "ports: [{name: metrics, port: 81, targetPort: management}, {name: http, port: 80, targetPort: http}]";
    let open = EXAMPLE.replacen("ports: [{name: http, port: 80, targetPort: http}]", more, 1);
    assert!(component(&open, "elsa-server", "80").unwrap_err().contains("lists the management port"));
    let stray = EXAMPLE.replacen("component: server, x", "component: other, x", 1);
    assert!(component(&stray, "elsa-server", "80").unwrap_err().contains("no container behind"));
    // Without pods a Service has to say that it is closed, and one that says so must have none.
    let unsaid = EXAMPLE.replace("labels: {app.kubernetes.io/component: server", "labels: {a: b");
    assert!(component(&unsaid, "elsa-server", "80").is_err());
    let said = unsaid.replace(
        "selector: {app.kubernetes.io/component: server",
        "selector: {app.kubernetes.io/component: closed",
    );
    assert_eq!(component(&said, "elsa-server", "80").unwrap(), "closed");
    assert_eq!(component(&said, "elsa-server", "81").unwrap_err(), "the Service elsa-server has no port 81");
    let open = said.replace("labels: {a: b", "labels: {app.kubernetes.io/component: closed");
    let services = Services::new(&super::strict::objects(&open));
    assert!(
        !services.closed("elsa-server")
            && Services::new(&super::strict::objects(&said)).closed("elsa-server")
    );
}
