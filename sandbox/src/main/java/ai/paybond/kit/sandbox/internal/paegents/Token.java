package ai.paybond.kit.sandbox.internal.paegents;

import ai.paybond.kit.sandbox.internal.paegents.Evm.Value;
import ai.paybond.kit.sandbox.paegents.SimulatedChain;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.json.JsonObject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.List;

/** The token contract: what it does for whoever shows it a signature. */
final class Token {
    private final SimulatedChain chain;
    private final Clock clock;

    Token(SimulatedChain chain, Clock clock) {
        this.chain = chain;
        this.clock = clock;
    }

    private static List<Value> domain() {
        return Evm.domain("USDC", "2", SimulatedChain.CHAIN_ID, SimulatedChain.TOKEN);
    }

    /** A permit as it was sent, which has no nonce: the contract knows which is the next. */
    record Permit(String owner, String spender, BigInteger value, BigInteger deadline, String signature) {}

    /** A payment that was found good. */
    record Payment(String from, String to, BigInteger amount, String nonce) {}

    /** Verifies permits of one owner over the next nonces, in this order, without putting them into force. */
    void check(List<Permit> permits) {
        for (int i = 0; i < permits.size(); i++) {
            Permit permit = permits.get(i);
            check(permit, chain.permitNonce(permit.owner()).add(BigInteger.valueOf(i)));
        }
    }

    private void check(Permit permit, BigInteger nonce) {
        boolean inTime = permit.deadline().compareTo(now()) >= 0;
        Refusal.unless(inTime, 402, "permit_expired", "The permit's deadline has passed.");
        byte[] digest = Evm.digest(
                domain(),
                "Permit",
                List.of(
                        new Value("address", "owner", permit.owner()),
                        new Value("address", "spender", permit.spender()),
                        new Value("uint256", "value", permit.value().toString()),
                        new Value("uint256", "nonce", nonce.toString()),
                        new Value("uint256", "deadline", permit.deadline().toString())));
        boolean own = Evm.recover(digest, permit.signature())
                .filter(permit.owner()::equals)
                .isPresent();
        Refusal.unless(own, 402, "invalid_signature", "The permit is not the owner's, or for another nonce or amount.");
    }

    /** Puts a permit into force that was verified. */
    void permit(Permit permit) {
        chain.permit(permit.owner(), permit.spender(), permit.value(), chain.permitNonce(permit.owner()));
    }

    /**
     * Verifies a payment header of x402 version 1 over exactly this amount to this receiver, without settling it.
     *
     * @param besides what else the payer pays in the same transaction
     */
    Payment check(String header, String receiver, BigInteger amount, BigInteger besides) {
        JsonObject payment = decoded(header);
        boolean network = payment.string("network").orElse("").equals("base-sepolia");
        Refusal.unless(network, 402, "wrong_network", "The payment is for another network.");
        JsonObject payload = object(payment, "payload");
        JsonObject authorization = object(payload, "authorization");
        String from = Evm.address(text(authorization, "from"));
        boolean parties = Evm.address(text(authorization, "to")).equals(receiver);
        Refusal.unless(parties, 402, "stablecoin_error", "The payment is between other parties.");
        boolean exact = Evm.number(text(authorization, "value")).equals(amount);
        Refusal.unless(exact, 402, "wrong_amount", "The payment is over another amount.");
        requireInTime(authorization);
        boolean own = Evm.recover(digest(authorization), text(payload, "signature"))
                .filter(from::equals)
                .isPresent();
        Refusal.unless(own, 402, "invalid_signature", "The payment is not signed by the payer.");
        String nonce = text(authorization, "nonce");
        Refusal.unless(!chain.isAuthorizationUsed(from, nonce), 402, "nonce_reused", "The payment was used before.");
        boolean solvent = chain.balance(from).compareTo(amount.add(besides)) >= 0;
        Refusal.unless(solvent, 402, "insufficient_balance", "The payer's balance is too low.");
        return new Payment(from, receiver, amount, nonce);
    }

    /** Settles a payment that was verified. */
    void pay(Payment payment) {
        chain.useAuthorization(payment.from(), payment.nonce());
        chain.transfer(payment.from(), payment.to(), payment.amount());
    }

    private void requireInTime(JsonObject authorization) {
        boolean open = Evm.number(text(authorization, "validAfter")).compareTo(now()) < 0
                && Evm.number(text(authorization, "validBefore")).compareTo(now()) > 0;
        Refusal.unless(open, 402, "stablecoin_error", "The payment is not valid at this time.");
    }

    private static byte[] digest(JsonObject authorization) {
        return Evm.digest(
                domain(),
                "TransferWithAuthorization",
                List.of(
                        new Value("address", "from", text(authorization, "from")),
                        new Value("address", "to", text(authorization, "to")),
                        new Value("uint256", "value", text(authorization, "value")),
                        new Value("uint256", "validAfter", text(authorization, "validAfter")),
                        new Value("uint256", "validBefore", text(authorization, "validBefore")),
                        new Value("bytes32", "nonce", text(authorization, "nonce"))));
    }

    private BigInteger now() {
        return BigInteger.valueOf(clock.instant().getEpochSecond());
    }

    private static JsonObject decoded(String header) {
        try {
            return JsonObject.parse(new String(Base64.getDecoder().decode(header), StandardCharsets.UTF_8));
        } catch (WireException | IllegalArgumentException e) {
            throw new Refusal(402, "stablecoin_error", "The payment header cannot be read.");
        }
    }

    private static JsonObject object(JsonObject holder, String name) {
        return holder.object(name).orElseThrow(() -> Refusal.invalid(name + " is missing"));
    }

    private static String text(JsonObject holder, String name) {
        return holder.string(name).orElseThrow(() -> Refusal.invalid(name + " is missing"));
    }
}
