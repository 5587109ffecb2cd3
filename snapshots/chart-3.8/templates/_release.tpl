{{/*
What the images of Elsa 3.8 are and can do; read with fromJson. For how we know it: elsakube elsa show 3.8.
*/}}
{{- define "elsa.release" -}}
{
  "release": "3.8",
  "appVersion": "3.8.4",
  "server": {
    "title": "Elsa Server 3.8",
    "image": {
      "registry": "docker.io",
      "repository": "elsaworkflows/elsa-server",
      "tag": "3.8.4",
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
    "dashboard": false,
    "studio": false,
    "backendUrlSetting": "",
    "metrics": [],
    "identity": "bootstrap-admin"
  },
  "combined": {
    "title": "Elsa Server and Studio 3.8",
    "image": {
      "registry": "docker.io",
      "repository": "elsaworkflows/elsa-server-studio-blazor-wasm-app",
      "tag": "3.8.4",
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
    "dashboard": false,
    "studio": true,
    "backendUrlSetting": "Backend__Url",
    "metrics": [],
    "identity": "bootstrap-admin"
  },
  "studio": {
    "title": "Elsa Studio 3.8 (WebAssembly)",
    "image": {
      "registry": "docker.io",
      "repository": "elsaworkflows/elsa-studio",
      "tag": "3.8.4",
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
