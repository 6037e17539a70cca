package ai.paybond.kit.wire.conformance;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.Hex;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.internal.Frame;
import java.math.BigInteger;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The varint coding, field by field. */
final class FrameVectors {
    static final Map<String, Consumer<VectorFile>> RUNNERS = Map.of("bincode-wire.json", FrameVectors::run);

    private FrameVectors() {}

    private static void run(VectorFile file) {
        unsigned(file);
        signed(file);
        file.each("u8", entry -> entry.same("hex", () -> u8(entry)));
        file.each("u8_errors", entry -> entry.refused(() -> u8(entry)));
        file.each("strings", entry -> entry.same("hex", () -> hex(frame -> frame.string(entry.text("value")))));
        file.each("long_strings", FrameVectors::longString);
        file.each("uuids", entry -> entry.sameOrRefused("result", () -> hex(frame -> frame.uuid(entry.text("value")))));
        file.each(
                "fixed32_errors",
                entry -> entry.refused(() -> hex(frame -> frame.fixed32(new byte[entry.size("len")]))));
    }

    private static void unsigned(VectorFile file) {
        file.each("varint_u64", entry -> entry.same("hex", () -> u64(entry)));
        file.each("varint_u64_errors", entry -> entry.sameOrRefused("result", () -> u64(entry)));
        // the peer writes larger values too, in the wider form; a frame of ours refuses them where a u32 is due
        file.each("varint_u32", entry -> entry.sameOrRefused("result", () -> u64(entry)));
        file.each("varint_u32_errors", entry -> entry.sameOrRefused("result", () -> u64(entry)));
    }

    private static void signed(VectorFile file) {
        file.each("varint_i64", entry -> entry.same("hex", () -> i64(entry)));
        file.each("varint_i64_extra", entry -> entry.sameOrRefused("result", () -> i64(entry)));
        file.each("varint_i64_errors", entry -> entry.sameOrRefused("result", () -> i64(entry)));
    }

    private static void longString(VectorEntry entry) {
        String text = VectorEntry.repeated(entry.vector(), "repeat", "count");
        byte[] encoded = new Frame(Frame.Coding.VARINT).string(text).bytes();
        String prefix = entry.text("prefix_hex");
        entry.same("prefix_hex", () -> Hex.encode(encoded).substring(0, prefix.length()));
        entry.same("total_len", () -> encoded.length);
        entry.same("sha256_of_encoding", () -> Digest32.sha256(encoded).hex());
    }

    private static String hex(UnaryOperator<Frame> field) {
        return Hex.encode(field.apply(new Frame(Frame.Coding.VARINT)).bytes());
    }

    private static String u64(VectorEntry entry) {
        return hex(frame -> frame.u64(integer(entry)));
    }

    private static String i64(VectorEntry entry) {
        BigInteger value = integer(entry);
        if (value.bitLength() > 63) {
            throw new WireException("i64.range", "not a signed 64-bit integer");
        }
        return hex(frame -> frame.i64(value.longValue()));
    }

    private static String u8(VectorEntry entry) {
        BigInteger value = integer(entry);
        return hex(frame -> frame.u8(value.bitLength() > 16 ? -1 : value.intValue()));
    }

    /** The Java types refuse fractions, NaN and infinities by themselves. */
    private static BigInteger integer(VectorEntry entry) {
        return VectorEntry.integer(entry.vector().get("value"));
    }
}
