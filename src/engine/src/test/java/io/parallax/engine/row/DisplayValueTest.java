package io.parallax.engine.row;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.parallax.engine.row.DisplayValue.Room;
import io.parallax.engine.type.WireForm;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class DisplayValueTest {
    /** Of 2000 times x, by sha256sum. */
    private static final String HASH = "5c0e0ea421571c300b5df6aec0a118b5c3dc02e0683a546341d5efc689df2f58";

    private static final WireColumn TEXT = new WireColumn("", WireForm.TEXT, "", true);
    private static final WireColumn WHOLE_TEXT = new WireColumn("", WireForm.TEXT, "", null);
    private static final WireColumn BYTES = new WireColumn("", WireForm.BYTEA, "", true);
    private static final WireColumn WHOLE_BYTES = new WireColumn("", WireForm.BYTEA, "", null);
    private static final WireColumn NUMBER = new WireColumn("", WireForm.NUMERIC, "", null);

    @Test
    void showsWhatIsNotLongAsItIs() {
        assertThat(shown(TEXT, "x".repeat(1000), Room.AMPLE)).isEqualTo(whole("x".repeat(1000)));
        assertThat(shown(TEXT, "𝄞".repeat(1000), Room.AMPLE)).isEqualTo(whole("𝄞".repeat(1000)));
        assertThat(shown(TEXT, "x".repeat(71), Room.SCANT)).isEqualTo(whole("x".repeat(71)));
        assertThat(DisplayValue.of(TEXT, null, Room.SCANT).value().isNull()).isTrue();
        assertThat(DisplayValue.of(BYTES, new byte[39], Room.SCANT)).isEqualTo(whole("\\x" + "00".repeat(39)));
    }

    @Test
    void saysWhatWasSentShortened() {
        String sent = "x".repeat(937) + HASH;

        assertThat(shown(TEXT, sent, Room.AMPLE)).isEqualTo(shortened(sent));
        assertThat(shown(TEXT, sent, Room.SCANT)).isEqualTo(shortened("x".repeat(8) + HASH));
    }

    @Test
    void shortensWhatWasSentWholeInTheSameWay() {
        assertThat(shown(WHOLE_TEXT, "x".repeat(2000), Room.AMPLE)).isEqualTo(shortened("x".repeat(937) + HASH));
        assertThat(shown(WHOLE_TEXT, "x".repeat(2000), Room.SCANT)).isEqualTo(shortened("x".repeat(8) + HASH));
        assertThat(shown(TEXT, "𝄞".repeat(80), Room.SCANT).value().textValue())
                .startsWith("𝄞".repeat(8))
                .hasSize(80);
    }

    @Test
    void shortensBytesByTheirOwnHash() {
        byte[] all = "x".repeat(2000).getBytes(StandardCharsets.UTF_8);
        byte[] sent = ByteBuffer.allocate(1001)
                .put(all, 0, 969)
                .put(HexFormat.of().parseHex(HASH))
                .array();

        assertThat(DisplayValue.of(BYTES, sent, Room.AMPLE)).isEqualTo(shortened("\\x" + "78".repeat(969) + HASH));
        assertThat(DisplayValue.of(BYTES, sent, Room.SCANT)).isEqualTo(shortened("\\x" + "78".repeat(8) + HASH));
        assertThat(DisplayValue.of(WHOLE_BYTES, all, Room.AMPLE)).isEqualTo(shortened("\\x" + "78".repeat(969) + HASH));
    }

    /** One digit to the base of 10000, far to the left. */
    @Test
    void showsNumbersThatNoReaderOfJsonTakesAsTexts() {
        assertThat(DisplayValue.of(NUMBER, power(250), Room.AMPLE))
                .matches(shown -> shown.shortened() && shown.value().textValue().startsWith("-1" + "0".repeat(935)));
        assertThat(DisplayValue.of(NUMBER, power(249), Room.AMPLE))
                .matches(shown -> !shown.shortened() && shown.value().isBigInteger());
        assertThat(DisplayValue.of(NUMBER, power(249), Room.SCANT))
                .matches(shown -> shown.shortened() && shown.value().textValue().length() == 72);
    }

    /** The negative of this power of 10000. */
    private static byte[] power(int exponent) {
        return ByteBuffer.allocate(10)
                .putShort((short) 1)
                .putShort((short) exponent)
                .putShort((short) 0x4000)
                .putShort((short) 0)
                .putShort((short) 1)
                .array();
    }

    private static DisplayValue shown(WireColumn column, String text, Room room) {
        return DisplayValue.of(column, text.getBytes(StandardCharsets.UTF_8), room);
    }

    private static DisplayValue whole(String text) {
        return new DisplayValue(TextNode.valueOf(text), false);
    }

    private static DisplayValue shortened(String text) {
        return new DisplayValue(TextNode.valueOf(text), true);
    }
}
