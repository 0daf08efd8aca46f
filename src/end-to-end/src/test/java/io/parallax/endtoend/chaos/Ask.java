package io.parallax.endtoend.chaos;

import java.util.ArrayList;
import java.util.List;

/** One client's dealings with the service: what it asked, and what it was told. */
final class Ask {
    private final int number;
    private final Question question;
    private final List<String> defects = new ArrayList<>();
    private long diff;
    private boolean cancelled;
    private String end = "";
    private int unsure;

    Ask(int number, Question question) {
        this.number = number;
        this.question = question;
    }

    Question question() {
        return question;
    }

    String tag() {
        return "ask-" + number;
    }

    synchronized void accepted(long id) {
        diff = id;
    }

    /** A connection broke while a diff was asked for: there may be one that nobody knows. */
    synchronized void unsure() {
        unsure++;
    }

    synchronized int unsureOnes() {
        return unsure;
    }

    synchronized void cancelled() {
        cancelled = true;
    }

    /** Whether its client was told that it is cancelled. */
    synchronized boolean wasCancelled() {
        return cancelled;
    }

    synchronized void over(String status) {
        end = status;
    }

    synchronized void defect(String sentence) {
        defects.add(this + ": " + sentence);
    }

    /** 0 when none was accepted. */
    synchronized long diff() {
        return diff;
    }

    /** The status that its client was told at last; empty when it never heard of an end. */
    synchronized String end() {
        return end;
    }

    synchronized List<String> defects() {
        return List.copyOf(defects);
    }

    @Override
    public synchronized String toString() {
        return tag() + " (" + question.kind() + ", diff " + diff + ")";
    }
}
