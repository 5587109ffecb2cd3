{{/*
What the images of Elsa 3.9 are and can do; read with fromJson. For how we know it: elsakube elsa show 3.9.
*/}}
{{- define "elsa.release" -}}
{
  "release": "3.9",
  "appVersion": "3.9.0",
  "server": {
    "title": "Elsa Server 3.9",
    "image": {
      "registry": "docker.io",
      "repository": "elsaworkflows/elsa-server",
      "tag": "3.9.0",
      "digest": ""
    },
    "refusedTags": [
      "latest"
    ],
    "port": 8080,
    "user": 1654,
    "probes": {
      "startup": "/",
      "liveness": "/",
      "readiness": "/"
    },
    "writable": [
      "/app/App_Data",
      "/tmp"
    ],
    "home": "/tmp",
    "sqlite": true,
    "databases": [
      "Sqlite",
      "PostgreSql",
      "SqlServer",
      "MySql"
    ],
    "locks": [
      "File"
    ],
    "maxReplicas": 1,
    "overlap": false,
    "shutdownSeconds": 30,
    "dashboard": true,
    "studio": false,
    "backendUrlSetting": "",
    "metrics": [],
    "identity": "bootstrap-admin"
  },
  "combined": {
    "title": "Elsa Server and Studio 3.9",
    "image": {
      "registry": "docker.io",
      "repository": "elsaworkflows/elsa-server-studio-blazor-wasm-app",
      "tag": "3.9.0",
      "digest": ""
    },
    "refusedTags": [
      "latest"
    ],
    "port": 8080,
    "user": 1654,
    "probes": {
      "startup": "/",
      "liveness": "/",
      "readiness": "/"
    },
    "writable": [
      "/app/App_Data",
      "/tmp"
    ],
    "home": "/tmp",
    "sqlite": true,
    "databases": [
      "Sqlite",
      "PostgreSql",
      "SqlServer",
      "MySql"
    ],
    "locks": [
      "File"
    ],
    "maxReplicas": 1,
    "overlap": false,
    "shutdownSeconds": 30,
    "dashboard": true,
    "studio": true,
    "backendUrlSetting": "Backend__Url",
    "metrics": [],
    "identity": "bootstrap-admin"
  },
  "studio": {
    "title": "Elsa Studio 3.9 (WebAssembly)",
    "image": {
      "registry": "docker.io",
      "repository": "elsaworkflows/elsa-studio",
      "tag": "3.9.0",
      "digest": ""
    },
    "refusedTags": [
      "latest"
    ],
    "port": 8080,
    "user": 1654,
    "probes": {
      "startup": "/_framework/blazor.webassembly.js",
      "liveness": "/_framework/blazor.webassembly.js",
      "readiness": "/_framework/blazor.webassembly.js"
    },
    "writable": [
      "/tmp"
    ],
    "home": "/tmp",
    "maxReplicas": 1000,
    "calledBy": "browser",
    "backendUrlSetting": "Backend__Url"
  }
}
{{- end }}
