package io.parallax.engine.plan.cut;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Every so manieth of the keys that it is given, evenly, so that all of them together do not grow too long. */
final class KeyReservoir {
    private final long mostCharacters;
    private List<List<String>> keys = new ArrayList<>();
    private long characters;
    private long given;
    private long step = 1;

    KeyReservoir(long mostCharacters) {
        this.mostCharacters = mostCharacters;
    }

    /** Takes the next key, or passes it over; returns which. */
    boolean add(List<String> key) {
        if (given++ % step != 0) {
            return false;
        }
        keys.add(key);
        characters += length(key);
        while (characters > mostCharacters && keys.size() > 1) {
            keys = new ArrayList<>(IntStream.range(0, keys.size())
                    .filter(i -> i % 2 == 0)
                    .mapToObj(keys::get)
                    .toList());
            characters = keys.stream().mapToLong(KeyReservoir::length).sum();
            step *= 2;
        }
        return true;
    }

    private static long length(List<String> key) {
        return key.stream().mapToLong(String::length).sum();
    }

    /** Of how many keys one was taken. */
    long step() {
        return step;
    }

    List<List<String>> keys() {
        return List.copyOf(keys);
    }
}
