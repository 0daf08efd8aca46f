package io.parallax.engine.task;

/**
 * A column of json texts, not all of which need be a jsonb value.
 *
 * @param name by side A
 * @param ofKey whether it is part of the key
 * @param isNoJsonb the condition that a value is none, and so is compared as the text that it is
 */
public record JsonTexts(String name, boolean ofKey, String isNoJsonb) {}
