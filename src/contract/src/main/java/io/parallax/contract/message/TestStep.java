package io.parallax.contract.message;

/**
 * One step of a source test.
 *
 * @param step {@code connection}, {@code temp_schema} or {@code schema_download}
 * @param outcome what came of it
 * @param code {@code ok}, {@code skipped} or an error type's public name
 * @param message a sentence for a person
 */
public record TestStep(String step, Outcome outcome, String code, String message) {
    /** How a step ended. */
    public enum Outcome {
        SUCCESS,
        FAILED,
        SKIPPED
    }
}
