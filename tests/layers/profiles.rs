//! Profiles and the rules of a stack, on profiles made up for the purpose.

use elsakube::diagnostics::{Diagnostic, Diagnostics};
use elsakube::values::input::Files;
use elsakube::values::profile::{Profile, ProfileSet};
use elsakube::values::stack::{Stack, diff};
use elsakube::yaml::Node;
use serde_json::json;

const PROFILES: &[(&str, &str)] = &[
    (
        "certs.yaml",
        "description: Certificates.\nneeds: [prod]\nvalues: {tls: {issuer: certs, enabled: true}}\n",
    ),
    ("dev.yaml", "description: For a laptop.\nvalues: {server: {replicas: 1}, dev: true}\n"),
    ("istio.yaml", "description: A mesh.\nextends: prod\nvalues: {mesh: istio, server: {replicas: 5}}\n"),
    ("loose.yaml", "description: Anywhere.\nneeds: [prod]\nbases: [prod, dev]\nvalues: {loose: true}\n"),
    (
        "other.yaml",
        "description: Other certificates.\nneeds: [prod]\nvalues: {tls: {issuer: other, enabled: true}}\n",
    ),
    ("prod.yaml", "description: High availability.\nvalues: {server: {replicas: 3, hosts: [a]}}\n"),
    ("rigid.yaml", "description: Not on a mesh.\nneeds: [prod]\nbases: [prod]\nvalues: {rigid: true}\n"),
    ("sqlserver.yaml", "description: SQL Server.\nneeds: [prod, stock]\nvalues: {database: sqlserver}\n"),
    ("stock.yaml", "description: Published images.\nneeds: [prod]\nvalues: {program: stock}\n"),
];

fn resolve_with(set: &ProfileSet, names: &str) -> Result<Stack, Vec<Diagnostic>> {
    let names = if names.is_empty() { Vec::new() } else { vec![names.to_string()] };
    Stack::resolve(&names, set, &mut Files::default()).map_err(|Diagnostics(found)| found)
}

fn resolve(names: &str) -> Result<Stack, Vec<Diagnostic>> {
    resolve_with(&ProfileSet::new(PROFILES.iter().copied()), names)
}

/// The codes and the helps of what is wrong with a stack.
fn wrong(names: &str) -> Vec<(String, String)> {
    let found = resolve(names).unwrap_err();
    found.into_iter().map(|diagnostic| (diagnostic.code, diagnostic.help.unwrap_or_default())).collect()
}

fn json(node: Option<Node>) -> serde_json::Value {
    serde_json::to_value(node).unwrap()
}

#[test]
fn a_base_carries_add_ons_in_any_order() {
    let expected = json!({"server": {"replicas": 3, "hosts": ["a"]}, "tls": {"issuer": "certs", "enabled": true},
        "program": "stock", "database": "sqlserver"});
    for names in [
        "prod,certs,stock,sqlserver",
        "prod,sqlserver,certs,stock",
        "stock,sqlserver,prod,certs",
        "prod, stock ,certs,sqlserver,stock,prod",
    ] {
        assert_eq!(json(resolve(names).unwrap().values()), expected, "{names}");
    }
    assert_eq!(resolve("").unwrap().profiles().count(), 0);
    assert_eq!(resolve("certs,prod").unwrap().to_string(), "prod,certs");
}

#[test]
fn a_base_that_the_next_one_extends_adds_nothing() {
    let alone = resolve("istio,certs").unwrap();
    assert_eq!(json(alone.values())["server"], json!({"replicas": 5, "hosts": ["a"]}));
    assert_eq!(json(alone.values()), json(resolve("prod,istio,certs").unwrap().values()));
    assert_eq!(
        alone.profiles().map(|profile| profile.name.as_str()).collect::<Vec<_>>(),
        ["prod", "istio", "certs"]
    );
    let set = ProfileSet::new(PROFILES.iter().copied());
    assert_eq!(json(set.flattened("istio").ok()), json(resolve("istio").unwrap().values()));
    assert_eq!(json(set.flattened("certs").ok()), json!({"tls": {"issuer": "certs", "enabled": true}}));
}

