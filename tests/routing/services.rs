//! Services of the output, and the port of a container that each of their ports leads to.

use super::outcome::Backend;
use super::strict::Result;
use serde_json::Value;

/// The port with metrics and health, which must not be led to from outside.
pub const MANAGEMENT: i64 = 9464;

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

    /// The component whose public port a backend leads to. An error says where the way ends, or that the Service lists
    /// the management port under any of its ports.
    pub fn component(&self, backend: &Backend) -> Result<String> {
        let service = self
            .services
            .iter()
            .find(|service| service["metadata"]["name"] == backend.service.as_str())
            .ok_or_else(|| format!("there is no Service {}", backend.service))?;
        let ports = service["spec"]["ports"].as_array().map(Vec::as_slice).unwrap_or_default();
        for port in ports {
            if self.container_port(service, port)? == MANAGEMENT || port["port"] == MANAGEMENT {
                return Err(format!("the Service {} lists the management port", backend.service));
            }
        }
        let named = |port: &&Value| {
            port["port"].to_string() == backend.port || port["name"].as_str() == Some(&backend.port)
        };
        let port = ports
            .iter()
            .find(named)
            .ok_or_else(|| format!("the Service {} has no port {}", backend.service, backend.port))?;
        self.container_port(service, port)?;
        let component = &service["spec"]["selector"]["app.kubernetes.io/component"];
        component
            .as_str()
            .map(str::to_string)
            .ok_or_else(|| format!("{} selects no component", backend.service))
    }

    /// The number of the container's port, which some pod that the Service selects has to open.
    fn container_port(&self, service: &Value, port: &Value) -> Result<i64> {
        let name = service["metadata"]["name"].as_str().unwrap_or_default();
        let selector =
            service["spec"]["selector"].as_object().ok_or_else(|| format!("{name} selects nothing"))?;
        if selector.is_empty() {
            return Err(format!("{name} selects nothing"));
        }
        let target = if port["targetPort"].is_null() { &port["port"] } else { &port["targetPort"] };
        let pods = self.workloads.iter().map(|workload| &workload["spec"]["template"]);
        let selected =
            pods.filter(|pod| selector.iter().all(|(key, value)| &pod["metadata"]["labels"][key] == value));
        let containers = selected.flat_map(|pod| {
            let spec = &pod["spec"];
            [&spec["containers"], &spec["initContainers"]].into_iter().filter_map(Value::as_array).flatten()
        });
        let open = containers.filter_map(|container| container["ports"].as_array()).flatten();
        open.filter(|open| open["name"] == *target || open["containerPort"] == *target)
            .find_map(|open| open["containerPort"].as_i64())
            .ok_or_else(|| format!("no container behind {name} opens {target}"))
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
}
