package io.parallax.bench.load;

import io.parallax.bench.server.WrongAnswerException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** One connection that is kept. */
final class Wire implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Socket socket;
    private final OutputStream out;
    private final ReplyReader replies;

    private Wire(Socket socket) throws IOException {
        this.socket = socket;
        this.out = socket.getOutputStream();
        this.replies = new ReplyReader(socket.getInputStream());
    }

    static Wire to(InetSocketAddress service) throws IOException {
        Socket socket = new Socket(service.getAddress(), service.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        return new Wire(socket);
    }

    /**
     * Sends a request and reads its answer.
     *
     * @throws WrongAnswerException when that is not 200
     */
    void exchange(byte[] request) throws IOException {
        out.write(request);
        Reply reply = replies.read();
        if (reply.status() != Reply.OK) {
            throw new WrongAnswerException(
                    firstLine(request) + " was answered with " + reply.status() + ": " + reply.body());
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static String firstLine(byte[] request) {
        return new String(request, StandardCharsets.UTF_8).lines().findFirst().orElse("");
    }
}
