package ai.paybond.kit.guard;

import ai.paybond.kit.capability.CapabilityRequest;
import ai.paybond.kit.capability.CapabilityToken;
import ai.paybond.kit.capability.CapabilityVerdict;
import ai.paybond.kit.evidence.EvidenceMapper;
import ai.paybond.kit.evidence.PayeeIdentity;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.CallKey;
import ai.paybond.kit.journal.InMemoryCallJournal;
import ai.paybond.kit.journal.JournalEntry;
import ai.paybond.kit.wire.ed25519.Signer;
import ai.paybond.kit.wire.ed25519.SigningKey;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One guarded hotel booking tool and one read-only search, with every port in the test's hand. */
final class GuardFixture {
    static final String INTENT = "0f0e0d0c-0b0a-4908-8706-050403020100";
    static final Instant NOW = Instant.parse("2026-11-21T10:00:00.987Z");
    static final JsonObject ARGS = JsonObject.parse("{\"hotel\":\"Lutetia\",\"amount_cents\":4200}");
    static final Map<String, Object> RESULT =
            Map.of("status", "booked", "confirmation", "H-1", "card", "4111111111111111");

    final RecordingAuthority authority = new RecordingAuthority();
    final AtomicInteger runs = new AtomicInteger();
    final List<CapabilityRequest> verified = Collections.synchronizedList(new ArrayList<>());
    final CountingSigner signer = new CountingSigner();
    Function<CapabilityRequest, @Nullable CapabilityVerdict> verdict = request -> new CapabilityVerdict.NotChecked();
    CallJournal journal = new InMemoryCallJournal();
    EvidenceMapper mapper = EvidenceMapper.members("status", "confirmation");

    ToolGuard guard() {
        return builder().build();
    }

    ToolGuardBuilder builder() {
        return builder(ToolDeclaration.builder("bookHotel")
                .operation("travel.book_hotel")
                .spend(SpendRule.argument("amount_cents"))
                .evidence(mapper));
    }

    ToolGuardBuilder builder(ToolDeclaration.Builder booking) {
        AtomicInteger ids = new AtomicInteger();
        ToolRegistry tools = ToolRegistry.of(
                booking.build(),
                ToolDeclaration.builder("searchHotels").readOnly().build());
        return ToolGuard.builder(binding(), tools, authority, this::verify, "tenant-a")
                .payee(new PayeeIdentity("did:web:hotel.example", signer))
                .journal(journal)
                .clock(Clock.fixed(NOW, ZoneOffset.UTC))
                .callIds(() -> "drawn-" + ids.incrementAndGet());
    }

    static CapabilityBinding binding() {
        return new CapabilityBinding(INTENT, CapabilityToken.of("c2VjcmV0LXRva2Vu"), "usd");
    }

    static ToolCall booking(@Nullable String callId) {
        return ToolCall.of("bookHotel", callId, ARGS);
    }

    static ToolCall booking(String callId, String argumentsJson) {
        return ToolCall.parse("bookHotel", callId, argumentsJson);
    }

    static ToolCall search(String callId) {
        return ToolCall.of("searchHotels", callId, JsonObject.parse("{\"city\":\"Paris\"}"));
    }

    Map<String, Object> book(ToolCall permitted) {
        runs.incrementAndGet();
        return RESULT;
    }

    JournalEntry entry(String callId) {
        return journal.find(new CallKey(INTENT, callId)).orElseThrow();
    }

    @SuppressWarnings("NullAway") // a verifier may break its promise
    private CapabilityVerdict verify(@Nullable Object token, @Nullable CapabilityRequest request) {
        verified.add(request);
        return verdict.apply(request);
    }

    /** A payee's key that counts its signatures and can be out of reach. */
    static final class CountingSigner implements Signer {
        private final SigningKey key = SigningKey.fromSeedHex("11".repeat(32));
        final AtomicInteger signatures = new AtomicInteger();
        volatile @Nullable RuntimeException fault;

        @Override
        public VerifyingKey publicKey() {
            return key.publicKey();
        }

        @Override
        public byte[] sign(byte[] message) {
            RuntimeException broken = fault;
            if (broken != null) {
                throw broken;
            }
            signatures.incrementAndGet();
            return key.sign(message);
        }
    }
}
