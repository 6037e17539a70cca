package ai.paybond.kit.paegents.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.paegents.NonceRegister;
import ai.paybond.kit.paegents.PaegentsWorld;
import ai.paybond.kit.paegents.SellerEndpoint;
import ai.paybond.kit.paegents.client.Agreements.Rejection;
import ai.paybond.kit.paegents.client.Agreements.Usage;
import ai.paybond.kit.paegents.client.Catalogue.Service;
import ai.paybond.kit.paegents.client.LegacyPayments.SupplierPayment;
import ai.paybond.kit.paegents.client.Webhooks.Issued;
import ai.paybond.kit.paegents.escrow.EscrowMessage;
import ai.paybond.kit.paegents.escrow.EscrowSigner;
import ai.paybond.kit.paegents.escrow.SettlementTerms;
import ai.paybond.kit.paegents.escrow.SignedIntent;
import ai.paybond.kit.paegents.evm.EvmPrivateKey;
import ai.paybond.kit.wire.json.JsonObject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Methods that no sample and no workflow calls, each over HTTP. */
class EveryRouteTest {
    private final PaegentsWorld world = new PaegentsWorld();
    private final PaegentsClient owner = world.buyer.withOwner(world.ownerJwt());

    @AfterEach
    void close() {
        world.close();
    }

    private Agreement proposed() {
        Service manual = world.seller
                .catalogue()
                .register(world.registration("Manual", false).build());
        return world.buyer
                .agreements()
                .create(world.request(manual, 10).build())
                .orThrow();
    }

    @Test
    void managesServices() {
        Service service = world.service("Text");
        Service dearer = world.seller
                .catalogue()
                .update(
                        service.id(),
                        JsonObject.builder().put("base_price_cents", 20).build());

        assertThat(dearer.basePriceCents()).contains(20L);
        assertThat(world.seller.catalogue().get(service.id()).sellerAgentId()).contains("seller-agent-123");
        assertThat(world.seller.catalogue().mine(10, 0)).hasSize(1);
        assertThat(world.buyer
                        .catalogue()
                        .search(ServiceSearch.of("text").upTo(19))
                        .services())
                .isEmpty();
        world.seller.catalogue().delete(service.id());
        assertThat(world.seller.catalogue().get(service.id()).isActive()).isFalse();
    }

    @Test
    void showsASellersSecretToNobody() {
        Service service = world.seller
                .catalogue()
                .register(world.registration("Text", true)
                        .endpoint(world.sandbox.baseUrl(), "seller-secret")
                        .build());

        assertThat(service.raw().toJson()).doesNotContain("seller-secret");
        assertThat(world.registration("Text", true)
                                .endpoint(world.sandbox.baseUrl(), "seller-secret")
                                .build() + "")
                .doesNotContain("secret");
    }

    @Test
    void rejectsWithSuggestionsAndAgainInOtherWords() {
        Agreement agreement = proposed();
        world.seller.agreements().reject(agreement.id(), new Rejection("too little", List.of(), 900L));

        assertThat(world.buyer.agreements().get(agreement.id()).status()).isEqualTo("rejected");
        assertThatThrownBy(() -> world.seller.agreements().reject(agreement.id()))
                .isInstanceOfSatisfying(
                        PaegentsApiException.class, e -> assertThat(e.code()).isEqualTo("invalid_state:not_proposed"));
    }

    @Test
    void letsAProposalExpire() {
        Agreement agreement = proposed();
        world.clock.advance(Duration.ofHours(25));

        assertThatThrownBy(() -> world.seller.agreements().accept(agreement.id()))
                .isInstanceOfSatisfying(
                        PaegentsApiException.class, e -> assertThat(e.code()).isEqualTo("invalid_state:expired"));
    }

    @Test
    void cancelsDisputesAndDelivers() {
        Agreement agreement = world.agreement(10);
        world.activate(agreement, 10);
        JsonObject parcel = JsonObject.builder().put("tracking_number", "1Z").build();

        assertThat(world.seller
                        .agreements()
                        .updateDelivery(agreement.id(), parcel)
                        .deliveryInfo())
                .contains(parcel);
        assertThat(world.buyer
                        .agreements()
                        .dispute(agreement.id(), "never arrived at all", null)
                        .status())
                .isEqualTo("disputed");
        assertThat(world.buyer.agreements().cancel(proposed().id()).status()).isEqualTo("cancelled");
    }

