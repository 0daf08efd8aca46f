package io.parallax.api.datadiffs.list;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.parallax.api.datadiffs.answer.DiffObject;
import io.parallax.api.requests.PageNumbers;
import io.parallax.api.requests.Paging;
import io.parallax.outcome.answer.Bulky;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** One page of diffs. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@Schema(name = "DataDiffPage", description = "One page of diffs, newest first.")
public record DiffPage(@JsonUnwrapped PageNumbers numbers, @Schema(description = "The diffs.") List<DiffObject> results)
        implements Bulky {
    private static final long BYTES_OF_A_DIFF = 1500;

    public static DiffPage of(long count, Paging paging, List<DiffObject> diffs) {
        return new DiffPage(PageNumbers.of(count, paging), diffs);
    }

    @Override
    public long bulk() {
        return BYTES_OF_A_DIFF * results.size();
    }
}
