package ai.paybond.kit.benchmarks;

import ai.paybond.kit.capability.CapabilityRequest;
import ai.paybond.kit.capability.CapabilityToken;
import ai.paybond.kit.capability.CapabilityVerifier;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import ai.paybond.kit.wire.json.JsonObject;
import io.vavr.control.Option;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.biscuitsec.biscuit.crypto.KeyPair;
import org.biscuitsec.biscuit.crypto.PublicKey;
import org.biscuitsec.biscuit.error.Error;
import org.biscuitsec.biscuit.token.Biscuit;
import org.biscuitsec.biscuit.token.builder.Block;

/** Capabilities of the profile with a number of narrowing blocks, the call that they cover, and who verifies them. */
final class Tokens {

    static final int ROOT_KEY_ID = 1;
    static final String TENANT = "tenant-a";
    static final String INTENT = "0191e2a4-7c1e-7d3a-9b52-3f1d2c4b5a69";
    static final String OPERATION = "travel.book_hotel";
    static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private static final KeyPair ROOT = new KeyPair("1000000000000000000000000000000000000000000000000000000000000001");
    private static final SecureRandom RANDOM = new SecureRandom();

    private Tokens() {}

    static VerifyingKey rootKey() {
        return VerifyingKey.of(ROOT.public_key().toBytes());
    }

    /** The root key as the library has it. */
    static Option<PublicKey> libraryRootKey() {
        return Option.some(new PublicKey(
                biscuit.format.schema.Schema.PublicKey.Algorithm.Ed25519,
                HexFormat.of().parseHex(ROOT.public_key().toHex())));
    }

    static CapabilityVerifier verifier(Clock clock) {
        return CapabilityVerifier.builder()
                .rootKey(ROOT_KEY_ID, rootKey())
                .clock(clock)
                .build();
    }

    /** A hotel room of 187.00, with the arguments that an agent gives. */
    static CapabilityRequest request() {
        return new CapabilityRequest(
                TENANT,
                INTENT,
                OPERATION,
                18_700,
                "usd",
                JsonObject.parse("{\"city\":\"Paris\",\"nights\":2,\"price_cents\":18700}"));
    }

    /** Different tokens that grant the same. */
    static List<byte[]> different(int count, int blocks) {
        return IntStream.range(0, count).mapToObj(i -> token(INTENT, blocks)).toList();
    }

    static CapabilityToken capability(byte[] token) {
        return CapabilityToken.of(Base64.getEncoder().encodeToString(token));
    }

    /** A token whose authority block is followed by this many, each with one check. */
    static byte[] token(String intentId, int blocks) {
        try {
            Biscuit token = Biscuit.make(
                    RANDOM,
                    ROOT,
                    ROOT_KEY_ID,
                    authority(intentId).build(new org.biscuitsec.biscuit.datalog.SymbolTable()));
            for (int i = 0; i < blocks; i++) {
                token = token.attenuate(token.create_block().add_check(narrowing(i)));
            }
            return token.serialize();
        } catch (Error e) {
            throw new IllegalStateException("the grant is valid Datalog", e);
        }
    }

    private static Block authority(String intentId) throws Error {
        Block block = new Block();
        for (String fact : List.of(
                "tenant(\"" + TENANT + "\")",
                "intent(\"" + intentId + "\")",
                "payee(\"did:web:hotel.example\")",
                "operation(\"" + OPERATION + "\")",
                "operation(\"travel.cancel\")",
                "max_spend_cents(100000000)",
                "currency(\"usd\")",
                "expires_at(2036-11-21T12:00:00Z)",
                "jti(\"" + UUID.randomUUID() + "\")")) {
            block.add_fact(fact);
        }
        for (String check : List.of(
                "check if request_tenant($t), tenant($t)",
                "check if request_intent($i), intent($i)",
                "check if request_operation($o), operation($o)",
                "check if request_spend_cents($s), $s >= 0",
                "check if request_spend_cents($s), max_spend_cents($m), $s <= $m",
                "check if time($now), expires_at($e), $now < $e")) {
            block.add_check(check);
        }
        return block;
    }

    private static String narrowing(int number) {
        return switch (number % 4) {
            case 0 -> "check if request_spend_cents($s), $s <= " + (50_000 - number);
            case 1 -> "check if request_operation($o), [\"" + OPERATION + "\"].contains($o)";
            case 2 -> "check if time($t), $t < 2030-01-0" + (1 + number % 9) + "T00:00:00Z";
            default -> "check if arg(\"city\", $c), [\"Paris\", \"Lyon\"].contains($c)";
        };
    }
}
