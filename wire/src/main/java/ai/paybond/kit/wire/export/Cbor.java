package ai.paybond.kit.wire.export;

import ai.paybond.kit.wire.internal.Rules;
import ai.paybond.kit.wire.internal.Text;
import java.io.ByteArrayOutputStream;

/** The few items of deterministic CBOR (RFC 8949) that a COSE_Sign1 message is made of. */
final class Cbor {
    private static final int BYTES = 0x40;
    private static final int TEXT = 0x60;
    private static final int ARRAY = 0x80;
    private static final int MAP = 0xA0;
    private static final int LIMIT = 65_536;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Cbor map(int entries) {
        return head(MAP, entries);
    }

    Cbor array(int items) {
        return head(ARRAY, items);
    }

    /** A small integer, negative ones included. */
    Cbor integer(int value) {
        return value >= 0 ? head(0, value) : head(0x20, -1 - value);
    }

    Cbor text(String text) {
        byte[] utf8 = Text.utf8(text);
        return head(TEXT, utf8.length).raw(utf8);
    }

    Cbor bytes(byte[] bytes) {
        return head(BYTES, bytes.length).raw(bytes);
    }

    Cbor raw(byte... bytes) {
        out.writeBytes(bytes);
        return this;
    }

    private Cbor head(int type, int argument) {
        Rules.require(argument < LIMIT, "scitt.too_long", "an item of 65536 bytes or more");
        if (argument < 24) {
            out.write(type | argument);
        } else if (argument < 256) {
            out.write(type | 24);
            out.write(argument);
        } else {
            out.write(type | 25);
            out.write(argument >>> 8);
            out.write(argument);
        }
        return this;
    }

    byte[] toBytes() {
        return out.toByteArray();
    }
}
