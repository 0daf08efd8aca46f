package io.parallax.bench.server;

import java.io.IOException;

/** A wrong answer has no speed. */
public final class WrongAnswerException extends IOException {
    private static final long serialVersionUID = 1L;

    public WrongAnswerException(String sentence) {
        super(sentence);
    }
}
