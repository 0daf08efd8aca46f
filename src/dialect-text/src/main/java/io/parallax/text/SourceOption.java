package io.parallax.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One connection option of a type of source.
 *
 * @param title its name for people
 * @param choices the only values there are; empty when any will do
 * @param otherwise the value when none is given, or null
 * @param range what a number may be; null where it is none
 */
public record SourceOption(
        String name,
        String title,
        Kind kind,
        boolean required,
        boolean secret,
        List<String> choices,
        @Nullable JsonNode otherwise,
        String description,
        @Nullable Range range) {
    public SourceOption {
        choices = List.copyOf(choices);
    }

    /** What a value looks like. */
    public enum Kind {
        TEXT,
        NUMBER
    }

    /** Both ends included. */
    public record Range(int least, int most) {}

    public static SourceOption required(String name, String title, String description) {
        return new SourceOption(name, title, Kind.TEXT, true, false, List.of(), null, description, null);
    }

    public static SourceOption optional(String name, String title, String description) {
        return new SourceOption(name, title, Kind.TEXT, false, false, List.of(), null, description, null);
    }

    public static SourceOption secret(String name, String title, String description) {
        return new SourceOption(name, title, Kind.TEXT, false, true, List.of(), null, description, null);
    }

    public static SourceOption port(int otherwise) {
        return number("port", "Port", otherwise, new Range(1, 65_535), "The server's TCP port.");
    }

    public static SourceOption number(String name, String title, int otherwise, Range range, String description) {
        return new SourceOption(
                name, title, Kind.NUMBER, false, false, List.of(), IntNode.valueOf(otherwise), description, range);
    }

    public static SourceOption choice(
            String name, String title, String otherwise, List<String> choices, String description) {
        return new SourceOption(
                name, title, Kind.TEXT, false, false, choices, TextNode.valueOf(otherwise), description, null);
    }
}
