package ai.paybond.kit.fuzz;

import ai.paybond.kit.capability.CapabilityToken;
import ai.paybond.kit.capability.CapabilityVerifier;
import ai.paybond.kit.evidence.EvidenceEnvelope;
import ai.paybond.kit.evidence.EvidenceMapper;
import ai.paybond.kit.evidence.PayeeIdentity;
import ai.paybond.kit.guard.AuthorizationRequest;
import ai.paybond.kit.guard.CapabilityBinding;
import ai.paybond.kit.guard.Decision;
import ai.paybond.kit.guard.SpendRule;
import ai.paybond.kit.guard.ToolAuthority;
import ai.paybond.kit.guard.ToolDeclaration;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolOutcome;
import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.harbor.SpendOutcome;
import ai.paybond.kit.journal.DeliveryReceipt;
import ai.paybond.kit.journal.InMemoryCallJournal;
import ai.paybond.kit.journal.SpendHold;
import ai.paybond.kit.langchain4j.LangChainArguments;
import ai.paybond.kit.springai.SpringArguments;
import ai.paybond.kit.wire.ed25519.SigningKey;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a model writes: a tool's name in a line, then its arguments, through a whole guard and through the readings of both
 * integrations. The tool must never run for more cents than the capability covers, whatever the arguments are like.
 */
final class ArgumentsTarget implements FuzzTarget {
    private static final long GRANTED = 20_000;
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);

    private final ToolRegistry tools = ToolRegistry.of(
            ToolDeclaration.builder("bookHotel")
                    .operation(TokenMint.OPERATION)
                    .sideEffecting()
                    .spend(SpendRule.argument("price.cents"))
                    .evidence(EvidenceMapper.members("status"))
                    .build(),
            ToolDeclaration.builder("search").readOnly().build());
    private final CapabilityBinding binding = new CapabilityBinding(
            TokenMint.INTENT, CapabilityToken.of(Base64.getEncoder().encodeToString(TokenMint.plain())), "usd");
    private final CapabilityVerifier verifier = CapabilityVerifier.builder()
            .rootKey(TokenMint.ROOT_KEY_ID, TokenMint.ROOT.publicKey())
            .clock(CLOCK)
            .build();
    private final AtomicLong authorized = new AtomicLong();

    @Override
    public void run(byte[] bytes) {
        Input input = new Input(bytes);
        switch (input.choice(3)) {
            case 0 -> guarded(input.line(), input.text());
            case 1 -> LangChainArguments.read(input.text());
            default -> {
                String schema = input.line();
                SpringArguments.read(input.text(), schema);
            }
        }
    }

    private void guarded(String tool, String arguments) {
        authorized.set(-1);
        try (ToolGuard guard = ToolGuard.builder(binding, tools, new Yes(), verifier, TokenMint.TENANT)
                .payee(new PayeeIdentity("did:web:example.com#payee", SigningKey.fromSeedHex("77".repeat(32))))
                .journal(new InMemoryCallJournal())
                .clock(CLOCK)
                .callIds(() -> "drawn")
                .build()) {
            ToolOutcome<Map<String, Object>> outcome = guard.call(tool, "c1", arguments, call -> {
                if (tool.equals("bookHotel") && (authorized.get() < 0 || authorized.get() > GRANTED)) {
                    throw new AssertionError("the tool runs for " + authorized.get() + " cents");
                }
                return Map.of("status", "booked");
            });
            if (outcome instanceof ToolOutcome.Failed<?> failed && failed.thrown() instanceof AssertionError finding) {
                throw finding;
            }
        }
    }

    /** Says yes to everything and remembers how much it was. */
    private final class Yes implements ToolAuthority {
        @Override
        public Decision authorize(AuthorizationRequest request) {
            authorized.set(request.spendCents());
            return new Decision.Allowed("audit", null, null);
        }

        @Override
        public void complete(SpendHold hold, SpendOutcome outcome) {}

        @Override
        public DeliveryReceipt deliver(EvidenceEnvelope evidence) {
            return new DeliveryReceipt("released", null);
        }
    }

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        seeds.add(Input.of('a', "bookHotel\n{\"price\":{\"cents\":18700},\"city\":\"Paris\"}"));
        seeds.add(Input.of('a', "bookHotel\n{\"price\":{\"cents\":20001}}"));
        seeds.add(Input.of('a', "bookHotel\n{\"price.cents\":1,\"price\":{\"cents\":1e4,\"cents\":-1}}"));
        seeds.add(Input.of('a', "search\n{\"q\":[1,2,{\"a\":null}]}"));
        seeds.add(Input.of('b', "{\"price\":{\"cents\":18700}}"));
        seeds.add(
                Input.of(
                        'c',
                        "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\"},\"b\":{\"$ref\":\"#/properties/a\"},"
                                + "\"c\":{\"type\":[\"array\",\"null\"],\"items\":{\"$ref\":\"#\"}}}}\n{\"a\":1,\"b\":2,\"c\":[{}]}"));
        return seeds;
    }
}
