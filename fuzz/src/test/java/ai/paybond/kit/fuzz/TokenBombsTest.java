package ai.paybond.kit.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import ai.paybond.kit.capability.CapabilityRequest;
import ai.paybond.kit.capability.CapabilityToken;
import ai.paybond.kit.capability.CapabilityVerdict;
import ai.paybond.kit.capability.CapabilityVerifier;
import ai.paybond.kit.wire.json.JsonObject;
import biscuit.format.schema.Schema;
import com.google.protobuf.ByteString;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tokens that are properly signed and cost their verifier more than they cost their maker. A holder can append what they
 * like to a good token, so nothing here needs a stolen key; the bombs in the authority block are the issuer's.
 */
class TokenBombsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String LIMIT = "capability.limit_exceeded";
    private static final String TOO_LARGE = "capability.too_large";
    private static final String UNSUPPORTED = "capability.unsupported";

    private final CapabilityVerifier verifier = CapabilityVerifier.builder()
            .rootKey(TokenMint.ROOT_KEY_ID, TokenMint.ROOT.publicKey())
            .clock(Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC))
            .build();

    static Stream<Arguments> bombs() {
        return Stream.of(
                bomb(
                        "join of 4 facts over 64 arguments (64^4 combinations)",
                        "65,536 steps",
                        LIMIT,
                        () -> appended("check if arg($a, $b), arg($c, $d), arg($e, $f), arg($g, $h), $b == \"never\"")),
                bomb(
                        "join of 2 over 64 arguments, in 4 queries of a check",
                        "65,536 steps",
                        LIMIT,
                        () -> appended(String.join(
                                        " or ",
                                        Collections.nCopies(4, "arg($a, $b), arg($c, $d), $b == $d, $a == \"never\"")
                                                .toArray(String[]::new))
                                .replaceFirst("^", "check if "))),
                bomb(
                        "`check all` over a join of the arguments, 8 times",
                        "65,536 steps",
                        LIMIT,
                        () -> appended(Collections.nCopies(8, "check all arg($a, $b), arg($c, $d), $b == \"never\"")
                                .toArray(String[]::new))),
                bomb(
                        "4-fold join over the issuer's own 40 facts",
                        "65,536 steps",
                        LIMIT,
                        () -> issued(Stream.concat(
                                        IntStream.range(0, 40).mapToObj(i -> "f(" + i + ")"),
                                        Stream.of("check if f($a), f($b), f($c), f($d), $a + $b + $c + $d < 0"))
                                .toList())),
                bomb(
                        "rule that derives facts from itself",
                        "no rules",
                        UNSUPPORTED,
                        () -> issued(List.of("n(0)", "n($x) <- n($x)"))),
                bomb(
                        "rule in a holder's block",
                        "no rules",
                        UNSUPPORTED,
                        () -> appended("operation($o) <- request_operation($o)")),
                bomb(
                        "2,000 facts of the issuer",
                        "4,096 characters",
                        TOO_LARGE,
                        () -> issued(IntStream.range(0, 2_000)
                                .mapToObj(i -> "f(" + i + ")")
                                .toList())),
                bomb(
                        "70 more facts of the issuer",
                        "64 facts",
                        LIMIT,
                        () -> issued(IntStream.range(0, 70)
                                .mapToObj(i -> "f(" + i + ")")
                                .toList())),
                bomb("40 holders' blocks", "4,096 characters", TOO_LARGE, () -> chain(40)),
                bomb("9 holders' blocks", "9 blocks", LIMIT, () -> chain(9)),
                bomb(
                        "an expression nested 40 deep",
                        "16 operators",
                        LIMIT,
                        () -> appended("check if " + "(".repeat(40) + "true" + ")".repeat(40))),
                bomb(
                        "an expression of 100 additions",
                        "16 operators",
                        LIMIT,
                        () -> appended("check if 0 < 1" + " + 1".repeat(100))),
                bomb(
                        "regex that backtracks exponentially, `(a+)+b`",
                        "no regular expressions",
                        UNSUPPORTED,
                        () -> appended("check if arg(\"city\", $c), $c.matches(\"(a+)+b\")")),
                bomb(
                        "a string of 1 MiB",
                        "4,096 characters",
                        TOO_LARGE,
                        () -> appendedBlock(
                                Schema.Block.newBuilder().setVersion(3).addSymbols("x".repeat(1 << 20)))),
                bomb("300 symbols", "256 symbols", LIMIT, () -> appendedBlock(symbols(300))),
                bomb(
                        "a set of 65 in a check",
                        "64 in a set",
                        LIMIT,
                        () -> appended("check if ["
                                + String.join(
                                        ", ",
                                        IntStream.range(0, 65)
                                                .mapToObj(Integer::toString)
                                                .toList())
                                + "].contains(1)")),
                bomb(
                        "a block of 16 KiB of unknown protobuf fields",
                        "4,096 characters",
                        TOO_LARGE,
                        () -> TokenMint.appended(new byte[16_384])),
                bomb("4 MiB of base64", "4,096 characters", TOO_LARGE, () -> new byte[3 << 20]));
    }

    private static Arguments bomb(String attack, String bound, String code, Supplier<byte[]> token) {
        return Arguments.of(attack, bound, code, token);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bombs")
    void refusesWithinItsBounds(String attack, String bound, String code, Supplier<byte[]> bomb) {
        CapabilityToken token = CapabilityToken.of(Base64.getEncoder().encodeToString(bomb.get()));
        String outcome = assertTimeoutPreemptively(
                PATIENCE, () -> BombTable.outcome(attack, bound, () -> code(verifier.verify(token, request()))));
        assertThat(outcome).isEqualTo(code);
    }

    private static String code(CapabilityVerdict verdict) {
        return verdict instanceof CapabilityVerdict.Refused refused
                ? refused.reason().code()
                : "accepted";
    }

    /** A call with as many arguments as may be given. */
    private static CapabilityRequest request() {
        JsonObject.Builder arguments = JsonObject.builder();
        IntStream.range(0, 64).forEach(i -> arguments.put("a" + i, "a".repeat(30)));
        return new CapabilityRequest(
                TokenMint.TENANT, TokenMint.INTENT, TokenMint.OPERATION, 100, "usd", arguments.build());
    }

    private static byte[] appended(String... lines) {
        return TokenMint.appended(TokenMint.compile(List.of(lines)).toByteArray());
    }

    private static byte[] appendedBlock(Schema.Block.Builder block) {
        return TokenMint.appended(block.build().toByteArray());
    }

    private static byte[] issued(List<String> more) {
        return TokenMint.authority(TokenMint.grantWith(more).toByteArray());
    }

    private static byte[] chain(int blocks) {
        Schema.Block narrow = Schema.Block.newBuilder().setVersion(3).build();
        return TokenMint.chain(TokenMint.grant(), Collections.nCopies(blocks, narrow));
    }

    private static Schema.Block.Builder symbols(int count) {
        Schema.Block.Builder block = Schema.Block.newBuilder().setVersion(3);
        IntStream.range(0, count).forEach(i -> block.addSymbolsBytes(ByteString.copyFromUtf8("" + (char) (0x100 + i))));
        return block;
    }
}
