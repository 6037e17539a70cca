package ai.paybond.kit.capability;

import static ai.paybond.kit.capability.TestCapabilities.GRANT;
import static ai.paybond.kit.capability.TestCapabilities.INTENT;
import static ai.paybond.kit.capability.TestCapabilities.NOW;
import static ai.paybond.kit.capability.TestCapabilities.OPERATION;
import static ai.paybond.kit.capability.TestCapabilities.ROOT;
import static ai.paybond.kit.capability.TestCapabilities.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.internal.biscuit.AmbientFacts;
import ai.paybond.kit.internal.biscuit.BiscuitTokens;
import ai.paybond.kit.internal.biscuit.RejectedTokenException;
import ai.paybond.kit.internal.biscuit.RejectedTokenException.Reason;
import ai.paybond.kit.internal.biscuit.Scalar;
import ai.paybond.kit.internal.biscuit.ThirdParties;
import ai.paybond.kit.internal.biscuit.VerifiedToken;
import ai.paybond.kit.wire.ed25519.SigningKey;
import biscuit.format.schema.Schema;
import com.google.protobuf.ByteString;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.biscuitsec.biscuit.crypto.PublicKey;
import org.biscuitsec.biscuit.datalog.RunLimits;
import org.biscuitsec.biscuit.error.Error;
import org.biscuitsec.biscuit.token.Authorizer;
import org.biscuitsec.biscuit.token.Biscuit;
import org.biscuitsec.biscuit.token.builder.Fact;
import org.biscuitsec.biscuit.token.builder.Term;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The verifier checks signatures with an engine of its own and drives the library's queries itself. Whatever it says of a
 * token, the library's own verification and authorizer say too.
 */
class SameAsLibraryTest {

    private static final SigningKey APPROVER = SigningKey.fromSeedHex("42".repeat(32));
    private static final Map<String, Scalar> ARGUMENTS = Map.of(
            "city", new Scalar.Text("Paris"),
            "nights", new Scalar.Whole(3),
            "dry", new Scalar.Flag(true),
            "request", new Scalar.Text("query"));

    /** Texts and names that share a symbol, types that do not fit, sets, both kinds of check, several queries. */
    static List<String> checks() {
        return List.of(
                "check if request_spend_cents($s), $s <= 1000",
                "check if request_spend_cents($s), $s <= 999",
                "check if arg(\"city\", \"Paris\")",
                "check if arg(\"city\", \"Lyon\")",
                "check if arg(\"city\", $c), [\"Paris\", \"Lyon\"].contains($c)",
                "check if arg(\"city\", $c), [1, 2].contains($c)",
                "check if arg(\"city\", $c), [\"Paris\"].union([\"Lyon\"]).contains($c)",
                "check if arg(\"city\", $c), $c.starts_with(\"P\"), $c.length() == 5",
                "check if arg(\"city\", $c), $c + \"!\" == \"Paris!\"",
                "check if arg(\"nights\", $n), $n < \"x\"",
                "check if arg(\"nights\", $n), $n * 2 - 1 == 5",
                "check if arg(\"nights\", $n), $n / 0 == 1",
                "check if arg(\"dry\", $d), $d == true",
                "check if arg(\"dry\", $d), !$d",
                "check if arg($p, $v), $p == \"request\", $v == \"query\"",
                "check all arg($p, $v), $p.length() > 2",
                "check all arg($p, $v), $p == \"city\"",
                "check all nothing($x), $x == 1",
                "check if nothing($x) or request_tenant(\"" + TENANT + "\")",
                "check if time($t), $t <= 2026-11-21T12:00:00Z",
                "check if time($t), $t < 2026-11-21T12:00:00Z",
                "check if operation($o), request_operation($o)",
                "check if operation($o), request_operation($p), $o == $p",
                "check if approved($o, $d, $c, $e, $r)",
                "check if true",
                "check if false",
                "check if arg($x, $x)");
    }

