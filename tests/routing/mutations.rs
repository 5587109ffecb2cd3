//! Mistakes put into rendered objects: what a template might get wrong. The table has to find each.

use serde_json::{Value, json};

/// A mistake, with a name.
pub struct Mutation {
    pub name: String,
    pub objects: Vec<Value>,
}

/// All mistakes that can be made in these objects.
pub fn all(objects: &[Value]) -> Vec<Mutation> {
    let mut made = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        let kind = object["kind"].as_str().unwrap_or_default();
        let name = object["metadata"]["name"].as_str().unwrap_or_default();
        let mut change = |what: String, change: &dyn Fn(&mut Value)| {
            let mut objects = objects.to_vec();
            change(&mut objects[index]);
            made.push(Mutation { name: format!("{kind} {name}: {what}"), objects });
        };
        match kind {
            "Ingress" => ingress(object, &mut change),
            "IngressRoute" => ingress_route(object, &mut change),
            "Middleware" => middleware(object, &mut change),
            "HTTPRoute" => http_route(object, &mut change),
            "Gateway" => gateway(object, &mut change),
            "Service" if ["elsa-server", "elsa-studio", "elsa-closed"].contains(&name) => {
                service(name, &mut change);
            }
            _ => continue,
        }
        let mut without = objects.to_vec();
        without.remove(index);
        made.push(Mutation { name: format!("{kind} {name}: gone"), objects: without });
    }
    made
}

type Change<'a> = &'a mut dyn FnMut(String, &dyn Fn(&mut Value));

fn length(value: &Value) -> usize {
    value.as_array().map_or(0, Vec::len)
}

fn drop_item(list: &mut Value, index: usize) {
    list.as_array_mut().unwrap().remove(index);
}

/// The other program's Service.
fn swapped(service: &Value) -> Value {
    json!(if service == "elsa-server" { "elsa-studio" } else { "elsa-server" })
}

fn ingress(object: &Value, change: Change) {
    for rule in 0..length(&object["spec"]["rules"]) {
        let paths = &object["spec"]["rules"][rule]["http"]["paths"];
        for path in 0..length(paths) {
            let text = paths[path]["path"].as_str().unwrap();
            let at = move |object: &mut Value| object["spec"]["rules"][rule]["http"]["paths"][path].take();
            let put = move |object: &mut Value, value: Value| {
                object["spec"]["rules"][rule]["http"]["paths"][path] = value;
            };
            change(format!("without {text}"), &|object| {
                drop_item(&mut object["spec"]["rules"][rule]["http"]["paths"], path);
            });
            for (what, field, to) in [
                ("Exact", "pathType", json!("Exact")),
                ("regular", "pathType", json!("ImplementationSpecific")),
                ("longer", "path", json!(format!("{text}x"))),
            ] {
                change(format!("{what} {text}"), &|object| {
                    let mut value = at(object);
                    value[field] = to.clone();
                    put(object, value);
                });
            }
            change(format!("{text} elsewhere"), &|object| {
                let mut value = at(object);
                let name = &mut value["backend"]["service"]["name"];
                *name = swapped(name);
                put(object, value);
            });
            change(format!("{text} to another port"), &|object| {
                let mut value = at(object);
                value["backend"]["service"]["port"]["number"] = json!(9464);
                put(object, value);
            });
        }
        change(format!("rule {rule} for any host"), &|object| {
            object["spec"]["rules"][rule].as_object_mut().unwrap().shift_remove("host");
        });
        change(format!("rule {rule} for many hosts"), &|object| {
            object["spec"]["rules"][rule]["host"] = json!("*.example.com");
        });
    }
    change("default backend".to_string(), &|object| {
        object["spec"]["defaultBackend"] =
            json!({"service": {"name": "elsa-studio", "port": {"number": 80}}});
    });
    change("rewrite".to_string(), &|object| {
        object["metadata"]["annotations"] = json!({"nginx.ingress.kubernetes.io/rewrite-target": "/"});
    });
}

