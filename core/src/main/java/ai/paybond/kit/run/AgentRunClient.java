package ai.paybond.kit.run;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.internal.platform.Channel;
import ai.paybond.kit.internal.platform.PageStream;
import ai.paybond.kit.internal.platform.Reply;
import ai.paybond.kit.internal.platform.Route;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tells the Gateway of agent runs, and reads them again. Thread-safe; see {@code docs/clients.md} for the routes. Failures are
 * those of {@link ai.paybond.kit.harbor.HarborClient}; a run id that cannot stand in a path is refused as
 * {@link ConfigurationException} {@code run_id.invalid}.
 */
public final class AgentRunClient {
    private static final int MOST_EVENTS = 200;
    private static final int PAGE = 50;

    private final Channel channel;

    /** Made by the session. */
    public AgentRunClient(Channel channel) {
        this.channel = channel;
    }

    /** Announces a run, or says again what it is about; the last word counts. */
    public void announce(AgentRun run) {
        channel.to(Route.RUN_PUT, run.runId()).json(run.body()).done();
    }

    /**
     * Adds to the story of a run, which need not have been announced. Sent once: an event has no id, so that a repetition
     * could be told twice.
     *
     * @param events 1 to 200 events, oldest first
     * @return how many the Gateway took
     * @throws ConfigurationException {@code trace_events.count} for none or too many
     */
    public long report(String runId, List<TraceEvent> events) {
        if (events.isEmpty() || events.size() > MOST_EVENTS) {
            throw new ConfigurationException("trace_events.count", "a report has 1 to 200 events");
        }
        JsonObject body = JsonObject.of(
                Map.of("events", events.stream().map(event -> event.json(runId)).toList()));
        Reply reply = channel.to(Route.RUN_EVENTS_ADD, runId).json(body).reply();
        return reply.optionalLong("accepted").orElse((long) events.size());
    }

    /** The tenant's runs, oldest first, read page by page as the stream is consumed. */
    public Stream<AgentRun> runs() {
        return PageStream.byOffset(
                PAGE,
                (offset, limit) -> channel.to(Route.RUNS).query("limit", limit).query("offset", offset),
                AgentRun::of);
    }

    /** A run; empty when none of that id was announced. */
    public Optional<AgentRun> run(String runId) {
        return channel.to(Route.RUN_DETAIL, runId).find().map(reply -> AgentRun.of(reply.of("run", "run_id", runId)));
    }

    /** What was reported of a run, oldest first. */
    public List<TraceEvent> events(String runId) {
        Reply reply = channel.to(Route.RUN_EVENTS, runId).reply().of("run", "run_id", runId);
        return reply.objects("events").stream()
                .map(reply::inner)
                .map(TraceEvent::of)
                .toList();
    }
}