    @ParameterizedTest
    @MethodSource("checks")
    void judgesEveryCheckInEveryBlock(String check) throws Exception {
        List<String> granted = new ArrayList<>(GRANT);
        granted.add(check);
        TokenForge later = TokenForge.authority(GRANT).block("check if arg(\"other\", $never) or true");
        TokenForge approved = TokenForge.authority(GRANT);

        assertJudgedAlike(TokenForge.authority(granted).container());
        assertJudgedAlike(TokenForge.authority(GRANT).block(check).container());
        assertJudgedAlike(
                later.block(check, "check if request_currency(\"usd\")").container());
        assertJudgedAlike(approved.foreign(TokenForge.Foreign.signed(
                        APPROVER,
                        approved.compileForeign(
                                "approved(\"" + OPERATION + "\", \"" + "ab".repeat(32)
                                        + "\", 5000, 2026-11-21T12:30:00Z, \"request\")",
                                check),
                        approved))
                .container());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void judgesDamagedBlocksThatWereSignedProperly(long seed) throws Exception {
        Random random = new Random(seed);
        List<String> checks = checks();
        int opened = 0;
        for (int i = 0; i < 150; i++) {
            TokenForge forge = TokenForge.authority(GRANT);
            ByteString block = forge.compile(
                            checks.get(random.nextInt(checks.size())), checks.get(random.nextInt(checks.size())))
                    .toByteString();
            opened += isJudgedAlike(forge.rawBlock(damaged(block, random)).container()) ? 1 : 0;
        }
        assertThat(opened).as("tokens that were judged by both").isPositive();
    }

    /** Everywhere: keys, signatures, proof, blocks. What the library alone accepts is written in another way than the only one. */
    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24})
    void findsTheSignaturesOfADamagedTokenAsBadAsTheLibraryDoes(long seed) {
        Random random = new Random(seed);
        TokenForge forge = TokenForge.authority(GRANT);
        forge.block("check if true").block("check if request_spend_cents($s), $s <= 5000");
        byte[] open = forge.container().toByteArray();
        byte[] sealed = forge.sealed().toByteArray();
        for (int i = 0; i < 300; i++) {
            byte[] token = (i % 2 == 0 ? open : sealed).clone();
            token[random.nextInt(token.length)] ^= (byte) (1 << random.nextInt(8));
            Reason refusal = refusal(token);
            assertThat(refusal).isNotNull();
            if (library(token) != null) {
                assertThat(refusal).isNotEqualTo(Reason.SIGNATURE_INVALID);
            }
        }
    }

    @Test
    void acceptsTheSameChains() {
        TokenForge forge = TokenForge.authority(GRANT).block("check if true").block("check if 1 < 2");
        Schema.Biscuit open = forge.container();
        Schema.Biscuit shortened = open.toBuilder().removeBlocks(0).build();
        Schema.Biscuit reordered = open.toBuilder()
                .setBlocks(0, open.getBlocks(1))
                .setBlocks(1, open.getBlocks(0))
                .build();
        Schema.Biscuit unproved = open.toBuilder()
                .setProof(TokenForge.authority(GRANT).container().getProof())
                .build();

        for (Schema.Biscuit token : List.of(open, forge.sealed(), shortened, reordered, unproved)) {
            byte[] bytes = token.toByteArray();
            assertThat(refusal(bytes) == null).isEqualTo(library(bytes) != null);
        }
        assertThat(refusal(open.toByteArray())).isNull();
        assertThat(refusal(unproved.toByteArray())).isEqualTo(Reason.SIGNATURE_INVALID);
    }

    private static void assertJudgedAlike(Schema.Biscuit token) throws Exception {
        assertThat(isJudgedAlike(token)).as("opened here").isTrue();
    }

    /** @return false when it was not opened here; stricter is allowed, and has tests of its own */
    private static boolean isJudgedAlike(Schema.Biscuit container) throws Exception {
        byte[] token = container.toByteArray();
        VerifiedToken ours;
        try {
            ours = open(token);
        } catch (RejectedTokenException e) {
            return false;
        }
        Biscuit library = library(token);
        assertThat(library).as("the library opens what was opened here").isNotNull();
        assertThat(authorizes(ours)).isEqualTo(authorizes(library));
        return true;
    }

    private static Reason refusal(byte[] token) {
        try {
            open(token);
            return null;
        } catch (RejectedTokenException e) {
            return e.reason();
        }
    }

    private static VerifiedToken open(byte[] token) throws RejectedTokenException {
        return BiscuitTokens.verify(
                token,
                Map.of(1, ROOT.publicKey()),
                ThirdParties.of(Set.of(APPROVER.publicKey())),
                CapabilityLimits.DEFAULT.forToken());
    }

    private static Biscuit library(byte[] token) {
        try {
            PublicKey root = new PublicKey(
                    Schema.PublicKey.Algorithm.Ed25519, ROOT.publicKey().bytes());
            return Biscuit.from_bytes(token, root);
        } catch (GeneralSecurityException | Error | RuntimeException e) {
            return null;
        }
    }

    private static boolean authorizes(VerifiedToken token) {
        try {
            token.authorize(new AmbientFacts(
                    NOW.getEpochSecond(), TENANT, INTENT, OPERATION, 1_000, "usd", ARGUMENTS, Set.of()));
            return true;
        } catch (RejectedTokenException e) {
            assertThat(e.reason()).isEqualTo(Reason.CHECK_FAILED);
            return false;
        }
    }

    private static boolean authorizes(Biscuit token) throws Error {
        Authorizer authorizer = token.authorizer();
        authorizer.add_fact(fact("time", new Term.Date(NOW.getEpochSecond())));
        authorizer.add_fact(fact("request_tenant", new Term.Str(TENANT)));
        authorizer.add_fact(fact("request_intent", new Term.Str(INTENT)));
        authorizer.add_fact(fact("request_operation", new Term.Str(OPERATION)));
        authorizer.add_fact(fact("request_spend_cents", new Term.Integer(1_000)));
        authorizer.add_fact(fact("request_currency", new Term.Str("usd")));
        authorizer.add_fact(fact("arg", new Term.Str("city"), new Term.Str("Paris")));
        authorizer.add_fact(fact("arg", new Term.Str("nights"), new Term.Integer(3)));
        authorizer.add_fact(fact("arg", new Term.Str("dry"), new Term.Bool(true)));
        authorizer.add_fact(fact("arg", new Term.Str("request"), new Term.Str("query")));
        try {
            authorizer.allow().authorize(new RunLimits(1_024, 20, Duration.ofMinutes(1)));
            return true;
        } catch (Error | RuntimeException e) {
            return false;
        }
    }

    private static Fact fact(String name, Term... terms) {
        return new Fact(name, List.of(terms));
    }

    private static ByteString damaged(ByteString genuine, Random random) {
        byte[] bytes = genuine.toByteArray();
        int changes = 1 + random.nextInt(2);
        for (int i = 0; i < changes; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(random.nextBoolean() ? 256 : 32);
        }
        return ByteString.copyFrom(bytes);
    }
}