fn ingress_route(object: &Value, change: Change) {
    for route in 0..length(&object["spec"]["routes"]) {
        let text = object["spec"]["routes"][route]["match"].as_str().unwrap().to_string();
        let set = |field: &'static str, value: Value| {
            move |object: &mut Value| object["spec"]["routes"][route][field] = value.clone()
        };
        change(format!("without {text}"), &|object| drop_item(&mut object["spec"]["routes"], route));
        change(format!("first {text}"), &set("priority", json!(10_000)));
        change(format!("last {text}"), &set("priority", json!(1)));
        for (what, from, to) in [
            ("by character", "(/|$)", ""),
            ("with case", "(?i)", ""),
            ("anywhere", "`^/", "`/"),
            ("as prefix", "PathRegexp(`^/elsa(/|$)`)", "PathPrefix(`/elsa`)"),
            ("or", "&&", "||"),
            ("not", "PathRegexp", "!PathRegexp"),
        ] {
            if text.contains(from) {
                change(format!("{what} {text}"), &set("match", json!(text.replace(from, to))));
            }
        }
        change(format!("other host {text}"), &set("match", json!(text.replace("Host(`", "Host(`x."))));
        if object["spec"]["routes"][route].get("middlewares").is_some() {
            change(format!("without middleware {text}"), &|object| {
                object["spec"]["routes"][route].as_object_mut().unwrap().shift_remove("middlewares");
            });
        }
        // What a middleware closes may lead anywhere.
        if object["spec"]["routes"][route]["services"][0]["kind"] == "Service" && !text.contains("admin") {
            change(format!("elsewhere {text}"), &|object| {
                let name = &mut object["spec"]["routes"][route]["services"][0]["name"];
                *name = swapped(name);
            });
        }
    }
    change("without TLS, or with it".to_string(), &|object| {
        let spec = object["spec"].as_object_mut().unwrap();
        if spec.shift_remove("tls").is_none() {
            spec.insert("tls".to_string(), json!({}));
        }
    });
    change("other entry point".to_string(), &|object| {
        let web = object["spec"]["entryPoints"][0] == "web";
        object["spec"]["entryPoints"] = json!([if web { "websecure" } else { "web" }]);
    });
}

fn middleware(object: &Value, change: Change) {
    if object["spec"].get("ipAllowList").is_some() {
        change("for all".to_string(), &|object| {
            object["spec"]["ipAllowList"]["sourceRange"] = json!(["0.0.0.0/0"]);
        });
    }
    if object["spec"].get("redirectScheme").is_some() {
        change("to http".to_string(), &|object| {
            object["spec"]["redirectScheme"]["scheme"] = json!("http");
        });
    }
    change("another".to_string(), &|object| object["spec"] = json!({"stripPrefix": {"prefixes": ["/elsa"]}}));
}

fn http_route(object: &Value, change: Change) {
    for rule in 0..length(&object["spec"]["rules"]) {
        let path = &object["spec"]["rules"][rule]["matches"][0]["path"];
        let text = path["value"].as_str().unwrap().to_string();
        let redirect = object["spec"]["rules"][rule].get("filters").is_some();
        change(format!("without {text}"), &|object| drop_item(&mut object["spec"]["rules"], rule));
        for (what, field, to) in [
            ("Exact", "type", json!("Exact")),
            ("regular", "type", json!("RegularExpression")),
            ("longer", "value", json!(format!("{text}x"))),
        ] {
            change(format!("{what} {text}"), &|object| {
                object["spec"]["rules"][rule]["matches"][0]["path"][field] = to.clone();
            });
        }
        if redirect {
            change(format!("{text} without filter"), &|object| {
                object["spec"]["rules"][rule].as_object_mut().unwrap().shift_remove("filters");
            });
            change(format!("{text} to http"), &|object| {
                object["spec"]["rules"][rule]["filters"][0]["requestRedirect"]["scheme"] = json!("http");
            });
            continue;
        }
        change(format!("{text} elsewhere"), &|object| {
            let name = &mut object["spec"]["rules"][rule]["backendRefs"][0]["name"];
            *name = swapped(name);
        });
        change(format!("{text} to another port"), &|object| {
            object["spec"]["rules"][rule]["backendRefs"][0]["port"] = json!(9464);
        });
        if !text.ends_with("/admin") {
            change(format!("{text} nowhere"), &|object| {
                object["spec"]["rules"][rule]["backendRefs"] = json!([]);
            });
        }
    }
    change("any host".to_string(), &|object| {
        object["spec"].as_object_mut().unwrap().shift_remove("hostnames");
    });
    change("other listener".to_string(), &|object| {
        let http = object["spec"]["parentRefs"][0]["sectionName"] == "http";
        object["spec"]["parentRefs"][0]["sectionName"] = json!(if http { "https" } else { "http" });
    });
    change("other Gateway".to_string(), &|object| {
        object["spec"]["parentRefs"][0]["name"] = json!("another");
    });
}

fn gateway(object: &Value, change: Change) {
    for listener in 0..length(&object["spec"]["listeners"]) {
        change(format!("without listener {listener}"), &|object| {
            drop_item(&mut object["spec"]["listeners"], listener);
        });
        change(format!("listener {listener} for another host"), &|object| {
            object["spec"]["listeners"][listener]["hostname"] = json!("x.example.com");
        });
    }
}

fn service(name: &str, change: Change) {
    change("management port".to_string(), &|object| {
        let ports = object["spec"]["ports"].as_array_mut().unwrap();
        ports.push(json!({"name": "metrics", "port": 81, "targetPort": 9464}));
    });
    change("other port".to_string(), &|object| object["spec"]["ports"][0]["port"] = json!(81));
    change("other pods".to_string(), &|object| {
        let component = &mut object["spec"]["selector"]["app.kubernetes.io/component"];
        *component = json!(if component == "server" { "studio" } else { "server" });
    });
    if name != "elsa-closed" {
        change("no such port of a container".to_string(), &|object| {
            object["spec"]["ports"][0]["targetPort"] = json!("nothing");
        });
    }
}