#[test]
fn other_second_bases_are_refused() {
    assert_eq!(wrong("dev,prod"), [("two-bases".into(), "leave one of them out".into())]);
    assert_eq!(wrong("istio,prod"), [("two-bases".into(), "istio holds all of prod: leave prod out".into())]);
    let found = resolve("dev,certs,prod").unwrap_err();
    let places: Vec<String> = found[0].labels.iter().map(|label| label.span.to_string()).collect();
    assert_eq!(places, ["--profile:1:11", "--profile:1:1"]);
}

#[test]
fn unknown_profiles_are_named_with_the_nearest() {
    let found = resolve("prdo,stok,xyz").unwrap_err();
    let helps: Vec<&str> = found.iter().filter_map(|diagnostic| diagnostic.help.as_deref()).collect();
    assert_eq!(helps[..2], ["did you mean `prod`?", "did you mean `stock`?"]);
    assert!(
        helps[2].starts_with("there are certs, dev, istio, loose, other, prod, rigid, sqlserver, stock;")
    );
    assert!(found.iter().all(|diagnostic| diagnostic.code == "unknown-profile"));
    assert_eq!(found[1].labels[0].span.position().column, 6);
    assert_eq!(wrong("prod,,stock")[0].0, "unknown-profile");
}

#[test]
fn what_is_missing_is_said_as_the_stack_to_type() {
    for (typed, right) in [
        ("certs", "prod,certs"),
        ("sqlserver", "prod,stock,sqlserver"),
        ("certs,sqlserver", "prod,certs,stock,sqlserver"),
        ("dev,certs", "prod,certs"),
        ("istio,sqlserver", "istio,stock,sqlserver"),
        ("istio,rigid", "prod,rigid"),
        ("loose", "prod,loose"),
    ] {
        let found = wrong(typed);
        assert!(found.iter().all(|(code, _)| code == "missing-need"), "{typed}: {found:?}");
        assert_eq!(found[0].1, format!("type --profile {right}"), "{typed}");
        resolve(right).unwrap();
    }
    resolve("dev,loose").unwrap();
}

#[test]
fn add_ons_that_set_a_key_differently_do_not_stack() {
    let found = resolve("prod,other,certs").unwrap_err();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].code, "conflicting-add-ons");
    assert_eq!(found[0].message, "the add-ons other and certs set `tls.issuer` differently");
    let places: Vec<String> = found[0].labels.iter().map(|label| label.span.to_string()).collect();
    assert_eq!(places, ["profiles/certs.yaml:3:24", "profiles/other.yaml:3:24"]);
}

#[test]
fn an_embedded_add_on_sets_no_lists_and_an_own_one_may() {
    let listing = "description: x.\nneeds: [prod]\nvalues: {a: {b: [1]}}\n";
    let set = ProfileSet::new(PROFILES.iter().copied().chain([("lists.yaml", listing)]));
    let found = resolve_with(&set, "prod,lists").unwrap_err();
    assert_eq!(
        (found[0].code.as_str(), found[0].labels[0].span.to_string()),
        ("profile-list", "profiles/lists.yaml:3:17".into())
    );

    let folder = tempfile::tempdir().unwrap();
    let own = folder.path().join("own.yaml");
    std::fs::write(&own, "description: x.\nneeds: [prod]\nvalues: {a: [1], tls: {issuer: own}}\n").unwrap();
    let stack = resolve(&format!("prod,certs,{}", own.display())).unwrap();
    assert_eq!(json(stack.values())["tls"], json!({"issuer": "own", "enabled": true}));
}

