package io.parallax.standalone.demo;

/** What the API answered instead of what the demo asked for. */
public final class DemoFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    DemoFailedException(String sentence) {
        super(sentence);
    }
}
