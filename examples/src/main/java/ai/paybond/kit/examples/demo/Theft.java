package ai.paybond.kit.examples.demo;

import static ai.paybond.kit.examples.demo.DemoFailedException.unless;

import ai.paybond.kit.Paybond;
import ai.paybond.kit.SessionMode;
import ai.paybond.kit.capability.Attenuation;
import ai.paybond.kit.capability.CapabilityRequest;
import ai.paybond.kit.capability.CapabilityToken;
import ai.paybond.kit.capability.CapabilityVerifier;
import ai.paybond.kit.capability.HolderProof;
import ai.paybond.kit.guard.CapabilityBinding;
import ai.paybond.kit.guard.SpendRule;
import ai.paybond.kit.guard.ToolCall;
import ai.paybond.kit.guard.ToolDeclaration;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolGuardBuilder;
import ai.paybond.kit.guard.ToolOutcome;
import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.harbor.BootstrapRequest;
import ai.paybond.kit.harbor.SandboxRun;
import ai.paybond.kit.wire.ed25519.SigningKey;
import ai.paybond.kit.wire.json.JsonObject;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A capability is stolen: out of a log, a prompt, a disk. It names its holder, so the thief gets nowhere, whether or not he
 * verifies anything himself; the holder still does.
 */
final class Theft {
    private static final String OPERATION = "travel.book_hotel";
    private static final JsonObject ARGUMENTS = JsonObject.parse("{\"city\":\"Lisbon\",\"maxPriceCents\":9000}");
    private static final ToolRegistry TOOLS = ToolRegistry.of(ToolDeclaration.builder("book_hotel")
            .operation(OPERATION)
            .spend(SpendRule.argument("maxPriceCents"))
            .withoutEvidence()
            .build());

    private final DemoWorld world;
    private final Transcript transcript;
    private final SecureRandom random = new SecureRandom();
    private final SigningKey holder = newKey();
    private final SigningKey thief = newKey();
    private final AtomicInteger runs = new AtomicInteger();

    Theft(DemoWorld world, Transcript transcript) {
        this.world = world;
        this.transcript = transcript;
    }

    private SigningKey newKey() {
        byte[] seed = new byte[32];
        random.nextBytes(seed);
        return SigningKey.fromSeed(seed);
    }

    /** How many attempts were refused; every one, or the demo fails. */
    int run() {
        transcript.heading("A thief with a stolen capability");
        try (Paybond session = world.openSession(SessionMode.GATEWAY)) {
            SandboxRun run = session.guardrails().bootstrap(BootstrapRequest.of(OPERATION, 20_000));
            CapabilityToken stolen =
                    Attenuation.builder().holder(holder.publicKey()).build().attenuate(run.capabilityToken());
            CapabilityBinding loot = new CapabilityBinding(run.intentId(), stolen, "usd");
            transcript.line("holder", "the capability names its holder, whose key signs every call");
            HolderProof seen = holdersCall(session, loot);
            refused("without the key", "holder.proof_missing", session.guard(loot, TOOLS));
            refused(
                    "with a key of his own",
                    "holder.key_mismatch",
                    session.guard(loot, TOOLS).holder(thief));
            refused("who verifies nothing himself", "holder.proof_missing", careless(session, loot));
            refused(
                    "with a signature that he saw on its way",
                    "holder.proof_replayed",
                    careless(session, loot),
                    call("theft-4").provedBy(seen));
            unless(runs.get() == 1, "the stolen capability should have run nothing");
            return 4;
        }
    }

    private HolderProof holdersCall(Paybond session, CapabilityBinding binding) {
        CapabilityRequest call =
                new CapabilityRequest(session.tenantId(), binding.intentId(), OPERATION, 9_000, "usd", ARGUMENTS);
        HolderProof proof = HolderProof.sign(holder, call, world.clock(), random);
        ToolGuard guard = session.guard(binding, TOOLS).build();
        unless(book(guard, call("errand-1").provedBy(proof)).isExecuted(), "the holder's own call should have run");
        transcript.line("holder", "made a call");
        return proof;
    }

    /** Leaves everything to Harbor, as a thief would whose own verifier stands in his way. */
    private static ToolGuardBuilder careless(Paybond session, CapabilityBinding loot) {
        return ToolGuard.builder(loot, TOOLS, session.authority(), CapabilityVerifier.remoteOnly(), session.tenantId());
    }

    private void refused(String thief, String code, ToolGuardBuilder guard) {
        refused(thief, code, guard, call(null));
    }

    private void refused(String thief, String code, ToolGuardBuilder guard, ToolCall call) {
        ToolOutcome<String> outcome = book(guard.build(), call);
        String found = outcome instanceof ToolOutcome.Refused<String> refused
                ? refused.decision().reason().code()
                : "nothing";
        String by = outcome instanceof ToolOutcome.Refused<String> refused
                ? Transcript.refusedBy(refused.decision().reason())
                : "nobody";
        transcript.line("thief", thief + " is refused " + by + ": " + found);
        unless(found.equals(code), "the thief " + thief + " should have been refused with " + code);
    }

    private static ToolCall call(@Nullable String id) {
        return ToolCall.of("book_hotel", id, ARGUMENTS);
    }

    private ToolOutcome<String> book(ToolGuard guard, ToolCall call) {
        return guard.call(call, permitted -> {
            runs.incrementAndGet();
            return "a room";
        });
    }
}
