package ai.paybond.kit.wire.internal;

import ai.paybond.kit.wire.UuidText;
import ai.paybond.kit.wire.WireException;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;

/** A binary frame under construction: fields in order, no tags, no padding. Paybond Kit wire format, sections 3 and 20.2. */
public final class Frame {
    /** How lengths and integers are written. */
    public enum Coding {
        /** bincode 2: shortest form, zig-zag. */
        VARINT,
        /** bincode 1: eight little-endian bytes. */
        FIXED
    }

    private static final long U32_MAX = 0xFFFF_FFFFL;
    private static final int FIXED_LENGTH = 32;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    private final Coding coding;

    public Frame(Coding coding) {
        this.coding = coding;
    }

    public Frame u8(int value) {
        if (value < 0 || value > 255) {
            throw new WireException("u8.range", "not an unsigned byte");
        }
        out.write(value);
        return this;
    }

    public Frame u32(long value) {
        if (value < 0 || value > U32_MAX) {
            throw new WireException("u32.range", "not an unsigned 32-bit integer");
        }
        return varint(value);
    }

    public Frame u64(BigInteger value) {
        if (value.signum() < 0 || value.bitLength() > Long.SIZE) {
            throw new WireException("u64.range", "not an unsigned 64-bit integer");
        }
        return varint(value.longValue());
    }

    public Frame i64(long value) {
        return coding == Coding.FIXED ? littleEndian(value, 8) : varint(value << 1 ^ value >> 63);
    }

    public Frame string(String value) {
        byte[] utf8 = Text.utf8(value);
        return length(utf8.length).raw(utf8);
    }

    public Frame uuid(String text) {
        byte[] bytes = UuidText.bytes(text);
        return length(bytes.length).raw(bytes);
    }

    public Frame fixed32(byte[] bytes) {
        if (bytes.length != FIXED_LENGTH) {
            throw new WireException("fixed32.length", "a fixed field is 32 bytes");
        }
        return raw(bytes);
    }

    public byte[] bytes() {
        return out.toByteArray();
    }

    private Frame length(int length) {
        return coding == Coding.FIXED ? littleEndian(length, 8) : varint(length);
    }

    /** The value is unsigned: negative longs are the upper half of the range. */
    private Frame varint(long value) {
        if (value >= 0 && value <= 250) {
            return u8((int) value);
        }
        if (value >= 0 && value <= 0xFFFF) {
            return u8(0xFB).littleEndian(value, 2);
        }
        if (value >= 0 && value <= U32_MAX) {
            return u8(0xFC).littleEndian(value, 4);
        }
        return u8(0xFD).littleEndian(value, 8);
    }

    private Frame littleEndian(long value, int width) {
        for (int i = 0; i < width; i++) {
            out.write((int) (value >>> (8 * i)));
        }
        return this;
    }

    private Frame raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }
}
