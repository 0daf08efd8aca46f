package io.parallax.api.datadiffs.request;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.parallax.api.datasources.DataSource;
import io.parallax.api.problems.Faults;
import io.parallax.api.requests.BodyShapes;
import io.parallax.api.requests.CheckedBody;
import io.parallax.api.requests.FieldReader;
import io.parallax.contract.DiffSpec;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A request for a diff on its way from a body to what workers are asked: held against the schema, then against {@link Rules}, then
 * against the sources that there are, with everything found wrong with it so far.
 */
public final class DiffValidator {
    private static final PropertyNamingStrategies.NamingBase SNAKE_CASE =
            new PropertyNamingStrategies.SnakeCaseStrategy();

    private static final Set<String> KNOWN = DiffRequest.fields()
            .map(RecordComponent::getName)
            .map(SNAKE_CASE::translate)
            .collect(Collectors.toUnmodifiableSet());

    private final Faults faults;
    private final SaidFields said;
    private final Asked asked;
    private Map<Long, DataSource> sources = Map.of();

    private DiffValidator(CheckedBody body, Faults faults) {
        this.faults = faults;
        FieldReader given = new FieldReader(body.given(), List.of("body"), faults);
        this.said = new SaidFields(body.sound(), given);
        this.asked = new Asked(given, said.request());
    }

    /**
     * Reads a body.
     *
     * @throws io.parallax.api.problems.InvalidRequestException when it is no JSON object at all
     */
    public static DiffValidator parse(byte[] body, BodyShapes shapes) {
        Faults faults = new Faults();
        DiffValidator validator = new DiffValidator(shapes.check("DiffRequest", body, faults), faults);
        Rules.ALL.forEach(rule -> rule.check(validator.asked));
        return validator;
    }

    /** The ids of the webhooks it names. */
    public Set<Long> webhookIds() {
        return Stream.ofNullable(asked.request().webhookIds())
                .flatMap(List::stream)
                .collect(Collectors.toSet());
    }

    /** The ids of the sources it names, as far as they can be ids. */
    public Set<Long> sourceIds() {
        DiffRequest request = asked.request();
        return Stream.of(
                        request.datasets().dataSource1Id(),
                        request.datasets().dataSource2Id(),
                        Objects.requireNonNullElse(request.tables().materializationDestinationId(), 0L))
                .filter(id -> id > 0)
                .collect(Collectors.toSet());
    }

    /**
     * The request, once it is known which of its sources and webhooks exist.
     *
     * @throws io.parallax.api.problems.InvalidRequestException with everything that is wrong
     */
    public DiffRequest check(Map<Long, DataSource> known, Set<Long> webhooks) {
        sources = known;
        webhookIds().stream()
                .filter(id -> !webhooks.contains(id))
                .sorted()
                .forEach(id -> asked.fault("webhook_ids", "There is no webhook " + id + ".", "unknown"));
        SourceChecks checks = new SourceChecks(asked, known);
        checks.check();
        faults.refuse();
        return checks.floatTolerance().map(said::tolerating).orElse(asked.request());
    }

    /** What workers are asked, of a request that is sound. */
    public DiffSpec spec(DiffRequest request) {
        return request.spec(RequestedWorkspace.of(request, sources));
    }

    /** Names of fields that nobody knows, but for these. */
    public List<String> ignoredFields(Set<String> others) {
        return asked.given().unknown(KNOWN).stream()
                .filter(field -> !others.contains(field))
                .toList();
    }

    /** The names of all fields that are known. */
    public static Set<String> known() {
        return KNOWN;
    }

    /** Those of them that are not supported yet. */
    public static Set<String> notYet() {
        return RefusedFields.NOT_YET;
    }
}
