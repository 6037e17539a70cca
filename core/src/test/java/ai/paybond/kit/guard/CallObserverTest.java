package ai.paybond.kit.guard;

import static ai.paybond.kit.guard.GuardFixture.INTENT;
import static ai.paybond.kit.guard.GuardFixture.booking;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.guard.CallObserver.CallObservation;
import ai.paybond.kit.guard.CallObserver.Scope;
import ai.paybond.kit.guard.CallObserver.Stage;
import ai.paybond.kit.observe.MdcObserver;
import ai.paybond.kit.observe.MicrometerObserver;
import ai.paybond.kit.observe.OpenTelemetryObserver;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** Metrics, traces and log contexts of guarded calls: they see names and outcomes, and steer nothing. */
class CallObserverTest {
    private final GuardFixture fixture = new GuardFixture();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final FinishedSpans spans = new FinishedSpans();
    private final SdkTracerProvider tracers = SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(spans))
            .build();

    @AfterEach
    void close() {
        tracers.close();
        MDC.clear();
    }

    private ToolGuard counted() {
        return fixture.builder().observer(new MicrometerObserver(meters)).build();
    }

    private ToolGuard traced() {
        OpenTelemetrySdk telemetry =
                OpenTelemetrySdk.builder().setTracerProvider(tracers).build();
        return fixture.builder().observer(new OpenTelemetryObserver(telemetry)).build();
    }

    private double calls(String tool, String outcome, String code) {
        return meters.get("paybond.guard.calls")
                .tags("tool", tool, "outcome", outcome, "code", code)
                .counter()
                .count();
    }

    private long timed(String stage) {
        return meters.get("paybond.guard.stage")
                .tags("tool", "bookHotel", "stage", stage)
                .timer()
                .count();
    }

    @Test
    void countsEveryOutcomeAndTimesEveryStage() {
        ToolGuard guard = counted();
        guard.call(booking("c1"), fixture::book);
        guard.call(booking("c1"), fixture::book);
        guard.call(booking("c2"), permitted -> {
            throw new IllegalStateException("sold out");
        });
        fixture.authority.answer = RecordingAuthority::denied;
        guard.call(booking("c3"), fixture::book);
        fixture.authority.answer = RecordingAuthority::held;
        guard.call(booking("c4"), fixture::book);

        assertThat(calls("bookHotel", "executed", "none")).isEqualTo(1);
        assertThat(calls("bookHotel", "replayed", "none")).isEqualTo(1);
        assertThat(calls("bookHotel", "failed", "none")).isEqualTo(1);
        assertThat(calls("bookHotel", "refused", "budget_exceeded")).isEqualTo(1);
        assertThat(meters.get("paybond.guard.calls")
                        .tag("outcome", "held")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(timed("verify")).isEqualTo(4);
        assertThat(timed("authorize")).isEqualTo(4);
        assertThat(timed("run")).isEqualTo(2);
        assertThat(timed("deliver")).isEqualTo(2);
    }

    @Test
    void toolNamesThatAModelMadeUpAreOneTag() {
        ToolGuard guard = counted();
        guard.call("drop_tables", "c1", "{}", fixture::book);
        guard.call("rm", "c2", "not json", fixture::book);
        guard.async(Runnable::run)
                .call(ToolCall.parse("sudo", "c3", "{}"), fixture::book)
                .join();

        assertThat(meters.get("paybond.guard.calls").counters())
                .allSatisfy(
                        counter -> assertThat(counter.getId().getTag("tool")).isEqualTo("undeclared"));
        assertThat(calls("undeclared", "refused", "tool.undeclared")).isEqualTo(2);
    }

    @Test
    void codesOfAnAuthorityAreBounded() {
        ToolGuard guard = counted();
        for (int i = 0; i < 100; i++) {
            String code = "code_" + i;
            fixture.authority.answer =
                    request -> Decision.Denied.because(ai.paybond.kit.capability.DenyReason.remote(code, "no"));
            guard.call(booking("c" + i), fixture::book);
        }

        assertThat(meters.get("paybond.guard.calls").counters()).hasSize(65);
        assertThat(calls("bookHotel", "refused", "other")).isEqualTo(36);
    }

    @Test
    void callsOnOtherThreadsAreCountedOnceEachToo() {
        counted().async(Runnable::run).call(booking("c1"), fixture::book).join();

        assertThat(calls("bookHotel", "executed", "none")).isEqualTo(1);
        assertThat(timed("run")).isEqualTo(1);
    }

    @Test
    void showsHowManyCallsAreNotSettled() {
        new MicrometerObserver(meters).watch(fixture.journal);
        fixture.builder().deferDelivery().build().call(booking("c1"), fixture::book);

        assertThat(meters.get("paybond.journal.pending").gauge().value()).isEqualTo(1);
    }

    @Test
    void aCallIsOneSpanThatIsCurrentWhileTheToolRuns() {
        AtomicReference<String> current = new AtomicReference<>("");
        traced().call(booking("c1"), permitted -> {
            current.set(Span.current().getSpanContext().getSpanId());
            return fixture.book(permitted);
        });

        assertThat(spans.finished).hasSize(1);
        SpanData span = spans.finished.get(0);
        assertThat(span.getSpanId()).isEqualTo(current.get());
        assertThat(span.getName()).isEqualTo("paybond.guard.call");
        assertThat(span.getEvents())
                .extracting(EventData::getName)
                .containsExactly(
                        "verify",
                        "verify.end",
                        "authorize",
                        "authorize.end",
                        "run",
                        "run.end",
                        "deliver",
                        "deliver.end");
        assertThat(Span.current().getSpanContext().isValid()).isFalse();
    }

    @Test
    void aFailureIsAnErrorThatShowsNoMessage() {
        traced().call(booking("c1"), permitted -> {
            throw new IllegalStateException("card 4111111111111111");
        });

        SpanData span = spans.finished.get(0);
        assertThat(span.getStatus())
                .isEqualTo(StatusData.create(
                        io.opentelemetry.api.trace.StatusCode.ERROR, "java.lang.IllegalStateException"));
        assertThat(span.toString()).doesNotContain("4111");
    }

    @Test
    void showsNoArgumentResultOrSecret() {
        traced().call(booking("c1"), fixture::book);
        counted().call(booking("c2"), fixture::book);

        String seen = spans.finished.toString() + meters.getMetersAsString();
        assertThat(seen)
                .doesNotContain("Lutetia", "4111111111111111", "H-1")
                .doesNotContain(GuardFixture.binding().token().expose());
    }

    @Test
    void logsOfTheToolNameTheCall() {
        MDC.put("paybond.tool", "outer");
        AtomicReference<java.util.Map<String, String>> inside = new AtomicReference<>();
        fixture.builder().observer(new MdcObserver()).build().call(booking("c\n1"), permitted -> {
            inside.set(MDC.getCopyOfContextMap());
            return fixture.book(permitted);
        });

        assertThat(inside.get())
                .containsEntry("paybond.callId", "c?1")
                .containsEntry("paybond.intentId", INTENT)
                .containsEntry("paybond.tool", "bookHotel")
                .containsEntry("paybond.decisionId", "decision-c?1");
        assertThat(MDC.getCopyOfContextMap()).containsOnly(java.util.Map.entry("paybond.tool", "outer"));
    }

    @Test
    void anObserverThatThrowsBreaksNothingAndHidesNoOther() {
        List<String> told = Collections.synchronizedList(new ArrayList<>());
        CallObserver broken = call -> {
            throw new AssertionError("observer");
        };
        CallObserver brokenLater = call -> new CallObservation() {
            @Override
            public Scope stage(Stage stage) {
                return () -> {
                    throw new IllegalStateException("scope");
                };
            }

            @Override
            public void allowed(Decision.Allowed decision) {
                throw new IllegalStateException("allowed");
            }

            @Override
            public void ended(ToolOutcome<?> outcome) {
                throw new IllegalStateException("ended");
            }
        };
        CallObserver good = call -> new CallObservation() {
            @Override
            public void ended(ToolOutcome<?> outcome) {
                told.add(call.toolName());
            }
        };
        ToolGuard guard = fixture.builder()
                .observer(broken)
                .observer(brokenLater)
                .observer(good)
                .build();

        assertThat(guard.call(booking("c1"), fixture::book).isExecuted()).isTrue();
        assertThat(told).containsExactly("bookHotel");
    }

    private static final class FinishedSpans implements SpanExporter {
        private final List<SpanData> finished = Collections.synchronizedList(new ArrayList<>());

        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            finished.addAll(spans);
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }
}
