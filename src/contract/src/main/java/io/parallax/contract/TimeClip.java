package io.parallax.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The rows of both sides from one time up to another.
 *
 * @param column of dates or timestamps, by its name on side A
 * @param from ISO 8601, UTC where there is no offset; null for no lower bound
 * @param to the first time after it; null for no upper bound
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TimeClip(String column, @Nullable String from, @Nullable String to) {}
