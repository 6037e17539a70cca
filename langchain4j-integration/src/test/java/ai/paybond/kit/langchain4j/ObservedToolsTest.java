package ai.paybond.kit.langchain4j;

import static ai.paybond.kit.langchain4j.ScriptedModel.request;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.observe.MdcObserver;
import ai.paybond.kit.observe.MicrometerObserver;
import ai.paybond.kit.observe.OpenTelemetryObserver;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.TokenStream;
import dev.langchain4j.service.tool.ToolExecutor;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.MDC;

/** Spans, meters, log contexts and AI service events of LangChain4j tools: who, what became of it, and no secret. */
class ObservedToolsTest {
    private static final String SECRET = "4111-1111";

    /** The ways in which LangChain4j calls tools. */
    enum Turn {
        BLOCKING,
        CONCURRENT,
        STREAMING,
        STREAMING_CONCURRENT
    }

    interface Assistant {
        String chat(String message);
    }

    interface StreamingAssistant {
        TokenStream chat(String message);
    }

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final FinishedSpans spans = new FinishedSpans();
    private final SdkTracerProvider tracers = SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(spans))
            .build();
    private final OpenTelemetrySdk telemetry =
            OpenTelemetrySdk.builder().setTracerProvider(tracers).build();
    private final ExecutorService pool = Executors.newFixedThreadPool(2);
    private final List<GuardedCallEvent> events = new CopyOnWriteArrayList<>();
    private final List<Map<String, String>> contexts = new CopyOnWriteArrayList<>();
    private final List<String> spansInTool = new CopyOnWriteArrayList<>();
    private final FakeAuthority authority = new FakeAuthority(1_000);
    private final ToolGuard guard = Guards.builder(authority, Purse.declared())
            .observer(new MicrometerObserver(meters))
            .observer(new OpenTelemetryObserver(telemetry))
            .observer(new MdcObserver())
            .build();

    @AfterEach
    void close() {
        tracers.close();
        pool.shutdownNow();
    }

    private String pay(ToolExecutionRequest request, Object memoryId) {
        contexts.add(MDC.getCopyOfContextMap());
        spansInTool.add(Span.current().getSpanContext().getSpanId());
        return "{\"paid\":true,\"card\":\"" + SECRET + "\"}";
    }

    private static ToolExecutionRequest paying(String id, long cents) {
        return request(id, "pay", "{\"cents\":" + cents + ",\"card\":\"" + SECRET + "\"}");
    }

    private static ScriptedModel twoPayments() {
        return ScriptedModel.calling(paying("c1", 100), paying("c2", 2_000));
    }

    private void chat(Turn turn, ScriptedModel model) {
        ToolExecutor pay = this::pay;
        UnaryOperator<AiServices<?>> wired = service -> {
            service.tools(GuardedTools.of(guard, Map.of(GuardedToolsTest.named("pay"), pay)))
                    .hallucinatedToolNameStrategy(GuardedTools.refusingOthers(guard))
                    .registerListener(GuardedCallListener.of(events::add));
            return turn.name().contains("CONCURRENT")
                    ? service.executeToolsConcurrently(Context.taskWrapping(pool))
                    : service;
        };
        if (turn.name().contains("STREAMING")) {
            AiServices<StreamingAssistant> service =
                    AiServices.builder(StreamingAssistant.class).streamingChatModel(model.streamingModel());
            wired.apply(service);
            await(service.build().chat("Pay"));
        } else {
            AiServices<Assistant> service = AiServices.builder(Assistant.class).chatModel(model.model());
            wired.apply(service);
            service.build().chat("Pay");
        }
    }

    private static void await(TokenStream stream) {
        CompletableFuture<ChatResponse> answer = new CompletableFuture<>();
        stream.onPartialResponse(text -> {})
                .onCompleteResponse(answer::complete)
                .onError(answer::completeExceptionally)
                .start();
        answer.join();
    }

    @ParameterizedTest
    @EnumSource
    void countsWhatBecameOfEachCall(Turn turn) {
        chat(turn, twoPayments());

        assertThat(meters.get("paybond.guard.calls")
                        .tags("tool", "pay", "outcome", "executed", "code", "none")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("paybond.guard.calls")
                        .tags("tool", "pay", "outcome", "refused", "code", "budget_exceeded")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("paybond.guard.stage")
                        .tags("tool", "pay", "stage", "run")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void eachCallIsASpanBelowTheTurnAndAroundTheTool(Turn turn) {
        Span turnSpan = telemetry.getTracer("test").spanBuilder("turn").startSpan();
        try (Scope current = turnSpan.makeCurrent()) {
            chat(turn, twoPayments());
        }

        assertThat(spans.finished)
                .hasSize(2)
                .allMatch(span -> span.getName().equals("paybond.guard.call"))
                .allMatch(span ->
                        span.getParentSpanId().equals(turnSpan.getSpanContext().getSpanId()));
        assertThat(spansInTool).containsExactly(spanOf("c1").getSpanId());
        assertThat(spanOf("c2").getAttributes().asMap())
                .anySatisfy((key, value) -> assertThat(value).isEqualTo("budget_exceeded"));
    }

    private SpanData spanOf(String callId) {
        return spans.finished.stream()
                .filter(span -> span.getAttributes().asMap().containsValue(callId))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void theToolLogsUnderItsCall(Turn turn) {
        chat(turn, twoPayments());

        assertThat(contexts).singleElement().satisfies(context -> assertThat(context)
                .containsEntry("paybond.callId", "c1")
                .containsEntry("paybond.tool", "pay")
                .containsEntry("paybond.intentId", Guards.INTENT));
    }

    @ParameterizedTest
    @EnumSource
    void listenersLearnWhatBecameOfTheCallsOfAnInvocation(Turn turn) {
        chat(turn, twoPayments().thenCalling(paying("c1", 100)));

        assertThat(events).hasSize(3);
        assertThat(events.stream().map(GuardedCallEvent::invocationId))
                .containsOnly(events.get(0).invocationId());
        assertThat(events).allSatisfy(event -> {
            assertThat(event.interfaceName()).endsWith("Assistant");
            assertThat(event.methodName()).isEqualTo("chat");
            assertThat(event.toolName()).isEqualTo("pay");
        });
        assertThat(events.get(0).code()).isEmpty();
        assertThat(events.get(0).receipt())
                .containsEntry(ReceiptAttributes.CALL_ID, "c1")
                .containsEntry(ReceiptAttributes.SPEND_CENTS, "100")
                .doesNotContainKey(ReceiptAttributes.REPLAYED);
        assertThat(events.get(1).code()).contains("budget_exceeded");
        assertThat(events.get(2).receipt()).containsEntry(ReceiptAttributes.REPLAYED, "true");
    }

    @Test
    void listenersHearNothingOfToolsThatNobodyGuarded() {
        AiServices.builder(Assistant.class)
                .chatModel(twoPayments().model())
                .tools(Map.of(GuardedToolsTest.named("pay"), this::pay))
                .registerListener(GuardedCallListener.of(events::add))
                .build()
                .chat("Pay");

        assertThat(events).isEmpty();
    }

    @Test
    void aListenerThatThrowsDoesNotDisturbTheTurn() {
        ScriptedModel model = twoPayments();
        String answer = AiServices.builder(Assistant.class)
                .chatModel(model.model())
                .tools(GuardedTools.of(guard, Map.of(GuardedToolsTest.named("pay"), this::pay)))
                .registerListener(GuardedCallListener.of(event -> {
                    throw new IllegalStateException("the log is full");
                }))
                .build()
                .chat("Pay");

        assertThat(answer).isEqualTo(ScriptedModel.LAST_WORD);
        assertThat(model.results()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void noneOfThemSeesAnArgumentAResultAKeyOrTheCapability(Turn turn) {
        chat(turn, twoPayments().thenCalling(request("c3", SECRET, "{}"), request("c4", "pay", SECRET)));

        assertThat(List.of(
                        events.toString(),
                        contexts.toString(),
                        spans.finished.toString(),
                        meters.getMeters().stream().map(Meter::getId).toList().toString()))
                .allSatisfy(seen -> assertThat(seen)
                        .contains("pay")
                        .doesNotContain(SECRET)
                        .doesNotContain(Guards.TOKEN)
                        .doesNotContain(Guards.SEED));
    }

    private static final class FinishedSpans implements SpanExporter {
        final List<SpanData> finished = new CopyOnWriteArrayList<>();

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
