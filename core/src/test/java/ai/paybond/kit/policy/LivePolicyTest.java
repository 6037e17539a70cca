package ai.paybond.kit.policy;

import static ai.paybond.kit.policy.PolicyTexts.TRAVEL;
import static ai.paybond.kit.policy.PolicyTexts.altered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.policy.PolicyReload.Refused;
import ai.paybond.kit.policy.PolicyReload.Reloaded;
import ai.paybond.kit.policy.PolicyReload.Unchanged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A reload takes a valid, tighter policy whole, and nothing else. */
class LivePolicyTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final ToolBindings RESERVED =
            ToolBindings.builder().reserveCeilings().build();
    private static final String TIGHTER = altered("max_spend_cents: 20000", "max_spend_cents: 100");
    private static final String LOOSER = altered("max_spend_cents: 20000", "max_spend_cents: 20001");

    @TempDir
    private Path directory;

    private Path file;
    private final List<String> events = new ArrayList<>();

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(directory.resolve("paybond.policy.yaml"), TRAVEL);
    }

    @Test
    void takesATighterPolicyAtOnceAndWhole() throws IOException {
        LivePolicy live = live().open();
        ToolRegistry before = live.get();
        Files.writeString(file, TIGHTER);

        PolicyReload reload = live.reload();

        assertThat(reload).isInstanceOfSatisfying(Reloaded.class, done -> {
            assertThat(done.previous().digest()).isEqualTo(Policy.parse(TRAVEL).digest());
            assertThat(done.current()).isEqualTo(live.snapshot());
            assertThat(done.change().isTightening()).isTrue();
        });
        assertThat(live.policy()).isEqualTo(Policy.parse(TIGHTER));
        assertThat(live.get()).isNotSameAs(before);
        assertThat(events).containsExactly("reloaded");
    }

    @Test
    void recordsWhatIsInForce() {
        Policy policy = Policy.parse(TRAVEL);
        assertThat(live().open().snapshot())
                .isEqualTo(new PolicySnapshot(
                        policy.digest(), policy.versionLabel(), NOW, PolicyOrigin.FILE, policy.document()));
    }

    @Test
    void doesNothingForTheSameDocument() throws IOException {
        LivePolicy live = live().open();
        ToolRegistry before = live.get();
        Files.writeString(file, "# a comment\n" + TRAVEL);
        assertThat(live.reload()).isEqualTo(new Unchanged(live.snapshot()));
        assertThat(live.get()).isSameAs(before);
        assertThat(events).isEmpty();
    }

    /** Each of these goes unseen in the TypeScript kit when a policy is reloaded. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'    side_effecting: true\n    max_spend_cents: 20000\n    evidence_preset: cost_and_completion'"
                        + " | '    side_effecting: false' | BECAME_READ_ONLY",
                "search.web | search.hotels | TOOL_ADDED",
                "'  search.web:\n    side_effecting: false\n' | '' | TOOL_REMOVED",
                "cost_and_completion | sandbox_permissive | EVIDENCE_PRESET_CHANGED",
                "max_spend_usd: 200 | max_spend_usd: 201 | BUDGET_RAISED",
                "max_spend_cents: 20000 | max_spend_cents: 20001 | CEILING_RAISED",
                "max_spend_cents: 20000 | spend_from_args: price | CEILING_REMOVED",
                "executed_tools: true | executed_tools: false | PROVIDER_EXECUTED_ALLOWED",
            })
    void refusesALooseningUnlessItIsAllowed(String old, String replacement, Loosening.Kind kind) throws IOException {
        LivePolicy live = live().open();
        LivePolicy permissive = live().allowLoosening().open();
        Files.writeString(file, altered(old, replacement));

        Refused refused = (Refused) live.reload();

        assertThat(refused.code()).isEqualTo("policy.loosening_denied");
        assertThat(refused.issues().get(0).message()).isEqualTo("looser: " + kind);
        assertThat(live.policy()).isEqualTo(Policy.parse(TRAVEL));
        assertThat(permissive.reload()).isInstanceOf(Reloaded.class);
    }

    @Test
    void seesAChangeThatTheDigestDoesNotCover() throws IOException {
        Files.writeString(file, altered("executed_tools: true", "executed_tools: false"));
        LivePolicy live = live().open();
        Files.writeString(file, TRAVEL);
        assertThat(live.reload()).isInstanceOfSatisfying(Reloaded.class, done -> assertThat(
                        done.current().digest())
                .isEqualTo(done.previous().digest()));
        assertThat(live.policy().deniesProviderExecutedTools()).isTrue();
    }

    @Test
    void refusesAnOpenDefaultEvenIfLooseningIsAllowed() throws IOException {
        LivePolicy live = live().allowLoosening().open();
        Files.writeString(file, altered("default_deny: true", "default_deny: false"));
        assertThat(((Refused) live.reload()).code()).isEqualTo("policy.default_deny_required");
    }

    @Test
    void keepsThePolicyWhenTheFileIsBrokenOrGone() throws IOException {
        LivePolicy live = live().open();
        Files.writeString(file, TRAVEL.substring(0, 60) + "{");
        assertThat(((Refused) live.reload()).code()).isEqualTo("policy.syntax");
        Files.delete(file);
        assertThat(((Refused) live.reload()).code()).isEqualTo("policy.unreadable");
        assertThat(live.policy()).isEqualTo(Policy.parse(TRAVEL));
        assertThat(events).containsExactly("policy.syntax", "policy.unreadable");
    }

    @Test
    void keepsThePolicyWhenTheBindingsDoNotFitTheNewOne() throws IOException {
        LivePolicy live = LivePolicy.builder(file)
                .bindings(ToolBindings.builder()
                        .reserveCeilings()
                        .hostName("search.web", "searchWeb")
                        .build())
                .allowLoosening()
                .open();
        Files.writeString(file, altered("search.web", "search.hotels"));
        assertThat(((Refused) live.reload()).code()).isEqualTo("policy.binding_invalid");
        assertThat(live.get().find("searchWeb")).isPresent();
    }

    @Test
    void needsANewIntentForAnOperationThatTheBoundOneLacks() throws IOException {
        LivePolicy live =
                live().allowLoosening().boundTo(Set.of("travel.book_hotel")).open();
        Files.writeString(file, altered("max_spend_cents: 20000", "operation: travel.pay"));
        assertThat(live.reload()).isInstanceOf(Reloaded.class); // its name is bound
        Files.writeString(file, TRAVEL.replace("travel.book_hotel", "travel.book_train"));
        Refused refused = (Refused) live.reload();
        assertThat(refused.code()).isEqualTo("policy.intent_rebind_required");
        assertThat(refused.issues().get(0).path()).isEqualTo("/tools/travel.book_train");
        assertThat(catchThrowableOfType(PolicyException.class, () -> live().boundTo(Set.of("travel.book_hotel"))
                                .open())
                        .code())
                .isEqualTo("policy.intent_rebind_required");
    }

    @Test
    void doesNotTakeAnOperationThatTheIntentAllowsForANewOne() throws IOException {
        String aliased = altered("max_spend_cents: 20000", "operation: hotel.pay\n    max_spend_cents: 20000");
        Files.writeString(file, aliased);
        LivePolicy live = live().boundTo(Set.of("hotel.pay")).open();
        Files.writeString(file, aliased.replace("20000", "100"));
        assertThat(live.reload()).isInstanceOf(Reloaded.class);
    }

    @Test
    void asksARemoteCheckLastAndOnlyAboutChanges() throws IOException {
        List<Policy> asked = new ArrayList<>();
        LivePolicy live = live().remoteCheck(candidate -> {
                    asked.add(candidate);
                    return List.of(new PolicyIssue("template_head_mismatch", "/intent", 0, 0, "moved on"));
                })
                .open();
        live.reload();
        Files.writeString(file, LOOSER);
        live.reload();
        assertThat(asked).isEmpty();
        Files.writeString(file, TIGHTER);
        Refused refused = (Refused) live.reload();
        assertThat(asked).containsExactly(Policy.parse(TIGHTER));
        assertThat(refused.issues())
                .containsExactly(
                        new PolicyIssue("policy.remote_validate_failed", "/intent", 0, 0, "template_head_mismatch"));
    }

    @Test
    void refusesWhenTheRemoteCheckDoesNotAnswer() throws IOException {
        LivePolicy live = live().remoteCheck(candidate -> {
                    throw new IllegalStateException("offline");
                })
                .open();
        Files.writeString(file, TIGHTER);
        assertThat(((Refused) live.reload()).code()).isEqualTo("policy.remote_validate_failed");
        assertThat(live.policy()).isEqualTo(Policy.parse(TRAVEL));
    }

    @Test
    void takesAPolicyThatWasReadElsewhereByTheSameRules() {
        LivePolicy live = live().open();
        assertThat(live.offer(Policy.parse(LOOSER))).isInstanceOf(Refused.class);
        assertThat(live.offer(Policy.parse(TIGHTER))).isInstanceOf(Reloaded.class);
    }

    @Test
    void goesOnWhenAListenerFails() throws IOException {
        LivePolicy live = live().listener(new PolicyListener() {
                    @Override
                    public void reloaded(PolicySnapshot previous, PolicySnapshot current, PolicyChange change) {
                        throw new IllegalStateException("listener");
                    }
                })
                .open();
        Files.writeString(file, TIGHTER);
        assertThat(live.reload()).isInstanceOf(Reloaded.class);
    }

    @Test
    void opensOnlyAValidPolicy() throws IOException {
        Files.writeString(file, "version: 1");
        assertThat(catchThrowableOfType(PolicyException.class, () -> live().open())
                        .code())
                .isEqualTo("policy.missing_key");
        Files.writeString(file, TRAVEL);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> live().open().watch(Duration.ZERO, Duration.ofSeconds(1)));
    }

    private LivePolicy.Builder live() {
        return LivePolicy.builder(file)
                .bindings(RESERVED)
                .clock(Clock.fixed(NOW, ZoneOffset.UTC))
                .listener(new PolicyListener() {
                    @Override
                    public void reloaded(PolicySnapshot previous, PolicySnapshot current, PolicyChange change) {
                        events.add("reloaded");
                    }

                    @Override
                    public void refused(List<PolicyIssue> issues) {
                        events.add(issues.get(0).code());
                    }
                });
    }
}
