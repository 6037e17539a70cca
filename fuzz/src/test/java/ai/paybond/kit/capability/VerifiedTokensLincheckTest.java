package ai.paybond.kit.capability;

import ai.paybond.kit.fuzz.Lincheck;
import ai.paybond.kit.fuzz.SomeTokens;
import ai.paybond.kit.internal.biscuit.RejectedTokenException;
import ai.paybond.kit.internal.biscuit.ThirdParties;
import java.util.Map;
import java.util.Set;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/** However threads meet, the cache of verified tokens gives each token's own answer, and a forged one never gets in. */
@Param(name = "token", gen = IntGen.class, conf = "0:3")
public class VerifiedTokensLincheckTest {
    private final VerifiedTokens tokens = new VerifiedTokens(
            Map.of(SomeTokens.ROOT_KEY_ID, SomeTokens.rootKey()),
            ThirdParties.of(Set.of()),
            CapabilityLimits.DEFAULT.forToken());

    /** The token's last revocation id, which names it, or why it was refused. */
    @Operation
    public String verify(@Param(name = "token") int token) {
        try {
            return String.join(",", tokens.verify(SomeTokens.get(token)).revocationIds());
        } catch (RejectedTokenException e) {
            return e.reason().name();
        }
    }

    @Test
    void answersAsIfNobodyElseWereThere() {
        Lincheck.stressLittle(VerifiedTokensLincheckTest.class);
    }
}
