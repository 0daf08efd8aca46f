{{- define "parallax.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 50 | trimSuffix "-" -}}
{{- end -}}

{{- define "parallax.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 50 | trimSuffix "-" -}}
{{- else if contains (include "parallax.name" .) .Release.Name -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "parallax.name" .) | trunc 50 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "parallax.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
app.kubernetes.io/name: {{ include "parallax.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end -}}

{{/* Of one component: (dict "root" $ "component" "api"). */}}
{{- define "parallax.selector" -}}
app.kubernetes.io/name: {{ include "parallax.name" .root }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end -}}

{{- define "parallax.serviceAccount" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "parallax.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- define "parallax.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "parallax.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{/* One image: by its digest, which nobody can move, or else by its tag. (dict "root" $ "image" .Values.api.image). */}}
{{- define "parallax.image" -}}
{{- if .image.digest -}}
{{- printf "%s@%s" .image.repository .image.digest -}}
{{- else -}}
{{- printf "%s:%s" .image.repository (.image.tag | default .root.Chart.AppVersion) -}}
{{- end -}}
{{- end -}}

{{/* What no schema can say of two values. */}}
{{- define "parallax.checks" -}}
{{- range $component := list "api" "worker" -}}
{{- with (index $.Values $component).autoscaling -}}
{{- if gt (int .minReplicas) (int .maxReplicas) -}}
{{- fail (printf "%s.autoscaling: minReplicas is %d, more than maxReplicas, %d (values.schema.json and values.yaml say more)" $component (int .minReplicas) (int .maxReplicas)) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if eq (int .Values.api.port) (int .Values.managementPort) -}}
{{- fail (printf "api.port and managementPort are both %d (values.schema.json and values.yaml say more)" (int .Values.api.port)) -}}
{{- end -}}
{{- end -}}

{{/* Where a pod may run, and how important it is. */}}
{{- define "parallax.scheduling" -}}
{{- with .priorityClassName }}
priorityClassName: {{ . | quote }}
{{- end }}
{{- with .nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/* What both services need. */}}
{{- define "parallax.env" -}}
- name: QUARKUS_MANAGEMENT_HOST
  value: 0.0.0.0
- name: QUARKUS_MANAGEMENT_PORT
  value: {{ .Values.managementPort | quote }}
- name: KAFKA_BOOTSTRAP_SERVERS
  value: {{ .Values.kafka.bootstrapServers | quote }}
- name: KAFKA_SECURITY_PROTOCOL
  value: {{ .Values.kafka.securityProtocol | quote }}
{{- with .Values.kafka.saslMechanism }}
- name: KAFKA_SASL_MECHANISM
  value: {{ . | quote }}
{{- end }}
{{- with .Values.kafka.saslSecret }}
{{- if .name }}
- name: KAFKA_SASL_JAAS_CONFIG
  valueFrom:
    secretKeyRef:
      name: {{ .name | quote }}
      key: {{ .key | quote }}
{{- end }}
{{- end }}
{{- if .Values.kafka.truststoreSecret.name }}
- name: KAFKA_SSL_TRUSTSTORE_TYPE
  value: PEM
- name: KAFKA_SSL_TRUSTSTORE_LOCATION
  value: /etc/parallax/kafka/{{ .Values.kafka.truststoreSecret.key }}
{{- end }}
- name: PARALLAX_SEALING_KEY_FILE
  value: /etc/parallax/sealing/{{ .Values.sealingKeySecret.key }}
{{- with .Values.traces.endpoint }}
- name: QUARKUS_OTEL_SDK_DISABLED
  value: "false"
- name: QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT
  value: {{ . | quote }}
{{- end }}
{{- end -}}

{{/* How the API service and the migration find the store. */}}
{{- define "parallax.storeEnv" -}}
- name: PARALLAX_STORE_HOST
  value: {{ .Values.store.host | quote }}
- name: PARALLAX_STORE_PORT
  value: {{ .Values.store.port | quote }}
- name: PARALLAX_STORE_DATABASE
  value: {{ .Values.store.database | quote }}
- name: PARALLAX_STORE_USER
  value: {{ .Values.store.user | quote }}
- name: PARALLAX_STORE_PASSWORD
  valueFrom:
    secretKeyRef:
      name: {{ .Values.store.passwordSecret.name | quote }}
      key: {{ .Values.store.passwordSecret.key | quote }}
{{- if eq .Values.store.pooler "transaction" }}
- name: PARALLAX_STORE_POOLER
  value: transaction
- name: PARALLAX_STORE_DIRECT_HOST
  value: {{ .Values.store.direct.host | quote }}
- name: PARALLAX_STORE_DIRECT_PORT
  value: {{ .Values.store.direct.port | quote }}
{{- end }}
- name: PARALLAX_STORE_SSLMODE
  value: {{ .Values.store.sslMode | quote }}
{{- if .Values.store.rootCertSecret.name }}
- name: PARALLAX_STORE_ROOTCERT
  value: /etc/parallax/store/{{ .Values.store.rootCertSecret.key }}
{{- end }}
{{- end -}}

{{- define "parallax.storeMounts" -}}
{{- if .Values.store.rootCertSecret.name }}
- name: store-rootcert
  mountPath: /etc/parallax/store
  readOnly: true
{{- end }}
{{- end -}}

{{- define "parallax.storeVolumes" -}}
{{- if .Values.store.rootCertSecret.name }}
- name: store-rootcert
  secret:
    secretName: {{ .Values.store.rootCertSecret.name | quote }}
{{- end }}
{{- end -}}

{{- define "parallax.mounts" -}}
- name: tmp
  mountPath: /tmp
- name: sealing
  mountPath: /etc/parallax/sealing
  readOnly: true
{{- if .Values.kafka.truststoreSecret.name }}
- name: kafka-truststore
  mountPath: /etc/parallax/kafka
  readOnly: true
{{- end }}
{{- end -}}

{{- define "parallax.volumes" -}}
- name: tmp
  emptyDir: {}
- name: sealing
  secret:
    secretName: {{ .Values.sealingKeySecret.name | quote }}
{{- if .Values.kafka.truststoreSecret.name }}
- name: kafka-truststore
  secret:
    secretName: {{ .Values.kafka.truststoreSecret.name | quote }}
{{- end }}
{{- end -}}

{{/* (dict "root" $ "component" "api"). */}}
{{- define "parallax.spread" -}}
{{- if .root.Values.topologySpread.enabled }}
topologySpreadConstraints:
{{- $labels := include "parallax.selector" . }}
{{- range .root.Values.topologySpread.topologyKeys }}
  - maxSkew: 1
    topologyKey: {{ . }}
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels:
        {{- $labels | nindent 8 }}
{{- end }}
{{- end }}
{{- end -}}

{{- define "parallax.probes" -}}
startupProbe:
  httpGet: {path: /q/health/started, port: management}
  periodSeconds: 2
  failureThreshold: 60
livenessProbe:
  httpGet: {path: /q/health/live, port: management}
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 6
readinessProbe:
  httpGet: {path: /q/health/ready, port: management}
  periodSeconds: 5
  timeoutSeconds: 5
  failureThreshold: 3
{{- end -}}

{{/* What KEDA needs to be let in where it looks how much there is to do; empty for nothing. */}}
{{- define "parallax.kedaAuth" -}}
{{- $scaling := .Values.worker.autoscaling -}}
{{- if eq $scaling.trigger "postgresql" -}}
{{- if $scaling.postgresql.connectionSecret.name -}}
- parameter: connection
  name: {{ $scaling.postgresql.connectionSecret.name | quote }}
  key: {{ $scaling.postgresql.connectionSecret.key | quote }}
{{- else -}}
{{- if hasPrefix "verify" .Values.store.sslMode -}}
{{- fail "worker.autoscaling.postgresql.connectionSecret is needed with a store.sslMode that verifies: KEDA has no certificate otherwise" -}}
{{- end -}}
- parameter: password
  name: {{ .Values.store.passwordSecret.name | quote }}
  key: {{ .Values.store.passwordSecret.key | quote }}
{{- end -}}
{{- else if $scaling.prometheus.authModes -}}
{{- $secret := required "worker.autoscaling.prometheus.authSecret holds what authModes take" $scaling.prometheus.authSecret -}}
{{- $keys := dict "bearer" (list "bearerToken") "basic" (list "username" "password") "tls" (list "ca" "cert" "key") -}}
{{- range $mode := splitList "," $scaling.prometheus.authModes -}}
{{- range $key := get $keys $mode }}
- parameter: {{ $key }}
  name: {{ $secret | quote }}
  key: {{ $key }}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
