package ai.paybond.kit.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.sandbox.junit.SandboxExtension;
import ai.paybond.kit.wire.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Signed states of the ledger, and the pack that proves it elsewhere. */
class LedgerCheckpointTest {
    @RegisterExtension
    static final SandboxExtension SANDBOX = new SandboxExtension();

    @Test
    void checkpointsTheLedgerWithASignedRoot() {
        Scenario scenario = Scenario.in(SANDBOX.sandbox());
        scenario.created();
        JsonObject proof = scenario.client.get("/ledger/v1/merkle/proof?seq=1").json();

        JsonObject checkpoint = proof.object("checkpoint").orElseThrow();
        assertThat(scenario.client
                        .get("/ledger/v1/merkle/latest")
                        .json()
                        .object("checkpoint")
                        .flatMap(latest -> latest.string("root_hash_sha256_hex")))
                .isEqualTo(checkpoint.string("root_hash_sha256_hex"));
        assertThat(scenario.client.get("/ledger/v1/merkle/proof?seq=0").status())
                .isEqualTo(404);
    }

    @Test
    void packsTheLedgerForSomeoneWithoutAccess() {
        Scenario scenario = Scenario.in(SANDBOX.sandbox());
        scenario.created();
        JsonObject pack = scenario.client.get("/ledger/v1/verifier-pack").json();
        String verify = "/ledger/v1/verifier-pack/verify";

        assertThat(scenario.client.post(verify, pack).json().bool("valid")).hasValue(true);
        String altered = pack.toJson().replaceFirst("\"amount_cents\":20000", "\"amount_cents\":20001");
        assertThat(scenario.client.post(verify, altered).text("reason")).isEqualTo("ledger.row_altered");
        JsonObject cut =
                pack.with("entries", pack.array("entries").orElseThrow().items().subList(0, 1));
        assertThat(scenario.client.post(verify, cut).text("reason")).isEqualTo("ledger.checkpoint_mismatch");
        assertThat(scenario.client.post(verify, "{}").code()).isEqualTo("validation_error");
    }
}