    @Test
    void closesByASponsoredMessageAndClaims() {
        Agreement agreement = world.agreement(10);
        world.activate(agreement, 10);
        world.seller.agreements().recordUsage(agreement.id(), Usage.of(4));

        assertThat(world.buyer.escrows().initiateCloseCalldata(agreement.id()).to())
                .isPresent();
        world.buyer.escrows().submitSponsored(agreement.id(), EscrowMessage.INITIATE_CLOSE, close(agreement));

        assertThat(world.buyer.escrows().status(agreement.id()).escrowStatus()).contains("closing");
        assertThat(world.seller.escrows().claimInstructions(agreement.id()).chainId())
                .contains(84532L);
        world.clock.advance(Duration.ofHours(2));
        assertThat(world.seller.agreements().get(agreement.id()).status()).isEqualTo("settled");
    }

    private SignedIntent close(Agreement agreement) {
        return signed(world.buyer, PaegentsWorld.BUYER_KEY, agreement, EscrowMessage.INITIATE_CLOSE);
    }

    private SignedIntent signed(PaegentsClient party, EvmPrivateKey key, Agreement agreement, EscrowMessage action) {
        JsonObject values = party.escrows()
                .settlementOptions(agreement.id(), action)
                .values()
                .orElseThrow();
        SettlementTerms terms = new SettlementTerms(
                84532, PaegentsWorld.ESCROW, values.string("agreement_key").orElseThrow(), Duration.ofMinutes(15));
        return new EscrowSigner(key, world.profile, NonceRegister.inMemory(), world.clock)
                .settle(action, values, terms);
    }

    private SignedIntent claim(Agreement agreement) {
        return signed(world.seller, PaegentsWorld.SELLER_KEY, agreement, EscrowMessage.SELLER_CLAIM);
    }

    @Test
    void paysASellerWhoClaimsByASponsoredMessage() {
        world.sandbox.chain().payoutsLeftToClaims(true);
        Agreement agreement = closing();

        assertThatThrownBy(() -> world.seller
                        .escrows()
                        .submitSponsored(agreement.id(), EscrowMessage.SELLER_CLAIM, claim(agreement)))
                .isInstanceOfSatisfying(PaegentsApiException.class, e -> assertThat(e.code())
                        .isEqualTo("invalid_state:challenge_window"));
        world.clock.advance(Duration.ofHours(2));
        assertThat(world.seller.agreements().get(agreement.id()).status()).isEqualTo("closing");
        world.seller.escrows().submitSponsored(agreement.id(), EscrowMessage.SELLER_CLAIM, claim(agreement));

        assertThat(world.seller.agreements().get(agreement.id()).status()).isEqualTo("settled");
        assertThat(world.sandbox
                        .chain()
                        .balance(PaegentsWorld.SELLER_KEY.address().checksummed()))
                .isEqualTo(BigInteger.valueOf(400_000));
    }

    @Test
    void refusesTheSellersClaimFromTheBuyer() {
        Agreement agreement = closing();
        SignedIntent forged = signed(world.buyer, PaegentsWorld.BUYER_KEY, agreement, EscrowMessage.SELLER_CLAIM);

        assertThatThrownBy(
                        () -> world.buyer.escrows().submitSponsored(agreement.id(), EscrowMessage.SELLER_CLAIM, forged))
                .isInstanceOfSatisfying(
                        PaegentsApiException.class, e -> assertThat(e.code()).isEqualTo("invalid_state:not_active"));
    }

    private Agreement closing() {
        Agreement agreement = world.agreement(10);
        world.activate(agreement, 10);
        world.seller.agreements().recordUsage(agreement.id(), Usage.of(4));
        world.buyer.escrows().submitSponsored(agreement.id(), EscrowMessage.INITIATE_CLOSE, close(agreement));
        return agreement;
    }

