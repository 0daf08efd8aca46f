package io.parallax.engine.plan.cut;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parallax.contract.Codec;
import io.parallax.contract.Dataset;
import io.parallax.contract.DiffSpec;
import io.parallax.contract.Topics;
import io.parallax.contract.message.Plan;
import io.parallax.contract.message.Report;
import io.parallax.contract.message.TaskAddress;
import io.parallax.contract.tally.Effort;
import io.parallax.contract.tally.Tally;
import io.parallax.engine.dialect.ProbedFamily;
import io.parallax.engine.plan.PlanContextBuilder;
import io.parallax.engine.plan.probe.ServerProof;
import io.parallax.engine.plan.probe.Trust;
import io.parallax.engine.session.SessionPair;
import io.parallax.engine.task.Buckets;
import io.parallax.engine.task.Segment;
import io.parallax.engine.task.Sizing;
import io.parallax.engine.task.ValueRule;
import io.parallax.engine.type.Column;
import io.parallax.engine.type.ColumnType;
import io.parallax.engine.type.DescribedDataset;
import io.parallax.engine.type.Family;
import io.parallax.engine.type.SchemaMatch;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A plan travels in one message, and what its tasks share in each of theirs. */
class LargestPlanTest {
    /** More do not go into a table. */
    private static final int COLUMNS = 1600;

    private static final int LONGEST_NAME = 63;

    @ParameterizedTest
    @CsvSource({
        "NUMBER, int8, int8",
        "NUMBER, numeric, numeric",
        "NUMBER, numeric, float8",
        "TEXT, text, varchar",
        "TIMESTAMPTZ, timestamptz, timestamptz",
        "BINARY, bytea, bytea",
        "JSON, jsonb, json",
        "OTHER, inet, other"
    })
    void hasRoomInAMessage(Family family, String typeA, String typeB) {
        assertFits(ColumnType.plain(family, typeA), ColumnType.plain(family, typeB));
    }

    @ParameterizedTest
    @CsvSource({"NUMBER, int8, int8", "NUMBER, numeric, float8", "TEXT, text, text", "JSON, jsonb, json"})
    void hasRoomInAMessageForArrays(Family family, String typeA, String typeB) {
        assertFits(
                ColumnType.arrayOf(ColumnType.plain(family, typeA)),
                ColumnType.arrayOf(ColumnType.plain(family, typeB)));
    }

    private static void assertFits(ColumnType typeA, ColumnType typeB) {
        DescribedDataset a = dataset(typeA);
        DescribedDataset b = dataset(typeB);
        Dataset any = new Dataset(List.of("public", "t"), null, null);
        DiffSpec spec = new DiffSpec(any, any, List.of(name(0)), List.of(), List.of());
        SchemaMatch match = SchemaMatch.of(a, b, spec);
        List<ValueRule> rules = Collections.nCopies(COLUMNS - 1, new ValueRule(null, 6, true, true));
        JsonNode common = Codec.toJson(new PlanContextBuilder(
                        new SessionPair.Both<>(a, b), match, trusted(match), true, false, rules, spec, null, null)
                .of(List.of(), null, null));
        String bound = "x".repeat(200);
        JsonNode task = Codec.toJson(
                new Segment(List.of(bound), List.of(bound), null, Buckets.byHash(1000), false, Long.MAX_VALUE));
        List<String> compared =
                IntStream.range(1, COLUMNS).mapToObj(LargestPlanTest::name).toList();
        Plan plan = new Plan(
                match.comparison(),
                List.of(name(0)),
                compared,
                "key ranges",
                common,
                Collections.nCopies(Sizing.DEFAULT.maxSegments(), task),
                Tally.zero(compared.size()));

        byte[] report = Codec.encode(new Report.PlanMade(TaskAddress.planning(1, 1), 1, "worker", plan, Effort.NONE));
        assertThat(report.length).isLessThan(Topics.MAX_RECORD_BYTES);
    }

    private static Trust trusted(SchemaMatch match) {
        ServerProof proof = new ServerProof(Set.of(ProbedFamily.values()), List.of(), Map.of(), Map.of());
        return new Trust("CHAIN", proof, proof, match);
    }

    private static DescribedDataset dataset(ColumnType type) {
        return new DescribedDataset(
                "postgres",
                "\"public\".\"t\"",
                null,
                IntStream.range(0, COLUMNS)
                        .mapToObj(i -> new Column(name(i), type, false, Column.NO_MODIFIER, false))
                        .toList(),
                null);
    }

    private static String name(int number) {
        return "x".repeat(LONGEST_NAME - 4) + (1000 + number);
    }
}
