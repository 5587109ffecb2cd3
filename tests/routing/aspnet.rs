//! What Elsa's server makes of a path that reaches it. Only so can be said whether a way round a closed door leads
//! anywhere.

use super::path::{decode, remove_dots};

/// The path that routing in ASP.NET sees: Kestrel decodes all but `%2F`, then removes dots (dotnet/aspnetcore,
/// src/Servers/Kestrel/Core/src/Internal/Http/PathDecoder.cs, UrlDecoder.cs). Doubled slashes stay, and then no route fits.
pub fn seen(sent: &str) -> String {
    decode(sent, |byte| byte != b'/').map_or_else(|| sent.to_string(), |decoded| remove_dots(&decoded))
}

/// Whether the administration of the runtime answers there. ASP.NET's routes have no case, and a slash at the end means
/// nothing to them.
pub fn is_admin(sent: &str) -> bool {
    let seen = seen(sent).to_ascii_lowercase();
    super::path::has_prefix(&seen, "/elsa/api/admin")
}

#[test]
fn kestrel_decodes_and_resolves_but_keeps_encoded_slashes() {
    assert_eq!(seen("/elsa/%61pi/x/%2e%2e/y"), "/elsa/api/y");
    assert_eq!(seen("/elsa%2fapi"), "/elsa%2fapi");
    assert_eq!(seen("/elsa//api"), "/elsa//api");
    assert!(is_admin("/ELSA/api/./%41dmin/"));
    assert!(is_admin("/wf/../elsa/api/admin/workflow-runtime/pause"));
    assert!(!is_admin("/elsa/api/admins") && !is_admin("/elsa//api/admin") && !is_admin("/elsa/api%2fadmin"));
}
