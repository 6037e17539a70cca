package ai.paybond.kit.capability;

import ai.paybond.kit.fuzz.Lincheck;
import ai.paybond.kit.wire.ed25519.SigningKey;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import java.time.Duration;
import java.util.List;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/** However threads meet, the memory of holder proofs answers as if they had come one after another: a proof is good once. */
@Param(name = "holder", gen = IntGen.class, conf = "0:2")
@Param(name = "nonce", gen = IntGen.class, conf = "0:2")
@Param(name = "now", gen = IntGen.class, conf = "0:4")
public class NonceMemoryLincheckTest {
    private static final List<VerifyingKey> HOLDERS = List.of("11", "22", "33").stream()
            .map(seed -> SigningKey.fromSeedHex(seed.repeat(32)).publicKey())
            .toList();

    private final NonceMemory memory =
            new NonceMemory(new HolderProofLimits(Duration.ofSeconds(60), Duration.ofSeconds(5), 2, 2));

    @Operation
    public String take(
            @Param(name = "holder") int holder, @Param(name = "nonce") int nonce, @Param(name = "now") int now) {
        return memory.take(HOLDERS.get(holder), "n" + nonce, null, now + 2L, now)
                .name();
    }

    @Operation
    public String look(
            @Param(name = "holder") int holder, @Param(name = "nonce") int nonce, @Param(name = "now") int now) {
        return memory.look(HOLDERS.get(holder), "n" + nonce, null, now).name();
    }

    @Test
    void answersAsIfNobodyElseWereThere() {
        Lincheck.stress(NonceMemoryLincheckTest.class);
    }
}