    @Test
    void administersWebhooks() {
        try (SellerEndpoint subscriber = SellerEndpoint.start()) {
            Issued issued = owner.webhooks().create(subscriber.url(), List.of());
            owner.webhooks().sendTest();
            world.sandbox.awaitWebhooks();
            String delivery =
                    owner.webhooks().deliveries("delivered", 10).get(0).id();
            owner.webhooks().replay(delivery);
            world.sandbox.awaitWebhooks();
            assertThat(subscriber.received()).hasSize(2);

            assertThat(owner.webhooks().rotateSecret(issued.id()).secret())
                    .isPresent()
                    .isNotEqualTo(issued.secret());
            owner.webhooks().pause(issued.id());
            owner.webhooks().sendTest();
            world.sandbox.awaitWebhooks();
            assertThat(subscriber.received()).hasSize(2);
            owner.webhooks().resume(issued.id());
            assertThat(owner.webhooks().list()).singleElement().satisfies(hook -> {
                assertThat(hook.status()).isEqualTo("active");
                assertThat(hook.raw().has("secret")).isFalse();
            });
            owner.webhooks().delete(issued.id());
            assertThat(owner.webhooks().list()).isEmpty();
        }
    }

    @Test
    void readsAndAcknowledgesEvents() {
        world.agreement(10);
        List<AgentEvents.AgentEvent> events = world.buyer.events().list(List.of("agreement.accepted"), null, 10);

        assertThat(events).singleElement().satisfies(event -> assertThat(event.payload())
                .isPresent());
        world.buyer.events().acknowledge(events.get(0).id());
        assertThat(world.buyer.events().list(List.of(), events.get(0).id(), 10)).isEmpty();
    }

    @Test
    void setsLimitsAndReadsWhatIsLeft() {
        owner.limits().update(new BigDecimal("100.5"), new BigDecimal("1000"));
        world.buyer.legacy().payAgent("seller-agent-123", 1_050, "usd", null);

        assertThat(owner.limits().get().daily()).contains(new BigDecimal("100.5"));
        assertThat(world.buyer.limits().balance().dailyRemaining()).contains(new BigDecimal("90"));
    }

    @Test
    void verifiesReceipts() {
        String intent = world.buyer
                .mandates()
                .createIntent(Mandates.IntentRequest.upTo(500, "usd"))
                .id();
        String cart = world.buyer.mandates().createCart(intent, 500, "usd").id();
        world.buyer.mandates().pay(intent, cart, PaymentMethod.card("stripe"));
        String receipt =
                world.buyer.receipts().list(10).get(0).string("receipt_id").orElseThrow();

        assertThat(world.buyer.receipts().verify(receipt).valid()).isTrue();
        assertThat(world.buyer.receipts().verify("rcpt_other").valid()).isFalse();
    }

    @Test
    void invitesSomebody() {
        String token =
                owner.invites().send("a@example.com", null).string("token").orElseThrow();

        assertThat(world.buyer.invites().get(token).string("status")).contains("pending");
        assertThat(owner.invites().accept(token).string("status")).contains("accepted");
        assertThat(owner.invites().list()).hasSize(1);
    }

    @Test
    void keepsTheOlderPayments() {
        SupplierPayment payment =
                new SupplierPayment("supplier.example", 100, "usd", "paper", "owner@example.com", "agt_txn_1");

        assertThat(world.buyer.legacy().paySupplier(payment).string("status")).contains("paid");
        assertThat(world.buyer.legacy().status("agt_txn_1").string("status")).contains("paid");
        assertThat(world.buyer
                        .legacy()
                        .create(JsonObject.builder().put("amount", 5).build())
                        .has("payment_intent"))
                .isTrue();
        assertThat(world.buyer.legacy().searchRecipients("seller", "all").integer("count"))
                .contains(1L);
    }

    @Test
    void deniesAPurchaseThatTheOwnerRejectedHoweverOftenItIsAskedFor() {
        owner.policies().update(AgentPolicy.unrestricted().approvalFrom(1));
        AgreementRequest purchase = world.request(world.service("Text"), 10).build();

        assertThat(world.buyer.agreements().create(purchase).needsApproval()).isTrue();
        owner.approvals().reject(owner.approvals().list("pending").get(0).id(), "no & never");

        assertThatThrownBy(() -> world.buyer.agreements().create(purchase)).isInstanceOf(PolicyDeniedException.class);
        assertThat(owner.approvals().list("pending")).isEmpty();
    }
}
