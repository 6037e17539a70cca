package ai.paybond.kit.fuzz;

import ai.paybond.kit.wire.ed25519.VerifyingKey;
import java.util.List;

/** Two good tokens and two that are forged, for tests in other packages. */
public final class SomeTokens {
    public static final int ROOT_KEY_ID = TokenMint.ROOT_KEY_ID;

    private static final List<byte[]> TOKENS = List.of(
            TokenMint.plain(),
            TokenMint.appended(TokenMint.compile(TokenMint.CHECKS.subList(0, 1)).toByteArray()),
            damaged(TokenMint.plain(), 60),
            damaged(TokenMint.plain(), 200));

    private SomeTokens() {}

    public static VerifyingKey rootKey() {
        return TokenMint.ROOT.publicKey();
    }

    public static byte[] get(int number) {
        return TOKENS.get(number).clone();
    }

    private static byte[] damaged(byte[] token, int at) {
        byte[] copy = token.clone();
        copy[at] ^= 1;
        return copy;
    }
}
