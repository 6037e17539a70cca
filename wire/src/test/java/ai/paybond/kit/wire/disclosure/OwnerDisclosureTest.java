package ai.paybond.kit.wire.disclosure;

import static ai.paybond.kit.wire.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.wire.Hex;
import ai.paybond.kit.wire.Samples;
import ai.paybond.kit.wire.Tampering;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.json.JsonObject;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnerDisclosureTest {
    private static final DisclosureKey OWNER = DisclosureKey.of(new byte[] {
        1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30,
        31, 32
    });

    private static JsonObject plaintext() {
        return OwnerDisclosure.plaintext(Samples.agentReceipt(), Samples.CLOCK.instant(), null);
    }

    private static JsonObject sealed() {
        return OwnerDisclosure.seal(plaintext(), Hex.decode(OWNER.publicKeyHex()), new SecureRandom());
    }

    @Test
    void onlyTheOwnerReadsIt() {
        JsonObject sealed = sealed();

        assertThat(OwnerDisclosure.open(sealed, OWNER)).isEqualTo(plaintext());
        assertThat(sealed.toJson()).doesNotContain("principal_did");
        assertRefused("disclosure.recipient", () -> OwnerDisclosure.open(sealed, DisclosureKey.of(new byte[32])));
    }

    @Test
    void refusesAnyChange() {
        JsonObject sealed = sealed();
        List<Tampering.Change> changes = new ArrayList<>(Tampering.members(sealed));
        changes.addAll(Tampering.lowestBits(sealed));
        List<String> opened = changes.stream()
                .filter(change -> opensToSomethingElse(change.object()))
                .map(Tampering.Change::description)
                .toList();

        assertThat(opened).isEmpty();
    }

    private static boolean opensToSomethingElse(JsonObject sealed) {
        try {
            return !OwnerDisclosure.open(sealed, OWNER).equals(plaintext());
        } catch (WireException e) {
            return false;
        }
    }

    @Test
    void refusesAKeyThatIsNone() {
        assertRefused("disclosure.key", () -> DisclosureKey.of(new byte[31]));
        assertRefused(
                "disclosure.recipient", () -> OwnerDisclosure.seal(plaintext(), new byte[32], new SecureRandom()));
        assertRefused(
                "disclosure.recipient", () -> OwnerDisclosure.seal(plaintext(), new byte[31], new SecureRandom()));
    }

    @Test
    void neverPrintsTheKey() {
        assertThat(OWNER.toString()).contains("redacted").doesNotContain("0102030405");
    }

    @Test
    void refusesADisclosureAboutNoReceipt() {
        byte[] owner = Hex.decode(OWNER.publicKeyHex());
        JsonObject nameless = plaintext().without("receipt_id");
        JsonObject without = plaintext().without("message_digest_sha256_hex");

        assertRefused("disclosure.receipt_id", () -> OwnerDisclosure.seal(nameless, owner, new SecureRandom()));
        assertRefused(
                "disclosure.message_digest_sha256_hex", () -> OwnerDisclosure.seal(without, owner, new SecureRandom()));
        assertRefused("disclosure.receipt_id", () -> OwnerDisclosure.open(sealed().without("receipt_id"), OWNER));
    }
}
