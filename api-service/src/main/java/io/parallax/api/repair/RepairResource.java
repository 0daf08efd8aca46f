package io.parallax.api.repair;

import io.parallax.api.problems.Faults;
import io.parallax.api.problems.ProblemException;
import io.parallax.api.repair.KeptDifferences.Known;
import io.parallax.api.requests.Ids;
import io.parallax.api.requests.QueryParameters;
import io.parallax.api.streams.Streams;
import io.parallax.contract.message.Target;
import io.parallax.contract.tally.DifferingRow.Kind;
import io.parallax.contract.tally.Tally;
import io.parallax.outcome.PlanSummary;
import io.parallax.outcome.repair.Direction;
import io.parallax.outcome.repair.Feasibility;
import io.parallax.text.RepairScript;
import io.parallax.text.TextDialect;
import io.parallax.text.TextDialects;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.UriInfo;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Repair scripts, for people to read and run. */
@Path("/api/v1/datadiffs")
@Tag(name = "Data diffs")
public class RepairResource {
    /** RFC 6922. */
    static final String SQL = "application/sql";

    private static final String NO_REPAIR = "There is no repair: ";

    private final KeptDifferences kept;
    private final RepairChecks checks;
    private final Streams streams;

    RepairResource(KeptDifferences kept, RepairChecks checks, Streams streams) {
        this.kept = kept;
        this.checks = checks;
        this.streams = streams;
    }

    @GET
    @Path("{id}/repair")
    @Produces(SQL)
    @Operation(
            operationId = "dataDiffRepair",
            summary = "SQL that makes one side equal to the other",
            description =
                    "One transaction in the target's SQL: DELETE, UPDATE and INSERT, each in the order of the key,"
                            + " made of the rows that differ. It writes the key and the compared columns only. Refused with 409,"
                            + " and the reason, where it could not make these rows equal: when not all of them are kept whole,"
                            + " keys are NULL or repeated, a value does not fit the column, a constraint or trigger stands"
                            + " against it, or for a query. Nothing is run.")
    @Parameter(
            name = "direction",
            in = ParameterIn.QUERY,
            required = true,
            description = "1to2 makes side B equal to side A, 2to1 the other way around.",
            example = "1to2",
            schema =
                    @Schema(
                            type = SchemaType.STRING,
                            enumeration = {"1to2", "2to1"}))
    public Multi<String> repair(
            @Parameter(schema = @Schema(type = SchemaType.INTEGER)) @PathParam("id") String id, UriInfo uri) {
        long diff = Ids.parse("diff", id);
        Direction direction = direction(uri);
        return streams.script(
                kept.known(diff)
                        .map(known -> script(diff, known, direction))
                        .call(script -> check(diff, script, direction)),
                script -> statements(diff, script, direction));
    }

    private static Direction direction(UriInfo uri) {
        Faults faults = new Faults();
        QueryParameters parameters = new QueryParameters(uri.getQueryParameters(), Set.of("direction"), faults);
        String word = Objects.requireNonNullElse(parameters.text("direction"), "");
        Optional<Direction> direction = Direction.of(word);
        if (direction.isEmpty()) {
            parameters.fault("direction", "Must be one of " + String.join(", ", Direction.words()) + ".", "enum");
        }
        faults.refuse();
        return direction.orElseThrow();
    }

    /** A script, and what it says of itself. */
    private record Titled(TextDialect dialect, RepairScript script, String title) {}

    private static Titled script(long id, Known known, Direction direction) {
        PlanSummary comparison = known.comparison();
        Tally tally = known.tally();
        if (!known.status().equals("done") || comparison == null || tally == null) {
            throw ProblemException.ofDiff(known.status(), NO_REPAIR + "The diff is not done.");
        }
        if (known.purged()) {
            throw refused("The rows that differ were purged; start the diff again.");
        }
        if (known.partial() || known.sampled()) {
            throw refused("Only a part of the rows was compared; start a diff without a limit or sample.");
        }
        if (tally.nulls().sum() > 0 || tally.dupes().sum() > 0) {
            throw refused("Rows whose key is NULL or repeated cannot be told apart; repair them by hand, or take"
                    + " another key.");
        }
        if (!known.complete()) {
            throw refused("More rows differ than are kept; compare parts of the tables, by filter1 and filter2.");
        }
        if (known.shortened()) {
            throw refused("Some values that differ are too long to be kept whole.");
        }
        if (comparison.targets() == null) {
            throw refused(
                    "The diff was made by a version that did not note how to write to its tables; start it again.");
        }
        Target target = direction.target(comparison.targets());
        if (target == null) {
            throw refused(
                    "Side " + (direction == Direction.TO_B ? "B" : "A")
                            + " is a query or a materialized view, which cannot be written to; take the other direction, or compare tables.");
        }
        String title = "Makes side %s of diff %d, table %s, equal to side %s as compared until %s."
                .formatted(
                        direction == Direction.TO_B ? "B" : "A",
                        id,
                        target.table().replace('\n', ' ').replace('\r', ' '),
                        direction == Direction.TO_B ? "A" : "B",
                        known.finishedAt());
        TextDialect dialect = TextDialects.named(target.dialect())
                .orElseThrow(() -> refused("The diff was made by a later version; ask an API service of that one."));
        return new Titled(dialect, dialect.repair(target, comparison.key(), comparison.comparedColumns()), title);
    }

    private Uni<Void> check(long diff, Titled titled, Direction direction) {
        RepairScript script = titled.script();
        return checks.obstacle(
                        diff,
                        new Feasibility(script.target(), titled.dialect(), direction, script.key(), script.compared()))
                .map(obstacle -> {
                    if (obstacle.isPresent()) {
                        throw refused(obstacle.get());
                    }
                    return null;
                });
    }

    private static ProblemException refused(String why) {
        return new ProblemException(409, NO_REPAIR + why);
    }

    private Multi<String> statements(long diff, Titled titled, Direction direction) {
        RepairScript script = titled.script();
        String[] key = script.key().toArray(String[]::new);
        String origin = direction.origin();
        return Multi.createBy()
                .concatenating()
                .streams(
                        Multi.createFrom().item(script.begin(titled.title())),
                        kept.pages(diff, direction.surplus(), key, row -> script.delete(row.key())),
                        kept.pages(diff, Kind.VALUE, key, row -> script.update(row.key(), row.values(), origin)),
                        kept.pages(
                                diff, direction.missing(), key, row -> script.insert(row.key(), row.values(), origin)),
                        Multi.createFrom().item(script.end()))
                // The answer has begun; what is there of it must change nothing.
                .onFailure(RowsGoneException.class)
                .recoverWithItem(script.gone());
    }
}
