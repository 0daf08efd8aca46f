/**
 * What a client is shown of a diff that is over: figures, summary, timeline, profiles and sentences. Each record is a part
 * of a JSON document and describes itself for the API document, so that a field stands in one place.
 */
@NullMarked
package io.parallax.outcome.answer;

import org.jspecify.annotations.NullMarked;
