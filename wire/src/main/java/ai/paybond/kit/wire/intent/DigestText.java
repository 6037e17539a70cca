package ai.paybond.kit.wire.intent;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.internal.Rules;
import ai.paybond.kit.wire.internal.Text;

/** Digests as callers spell them: either case, surrounding blanks, one leading {@code 0x}. */
final class DigestText {
    private DigestText() {}

    static Digest32 parse(String text, String code) {
        String folded = Text.fold(text);
        String hex = folded.startsWith("0x") ? folded.substring(2) : folded;
        Rules.require(hex.length() == 64 && Rules.isLowerHex(hex), code, "not 64 hexadecimal digits");
        return Digest32.ofHex(hex);
    }

    /** Blank means 32 zero bytes. */
    static Digest32 parseOrZero(String text, String code) {
        return Text.isBlank(text) ? Digest32.of(new byte[32]) : parse(text, code);
    }
}
