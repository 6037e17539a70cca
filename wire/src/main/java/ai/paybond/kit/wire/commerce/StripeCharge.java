package ai.paybond.kit.wire.commerce;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A charge as evidence of the {@code stripe_charge} preset. Not signed; the digest is BLAKE3 over the canonical JSON of
 * {@code charge_id} and {@code cost_cents}. Source: Paybond Kit wire format, section 18.
 *
 * @param amountCents in cents, as received
 */
public record StripeCharge(String chargeId, long amountCents, boolean succeeded) {
    private static final int PAID = 200;
    private static final int NOT_PAID = 402;

    public StripeCharge {
        Objects.requireNonNull(chargeId, "chargeId");
    }

    /**
     * Reads a charge of Stripe, or its short form: {@code charge_id} or {@code id}; {@code cost_cents},
     * {@code amount_received} or {@code amount}, the first that is an exact integer; {@code status}.
     *
     * @throws WireException {@code stripe.charge_id} or {@code stripe.amount} if there is none
     */
    public static StripeCharge of(JsonObject charge) {
        String id = Stream.of("charge_id", "id")
                .flatMap(name -> charge.string(name).stream())
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElseThrow(() -> new WireException("stripe.charge_id", "no charge id"));
        long amount = Stream.of("cost_cents", "amount_received", "amount")
                .map(charge::integer)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> new WireException("stripe.amount", "no amount"));
        return new StripeCharge(id, amount, charge.string("status").orElse("").equals("succeeded"));
    }

    /** {@code charge_id}, {@code http_status} (200 if the charge succeeded, else 402) and {@code response_digest}. */
    public JsonObject evidence() {
        return JsonObject.builder()
                .put("charge_id", chargeId)
                .put("http_status", succeeded ? PAID : NOT_PAID)
                .put("response_digest", responseDigest())
                .build();
    }

    /** {@code blake3:} and the digest of id and amount in hexadecimal. */
    public String responseDigest() {
        JsonObject hashed = JsonObject.builder()
                .put("charge_id", chargeId)
                .put("cost_cents", amountCents)
                .build();
        return "blake3:" + Digest32.ofCanonical(hashed).hex();
    }
}
