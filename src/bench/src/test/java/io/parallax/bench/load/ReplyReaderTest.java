package io.parallax.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ReplyReaderTest {
    private static final String SIZED = "HTTP/1.1 200 OK\r\nContent-Length: 7\r\nX: y\r\n\r\n{\"a\":1}";
    private static final String CHUNKED =
            "HTTP/1.1 409 Conflict\r\ntransfer-encoding: chunked\r\n\r\n4\r\nalre\r\n3;x=y\r\nady\r\n0\r\n\r\n";

    @Test
    void endsWhereTheAnswerEnds() throws IOException {
        ReplyReader reader = new ReplyReader(stream(SIZED + CHUNKED + SIZED));

        assertThat(reader.read().status()).isEqualTo(200);
        assertThat(reader.read()).isEqualTo(new Reply(409, "already"));
        assertThat(reader.read().status()).isEqualTo(200);
        assertThatThrownBy(reader::read).hasMessageContaining("closed in the middle");
    }

    @Test
    void takesWhateverComesAtOnce() throws IOException {
        ReplyReader reader = new ReplyReader(new Drops(stream(CHUNKED + SIZED)));

        assertThat(reader.read()).isEqualTo(new Reply(409, "already"));
        assertThat(reader.read()).isEqualTo(new Reply(200, ""));
    }

    @Test
    void knowsAnswersWithoutABody() throws IOException {
        ReplyReader reader = new ReplyReader(stream("HTTP/1.1 204 No Content\r\n\r\n" + SIZED));

        assertThat(reader.read()).isEqualTo(new Reply(204, ""));
        assertThat(reader.read().status()).isEqualTo(200);
    }

    @Test
    void refusesWhatIsNoAnswer() {
        assertThatThrownBy(() -> new ReplyReader(stream("SSH-2.0\r\n")).read()).hasMessageContaining("SSH-2.0");
        assertThatThrownBy(() -> new ReplyReader(stream("HTTP/1.1 200 OK\r\n\r\n")).read())
                .hasMessageContaining("how long it is");
        assertThatThrownBy(() -> new ReplyReader(stream(SIZED.substring(0, SIZED.length() - 1))).read())
                .hasMessageContaining("closed in the middle");
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /** One byte at a time. */
    private static final class Drops extends InputStream {
        private final InputStream in;

        Drops(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            return in.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return in.read(target, offset, 1);
        }
    }
}
