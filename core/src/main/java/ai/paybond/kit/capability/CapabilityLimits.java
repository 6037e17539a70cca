package ai.paybond.kit.capability;

import ai.paybond.kit.internal.biscuit.TokenLimits;
import java.time.Duration;

/**
 * How large a token, and how large a call, the verifier looks at. Everything above is refused before any cryptography
 * or Datalog runs, so that the work for one hostile token has a ceiling.
 *
 * @param maxEncodedLength characters of the base64 text; default 4096
 * @param maxBlocks blocks, the authority block included; default 9
 * @param maxFacts facts in the token; default 64
 * @param maxSymbols entries of the token's symbol table; default 256
 * @param maxArguments scalar values in the call's arguments; default 64
 * @param evaluationTime a second line of defence for the evaluation of the checks; default 5 s
 */
public record CapabilityLimits(
        int maxEncodedLength, int maxBlocks, int maxFacts, int maxSymbols, int maxArguments, Duration evaluationTime) {

    private static final int MAX_ENCODED_LENGTH = 16_384;
    private static final int MAX_BLOCKS = 32;
    private static final int MAX_ITEMS = 1024;
    private static final Duration MAX_EVALUATION_TIME = Duration.ofSeconds(10);

    /** The documented defaults; a realistic capability has 400 to 900 bytes. */
    public static final CapabilityLimits DEFAULT = new CapabilityLimits(4096, 9, 64, 256, 64, Duration.ofSeconds(5));

    /**
     * Checks each limit.
     *
     * @throws IllegalArgumentException when one is not positive, or so high that it would limit nothing: more than
     *     16384 characters, 32 blocks, 1024 facts, symbols or arguments, or 10 seconds
     */
    public CapabilityLimits {
        check("maxEncodedLength", maxEncodedLength, MAX_ENCODED_LENGTH);
        check("maxBlocks", maxBlocks, MAX_BLOCKS);
        check("maxFacts", maxFacts, MAX_ITEMS);
        check("maxSymbols", maxSymbols, MAX_ITEMS);
        check("maxArguments", maxArguments, MAX_ITEMS);
        if (evaluationTime.isNegative()
                || evaluationTime.isZero()
                || evaluationTime.compareTo(MAX_EVALUATION_TIME) > 0) {
            throw new IllegalArgumentException("evaluationTime is above zero and at most " + MAX_EVALUATION_TIME);
        }
    }

    TokenLimits forToken() {
        return new TokenLimits(maxBlocks, maxFacts, maxSymbols, maxArguments, evaluationTime);
    }

    private static void check(String name, int value, int ceiling) {
        if (value < 1 || value > ceiling) {
            throw new IllegalArgumentException(name + " is between 1 and " + ceiling);
        }
    }
}
