package ai.paybond.kit.wire.export;

import static ai.paybond.kit.wire.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.Samples;
import ai.paybond.kit.wire.Strictness;
import ai.paybond.kit.wire.Tampering;
import ai.paybond.kit.wire.TrustedKeys;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExportTest {
    private static PefFrame frame() {
        return new PefFrame(Samples.agentReceipt(), "did:web:gateway.example", 1_751_371_205_000L);
    }

    @Test
    void aFrameHoldsAgainstEveryChange() {
        JsonObject frame = frame().toJson(Strictness.STRICT);
        List<Tampering.Change> changes = new ArrayList<>(Tampering.members(frame));
        changes.addAll(Tampering.bits(frame));

        assertThat(PefFrame.verify(frame, Strictness.STRICT)).isEqualTo(frame());
        assertThat(changes)
                .noneMatch(change ->
                        holds(change.object()) && !change.object().toJson().equals(frame.toJson()));
    }

    private static boolean holds(JsonObject frame) {
        try {
            return PefFrame.verify(frame, Strictness.STRICT) != null;
        } catch (WireException e) {
            return false;
        }
    }

    @Test
    void refusesFramesWithoutProviderOrTime() {
        assertRefused("pef.provider", () -> new PefFrame(Samples.agentReceipt(), " ", 0));
        assertRefused("pef.timestamp", () -> new PefFrame(Samples.agentReceipt(), "did:x", -1));
        assertRefused("pef.form", () -> PefFrame.verify(JsonObject.parse("{}"), Strictness.STRICT));
    }

    @Test
    void refusesToProjectWhatIsNotSigned() {
        JsonObject unsigned = Samples.agentReceipt().without("ed25519_signature_hex");

        assertRefused("acta.signature", () -> ActaProjection.of(unsigned, Strictness.STRICT));
    }

    @Test
    void believesATrustedIssuerOnly() {
        ScittStatement statement = new ScittStatement("r-1", Digest32.of(new byte[32]), "did:web:x", "");
        JsonObject export = statement.sign(Samples.key(1));

        assertThat(ScittStatement.verify(export, TrustedKeys.of(Samples.key(1).publicKey()))
                        .orThrow())
                .isEqualTo(statement);
        assertThat(ScittStatement.verify(export, TrustedKeys.of(Samples.key(2).publicKey()))
                        .code())
                .isEqualTo("scitt.untrusted_key");
    }

    @Test
    void refusesTextsThatDoNotFit() {
        ScittStatement statement = new ScittStatement("r".repeat(65_536), Digest32.of(new byte[32]), "did:web:x", "");

        assertRefused("scitt.too_long", statement::protectedHeader);
        assertRefused("scitt.issuer", () -> new ScittStatement("r", Digest32.of(new byte[32]), " ", ""));
    }

    @Test
    void refusesTextThatIsSignedLikeAnotherText() {
        JsonObject export = new ScittStatement("r-1", Digest32.of(new byte[32]), "\ufffd", "").sign(Samples.key(1));
        JsonObject halved = export.with("issuer", "\ud800");

        assertThat(ScittStatement.verify(halved, TrustedKeys.of(Samples.key(1).publicKey()))
                        .code())
                .isEqualTo("text.surrogate");
    }
}
