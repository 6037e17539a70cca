package ai.paybond.kit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.wire.json.JsonLimits;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceiptCommandTest {
    private static final Path VECTORS =
            Path.of(System.getProperty("paybond.root", ".."), "wire/src/test/resources/vectors");

    @TempDir
    private Path directory;

    private Path receipt;
    private String text;
    private String key;

    @BeforeEach
    void takeASettlementReceiptFromTheVectors() throws IOException {
        JsonObject file = (JsonObject)
                JsonValue.parse(Files.readString(VECTORS.resolve("protocol-receipt.json")), JsonLimits.lenient());
        JsonObject entry =
                (JsonObject) file.array("settlement").orElseThrow().items().get(0);
        text = entry.string("signed_json").orElseThrow();
        key = JsonObject.parse(text).string("signing_public_key_ed25519_hex").orElseThrow();
        receipt = Files.writeString(directory.resolve("receipt.json"), text);
    }

    @Test
    void saysValidUnderATrustedKey() {
        Run run = Run.of("receipt", "verify", "--key", key, receipt.toString());

        assertThat(run.status()).isZero();
        assertThat(run.out().lines()).endsWith("VALID");
    }

    @Test
    void neverSaysPlainValidWithoutAKey() {
        Run run = Run.of("receipt", "verify", receipt.toString());

        assertThat(run.status()).isEqualTo(3);
        assertThat(run.out().lines()).endsWith("VALID_UNPINNED");
    }

    @Test
    void showsTheCheckThatAnAlteredReceiptFails() throws IOException {
        Files.writeString(receipt, text.replaceFirst("\"amount_cents\":\\d+", "\"amount_cents\":1"));

        Run run = Run.of("receipt", "verify", "--key", key, receipt.toString());

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).contains("FAIL").contains("INVALID: ");
    }

    @Test
    void refusesAnotherKey() {
        Run run = Run.of("receipt", "verify", "--key", "00".repeat(32), "--format", "json", receipt.toString());

        assertThat(run.status()).isEqualTo(1);
        assertThat(JsonObject.parse(run.out().strip()).string("verdict")).contains("INVALID");
    }
}
