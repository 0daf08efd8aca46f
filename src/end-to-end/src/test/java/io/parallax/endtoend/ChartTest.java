package io.parallax.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Helm chart is sound, and names only what the services know. */
class ChartTest {
    private static final Pattern MAPPING = Pattern.compile("@ConfigMapping\\(prefix = \"([^\"]+)\"\\)");
    private static final Pattern MAPPED = Pattern.compile("\\b(\\w+)\\(\\);");
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final Path CHART = ROOT.resolve("deploy/helm/parallax");

    /** A copy whose hooks are documents like all others: helm does not show hooks when it renders. */
    @TempDir
    private static Path shown;

    private static final Map<String, Class<?>> KINDS = Map.ofEntries(
            Map.entry("ConfigMap", ConfigMap.class),
            Map.entry("Deployment", Deployment.class),
            Map.entry("HorizontalPodAutoscaler", HorizontalPodAutoscaler.class),
            Map.entry("Ingress", Ingress.class),
            Map.entry("Job", Job.class),
            Map.entry("NetworkPolicy", NetworkPolicy.class),
            Map.entry("PodDisruptionBudget", PodDisruptionBudget.class),
            Map.entry("PrometheusRule", PrometheusRule.class),
            Map.entry("Service", Service.class),
            Map.entry("ServiceAccount", ServiceAccount.class),
            Map.entry("ServiceMonitor", ServiceMonitor.class));

    /** No model knows them here; their fields are pinned below. */
    private static final String SCALED_OBJECT = "ScaledObject";

