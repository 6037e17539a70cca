package ai.paybond.kit.wire.sep2828;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.wire.Samples;
import ai.paybond.kit.wire.TrustedKeys;
import ai.paybond.kit.wire.Verdict;
import ai.paybond.kit.wire.json.JsonObject;
import org.junit.jupiter.api.Test;

class Sep2828Test {
    private static TrustedKeys server() {
        return Samples.ownKey(Samples.decisionRecord().object("issuerAsserted").orElseThrow());
    }

    private static String code(JsonObject record) {
        return Sep2828Record.verify(record, server()).code();
    }

    @Test
    void aKeyInTheRecordProvesNothingUnlessItIsPinned() {
        JsonObject decision = Samples.decisionRecord();

        assertThat(Sep2828Record.verify(decision, TrustedKeys.of()).code()).isEqualTo("sep2828.untrusted_key");
        assertThat(Sep2828Record.verify(decision, TrustedKeys.unpinned())).isInstanceOf(Verdict.ValidUnpinned.class);
        assertThat(Sep2828Pair.verify(decision, Samples.outcomeRecord(), TrustedKeys.unpinned())
                        .isTrusted())
                .isFalse();
    }

    @Test
    void refusesASecondSignatureThatNobodyLooksAt() {
        JsonObject twice = Samples.decisionRecord().with("ed25519_signature_hex", "00".repeat(64));

        assertThat(code(twice)).isEqualTo("sep2828.ambiguous");
    }

    @Test
    void refusesABlockThatWouldBeDropped() {
        assertThat(code(Samples.decisionRecord().with("receiptAsserted", "text")))
                .isEqualTo("sep2828.unsigned_block");
    }

    @Test
    void refusesAStatedDigestThatIsNotItsOwn() {
        JsonObject decision = Samples.decisionRecord();
        JsonObject block =
                decision.object("issuerAsserted").orElseThrow().with("message_digest_sha256_hex", "00".repeat(32));

        assertThat(code(decision.with("issuerAsserted", block))).isEqualTo("sep2828.digest_mismatch");
    }

    @Test
    void aDecisionIsNotItsOwnOutcome() {
        JsonObject decision = Samples.decisionRecord();

        assertThat(Sep2828Pair.verify(decision, decision, server()).code()).isEqualTo("sep2828.outcome");
    }
}
