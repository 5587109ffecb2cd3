{{/*
What the images of Elsa 3.5 are and can do; read with fromJson. For how we know it: elsakube elsa show 3.5.
*/}}
{{- define "elsa.release" -}}
{
  "release": "3.5",
  "appVersion": "3.5",
  "server": {
    "id": "server-3.5",
    "title": "Elsa Server 3.5",
    "refusedTags": [
      "latest"
    ],
    "available": true,
    "unavailableBecause": "",
    "image": {
      "registry": "docker.io",
      "repository": "elsaworkflows/elsa-server-v3-5",
      "tag": "REPLACE-with-a-sha-tag",
      "digest": ""
    },
    "port": 8080,
    "managementPort": 0,
    "user": 1654,
    "probes": {
      "startup": "/",
      "liveness": "/",
      "readiness": "/",
      "port": "http"
    },
    "startupWorkflow": "/triggers",
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
      "Citus",
      "YugabyteDb",
      "CockroachDb",
      "Oracle"
    ],
    "locks": [
      "File",
      "Postgres",
      "Redis"
    ],
    "lockSetting": "Runtime__DistributedLocking__Provider",
    "messages": [],
    "drains": false,
    "maxReplicas": 1,
    "overlap": false,
    "waitForDatabase": false,
    "transactionPooling": false,
    "shutdownSeconds": 30,
    "dashboard": false,
    "studio": false,
    "backendUrlSetting": "",
    "metricsPath": "",
    "identity": "configured-users",
    "unusedUsers": [
      "1",
      "2"
    ]
  },
  "combined": {
    "id": "combined-3.5",
    "title": "Elsa Server and Studio 3.5",
    "refusedTags": [
      "latest"
    ],
    "available": false,
    "unavailableBecause": "it always keeps parts of its data in a SQLite file in its working directory /app, whatever database is set",
    "image": {
      "registry": "docker.io",
      "repository": "elsaworkflows/elsa-server-and-studio-v3-5",
      "tag": "REPLACE-with-a-sha-tag",
      "digest": ""
    },
    "port": 8080,
    "managementPort": 0,
    "user": 1654,
    "probes": {
      "startup": "/health",
      "liveness": "/health",
      "readiness": "/health",
      "port": "http"
    },
    "startupWorkflow": "",
    "writable": [
      "/app/App_Data",
      "/tmp"
    ],
    "home": "/tmp",
    "sqlite": true,
    "databases": [
      "Sqlite",
      "PostgreSql",
      "SqlServer"
    ],
    "locks": [
      "File"
    ],
    "lockSetting": "",
    "messages": [],
    "drains": false,
    "maxReplicas": 1,
    "overlap": false,
    "waitForDatabase": true,
    "transactionPooling": false,
    "shutdownSeconds": 30,
    "dashboard": false,
    "studio": true,
    "backendUrlSetting": "",
    "metricsPath": "",
    "identity": "configured-users",
    "unusedUsers": []
  },
  "host": {
    "id": "host-3.5",
    "title": "Elsa host of elsakube 3.5",
    "refusedTags": [
      "latest"
    ],
    "available": false,
    "unavailableBecause": "it was written for and measured on the 3.9 line only",
    "image": {
      "registry": "registry.example.com",
      "repository": "elsa-host",
      "tag": "REPLACE-with-a-tag",
      "digest": ""
    },
    "port": 8080,
    "managementPort": 9464,
    "user": 1654,
    "probes": {
      "startup": "/health/live",
      "liveness": "/health/live",
      "readiness": "/health/ready",
      "port": "management"
    },
    "startupWorkflow": "",
    "writable": [
      "/tmp"
    ],
    "home": "",
    "sqlite": false,
    "databases": [
      "PostgreSql"
    ],
    "locks": [
      "Postgres",
      "Redis"
    ],
    "lockSetting": "Runtime__DistributedLocking__Provider",
    "messages": [
      "RabbitMq"
    ],
    "drains": true,
    "maxReplicas": 1000,
    "overlap": true,
    "waitForDatabase": false,
    "transactionPooling": true,
    "shutdownSeconds": 10,
    "dashboard": false,
    "studio": false,
    "backendUrlSetting": "",
    "metricsPath": "/metrics",
    "identity": "bootstrap-admin",
    "unusedUsers": []
  },
  "studio": {
    "id": "studio-3.5",
    "title": "Elsa Studio 3.5 (WebAssembly)",
    "refusedTags": [
      "latest"
    ],
    "available": true,
    "image": {
      "registry": "docker.io",
      "repository": "elsaworkflows/elsa-studio-v3-5",
      "tag": "REPLACE-with-a-sha-tag",
      "digest": ""
    },
    "port": 8080,
    "managementPort": 0,
    "user": 1654,
    "probes": {
      "startup": "/_framework/blazor.webassembly.js",
      "liveness": "/_framework/blazor.webassembly.js",
      "readiness": "/_framework/blazor.webassembly.js",
      "port": "http"
    },
    "writable": [
      "/tmp"
    ],
    "home": "/tmp",
    "maxReplicas": 1000,
    "calledBy": "browser",
    "backendUrlSetting": "ElsaServer__Url"
  }
}
{{- end }}

{{/*
The one of these programs that the server's pods run; read with fromJson.
*/}}
{{- define "elsa.program" -}}
{{- $elsa := include "elsa.release" . | fromJson -}}
{{- if eq .Values.server.program "host" -}}
{{- $elsa.host | toJson -}}
{{- else if eq .Values.studio.mode "combined" -}}
{{- $elsa.combined | toJson -}}
{{- else -}}
{{- $elsa.server | toJson -}}
{{- end -}}
{{- end }}