    private static final String TRIGGER_AUTHENTICATION = "TriggerAuthentication";

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /** Unknown fields are errors, not put aside. */
    private static final ObjectMapper STRICT = new ObjectMapper(new YAMLFactory())
            .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, true)
            .setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1L;

                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                    return false;
                }
            });

    private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);

    /** What a cluster may want that we do not know. */
    private static final Map<String, String> EXTRAS = Stream.of("api", "worker", "migration")
            .flatMap(component -> Map.of(
                    component + ".extraVolumes[0].name", "certificates",
                    component + ".extraVolumes[0].secret.secretName", "sources",
                    component + ".extraVolumeMounts[0].name", "certificates",
                    component + ".extraVolumeMounts[0].mountPath", "/etc/sources",
                    component + ".extraEnv[0].name", "PGSSLROOTCERT",
                    component + ".extraEnv[0].value", "/etc/sources/ca.crt",
                    component + ".priorityClassName", "important",
                    component + ".podAnnotations.team", "data",
                    component + ".nodeSelector.pool", "data")
                    .entrySet()
                    .stream())
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));

    /** Sets of values that a cluster may be run with. */
    static Stream<Map<String, String>> values() {
        return Stream.of(
                Map.of(),
                Map.of(
                        "worker.autoscaling.kind",
                        "keda",
                        "worker.autoscaling.prometheus.serverAddress",
                        "https://prometheus:9090",
                        "worker.autoscaling.prometheus.authModes",
                        "tls,bearer",
                        "worker.autoscaling.prometheus.authSecret",
                        "prometheus",
                        "api.autoscaling.enabled",
                        "true",
                        "traces.endpoint",
                        "http://otel:4317"),
                Map.of(
                        "worker.autoscaling.kind", "hpa",
                        "serviceMonitor.enabled", "true",
                        "prometheusRule.enabled", "true",
                        "grafanaDashboard.enabled", "true",
                        "ingress.enabled", "true",
                        "ingress.className", "nginx",
                        "ingress.tlsSecret", "tls"),
                Map.of(
                        "kafka.securityProtocol", "SASL_SSL",
                        "kafka.saslMechanism", "SCRAM-SHA-512",
                        "kafka.saslSecret.name", "kafka",
                        "kafka.truststoreSecret.name", "kafka-ca",
                        "store.sslMode", "verify-full",
                        "store.rootCertSecret.name", "store-ca",
                        "bootstrapApiKeySecret.name", "first-key",
                        "networkPolicy.sources[0].cidr", "10.0.0.0/8",
                        "networkPolicy.sources[0].port", "5432"),
                EXTRAS,
                Map.of("store.pooler", "transaction", "store.direct.host", "postgresql"),
                Map.of(
                        "worker.autoscaling.kind", "keda",
                        "worker.autoscaling.trigger", "postgresql",
                        "worker.autoscaling.minReplicas", "0",
                        "store.sslMode", "require"),
                Map.of(
                        "migration.enabled", "false",
                        "serviceAccount.create", "false",
                        "networkPolicy.enabled", "false",
                        "topologySpread.enabled", "false",
                        "api.podDisruptionBudget.enabled", "false",
                        "worker.podDisruptionBudget.enabled", "false"));
    }

    @BeforeAll
    static void showHooks() throws IOException {
        try (Stream<Path> files = Files.walk(CHART)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = shown.resolve(CHART.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.writeString(copy, Files.readString(file).replace("helm.sh/hook: ", "hook: "));
            }
        }
    }

    private static List<JsonNode> rendered(Map<String, String> values) throws IOException {
        TemplateCommand command = new Helm(shown)
                .template()
                .withName("test")
                .withNamespace("data")
                .withKubeVersion("1.33.0");
        values.forEach(command::set);
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(command.call())) {
            List<JsonNode> found = new ArrayList<>();
            documents.forEachRemaining(document -> {
                if (document.isObject()) {
                    found.add(document);
                }
            });
            return found;
        }
    }

    @Test
    void isLintedStrictly() {
        assertThat(new Helm(CHART).lint().strict().call().isFailed()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("values")
    void rendersDocumentsThatKubernetesKnows(Map<String, String> values) throws IOException {
        List<JsonNode> documents = rendered(values);
        assertThat(documents).hasSizeGreaterThan(3);
        for (JsonNode document : documents) {
            String kind = document.path("kind").asText();
            if (!List.of(SCALED_OBJECT, TRIGGER_AUTHENTICATION).contains(kind)) {
                assertThat(KINDS).as(kind).containsKey(kind);
                STRICT.treeToValue(document, KINDS.get(kind));
            }
            assertThat(document.at("/metadata/name").asText())
                    .hasSizeLessThan(64)
                    .startsWith("test-parallax");
        }
    }

    @ParameterizedTest
    @MethodSource("values")
    void hardensEveryPod(Map<String, String> values) throws IOException {
        assertThat(containers(rendered(values))).isNotEmpty().allSatisfy(container -> {
            JsonNode security = container.path("securityContext");
            assertThat(security.path("readOnlyRootFilesystem").asBoolean()).isTrue();
            assertThat(security.path("allowPrivilegeEscalation").asBoolean(true))
                    .isFalse();
            assertThat(security.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
            assertThat(container.at("/resources/limits/memory").asText()).isNotEmpty();
        });
        assertThat(pods(rendered(values))).allSatisfy(pod -> {
            assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
            assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
        });
    }

    /** Whatever the services do not read would do nothing. */
    @ParameterizedTest
    @MethodSource("values")
    void setsOnlyWhatTheServicesRead(Map<String, String> values) throws IOException {
        String code = sources();
        assertThat(containers(rendered(values)).stream()
                        .flatMap(container ->
                                StreamSupport.stream(container.path("env").spliterator(), false))
                        .map(variable -> variable.path("name").asText())
                        .filter(name -> name.startsWith("PARALLAX_"))
                        .distinct())
                .isNotEmpty()
                .allSatisfy(name -> assertThat(isRead(name, code)).as(name).isTrue());
    }

    private static boolean isRead(String variable, String code) {
        String property = variable.toLowerCase(Locale.ROOT).replace('_', '.');
        return code.contains(variable) || candidates(property).anyMatch(code::contains);
    }

    /** parallax.sealing.key.file may be written parallax.sealing-key-file, and so on. */
    private static Stream<String> candidates(String property) {
        String[] words = property.split("\\.");
        return Stream.iterate(0, mask -> mask < 1 << (words.length - 1), mask -> mask + 1)
                .map(mask -> {
                    StringBuilder name = new StringBuilder(words[0]);
                    for (int i = 1; i < words.length; i++) {
                        name.append((mask >> (i - 1) & 1) == 0 ? '.' : '-').append(words[i]);
                    }
                    return name.toString();
                });
    }

    /** Configuration by interfaces is read by prefix and name of a method. */
    private static String sources() throws IOException {
        StringBuilder all = new StringBuilder();
        for (String module : List.of("api-service", "diff-worker")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module + "/src/main"))) {
                for (Path file : files.filter(Files::isRegularFile).collect(Collectors.toList())) {
                    if (file.toString().endsWith(".java") || file.toString().endsWith(".properties")) {
                        String text = Files.readString(file);
                        all.append(text).append(mapped(text));
                    }
                }
            }
        }
        return all.toString();
    }

    private static String mapped(String code) {
        Matcher prefix = MAPPING.matcher(code);
        return prefix.find()
                ? MAPPED.matcher(code)
                        .results()
                        .map(method -> " " + prefix.group(1) + "."
                                + method.group(1).replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT) + " ")
                        .collect(Collectors.joining())
                : "";
    }

    @Test
    void probesAndScrapesWhatTheServicesServe() throws IOException {
        List<JsonNode> documents = rendered(Map.of("serviceMonitor.enabled", "true"));
        assertThat(containers(documents).stream()
                        .flatMap(container -> Stream.of("startupProbe", "livenessProbe", "readinessProbe")
                                .map(probe -> container
                                        .at("/" + probe + "/httpGet/path")
                                        .asText()))
                        .filter(path -> !path.isEmpty())
                        .collect(Collectors.toSet()))
                .isEqualTo(Set.of("/q/health/started", "/q/health/live", "/q/health/ready"));
        JsonNode endpoint = of(documents, "ServiceMonitor").get(0).at("/spec/endpoints/0");
        assertThat(endpoint.path("path").asText()).isEqualTo("/q/metrics");
        assertThat(endpoint.path("port").asText()).isEqualTo("management");
    }

    @Test
    void keepsHealthAndMetricsFromClients() throws IOException {
        List<JsonNode> documents = rendered(Map.of("ingress.enabled", "true", "managementPort", "9100"));
        assertThat(containers(documents).stream().filter(container -> container.has("readinessProbe")))
                .hasSize(2)
                .allSatisfy(container -> {
                    for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
                        assertThat(container.at("/" + probe + "/httpGet/port").asText())
                                .isEqualTo("management");
                    }
                    assertThat(port(container, "management")).isEqualTo(9100);
                    assertThat(variable(container, "QUARKUS_MANAGEMENT_PORT")).isEqualTo("9100");
                    assertThat(variable(container, "QUARKUS_MANAGEMENT_HOST")).isEqualTo("0.0.0.0");
                });
        assertThat(portsOf(documents, "test-parallax-api")).containsExactly("http");
        assertThat(portsOf(documents, "test-parallax-api-metrics")).containsExactly("management");
        assertThat(portsOf(documents, "test-parallax-worker")).containsExactly("management");
        assertThat(of(documents, "Ingress").get(0).findValuesAsText("path"))
                .containsExactlyInAnyOrder("/", "/api", "/datadiffs", "/q/openapi", "/q/swagger-ui");
        assertThat(of(documents, "Ingress").get(0).findValuesAsText("name").stream()
                        .filter(name -> name.startsWith("test")))
                .containsOnly("test-parallax", "test-parallax-api");
    }

    /** Prometheus is in the cluster, somewhere; without figures of the workers half of the alerts say nothing. */
    @Test
    void letsPrometheusReachBothServices() throws IOException {
        for (JsonNode policy : of(rendered(Map.of()), "NetworkPolicy")) {
            JsonNode rule = ruleFor(policy, "management");
            assertThat(rule.at("/from/0/namespaceSelector").isObject()).isTrue();
            assertThat(rule.at("/from/0/namespaceSelector")).isEmpty();
        }
        List<JsonNode> told = of(
                rendered(Map.of("networkPolicy.metricsFrom[0].namespaceSelector.matchLabels.name", "monitoring")),
                "NetworkPolicy");
        assertThat(told).hasSize(2).allSatisfy(policy -> assertThat(ruleFor(policy, "management")
                        .at("/from/0/namespaceSelector/matchLabels/name")
                        .asText())
                .isEqualTo("monitoring"));
    }

    @Test
    void passesOnWhatAClusterWants() throws IOException {
        List<JsonNode> documents = rendered(EXTRAS);
        assertThat(pods(documents)).hasSize(3).allSatisfy(pod -> {
            assertThat(pod.path("priorityClassName").asText()).isEqualTo("important");
            assertThat(pod.at("/nodeSelector/pool").asText()).isEqualTo("data");
            assertThat(pod.path("volumes").findValuesAsText("secretName")).contains("sources");
            JsonNode container = pod.path("containers").path(0);
            assertThat(container.path("volumeMounts").findValuesAsText("mountPath"))
                    .contains("/etc/sources");
            assertThat(variable(container, "PGSSLROOTCERT")).isEqualTo("/etc/sources/ca.crt");
        });
        assertThat(documents.stream()
                        .filter(document -> document.at("/spec/template/spec").isObject())
                        .map(document -> document.at("/spec/template/metadata/annotations/team")
                                .asText()))
                .containsExactly("data", "data", "data");
    }

    @Test
    void namesImagesByDigestAndHooksOfContainers() throws IOException {
        List<JsonNode> documents = rendered(Map.of(
                "api.image.digest", DIGEST,
                "api.image.tag", "latest",
                "worker.image.digest", DIGEST,
                "worker.image.repository", "registry:5000/worker",
                "api.lifecycle.preStop.exec.command[0]", "true",
                "worker.lifecycle.postStart.exec.command[0]", "true"));
        assertThat(containers(documents).stream()
                        .map(container -> container.path("image").asText()))
                .containsExactlyInAnyOrder(
                        "parallax-api-service@" + DIGEST,
                        "parallax-api-service@" + DIGEST,
                        "registry:5000/worker@" + DIGEST);
        assertThat(containers(documents).stream()
                        .flatMap(container -> container.path("lifecycle").findValuesAsText("command").stream()))
                .hasSize(2);
    }

    @Test
    void keepsNamesShort() throws IOException {
        assertThat(rendered(Map.of("fullnameOverride", "a".repeat(80))))
                .allSatisfy(document ->
                        assertThat(document.at("/metadata/name").asText()).hasSizeLessThan(64));
    }

    private static int port(JsonNode container, String name) {
        return StreamSupport.stream(container.path("ports").spliterator(), false)
                .filter(port -> port.path("name").asText().equals(name))
                .map(port -> port.path("containerPort").asInt())
                .findFirst()
                .orElseThrow();
    }

    private static String variable(JsonNode container, String name) {
        return StreamSupport.stream(container.path("env").spliterator(), false)
                .filter(variable -> variable.path("name").asText().equals(name))
                .map(variable -> variable.path("value").asText())
                .findFirst()
                .orElseThrow();
    }

    private static List<String> portsOf(List<JsonNode> documents, String service) {
        return of(documents, "Service").stream()
                .filter(document -> document.at("/metadata/name").asText().equals(service))
                .flatMap(document -> document.at("/spec/ports").findValuesAsText("name").stream())
                .toList();
    }

    private static JsonNode ruleFor(JsonNode policy, String port) {
        return StreamSupport.stream(policy.at("/spec/ingress").spliterator(), false)
                .filter(rule -> rule.at("/ports/0/port").asText().equals(port))
                .findFirst()
                .orElseThrow();
    }

    /** Before Kubernetes kills it, which it does whatever is under way. */
    @Test
    void leavesServicesTheTimeThatTheyTakeToEnd() throws IOException {
        List<JsonNode> documents = rendered(Map.of(
                "api.shutdownDelaySeconds", "20",
                "api.shutdownTimeoutSeconds", "40",
                "api.terminationGracePeriodSeconds", "75",
                "worker.terminationGracePeriodSeconds", "600"));
        Map<String, String> variables = containers(documents).stream()
                .flatMap(container -> StreamSupport.stream(container.path("env").spliterator(), false))
                .filter(variable -> variable.has("value"))
                .collect(Collectors.toMap(
                        variable -> variable.path("name").asText(),
                        variable -> variable.path("value").asText(),
                        (one, same) -> one));
        assertThat(variables)
                .containsEntry("QUARKUS_SHUTDOWN_DELAY", "20s")
                .containsEntry("QUARKUS_SHUTDOWN_TIMEOUT", "40s")
                .containsEntry("PARALLAX_WORKER_GRACE", "580s");
        assertThat(pods(documents))
                .extracting(pod -> pod.path("terminationGracePeriodSeconds").asInt())
                .contains(75, 600);
        assertThatThrownBy(() -> rendered(Map.of("api.shutdownDelaySeconds", "30")))
                .hasMessageContaining("must be at least 75");
        assertThatThrownBy(() -> rendered(Map.of("worker.terminationGracePeriodSeconds", "20")))
                .hasMessageContaining("schema");
    }

    @Test
    void scalesOnWhatThereIsToDoByPrometheus() throws IOException {
        List<JsonNode> documents = rendered(Map.of(
                "worker.autoscaling.kind", "keda",
                "worker.autoscaling.minReplicas", "0",
                "worker.autoscaling.prometheus.serverAddress", "https://prometheus:9090",
                "worker.autoscaling.prometheus.selector", "namespace=\"data\"",
                "worker.autoscaling.prometheus.authModes", "basic,tls",
                "worker.autoscaling.prometheus.authSecret", "for-prometheus",
                "worker.taskSlots", "3",
                "worker.jobSlots", "5"));
        JsonNode scaled = of(documents, SCALED_OBJECT).get(0).path("spec");
        assertThat(scaled.at("/scaleTargetRef/name").asText()).isEqualTo("test-parallax-worker");
        assertThat(scaled.path("minReplicaCount").asInt(-1)).isZero();
        assertThat(scaled.path("maxReplicaCount").asInt()).isEqualTo(10);
        assertThat(scaled.path("triggers").toString())
                .isEqualTo(prometheusTrigger("tasks", 3, ", namespace=\\\"data\\\"")
                        .concat(prometheusTrigger("jobs", 5, ", namespace=\\\"data\\\""))
                        .replace("}{", "},{")
                        .transform(triggers -> "[" + triggers + "]"));
        JsonNode authentication = of(documents, TRIGGER_AUTHENTICATION).get(0);
        assertThat(authentication.at("/metadata/name").asText()).isEqualTo("test-parallax-worker");
        assertThat(authentication.at("/spec/secretTargetRef"))
                .extracting(reference -> reference.path("parameter").asText() + " "
                        + reference.path("name").asText() + "/"
                        + reference.path("key").asText())
                .containsExactly(
                        "username for-prometheus/username",
                        "password for-prometheus/password",
                        "ca for-prometheus/ca",
                        "cert for-prometheus/cert",
                        "key for-prometheus/key");
        assertThat(Files.readString(ROOT.resolve("api-service/src/main/java/io/parallax/api/metrics/WorkMetrics.java")))
                .contains("\"parallax.work\"", "\"tasks\"", "\"jobs\"");
    }

    private static String prometheusTrigger(String kind, int slots, String selector) {
        return """
                {"type":"prometheus","metadata":{"serverAddress":"https://prometheus:9090",\
                "query":"max(parallax_work{kind=\\"%s\\"%s} >= 0)","threshold":"%d","activationThreshold":"0",\
                "ignoreNullValues":"false","authModes":"basic,tls"},"authenticationRef":{"name":"test-parallax-worker"}}"""
                .formatted(kind, selector, slots);
    }

    @Test
    void scalesOnWhatThereIsToDoByTheStore() throws IOException {
        Map<String, String> values = new HashMap<>(Map.of(
                "worker.autoscaling.kind", "keda",
                "worker.autoscaling.trigger", "postgresql",
                "store.host", "store.example.com",
                "store.sslMode", "require"));
        List<JsonNode> documents = rendered(values);
        JsonNode triggers = of(documents, SCALED_OBJECT).get(0).at("/spec/triggers");
        assertThat(triggers).hasSize(2);
        assertThat(triggers.get(1).toString())
                .isEqualTo(
                        """
                        {"type":"postgresql","metadata":{"host":"store.example.com","port":"5432","dbName":"parallax",\
                        "userName":"parallax","sslmode":"require","query":"select jobs from pending_work",\
                        "targetQueryValue":"4","activationTargetQueryValue":"0"},\
                        "authenticationRef":{"name":"test-parallax-worker"}}""");
        assertThat(triggers.get(0).at("/metadata/query").asText()).isEqualTo("select tasks from pending_work");
        assertThat(of(documents, TRIGGER_AUTHENTICATION)
                        .get(0)
                        .at("/spec/secretTargetRef")
                        .toString())
                .isEqualTo("[{\"parameter\":\"password\",\"name\":\"parallax-store\",\"key\":\"password\"}]");

        // Certificates are files where KEDA runs.
        values.put("store.sslMode", "verify-full");
        values.put("store.rootCertSecret.name", "store-ca");
        assertThatThrownBy(() -> rendered(values)).hasMessageContaining("connectionSecret is needed");
        values.put("worker.autoscaling.postgresql.connectionSecret.name", "for-keda");
        List<JsonNode> verifying = rendered(values);
        assertThat(of(verifying, SCALED_OBJECT)
                        .get(0)
                        .at("/spec/triggers/0/metadata")
                        .has("host"))
                .isFalse();
        assertThat(of(verifying, TRIGGER_AUTHENTICATION)
                        .get(0)
                        .at("/spec/secretTargetRef/0/parameter")
                        .asText())
                .isEqualTo("connection");
    }

    @Test
    void refusesToScaleOnWhatItCannotSee() {
        assertThatThrownBy(() -> rendered(Map.of("worker.autoscaling.kind", "keda")))
                .hasMessageContaining("serverAddress");
        assertThatThrownBy(() -> rendered(Map.of(
                        "worker.autoscaling.kind", "keda",
                        "worker.autoscaling.prometheus.serverAddress", "http://prometheus:9090",
                        "worker.autoscaling.prometheus.authModes", "bearer")))
                .hasMessageContaining("authSecret");
    }

    @Test
    void refusesValuesThatMakeNoSense() {
        for (Map<String, String> wrong : List.of(
                Map.of("worker.autoscaling.kind", "magic"),
                Map.of("worker.autoscaling.trigger", "kafka"),
                Map.of("worker.autoscaling.prometheus.authModes", "none"),
                Map.of("kafka.bootstrapServers", "kafka"),
                Map.of("api.replicas", "many"),
                Map.of("sealingKeySecret.name", ""),
                Map.of("unknown", "1"),
                Map.of("worker.autoscaling.minReplicas", "11"),
                Map.of("worker.autoscaling.kind", "keda", "worker.autoscaling.maxReplicas", "0"),
                Map.of("worker.autoscaling.kind", "hpa", "worker.autoscaling.minReplicas", "0"),
                Map.of("api.autoscaling.minReplicas", "7"),
                Map.of("api.autoscaling.enabled", "true", "api.autoscaling.minReplicas", "0"),
                Map.of("kafka.securityProtocol", "SASL_SSL"),
                Map.of("kafka.securityProtocol", "SASL_SSL", "kafka.saslSecret.name", "kafka"),
                Map.of("kafka.securityProtocol", "SASL_PLAINTEXT", "kafka.saslMechanism", "PLAIN"),
                Map.of("kafka.saslMechanism", "PLAIN", "kafka.saslSecret.name", "kafka"),
                Map.of("kafka.bootstrapServers", "kafka:65536"),
                Map.of("store.sslMode", "verify-full"),
                Map.of("store.sslMode", "verify-ca"),
                Map.of("store.pooler", "session"),
                Map.of("store.pooler", "transaction"),
                Map.of("store.connections", "0"),
                source("10.0.0.0"),
                source("10.0.0.0/33"),
                source("10.0.0.256/8"),
                source("10.0.0/8"),
                source("example.com/8"),
                source("fd00::/129"),
                source("fd00:::/8"),
                Map.of("networkPolicy.apiFrom[0].ipBlock.cidr", "10.0.0.0"),
                Map.of("networkPolicy.metricsFrom[0].ipBlock.cidr", "10.0.0.0/99"),
                Map.of("networkPolicy.metricsFrom[0].nameSpaceSelector.matchLabels.a", "b"),
                Map.of("api.image.digest", "sha256:0123"),
                Map.of("worker.podDisruptionBudget.maxUnavailable", "0%"),
                Map.of("worker.lifecycle.preStart.exec.command[0]", "true"),
                Map.of("api.extraVolumeMounts[0].name", "a"),
                Map.of("managementPort", "8080"),
                Map.of("managementPort", "0"))) {
            assertThatThrownBy(() -> rendered(wrong)).as(wrong.toString()).hasMessageContaining("schema");
        }
    }

    private static Map<String, String> source(String cidr) {
        return Map.of("networkPolicy.sources[0].cidr", cidr, "networkPolicy.sources[0].port", "5432");
    }

    @Test
    void takesEveryNetwork() throws IOException {
        for (String cidr : List.of(
                "0.0.0.0/0", "192.168.255.1/32", "::/0", "::1/128", "fd00:1:2:3:4:5:6:7/64", "2001:db8::ff/48")) {
            assertThat(rendered(source(cidr)).toString()).contains(cidr);
        }
    }

    private static List<JsonNode> of(List<JsonNode> documents, String kind) {
        return documents.stream()
                .filter(document -> document.path("kind").asText().equals(kind))
                .toList();
    }

    private static List<JsonNode> pods(List<JsonNode> documents) {
        return documents.stream()
                .map(document -> document.at("/spec/template/spec"))
                .filter(JsonNode::isObject)
                .toList();
    }

    private static List<JsonNode> containers(List<JsonNode> documents) {
        return pods(documents).stream()
                .flatMap(pod -> StreamSupport.stream(pod.path("containers").spliterator(), false))
                .toList();
    }
}
