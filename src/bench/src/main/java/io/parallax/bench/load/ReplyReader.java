package io.parallax.bench.load;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Reads answers of HTTP/1.1, one after the other, and no more of them than it has to. */
final class ReplyReader {
    private static final String VERSION = "HTTP/1.1 ";
    private static final String LENGTH = "content-length:";
    private static final String CHUNKED = "transfer-encoding: chunked";
    private static final int NO_CONTENT = 204;

    private final InputStream in;
    private final byte[] buffer = new byte[16 * 1024];
    private int position;
    private int limit;

    ReplyReader(InputStream in) {
        this.in = in;
    }

    /** @throws IOException in a sentence, when the answer is cut off or is none */
    Reply read() throws IOException {
        int status = status(line());
        long length = status == NO_CONTENT ? 0 : -1;
        boolean chunked = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith(LENGTH)) {
                length = Long.parseLong(lower.substring(LENGTH.length()).strip());
            }
            chunked |= lower.equals(CHUNKED);
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream(0);
        if (chunked) {
            takeChunks(status, body);
        } else if (length >= 0) {
            take(length, status, body);
        } else {
            throw new IOException("The answer does not say how long it is.");
        }
        return new Reply(status, body.toString(StandardCharsets.UTF_8));
    }

    private static int status(String line) throws IOException {
        if (!line.startsWith(VERSION) || line.length() < VERSION.length() + 3) {
            throw new IOException("This is no answer of HTTP/1.1: " + line);
        }
        return Integer.parseInt(line.substring(VERSION.length(), VERSION.length() + 3));
    }

    private void takeChunks(int status, ByteArrayOutputStream body) throws IOException {
        long length = chunk();
        while (length > 0) {
            take(length, status, body);
            line();
            length = chunk();
        }
        while (!line().isEmpty()) {
            // Trailers say nothing to us.
        }
    }

    private long chunk() throws IOException {
        String size = line();
        int extension = size.indexOf(';');
        return Long.parseLong((extension < 0 ? size : size.substring(0, extension)).strip(), 16);
    }

    private void take(long length, int status, ByteArrayOutputStream body) throws IOException {
        long left = length;
        while (left > 0) {
            fill();
            int taken = (int) Math.min(left, limit - position);
            if (status != Reply.OK) {
                body.write(buffer, position, taken);
            }
            position += taken;
            left -= taken;
        }
    }

    /** Without its end. */
    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            fill();
            int end = position;
            while (end < limit && buffer[end] != '\n') {
                end++;
            }
            line.append(new String(buffer, position, end - position, StandardCharsets.ISO_8859_1));
            position = end;
            if (end < limit) {
                position++;
                return line.toString().stripTrailing();
            }
        }
    }

    private void fill() throws IOException {
        if (position == limit) {
            position = 0;
            limit = Math.max(0, in.read(buffer));
            if (limit == 0) {
                throw new EOFException("The connection was closed in the middle of an answer.");
            }
        }
    }
}
