package io.parallax.engine.postgres.session;

import io.parallax.engine.row.BigEndian;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Lets the driver log in as psql does: without a time zone and a date style of its own. Those would outrank what the role,
 * the database and the server say, and hide it from RESET. One for each connection.
 *
 * <p>PostgreSQL's own format, see "Message Formats" in its manual.
 */
final class LoginFilter {
    private static final int VERSION_3 = 3 << 16;
    private static final int HEADER = 2 * Integer.BYTES;
    private static final Set<String> LEFT_OUT = Set.of("DateStyle", "TimeZone");

    /** Users' SQL is read with it on before it is sent. */
    private static final List<String> ADDED = List.of("standard_conforming_strings", "on");

    /** All of the last message of a connection that is closed in an orderly way. */
    private static final byte[] GOODBYE = {'X', 0, 0, 0, Integer.BYTES};

    private static final int LONGEST_END_MILLIS = 1000;

    private final Runnable heard;
    private volatile boolean hasHeard;
    private volatile boolean hasLoggedIn;
    private volatile boolean hasSaidGoodbye;

    LoginFilter() {
        this(() -> {});
    }

    /** {@code heard}: called when the first bytes come back. */
    LoginFilter(Runnable heard) {
        this.heard = heard;
    }

    /** What is sent; unchanged but for the one message that begins a login. */
    OutputStream sent(OutputStream to) {
        return new Sent(to);
    }

    /** What comes back. */
    InputStream received(InputStream from) {
        return new Received(from);
    }

    /**
     * Waits until the server has ended a connection that was closed in an orderly way, a second at most: until then it counts as
     * one of the login's, and the next one might find no room.
     */
    void awaitEnd(Socket socket) {
        if (!hasSaidGoodbye) {
            return;
        }
        long started = System.nanoTime();
        byte[] rest = new byte[1 << 13];
        try {
            socket.setSoTimeout(LONGEST_END_MILLIS);
            InputStream from = socket.getInputStream();
            while (from.read(rest) >= 0
                    && System.nanoTime() - started < TimeUnit.MILLISECONDS.toNanos(LONGEST_END_MILLIS)) {
                // Nobody wants it any more.
            }
        } catch (IOException ignored) {
            // It is over as well.
        }
    }

    private final class Sent extends FilterOutputStream {
        private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
        private boolean isOver;

        Sent(OutputStream to) {
            super(to);
        }

        @Override
        public void write(int sign) throws IOException {
            write(new byte[] {(byte) sign}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (isOver) {
                hasSaidGoodbye |= Arrays.equals(bytes, offset, offset + length, GOODBYE, 0, GOODBYE.length);
                out.write(bytes, offset, length);
                return;
            }
            pending.write(bytes, offset, length);
            while (!isOver && passOne()) {
                // Requests for encryption may come before the login.
            }
        }

        /** Whether there was a whole message to pass on. */
        private boolean passOne() throws IOException {
            byte[] all = pending.toByteArray();
            if (all.length > 0 && all[0] != 0) {
                // Encrypted from here on: the login is somebody else's to see.
                return pass(all, 0);
            }
            if (all.length < HEADER || all.length < BigEndian.int32(all, 0)) {
                return false;
            }
            int length = BigEndian.int32(all, 0);
            if (BigEndian.int32(all, Integer.BYTES) != VERSION_3) {
                out.write(all, 0, length);
                pending.reset();
                pending.write(all, length, all.length - length);
                return true;
            }
            out.write(login(Arrays.copyOf(all, length)));
            hasLoggedIn = true;
            return pass(all, length);
        }

        private boolean pass(byte[] all, int from) throws IOException {
            out.write(all, from, all.length - from);
            isOver = true;
            pending.reset();
            return true;
        }
    }

    /** Names and values in turn, each ended by a zero, and one more at the end. */
    private static byte[] login(byte[] message) throws IOException {
        String text = new String(message, HEADER, message.length - HEADER, StandardCharsets.UTF_8);
        String[] words = text.split("\0", -1);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int i = 0; i + 1 < words.length && !words[i].isEmpty(); i += 2) {
            if (!LEFT_OUT.contains(words[i])) {
                put(words[i], body);
                put(words[i + 1], body);
            }
        }
        for (String word : ADDED) {
            put(word, body);
        }
        body.write(0);
        ByteArrayOutputStream login = new ByteArrayOutputStream();
        DataOutputStream data = new DataOutputStream(login);
        data.writeInt(HEADER + body.size());
        data.writeInt(VERSION_3);
        body.writeTo(data);
        return login.toByteArray();
    }

    private static void put(String word, OutputStream into) throws IOException {
        into.write(word.getBytes(StandardCharsets.UTF_8));
        into.write(0);
    }

    /**
     * Keeps from the driver that dates are written otherwise than it knows: it would close the connection, though it never
     * reads any.
     */
    private final class Received extends FilterInputStream {
        private static final byte[] NAME = "DateStyle\0".getBytes(StandardCharsets.US_ASCII);
        private static final byte PARAMETER = 'S';

        /** How far into a message's type and length the last byte was. */
        private int header;

        private byte type;
        private int length;

        /** How much of the message is still to come, and how much of the name has. */
        private int rest;

        private int matched;

        Received(InputStream from) {
            super(from);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int most) throws IOException {
            int count = in.read(bytes, offset, most);
            if (!hasHeard && count > 0) {
                hasHeard = true;
                heard.run();
            }
            if (hasLoggedIn && count > 0) {
                look(bytes, offset, offset + count);
            }
            return count;
        }

        private void look(byte[] bytes, int from, int end) {
            int at = from;
            while (at < end) {
                if (rest == 0) {
                    head(bytes[at++]);
                } else if (type == PARAMETER && matched < NAME.length) {
                    match(bytes, at++);
                } else {
                    int skipped = Math.min(rest, end - at);
                    rest -= skipped;
                    at += skipped;
                }
            }
        }

        private void head(byte sign) {
            if (header == 0) {
                type = sign;
                length = 0;
            } else {
                length = length << Byte.SIZE | sign & 0xff;
            }
            header++;
            if (header > Integer.BYTES) {
                header = 0;
                matched = 0;
                rest = length - Integer.BYTES;
            }
        }

        /** Its last letter changes, where nothing else can follow but that name's. */
        private void match(byte[] bytes, int at) {
            matched = bytes[at] == NAME[matched] ? matched + 1 : NAME.length;
            rest--;
            if (matched == NAME.length - 1) {
                bytes[at] = 'x';
                matched = NAME.length;
            }
        }
    }
}
