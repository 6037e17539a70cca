package ai.paybond.kit.cli.chaos;

import ai.paybond.kit.evidence.EvidenceEnvelope;
import ai.paybond.kit.guard.AuthorizationRequest;
import ai.paybond.kit.guard.Decision;
import ai.paybond.kit.guard.ToolAuthority;
import ai.paybond.kit.harbor.SpendOutcome;
import ai.paybond.kit.journal.DeliveryReceipt;
import ai.paybond.kit.journal.SpendHold;
import ai.paybond.kit.wire.ed25519.Signer;
import ai.paybond.kit.wire.ed25519.VerifyingKey;

/** The parts of a guard, each of which can be the last thing that its process does. */
final class Doomed {
    private Doomed() {}

    record Authority(ToolAuthority authority, KillSwitch kill) implements ToolAuthority {
        @Override
        public Decision authorize(AuthorizationRequest request) {
            kill.reach(KillPoint.BEFORE_AUTHORIZE);
            Decision decision = authority.authorize(request);
            kill.reach(KillPoint.AFTER_AUTHORIZE);
            return decision;
        }

        @Override
        public void complete(SpendHold hold, SpendOutcome outcome) {
            boolean consumed = outcome == SpendOutcome.CONSUMED;
            kill.reach(consumed ? KillPoint.BEFORE_CONSUME : KillPoint.BEFORE_RELEASE);
            authority.complete(hold, outcome);
            kill.reach(consumed ? KillPoint.AFTER_CONSUME : KillPoint.AFTER_RELEASE);
        }

        @Override
        public DeliveryReceipt deliver(EvidenceEnvelope evidence) {
            kill.reach(KillPoint.BEFORE_DELIVER);
            DeliveryReceipt receipt = authority.deliver(evidence);
            kill.reach(KillPoint.AFTER_DELIVER);
            return receipt;
        }
    }

    record Payee(Signer signer, KillSwitch kill) implements Signer {
        @Override
        public VerifyingKey publicKey() {
            return signer.publicKey();
        }

        @Override
        public byte[] sign(byte[] message) {
            kill.reach(KillPoint.BEFORE_SIGN);
            byte[] signature = signer.sign(message);
            kill.reach(KillPoint.AFTER_SIGN);
            return signature;
        }
    }
}
