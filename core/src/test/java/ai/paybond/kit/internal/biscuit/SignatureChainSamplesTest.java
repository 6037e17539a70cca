package ai.paybond.kit.internal.biscuit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.wire.ed25519.VerifyingKey;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import biscuit.format.schema.Schema;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The kit's own check of the signature chain against the tokens that the Biscuit project publishes, all 38 of them.
 */
class SignatureChainSamplesTest {

    private static final Path SAMPLES = Path.of("src/test/resources/biscuit-samples");

    @Test
    void agreesWithEveryPublishedToken() throws IOException {
        JsonObject samples = JsonObject.parse(Files.readAllBytes(SAMPLES.resolve("samples.json")));
        VerifyingKey root = VerifyingKey.ofHex(samples.string("root_public_key").orElseThrow());
        List<String> checked = new ArrayList<>();
        for (JsonObject sample :
                samples.array("testcases").orElseThrow().objectItems().toList()) {
            String file = sample.string("filename").orElseThrow();
            Schema.Biscuit token = parse(Files.readAllBytes(SAMPLES.resolve(file)));
            if (isOfTheSupportedVersion(token)) {
                assertThat(holds(token, root)).as(file).isEqualTo(!isRefusedAsFormat(sample));
                checked.add(file);
            }
        }
        assertThat(checked).hasSizeGreaterThan(25).contains("test003_invalid_signature_format.bc", "test020_sealed.bc");
    }

    @Test
    void acceptsNoPublishedTokenAsACapability() throws IOException {
        JsonObject samples = JsonObject.parse(Files.readAllBytes(SAMPLES.resolve("samples.json")));
        for (JsonObject sample :
                samples.array("testcases").orElseThrow().objectItems().toList()) {
            byte[] token =
                    Files.readAllBytes(SAMPLES.resolve(sample.string("filename").orElseThrow()));
            TokenLimits limits = new TokenLimits(9, 64, 256, 64, java.time.Duration.ofSeconds(1));
            assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> BiscuitTokens.inspect(token, limits)))
                    .as(sample.string("filename").orElseThrow())
                    .isInstanceOf(RejectedTokenException.class);
        }
    }

    /**
     * What is valid Biscuit and yet no capability here, by name and reason: other versions of the format, and what lets a
     * later block add to what was granted. A change of this list is a change of what the kit accepts.
     */
    @Test
    void opensNothingThatMustBeRefusedAndRefusesWhatIsListed() throws IOException {
        JsonObject samples = JsonObject.parse(Files.readAllBytes(SAMPLES.resolve("samples.json")));
        VerifyingKey root = VerifyingKey.ofHex(samples.string("root_public_key").orElseThrow());
        Map<String, String> refused = new TreeMap<>();
        List<String> opened = new ArrayList<>();
        for (JsonObject sample :
                samples.array("testcases").orElseThrow().objectItems().toList()) {
            String file = sample.string("filename").orElseThrow();
            String answer = open(Files.readAllBytes(SAMPLES.resolve(file)), root);
            if (answer.equals("OPENED")) {
                opened.add(file.substring(0, 7));
                assertThat(isRefusedAsFormat(sample)).as(file).isFalse();
            } else if (!isRefusedAsFormat(sample)) {
                refused.put(file.substring(0, 7), answer);
            }
        }
        assertThat(opened).containsExactly("test009", "test011", "test012", "test015", "test021", "test022", "test025");
        assertThat(namesOf("LIMIT_EXCEEDED", refused)).containsExactly("test001", "test008", "test017", "test020");
        assertThat(namesOf("UNSUPPORTED", refused))
                .containsExactly(
                        "test007", "test010", "test013", "test014", "test016", "test018", "test019", "test023",
                        "test024", "test026", "test027", "test028", "test029", "test030", "test031", "test032",
                        "test033", "test034", "test035", "test036", "test037", "test038");
        assertThat(opened.size() + refused.size()).isEqualTo(33); // of 38; the other five must be refused
    }

    private static List<String> namesOf(String reason, Map<String, String> refused) {
        return refused.keySet().stream()
                .filter(name -> refused.get(name).equals(reason))
                .toList();
    }

    /** As far as a token gets without a grant: shape, whose blocks they are, signatures. */
    private static String open(byte[] token, VerifyingKey root) {
        try {
            TokenShape shape = TokenShape.of(token, new TokenLimits(9, 64, 256, 64, java.time.Duration.ofSeconds(1)));
            TokenTerms.read(shape, null, ThirdParties.of(Set.of()));
            SignatureChain.verify(shape.container(), root);
            return "OPENED";
        } catch (RejectedTokenException e) {
            return e.reason().name();
        }
    }

    private static Schema.Biscuit parse(byte[] token) throws InvalidProtocolBufferException {
        return Schema.Biscuit.parser().parsePartialFrom(token);
    }

    private static boolean isOfTheSupportedVersion(Schema.Biscuit token) {
        return token.isInitialized()
                && TokenShape.signedBlocks(token).stream()
                        .noneMatch(block -> block.hasExternalSignature()
                                || !block.getUnknownFields().asMap().isEmpty());
    }

    private static boolean holds(Schema.Biscuit token, VerifyingKey root) {
        try {
            SignatureChain.verify(token, root);
            return true;
        } catch (RejectedTokenException e) {
            assertThat(e.reason()).isEqualTo(RejectedTokenException.Reason.SIGNATURE_INVALID);
            return false;
        }
    }

    private static boolean isRefusedAsFormat(JsonObject sample) {
        JsonValue first = sample.object("validations")
                .orElseThrow()
                .members()
                .values()
                .iterator()
                .next();
        return ((JsonObject) first)
                .object("result")
                .flatMap(result -> result.object("Err"))
                .filter(error -> error.has("Format"))
                .isPresent();
    }
}
