package io.parallax.contract.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What statements have to say that make one side's rows equal to the other's.
 *
 * @param a side A, to be written to; null for a query, which cannot be
 * @param b side B, likewise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Targets(@Nullable Target a, @Nullable Target b) {}
