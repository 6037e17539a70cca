package ai.paybond.kit.observe;

import ai.paybond.kit.guard.CallObserver;
import ai.paybond.kit.guard.ObservedCall;
import ai.paybond.kit.guard.ToolOutcome;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import java.util.Locale;

/**
 * One span for each guarded call, {@code paybond.guard.call}, a child of the caller's; it is current while the tool runs, so
 * that what the tool does belongs to it. Thread-safe; needs {@code io.opentelemetry:opentelemetry-api}.
 *
 * <p>Attributes: {@code paybond.tool}, {@code paybond.operation}, {@code paybond.intent_id}, {@code paybond.call_id},
 * {@code paybond.outcome}, {@code paybond.code}. Events, as each stage begins and ends: {@code verify}, {@code verify.end},
 * {@code authorize}, {@code authorize.end} and so on for {@code run} and {@code deliver}. A call that failed or is in doubt is
 * an error; a refusal is not. What a tool threw is told by its class only.
 */
public final class OpenTelemetryObserver implements CallObserver {
    private final Tracer tracer;

    /** @param telemetry gives the tracer {@code ai.paybond.kit} */
    public OpenTelemetryObserver(OpenTelemetry telemetry) {
        this.tracer = telemetry.getTracer("ai.paybond.kit");
    }

    @Override
    public CallObservation begin(ObservedCall call) {
        return new Tracing(tracer.spanBuilder("paybond.guard.call")
                .setAttribute("paybond.tool", call.toolName())
                .setAttribute("paybond.operation", call.operation())
                .setAttribute("paybond.intent_id", call.intentId())
                .setAttribute("paybond.call_id", call.callId())
                .startSpan());
    }

    private record Tracing(Span span) implements CallObservation {

        @Override
        @SuppressWarnings("MustBeClosedChecker") // the guard closes the scope that it is given
        public Scope stage(Stage stage) {
            String name = stage.name().toLowerCase(Locale.ROOT);
            span.addEvent(name);
            if (stage != Stage.RUN) {
                return () -> span.addEvent(name + ".end");
            }
            io.opentelemetry.context.Scope current = span.makeCurrent();
            return () -> {
                current.close();
                span.addEvent(name + ".end");
            };
        }

        @Override
        public void ended(ToolOutcome<?> outcome) {
            span.setAttribute("paybond.outcome", Outcomes.nameOf(outcome));
            span.setAttribute("paybond.code", Outcomes.codeOf(outcome));
            if (outcome instanceof ToolOutcome.Failed<?> failed) {
                span.setStatus(StatusCode.ERROR, failed.thrown().getClass().getName());
            }
            span.end();
        }
    }
}
