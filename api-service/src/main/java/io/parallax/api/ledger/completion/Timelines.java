package io.parallax.api.ledger.completion;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.parallax.api.ledger.LockedDiff;
import io.parallax.api.requests.OffTheLoop;
import io.parallax.api.store.Folding;
import io.parallax.contract.Codec;
import io.parallax.contract.tally.Timeline;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Timelines as the ledger keeps them, added up one by one: the sum is bounded, however many there are. */
public final class Timelines {
    /** One may be as large as a message. */
    private static final int AT_ONCE = 4;

    private static final ObjectMapper MAPPER = Codec.mapper();

    private @Nullable Timeline sum;

    private Timelines() {}

    /**
     * What the timelines of a plan's results add up to.
     *
     * @param json null where nobody asked for one
     * @param refusal why it is more than there is room for; null when it is not
     */
    public record Sum(@Nullable String json, @Nullable String refusal) {}

    /** Of all results of this plan. */
    public static Uni<Sum> sum(SqlConnection tx, LockedDiff diff) {
        Timelines timelines = new Timelines();
        return Folding.each(tx, CompletionSql.TIMELINES, Tuple.of(diff.id(), diff.plan()), AT_ONCE, timelines::add)
                .flatMap(done -> OffTheLoop.run(timelines::sum));
    }

    private void add(Row row) {
        // Of one that is too much already no more need be known.
        if (sum == null || sum.excess() == null) {
            sum = Timeline.sum(sum, read(row.getString("timeline")));
        }
    }

    private Sum sum() {
        if (sum == null) {
            return new Sum(null, null);
        }
        String refusal = sum.excess();
        return refusal == null ? new Sum(Codec.text(sum), null) : new Sum(null, refusal);
    }

    private static Timeline read(String json) {
        try {
            return Objects.requireNonNull(MAPPER.readValue(json, Timeline.class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a timeline in the store cannot be read", e);
        }
    }
}
