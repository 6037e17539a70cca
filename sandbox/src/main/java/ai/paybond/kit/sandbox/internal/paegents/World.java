package ai.paybond.kit.sandbox.internal.paegents;

import ai.paybond.kit.sandbox.paegents.PaegentsAgent;
import ai.paybond.kit.sandbox.paegents.SimulatedChain;
import ai.paybond.kit.wire.Hex;
import ai.paybond.kit.wire.json.JsonObject;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What all routes share. Touched under the service's lock only. */
final class World {
    final Clock clock;
    final SimulatedChain chain;
    final Token token;
    final EscrowLayout layout;
    final Events events;
    final Map<String, PaegentsAgent> agents = new LinkedHashMap<>();
    final Map<String, JsonObject> services = new LinkedHashMap<>();
    final Map<String, Deal> deals = new LinkedHashMap<>();
    final Map<String, JsonObject> receipts = new LinkedHashMap<>();
    private final SecureRandom random = new SecureRandom();

    World(Clock clock, SimulatedChain chain, JsonObject profile, WebhookSender sender) {
        this.clock = clock;
        this.chain = chain;
        this.token = new Token(chain, clock);
        this.layout = new EscrowLayout(profile);
        this.events = new Events(this, sender);
    }

    Instant now() {
        return clock.instant();
    }

    String newId(String prefix) {
        return prefix + hex(8);
    }

    String hex(int bytes) {
        byte[] drawn = new byte[bytes];
        random.nextBytes(drawn);
        return Hex.encode(drawn);
    }

    Optional<PaegentsAgent> agentByKey(String apiKey) {
        return agents.values().stream()
                .filter(agent -> agent.apiKey().equals(apiKey))
                .findFirst();
    }

    Optional<PaegentsAgent> agentByOwner(String jwt) {
        return agents.values().stream()
                .filter(agent -> agent.ownerJwt().equals(jwt))
                .findFirst();
    }

    /** An agreement that the caller is a party of, brought up to date. */
    Deal deal(Call call) {
        Deal deal = Optional.ofNullable(deals.get(call.id()))
                .filter(found -> found.concerns(call.agentId()))
                .orElseThrow(Refusal::notFound);
        return upToDate(deal);
    }

    Deal upToDate(Deal deal) {
        if (deal.status.equals("proposed") && now().isAfter(deal.expiresAt)) {
            deal.status = "expired";
        }
        Activations.advance(this, deal);
        Settlements.advance(this, deal);
        return deal;
    }

    /** Tells both parties. */
    void tell(Deal deal, String type) {
        JsonObject payload = JsonObject.builder()
                .put("agreement_id", deal.id)
                .put("status", deal.status)
                .put("activation_status", deal.activationStatus)
                .build();
        events.emit(deal.buyer, type, payload);
        events.emit(deal.seller, type, payload);
    }

    String receipt(String agentId, long amountCents, String currency) {
        String id = newId("rcpt_");
        receipts.put(
                id,
                JsonObject.builder()
                        .put("receipt_id", id)
                        .put("agent_id", agentId)
                        .put("amount", amountCents)
                        .put("currency", currency)
                        .put("timestamp", now().toString())
                        .put("signature", hex(32))
                        .put("verification_url", "/receipts/verify/" + id)
                        .build());
        return id;
    }
}
