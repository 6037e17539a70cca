package ai.paybond.kit.internal.biscuit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The kit's own check of the signature chain against the tokens that the Biscuit project publishes. They are read from
 * the directory named by the system property {@code paybond.conformance.dir}, and the test is skipped without it.
 */
class SignatureChainSamplesTest {

    private static final Path SAMPLES = Path.of(System.getProperty(
                    "paybond.conformance.dir", System.getProperty("paybond.root", "..") + "/../shared/third-party"))
            .resolve("biscuit-samples");

    @BeforeEach
    void requireSamples() {
        assumeTrue(Files.isDirectory(SAMPLES), "no published Biscuit samples at paybond.conformance.dir");
    }

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