#[test]
fn an_own_base_extends_an_embedded_one() {
    let folder = tempfile::tempdir().unwrap();
    let own = folder.path().join("own.yaml");
    let name = own.display().to_string();
    std::fs::write(&own, "description: x.\nextends: prod\nvalues: {server: {replicas: 9}}\n").unwrap();
    let stack = resolve(&format!("prod,{name},certs,rigid")).unwrap();
    assert_eq!(json(stack.values())["server"], json!({"replicas": 9, "hosts": ["a"]}));

    std::fs::write(&own, "description: x.\nvalues: {}\n").unwrap();
    let (code, help) = wrong(&format!("prod,{name}")).remove(0);
    assert_eq!(code, "two-bases");
    assert_eq!(
        help,
        format!("say `extends: prod` in {name} to build on it, or `needs: [prod]` to make it an add-on")
    );
    assert_eq!(wrong(&format!("prod,{name}x.yaml"))[0].0, "file-unreadable");
}

#[test]
fn cycles_are_told() {
    let set = ProfileSet::new([
        ("a.yaml", "description: x.\nextends: b\n"),
        ("b.yaml", "description: x.\nextends: a\n"),
        ("c.yaml", "description: x.\nneeds: [d, base]\n"),
        ("d.yaml", "description: x.\nneeds: [c, base]\n"),
        ("base.yaml", "description: x.\n"),
        ("e.yaml", "description: x.\nextends: c\n"),
    ]);
    let found = resolve_with(&set, "a").unwrap_err();
    assert_eq!(
        (found[0].code.as_str(), found[0].labels[0].span.to_string()),
        ("profile-cycle", "profiles/b.yaml:2:10".into())
    );
    assert_eq!(resolve_with(&set, "c").unwrap_err()[0].help.as_deref(), Some("type --profile base,d,c"));
    assert_eq!(resolve_with(&set, "e").unwrap_err()[0].code, "profile-header");
}

#[test]
fn headers_are_checked() {
    let read = |text: &str| {
        let source = elsakube::diagnostics::Source::new("p.yaml", text);
        let found =
            Profile::read("p", &source, false).err().map(|Diagnostics(found)| found).unwrap_or_default();
        found
            .into_iter()
            .map(|diagnostic| {
                format!(
                    "{} {}: {}",
                    diagnostic.code,
                    diagnostic.labels[0].span,
                    diagnostic.help.unwrap_or_default()
                )
            })
            .collect::<Vec<_>>()
    };
    assert!(read("description: x\nneeds: []\nvalues:\n").is_empty());
    assert_eq!(read("description: x\nextend: prod\n"), ["unknown-key p.yaml:2:1: did you mean `extends`?"]);
    assert!(read("server: {a: 1}\n")[0].contains("a file of bare values goes with -f"));
    assert_eq!(read("description: [x]\n").len(), 1);
    assert!(read("values: {}\n")[0].starts_with("profile-header p.yaml:1:1"));
    assert_eq!(read("description: x\nneeds: prod\nvalues: 1\n").len(), 2);
    assert!(
        read("description: x\nneeds: [prod]\nextends: prod\n")[0].starts_with("profile-header p.yaml:3:10")
    );
    assert!(read("description: x\nbases: [prod]\n")[0].starts_with("profile-header p.yaml:2:1"));
}

#[test]
fn differences_go_path_by_path() {
    let left = resolve("prod").unwrap().values().unwrap();
    let right = resolve("istio,certs").unwrap().values().unwrap();
    let text =
        |node: Option<&Node>| node.map_or("-".to_string(), |node| json(Some(node.clone())).to_string());
    let lines: Vec<String> = diff(&left, &right)
        .iter()
        .map(|difference| format!("{} {} {}", difference.path, text(difference.left), text(difference.right)))
        .collect();
    assert_eq!(
        lines,
        ["server.replicas 3 5", "mesh - \"istio\"", "tls.issuer - \"certs\"", "tls.enabled - true"]
    );
    assert!(diff(&left, &left).is_empty());
}

#[test]
fn bases_are_listed_first() {
    let all = ProfileSet::new(PROFILES.iter().copied()).all().unwrap();
    let names: Vec<&str> = all.iter().map(|profile| profile.name.as_str()).collect();
    assert_eq!(names, ["dev", "istio", "prod", "certs", "loose", "other", "rigid", "sqlserver", "stock"]);
    ProfileSet::embedded().all().unwrap();
}
