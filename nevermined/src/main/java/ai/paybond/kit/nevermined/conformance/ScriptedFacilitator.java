package ai.paybond.kit.nevermined.conformance;

import ai.paybond.kit.nevermined.PaymentFacilitator;
import ai.paybond.kit.nevermined.SettleRequest;
import ai.paybond.kit.nevermined.Settlement;
import ai.paybond.kit.nevermined.Verification;
import ai.paybond.kit.nevermined.VerifyRequest;
import ai.paybond.kit.wire.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Answers as a vector says, and remembers what it was asked. */
final class ScriptedFacilitator implements PaymentFacilitator {
    static final int OUT_OF_REACH = 503;

    final List<JsonObject> verified = new ArrayList<>();
    final List<JsonObject> settled = new ArrayList<>();
    private final int verifyStatus;
    private final JsonObject verification;
    private final int settleStatus;
    private final JsonObject settlement;

    private ScriptedFacilitator(int verifyStatus, JsonObject verification, int settleStatus, JsonObject settlement) {
        this.verifyStatus = verifyStatus;
        this.verification = verification;
        this.settleStatus = settleStatus;
        this.settlement = settlement;
    }

    /** Everything goes well. */
    static ScriptedFacilitator good() {
        return new ScriptedFacilitator(
                200,
                JsonObject.of(Map.of("isValid", true, "agentRequestId", "req-1", "payer", "0x1")),
                200,
                JsonObject.of(Map.of("success", true, "creditsRedeemed", "1", "transaction", "0x2", "network", "n")));
    }

    ScriptedFacilitator verifying(JsonObject answer) {
        return new ScriptedFacilitator(200, answer, settleStatus, settlement);
    }

    ScriptedFacilitator verifyThrows() {
        return new ScriptedFacilitator(OUT_OF_REACH, verification, settleStatus, settlement);
    }

    ScriptedFacilitator settling(JsonObject answer) {
        return new ScriptedFacilitator(verifyStatus, verification, 200, answer);
    }

    ScriptedFacilitator settleThrows() {
        return new ScriptedFacilitator(verifyStatus, verification, OUT_OF_REACH, settlement);
    }

    @Override
    public Verification verify(VerifyRequest request) {
        verified.add(request.toJson());
        return Verification.of(verifyStatus, utf8(verification));
    }

    @Override
    public Settlement settle(SettleRequest request) {
        settled.add(request.toJson());
        return Settlement.of(settleStatus, utf8(settlement));
    }

    private static byte[] utf8(JsonObject json) {
        return json.toJson().getBytes(StandardCharsets.UTF_8);
    }
}
